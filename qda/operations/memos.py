"""What a user does with memos."""

from qda.model.changes import OpResult
from qda.model.entities import Memo, MemoTarget
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import MemoId, new_guid
from qda.model.messages import message
from qda.store import coders, history, memos
from qda.store.project_file import ProjectFile

ADD = message("Write a memo")
EDIT = message("Edit a memo")
REMOVE = message("Remove a memo")


def add_memo(
    project: ProjectFile, *, coder: str, on: MemoTarget, target: int, text: str
) -> OpResult[Memo]:
    """Write a memo on something; `target` is 0 for the project.

    Raises NotAllowed when it is empty and NotFound when what it is on is gone.
    """
    if not text.strip():
        raise NotAllowed(message("A memo needs a text; write one."))
    if not memos.has_target(project.connection, on, target):
        raise NotFound(message("What the memo is on is no longer in the project."))
    with project.step(ADD, coder) as step:
        at = history.now()
        who = coders.ensure(project.connection, coder)
        memo = Memo(MemoId(0), new_guid(), on, target, text, who.id, at, at)
        added = memos.insert(project.connection, memo)
    kept = Memo(added, memo.guid, on, target, text, who.id, at, at)
    return OpResult(kept, step.changes, step.id)


def edit_memo(project: ProjectFile, *, coder: str, memo: MemoId, text: str) -> OpResult[None]:
    """Rewrite a memo. Raises NotAllowed when it is empty: removing is a step of its own."""
    if not text.strip():
        raise NotAllowed(message("A memo needs a text; write one."))
    with project.step(EDIT, coder) as step:
        memos.update(project.connection, memo, text, history.now())
    return OpResult(None, step.changes, step.id)


def remove_memo(project: ProjectFile, *, coder: str, memo: MemoId) -> OpResult[None]:
    """Remove a memo."""
    with project.step(REMOVE, coder) as step:
        memos.delete(project.connection, memo)
    return OpResult(None, step.changes, step.id)
