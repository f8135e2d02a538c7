"""The editor listens: the recording goes on while its text is corrected."""

from collections.abc import Sequence

from qda.gui.correcting.text_editor import TextEditor
from qda.gui.widgets.transcript.data import TurnFinder, TurnView
from qda.model.entities import Document, Turn
from qda.text.anchoring import EditMap
from qda.text.edits import Edit
from qda.text.timeline import Timeline, TimePoint


class EditorScript:
    """The text in the editor as the player follows it, with the turns where they are by now."""

    def __init__(self, document: Document, turns: Sequence[Turn], editor: TextEditor) -> None:
        """Begin with the turns as they are in the project."""
        self._document = document
        self._turns = turns
        self._editor = editor
        self._finder = TurnFinder(())
        self.take_edits(())

    def take_edits(self, edits: Sequence[Edit]) -> None:
        """Let the turns follow what was typed."""
        after = EditMap(edits)
        self._finder = TurnFinder(
            tuple(
                TurnView(
                    turn.number,
                    after.before(turn.label_start),
                    after.before(turn.start),
                    after.after(turn.end),
                    turn.label,
                    turn.interviewer,
                    turn.time_ms,
                )
                for turn in self._turns
            )
        )

    def document(self) -> Document | None:
        """Return the source that is corrected."""
        return self._document

    def caret(self) -> int:
        """Return where one is in the text."""
        return self._editor.caret()

    def turn_at(self, offset: int) -> TurnView | None:
        """Return the turn at an offset, None before the first."""
        return self._finder.at(offset)

    def timeline(self, duration_ms: int | None) -> Timeline:
        """Return the times of the text as it is typed now."""
        points = (
            TimePoint(turn.label_start, turn.time_ms)
            for turn in self._finder.turns
            if turn.time_ms is not None
        )
        return Timeline(self._editor.shown(), points, duration_ms)

    def show_playing(self, turn: TurnView | None) -> None:
        """Mark the turn that is heard."""
        self._editor.mark_playing(None if turn is None else (turn.label_start, turn.end))
