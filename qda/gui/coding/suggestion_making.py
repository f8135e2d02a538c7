"""Having suggestions made and measured off the main thread, for the codes that are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal

from qda.gui.blind import only_coder
from qda.gui.coding.suggestion_start import Standing
from qda.gui.coding.suggestion_words import standing
from qda.gui.language import say, tr, tr_n
from qda.gui.word_runner import Runner
from qda.model.suggestions import ENGINE_CHOICES, Proposals, SuggestionSpec
from qda.operations import suggestions as operations
from qda.store import suggestion_decisions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.app.session import Session
    from qda.app.suggesting import Suggester
    from qda.gui.coding.workspace import CodingWorkspace
    from qda.jobs.progress import Progress
    from qda.model.changes import Changes
    from qda.model.errors import UserError
    from qda.model.ids import CodeId, CoderId
    from qda.model.suggestions import CodeMeasure, EngineChoice

ENGINE = "coding.suggestions.engine"
MOST = 60
"""Suggestions for each code: an hour's work. Who has decided those has more made."""
PAUSE = 500
"""Milliseconds after a change of texts or keywords before suggestions are made anew."""


class SuggestionMaking(QObject):
    """Ask for suggestions and for what they are worth; say so on the page before the review."""

    made = Signal(object)
    """Suggestions were made.

    Parameters: the `Proposals`.
    """

    def __init__(self, room: CodingWorkspace, parent: QObject) -> None:
        """Make suggestions on behalf of `room`; nothing until it is asked for."""
        super().__init__(parent)
        self._room = room
        self._start = room.suggestion_pane.start
        self._runner = Runner(room.context, self, _suggester, tr("Making suggestions"))
        self._codes: tuple[CodeId, ...] | None = None
        self._asked: SuggestionSpec | None = None
        self._proposals: Proposals | None = None
        self._measures: Sequence[CodeMeasure] | None = None
        self._stopped = False
        self._refused = ""
        self.older = 0
        """Codings that changed since the suggestions were made."""
        kept = room.context.settings.text(ENGINE)
        self._start.engine.set_value(kept if kept in ENGINE_CHOICES else "both")
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._on_later_timeout)
        self._runner.stopped.connect(self._on_runner_stopped)
        self._runner.refused.connect(self._on_runner_refused)
        self._runner.waiting_changed.connect(self._on_runner_waiting_changed)
        self._start.asked.connect(self._on_start_asked)
        self._start.measure_wanted.connect(self._on_start_measure_wanted)
        self._start.forget_wanted.connect(self._on_start_forget_wanted)
        self._start.codes_wanted.connect(self._on_start_codes_wanted)
        room.suggestion_pane.again_wanted.connect(self.again)
        room.layers.changed.connect(self._on_layers_changed)
        room.trail_changed.connect(self._on_room_trail_changed)

    # -------------------------------------------------------------------------------- asking

    def come_back(self, *, decided: bool) -> None:
        """Say what there is to go through when one comes back from the queue.

        What is older than the codings is made anew, and so is what was all `decided`.
        """
        made = self._proposals if self._measures is not None else None
        if made is not None and (self.older > 0 or (decided and made.suggestions)):
            self.again(measured=True)
        else:
            self.tell()

    @property
    def busy(self) -> bool:
        """Tell whether suggestions are made or measured, or will be soon."""
        return self._runner.busy or self._later.isActive()

    def coder(self) -> CoderId | None:
        """Return whose codings alone count, None where everyone's do."""
        return only_coder(self._room.context)

    def spec(self) -> SuggestionSpec:
        """Return what is wanted now."""
        room = self._room
        known = room.known_codes()
        codes = self._codes
        if codes is not None:
            codes = tuple(one for one in codes if one in known) or None
        here = (room.open.document.id,) if room.open is not None else ()
        return SuggestionSpec(
            codes=codes,
            documents=here if self._start.where.value() == "here" else None,
            engine=self._engine(),
            coder=self.coder(),
            limit=MOST,
        )

    def _engine(self) -> EngineChoice:
        return cast("EngineChoice", self._start.engine.value())

    def ask_for(self, codes: Sequence[CodeId] | None) -> None:
        """Make suggestions for some codes, None for all."""
        self._codes = tuple(codes) if codes is not None else None
        self.again(measured=True)

    def again(self, *, measured: bool = False) -> None:
        """Make suggestions anew of what is coded now; with `measured`, say what they are worth."""
        self._later.stop()
        spec = self.spec()
        if measured or self._asked is None or not _same_ground(spec, self._asked):
            self._measures = None
        self._asked, self._stopped, self._refused = spec, False, ""
        self.older = 0
        self._proposals = None

        def work(suggester: Suggester, progress: Progress) -> Proposals:
            return suggester.propose(spec, progress)

        self._runner.ask(work, self._take)
        self.tell()

    def _take(self, suggester: Suggester, proposals: Proposals) -> None:
        del suggester
        self._proposals = proposals
        if proposals.measures is not None:
            self._measures = proposals.measures
        self.made.emit(proposals)
        if self._measures is None:
            self._measure()
        self.tell()

    def _measure(self) -> None:
        spec = self._asked
        assert spec is not None  # noqa: S101 - something was proposed for it

        def work(suggester: Suggester, progress: Progress) -> Sequence[CodeMeasure]:
            return suggester.measure(spec, progress)

        self._runner.ask(work, self._take_measures)

    def _take_measures(self, suggester: Suggester, measures: Sequence[CodeMeasure]) -> None:
        del suggester
        self._measures = measures
        self.tell()

    def stop(self) -> None:
        """Make nothing any more."""
        self._later.stop()
        self._runner.drop()

    # -------------------------------------------------------------------------------- saying

    def tell(self) -> None:
        """Say on the first page what is being done, or what there is to go through."""
        room, start = self._room, self._start
        if not room.shows_suggestions() or room.suggestion_pane.reviewing:
            return
        if self._asked is not None and self.spec() != self._asked:
            self.again(measured=True)
            return
        known = room.known_codes()
        wanted = self._codes or tuple(known)
        start.show_codes(
            [known[one].name for one in wanted if one in known], every=self._codes is None
        )
        start.show_forgettable(self._forgettable())
        start.measure.setVisible(self._stopped)
        if self._refused:
            start.show_busy(self._refused)
        elif self._proposals is None:
            start.show_busy(
                tr("It was stopped; nothing is suggested.") if self._stopped else self._waiting()
            )
        elif self._measures is None and not self._stopped:
            start.show_busy(tr("Measuring on what is coded how good the suggestions are …"))
        else:
            self._tell_result()

    def _waiting(self) -> str:
        if self._runner.waiting:
            return tr("Reading the words of the sources first …")
        return tr("Looking for places …")

    def _tell_result(self) -> None:
        count = len(self._room.suggestions.left_now())
        text = ""
        if self._measures is None:
            text = tr("It was not measured how good they are.")
        elif not count:
            text = tr("There is nothing to suggest.")
        self._start.show_result(self._standings(), count, text)

    def _standings(self) -> list[Standing]:
        known, engine = self._room.known_codes(), self._engine()
        mine = self.coder() is not None
        said = [
            (known[one.examples.code], one)
            for one in self._measures or ()
            if one.examples.code in known
        ]
        doubtful = self._proposals.doubtful if self._proposals is not None else ()
        return [
            Standing(
                code.name,
                code.color,
                standing(code, one, engine, mine=mine, doubtful=code.id in doubtful),
            )
            for code, one in said
        ]

    # ------------------------------------------------------------------------------ following

    def follow(self, changes: Changes) -> None:
        """Make suggestions anew after a pause where texts or codes changed; count codings."""
        if changes.touches("document", "turn", "text_body", "code"):
            self._later.start()
        self.older += len(changes.of("coding"))

    def _on_later_timeout(self) -> None:
        if self._room.shows_suggestions():
            self.again()

    def _on_layers_changed(self) -> None:
        if (
            self._room.shows_suggestions()
            and self._asked is not None
            and self._asked.coder != self.coder()
        ):
            self.again(measured=True)

    def _on_room_trail_changed(self, trail: object, chips: object) -> None:
        """Look in the source that is open now, where only that one is wanted."""
        del trail, chips
        self.tell()

    def _on_runner_stopped(self) -> None:
        self._stopped = True
        self.tell()

    def _on_runner_refused(self, error: UserError) -> None:
        self._refused = say(error.message)
        self.tell()

    def _on_runner_waiting_changed(self) -> None:
        self.tell()

    # --------------------------------------------------------------------------------- wishes

    def _on_start_asked(self) -> None:
        self._room.context.settings.set(ENGINE, self._engine())
        self.again(measured=self.older > 0)

    def _on_start_measure_wanted(self) -> None:
        if self._proposals is None:
            self.again(measured=True)
            return
        self._stopped = False
        self._measure()
        self.tell()

    def _on_start_codes_wanted(self) -> None:
        from qda.gui.coding.suggestion_codes import CodesSheet

        room = self._room
        sheet = CodesSheet(
            room.context.theme, room.code_pane.model.codes(), self._codes, self._start
        )
        sheet.chosen.connect(self._on_sheet_chosen)
        sheet.open_below(self._start.codes)

    def _on_sheet_chosen(self, codes: tuple[CodeId, ...] | None) -> None:
        if codes != self._codes:
            self.ask_for(codes)

    # ------------------------------------------------------------------------------ forgetting

    def _forget_code(self) -> CodeId | None:
        """Return on which code alone decisions are forgotten, None for all."""
        codes = self._codes
        return codes[0] if codes is not None and len(codes) == 1 else None

    def _forgettable(self) -> int:
        connection = self._room.context.bridge.project.connection
        if not self._room.can_write():
            return 0
        return suggestion_decisions.count(
            connection, "rejected", self._forget_code(), None, self.coder()
        )

    def _on_start_forget_wanted(self) -> None:
        done = self._room.context.bridge.run(
            operations.forget,
            code=self._forget_code(),
            by=self.coder(),
            notice=tr_n(
                "{n} rejected suggestion is forgotten.",
                "{n} rejected suggestions are forgotten.",
                self._forgettable(),
            ),
        )
        if done is not None:
            self.again(measured=False)


def _same_ground(one: SuggestionSpec, other: SuggestionSpec) -> bool:
    """Tell whether what was measured for one holds for the other too."""
    return (one.codes, one.coder) == (other.codes, other.coder)


def _suggester(session: Session) -> Suggester:
    from qda.app.suggesting import Suggester  # lazy: it brings numpy

    return Suggester(session)
