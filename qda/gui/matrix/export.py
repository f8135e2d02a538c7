"""The matrix as a file: which kinds there are, and writing one without holding up the window."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr
from qda.gui.matrix import engine
from qda.jobs.progress import Progress
from qda.model.contrast import Contrast
from qda.model.matrix import Matrix


def file_kinds(*, contrast: bool = False) -> list[tuple[str, str]]:
    """Return the endings that can be written, each with what it is for."""
    kinds = [
        (".xlsx", tr("Excel, with quotes and codebook")),
        (".ods", tr("OpenDocument, with quotes")),
        (".docx", tr("Word, with quotes")),
        (".html", tr("Web page")),
        (".csv", tr("Table as text (CSV)")),
        (".md", tr("Markdown")),
        (".tex", tr("LaTeX")),
        (".json", tr("Data (JSON)")),
    ]
    return kinds[:-1] if contrast else kinds


class MatrixFiles(QObject):
    """Write matrices in a worker."""

    kind_chosen = Signal(str)
    """The user wants a file of a kind.

    Parameters: its ending.
    """
    written = Signal(object)
    """A file is there.

    Parameters: its Path.
    """

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Use the jobs, settings and session of `context`."""
        super().__init__(parent)
        self._context = context
        self._window = parent

    def offer(self, button: QWidget, kinds: Iterable[tuple[str, str]]) -> None:
        """Let the user choose one of the kinds of files from a menu below `button`."""
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for ending, kind in kinds:
            menu.addAction(kind).setData(ending)
        menu.triggered.connect(self._on_menu_triggered)
        left = button.width() - menu.sizeHint().width()
        below = button.height() + self._context.theme.px(4)
        menu.popup(button.mapToGlobal(QPoint(left, below)))

    def _on_menu_triggered(self, action: QAction) -> None:
        self.kind_chosen.emit(str(action.data()))

    def ask_path(self, ending: str, name: str) -> Path | None:
        """Ask where to write; None when the user thinks better of it."""
        kinds = dict(file_kinds())
        folder = self._context.settings.text("matrix.folder")
        start = Path(folder) if folder else self._context.bridge.project.path.parent
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("Export the matrix"),
            str(start / f"{name}{ending}"),
            f"{kinds[ending]} (*{ending})",
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(ending)

    def write(self, path: Path, matrix: Matrix) -> None:
        """Write a matrix; tell by `written` when it is there. Problems are told by the jobs."""
        export = engine.bundle(self._context.bridge.session, matrix)
        translator = current_catalogue()

        def work(progress: Progress) -> Path:
            from qda.formats.matrix_files import write_matrix  # lazy: it brings the writers

            progress.start(0)
            write_matrix(path, export, translator)
            return path

        self._start(path, work)

    def write_contrast(self, path: Path, found: Contrast) -> None:
        """Write two groups side by side; likewise."""
        from qda.formats.writeup_files import TABLES, require_ending, write_writeup
        from qda.operations.writeup.contrast import contrast_material, contrast_text

        require_ending(path)
        session = self._context.bridge.session
        material = contrast_material(
            session.project.connection, session.snapshot(), current_catalogue()
        )
        table = path.suffix.casefold() in TABLES
        text = contrast_text(material, found, table=table)

        def work(progress: Progress) -> Path:
            progress.start(0)
            write_writeup(path, text)
            return path

        self._start(path, work)

    def _start(self, path: Path, work: Callable[[Progress], Path]) -> None:
        self._context.settings.set("matrix.folder", str(path.parent))
        self._context.jobs.start(tr("Writing {name}", name=path.name), work, self.written.emit)


def show_folder(path: Path) -> bool:
    """Show the folder of a file in the system's file manager."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
