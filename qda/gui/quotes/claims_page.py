"""The claim ledger: findings, their status and reason, and what speaks for and against each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.quotes.engine import TABLES, QuoteEngine
from qda.gui.quotes.page import Page, ids_of, is_table, left_column
from qda.gui.theme import Theme
from qda.gui.widgets.autosave import Autosave
from qda.gui.widgets.labels import EmptyPlace, PaneHeader, SmallCaps
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.gui.widgets.trouble import Trouble
from qda.model.ids import ClaimId, CodingId
from qda.model.judgements import CLAIM_STATUSES, Claim
from qda.model.matrix import Quote
from qda.operations import claims as operations
from qda.operations.claims import STATUS_WORDS
from qda.store import judgements


class ClaimsPage(Page):
    """Write findings and see what they rest on."""

    key = "claims"
    tables = (*TABLES, "claim", "claim_evidence")
    anywhere = frozenset({"quotes.claim"})
    list_wanted = Signal()
    """The user wants to find quotes as evidence."""

    def __init__(self, context: Context, engine: QuoteEngine, parent: QWidget) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, engine, parent)
        theme = context.theme
        self._claims: dict[int, Claim] = {}
        self._quotes: dict[CodingId, Quote] = {}
        self.list = QuoteList(theme, tr("Findings"), self, click_activates=False)
        self.new = QPushButton(tr("New finding"), self)
        self.new.setProperty("kind", "primary")
        self.up = QPushButton(tr("Up"), self)
        self.down = QPushButton(tr("Down"), self)
        self.export = QPushButton(tr("Export …"), self)
        self._empty = EmptyPlace(
            theme, "quotes", tr("No findings yet"),
            tr("A finding says what the study holds to be so. Segments speak for and against it, "
               "and you see from which kinds of sources they are."),
            tr("New finding"), self,
        )  # fmt: skip
        self.right = QFrame(self)
        self.right.setProperty("kind", "pane")
        self.text = _box(self, tr("The finding"), tr("What is found?"))
        self.note = _box(self, tr("The reason"), tr("Why does it hold, or not?"))
        self.trouble = Trouble(theme, self)
        self.state = SegmentedControl(
            theme, [(one, status_word(one)) for one in CLAIM_STATUSES], name=tr("Status"),
            parent=self,
        )  # fmt: skip
        self.kinds = SmallCaps(theme, "", self)
        self.evidence = QuoteList(
            theme, tr("What speaks for and against"), self, several=True, click_activates=False
        )
        self.finder = QPushButton(tr("Find quotes …"), self)
        self.turn = QPushButton(tr("Turn to the other side"), self)
        self.away = QPushButton(tr("Take away"), self)
        self.remove = QPushButton(tr("Remove the finding"), self)
        self._pages = QStackedWidget(self)
        self._foot, self._words, self._buttons = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._saving = Autosave(self)
        self._lay_out(theme)
        self.set_theme(theme)
        self._connect()

    def _lay_out(self, theme: Theme) -> None:
        left, column = left_column(self)
        column.addSpacing(theme.px(8))
        column.addWidget(self.list, 1)
        self._foot.addWidget(self.new)
        for button in (self.up, self.down):
            button.setProperty("kind", "quiet")
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self._foot.addWidget(self.export)
        column.addLayout(self._foot)
        right = QVBoxLayout(self.right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(PaneHeader(theme, tr("Finding"), "", self))
        right.addLayout(self._words)
        for widget in (self.text, self.trouble, self.state, self.note, self.kinds):
            self._words.addWidget(widget)
        right.addWidget(self.evidence, 1)
        for button in (self.finder, self.turn, self.away):
            self._buttons.addWidget(button)
            button.setProperty("kind", "quiet")
        self._buttons.addStretch(1)
        self.remove.setProperty("kind", "quiet")
        self._buttons.addWidget(self.remove)
        right.addLayout(self._buttons)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.right)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made by Page
        layout.removeWidget(self.splitter)
        self._pages.addWidget(self.splitter)
        self._pages.addWidget(self._empty)
        layout.addWidget(self._pages)
        self.entry = self.list

    def _connect(self) -> None:
        for box in (self.text, self.note):
            box.installEventFilter(self)
            box.textChanged.connect(self._saving.touch)
        self.evidence.installEventFilter(self)
        self._saving.due.connect(self.save)
        self.list.quote_chosen.connect(self._on_list_quote_chosen)
        self.list.quote_activated.connect(self.write_on)
        self.evidence.quote_activated.connect(self._on_evidence_quote_activated)
        self.state.value_changed.connect(self._on_state_value_changed)
        for button, run in (
            (self.new, self.add), (self.export, self.ask_export), (self.away, self.take_away),
            (self.turn, self.turn_round), (self.remove, self.remove_claim),
            (self.up, partial(self.move_by, -1)), (self.down, partial(self.move_by, 1)),
        ):  # fmt: skip
            button.clicked.connect(run)
        self.finder.clicked.connect(self.list_wanted)
        self._empty.button_clicked.connect(self.add)

    def title(self) -> str:
        """Return the word for the page."""
        return tr("Findings")

    # ------------------------------------------------------------------------------- showing
    def load(self) -> None:
        """Show the ledger as it is now."""
        self.engine.forget()
        found = self.engine.claims()
        self._claims = {one.id: one for one in found}
        self._quotes = self.engine.quotes(part.coding for one in found for part in one.evidence)
        rows = [
            QuoteRow(one.id, one.text, self._about(place, one))
            for place, one in enumerate(found, start=1)
        ]
        # What is in the editor is not to be saved over what was just undone.
        self.list.blockSignals(True)
        self.list.set_quotes(rows)
        self._pages.setCurrentWidget(self.splitter if rows else self._empty)
        self.entry = self.list if rows else self._empty
        if self.list.current_id() is None and rows:
            self.list.choose(rows[0].id)
        self.list.blockSignals(False)
        self._show_current()
        self.counted.emit()

    def _about(self, place: int, claim: Claim) -> str:
        sides = Counter(one.side for one in claim.evidence)
        return " · ".join(
            filter(
                None,
                (
                    str(place),
                    tr("for {n}", n=sides["for"]),
                    tr("against {n}", n=sides["against"]),
                    self._kinds_of(one.coding for one in claim.evidence),
                    status_word(claim.status),
                ),
            )
        )

    def _kinds_of(self, codings: Iterable[CodingId]) -> str:
        """Say how many segments are of each kind of source."""
        from qda.operations.writeup.appendix import KINDS  # lazy: it brings numpy

        kinds = {one.name: one.kind for one in self.engine.snapshot.entities.documents}
        counts = Counter(
            kinds[self._quotes[one].document] for one in codings if one in self._quotes
        )
        catalogue = current_catalogue()
        return ", ".join(
            f"{word.say(catalogue)} {counts[kind]}" for kind, word in KINDS.items() if counts[kind]
        )

    def count(self) -> str:
        """Return how many findings there are."""
        return str(len(self._claims))

    def status(self) -> list[str]:
        """Return how many findings there are."""
        return [tr_n("{n} finding", "{n} findings", len(self._claims))]

    def current(self) -> Claim | None:
        """Return the finding at hand."""
        current = self.list.current_id()
        return self._claims.get(current) if isinstance(current, int) else None

    def has_claim(self) -> bool:
        """Tell whether a finding at hand can be changed."""
        return self.current() is not None and self.can_write()

    def has_quote(self) -> bool:
        """Tell whether a piece of evidence is at hand."""
        return isinstance(self.evidence.current_id(), int)

    def can_export(self) -> bool:
        """Tell whether there are findings."""
        return bool(self._claims)

    def _on_list_quote_chosen(self, claim: object) -> None:
        del claim
        self.save()
        self._show_current()

    def _show_current(self) -> None:
        claim = self.current()
        self.right.setEnabled(claim is not None)
        for button in (self.up, self.down, self.remove, self.finder):
            button.setEnabled(self.has_claim())
        self.new.setEnabled(self.can_write())
        if claim is None:
            self.evidence.set_quotes([])
            return
        other, self._shown = claim.id != self._shown, claim.id
        for box, text in ((self.text, claim.text), (self.note, claim.note)):
            box.setReadOnly(not self.can_write())
            if (other or not box.hasFocus()) and box.toPlainText() != text:
                box.blockSignals(True)
                box.setPlainText(text)
                box.blockSignals(False)
        self.state.set_value(claim.status)
        self.state.setEnabled(self.can_write())
        kinds = self._kinds_of(one.coding for one in claim.evidence)
        self.kinds.setText(kinds or tr("Nothing speaks for or against it yet"))
        sides = {one.coding: one.side for one in claim.evidence}
        order = sorted(sides, key=lambda one: (sides[one] != "for",))
        rows = {row.id: row for row in self.engine.rows(order, mark_picked=False)}
        words = {"for": tr("supports"), "against": tr("contradicts")}
        self.evidence.set_quotes(
            [
                QuoteRow(
                    row.id, row.text, f"{words[sides[one]]} · {row.attribution}", row.color, row.tip
                )
                for one in order
                if (row := rows.get(one)) is not None
            ]
        )
        for button in (self.turn, self.away):
            button.setEnabled(bool(order) and self.can_write())

    _shown: ClaimId | None = None

    # --------------------------------------------------------------------------------- doing
    def add(self) -> None:
        """Begin a finding, with the keyboard in its words."""
        self.save()
        made = self.context.bridge.run(operations.add_claim, text=tr("New finding"))
        if made is not None:
            self.show_claim(made.value.id)

    def show_claim(self, claim: int) -> None:
        """Show a finding that was just made, and let the user write what it says."""
        self.activate()
        self.list.choose(claim)
        self._show_current()
        self.write_on()
        self.text.selectAll()

    def write_on(self) -> None:
        """Put the keyboard into the words of the finding."""
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Save what is being written; a finding without words keeps those it had."""
        self._saving.stop()
        claim = self._claims.get(self._shown) if self._shown is not None else None
        if claim is None or self.text.isReadOnly():
            return
        text, note = self.text.toPlainText().strip(), self.note.toPlainText().strip()
        self.trouble.say("" if text else tr("A finding needs words; without any it is as it was."))
        text = text or claim.text
        if (text, note) != (claim.text, claim.note):
            self.context.bridge.run(
                operations.edit_claim, claim=claim.id, text=text, note=note, joins=True
            )

    def _on_state_value_changed(self, value: object) -> None:
        claim = self.current()
        if claim is not None:
            self.save()
            self.context.bridge.run(operations.edit_claim, claim=claim.id, status=str(value))

    def chosen(self) -> list[CodingId]:
        """Return the chosen pieces of evidence, else the one at hand."""
        return ids_of(self.evidence.selected_ids()) or ids_of([self.evidence.current_id()])

    def take_away(self) -> None:
        """Let the chosen segments be evidence no more."""
        claim = self.current()
        if claim is not None and self.chosen():
            self.context.bridge.run(
                operations.cite, claim=claim.id, coding_ids=self.chosen(), side=None,
                notice=tr("Taken away from the finding."),
            )  # fmt: skip

    def turn_round(self) -> None:
        """Let the chosen segments speak for the other side."""
        claim = self.current()
        if claim is None:
            return
        chosen = set(self.chosen())
        for side, other in (("for", "against"), ("against", "for")):
            ids = [one.coding for one in claim.evidence
                   if one.side == side and one.coding in chosen]  # fmt: skip
            if ids:
                self.context.bridge.run(operations.cite, claim=claim.id, coding_ids=ids, side=other)

    def move_by(self, step: int) -> None:
        """Move the finding at hand among the others."""
        claim = self.current()
        if claim is not None and self.can_write():
            shown = list(self._claims)
            place = shown.index(claim.id) + step
            if 0 <= place < len(shown):
                # Findings that are not shown keep their places around it.
                all_ids = [
                    one.id for one in judgements.all_claims(self.context.bridge.project.connection)
                ]
                to = all_ids.index(ClaimId(shown[place]))
                self.context.bridge.run(operations.move_claim, claim=claim.id, to=to)

    def remove_claim(self) -> None:
        """Remove the finding at hand; its segments stay."""
        claim = self.current()
        if claim is not None:
            self._saving.stop()
            self._shown = None
            self.context.bridge.run(
                operations.remove_claim, claim=claim.id, notice=tr("Removed the finding.")
            )

    def _on_evidence_quote_activated(self, coding: object) -> None:
        if isinstance(coding, int):
            self.context.navigator.go(Place("coding", coding=CodingId(coding)))

    def open_current(self) -> None:
        """Show the piece of evidence at hand in its transcript."""
        self._on_evidence_quote_activated(self.evidence.current_id())

    def copy(self) -> None:
        """Put the chosen pieces of evidence on the clipboard."""
        chosen = self.chosen()
        self.copy_quotes([self.engine.shown(self._quotes[one]) for one in chosen])

    def ask_export(self) -> None:
        """Ask where to write the ledger, and write it."""
        self.save()
        path = self.ask_file(tr("Export the findings"), tr("Findings"))
        if path is not None:
            from qda.operations.writeup.claim_list import claim_list  # lazy: it brings numpy

            self.write_file(path, claim_list(self.engine.material(), table=is_table(path)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save when the keyboard leaves a text; take evidence away with Delete."""
        if watched in (self.text, self.note) and event.type() == QEvent.Type.FocusOut:
            self.save()
        wanted = (
            watched is self.evidence
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Delete
            and self.can_write()
        )
        if wanted:
            self.take_away()
            return True
        return super().eventFilter(watched, event)

    def commands(self) -> Sequence[Command]:
        """Return what can be done with findings."""
        return [
            Command("quotes.claim", tr("New finding"), "quotes", self.add, "Ctrl+N",
                    enabled=self.can_write, separator_before=True),
            Command("quotes.claim.turn", tr("Let the evidence speak for the other side"), "quotes",
                    self.turn_round, enabled=self.has_claim),
            Command("quotes.claim.up", tr("Move the finding up"), "quotes",
                    partial(self.move_by, -1), enabled=self.has_claim),
            Command("quotes.claim.down", tr("Move the finding down"), "quotes",
                    partial(self.move_by, 1), enabled=self.has_claim),
            Command("quotes.claim.remove", tr("Remove the finding"), "quotes", self.remove_claim,
                    enabled=self.has_claim),
        ]  # fmt: skip

    def save_state(self) -> None:
        """Save what is being written, and keep the widths."""
        self.save()
        super().save_state()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(16)
        self._words.setContentsMargins(side, theme.px(4), side, theme.px(4))
        self._words.setSpacing(theme.px(8))
        self._foot.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
        self._buttons.setContentsMargins(theme.px(8), theme.px(8), theme.px(12), theme.px(12))
        self.text.setFont(fonts.text_font(theme.scale, 15))
        self.text.setFixedHeight(theme.px(76))
        self.note.setFixedHeight(theme.px(76))


def status_word(status: str) -> str:
    """Return the status of a finding, in the user's language."""
    return STATUS_WORDS[status].say(current_catalogue())


def _box(parent: QWidget, name: str, hint: str) -> QPlainTextEdit:
    box = QPlainTextEdit(parent)
    box.setAccessibleName(name)
    box.setPlaceholderText(hint)
    box.setTabChangesFocus(True)
    return box
