"""Find the coded segments that a query asks for, and word it as a sentence.

Every relation is one question on a line of whole numbers on which the documents stand one after
another: do two ranges overlap? For codings the line counts characters, for turns and words those.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from qda.analysis.coding_axes import coding_axes
from qda.analysis.dimensions import allowed
from qda.analysis.resolution import touched_turns
from qda.analysis.tables import Snapshot
from qda.analysis.vectors import Flags, Ints
from qda.analysis.word_counts import coding_words
from qda.model.codebook import join_path
from qda.model.dimension_words import dimension_word, listed, value_word
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CodingId
from qda.model.matrix import MatrixSpec
from qda.model.messages import Message, MessageValue, counted, message
from qda.model.queries import Condition, Query, Relation

DEEPEST = 8
_SHIFT = 40
"""Documents stand this many bits apart on the line of characters."""


def needs_words(query: Query) -> bool:
    """Tell whether the words of the texts must be counted first (`prepare_words`)."""
    return any(
        (one.relation == "near" and one.unit == "words") or needs_words(one.query)
        for one in query.conditions
    )


def matching(snapshot: Snapshot, query: Query) -> tuple[CodingId, ...]:
    """Return the codings that a query asks for, by document and place. Raises as `flags_of`."""
    return tuple(CodingId(one) for one in snapshot.codings.ids[flags_of(snapshot, query)].tolist())


def flags_of(snapshot: Snapshot, query: Query, depth: int = 0) -> Flags:
    """Mark the codings that a query asks for, by their position in the snapshot.

    Raises NotFound for codes or values that are gone, NotAllowed where it is nested too deeply.
    """
    if depth > DEEPEST:
        raise NotAllowed(message("The query is nested too deeply; make it simpler."))
    found = _with_codes(snapshot, query) & _where(snapshot, query)
    if not query.conditions:
        return found
    met = [_meets(snapshot, one, found, depth) for one in query.conditions]
    together = np.logical_or if query.any_condition else np.logical_and
    return found & together.reduce(met)


def _with_codes(snapshot: Snapshot, query: Query) -> Flags:
    codes = snapshot.entities.codes
    if not query.codes:
        return np.ones(len(snapshot.codings), dtype=np.bool_)
    known = {one.guid: one.id for one in codes}
    if not set(query.codes) <= known.keys():
        raise NotFound(message("A code of the query is no longer in the codebook; change it."))
    within = {known[guid] for guid in query.codes}
    chosen = np.zeros(len(codes) + 1, dtype=np.bool_)
    for place, code in enumerate(codes):
        if code.id in within or (not query.unfolded and code.parent in within):
            within.add(code.id)
            chosen[place] = True
    return chosen[snapshot.codings.code]


def _where(snapshot: Snapshot, query: Query) -> Flags:
    """Mark the codings of which one pair of participant and case passes all filters."""
    codings, pairs = snapshot.codings, snapshot.resolution.pairs
    if not query.where:
        return np.ones(len(codings), dtype=np.bool_)
    places = coding_axes(snapshot)
    passing = np.ones(len(pairs.unit), dtype=np.bool_)
    for name, value in query.where:
        axis, flags = allowed(snapshot.entities, name, value, MatrixSpec())
        if axis not in places:
            raise NotAllowed(message("A query cannot ask for {name}.", name=name))
        passing &= flags[places[axis]]
    marked = np.zeros(len(codings), dtype=np.bool_)
    marked[pairs.unit[passing]] = True
    return marked


def _meets(snapshot: Snapshot, condition: Condition, asked: Flags, depth: int) -> Flags:
    """Mark those of the `asked` codings by which another one of the condition's query stands."""
    others = flags_of(snapshot, condition.query, depth + 1)
    low, high = _ranges(snapshot, condition)
    reach = 0
    if condition.relation == "near":
        # Two half-open ranges with n between them overlap when one is widened by n + 1.
        reach = max(condition.distance, 0) + 1
    place = np.flatnonzero(asked)
    count = _overlapped(low[place] - reach, high[place] + reach, low[others], high[others])
    # A coding is not its own neighbour.
    count -= others[place] & (high[place] > low[place])
    met = np.zeros(len(asked), dtype=np.bool_)
    met[place] = count > 0
    return ~met & asked if condition.negated else met


def _overlapped(low: Ints, high: Ints, other_low: Ints, other_high: Ints) -> Ints:
    """Return how many of the other ranges each range shares something with; all half-open."""
    starts, ends = np.sort(other_low), np.sort(other_high)
    begun = np.searchsorted(starts, high, side="left")
    over = np.searchsorted(ends, low, side="right")
    return begun - over


