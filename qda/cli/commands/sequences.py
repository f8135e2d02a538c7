"""The command sequences: which code follows which along the interviews."""

from pathlib import Path

import click

from qda.cli.environment import Environment
from qda.cli.language import _
from qda.cli.parsing import Command, project_argument
from qda.cli.table_options import (
    code_ids,
    codes_option,
    day,
    days_options,
    outputs_option,
    require_day_used,
    tell_table,
    where_option,
    written,
)
from qda.model.sequences import SequenceSpec


@click.command(
    "sequences", cls=Command, help=_("Count which code follows which along the interviews.")
)
@project_argument
@click.option(
    "--within",
    type=click.IntRange(min=0),
    default=0,
    metavar="TURNS",
    help=_("Only the next coded turn that is at most so many turns away; 0 takes any."),
)
@where_option
@days_options
@codes_option
@outputs_option
@click.pass_obj
def sequences(  # noqa: PLR0913 - an argument for each option
    env: Environment,
    project: Path,
    *,
    within: int,
    where: tuple[tuple[str, str], ...],
    code: tuple[str, ...],
    outputs: tuple[Path, ...],
    unfolded: bool,
    as_of: str,
    successors: str,
) -> None:
    """Count the steps from code to code, print the table and write it to files."""
    from qda.analysis.case_table import export_bundle  # lazy: it brings numpy
    from qda.analysis.code_rows import code_question, named_by
    from qda.analysis.sequences import sequence_matrix
    from qda.cli.exporting import check_endings

    check_endings(outputs)
    with env.reading(project) as session:
        connection, snapshot = session.project.connection, session.snapshot()
        spec = SequenceSpec(
            within, where, not unfolded, code_ids(session, code),
            as_of=day(as_of), successors=day(successors),
        )  # fmt: skip
        require_day_used(session, code_question(spec))
        by_name = named_by(connection, snapshot, spec)
        export = export_bundle(connection, snapshot, sequence_matrix(snapshot, spec, by_name))
    document = dict(written(outputs, export)) | {"within": within}
    env.answer(document, lambda: tell_table(document))


COMMANDS = (sequences,)
