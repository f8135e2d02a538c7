"""Manuscripts: the quoted passages of a text that is being written up."""

from pathlib import Path

from qda.formats.readers.reading import load, read_file, reread
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.reading import ReadDocument, ReadOptions
from qda.text.passages import Passage, find_passages, set_apart

ENDINGS = (".docx", ".odt", ".md", ".tex", ".txt")
QUOTE_STYLES = frozenset(
    {
        "quote", "intense quote", "block text", "quotations", "blockquote", "sitat",
        "sterkt sitat", "blokktekst", "sitater",
    }
)  # fmt: skip
"""Names of the styles that set a paragraph apart as a quotation, in English and Norwegian."""


def read_passages(path: Path, progress: Progress | None = None) -> tuple[Passage, ...]:
    """Return the quoted passages of a manuscript in its order.

    In .docx, paragraphs in a style for quotations count too, and so do those of notes.
    Raises FileProblem for a file of another type or one that cannot be read.
    """
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise FileProblem(
            message(
                "{name} is no manuscript that can be checked; "
                "choose a file that ends in {endings}.",
                name=path.name,
                endings=", ".join(ENDINGS),
            )
        )
    options = ReadOptions(hyphens="keep", paragraphs="lines")
    read = read_file(path, options, progress) if ending != ".tex" else _latex(path, options)
    # Every paragraph is a line here; a blank line between them keeps a mark that was never
    # closed within its own.
    text = read.text if ending in (".md", ".tex", ".txt") else read.text.replace("\n", "\n\n")
    found = list(find_passages(text, latex=ending == ".tex"))
    for note in read.notes:
        if note.kind != "comment":
            found += find_passages(note.text)
    if ending == ".docx":
        found += _in_quote_styles(path, text, found)
    return tuple(sorted(found, key=lambda one: one.start))


def _latex(path: Path, options: ReadOptions) -> ReadDocument:
    """Read LaTeX as the plain text it is; as a source for coding it is not offered."""
    return reread(load(path), path.name, options, as_type=".md")


def _in_quote_styles(path: Path, text: str, known: list[Passage]) -> list[Passage]:
    """Return the paragraphs of a .docx that are set as quotations and have no marks."""
    import docx  # lazy: start-up

    marked = {one.text.strip() for one in known}
    found: list[Passage] = []
    at = 0
    for paragraph in docx.Document(str(path)).paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        said = paragraph.text.strip()
        if (style or "").casefold() not in QUOTE_STYLES or not said:
            continue
        place = text.find(said, at)
        at = place if place >= 0 else at
        for one in set_apart(said, at, at + len(said)):
            if not any(mark and mark in one.text for mark in marked):
                found += [one]
    return found
