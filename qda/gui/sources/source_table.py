"""The list of sources on screen: columns, headings of offices, a bar for how much is coded."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qda.gui import fonts, icons
from qda.gui.sources import source_model as columns
from qda.gui.sources.source_model import SourceModel
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.gui.widgets.focus_ring import OWN_RING
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT, share_bar
from qda.model.ids import DocumentId

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {
    columns.NAME: 220, columns.OFFICES: 150, columns.KIND: 92, columns.TURNS: 92,
    columns.WORDS: 76, columns.CODINGS: 86, columns.SHARE: 116, columns.DONE: 78,
}  # fmt: skip
_LEAST_NAME = 210


@dataclass(frozen=True, slots=True)
class _Kept:
    """The current source, the marked ones, and how far down the list one is."""

    current: DocumentId | None
    marked: frozenset[DocumentId]
    place: int


class SourceTable(QTableView):
    """Show a `SourceModel`; several sources can be marked."""

    document_chosen = Signal(object)
    """Another source became current.

    Parameters: its DocumentId.
    """
    document_opened = Signal(object)
    """The user pressed Enter on a source or double-clicked it.

    Parameters: its DocumentId.
    """
    rename_wanted = Signal()
    """The user pressed F2."""
    context_menu_wanted = Signal(QPoint)
    """The user asks what can be done with the marked sources.

    Parameters: the place in global coordinates.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Make an empty list; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._theme = theme
        self._model = SourceModel(self)
        self._delegate = _SourceDelegate(theme, self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setProperty(OWN_RING, True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self._hovered = -1
        self._kept = _Kept(None, frozenset(), 0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(columns.NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.px(48))
        header.setSortIndicator(columns.NAME, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        # Qt asks at every painting whether a column is marked as a whole, row by row of thousands;
        # the heads of this table show nothing of that.
        header.setSelectionModel(QItemSelectionModel(self._model, header))
        self.set_theme(theme)
        self._model.modelAboutToBeReset.connect(self._on_model_about_to_be_reset)
        self._model.modelReset.connect(self._on_model_reset)
        self.doubleClicked.connect(self._on_double_clicked)
        self.customContextMenuRequested.connect(self._on_context_menu_requested)

    def source_model(self) -> SourceModel:
        """Return the model."""
        return self._model

    def current_document(self) -> DocumentId | None:
        """Return the current source, None when there is none."""
        row = self._model.row_at(self.currentIndex())
        return None if row is None else row.id

    def marked(self) -> frozenset[DocumentId]:
        """Return the marked sources."""
        selection = self.selectionModel().selection()
        stretches = (selection.at(at) for at in range(selection.count()))
        return frozenset[DocumentId]().union(
            *(self._model.between(one.top(), one.bottom()) for one in stretches)
        )

    def choose(self, document: DocumentId | None) -> bool:
        """Mark a source and bring it in sight; tell whether it is shown."""
        index = QModelIndex() if document is None else self._model.index_of(document)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802
        """Return what is to be painted anew; Qt would look at every cell of thousands."""
        del selection
        return QRegion(self.viewport().rect())

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._delegate.set_theme(theme)
        for column, width in _WIDTHS.items():
            if column != columns.NAME:
                self.setColumnWidth(column, theme.px(width))
        self.verticalHeader().setMinimumSectionSize(theme.px(24))
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.fit_columns()

    def fit_columns(self) -> None:
        """Leave out what matters least until the names have room."""
        room = self.viewport().width() - self._theme.px(_LEAST_NAME)
        grouped = self._model.grouped
        order = [columns.SHARE, columns.CODINGS, columns.DONE, columns.TURNS, columns.WORDS]
        # In groups the headings say the office already.
        order += [columns.KIND, columns.OFFICES]
        if not grouped:
            order.insert(1, order.pop())
        for column in order:
            room -= self._theme.px(_WIDTHS[column])
            self.setColumnHidden(column, room < 0)

    def resizeEvent(self, event: object) -> None:
        """Fit the columns to the room there is."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit_columns()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell which source became current."""
        super().currentChanged(current, previous)
        row = self._model.row_at(current)
        if row is not None and current.row() != previous.row():
            self.document_chosen.emit(row.id)
        # The mark at the left of the current row belongs to no cell that Qt would paint anew.
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, rename with F2, and go to either end as in a list."""
        document = self.current_document()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and document is not None:
            self.document_opened.emit(document)
            return
        if event.key() == Qt.Key.Key_F2 and document is not None:
            self.rename_wanted.emit()
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            home = event.key() == Qt.Key.Key_Home
            self.choose(self._model.first() if home else self._model.last())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the whole row under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Light up no row."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def paint_ground(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Paint what lies below a cell: chosen, under the mouse, current."""
        theme = self._theme
        if self.selectionModel().isSelected(index):
            painter.fillRect(rect, QColor(theme.selection))
        elif index.row() == self._hovered and self._model.row_at(index) is not None:
            painter.fillRect(rect, QColor(theme.hover))
        current = self.currentIndex().row() == index.row()
        if current and self.hasFocus():
            self._paint_edge(painter, rect, index.column())

    def _paint_edge(self, painter: QPainter, rect: QRectF, column: int) -> None:
        """Paint the part of a ring around the row with the keyboard that lies in one cell."""
        width, accent = self._theme.px(2), QColor(self._theme.accent)
        for top in (rect.top(), rect.bottom() - width):
            painter.fillRect(QRectF(rect.left(), top, rect.width(), width), accent)
        if column == columns.NAME:
            painter.fillRect(QRectF(rect.left(), rect.top(), width, rect.height()), accent)
        if column == self._model.columnCount() - 1:
            painter.fillRect(QRectF(rect.right() - width, rect.top(), width, rect.height()), accent)

    def grouped(self) -> bool:
        """Tell whether sources stand under headings."""
        return self._model.grouped

    def _on_model_about_to_be_reset(self) -> None:
        place = self.verticalScrollBar().value()
        self._kept = _Kept(self.current_document(), self.marked(), place)

    def _on_model_reset(self) -> None:
        self._hovered = -1
        self.clearSpans()
        for row in self._model.headings():
            self.setSpan(row, 0, 1, self._model.columnCount())
        blocked = self.blockSignals(True)
        self._restore(self._kept)
        self.blockSignals(blocked)

    def _restore(self, kept: "_Kept") -> None:
        """Mark what was marked before the list was put in order anew, in the same place."""
        flags, model = QItemSelectionModel.SelectionFlag, self._model
        marking = QItemSelection()
        for first, last in model.stretches(kept.marked) if kept.marked else ():
            ends = model.index(first, 0), model.index(last, model.columnCount() - 1)
            marking.append(QItemSelectionRange(*ends))
        current = model.index_of(kept.current) if kept.current is not None else QModelIndex()
        if not current.isValid() and not marking.isEmpty():
            current = marking.first().topLeft()
        if current.isValid():
            self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
            self.selectionModel().select(marking, flags.ClearAndSelect)
        self.verticalScrollBar().setValue(kept.place)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None:
            self.document_opened.emit(row.id)

    def _on_context_menu_requested(self, place: QPoint) -> None:
        self.context_menu_wanted.emit(self.viewport().mapToGlobal(place))


class _SourceDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, table: SourceTable) -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(self._theme.px(48), self._theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        self._table.paint_ground(painter, rect, index)
        if index.data(roles.HEADING_ROLE):
            self._paint_heading(painter, rect, index)
        elif index.column() == columns.SHARE:
            self._paint_share(painter, rect, index)
        elif index.column() == columns.DONE:
            self._paint_done(painter, rect, index)
        else:
            self._paint_text(painter, rect, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        theme = self._theme
        place = rect.adjusted(theme.px(12), 0, -theme.px(8), -theme.px(3))
        font = fonts.interface_font(theme.scale, bold=True)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        title = fonts.elided(str(index.data()), font, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, title)
        place.setLeft(place.left() + fonts.width_of(title, font) + theme.px(8))
        small = fonts.interface_font(theme.scale, 11)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted_tinted))
        painter.drawText(
            place,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
            fonts.elided(str(index.data(roles.DETAIL_ROLE)), small, place.width()),
        )

    def _paint_text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        theme = self._theme
        name, number = index.column() == columns.NAME, index.column() in columns.NUMBERS
        font = fonts.interface_font(theme.scale)
        if number:
            font = fonts.tabular(font)
        grouped = self._table.grouped()
        left = theme.px(24 if name and grouped else 12 if name else 8)
        place = rect.adjusted(left, 0, -theme.px(8), 0)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink if name or number else theme.muted_tinted))
        painter.drawText(
            place,
            ALIGN_RIGHT if number else ALIGN_LEFT,
            fonts.elided(str(index.data() or ""), font, place.width()),
        )

    def _paint_share(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        theme = self._theme
        share = float(index.data(roles.SHARE_ROLE) or 0)
        bar = rect.adjusted(theme.px(8), 0, 0, 0)
        bar.setWidth(theme.px(46))
        share_bar(painter, bar, share, theme, index.data(roles.PLACE_ROLE) or None)
        font = fonts.tabular(fonts.interface_font(theme.scale, 12))
        painter.setFont(font)
        painter.setPen(QColor(theme.muted_tinted))
        painter.drawText(rect.adjusted(0, 0, -theme.px(10), 0), ALIGN_RIGHT, str(index.data()))

    def _paint_done(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        if not index.data():
            return
        side = self._theme.px(14)
        place = QRectF(rect.left() + self._theme.px(14), 0, side, side)
        place.moveTop(rect.center().y() - side / 2)
        icons.paint(painter, "check", self._theme.accent, place)
