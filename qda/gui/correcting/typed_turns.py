"""Turns split, joined and given to another speaker in the text that is corrected."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from qda.app.settings import Settings
from qda.gui.correcting.text_editor import TextEditor
from qda.gui.language import tr
from qda.text import typed_turns
from qda.text.typed_turns import Change, TypedHead

KEYS = {
    "coding.split_turn": "Ctrl+Shift+T",
    "coding.join_turns": "Ctrl+Shift+J",
    "coding.give_turn": "Ctrl+Alt+T",
}
"""The keys are those of the coding room, the user's own where there are some."""


class TypedTurns(QObject):
    """Put labels into the text and take them out, as one step of the editor each."""

    told = Signal(str)
    """There is something to say; empty where nothing is any longer.

    Parameters: the sentence.
    """

    def __init__(self, editor: TextEditor, labels: Sequence[str], settings: Settings) -> None:
        """Work in `editor`; `labels` are those of everybody who speaks in the source."""
        super().__init__(editor)
        self._editor = editor
        self._labels = tuple(dict.fromkeys(filter(None, labels)))
        self._settings = settings

    def tools(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Return what can be done: title, keys as people read them, and how."""
        own = self._settings.mapping("shortcuts")
        titles = (tr("Split the turn"), tr("Join with the next"), tr("Another speaker"))
        runs = (self.ask_split, self.join, self.ask_relabel)
        return [
            (title, QKeySequence(own.get(command, usual)).toString(_NATIVE), run)
            for (command, usual), title, run in zip(KEYS.items(), titles, runs, strict=True)
        ]

    def ask_split(self) -> None:
        """Ask who speaks from the caret on."""
        self._choose(self.split)

    def split(self, label: str) -> None:
        """Let somebody speak from the caret on."""
        heads = self._heads()
        self._change(
            typed_turns.split(self._editor.shown(), heads, self._editor.caret(), label),
            tr("Put the caret inside what is said, between two words of it."),
        )

    def join(self) -> None:
        """Let the turn at the caret go on with the next."""
        self._change(
            typed_turns.join(self._editor.shown(), self._heads(), self._editor.caret()),
            tr("There is no turn after this one to join it with."),
        )

    def ask_relabel(self) -> None:
        """Ask who speaks the turn at the caret."""
        self._choose(self.relabel)

    def relabel(self, label: str) -> None:
        """Let somebody speak the turn at the caret."""
        self._change(typed_turns.relabel(self._heads(), self._editor.caret(), label), _nobody())

    def _heads(self) -> tuple[TypedHead, ...]:
        return typed_turns.heads(self._editor.shown(), self._labels)

    def _choose(self, run: Callable[[str], None]) -> None:
        """Offer the speakers at the caret, without who speaks there now."""
        heads = self._heads()
        at = typed_turns.turn_at(heads, self._editor.caret())
        others = [one for one in self._labels if at is None or one != heads[at].label]
        if at is None or not others:
            self.told.emit(_nobody())
            return
        menu = QMenu(self._editor)
        menu.setToolTipsVisible(False)
        menu.aboutToHide.connect(menu.deleteLater)
        for label in others:
            menu.addAction(label.replace("&", "&&")).triggered.connect(partial(run, label))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._editor.viewport().mapToGlobal(self._editor.cursorRect().bottomLeft()))

    def _change(self, change: Change | None, trouble: str) -> None:
        self.told.emit("" if change is not None else trouble)
        if change is not None:
            start, _, text = change
            self._editor.change([change])
            self._editor.select(start + len(text), start + len(text))
        self._editor.setFocus()


_NATIVE = QKeySequence.SequenceFormat.NativeText


def _nobody() -> str:
    return tr("No line here begins with the label of a speaker and a colon, or only one speaks.")
