"""Word documents: the text as it is read, comments and notes kept apart."""

from collections.abc import Iterator

from qda.formats.readers.docx_elements import Element, child, value, word_name
from qda.formats.readers.docx_numbering import Numbering
from qda.formats.readers.docx_package import DocxParts, open_docx
from qda.formats.readers.docx_styles import Styles
from qda.formats.readers.docx_walker import TooDeep, Walker
from qda.formats.readers.raw import RawDocument, ReadTask, check_length
from qda.formats.readers.story_text import StoryText, story_warnings
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.reading import ReadNote
from qda.text.turn_finding import LabelHints


def read_docx(task: ReadTask) -> RawDocument:
    """Read a .docx. Paragraphs are lines; nothing is joined, whatever the options say."""
    parts = open_docx(task.source, task.file_name)
    styles = Styles(parts.styles)
    text = StoryText()
    body = child(parts.body, "body")
    if body is None:
        raise FileProblem(message("{name} is no Word document.", name=task.file_name))
    try:
        Walker(text, Numbering(parts.numbering), styles, task.progress.step).story(body)
        notes = tuple(sorted(_notes(text, parts, styles), key=lambda note: (note.start, note.end)))
    except TooDeep as error:
        raise FileProblem(
            message("{name} is nested too deeply to be a Word document.", name=task.file_name)
        ) from error
    whole = text.finish()
    check_length(whole, task.file_name)
    return RawDocument(
        whole,
        hints=LabelHints(tuple(text.bold), tuple(text.cells)),
        notes=notes,
        warnings=tuple(story_warnings(text)),
    )


def _notes(text: StoryText, parts: DocxParts, styles: Styles) -> Iterator[ReadNote]:
    """Yield the comments and notes that the text refers to, in its offsets."""
    comments = _by_id(parts.comments, "comment")
    for identifier, (start, end) in text.comments.items():
        element = comments.get(identifier)
        if element is not None:
            said = _story(element, styles)
            yield ReadNote("comment", start, end, value(element, "author"), said)
    footnotes = _by_id(parts.footnotes, "footnote")
    endnotes = _by_id(parts.endnotes, "endnote")
    for kind, identifier, at in text.references:
        element = (footnotes if kind == "footnote" else endnotes).get(identifier)
        if element is not None:
            said = _story(element, styles)
            yield ReadNote("footnote" if kind == "footnote" else "endnote", at, at, "", said)


def _by_id(root: Element | None, name: str) -> dict[str, Element]:
    if root is None:
        return {}
    return {value(one, "id"): one for one in root if word_name(one) == name}


def _story(element: Element, styles: Styles) -> str:
    text = StoryText()
    Walker(text, Numbering(None), styles, lambda: None).story(element)
    return text.finish().strip()
