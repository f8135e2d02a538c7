"""The matrix on screen: headings that stay, cells that are read and copied."""

from dataclasses import replace

from PySide6.QtCore import (
    QItemSelection,
    QLineF,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qda.gui import fonts
from qda.gui.language import tr, tr_n
from qda.gui.matrix.headers import SIDE, SQUARE, Corner, MatrixHeader
from qda.gui.matrix.model import CELL_ROLE, CellView, MatrixModel, Target
from qda.gui.matrix.painting import paint_lines
from qda.gui.matrix.words import LEGEND_SIGN
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT, stroke_rounded
from qda.model.matrix import JUDGED_KINDS

Index = QModelIndex | QPersistentModelIndex
_LINE, _SMALL_LINE = 17, 16
NUMBER_WIDTHS = (92, 190)
PERCENT_WIDTHS = (106, 190)
"""A percentage, and the count beside it."""
WORD_WIDTHS = (150, 240)
QUOTE_WIDTHS = (220, 380)
NAME_WIDTHS = (130, 260)
COUNT_WIDTH = 120
MOST_BESIDE = 220
"""Pixels that a table keeps at least where something stands below it."""


def shared_widths(needed: list[int], room: int, most: int) -> list[int]:
    """Return widths that fill `room` as evenly as what each column needs allows."""
    if not needed or sum(needed) >= room:
        return needed
    low, high = 0, most
    while low < high:
        even = (low + high + 1) // 2
        if sum(max(even, one) for one in needed) <= room:
            low = even
        else:
            high = even - 1
    return [max(low, one) for one in needed]


class CellDelegate(QStyledItemDelegate):
    """Paint numbers at the right in even figures, quotes in the reading face."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Paint with `theme`."""
        super().__init__(parent)
        self.theme = theme
        self.several = False
        self.numbers_right = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme = self.theme
        view = index.data(CELL_ROLE)
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected) and self.several
        painter.fillRect(rect, QColor(theme.selection if selected else theme.paper))
        painter.setPen(QColor(theme.line))
        painter.drawLine(QLineF(rect.left(), rect.bottom() - 1, rect.right(), rect.bottom() - 1))
        if isinstance(view, CellView):
            self._paint_view(painter, rect, view)
        if self._is_current(option, index):
            ring = rect.adjusted(0, 0, 0, -1)
            stroke_rounded(painter, ring, theme.accent, theme.px(3), theme.px(2))
        painter.restore()

    @staticmethod
    def _is_current(option: QStyleOptionViewItem, index: Index) -> bool:
        table = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        return isinstance(table, MatrixTable) and table.shows_current(index)

    def _paint_view(self, painter: QPainter, rect: QRectF, view: CellView) -> None:
        theme = self.theme
        inner = rect.adjusted(theme.px(SIDE), theme.px(7), -theme.px(SIDE), -theme.px(6))
        if view.count:
            self._paint_count(painter, inner, view)
        elif view.quotes:
            self._paint_quotes(painter, inner, view)
        elif view.written:
            painter.setPen(QColor(theme.muted if view.muted else theme.ink))
            font = fonts.text_font(theme.scale, 13)
            most = max(1, int(inner.height()) // theme.px(_LINE))
            paint_lines(painter, inner, view.text, font, theme.px(_LINE), most)
        else:
            font = fonts.tabular(fonts.interface_font(theme.scale))
            if view.muted and fonts.width_of(view.text, font) > inner.width():
                self._paint_status(painter, inner, view.text)
                return
            painter.setFont(font)
            painter.setPen(QColor(theme.muted if view.muted else theme.ink))
            line = QRectF(inner.left(), inner.top(), inner.width(), theme.px(18))
            painter.drawText(line, self._align(), view.text)
            if view.aside:
                painter.setFont(fonts.tabular(fonts.interface_font(theme.scale, 11)))
                painter.setPen(QColor(theme.muted))
                painter.drawText(line, ALIGN_LEFT, view.aside)

    def _paint_status(self, painter: QPainter, inner: QRectF, words: str) -> None:
        """Paint what stands for a number where it is too long for a line, in small lines."""
        theme = self.theme
        painter.setPen(QColor(theme.muted))
        height = theme.px(_SMALL_LINE)
        most = max(1, int(inner.height()) // height)
        small = fonts.interface_font(theme.scale, 11)
        paint_lines(painter, inner, words, small, height, most, self._align())

    def _align(self) -> Qt.AlignmentFlag:
        return ALIGN_RIGHT if self.numbers_right else ALIGN_LEFT

    def _paint_count(self, painter: QPainter, inner: QRectF, view: CellView) -> None:
        theme = self.theme
        font = fonts.tabular(fonts.interface_font(theme.scale, 12))
        fits = fonts.width_of(view.text, font) <= inner.width()
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        line = QRectF(inner.left(), inner.top(), inner.width(), theme.px(18))
        shown = view.text if fits else fonts.elided(view.short, font, inner.width())
        painter.drawText(line, self._align(), shown)

    def _paint_quotes(self, painter: QPainter, inner: QRectF, view: CellView) -> None:
        theme = self.theme
        font = fonts.text_font(theme.scale, 13)
        top = inner.top()
        painter.setPen(QColor(theme.ink))
        for quote in view.quotes:
            place = QRectF(inner.left(), top, inner.width(), 2 * theme.px(_LINE))
            paint_lines(painter, place, quote, font, theme.px(_LINE), 2)
            top += 2 * theme.px(_LINE) + theme.px(3)
        if view.more > 0:
            small = fonts.interface_font(theme.scale, 11)
            painter.setFont(small)
            painter.setPen(QColor(theme.muted))
            place = QRectF(inner.left(), top, inner.width(), theme.px(_SMALL_LINE))
            painter.drawText(place, ALIGN_LEFT, tr_n("… and {n} more", "… and {n} more", view.more))


class MatrixTable(QTableView):
    """A table whose headings can be chosen as well as its cells."""

    target_chosen = Signal(object)
    """A cell, a row or a column became current.

    Parameters: the `Target`.
    """
    target_activated = Signal(object)
    """The user pressed Enter on a cell or clicked it twice.

    Parameters: the `Target`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty table."""
        super().__init__(parent)
        self._theme = theme
        self.matrix_model = MatrixModel(self)
        self._delegate = CellDelegate(theme, self)
        self.column_header = MatrixHeader(theme, Qt.Orientation.Horizontal, self)
        self.row_header = MatrixHeader(theme, Qt.Orientation.Vertical, self)
        self.corner = Corner(theme, self)
        self._own_widths: dict[object, int] = {}
        self._fitting = False
        self._target: Target | None = None
        self._quiet = False
        self.setHorizontalHeader(self.column_header)
        self.setVerticalHeader(self.row_header)
        self.setModel(self.matrix_model)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Matrix"))
        self.row_header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._connect()

    def _connect(self) -> None:
        self.column_header.sectionClicked.connect(self._on_column_header_section_clicked)
        self.row_header.sectionClicked.connect(self._on_row_header_section_clicked)
        self.column_header.sectionResized.connect(self._on_column_header_section_resized)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    # -------------------------------------------------------------------------------- layout

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._delegate.theme = theme
        self._own_widths.clear()
        self.fit()
        self.viewport().update()

    def fit(self) -> None:
        """Give rows and columns the sizes that suit what they show."""
        matrix = self.matrix_model.matrix
        if matrix is None:
            return
        self._fitting = True
        theme = self._theme
        quotes = matrix.spec.cells in ("quotes", "summary")
        words = quotes or matrix.spec.cells in JUDGED_KINDS
        self.column_header.right_aligned = not words
        self._delegate.numbers_right = not words
        model = self.matrix_model
        last_row, last = len(matrix.rows), len(matrix.columns)
        height = theme.px(120 if quotes else 48 if self._has_second_line(last_row) else 34)
        for row in range(last_row):
            self.setRowHeight(row, height)
        numbers = NUMBER_WIDTHS if matrix.percentages is None else PERCENT_WIDTHS
        widths = QUOTE_WIDTHS if quotes else WORD_WIDTHS if words else numbers
        least, most = (theme.px(one) for one in widths)
        totals = range(last, model.columnCount() - int(model.shows_counts()))
        total_width = theme.px(numbers[0]) * len(totals)
        needed = [min(most, max(least, self._word_width(one))) for one in range(last)]
        whole = self.width() - 2 * self.frameWidth()
        names, count_width = self._head_widths(whole - total_width - sum(needed))
        self.row_header.setFixedWidth(names)
        for row in range(last_row, model.rowCount()):
            is_n = model.shows_counts() and row == model.rowCount() - 1
            legend = self.row_header.legend_height(row, names) if is_n else 0
            self.setRowHeight(row, max(theme.px(48 if is_n else 34), legend))
        room = whole - names - total_width - count_width
        for column, width in enumerate(shared_widths(needed, room, most)):
            own = self._own_widths.get(self._column_identity(column))
            self.setColumnWidth(column, own or width)
        for column in totals:
            self.setColumnWidth(column, self._own_widths.get("total") or total_width)
        if model.shows_counts():
            own = self._own_widths.get("N")
            self.setColumnWidth(model.columnCount() - 1, own or count_width)
        self._fitting = False
        self.updateGeometries()
        content = self.row_header.length() + self.column_header.sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height()
        whole_height = content + bar + 2 * self.frameWidth()
        self.setMaximumHeight(whole_height)
        # What stands below a table of two groups leaves it its rows, as far as there is room.
        least = 0 if model.shows_counts() else min(whole_height, theme.px(MOST_BESIDE))
        self.setMinimumHeight(least)

    def _has_second_line(self, rows: int) -> bool:
        headings = (self.row_header.heading(row) for row in range(rows))
        return any(one is not None and (one.above or one.below) for one in headings)

    def _word_width(self, column: int) -> int:
        """Return the width at which no word of a column's name is broken."""
        heading = self.column_header.heading(column)
        if heading is None:
            return 0
        theme = self._theme
        font = fonts.interface_font(theme.scale, 13, bold=True)
        word = max((fonts.width_of(one, font) for one in heading.name.split()), default=0)
        above = fonts.width_of(heading.above, fonts.interface_font(theme.scale, 11))
        word = max(word, min(above, theme.px(120)))
        return word + 2 * theme.px(SIDE) + 1 + (theme.px(SQUARE) if heading.color else 0)

    def _head_widths(self, room: int) -> tuple[int, int]:
        """Return the widths of the names of rows and of the column of N, where `room` is for both.

        Where that is too little, the legends of N are broken, first that of its column; at last
        long names are cut, if that is enough.
        """
        names, least_names = self._name_widths()
        count, least_count = self._count_widths() if self.matrix_model.shows_counts() else (0, 0)
        count = max(least_count, min(count, room - names))
        names = max(least_names, min(names, room - count))
        lacking = names + count - room
        if 0 < lacking <= names - self._theme.px(NAME_WIDTHS[0]):
            names -= lacking
        return names, count

    def _name_widths(self) -> tuple[int, int]:
        """Return the width for the names of rows, and the least: with the legend of N broken."""
        theme, model = self._theme, self.matrix_model
        bold = fonts.interface_font(theme.scale, 13, bold=True)
        small = fonts.interface_font(theme.scale, 11)
        title, order = self.corner.texts()
        least = max(fonts.width_of(title, bold), fonts.width_of(order, small))
        for row in range(min(model.rowCount(), 500)):
            heading = self.row_header.heading(row)
            if heading is None:
                continue
            muted = " · ".join(filter(None, (heading.above, heading.below)))
            square = theme.px(SQUARE) if heading.color else 0
            words = muted.split(LEGEND_SIGN) if heading.plain else [muted]
            broken = max(fonts.width_of(one, small) for one in words)
            least = max(least, fonts.width_of(heading.name, bold) + square, broken)
        legend = self.row_header.heading(model.rowCount() - 1) if model.shows_counts() else None
        whole = max(least, fonts.width_of(legend.below, small) if legend is not None else 0)
        low, high = (theme.px(one) for one in NAME_WIDTHS)
        sides = 2 * theme.px(SIDE) + theme.px(6)
        return min(high, max(low, whole + sides)), min(high, max(low, least + sides))

    def _count_widths(self) -> tuple[int, int]:
        """Return the width for the column of N, and the least: with its legend broken."""
        theme, model = self._theme, self.matrix_model
        column = model.columnCount() - 1
        heading = self.column_header.heading(column)
        legend = heading.below if heading is not None else ""
        small = fonts.interface_font(theme.scale, 11)
        figures = fonts.tabular(fonts.interface_font(theme.scale, 12))
        rows = range(min(model.rowCount(), 500))
        shown = [model.index(row, column).data(CELL_ROLE) for row in rows]
        words = legend.split(LEGEND_SIGN)
        widest = [fonts.width_of(one.short, figures) for one in shown if isinstance(one, CellView)]
        least = max([*widest, *(fonts.width_of(f"{one}\u00a0·", small) for one in words)])
        sides = 2 * theme.px(SIDE) + theme.px(2)
        whole = max(theme.px(COUNT_WIDTH), fonts.width_of(legend, small) + sides)
        return whole, min(whole, max(theme.px(NUMBER_WIDTHS[0]), least + sides))

    def _column_identity(self, column: int) -> object:
        return self.matrix_model.identity(Target(None, column))[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def updateGeometries(self) -> None:  # noqa: N802
        """Place the corner above the row names and beside the column names."""
        super().updateGeometries()
        frame = self.frameWidth()
        self.corner.setGeometry(frame, frame, self.row_header.width(), self.column_header.height())
        self.corner.setVisible(self.matrix_model.matrix is not None)

    # ---------------------------------------------------------------------------- what is current

    def target(self) -> Target | None:
        """Return what is current."""
        return self._target

    def choose(self, target: Target, *, reveal: bool = True) -> None:
        """Make a cell, row or column current, without a signal."""
        self._quiet = True
        index = self.matrix_model.index(*self.matrix_model.place(target))
        self.setCurrentIndex(index)
        if reveal:
            self.scrollTo(index)
        self._quiet = False
        self._set_target(target)

    def shows_current(self, index: Index) -> bool:
        """Tell whether a cell is the current one and no whole row or column is instead."""
        marked = self.row_header.chosen is not None or self.column_header.chosen is not None
        current = self.currentIndex()
        return not marked and (index.row(), index.column()) == (current.row(), current.column())

    def _set_target(self, target: Target | None) -> None:
        self._target = target
        heading = target is not None and target.heading
        self.row_header.choose(target.row if target is not None and heading else None)
        self.column_header.choose(target.column if target is not None and heading else None)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell what became current."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and not self._quiet and self.matrix_model.matrix is not None:
            target = self.matrix_model.target(current.row(), current.column())
            self._set_target(target)
            self.target_chosen.emit(target)

    def selectionChanged(  # noqa: N802
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        """Tint the cells only where several are selected."""
        super().selectionChanged(selected, deselected)
        ranges = self.selectionModel().selection().toList()
        alone = sum(one.width() * one.height() for one in ranges) <= 1
        self._delegate.several = not alone
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Activate with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._target is not None:
            self.target_activated.emit(self._target)
            return
        super().keyPressEvent(event)

    def _on_row_header_section_clicked(self, row: int) -> None:
        found = self.matrix_model.target(row, 0)
        self._choose_whole(replace(found, column=None, total=False))

    def _on_column_header_section_clicked(self, column: int) -> None:
        found = self.matrix_model.target(0, column)
        self._choose_whole(replace(found, row=None, total=False))

    def _choose_whole(self, target: Target) -> None:
        whole = replace(target, heading=True)
        self._set_target(whole)
        self.target_chosen.emit(whole)

    def _on_clicked(self, index: QModelIndex) -> None:
        """Turn from a heading back to the cell that is current all the while."""
        target = self.matrix_model.target(index.row(), index.column())
        if target != self._target:
            self._set_target(target)
            self.target_chosen.emit(target)

    def _on_column_header_section_resized(self, column: int, old: int, new: int) -> None:
        del old
        if self._fitting:
            return
        target = self.matrix_model.target(0, column)
        extra = "total" if target.total else "N"
        own = extra if target.column is None else self._column_identity(column)
        self._own_widths[own] = new
        self.updateGeometries()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.target_activated.emit(self.matrix_model.target(index.row(), index.column()))

    # --------------------------------------------------------------------------------- copying

    def copied_text(self, *, everything: bool = False) -> str:
        """Return the selected cells, or the whole table with its headings, for a spreadsheet."""
        model = self.matrix_model
        if model.matrix is None:
            return ""
        if everything:
            columns = range(model.columnCount())
            title = self.corner.texts()[0]
            head = [title, *(self._name(Qt.Orientation.Horizontal, one) for one in columns)]
            lines = [head]
            for row in range(model.rowCount()):
                cells = [model.plain_text(row, column) for column in columns]
                lines.append([self._name(Qt.Orientation.Vertical, row), *cells])
            return "\n".join("\t".join(line) for line in lines)
        chosen = self.selectionModel().selectedIndexes()
        if not chosen:
            return ""
        rows = sorted({one.row() for one in chosen})
        shown = sorted({one.column() for one in chosen})
        picked = {(one.row(), one.column()) for one in chosen}
        return "\n".join(
            "\t".join(
                model.plain_text(row, column) if (row, column) in picked else "" for column in shown
            )
            for row in rows
        )

    def _name(self, orientation: Qt.Orientation, section: int) -> str:
        heading = self.matrix_model.heading(orientation, section)
        return heading.full if heading is not None else ""
