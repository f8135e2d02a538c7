"""The command matrix: cases by codes, or anything by anything, with its evidence."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _
from qda.cli.parsing import Command, one_of, project_argument, text_option, words
from qda.cli.table_options import (
    bands_option,
    code_ids,
    codes_option,
    day,
    days_options,
    dimension_names,
    outputs_option,
    require_day_used,
    tell_table,
    where_option,
    written,
)
from qda.model.errors import NotAllowed
from qda.model.matrix import (
    CELL_KINDS,
    JUDGED_KINDS,
    PERCENTS,
    CellKind,
    MatrixSpec,
    PercentOf,
)
from qda.model.messages import message

NO_GROUPS_SHOWN = message(
    "Nothing here shows groups of {day}; make a kind of groups the rows or the columns."
)


@click.command("matrix", cls=Command, help=_("Count, compare and export: cases by codes."))
@project_argument
@click.option(
    "--rows",
    type=words,
    default="case",
    metavar="WHAT",
    help=_(
        "case, code, document, participant, coder, stance, proposition, a variable or a kind of "
        "groups; a*b nests."
    ),
)
@click.option("--columns", type=words, metavar="WHAT", help=_("Likewise."))
@click.option(
    "--cells",
    type=one_of(*CELL_KINDS, *JUDGED_KINDS),
    default="segments",
    metavar="KIND",
    help=_(
        "segments, documents, participants, cases, words, share, presence, quotes, "
        "summary, grade or verdict."
    ),
)
@where_option
@text_option("--sort-by", metavar="NAME", help=_("Order the rows by this variable."))
@click.option("--descending", is_flag=True, help=_("The highest first."))
@bands_option
@days_options
@click.option(
    "--percent",
    type=one_of(*PERCENTS),
    metavar="OF",
    help=_("Show percentages: of the row, column or total, or of all the material (material)."),
)
@click.option("--totals", is_flag=True, help=_("Add a row and a column of totals."))
@codes_option
@outputs_option
@click.pass_obj
def matrix(  # noqa: PLR0913 - an argument for each option
    env: Environment,
    project: Path,
    *,
    columns: str | None,
    where: tuple[tuple[str, str], ...],
    bands: tuple[tuple[str, tuple[float, ...]], ...],
    code: tuple[str, ...],
    outputs: tuple[Path, ...],
    descending: bool,
    unfolded: bool,
    totals: bool,
    percent: str | None,
    **named: str,
) -> None:
    """Build a matrix, print it and write it to files."""
    from qda.cli.exporting import bundled, check_endings  # lazy: it brings numpy

    check_endings(outputs)
    # Verdicts are of propositions, everything else is of codes.
    usual = "proposition" if named["cells"] == "verdict" else "code"
    named["columns"] = usual if columns is None else columns
    _check_bands(bands, named, where)
    with env.reading(project) as session:
        spec = MatrixSpec(
            rows=dimension_names(named["rows"]),
            columns=dimension_names(named["columns"]),
            cells=cast("CellKind", named["cells"]),
            where=where,
            sort_by=named["sort_by"],
            descending=descending,
            bands=dict(bands),
            folded=not unfolded,
            codes=code_ids(session, code),
            percent=cast("PercentOf | None", percent),
            totals=totals,
            as_of=day(named["as_of"]),
            successors=day(named["successors"]),
        )
        require_day_used(session, spec, NO_GROUPS_SHOWN)
        export = bundled(session, spec)
    document = written(outputs, export)
    env.answer(document, lambda: tell_table(document, share=spec.cells == "share", counts=True))


def _check_bands(
    bands: tuple[tuple[str, tuple[float, ...]], ...],
    named: Mapping[str, str],
    where: tuple[tuple[str, str], ...],
) -> None:
    """Raise NotAllowed for bands that would go unnoticed, since nothing shows them."""
    shown = {*dimension_names(named["rows"]), *dimension_names(named["columns"])}
    shown.update(name for name, _value in where)
    for name, _points in bands:
        if name.casefold() not in {one.casefold() for one in shown}:
            raise NotAllowed(
                message(
                    "Nothing here shows the bands of {name}; make it the rows or the columns.",
                    name=name,
                )
            )


COMMANDS = (matrix,)
