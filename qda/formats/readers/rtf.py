"""RTF documents: the text as it is read, comments and notes kept apart."""

from collections.abc import Iterator

from qda.formats.readers.raw import RawDocument, ReadTask, check_length
from qda.formats.readers.rtf_parser import RtfNote, RtfParser, UnfitRtf
from qda.formats.readers.story_text import StoryText, story_warnings
from qda.model.errors import FileProblem
from qda.model.messages import counted, message
from qda.model.reading import ReadNote
from qda.text.turn_finding import LabelHints

_HEAD = b"{\\rtf"
_LOOKED_AT = 64


def read_rtf(task: ReadTask) -> RawDocument:
    """Read an .rtf. Paragraphs are lines; nothing is joined, whatever the options say."""
    begin = task.source.find(_HEAD, 0, _LOOKED_AT)
    if begin < 0:
        raise FileProblem(message("{name} is damaged or is no RTF document.", name=task.file_name))
    parser = RtfParser(task.progress.step)
    try:
        parser.parse(task.source[begin:].decode("latin-1"))
    except UnfitRtf as error:
        raise FileProblem(
            message("{name} is nested too deeply to be an RTF document.", name=task.file_name)
            if error.deep
            else message("{name} is too big; split it into several files.", name=task.file_name)
        ) from error
    text = parser.main.finish()
    whole = text.finish()
    check_length(whole, task.file_name)
    warnings = tuple(story_warnings(text))
    if parser.misread:
        warnings += (
            counted(
                "{n} character could not be read and is shown as \ufffd.",
                "{n} characters could not be read and are shown as \ufffd.",
                parser.misread,
            ),
        )
    return RawDocument(
        whole,
        hints=LabelHints(tuple(text.bold), tuple(text.cells)),
        notes=tuple(sorted(_notes(text, parser.notes), key=lambda note: (note.start, note.end))),
        warnings=warnings,
    )


def _notes(text: StoryText, notes: dict[str, RtfNote]) -> Iterator[ReadNote]:
    """Yield the comments and notes that the text refers to, in its offsets."""
    for name, (start, end) in text.comments.items():
        note = notes.get(name)
        if note is not None:
            yield ReadNote("comment", start, end, note.author, note.text)
    for kind, name, at in text.references:
        note = notes[name]
        yield ReadNote("endnote" if kind == "endnote" else "footnote", at, at, "", note.text)
