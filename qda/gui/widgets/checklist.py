"""A list to tick, with a field that narrows it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from qda.gui.theme import Theme
from qda.gui.widgets import roles


class Checklist(QWidget):
    """Tick any of many things; those that are ticked come first when the list is filled."""

    ticked = Signal(object, bool)
    """The user ticked something, or took the tick away.

    Parameters: its identifier; whether it is ticked.
    """

    def __init__(
        self, theme: Theme, name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        """Make an empty list; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(placeholder)
        self._field.setAccessibleName(placeholder or name)
        self._field.setClearButtonEnabled(True)
        self._model = QStandardItemModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._model)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list = QListView(self)
        self._list.setModel(self._shown)
        self._list.setAccessibleName(name)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._field)
        self._layout.addWidget(self._list)
        self.setFocusProxy(self._field)
        self.set_theme(theme)
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._on_field_text_changed)
        self._model.itemChanged.connect(self._on_model_item_changed)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._layout.setSpacing(theme.px(4))
        self._list.setFixedHeight(theme.px(196))

    def set_items(self, items: Sequence[tuple[object, str]], ticked: Collection[object]) -> None:
        """Offer `items`, pairs of an identifier and its words."""
        if {identifier for identifier, _ in items} != set(self._identifiers()):
            self._model.clear()
            for identifier, text in sorted(items, key=lambda item: item[0] not in ticked):
                item = QStandardItem(text)
                item.setData(identifier, roles.ID_ROLE)
                item.setCheckable(True)
                item.setToolTip(text)
                self._model.appendRow(item)
        self._show_ticks(dict(items), ticked)

    def _identifiers(self) -> list[object]:
        return [self._model.item(row).data(roles.ID_ROLE) for row in range(self._model.rowCount())]

    def _show_ticks(self, names: dict[object, str], ticked: Collection[object]) -> None:
        self._model.itemChanged.disconnect(self._on_model_item_changed)
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            identifier = item.data(roles.ID_ROLE)
            state = Qt.CheckState.Checked if identifier in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            item.setText(names.get(identifier, item.text()))
        self._model.itemChanged.connect(self._on_model_item_changed)

    def texts(self) -> tuple[str, ...]:
        """Return the words of what is shown."""
        rows = range(self._shown.rowCount())
        return tuple(str(self._shown.index(row, 0).data()) for row in rows)

    def filter_text(self) -> str:
        """Return what narrows the list."""
        return self._field.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go down into the list from the field; tick the first with Enter."""
        if (
            watched is self._field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() == Qt.Key.Key_Down:
                self._list.setFocus(Qt.FocusReason.TabFocusReason)
                self._list.setCurrentIndex(self._shown.index(0, 0))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._toggle(self._shown.index(0, 0))
                return True
        return super().eventFilter(watched, event)

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            item = self._model.itemFromIndex(self._shown.mapToSource(index))
            checked = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _on_field_text_changed(self, text: str) -> None:
        self._shown.setFilterFixedString(text)

    def _on_model_item_changed(self, item: QStandardItem) -> None:
        checked = item.checkState() == Qt.CheckState.Checked
        self.ticked.emit(item.data(roles.ID_ROLE), checked)
