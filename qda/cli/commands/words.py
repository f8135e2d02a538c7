"""The commands words, words compare, words with: lists of words by dictionary form."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _, tr
from qda.cli.output import shown_progress, write_table
from qda.cli.parsing import (
    Group,
    assignment,
    project_argument,
    turns_option,
    where_option,
    whole,
    words,
)
from qda.model.errors import NotAllowed
from qda.model.messages import message
from qda.model.searching import Limits, TurnKind

if TYPE_CHECKING:
    from qda.app.session import Session
    from qda.app.word_counts import WordCounter

MOST = 100_000
where_words = where_option(
    help=_("Only words with this; several values of one name let all of them through.")
)
top_option = click.option(
    "--top", type=whole, default=50, metavar="N", help=_("How many words to list.")
)
all_option = click.option(
    "--all", "everything", is_flag=True, help=_("Also words such as og, er and not.")
)


@click.group("words", cls=Group, default="list", help=_("Count words by dictionary form."))
def words_group() -> None:
    """Count words."""


@words_group.command("list", help=_("List the most frequent words, all forms of a word together."))
@project_argument
@where_words
@turns_option
@top_option
@all_option
@click.pass_obj
def list_words(
    env: Environment,
    project: Path,
    *,
    where: tuple[tuple[str, str], ...],
    turns: str,
    top: int,
    everything: bool,
) -> None:
    """List words."""
    _check(top)
    with env.changing_if_possible(project) as session:
        limits = Limits(cast("TurnKind", turns), where)
        found = _counter(session, everything=everything).frequencies(limits, top)
    env.answer(
        [
            {
                "lemma": one.lemma,
                "count": one.count,
                "per_thousand": round(one.per_thousand, 4),
                "documents": one.documents,
                "dispersion": round(one.dispersion, 4),
                "forms": list(one.forms),
            }
            for one in found
        ],
        lambda: write_table(
            (tr("Word"), tr("Count"), tr("Per thousand"), tr("Documents"), tr("DP"), tr("Forms")),
            ((one.lemma, one.count, round(one.per_thousand, 2), one.documents,
              round(one.dispersion, 2), ", ".join(one.forms)) for one in found),
        ),
    )  # fmt: skip


@words_group.command("compare", help=_("List the words that set one group apart from another."))
@project_argument
@click.option(
    "--group",
    type=assignment,
    multiple=True,
    required=True,
    metavar="NAME=VALUE",
    help=_("Whose words: such as rolle=leder."),
)
@click.option(
    "--against",
    type=assignment,
    multiple=True,
    metavar="NAME=VALUE",
    help=_("Compared with these; without it with all others."),
)
@turns_option
@top_option
@all_option
@click.pass_obj
def compare_words(
    env: Environment,
    project: Path,
    *,
    group: tuple[tuple[str, str], ...],
    against: tuple[tuple[str, str], ...],
    turns: str,
    top: int,
    everything: bool,
) -> None:
    """Compare the words of two groups."""
    _check(top)
    kind = cast("TurnKind", turns)
    with env.changing_if_possible(project) as session:
        second = Limits(kind, against) if against else None
        found = _counter(session, everything=everything).compare(Limits(kind, group), second, top)
    env.answer(
        [
            {
                "lemma": one.lemma,
                "count": one.count,
                "against": one.against,
                "per_thousand": round(one.per_thousand, 4),
                "per_thousand_against": round(one.per_thousand_against, 4),
                "g2": round(one.g2, 4),
                "log_ratio": round(one.log_ratio, 4),
            }
            for one in found
        ],
        lambda: write_table(
            (tr("Word"), tr("Count"), tr("Against"), tr("G2"), tr("Log ratio")),
            ((one.lemma, one.count, one.against, round(one.g2, 2), round(one.log_ratio, 2))
             for one in found),
        ),
    )  # fmt: skip


@words_group.command("with", help=_("List the words that stand near a word."))
@project_argument
@click.argument("query", type=words, metavar="QUERY")
@click.option("--span", type=whole, default=5, metavar="N", help=_("How many words on each side."))
@where_words
@turns_option
@top_option
@all_option
@click.pass_obj
def words_with(
    env: Environment,
    project: Path,
    query: str,
    *,
    span: int,
    where: tuple[tuple[str, str], ...],
    turns: str,
    top: int,
    everything: bool,
) -> None:
    """List collocations."""
    _check(top)
    if not 1 <= span <= 50:
        raise NotAllowed(message("Words stand near within 1 to {most} words.", most=50))
    with env.changing_if_possible(project) as session:
        limits = Limits(cast("TurnKind", turns), where)
        found = _counter(session, everything=everything).companions(query, span, limits, top)
    env.answer(
        [
            {
                "lemma": one.lemma,
                "together": one.together,
                "count": one.count,
                "log_dice": round(one.log_dice, 4),
            }
            for one in found
        ],
        lambda: write_table(
            (tr("Word"), tr("Together"), tr("Count"), tr("logDice")),
            ((one.lemma, one.together, one.count, round(one.log_dice, 2)) for one in found),
        ),
    )


def _check(top: int) -> None:
    if not 1 <= top <= MOST:
        raise NotAllowed(message("From 1 to {most} words can be listed.", most=MOST))


def _counter(session: "Session", *, everything: bool) -> "WordCounter":
    from qda.app.searching import Searcher  # lazy: it brings numpy
    from qda.app.word_counts import WordCounter

    with shown_progress() as progress:
        session.words.build(progress)
    return WordCounter(Searcher(session), stop=not everything)


COMMANDS = (words_group,)
