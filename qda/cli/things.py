"""What memos are on and linked with, as the command line names it."""

from collections.abc import Mapping

from qda.app.session import Session
from qda.cli.output import Json
from qda.model.entities import Coding, Memo, MemoTarget, Thing, ThingKind
from qda.model.ids import CodingId, MemoId
from qda.store import (
    cases,
    coders,
    codes,
    codings,
    documents,
    lookup,
    memo_versions,
    memos,
    participants,
    project_info,
)


class Names:
    """The names of everything in a project, read once for an answer."""

    def __init__(self, session: Session) -> None:
        """Read the names."""
        connection = session.project.connection
        self._connection = connection
        self.coders = {int(one.id): one.name for one in coders.all_coders(connection)}
        self._saved = memo_versions.notes_saved(connection)
        everything = codes.all_codes(connection)
        self._names: dict[MemoTarget, Mapping[int, tuple[str, str]]] = {
            "project": {0: (project_info.read(connection).name, "")},
            "document": {o.id: (o.name, o.guid) for o in documents.all_documents(connection)},
            "case": {o.id: (o.name, o.guid) for o in cases.all_cases(connection)},
            "participant": {
                o.id: (o.name, o.guid) for o in participants.all_participants(connection)
            },
            "code": {
                o.id: (path, o.guid)
                for o, path in zip(everything, codes.path_texts(everything).values(), strict=True)
            },
        }

    def target(self, on: MemoTarget, target: int) -> str:
        """Return the name of what a memo is on, the GUID of a coding."""
        if on == "coding":
            found = codings.by_id(self._connection, CodingId(target))
            return found.guid if found is not None else ""
        return self._names[on].get(target, ("", ""))[0]

    def thing(self, thing: Thing) -> dict[str, Json]:
        """Return one end of a link; a coding and a memo are named by what they say."""
        if thing.kind == "coding":
            coding = codings.by_id(self._connection, CodingId(thing.id))
            name, guid = (coding.quote, coding.guid) if coding is not None else ("", "")
        elif thing.kind == "memo":
            memo = memos.by_id(self._connection, MemoId(thing.id))
            name, guid = (first_line(memo.text), memo.guid) if memo is not None else ("", "")
        else:
            name, guid = self._names[thing.kind].get(thing.id, ("", ""))
        return {"kind": thing.kind, "guid": guid, "name": name}

    def memo(self, memo: Memo) -> dict[str, Json]:
        """Return a memo; `on` is the kind of thing, `target` its name, or a coding's GUID."""
        return {
            "guid": memo.guid,
            "on": memo.on,
            "target": self.target(memo.on, memo.target),
            "text": memo.text,
            "coder": self.coders.get(memo.coder, ""),
            "when": memo.created,
            "modified": memo.modified,
            "note": False,
        }

    def note(self, coding: Coding) -> dict[str, Json]:
        """Return the note on a coding as a memo; its GUID is the coding's."""
        return {
            "guid": coding.guid,
            "on": "coding",
            "target": coding.guid,
            "text": coding.memo,
            "coder": self.coders.get(coding.coder, ""),
            "when": coding.created,
            "modified": self._saved.get(coding.id, coding.created),
            "note": True,
        }


def first_line(text: str) -> str:
    """Return the first line that says something: what a memo is called by."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def find(session: Session, kind: ThingKind, name: str) -> Thing:
    """Return the thing of a kind by its name or GUID. Raises NotFound or Ambiguous."""
    connection = session.project.connection
    if kind == "memo":
        return lookup.memo(connection, name)
    if kind == "document":
        return Thing(kind, lookup.document(connection, name).id)
    if kind == "case":
        return Thing(kind, lookup.case(connection, name).id)
    if kind == "participant":
        return Thing(kind, lookup.participant(connection, name).id)
    if kind == "code":
        return Thing(kind, lookup.code(connection, name).id)
    return Thing(kind, lookup.coding(connection, name).id)
