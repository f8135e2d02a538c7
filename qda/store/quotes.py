"""Queries on how quotes are printed, and on those that are picked for the text."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from qda.model.ids import CodingId, Guid, PickedQuoteId
from qda.model.quotes import PickedQuote, QuoteStyle, Trim

STYLE = "SELECT attribution, cut, marks, threshold, office FROM quote_style"
NORWEGIAN = "SELECT 1 FROM project WHERE language <> 'en'"
SET_STYLE = (
    "INSERT INTO quote_style (id, attribution, cut, marks, threshold, office)"
    " VALUES (1, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET attribution = excluded.attribution,"
    " cut = excluded.cut, marks = excluded.marks, threshold = excluded.threshold,"
    " office = excluded.office"
)
PICKED = (
    "SELECT id, guid, coding_id, position, quote, trims, note FROM picked_quote"
    " ORDER BY position, id"
)
INSERT = (
    "INSERT INTO picked_quote (guid, coding_id, position, quote, trims, note)"
    " VALUES (?, ?, (SELECT coalesce(max(position) + 1, 0) FROM picked_quote), ?, '[]', '')"
)
UPDATE = "UPDATE picked_quote SET quote = ?, trims = ?, note = ? WHERE id = ?"
MOVE = "UPDATE picked_quote SET position = ? WHERE id = ? AND position <> ?"
DELETE = "DELETE FROM picked_quote WHERE id = ?"


def style(connection: sqlite3.Connection) -> QuoteStyle:
    """Return how the project's quotes are printed; the usual way where nothing was chosen."""
    row = connection.execute(STYLE).fetchone()
    if row is None:
        norwegian = connection.execute(NORWEGIAN).fetchone() is not None
        return QuoteStyle("({rolle})") if norwegian else QuoteStyle()
    attribution, cut, marks, threshold, office = row
    return QuoteStyle(attribution, cut, marks, threshold, bool(office))


def set_style(connection: sqlite3.Connection, one: QuoteStyle) -> None:
    """Keep how quotes are printed."""
    connection.execute(
        SET_STYLE, (one.attribution, one.cut, one.marks, one.threshold, int(one.office))
    )


def picked(connection: sqlite3.Connection) -> tuple[PickedQuote, ...]:
    """Return the quotes that are picked for the text, in the user's order."""
    return tuple(
        PickedQuote(
            PickedQuoteId(row[0]), Guid(row[1]), CodingId(row[2]), row[3], row[4],
            _read_trims(row[5]), row[6],
        )
        for row in connection.execute(PICKED)
    )  # fmt: skip


def insert(connection: sqlite3.Connection, guid: Guid, coding: CodingId, quote: str) -> None:
    """Pick a segment, after the others."""
    connection.execute(INSERT, (guid, coding, quote))


def update(connection: sqlite3.Connection, one: PickedQuote) -> None:
    """Write what a picked quote is printed as, and the note on it."""
    connection.execute(UPDATE, (one.quote, _trims(one.trims), one.note, one.id))


def arrange(connection: sqlite3.Connection, order: Sequence[PickedQuoteId]) -> None:
    """Put picked quotes into this order."""
    connection.executemany(MOVE, [(at, one, at) for at, one in enumerate(order)])


def delete(connection: sqlite3.Connection, gone: Iterable[PickedQuoteId]) -> None:
    """Take quotes out of the collection."""
    connection.executemany(DELETE, [(one,) for one in gone])


def _read_trims(text: str) -> tuple[Trim, ...]:
    """Read trims; a row that came from elsewhere may hold anything, and is then printed whole."""
    try:
        return tuple(
            Trim(start, end, words)
            for start, end, words in json.loads(text)
            if type(start) is int and type(end) is int and type(words) is str
        )
    except (ValueError, TypeError, RecursionError):
        return ()


def _trims(trims: Iterable[Trim]) -> str:
    return json.dumps([[one.start, one.end, one.words] for one in trims], ensure_ascii=False)
