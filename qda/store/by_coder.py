"""Queries on the codings of some coders and no others."""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence

from qda.model.entities import Coding
from qda.model.ids import CodeId, CoderId, DocumentId
from qda.store import codings

# By their index, codings would be looked up one by one, since no index says whose they are.
COUNTS = """
SELECT code_id, count(*) FROM coding NOT INDEXED
WHERE coder_id IN (SELECT value FROM json_each(?)) GROUP BY code_id"""
COUNTS_AMONG = """
SELECT code_id, count(*) FROM coding
WHERE coder_id IN (SELECT value FROM json_each(?)) AND code_id IN (SELECT value FROM json_each(?))
GROUP BY code_id"""
DOCUMENT_COUNTS = """
SELECT document_id, count(*) FROM coding NOT INDEXED
WHERE coder_id IN (SELECT value FROM json_each(?)) GROUP BY document_id"""
SPANS = """
SELECT document_id, start, "end" FROM coding
WHERE document_id BETWEEN ? AND ? AND coder_id IN (SELECT value FROM json_each(?))
ORDER BY document_id, start"""

WITH_WORD = codings.COLUMNS + (
    " WHERE (? IS NULL OR coder_id = ?) AND quote LIKE ? ESCAPE '\\' ORDER BY id DESC"
)


def code_counts(
    connection: sqlite3.Connection,
    coders: Collection[CoderId],
    among: Collection[CodeId] | None = None,
) -> Mapping[CodeId, int]:
    """Return how many codings of the given coders each code, or each of some, has of its own."""
    if among is None:
        rows = connection.execute(COUNTS, (_listed(coders),))
    else:
        rows = connection.execute(COUNTS_AMONG, (_listed(coders), json.dumps(sorted(among))))
    return {CodeId(row[0]): row[1] for row in rows}


def document_counts(
    connection: sqlite3.Connection, coders: Collection[CoderId]
) -> Mapping[DocumentId, int]:
    """Return how many codings of the given coders each document has."""
    rows = connection.execute(DOCUMENT_COUNTS, (_listed(coders),))
    return {DocumentId(row[0]): row[1] for row in rows}


def spans(
    connection: sqlite3.Connection,
    first: DocumentId,
    last: DocumentId,
    coders: Collection[CoderId],
) -> Sequence[tuple[int, int, int]]:
    """Return document, start and end of the coders' codings in `first` to `last`, sorted."""
    return connection.execute(SPANS, (first, last, _listed(coders))).fetchall()


def with_words(
    connection: sqlite3.Connection, words: Sequence[str], coder: CoderId | None, most: int
) -> list[Coding]:
    """Return codings, latest first, whose quotes hold all the words; of one coder, if given.

    SQLite knows no case beyond ASCII, so other letters of the longest word are any letter to it,
    and what it finds is looked at again.
    """
    folded = [word.lower() for word in words]
    if not folded:
        return []
    found: list[Coding] = []
    for row in connection.execute(WITH_WORD, (coder, coder, _pattern(max(folded, key=len)))):
        coding = Coding(*row)
        quote = coding.quote.lower()
        if all(word in quote for word in folded):
            found.append(coding)
            if len(found) == most:
                break
    return found


def _pattern(word: str) -> str:
    letters = ["\\" + one if one in "%_\\" else one if one.isascii() else "_" for one in word]
    return f"%{''.join(letters)}%"


def _listed(coders: Collection[CoderId]) -> str:
    return json.dumps(sorted(coders))
