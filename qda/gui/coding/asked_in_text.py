"""Questions of the interview guide beside the names of those who ask them, in the coding room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.commands import Command
from qda.gui.language import tr

if TYPE_CHECKING:
    from qda.gui.coding.document_pane import DocumentPane
    from qda.gui.coding.workspace import CodingWorkspace

SHOWN = "coding.guide_questions"


class AskedInText(QObject):
    """Say in the transcripts which turn asks what, unless the user would rather not."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Say it in the panes of `room`."""
        super().__init__(room)
        self._room = room

    @property
    def shown(self) -> bool:
        """Tell whether the user wants to see it."""
        return self._room.context.settings.flag(SHOWN, default=True)

    def show_in(self, pane: DocumentPane) -> None:
        """Say in a pane what the turns of its source ask."""
        asking = pane.open.asking() if pane.open is not None and self.shown else {}
        pane.view.set_turn_notes(asking)

    def refresh(self) -> None:
        """Say it anew in every pane."""
        for pane in self._room.split.panes():
            self.show_in(pane)

    def toggle(self) -> None:
        """Say it from now on, or no longer."""
        self._room.context.settings.set(SHOWN, not self.shown)
        self.refresh()

    def commands(self) -> list[Command]:
        """Return what can be done."""
        return [
            Command(
                "coding.guide_questions",
                tr("Questions of the interview guide in the text, or not"),
                "view",
                self.toggle,
                enabled=self._is_asked,
                keywords=(tr("guide"), tr("interviewer")),
                separator_before=True,
            )
        ]

    def _is_asked(self) -> bool:
        return self._room.open is not None and bool(self._room.open.asking())