def _ranges(snapshot: Snapshot, condition: Condition) -> tuple[Ints, Ints]:
    """Return every coding's range on the line that the condition is about."""
    codings = snapshot.codings
    base = codings.document << _SHIFT
    if condition.relation == "overlaps":
        return base + codings.start, base + codings.end
    if condition.relation == "same-document":
        return codings.document, codings.document + 1
    if condition.relation == "near" and condition.unit == "words":
        low, high = coding_words(snapshot)
        # Documents are kept apart, so that nothing is near across them.
        return low + base, np.maximum(high, low + 1) + base
    return _turn_ranges(snapshot)


def _turn_ranges(snapshot: Snapshot) -> tuple[Ints, Ints]:
    """Return the turns that each coding touches.

    What stands outside all turns counts with the turn before it (the first one has none before
    it); a document without turns is one turn.
    """
    codings, turns = snapshot.codings, snapshot.turns
    coding, turn = touched_turns(codings, turns)
    base = codings.document << _SHIFT
    low = np.full(len(codings), len(snapshot.turns), dtype=np.int64)
    high = np.full(len(codings), -1, dtype=np.int64)
    np.minimum.at(low, coding, turn)
    np.maximum.at(high, coding, turn)
    nowhere = high < 0
    first = np.searchsorted(turns.document, codings.document[nowhere], side="left")
    labels = (turns.document << _SHIFT) + turns.label_start
    before = np.searchsorted(labels, base[nowhere] + codings.start[nowhere], side="right") - 1
    low[nowhere] = high[nowhere] = np.maximum(before, first)
    return base + low, base + high + 1


# ------------------------------------------------------------------------------- as a sentence
def sentence(snapshot: Snapshot, query: Query) -> Message:
    """Word a query as one sentence that a reader of the table understands."""
    return message("{what}.", what=_phrase(snapshot, query))


def _phrase(snapshot: Snapshot, query: Query) -> Message:
    said = (
        message("Segments coded with {codes}", codes=_code_names(snapshot, query))
        if query.codes
        else message("Coded segments")
    )
    if query.where:
        filters = listed(
            [
                message(
                    "{name} = {value}", name=dimension_word(name), value=value_word(name, value)
                )
                for name, value in query.where
            ]
        )
        said = message("{what} with {filters}", what=said, filters=filters)
    if not query.conditions:
        return said
    parts = [condition_words(snapshot, one) for one in query.conditions]
    link = ("or" if query.any_condition else "and") if len(parts) > 1 else ""
    return message("{what} that {conditions}", what=said, conditions=_joined(parts, link))


def _joined(parts: Sequence[Message], link: str) -> Message:
    said = parts[0]
    for part in parts[1:]:
        said = (
            message("{first} or {second}", first=said, second=part)
            if link == "or"
            else message("{first} and {second}", first=said, second=part)
        )
    return said


def _code_names(snapshot: Snapshot, query: Query) -> MessageValue:
    paths: dict[CodeId, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for code in snapshot.entities.codes:
        above = paths[code.parent] if code.parent is not None else ()
        paths[code.id] = (*above, code.name)
        names[code.guid] = join_path(paths[code.id])
    parts: list[MessageValue] = [names.get(guid, "?") for guid in query.codes]
    said = parts[0]
    for part in parts[1:]:
        said = message("{first} or {second}", first=said, second=part)
    return said


_RELATION_WORDS: Mapping[tuple[Relation, bool], Message] = {
    ("overlaps", False): message("overlap {other}"),
    ("overlaps", True): message("do not overlap {other}"),
    ("same-turn", False): message("share a turn with {other}"),
    ("same-turn", True): message("share no turn with {other}"),
    ("same-document", False): message("share a document with {other}"),
    ("same-document", True): message("share no document with {other}"),
    ("near", False): message("stand within {distance} of {other}"),
    ("near", True): message("stand farther than {distance} from {other}"),
}


def condition_words(snapshot: Snapshot, condition: Condition) -> Message:
    """Word one condition as it stands in the sentence."""
    other = _phrase(snapshot, condition.query)
    distance = (
        counted("{n} word", "{n} words", condition.distance)
        if condition.unit == "words"
        else counted("{n} turn", "{n} turns", condition.distance)
    )
    values = {"other": _lowered(snapshot, condition.query, other)}
    if condition.relation == "near":
        values["distance"] = distance
    return Message(_RELATION_WORDS[condition.relation, condition.negated].text, values)


def _lowered(snapshot: Snapshot, query: Query, phrase: Message) -> Message:
    """Return the phrase of a query inside a sentence: a plain one is the names of its codes."""
    if query.codes and not query.where and not query.conditions:
        return message("segments coded with {codes}", codes=_code_names(snapshot, query))
    if not query.codes and not query.where and not query.conditions:
        return message("coded segments")
    return message("({phrase})", phrase=phrase)
