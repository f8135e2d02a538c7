"""The command convert: projects to and from the files of other tools, with a report."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr, tr_n
from qda.cli.output import Json, shown_progress, write_line, write_note, write_table
from qda.cli.parsing import Command
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem, ProjectProblem
from qda.model.import_report import kind_word
from qda.model.messages import message
from qda.store import backups
from qda.store.project_file import ENDING, beside

if TYPE_CHECKING:
    from qda.formats.exchange.report import ExchangeReport

EXCHANGE = ".qdpx"


@click.command(
    "convert",
    cls=Command,
    help=_("Turn a project into an exchange file (.qdpx), or such a file into a project."),
)
@click.argument("source", type=Path, metavar="SOURCE")
@click.argument("target", type=Path, metavar="TARGET")
@click.option(
    "--report",
    "report_file",
    type=Path,
    metavar="FILE",
    help=_("Write the report to a file too: as data where its name ends in .json, else as text."),
)
@click.pass_obj
def convert(env: Environment, source: Path, target: Path, report_file: Path | None) -> None:
    """Convert a project and say what came over."""
    from qda.formats.exchange.report_file import report_data, report_text  # lazy: start-up

    endings = (source.suffix.casefold(), target.suffix.casefold())
    with shown_progress() as progress:
        if endings == (ENDING, EXCHANGE):
            report = _export(env, source, target, progress)
        elif endings == (EXCHANGE, ENDING):
            report = _import(source, target, progress)
        else:
            raise FileProblem(
                message(
                    "{source} cannot be made into {target}: one of the two ends in {project}, the "
                    "other in {exchange}.",
                    source=source.name,
                    target=target.name,
                    project=ENDING,
                    exchange=EXCHANGE,
                )
            )
    data: Mapping[str, Json] = {
        **cast("dict[str, Json]", report_data(report, say)),
        "source": str(source),
        "target": str(target),
    }
    if report_file is not None:
        from qda.formats.atomic import atomic_write

        as_json = report_file.suffix.casefold() == ".json"
        text = (
            json.dumps(data, ensure_ascii=False, indent=2) if as_json else report_text(report, say)
        )
        atomic_write(report_file, text + "\n")
    env.answer(data, lambda: _tell(report, target))


def _export(env: Environment, source: Path, target: Path, progress: Progress) -> "ExchangeReport":
    from qda.formats.exchange.qdpx_writer import write_qdpx  # lazy: start-up
    from qda.operations.exchange_out import read_project, tell_what_stays

    with env.reading(source) as session:
        report = write_qdpx(target, read_project(session.project, progress), progress)
        tell_what_stays(session.project, report)
    return report


def _import(source: Path, target: Path, progress: Progress) -> "ExchangeReport":
    """Make a project of an exchange file; nothing is left of one that could not be made whole."""
    from qda.formats.exchange.qdpx_reader import read_qdpx  # lazy: start-up
    from qda.operations.exchange import import_project

    if target.exists():
        raise ProjectProblem(
            message("There is already a file {name}; choose another name.", name=target.name)
        )
    exchanged, report = read_qdpx(source, progress)
    session = Session.create(target, name=exchanged.name)
    done = False
    try:
        session.run(
            import_project,
            coder=session.coder,
            exchanged=exchanged,
            report=report,
            adopt=True,
            progress=progress,
        )
        done = True
    finally:
        session.close()
        if not done:
            for one in beside(target):
                one.unlink(missing_ok=True)
            shutil.rmtree(backups.folder(target), ignore_errors=True)
    return report


def _tell(report: "ExchangeReport", target: Path) -> None:
    write_line(tr("Wrote {file}.", file=str(target)))
    rows = [
        (say(kind_word(item)), report.found[item], count)
        for item, count in report.kept.items()
        if count
    ]
    if rows:
        write_table((tr("What"), tr("In the source"), tr("Taken over")), rows)
    for one in report.lines:
        write_note(f"{say(one.what)} ({one.where}): {say(one.why)}")
    uncertain = sum(not one.certain for one in report.conventions)
    if uncertain:
        write_note(
            tr_n(
                "The offsets of {n} document are uncertain; look at it.",
                "The offsets of {n} documents are uncertain; look at them.",
                uncertain,
            )
        )


COMMANDS = (convert,)
"""What the command line takes from here."""
