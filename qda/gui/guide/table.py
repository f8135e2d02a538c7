"""A table whose chosen rows are decided by single keys."""

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from qda.gui.theme import Theme
from qda.gui.widgets.padded_delegate import PaddedDelegate


class KeyTable(QTableView):
    """Rows to choose; keys that the table is given are told, Enter with them."""

    key_pressed = Signal(str)
    """The user pressed one of the keys.

    Parameters: what the key stands for.
    """

    def __init__(
        self, theme: Theme, name: str, keys: Mapping[Qt.Key, str], parent: QWidget | None = None
    ) -> None:
        """Make an empty table; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.setItemDelegate(PaddedDelegate(theme.px(6), self))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(40))

    def chosen(self) -> list[int]:
        """Return the chosen rows in order."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def selectRow(self, row: int) -> None:  # noqa: N802 - overrides Qt
        """Choose a row and no other.

        Qt would add it to the others where Shift or Ctrl is down, as with «+» on some keyboards.
        """
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of a key that stands for something where a row is chosen."""
        key = Qt.Key(event.key())
        harmless = Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Plus:
            # Typed with Shift on some keyboards.
            harmless |= Qt.KeyboardModifier.ShiftModifier
        meant = self._keys.get(key) if not event.modifiers() & ~harmless else None
        if meant is not None and self.chosen():
            self.key_pressed.emit(meant)
        else:
            super().keyPressEvent(event)
