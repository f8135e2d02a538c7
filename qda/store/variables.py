"""Queries on variables and their values."""

import json
import sqlite3
from collections.abc import Collection, Iterable

from qda.model.entities import Subject, Value, Variable, VariableType, VariableValue
from qda.model.ids import Guid, VariableId, new_guid

COLUMNS = "SELECT id, guid, subject, name, type, periodic, position FROM variable"
ALL = COLUMNS + " ORDER BY subject, position, id"
OF_SUBJECT = COLUMNS + " WHERE subject = ? ORDER BY position, id"
INSERT = (
    "INSERT INTO variable (guid, subject, name, type, periodic, position) VALUES (?, ?, ?, ?, ?,"
    " (SELECT coalesce(max(position) + 1, 0) FROM variable WHERE subject = ?))"
)
UPDATE = "UPDATE variable SET name = ?, type = ?, periodic = ?, position = ? WHERE id = ?"
DELETE = "DELETE FROM variable WHERE id = ?"
VALUES = (
    "SELECT v.id, v.type, x.subject_id, x.period, x.text, x.number FROM value x"
    " JOIN variable v ON v.id = x.variable_id WHERE v.subject = ?"
    " ORDER BY v.position, v.id, x.subject_id, x.period"
)
OF_ONE = (
    "SELECT v.id, v.type, x.subject_id, x.period, x.text, x.number FROM value x"
    " JOIN variable v ON v.id = x.variable_id WHERE v.subject = ? AND x.subject_id = ?"
    " ORDER BY v.position, v.id, x.period"
)
# Each month is looked up in the index: going through all of them takes ten times as long.
LATEST_OF_CASES = """
SELECT v.id, v.type, x.subject_id, x.period, x.text, x.number FROM variable v
JOIN value x ON x.variable_id = v.id WHERE v.subject = 'case' AND v.periodic = 0
UNION ALL
SELECT v.id, v.type, x.subject_id, x.period, x.text, x.number FROM variable v
CROSS JOIN "case" c
CROSS JOIN value x ON x.variable_id = v.id AND x.subject_id = c.id AND x.period = (
    SELECT max(period) FROM value WHERE variable_id = v.id AND subject_id = c.id
)
WHERE v.subject = 'case' AND v.periodic = 1"""
OF_CASES_AT = """
SELECT v.id, v.type, x.subject_id, x.period, x.text, x.number FROM variable v
JOIN value x ON x.variable_id = v.id WHERE v.subject = 'case' AND v.periodic = 0
UNION ALL
SELECT v.id, v.type, x.subject_id, x.period, x.text, x.number FROM variable v
CROSS JOIN "case" c
CROSS JOIN value x ON x.variable_id = v.id AND x.subject_id = c.id AND x.period = ?
WHERE v.subject = 'case' AND v.periodic = 1"""
IN_MONTH = (
    "SELECT v.type, x.subject_id, x.text, x.number FROM value x"
    " JOIN variable v ON v.id = x.variable_id WHERE x.variable_id = ? AND x.period = ?"
    " ORDER BY x.subject_id"
)
SHOWN_OF = (
    "SELECT v.id, v.type, x.subject_id, x.period, x.text, x.number FROM value x"
    " JOIN variable v ON v.id = x.variable_id WHERE x.variable_id = ? AND x.subject_id = ?"
    " AND (v.periodic = 0 OR ?3 = '' OR x.period = ?3) ORDER BY x.period DESC LIMIT 1"
)
PAIRS_OF = """
SELECT x.variable_id, x.subject_id FROM json_each(?) changed
CROSS JOIN value x ON x.id = changed.value
CROSS JOIN variable v ON v.id = x.variable_id AND v.subject = 'case'"""
COUNT = "SELECT count(*) FROM value WHERE variable_id = ?"
DISTINCT = (
    "SELECT DISTINCT v.type, x.text, x.number FROM value x"
    " JOIN variable v ON v.id = x.variable_id WHERE x.variable_id = ?"
)
MONTHS_OF = (
    "SELECT subject_id, period, number FROM value"
    " WHERE variable_id = ? AND number IS NOT NULL ORDER BY subject_id, period"
)
MONTHS = """
SELECT DISTINCT x.period FROM value x JOIN variable v ON v.id = x.variable_id
WHERE v.subject = 'case' AND v.periodic = 1 ORDER BY x.period"""
# Whether any case has a value in a month is seen at its first pair; going through all takes longer.
MONTHS_AMONG = """
SELECT m.value FROM json_each(?) m WHERE EXISTS (
    SELECT 1 FROM variable v CROSS JOIN "case" c
    CROSS JOIN value x ON x.variable_id = v.id AND x.subject_id = c.id AND x.period = m.value
    WHERE v.subject = 'case' AND v.periodic = 1
) ORDER BY m.value"""
PERIODS = "SELECT DISTINCT period FROM value WHERE id IN (SELECT value FROM json_each(?))"
PERIODS_OF_VARIABLE = "SELECT DISTINCT period FROM value WHERE variable_id = ?"
SET = """
INSERT INTO value (variable_id, subject_id, period, text, number) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (variable_id, subject_id, period)
DO UPDATE SET text = excluded.text, number = excluded.number"""
CLEAR = "DELETE FROM value WHERE variable_id = ? AND subject_id = ? AND period = ?"
CLEAR_SUBJECT = (
    "DELETE FROM value WHERE subject_id = ?"
    " AND variable_id IN (SELECT id FROM variable WHERE subject = ?)"
)


