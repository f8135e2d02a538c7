"""Linking the memo at hand: chosen in a list, dropped, followed, taken away, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.language import tr
from qda.gui.models.things import ThingNames, as_thing, place_of
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.palette_match import PaletteItem
from qda.model.entities import Thing
from qda.operations import memos as operations

if TYPE_CHECKING:
    from qda.gui.memos.workspace import MemosWorkspace

MOST_BACK = 50


class MemoLinking(QObject):
    """Make, show, follow and remove the links of the memo that a workspace shows."""

    def __init__(self, room: MemosWorkspace) -> None:
        """Link on behalf of `room`."""
        super().__init__(room)
        self._room = room
        self._origin: Thing | None = None
        self._back: list[str] = []
        self.chooser = CommandPalette(
            room.context.theme,
            room,
            placeholder=tr("Link with which memo, segment, code, source, office or participant?"),
            nothing_text=tr("Nothing is called that"),
        )
        links = room.editor.links
        self.chooser.item_chosen.connect(self._on_chooser_item_chosen)
        room.editor.link_wanted.connect(self.ask)
        room.list.thing_dropped.connect(self._on_list_thing_dropped)
        links.link_followed.connect(self._on_links_link_followed)
        links.removal_wanted.connect(self._on_links_removal_wanted)
        links.thing_dropped.connect(self._on_links_thing_dropped)

    def show(self) -> None:
        """Show the links of the memo at hand."""
        room, memo = self._room, self._room.editor.memo()
        rows = self._names().link_rows(memo.thing) if memo is not None else []
        room.editor.show_links(rows, writable=room.can_write())

    def can_link(self) -> bool:
        """Tell whether there is a memo at hand that can be linked."""
        return self._room.can_write() and self._room.editor.memo() is not None

    def ask(self) -> None:
        """Ask what to link the memo at hand with, in a list that is searched by typing."""
        memo = self._room.editor.memo()
        if memo is None or not self.can_link():
            return
        self._room.editor.save()
        self._origin = memo.thing
        names = self._names()
        self.chooser.set_provider(partial(_segments, names, memo.thing))
        self.chooser.set_items(names.link_items(memo.thing))
        self.chooser.open()

    def follow(self, thing: Thing) -> None:
        """Go to the other end of a link; a note stands here too, but its segment says more."""
        room, memo = self._room, self._room.editor.memo()
        if memo is not None:
            self._back = [*self._back[1 - MOST_BACK :], memo.key]
        if thing.kind == "memo":
            room.show_memo(f"memo {thing.id}")
        else:
            room.editor.save()
            room.context.navigator.go(place_of(thing))

    def can_go_back(self) -> bool:
        """Tell whether a link was followed from a memo that is still there."""
        return any(self._room.knows(key) for key in self._back)

    def go_back(self) -> None:
        """Show the memo from which a link was followed last."""
        while self._back:
            key = self._back.pop()
            if self._room.knows(key):
                self._room.show_memo(key)
                return

    def _names(self) -> ThingNames:
        return ThingNames(self._room.context.bridge.project, self._room.only())

    def _link(self, origin: Thing, target: Thing) -> None:
        self._room.context.bridge.run(operations.link_memo, origin=origin, target=target)

    def _on_chooser_item_chosen(self, item: PaletteItem) -> None:
        target = as_thing(item.id)
        if target is not None and self._origin is not None:
            self._link(self._origin, target)

    def _on_list_thing_dropped(self, key: object, kind: str, number: int) -> None:
        """Link the memo that was dragged with the one it was dropped on."""
        dragged, under = as_thing((kind, number)), self._room.thing_of(key)
        if dragged is not None and under is not None and self._room.can_write():
            self._link(dragged, under)

    def _on_links_thing_dropped(self, kind: str, number: int) -> None:
        dropped, memo = as_thing((kind, number)), self._room.editor.memo()
        if dropped is not None and memo is not None:
            self._link(memo.thing, dropped)

    def _on_links_link_followed(self, thing: object) -> None:
        if isinstance(thing, Thing):
            self.follow(thing)

    def _on_links_removal_wanted(self, link: int) -> None:
        self._room.context.bridge.run(
            operations.unlink_memo, link=link, notice=tr("Removed the link.")
        )


def _segments(names: ThingNames, origin: Thing, query: str) -> list[PaletteItem]:
    return names.segment_items(query, origin)
