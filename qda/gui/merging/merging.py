"""The way through a merge: choose the copy, see what it brings, merge it off the main thread."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from qda.app.merging import plan_apart
from qda.gui.context import Context
from qda.gui.job_runner import Job
from qda.gui.language import tr, tr_n
from qda.gui.merging.merge_dialog import CopyMergeDialog
from qda.model.changes import OpResult
from qda.model.copy_merge import CopyMergePlan
from qda.operations.copy_merge import merge_copy
from qda.store import import_reports
from qda.store.project_file import ENDING

WAITING = 400
"""Milliseconds after a choice before what comes of it is counted: the next may follow at once."""


class CopyMerging(QObject):
    """One merge, from the choice of the file to the report."""

    planned = Signal()
    """The dialog is there."""
    counted = Signal()
    """What comes of the choices is shown."""
    ended = Signal()
    """The merge is done, or was cancelled, or could not be done."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Work in the open project, with dialogs above `parent`."""
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self.dialog: CopyMergeDialog | None = None
        self._path = Path()
        self._counting: Job | None = None
        self._waiting = QTimer(self, singleShot=True, interval=WAITING)
        self._waiting.timeout.connect(self._on_waiting_timeout)

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
        self._path = path
        self._context.jobs.start(
            tr("Comparing the copies"),
            partial(plan_apart, self._context.bridge.session, path, {}),
            self._on_planned,
        )

    def _on_planned(self, plan: CopyMergePlan) -> None:
        dialog = CopyMergeDialog(self._context.theme, plan, self._parent)
        self.dialog = dialog
        dialog.merge_wanted.connect(self._merge)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.model.decided.connect(self._waiting.start)
        dialog.open()
        self.planned.emit()

    def _on_waiting_timeout(self) -> None:
        """Count anew what comes of the choices as they are."""
        dialog = self.dialog
        if dialog is None:
            return
        self._give_up_counting()
        choices = dict(dialog.choices())
        self._counting = self._context.jobs.start(
            tr("Comparing the copies"),
            partial(plan_apart, self._context.bridge.session, self._path, choices),
            self._on_counted,
        )

    def _on_counted(self, plan: CopyMergePlan) -> None:
        if self._counting is None or self.dialog is None:
            return
        self._counting = None
        if not self._waiting.isActive():
            self.dialog.show_outcome(plan)
            self.counted.emit()

    def _give_up_counting(self) -> None:
        if self._counting is not None:
            self._context.jobs.give_up(self._counting)
            self._counting = None

    def _on_dialog_finished(self, result: int) -> None:
        self._waiting.stop()
        self._give_up_counting()
        if self.dialog is not None:
            self.dialog.deleteLater()
        if result == QDialog.DialogCode.Rejected:
            self.dialog = None

    def _merge(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Merging the copy"),
            merge_copy,
            on_done=self._on_merged,
            on_ended=self.ended.emit,
            path=self._path,
            choices=dialog.choices(),
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
