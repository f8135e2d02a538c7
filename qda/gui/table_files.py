"""Writing something to a file of the kind that the user chooses, without holding up the window."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from qda.gui.context import Context
from qda.gui.language import tr
from qda.jobs.progress import Progress


class TableFiles(QObject):
    """Offer kinds of files, ask where to write one, and write it in a worker."""

    kind_chosen = Signal(str)
    """The user wants a file of a kind.

    Parameters: its ending.
    """
    written = Signal(object)
    """A file is there.

    Parameters: its Path.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        *,
        kinds: Sequence[tuple[str, str]],
        title: str,
        folder: str,
    ) -> None:
        """Offer `kinds`, endings with their words; `folder` is what the last one is kept under."""
        super().__init__(parent)
        self._context = context
        self._window = parent
        self._kinds = list(kinds)
        self._title = title
        self._folder = folder

    def offer(self, button: QWidget, kinds: Iterable[tuple[str, str]] = ()) -> None:
        """Let the user choose one of the kinds of files from a menu below `button`."""
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for ending, kind in kinds or self._kinds:
            menu.addAction(kind).setData(ending)
        menu.triggered.connect(self._on_menu_triggered)
        left = button.width() - menu.sizeHint().width()
        below = button.height() + self._context.theme.px(4)
        menu.popup(button.mapToGlobal(QPoint(left, below)))

    def _on_menu_triggered(self, action: QAction) -> None:
        self.kind_chosen.emit(str(action.data()))

    def ask_path(self, ending: str, name: str) -> Path | None:
        """Ask where to write; None when the user thinks better of it."""
        kinds = dict(self._kinds)
        folder = self._context.settings.text(self._folder)
        start = Path(folder) if folder else self._context.bridge.project.path.parent
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            self._title,
            str(start / f"{name}{ending}"),
            f"{kinds[ending]} (*{ending})",
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(ending)

    def write_by(self, path: Path, write: Callable[[Path, Progress], None]) -> None:
        """Have `write` write a file; tell by `written` when it is there.

        Problems are told by the jobs.
        """

        def work(progress: Progress) -> Path:
            progress.start(0)
            write(path, progress)
            return path

        self._context.settings.set(self._folder, str(path.parent))
        self._context.jobs.start(tr("Writing {name}", name=path.name), work, self.written.emit)
