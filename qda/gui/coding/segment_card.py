"""The segment at hand: whom it concerns and why, stance, scale, note."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QWidget

from qda.gui import icons
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.transcripts.stances import stance_words
from qda.gui.widgets.autosave import Autosave
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.labels import Card
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.entities import STANCES, Code, Coding
from qda.model.ids import CodingId


@dataclass(frozen=True, slots=True)
class SegmentFacts:
    """What the card says of a coding beside the coding itself, worded for the user."""

    coding: Coding
    code: Code
    turn: int | None
    cases: tuple[tuple[int, str, bool], ...]
    origin: str
    coder: str
    participants: str


class SegmentCard(Card):
    """Show and change one coding."""

    stance_changed = Signal(object)
    """The user chose a stance.

    Parameters: it, or None.
    """
    value_changed = Signal(object)
    """The user chose a value of the scale.

    Parameters: it, or None.
    """
    memo_changed = Signal(int, str)
    """The user wrote a note and paused.

    Parameters: the coding's id; the note.
    """
    case_removed = Signal(int)
    """The user took away one of the coding's own cases.

    Parameters: the case's id.
    """
    left = Signal()
    """The user is done with the note and wants to read on."""
    cases_wanted = Signal()
    """The user wants to choose which cases the coding concerns."""
    segment_shown = Signal(object)
    """Another segment is shown, or the same anew.

    Parameters: the coding's id, None for none.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty card, hidden until there is a segment."""
        super().__init__(theme, tr("This segment"), parent)
        self._facts: SegmentFacts | None = None
        self._shown_cases: tuple[tuple[int, str, bool], ...] | None = None
        self._code = self._label("strong")
        self._who = self._label("muted")
        self._concerns = QLabel(tr("Concerns"), self)
        self._cases = QWidget(self)
        self._case_flow = FlowLayout(self._cases, theme.px(6))
        self._origin = self._label("muted")
        self._link = QToolButton(self)
        self._link.setText(tr("Choose office …"))
        # With an icon and no style of its own a tool button shows the icon alone.
        self._link.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._link.setAccessibleName(tr("Choose which offices this segment concerns"))
        self._stance = SegmentedControl(
            theme,
            [(stance, word) for stance, word in zip(STANCES, stance_words(), strict=True)],
            optional=True,
            name=tr("Stance"),
            parent=self,
        )
        self._scale: SegmentedControl | None = None
        self._scale_place = QHBoxLayout()
        self._memo = QPlainTextEdit(self)
        self._memo.setPlaceholderText(tr("Write a note …"))
        self._memo.setAccessibleName(tr("Note on this segment"))
        self._memo.setTabChangesFocus(True)
        self._memo.setMaximumHeight(theme.px(96))
        self._saving = Autosave(self)
        self._lay_out()
        self._memo.installEventFilter(self)
        self.show_segment(None)
        self._stance.value_changed.connect(self.stance_changed)
        self._link.clicked.connect(self.cases_wanted)
        self._memo.textChanged.connect(self._on_memo_text_changed)
        self._saving.due.connect(self.save_memo)

    def _label(self, kind: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("kind", kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _lay_out(self) -> None:
        for widget in (self._code, self._who, self._concerns, self._cases, self._origin):
            self.body.addWidget(widget)
        self.body.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._stance, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._scale_place)
        self.body.addWidget(self._memo)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        super().set_theme(theme)
        if hasattr(self, "_link"):
            self._link.setIcon(icons.icon("link", theme.muted_tinted, theme.px(14), theme.line))

    def show_segment(self, facts: SegmentFacts | None, *, writable: bool = True) -> None:
        """Show a coding, or hide; a note that is being written is saved first."""
        self.save_memo()
        self._facts = facts
        if facts is None:
            self.hide()
            self.segment_shown.emit(None)
            return
        self._describe(facts, writable=writable)
        self.segment_shown.emit(facts.coding.id)
        # Shown when all is said: else everything around it would be laid out twice.
        self.show()

    def _describe(self, facts: SegmentFacts, *, writable: bool) -> None:
        if facts.turn is None:
            self.set_title(tr("This segment"))
        else:
            self.set_title(tr("This segment · turn {n}", n=facts.turn))
        self._code.setText(facts.code.name)
        self._who.setText(" · ".join(part for part in (facts.participants, facts.coder) if part))
        self._show_cases(facts)
        self._origin.setText(facts.origin)
        self._stance.set_value(facts.coding.stance)
        self._show_scale(facts)
        if self._memo.toPlainText() != facts.coding.memo and not self._memo.hasFocus():
            self._memo.blockSignals(True)
            self._memo.setPlainText(facts.coding.memo)
            self._memo.blockSignals(False)
        for widget in (self._link, self._stance, self._cases):
            widget.setEnabled(writable)
        self._memo.setReadOnly(not writable)

    def _show_cases(self, facts: SegmentFacts) -> None:
        if facts.cases == self._shown_cases:
            return
        self._shown_cases = facts.cases
        while self._case_flow.count():
            item = self._case_flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, name, own in facts.cases:
            chip = Chip(self._theme, name, removable=own, parent=self._cases)
            chip.setProperty("case", number)
            chip.removed.connect(self._on_chip_removed)
            self._case_flow.addWidget(chip)
            chip.show()
        self._cases.setVisible(bool(facts.cases))
        self._cases.updateGeometry()

    def _show_scale(self, facts: SegmentFacts) -> None:
        if self._scale is not None:
            self._scale_place.removeWidget(self._scale)
            self._scale.hide()
            self._scale.deleteLater()
            self._scale = None
        if not facts.code.scale:
            return
        options: Sequence[tuple[object, str]] = [(value, value) for value in facts.code.scale]
        self._scale = SegmentedControl(
            self._theme, options, optional=True, name=tr("Scale"), parent=self
        )
        self._scale.set_value(facts.coding.value or None)
        self._scale_place.addWidget(self._scale, 0, Qt.AlignmentFlag.AlignLeft)
        self._scale.value_changed.connect(self.value_changed)
        self._scale.show()

    def add_section(self, section: QWidget) -> None:
        """Show something more of the segment below its note."""
        self.body.addWidget(section)

    def focus_memo(self) -> None:
        """Let the user write the note at once."""
        self._memo.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def coding(self) -> CodingId | None:
        """Return the coding that is shown."""
        return self._facts.coding.id if self._facts is not None else None

    def memo_text(self) -> str:
        """Return the note as written."""
        return self._memo.toPlainText()

    def save_memo(self) -> None:
        """Save a note that is being written."""
        self._saving.stop()
        facts = self._facts
        if facts is not None and self._memo.toPlainText() != facts.coding.memo:
            # Taken over at once, so that the echo of the change does not save it again.
            coding = replace(facts.coding, memo=self._memo.toPlainText())
            self._facts = replace(facts, coding=coding)
            self.memo_changed.emit(coding.id, coding.memo)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save the note when the keyboard leaves it; Escape goes back to the text."""
        if (
            watched is self._memo
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.left.emit()
            return True
        if watched is self._memo and event.type() == QEvent.Type.FocusOut:
            self.save_memo()
        return super().eventFilter(watched, event)

    def _on_memo_text_changed(self) -> None:
        self._saving.touch()

    def _on_chip_removed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Chip):
            self.case_removed.emit(int(sender.property("case")))
