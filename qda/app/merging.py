"""Looking at a colleague's copy before it is merged, off the main thread."""

from collections.abc import Mapping
from pathlib import Path

from qda.app.session import Session
from qda.jobs.progress import Progress
from qda.model.codebook_merge import Side
from qda.model.copy_merge import CopyMergePlan
from qda.operations.copy_merge import plan_merge


def plan_apart(
    session: Session, path: Path, choices: Mapping[str, Side], progress: Progress
) -> CopyMergePlan:
    """Say what merging the copy at `path` would do; for a worker, with a connection of its own.

    Raises ReadOnlyProject, ProjectProblem, NotAllowed and Cancelled.
    """
    with session.project.opened_again() as again:
        return plan_merge(again, path=path, choices=choices, progress=progress)
