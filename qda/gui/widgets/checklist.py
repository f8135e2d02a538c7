"""A list to tick, with a field that narrows it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts, icons
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.gui.widgets.clear_button import add_clear_button
from qda.gui.widgets.paint import ALIGN_LEFT, fill_rounded, focus_ring, stroke_rounded

Index = QModelIndex | QPersistentModelIndex


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
        add_clear_button(self._field)
        self._model = QStandardItemModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._model)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._list = QListView(self)
        self._list.setModel(self._shown)
        self._list.setAccessibleName(name)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._delegate = _TickDelegate(theme, self._list)
        self._list.setItemDelegate(self._delegate)
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
        """Take other colours and sizes."""
        self._delegate.theme = theme
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


class _TickDelegate(QStyledItemDelegate):
    """Paint a box and words; a click anywhere on the row or Space ticks it."""

    paints_focus = True

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(self.theme.px(80), self.theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_MouseOver:
            fill_rounded(painter, rect, theme.hover, theme.px(4))
        side = theme.px(14)
        box = QRectF(rect.left() + theme.px(6), 0, side, side)
        box.moveTop(round(rect.center().y() - side / 2))
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        fill_rounded(painter, box, theme.accent if ticked else theme.paper, theme.px(3))
        if ticked:
            icons.paint(painter, "check", theme.accent_ink, box)
        else:
            stroke_rounded(painter, box, theme.muted, theme.px(3))
        font = fonts.interface_font(theme.scale)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        words = rect.adjusted(theme.px(28), 0, -theme.px(6), 0)
        painter.drawText(words, ALIGN_LEFT, fonts.elided(str(index.data()), font, words.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, theme, 4)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        del option
        clicked = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        )
        pressed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not clicked and not pressed:
            return False
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        return model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)
