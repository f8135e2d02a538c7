"""Found words on one line each with what stands around them, below the source they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT, focus_ring
from qda.gui.widgets.painted_rows import fill_under, set_up
from qda.gui.widgets.roles import ID_ROLE

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = ID_ROLE + 40
_TEXT_SIZE = 14


@dataclass(frozen=True, slots=True)
class HitRow:
    """A found place: the words, what stands before and after; `mark` stands small at the left."""

    id: object
    before: str
    found: str
    after: str
    mark: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The source that the rows below it stand in, and how many they are."""

    text: str
    count: str


class HitList(QListView):
    """A list that grows while the search goes on."""

    hit_chosen = Signal(object)
    """The user came to a hit.

    Parameters: its identifier.
    """
    hit_activated = Signal(object)
    """The user pressed Enter on a hit or clicked it twice: go and read there.

    Parameters: its identifier.
    """
    selection_altered = Signal()
    """Other hits are selected."""
    left = Signal()
    """The user pressed Escape: enough of this."""

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        """Make an empty list; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._quiet = False
        self._rows = _HitModel(self)
        self._delegate = _HitDelegate(theme, self)
        set_up(self, self._rows, self._delegate, name)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(self._on_double_clicked)

    def clear_rows(self) -> None:
        """Show nothing."""
        self._rows.clear()

    def add_rows(self, rows: Sequence[HitRow | HeadRow]) -> None:
        """Show more rows below those that are there."""
        self._rows.add(rows)

    def rows(self) -> Sequence[HitRow | HeadRow]:
        """Return what is listed."""
        return self._rows.rows

    def current_id(self) -> object:
        """Return the identifier of the current hit, None when there is none."""
        index = self.currentIndex()
        return index.data(ID_ROLE) if index.isValid() else None

    def choose(self, identifier: object) -> None:
        """Make a hit current, visible and the only one selected, without a signal."""
        place = self._rows.place_of(identifier)
        if place is not None:
            self._quiet = True
            self.setCurrentIndex(self._rows.index(place))
            self._quiet = False

    def selected_ids(self) -> list[object]:
        """Return the identifiers of the selected hits, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        found = [self._rows.rows[place] for place in places]
        return [row.id for row in found if isinstance(row, HitRow)]

    def select_ids(self, identifiers: Sequence[object]) -> None:
        """Select these hits and no others."""
        self.clearSelection()
        for identifier in identifiers:
            place = self._rows.place_of(identifier)
            if place is not None:
                index = self._rows.index(place)
                self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._delegate.theme = theme
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell to which hit the user came."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet and current.data(ID_ROLE) is not None:
            self.hit_chosen.emit(current.data(ID_ROLE))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Tell that others are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_altered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go and read with Enter, be done with Escape."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self._on_double_clicked(index)
            return
        super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.data(ID_ROLE) is not None:
            self.hit_activated.emit(index.data(ID_ROLE))


class _HitModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[HitRow | HeadRow] = []
        self._places: dict[object, int] = {}

    def clear(self) -> None:
        self.beginResetModel()
        self.rows = []
        self._places = {}
        self.endResetModel()

    def add(self, rows: Sequence[HitRow | HeadRow]) -> None:
        if not rows:
            return
        first = len(self.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self.rows += rows
        for place, row in enumerate(rows, start=first):
            if isinstance(row, HitRow):
                self._places[row.id] = place
        self.endInsertRows()

    def place_of(self, identifier: object) -> int | None:
        return self._places.get(identifier)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # What heads the hits is passed over by the keyboard and never selected.
        if isinstance(self.rows[index.row()], HeadRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if isinstance(row, HeadRow):
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return f"{row.text}, {row.count}" if role in texts else None
        if role == ID_ROLE:
            return row.id
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.before}{row.found}{row.after}"
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _HitDelegate(QStyledItemDelegate):
    paints_focus = True

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(self.theme.px(120), self.theme.px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row = self.theme, index.data(ROW_ROLE)
        outer = QRectF(option.rect).adjusted(theme.px(8), 0, -theme.px(8), 0)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if isinstance(row, HeadRow):
            self._paint_head(painter, outer, row)
        else:
            fill_under(painter, outer, state, theme)
            self._paint_hit(painter, outer, row)
            if state & QStyle.StateFlag.State_HasFocus:
                focus_ring(painter, outer, theme, 4)
        painter.restore()

    def _paint_head(self, painter: QPainter, outer: QRectF, row: HeadRow) -> None:
        theme = self.theme
        font, small = fonts.interface_font(theme.scale, bold=True), self._small()
        inner = outer.adjusted(theme.px(4), theme.px(4), -theme.px(4), 0)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        shown = fonts.elided(row.text, font, inner.width() * 0.8)
        painter.drawText(inner, ALIGN_LEFT, shown)
        inner.setLeft(inner.left() + fonts.width_of(shown, font) + theme.px(8))
        painter.setFont(small)
        painter.setPen(QColor(theme.muted_tinted))
        painter.drawText(inner, ALIGN_LEFT, fonts.elided(row.count, small, inner.width()))

    def _paint_hit(self, painter: QPainter, outer: QRectF, row: HitRow) -> None:
        """Let the found words of all rows stand below one another, as in a concordance."""
        theme = self.theme
        mark = outer.adjusted(0, 0, 0, 0)
        wide = max(float(theme.px(36)), fonts.width_of(row.mark, self._small()) + theme.px(2))
        mark.setWidth(wide)
        painter.setFont(self._small())
        painter.setPen(QColor(theme.muted))
        painter.drawText(mark, ALIGN_RIGHT, row.mark)
        inner = outer.adjusted(theme.px(48), 0, -theme.px(6), 0)
        plain = fonts.text_font(theme.scale, _TEXT_SIZE)
        bold = fonts.text_font(theme.scale, _TEXT_SIZE)
        bold.setBold(True)
        column = inner.left() + inner.width() * 0.42
        metrics = QFontMetricsF(plain)
        painter.setFont(plain)
        painter.setPen(QColor(theme.ink))
        start = max(inner.left(), mark.right() + theme.px(12))  # a long mark takes from this alone
        left = QRectF(start, inner.top(), column - start, inner.height())
        before = metrics.elidedText(row.before, Qt.TextElideMode.ElideLeft, left.width())
        # A space at the edge would not be measured where text is set flush right.
        space = metrics.horizontalAdvance(" ") if before.endswith(" ") else 0.0
        painter.drawText(left.adjusted(0, 0, -space, 0), ALIGN_RIGHT, before.rstrip())
        painter.setFont(bold)
        painter.setPen(QColor(theme.accent))
        right = QRectF(column, inner.top(), inner.right() - column, inner.height())
        found = fonts.elided(row.found, bold, right.width())
        painter.drawText(right, ALIGN_LEFT, found)
        right.setLeft(column + QFontMetricsF(bold).horizontalAdvance(found))
        painter.setFont(plain)
        painter.setPen(QColor(theme.ink))
        painter.drawText(right, ALIGN_LEFT, fonts.elided(row.after, plain, right.width()))

    def _small(self) -> QFont:
        return fonts.tabular(fonts.interface_font(self.theme.scale, 11))
