"""Queries on the reports of imports; each is kept as JSON, its sentences in English with values."""

import json
import sqlite3
import string
from collections.abc import Iterator, Mapping
from typing import cast

from qda.model.ids import new_guid, parse_guid
from qda.model.import_report import (
    LINE_KINDS,
    MAIN_ITEMS,
    ImportKind,
    ImportReport,
    ImportReportId,
    KeptReport,
    ReportLine,
)
from qda.model.messages import Message, MessageValue
from qda.store import history

COLUMNS = """
SELECT id, guid, kind, source, created, coder, kept, left_out, uncertain FROM import_report"""
ALL = COLUMNS + " ORDER BY id DESC"
BY_ID = COLUMNS + " WHERE id = ?"
BY_GUID = COLUMNS + " WHERE guid = ?"
CONTENT = "SELECT kind, source, content FROM import_report WHERE id = ?"
CONTENTS = "SELECT id, kind, source, content FROM import_report ORDER BY id"
INSERT = """
INSERT INTO import_report
    (guid, kind, source, created, coder, kept, left_out, uncertain, content)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
SET_CONTENT = "UPDATE import_report SET content = ? WHERE id = ?"
DEEPEST = 8
"""Messages inside messages that are read."""


def insert(connection: sqlite3.Connection, report: ImportReport, coder: str) -> ImportReportId:
    """Keep a report within an operation that runs; return its id."""
    cursor = connection.execute(
        INSERT,
        (
            new_guid(), report.kind, report.source, history.now(), coder,
            report.kept.get(MAIN_ITEMS[report.kind], 0), report.total("left out"),
            report.total("uncertain"),
            text_of(report),
        ),
    )  # fmt: skip
    return ImportReportId(int(cursor.lastrowid or 0))


def all_reports(connection: sqlite3.Connection) -> tuple[KeptReport, ...]:
    """Return the heads of all reports, newest first."""
    return tuple(KeptReport(*row) for row in connection.execute(ALL))


def find(connection: sqlite3.Connection, number_or_guid: str) -> KeptReport | None:
    """Return the report of that number or GUID, None where there is none."""
    guid = parse_guid(number_or_guid)
    if guid is not None:
        row = connection.execute(BY_GUID, (guid,)).fetchone()
    elif number_or_guid.isascii() and number_or_guid.isdecimal() and len(number_or_guid) < 19:
        row = connection.execute(BY_ID, (int(number_or_guid),)).fetchone()
    else:
        row = None
    return None if row is None else KeptReport(*row)


def read(connection: sqlite3.Connection, report: ImportReportId) -> ImportReport | None:
    """Return a whole report; None where it is gone or cannot be read."""
    row = connection.execute(CONTENT, (report,)).fetchone()
    return None if row is None else report_of(*row)


def contents(
    connection: sqlite3.Connection,
) -> Iterator[tuple[ImportReportId, ImportReport | None]]:
    """Yield every report, oldest first; None where it cannot be read."""
    for report, kind, source, content in connection.execute(CONTENTS).fetchall():
        yield ImportReportId(report), report_of(kind, source, content)


def clear_lines(connection: sqlite3.Connection) -> None:
    """Leave of every report its counts alone: its lines name people and quote texts."""
    for report, content in connection.execute(
        "SELECT id, content FROM import_report ORDER BY id"
    ).fetchall():
        try:
            whole = _object(json.loads(content))
            kept = {
                "found": _counts(whole.get("found", {})), "kept": _counts(whole.get("kept", {}))
            }  # fmt: skip
        except (ValueError, RecursionError):
            kept = {}
        connection.execute(SET_CONTENT, (json.dumps({"origin": "", **kept, "lines": []}), report))


# ------------------------------------------------------------------------------------- JSON
def text_of(report: ImportReport) -> str:
    """Write what a report says as JSON; `kind` and `source` stand in columns of their own."""
    content: dict[str, object] = {
        "origin": report.origin,
        "found": dict(report.found),
        "kept": dict(report.kept),
        "lines": [
            [line.kind, line.item, _said(line.what), line.where, _said(line.why), line.count]
            for line in report.lines
        ],
    }
    if report.reached:
        content["reached"] = report.reached
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _said(one: Message) -> dict[str, object]:
    said: dict[str, object] = {"text": one.text}
    if one.plural:
        said["plural"] = one.plural
    if one.values:
        said["values"] = {
            name: _said(value) if isinstance(value, Message) else value
            for name, value in one.values.items()
        }
    return said


def report_of(kind: ImportKind, source: str, text: str) -> ImportReport | None:
    """Read a report from JSON; None where it is none: a project may come from a stranger."""
    try:
        content = _object(json.loads(text))
        lines = content.get("lines", [])
        return ImportReport(
            kind,
            source,
            _text(content.get("origin", "")),
            _counts(content.get("found", {})),
            _counts(content.get("kept", {})),
            tuple(_line(one) for one in _list(lines)),
            _text(content.get("reached", "")),
        )
    except (ValueError, KeyError, RecursionError):
        return None


def _line(content: object) -> ReportLine:
    kind, item, what, where, why, count = _list(content)
    if kind not in LINE_KINDS:
        raise ValueError
    return ReportLine(
        kind, _text(item), _message(what, 0), _text(where), _message(why, 0),
        _count(count),
    )  # fmt: skip


def _message(content: object, depth: int) -> Message:
    """Read a sentence whose places are plain names with values, which is all that we write."""
    if depth > DEEPEST:
        raise ValueError
    said = _object(content)
    text, plural = _text(said["text"]), _text(said.get("plural", ""))
    values = {name: _value(value, depth) for name, value in _object(said.get("values", {})).items()}
    # A sentence without values is said as it stands, so its braces are no places.
    if values:
        for sentence in (text, plural):
            _check_places(sentence, values)
    if plural and not isinstance(values.get("n"), int):
        raise ValueError
    return Message(text, values, plural)


def _check_places(sentence: str, values: Mapping[str, object]) -> None:
    for _literal, name, form, conversion in string.Formatter().parse(sentence):
        if name is not None and (name not in values or form or conversion):
            raise ValueError


def _value(content: object, depth: int) -> MessageValue:
    if isinstance(content, str | int | float):
        return content
    return _message(content, depth + 1)


def _object(content: object) -> dict[str, object]:
    if not isinstance(content, dict):
        raise ValueError  # noqa: TRY004 - a text that is no report, like any other
    return cast("dict[str, object]", content)


def _list(content: object) -> list[object]:
    if not isinstance(content, list):
        raise ValueError  # noqa: TRY004 - likewise
    return cast("list[object]", content)


def _text(content: object) -> str:
    if not isinstance(content, str):
        raise ValueError  # noqa: TRY004 - likewise
    return content


def _count(content: object) -> int:
    if not isinstance(content, int) or content < 0:
        raise ValueError
    return content


def _counts(content: object) -> dict[str, int]:
    return {name: _count(n) for name, n in _object(content).items()}
