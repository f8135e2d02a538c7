"""The command reports: what each import took, decided and left out."""

from pathlib import Path
from typing import cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr
from qda.cli.output import Json, write_line, write_table, write_text
from qda.cli.parsing import Command, project_argument, text_option
from qda.model.errors import NotFound, ProjectProblem
from qda.model.import_report import KIND_WORDS, ImportReport, KeptReport
from qda.model.messages import message
from qda.store import import_reports
from qda.store.project_file import ProjectFile


@click.command(
    "reports",
    cls=Command,
    help=_("List the reports of imports, or show one: what came in, what was left out and why."),
)
@project_argument
@text_option("--show", metavar="ID", help=_("Show this report, by its number or GUID."))
@click.option(
    "-o",
    "output",
    type=Path,
    metavar="FILE",
    help=_("Write the report, or else the newest, to a .txt, .md, .html or .json file."),
)
@click.pass_obj
def reports(env: Environment, project: Path, show: str, output: Path | None) -> None:
    """List the reports, or show one."""
    from qda.formats.report_files import (  # lazy: start-up
        head_data,
        report_data,
        report_text,
        write_report,
    )

    with env.reading(project) as session:
        if not show and output is None:
            kept = import_reports.all_reports(session.project.connection)
            env.answer([_head(one) for one in kept], lambda: _tell(kept))
            return
        head, report = _one(session.project, show)
    moment = current_catalogue().format_moment
    data = cast("dict[str, Json]", {**head_data(head), **report_data(report, say)})
    if output is not None:
        write_report(output, report, head, say, moment)
        env.answer(data, lambda: write_line(tr("Wrote {file}.", file=str(output))))
    else:
        env.answer(data, lambda: write_text(report_text(report, say, head, moment) + "\n"))


def _one(project: ProjectFile, which: str) -> tuple[KeptReport, ImportReport]:
    connection = project.connection
    if which:
        head = import_reports.find(connection, which)
    else:
        head = next(iter(import_reports.all_reports(connection)), None)
    if head is None:
        raise NotFound(
            message("There is no report {name}; «qda reports» lists them.", name=which)
            if which
            else message("The project has no reports of imports yet.")
        )
    report = import_reports.read(connection, head.id)
    if report is None:
        raise ProjectProblem(
            message("The report {name} cannot be read; «qda doctor» removes it.", name=head.id)
        )
    return head, report


def _head(one: KeptReport) -> dict[str, Json]:
    return {
        "id": one.id,
        "guid": one.guid,
        "kind": one.kind,
        "source": one.source,
        "when": one.created,
        "coder": one.coder,
        "kept": one.kept,
        "left_out": one.left_out,
        "uncertain": one.uncertain,
    }


def _tell(kept: tuple[KeptReport, ...]) -> None:
    moment = current_catalogue().format_moment
    write_table(
        (
            tr("Number"),
            tr("When"),
            tr("Coder"),
            tr("What"),
            tr("Source"),
            tr("Came in"),
            tr("Left out"),
            tr("Uncertain"),
        ),
        (
            (
                one.id,
                moment(one.created),
                one.coder,
                say(KIND_WORDS[one.kind]),
                one.source,
                one.kept,
                one.left_out,
                one.uncertain,
            )
            for one in kept
        ),
    )


COMMANDS = (reports,)
