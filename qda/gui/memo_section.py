"""The memos on one thing and the links that lead to it, wherever that thing is shown."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui.context import Context
from qda.gui.language import tr
from qda.gui.models.things import ThingNames, as_thing, place_of, writing_place
from qda.gui.theme import Theme
from qda.gui.widgets.labels import SmallCaps
from qda.gui.widgets.link_list import LinkList
from qda.model.changes import Changes
from qda.model.entities import Thing
from qda.operations import memos as operations
from qda.store import memo_links, memos

FOLLOWED = ("memo", "memo_link", "coding", "code", "document")


class MemoSection(QWidget):
    """List the memos and links of a thing; each is followed by a click or Enter."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build an empty section; it follows changes by itself."""
        super().__init__(parent)
        self._context = context
        self._thing: Thing | None = None
        self._stale = False
        self._title = SmallCaps(context.theme, tr("Memos and links"), self)
        self.links = LinkList(context.theme, tr("Memos and links"), self)
        self._nothing = QLabel(tr("No memo is on this, and none leads here."), self)
        self._nothing.setProperty("kind", "small")
        self._nothing.setWordWrap(True)
        self.write = QPushButton(tr("Write a memo"), self)
        self.write.setProperty("kind", "link")
        self._layout = QVBoxLayout(self)
        for widget in (self._title, self.links, self._nothing):
            self._layout.addWidget(widget)
        self._layout.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_theme(context.theme)
        self.show_thing(None)
        context.bridge.changed.connect(self._on_bridge_changed)
        self.links.link_followed.connect(self._on_links_link_followed)
        self.links.removal_wanted.connect(self._on_links_removal_wanted)
        self.links.thing_dropped.connect(self._on_links_thing_dropped)
        self.write.clicked.connect(self._on_write_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._layout.setContentsMargins(0, theme.px(4), 0, 0)
        self._layout.setSpacing(theme.px(4))

    def show_thing(self, thing: Thing | None) -> None:
        """Show what is on a thing and leads to it."""
        self._thing = thing
        self.setVisible(thing is not None)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on the thing and leads to it."""
        self._stale = False
        thing, project = self._thing, self._context.bridge.project
        if thing is None:
            return
        connection = project.connection
        on = thing.kind != "memo" and memos.of_target(connection, thing.kind, thing.id)
        some = on or memo_links.of_thing(connection, thing)
        rows = ThingNames(project).link_rows(thing, with_memos=True) if some else []
        writable = not project.read_only
        self.links.show_links(rows, writable=writable)
        self._nothing.setVisible(not rows)
        self.write.setVisible(writable)

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if not changes.touches(*FOLLOWED):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while another place was in front."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_links_link_followed(self, thing: object) -> None:
        if isinstance(thing, Thing):
            self._context.navigator.go(place_of(thing))

    def _on_links_removal_wanted(self, link: int) -> None:
        self._context.bridge.run(operations.unlink_memo, link=link, notice=tr("Removed the link."))

    def _on_links_thing_dropped(self, kind: str, number: int) -> None:
        """Link what was dropped with the thing; a link begins at a memo or a segment."""
        dropped, here = as_thing((kind, number)), self._thing
        if dropped is None or here is None or dropped == here:
            return
        begins_here = here.kind in memo_links.FROM
        origin, target = (here, dropped) if begins_here else (dropped, here)
        self._context.bridge.run(operations.link_memo, origin=origin, target=target)

    def _on_write_clicked(self) -> None:
        if self._thing is not None:
            self._context.navigator.go(writing_place(self._thing))
