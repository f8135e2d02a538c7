"""A small field that opens on a button: type a few letters, choose one of many."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from qda.gui.language import tr_n
from qda.gui.theme import Theme

_SHOWN = 10
MOST = 500
"""Things that are listed at most; of more, letters have to say which."""


@dataclass(frozen=True, slots=True)
class ChooserItem:
    """Something to choose; `checked` is None where it cannot be on or off."""

    id: object
    text: str
    detail: str = ""
    checked: bool | None = None


class Chooser(QFrame):
    """A pop-up of things to choose from; it closes by itself when one is chosen."""

    chosen = Signal(object)
    """The user chose something.

    Parameters: its identifier.
    """

    def __init__(
        self, theme: Theme, name: str, items: Sequence[ChooserItem], parent: QWidget
    ) -> None:
        """Offer `items`; `name` says what is chosen."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._items = items
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        self.list = QListWidget(self)
        self.list.setAccessibleName(name)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        side = theme.px(8)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self._fill("")
        rows = min(max(len(items), 2), _SHOWN)
        self.resize(theme.px(300), theme.px(56 + 30 * rows))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._on_return_pressed)
        self.list.itemClicked.connect(self._choose)

    def open_below(self, widget: QWidget) -> None:
        """Show the field below a button, inside the screen."""
        place = widget.mapToGlobal(QPoint(0, widget.height()))
        self.open_at(place)

    def open_at(self, place: QPoint) -> None:
        """Show the field at a place in global coordinates, inside the screen."""
        room = self.screen().availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        top = max(room.top(), min(place.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list with the arrow keys of the field."""
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if watched is self.field and isinstance(event, QKeyEvent):
            step = moves.get(Qt.Key(event.key()), 0)
            if step and event.type() == QEvent.Type.KeyPress and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        words = text.casefold().split()
        self.list.clear()
        fitting = [one for one in self._items if _fits(one, words)] if words else self._items
        for one in fitting[:MOST]:
            shown = f"{one.text}  ·  {one.detail}" if one.detail else one.text
            item = QListWidgetItem(shown)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            if one.checked is not None:
                state = Qt.CheckState.Checked if one.checked else Qt.CheckState.Unchecked
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(state)
            self.list.addItem(item)
        self._tell_left(len(fitting) - MOST)
        self.list.setCurrentRow(0)

    def _tell_left(self, left: int) -> None:
        """Say how many more there are that are not listed."""
        if left > 0:
            said = tr_n("{n} more: write to find it", "{n} more: write to find them", left)
            item = QListWidgetItem(said)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)

    def _on_return_pressed(self) -> None:
        item = self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self._choose(item)

    def _choose(self, item: QListWidgetItem) -> None:
        identifier = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        self.chosen.emit(identifier)


def _fits(one: ChooserItem, words: Sequence[str]) -> bool:
    hay = f"{one.text} {one.detail}".casefold()
    return all(word in hay for word in words)
