"""What the standard has no place for, kept in two kinds of notes that come back to the same place.

A note called `qda:project` says what a project, its coders, participants and variables are beyond
the standard; a note called `qda:document` on a source holds its turns, its comments and what is
known of its file. Both hold one JSON object. Other tools show them as notes; a file in which they
are gone or wrong is imported without them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard, TypeVar, cast

from qda.formats.exchange.model import (
    ExchangedDocument,
    ExchangedParticipant,
    ExchangedProject,
    ExchangedSourceNote,
    ExchangedTurn,
    ExchangedVariable,
)
from qda.model.entities import LANGUAGES, DocumentKind, Language, NoteKind, Subject, VariableType
from qda.model.ids import Guid, parse_guid
from qda.store.row_exchange import Cell, TableRows
from qda.text.normalise import text_hash

T = TypeVar("T")
PROJECT_NOTE = "qda:project"
DOCUMENT_NOTE = "qda:document"
VERSION = 1
KINDS: tuple[DocumentKind, ...] = ("interview", "document", "survey")
_NOTE_KINDS: tuple[NoteKind, ...] = ("comment", "footnote", "endnote")
_SUBJECTS: tuple[Subject, ...] = ("case", "participant", "document")
_TYPES: tuple[VariableType, ...] = ("text", "number", "date", "boolean")
_LARGEST = 1 << 62
_UNHELD = re.compile("[\x00\ud800-\udfff]")
_COLOR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class ProjectExtras:
    """What a project says of itself beyond the standard."""

    guid: Guid | None = None
    language: Language | None = None
    coder: Guid | None = None
    created: str = ""
    colors: Mapping[Guid, str] = field(default_factory=dict[Guid, str])
    participants: Mapping[Guid, ExchangedParticipant] = field(
        default_factory=dict[Guid, ExchangedParticipant]
    )
    variables: Mapping[Guid, ExchangedVariable] = field(
        default_factory=dict[Guid, ExchangedVariable]
    )
    periods: Mapping[Guid, tuple[Guid, str]] = field(default_factory=dict[Guid, tuple[Guid, str]])
    codes: Mapping[Guid, str] = field(default_factory=dict[Guid, str])
    tables: tuple[TableRows, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentExtras:
    """What is known of a document beyond the standard; `hash` is that of its text."""

    hash: str
    original: str
    kind: DocumentKind
    language: Language
    file_name: str
    file_type: str
    encoding: str
    done: bool
    created: str
    turns: tuple[ExchangedTurn, ...]
    notes: tuple[ExchangedSourceNote, ...]


# ------------------------------------------------------------------------------- writing
def project_note(project: ExchangedProject, periods: Mapping[Guid, tuple[Guid, str]]) -> str:
    """Return the text of the note on the project.

    `periods` names, for the GUID of each variable of one month, the indicator and the month.
    """
    return _dumped(
        {
            "version": VERSION,
            "guid": project.guid,
            "language": project.language,
            "coder": project.coder,
            "created": project.created,
            "colors": {one.guid: one.color for one in project.coders},
            "participants": {
                one.guid: {
                    "name": one.name, "interviewer": one.interviewer, "cases": list(one.cases)
                }
                for one in project.participants
            },
            "variables": {
                one.guid: {
                    "subject": one.subject, "name": one.name, "type": one.type,
                    "periodic": one.periodic,
                }
                for one in project.variables
            },
            "periods": {guid: list(month) for guid, month in periods.items()},
            "codes": {one.guid: one.color for one in project.codes if one.written == ""},
            "tables": [[one.table, one.columns, one.rows] for one in project.tables],
        }
    )  # fmt: skip


def document_note(document: ExchangedDocument, original: str) -> str:
    """Return the text of the note on a document; `original` is the path of its file."""
    return _dumped(
        {
            "version": VERSION,
            "hash": text_hash(document.text),
            "original": original,
            "kind": document.kind,
            "language": document.language,
            "file_name": document.file_name,
            "file_type": document.file_type,
            "encoding": document.encoding,
            "done": document.done,
            "created": document.created,
            "turns": [
                [
                    one.number, one.label_start, one.start, one.end, one.label, one.participant,
                    one.interviewer, one.time_ms, one.question,
                ]
                for one in document.turns
            ],
            "notes": [
                [one.kind, one.start, one.end, one.author, one.text] for one in document.notes
            ],
        }
    )  # fmt: skip


def _dumped(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


# ------------------------------------------------------------------------------- reading
def read_project_note(text: str) -> ProjectExtras | None:
    """Return what a note on the project says, None where it is not one of ours."""
    content = _object(text)
    if content is None:
        return None
    language = content.get("language")
    return ProjectExtras(
        guid=_guid(content.get("guid")),
        language=_one_of(LANGUAGES, language),
        coder=_guid(content.get("coder")),
        created=_text(content.get("created")),
        colors={
            guid: value
            for guid, value in _by_guid(content.get("colors")).items()
            if isinstance(value, str) and _COLOR.fullmatch(value)
        },
        participants={
            guid: ExchangedParticipant(
                guid, _text(value.get("name")), value.get("interviewer") is True,
                tuple(found for one in _list(value.get("cases")) if (found := _guid(one))),
            )
            for guid, value in _by_guid(content.get("participants")).items()
            if _is_object(value)
        },
        variables={
            guid: found
            for guid, value in _by_guid(content.get("variables")).items()
            if (found := _variable(guid, value)) is not None
        },
        periods={
            guid: (variable, month)
            for guid, value in _by_guid(content.get("periods")).items()
            if _is_list(value)
            and len(value) == 2
            and (variable := _guid(value[0]))
            and _MONTH.fullmatch(month := _text(value[1]))
        },
        codes={
            guid: value
            for guid, value in _by_guid(content.get("codes")).items()
            if isinstance(value, str) and _COLOR.fullmatch(value)
        },
        tables=tuple(
            found for one in _list(content.get("tables")) if (found := _rows(one)) is not None
        ),
    )  # fmt: skip


def read_document_note(text: str) -> DocumentExtras | None:
    """Return what a note on a document says, None where it is not one of ours.

    Turns and comments are checked against nothing but themselves: see `fits`.
    """
    content = _object(text)
    if content is None:
        return None
    kind, language = content.get("kind"), content.get("language")
    return DocumentExtras(
        hash=_text(content.get("hash")),
        original=_text(content.get("original")),
        kind=_one_of(KINDS, kind) or "document",
        language=_one_of(LANGUAGES, language) or "nb",
        file_name=_text(content.get("file_name")),
        file_type=_text(content.get("file_type")),
        encoding=_text(content.get("encoding")),
        done=content.get("done") is True,
        created=_text(content.get("created")),
        turns=tuple(
            found for one in _list(content.get("turns")) if (found := _turn(one)) is not None
        ),
        notes=tuple(
            found for one in _list(content.get("notes")) if (found := _note(one)) is not None
        ),
    )


def fits(extras: DocumentExtras, text: str) -> bool:
    """Tell whether turns and comments belong to just this text."""
    length = len(text)
    return (
        extras.hash == text_hash(text)
        and all(one.end <= length for one in extras.turns)
        and all(one.end <= length for one in extras.notes)
    )


def _object(text: str) -> Mapping[str, object] | None:
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return content if _is_object(content) and content.get("version") == VERSION else None


def _is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list)


def _list(value: object) -> Sequence[object]:
    return value if _is_list(value) else ()


def _text(value: object) -> str:
    # JSON can write what neither XML nor the project can hold.
    return _UNHELD.sub("", value) if isinstance(value, str) else ""


def _one_of(known: Sequence[T], value: object) -> T | None:
    """Return the known word that a value is, None where it is none of them."""
    return next((one for one in known if one is value or one == value), None)


def _guid(value: object) -> Guid | None:
    return parse_guid(value) if isinstance(value, str) else None


def _by_guid(value: object) -> Mapping[Guid, object]:
    if not _is_object(value):
        return {}
    return {guid: one for key, one in value.items() if (guid := parse_guid(key)) is not None}


def _variable(guid: Guid, value: object) -> ExchangedVariable | None:
    if not _is_object(value):
        return None
    subject = _one_of(_SUBJECTS, value.get("subject"))
    kind = _one_of(_TYPES, value.get("type"))
    name = _text(value.get("name"))
    if subject is None or kind is None or not name:
        return None
    return ExchangedVariable(guid, subject, name, kind, value.get("periodic") is True)


def _rows(value: object) -> TableRows | None:
    """Return the rows of a table; what their cells may be, the table itself says."""
    if not _is_list(value) or len(value) != 3 or not isinstance(value[0], str):
        return None
    columns = tuple(one for one in _list(value[1]) if isinstance(one, str))
    rows = tuple(
        tuple(_cell(one) for one in row)
        for row in _list(value[2])
        if _is_list(row) and len(row) == len(columns)
    )
    return TableRows(value[0], columns, rows)


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value if -_LARGEST < value < _LARGEST else None
    return None


def _turn(value: object) -> ExchangedTurn | None:
    if not _is_list(value) or len(value) != 9:
        return None
    number, label_start, start, end, label, participant, interviewer, time_ms, question = value
    numbers = (number, label_start, start, end, *(() if time_ms is None else (time_ms,)))
    if not all(_is_offset(one) for one in numbers) or not isinstance(interviewer, bool):
        return None
    turn = ExchangedTurn(
        cast(int, number), cast(int, label_start), cast(int, start), cast(int, end),
        _text(label), _guid(participant), interviewer, cast("int | None", time_ms),
        _text(question),
    )  # fmt: skip
    return turn if turn.number > 0 and turn.label_start <= turn.start < turn.end else None


def _note(value: object) -> ExchangedSourceNote | None:
    if not _is_list(value) or len(value) != 5:
        return None
    kind = _one_of(_NOTE_KINDS, value[0])
    start, end = value[1], value[2]
    if kind is None or not _is_offset(start) or not _is_offset(end):
        return None
    first, after = cast(int, start), cast(int, end)
    if first > after:
        return None
    return ExchangedSourceNote(kind, first, after, _text(value[3]), _text(value[4]))


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST
