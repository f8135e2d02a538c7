"""The headings of a codebook document, and the texts that stand under them."""

from qda.model.codebook import Codebook, CodebookCode
from qda.model.messages import Message, Translate, message

DEFINITION = message("Definition")
INCLUDE = message("Include")
EXCLUDE = message("Exclude")
EXAMPLE = message("Example")
KEYWORDS = message("Keywords")
SCALE = message("Scale")
VERSION = message("Version {version}")
CODE_COUNT = message("Codes: {n}")
CODEBOOK = message("Codebook")


def labelled_texts(code: CodebookCode, translate: Translate) -> list[tuple[str, str]]:
    """Return the filled fields of a code, each with its translated heading, in reading order."""
    fields: tuple[tuple[Message, str], ...] = (
        (DEFINITION, code.definition),
        (INCLUDE, code.include),
        (EXCLUDE, code.exclude),
        (EXAMPLE, code.example),
        (KEYWORDS, ", ".join(code.keywords)),
        (SCALE, " – ".join(code.scale)),
    )
    return [(translate(label.text), text) for label, text in fields if text]


def title(codebook: Codebook, translate: Translate) -> str:
    """Return the title of the document."""
    return codebook.name or translate(CODEBOOK.text)


def subtitle(codebook: Codebook, translate: Translate) -> str:
    """Return the line under the title: version and number of codes."""
    parts = [translate(CODE_COUNT.text).format(n=sum(1 for _ in codebook.walk()))]
    if codebook.version:
        parts.insert(0, translate(VERSION.text).format(version=codebook.version))
    return " · ".join(parts)
