"""The way through a merge: choose the copy, see what it brings, merge it off the main thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.app.merging import plan_apart
from qda.gui.context import Context
from qda.gui.language import tr, tr_n
from qda.gui.merging.merge_dialog import CopyMergeDialog
from qda.model.changes import OpResult
from qda.model.copy_merge import CopyMergePlan
from qda.operations.copy_merge import merge_copy
from qda.store import import_reports
from qda.store.project_file import ENDING


class CopyMerging(QObject):
    """One merge, from the choice of the file to the report."""

    planned = Signal()
    """The dialog is there."""
    ended = Signal()
    """The merge is done, or was cancelled, or could not be done."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Work in the open project, with dialogs above `parent`."""
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.dialog: CopyMergeDialog | None = None

    def choose(self) -> None:
        """Ask for the copy and look at it."""
        settings = self._context.settings
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            tr("Merge a colleague's copy"),
            settings.text("merging.folder") or str(self._context.bridge.project.path.parent),
            f"{tr('Projects')} (*{ENDING});;{tr('All files')} (*)",
        )
        if name:
            settings.set("merging.folder", str(Path(name).parent))
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Compare a copy with the project, then show what merging it would do."""
        self._context.jobs.start(
            tr("Comparing the copies"),
            partial(plan_apart, self._context.bridge.session, path),
            partial(self._on_planned, path),
        )

    def _on_planned(self, path: Path, plan: CopyMergePlan) -> None:
        dialog = CopyMergeDialog(self._context.theme, plan, self._parent)
        self.dialog = dialog
        dialog.merge_wanted.connect(partial(self._merge, path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self.planned.emit()

    def _merge(self, path: Path) -> None:
        if self.dialog is None:
            return
        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Merging the copy"),
            merge_copy,
            on_done=self._on_merged,
            on_ended=self.ended.emit,
            path=path,
            choices=self.dialog.choices(),
        )

    def _on_merged(self, result: OpResult[CopyMergePlan]) -> None:
        bridge = self._context.bridge
        if result.step is None:
            bridge.told.emit(tr("The copy has nothing that the project has not."))
        else:
            bridge.noticed.emit(merged_sentence(result.value))
            (newest, *_) = import_reports.all_reports(bridge.project.connection)
            report = import_reports.read(bridge.project.connection, newest.id)
            if report is not None:
                bridge.reported.emit(report)
        self.ended.emit()


def merged_sentence(plan: CopyMergePlan) -> str:
    """Say in a line what a merge did."""
    counts = (plan.added, plan.updated, plan.removed)
    new, changed, gone = (sum(one.values()) for one in counts)
    words = [
        tr_n("{n} new", "{n} new", new),
        tr_n("{n} changed", "{n} changed", changed),
        tr_n("{n} removed", "{n} removed", gone),
    ]
    parts = [word for word, count in zip(words, (new, changed, gone), strict=True) if count]
    return tr("Merged {name}: {what}.", name=plan.source, what=", ".join(parts))
