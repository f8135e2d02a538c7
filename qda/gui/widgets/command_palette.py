"""The one field for everything: codes, commands, documents, offices, search."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.theme import Theme
from qda.gui.widgets.paint import (
    fill_rounded,
    stroke_rounded,
)
from qda.gui.widgets.palette_match import PaletteItem, rank
from qda.gui.widgets.palette_rows import ROW, PaletteDelegate, PaletteModel

Provider = Callable[[str], list[PaletteItem]]
_WIDTH, _SHADOW, _ROWS = 600, 28, 10
_KEPT_RECENT = 30
_SHADES = 13


_OWN_KEYS = frozenset(
    {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Return,
     Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
)  # fmt: skip


def _ticks(event: QKeyEvent) -> bool:
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return event.key() == Qt.Key.Key_Space and bool(held)


class CommandPalette(QWidget):
    """A sheet over the window in which one types and chooses."""

    item_chosen = Signal(object)
    """The user chose something; the palette has closed.

    Parameters: the PaletteItem.
    """
    items_chosen = Signal(list)
    """The user ticked several with Ctrl+Space and chose them; the palette has closed.

    Parameters: the PaletteItems.
    """
    text_entered = Signal(str)
    """The text in the field changed.

    Parameters: the text.
    """
    closed = Signal()
    """The palette closed, with or without a choice."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        *,
        placeholder: str = "",
        nothing_text: str = "",
        tick_text: str = "",
        provider: Provider | None = None,
    ) -> None:
        """Lie hidden over `parent`; `provider` offers rows for a query behind what matched.

        `nothing_text` is said when nothing matches, `tick_text` where several can be ticked.
        """
        super().__init__(parent)
        self._over = parent
        self._theme = theme
        self._items: tuple[PaletteItem, ...] = ()
        self._recent: list[object] = []
        self._provider = provider
        self._focus_before: QWidget | None = None
        self.setAccessibleName(placeholder)
        self._field = QLineEdit(self)
        self._field.setProperty("kind", "bare")
        self._field.setPlaceholderText(placeholder)
        self._field.setAccessibleName(placeholder)
        self._rule = QFrame(self)
        self._rule.setProperty("kind", "rule")
        self._model = PaletteModel(self)
        self._delegate = PaletteDelegate(theme, self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._nothing = QLabel(nothing_text, self)
        self._nothing.setProperty("kind", "muted")
        self._tick_text = tick_text
        self._tick_hint = QLabel(tick_text, self)
        self._tick_hint.setProperty("kind", "small")
        self._tick_hint.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        for widget in (self._field, self._rule, self._list, self._nothing, self._tick_hint):
            self._layout.addWidget(widget)
        self.set_theme(theme)
        self.hide()
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._on_field_text_changed)
        self._list.clicked.connect(self._on_list_clicked)
        self._list.entered.connect(self._list.setCurrentIndex)

    def set_placeholder(self, text: str) -> None:
        """Say in the empty field what is chosen now."""
        self.setAccessibleName(text)
        self._field.setPlaceholderText(text)
        self._field.setAccessibleName(text)

    def set_items(self, items: Sequence[PaletteItem]) -> None:
        """Offer `items`."""
        self._items = tuple(items)
        if self.isVisible():
            self._refresh()

    def set_provider(self, provider: Provider | None) -> None:
        """Ask `provider` for rows behind what matched, such as creating what was typed."""
        self._provider = provider

    def set_recent(self, identifiers: Sequence[object]) -> None:
        """Say which items were chosen last, latest first."""
        self._recent = list(identifiers)[:_KEPT_RECENT]

    def remember(self, identifier: object) -> None:
        """Note that an item was used, here or otherwise: it comes first from now on."""
        others = [one for one in self._recent if one != identifier]
        self._recent = [identifier, *others][:_KEPT_RECENT]

    def recent(self) -> list[object]:
        """Return the identifiers of what was chosen last, latest first."""
        return list(self._recent)

    def shown_items(self) -> list[PaletteItem]:
        """Return the rows as they stand."""
        return list(self._model.items)

    def text(self) -> str:
        """Return what is typed."""
        return self._field.text()

    def open(self, text: str = "") -> None:
        """Show the palette with `text` typed in, all of it selected."""
        if not self.isVisible():
            self._focus_before = self.window().focusWidget()
        self._model.ticked.clear()
        self._show_ticked()
        self._field.setText(text)
        self._field.selectAll()
        self._refresh()
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._over.installEventFilter(self)
        self.window().installEventFilter(self)

    def dismiss(self) -> None:
        """Hide the palette and give the keyboard back."""
        if self.isHidden():
            return
        self._over.removeEventFilter(self)
        self.window().removeEventFilter(self)
        self.hide()
        if self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._focus_before = None
        self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._delegate.theme = theme
        edge = theme.px(_SHADOW) + theme.px(8)
        self._layout.setContentsMargins(edge, edge, edge, edge)
        self._layout.setSpacing(theme.px(6))
        self._field.setFixedHeight(theme.px(36))
        self._field.setTextMargins(theme.px(10), 0, theme.px(10), 0)
        self._field.setStyleSheet(f"font-size: {theme.px(16)}px;")
        for label in (self._nothing, self._tick_hint):
            label.setIndent(theme.px(10))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list from the field; follow the window; close when it is left."""
        kind = event.type()
        if watched is self._field and isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride and (event.key() in _OWN_KEYS or _ticks(event)):
                # Claimed before the window's shortcuts: Ctrl+Enter belongs to the sheet now.
                event.accept()
                return True
            return kind == QEvent.Type.KeyPress and self._key(event)
        if watched is self._field and kind == QEvent.Type.FocusOut and self.isVisible():
            if self.window().isActiveWindow() and not self.isAncestorOf(
                self.window().focusWidget() or self
            ):
                self.dismiss()
        elif kind == QEvent.Type.Resize and watched is not self._field:
            self._place()
        elif (
            isinstance(event, QMouseEvent)
            and kind == QEvent.Type.MouseButtonPress
            and watched is not self._field
            and not self._sheet_global(event)
        ):
            self.dismiss()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a press in the shadow, take the others."""
        if not self._sheet().contains(event.position()):
            self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the shadow and the sheet."""
        theme = self._theme
        painter = QPainter(self)
        sheet = self._sheet()
        reach = theme.px(_SHADOW)
        shade = QColor(0, 0, 0, 9 if theme.dark else 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        for part in range(_SHADES, 0, -1):
            step = reach * part / _SHADES
            grown = sheet.adjusted(-step, -step * 0.6, step, step)
            painter.drawRoundedRect(grown, step + theme.px(8), step + theme.px(8))
        fill_rounded(painter, sheet, theme.ground if theme.dark else theme.paper, theme.px(10))
        stroke_rounded(painter, sheet, theme.line, theme.px(10))

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        page = _ROWS - 1
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        if key in steps:
            self._step(steps[Qt.Key(key)], wrap=abs(steps[Qt.Key(key)]) == 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(ctrl=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif _ticks(event):
            self._model.tick(self._list.currentIndex())
            self._show_ticked()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if key == Qt.Key.Key_Tab else -1, wrap=True)
        else:
            return False
        return True

    def _show_ticked(self) -> None:
        """Name what is ticked, also where it is not among the rows now."""
        titles = " · ".join(item.title for item in self._model.ticked.values())
        self._tick_hint.setText(f"✓ {titles}" if titles else self._tick_text)

    def _step(self, step: int, *, wrap: bool) -> None:
        count = len(self._model.items)
        if not count:
            return
        row = self._list.currentIndex().row() + step
        row = row % count if wrap else min(count - 1, max(0, row))
        self._list.setCurrentIndex(self._model.index(row))

    def _choose(self, *, ctrl: bool) -> None:
        items = self._model.items
        row = self._list.currentIndex().row()
        chosen = items[row] if 0 <= row < len(items) else None
        if ctrl:
            chosen = next((item for item in items if item.with_ctrl), chosen)
        ticked = list(self._model.ticked.values())
        if ticked and not ctrl:
            self.dismiss()
            self.items_chosen.emit(ticked)
        elif chosen is not None:
            self._finish(chosen)

    def _finish(self, item: PaletteItem) -> None:
        self.remember(item.id)
        self.dismiss()
        self.item_chosen.emit(item)

    def _refresh(self) -> None:
        query = self._field.text()
        found = rank(query, self._items, self._recent)
        if self._provider is not None:
            found += self._provider(query.strip())
        self._model.replace(found)
        if found:
            self._list.setCurrentIndex(self._model.index(0))
            self._list.scrollToTop()
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found and bool(self._nothing.text()))
        hinted = bool(self._tick_text) and any(item.tickable for item in found)
        self._tick_hint.setVisible(hinted or bool(self._model.ticked))
        self._place()

    def _place(self) -> None:
        theme = self._theme
        rows = min(len(self._model.items), _ROWS)
        self._list.setFixedHeight(rows * theme.px(ROW) + theme.px(2))
        parent = self._over
        width = min(theme.px(_WIDTH), parent.width()) + 2 * theme.px(_SHADOW)
        self._layout.activate()
        height = self._layout.sizeHint().height()
        top = max(0, parent.height() // 5 - theme.px(_SHADOW))
        self.setGeometry((parent.width() - width) // 2, top, width, height)

    def _sheet(self) -> QRectF:
        reach = self._theme.px(_SHADOW)
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach)

    def _sheet_global(self, event: QMouseEvent) -> bool:
        place: QPoint = self.mapFromGlobal(event.globalPosition().toPoint())
        return self._sheet().contains(place.toPointF())

    def _on_field_text_changed(self, text: str) -> None:
        self._refresh()
        self.text_entered.emit(text)

    def _on_list_clicked(self, index: QModelIndex) -> None:
        self._finish(self._model.items[index.row()])
