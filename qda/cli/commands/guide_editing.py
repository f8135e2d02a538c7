"""Commands that change an interview guide: other words, order, a question more or less."""

from collections.abc import Mapping
from pathlib import Path

import click

from qda.cli.environment import Environment
from qda.cli.guide_lists import find_guide, find_question, guide_option
from qda.cli.language import _, tr
from qda.cli.output import write_line
from qda.cli.parsing import Command, coder_option, one_of, project_argument, text_option, words
from qda.model.errors import NotAllowed
from qda.model.guides import Question
from qda.model.messages import message

_DOWN: Mapping[str, bool] = {"up": False, "down": True}


def _tell(env: Environment, line: Question) -> None:
    """Answer with a question as it is now."""
    env.answer({"question": line.label, "guid": line.guid}, lambda: write_line(line.label))


@click.command(
    "reword", cls=Command, help=_("Give a question other words; what was matched to it stays.")
)
@project_argument
@click.argument("question", type=words, metavar="QUESTION")
@click.argument("text", type=words, metavar="TEXT")
@guide_option
@coder_option
@click.pass_obj
def reword_command(
    env: Environment, project: Path, question: str, text: str, *, guide: str, coder: str
) -> None:
    """Reword a question."""
    from qda.operations import guide_lines as operations

    with env.changing(project, coder) as session:
        line = find_question(session, guide, question)
        session.run(operations.reword_question, coder=session.coder, question=line.id, text=text)
        made = find_question(session, guide, line.guid)
    _tell(env, made)


@click.command("add", cls=Command, help=_("Add a question, by default at the end."))
@project_argument
@click.argument("text", type=words, metavar="TEXT")
@text_option("--after", metavar="QUESTION", help=_("The question that it comes after."))
@guide_option
@coder_option
@click.pass_obj
def add_command(
    env: Environment, project: Path, text: str, *, after: str, guide: str, coder: str
) -> None:
    """Add a question."""
    from qda.operations import guide_lines as operations

    with env.changing(project, coder) as session:
        before = find_question(session, guide, after) if after else None
        into = before.guide if before is not None else find_guide(session, guide).id
        made = session.run(
            operations.add_question,
            coder=session.coder,
            guide=into,
            text=text,
            after=before.id if before is not None else None,
        ).value
    _tell(env, made)


@click.command(
    "drop",
    cls=Command,
    help=_("Remove a question with its probes and what was matched to it; codings stay."),
)
@project_argument
@click.argument("question", type=words, metavar="QUESTION")
@guide_option
@coder_option
@click.pass_obj
def drop_command(env: Environment, project: Path, question: str, *, guide: str, coder: str) -> None:
    """Remove a question."""
    from qda.operations import guide_lines as operations

    with env.changing(project, coder) as session:
        line = find_question(session, guide, question)
        session.run(operations.remove_question, coder=session.coder, question=line.id)
    env.answer({"guid": line.guid}, lambda: write_line(tr("Removed the question.")))


@click.command("move", cls=Command, help=_("Move a question one place up or down."))
@project_argument
@click.argument("question", type=words, metavar="QUESTION")
@click.argument("where", type=one_of(*_DOWN), metavar="up|down")
@guide_option
@coder_option
@click.pass_obj
def move_command(
    env: Environment, project: Path, question: str, where: str, *, guide: str, coder: str
) -> None:
    """Move a question."""
    from qda.operations import guide_lines as operations

    with env.changing(project, coder) as session:
        line = find_question(session, guide, question)
        moved = session.run(
            operations.move_question, coder=session.coder, question=line.id, down=_DOWN[where]
        ).value
        if not moved:
            raise NotAllowed(message("{question} cannot go further.", question=line.label))
        made = find_question(session, guide, line.guid)
    _tell(env, made)


EDITING = (reword_command, add_command, drop_command, move_command)
