"""Lists of words as a table: numbers right, those with lines behind them open these."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
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
from qda.gui.language import current_catalogue, say, tr
from qda.gui.search.words_question import Opens, WordList
from qda.gui.theme import Theme
from qda.gui.widgets.focus_ring import OWN_RING
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT
from qda.gui.widgets.roles import ID_ROLE
from qda.text.collation import SortKey, sort_key

Index = QModelIndex | QPersistentModelIndex
NUMBER_ROLE, OPENS_ROLE = ID_ROLE + 60, ID_ROLE + 61
_ROW = 28


class WordsModel(QAbstractTableModel):
    """A `WordList`, in the order of any of its columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with nothing listed."""
        super().__init__(parent)
        self.list: WordList | None = None
        self._order: list[int] = []

    def set_list(self, found: WordList | None) -> None:
        """Show another list."""
        self.beginResetModel()
        self.list = found
        self._order = list(range(len(found.rows))) if found is not None else []
        self.endResetModel()

    def opens(self, index: Index) -> Opens | None:
        """Return where the lines behind a cell come from, None for a cell without."""
        if self.list is None or not index.isValid():
            return None
        return self.list.opens.get((self._order[index.row()], index.column()))

    def lemma(self, row: int) -> str:
        """Return the word of a row."""
        return str(self.list.rows[self._order[row]][0]) if self.list is not None else ""

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many words are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns the list has."""
        if self.list is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.list.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings."""
        if self.list is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return say(self.list.headings[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = bool(self.list.rows) and not isinstance(self.list.rows[0][section], str)
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if self.list is None:
            return None
        value = self.list.rows[self._order[index.row()]][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return value if isinstance(value, str) else _number(value)
        if role == NUMBER_ROLE:
            return not isinstance(value, str)
        opens = self.opens(index) is not None and value != 0
        if role == OPENS_ROLE:
            return opens
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("Enter shows the lines") if opens else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{self.lemma(index.row())}, {head}: {self.data(index)}"
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the words in the order of a column; equals stay as they came."""
        if self.list is None or column < 0:
            return
        rows, down = self.list.rows, order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        self._order = sorted(range(len(rows)), key=lambda row: _sortable(rows[row][column]),
                             reverse=down)  # fmt: skip
        self.layoutChanged.emit()


def _sortable(value: str | float) -> tuple[float, SortKey]:
    language = current_catalogue().language
    if isinstance(value, str):
        return 0.0, sort_key(value, language)
    return float(value), sort_key("", language)


def _number(value: float) -> str:
    decimals = 0 if isinstance(value, int) else 2
    return current_catalogue().format_number(value, decimals)


class WordsTable(QTableView):
    """Walk cell by cell; Enter or a double click opens the lines behind a number."""

    lines_wanted = Signal(QModelIndex)
    """The user wants to see the lines behind a number.

    Parameters: its cell.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty table."""
        super().__init__(parent)
        self.words = WordsModel(self)
        self._delegate = _WordDelegate(theme, self)
        self.setModel(self.words)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Words"))
        self.setProperty(OWN_RING, True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setStretchLastSection(True)
        header.sortIndicatorChanged.connect(self._on_sort_indicator_changed)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.doubleClicked.connect(self._on_double_clicked)
        self.set_theme(theme)

    def show_list(self, found: WordList | None) -> None:
        """Show another list, in the order it came."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.words.set_list(found)
        theme = self._delegate.theme
        for column in range(self.words.columnCount()):
            head = str(self.words.headerData(column, Qt.Orientation.Horizontal))
            width = fonts.width_of(head, fonts.interface_font(theme.scale, bold=True))
            self.setColumnWidth(
                column, max(width + theme.px(36), theme.px(172 if not column else 84))
            )
        last = found.rows[0][-1] if found is not None and found.rows else ""
        self.horizontalHeader().setStretchLastSection(isinstance(last, str))
        if self.words.rowCount():
            self.setCurrentIndex(self.words.index(0, min(1, self.words.columnCount() - 1)))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._delegate.theme = theme
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self.viewport().update()

    def copied(self) -> str:
        """Return the selected cells, a line for each row."""
        cells = sorted((one.row(), one.column()) for one in self.selectedIndexes())
        rows: dict[int, list[str]] = {}
        for row, column in cells:
            rows.setdefault(row, []).append(str(self.words.index(row, column).data()))
        return "\n".join("\t".join(one) for one in rows.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the lines behind the number at hand with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_double_clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.isValid() and self.words.data(index, OPENS_ROLE):
            self.lines_wanted.emit(index)

    def _on_sort_indicator_changed(self, column: int, order: Qt.SortOrder) -> None:
        self.words.sort(column, order)


class _WordDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        table = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection))
        elif state & QStyle.StateFlag.State_MouseOver and index.data(OPENS_ROLE):
            painter.fillRect(rect, QColor(theme.hover))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        current = isinstance(table, QTableView) and table.currentIndex() == index
        if current and table.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), theme.px(2)))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        number, opens = index.data(NUMBER_ROLE), index.data(OPENS_ROLE)
        font = fonts.interface_font(theme.scale, 13, bold=index.column() == 0)
        painter.setFont(fonts.tabular(font) if number else font)
        painter.setPen(QColor(theme.accent if opens else theme.ink))
        inner = rect.adjusted(theme.px(8), 0, -theme.px(12 if number else 6), 0)
        shown = fonts.elided(str(index.data() or ""), font, inner.width())
        painter.drawText(inner, ALIGN_RIGHT if number else ALIGN_LEFT, shown)
        painter.restore()
