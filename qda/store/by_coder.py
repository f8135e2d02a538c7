"""Queries on the codings of some coders and no others."""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence

from qda.model.ids import CodeId, CoderId, DocumentId

COUNTS = """
SELECT code_id, count(*) FROM coding
WHERE coder_id IN (SELECT value FROM json_each(?)) GROUP BY code_id"""
SPANS = """
SELECT document_id, start, "end" FROM coding
WHERE document_id BETWEEN ? AND ? AND coder_id IN (SELECT value FROM json_each(?))
ORDER BY document_id, start"""


def code_counts(
    connection: sqlite3.Connection, coders: Collection[CoderId]
) -> Mapping[CodeId, int]:
    """Return how many codings of the given coders each code has of its own."""
    rows = connection.execute(COUNTS, (_listed(coders),))
    return {CodeId(row[0]): row[1] for row in rows}


def spans(
    connection: sqlite3.Connection,
    first: DocumentId,
    last: DocumentId,
    coders: Collection[CoderId],
) -> Sequence[tuple[int, int, int]]:
    """Return document, start and end of the coders' codings in `first` to `last`, sorted."""
    return connection.execute(SPANS, (first, last, _listed(coders))).fetchall()


def _listed(coders: Collection[CoderId]) -> str:
    return json.dumps(sorted(coders))
