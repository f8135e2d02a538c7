"""Let the user settle disagreements: what the pane wishes for becomes operations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from qda.gui.language import say, tr, tr_n
from qda.gui.matrix.settling_pane import Looked, SettlingPane, SettlingRoom, stretches
from qda.model.agreement import SETTLING, Conflict, Decision, SettledState, Standing, decided
from qda.model.changes import OpResult
from qda.model.entities import Coding
from qda.model.ids import CodingId
from qda.operations import settling
from qda.store import codings, documents, memos, settlements

if TYPE_CHECKING:
    from qda.gui.matrix.agreeing import Comparison
    from qda.gui.matrix.model import Target
    from qda.gui.matrix.workspace import MatrixWorkspace

AROUND = 160
"""Characters that are shown before and behind what was coded."""
MOST = 3_000
"""Characters of a disagreement that are shown."""
_OPEN = Standing("open")


class Settler(QObject):
    """Between the comparison of two coders, the pane that settles, and the project."""

    def __init__(self, workspace: MatrixWorkspace) -> None:
        """Put the pane above the evidence."""
        super().__init__(workspace)
        self._workspace = workspace
        self._context = workspace.context
        self.pane = SettlingPane(self._context.theme, workspace)
        self._found: Comparison | None = None
        self.standing: dict[str, Standing] = {}
        """How each disagreement stands, by its id."""
        self._within: tuple[Conflict, ...] = ()
        self._listed: tuple[Conflict, ...] = ()
        self._numbers: dict[str, int] = {}
        self._current = ""
        self._shown = "all"
        self._filling = False
        self._place: object = None
        self.room = SettlingRoom(self.pane, workspace)
        workspace.evidence.put_above(self.room)
        workspace.evidence.quotes.installEventFilter(self)
        self.pane.decided.connect(self._on_pane_decided)
        self.pane.discussed.connect(self._on_pane_discussed)
        self.pane.step_wanted.connect(self.step)
        self.pane.shown_changed.connect(self.show_only)
        self.pane.left.connect(workspace.enter_evidence)
        workspace.evidence.quotes.quote_chosen.connect(self._on_quote_chosen)

    # ------------------------------------------------------------------------------ showing
    def take(self, found: Comparison) -> None:
        """Tell how each disagreement of a comparison stands now."""
        from qda.analysis.conflicts import standings  # lazy: it brings numpy

        connection = self._context.bridge.project.connection
        known = settlements.of_pair(connection, found.report.spec.coders)
        self._found = found
        self.standing = standings(found.snapshot, found.conflicts, known)

    def clear(self) -> None:
        """Show no disagreement."""
        self._found, self._within, self._listed, self._numbers = None, (), (), {}
        if self.pane.isVisibleTo(self._workspace.evidence):
            self.pane.save()
        self.room.hide()

    def state(self, conflict: Conflict) -> SettledState:
        """Return how a disagreement stands."""
        return self.standing.get(conflict.id, _OPEN).state

    def counts(self, conflicts: Sequence[Conflict]) -> Counter[SettledState]:
        """Return how many stand how."""
        return Counter(self.state(one) for one in conflicts)

    def counts_words(self, conflicts: Sequence[Conflict]) -> str:
        """Return how many are settled, in words; empty where there are none."""
        if not conflicts:
            return ""
        states = self.counts(conflicts)
        said = tr("{n} of {all} settled", n=states["settled"], all=len(conflicts))
        if states["changed"]:
            changed = tr_n("{n} changed since", "{n} changed since", states["changed"])
            said = f"{said} · {changed}"
        return said

    def mark(self, coding: CodingId) -> str:
        """Return how the disagreement of a segment stands, in a word; empty where it is open."""
        conflict = self._of(coding)
        if conflict is None:
            return ""
        return {"open": "", "settled": tr("settled"), "changed": tr("changed since")}[
            self.state(conflict)
        ]

    def show(self, found: Comparison, target: Target) -> tuple[Conflict, ...]:
        """Show the disagreements behind a row or a cell; return those that are stepped through."""
        line = found.line(target.row)
        place = (line and line.guid, target.column, found.report.spec)
        if place != self._place:
            self._place, self._current = place, ""
        self._within = found.conflicts_at(target.row, target.column)
        self._list()
        return self._listed

    @contextmanager
    def filling(self) -> Generator[None]:
        """Let the list be filled; then its current segment is one of what is looked at."""
        self._filling = True
        yield
        self._filling = False
        self._choose_quote()

    def _list(self) -> None:
        self._listed = self._within
        if self._shown != "all":
            settled = self._shown == "settled"
            self._listed = tuple(
                one for one in self._within if (self.state(one) == "settled") == settled
            )
        self._numbers = {one.id: number for number, one in enumerate(self._listed)}
        if self._current not in self._numbers:
            self._current = self._listed[0].id if self._listed else ""
        self._show_current()

    def _show_current(self) -> None:
        self.pane.shown.set_value(self._shown)
        self.room.setVisible(bool(self._within))
        if not self._within:
            return
        writable = not self._context.bridge.project.read_only
        conflict = self.current()
        looked = None if conflict is None else self._look(conflict)
        self.pane.show_disagreement(looked, writable=writable)

    def current(self) -> Conflict | None:
        """Return the disagreement that is looked at."""
        return self._numbered(self._current)

    def _numbered(self, conflict_id: str) -> Conflict | None:
        number = self._numbers.get(conflict_id)
        return None if number is None else self._listed[number]

    def _of(self, coding: CodingId) -> Conflict | None:
        return None if self._found is None else self._found.conflict_of.get(coding)

    def _look(self, conflict: Conflict) -> Looked:
        assert self._found is not None  # noqa: S101 - it holds the conflict
        report, entities = self._found.report, self._found.snapshot.entities
        connection = self._context.bridge.project.connection
        standing = self.standing.get(conflict.id, _OPEN)
        text = documents.text(connection, conflict.document)
        sides = [
            [one for one in (codings.by_id(connection, each) for each in side) if one is not None]
            for side in conflict.sides
        ]
        start = max(0, conflict.start - AROUND)
        end = min(len(text), conflict.end + AROUND, start + MOST)
        spans = [[(one.start, one.end) for one in side] for side in sides]
        memo = memos.by_id(connection, standing.memo) if standing.memo is not None else None
        code = next(one for one in entities.codes if one.id == conflict.code)
        document = next(one for one in entities.documents if one.id == conflict.document)
        number = self._numbers[conflict.id] + 1
        where = tr("{n} of {all}", n=number, all=len(self._listed))
        decision = decided(conflict, standing)
        return Looked(
            id=conflict.id,
            about=f"{where} · {self._state_words(standing.state, decision)}",
            where=f"{document.name} · {self._paths()[code.id]}",
            names=report.coders,
            sides=(
                self._said(report.coders[0], sides[0], conflict),
                self._said(report.coders[1], sides[1], conflict),
            ),
            text=stretches(text, spans, start, end),
            color=code.color,
            decision=decision if standing.state != "open" else "open",
            memo=memo.text if memo is not None else "",
        )

    def _paths(self) -> dict[int, str]:
        assert self._found is not None  # noqa: S101 - asked for what it holds
        return {one.code: one.path for one in self._found.report.codes}

    def _state_words(self, state: SettledState, decision: Decision) -> str:
        assert self._found is not None  # noqa: S101 - asked for what it holds
        found = settling.decision_words(self._found.report.coders, decision)
        how = "" if found is None else say(found)
        if state == "open":
            return tr("open")
        if state == "settled":
            return tr("settled: {how}", how=how)
        return tr("the codings have changed since it was settled: {how}", how=how)

    def _said(self, name: str, side: Sequence[Coding], conflict: Conflict) -> str:
        """Return what one coder did there: with the code, and otherwise."""
        paths = self._paths()
        if side:
            codes = dict.fromkeys(paths.get(one.code, "") for one in side)
            said = tr("{name}: {value}", name=name, value=", ".join(codes))
            notes = [one.memo for one in side if one.memo]
            return " – ".join((said, *notes))
        assert self._found is not None  # noqa: S101 - asked for what it holds
        who = conflict.coders[self._found.report.coders.index(name)]
        connection = self._context.bridge.project.connection
        others = dict.fromkeys(
            paths.get(one.code, "")
            for one in codings.of_document(connection, conflict.document)
            if one.coder == who and one.start < conflict.end and conflict.start < one.end
        )
        if others:
            return tr("{name}: not this, but {codes}", name=name, codes=", ".join(others))
        return tr("{name}: nothing here", name=name)

    # ---------------------------------------------------------------------------- what is done
    def can_settle(self) -> bool:
        """Tell whether a disagreement is looked at that can be settled."""
        return self.current() is not None and not self._context.bridge.project.read_only

    def settle(self, decision: Decision) -> None:
        """Settle what is looked at, and go on to the next."""
        self.pane.settle(decision)

    def step(self, by: int) -> None:
        """Look at another one; behind the last comes the first."""
        if not self._listed:
            return
        here = self._numbers.get(self._current, 0)
        self._current = self._listed[(here + by) % len(self._listed)].id
        self._show_current()
        self._choose_quote()

    def show_only(self, shown: str) -> None:
        """Step through all, only those that are open, or only those that are settled."""
        self._shown = shown
        self._workspace.show_evidence()

    def discuss(self) -> None:
        """Put the keyboard where the disagreement is discussed."""
        self.pane.write_on()

    def can_take_agreed(self) -> bool:
        """Tell whether what the two agree on can be taken over."""
        return self._found is not None and not self._context.bridge.project.read_only

    def take_agreed(self) -> None:
        """Take over what the two agree on into the settled layer."""
        from qda.analysis.conflicts import conflicts, standings  # lazy: it brings numpy

        found = self._found
        if found is None:
            return
        agreed = conflicts(found.snapshot, found.report.spec, agreed=True)
        connection = self._context.bridge.project.connection
        known = settlements.of_pair(connection, found.report.spec.coders)
        standing = standings(found.snapshot, agreed, known)
        new = [one for one in agreed if standing[one.id].state != "settled"]
        if not new:
            self._context.bridge.told.emit(tr("There is nothing new that they agree on."))
            return
        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Taking over what they agree on"),
            settling.take_agreed,
            on_done=self._on_taken,
            on_ended=self._workspace.refresh,
            conflicts=new,
        )

    def _on_taken(self, done: OpResult[tuple[Coding, ...]]) -> None:
        layer = settling.default_layer(self._context.bridge.project)
        self._context.bridge.noticed.emit(
            tr_n("{n} coding of {name}.", "{n} codings of {name}.", len(done.value), name=layer)
        )

    def _choose_quote(self) -> None:
        conflict = self.current()
        quotes = self._workspace.evidence.quotes
        for one in conflict.codings if conflict is not None else ():
            if quotes.choose(one):
                return

    def _on_quote_chosen(self, coding: object) -> None:
        if self._filling:
            return
        conflict = self._of(CodingId(coding)) if isinstance(coding, int) else None
        if conflict is not None and conflict.id != self._current and conflict.id in self._numbers:
            self.pane.save()
            self._current = conflict.id
            self._show_current()

    def _on_pane_decided(self, conflict_id: str, decision: object) -> None:
        conflict = self._numbered(conflict_id)
        if conflict is None:
            return
        run = self._context.bridge.run
        if decision is None:
            if self.state(conflict) != "open":
                run(settling.reopen, conflicts=[conflict], notice=tr("Taken up again."))
            return
        here = self._numbers[conflict.id]
        following = self._listed[(here + 1) % len(self._listed)].id
        chosen = next(one for one in SETTLING if one == decision)
        standing = self.standing.get(conflict.id, _OPEN)
        known = standing.state == "settled" and decided(conflict, standing) == chosen
        self._current = following
        if known:
            # It is settled so already.
            self._show_current()
            self._choose_quote()
        elif (
            run(settling.settle, conflicts=[conflict], decision=chosen, notice=tr("Settled."))
            is None
        ):
            self._current = conflict.id
            self._show_current()

    def _on_pane_discussed(self, conflict_id: str, text: str) -> None:
        conflict = next((one for one in self._within if one.id == conflict_id), None)
        if conflict is not None:
            self._context.bridge.run(
                settling.discuss, initiator=self, conflict=conflict, text=text, joins=True
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle and step by single keys in the list of segments, too."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self.pane.isVisibleTo(self._workspace.evidence)
            and self.pane.act_on(event)
        ):
            return True
        return super().eventFilter(watched, event)
