"""What something is linked with, both ways: followed by a click or Enter, taken away by Delete."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QMenu, QWidget

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.gui.widgets.row_delegate import ROW_HEIGHT
from qda.gui.widgets.row_tree import RowTree
from qda.gui.widgets.thing_mime import is_thing, thing_of

T = TypeVar("T")
MOST_ROWS = 5
AWAY, HERE = "→", "←"


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link as seen from one of its ends.

    `kind` says in a word what is at the other end, `text` what it is called, `away` whether the
    link leads there from here. `target` is what a follower goes to; `removable` is False for what
    only stands here.
    """

    id: int
    kind: str
    text: str
    away: bool
    target: object
    color: str = ""
    removable: bool = True


class LinkList(RowTree):
    """List links. Dropped codes and other things are told, so that they can be linked."""

    link_followed = Signal(object)
    """The user wants to see the other end of a link.

    Parameters: the row's `target`.
    """
    removal_wanted = Signal(int)
    """The user wants a link gone.

    Parameters: its id.
    """
    thing_dropped = Signal(str, int)
    """The user dropped something here.

    Parameters: its kind; its id.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Make an empty, hidden list; `name` is what a screen reader calls it."""
        self._rows: dict[int, LinkRow] = {}
        self._writable = True
        self._items = QStandardItemModel()
        super().__init__(theme, name, parent)
        self.setRootIsDecorated(False)
        self.setAcceptDrops(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._items.setParent(self)
        self.setModel(self._items)
        self.show_links(())
        self.clicked.connect(self._on_clicked)
        self.row_activated.connect(self._follow)
        self.context_menu_wanted.connect(self._on_context_menu_wanted)

    def show_links(self, rows: Sequence[LinkRow], *, writable: bool = True) -> None:
        """Show these links, keeping the current one where it is still there."""
        current = self.current_id()
        self._writable = writable
        self._rows = dict(enumerate(rows))
        kept = next((at for at, row in self._rows.items() if row.id == current), None)
        self._items.clear()
        for row in rows:
            item = QStandardItem(f"{AWAY if row.away else HERE} {row.kind} · {row.text}")
            item.setEditable(False)
            item.setData(row.id, roles.ID_ROLE)
            item.setToolTip(row.text)
            item.setAccessibleText(_spoken(row))
            if row.color:
                item.setData(row.color, roles.COLOR_ROLE)
            self._items.appendRow(item)
        if kept is not None:
            self.setCurrentIndex(self._items.index(kept, 0))
        self.setVisible(bool(rows))
        self._fit()

    def rows(self) -> list[LinkRow]:
        """Return the links as they stand."""
        return list(self._rows.values())

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        super().set_theme(theme)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Claim Delete before a command of the place: it would remove the thing itself."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Delete
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a link away with Delete, follow it with Enter."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self._remove(self._rows[index.row()])
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take in what can be linked."""
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take in what can be linked."""
        self._consider(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what is to be linked."""
        thing = thing_of(event.mimeData())
        if thing is None or not self._writable:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.thing_dropped.emit(*thing)

    def _consider(self, event: QDragMoveEvent) -> None:
        if is_thing(event.mimeData()) and self._writable:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _fit(self) -> None:
        rows = min(max(1, len(self._rows)), MOST_ROWS)
        self.setFixedHeight(rows * self._theme.px(ROW_HEIGHT) + 2)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._follow(index.data(roles.ID_ROLE), index.row())

    def _follow(self, link: object, place: int | None = None) -> None:
        del link
        row = self._rows.get(self.currentIndex().row() if place is None else place)
        if row is not None:
            self.link_followed.emit(row.target)

    def _remove(self, row: LinkRow) -> None:
        if self._writable and row.removable:
            self.removal_wanted.emit(row.id)

    def _on_context_menu_wanted(self, place: QPoint, link: object) -> None:
        del link
        row = self._rows.get(self.currentIndex().row())
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        follow, remove = menu.addAction(tr("Go there")), menu.addAction(tr("Remove the link"))
        remove.setEnabled(self._writable and row.removable)
        follow.triggered.connect(partial(_without_checked, self.link_followed.emit, row.target))
        remove.triggered.connect(partial(_without_checked, self._remove, row))
        menu.popup(place)


def _without_checked(run: Callable[[T], None], what: T, checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
    del checked
    run(what)


def _spoken(row: LinkRow) -> str:
    if row.away:
        return tr("Links to {kind}: {name}", kind=row.kind, name=row.text)
    return tr("Linked from {kind}: {name}", kind=row.kind, name=row.text)
