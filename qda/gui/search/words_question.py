"""What is asked of the words as lists, and the answer as a table whose numbers open their lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qda.gui.models.choices import Choices
from qda.gui.models.question import Filter, Question
from qda.model.messages import Message, message
from qda.model.searching import Limits, TurnKind

if TYPE_CHECKING:
    from qda.app.searching import Found, Searcher
    from qda.app.word_counts import WordCounter

WordsKind = Literal["frequent", "apart", "beside"]
MOST = 500
"""Words that are listed at most."""
Cell = str | int | float
Opens = Callable[["WordCounter"], "Found"]
"""Finds the lines behind a number."""


@dataclass(frozen=True, slots=True)
class WordsAsked:
    """Which list, of whose words; `by` divides frequent words, the groups are set apart."""

    kind: WordsKind = "frequent"
    turns: TurnKind = "informant"
    filters: tuple[Filter, ...] = ()
    by: str = ""
    group: tuple[Filter, ...] = ()
    against: tuple[Filter, ...] = ()
    word: str = ""
    span: int = 5
    stop: bool = True

    def limits(self, filters: tuple[Filter, ...], known: Choices) -> Limits:
        """Return some filters as limits. Raises NotAllowed, NotFound."""
        return Limits(self.turns, known.spec(Question(filters=filters)).where)


@dataclass(frozen=True, slots=True)
class WordList:
    """A table of words: headings, rows, and where a number's lines come from.

    `opens` is by row and column; numbers that are measures have no lines of their own.
    """

    title: Message
    headings: tuple[Message, ...]
    rows: list[tuple[Cell, ...]]
    opens: dict[tuple[int, int], Opens]
    note: Message


def work(asked: WordsAsked, known: Choices) -> Callable[[Searcher], WordList]:
    """Return what makes the list, for a worker. Raises NotAllowed, NotFound for a limit."""
    limits = asked.limits(asked.filters, known)
    if asked.kind == "apart":
        group = asked.limits((*asked.filters, *asked.group), known)
        against = asked.limits((*asked.filters, *asked.against), known) if asked.against else limits
        return lambda searcher: _apart(_counter(searcher, asked), group, against)
    if asked.kind == "beside":
        return lambda searcher: _beside(_counter(searcher, asked), asked, limits)
    if asked.by:
        return lambda searcher: _divided(_counter(searcher, asked), asked.by, limits)
    return lambda searcher: _frequent(_counter(searcher, asked), limits)


def _counter(searcher: Searcher, asked: WordsAsked) -> WordCounter:
    from qda.app.word_counts import WordCounter  # lazy: it brings numpy

    return WordCounter(searcher, stop=asked.stop)


def _frequent(counter: WordCounter, limits: Limits) -> WordList:
    found = counter.frequencies(limits, MOST)
    return WordList(
        message("The most frequent words"),
        (
            message("Word"), message("Count"), message("Per thousand"), message("Sources"),
            message("Spread (DP)"), message("Forms"),
        ),
        [
            (one.lemma, one.count, one.per_thousand, one.documents, one.dispersion,
             ", ".join(one.forms))
            for one in found
        ],
        {
            (row, 1): lambda counter, lemma=one.lemma: counter.lines(lemma, limits)
            for row, one in enumerate(found)
        },
        message(
            "Spread (DP) is 0 for a word that is as even as the sources are long, "
            "and near 1 for one that stands in one place."
        ),
    )  # fmt: skip


def _divided(counter: WordCounter, by: str, limits: Limits) -> WordList:
    found = counter.frequencies_by(limits, by, MOST)
    opens: dict[tuple[int, int], Opens] = {}
    for row, one in enumerate(found.words):
        opens[row, 1] = lambda counter, lemma=one.lemma: counter.lines(lemma, limits)
        for column, group in enumerate(found.groups, start=3):
            opens[row, column] = lambda counter, lemma=one.lemma, value=group.name: counter.lines(
                lemma, limits, group=(by, value)
            )
    return WordList(
        message("The most frequent words, divided"),
        (
            message("Word"), message("Count"), message("Spread (DP)"),
            *(message("{name}", name=group.name) for group in found.groups),
        ),
        [
            (one.lemma, one.count, one.dispersion, *counts)
            for one, counts in zip(found.words, found.counts, strict=True)
        ],
        opens,
        message("What belongs to several of the columns counts in each of them."),
    )  # fmt: skip


def _apart(counter: WordCounter, group: Limits, against: Limits) -> WordList:
    found = counter.compare(group, against, MOST)
    opens: dict[tuple[int, int], Opens] = {}
    for row, one in enumerate(found):
        opens[row, 1] = lambda counter, lemma=one.lemma: counter.lines(lemma, group)
        opens[row, 2] = lambda counter, lemma=one.lemma: counter.lines(lemma, against, but=group)
    return WordList(
        message("What sets the words of two groups apart"),
        (
            message("Word"), message("Count"), message("Against"), message("Per thousand"),
            message("Per thousand, against"), message("G2"), message("Log ratio"),
        ),
        [
            (one.lemma, one.count, one.against, one.per_thousand, one.per_thousand_against, one.g2,
             one.log_ratio)
            for one in found
        ],
        opens,
        message(
            "G2 (log-likelihood) says how sure the difference is: above 15.1 in lists of many "
            "words. The log ratio says how large it is: 1 is twice as frequent in the group, "
            "−1 half as frequent."
        ),
    )  # fmt: skip


def _beside(counter: WordCounter, asked: WordsAsked, limits: Limits) -> WordList:
    query, span = asked.word, asked.span
    found = counter.companions(query, span, limits, MOST)
    opens: dict[tuple[int, int], Opens] = {}
    for row, one in enumerate(found):
        opens[row, 1] = lambda counter, lemma=one.lemma: counter.lines_beside(
            lemma, query, span, limits
        )
        opens[row, 2] = lambda counter, lemma=one.lemma: counter.lines(lemma, limits)
    return WordList(
        message("What stands beside «{query}»", query=query),
        (message("Word"), message("Together"), message("Count"), message("logDice")),
        [(one.lemma, one.together, one.count, one.log_dice) for one in found],
        opens,
        message(
            "logDice is 14 for words that never stand without each other, whatever the size of "
            "the material; one less is half as strong."
        ),
    )
