"""Plain text and Markdown, which is kept as it is written."""

from dataclasses import replace

from qda.formats.readers.encodings import decode
from qda.formats.readers.raw import RawDocument, ReadTask, check_length, refuse_other_types
from qda.formats.readers.sheet import read_tabbed
from qda.formats.readers.stamped_lines import read_stamped
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.reading import ReadOptions
from qda.text.line_ends import tidy
from qda.text.normalise import dropped_warning, normalise
from qda.text.turn_finding import turn_lines

_MAX_DROPPED = 100


def read_txt(task: ReadTask) -> RawDocument:
    """Read plain text; lines are joined only where the text shows that it was wrapped."""
    return _read(task, task.options)


def read_markdown(task: ReadTask) -> RawDocument:
    """Read Markdown as text, with its marks; lines are joined only where that is asked for."""
    options = task.options
    if options.paragraphs == "auto":
        options = ReadOptions(
            "keep" if options.hyphens == "auto" else options.hyphens,
            "lines",
            options.encoding,
            options.choices,
            options.speakers,
        )
    return _read(task, options)


def _read(task: ReadTask, options: ReadOptions) -> RawDocument:
    refuse_other_types(task)
    decoded = decode(task.source, task.file_name, options.encoding)
    check_length(decoded.text, task.file_name)
    task.progress.step()
    pages = _page_starts(decoded.text)
    text, dropped = normalise(decoded.text)
    if dropped > _MAX_DROPPED and dropped > len(text):
        raise FileProblem(message("{name} is not a text file.", name=task.file_name))
    stamped = read_stamped(text, options)
    warnings = decoded.warnings + ((dropped_warning(dropped),) if dropped else ())
    if stamped is not None and stamped.decision.applied:
        return RawDocument(
            stamped.speech.text,
            decoded.encoding,
            decisions=(stamped.decision,),
            warnings=warnings + stamped.warnings,
            turns=stamped.speech.turns,
        )
    tabbed = None if stamped else read_tabbed(text, task)
    if tabbed is not None:
        decided, spoken = tabbed
        if spoken is not None:
            return replace(
                spoken, encoding=decoded.encoding, warnings=(*warnings, *spoken.warnings)
            )
        proposals = (decided,)
    else:
        proposals = (stamped.decision,) if stamped else ()
    labels = turn_lines(text, speakers=options.speakers)
    task.progress.step()
    tidied = tidy(text, options, labels=labels, pages=pages)
    decisions = proposals + tidied.decisions
    return RawDocument(tidied.text, decoded.encoding, decisions=decisions, warnings=warnings)


def _page_starts(text: str) -> frozenset[int]:
    """Return the lines that a form feed opens; counted before it is dropped."""
    if "\f" not in text:
        return frozenset()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return frozenset(
        at + (0 if line.startswith("\f") else 1) for at, line in enumerate(lines) if "\f" in line
    )
