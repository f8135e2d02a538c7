"""Keeping what memos and notes said: one version for each sitting, without the writer's doing."""

from datetime import datetime, timedelta

from qda.model.entities import MemoVersion, Thing
from qda.model.ids import CoderId, MemoVersionId, new_guid
from qda.store import history, memo_versions
from qda.store.project_file import ProjectFile

SITTING = timedelta(minutes=30)
"""Who comes back to a text later than this after its last save begins another sitting."""
STRUCK = 200
"""Characters from which on striking out more than half begins another version, too."""


def keep_version(
    project: ProjectFile,
    of: Thing,
    *,
    old: tuple[str, CoderId, str],
    text: str,
    writer: CoderId,
    afresh: bool = False,
) -> None:
    """Keep `text` as the version of this sitting, within an operation that runs.

    `old` is the text so far, whose it is and when it was written: it is kept first where no
    version has it, unless it was begun in this sitting. With `afresh`, a sitting begins now.
    """
    connection = project.connection
    before, author, written = old
    now = history.now()
    last = memo_versions.latest(connection, of)
    lacking = bool(before.strip()) and (last is None or last.text != before)
    if lacking and (last is not None or afresh or author != writer or _left(written, now)):
        kept = MemoVersion(MemoVersionId(0), new_guid(), of, before, author, written, written)
        memo_versions.insert(connection, kept)
        last = None
    if (
        last is None
        or afresh
        or last.coder != writer
        or _left(last.saved, now)
        or _struck_out(last.text, text)
    ):
        new = MemoVersion(MemoVersionId(0), new_guid(), of, text, writer, now, now)
        memo_versions.insert(connection, new)
    else:
        memo_versions.update(connection, last.id, text, now)


def _left(saved: str, now: str) -> bool:
    """Tell whether somebody had left a text before they came back to it."""
    try:
        passed = datetime.fromisoformat(now) - datetime.fromisoformat(saved)
    except (ValueError, TypeError):
        return True
    return not timedelta(0) <= passed < SITTING


def _struck_out(old: str, new: str) -> bool:
    return len(old) >= STRUCK and len(new) * 2 < len(old)
