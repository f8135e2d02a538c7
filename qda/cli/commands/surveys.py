"""The commands on survey answers."""

from pathlib import Path

import click

from qda.cli.environment import Environment
from qda.cli.language import _, say, tr_n
from qda.cli.output import Json, shown_progress, write_line, write_note
from qda.cli.parsing import (
    Group,
    assignment,
    coder_option,
    project_argument,
    text_option,
    texts_option,
    words,
)
from qda.model.import_report import ImportReport
from qda.store import documents


@click.group("survey", cls=Group, help=_("Import the answers to a survey."))
def survey_group() -> None:
    """Work with survey answers."""


@survey_group.command(
    "import",
    help=_(
        "Import a sheet: one row one respondent; text columns become documents, others attributes."
    ),
)
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@click.option(
    "--text",
    "text",
    type=words,
    multiple=True,
    required=True,
    metavar="COLUMN",
    help=_("A column of answers; each answer becomes a document."),
)
@text_option("--id", metavar="COLUMN", help=_("The column that names the respondents."))
@text_option("--case", metavar="COLUMN", help=_("The column that names the office."))
@click.option(
    "--join",
    "joined",
    is_flag=True,
    help=_("Make one document of each row, its answers below their headings."),
)
@click.option(
    "--type",
    "types",
    type=assignment,
    multiple=True,
    metavar="COLUMN=TYPE",
    help=_("Take a column for text, number, date or boolean, whatever it looks like."),
)
@texts_option("--without", metavar="COLUMN", help=_("Leave this column out."))
@coder_option
@click.pass_obj
def import_survey_command(  # noqa: PLR0913, PLR0917 - one for each option
    env: Environment,
    project: Path,
    file: Path,
    text: tuple[str, ...],
    id: str,  # noqa: A002 - the option's name
    case: str,
    joined: bool,  # noqa: FBT001 - the library's
    types: tuple[tuple[str, str], ...],
    without: tuple[str, ...],
    coder: str,
) -> None:
    """Import the answers in a sheet as one step."""
    from qda.operations.survey import import_survey  # lazy: brings the sheet readers
    from qda.operations.survey_sheets import choices_by_name, make_survey, read_survey

    with env.changing(project, coder) as session, shown_progress() as progress:
        read = read_survey(file, progress)
        choices = choices_by_name(
            read,
            text=text,
            identifier=id,
            case=case,
            joined=joined,
            types=dict(types),
            without=without,
        )
        survey = make_survey(read, choices, progress)
        done = session.run(
            import_survey, coder=session.coder, survey=survey, progress=progress
        ).value
        named = dict(done.documents)
        everything = documents.all_documents(session.project.connection)
        imported: list[Json] = [
            {
                "file": str(file),
                "document": one.name,
                "guid": one.guid,
                "characters": one.characters,
                "turns": one.turns,
                "participants": [named[one.id]],
                "warnings": [],
            }
            for one in everything
            if one.id in named
        ]
    env.answer(
        {
            "imported": imported,
            "failed": [],
            "in": dict(done.report.found),
            "out": dict(done.report.kept),
            "discarded": [say(line.why) for line in done.report.of_kind("left out")],
        },
        lambda: _tell(done.report),
    )


def _tell(report: ImportReport) -> None:
    write_line(
        tr_n(
            "Imported {n} document of {people} participants.",
            "Imported {n} documents of {people} participants.",
            report.kept.get("documents", 0),
            people=report.kept.get("participants", 0),
        )
    )
    for line in (*report.of_kind("left out"), *report.of_kind("uncertain")):
        times = f" × {line.count}" if line.count > 1 else ""
        write_note(f"{say(line.what)}{times}: {say(line.why)}")


COMMANDS = (survey_group,)
