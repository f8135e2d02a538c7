"""The command correlate: how two numbers go together over the cases."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qda.cli.environment import Environment
from qda.cli.language import _, say, tr
from qda.cli.output import Json, write_note, write_table
from qda.cli.parsing import Command, project_argument, text_option, words

if TYPE_CHECKING:
    from qda.analysis.correlation import Correlation


@click.command(
    "correlate", cls=Command, help=_("Pearson's and Spearman's correlation over the cases.")
)
@project_argument
@click.argument("x", type=words, metavar="VAR")
@click.argument("y", type=words, metavar="VAR")
@text_option("--period", metavar="MONTH", help=_("Of indicators this month, not the latest."))
@click.pass_obj
def correlate(env: Environment, project: Path, *, x: str, y: str, period: str) -> None:
    """Correlate two variables of cases; `code:PATH` is the count of a code."""
    from qda.analysis import correlation  # lazy: it brings numpy

    with env.reading(project) as session:
        found = correlation.correlate(
            session.project.connection, session.snapshot(), x, y, period=period
        )
    env.answer(_document(found), lambda: _tell(found))


def _document(found: "Correlation") -> Json:
    return {
        "x": found.x,
        "y": found.y,
        "pearson": found.pearson,
        "spearman": found.spearman,
        "n": found.n,
        "interval": found.interval,
        "points": [{"case": one.name, "x": one.x, "y": one.y} for one in found.points],
        "notes": [say(note) for note in found.notes],
    }


def _tell(found: "Correlation") -> None:
    low, high = found.interval or (None, None)
    write_table(
        ("", tr("Value")),
        (
            (tr("Pearson's r"), found.pearson),
            (tr("95 % interval, from"), low),
            (tr("95 % interval, to"), high),
            (tr("Spearman's rho"), found.spearman),
            (tr("N cases"), found.n),
        ),
    )
    for note in found.notes:
        write_note(say(note))


COMMANDS = (correlate,)
