"""The command picture: what was counted, drawn as vectors for print."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import write_line, write_note
from qda.cli.parsing import Command, one_of, project_argument, text_option, texts_option, words
from qda.cli.table_options import code_ids, codes_option, dimension_names, where_option
from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceBy, CooccurrenceSpec
from qda.model.errors import FileProblem, NotAllowed
from qda.model.matrix import CELL_KINDS, PERCENTS, CellKind, MatrixSpec, PercentOf
from qda.model.messages import message
from qda.model.pictures import PICTURE_KINDS, PRINT, Picture, PictureKind

if TYPE_CHECKING:
    from qda.app.session import Session

_ENDING = ".svg"


@click.command(
    "picture",
    cls=Command,
    help=_(
        "Draw what is counted: a matrix as a heat map or as bars, a map of codes that occur "
        "together, portraits of documents, the months of an indicator."
    ),
)
@project_argument
@click.argument("kind", type=one_of(*PICTURE_KINDS), metavar="KIND")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), required=True, metavar="FILE.svg",
    help=_("Write it to this file: .svg."),
)  # fmt: skip
@click.option("--rows", type=words, default="case", metavar="WHAT", help=_("Of a matrix: rows."))
@click.option(
    "--columns", type=words, default="code", metavar="WHAT", help=_("Of a matrix: columns.")
)
@click.option(
    "--cells",
    type=one_of(*CELL_KINDS),
    default="segments",
    metavar="KIND",
    help=_("Of a matrix: what its cells count."),
)
@click.option(
    "--percent", type=one_of(*PERCENTS), metavar="OF", help=_("Of a matrix: percentages.")
)
@click.option(
    "--by",
    type=one_of(*COOCCURRENCES_BY),
    default="overlap",
    metavar="WHERE",
    help=_("Of a map: where two codes meet: overlap, document or turn."),
)
@texts_option(
    "--value", metavar="NAME", help=_("Of a joint display or points: this variable of the cases.")
)
@texts_option("--course", metavar="NAME", help=_("Of a joint display: draw these months."))
@text_option("--sort-by", metavar="NAME", help=_("Order the rows by this variable."))
@text_option("--indicator", metavar="NAME", help=_("Of a timeline: the indicator."))
@where_option
@codes_option
@click.pass_obj
def picture(  # noqa: PLR0913 - an argument for each option
    env: Environment,
    project: Path,
    *,
    kind: str,
    output: Path,
    where: tuple[tuple[str, str], ...],
    code: tuple[str, ...],
    value: tuple[str, ...],
    course: tuple[str, ...],
    unfolded: bool,
    percent: str | None,
    **named: str,
) -> None:
    """Draw a picture and write it."""
    if output.suffix.casefold() != _ENDING:
        raise FileProblem(
            message(
                "{name}: choose a file name that ends in {endings}.",
                name=output.name,
                endings=_ENDING,
            )
        )
    from qda.formats.atomic import atomic_write  # lazy: start-up
    from qda.formats.pictures.svg import svg_text

    with env.reading(project) as session:
        spec = MatrixSpec(
            rows=dimension_names(named["rows"]),
            columns=dimension_names(named["columns"]),
            cells=cast("CellKind", named["cells"]),
            where=where,
            sort_by=named["sort_by"],
            folded=not unfolded,
            codes=code_ids(session, code),
            percent=cast("PercentOf | None", percent),
        )
        asked = _Asked(spec, value, course, cast("CooccurrenceBy", named["by"]), named["indicator"])
        drawn = _drawn(session, cast("PictureKind", kind), asked)
    atomic_write(output, svg_text(drawn))
    write_note(tr("Wrote {file}.", file=str(output)))
    about = {"kind": kind, "title": drawn.title, "about": drawn.about, "file": str(output)}
    env.answer(about, lambda: write_line(drawn.about))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The table, what stands beside it, where codes meet, and the indicator of a timeline."""

    spec: MatrixSpec
    values: tuple[str, ...]
    courses: tuple[str, ...]
    by: CooccurrenceBy
    indicator: str


def _drawn(session: "Session", kind: PictureKind, asked: _Asked) -> Picture:
    from qda.analysis import portraits as measured  # lazy: it brings numpy
    from qda.formats.pictures import portraits, timeline

    catalogue, connection = current_catalogue(), session.project.connection
    snapshot = session.snapshot()
    name = snapshot.entities.project.name
    if kind == "portraits":
        lanes = measured.portraits(connection, snapshot, asked.spec)
        return portraits.portraits(name, lanes, catalogue, PRINT)
    if kind == "timeline":
        if not asked.indicator:
            raise NotAllowed(message("Say which indicator, with --indicator."))
        found = measured.courses(connection, snapshot, asked.indicator)
        writing = timeline.Writing(catalogue.format_number, catalogue.format_month)
        return timeline.timeline(name, asked.indicator, found, catalogue, PRINT, writing)
    return _of_table(session, kind, asked)


def _of_table(session: "Session", kind: PictureKind, asked: _Asked) -> Picture:
    from qda.analysis.case_table import export_bundle  # lazy: it brings numpy
    from qda.analysis.code_rows import named_by
    from qda.analysis.cooccurrence import cooccurrence_matrix
    from qda.analysis.joint import JointSpec, joint_display
    from qda.analysis.matrix import answer
    from qda.formats.pictures import bars, heat, joint, network, scatter

    connection, snapshot, spec = session.project.connection, session.snapshot(), asked.spec
    if kind == "network":
        together = CooccurrenceSpec(
            by=asked.by, where=spec.where, folded=spec.folded, codes=spec.codes
        )
        by_name = named_by(connection, snapshot, together)
        matrix = cooccurrence_matrix(snapshot, together, by_name)
    elif kind in ("joint", "scatter"):
        matrix = joint_display(connection, snapshot, JointSpec(spec, asked.values, asked.courses))
    else:
        matrix = answer(connection, snapshot, spec)
    draw = {
        "heat": heat.heat_map,
        "bars": bars.bars,
        "network": network.network,
        "joint": joint.joint_display,
        "scatter": scatter.scatter,
    }[kind]
    return draw(export_bundle(connection, snapshot, matrix), current_catalogue(), PRINT)


COMMANDS = (picture,)
