import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.words import count_words, word_spans


def spelled(text: str) -> list[str]:
    starts, ends = word_spans(text)
    return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


@pytest.mark.parametrize(
    ("text", "cores"),
    [
        ("", []),
        ("   \n\t", []),
        ("– … !", []),
        ("«Ja», sa hun.", ["Ja", "sa", "hun"]),
        ("mål- og resultatstyring", ["mål", "og", "resultatstyring"]),
        ("NAV-kontoret 74,5 % (2012)", ["NAV-kontoret", "74,5", "2012"]),
        ("_under_strek_ __", ["under_strek"]),
        ("😀 ja😀da 😀", ["ja😀da"]),
        ("𝐚𝐛 tall½ x²", ["𝐚𝐛", "tall½", "x²"]),
        ("a\u00a0b\u2028c\u200bd", ["a", "b", "c\u200bd"]),
    ],
)
def test_a_core_reaches_from_the_first_to_the_last_letter_or_digit(
    text: str, cores: list[str]
) -> None:
    assert spelled(text) == cores
    assert count_words(text) == len(cores)


TEXTS = st.text(alphabet=st.sampled_from("abÅ1½_-«», .\n\u00a0\u2028😀𝐚\u0301\u200b")) | st.text()


@given(TEXTS)
def test_both_ways_of_counting_agree_with_the_definition(text: str) -> None:
    words = [run for run in text.split() if any(map(str.isalnum, run))]
    assert count_words(text) == len(words)
    cores = spelled(text)
    assert len(cores) == len(words)
    for core, word in zip(cores, words, strict=True):
        assert core in word
        assert core[0].isalnum()
        assert core[-1].isalnum()


@given(TEXTS, st.data())
def test_words_that_overlap_a_slice_at_word_borders_are_those_in_it(
    text: str, data: st.DataObject
) -> None:
    borders = [0, len(text)] + [place for place, one in enumerate(text) if one.isspace()]
    start, end = sorted((data.draw(st.sampled_from(borders)), data.draw(st.sampled_from(borders))))
    starts, ends = word_spans(text)
    inside = int(((starts < end) & (ends > start)).sum())
    assert inside == len([run for run in text[start:end].split() if any(map(str.isalnum, run))])
