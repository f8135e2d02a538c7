"""Proposing codings in an open project. Nothing is changed: what is done is `qda.operations`'."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qda.app.searching import Searcher
from qda.app.suggestion_ground import Ground
from qda.app.suggestion_learning import School
from qda.app.suggestion_reasons import Reasons
from qda.app.suggestion_spans import Spans
from qda.jobs.progress import Progress
from qda.model.errors import NotFound
from qda.model.ids import DocumentId
from qda.model.messages import message
from qda.model.suggestions import (
    CodeMeasure,
    Engine,
    Proposals,
    Reason,
    Suggestion,
    SuggestionKey,
    SuggestionSpec,
    code_mark,
    document_mark,
    suggestion_id,
)
from qda.store import arrays, guides, suggestion_decisions

if TYPE_CHECKING:
    from qda.app.session import Session
    from qda.app.suggestion_ground import Flags, Target
    from qda.app.suggestion_learning import Candidate, Taught
    from qda.language.suggesting.rules import Scores
    from qda.model.ids import CodeId, QuestionId, TurnId

_Row = tuple[int, Engine, float]
"""A unit, which engine proposes it, and its score."""
LEARNING = message("Learning from what is coded")
PROPOSING = message("Looking for segments to propose")


class Suggester:
    """Propose codings in one session; made anew for every question.

    It holds the project as it was when it was made. The index of words has to be up to date.
    For another thread there is `apart`.
    """

    def __init__(self, session: Session) -> None:
        """Take the words, the codings and the decisions as they are."""
        self._searcher = Searcher(session)
        connection = session.project.connection
        self._decisions = suggestion_decisions.all_decisions(connection)
        self._guided = _guided(connection)

    @contextmanager
    def apart(self) -> Generator[Suggester]:
        """Give the same suggester for a worker: it reads texts on a connection of its own."""
        with self._searcher.apart() as searcher:
            other = copy(self)
            other._searcher = searcher  # noqa: SLF001 - another of this class
            yield other

    def propose(self, spec: SuggestionSpec, progress: Progress | None = None) -> Proposals:
        """Return what is proposed; the same project gives the same answer.

        Raises NotFound for a code that is gone, Cancelled by `progress`.
        """
        work = _Work(self._searcher, self._ground(spec), spec, progress or Progress())
        return work.proposals()

    def measure(
        self, spec: SuggestionSpec, progress: Progress | None = None
    ) -> tuple[CodeMeasure, ...]:
        """Return how well both engines do for each code on documents that are held out.

        Of `spec`, codes and coder count. Raises NotFound, Cancelled.
        """
        work = _Work(self._searcher, self._ground(spec), spec, progress or Progress())
        return work.measures()

    def _ground(self, spec: SuggestionSpec) -> Ground:
        return Ground(self._searcher, self._decisions, spec.coder, self._guided)


class _Work:
    """One question that is being answered."""

    def __init__(
        self, searcher: Searcher, ground: Ground, spec: SuggestionSpec, progress: Progress
    ) -> None:
        self._ground = ground
        self._spec = spec
        self._progress = progress
        self._school = School(ground, searcher.matcher(), lambda: progress.step(0))
        self._reasons = Reasons(ground, self._school)
        self._spans = Spans(searcher)
        entities = searcher.snapshot.entities
        self._guids = {int(one.id): (one.guid, one.text_hash) for one in entities.documents}

    def proposals(self) -> Proposals:
        """Return what is proposed for every code that is asked for."""
        candidates = self._candidates()
        taught: dict[int, Taught] = {}
        measures: tuple[CodeMeasure, ...] | None = None
        if self._spec.engine != "rules":
            self._progress.start(0, LEARNING)
            taught = self._school.teach(candidates, self._asked())
            measures = self._measured(candidates, taught)
        self._progress.start(len(candidates), PROPOSING)
        found: list[Suggestion] = []
        for one in candidates:
            learned = taught.get(one.target.code)
            if learned is not None and learned.doubtful and self._spec.engine == "both":
                learned = None
            found += self._suggestions(one, learned)
            self._progress.step()
        return Proposals(
            tuple(found),
            tuple(one.target.examples for one in candidates),
            tuple(self._ground.codes[code].id for code, one in taught.items() if one.doubtful),
            measures,
        )

    def measures(self) -> tuple[CodeMeasure, ...]:
        """Return the measures of every code that is asked for."""
        candidates = self._candidates()
        self._progress.start(0, LEARNING)
        nothing = np.zeros(len(self._ground.table.documents), dtype=np.bool_)
        taught = self._school.teach(candidates, nothing)
        return self._measured(candidates, taught)

    def _measured(
        self, candidates: Sequence[Candidate], taught: Mapping[int, Taught]
    ) -> tuple[CodeMeasure, ...]:
        return tuple(self._school.measure(one, taught.get(one.target.code)) for one in candidates)

    def _candidates(self) -> list[Candidate]:
        """Return the codes that are asked for, in the order of the codebook."""
        asked = self._spec.codes
        known = {one.id for one in self._ground.codes}
        if asked is not None and not known.issuperset(asked):
            raise NotFound(message("The code is no longer in the project."))
        wanted = [
            at for at, one in enumerate(self._ground.codes) if asked is None or one.id in asked
        ]
        self._progress.start(len(wanted), PROPOSING)
        found: list[Candidate] = []
        for code in wanted:
            found.append(self._school.candidate(code))
            self._progress.step()
        return found

    def _asked(self) -> Flags:
        """Tell which documents are asked for."""
        documents = self._ground.table.documents
        if self._spec.documents is None:
            return np.ones(len(documents), dtype=np.bool_)
        asked = set(map(int, self._spec.documents))
        return np.array([one in asked for one in documents], dtype=np.bool_)

    # ---------------------------------------------------------------------------- suggestions

    def _suggestions(self, one: Candidate, taught: Taught | None) -> list[Suggestion]:
        """Return what is proposed for one code: what was learned before keywords alone.

        Of each, the best come first; those that were put off are last.
        """
        target = one.target
        shut = self._ground.taken(target) | self._ground.decided(target, ("rejected", "accepted"))
        free = self._asked()[target.units.document] & ~shut
        later = self._ground.decided(target, ("later",))
        rows: list[_Row] = []
        if taught is not None:
            learned = taught.proposed() & free
            free &= ~learned
            rows += _ranked(np.flatnonzero(learned), taught.scores, "learned")
        if self._spec.engine != "learned":
            rows += _ranked(np.flatnonzero(one.with_keyword & free), one.keywords, "rules")
        rows.sort(key=lambda row: bool(later[row[0]]))
        rows = rows[: self._spec.limit] if self._spec.limit else rows
        reasons = self._why(one, taught, rows)
        spans = self._spans.of(target.units, [unit for unit, _, _ in rows])
        return [
            self._suggestion(target, row, span, reasons[row[0]], later=bool(later[row[0]]))
            for row, span in zip(rows, spans, strict=True)
        ]

    def _why(
        self, one: Candidate, taught: Taught | None, rows: Sequence[_Row]
    ) -> dict[int, list[Reason]]:
        """Return the reasons of each unit that is proposed."""
        by_learning = [unit for unit, engine, _ in rows if engine == "learned"]
        similar = self._reasons.similar(one.target, by_learning)
        found: dict[int, list[Reason]] = {}
        for unit, _, _ in rows:
            reasons = self._reasons.of_keywords(one, unit)
            if taught is not None and unit in similar:
                reasons += self._reasons.of_question(taught, one.target, unit, reasons)
                reasons += similar[unit]
            found[unit] = reasons
            self._progress.step(0)
        return found

    def _suggestion(
        self,
        target: Target,
        row: _Row,
        span: tuple[int, int, str],
        reasons: Iterable[Reason],
        *,
        later: bool,
    ) -> Suggestion:
        unit, engine, score = row
        document = int(self._ground.table.documents[int(target.units.document[unit])])
        code = self._ground.codes[target.code]
        start, end, quote = span
        key = SuggestionKey(DocumentId(document), start, end, code.id, engine)
        marks = document_mark(*self._guids[document]), code_mark(code.guid)
        return Suggestion(
            suggestion_id(*marks, key), key, quote, round(score, 4), tuple(reasons), later=later
        )


def _guided(connection: arrays.Connection) -> Mapping[CodeId, Collection[TurnId]]:
    """Return the turns that ask what the interview guide has for each code."""
    asking: dict[QuestionId, list[TurnId]] = {}
    for turn, asked in guides.of_all_turns(connection).items():
        for question in asked.questions:
            asking.setdefault(question, []).append(turn)
    found: dict[CodeId, list[TurnId]] = {}
    for link in guides.code_links(connection):
        found.setdefault(link.code, []).extend(asking.get(link.question, ()))
    return found


def _ranked(units: NDArray[np.int64], scores: Scores, engine: Engine) -> list[_Row]:
    """Return units by score, equals in the order of the text."""
    rounded = np.round(scores[units], 4)
    order = np.lexsort((units, -rounded))
    ordered: list[int] = units[order].tolist()
    return [(unit, engine, float(scores[unit])) for unit in ordered]
