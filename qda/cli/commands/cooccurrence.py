"""The command cooccurrence: which codes stand together, code by code."""

from pathlib import Path
from typing import cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _
from qda.cli.parsing import Command, one_of, project_argument, text_option
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
from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceBy, CooccurrenceSpec


@click.command("cooccurrence", cls=Command, help=_("Count which codes occur together."))
@project_argument
@click.option(
    "--by",
    type=one_of(*COOCCURRENCES_BY),
    default="overlap",
    metavar="WHERE",
    help=_("Where two codes meet: overlap, document or turn."),
)
@where_option
@text_option("--coder", metavar="NAME", help=_("Only this coder."))
@days_options
@codes_option
@outputs_option
@click.pass_obj
def cooccurrence(
    env: Environment,
    project: Path,
    *,
    where: tuple[tuple[str, str], ...],
    code: tuple[str, ...],
    outputs: tuple[Path, ...],
    unfolded: bool,
    **named: str,
) -> None:
    """Count which codes occur together, print the table and write it to files."""
    from qda.analysis.case_table import export_bundle  # lazy: it brings numpy
    from qda.analysis.code_rows import code_question, named_by
    from qda.analysis.cooccurrence import cooccurrence_matrix
    from qda.cli.exporting import check_endings

    check_endings(outputs)
    with env.reading(project) as session:
        connection, snapshot = session.project.connection, session.snapshot()
        spec = CooccurrenceSpec(
            by=cast("CooccurrenceBy", named["by"]),
            where=(*where, *((("coder", named["coder"]),) if named["coder"] else ())),
            folded=not unfolded,
            codes=code_ids(session, code),
            as_of=day(named["as_of"]),
            successors=day(named["successors"]),
        )
        require_day_used(session, code_question(spec))
        by_name = named_by(connection, snapshot, spec)
        export = export_bundle(connection, snapshot, cooccurrence_matrix(snapshot, spec, by_name))
    document = dict(written(outputs, export)) | {"by": spec.by}
    env.answer(document, lambda: tell_table(document))


COMMANDS = (cooccurrence,)