def _variable(row: tuple[int, str, Subject, str, VariableType, int, int]) -> Variable:
    return Variable(VariableId(row[0]), Guid(row[1]), row[2], row[3], row[4], bool(row[5]), row[6])


def all_variables(connection: sqlite3.Connection) -> tuple[Variable, ...]:
    """Return every variable, by subject and order."""
    return tuple(_variable(row) for row in connection.execute(ALL))


def of_subject(connection: sqlite3.Connection, subject: Subject) -> tuple[Variable, ...]:
    """Return the variables of cases, participants or documents in their order."""
    return tuple(_variable(row) for row in connection.execute(OF_SUBJECT, (subject,)))


def insert(
    connection: sqlite3.Connection,
    subject: Subject,
    name: str,
    kind: VariableType,
    *,
    periodic: bool,
) -> VariableId:
    """Add a variable after the others of its subject; return the id."""
    cursor = connection.execute(INSERT, (new_guid(), subject, name, kind, int(periodic), subject))
    return VariableId(int(cursor.lastrowid or 0))


def update(connection: sqlite3.Connection, variable: Variable) -> None:
    """Write every field of an existing variable; its subject never changes."""
    connection.execute(
        UPDATE,
        (variable.name, variable.type, int(variable.periodic), variable.position, variable.id),
    )


def delete(connection: sqlite3.Connection, variable: VariableId) -> None:
    """Remove a variable and its values."""
    connection.execute(DELETE, (variable,))


def count(connection: sqlite3.Connection, variable: VariableId) -> int:
    """Return how many values a variable has."""
    return int(connection.execute(COUNT, (variable,)).fetchone()[0])


def values(connection: sqlite3.Connection, subject: Subject) -> tuple[VariableValue, ...]:
    """Return every value of the subject's variables, periods ascending."""
    return _values(connection.execute(VALUES, (subject,)))


def of_one(
    connection: sqlite3.Connection, subject: Subject, subject_id: int
) -> tuple[VariableValue, ...]:
    """Return every value of one case, participant or document, periods ascending."""
    return _values(connection.execute(OF_ONE, (subject, subject_id)))


def latest_of_cases(connection: sqlite3.Connection) -> tuple[VariableValue, ...]:
    """Return one value for each variable and case: of indicators that of the last month."""
    return _values(connection.execute(LATEST_OF_CASES))


