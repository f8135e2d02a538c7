"""OpenDocument texts: the text as it is read, comments and notes kept apart."""

from collections.abc import Iterator
from dataclasses import dataclass

from qda.formats.readers.docx_elements import Element
from qda.formats.readers.odt_elements import inner
from qda.formats.readers.odt_lists import OdtLists
from qda.formats.readers.odt_styles import OdtStyles
from qda.formats.readers.odt_walker import OdtWalker, TooDeep, annotation_author
from qda.formats.readers.office_zip import OfficeZip, Reason, UnfitPackage, opened
from qda.formats.readers.raw import RawDocument, ReadTask, check_length
from qda.formats.readers.story_text import StoryText, story_warnings
from qda.model.errors import FileProblem
from qda.model.messages import Message, message
from qda.model.reading import ReadNote
from qda.text.turn_finding import LabelHints

_MANIFEST = "META-INF/manifest.xml"


@dataclass(frozen=True, slots=True)
class _Parts:
    content: Element | None
    styles: Element | None


def read_odt(task: ReadTask) -> RawDocument:
    """Read an .odt. Paragraphs are lines; nothing is joined, whatever the options say."""
    parts = _open(task.source, task.file_name)
    body = inner(inner(parts.content, "office:body"), "office:text")
    if body is None:
        raise FileProblem(message("{name} is no OpenDocument text.", name=task.file_name))
    roots = (parts.styles, parts.content)
    styles = OdtStyles(roots)
    text = StoryText()
    walker = OdtWalker(text, OdtLists(roots), styles, task.progress.step)
    try:
        walker.story(body)
        notes = tuple(_notes(text, walker, styles))
    except TooDeep as error:
        raise FileProblem(
            message("{name} is nested too deeply to be an OpenDocument text.", name=task.file_name)
        ) from error
    whole = text.finish()
    check_length(whole, task.file_name)
    return RawDocument(
        whole,
        hints=LabelHints(tuple(text.bold), tuple(text.cells)),
        notes=tuple(sorted(notes, key=lambda note: (note.start, note.end))),
        warnings=tuple(story_warnings(text)),
    )


def _notes(text: StoryText, walker: OdtWalker, styles: OdtStyles) -> Iterator[ReadNote]:
    """Yield the annotations and notes that the text refers to, in its offsets."""
    for identifier, (start, end) in text.comments.items():
        element = walker.notes[identifier]
        yield ReadNote("comment", start, end, annotation_author(element), _story(element, styles))
    for kind, identifier, at in text.references:
        said = _story(inner(walker.notes[identifier], "text:note-body"), styles)
        yield ReadNote("endnote" if kind == "endnote" else "footnote", at, at, "", said)


def _story(element: Element | None, styles: OdtStyles) -> str:
    text = StoryText()
    if element is not None:
        OdtWalker(text, OdtLists(()), styles, lambda: None).story(element)
    return text.finish().strip()


def _open(source: bytes, file_name: str) -> _Parts:
    """Unpack and parse the parts of an .odt. Raises FileProblem."""
    try:
        with opened(source) as package:
            _refuse_encrypted(package)
            return _Parts(package.xml("content.xml"), package.xml("styles.xml"))
    except UnfitPackage as error:
        raise FileProblem(_problem(error.reason, file_name)) from error


def _refuse_encrypted(package: OfficeZip) -> None:
    # The manifest is not parsed: old ones have a DTD.
    manifest = package.content(_MANIFEST) or b""
    if b"encryption-data" in manifest or "encrypted-package" in package:
        raise UnfitPackage("locked")


def _problem(reason: Reason, name: str) -> Message:
    if reason == "climbs":
        return message(
            "{name} holds a part that would be written outside it, as no OpenDocument text "
            "does; it is not read.",
            name=name,
        )
    if reason == "locked":
        return message(
            "{name} is protected by a password; open it in LibreOffice and save it without one.",
            name=name,
        )
    if reason == "big":
        return message(
            "{name} is too big when it is unpacked; split it into several files.", name=name
        )
    if reason == "dtd":
        return message(
            "{name} has definitions in it that no OpenDocument text has (a DTD); it is not read.",
            name=name,
        )
    return message("{name} is damaged or is no OpenDocument text.", name=name)
