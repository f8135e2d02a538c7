"""Queries on the index of words: derived from the texts, outside the history, made anew at will."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qda.model.entities import Language

Connection = sqlite3.Connection
FORMS = (
    "SELECT group_concat(id, ' '), group_concat(language, ' '), group_concat(form, char(10)),"
    " group_concat(CASE others WHEN '' THEN lemmas ELSE lemmas || ' / ' || others END, char(10)),"
    " group_concat(parts, char(10)) FROM (SELECT * FROM word_form ORDER BY id)"
)
ADD_FORM = (
    "INSERT INTO word_form (id, language, form, lemmas, others, parts) VALUES (?, ?, ?, ?, ?, ?)"
)
MADE_OF = "SELECT document_id, made_of FROM word_index"
TEXTS = (
    "SELECT document_id, words, forms, places, sentences FROM word_index"
    " WHERE document_id IN (SELECT id FROM document) ORDER BY document_id"
)
KEEP = (
    "INSERT OR REPLACE INTO word_index (document_id, made_of, words, forms, places, sentences)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
DROP = "DELETE FROM word_index WHERE document_id = ?"
DROP_FORM = "DELETE FROM word_form WHERE id = ?"


FormRow = tuple[int, Language, str, str, str, str]
"""A form: its number, language and letters; lemmas, other keys and parts separated by spaces."""


@dataclass(frozen=True, slots=True)
class FormColumns:
    """All forms, column by column: a hundred thousand rows would be as many objects to watch.

    Numbers and languages stand in one line each, with a blank between; forms, keys and parts one to
    a line. The keys of a form are its lemmas and, behind a mark, its other keys.
    """

    numbers: str
    languages: str
    forms: str
    keys: str
    parts: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """The words of a document, packed; `made_of` says of what."""

    document: int
    made_of: str
    words: int
    forms: bytes
    places: bytes
    sentences: bytes


def forms(connection: sqlite3.Connection) -> FormColumns:
    """Return every form in the order of its number."""
    return FormColumns(*(one or "" for one in connection.execute(FORMS).fetchone()))


def made_of(connection: sqlite3.Connection) -> dict[int, str]:
    """Return what the index of each document was made of."""
    return dict(connection.execute(MADE_OF))


def texts(connection: sqlite3.Connection) -> Iterator[TextRow]:
    """Yield the words of every document that has an index; what they were made of is left out."""
    for document, words, packed, places, sentences in connection.execute(TEXTS):
        yield TextRow(document, "", words, packed, places, sentences)


def keep(
    connection: sqlite3.Connection,
    new_forms: Iterable[FormRow],
    new_texts: Iterable[TextRow],
    *,
    gone: Iterable[int] = (),
) -> None:
    """Keep forms and texts, and drop the texts of documents that are gone, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(DROP, ((one,) for one in gone))
        connection.executemany(ADD_FORM, new_forms)
        connection.executemany(
            KEEP,
            (
                (one.document, one.made_of, one.words, one.forms, one.places, one.sentences)
                for one in new_texts
            ),
        )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def drop_forms(connection: sqlite3.Connection, unused: Iterable[int]) -> None:
    """Remove forms that no text has any more; their numbers are never used again."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany(DROP_FORM, ((one,) for one in unused))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def clear(connection: sqlite3.Connection) -> None:
    """Remove the whole index, within the caller's transaction or at once."""
    connection.execute("DELETE FROM word_index")
    connection.execute("DELETE FROM word_form")
