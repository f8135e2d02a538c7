"""Searches over all sources of an open project, and the concordance of what they find."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from qda.analysis import speech
from qda.analysis.dimensions import find_code
from qda.analysis.speech import Stretches
from qda.analysis.tables import Pairs, Snapshot
from qda.jobs.progress import Progress
from qda.language import layout as laying
from qda.language.lemmas import Lemmatiser
from qda.language.lexicon import shared_lexicon
from qda.language.matching import Matcher
from qda.language.query import parse
from qda.language.regex_search import compile_pattern
from qda.model.entities import LANGUAGES
from qda.model.ids import DocumentId
from qda.model.searching import Hit, Limits, Search, TurnKind, Within
from qda.store import arrays, text_search

if TYPE_CHECKING:
    from qda.app.session import Session
    from qda.app.word_index import Spoken
    from qda.language.query import Query
    from qda.language.table import WordTable

AT_ONCE = 48
"""Texts that are read together."""
CONTEXT = 60
"""Characters of context on either side, as far as the turn reaches."""
_KINDS: dict[TurnKind, tuple[int, ...]] = {
    "informant": (laying.SPOKEN,),
    "interviewer": (laying.ASKED,),
    "all": (laying.SPOKEN, laying.ASKED, laying.OUTSIDE),
}
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a search by document (as named) and place.

    `document` is a position in the snapshot's documents. `first` and `last` are words of the
    table; a hit of a regular expression may have none: `first` is then above `last`.
    """

    document: Places
    start: Places
    end: Places
    first: Places
    last: Places
    region: Places
    forms: Mapping[int, int]
    """How often each form occurs that the query stands for, whatever the limits."""

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Regions:
    """What is known of the regions of the table: their stretches of text, whose they are."""

    stretches: Stretches
    pairs: Pairs


