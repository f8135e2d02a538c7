"""A short list inside a card: Enter or a click opens an entry, Delete takes it away."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from qda.gui.language import tr
from qda.gui.theme import Theme

_MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `spoken` is what a screen reader says of it."""

    id: int
    text: str
    spoken: str


class EntryList(QListWidget):
    """Show entries in rows."""

    opened = Signal(int)
    """The user wants to see or change an entry.

    Parameters: its id.
    """
    removal_wanted = Signal(int)
    """The user wants an entry gone.

    Parameters: its id.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Make an empty, hidden list; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._theme = theme
        self._writable = True
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.hide()
        self.itemActivated.connect(self._on_item_activated)

    def show_entries(self, entries: Sequence[Entry], *, writable: bool) -> None:
        """Show these entries, keeping the current one where it is still there."""
        current = self.currentItem()
        kept = current.data(Qt.ItemDataRole.UserRole) if current is not None else None
        self._writable = writable
        self.clear()
        for entry in entries:
            item = QListWidgetItem(entry.text)
            item.setData(Qt.ItemDataRole.UserRole, entry.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.spoken)
            item.setToolTip(
                entry.text + "\n" + tr("Enter opens it, Delete takes it away.")
                if writable
                else entry.text
            )
            self.addItem(item)
            if entry.id == kept:
                self.setCurrentItem(item)
        self.setVisible(bool(entries))
        self._fit()

    def texts(self) -> list[str]:
        """Return what is shown."""
        return [self.item(row).text() for row in range(self.count())]

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._fit()

    def _fit(self) -> None:
        rows = min(max(1, self.count()), _MOST_ROWS)
        height = max(self.sizeHintForRow(0), self._theme.px(24))
        self.setFixedHeight(rows * height + 2)

    def event(self, event: QEvent) -> bool:
        """Claim Delete before a command of the place: it would empty a cell of the table."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Delete
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open an entry with Enter, take it away with Delete."""
        item = self.currentItem()
        if item is not None and event.key() == Qt.Key.Key_Delete:
            if self._writable:
                self.removal_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
            return
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(item.data(Qt.ItemDataRole.UserRole))
            return
        super().keyPressEvent(event)

    def _on_item_activated(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))
