"""Write a codebook as a Markdown document."""

import re

from qda.formats.codebooks.labels import labelled_texts, subtitle, title
from qda.model.codebook import Codebook, CodebookCode
from qda.model.messages import Translate

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_LINE_START = re.compile(r"^(\s*)(?:([-+=>])|(\d{1,9})([.)]))", re.MULTILINE)
_LEVELS = 6


def markdown_text(codebook: Codebook, translate: Translate) -> str:
    """Return the document in CommonMark; the coloured marker before a name is inline HTML."""
    parts = [f"# {_line(title(codebook, translate))}", _line(subtitle(codebook, translate))]
    if codebook.description:
        parts.append(_text(codebook.description))
    for path, code in codebook.walk():
        parts.append(_heading(code, len(path)))
        parts += [
            f"**{_line(label)}:** {_text(text)}" for label, text in labelled_texts(code, translate)
        ]
    return "\n\n".join(parts) + "\n"


def _heading(code: CodebookCode, depth: int) -> str:
    marker = f'<span style="color:{code.color}">■</span> ' if code.color else ""
    if depth < _LEVELS:
        return f"{'#' * (depth + 1)} {marker}{_line(code.name)}"
    return f"{marker}**{_line(code.name)}**"


def _line(text: str) -> str:
    return _LINE_START.sub(_escaped_start, _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _text(text: str) -> str:
    """Return a text whose line breaks stay line breaks and whose blank lines part paragraphs."""
    lines = [_line(line) for line in text.split("\n")]
    written = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        hard = "\\" if line and following else ""
        written += f"{line}{hard}\n"
    return re.sub(r"\n{3,}", "\n\n", written).strip()


def _escaped_start(match: re.Match[str]) -> str:
    if match[2]:
        return f"{match[1]}\\{match[2]}"
    return f"{match[1]}{match[3]}\\{match[4]}"
