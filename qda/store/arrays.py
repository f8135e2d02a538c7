"""Bulk reads for the counting engine: whole columns of numbers by plain SQL.

Each function gives a flat `array("q")` of rows one after the other, as wide as the constant
beside its statement says, which numpy takes over without copying.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain

from qda.model.entities import Value, VariableType

Connection = sqlite3.Connection
"""For those who hand a connection on without speaking SQL."""

CODING_WIDTH = 4
PACKED_BITS = 31
CODINGS = """
SELECT id << 31 | start, document_id << 31 | "end", code_id << 31 | coder_id,
       CASE stance WHEN 'for' THEN 0 WHEN 'mot' THEN 1 WHEN 'ambivalent' THEN 2 ELSE -1 END
FROM coding"""
"""Two numbers in one, since handing over a number costs more than reading it."""
TURN_WIDTH = 8
TURNS = """
SELECT id, document_id, number, label_start, start, "end", coalesce(participant_id, -1),
       interviewer
FROM turn"""
LINK_WIDTH = 3
DOCUMENT_CASES = "SELECT id, document_id, case_id FROM document_case"
PARTICIPANT_CASES = "SELECT id, participant_id, case_id FROM participant_case"
CODING_CASES = "SELECT id, coding_id, case_id FROM coding_case"
CHOSEN = " WHERE id IN (SELECT value FROM json_each(?))"
LATEST_VALUES = """
SELECT x.variable_id, v.type, x.subject_id, x.text, x.number
FROM variable v JOIN value x ON x.variable_id = v.id WHERE v.periodic = 0
UNION ALL
SELECT x.variable_id, v.type, x.subject_id, x.text, x.number FROM variable v
CROSS JOIN (
    SELECT id, 'case' AS subject FROM "case" UNION ALL SELECT id, 'participant' FROM participant
    UNION ALL SELECT id, 'document' FROM document
) s ON s.subject = v.subject
CROSS JOIN value x ON x.variable_id = v.id AND x.subject_id = s.id AND x.period = (
    SELECT max(period) FROM value WHERE variable_id = v.id AND subject_id = s.id
)
WHERE v.periodic = 1"""
"""The last month of each is looked up in the index, which need not go through all the others."""
TEXTS = """
SELECT hash, text FROM text_body WHERE hash IN (SELECT value FROM json_each(?))"""
QUOTES = """
SELECT id, guid, quote, value, memo FROM coding
WHERE id IN (SELECT value FROM json_each(?))"""
GUIDS = "SELECT id, guid FROM coding WHERE id IN (SELECT value FROM json_each(?))"
LABELS = """
SELECT document_id, number, label FROM turn
WHERE document_id IN (SELECT value FROM json_each(?))"""


def _flat(connection: sqlite3.Connection, sql: str, chosen: Iterable[int] | None) -> "array[int]":
    if chosen is None:
        rows = connection.execute(sql)
    else:
        rows = connection.execute(sql + CHOSEN, (json.dumps(list(chosen)),))
    return array("q", chain.from_iterable(rows))


def codings(connection: sqlite3.Connection, chosen: Iterable[int] | None = None) -> "array[int]":
    """Return id|start, document|end, code|coder and stance (-1 for none) of codings.

    `a|b` is one number: `a << PACKED_BITS | b`.
    """
    return _flat(connection, CODINGS, chosen)


def turns(connection: sqlite3.Connection, chosen: Iterable[int] | None = None) -> "array[int]":
    """Return id, document, number, label start, start, end, participant (-1), interviewer."""
    return _flat(connection, TURNS, chosen)


def document_cases(connection: sqlite3.Connection) -> "array[int]":
    """Return id, document, case of the links of documents."""
    return _flat(connection, DOCUMENT_CASES, None)


def participant_cases(connection: sqlite3.Connection) -> "array[int]":
    """Return id, participant, case of the links of participants."""
    return _flat(connection, PARTICIPANT_CASES, None)


def coding_cases(
    connection: sqlite3.Connection, chosen: Iterable[int] | None = None
) -> "array[int]":
    """Return id, coding, case of codings' own links."""
    return _flat(connection, CODING_CASES, chosen)


def latest_values(connection: sqlite3.Connection) -> dict[int, dict[int, Value]]:
    """Return the value of every variable and subject, of indicators that of the latest period."""
    found: dict[int, dict[int, Value]] = {}
    for variable, kind, subject, text, number in connection.execute(LATEST_VALUES):
        found.setdefault(variable, {})[subject] = _value(kind, text, number)
    return found


def _value(kind: VariableType, text: str | None, number: float | None) -> Value:
    if kind == "boolean":
        return bool(number)
    return number if number is not None else text or ""


def texts(connection: sqlite3.Connection, hashes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield hash and text of the given texts, one at a time."""
    yield from connection.execute(TEXTS, (json.dumps(list(hashes)),))


def quotes(
    connection: sqlite3.Connection, chosen: Iterable[int]
) -> Iterator[tuple[int, str, str, str, str]]:
    """Yield id, guid, quote, scale value and memo of the given codings."""
    yield from connection.execute(QUOTES, (json.dumps(list(chosen)),))


def guids(connection: sqlite3.Connection, chosen: Iterable[int]) -> dict[int, str]:
    """Return the GUIDs of the given codings."""
    return dict(connection.execute(GUIDS, (json.dumps(list(chosen)),)))


def turn_labels(
    connection: sqlite3.Connection, documents: Iterable[int]
) -> dict[tuple[int, int], str]:
    """Return the speaker labels of the given documents by document and turn number."""
    rows = connection.execute(LABELS, (json.dumps(list(documents)),))
    return {(document, number): label for document, number, label in rows}