class Searcher:
    """Search one session; made anew for every question.

    It holds the project as it was when it was made, and reads texts on the session's connection:
    for another thread there is `apart`.
    """

    def __init__(self, session: Session) -> None:
        """Take the index as it is: bring it up to date before."""
        self._path = session.project.path
        self._connection = session.project.connection
        self.table: WordTable = session.words.table()
        self.spoken: Spoken = session.words.spoken()
        self.snapshot: Snapshot = session.snapshot()
        position = {int(one.id): at for at, one in enumerate(self.snapshot.entities.documents)}
        self._positions: Places = np.array(
            [position.get(one, -1) for one in self.table.documents], dtype=np.int64
        )

    @contextmanager
    def apart(self) -> Generator[Searcher]:
        """Give the same searcher for a worker: it reads texts on a connection of its own."""
        with text_search.reading(self._path) as connection:
            other = copy(self)
            other._connection = connection  # noqa: SLF001 - another of this class
            yield other

    # ----------------------------------------------------------------------------- searching

    def find(self, search: Search, progress: Progress | None = None) -> Found:
        """Return the hits. Raises BadQuery, NotFound, Ambiguous; Cancelled by `progress`."""
        if search.mode == "regex":
            first, last, places = self._by_pattern(search.query, progress or Progress())
            forms: Mapping[int, int] = {}
        else:
            query = parse(search.query, exact=search.mode == "exact")
            matcher = self.matcher(search.within)
            matches = matcher.find(query)
            first, last, places = matches.first, matches.last, None
            forms = matcher.forms(query)
        found = self._placed(first, last, places, forms)
        return self._limited(found, search.limits)

    def at_words(self, words: Places) -> Found:
        """Return single words of the table as hits, in the order of documents and places."""
        return self._placed(words, words, None, {})

    def matcher(self, within: Within = "turn") -> Matcher:
        """Return what answers queries on the words; AND and NOT look at what is `within` one."""
        return Matcher(
            self.table,
            self.spoken.layout,
            within=within,
            keys_of=self._keys_of,
            keywords=self._keywords,
        )

    def _keys_of(self, form: str) -> frozenset[str]:
        """Return the keys of a form that no text has, in each language that any text has."""
        here: list[int] = np.unique(self.table.vocabulary.languages()).tolist()
        return frozenset[str]([form]).union(
            *(Lemmatiser(shared_lexicon(), LANGUAGES[one]).keys(form).all() for one in here)
        )

    def _keywords(self, name: str) -> Sequence[str]:
        wanted = find_code(self.snapshot.entities, name)
        return next(one.keywords for one in self.snapshot.entities.codes if one.id == wanted)

    def _by_pattern(
        self, text: str, progress: Progress
    ) -> tuple[Places, Places, tuple[Places, Places, Places]]:
        """Return the words and the places that a regular expression fits."""
        pattern = compile_pattern(text)
        documents = self.snapshot.entities.documents
        progress.start(len(documents))
        rows: list[tuple[int, int, int]] = []
        for place, document in enumerate(documents):
            known = self.table.place_of.get(int(document.id))
            if known is None:
                continue
            for _, body in arrays.texts(self._connection, (document.text_hash,)):
                rows += [(place, start, end) for start, end in pattern.find(body)]
            progress.step()
        found = np.array(rows, dtype=np.int64).reshape(-1, 3)
        first, last = np.zeros(len(found), np.int64), np.zeros(len(found), np.int64)
        borders = np.searchsorted(found[:, 0], np.arange(len(documents) + 1))
        hit: list[int] = np.unique(found[:, 0]).tolist()
        for place in hit:
            here = slice(int(borders[place]), int(borders[place + 1]))
            at = self.table.place_of[int(documents[place].id)]
            low, high = int(self.table.offsets[at]), int(self.table.offsets[at + 1])
            starts = self.table.starts[low:high]
            ends = starts + self.table.lengths[low:high]
            first[here] = low + np.searchsorted(ends, found[here, 1], side="right")
            last[here] = low + np.searchsorted(starts, found[here, 2], side="left") - 1
        return first, last, (found[:, 0], found[:, 1], found[:, 2])

    def _placed(
        self,
        first: Places,
        last: Places,
        places: tuple[Places, Places, Places] | None,
        forms: Mapping[int, int],
    ) -> Found:
        """Give words their places in texts, documents in the order of their names."""
        region = self.spoken.layout.region_of(np.minimum(first, max(len(self.table) - 1, 0)))
        if places is None:
            at = self.table.document_at(first)
            positions = self._positions[at]
            start, end = self.table.starts[first].astype(np.int64), self.table.ends(last)
        else:
            positions, start, end = places
        order = np.lexsort((end, start, positions))
        return Found(
            positions[order], start[order], end[order], first[order], last[order], region[order],
            forms,
        )  # fmt: skip

    # ------------------------------------------------------------------------------- limits

    def regions(self) -> Regions:
        """Return the stretches of text that the regions are, and whom they belong to."""
        shelf = self.spoken.shelf
        if "regions" not in shelf:
            shelf["regions"] = self._regions()
        return cast("Regions", shelf["regions"])

    def _regions(self) -> Regions:
        layout = self.spoken.layout
        last = np.maximum(layout.bounds[1:] - 1, layout.bounds[:-1])
        document = self._positions[layout.document]
        start = self.table.starts[layout.bounds[:-1]].astype(np.int64)
        end = self.table.ends(last)
        stretches = Stretches(document, start, end)
        return Regions(stretches, speech.belongings(self.snapshot, stretches))

    def allowed_regions(self, limits: Limits) -> Flags:
        """Tell which regions pass the limits on who speaks and where. Raises NotFound."""
        layout = self.spoken.layout
        kinds = np.zeros(4, dtype=np.bool_)
        kinds[list(_KINDS[limits.turns])] = True
        kept = kinds[layout.kind]
        if limits.where:
            regions = self.regions()
            kept &= speech.spoken_by(self.snapshot, regions.stretches, regions.pairs, limits.where)
        return kept

    def _limited(self, found: Found, limits: Limits) -> Found:
        kept = self.allowed_regions(limits)[found.region] if len(found) else _none()
        kept &= found.document >= 0
        asked = speech.asks_for_codings(self.snapshot, limits.where)
        if asked or limits.coded != "any":
            inside = speech.coded(
                self.snapshot, Stretches(found.document, found.start, found.end), limits.where
            )
            kept &= ~inside if limits.coded == "uncoded" else inside
        return chosen(found, np.flatnonzero(kept))

    # --------------------------------------------------------------------------- concordance

    def hits(self, found: Found, width: int = CONTEXT) -> Iterator[Hit]:
        """Yield the hits with their context, in their order."""
        entities, turns = self.snapshot.entities, self.snapshot.turns
        pairs = speech.belongings(self.snapshot, Stretches(found.document, found.start, found.end))
        borders: list[int] = np.searchsorted(pairs.unit, np.arange(len(found) + 1)).tolist()
        people: list[int] = pairs.participant.tolist()
        offices: list[int] = pairs.case.tolist()
        known_roles = speech.roles(self.snapshot)
        texts = self._texts(found.document)
        turn_of: list[int] = self.spoken.turn[found.region].tolist()
        kinds: list[int] = self.spoken.layout.kind[found.region].tolist()
        text, shown = "", -1
        rows: list[list[int]] = np.column_stack((found.document, found.start, found.end)).tolist()
        for at, (place, start, end) in enumerate(rows):
            document = entities.documents[place]
            if place != shown:
                text, shown = texts(place), place
            turn = turn_of[at]
            floor, ceiling = 0, len(text)
            if turn >= 0:
                floor, ceiling = int(turns.start[turn]), int(turns.end[turn])
            mine = slice(borders[at], borders[at + 1])
            yield Hit(
                document=DocumentId(document.id),
                document_name=document.name,
                document_guid=document.guid,
                start=start,
                end=end,
                match=text[start:end],
                left=left_of(text, start, floor, width),
                right=right_of(text, end, ceiling, width),
                turn=int(turns.number[turn]) if turn >= 0 else None,
                interviewer=kinds[at] == laying.ASKED,
                participants=_names(entities.participants, people[mine]),
                cases=_names(entities.cases, offices[mine]),
                roles=tuple(
                    dict.fromkeys(
                        known_roles[one] for one in people[mine] if one >= 0 and known_roles[one]
                    )
                ),
            )

    def _texts(self, documents: Places) -> Callable[[int], str]:
        """Return a way to the texts of documents, which are read a few dozen at a time."""
        order: list[int] = list(dict.fromkeys(documents.tolist()))
        known: dict[int, str] = {}

        def text(place: int) -> str:
            if place not in known:
                known.clear()
                at = order.index(place)
                some = order[at : at + AT_ONCE]
                hashes = {self.snapshot.entities.documents[one].text_hash: one for one in some}
                found = arrays.texts(self._connection, hashes)
                bodies = dict(found)
                for one in some:
                    known[one] = bodies.get(self.snapshot.entities.documents[one].text_hash, "")
            return known[place]

        return text

    def text(self, place: int) -> str:
        """Return the text of the document at a position of the snapshot."""
        wanted = self.snapshot.entities.documents[place].text_hash
        found = dict(arrays.texts(self._connection, (wanted,)))
        return found.get(wanted, "")


