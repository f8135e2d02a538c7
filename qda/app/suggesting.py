"""Proposing codings in an open project. Nothing is changed: what is done is `qda.operations`'."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qda.app.searching import Searcher
from qda.app.suggestion_ground import Ground, Target
from qda.app.suggestion_spans import Spans
from qda.jobs.progress import Progress
from qda.language.suggesting.rules import (
    INSIDE,
    QUESTION,
    KeywordHits,
    keyword_hits,
    keyword_scores,
)
from qda.model.errors import NotFound
from qda.model.ids import DocumentId
from qda.model.messages import message
from qda.model.suggestions import (
    Engine,
    KeywordReason,
    Proposals,
    QuestionReason,
    Reason,
    Suggestion,
    SuggestionKey,
    SuggestionSpec,
    code_mark,
    document_mark,
    suggestion_id,
)
from qda.store import suggestion_decisions

if TYPE_CHECKING:
    from qda.app.session import Session
    from qda.app.suggestion_ground import Flags
    from qda.language.suggesting.rules import Scores

PROPOSING = message("Looking for segments to propose")


class Suggester:
    """Propose codings in one session; made anew for every question.

    It holds the project as it was when it was made. The index of words has to be up to date.
    For another thread there is `apart`.
    """

    def __init__(self, session: Session) -> None:
        """Take the words, the codings and the decisions as they are."""
        self._searcher = Searcher(session)
        self._decisions = suggestion_decisions.all_decisions(session.project.connection)

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
        progress = progress or Progress()
        work = _Work(self._searcher, Ground(self._searcher, self._decisions, spec.coder), spec)
        wanted = work.codes()
        progress.start(len(wanted), PROPOSING)
        targets: list[Target] = []
        found: list[Suggestion] = []
        for code in wanted:
            target = work.ground.target(code)
            found += work.suggestions(target)
            targets.append(target)
            progress.step()
        return Proposals(tuple(found), tuple(one.examples for one in targets))


class _Work:
    """One question that is being answered."""

    def __init__(self, searcher: Searcher, ground: Ground, spec: SuggestionSpec) -> None:
        self.ground = ground
        self._spec = spec
        self._matcher = searcher.matcher()
        self._spans = Spans(searcher)
        entities = searcher.snapshot.entities
        self._guids = {int(one.id): (one.guid, one.text_hash) for one in entities.documents}

    def codes(self) -> list[int]:
        """Return the positions of the codes that are asked for, in the order of the codebook."""
        asked = self._spec.codes
        if asked is None:
            return list(range(len(self.ground.codes)))
        known = {one.id for one in self.ground.codes}
        if not known.issuperset(asked):
            raise NotFound(message("The code is no longer in the project."))
        return [at for at, one in enumerate(self.ground.codes) if one.id in asked]

    def _open(self, target: Target) -> Flags:
        """Tell which units may be proposed: in the documents asked for, not coded, not decided."""
        ground = self.ground
        shut = ground.taken(target) | ground.decided(target, ("rejected", "accepted"))
        if self._spec.documents is not None:
            asked = set(map(int, self._spec.documents))
            inside = np.array([one in asked for one in ground.table.documents], dtype=np.bool_)
            shut |= ~inside[target.units.document]
        return ~shut

    def suggestions(self, target: Target) -> list[Suggestion]:
        """Return what is proposed for one code, best first, what was put off last."""
        ground = self.ground
        keywords = ground.codes[target.code].keywords
        hits = keyword_hits(self._matcher, ground.layout, target.units, keywords)
        scores = keyword_scores(hits, len(target.units))
        chosen = _with_keyword(hits, len(target.units)) & self._open(target)
        later = ground.decided(target, ("later",))
        rows = _ranked(np.flatnonzero(chosen), scores, later)
        if self._spec.limit:
            rows = rows[: self._spec.limit]
        spans = self._spans.of(target.units, rows)
        return [
            self._suggestion(
                target, unit, span, float(scores[unit]), "rules",
                self._keyword_reasons(hits, unit, keywords), later=bool(later[unit]),
            )
            for unit, span in zip(rows, spans, strict=True)
        ]  # fmt: skip

    def _suggestion(
        self,
        target: Target,
        unit: int,
        span: tuple[int, int, str],
        score: float,
        engine: Engine,
        reasons: Iterable[Reason],
        *,
        later: bool,
    ) -> Suggestion:
        document = int(self.ground.table.documents[int(target.units.document[unit])])
        code = self.ground.codes[target.code]
        start, end, quote = span
        key = SuggestionKey(DocumentId(document), start, end, code.id, engine)
        marks = document_mark(*self._guids[document]), code_mark(code.guid)
        return Suggestion(
            suggestion_id(*marks, key), key, quote, round(score, 4), tuple(reasons), later=later
        )

    def _keyword_reasons(
        self, hits: KeywordHits, unit: int, keywords: Sequence[str]
    ) -> list[Reason]:
        """Return each keyword of a unit once by each way it got there, with its first place."""
        table = self.ground.table
        found: dict[tuple[int, bool], Reason] = {}
        for hit in hits.of(unit):
            number, kind = int(hits.keyword[hit]), int(hits.kind[hit])
            start = int(table.starts[hits.first[hit]])
            end = int(table.ends(hits.last[hit : hit + 1])[0])
            if kind == QUESTION:
                reason: Reason = QuestionReason(keywords[number], start, end)
            else:
                reason = KeywordReason(keywords[number], start, end, inside=kind == INSIDE)
            found.setdefault((number, kind == QUESTION), reason)
        return sorted(found.values(), key=lambda one: isinstance(one, QuestionReason))


def _with_keyword(hits: KeywordHits, units: int) -> Flags:
    """Tell which units have a keyword in themselves: that of a question alone proposes nothing."""
    found = np.zeros(units, dtype=np.bool_)
    found[hits.unit[hits.kind != QUESTION]] = True
    return found


def _ranked(units: NDArray[np.int64], scores: Scores, later: Flags) -> list[int]:
    """Return units by score, equals in the order of the text, those put off last."""
    order = np.lexsort((units, -np.round(scores[units], 4), later[units]))
    return units[order].tolist()
