"""Sharing the codebook: a colleague's file compared with it, and the versions that are kept."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.gui.codebook.actions import CodebookActions
from qda.gui.codebook.files import READ, CodebookFiles
from qda.gui.codebook.merge_dialog import MergeDialog
from qda.gui.codebook.versions_dialog import VersionsDialog
from qda.gui.context import Context
from qda.gui.language import tr, tr_n
from qda.model.codebook import Codebook
from qda.model.codebook_merge import MergeOutcome


class CodebookExchange(QObject):
    """Open the dialogs of comparing and of versions, and do what is chosen there."""

    def __init__(
        self, context: Context, actions: CodebookActions, files: CodebookFiles, parent: QWidget
    ) -> None:
        """Work for the workspace `parent`."""
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._files = files
        self._over = parent
        self.merging: MergeDialog | None = None
        self.versions: VersionsDialog | None = None

    def ask_compare(self) -> None:
        """Ask for a colleague's codebook file."""
        endings = " ".join(f"*{ending}" for ending in READ)
        path, _ = QFileDialog.getOpenFileName(
            self._over,
            tr("Compare with a colleague's codebook"),
            "",
            tr("Codebooks ({endings})", endings=endings),
        )
        if path:
            self.compare_path(Path(path))

    def compare_path(self, path: Path) -> None:
        """Read a colleague's codebook file and show how it differs."""
        self._files.about_to_start.emit()

        def on_done(codebook: Codebook) -> None:
            self.show_merge(path.name, codebook)

        self._files.read(path, on_done)

    def show_merge(self, name: str, codebook: Codebook) -> MergeDialog:
        """Show every difference, and merge what is chosen when the user wants that."""
        plan = self._actions.plan_merge(codebook, name)
        dialog = MergeDialog(self._context.theme, name, plan, self._over.window())

        def on_merge_wanted() -> None:
            self._actions.merge_codebook(plan, dialog.choices(), name, on_merged)

        def on_merged(outcome: MergeOutcome) -> None:
            self._context.bridge.noticed.emit(merged_sentence(name, outcome))

        def on_finished() -> None:
            dialog.deleteLater()
            self.merging = None

        dialog.merge_wanted.connect(on_merge_wanted)
        dialog.finished.connect(on_finished)
        self.merging = dialog
        dialog.open()
        return dialog

    def save_version(self) -> None:
        """Let the user name the codebook as it is now."""
        self.show_versions()
        if self.versions is not None:
            self.versions.focus_name()

    def show_versions(self) -> None:
        """Show the versions that are kept."""
        self._files.about_to_start.emit()
        if self.versions is None:
            self.versions = VersionsDialog(self._context, self._over.window())
            self.versions.finished.connect(self._on_versions_finished)
        self.versions.open()

    def _on_versions_finished(self) -> None:
        if self.versions is not None:
            self.versions.deleteLater()
            self.versions = None


def merged_sentence(name: str, outcome: MergeOutcome) -> str:
    """Say in a line what a merge did."""
    counts = [
        (tr_n("{n} code added", "{n} codes added", len(outcome.added)), outcome.added),
        (tr_n("{n} field changed", "{n} fields changed", len(outcome.changed)), outcome.changed),
        (tr_n("{n} moved", "{n} moved", len(outcome.moved)), outcome.moved),
        (tr_n("{n} removed", "{n} removed", len(outcome.removed)), outcome.removed),
    ]
    done = [words for words, found in counts if found]
    if not done:
        return tr("Nothing of {file} was taken.", file=name)
    return tr("Merged {file}: {done}.", file=name, done=", ".join(done))
