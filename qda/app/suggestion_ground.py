"""What a project has for suggestions to stand on: its units, its codings, what was decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qda.language.layout import ASKED
from qda.language.suggesting.coded import Coded, WordPlaces, mostly_in, takes_turns, touched
from qda.language.suggesting.units import Places, Units, sentence_units, turn_units
from qda.model.suggestions import Examples

if TYPE_CHECKING:
    from qda.app.searching import Searcher
    from qda.model.entities import Code
    from qda.model.ids import CodeId, CoderId, TurnId
    from qda.model.suggestions import SuggestionDecision, SuggestionVerdict

Flags = NDArray[np.bool_]
LEAST_SEGMENTS = 8
LEAST_DOCUMENTS = 2
"""Examples without which nothing is learned of a code, nor measured."""


@dataclass(frozen=True, slots=True)
class Target:
    """A code to propose for: its position in the codebook, its units, what it is learned from."""

    code: int
    units: Units
    coded: Coded
    examples: Examples


class Ground:
    """The words of a project with its codings on them; with `coder`, of that coder alone."""

    def __init__(
        self,
        searcher: Searcher,
        decisions: Sequence[SuggestionDecision],
        coder: CoderId | None = None,
        guided: Mapping[CodeId, Collection[TurnId]] | None = None,
    ) -> None:
        """Find the words of every coding and every decision.

        `guided` are the turns that ask what the interview guide has for each code.
        """
        self._guided = guided or {}
        self.table = searcher.table
        self.layout = searcher.spoken.layout
        self.turn = searcher.spoken.turn
        self.snapshot = searcher.snapshot
        self.codes: tuple[Code, ...] = self.snapshot.entities.codes
        self.sentences = sentence_units(self.table, self.layout)
        self.turns = turn_units(self.layout)
        self._words = WordPlaces(self.table)
        self.coded = self._coded(coder)
        self._below = _families(self.codes)
        self._decisions = [one for one in decisions if coder is None or one.coder == coder]
        self.read = self._read(everybody=coder is None)
        """The documents that somebody coded in: what is not coded there was passed over."""

    def _coded(self, coder: CoderId | None) -> Coded:
        codings, entities = self.snapshot.codings, self.snapshot.entities
        place = np.array(
            [self.table.place_of.get(int(one.id), -1) for one in entities.documents] or [-1],
            dtype=np.int64,
        )
        document = place[codings.document] if len(codings) else codings.document
        kept = document >= 0
        if coder is not None:
            kept &= codings.coder == _position([one.id for one in entities.coders], coder)
        document = document[kept]
        first, stop = self._words.words(document, codings.start[kept], codings.end[kept])
        found = Coded(first, stop, codings.code[kept], document, codings.ids[kept])
        return found.chosen(found.stop > found.first)

    def _read(self, *, everybody: bool) -> Flags:
        """Tell which documents were read; those marked as done, too, where `everybody` counts.

        One in which nothing was done but accept suggestions was not: what was not proposed there,
        nobody has looked at.
        """
        accepted = [one.coding for one in self._decisions if one.coding is not None]
        own = ~np.isin(self.coded.id, accepted)
        found = np.zeros(len(self.table.documents), dtype=np.bool_)
        found[self.coded.document[own]] = True
        for one in self.snapshot.entities.documents:
            if everybody and one.done and int(one.id) in self.table.place_of:
                found[self.table.place_of[int(one.id)]] = True
        return found

    def looked(self, units: Units) -> Flags:
        """Tell which units somebody coded, with any code, or decided on."""
        first, stop = self._decided_words(self._decisions)
        return touched(
            units,
            np.concatenate((self.coded.first, first)),
            np.concatenate((self.coded.stop, stop)),
        )

    # ------------------------------------------------------------------------------- a code

    def target(self, code: int) -> Target:
        """Return what is needed to propose for a code.

        A code is learned from its own segments, not from those of its subcodes: who files
        something under a subcode does not say that it is an example of what is above.
        """
        coded = self.coded.of((code,))
        turns = takes_turns(coded, self.sentences, self.turns)
        documents = coded.segments()
        count = len(np.unique(documents))
        enough = len(documents) >= LEAST_SEGMENTS and count >= LEAST_DOCUMENTS
        examples = Examples(self.codes[code].id, len(documents), count, enough)
        return Target(code, self.turns if turns else self.sentences, coded, examples)

    def guided(self, code: int) -> Places:
        """Return the regions of questions that the interview guide has for a code."""
        turns = self._guided.get(self.codes[code].id, ())
        if not turns or not len(self.turn):
            return np.zeros(0, dtype=np.int64)
        ids = np.append(self.snapshot.turns.ids, -1)[self.turn]
        return np.flatnonzero(np.isin(ids, list(turns)) & (self.layout.kind == ASKED))

    def below(self, code: int) -> Coded:
        """Return the codings of the codes below one, at any depth."""
        return self.coded.of(self._below[code])

    def taken(self, target: Target) -> Flags:
        """Tell which units are coded so already, if only in part, or with a code below."""
        below = self.below(target.code)
        first = np.concatenate((target.coded.first, below.first))
        stop = np.concatenate((target.coded.stop, below.stop))
        return touched(target.units, first, stop)

    def decided(self, target: Target, verdicts: Iterable[SuggestionVerdict]) -> Flags:
        """Tell which units were decided so; a turn with half of it decided counts as decided."""
        wanted = set(verdicts)
        code = self.codes[target.code].id
        some = [one for one in self._decisions if one.key.code == code and one.verdict in wanted]
        return mostly_in(target.units, *self._decided_words(some))

    def _decided_words(self, decisions: Sequence[SuggestionDecision]) -> tuple[Places, Places]:
        rows = [
            (self.table.place_of[int(one.key.document)], one.key.start, one.key.end)
            for one in decisions
            if int(one.key.document) in self.table.place_of
        ]
        some = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return self._words.words(some[:, 0], some[:, 1], some[:, 2])


def _position(ids: Sequence[int], wanted: int) -> int:
    """Return where an id stands, one behind all where it does not, which no coding has."""
    return ids.index(wanted) if wanted in ids else len(ids)


def _families(codes: Sequence[Code]) -> list[frozenset[int]]:
    """Return, for each code, the positions of all that stand below it."""
    at = {one.id: place for place, one in enumerate(codes)}
    found: list[set[int]] = [set() for _ in codes]
    for place, one in enumerate(codes):
        above = one.parent
        while above is not None and above in at:
            found[at[above]].add(place)
            above = codes[at[above]].parent
    return [frozenset(one) for one in found]
