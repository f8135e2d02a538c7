"""Searching on arrays against a slow search, word by word."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qda.language.indexing import Reader, Source, Stretch
from qda.language.layout import ASKED, LABEL, OUTSIDE, SPOKEN, Layout, Turns, lay_out
from qda.language.lemmas import Keys
from qda.language.matching import Matcher, Matches
from qda.language.query import Both, Either, Near, Query, Row, Without, Word, parse
from qda.language.table import WordTable, assemble
from qda.language.vocabulary import Form, Vocabulary
from qda.model.searching import WITHIN, Within

KEYS = {"a": "a", "as": "a", "b": "b", "bs": "b", "ab": "ab"}


@dataclass(frozen=True)
class Built:
    table: WordTable
    layout: Layout
    words: list[str]


def build(texts: list[list[tuple[bool, str]]]) -> Built:
    """Make a table of documents, each a list of turns: interviewer or not, and what is said."""
    reader, indexed, turns = Reader(), {}, []
    for number, spoken in enumerate(texts):
        text, stretches = "", []
        for interviewer, said in spoken:
            label = len(text)
            text += "X: "
            stretches.append(Stretch(label, len(text), len(text) + len(said)))
            turns.append((number, label, len(text), len(text) + len(said), int(interviewer)))
            text += said + "\n"
        indexed[number] = reader.read(Source(text, "nb", tuple(stretches)))
    forms = [
        Form.of(
            number, language, form,
            Keys((KEYS.get(form, form),), (form,), ("a", "b") if form == "ab" else ()),
        )
        for number, (language, form) in enumerate(reader.vocabulary)
    ]  # fmt: skip
    table = assemble(Vocabulary([one.row() for one in forms]), indexed)
    columns = [np.array(column, dtype=np.int64) for column in zip(*turns, strict=True)]
    layout = lay_out(table, Turns(*(columns or [np.zeros(0, dtype=np.int64)] * 5)))
    return Built(table, layout, [reader.vocabulary[one][1] for one in table.forms.tolist()])


def find(built: Built, query: Query | str, within: Within = "turn") -> list[tuple[int, int]]:
    matcher = Matcher(
        built.table,
        built.layout,
        within=within,
        keys_of=lambda form: frozenset([KEYS.get(form, form), form]),
        keywords=lambda name: (name, "b b", "AND", "?"),
    )
    found = matcher.find(parse(query) if isinstance(query, str) else query)
    assert isinstance(found, Matches)
    return list(zip(found.first.tolist(), found.last.tolist(), strict=True))


# ------------------------------------------------------------------------------- slow oracle
def unit(built: Built, word: int, within: Within) -> int:
    if within == "document":
        return next(d for d in range(99) if built.table.offsets[d + 1] > word)
    starts = built.table.sentences if within == "sentence" else built.layout.bounds[:-1]
    return max(place for place, start in enumerate(starts.tolist()) if start <= word)


def is_one(form: str, item: Query) -> bool:
    if isinstance(item, Either):
        return any(is_one(form, one) for one in item.options)
    assert isinstance(item, Word)
    return form == item.form if item.exact else KEYS.get(form, form) == KEYS[item.form]


def slow(built: Built, query: Query, within: Within) -> set[tuple[int, int]]:
    words = built.words
    if isinstance(query, Word):
        return {(at, at) for at, form in enumerate(words) if is_one(form, query)}
    if isinstance(query, Row):
        count, hard = len(query.items), set(built.layout.hard.tolist())
        return {
            (at, at + count - 1)
            for at in range(len(words) - count + 1)
            if all(is_one(words[at + k], item) for k, item in enumerate(query.items))
            and not any(at + k in hard for k in range(1, count))
        }
    if isinstance(query, Either):
        return set().union(*(slow(built, one, within) for one in query.options))
    if isinstance(query, Near):
        found: set[tuple[int, int]] = set()
        left, right = (sorted(slow(built, one, within)) for one in (query.left, query.right))
        for first, last in left:
            after = [one for one in right if one[0] > last]
            if after and after[0][0] - last <= query.words:
                found.add((first, after[0][1]))
            before = [one for one in right if one[1] < first]
            nearest = max(before, key=lambda one: (one[1], one[0]), default=None)
            if nearest is not None and first - nearest[1] <= query.words:
                found.add((nearest[0], last))
        return {one for one in found if unit(built, one[0], "turn") == unit(built, one[1], "turn")}
    assert isinstance(query, Both | Without)
    left, right = slow(built, query.left, within), slow(built, query.right, within)
    units = [{unit(built, one[0], within) for one in side} for side in (left, right)]
    if isinstance(query, Without):
        return {one for one in left if unit(built, one[0], within) not in units[1]}
    return {one for one in left | right if unit(built, one[0], within) in units[0] & units[1]}


SAID = st.lists(st.sampled_from(["a", "as", "b", "bs", "c", "a.", "B!"]), max_size=6).map(" ".join)
STUDY = st.lists(
    st.lists(st.tuples(st.booleans(), SAID.filter(bool)), min_size=1, max_size=4),
    min_size=1,
    max_size=3,
)
WORD = st.builds(Word, st.sampled_from(["a", "as", "b"]), st.booleans())
ROW = st.lists(WORD | st.builds(lambda x, y: Either((x, y)), WORD, WORD), min_size=2, max_size=3)
QUERIES = st.recursive(
    WORD | ROW.map(lambda items: Row(tuple(items))),
    lambda inner: st.one_of(
        st.builds(Both, inner, inner),
        st.builds(Without, inner, inner),
        st.builds(lambda x, y: Either((x, y)), inner, inner),
        st.builds(Near, inner, inner, st.integers(1, 4)),
    ),
    max_leaves=4,
)


@given(STUDY, QUERIES, st.sampled_from(WITHIN))
def test_the_quick_search_finds_what_the_slow_one_finds(
    study: list[list[tuple[bool, str]]], query: Query, within: Within
) -> None:
    built = build(study)
    assert find(built, query, within) == sorted(slow(built, query, within))


# -------------------------------------------------------------------------------- by example
def shown(built: Built, query: str, within: Within = "turn") -> list[str]:
    return [" ".join(built.words[low : high + 1]) for low, high in find(built, query, within)]


def test_parts_patterns_and_keywords() -> None:
    built = build([[(False, "ab as b b c")]])
    assert shown(built, "~a") == ["ab", "as"]
    assert shown(built, "a*") == ["ab", "as"]
    assert shown(built, "*b") == ["ab", "b", "b"]
    assert shown(built, '"a"') == []
    assert shown(built, "code:c") == ["b b", "c"]


def test_words_that_no_text_has_are_found_by_their_keys() -> None:
    built = build([[(False, "as")]])
    assert shown(built, "a") == ["as"]
    assert shown(built, "aaa") == []


def test_labels_belong_to_no_turn() -> None:
    built = build([[(True, "a"), (False, "b")]])
    assert built.layout.kind.tolist() == [LABEL, ASKED, LABEL, SPOKEN]
    assert built.layout.turn.tolist() == [-1, 0, -1, 1]
    assert shown(built, "x AND a") == []


def test_a_text_without_turns_is_cut_at_its_paragraphs() -> None:
    reader = Reader()
    indexed = reader.read(Source("En a.\n\nTo b. Tre a.", "nb"))
    forms = [Form.of(n, "nb", form, Keys((form,), (), ())) for n, (_, form) in
             enumerate(reader.vocabulary)]  # fmt: skip
    table = assemble(Vocabulary([one.row() for one in forms]), {7: indexed})
    nothing = np.zeros(0, dtype=np.int64)
    layout = lay_out(table, Turns(nothing, nothing, nothing, nothing, nothing))
    assert layout.bounds.tolist() == [0, 2, 6]
    assert layout.kind.tolist() == [SPOKEN, SPOKEN]
    built = Built(table, layout, [reader.vocabulary[one][1] for one in table.forms.tolist()])
    assert shown(built, "a AND b") == ["b", "a"]
    assert shown(built, "a AND b", "document") == ["a", "b", "a"]
    assert shown(built, "a AND b", "sentence") == []


def test_what_stands_before_and_after_turns_is_outside() -> None:
    reader = Reader()
    text = "Tittel her X: a\nslutt"
    start = text.index("a\n")
    indexed = reader.read(Source(text, "nb", (Stretch(start - 3, start, start + 1),)))
    forms = [Form.of(n, "nb", form, Keys((form,), (), ())) for n, (_, form) in
             enumerate(reader.vocabulary)]  # fmt: skip
    table = assemble(Vocabulary([one.row() for one in forms]), {1: indexed})
    one = np.array([0], dtype=np.int64)
    layout = lay_out(table, Turns(one, one + start - 3, one + start, one + start + 1, one))
    assert layout.kind.tolist() == [OUTSIDE, LABEL, SPOKEN, OUTSIDE]


def test_an_empty_project_has_nothing_to_find() -> None:
    table = assemble(Vocabulary(), {})
    nothing = np.zeros(0, dtype=np.int64)
    layout = lay_out(table, Turns(nothing, nothing, nothing, nothing, nothing))
    built = Built(table, layout, [])
    for query in ("a", "a b", "a AND b", "a NEAR b", "a NOT b", "a*", "~a", "code:a"):
        assert find(built, query) == []
