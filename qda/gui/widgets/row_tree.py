"""A calm tree or list: full-width rounded rows, a chevron where something opens."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from qda.gui import icons
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.gui.widgets.focus_ring import OWN_RING
from qda.gui.widgets.row_delegate import RowDelegate

Index = QModelIndex | QPersistentModelIndex


class RowTree(QTreeView):
    """Show the first column of a model by `RowDelegate`; signals carry `roles.ID_ROLE`."""

    row_chosen = Signal(object)
    """Another row became current.

    Parameters: its identifier.
    """
    row_activated = Signal(object)
    """The user pressed Enter on a row or double-clicked it.

    Parameters: its identifier.
    """
    context_menu_wanted = Signal(QPoint, object)
    """The user asks what can be done with a row.

    Parameters: the place in global coordinates; the identifier, None beside all rows.
    """

    def __init__(
        self,
        theme: Theme,
        name: str = "",
        parent: QWidget | None = None,
        *,
        pale_children: bool = False,
    ) -> None:
        """Make an empty tree; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._theme = theme
        self._delegate = RowDelegate(theme, self, pale_children=pale_children)
        self.setItemDelegate(self._delegate)
        self.setProperty(OWN_RING, True)
        self.setAccessibleName(name)
        self.setProperty("kind", "pane")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.set_theme(theme)
        self.customContextMenuRequested.connect(self._on_context_menu_requested)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._delegate.set_theme(theme)
        self.setIndentation(theme.px(18))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def choose(self, identifier: object) -> bool:
        """Make the row with `identifier` current and visible; tell whether there is one."""
        index = self.index_of(identifier)
        if index.isValid():
            self.setCurrentIndex(index)
            # Out of sight, Qt itself scrolls when it is shown: no row need be laid out before.
            if self.isVisible():
                self.scrollTo(index)
        return index.isValid()

    def index_of(self, identifier: object) -> QModelIndex:
        """Return the index of the row with `identifier`, invalid when there is none."""
        model = self.model()
        if model is None or not model.rowCount():
            return QModelIndex()
        flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        found = model.match(model.index(0, 0), roles.ID_ROLE, identifier, 1, flags)
        return found[0] if found else QModelIndex()

    def current_id(self) -> object:
        """Return the identifier of the current row, None when there is none."""
        index = self.currentIndex()
        return index.data(roles.ID_ROLE) if index.isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Tell which row became current."""
        super().currentChanged(current, previous)
        if current.isValid() and current.data(roles.ID_ROLE) is not None:
            self.row_chosen.emit(current.data(roles.ID_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Activate with Enter on every platform."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.row_activated.emit(index.data(roles.ID_ROLE))
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate the row under the mouse."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._on_chevron(event.position().toPoint(), index):
            self.row_activated.emit(index.data(roles.ID_ROLE))
            return
        super().mouseDoubleClickEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open and close by the chevron."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._on_chevron(event.position().toPoint(), index):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def drawRow(  # noqa: N802
        self, painter: QPainter, options: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint a row over the whole width, its content indented."""
        theme = self._theme
        rect = QRectF(options.rect)  # pyright: ignore[reportAttributeAccessIssue]
        row = rect.adjusted(theme.px(8), 0, -theme.px(4), 0)
        selected = self.selectionModel() is not None and self.selectionModel().isSelected(index)
        state = QStyle.StateFlag.State_Enabled
        if selected:
            state |= QStyle.StateFlag.State_Selected
        if self.viewport().underMouse():
            mouse = self.viewport().mapFromGlobal(self.cursor().pos())
            if self.indexAt(mouse) == index:
                state |= QStyle.StateFlag.State_MouseOver
        if self.hasFocus() and self.currentIndex() == index:
            state |= QStyle.StateFlag.State_HasFocus
        self._delegate.paint_background(painter, row, state)
        inner = QRectF(row)
        inner.setLeft(self.content_left(index))
        # A list model keeps `hasChildren` to itself.
        if index.model().rowCount(index) and not index.data(roles.HEADING_ROLE):
            self._draw_chevron(painter, inner, index)
        content = QStyleOptionViewItem(options)
        content.rect = inner.toRect()  # pyright: ignore[reportAttributeAccessIssue]
        content.state = QStyle.StateFlag.State_Enabled  # pyright: ignore[reportAttributeAccessIssue]
        self._delegate.paint(painter, content, index)

    def _draw_chevron(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        side = self._theme.px(10)
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        place = QRectF(inner.left() - side + self._theme.px(3), 0, side, side)
        place.moveTop(inner.center().y() - side / 2)
        icons.paint(painter, name, self._theme.muted, place)

    def content_left(self, index: Index) -> float:
        """Return where the content of a row begins, in pixels of the viewport."""
        depth = 0
        parent = index.parent()
        while parent.isValid():
            depth += 1
            parent = parent.parent()
        base = self._theme.px(8) + (self._theme.px(8) if self.rootIsDecorated() else 0)
        return base + depth * self.indentation()

    def _on_chevron(self, place: QPoint, index: Index) -> bool:
        if not self.rootIsDecorated() or not index.model().rowCount(index):
            return False
        left = self.content_left(index)
        return left - self._theme.px(12) <= place.x() <= left + self._theme.px(5)

    def _on_context_menu_requested(self, place: QPoint) -> None:
        index = self.indexAt(place)
        identifier = index.data(roles.ID_ROLE) if index.isValid() else None
        self.context_menu_wanted.emit(self.viewport().mapToGlobal(place), identifier)
