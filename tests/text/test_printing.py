"""Quotes as they are printed: marks, cuts and words put in; the check of quotes reads them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.analysis.quote_check import check_passages, index_sources
from qda.model.errors import NotAllowed
from qda.model.ids import DocumentId
from qda.model.quotes import CUT_MARKS, QUOTE_MARKS, QuoteStyle, Trim
from qda.text.passages import Passage
from qda.text.printing import checked_style, checked_trims, printed, whole_words

QUOTE = "Vi teller planer, det gjør vi, fordi de teller dem der oppe."
STYLE = QuoteStyle()


def shown(*trims: Trim, quote: str = QUOTE, style: QuoteStyle = STYLE) -> str:
    return printed(quote, checked_trims(quote, trims), style, "nb")


def place(words: str) -> tuple[int, int]:
    at = QUOTE.index(words)
    return at, at + len(words)


def test_cuts_and_words_put_in() -> None:
    assert shown() == f"«{QUOTE}»"
    assert shown(Trim(*place("det gjør vi, "))) == (
        "«Vi teller planer, […] fordi de teller dem der oppe.»"
    )
    assert shown(Trim(*place("de"), "fylket")).count("fylket") == 1
    assert shown(Trim(*place("dem der oppe"), "planene")) == (
        "«Vi teller planer, det gjør vi, fordi de teller [planene].»"
    )
    after = place("dem")[1]
    assert "dem [planene] der" in shown(Trim(after, after, "planene"))


def test_no_mark_at_the_ends_and_a_letter_changed_in_size() -> None:
    head = Trim(0, place("det gjør")[0])
    letter = Trim(head.end, head.end + 1, "D")
    assert shown(head, letter, Trim(*place(" fordi de teller dem der oppe."))) == (
        "«[D]et gjør vi,»"
    )


def test_the_style_and_the_language_choose_the_marks() -> None:
    cut = Trim(*place("det gjør vi, "))
    assert shown(cut, style=QuoteStyle(cut="(...)", marks='""')) == (
        '"Vi teller planer, (...) fordi de teller dem der oppe."'
    )
    assert printed("  We\n count. ", (), STYLE, "en") == "“We count.”"


def test_marks_within_marks_are_single_and_still_checked_as_verbatim() -> None:
    quote = "De sier «teller planer», og så ler de av eier'n."
    said = printed(quote, (), STYLE, "nb")
    assert said == "«De sier ‘teller planer’, og så ler de av eier'n.»"
    assert printed('Si "ja".', (), QuoteStyle(marks='""'), "nb") == "\"Si 'ja'.\""
    index = index_sources([(DocumentId(1), f"Leder: {quote} Ja.")])
    [found] = check_passages(index, [Passage(said[1:-1], 0, 9)])
    assert (found.status, found.differences) == ("verbatim", ())
    [other] = check_passages(index, [Passage(said[1:-1].replace(" ler ", " gråter "), 0, 9)])
    assert [(one.quote, one.source) for one in other.differences] == [("gråter", "ler")]


@pytest.mark.parametrize(
    ("trims", "words"),
    [
        ((Trim(-1, 3),), "outside"),
        ((Trim(0, 999),), "outside"),
        ((Trim(0, 9), Trim(5, 12)), "overlap"),
        ((Trim(0, 2, "[x]"),), "square brackets"),
        ((Trim(0, 2, "x" * 121),), "at most 120"),
        ((Trim(0, len(QUOTE)),), "Nothing is left"),
    ],
)
def test_trims_that_cannot_be(trims: tuple[Trim, ...], words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        checked_trims(QUOTE, trims)


def test_cuts_that_touch_are_one_and_empty_ones_none() -> None:
    assert checked_trims(QUOTE, [Trim(5, 9), Trim(2, 5), Trim(7 + 9, 16)]) == (Trim(2, 9),)


def test_a_selection_grows_to_whole_words() -> None:
    assert whole_words(QUOTE, 4, 9) == (3, 9)
    assert QUOTE[slice(*whole_words(QUOTE, 2, 12))] == "teller planer"


@pytest.mark.parametrize(
    ("style", "words"),
    [
        (QuoteStyle(cut="***"), "printed as one of"),
        (QuoteStyle(marks="<>"), "Quotation marks are one of"),
        (QuoteStyle(threshold=0), "whole number from 1"),
    ],
)
def test_styles_that_cannot_be(style: QuoteStyle, words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        checked_style(style)


@given(
    low=st.integers(0, len(QUOTE)),
    length=st.integers(1, 20),
    words=st.sampled_from(["", "kontoret", "noen av oss"]),
    cut=st.sampled_from(CUT_MARKS),
    marks=st.sampled_from(QUOTE_MARKS),
)
def test_what_is_printed_is_found_again_in_its_source(
    low: int, length: int, words: str, cut: str, marks: str
) -> None:
    start, end = whole_words(QUOTE, low, min(low + length, len(QUOTE)))
    if start >= end or QUOTE.replace(QUOTE[start:end], "").count(" ") < 4:
        return
    trims = checked_trims(QUOTE, [Trim(start, end, words)])
    said = printed(QUOTE, trims, QuoteStyle(cut=cut, marks=marks), "nb")
    index = index_sources([(DocumentId(1), f"Leder: Ja. {QUOTE} Sånn er det.")])
    [found] = check_passages(index, [Passage(said[1:-1], 0, len(said) - 2)])
    assert found.status in ("cut", "verbatim"), said
