"""Going through suggestions in the coding room: one at a time, by keyboard, each undone alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qda.gui.coding.suggestion_making import SuggestionMaking
from qda.gui.coding.suggestion_queue import Order, SuggestionQueue, name_of
from qda.gui.coding.suggestion_rows import QueueRows, evidence_rows
from qda.gui.coding.suggestion_span import SuggestedSpan
from qda.gui.coding.suggestion_words import meaning, sentence
from qda.gui.language import tr, tr_n
from qda.gui.widgets.queue_list import Reach
from qda.model.ids import DocumentId
from qda.operations import suggestions as operations
from qda.store import documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qda.gui.coding.workspace import CodingWorkspace
    from qda.gui.widgets.transcript import TranscriptView
    from qda.model.changes import Changes
    from qda.model.suggestions import Proposals, Suggestion

ORDER = "coding.suggestions.order"
OLD = 10
"""Codings that changed by hand since suggestions were made, from which on that is said."""
TABLES = ("suggestion_decision", "coding", "code", "document", "coder")


class SuggestionReview(QObject):
    """Show the queue and the suggestion at hand, and do what is decided of it."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Review on behalf of `room`."""
        super().__init__(room)
        self._room = room
        self._pane = room.suggestion_pane
        self.queue = SuggestionQueue()
        self.making = SuggestionMaking(room, self)
        self._at: Suggestion | None = None
        self.span = SuggestedSpan(room, self)
        self._following = ""
        self._rows = QueueRows()
        self._names: dict[DocumentId, str] = {}
        self._pane.order.set_value(room.context.settings.text(ORDER) or "code")
        self._connect()

    def _connect(self) -> None:
        pane, detail = self._pane, self._pane.detail
        pane.closed.connect(self.close)
        pane.order_changed.connect(self._on_pane_order_changed)
        pane.back_wanted.connect(self.show_start)
        pane.start.begin_wanted.connect(self.begin)
        pane.list.row_chosen.connect(self._on_list_row_chosen)
        pane.list.left.connect(self.show_start)
        pane.list.reach_wanted.connect(self._on_list_reach_wanted)
        for source in (pane.list, detail):
            source.accept_wanted.connect(self.accept)
            source.reject_wanted.connect(self.reject)
            source.later_wanted.connect(self.postpone)
        detail.reset_wanted.connect(self.show_current)
        detail.evidence_wanted.connect(self._on_detail_evidence_wanted)
        self.span.altered.connect(self._tell_span)
        self.making.made.connect(self._on_making_made)

    # ----------------------------------------------------------------------- coming and going

    @property
    def on(self) -> bool:
        """Tell whether the suggestions are open."""
        return self._room.shows_suggestions()

    @property
    def reviewing(self) -> bool:
        """Tell whether a suggestion is at hand to decide."""
        return self.on and self._pane.reviewing and self._at is not None

    def can_decide(self) -> bool:
        """Tell whether the suggestion at hand can be decided."""
        return self.reviewing and self._room.can_write()

    def open(self) -> None:
        """Open the suggestions for the codes picked in the tree; where they are open, go there."""
        if not self.on:
            picked = self._room.code_pane.picked()
            self._room.show_suggestions(on=True)
            self.making.ask_for(picked or None)
            self.show_start()
        elif self.reviewing:
            self.show_current()
        self._pane.focus_first()

    def close(self) -> None:
        """Close the suggestions; nothing of them stays in the text."""
        focused = self._room.focusWidget()
        inside = focused is not None and self._pane.isAncestorOf(focused)
        self.making.stop()
        self._drop()
        self._room.show_suggestions(on=False)
        if inside:
            self._room.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        """Let go of the suggestion at hand."""
        self.span.drop()
        self._at = None

    def show_start(self) -> None:
        """Show what the suggestions are made of and worth."""
        self._drop()
        came = self._pane.reviewing
        inside = came and self._pane.isAncestorOf(self._room.focusWidget() or self._room)
        self._pane.show_start()
        if came:
            self.making.come_back(decided=not self.left_now())
        else:
            self.making.tell()
        if inside:
            self._pane.focus_first()

    def begin(self) -> None:
        """Begin to go through the suggestions."""
        self._refresh()
        self._pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Make nothing any more; before the project is closed."""
        self.making.stop()

    # ------------------------------------------------------------------------------ the queue

    def order(self) -> Order:
        """Return in which order the queue stands."""
        return "text" if self._pane.order.value() == "text" else "code"

    def left_now(self) -> tuple[Suggestion, ...]:
        """Return what is left to decide, in order."""
        room = self._room
        return self.queue.refresh(
            room.context.bridge.project, self.order(), room.sources.documents(),
            self.making.coder(), room.code_pane.model.codes(),
        ).suggestions  # fmt: skip

    def _refresh(self, wanted: str = "") -> None:
        """Show what is left to decide; go to `wanted`, else stay, else go to what is next."""
        before = self._at
        self.left_now()
        codes = self._room.known_codes()
        rows = self._rows.rows(self.queue.left, self.order(), codes, self._document_names())
        self._pane.show_queue(rows)
        if wanted and self._pane.list.choose(wanted):
            self._pane.show_place()
        self._at = self.queue.find(self._pane.list.current_id())
        if self._at is None:
            self._tell_done()
        elif before is None or name_of(before) != name_of(self._at):
            self.show_current()
        else:
            # The borders stay as they are now, whatever else is said of it.
            self._tell_current()

    def _document_names(self) -> dict[DocumentId, str]:
        if not self._names:
            everything = documents.all_documents(self._room.context.bridge.project.connection)
            self._names = {one.id: one.name for one in everything}
        return self._names

    def show_current(self) -> None:
        """Show the suggestion at hand in the transcript as it was made, and why it was made."""
        at, room = self._at, self._room
        if at is None:
            return
        room.code_pane.choose(at.key.code)
        self.span.show(at)
        self._tell_current()

    def _tell_current(self) -> None:
        at, room = self._at, self._room
        if at is None:
            return
        codes, names = room.known_codes(), self._document_names()
        code = codes.get(at.key.code)
        if code is not None:
            evidence = evidence_rows(at, codes, names, room.context.bridge.project)
            why, writable = sentence(at, code.name), room.can_write()
            self._pane.detail.show_reasons(why, meaning(code), evidence, writable=writable)
        self._tell_span()

    def _tell_done(self) -> None:
        decided = self.queue.decided
        self._pane.show_done(
            tr(
                "Here you accepted {accepted} and rejected {rejected}.",
                accepted=decided.get("accepted", 0),
                rejected=decided.get("rejected", 0),
            ),
        )

    def _on_list_row_chosen(self, identifier: object) -> None:
        self._at = self.queue.find(identifier)
        self._pane.show_place()
        self.show_current()

    def _on_pane_order_changed(self) -> None:
        self._room.context.settings.set(ORDER, self.order())
        if self._pane.reviewing:
            self._refresh()

    def step(self, step: int) -> None:
        """Go to the next suggestion, or the previous one."""
        self._pane.list.step(step)

    # -------------------------------------------------------------------------------- deciding

    def accept(self) -> None:
        """Code what is proposed, with the borders as they are now."""
        at = self._at
        if at is None or not self.can_decide():
            return
        room = self._room
        done = room.context.bridge.run(
            operations.accept, keys=[at.key], span=self.span.adjusted(), initiator=self
        )
        if done is None:
            return
        room.actions_on_text.last_code = at.key.code
        room.code_used.emit(at.key.code)
        if not all(room.layers.sight.shows(one) for one in done.value):
            room.context.bridge.told.emit(tr("Coded; the layers hide this coding."))

    def reject(self) -> None:
        """Refuse what is proposed, for good."""
        at = self._at
        if at is not None and self.can_decide():
            self._room.context.bridge.run(operations.reject, keys=[at.key], initiator=self)

    def postpone(self) -> None:
        """Leave what is proposed for the end; what was left for the end stays there."""
        at = self._at
        if at is None or not self.can_decide():
            return
        if self.queue.is_later(at):
            self.step(1)
            return
        everything = self.queue.left.suggestions
        place = everything.index(at)
        # It goes to the end, and the reader on to what came after it.
        self._following = name_of(everything[place + 1]) if place + 1 < len(everything) else ""
        self._room.context.bridge.run(operations.postpone, keys=[at.key], initiator=self)

    # ------------------------------------------------------------------------------- adjusting

    def listen(self, view: TranscriptView) -> None:
        """Listen to one more transcript."""
        self.span.listen(view)

    def _tell_span(self) -> None:
        self._pane.detail.show_adjusted(self.span.told())

    def _on_list_reach_wanted(self, reach: Reach) -> None:
        if self.can_decide():
            self.span.reach(reach.edge, reach.unit, reach.step)

    def _on_detail_evidence_wanted(self, row: object) -> None:
        self.span.look_at(row)
        self._pane.detail.show_adjusted(tr("You are looking at what it rests on."))

    # ------------------------------------------------------------------------------- following

    def follow(self, changes: Changes, initiator: object) -> None:
        """Bring the queue up to date, with the reader where she was."""
        if not self.on:
            return
        if changes.touches("document"):
            self._names = {}
        self.making.follow(changes)
        if not changes.touches(*TABLES):
            return
        project = self._room.context.bridge.project
        self.queue.forget_codings(project, changes.of("coding"))
        if not self._pane.reviewing:
            self.making.tell()
            return
        wanted, self._following = self._following, ""
        later = self.queue.later_ids()
        names = map(name_of, self.queue.left.suggestions)
        before = {one: one in later for one in names}
        self._refresh(wanted)
        if initiator is not self:
            self._go_to_what_came_back(before)
        self._tell_stale()

    def _go_to_what_came_back(self, before: Mapping[str, bool]) -> None:
        """Go to the suggestion that an undo brought back, or out of what was put off."""
        later = self.queue.later_ids()
        now = [name_of(one) for one in self.queue.left.suggestions]
        back = [one for one in now if one not in before or (before[one] and one not in later)]
        if len(back) == 1:
            self._refresh(back[0])

    def _tell_stale(self) -> None:
        count = self.making.older
        self._pane.show_stale(
            tr_n(
                "{n} coding has changed since these were made.",
                "{n} codings have changed since these were made.",
                count,
            )
            if count >= OLD
            else ""
        )

    def _on_making_made(self, proposals: Proposals) -> None:
        self.queue.take(proposals.suggestions)
        self._rows.clear()
        if self._pane.reviewing:
            self._refresh()
            self._tell_stale()
