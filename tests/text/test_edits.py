"""Edits: applying, joining and finding them, for any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.edits import (
    Edit,
    apply,
    edits_between,
    in_order,
    inverse,
    recount_words,
    refined,
    then,
)
from qda.text.words import count_words

PARTS = st.sampled_from(
    [
        "a", "b", " ", "\n", "\t", "ja", "Kari: ", "møte", ". ", "\u00a0", "\u2028", "\u00ad",
        "e\u0301", "👩‍👧", "𝔘", "🇳🇴", "å", "målforskyvning ",
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=40).map("".join)


@st.composite
def edits_of(draw: st.DrawFn, length: int) -> tuple[Edit, ...]:
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    return tuple(
        Edit(start, end - start, draw(TEXTS))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    text = draw(TEXTS)
    return text, draw(edits_of(len(text)))


def test_edits_count_in_the_old_text() -> None:
    assert apply("en to tre", [Edit(6, 3, "fire"), Edit(0, 2, "null")]) == "null to fire"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply("ac", [Edit(1, 0, "b"), Edit(1, 0, "B")]) == "abBc"
    assert apply("ac", [Edit(1, 1, "C"), Edit(1, 0, "b")]) == "abC"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 3, ""), Edit(2, 1, "x")],
        [Edit(0, 3, ""), Edit(1, 0, "x")],
        [Edit(-1, 1, "")],
        [Edit(2, -1, "x")],
        [Edit(3, 2, "")],
        [Edit(5, 0, "x")],
    ],
)
def test_edits_that_overlap_or_reach_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        apply("abcd", edits)


def test_edits_that_do_nothing_are_left_out() -> None:
    assert in_order([Edit(7, 0, ""), Edit(2, 1, "")], 9) == (Edit(2, 1, ""),)


@given(TEXTS, TEXTS)
def test_found_edits_make_the_new_text(old: str, new: str) -> None:
    edits = edits_between(old, new)
    assert apply(old, edits) == new
    assert edits == in_order(edits, len(old))
    assert all(edit.removed or edit.inserted for edit in edits)


@given(edited())
def test_found_edits_make_a_text_that_is_much_the_same(case: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = case
    long = text + "Vi snakker om tavlemøtet hver mandag. " * 3 + text
    new = apply(long, edits)
    assert apply(long, edits_between(long, new)) == new
    assert apply(new, edits_between(new, long)) == long


@given(edited(), st.data())
def test_two_rounds_of_edits_are_one(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    text, edits = case
    middle = apply(text, edits)
    more = data.draw(edits_of(len(middle)))
    assert apply(text, then(edits, more)) == apply(middle, more)


@given(edited(), st.data())
def test_joining_three_rounds_does_not_depend_on_the_order_of_joining(
    case: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    text, first = case
    middle = apply(text, first)
    second = data.draw(edits_of(len(middle)))
    third = data.draw(edits_of(len(apply(middle, second))))
    once = apply(text, then(then(first, second), third))
    assert once == apply(text, then(first, then(second, third)))


@given(edited())
def test_nothing_more_is_the_same_edits(case: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = case
    assert apply(text, then(edits, ())) == apply(text, edits) == apply(text, then((), edits))


@given(edited())
def test_the_inverse_leads_back(case: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = case
    assert apply(apply(text, edits), inverse(text, edits)) == text


@given(edited())
def test_refined_edits_do_the_same(case: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = case
    assert apply(text, refined(text, edits)) == apply(text, edits)


@given(edited(), st.integers(0, 60))
def test_words_are_counted_around_the_edits(
    case: tuple[str, tuple[Edit, ...]], padding: int
) -> None:
    text, edits = case
    text += "ord " * padding
    new = apply(text, edits)
    assert recount_words(text, new, in_order(edits), count_words(text)) == count_words(new)


def test_words_without_any_space_are_counted_from_the_start() -> None:
    text = "x" * 3_000
    assert recount_words(text, text[:1500] + " " + text[1500:], [Edit(1500, 0, " ")], 1) == 2


def test_a_large_replacement_is_looked_into() -> None:
    text = "Vi har mange måter å telle på, og få måter å hjelpe på. " * 10
    new = text.replace("få måter", "enda færre måter", 1)
    (edit,) = refined(text, [Edit(0, len(text), new)])
    assert text.index("få måter") <= edit.start < edit.end <= text.index("få måter") + 2


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("Kari: Ja.\n\nOla: Nei", "Kari: Ja.\nNytt.\n\nOla: Nei", (Edit(10, 0, "Nytt.\n"),)),
        ("Et svar. Et spor.", "Et svar. Et valg. Et spor.", (Edit(9, 0, "Et valg. "),)),
        ("Et svar. Et valg. Et spor.", "Et svar. Et spor.", (Edit(9, 9, ""),)),
        ("en to", "en ny to", (Edit(3, 0, "ny "),)),
        ("Han sa det", "Hun sa det", (Edit(1, 1, "u"),)),
        ("helt likt", "helt likt", ()),
    ],
)
def test_edits_stand_where_a_reader_sees_them(old: str, new: str, edits: tuple[Edit, ...]) -> None:
    assert edits_between(old, new) == edits


def test_a_word_that_is_another_is_replaced_as_a_whole() -> None:
    assert edits_between("vi bor i Bergen nå", "vi bor i Oslo nå") == (Edit(9, 6, "Oslo"),)


def test_a_moved_paragraph_is_two_edits() -> None:
    text = "".join(f"Avsnitt {n} handler om sak nummer {n * 17} i rekken.\n" for n in range(200))
    moved = text[:1000] + text[5000:6000] + text[1000:5000] + text[6000:]
    assert len(edits_between(text, moved)) == 2


HALF_A_MILLION = ("Det er mange som spør oss om hvordan vi får tid til alt vi skal. " * 8_000)[
    :500_000
]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a" * 500_000, "b" + "a" * 499_000 + "c"),
        ("ja " * 160_000, "ja  " * 120_000),
        ("ab" * 250_000, "ba" * 240_000),
        (HALF_A_MILLION, HALF_A_MILLION[::-1]),
        (HALF_A_MILLION, HALF_A_MILLION.upper()),
        (HALF_A_MILLION, ""),
        (("a" * 20 + "b") * 20_000, ("a" * 19 + "b") * 20_000),
        ("\n" * 300_000, " " * 300_000),
    ],
)
def test_no_text_takes_long(old: str, new: str) -> None:
    started = time.perf_counter()
    edits = edits_between(old, new)
    # Ten times what it takes: only a blow-up fails.
    assert time.perf_counter() - started < 2
    assert apply(old, edits) == new


def test_a_handful_of_changes_in_a_long_text_is_found_one_by_one() -> None:
    words = [f"ord{number * 7919 % 99_991}" for number in range(60_000)]
    text = " ".join(words)
    for place in (5, 9_000, 20_000, 41_000, 59_990):
        words[place] = "endret"
    new = " ".join(words)
    started = time.perf_counter()
    edits = edits_between(text, new)
    assert time.perf_counter() - started < 0.06
    assert len(edits) == 5
    assert apply(text, edits) == new
