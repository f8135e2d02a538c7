"""The command picture: what was counted, drawn as vectors for print."""

from pathlib import Path
from typing import cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import write_line, write_note
from qda.cli.parsing import Command, one_of, project_argument, text_option, texts_option, words
from qda.cli.table_options import code_ids, codes_option, dimension_names, where_option
from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceBy
from qda.model.errors import FileProblem
from qda.model.matrix import CELL_KINDS, PERCENTS, CellKind, MatrixSpec, PercentOf
from qda.model.messages import message
from qda.model.pictures import PICTURE_KINDS, PRINT, PictureKind

_ENDINGS = (".svg", ".emf")


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
    "--output", "-o", type=click.Path(path_type=Path), required=True, metavar="FILE",
    help=_("Write it to this file: .svg, or .emf for Word."),
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
    if output.suffix.casefold() not in _ENDINGS:
        raise FileProblem(
            message(
                "{name}: choose a file name that ends in {endings}.",
                name=output.name,
                endings=", ".join(_ENDINGS),
            )
        )
    from qda.formats.atomic import atomic_write  # lazy: start-up
    from qda.formats.writeup_files.pictures import picture_bytes
    from qda.operations.pictures import PictureSpec, painting

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
        asked = PictureSpec(
            cast("PictureKind", kind), spec, value, course,
            cast("CooccurrenceBy", named["by"]), named["indicator"],
        )  # fmt: skip
        connection, snapshot = session.project.connection, session.snapshot()
        drawn = painting(connection, snapshot, asked, current_catalogue()).draw(PRINT)
    atomic_write(output, picture_bytes(output.name, drawn))
    write_note(tr("Wrote {file}.", file=str(output)))
    about = {"kind": kind, "title": drawn.title, "about": drawn.about, "file": str(output)}
    env.answer(about, lambda: write_line(drawn.about))


COMMANDS = (picture,)
