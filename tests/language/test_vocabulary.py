"""Forms and keys as lines of text: found as a dictionary would find them."""

import re
from fnmatch import fnmatchcase

from hypothesis import given
from hypothesis import strategies as st

from qda.language.lemmas import Keys
from qda.language.vocabulary import Columns, Form, FormRow, Vocabulary, is_sound

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


def columns(*rows: FormRow) -> Columns:
    return Columns(
        " ".join(str(row[0]) for row in rows),
        " ".join(row[1] for row in rows),
        "\n".join(row[2] for row in rows),
        "\n".join(f"{row[3]} / {row[4]}" if row[4] else row[3] for row in rows),
        "\n".join(row[5] for row in rows),
    )


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), max_size=12), st.integers(1, 3), WORDS)
def test_forms_of_a_file_are_held_as_if_they_were_added(
    rows: list[tuple[str, str, str, str]], step: int, key: str
) -> None:
    entries = [entry(step * n, a, b, c, d) for n, (a, b, c, d) in enumerate(rows)]
    held, added = Vocabulary.of(columns(*entries)), Vocabulary(entries)
    assert is_sound(columns(*entries))
    assert len(held) == len(added)
    assert held.with_keys([key]).tolist() == added.with_keys([key]).tolist()
    assert held.with_parts([key]).tolist() == added.with_parts([key]).tolist()
    assert held.all_forms() == added.all_forms()
    assert held.all_lemmas() == added.all_lemmas()
    more = entry(len(held), "ny", "ny", "", "del")
    held.add([more])
    assert [held.entry(one[0]).row() for one in (*entries, more)] == [*entries, more]


def test_the_only_form_may_have_no_parts() -> None:
    held = Vocabulary.of(columns(entry(0, "a", "a")))
    held.add([entry(1, "b", "b", "", "c")])
    assert held.entry(0).row() == entry(0, "a", "a")
    assert held.with_parts(["c"]).tolist() == [1]


def test_forged_forms_are_told() -> None:
    assert is_sound(columns())
    assert is_sound(columns(entry(0, "a", "a"), entry(1, "b", "b")))
    for forged in (
        [entry(1, "a", "a"), entry(1, "b", "b")],
        [entry(10**12, "a", "a")],
        [entry(0, "a\nb", "a")],
        [entry(0, "a b", "a")],
        [entry(0, "a", "a\nb")],
        [entry(0, "a", "a", "", "b\nc")],
        [entry(0, "a", "")],
        [entry(0, "a", "", "b")],
        [entry(0, "a", "a"), entry(1, "b", "")],
        [entry(0, "", "a")],
        [entry(-1, "a", "a")],
        [(0, "xx", "a", "a", "", "")],
        [(0, "nb nb", "a", "a", "", "")],
    ):
        assert not is_sound(columns(*forged))  # pyright: ignore[reportArgumentType]
