"""Codebook files in and out: read off the main thread, shown before they change anything."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.gui.codebook.actions import CodebookActions
from qda.gui.codebook.plan_dialog import PlanDialog
from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr
from qda.jobs.progress import Progress
from qda.model.codebook import Codebook
from qda.store import project_info

READ = (".toml", ".csv", ".xlsx", ".qdc")
WRITE = (".docx", ".xlsx", ".ods", ".csv", ".toml", ".md", ".html", ".tex", ".qdc")


class CodebookFiles(QObject):
    """Import and export codebooks."""

    about_to_start = Signal()
    """What is being written is to be saved first."""
    written = Signal(str)
    """The codebook was exported.

    Parameters: the name of the file.
    """

    def __init__(self, context: Context, actions: CodebookActions, parent: QWidget) -> None:
        """Work for the workspace `parent`."""
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._over = parent
        self.dialog: PlanDialog | None = None

    def apply_shipped(self) -> None:
        """Take in the codebook that comes with the program, in the project's language."""
        from qda.app import paths  # lazy: only wanted once in a project's life

        self.about_to_start.emit()
        english = project_info.read(self._context.bridge.project.connection).language == "en"
        name = "nav-styring.en.toml" if english else "nav-styring.toml"
        self.read(paths.shipped(f"codebooks/{name}"), self._actions.apply)

    def ask_import(self) -> None:
        """Ask for a codebook file."""
        endings = " ".join(f"*{ending}" for ending in READ)
        path, _ = QFileDialog.getOpenFileName(
            self._over, tr("Import a codebook"), "", tr("Codebooks ({endings})", endings=endings)
        )
        if path:
            self.import_path(Path(path))

    def import_path(self, path: Path) -> None:
        """Read a codebook file and show what it would change."""
        self.about_to_start.emit()

        def on_done(codebook: Codebook) -> None:
            self.show_plan(path.name, codebook)

        self.read(path, on_done)

    def read(self, path: Path, on_done: Callable[[Codebook], None]) -> None:
        """Read a codebook file in the background."""

        def work(progress: Progress) -> Codebook:
            del progress
            from qda.formats.codebooks import read_codebook  # lazy: start-up

            return read_codebook(path)

        self._context.jobs.start(tr("Reading the codebook"), work, on_done)

    def show_plan(self, name: str, codebook: Codebook) -> PlanDialog:
        """Show what a codebook would change, and apply it when the user wants that."""
        dialog = PlanDialog(
            self._context.theme, name, self._actions.plan(codebook), self._over.window()
        )

        def on_apply_wanted() -> None:
            self._actions.apply(codebook, name)

        dialog.apply_wanted.connect(on_apply_wanted)
        dialog.finished.connect(self._on_dialog_finished)
        self.dialog = dialog
        dialog.open()
        return dialog

    def _on_dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def ask_export(self) -> None:
        """Ask where to write the codebook."""
        filters = ";;".join(f"*{ending}" for ending in WRITE)
        chosen, kind = QFileDialog.getSaveFileName(
            self._over, tr("Export the codebook"), "", filters
        )
        if chosen:
            path = Path(chosen)
            fits = path.suffix.lower() in WRITE
            self.export_path(path if fits else path.with_name(path.name + kind.lstrip("*")))

    def export_path(self, path: Path) -> None:
        """Write the codebook to a file whose ending tells the format."""
        self.about_to_start.emit()
        codebook, translate = self._actions.as_codebook(), current_catalogue().text

        def work(progress: Progress) -> str:
            del progress
            from qda.formats.codebooks import write_codebook  # lazy: start-up

            write_codebook(path, codebook, translate)
            return path.name

        def on_done(name: str) -> None:
            if path.suffix.lower() in READ:
                self._actions.remember_export(codebook, name)
            self.written.emit(name)

        self._context.jobs.start(tr("Writing the codebook"), work, on_done)


def dropped_codebook(data: QMimeData) -> Path | None:
    """Return the codebook file that is dropped, None when it is something else."""
    urls = data.urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 else None
    return path if path is not None and path.suffix.lower() in READ else None
