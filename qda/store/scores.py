"""Queries on score sheets: indicators, scored files and their scores."""

import sqlite3
from collections.abc import Iterable

from qda.model.ids import CaseId, Guid, ScoreFileId, ScoreItemId, ScoreSheetId, new_guid
from qda.model.scores import Score, ScoreFile, ScoreItem, ScoreSheet

SHEETS = "SELECT id, guid, name, low, high FROM score_sheet ORDER BY id"
ITEMS = "SELECT sheet_id, id, guid, name FROM score_item ORDER BY sheet_id, position, id"
FILES = "SELECT id, guid, case_id, name FROM score_file WHERE sheet_id = ? ORDER BY id"
SCORES = (
    "SELECT file_id, item_id, rater, value FROM score"
    " JOIN score_file ON score_file.id = file_id WHERE sheet_id = ?"
    " ORDER BY file_id, item_id, rater"
)
FILES_OF = (
    "SELECT id, guid, case_id, name FROM score_file WHERE sheet_id = ? AND case_id = ? ORDER BY id"
)
SCORES_OF = (
    "SELECT file_id, item_id, rater, value FROM score"
    " JOIN score_file ON score_file.id = file_id WHERE sheet_id = ? AND case_id = ?"
    " ORDER BY file_id, item_id, rater"
)
RATERS = (
    "SELECT rater, count(*) FROM score JOIN score_file ON score_file.id = file_id"
    " WHERE sheet_id = ? GROUP BY rater"
)
INSERT_SHEET = "INSERT INTO score_sheet (guid, name, low, high) VALUES (?, ?, ?, ?)"
DELETE_SHEET = "DELETE FROM score_sheet WHERE id = ?"
INSERT_ITEM = (
    "INSERT INTO score_item (guid, sheet_id, name, position) VALUES (?, ?, ?,"
    " (SELECT coalesce(max(position) + 1, 0) FROM score_item WHERE sheet_id = ?))"
)
INSERT_FILE = "INSERT INTO score_file (guid, sheet_id, case_id, name) VALUES (?, ?, ?, ?)"
SET = (
    "INSERT INTO score (file_id, item_id, rater, value) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (file_id, item_id, rater) DO UPDATE SET value = excluded.value"
)
OFF_SCALE = """
FROM score JOIN score_file ON score_file.id = file_id
JOIN score_item ON score_item.id = item_id
JOIN score_sheet ON score_sheet.id = score_file.sheet_id
WHERE value NOT BETWEEN low AND high OR score_item.sheet_id <> score_file.sheet_id"""
SAID_OFF_SCALE = (
    "SELECT case_id, score_sheet.name, score_file.name, score_item.name, rater, value"
    + OFF_SCALE
    + " ORDER BY score.id"
)
DROP_OFF_SCALE = "DELETE FROM score WHERE id IN (SELECT score.id" + OFF_SCALE + ")"  # noqa: S608


def all_sheets(connection: sqlite3.Connection) -> tuple[ScoreSheet, ...]:
    """Return every sheet with its indicators."""
    items: dict[int, list[ScoreItem]] = {}
    for sheet, number, guid, name in connection.execute(ITEMS):
        items.setdefault(sheet, []).append(ScoreItem(ScoreItemId(number), Guid(guid), name))
    return tuple(
        ScoreSheet(
            ScoreSheetId(row[0]), Guid(row[1]), row[2], row[3], row[4],
            tuple(items.get(row[0], ())),
        )
        for row in connection.execute(SHEETS)
    )  # fmt: skip


def files(connection: sqlite3.Connection, sheet: ScoreSheetId) -> tuple[ScoreFile, ...]:
    """Return the scored files of a sheet in the order they came."""
    return tuple(
        ScoreFile(ScoreFileId(row[0]), Guid(row[1]), CaseId(row[2]), row[3])
        for row in connection.execute(FILES, (sheet,))
    )


def scores(connection: sqlite3.Connection, sheet: ScoreSheetId) -> tuple[Score, ...]:
    """Return the scores of a sheet by file, indicator and rater."""
    return tuple(
        Score(ScoreFileId(row[0]), ScoreItemId(row[1]), row[2], row[3])
        for row in connection.execute(SCORES, (sheet,))
    )


def files_of(
    connection: sqlite3.Connection, sheet: ScoreSheetId, case: CaseId
) -> tuple[ScoreFile, ...]:
    """Return the scored files of one office in the order they came."""
    return tuple(
        ScoreFile(ScoreFileId(row[0]), Guid(row[1]), CaseId(row[2]), row[3])
        for row in connection.execute(FILES_OF, (sheet, case))
    )


def scores_of(
    connection: sqlite3.Connection, sheet: ScoreSheetId, case: CaseId
) -> tuple[Score, ...]:
    """Return the scores of one office by file, indicator and rater."""
    return tuple(
        Score(ScoreFileId(row[0]), ScoreItemId(row[1]), row[2], row[3])
        for row in connection.execute(SCORES_OF, (sheet, case))
    )


def rater_counts(connection: sqlite3.Connection, sheet: ScoreSheetId) -> dict[str, int]:
    """Return how many scores each rater gave."""
    return dict(connection.execute(RATERS, (sheet,)))


def insert_sheet(connection: sqlite3.Connection, name: str, low: int, high: int) -> ScoreSheetId:
    """Add a sheet; return the id."""
    cursor = connection.execute(INSERT_SHEET, (new_guid(), name, low, high))
    return ScoreSheetId(int(cursor.lastrowid or 0))


def delete_sheet(connection: sqlite3.Connection, sheet: ScoreSheetId) -> None:
    """Remove a sheet with everything in it."""
    connection.execute(DELETE_SHEET, (sheet,))


def insert_item(connection: sqlite3.Connection, sheet: ScoreSheetId, name: str) -> ScoreItemId:
    """Add an indicator after the others; return the id."""
    cursor = connection.execute(INSERT_ITEM, (new_guid(), sheet, name, sheet))
    return ScoreItemId(int(cursor.lastrowid or 0))


def insert_file(
    connection: sqlite3.Connection, sheet: ScoreSheetId, case: CaseId, name: str
) -> ScoreFileId:
    """Add a file; return the id."""
    cursor = connection.execute(INSERT_FILE, (new_guid(), sheet, case, name))
    return ScoreFileId(int(cursor.lastrowid or 0))


def set_scores(connection: sqlite3.Connection, rows: Iterable[Score]) -> None:
    """Write scores; a rater's earlier score of the same file and indicator is replaced."""
    connection.executemany(SET, ((one.file, one.item, one.rater, one.value) for one in rows))


def off_scale(
    connection: sqlite3.Connection,
) -> tuple[tuple[int, str, str, str, str, int], ...]:
    """Return case, sheet, file, indicator, rater and value of scores that their sheet has not."""
    return tuple(connection.execute(SAID_OFF_SCALE))


def drop_off_scale(connection: sqlite3.Connection) -> int:
    """Remove scores that their sheet has not; return how many."""
    return connection.execute(DROP_OFF_SCALE).rowcount
