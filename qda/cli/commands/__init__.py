"""The commands, a module for each noun, and the group that they stand in."""

from dataclasses import replace
from pathlib import Path

import click

from qda import __version__
from qda.app.translation import is_interface_language
from qda.cli.commands import (
    agreement,
    bands,
    cases,
    claims,
    codebooks,
    codesets,
    codings,
    contrast,
    convert,
    cooccurrence,
    correlate,
    demo,
    groups,
    guide,
    joint,
    judgements,
    matrix,
    memos,
    merge,
    picture,
    projects,
    pseudonyms,
    queries,
    quote_printing,
    recordings,
    report,
    reports,
    scores,
    search,
    searches,
    sequences,
    sources,
    suggestions,
    surveys,
    values,
    versions,
    words,
)
from qda.cli.environment import Environment
from qda.cli.language import _, speak
from qda.cli.output import write_line
from qda.cli.parsing import Command, Group, one_of, project_argument
from qda.model.errors import ProjectProblem
from qda.model.messages import message


def _speak(_context: click.Context, _option: click.Parameter, language: str | None) -> None:
    if language is not None and is_interface_language(language):
        speak(language)


def _say_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001
    if asked:
        write_line(f"qda {__version__}")
        context.exit()


@click.group(cls=Group, help=_("Code interviews and compare cases. Without a command: the window."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the answer as one JSON document."))
@click.option(
    "--language",
    type=one_of("nb", "en"),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    metavar="nb|en",
    help=_("The language of answers; without it the system's."),
)
@click.option(
    "--take-over",
    is_flag=True,
    help=_("Open a project that another machine seems to have open, when nobody there has."),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_version,
    help=_("Print the version."),
)
@click.pass_context
def qda(context: click.Context, *, as_json: bool, take_over: bool) -> None:
    """Keep what stands before the command."""
    context.obj = replace(context.ensure_object(Environment), as_json=as_json, take_over=take_over)


@click.command("open", cls=Command, help=_("Open the window with a project."))
@project_argument
def open_command(project: Path) -> int:
    """Open the window. Raises ProjectProblem before that where there is no such project."""
    if not project.is_file():
        raise ProjectProblem(
            message(
                "There is no project {name} here; check the name and folder.", name=str(project)
            )
        )
    from qda.cli.main import open_window  # lazy: it imports this

    return open_window(project)


for _module in (
    projects,
    reports,
    sources,
    surveys,
    versions,
    recordings,
    codebooks,
    codesets,
    cases,
    values,
    bands,
    groups,
    scores,
    codings,
    matrix,
    correlate,
    agreement,
    cooccurrence,
    contrast,
    search,
    searches,
    suggestions,
    sequences,
    words,
    guide,
    joint,
    judgements,
    claims,
    memos,
    pseudonyms,
    merge,
    picture,
    report,
    queries,
    quote_printing,
    convert,
    reports,
    demo,
):
    for _command in _module.COMMANDS:
        qda.add_command(_command)
qda.add_command(open_command)
