"""The list of segments below the transcript, and what is done with those that are picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QInputDialog

from qda.gui.language import tr, tr_n
from qda.model.entities import Code
from qda.model.ids import CodingId
from qda.operations import codes as code_operations
from qda.operations import codings as coding_operations

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace

LONG = 2_000
"""Listed segments from which on the rest of the room need not wait for them."""


class SegmentListing(QObject):
    """Fill the list of a coding room with the segments of the code at hand."""

    def __init__(self, room: CodingWorkspace) -> None:
        """List on behalf of `room`."""
        super().__init__(room)
        self._room = room
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._refresh)
        room.segment_list.segment_activated.connect(room.show_coding)
        room.segment_list.closed.connect(self.toggle)
        room.segment_list.recode.clicked.connect(self.recode)
        room.segment_list.split.clicked.connect(self.ask_split)
        room.segment_list.uncode.clicked.connect(self.uncode)
        room.code_pane.tree.row_chosen.connect(self._on_tree_row_chosen)

    def toggle(self) -> None:
        """Show the segments of the code at hand, or hide the list when it shows them."""
        room = self._room
        current = room.code_pane.current()
        listed = room.segment_list.code
        if room.segment_list.isVisible() and (current is None or listed == current):
            room.segment_list.hide()
            room.view.setFocus()
            return
        if current is None:
            return
        room.segment_list.load(
            room.context.bridge.project, current, room.layers.sight, room.layers.whose()
        )
        self._offer()
        if not room.segment_list.isVisible():
            room.hits.close()
            room.segment_list.show()
            room.share_middle()
        room.segment_list.focus_list()

    def refresh(self) -> None:
        """List again what is listed, if that is long in a turn of its own; its code may be gone."""
        if self._room.segment_list.count() > LONG:
            self._later.start()
        else:
            self._refresh()

    def stop(self) -> None:
        """List nothing more; before the project is closed."""
        self._later.stop()

    def _refresh(self) -> None:
        room = self._room
        listed = room.segment_list.code
        if listed is None or not room.segment_list.isVisible():
            return
        still = room.code_pane.model.code(listed.id)
        if still is None:
            room.segment_list.hide()
            return
        room.segment_list.load(
            room.context.bridge.project, still, room.layers.sight, room.layers.whose()
        )

    # ----------------------------------------------------------------------- what is picked

    def can_change(self) -> bool:
        """Tell whether segments are picked that can be changed."""
        return self._room.can_write() and bool(self.picked())

    def _in_list(self) -> bool:
        """Tell whether the keyboard is in the list."""
        focused = self._room.focusWidget()
        return focused is not None and self._room.segment_list.isAncestorOf(focused)

    def has_keyboard(self) -> bool:
        """Tell whether segments are picked where the keyboard is, and can be changed."""
        picked_here = self._in_list() or bool(self._room.view.picked_segments())
        return picked_here and self.can_change()

    def pick_here(self) -> None:
        """Pick the segment at hand in the transcript too, or no longer."""
        view = self._room.view
        chosen = view.selected_segment()
        if chosen is not None:
            view.toggle_picked(chosen)

    def uncode_here(self) -> None:
        """Remove the picked codings, else the one at hand."""
        if self.has_keyboard():
            self.uncode()
        else:
            self._room.actions_on_text.uncode()

    def recode_here(self) -> None:
        """Recode what is picked, else what is at hand."""
        if self.has_keyboard():
            self.recode()
        else:
            self._room.code.recode()

    def picked(self) -> list[CodingId]:
        """Return what is picked: in the transcript, unless the keyboard is in the list."""
        room = self._room
        in_text = [CodingId(one) for one in room.view.picked_segments()]
        if in_text and not self._in_list():
            return in_text
        return room.segment_list.picked() if room.segment_list.isVisible() else []

    def _above(self) -> Code | None:
        """Return the code that a new one of the picked segments is to stand below."""
        room = self._room
        if self._in_list() or not room.view.picked_segments():
            return room.segment_list.code
        return room.code_pane.current()

    def recode(self) -> None:
        """Give the picked segments the code at hand, in one step."""
        room = self._room
        target, picked = room.code_pane.current(), self.picked()
        if target is None or not self.can_change():
            return
        notice = tr_n(
            "Gave {n} segment the code {code}.",
            "Gave {n} segments the code {code}.",
            len(picked),
            code=target.name,
        )
        room.context.bridge.run_by_size(
            room.context.jobs, tr("Recoding"), len(picked), coding_operations.recode,
            coding_ids=picked, code=target.id, notice=notice,
        )  # fmt: skip

    def uncode(self) -> None:
        """Remove the picked codings, in one step."""
        room, picked = self._room, self.picked()
        if not self.can_change():
            return
        notice = tr_n("Removed {n} coding.", "Removed {n} codings.", len(picked))
        room.context.bridge.run_by_size(
            room.context.jobs, tr("Removing the codings"), len(picked),
            coding_operations.remove_codings, coding_ids=picked, notice=notice,
        )  # fmt: skip

    def ask_split(self) -> None:
        """Ask for the name of a new code for the picked segments."""
        room, listed = self._room, self._above()
        if listed is None or not self.can_change():
            return
        name, accepted = QInputDialog.getText(
            room, tr("New code"), tr("Name, below {code}", code=listed.name)
        )
        if accepted and name.strip():
            self.split(name)

    def split(self, name: str) -> None:
        """Make a code of the picked segments below the listed one, in one step."""
        room = self._room
        listed, picked = self._above(), self.picked()
        if listed is None or not self.can_change():
            return
        notice = tr_n(
            "{n} segment has the new code {code}.",
            "{n} segments have the new code {code}.",
            len(picked),
            code=name.strip(),
        )
        room.context.bridge.run_by_size(
            room.context.jobs,
            tr("Recoding"),
            len(picked),
            code_operations.split_code,
            coding_ids=picked,
            name=name,
            parent=listed.id,
            notice=notice,
        )

    def _offer(self) -> None:
        room = self._room
        room.segment_list.offer(room.code_pane.current(), writable=room.can_write())

    def _on_tree_row_chosen(self, code: object) -> None:
        del code
        self._offer()
