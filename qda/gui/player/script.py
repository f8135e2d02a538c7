"""What a player asks of the text that it follows."""

from typing import Protocol

from qda.gui.widgets.transcript.data import TurnView
from qda.model.entities import Document
from qda.text.timeline import Timeline


class Script(Protocol):
    """A transcript on the screen, as it is now; all offsets are code points of what is shown."""

    def document(self) -> Document | None:
        """Return the source whose recording is wanted, None for no source."""
        ...

    def caret(self) -> int:
        """Return where one is in the text."""
        ...

    def turn_at(self, offset: int) -> TurnView | None:
        """Return the turn at an offset, None before the first."""
        ...

    def timeline(self, duration_ms: int | None) -> Timeline:
        """Return the times of the text, which lasts so long if that is known."""
        ...

    def show_playing(self, turn: TurnView | None) -> None:
        """Mark the turn that is heard now, None for none, and keep it in sight while reading on."""
        ...
