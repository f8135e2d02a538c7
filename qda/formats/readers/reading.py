"""Read a file of any known type: choose the reader by the ending, then find turns and language."""

import importlib
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import cast

from qda.formats.readers.raw import MAX_BYTES, RawDocument, Reader, ReadTask, check_length
from qda.formats.readers.story_text import TooLong
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, message
from qda.model.reading import ReadDocument, ReadOptions
from qda.text.known_turns import settle_turns
from qda.text.language_guess import guess_language
from qda.text.turn_finding import find_turns

# A new type is one module with a function of the type `Reader`, and one line here. The modules
# are imported when the first file of their type is read: some of them bring heavy libraries.
_READERS: Mapping[str, str] = {
    ".txt": "qda.formats.readers.plain_text:read_txt",
    ".md": "qda.formats.readers.plain_text:read_markdown",
    ".markdown": "qda.formats.readers.plain_text:read_markdown",
    ".docx": "qda.formats.readers.docx:read_docx",
    ".odt": "qda.formats.readers.odt:read_odt",
    ".rtf": "qda.formats.readers.rtf:read_rtf",
    ".html": "qda.formats.readers.html:read_html",
    ".htm": "qda.formats.readers.html:read_html",
    ".vtt": "qda.formats.readers.subtitles:read_vtt",
    ".srt": "qda.formats.readers.subtitles:read_srt",
    ".json": "qda.formats.readers.transcriber_json:read_json",
    ".pdf": "qda.formats.readers.pdf:read_pdf",
    ".csv": "qda.formats.readers.sheet:read_delimited_source",
    ".tsv": "qda.formats.readers.sheet:read_delimited_source",
    ".xlsx": "qda.formats.readers.sheet:read_workbook_source",
}
_LONGEST_HEADINGS = 200
_OLD_WORD = frozenset({".doc", ".dot", ".docm", ".ott", ".fodt", ".pages", ".wps"})
_PROJECTS = frozenset({".qdpx", ".qde", ".qda", ".rqda"})
_OLD_SHEETS = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".fods", ".numbers"})


def known_endings() -> tuple[str, ...]:
    """Return the endings of the files that can be read, lower case with the dot."""
    return tuple(_READERS)


def read_file(
    path: Path, options: ReadOptions | None = None, progress: Progress | None = None
) -> ReadDocument:
    """Read the file at `path`.

    Raises FileProblem, with a sentence that says what to do, for a file that is missing, locked,
    of no known type, too big, empty, broken, encrypted or not what its ending says. Raises
    Cancelled from `progress`.
    """
    _check_ending(path.name)
    return reread(load(path), path.name, options, progress)


def reread(
    source: bytes,
    file_name: str,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
    *,
    as_type: str = "",
) -> ReadDocument:
    """Read the bytes of a file again, as a preview does when its options change.

    `as_type` is an ending to read it by instead of its own. Raises as `read_file` does.
    """
    if not as_type:
        _check_ending(file_name)
    options = options or ReadOptions()
    progress = progress or Progress()
    progress.step(0)
    if len(source) > MAX_BYTES:
        raise FileProblem(_too_big(file_name))
    if not source:
        raise FileProblem(message("{name} is empty.", name=file_name))
    ending = as_type or PurePath(file_name).suffix.lower()
    task = ReadTask(source, file_name, options, progress)
    try:
        raw = _with_table(_reader(ending)(task), task)
    except TooLong as error:
        raise FileProblem(
            message("{name} has too much text; split it into several files.", name=file_name)
        ) from error
    check_length(raw.text, file_name)
    if not raw.text.strip():
        raise FileProblem(message("{name} has no text in it.", name=file_name))
    progress.step()
    return _finish(raw, source, file_name, ending, options)


def _with_table(raw: RawDocument, task: ReadTask) -> RawDocument:
    """Take a document that is nothing but a table of turns for the turns in it."""
    if raw.turns is not None or raw.notes or "\t" not in raw.text[:_LONGEST_HEADINGS]:
        return raw
    from qda.formats.readers.sheet import read_tabbed  # lazy: the readers of sheets

    tabbed = (
        None if any(one.kind == "sheet" for one in raw.decisions) else read_tabbed(raw.text, task)
    )
    if tabbed is None:
        return raw
    decision, spoken = tabbed
    decisions = (*raw.decisions, decision)
    if spoken is None:
        return replace(raw, decisions=decisions)
    return replace(
        spoken,
        encoding=raw.encoding,
        decisions=decisions,
        warnings=(*raw.warnings, *spoken.warnings),
    )


def _finish(
    raw: RawDocument, source: bytes, file_name: str, ending: str, options: ReadOptions
) -> ReadDocument:
    return ReadDocument(
        name=PurePath(file_name).stem,
        file_name=file_name,
        file_type=ending.removeprefix("."),
        text=raw.text,
        turns=find_turns(raw.text, raw.hints, options.speakers)
        if raw.turns is None
        else settle_turns(raw.text, raw.turns, options.speakers),
        notes=raw.notes,
        source=source,
        encoding=raw.encoding,
        language=guess_language(raw.text),
        decisions=raw.decisions,
        warnings=raw.warnings,
        survey=raw.survey,
    )


def _reader(ending: str) -> Reader:
    module, _, function = _READERS[ending].partition(":")
    return cast(Reader, getattr(importlib.import_module(module), function))


def _check_ending(file_name: str) -> None:
    ending = PurePath(file_name).suffix.lower()
    if ending in _READERS:
        return
    if ending in _OLD_WORD:
        raise FileProblem(
            message(
                "{name} cannot be read; save it as .docx in the program that wrote it.",
                name=file_name,
            )
        )
    if ending in _OLD_SHEETS:
        raise FileProblem(
            message(
                "{name} cannot be read; save it as .xlsx in the program that wrote it.",
                name=file_name,
            )
        )
    if ending in _PROJECTS:
        raise FileProblem(
            message(
                "{name} is a whole project of another program; open it with «Open a project from "
                "another program», or make a project of it with «qda convert».",
                name=file_name,
            )
        )
    raise FileProblem(
        message(
            "{name} is of a type that cannot be read; the known types are {types}.",
            name=file_name,
            types=", ".join(known_endings()),
        )
    )


def load(path: Path) -> bytes:
    """Return the bytes of a regular file of bearable size. Raises FileProblem."""
    name = path.name
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FileProblem(message("{name} is a folder; choose the files in it.", name=name))
        if not stat.S_ISREG(status.st_mode):
            raise FileProblem(message("{name} is not a file that can be read.", name=name))
        if status.st_size > MAX_BYTES:
            raise FileProblem(_too_big(name))
        return path.read_bytes()
    except FileNotFoundError:
        raise FileProblem(message("There is no file called {name}.", name=name)) from None
    except PermissionError:
        raise FileProblem(
            message("{name} may not be read by you; ask for access to it.", name=name)
        ) from None
    except (OSError, ValueError) as error:
        raise FileProblem(
            message(
                "{name} could not be read from the disk ({reason}).",
                name=name,
                reason=getattr(error, "strerror", None) or "",
            )
        ) from error


def _too_big(name: str) -> Message:
    return message(
        "{name} is larger than {limit} MB; split it into several files.",
        name=name,
        limit=MAX_BYTES // 1_000_000,
    )
