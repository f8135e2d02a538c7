"""The command joint: codes beside what is known of the cases, and how they go together."""

from pathlib import Path
from typing import cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _
from qda.cli.parsing import Command, one_of, project_argument, text_option, texts_option, words
from qda.cli.table_options import (
    code_ids,
    codes_option,
    dimension_names,
    outputs_option,
    tell_table,
    where_option,
    written,
)
from qda.model.matrix import CELL_KINDS, CellKind, MatrixSpec


@click.command(
    "joint",
    cls=Command,
    help=_("Codes beside variables of the cases: a joint display, with correlations."),
)
@project_argument
@texts_option(
    "--value",
    metavar="NAME[@MONTH]",
    help=_("Show this variable; of an indicator a month may be named."),
)
@texts_option("--course", metavar="NAME", help=_("Draw the months of this indicator."))
@click.option(
    "--rows", type=words, default="case", metavar="WHAT", help=_("Rows that end with case; a*case.")
)
@click.option("--columns", type=words, default="code", metavar="WHAT", help=_("The columns."))
@click.option(
    "--cells",
    type=one_of(*CELL_KINDS),
    default="segments",
    metavar="KIND",
    help=_("What the cells count."),
)
@text_option("--sort-by", metavar="NAME", help=_("Order the rows by this variable."))
@click.option("--descending", is_flag=True, help=_("The highest first."))
@click.option("--no-correlations", is_flag=True, help=_("Leave the correlations out."))
@where_option
@codes_option
@outputs_option
@click.pass_obj
def joint(  # noqa: PLR0913 - an argument for each option
    env: Environment,
    project: Path,
    *,
    value: tuple[str, ...],
    course: tuple[str, ...],
    where: tuple[tuple[str, str], ...],
    code: tuple[str, ...],
    outputs: tuple[Path, ...],
    descending: bool,
    no_correlations: bool,
    unfolded: bool,
    **named: str,
) -> None:
    """Build a joint display, print it and write it to files."""
    from qda.analysis.case_table import export_bundle  # lazy: it brings numpy
    from qda.analysis.joint import JointSpec, joint_display
    from qda.cli.exporting import check_endings

    check_endings(outputs)
    with env.reading(project) as session:
        connection, snapshot = session.project.connection, session.snapshot()
        spec = MatrixSpec(
            rows=dimension_names(named["rows"]),
            columns=dimension_names(named["columns"]),
            cells=cast("CellKind", named["cells"]),
            where=where,
            sort_by=named["sort_by"],
            descending=descending,
            folded=not unfolded,
            codes=code_ids(session, code),
        )
        asked = JointSpec(spec, value, course, correlate=not no_correlations)
        export = export_bundle(connection, snapshot, joint_display(connection, snapshot, asked))
    document = written(outputs, export)
    env.answer(document, lambda: tell_table(document, share=spec.cells == "share", counts=True))


COMMANDS = (joint,)
