"""The table of lines: hits below one another, in bold, with what stands around them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qda.gui import fonts
from qda.gui.search.lines_model import (
    AFTER,
    BEFORE,
    CODES,
    HIT,
    OFFICE,
    SHOWN_ROLE,
    SOURCE,
    TURN_ROLE,
    LinesModel,
)
from qda.gui.theme import Theme
from qda.gui.widgets.focus_ring import OWN_RING
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT

Index = QModelIndex | QPersistentModelIndex
_ROW = 30
_TEXT_SIZE = 14
_WIDE = 820
"""Pixels from which on there is room for the offices."""
ORDER_OF_COLUMN = {SOURCE: "source", BEFORE: "left", AFTER: "right"}


class LinesTable(QTableView):
    """Show lines; rows are chosen whole, several with Shift and Ctrl."""

    line_chosen = Signal(int)
    """The user came to a line.

    Parameters: its row.
    """
    line_activated = Signal(int)
    """The user pressed Enter on a line or clicked it twice: go and read there.

    Parameters: its row.
    """
    key_typed = Signal(str)
    """The user typed a letter or digit, which may be the key of a code.

    Parameters: what was typed.
    """
    order_wanted = Signal(str)
    """The user wants the lines in another order, by the heading of a column.

    Parameters: `source`, `left` or `right`.
    """
    selection_altered = Signal()
    """Other lines are selected."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        lines: LinesModel,
        delegate: "LineDelegate",
        parent: QWidget | None = None,
    ) -> None:
        """Show `lines`; `name` is what a screen reader calls the table."""
        super().__init__(parent)
        self._theme = theme
        self._quiet = False
        self.lines = lines
        self._delegate = delegate
        lines.setParent(self)
        delegate.setParent(self)
        self.setModel(lines)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setProperty(OWN_RING, True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(1)
        header.sectionClicked.connect(self._on_section_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.set_theme(theme)

    def show_order(self, order: str) -> None:
        """Mark the column that the lines are in the order of."""
        column = next(at for at, one in ORDER_OF_COLUMN.items() if one == order)
        self.horizontalHeader().setSortIndicator(column, Qt.SortOrder.AscendingOrder)

    def current_row(self) -> int:
        """Return the row one is at, -1 for none."""
        return self.currentIndex().row()

    def selected_rows(self) -> list[int]:
        """Return the selected rows from the top."""
        rows: set[int] = set()
        for span in self.selectionModel().selection().toList():
            rows.update(range(span.top(), span.bottom() + 1))
        return sorted(rows)

    def choose(self, row: int) -> None:
        """Come to a line, without a signal."""
        if 0 <= row < self.lines.rowCount():
            self._quiet = True
            self.setCurrentIndex(self.lines.index(row, HIT))
            self._quiet = False

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = self._delegate.theme = theme
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.fit()
        self.viewport().update()

    def fit(self) -> None:
        """Share the room out among the columns; hits get as much as those in sight need."""
        theme, room = self._theme, self.viewport().width()
        wide = room >= theme.px(_WIDE)
        font = self._delegate.hit_font()
        seen = [self.lines.line(row) for row in range(min(self.lines.rowCount(), 60))]
        texts = {self.lines.text(one, HIT) for one in seen if one is not None}
        need = max((fonts.width_of(text, font) for text in texts), default=0)
        widths = {
            SOURCE: theme.px(168 if wide else 116),
            OFFICE: theme.px(112) if wide else 0,
            HIT: min(max(need, theme.px(30)) + theme.px(12), room // 4),
            CODES: theme.px(136 if wide else 92),
        }
        left = max(room - sum(widths.values()), 2)
        left = max(left - self.more_columns(), 2)
        widths[BEFORE] = left // 2
        widths[AFTER] = left - left // 2
        for column, width in widths.items():
            self.setColumnHidden(column, width == 0)
            self.setColumnWidth(column, width)

    def more_columns(self) -> int:
        """Return the width of columns that others than these have; none here."""
        return 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self.fit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell to which line the user came."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and not self._quiet and current.row() != previous.row():
            self.line_chosen.emit(current.row())

    def selectionChanged(self, selected, deselected) -> None:  # noqa: N802, ANN001 - Qt's types
        """Tell that others are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_altered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go and read with Enter; hand over what may be the key of a code."""
        row = self.current_row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.line_activated.emit(row)
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        typed = event.text().strip()
        if plain and typed and typed.isprintable() and row >= 0:
            self.key_typed.emit(typed)
            return
        super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.line_activated.emit(index.row())

    def _on_section_clicked(self, column: int) -> None:
        if column in ORDER_OF_COLUMN:
            self.order_wanted.emit(ORDER_OF_COLUMN[column])


class LineDelegate(QStyledItemDelegate):
    """Paint the cells of a line."""

    def __init__(self, theme: Theme) -> None:
        """Paint with `theme`."""
        super().__init__()
        self.theme = theme

    def hit_font(self) -> QFont:
        """Return the face of hits."""
        font = fonts.text_font(self.theme.scale, _TEXT_SIZE)
        font.setBold(True)
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Return the height of a row."""
        return QSize(self.theme.px(40), self.theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        self.paint_ground(painter, rect, option, index)
        self.paint_text(painter, rect, index)
        painter.restore()

    def paint_ground(
        self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint what the cells of a row lie on."""
        theme = self.theme
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        table = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.hover))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        current = isinstance(table, QTableView) and table.currentIndex().row() == index.row()
        if current and table.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), theme.px(2)))
            inner = rect.adjusted(0, 1, 0, -1)
            painter.drawLine(inner.topLeft(), inner.topRight())
            painter.drawLine(inner.bottomLeft(), inner.bottomRight())

    def _paint_turn(self, painter: QPainter, rect: QRectF, index: Index, font: QFont) -> float:
        """Paint the number of the turn at the right; return where the source's name may end."""
        number = str(index.data(TURN_ROLE) or "")
        painter.setFont(fonts.tabular(font))
        painter.drawText(rect, ALIGN_RIGHT, number)
        painter.setFont(font)
        return rect.right() - fonts.width_of(number, font) - self.theme.px(6)

    def paint_text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Paint what a cell says."""
        theme, column = self.theme, index.column()
        text = str(index.data(SHOWN_ROLE) or "")
        if column in (SOURCE, OFFICE, CODES):
            font = fonts.interface_font(theme.scale, 12)
            painter.setFont(font)
            painter.setPen(QColor(theme.ink if column == CODES else theme.muted_tinted))
            inner = rect.adjusted(theme.px(8), 0, -theme.px(6), 0)
            if column == SOURCE:
                inner.setRight(self._paint_turn(painter, inner, index, font))
            painter.drawText(inner, ALIGN_LEFT, fonts.elided(text, font, inner.width()))
            return
        font = self.hit_font() if column == HIT else fonts.text_font(theme.scale, _TEXT_SIZE)
        painter.setFont(font)
        painter.setPen(QColor(theme.accent if column == HIT else theme.ink))
        inner = rect.adjusted(theme.px(6), 0, -theme.px(6), 0)
        if column == BEFORE:
            shown = QFontMetricsF(font).elidedText(
                text.rstrip(), Qt.TextElideMode.ElideLeft, inner.width()
            )
            painter.drawText(inner, ALIGN_RIGHT, shown)
        else:
            painter.drawText(inner, ALIGN_LEFT, fonts.elided(text.strip(), font, inner.width()))
