"""Rows that come from another project with their own GUIDs, in bulk, and what an export reads."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Literal

from qda.model.entities import Case, Coder, Coding, Language, Participant, Variable
from qda.model.ids import CaseId, CodingId, Guid

Kind = Literal["coder", "document", "participant", "code", "coding", "case", "variable", "memo"]
_GUIDS: Mapping[Kind, str] = {
    "coder": "SELECT guid, id FROM coder",
    "document": "SELECT guid, id FROM document",
    "participant": "SELECT guid, id FROM participant",
    "code": "SELECT guid, id FROM code",
    "coding": "SELECT guid, id FROM coding",
    "case": 'SELECT guid, id FROM "case"',
    "variable": "SELECT guid, id FROM variable",
    "memo": "SELECT guid, id FROM memo",
}
ADOPT = "UPDATE project SET guid = ?, name = ?, language = ?, created = ? WHERE id = 1"
INSERT_CODER = "INSERT INTO coder (guid, name, color) VALUES (?, ?, ?)"
UPDATE_CODER = "UPDATE coder SET guid = ?, name = ?, color = ? WHERE id = ?"
INSERT_CASE = 'INSERT INTO "case" (guid, name, pseudonym, position) VALUES (?, ?, ?, ?)'
INSERT_PARTICIPANT = "INSERT INTO participant (guid, name, interviewer) VALUES (?, ?, ?)"
INSERT_VARIABLE = (
    "INSERT INTO variable (guid, subject, name, type, periodic, position) VALUES (?, ?, ?, ?, ?, ?)"
)
INSERT_TURN = """
INSERT INTO turn (document_id, number, label_start, start, "end", label, participant_id,
                  interviewer, time_ms, question) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
NEXT_CODING = "SELECT coalesce(max(id), 0) + 1 FROM coding"
INSERT_CODING = """
INSERT INTO coding (id, guid, document_id, code_id, coder_id, start, "end", quote, stance, value,
                    memo, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
LINK_CODING = "INSERT OR IGNORE INTO coding_case (coding_id, case_id) VALUES (?, ?)"
CODING_LINKS = "SELECT coding_id, case_id FROM coding_case ORDER BY id"
VALUE_KEYS = "SELECT variable_id, subject_id, period FROM value"


def guids(connection: sqlite3.Connection, kind: Kind) -> dict[Guid, int]:
    """Return the id of everything of a kind by its GUID."""
    return {Guid(guid): number for guid, number in connection.execute(_GUIDS[kind])}


def is_empty(connection: sqlite3.Connection) -> bool:
    """Tell whether a project has nothing in it but one coder."""
    kinds: tuple[Kind, ...] = ("document", "participant", "code", "case", "variable", "memo")
    return not any(guids(connection, one) for one in kinds) and (
        len(guids(connection, "coder")) == 1
    )


def adopt(
    connection: sqlite3.Connection, guid: Guid, name: str, language: Language, created: str
) -> None:
    """Make the project the one that another file holds."""
    connection.execute(ADOPT, (guid, name, language, created))


def insert_coder(connection: sqlite3.Connection, guid: Guid, name: str, color: str) -> int:
    """Add a coder; return the id."""
    return int(connection.execute(INSERT_CODER, (guid, name, color)).lastrowid or 0)


def update_coder(connection: sqlite3.Connection, coder: Coder) -> None:
    """Write every field of an existing coder."""
    connection.execute(UPDATE_CODER, (coder.guid, coder.name, coder.color, coder.id))


def insert_case(connection: sqlite3.Connection, case: Case) -> int:
    """Add a case (its `id` is ignored); return the id."""
    values = (case.guid, case.name, case.pseudonym, case.position)
    return int(connection.execute(INSERT_CASE, values).lastrowid or 0)


def insert_participant(connection: sqlite3.Connection, one: Participant) -> int:
    """Add a participant (its `id` is ignored); return the id."""
    values = (one.guid, one.name, int(one.interviewer))
    return int(connection.execute(INSERT_PARTICIPANT, values).lastrowid or 0)


def insert_variable(connection: sqlite3.Connection, one: Variable) -> int:
    """Add a variable (its `id` is ignored); return the id."""
    values = (one.guid, one.subject, one.name, one.type, int(one.periodic), one.position)
    return int(connection.execute(INSERT_VARIABLE, values).lastrowid or 0)


def insert_turns(connection: sqlite3.Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Keep turns with their questions, each with the columns that `INSERT_TURN` names."""
    connection.executemany(INSERT_TURN, rows)


def next_coding(connection: sqlite3.Connection) -> int:
    """Return the first id that no coding has and none after it."""
    return int(connection.execute(NEXT_CODING).fetchone()[0])


def insert_codings(connection: sqlite3.Connection, codings: Iterable[Coding]) -> None:
    """Add codings with the ids that they carry."""
    connection.executemany(
        INSERT_CODING,
        (
            (
                one.id, one.guid, one.document, one.code, one.coder, one.start, one.end,
                one.quote, one.stance, one.value, one.memo, one.created,
            )
            for one in codings
        ),
    )  # fmt: skip


def link_codings(connection: sqlite3.Connection, links: Iterable[tuple[CodingId, CaseId]]) -> None:
    """Link codings to cases."""
    connection.executemany(LINK_CODING, links)


def coding_links(connection: sqlite3.Connection) -> dict[CodingId, tuple[CaseId, ...]]:
    """Return the cases of every coding that has links of its own."""
    found: dict[CodingId, tuple[CaseId, ...]] = {}
    for coding, case in connection.execute(CODING_LINKS):
        found[CodingId(coding)] = (*found.get(CodingId(coding), ()), CaseId(case))
    return found


def value_keys(connection: sqlite3.Connection) -> set[tuple[int, int, str]]:
    """Return variable, subject and period of every value."""
    return set(connection.execute(VALUE_KEYS))
