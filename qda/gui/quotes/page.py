"""What every page of the quotes workspace has: a list at the left, what is at hand at the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from qda.gui.behind import follow_in_sight
from qda.gui.blind import only_coder
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import tr
from qda.gui.quotes.engine import QuoteEngine, Shown
from qda.gui.theme import Theme
from qda.jobs.progress import Progress
from qda.model.changes import Changes
from qda.model.ids import CoderId, CodingId
from qda.model.matrix import Quote
from qda.model.writeup import WriteUp

FILE_KINDS = (
    (".docx", "Word"), (".xlsx", "Excel"), (".ods", "OpenDocument"), (".html", "HTML"),
    (".md", "Markdown"), (".tex", "LaTeX"), (".csv", "CSV"),
)  # fmt: skip
FOLDER = "quotes.folder"


class Page(QWidget):
    """One of the pages; built with the workspace, loaded when it is first shown."""

    counted = Signal()
    """The page shows other things than before, or as many others."""

    key = ""
    tables: Sequence[str] = ()
    """Tables whose changes may alter the page."""
    anywhere: frozenset[str] = frozenset()
    """Commands that can be given on the other pages too; they bring this one to the front."""

    def __init__(self, context: Context, engine: QuoteEngine, parent: QWidget) -> None:
        """Make an empty splitter; subclasses put their widgets into it."""
        super().__init__(parent)
        self.context = context
        self.engine = engine
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.splitter, 1)
        self.entry: QWidget = self
        """What has the keyboard when one comes here; no focus proxy, which Tab would stop at."""
        self._stale = True
        self._missed: list[Changes] = []
        self._only: CoderId | None = None
        context.bridge.changed.connect(self._on_bridge_changed)

    def title(self) -> str:
        """Return the word for the page."""
        raise AssertionError

    def load(self) -> None:
        """Show the project as it is now."""

    def count(self) -> str:
        """Return how many things are shown, for the line above."""
        return ""

    def follow(self, changes: Changes) -> None:
        """Show what changed while the page is in sight."""
        del changes
        self.load()

    def status(self) -> list[str]:
        """Return the texts for the status line."""
        return []

    def commands(self) -> Sequence[Command]:
        """Return what can be done on the page."""
        return ()

    def find_words(self) -> None:
        """Let the user type what to find."""

    def copy(self) -> None:
        """Put what is chosen on the clipboard."""

    def open_current(self) -> None:
        """Show what is at hand where it comes from."""

    def ask_export(self) -> None:
        """Ask where to write what is listed, and write it."""

    def has_quote(self) -> bool:
        """Tell whether something is at hand that can be copied and opened."""
        return False

    def can_export(self) -> bool:
        """Tell whether there is something to write."""
        return self.has_quote()

    def set_widths(self) -> None:
        """Take the widths the user left, else a list of three fifths."""
        kept = self.context.settings.numbers(f"quotes.{self.key}.panes")
        room = max(self.width(), 600)
        self.splitter.setSizes(kept or [round(room * 0.58), round(room * 0.42)])

    def save_state(self) -> None:
        """Keep the widths."""
        if not self._stale:
            sizes = self.splitter.sizes()
            self.context.settings.set(f"quotes.{self.key}.panes", sizes)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        del theme

    def activate(self) -> None:
        """Load what changed while something else was in front."""
        only = only_coder(self.context)
        if self._stale or only != self._only:
            # Whose codings may be seen is chosen elsewhere.
            self.engine.forget()
            self._stale, self._only = False, only
            self.load()

    def can_write(self) -> bool:
        """Tell whether the project may be changed."""
        return not self.context.bridge.project.read_only

    def open_coding(self, quote: Quote) -> None:
        """Show a segment in its transcript."""
        self.context.navigator.go(Place("coding", coding=quote.id))

    def copy_quotes(self, shown: Sequence[Shown]) -> None:
        """Put quotes on the clipboard, plain and as rich text."""
        if not shown:
            return
        from html import escape

        data = QMimeData()
        data.setText("\n\n".join(f"{one.text} {one.who}".strip() for one in shown))
        data.setHtml(
            "".join(
                f"<blockquote><p>{escape(one.text)} {escape(one.who)}</p></blockquote>"
                for one in shown
            )
        )
        QGuiApplication.clipboard().setMimeData(data)
        warned = sum(bool(one.warning) for one in shown)
        self.context.bridge.told.emit(
            tr("Copied, but few informants share what is shown of {n} of them.", n=warned)
            if warned
            else tr("Copied.")
        )

    def ask_file(self, title: str, name: str) -> Path | None:
        """Ask where to write; None when the user thinks better of it."""
        settings = self.context.settings
        folder = settings.text(FOLDER)
        start = Path(folder) if folder else self.context.bridge.project.path.parent
        chosen, kind = QFileDialog.getSaveFileName(
            self.window(), title, str(start / f"{name}.docx"),
            ";;".join(f"{word} (*{ending})" for ending, word in FILE_KINDS),
        )  # fmt: skip
        if not chosen:
            return None
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(kind.rpartition("*")[2].rstrip(")") or ".docx")
        settings.set(FOLDER, str(path.parent))
        return path

    def write_file(self, path: Path, text: WriteUp) -> None:
        """Write a text in a worker."""

        def work(progress: Progress) -> Path:
            from qda.formats.writeup_files import write_writeup  # lazy: it brings the writers

            progress.start(0)
            write_writeup(path, text)
            return path

        self.context.jobs.start(tr("Writing {name}", name=path.name), work, self._on_written)

    def _on_written(self, path: Path) -> None:
        self.context.bridge.told.emit(tr("Wrote {file}.", file=path.name))

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        if not changes.touches(*self.tables):
            return
        self.engine.forget()
        self._stale = True
        if initiator is not self:
            self._missed.append(changes)
            follow_in_sight(self._catch_up, changes, self.context.turns)

    def _catch_up(self) -> None:
        missed, self._missed = self._missed, []
        if self._stale and self.isVisible():
            self._stale = False
            self.follow(Changes.of_all(missed))


def left_column(parent: QWidget) -> tuple[QFrame, QVBoxLayout]:
    """Return an empty pane for the left, and its column."""
    left = QFrame(parent)
    left.setProperty("kind", "pane")
    column = QVBoxLayout(left)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return left, column


def scrolling(pane: QWidget) -> QScrollArea:
    """Return a pane that scrolls where it is higher than the window."""
    area = QScrollArea(pane.parentWidget())
    area.setProperty("kind", "pane")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(pane)
    area.setMinimumWidth(pane.minimumSizeHint().width())
    return area


def is_table(path: Path) -> bool:
    """Tell whether a file takes a table alone."""
    return path.suffix.casefold() in (".xlsx", ".ods", ".csv")


def ids_of(identifiers: Sequence[object]) -> list[CodingId]:
    """Return the codings among identifiers of rows."""
    return [CodingId(one) for one in identifiers if isinstance(one, int)]