def of_cases_at(connection: sqlite3.Connection, month: str) -> tuple[VariableValue, ...]:
    """Return one value for each variable and case: of indicators that of `month`, if any."""
    return _values(connection.execute(OF_CASES_AT, (month,)))


def of_case_at(
    connection: sqlite3.Connection, variable: VariableId, case: int, month: str
) -> VariableValue | None:
    """Return the value of a case: of an indicator that of `month`, of the last one when empty."""
    found = _values(connection.execute(SHOWN_OF, (variable, case, month)))
    return found[0] if found else None


def pairs_of(
    connection: sqlite3.Connection, values: Collection[int]
) -> list[tuple[VariableId, int]]:
    """Return variable and case of values by their ids; what is gone or no case's is left out."""
    return connection.execute(PAIRS_OF, (json.dumps(list(values)),)).fetchall()


def in_month(connection: sqlite3.Connection, variable: VariableId, month: str) -> dict[int, Value]:
    """Return the values of an indicator in a month by subject."""
    rows = connection.execute(IN_MONTH, (variable, month))
    return {subject: _value(kind, text, number) for kind, subject, text, number in rows}


def distinct(connection: sqlite3.Connection, variable: VariableId) -> list[Value]:
    """Return what values a variable has, each once, in no order."""
    return [_value(*row) for row in connection.execute(DISTINCT, (variable,))]


def months(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return every month for which a case has a value, ascending."""
    return tuple(row[0] for row in connection.execute(MONTHS))


def periods_of(connection: sqlite3.Connection, values: Collection[int]) -> set[str]:
    """Return the months of those values that are there, by their ids; empty for one without."""
    return {row[0] for row in connection.execute(PERIODS, (json.dumps(list(values)),))}


def periods_of_variable(connection: sqlite3.Connection, variable: VariableId) -> set[str]:
    """Return the months for which a variable has values, empty where it has one without."""
    return {row[0] for row in connection.execute(PERIODS_OF_VARIABLE, (variable,))}


def months_among(connection: sqlite3.Connection, maybe: Collection[str]) -> tuple[str, ...]:
    """Return those of some months for which a case has a value, ascending."""
    asked = json.dumps(sorted(set(maybe) - {""}))
    return tuple(row[0] for row in connection.execute(MONTHS_AMONG, (asked,)))


def months_of(
    connection: sqlite3.Connection, variable: VariableId
) -> tuple[tuple[int, str, float], ...]:
    """Return subject id, month and number of an indicator, by subject and month."""
    return tuple(connection.execute(MONTHS_OF, (variable,)))


def _values(rows: sqlite3.Cursor) -> tuple[VariableValue, ...]:
    return tuple(
        VariableValue(VariableId(row[0]), row[2], row[3], _value(row[1], row[4], row[5]))
        for row in rows
    )


def _value(kind: VariableType, text: str | None, number: float | None) -> Value:
    if kind == "boolean":
        return bool(number)
    if number is not None:
        return number
    return text or ""


def set_many(
    connection: sqlite3.Connection, rows: Iterable[tuple[VariableId, int, str, Value]]
) -> int:
    """Write values (variable, subject, period or "", value); return how many."""
    bound = [
        (variable, subject, period, value, None)
        if isinstance(value, str)
        else (variable, subject, period, None, float(value))
        for variable, subject, period, value in rows
    ]
    connection.executemany(SET, bound)
    return len(bound)


def clear(
    connection: sqlite3.Connection, variable: VariableId, subject: int, period: str = ""
) -> None:
    """Remove one value."""
    connection.execute(CLEAR, (variable, subject, period))


def clear_subject(connection: sqlite3.Connection, subject: Subject, subject_id: int) -> None:
    """Remove every value of one case, participant or document."""
    connection.execute(CLEAR_SUBJECT, (subject_id, subject))
