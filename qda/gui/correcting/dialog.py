"""The dialog in which a text is corrected: the editor, and what the correction would do."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qda.gui import alerts
from qda.gui.context import Context
from qda.gui.correcting.consequences import Consequences
from qda.gui.correcting.drafts import Draft, Drafts
from qda.gui.correcting.editor_sound import EditorScript
from qda.gui.correcting.replace_bar import ReplaceBar
from qda.gui.correcting.replacing import Replacing
from qda.gui.correcting.report import report
from qda.gui.correcting.text_editor import SHOWN_FOR, TextEditor
from qda.gui.correcting.typed_turns import TypedTurns
from qda.gui.language import tr
from qda.gui.player.bar import PlayerBar
from qda.gui.player.commands import IN_EDITOR, keys_of, sound_commands
from qda.gui.player.listening import Listening
from qda.model.entities import Document
from qda.model.errors import UserError
from qda.operations import corrections, text_versions
from qda.store import documents, turns
from qda.text.edits import Edit, edits_between
from qda.text.time_stamps import to_insert

PAUSE = 350
"""Milliseconds of not typing after which the consequences are worked out."""
SIZE = "correcting.size"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An earlier text to go back to, by its number."""

    number: int
    text: str


class CorrectionDialog(QDialog):
    """Correct one document. What cannot be placed is listed before anything is saved."""

    def __init__(
        self,
        context: Context,
        document: Document,
        offset: int,
        parent: QWidget | None = None,
        *,
        listening: Listening | None = None,
        drafts: Drafts | None = None,
        proposal: Proposal | None = None,
    ) -> None:
        """Show the text with the caret at `offset`; what was typed before is there again.

        With a `proposal`, an earlier text stands there as if it had been typed.
        """
        super().__init__(parent)
        self._context = context
        self._document = document
        self._listening = listening
        self._drafts = drafts if drafts is not None else Drafts()
        self._proposal = proposal
        theme = context.theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_title(document, proposal))
        connection = context.bridge.project.connection
        self._text = documents.text(connection, document.id)
        self.editor = TextEditor(theme, tr("The text of {name}", name=document.name), self)
        self.editor.set_text(self._text)
        self.replace_bar = ReplaceBar(theme, self)
        self.side = Consequences(theme, self)
        self.replacing = Replacing(
            self.replace_bar, self.editor, self.side.found, self.side.places, self
        )
        spoken = turns.of_document(connection, document.id)
        self._script = EditorScript(document, spoken, self.editor)
        self.turns = TypedTurns(self.editor, [one.label for one in spoken], context.settings)
        self.player_bar: PlayerBar | None = None
        self._told = QLabel(self)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._changed = self._lost = False
        self._lay_out()
        self.editor.go_to(offset)
        self._begin()
        self._work_out()
        self.editor.setFocus()
        self.editor.textChanged.connect(self._on_editor_text_changed)
        self._timer.timeout.connect(self._work_out)
        self.turns.told.connect(self._say)
        self.side.agree.toggled.connect(self._show_state)
        self.side.place_wanted.connect(self._on_side_place_wanted)
        self.side.save_button.clicked.connect(self.save)
        self.side.cancel_button.clicked.connect(self.reject)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)
        QShortcut(QKeySequence.StandardKey.Find, self, self.open_find)
        QShortcut(QKeySequence("Ctrl+H"), self, self.open_replace)
        if listening is not None:
            self._listen(listening)

    @property
    def save_button(self) -> QPushButton:
        """Return the button that saves."""
        return self.side.save_button

    def _begin(self) -> None:
        """Put the earlier text or what was typed before in the editor, and say so."""
        draft = self._drafts.take(self._document.guid, self._document.text_hash)
        if self._proposal is not None:
            self.editor.propose(self._proposal.text)
            self._say(
                tr(
                    "This is text {n}, as it was. Save it to go back to it.",
                    n=self._proposal.number,
                )
            )
        elif draft is not None:
            self.editor.propose(draft.text)
            self.editor.select(draft.caret, draft.caret)
            self._say(tr("What you typed before is here again; Ctrl+Z takes it back."))

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def told(self) -> str:
        """Return what is said above the editor."""
        return self._told.text()

    def _lay_out(self) -> None:
        px = self._context.theme.px
        left = QFrame(self)
        left.setProperty("kind", "paper")
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(0)
        self._tools = QHBoxLayout()
        self._tools.setContentsMargins(px(12), px(6), px(12), px(6))
        self._tools.setSpacing(px(8))
        self._tool(tr("Find and replace"), "Ctrl+H", self.open_replace)
        for title, keys, run in self.turns.tools():
            self._tool(title, keys, run)
            if keys:
                QShortcut(QKeySequence(keys, QKeySequence.SequenceFormat.NativeText), self, run)
        self._tools.addStretch(1)
        self._told.setProperty("kind", "muted")
        self._told.setWordWrap(True)
        self._told.setContentsMargins(px(16), 0, px(16), px(6))
        self._told.hide()
        self._left.addLayout(self._tools)
        self._left.addWidget(self._told)
        self._left.addWidget(self.replace_bar)
        self._left.addWidget(self.editor, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(left)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setSizes([px(720), px(380)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.resize(px(1120), px(760))
        kept = self._context.settings.text(SIZE)
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))

    def _tool(self, title: str, keys: str, run: object) -> QPushButton:
        button = QPushButton(title, self)
        button.setAutoDefault(False)
        button.setToolTip(f"{title} ({keys})" if keys else title)
        button.clicked.connect(run)
        self._tools.addWidget(button)
        return button

    # ------------------------------------------------------------------------------- sound

    def _listen(self, listening: Listening) -> None:
        """Let the recording follow the editor, with the keys that the user has for it."""
        context = self._context
        commands = sound_commands(listening, self.insert_time, lambda: True)
        used = [one for one in commands if one.id in IN_EDITOR]
        keys = keys_of(context, used)
        self.player_bar = PlayerBar(context.theme, listening, self)
        self.player_bar.set_commands((), keys)
        self._left.insertWidget(1, self.player_bar)
        if listening.recording is not None:
            stamp = self._tool(
                tr("Insert the time that is heard"), keys.get("sound.insert_time", ""),
                self.insert_time,
            )  # fmt: skip
            self._tools.removeWidget(stamp)
            self._tools.insertWidget(1, stamp)
        own = context.settings.mapping("shortcuts")
        for one in used:
            sequence = own.get(one.id, one.shortcut)
            if sequence:
                QShortcut(QKeySequence(sequence), self, one.run)
        listening.follow(self._script)

    def insert_time(self) -> None:
        """Put the time that is heard at the caret, as the text writes times."""
        listening = self._listening
        if listening is None or listening.player() is None or listening.recording is None:
            self._say(tr("Play the recording first; then its time can be inserted here."))
            return
        self._say("")
        time = max(0, listening.position - listening.offset)
        at = self.editor.caret()
        self.editor.insert_here(to_insert(self.editor.shown(), at, time))
        self.editor.setFocus()

    # ----------------------------------------------------------------------------- finding

    def open_find(self) -> None:
        """Look for words."""
        self.replacing.open()

    def open_replace(self) -> None:
        """Look for words to put others in their place."""
        self.replacing.open(replacing=True)

    # ------------------------------------------------------------------------- consequences

    def _on_editor_text_changed(self) -> None:
        self.save_button.setEnabled(False)
        self._timer.start()

    def _edits(self) -> tuple[Edit, ...]:
        """Return what was changed; an earlier text that was left as it is counts exactly."""
        proposed = self._proposal.text if self._proposal is not None else None
        if proposed is not None and self.editor.shown() == proposed.translate(SHOWN_FOR):
            return edits_between(self._text, proposed)
        return self.editor.edits()

    def _work_out(self) -> None:
        """Say what saving would do now."""
        self._timer.stop()
        project = self._context.bridge.project
        try:
            plan = corrections.plan_correction(
                project, document=self._document.id, edits=self._edits()
            )
        except UserError as error:
            alerts.show_error(self, error)
            return
        self.side.show_report(report(project, plan))
        self._changed = bool(plan.edits)
        self._lost = bool(plan.lost)
        self._script.take_edits(plan.edits)
        if self._listening is not None:
            self._listening.refresh_times()
        self._show_state()

    def _show_state(self) -> None:
        allowed = not self._lost or self.side.agree.isChecked()
        self.save_button.setEnabled(self._changed and allowed)

    def _on_side_place_wanted(self, start: int, end: int) -> None:
        if not self._timer.isActive():
            self.editor.select(start, end)

    # ------------------------------------------------------------------------------- saving

    def save(self) -> None:
        """Save the correction as one step that can be undone."""
        if self._timer.isActive():
            self._work_out()
        if not self.save_button.isEnabled():
            return
        proposal, name = self._proposal, self._document.name
        notice = tr("Corrected {name}.", name=name)
        if proposal is not None:
            notice = tr("{name} has text {n} again.", name=name, n=proposal.number)
        done = self._context.bridge.run(
            corrections.correct_text,
            document=self._document.id,
            edits=self._edits(),
            drop_lost=self.side.agree.isChecked(),
            made_for=self._document.text_hash,
            called=corrections.CORRECT if proposal is None else text_versions.RESTORE,
            notice=notice,
        )
        if done is not None:
            self.accept()

    def reject(self) -> None:
        """Close without saving; what was typed is there again the next time."""
        if not self.replace_bar.isHidden():
            self.replacing.close()
            return
        if self._proposal is None and self.editor.edits():
            draft = Draft(self._document.text_hash, self.editor.shown(), self.editor.caret())
            self._drafts.keep(self._document.guid, draft)
            self._context.bridge.told.emit(
                tr(
                    "Not saved. What you typed in {name} is there again when you correct it, "
                    "until the project is closed.",
                    name=self._document.name,
                )
            )
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the whole window, also while the line for replacing is open."""
        self.replacing.close()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave off working things out: the project may be closed next."""
        self._timer.stop()
        self.replacing.stop()
        super().hideEvent(event)

    def done(self, result: int) -> None:
        """Keep the size, and let the player go back."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._context.settings.set(SIZE, geometry)
        super().done(result)


def _title(document: Document, proposal: Proposal | None) -> str:
    if proposal is None:
        return tr("Correct the text – {name}", name=document.name)
    return tr("Go back to text {n} – {name}", n=proposal.number, name=document.name)
