"""A queue to decide, one thing after another, by single keys: a few lines for each, under heads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qda.gui import fonts
from qda.gui.colors import code_color
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT, color_square, focus_ring
from qda.gui.widgets.painted_rows import fill_under, marked_layout, set_up
from qda.gui.widgets.roles import ID_ROLE
from qda.gui.widgets.transcript.selecting import Edge, Unit
from qda.text.offsets import Utf16Map

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = ID_ROLE + 60
_TEXT_SIZE = 14
_HEIGHT, _SHORT, _HEAD = 72, 54, 34
"""Pixels of a row with two lines of text, of one with one line, and of a head."""
_ONE_LINE = 80
"""Characters from which on a text takes two lines in any list."""
_LONGEST = 400
"""Characters of a text that are looked at: two lines never hold more."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """Something to decide: its text, why it is here, and a few words at the right of that.

    `marks` are stretches of the text to mark. `spoken` is what a screen reader says of it.
    """

    id: object
    text: str
    why: str = ""
    right: str = ""
    color: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class QueueHead:
    """What the rows below it have in common, and a few words on them."""

    text: str
    right: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """A wish to move an edge of what is proposed: `start` or `end`, by a word or a sentence."""

    edge: Edge
    unit: Unit
    step: int


class QueueList(QListView):
    """A list whose rows are decided by single keys.

    Enter takes, Delete refuses, the space bar puts off. Right and Left move the end by a word, with
    Shift by a sentence, with Ctrl the beginning.
    """

    row_chosen = Signal(object)
    """The user came to a row.

    Parameters: its identifier.
    """
    accept_wanted = Signal()
    """The user takes the current row."""
    reject_wanted = Signal()
    """The user refuses the current row."""
    later_wanted = Signal()
    """The user puts the current row off."""
    reach_wanted = Signal(object)
    """The user wants what is proposed to reach further, or less far.

    Parameters: a `Reach`.
    """
    left = Signal()
    """The user pressed Escape: enough of this."""

    def __init__(
        self,
        theme: Theme,
        name: str = "",
        parent: QWidget | None = None,
        *,
        speak: Callable[[QueueRow, int, int], str] | None = None,
    ) -> None:
        """Make an empty list; `name` is what a screen reader calls it.

        `speak` adds to what is said of a row which of how many it is, counted from 1.
        """
        super().__init__(parent)
        self._quiet = False
        self._rows = _QueueModel(self, speak)
        self._delegate = _QueueDelegate(theme, self)
        set_up(self, self._rows, self._delegate, name)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def set_rows(self, rows: Sequence[QueueRow | QueueHead]) -> None:
        """Show these rows, with the same one current, else the one now in its place."""
        current, place, scrolled = self.current_id(), self.place(), self.verticalScrollBar().value()
        self._quiet = True
        self._rows.replace(rows)
        found = self._rows.row_of(current)
        if found is None:
            ids = self._rows.ids()
            found = self._rows.row_of(ids[min(max(place, 1), len(ids)) - 1]) if ids else None
        if found is not None:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(scrolled)
            self.setCurrentIndex(self._rows.index(found))
        self._quiet = False

    def rows(self) -> Sequence[QueueRow | QueueHead]:
        """Return what is listed."""
        return self._rows.rows

    def count(self) -> int:
        """Return how many rows there are to decide."""
        return len(self._rows.ids())

    def place(self) -> int:
        """Return the number of the current row among those to decide, from 1; 0 for none."""
        return self._rows.number_of(self.current_id())

    def current_id(self) -> object:
        """Return the identifier of the current row, None when there is none."""
        index = self.currentIndex()
        return index.data(ID_ROLE) if index.isValid() else None

    def choose(self, identifier: object) -> bool:
        """Make a row current and visible, without a signal; tell whether it is there."""
        row = self._rows.row_of(identifier)
        if row is None:
            return False
        self._quiet = True
        self.setCurrentIndex(self._rows.index(row))
        self._quiet = False
        return True

    def step(self, step: int) -> None:
        """Go to the next row, or the previous one; the user came there."""
        ids = self._rows.ids()
        wanted = self.place() - 1 + step
        if ids and 0 <= wanted < len(ids):
            row = self._rows.row_of(ids[wanted])
            assert row is not None  # noqa: S101 - it is among the ids
            self.setCurrentIndex(self._rows.index(row))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._delegate.theme = theme
        self._delegate.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell to which row the user came."""
        super().currentChanged(current, previous)
        if current.row() > 0 and isinstance(self._rows.rows[current.row() - 1], QueueHead):
            # One sees under which head one is.
            self.scrollTo(self._rows.index(current.row() - 1))
        if current.isValid() and not self._quiet and current.data(ID_ROLE) is not None:
            self.row_chosen.emit(current.data(ID_ROLE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give short texts one line and long ones two, anew."""
        if self._delegate.width != self.viewport().width():
            self._delegate.width = self.viewport().width()
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the queue from commands of the window that have the same."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (self._wish(event) is not None or _reach(event) is not None)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide with Enter, Delete and the space bar; move the edges; be done with Escape."""
        wish, reach = self._wish(event), _reach(event)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif wish is not None:
            wish.emit()
        elif reach is not None:
            if self.current_id() is not None:
                self.reach_wanted.emit(reach)
        else:
            super().keyPressEvent(event)

    def _wish(self, event: QKeyEvent):  # noqa: ANN202 - a bound signal has no public type
        """Return the signal of a decision that a key stands for, None for other keys."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self.current_id() is None:
            return None
        return {
            Qt.Key.Key_Return: self.accept_wanted,
            Qt.Key.Key_Enter: self.accept_wanted,
            Qt.Key.Key_Delete: self.reject_wanted,
            Qt.Key.Key_Backspace: self.reject_wanted,
            Qt.Key.Key_Space: self.later_wanted,
        }.get(Qt.Key(event.key()))


def _reach(event: QKeyEvent) -> Reach | None:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    if held & ~(shift | ctrl) or event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        return None
    return Reach(
        "start" if held & ctrl else "end",
        "sentence" if held & shift else "word",
        1 if event.key() == Qt.Key.Key_Right else -1,
    )


class _QueueModel(QAbstractListModel):
    def __init__(self, parent: QObject, speak: Callable[[QueueRow, int, int], str] | None) -> None:
        super().__init__(parent)
        self._speak = speak
        self._numbers: dict[object, int] = {}
        self.rows: Sequence[QueueRow | QueueHead] = []
        self._places: dict[object, int] = {}

    def replace(self, rows: Sequence[QueueRow | QueueHead]) -> None:
        self.beginResetModel()
        self.rows = rows
        self._places = {row.id: at for at, row in enumerate(rows) if isinstance(row, QueueRow)}
        self._numbers = {one: number for number, one in enumerate(self._places, start=1)}
        self.endResetModel()

    def ids(self) -> list[object]:
        return list(self._places)

    def number_of(self, identifier: object) -> int:
        return self._numbers.get(identifier, 0)

    def row_of(self, identifier: object) -> int | None:
        return self._places.get(identifier)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # What heads the rows is passed over by the keyboard and never selected.
        if isinstance(self.rows[index.row()], QueueHead):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if isinstance(row, QueueHead):
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            said = f"{row.text}, {row.right}" if row.right else row.text
            return said if role in texts else None
        if role == ID_ROLE:
            return row.id
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        if self._speak is None:
            return row.spoken
        return self._speak(row, self._numbers[row.id], len(self._places))


class _QueueDelegate(QStyledItemDelegate):
    paints_focus = True

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.width = 0
        self._short: dict[object, bool] = {}

    def forget(self) -> None:
        """Measure anew which texts take one line."""
        self._short.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        row = index.data(ROW_ROLE)
        height = _HEAD if isinstance(row, QueueHead) else _HEIGHT
        if isinstance(row, QueueRow) and self._is_short(row):
            height = _SHORT
        return QSize(self.theme.px(120), self.theme.px(height))

    def _is_short(self, row: QueueRow) -> bool:
        """Tell whether a text takes one line; heavy letters are wider."""
        if len(row.text) > _ONE_LINE:
            return False
        if row.id not in self._short:
            font = fonts.text_font(self.theme.scale, _TEXT_SIZE)
            font.setBold(bool(row.marks))
            room = self.width - self.theme.px(16 + 16 + 8)
            self._short[row.id] = fonts.width_of(row.text, font) < room
        return self._short[row.id]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self.theme, index.data(ROW_ROLE)
        outer = QRectF(option.rect).adjusted(theme.px(8), 0, -theme.px(8), -theme.px(2))  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if isinstance(row, QueueHead):
            self._paint_head(painter, outer, row)
        else:
            fill_under(painter, outer, state, theme)
            self._paint_row(painter, outer, row)
            if state & QStyle.StateFlag.State_HasFocus:
                focus_ring(painter, outer, theme, 4)
        painter.restore()

    def _paint_head(self, painter: QPainter, outer: QRectF, row: QueueHead) -> None:
        theme = self.theme
        font, small = fonts.interface_font(theme.scale, bold=True), self._small()
        inner = outer.adjusted(theme.px(4), theme.px(6), -theme.px(6), 0)
        if row.color:
            size = theme.px(10)
            middle = inner.center().y()
            color_square(painter, inner.left(), middle, size, code_color(row.color, theme))
            inner.setLeft(inner.left() + size + theme.px(8))
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        right = fonts.width_of(row.right, small)
        shown = fonts.elided(row.text, font, max(inner.width() * 0.5, inner.width() - right - 8))
        painter.drawText(inner, ALIGN_LEFT, shown)
        inner.setLeft(inner.left() + fonts.width_of(shown, font) + theme.px(8))
        painter.setFont(small)
        painter.setPen(QColor(theme.muted_tinted))
        painter.drawText(inner, ALIGN_RIGHT, fonts.elided(row.right, small, inner.width()))

    def _paint_row(self, painter: QPainter, outer: QRectF, row: QueueRow) -> None:
        theme = self.theme
        color = code_color(row.color, theme) if row.color else theme.line
        bar = QRectF(outer.left() + theme.px(4), outer.top() + theme.px(5), theme.px(3), 0)
        bar.setBottom(outer.bottom() - theme.px(5))
        painter.fillRect(bar, QColor(color))
        inner = outer.adjusted(theme.px(16), theme.px(4), -theme.px(8), -theme.px(4))
        painter.setPen(QColor(theme.ink))
        self._paint_text(painter, inner, row)
        small = self._small()
        painter.setFont(small)
        foot = QRectF(inner.left(), inner.bottom() - theme.px(18), inner.width(), theme.px(18))
        painter.setPen(QColor(theme.muted_tinted))
        painter.drawText(foot, ALIGN_RIGHT, row.right)
        foot.setRight(foot.right() - fonts.width_of(row.right, small) - theme.px(8))
        painter.drawText(foot, ALIGN_LEFT, fonts.elided(row.why, small, foot.width()))

    def _paint_text(self, painter: QPainter, inner: QRectF, row: QueueRow) -> None:
        """Paint two lines of the text; what does not fit ends in an ellipsis."""
        text = row.text[:_LONGEST].replace("\n", " ")
        font = fonts.text_font(self.theme.scale, _TEXT_SIZE)
        layout = marked_layout(text, font, row.marks)
        line = _line(layout, inner.width())
        layout.draw(painter, inner.topLeft())
        units = Utf16Map(text)
        begins = units.to_points(line.textStart() + line.textLength())
        rest = text[begins:]
        if rest:
            height = line.height()
            kept = tuple((start - begins, end - begins) for start, end in row.marks if end > begins)
            # Heavy letters are wider than those that are measured.
            elided = fonts.elided(rest, font, inner.width() * (0.92 if kept else 1))
            shown = len(elided) - (elided != rest)
            kept = [(start, min(end, shown)) for start, end in kept]
            second = marked_layout(elided, font, kept)
            _line(second, inner.width() * 2)
            second.draw(painter, inner.topLeft() + QPointF(0, height))

    def _small(self) -> QFont:
        return fonts.tabular(fonts.interface_font(self.theme.scale, 11))


def _line(layout: QTextLayout, width: float) -> QTextLine:
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    line.setPosition(QPointF(0, 0))
    layout.endLayout()
    return line
