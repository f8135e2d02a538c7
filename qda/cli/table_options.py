"""The options that every command on a table of counts takes: filters, codes and files."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qda.cli import parsing
from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import Cell, write_note, write_table
from qda.cli.parsing import F, text_option, texts_option
from qda.model.errors import NotAllowed
from qda.model.ids import CodeId
from qda.model.matrix import CellValue, MatrixSpec
from qda.model.messages import Message, message
from qda.store import lookup

if TYPE_CHECKING:
    from qda.app.session import Session
    from qda.model.matrix import MatrixExport

NOTHING = "–"
TODAY = ("today", "i dag", "idag")
NO_GROUPS_ASKED = message("Nothing here asks for groups of {day}; filter by a kind of groups.")


def dimension_names(text: str) -> tuple[str, ...]:
    """Return the dimensions that `a*b` nests."""
    return tuple(filter(None, (name.strip() for name in text.split("*"))))


def where_option(function: F) -> F:
    """Take filters, any number of them."""
    return parsing.where_option(
        help=_("Only segments with this; several values of one name let all of them through.")
    )(function)


def band(value: str) -> tuple[str, tuple[float, ...]]:
    """Take `VAR=15,70`: where the bands of a variable are cut."""
    name, cuts = parsing.assignment(value)
    try:
        points = tuple(float(point) for point in cuts.split(","))
    except ValueError:
        points = ()
    if not points or not all(map(math.isfinite, points)):
        raise click.BadParameter(tr("{value} is not of the form NAME=15,70.", value=value))
    return name, points


def bands_option(function: F) -> F:
    """Take the bands that variables are cut into."""
    return click.option(
        "--band",
        "bands",
        type=band,
        multiple=True,
        metavar="NAME=15,70",
        help=_("Cut a variable into bands, each number opening one."),
    )(function)


def codes_option(function: F) -> F:
    """Take the codes that are kept, and whether each stands by itself."""
    kept = texts_option("--code", metavar="CODE", help=_("Only this code and those below it."))
    unfolded = click.option(
        "--unfolded", is_flag=True, help=_("Give every code a row or column of its own.")
    )
    return kept(unfolded(function))


def days_options(function: F) -> F:
    """Take the day that groups are those of, and that by which offices count as the new."""
    as_of = text_option(
        "--as-of",
        metavar="DAY",
        help=_("Take the groups (county) of this day or month, or today, not of the interviews."),
    )
    successors = text_option(
        "--successors",
        metavar="DAY",
        help=_(
            "Count offices that merged or were renamed by this day or month, or today, as the new."
        ),
    )
    return as_of(successors(function))


def day(text: str) -> str:
    """Return a day as a question names it; today becomes the day that it is."""
    today = text.strip().casefold() in TODAY
    return date.today().isoformat() if today else text.strip()  # noqa: DTZ011 - the user's own day


def require_day_used(
    session: "Session", spec: MatrixSpec, otherwise: Message = NO_GROUPS_ASKED
) -> None:
    """Raise NotAllowed for a day of groups that would go unnoticed, since nothing asks for them."""
    from qda.analysis.belonging import used_kinds  # lazy: it brings numpy

    if spec.as_of and not used_kinds(session.snapshot().entities, spec):
        raise NotAllowed(replace(otherwise, values={"day": spec.as_of}))


def outputs_option(function: F) -> F:
    """Take the files to write."""
    return parsing.outputs_option(
        help=_("Write it to a file: .xlsx, .ods, .csv, .docx, .html, .md, .tex or .json.")
    )(function)


def code_ids(session: "Session", codes: Iterable[str]) -> frozenset[CodeId]:
    """Return the ids of codes that are named. Raises NotFound, Ambiguous."""
    return frozenset(lookup.code(session.project.connection, one).id for one in codes)


def written(outputs: Iterable[Path], export: "MatrixExport") -> Mapping[str, Any]:
    """Write a table to every file, tell so, and return it as the command answers it."""
    from qda.formats.matrix_files import write_matrix  # lazy: it brings the writers
    from qda.formats.matrix_files.json_writer import matrix_document

    for file in outputs:
        write_matrix(file, export, current_catalogue())
        write_note(tr("Wrote {file}.", file=str(file)))
    return matrix_document(export, current_catalogue())


def tell_table(document: Mapping[str, Any], *, share: bool = False, counts: bool = False) -> None:
    """Print a table for people with the counting rules below it; `counts` adds the N of rows."""
    percent, totals = document.get("percent"), document.get("totals")
    cells: list[list[Any]] = document["cells"]
    lines = [
        [
            _cell(value, share=share, percent=percent["cells"][row][column] if percent else None)
            for column, value in enumerate(line)
        ]
        for row, line in enumerate(cells)
    ]
    labels = [*document["rows"]]
    columns = ["", *document["columns"]]
    numbers = [n["segments"] for n in document["n"]["rows"]]
    if totals is not None:
        of_rows, of_columns, all_of = (
            (percent["rows"], percent["columns"], percent["all"])
            if percent
            else ([None] * len(lines), [None] * len(columns), None)
        )
        columns.append(tr("In all"))
        for line, value, part in zip(lines, totals["rows"], of_rows, strict=True):
            line.append(_cell(value, share=share, percent=part))
        last = zip(totals["columns"], of_columns, strict=False)
        lines.append([_cell(value, share=share, percent=part) for value, part in last])
        lines[-1].append(_cell(totals["all"], share=share, percent=all_of))
        labels.append(tr("In all"))
        numbers.append(document["total"]["segments"])
    if counts:
        columns.append(tr("N segments"))
        lines = [[*line, n] for line, n in zip(lines, numbers, strict=True)]
    write_table(columns, ([label, *line] for label, line in zip(labels, lines, strict=True)))
    for note in document["notes"]:
        write_note(note)


def _cell(value: CellValue | list[str], *, share: bool, percent: float | None) -> Cell:
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return " ".join(f"«{quote}»" for quote in value)
    if isinstance(value, str):
        return value
    catalogue = current_catalogue()
    if percent is not None:
        return f"{catalogue.format_percent(percent, 1)} ({value})"
    return catalogue.format_percent(value, 1) if share else value
