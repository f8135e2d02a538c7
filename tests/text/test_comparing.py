"""Differences between two texts are told in whole words, and together make the one of the other."""

from hypothesis import given
from hypothesis import strategies as st

from qda.text.comparing import AROUND, differences, word_changes

WORDS = st.lists(
    st.sampled_from(["vi", "teller", "tellinga", "på", "é\u0301n", "📊", "NAV-kontor", "uke."]),
    max_size=12,
)
TEXTS = WORDS.flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", "\n", "\u00a0", "  "]), min_size=len(words), max_size=len(words)
    ).map(lambda gaps: "".join(map("".join, zip(words, gaps, strict=True))))
)


@given(TEXTS, TEXTS)
def test_the_changes_make_the_new_text_of_the_old(old: str, new: str) -> None:
    made, at, there = "", 0, 0
    for i, k, j, m in word_changes(old, new):
        assert i >= at
        assert j >= there
        assert i < k or j < m
        made += old[at:i] + new[j:m]
        at, there = k, m
        assert made == new[: len(made)]
    assert made + old[at:] == new


def inside_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace()


@given(TEXTS, TEXTS)
def test_no_change_begins_or_ends_inside_a_word_that_both_texts_have(old: str, new: str) -> None:
    changes = word_changes(old, new)
    for i, k, j, m in changes:
        if inside_a_word(old, i) or inside_a_word(new, j):
            assert i == 0 or j == 0 or old[i - 1] != new[j - 1] or old[i - 1].isspace()
        if inside_a_word(old, k) or inside_a_word(new, m):
            same = old[k : k + 1] == new[m : m + 1] and not old[k : k + 1].isspace()
            assert not same


def test_a_corrected_ending_is_told_as_the_whole_word() -> None:
    (found,) = differences("Vi teller planer hver uke.", "Vi teller planene hver uke.")
    assert (found.before, found.after) == ("planer", "planene")
    assert (found.left, found.right) == ("Vi teller ", " hver uke.")
    assert not found.cut_left
    assert not found.cut_right


def test_a_word_put_in_is_told_alone() -> None:
    (found,) = differences("Vi teller planer.", "Vi teller alle planer.")
    assert found.before == ""
    assert found.after.strip() == "alle"


def test_two_words_that_became_one_are_told_as_words() -> None:
    (found,) = differences("Mandag er det møte.", "Mandager har vi møte.")
    assert (found.before, found.after) == ("Mandag er det", "Mandager har vi")


def test_what_stands_around_ends_with_its_paragraph_or_after_some_words() -> None:
    old = "Første avsnitt.\n" + "ord " * 60 + "feil " + "ord " * 60 + "\nSiste avsnitt."
    (found,) = differences(old, old.replace("feil", "rett"))
    assert "avsnitt" not in found.left + found.right
    assert 0 < len(found.left) <= AROUND
    assert 0 < len(found.right) <= AROUND
    assert found.cut_left
    assert found.cut_right
    assert found.left.startswith("ord")
    assert found.right.endswith("ord")


def test_the_same_text_has_no_differences() -> None:
    assert differences("Likt.", "Likt.") == ()
    assert differences("", "") == ()
