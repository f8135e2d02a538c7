"""The command matrix: cases by codes, or anything by anything, with its evidence."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import Cell, write_note, write_table
from qda.cli.parsing import (
    Command,
    assignment,
    one_of,
    project_argument,
    text_option,
    texts_option,
    words,
)
from qda.model.errors import NotAllowed
from qda.model.matrix import CELL_KINDS, JUDGED_KINDS, CellKind, CellValue, MatrixSpec
from qda.model.messages import message
from qda.store import lookup

NOTHING = "–"


def band(value: str) -> tuple[str, tuple[float, ...]]:
    """Take `VAR=15,70`: where the bands of a variable are cut."""
    name, cuts = assignment(value)
    try:
        points = tuple(float(point) for point in cuts.split(","))
    except ValueError:
        points = ()
    if not points or not all(map(math.isfinite, points)):
        raise click.BadParameter(tr("{value} is not of the form NAME=15,70.", value=value))
    return name, points


@click.command("matrix", cls=Command, help=_("Count, compare and export: cases by codes."))
@project_argument
@click.option(
    "--rows",
    type=words,
    default="case",
    metavar="WHAT",
    help=_(
        "case, code, document, participant, coder, stance, proposition or a variable; a*b nests."
    ),
)
@click.option("--columns", type=words, default="code", metavar="WHAT", help=_("Likewise."))
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
@click.option(
    "--where",
    type=assignment,
    multiple=True,
    metavar="NAME=VALUE",
    help=_("Only segments with this; several values of one name let all of them through."),
)
@text_option("--sort-by", metavar="NAME", help=_("Order the rows by this variable."))
@click.option("--descending", is_flag=True, help=_("The highest first."))
@click.option(
    "--band",
    "bands",
    type=band,
    multiple=True,
    metavar="NAME=15,70",
    help=_("Cut a variable into bands, each number opening one."),
)
@click.option("--unfolded", is_flag=True, help=_("Give every code its own column."))
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
def matrix(
    env: Environment,
    project: Path,
    *,
    where: tuple[tuple[str, str], ...],
    bands: tuple[tuple[str, tuple[float, ...]], ...],
    code: tuple[str, ...],
    outputs: tuple[Path, ...],
    descending: bool,
    unfolded: bool,
    **named: str,
) -> None:
    """Build a matrix, print it and write it to files."""
    from qda.cli.exporting import bundled, check_endings  # lazy: it brings numpy
    from qda.formats.matrix_files import write_matrix
    from qda.formats.matrix_files.json_writer import matrix_document

    check_endings(outputs)
    _check_bands(bands, named, where)
    with env.reading(project) as session:
        connection = session.project.connection
        spec = MatrixSpec(
            rows=_dimensions(named["rows"]),
            columns=_dimensions(named["columns"]),
            cells=cast("CellKind", named["cells"]),
            where=where,
            sort_by=named["sort_by"],
            descending=descending,
            bands=dict(bands),
            folded=not unfolded,
            codes=frozenset(lookup.code(connection, one).id for one in code),
        )
        export = bundled(session, spec)
    for file in outputs:
        write_matrix(file, export, current_catalogue())
    document = matrix_document(export, current_catalogue())
    env.answer(document, lambda: _tell(spec.cells, document))
    for file in outputs:
        write_note(tr("Wrote {file}.", file=str(file)))


def _check_bands(
    bands: tuple[tuple[str, tuple[float, ...]], ...],
    named: Mapping[str, str],
    where: tuple[tuple[str, str], ...],
) -> None:
    """Raise NotAllowed for bands that would go unnoticed, since nothing shows them."""
    shown = {*_dimensions(named["rows"]), *_dimensions(named["columns"])}
    shown.update(name for name, _value in where)
    for name, _points in bands:
        if name.casefold() not in {one.casefold() for one in shown}:
            raise NotAllowed(
                message(
                    "Nothing here shows the bands of {name}; make it the rows or the columns.",
                    name=name,
                )
            )


def _dimensions(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in text.split("*"))))


def _tell(kind: CellKind, document: Mapping[str, Any]) -> None:
    """Print the matrix for people, with the counting rules below it."""
    lines = zip(document["rows"], document["cells"], document["n"]["rows"], strict=True)
    write_table(
        ("", *document["columns"], tr("N segments")),
        ((row, *(_cell(kind, cell) for cell in cells), n["segments"]) for row, cells, n in lines),
    )
    for note in document["notes"]:
        write_note(note)


def _cell(kind: CellKind, value: CellValue | list[str]) -> Cell:
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return " ".join(f"«{quote}»" for quote in value)
    if kind == "share" and not isinstance(value, str):
        return current_catalogue().format_percent(value, 1)
    return value


COMMANDS = (matrix,)
