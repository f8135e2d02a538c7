"""What a user does with memos: write, link, go back to what they said."""

from qda.model.changes import OpResult
from qda.model.entities import Memo, MemoLink, MemoTarget, Thing
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodingId, MemoId, MemoLinkId, MemoVersionId, new_guid
from qda.model.messages import message
from qda.operations.codings import write_memo
from qda.operations.memo_versions import keep_version
from qda.store import coders, codings, history, memo_links, memo_versions, memos
from qda.store.project_file import ProjectFile

ADD = message("Write a memo")
EDIT = message("Edit a memo")
REMOVE = message("Remove a memo")
LINK = message("Link a memo")
UNLINK = message("Remove a link")
RESTORE = message("Go back to an earlier version of a memo")


def add_memo(
    project: ProjectFile, *, coder: str, on: MemoTarget, target: int, text: str
) -> OpResult[Memo]:
    """Write a memo on something; `target` is 0 for the project.

    Raises NotAllowed when it is empty and NotFound when what it is on is gone.
    """
    _require_text(text)
    if not memos.has_target(project.connection, on, target):
        raise NotFound(message("What the memo is on is no longer in the project."))
    with project.step(ADD, coder) as step:
        at = history.now()
        who = coders.ensure(project.connection, coder)
        memo = Memo(MemoId(0), new_guid(), on, target, text, who.id, at, at)
        added = memos.insert(project.connection, memo)
    kept = Memo(added, memo.guid, on, target, text, who.id, at, at)
    return OpResult(kept, step.changes, step.id)


def edit_memo(
    project: ProjectFile, *, coder: str, memo: MemoId, text: str, joins: bool = False
) -> OpResult[None]:
    """Rewrite a memo; what it said when it was last left stays as a version.

    With `joins`, what is saved again and again while one writes is one undo step for every few
    minutes. Raises NotAllowed when it is empty (removing is a step of its own), NotFound when it
    is gone.
    """
    _require_text(text)
    old = _get(project, memo)
    with project.step(EDIT, coder, joins=joins) as step:
        rewrite(project, coder, old, text)
    return OpResult(None, step.changes, step.id)


def rewrite(
    project: ProjectFile, coder: str, old: Memo, text: str, *, afresh: bool = False
) -> None:
    """Rewrite a memo within an operation that runs; what it said stays as a version."""
    if text == old.text:
        return
    writer = coders.ensure(project.connection, coder).id
    so_far = (old.text, old.coder, old.modified)
    keep_version(
        project, Thing("memo", old.id), old=so_far, text=text, writer=writer, afresh=afresh
    )
    memos.update(project.connection, old.id, text, history.now())


def remove_memo(project: ProjectFile, *, coder: str, memo: MemoId) -> OpResult[None]:
    """Remove a memo, with its links and versions."""
    with project.step(REMOVE, coder) as step:
        memos.delete(project.connection, memo)
    return OpResult(None, step.changes, step.id)


def link_memo(
    project: ProjectFile, *, coder: str, origin: Thing, target: Thing
) -> OpResult[MemoLink]:
    """Link a memo, or a segment and its note, to anything; a link that is there is given back.

    Raises NotAllowed for a link to itself or from what has no links of its own, NotFound when
    either end is gone.
    """
    connection = project.connection
    if origin.kind not in memo_links.FROM:
        raise NotAllowed(message("A link begins at a memo or a segment; choose one of these."))
    if origin == target:
        raise NotAllowed(message("A memo cannot be linked to itself; choose something else."))
    for end in (origin, target):
        if not has_thing(project, end):
            raise NotFound(message("What is to be linked is no longer in the project."))
    there = next(
        (one for one in memo_links.leading_away(connection, origin) if one.target == target), None
    )
    with project.step(LINK, coder) as step:
        if there is None:
            who = coders.ensure(connection, coder).id
            new = MemoLink(MemoLinkId(0), new_guid(), origin, target, who, history.now())
            added = memo_links.insert(connection, new)
            there = MemoLink(added, new.guid, origin, target, who, new.created)
    return OpResult(there, step.changes, step.id)


def unlink_memo(project: ProjectFile, *, coder: str, link: MemoLinkId) -> OpResult[None]:
    """Remove a link; both ends stay."""
    with project.step(UNLINK, coder) as step:
        memo_links.delete(project.connection, link)
    return OpResult(None, step.changes, step.id)


def restore_memo(project: ProjectFile, *, coder: str, version: MemoVersionId) -> OpResult[str]:
    """Let a memo, or the note on a segment, say what it said before; return the text.

    What it says now stays as a version. Raises NotFound when either is gone, NotAllowed when an
    empty version would leave a memo empty.
    """
    connection = project.connection
    kept = memo_versions.by_id(connection, version)
    if kept is None:
        raise NotFound(message("The version is no longer in the project."))
    if kept.of.kind == "memo":
        old = _get(project, MemoId(kept.of.id))
        _require_text(kept.text)
        with project.step(RESTORE, coder) as step:
            rewrite(project, coder, old, kept.text, afresh=True)
    else:
        noted = codings.by_id(connection, CodingId(kept.of.id))
        if noted is None:
            raise NotFound(message("The coding is no longer in the project."))
        with project.step(RESTORE, coder) as step:
            write_memo(project, coder, noted, kept.text, afresh=True)
    return OpResult(kept.text, step.changes, step.id)


def has_thing(project: ProjectFile, thing: Thing) -> bool:
    """Tell whether a thing is in the project."""
    if thing.kind == "memo":
        return memos.by_id(project.connection, MemoId(thing.id)) is not None
    return memos.has_target(project.connection, thing.kind, thing.id)


def _require_text(text: str) -> None:
    if not text.strip():
        raise NotAllowed(message("A memo needs a text; write one."))


def _get(project: ProjectFile, memo: MemoId) -> Memo:
    found = memos.by_id(project.connection, memo)
    if found is None:
        raise NotFound(message("The memo is no longer in the project."))
    return found
