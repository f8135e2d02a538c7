"""Commands on what offices belong to for a time, and on mergers and splits of offices."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.importing import UNKNOWN, answer_import, opened, taken_in
from qda.cli.language import _, current_catalogue, say, tr, tr_n
from qda.cli.output import shown_progress, write_line, write_note, write_table
from qda.cli.parsing import (
    Command,
    Group,
    coder_option,
    one_of,
    project_argument,
    several_option,
    text_option,
    words,
)
from qda.model.errors import NotFound
from qda.model.groups import SUCCESSION_KINDS, SUCCESSION_WORDS, SuccessionKind, span_words
from qda.model.messages import message
from qda.store import cases, groups, lookup

F = TypeVar("F", bound=Callable[..., object])


def _import_options(function: F) -> F:
    """Take a file, what to do with unknown offices, and whether only to say what would be."""
    for option in (
        coder_option,
        click.option("--preview", is_flag=True, help=_("Only say what would be imported.")),
        click.option(
            "--unknown",
            type=one_of(*UNKNOWN),
            default="refuse",
            metavar="WHAT",
            help=_(
                "What to do with offices that are not in the project: refuse, add or leave-out."
            ),
        ),
        click.argument("file", type=Path, metavar="FILE"),
        project_argument,
    ):
        function = option(function)
    return function


def _file_option(function: F) -> F:
    return click.option(
        "-o", "file", type=Path, metavar="FILE", help=_("Write it to a file: .csv, .xlsx or .docx.")
    )(function)


# ------------------------------------------------------------------------------ memberships
@click.group("memberships", cls=Group, help=_("Say what offices belong to, and from when to when."))
def memberships_group() -> None:
    """Work with memberships."""


@memberships_group.command("list", cls=Command, help=_("List what offices belong to."))
@project_argument
@_file_option
@click.pass_obj
def list_memberships(env: Environment, project: Path, file: Path | None) -> None:
    """List the memberships, or write them to a file."""
    from qda.formats.word_tables import write_word_table  # lazy: it brings the writers
    from qda.operations.group_sheets import membership_table

    with env.reading(project) as session:
        facts = _membership_facts(session)
        if file is not None:
            write_word_table(file, membership_table(session.project), current_catalogue())
    env.answer(facts, lambda: _tell_memberships(facts))
    if file is not None:
        write_note(tr("Wrote {file}.", file=str(file)))


def _membership_facts(session: Session) -> list[dict[str, str]]:
    connection = session.project.connection
    names = {one.id: one.name for one in cases.all_cases(connection)}
    kinds = {one.id: one.name for one in groups.all_kinds(connection)}
    known = {one.id: one for one in groups.all_groups(connection)}
    return [
        {
            "guid": one.guid,
            "case": names[one.case],
            "kind": kinds[known[one.group].kind],
            "group": known[one.group].name,
            "from": one.since,
            "to": one.until,
        }
        for one in groups.all_memberships(connection)
    ]


def _tell_memberships(facts: list[dict[str, str]]) -> None:
    if not facts:
        write_note(tr("No memberships are recorded yet."))
        return
    write_table(
        (tr("Office"), tr("Kind"), tr("Group"), tr("When")),
        (
            (one["case"], one["kind"], one["group"], say(span_words(one["from"], one["to"])))
            for one in facts
        ),
    )


@memberships_group.command(
    "set", cls=Command, help=_("Let an office belong to a group, from when to when.")
)
@project_argument
@click.argument("case", type=words, metavar="CASE")
@click.argument("group", type=words, metavar="GROUP")
@text_option("--kind", metavar="KIND", required=True, help=_("The kind of group, as county."))
@text_option("--from", metavar="DAY", help=_("The first day or month; open without it."))
@text_option("--to", metavar="DAY", help=_("The last day or month; open without it."))
@coder_option
@click.pass_obj
def set_one(env: Environment, project: Path, case: str, group: str, **named: str) -> None:
    """Set a membership."""
    from qda.operations.memberships import set_membership

    with env.changing(project, named["coder"]) as session:
        connection = session.project.connection
        office = lookup.case(connection, case)
        number = session.run(
            set_membership,
            coder=session.coder,
            case=office.id,
            kind=named["kind"],
            group=group,
            since=named["from"],
            until=named["to"],
        ).value
        done = next(one for one in groups.all_memberships(connection) if one.id == number)
    env.answer(
        {"guid": done.guid},
        lambda: write_line(
            tr("{case} belongs to {group} ({days}).", case=office.name, group=group,
               days=say(span_words(done.since, done.until)))
        ),
    )  # fmt: skip


@memberships_group.command(
    "clear", cls=Command, help=_("Take away what an office belongs to, of one kind.")
)
@project_argument
@click.argument("case", type=words, metavar="CASE")
@text_option("--kind", metavar="KIND", required=True, help=_("The kind of group, as county."))
@text_option("--from", metavar="DAY", help=_("Only what begins on this day or month."))
@coder_option
@click.pass_obj
def clear(env: Environment, project: Path, case: str, **named: str) -> None:
    """Clear memberships."""
    from qda.operations.memberships import clear_memberships, read_days

    since, _until = read_days(named["from"], "")
    with env.changing(project, named["coder"]) as session:
        connection = session.project.connection
        office = lookup.case(connection, case)
        wanted = named["kind"].strip().casefold()
        kinds = {one.id for one in groups.all_kinds(connection) if one.name.casefold() == wanted}
        within = {one.id for one in groups.all_groups(connection) if one.kind in kinds}
        found = [
            one.id
            for one in groups.all_memberships(connection)
            if one.case == office.id and one.group in within and since in ("", one.since)
        ]
        if not found:
            raise NotFound(
                message(
                    "{case} has no such membership; «qda memberships list» lists them.",
                    case=office.name,
                )
            )
        count = session.run(clear_memberships, coder=session.coder, memberships=found).value
    env.answer(
        {"cleared": count},
        lambda: write_line(tr_n("Took {n} membership away.", "Took {n} memberships away.", count)),
    )


@memberships_group.command(
    "import",
    cls=Command,
    help=_("Import a sheet: office, group, from, to; columns are found by their headings."),
)
@_import_options
@text_option(
    "--kind", metavar="KIND", help=_("The kind of group, where the sheet does not say it.")
)
@click.pass_obj
def import_one(
    env: Environment, project: Path, file: Path, *, preview: bool, coder: str, **named: str
) -> None:
    """Import memberships."""
    from qda.operations.case_matching import Unknown
    from qda.operations.group_sheets import read_memberships, report_on
    from qda.operations.memberships import import_memberships, preview_memberships

    chosen = cast("Unknown", named["unknown"].replace("-", " "))
    with opened(env, project, coder, preview=preview) as session, shown_progress() as progress:
        sheet = read_memberships(file, kind=named["kind"], progress=progress)
        report = report_on(sheet)
        count = taken_in(
            session, import_memberships, preview_memberships, preview=preview,
            rows=sheet.rows, report=report, unknown=chosen, progress=progress,
        )  # fmt: skip
    answer_import(
        env,
        report,
        {"memberships": count},
        tr_n("Would import {n} membership.", "Would import {n} memberships.", count)
        if preview
        else tr_n("Imported {n} membership.", "Imported {n} memberships.", count),
    )


# ------------------------------------------------------------------------------ successions
@click.group("successions", cls=Group, help=_("Record mergers, splits and renamings of offices."))
def successions_group() -> None:
    """Work with successions."""


@successions_group.command("list", cls=Command, help=_("List mergers, splits and renamings."))
@project_argument
@_file_option
@click.pass_obj
def list_successions(env: Environment, project: Path, file: Path | None) -> None:
    """List the successions, or write them to a file."""
    from qda.formats.word_tables import write_word_table  # lazy: it brings the writers
    from qda.operations.group_sheets import succession_table

    catalogue = current_catalogue()
    with env.reading(project) as session:
        facts = _succession_facts(session)
        if file is not None:
            write_word_table(file, succession_table(session.project, catalogue), catalogue)
    env.answer(facts, lambda: _tell_successions(facts))
    if file is not None:
        write_note(tr("Wrote {file}.", file=str(file)))


def _succession_facts(session: Session) -> list[dict[str, str]]:
    names = {one.id: one.name for one in cases.all_cases(session.project.connection)}
    return [
        {
            "guid": one.guid,
            "old": names[one.old],
            "new": names[one.new],
            "date": one.at,
            "kind": one.kind,
        }
        for one in groups.all_successions(session.project.connection)
    ]


def _tell_successions(facts: list[dict[str, str]]) -> None:
    if not facts:
        write_note(tr("No mergers or splits are recorded yet."))
        return
    words_of = {str(kind): say(word) for kind, word in SUCCESSION_WORDS.items()}
    write_table(
        (tr("Before"), tr("After"), tr("Date"), tr("Kind")),
        ((one["old"], one["new"], one["date"], words_of[one["kind"]]) for one in facts),
    )


@successions_group.command(
    "add", cls=Command, help=_("Record which offices were followed by which, and when.")
)
@project_argument
@several_option("--old", metavar="CASE", required=True, help=_("The office or offices before."))
@several_option("--new", metavar="CASE", required=True, help=_("The office or offices after."))
@text_option("--date", metavar="DAY", required=True, help=_("The first day or month of the new."))
@click.option(
    "--kind",
    type=one_of(*SUCCESSION_KINDS),
    metavar="KIND",
    help=_("merger, split or renaming; without it, it follows from how many there are."),
)
@coder_option
@click.pass_obj
def add(
    env: Environment,
    project: Path,
    *,
    old: tuple[str, ...],
    new: tuple[str, ...],
    kind: SuccessionKind | None,
    **named: str,
) -> None:
    """Record a succession."""
    from qda.operations.successions import add_succession

    with env.changing(project, named["coder"]) as session:
        connection = session.project.connection
        numbers = session.run(
            add_succession,
            coder=session.coder,
            old=[lookup.case(connection, one).id for one in old],
            new=[lookup.case(connection, one).id for one in new],
            at=named["date"],
            kind=kind,
        ).value
        guids = [one.guid for one in groups.all_successions(connection) if one.id in numbers]
    env.answer(
        {"guids": guids},
        lambda: write_line(tr("{old} became {new}.", old=", ".join(old), new=", ".join(new))),
    )


@successions_group.command("remove", cls=Command, help=_("Forget a merger, split or renaming."))
@project_argument
@click.argument("guids", type=words, nargs=-1, required=True, metavar="GUID…")
@coder_option
@click.pass_obj
def remove(env: Environment, project: Path, guids: tuple[str, ...], coder: str) -> None:
    """Remove successions."""
    from qda.operations.successions import remove_successions

    with env.changing(project, coder) as session:
        known = {
            str(one.guid): one.id for one in groups.all_successions(session.project.connection)
        }
        missing = [one for one in guids if one.strip().casefold() not in known]
        if missing:
            raise NotFound(
                message(
                    "There is no merger or split {guid}; «qda --json successions list» lists them.",
                    guid=missing[0],
                )
            )
        count = session.run(
            remove_successions,
            coder=session.coder,
            successions=[known[one.strip().casefold()] for one in guids],
        ).value
    env.answer(
        {"removed": count},
        lambda: write_line(tr_n("Removed {n} entry.", "Removed {n} entries.", count)),
    )


@successions_group.command(
    "import",
    cls=Command,
    help=_(
        "Import a sheet: predecessor, successor, date, kind; columns are found by their headings."
    ),
)
@_import_options
@click.pass_obj
def import_several(
    env: Environment, project: Path, file: Path, *, preview: bool, unknown: str, coder: str
) -> None:
    """Import successions."""
    from qda.operations.case_matching import Unknown
    from qda.operations.group_sheets import read_successions, report_on
    from qda.operations.successions import import_successions, preview_successions

    chosen = cast("Unknown", unknown.replace("-", " "))
    with opened(env, project, coder, preview=preview) as session, shown_progress() as progress:
        sheet = read_successions(file, progress=progress)
        report = report_on(sheet)
        count = taken_in(
            session, import_successions, preview_successions, preview=preview,
            rows=sheet.rows, report=report, unknown=chosen, progress=progress,
        )  # fmt: skip
    answer_import(
        env,
        report,
        {"successions": count},
        tr_n("Would import {n} change of offices.", "Would import {n} changes of offices.", count)
        if preview
        else tr_n("Imported {n} change of offices.", "Imported {n} changes of offices.", count),
    )


COMMANDS = (memberships_group, successions_group)
