"""The command cooccurrence: which codes stand together, code by code."""

from pathlib import Path
from typing import cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import write_note, write_table
from qda.cli.parsing import Command, assignment, one_of, project_argument, text_option, texts_option
from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceBy, CooccurrenceSpec
from qda.store import lookup


@click.command("cooccurrence", cls=Command, help=_("Count which codes occur together."))
@project_argument
@click.option(
    "--by",
    type=one_of(*COOCCURRENCES_BY),
    default="overlap",
    metavar="WHERE",
    help=_("Where two codes meet: overlap, document or turn."),
)
@click.option(
    "--where",
    type=assignment,
    multiple=True,
    metavar="NAME=VALUE",
    help=_("Only segments with this; several values of one name let all of them through."),
)
@text_option("--coder", metavar="NAME", help=_("Only this coder."))
@click.option("--unfolded", is_flag=True, help=_("Give every code its own row and column."))
@texts_option("--code", metavar="CODE", help=_("Only this code and those below it."))
@click.option(
    "-o",
    "outputs",
    type=Path,
    multiple=True,
    metavar="FILE",
    help=_("Write it to a file: .xlsx, .csv, .docx, .html, .md, .tex or .json."),
)
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
    from qda.analysis.cooccurrence import cooccurrence_matrix
    from qda.cli.exporting import check_endings
    from qda.formats.matrix_files import write_matrix
    from qda.formats.matrix_files.json_writer import matrix_document

    check_endings(outputs)
    with env.reading(project) as session:
        connection, snapshot = session.project.connection, session.snapshot()
        spec = CooccurrenceSpec(
            by=cast("CooccurrenceBy", named["by"]),
            where=(*where, *((("coder", named["coder"]),) if named["coder"] else ())),
            folded=not unfolded,
            codes=frozenset(lookup.code(connection, one).id for one in code),
        )
        export = export_bundle(connection, snapshot, cooccurrence_matrix(snapshot, spec))
    for file in outputs:
        write_matrix(file, export, current_catalogue())
    document = matrix_document(export, current_catalogue()) | {"by": spec.by}

    def tell() -> None:
        lines = zip(document["rows"], document["cells"], strict=True)
        write_table(("", *document["columns"]), ((row, *cells) for row, cells in lines))
        for note in document["notes"]:
            write_note(note)

    env.answer(document, tell)
    for file in outputs:
        write_note(tr("Wrote {file}.", file=str(file)))


COMMANDS = (cooccurrence,)
