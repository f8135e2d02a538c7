"""Commands on bands: how the numbers of a variable are cut into groups."""

import math
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr
from qda.cli.output import Json, write_line, write_note
from qda.cli.parsing import (
    Group,
    coder_option,
    project_argument,
    require_one,
    text_option,
    whole,
)
from qda.model.bands import BandDefinition, Banding
from qda.model.errors import NotFound
from qda.model.messages import message
from qda.operations.bands import add_banding, edit_banding, remove_banding
from qda.store import bands


@click.group("bands", cls=Group, help=_("Cut the numbers of a variable into bands."))
def bands_group() -> None:
    """Work with bands."""


def _points(value: str) -> tuple[float, ...]:
    """Take `15,70`."""
    try:
        points = tuple(float(point) for point in value.split(",")) if value else ()
    except ValueError:
        points = (math.nan,)
    if not all(map(math.isfinite, points)):
        raise click.BadParameter(tr("{value} is not of the form 15,70.", value=value))
    return points


@bands_group.command(
    "set", help=_("Define bands, or change them: by cuts, groups of equally many, equal width.")
)
@project_argument
@click.argument("variable", metavar="VARIABLE")
@text_option("--name", metavar="NAME", help=_("The name of the bands; the variable's and «bands»."))
@click.option(
    "--cuts", type=_points, default="", metavar="15,70", help=_("Each number opens a band.")
)
@click.option(
    "--quantiles", type=whole, default=0, metavar="N", help=_("N groups of equally many.")
)
@click.option("--width", type=whole, default=0, metavar="N", help=_("N bands of the same width."))
@text_option(
    "--period",
    metavar="MONTH",
    help=_("The month that counts, or two for a mean: 2012-01/2012-12; else the latest."),
)
@text_option("--labels", metavar="A|B|C", help=_("Names of the bands, the lowest first."))
@coder_option
@click.pass_obj
def set_bands(
    env: Environment,
    project: Path,
    *,
    cuts: tuple[float, ...],
    quantiles: int,
    width: int,
    **named: str,
) -> None:
    """Define bands of a variable."""
    require_one(tr("Say how to cut: --cuts, --quantiles or --width."), cuts, quantiles, width)
    labels = tuple(part.strip() for part in named["labels"].split("|")) if named["labels"] else ()
    method = "points" if cuts else "quantiles" if quantiles else "width"
    definition = BandDefinition(method, cuts, quantiles or width, named["period"], labels)
    with env.changing(project, named["coder"]) as session:
        _set(session, named["variable"], named["name"].strip(), definition)
        facts = _facts(session)
    env.answer(facts, lambda: _tell(facts))


def _set(session: Session, variable: str, name: str, definition: BandDefinition) -> None:
    from qda.analysis.properties import find_property  # lazy: it brings numpy

    of = find_property(session.snapshot().entities, variable).variable
    name = name or tr("{variable} bands", variable=of.name)
    known = _find(session, name)
    if known is None:
        session.run(
            add_banding, coder=session.coder, variable=of.id, name=name, definition=definition
        )
        return
    if known.variable != of.id:
        session.run(remove_banding, coder=session.coder, banding=known.id)
        session.run(
            add_banding, coder=session.coder, variable=of.id, name=name, definition=definition
        )
        return
    session.run(
        edit_banding, coder=session.coder, banding=known.id, name=name, definition=definition
    )


@bands_group.command("show", help=_("List the bands with what lies in each."))
@project_argument
@click.pass_obj
def show_bands(env: Environment, project: Path) -> None:
    """List the bands."""
    with env.reading(project) as session:
        facts = _facts(session)
    env.answer(facts, lambda: _tell(facts))


@bands_group.command("remove", help=_("Remove bands; the variable keeps its values."))
@project_argument
@click.argument("name", metavar="NAME")
@coder_option
@click.pass_obj
def remove_bands(env: Environment, project: Path, name: str, coder: str) -> None:
    """Remove bands."""
    with env.changing(project, coder) as session:
        known = _find(session, name)
        if known is None:
            raise NotFound(
                message("There are no bands called {name}; «qda bands show» lists them.", name=name)
            )
        session.run(remove_banding, coder=session.coder, banding=known.id)
        facts = _facts(session)
    env.answer(facts, lambda: write_line(tr("Removed {name}.", name=name)))


def _find(session: Session, name: str) -> Banding | None:
    wanted = name.strip().casefold()
    known = bands.all_bandings(session.project.connection)
    return next((one for one in known if wanted in (one.name.casefold(), one.guid)), None)


def _facts(session: Session) -> list[dict[str, Json]]:
    from qda.analysis.properties import banded, bands_of
    from qda.analysis.property_notes import band_note
    from qda.model.matrix import MatrixSpec

    entities = session.snapshot().entities
    found: list[dict[str, Json]] = []
    for one in entities.bandings:
        asked = banded(entities, one)
        cut = bands_of(entities, asked, MatrixSpec())
        if cut is None:
            continue
        ranges = zip(cut.labels, cut.counts, cut.ranges, strict=True)
        found.append(
            {
                "name": one.name,
                "guid": one.guid,
                "variable": asked.variable.name,
                "method": one.definition.method,
                "cuts": list(cut.points),
                "period": one.definition.period,
                "bands": [
                    {"band": label, "n": n, "range": list(ends) if ends is not None else None}
                    for label, n, ends in ranges
                ],
                "without": sum(place < 0 for place in cut.index),
                "rule": say(band_note(asked, cut, entities.language)),
            }
        )
    return found


def _tell(facts: list[dict[str, Json]]) -> None:
    if not facts:
        write_note(tr("No bands are defined yet."))
    for one in facts:
        write_line(str(one["rule"]))


COMMANDS = (bands_group,)
