"""Commands on monthly values of indicators."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr, tr_n
from qda.cli.output import Json, shown_progress, write_line, write_note
from qda.cli.parsing import Command, Group, coder_option, one_of, project_argument, text_option
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import counted

if TYPE_CHECKING:
    from qda.formats.number_reading import Decimal
    from qda.operations.value_sheets import ValueSheet

DECIMALS: "dict[str, Decimal]" = {"auto": "", "comma": ",", "point": "."}
UNKNOWN = ("refuse", "add", "leave-out")
SHOWN = 20
"""So many cells that are left out are listed for people; JSON has them all."""


@click.group("values", cls=Group, help=_("Import indicator values by month."))
def values_group() -> None:
    """Work with indicator values."""


@values_group.command(
    "import",
    cls=Command,
    help=_("Import a sheet of monthly values, long or wide; its shape is recognised."),
)
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@text_option("--name", metavar="INDICATOR", help=_("The indicator, where the sheet names none."))
@click.option(
    "--decimal",
    type=one_of(*DECIMALS),
    default="auto",
    metavar="SIGN",
    help=_("How decimals are written: auto, comma or point."),
)
@text_option("--case-column", metavar="NAME", help=_("The column of the offices."))
@click.option(
    "--unknown",
    type=one_of(*UNKNOWN),
    default="refuse",
    metavar="WHAT",
    help=_("What to do with offices that are not in the project: refuse, add or leave-out."),
)
@click.option("--skip-unreadable", is_flag=True, help=_("Leave out the cells that cannot be read."))
@click.option("--preview", is_flag=True, help=_("Only say what would be imported."))
@coder_option
@click.pass_obj
def import_values(
    env: Environment,
    project: Path,
    file: Path,
    *,
    skip_unreadable: bool,
    preview: bool,
    coder: str,
    **named: str,
) -> None:
    """Import a sheet of monthly values."""
    from qda.operations.value_sheets import (  # lazy: brings the sheet readers
        ValueOptions,
        read_values,
    )

    options = ValueOptions(named["name"], DECIMALS[named["decimal"]], named["case_column"])
    if preview:
        with env.reading(project), shown_progress() as progress:
            sheet = read_values(file, options, progress)
        env.answer(_facts(sheet, len(sheet.values)), lambda: _tell(sheet))
        return
    with env.changing(project, coder) as session, shown_progress() as progress:
        sheet = read_values(file, options, progress)
        if sheet.misfits and not skip_unreadable:
            raise _unreadable(sheet)
        count = _taken(session, sheet, named["unknown"], progress)
    env.answer(
        _facts(sheet, count),
        lambda: write_line(tr_n("Imported {n} value.", "Imported {n} values.", count)),
    )
    _tell_left_out(sheet)


def _taken(session: Session, sheet: "ValueSheet", unknown: str, progress: Progress) -> int:
    from qda.operations.case_matching import Unknown
    from qda.operations.monthly_values import import_period_values
    from qda.operations.value_sheets import report_on

    return session.run(
        import_period_values,
        coder=session.coder,
        values=sheet.values,
        unknown=cast("Unknown", unknown.replace("-", " ")),
        report=report_on(sheet),
        progress=progress,
    ).value


def _unreadable(sheet: "ValueSheet") -> FileProblem:
    from qda.operations.value_sheets import TROUBLE_WORDS

    first = sheet.misfits[0]
    return FileProblem(
        counted(
            "{n} cell of {file} cannot be read, in row {row}, column {column}: {why} Mend it, or "
            "leave it out with --skip-unreadable.",
            "{n} cells of {file} cannot be read, the first in row {row}, column {column}: {why} "
            "Mend them, or leave them out with --skip-unreadable.",
            len(sheet.misfits),
            file=sheet.file,
            row=first.row,
            column=first.column,
            why=TROUBLE_WORDS[first.trouble],
        )
    )


def _facts(sheet: "ValueSheet", count: int) -> dict[str, Json]:
    from qda.operations.value_sheets import TROUBLE_WORDS, reading_words

    return {
        "values": count,
        "shape": sheet.layout.shape,
        "rows": sheet.rows,
        "cases": len(sheet.cases),
        "indicators": list(sheet.indicators),
        "months": [sheet.months[0], sheet.months[-1]],
        "missing": sheet.missing,
        "numbers": say(reading_words(sheet.reading)),
        "unused": list(sheet.unused),
        "left_out": [
            {
                "row": one.row,
                "column": one.column,
                "cell": one.cell,
                "why": say(TROUBLE_WORDS[one.trouble]),
            }
            for one in (*sheet.misfits, *sheet.repeated)
        ],
    }


def _tell(sheet: "ValueSheet") -> None:
    """Say what would be imported."""
    from qda.operations.value_layouts import SHAPE_WORDS
    from qda.operations.value_sheets import reading_words

    write_line(say(SHAPE_WORDS[sheet.layout.shape]))
    write_line(
        tr(
            "{values}: {cases}, {indicators}, {first} to {last}.",
            values=tr_n("{n} value", "{n} values", len(sheet.values)),
            cases=tr_n("{n} office", "{n} offices", len(sheet.cases)),
            indicators=tr_n("{n} indicator", "{n} indicators", len(sheet.indicators)),
            first=sheet.months[0],
            last=sheet.months[-1],
        )
    )
    write_line(say(reading_words(sheet.reading)))
    _tell_left_out(sheet)


def _tell_left_out(sheet: "ValueSheet") -> None:
    from qda.operations.value_sheets import TROUBLE_WORDS

    if sheet.missing:
        write_note(
            tr_n("{n} empty cell stays as it is.", "{n} empty cells stay as they are.",
                 sheet.missing)
        )  # fmt: skip
    if sheet.unused:
        write_note(tr("Not used: {columns}.", columns=", ".join(sheet.unused)))
    left = [*sheet.misfits, *sheet.repeated]
    for one in left[:SHOWN]:
        write_note(
            tr("Row {row}, column {column}: {why}",
               row=one.row, column=one.column, why=say(TROUBLE_WORDS[one.trouble]))
        )  # fmt: skip
    if len(left) > SHOWN:
        write_note(
            tr_n("and {n} more, in the report of the import.",
                 "and {n} more, in the report of the import.", len(left) - SHOWN)
        )  # fmt: skip


COMMANDS = (values_group,)
