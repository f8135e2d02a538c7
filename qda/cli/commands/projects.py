"""Commands on the project itself: new, undo, redo, history, audit, doctor, backup."""

from collections.abc import Sequence
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, say_stored, tr
from qda.cli.output import Json, write_line, write_note, write_table
from qda.cli.parsing import Command, coder_option, one_of, project_argument, text_option
from qda.model.changes import AuditEntry, Step
from qda.model.entities import LANGUAGES, Language
from qda.model.errors import ProjectProblem
from qda.model.messages import message
from qda.store import backups, project_info


@click.command("new", cls=Command, help=_("Make a new, empty project."))
@project_argument
@click.option(
    "--language",
    type=one_of(*LANGUAGES),
    default="nb",
    metavar="nb|nn|en",
    help=_("The language of the material; bokmål without it."),
)
@text_option("--coder", metavar="NAME", help=_("Who codes; the name of the user without it."))
@click.pass_obj
def new(env: Environment, project: Path, language: Language, coder: str) -> None:
    """Make a project."""
    session = Session.create(project, language=language, coder=coder.strip())
    try:
        guid = project_info.read(session.project.connection).guid
    finally:
        session.close()
    env.answer(
        {"project": str(project), "guid": guid},
        lambda: write_line(tr("Made {project}.", project=str(project))),
    )


@click.command("undo", cls=Command, help=_("Take the last change back."))
@project_argument
@coder_option
@click.pass_obj
def undo(env: Environment, project: Path, coder: str) -> None:
    """Take the last step back."""
    with env.changing(project, coder) as session:
        step = session.undo()
    if step is None:
        write_note(tr("There is nothing to undo."))
        env.answer([], lambda: None)
        return
    env.answer(
        [_step(step)],
        lambda: write_line(tr("Undone: {operation}.", operation=say_stored(step.operation))),
    )


@click.command("redo", cls=Command, help=_("Do the last undone change again."))
@project_argument
@coder_option
@click.pass_obj
def redo(env: Environment, project: Path, coder: str) -> None:
    """Do the last undone step again."""
    with env.changing(project, coder) as session:
        step = session.redo()
    if step is None:
        write_note(tr("There is nothing to redo."))
        env.answer([], lambda: None)
        return
    env.answer(
        [_step(step)],
        lambda: write_line(tr("Done again: {operation}.", operation=say_stored(step.operation))),
    )


@click.command("history", cls=Command, help=_("List the changes that can be undone or redone."))
@project_argument
@click.pass_obj
def history(env: Environment, project: Path) -> None:
    """List the kept steps."""
    with env.reading(project) as session:
        steps = session.steps()
    env.answer(
        [{**_step(step), "undone": step.undone} for step in steps],
        lambda: write_table(
            (tr("Step"), tr("When"), tr("Who"), tr("What"), tr("State")),
            ((*_told(step), tr("undone") if step.undone else "") for step in steps),
        ),
    )


@click.command("audit", cls=Command, help=_("List everything that was ever done to the project."))
@project_argument
@click.pass_obj
def audit(env: Environment, project: Path) -> None:
    """List the audit trail."""
    with env.reading(project) as session:
        entries = session.audit()
    actions = {"done": tr("done"), "undone": tr("undone"), "redone": tr("done again")}
    env.answer(
        [{**_step(entry), "action": entry.action} for entry in entries],
        lambda: write_table(
            (tr("Step"), tr("When"), tr("Who"), tr("What"), tr("State")),
            ((*_told(entry), actions.get(entry.action, entry.action)) for entry in entries),
        ),
    )


def _step(step: Step | AuditEntry) -> dict[str, Json]:
    """Return a step as JSON; the operation in English, whatever the user's language."""
    return {
        "step": step.id,
        "when": step.when,
        "coder": step.coder,
        "operation": step.operation,
        "entities": dict(step.entities),
    }


def _told(step: Step | AuditEntry) -> tuple[int, str, str, str]:
    when = current_catalogue().format_moment(step.when)
    return step.id, when, step.coder, say_stored(step.operation)


@click.command("doctor", cls=Command, help=_("Check a project file, and mend it when asked to."))
@project_argument
@click.option("--repair", is_flag=True, help=_("Mend what can be mended; a backup is kept."))
@click.pass_obj
def doctor(env: Environment, project: Path, *, repair: bool) -> int:
    """Check a project; the status is 1 while a problem is left."""
    from qda.store import doctor as examination  # lazy: seldom needed

    found = examination.diagnose(project)
    done = examination.repair(project) if repair and found else ()
    left = examination.diagnose(project) if repair and found else found
    remaining = {problem.code for problem in left}
    # What repairing reports beyond what was found: where the rescued rows are.
    told = [one for one in done if one.code not in {problem.code for problem in found}]
    problems: list[Json] = [
        {
            "code": problem.code,
            "message": say(problem.message),
            "repairable": problem.repairable,
            "repaired": problem.code not in remaining,
        }
        for problem in (*found, *told)
    ]

    def people() -> None:
        for problem in found:
            mended = problem.code not in remaining
            write_line(say(problem.message) + (" " + tr("Mended.") if mended else ""))
        for problem in told:
            write_line(say(problem.message))
        if not found:
            write_line(tr("The project is sound."))
        elif left and not repair:
            write_note(tr("«qda doctor PROJECT --repair» mends what can be mended."))

    env.answer({"problems": problems}, people)
    return 1 if left else 0


@click.command("backup", cls=Command, help=_("Make a backup, list the backups, or restore one."))
@project_argument
@click.option("--list", "listed", is_flag=True, help=_("List the backups, newest first."))
@text_option("--restore", metavar="ID", help=_("Put this backup in the project's place."))
@click.pass_obj
def backup(env: Environment, project: Path, *, listed: bool, restore: str) -> None:
    """Make, list or restore backups."""
    if listed and restore:
        raise click.UsageError(
            tr("Either list the backups or restore one."), click.get_current_context()
        )
    if listed:
        _list(env, project)
    elif restore:
        _restore(env, project, restore)
    else:
        with env.reading(project) as session:
            made = session.backup()
        env.answer(_backup(made), lambda: write_line(tr("Made the backup {id}.", id=made.id)))


def _list(env: Environment, project: Path) -> None:
    kept: Sequence[backups.Backup] = backups.listed(project)
    if not kept and not project.exists():
        raise ProjectProblem(
            message(
                "There is no project {name} here; check the name and folder.", name=str(project)
            )
        )
    env.answer(
        [_backup(one) for one in kept],
        lambda: write_table(
            (tr("Backup"), tr("When"), tr("Bytes")),
            ((one.id, current_catalogue().format_moment(one.when), one.size) for one in kept),
        ),
    )


def _restore(env: Environment, project: Path, backup_id: str) -> None:
    aside = backups.restore(project, backup_id)
    replaced = str(aside) if aside.exists() else None

    def people() -> None:
        write_line(tr("Restored {id}.", id=backup_id))
        if replaced is not None:
            write_line(tr("What it replaced is kept as {path}.", path=replaced))

    env.answer({"restored": backup_id, "replaced": replaced}, people)


def _backup(one: backups.Backup) -> dict[str, Json]:
    return {"id": one.id, "when": one.when, "size": one.size}


COMMANDS = (new, undo, redo, history, audit, doctor, backup)
