"""Finding things by what a person types: a GUID, a name, or a code's path."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import TypeVar

from qda.model.codebook import split_path
from qda.model.entities import Case, Code, Coder, Coding, Document, Participant, Thing
from qda.model.errors import Ambiguous, NotFound
from qda.model.ids import DocumentId
from qda.model.messages import Message, message
from qda.store import cases, coders, codes, codings, documents, memos, participants

SHOWN = 20
"""How many candidates an error lists at the most."""

T = TypeVar("T")


def document(connection: sqlite3.Connection, text: str) -> Document:
    """Return the document of that GUID or name. Raises NotFound."""
    found = documents.find(connection, text)
    if not found:
        raise NotFound(
            message("There is no document {name}; «qda documents» lists them.", name=text)
        )
    return found[0]


def case(connection: sqlite3.Connection, text: str) -> Case:
    """Return the case of that GUID, name or pseudonym. Raises NotFound or Ambiguous."""
    return _only(
        cases.find(connection, text),
        text,
        message("There is no case {name}; «qda cases show» lists them.", name=text),
        lambda found: found.name,
    )


def participant(
    connection: sqlite3.Connection, text: str, document: DocumentId | None = None
) -> Participant:
    """Return the participant of that GUID or name, or of that label in one document.

    Raises NotFound or Ambiguous.
    """
    found = participants.find(connection, text)
    if document is not None:
        found = participants.in_document_called(connection, document, text) or found
    return _only(
        found,
        text,
        message("There is no participant {name}; «qda participants show» lists them.", name=text),
        lambda one: one.name,
    )


def coding(connection: sqlite3.Connection, guid: str) -> Coding:
    """Return the coding of that GUID. Raises NotFound."""
    found = codings.by_guid(connection, guid.strip().casefold())
    if found is None:
        raise NotFound(message("There is no coding {guid}; «qda codings» lists them.", guid=guid))
    return found


def memo(connection: sqlite3.Connection, guid: str) -> Thing:
    """Return the memo of that GUID, or the coding whose note is meant. Raises NotFound."""
    wanted = guid.strip().casefold()
    found = memos.by_guid(connection, wanted)
    if found is not None:
        return Thing("memo", found.id)
    noted = codings.by_guid(connection, wanted)
    if noted is None:
        raise NotFound(message("There is no memo {guid}; «qda memos» lists them.", guid=guid))
    return Thing("coding", noted.id)


def coder(connection: sqlite3.Connection, name: str) -> Coder:
    """Return the coder of that name. Raises NotFound."""
    found = coders.by_name(connection, name.strip())
    if found is None:
        raise NotFound(message("There is no coder {name} in this project.", name=name))
    return found


def code(connection: sqlite3.Connection, text: str) -> Code:
    """Return the code of that GUID, path or unique name. Raises NotFound or Ambiguous."""
    everything = codes.all_codes(connection)
    paths = codes.paths(everything)
    texts = codes.path_texts(everything)
    wanted = split_path(text)
    found = [one for one in everything if one.guid == text.strip().casefold()]
    found = found or [one for one in everything if paths[one.id] == wanted]
    found = found or [one for one in everything if paths[one.id][-len(wanted) :] == wanted]
    return _only(
        found,
        text,
        message("There is no code {name}; «qda codebook show» lists them.", name=text),
        lambda one: f"{texts[one.id]} ({one.guid})",
    )


def _only(found: Sequence[T], text: str, missing: Message, describe: Callable[[T], str]) -> T:
    if not found:
        raise NotFound(missing)
    if len(found) > 1:
        candidates = ", ".join(describe(one) for one in found[:SHOWN])
        raise Ambiguous(
            message(
                "{name} can be several: {candidates}; say which one.",
                name=text,
                candidates=candidates,
            )
        )
    return found[0]
