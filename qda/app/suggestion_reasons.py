"""Why something is proposed: keywords, the question that was asked, segments coded so already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qda.language.suggesting.features import unit_rows
from qda.language.suggesting.rules import INSIDE, QUESTION
from qda.model.ids import CodingId
from qda.model.suggestions import KeywordReason, QuestionReason, Reason, SimilarReason

if TYPE_CHECKING:
    from qda.app.suggestion_ground import Ground, Target
    from qda.app.suggestion_learning import Candidate, School, Taught

MOST_SIMILAR = 3
LEAST_LIKENESS = 0.05
"""What is less like than this is not called similar."""
LEAST_SHARE = 1 / 3
"""How much of a score must come from the question to name it."""


class Reasons:
    """Say why units are proposed, with the places where it can be seen."""

    def __init__(self, ground: Ground, school: School) -> None:
        """Look at one project."""
        self._ground = ground
        self._school = school

    def of_keywords(self, candidate: Candidate, unit: int) -> list[Reason]:
        """Return each keyword of a unit and of its question, with its first place."""
        table, hits = self._ground.table, candidate.hits
        keywords = self._ground.codes[candidate.target.code].keywords
        found: dict[tuple[int, bool], Reason] = {}
        for hit in hits.of(unit):
            number, kind = int(hits.keyword[hit]), int(hits.kind[hit])
            start = int(table.starts[hits.first[hit]])
            end = int(table.ends(hits.last[hit : hit + 1])[0])
            if number == len(keywords):
                reason: Reason = QuestionReason("", start, end, guided=True)
            elif kind == QUESTION:
                reason = QuestionReason(keywords[number], start, end)
            else:
                reason = KeywordReason(keywords[number], start, end, inside=kind == INSIDE)
            found.setdefault((number, kind == QUESTION), reason)
        return sorted(found.values(), key=lambda one: isinstance(one, QuestionReason))

    def of_question(
        self, taught: Taught, target: Target, unit: int, said: Iterable[Reason]
    ) -> list[Reason]:
        """Return the question where much of what was learned comes from it, without a keyword."""
        region = int(target.units.question[unit])
        if region < 0 or any(isinstance(one, QuestionReason) for one in said):
            return []
        if taught.classroom.asked_share(unit, taught.column) < LEAST_SHARE:
            return []
        table, bounds = self._ground.table, self._ground.layout.bounds
        first, last = int(bounds[region]), int(bounds[region + 1]) - 1
        end = int(table.starts[last]) + int(table.lengths[last])
        return [QuestionReason("", int(table.starts[first]), end)]

    def similar(self, target: Target, units: Sequence[int]) -> dict[int, list[Reason]]:
        """Return the segments that are coded so and most like each unit, by the words alone."""
        if not units:
            return {}
        features, chosen = self._school.features(), np.array(units, dtype=np.int64)
        coded = unit_rows(features.words(target.coded.first, target.coded.stop))
        found: dict[int, list[Reason]] = {}
        for start in range(0, len(chosen), 1_000):
            some = chosen[start : start + 1_000]
            words = features.words(target.units.first[some], target.units.stop[some])
            likeness = np.round((unit_rows(words) @ coded.T).astype(np.float64), 3)
            for unit, row in zip(some.tolist(), likeness, strict=True):
                order = np.lexsort((target.coded.id, -row)).tolist()
                found[unit] = list(self._nearest(target, order, row.tolist()))
        return found

    def _nearest(
        self, target: Target, order: Sequence[int], likeness: Sequence[float]
    ) -> Iterable[Reason]:
        """Yield the nearest segments; two coders' codings of the same words are one."""
        seen: set[tuple[int, int]] = set()
        for at in order:
            words = int(target.coded.first[at]), int(target.coded.stop[at])
            if likeness[at] < LEAST_LIKENESS or len(seen) == MOST_SIMILAR:
                return
            if words not in seen:
                seen.add(words)
                yield SimilarReason(CodingId(int(target.coded.id[at])), likeness[at])
