"""The memos on one thing and the links that lead to it, wherever that thing is shown."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui.blind import only_coder
from qda.gui.context import Context
from qda.gui.language import tr
from qda.gui.models.things import ThingNames, as_thing, place_of, writing_place
from qda.gui.theme import Theme
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.labels import SmallCaps
from qda.gui.widgets.link_list import LinkList
from qda.gui.widgets.palette_match import PaletteItem
from qda.gui.widgets.thing_mime import thing_of
from qda.model.changes import Changes
from qda.model.entities import Thing
from qda.store import memo_links, memos

FOLLOWED = ("memo", "memo_link", "coding", "code", "document")


class MemoSection(QWidget):
    """List the memos and links of a thing; each is followed by a click or Enter.

    A `brief` section only tells what there is, and is not there where there is nothing.
    """

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, brief: bool = False
    ) -> None:
        """Build an empty section; it follows changes by itself."""
        super().__init__(parent)
        self._context = context
        self._brief = brief
        self._thing: Thing | None = None
        self._stale = False
        self._chooser: CommandPalette | None = None
        self.setAcceptDrops(not brief)
        self._title = SmallCaps(context.theme, tr("Memos and links"), self)
        self.links = LinkList(context.theme, tr("Memos and links"), self)
        self._nothing = QLabel(tr("No memo is on this, and none leads here."), self)
        self._nothing.setProperty("kind", "small")
        self._nothing.setWordWrap(True)
        self.write = QPushButton(tr("Write a memo"), self)
        self.link = QPushButton(tr("Link …"), self)
        buttons = QHBoxLayout()
        for button in (self.write, self.link):
            button.setProperty("kind", "link")
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._layout = QVBoxLayout(self)
        for widget in (self._title, self.links, self._nothing):
            self._layout.addWidget(widget)
        self._layout.addLayout(buttons)
        self.set_theme(context.theme)
        self.show_thing(None)
        context.bridge.changed.connect(self._on_bridge_changed)
        self.links.link_followed.connect(self._on_links_link_followed)
        self.links.removal_wanted.connect(self._on_links_removal_wanted)
        self.links.thing_dropped.connect(self._on_links_thing_dropped)
        self.write.clicked.connect(self._on_write_clicked)
        self.link.clicked.connect(self.ask_link)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._layout.setContentsMargins(0, theme.px(4), 0, 0)
        self._layout.setSpacing(theme.px(4))

    def show_thing(self, thing: Thing | None) -> None:
        """Show what is on a thing and leads to it."""
        self._thing = thing
        # A brief section comes and goes with what there is to tell.
        if thing is None or not self._brief:
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
        names = ThingNames(project, only_coder(self._context)) if some else None
        rows = names.link_rows(thing, with_memos=True) if names is not None else []
        writable = not project.read_only
        self.links.show_links(rows, writable=writable)
        self._nothing.setVisible(not rows and not self._brief)
        # A segment has its own note to write in, beside this.
        self.write.setVisible(writable and not self._brief and thing.kind != "coding")
        self.link.setVisible(writable and not self._brief)
        if self._brief:
            self.setVisible(bool(rows))

    def can_link(self) -> bool:
        """Tell whether there is a thing at hand that can be linked."""
        return self._thing is not None and not self._context.bridge.project.read_only

    def ask_link(self) -> None:
        """Ask what to link with: a segment with anything, another thing with a memo or segment."""
        here = self._thing
        if here is None or not self.can_link():
            return
        if self._chooser is None:
            self._chooser = CommandPalette(
                self._context.theme,
                self.window(),
                placeholder=tr("Link with which memo, segment, code, source, office or "
                               "participant?"),
                nothing_text=tr("Nothing is called that"),
            )  # fmt: skip
            self._chooser.item_chosen.connect(self._on_chooser_item_chosen)
        names = ThingNames(self._context.bridge.project, only_coder(self._context))
        items = names.link_items(here)
        if here.kind not in memo_links.FROM:
            items = [item for item in items if _kind_of(item) in memo_links.FROM]
        self._chooser.set_provider(partial(_segments, names, here))
        self._chooser.set_items(items)
        self._chooser.open()

    def chooser(self) -> CommandPalette | None:
        """Return the list of what can be linked, once it was opened."""
        return self._chooser

    def _link(self, other: Thing) -> None:
        """Link something with the thing; a link begins at a memo or a segment."""
        from qda.operations import memos as operations  # lazy: start-up

        here = self._thing
        if here is None or not self._fits(other):
            return
        begins_here = here.kind in memo_links.FROM
        origin, target = (here, other) if begins_here else (other, here)
        self._context.bridge.run(operations.link_memo, origin=origin, target=target)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take in what can be linked with the thing."""
        self._consider_drop(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take in what can be linked with the thing."""
        self._consider_drop(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Link what was dropped."""
        self._consider_drop(event)
        dropped = as_thing(thing_of(event.mimeData()))
        if event.isAccepted() and dropped is not None:
            self._link(dropped)

    def _consider_drop(self, event: QDropEvent) -> None:
        dropped = as_thing(thing_of(event.mimeData()))
        if dropped is not None and self.can_link() and self._fits(dropped):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _fits(self, other: Thing) -> bool:
        """Tell whether a link of the thing with another would begin somewhere."""
        here = self._thing
        if here is None or other == here:
            return False
        return here.kind in memo_links.FROM or other.kind in memo_links.FROM

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if not changes.touches(*FOLLOWED):
            return
        if self.isVisible() or self._brief:
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while another place was in front."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_chooser_item_chosen(self, item: PaletteItem) -> None:
        other = as_thing(item.id)
        if other is not None:
            self._link(other)

    def _on_links_link_followed(self, thing: object) -> None:
        if isinstance(thing, Thing):
            self._context.navigator.go(place_of(thing))

    def _on_links_removal_wanted(self, link: int) -> None:
        from qda.operations import memos as operations  # lazy: start-up

        self._context.bridge.run(operations.unlink_memo, link=link, notice=tr("Removed the link."))

    def _on_links_thing_dropped(self, kind: str, number: int) -> None:
        dropped = as_thing((kind, number))
        if dropped is not None:
            self._link(dropped)

    def _on_write_clicked(self) -> None:
        if self._thing is not None:
            self._context.navigator.go(writing_place(self._thing))


def _segments(names: ThingNames, origin: Thing, query: str) -> list[PaletteItem]:
    return names.segment_items(query, origin)


def _kind_of(item: PaletteItem) -> object:
    return item.id[0] if isinstance(item.id, tuple) else None
