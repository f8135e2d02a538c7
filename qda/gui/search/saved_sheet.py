"""The saved searches: a sheet that drops down, to ask one again, keep, rename or remove it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.drop_sheet import DropSheet
from qda.model.searching import SavedSearch


class SavedSheet(DropSheet):
    """List what was saved; below it, a line to save what is asked now."""

    search_wanted = Signal(object)
    """The user wants a saved search answered.

    Parameters: the `SavedSearch`.
    """
    save_wanted = Signal(str)
    """The user wants to keep what is asked now.

    Parameters: its name.
    """
    rename_wanted = Signal(int, str)
    """The user gave a saved search another name.

    Parameters: its id; the name.
    """
    remove_wanted = Signal(int)
    """The user wants to be rid of a saved search.

    Parameters: its id.
    """

    def __init__(
        self,
        theme: Theme,
        saved: Sequence[SavedSearch],
        parent: QWidget,
        *,
        writable: bool,
        can_save: bool,
    ) -> None:
        """List `saved`; nothing can be changed unless `writable`."""
        super().__init__(theme, parent, width=340)
        self.setAccessibleName(tr("Saved searches"))
        self._writable = writable
        self._saved: dict[int, SavedSearch] = {}
        self._filling = False
        self.said = QLabel(self)
        self.said.setProperty("kind", "muted")
        self.said.setWordWrap(True)
        self.list = _Names(self)
        self.list.setAccessibleName(tr("Saved searches"))
        self.list.setMinimumHeight(theme.px(160))
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Name of this search"))
        self.name.setAccessibleName(tr("Name of this search"))
        self.save = QPushButton(tr("Save"), self)
        self.save.setProperty("kind", "primary")
        self._column.addWidget(self.said)
        self._column.addWidget(self.list)
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(self.save)
        self._column.addLayout(line)
        for widget in (self.name, self.save):
            widget.setVisible(writable and can_save)
        self.show_saved(saved)
        self.name.returnPressed.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        self.list.itemClicked.connect(self._on_item_chosen)
        self.list.chosen.connect(self._on_item_chosen)
        self.list.removed.connect(self._on_item_removed)
        self.list.itemChanged.connect(self._on_item_changed)

    def show_saved(self, saved: Sequence[SavedSearch]) -> None:
        """List these searches."""
        self._filling = True
        row = self.list.currentRow()
        self.list.clear()
        self._saved = {one.id: one for one in saved}
        for one in saved:
            item = QListWidgetItem(one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setToolTip(one.search.query)
            if self._writable:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        self.list.setCurrentRow(max(0, min(row, len(saved) - 1)))
        keys = tr("Enter searches, F2 renames, Delete removes.") if self._writable else ""
        self.said.setText(keys if saved else tr("Nothing is saved yet."))
        self.said.setVisible(bool(self.said.text()))
        self._filling = False
        self.adjustSize()

    def first_field(self) -> QWidget:
        """Return the list, or the line where nothing is saved yet and something can be."""
        return self.name if not self._saved and not self.name.isHidden() else self.list

    def _on_save(self) -> None:
        if self.name.text().strip():
            self.save_wanted.emit(self.name.text())
            self.name.clear()

    def _on_item_chosen(self, item: QListWidgetItem) -> None:
        found = self._saved.get(item.data(Qt.ItemDataRole.UserRole))
        if found is not None:
            self.search_wanted.emit(found)
            self.close()

    def _on_item_removed(self, item: QListWidgetItem) -> None:
        if self._writable:
            self.remove_wanted.emit(item.data(Qt.ItemDataRole.UserRole))

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if not self._filling:
            self.rename_wanted.emit(item.data(Qt.ItemDataRole.UserRole), item.text())


class _Names(QListWidget):
    chosen = Signal(QListWidgetItem)
    removed = Signal(QListWidgetItem)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(item)
        elif item is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(item)
        else:
            super().keyPressEvent(event)