def chosen(found: Found, rows: Places) -> Found:
    """Return some of the hits, in the order of `rows`."""
    return Found(
        found.document[rows], found.start[rows], found.end[rows], found.first[rows],
        found.last[rows], found.region[rows], found.forms,
    )  # fmt: skip


def query_of(search: Search) -> Query:
    """Return what a search asks, parsed. Raises BadQuery."""
    return parse(search.query, exact=search.mode == "exact")


def left_of(text: str, start: int, floor: int, width: int) -> str:
    """Return the context before a place, from the beginning of a word."""
    low = max(floor, start - width)
    if low > floor and not text[low - 1].isspace():
        space = next((at for at in range(low, start) if text[at].isspace()), low - 1)
        low = space + 1
    return text[low:start]


def right_of(text: str, end: int, ceiling: int, width: int) -> str:
    """Return the context after a place, to the end of a word."""
    high = min(ceiling, end + width)
    if high < ceiling and not text[high].isspace():
        high = next((at for at in range(high, end, -1) if text[at - 1].isspace()), high)
    return text[end:high]


class Named(Protocol):
    """Whatever has a name."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...


def _none() -> Flags:
    return np.zeros(0, dtype=np.bool_)


def _names(things: Sequence[Named], places: list[int]) -> tuple[str, ...]:
    if len(places) == 1:
        return (things[places[0]].name,) if places[0] >= 0 else ()
    return tuple(things[one].name for one in sorted(set(places)) if one >= 0)
