"""Quotes to read through: serif text beside a coloured bar, who said it small below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qda.gui import fonts
from qda.gui.colors import code_color
from qda.gui.theme import Theme
from qda.gui.widgets.lazy_rows import LazyRows
from qda.gui.widgets.paint import ALIGN_LEFT, focus_ring, stroke_rounded
from qda.gui.widgets.painted_rows import fill_under, marked_layout, set_up
from qda.gui.widgets.roles import ID_ROLE, THING_MIME
from qda.gui.widgets.thing_mime import thing_mime, thing_of

Index = QModelIndex | QPersistentModelIndex
QUOTE_ROLE = ID_ROLE + 20
_SHOWN_CHARACTERS = 900
_CHUNK = 100
_TEXT_SIZE = 14.5
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote: its text (with the marks it is to be shown in), attribution and code's colour.

    `tip` says more when the mouse rests on it. `marks` are stretches of the text to mark, as
    where searched words stand. `thing` is what it is when it is dragged: its kind and number.
    """

    id: object
    text: str
    attribution: str = ""
    color: str = ""
    tip: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    thing: tuple[str, int] | None = None


class QuoteList(QListView):
    """A list of quotes; only those in sight are laid out and painted."""

    quote_activated = Signal(object)
    """The user clicked a quote or pressed Enter on it.

    Parameters: the quote's identifier.
    """
    enter_pressed = Signal()
    """The user pressed Enter on a quote, which is activated as well."""
    quote_chosen = Signal(object)
    """Another quote became current.

    Parameters: the quote's identifier.
    """
    context_menu_wanted = Signal(QPoint, object)
    """The user asks what can be done with a quote.

    Parameters: the place in global coordinates; the identifier, None beside all quotes.
    """

    selection_altered = Signal()
    """Other quotes are selected; in a list in which several can be."""
    thing_dropped = Signal(object, str, int)
    """The user dropped something on a quote of a list that takes drops.

    Parameters: the quote's identifier; the kind and the number of what was dropped.
    """

    def __init__(
        self,
        theme: Theme,
        name: str = "",
        parent: QWidget | None = None,
        *,
        several: bool = False,
        takes_drops: bool = False,
        click_activates: bool = True,
    ) -> None:
        """Make an empty list; `name` is what a screen reader calls it.

        With `several`, Ctrl and Shift select more than one quote, and do not activate any. With
        `takes_drops`, what can be linked can be dropped on a quote. Without `click_activates` a
        click only chooses, and a second one activates.
        """
        super().__init__(parent)
        self._theme = theme
        self._several = several
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._rows = _QuoteModel(self)
        self._delegate = _QuoteDelegate(theme, self)
        set_up(self, self._rows, self._delegate, name)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragEnabled(True)
        self.setAcceptDrops(takes_drops)
        self.setDragDropMode(
            QAbstractItemView.DragDropMode.DragDrop
            if takes_drops
            else QAbstractItemView.DragDropMode.DragOnly
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        (self.clicked if click_activates else self.doubleClicked).connect(self._on_clicked)
        self.customContextMenuRequested.connect(self._on_context_menu_requested)

    def set_quotes(self, quotes: Sequence[QuoteRow]) -> None:
        """Show `quotes`, keeping what is current or selected where it is still there.

        Quotes in `LazyRows` are made as they come into sight.

        In a list of several the place is kept too: another quote becomes current where one went.
        """
        current, row = self.current_id(), self.currentIndex().row()
        chosen, scrolled = set(self.selected_ids()), self.verticalScrollBar().value()
        known = self._rows.rowCount()
        self._delegate.forget()
        self._rows.replace(quotes)
        if not self._several:
            if current is not None:
                self.choose(current)
            return
        self._rows.offer(known)
        model = self.selectionModel()
        if current is not None and not self.choose(current) and quotes:
            index = self._rows.index(min(row, self._rows.rowCount() - 1))
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        for place in range(self._rows.rowCount()):
            index = self._rows.index(place)
            if self._rows.rows[place].id in chosen:
                model.select(index, QItemSelectionModel.SelectionFlag.Select)
            else:
                model.select(index, QItemSelectionModel.SelectionFlag.Deselect)
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(scrolled)
        self.selection_altered.emit()

    def selected_ids(self) -> list[object]:
        """Return the identifiers of the selected quotes, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._rows.rows[row].id for row in rows]

    def quotes(self) -> list[QuoteRow]:
        """Return the quotes in order."""
        return list(self._rows.rows)

    def count(self) -> int:
        """Return how many quotes there are; those out of sight are not made for it."""
        return len(self._rows.rows)

    def choose(self, identifier: object) -> bool:
        """Make a quote current and visible; tell whether it is in the list."""
        place = self._rows.place_of(identifier)
        if place is None:
            return False
        self._rows.offer(place + 1)
        self.setCurrentIndex(self._rows.index(place))
        return True

    def current_id(self) -> object:
        """Return the identifier of the current quote, None when there is none."""
        index = self.currentIndex()
        return index.data(ID_ROLE) if index.isValid() else None

    def select_ids(self, identifiers: Iterable[object]) -> None:
        """Select these quotes and no others."""
        places = [self._rows.place_of(one) for one in identifiers]
        there = [one for one in places if one is not None]
        self._rows.offer(max(there, default=-1) + 1)
        self.clearSelection()
        for place in there:
            index = self._rows.index(place)
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._delegate.theme = theme
        self._delegate.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Tell that others are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_altered.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell which quote became current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.quote_chosen.emit(current.data(ID_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Activate with Enter."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.quote_activated.emit(index.data(ID_ROLE))
            self.enter_pressed.emit()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take in what can be linked."""
        self._consider_drop(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show on which quote something would be dropped."""
        self._consider_drop(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        self._show_target(QModelIndex())
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped on which quote."""
        thing, index = thing_of(event.mimeData()), self.indexAt(event.position().toPoint())
        self._show_target(QModelIndex())
        if thing is None or not index.isValid():
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.thing_dropped.emit(index.data(ID_ROLE), *thing)

    def _consider_drop(self, event: QDragMoveEvent) -> None:
        thing, index = thing_of(event.mimeData()), self.indexAt(event.position().toPoint())
        if thing is None or (index.isValid() and index.data(QUOTE_ROLE).thing == thing):
            event.ignore()
            self._show_target(QModelIndex())
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._show_target(index)

    def _show_target(self, index: Index) -> None:
        target = index.data(ID_ROLE) if index.isValid() else None
        if self._delegate.target != target:
            self._delegate.target = target
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the quotes anew."""
        width = self.viewport().width()
        altered = width != self._delegate.width
        self._delegate.width = width
        self._delegate.forget()
        super().resizeEvent(event)
        if altered:
            # Left to itself, a list lays out anew where its height alters, and not its width.
            self.scheduleDelayedItemsLayout()

    def _on_clicked(self, index: QModelIndex) -> None:
        held = QApplication.keyboardModifiers()
        more = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if self._several and held & more:
            return
        self.quote_activated.emit(index.data(ID_ROLE))

    def _on_context_menu_requested(self, place: QPoint) -> None:
        index = self.indexAt(place)
        identifier = index.data(ID_ROLE) if index.isValid() else None
        self.context_menu_wanted.emit(self.viewport().mapToGlobal(place), identifier)


class _QuoteModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[QuoteRow] = []
        self._offered = 0

    def replace(self, rows: Sequence[QuoteRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self._offered = min(len(rows), _CHUNK)
        self.endResetModel()

    def place_of(self, identifier: object) -> int | None:
        if isinstance(self.rows, LazyRows):
            return self.rows.place_of(identifier)
        return next((at for at, row in enumerate(self.rows) if row.id == identifier), None)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._offered

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._offered < len(self.rows)

    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid():
            self.offer(self._offered + _CHUNK)

    def offer(self, count: int) -> None:
        """Let the view know of at least `count` rows; it lays out every row it knows of."""
        count = min(count, len(self.rows))
        if count > self._offered:
            self.beginInsertRows(QModelIndex(), self._offered, count - 1)
            self._offered = count
            self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.rows[index.row()].thing is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [THING_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        thing = next((self.rows[index.row()].thing for index in indexes), None)
        return QMimeData() if thing is None else thing_mime(*thing)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.text} {row.attribution}".strip()
        if role == QUOTE_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or None
        return row.id if role == ID_ROLE else None


class _QuoteDelegate(QStyledItemDelegate):
    paints_focus = True

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme
        self.width = 200
        self.target: object = None
        self._heights: dict[object, int] = {}

    def forget(self) -> None:
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        row = index.data(QUOTE_ROLE)
        # The same quote may stand there twice, with an arrow before it and without.
        key = row.id, len(row.text)
        if key not in self._heights:
            theme = self.theme
            text = self._text_height(row)
            below = theme.px(20) if row.attribution else 0
            self._heights[key] = round(text) + below + theme.px(14)
        return QSize(self.width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(QUOTE_ROLE)
        theme = self.theme
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        outer = QRectF(option.rect).adjusted(theme.px(8), 0, -theme.px(8), -theme.px(4))  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        fill_under(painter, outer, state, theme)
        color = code_color(row.color, theme) if row.color else theme.line
        bar = QRectF(outer.left() + theme.px(4), outer.top() + theme.px(3), theme.px(3), 0)
        bar.setBottom(outer.bottom() - theme.px(3))
        painter.fillRect(bar, QColor(color))
        inner = outer.adjusted(theme.px(16), theme.px(3), -theme.px(6), -theme.px(3))
        painter.setFont(fonts.text_font(theme.scale, _TEXT_SIZE))
        painter.setPen(QColor(theme.ink))
        height = self._text_height(row)
        text_box = QRectF(inner.left(), inner.top(), inner.width(), height)
        if row.marks:
            self._marked(row, text_box.width()).draw(painter, text_box.topLeft())
        else:
            painter.drawText(text_box, int(_WRAP), self._shown(row))
        if row.attribution:
            small = fonts.interface_font(theme.scale, 11)
            painter.setFont(small)
            painter.setPen(QColor(theme.muted_tinted))
            foot = QRectF(inner.left(), inner.top() + height, inner.width(), theme.px(20))
            painter.drawText(foot, ALIGN_LEFT, fonts.elided(row.attribution, small, foot.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, outer, theme, 4)
        if self.target is not None and self.target == row.id:
            stroke_rounded(painter, outer, theme.accent, theme.px(4), theme.px(2))
        painter.restore()

    def _marked(self, row: QuoteRow, width: float) -> QTextLayout:
        """Lay out a text whose marked stretches are heavy and underlined."""
        shown = self._shown(row)
        layout = marked_layout(
            shown.replace("\n", "\u2028"),
            fonts.text_font(self.theme.scale, _TEXT_SIZE),
            [mark for mark in row.marks if mark[1] <= len(shown)],
        )
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout

    def _text_height(self, row: QuoteRow) -> float:
        room = self.width - self.theme.px(16) - self.theme.px(22)
        if row.marks:
            bounds = self._marked(row, max(40, room)).boundingRect()
            return bounds.height() + self.theme.px(2)
        metrics = QFontMetricsF(fonts.text_font(self.theme.scale, _TEXT_SIZE))
        box = QRectF(0, 0, max(40, room), 10_000_000)
        bounds = metrics.boundingRect(box, int(_WRAP), self._shown(row))
        return bounds.height() + self.theme.px(2)

    @staticmethod
    def _shown(row: QuoteRow) -> str:
        if len(row.text) <= _SHOWN_CHARACTERS:
            return row.text
        return row.text[:_SHOWN_CHARACTERS].rsplit(" ", 1)[0] + " …"
