"""Making a copy of the project, for a colleague or to work in while somebody else has it open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.gui.context import Context
from qda.gui.language import tr
from qda.jobs.progress import Progress
from qda.store import backups
from qda.store.project_file import ENDING


def make_copy(context: Context, parent: QWidget, open_copy: Callable[[Path], object]) -> None:
    """Ask for a name and write a copy there; one of a project that can only be read is opened."""
    project = context.bridge.project
    suggested = project.path.with_name(f"{project.path.stem} – {tr('copy')}{ENDING}")
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("Make a copy for a colleague"), str(suggested), f"{tr('Projects')} (*{ENDING})"
    )
    if not name:
        return
    target = Path(name)
    if target.suffix.casefold() != ENDING:
        target = target.with_name(target.name + ENDING)
    context.jobs.start(
        tr("Copying the project"),
        partial(_copied, project.path, target),
        partial(_on_copied, context, open_copy, read_only=project.read_only),
    )


def _copied(project: Path, target: Path, progress: Progress) -> Path:
    backups.copy_to(project, target, progress)
    return target


def _on_copied(
    context: Context, open_copy: Callable[[Path], object], target: Path, *, read_only: bool
) -> None:
    if read_only:
        open_copy(target)
        return
    context.bridge.told.emit(
        tr("The copy is in {name}; merge it when your colleague sends it back.", name=target.name)
    )
