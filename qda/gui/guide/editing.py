"""What is changed of a guide in its dialog: words, order, a question more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.context import Context
from qda.gui.language import tr
from qda.model.ids import QuestionId

if TYPE_CHECKING:
    from qda.gui.guide.guide_dialog import GuideDialog


class GuideEditing(QObject):
    """Do what the user wishes with the questions of a dialog; it hears of the changes by itself."""

    def __init__(self, context: Context, dialog: GuideDialog) -> None:
        """Change the guide that `dialog` shows."""
        super().__init__(dialog)
        self._bridge = context.bridge
        self._dialog = dialog
        pane = dialog.questions
        pane.reworded.connect(self._on_reworded)
        pane.added.connect(self._on_added)
        pane.removed.connect(self._on_removed)
        pane.moved.connect(self._on_moved)

    def _on_reworded(self, question: QuestionId, text: str) -> None:
        from qda.operations import guide_lines  # lazy: start-up

        self._bridge.run(guide_lines.reword_question, question=question, text=text)

    def _on_added(self, after: QuestionId | None, text: str) -> None:
        from qda.operations import guide_lines

        guide = self._dialog.current_guide()
        if guide is None:
            return
        done = self._bridge.run(guide_lines.add_question, guide=guide.id, text=text, after=after)
        if done is not None:
            self._dialog.questions.field.clear()
            self._dialog.questions.choose(done.value)

    def _on_removed(self, question: QuestionId) -> None:
        from qda.operations import guide_lines

        notice = tr("The question is removed; coded answers stay.")
        self._bridge.run(guide_lines.remove_question, notice=notice, question=question)

    def _on_moved(self, question: QuestionId, down: bool) -> None:  # noqa: FBT001 - slot
        from qda.operations import guide_lines

        self._bridge.run(guide_lines.move_question, question=question, down=down)
