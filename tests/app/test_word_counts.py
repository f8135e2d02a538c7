"""Counts of words, and the lines that stand behind every number."""

from collections.abc import Callable

import pytest

from qda.app.concordance import Concordance
from qda.app.searching import Searcher
from qda.app.session import Session
from qda.app.word_counts import WordCounter
from qda.language.lexicon import forget
from qda.model.errors import NotFound
from qda.model.ids import DocumentId
from qda.model.searching import Limits
from qda.operations import cases

Put = Callable[..., DocumentId]
NORTH = """\
Intervjuer: Teller dere planer?
Leder: Vi teller planer, og planene teller vi. Det er en plan.
Veileder: Jeg teller timer.
"""
SOUTH = """\
Leder: Brukerne kommer. Brukeren får time, og brukerne får planer.
"""


@pytest.fixture
def counter(session: Session, put: Put) -> WordCounter:
    """Two offices with a source each."""
    for name, text in (("Nord", NORTH), ("Sør", SOUTH)):
        document = put(name, text)
        case = session.run(cases.add_case, coder="Kari", name=name).value
        session.run(cases.link_cases, coder="Kari", case=case, documents=[document])
    session.words.build()
    forget()
    return WordCounter(Searcher(session))


def shown(counter: WordCounter, found: object) -> list[str]:
    return [one.hit.match for one in Concordance(counter.searcher, found).lines(0, 99)]  # pyright: ignore[reportArgumentType]


def test_every_frequency_opens_as_many_lines(counter: WordCounter) -> None:
    for limits in (Limits(), Limits("all"), Limits("informant", (("case", "Nord"),))):
        words = counter.frequencies(limits, 100)
        assert words
        for one in words:
            assert len(counter.lines(one.lemma, limits)) == one.count, one.lemma
    assert shown(counter, counter.lines("plan", Limits())) == [
        "planer",
        "planene",
        "plan",
        "planer",
    ]
    assert len(counter.lines("finnes-ikke", Limits())) == 0


def test_words_by_office_with_their_lines(counter: WordCounter) -> None:
    found = counter.frequencies_by(Limits(), "case", 100)
    assert [group.name for group in found.groups] == ["Nord", "Sør"]
    assert sum(group.words for group in found.groups) == 23
    by_word = {one.lemma: counts for one, counts in zip(found.words, found.counts, strict=True)}
    assert by_word["plan"] == (3, 1)
    assert by_word["bruker"] == (0, 3)
    for one, counts in zip(found.words, found.counts, strict=True):
        assert sum(counts) == one.count
        for group, count in zip(found.groups, counts, strict=True):
            lines = counter.lines(one.lemma, Limits(), group=("case", group.name))
            assert len(lines) == count, (one.lemma, group.name)
    # A limit on offices leaves the others without a word, and they are left out.
    north = Limits("informant", (("case", "Nord"),))
    assert [one.name for one in counter.frequencies_by(north, "case", 9).groups] == ["Nord"]
    with pytest.raises(NotFound):
        counter.frequencies_by(Limits(), "finnes ikke", 9)


def test_what_sets_two_groups_apart_opens_the_lines_of_either(counter: WordCounter) -> None:
    north, south = (Limits("informant", (("case", name),)) for name in ("Nord", "Sør"))
    for second in (None, south):
        words = counter.compare(north, second, 100)
        assert {one.lemma for one in words if one.log_ratio > 0} >= {"plan", "telle"}
        assert {one.lemma for one in words if one.log_ratio < 0} >= {"bruker"}
        for one in words:
            assert len(counter.lines(one.lemma, north)) == one.count
            against = counter.lines(one.lemma, second or Limits(), but=north)
            assert len(against) == one.against, one.lemma


def test_companions_open_their_lines(counter: WordCounter) -> None:
    found = {one.lemma: one.together for one in counter.companions("plan", 2, Limits(), 50)}
    assert found["telle"] == 2
    # What is asked about is no companion of itself, though it stands near itself.
    assert "plan" not in found
    for lemma, together in found.items():
        assert len(counter.lines_beside(lemma, "plan", 2, Limits())) == together


def test_words_that_say_little_are_left_out_unless_wanted(counter: WordCounter) -> None:
    every = WordCounter(counter.searcher, stop=False)
    assert {"og", "vi"} <= {one.lemma for one in every.frequencies(Limits(), 100)}
    assert not {"og", "vi"} & {one.lemma for one in counter.frequencies(Limits(), 100)}
