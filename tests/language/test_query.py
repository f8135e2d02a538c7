"""The language of searches: what is understood, and where it says it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.language.query import (
    Both,
    CodeWords,
    Either,
    Near,
    Part,
    Query,
    Row,
    Without,
    Word,
    parse,
)
from qda.model.errors import BadQuery

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Veileder", Word("veileder")),
        ("MÅL", Word("mål")),
        ("a b", Row((A, B))),
        ('"Ikke sant"', Row((Word("ikke", exact=True), Word("sant", exact=True)))),
        ("«a» b", Row((Word("a", exact=True), B))),
        ("tell*", Word("tell*")),
        ("*Dialog*", Word("*dialog*")),
        ("m?l", Word("m?l")),
        ("hva?", Word("hva")),
        ("~Dialog", Part("dialog")),
        ("og/eller", Row((Word("og"), Word("eller")))),
        ("a, b.", Row((A, B))),
        ("a AND b", Both(A, B)),
        ("a OG b", Both(A, B)),
        ("a og b", Row((A, Word("og"), B))),
        ("a NOT b", Without(A, B)),
        ("a AND NOT b", Without(A, B)),
        ("a OG IKKE b", Without(A, B)),
        ("a OR b ELLER c", Either((A, B, C))),
        ("a OR b AND c", Either((A, Both(B, C)))),
        ("(a OR b) AND c", Both(Either((A, B)), C)),
        ("a NEAR b", Near(A, B, 5)),
        ("a NÆR/12 b c", Near(A, Row((B, C)), 12)),
        ("a (b OR c)", Row((A, Either((B, C))))),
        ("code:rutiner", CodeWords("rutiner")),
        ('kode:"faste rutiner" AND a', Both(CodeWords("faste rutiner"), A)),
        ("NAV-kontor", Word("nav-kontor")),
        ("pa\u030a", Word("på")),
    ],
)
def test_queries(text: str, query: Query) -> None:
    assert parse(text) == query


def test_exact_takes_every_word_as_written() -> None:
    assert parse("a tell*", exact=True) == Row((Word("a", exact=True), Word("tell*", exact=True)))


@pytest.mark.parametrize(
    ("text", "sentence", "place"),
    [
        ("", "Write a word to look for.", 0),
        ("  ", "Write a word to look for.", 0),
        ("a AND", "A word must follow AND.", 5),
        ("a OG OG b", "A word must follow OG.", 5),
        ("OR a", "A word must stand before OR.", 0),
        ("(a", "A parenthesis is not closed.", 0),
        ("a)", "A parenthesis is closed that was not opened.", 1),
        ("( )", "There is nothing in the parentheses.", 2),
        ('a "b', "A quotation mark is missing.", 2),
        ("a » b", "A quotation mark is missing.", 2),
        ('""', "There is no word between the quotation marks.", 0),
        ("a NEAR/0 b", "NEAR/n takes a number from 1 to 1000.", 2),
        ("!?", "«!?» holds no letter or digit to look for.", 0),
        ("***", "«***» holds no letter or digit to look for.", 0),
        ("~", "Write a word after ~.", 0),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, sentence: str, place: int) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(text)
    assert str(caught.value) == sentence
    assert caught.value.place == place


def test_only_words_stand_in_a_row() -> None:
    with pytest.raises(BadQuery, match="In a row of words"):
        parse("(a AND b) c")


@pytest.mark.parametrize("text", ["(" * 5_000, "a AND " * 5_000 + "a", "a " * 5_000])
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(BadQuery):
        parse(text)


@given(st.text(alphabet='aÅ "«»()~*?/.AND ORNEARcode:1', max_size=40))
def test_every_text_is_a_query_or_a_sentence(text: str) -> None:
    place, sentence = 0, "understood"
    try:
        assert parse(text) is not None
    except BadQuery as error:
        place, sentence = error.place, str(error)
    assert sentence
    assert 0 <= place <= len(text)
