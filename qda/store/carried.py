"""Queries on what is carried along for other programs: parts of their files, marks of codes."""

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from qda.model.ids import CaseId, CodeId, CodingId, DocumentId, Guid

PartKind = Literal[
    "source", "link", "shown link", "set", "graph", "page", "segment", "case code",
]  # fmt: skip
"""A `shown link` is one that there is a link here for as well."""


MARKS = "SELECT code_id, codable, color, given FROM code_exchange"
ADD_MARK = "INSERT INTO code_exchange (code_id, codable, color, given) VALUES (?, ?, ?, ?)"
SELECTIONS = "SELECT coding_id, guid FROM coding_selection"
ADD_SELECTION = "INSERT INTO coding_selection (coding_id, guid) VALUES (?, ?)"
PARTS = """
SELECT id, guid, part, document_id, case_id, name, xml, text_hash FROM carried_part ORDER BY id"""
ADD_PART = """
INSERT INTO carried_part (guid, part, document_id, case_id, name, xml, text_hash)
VALUES (?, ?, ?, ?, ?, ?, ?)"""
KNOWN_PARTS = "SELECT part, guid FROM carried_part"
FILES = """
SELECT f.carried_part_id, f.name, s.bytes FROM carried_file f
JOIN source_file s ON s.hash = f.file_hash ORDER BY f.id"""
ADD_FILE = "INSERT INTO carried_file (carried_part_id, name, file_hash) VALUES (?, ?, ?)"
KEEP_FILE = "INSERT OR IGNORE INTO source_file (hash, bytes) VALUES (?, ?)"
DROP = "DELETE FROM carried_part"


@dataclass(frozen=True, slots=True)
class CodeMark:
    """What a file said of a code: whether one can code with it, and its colour as it was written.

    `given` is the colour that the code got for it.
    """

    code: CodeId
    codable: bool
    color: str
    given: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of another program's file, and what it stands in."""

    id: int
    guid: Guid
    part: PartKind
    document: DocumentId | None
    case: CaseId | None
    name: str
    xml: str
    text_hash: str


def marks(connection: sqlite3.Connection) -> dict[CodeId, CodeMark]:
    """Return what files said of codes."""
    return {
        CodeId(code): CodeMark(CodeId(code), bool(codable), color, given)
        for code, codable, color, given in connection.execute(MARKS)
    }


def folders(connection: sqlite3.Connection) -> frozenset[CodeId]:
    """Return the codes that a file said one cannot code with."""
    return frozenset(one.code for one in marks(connection).values() if not one.codable)


def add_marks(connection: sqlite3.Connection, some: Iterable[CodeMark]) -> None:
    """Keep what a file said of codes that have no mark."""
    connection.executemany(
        ADD_MARK, ((one.code, int(one.codable), one.color, one.given) for one in some)
    )


def selections(connection: sqlite3.Connection) -> dict[CodingId, Guid]:
    """Return the GUIDs that the segments of codings have in other programs' files."""
    return {CodingId(coding): Guid(guid) for coding, guid in connection.execute(SELECTIONS)}


def add_selections(connection: sqlite3.Connection, some: Iterable[tuple[CodingId, Guid]]) -> None:
    """Keep the GUIDs of the segments of codings that have none."""
    connection.executemany(ADD_SELECTION, some)


def parts(connection: sqlite3.Connection) -> tuple[Part, ...]:
    """Return every part that is carried along, in the order they came."""
    return tuple(
        Part(
            number, Guid(guid), part, document, case, name, xml, text_hash
        )
        for number, guid, part, document, case, name, xml, text_hash in connection.execute(PARTS)
    )  # fmt: skip


def known_parts(connection: sqlite3.Connection) -> set[tuple[PartKind, Guid]]:
    """Return kind and GUID of every part that is carried along."""
    return {(part, Guid(guid)) for part, guid in connection.execute(KNOWN_PARTS)}


def add_part(connection: sqlite3.Connection, part: Part) -> int:
    """Keep a part (its `id` is ignored); return the id."""
    values = (
        part.guid, part.part, part.document, part.case, part.name, part.xml, part.text_hash
    )  # fmt: skip
    return int(connection.execute(ADD_PART, values).lastrowid or 0)


def files(connection: sqlite3.Connection) -> dict[int, tuple[tuple[str, bytes], ...]]:
    """Return the files of each part that has some, by name."""
    found: dict[int, tuple[tuple[str, bytes], ...]] = {}
    for part, name, content in connection.execute(FILES):
        found[part] = (*found.get(part, ()), (name, content))
    return found


def add_file(connection: sqlite3.Connection, part: int, name: str, content: bytes) -> None:
    """Keep a file of a part."""
    digest = hashlib.sha256(content).hexdigest()
    connection.execute(KEEP_FILE, (digest, content))
    connection.execute(ADD_FILE, (part, name, digest))


def drop_parts(connection: sqlite3.Connection) -> None:
    """Drop every part: their names and texts are as they came."""
    connection.execute(DROP)
