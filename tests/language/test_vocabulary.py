"""Forms and keys as lines of text: found as a dictionary would find them."""

import re
from fnmatch import fnmatchcase

from hypothesis import given
from hypothesis import strategies as st

from qda.language.lemmas import Keys
from qda.language.vocabulary import Form, FormRow, Vocabulary, is_sound

WORDS = st.text(alphabet="abå-", min_size=1, max_size=4)


def entry(number: int, form: str, lemmas: str, others: str = "", parts: str = "") -> FormRow:
    return number, "nb", form, lemmas, others, parts


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=12), WORDS)
def test_keys_and_parts_are_found(rows: list[tuple[str, ...]], key: str) -> None:
    vocabulary = Vocabulary()
    for number, (form, lemma, other, part) in enumerate(rows):
        vocabulary.add([entry(number, form, lemma, f"{other} {form}", part)])
    expected = [n for n, row in enumerate(rows) if key in row[:3]]
    assert vocabulary.with_keys([key]).tolist() == expected
    assert vocabulary.with_parts([key]).tolist() == [n for n, r in enumerate(rows) if r[3] == key]
    assert list(vocabulary.numbers_of(key)) == [n for n, r in enumerate(rows) if r[0] == key]
    for number, row in enumerate(rows):
        assert vocabulary.form(number) == row[0]
        assert vocabulary.keys(number) == set(row[:3])
    assert vocabulary.all_forms() == [row[0] for row in rows]


@given(st.lists(WORDS, max_size=12), st.text(alphabet="abå-*?", min_size=1, max_size=5))
def test_patterns_are_found(forms: list[str], pattern: str) -> None:
    vocabulary = Vocabulary(entry(number, form, form) for number, form in enumerate(forms))
    expected = [n for n, form in enumerate(forms) if fnmatchcase(form, pattern)]
    assert vocabulary.matching(pattern).tolist() == expected


def test_signs_in_a_pattern_are_only_signs() -> None:
    vocabulary = Vocabulary([entry(0, "a.b", "a.b"), entry(1, "axb", "axb")])
    assert vocabulary.matching("a.*").tolist() == [0]
    assert re.escape(".") == r"\."


def test_languages_are_kept_apart() -> None:
    keys = Keys(("for",), (), ())
    vocabulary = Vocabulary(
        [Form.of(0, "nb", "for", keys).row(), Form.of(1, "en", "for", keys).row()]
    )
    assert vocabulary.number("en", "for") == 1
    assert vocabulary.number("nn", "for") is None
    assert vocabulary.has("nb", "for")
    assert vocabulary.language(1) == "en"


def test_gaps_are_no_forms() -> None:
    vocabulary = Vocabulary([entry(0, "a", "a"), entry(3, "b", "b")])
    assert len(vocabulary) == 4
    assert vocabulary.form(1) == ""
    assert vocabulary.matching("*").tolist() == [0, 1, 2, 3]
    assert vocabulary.entry(3).row() == entry(3, "b", "b")


def test_forged_forms_are_told() -> None:
    assert is_sound([entry(0, "a", "a"), entry(1, "b", "b")])
    for forged in (
        [entry(1, "a", "a"), entry(1, "b", "b")],
        [entry(10**12, "a", "a")],
        [entry(0, "a\nb", "a")],
        [entry(0, "a b", "a")],
        [entry(0, "a", "a\nb")],
        [entry(0, "a", "")],
        [entry(0, "", "a")],
        [entry(-1, "a", "a")],
    ):
        assert not is_sound(forged)
