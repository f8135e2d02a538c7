"""Commands on memos: memo add, edit, show, restore; memos."""

from pathlib import Path
from typing import cast

import click

from qda.app.session import Session
from qda.cli.commands import memo_links
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import Json, write_line, write_table, write_text
from qda.cli.parsing import (
    Command,
    Group,
    coder_option,
    one_of,
    project_argument,
    require_one,
    text_option,
    words,
)
from qda.cli.things import Names, find
from qda.model.entities import Memo, MemoTarget, Thing
from qda.model.errors import NotFound
from qda.model.ids import CodingId, MemoId
from qda.model.messages import message
from qda.operations import codings as coding_operations
from qda.operations import memos as operations
from qda.store import codings, lookup, memo_versions, memos
from qda.store import memo_links as links

KINDS = ("project", "document", "case", "participant", "code", "coding")


@click.group("memo", cls=Group, help=_("Write memos and link them."))
def memo() -> None:
    """Write memos and link them."""


@memo.command("add", help=_("Write a memo on something in the project, or on the project."))
@project_argument
@text_option("--document", metavar="DOCUMENT", help=_("The document it is on."))
@text_option("--case", metavar="CASE", help=_("The case it is on."))
@text_option("--participant", metavar="NAME", help=_("The participant it is on."))
@text_option("--code", metavar="CODE", help=_("The code it is on."))
@text_option("--coding", metavar="GUID", help=_("The coding it is on."))
@click.option("--project", "whole", is_flag=True, help=_("The memo is on the project."))
@text_option("--text", metavar="TEXT", required=True, help=_("What it says."))
@coder_option
@click.pass_obj
def add(
    env: Environment, project: Path, *, whole: bool, text: str, coder: str, **targets: str
) -> None:
    """Write a memo."""
    require_one(tr("Say what the memo is on: one thing, and just one."), whole, *targets.values())
    on = cast("MemoTarget", next((name for name, value in targets.items() if value), "project"))
    with env.changing(project, coder) as session:
        target = 0 if on == "project" else find(session, on, targets[on]).id
        kept = session.run(
            operations.add_memo, coder=session.coder, on=on, target=target, text=text
        ).value
        answer = Names(session).memo(kept)
    env.answer(answer, lambda: write_line(tr("Wrote the memo.")))


@memo.command("edit", help=_("Rewrite a memo, or the note on a coding; the old text is kept."))
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@text_option("--text", metavar="TEXT", required=True, help=_("What it says."))
@coder_option
@click.pass_obj
def edit(env: Environment, project: Path, guid: str, *, text: str, coder: str) -> None:
    """Rewrite a memo."""
    with env.changing(project, coder) as session:
        of = lookup.memo(session.project.connection, guid)
        if of.kind == "memo":
            session.run(operations.edit_memo, coder=session.coder, memo=MemoId(of.id), text=text)
        else:
            session.run(
                coding_operations.set_memo,
                coder=session.coder,
                coding=CodingId(of.id),
                memo=text,
            )
        answer = _shown(session, of)
    env.answer(answer, lambda: write_line(tr("Wrote the memo.")))


@memo.command("show", help=_("Print a memo with its links and what it said before."))
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@click.pass_obj
def show(env: Environment, project: Path, guid: str) -> None:
    """Print a memo."""
    with env.reading(project) as session:
        of = lookup.memo(session.project.connection, guid)
        names = Names(session)
        answer = _shown(session, of)
        ties = memo_links.described(
            names, links.of_thing(session.project.connection, of), seen_from=of
        )
        answer["links"] = ties
        earlier = _versions(session, of)
        answer["versions"] = earlier

    def people() -> None:
        write_text(str(answer["text"]).rstrip("\n") + "\n")
        if ties:
            write_line("")
            memo_links.write(ties)
        if earlier:
            write_line("")
            _write_versions(earlier)

    env.answer(answer, people)


@memo.command("versions", help=_("List what a memo said before, latest first."))
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@click.pass_obj
def versions(env: Environment, project: Path, guid: str) -> None:
    """List the versions of a memo."""
    with env.reading(project) as session:
        rows = _versions(session, lookup.memo(session.project.connection, guid))
    env.answer(rows, lambda: _write_versions(rows))


@memo.command("restore", help=_("Let a memo say what it said in an earlier version."))
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@text_option(
    "--version", metavar="GUID", required=True, help=_("The version; «qda memo versions» lists.")
)
@coder_option
@click.pass_obj
def restore(env: Environment, project: Path, guid: str, *, version: str, coder: str) -> None:
    """Go back to a version."""
    with env.changing(project, coder) as session:
        connection = session.project.connection
        of = lookup.memo(connection, guid)
        wanted = version.strip().casefold()
        found = [one for one in memo_versions.of_thing(connection, of) if one.guid == wanted]
        if not found:
            raise NotFound(
                message(
                    "The memo has no version {guid}; «qda memo versions» lists them.", guid=version
                )
            )
        session.run(operations.restore_memo, coder=session.coder, version=found[0].id)
        answer = _shown(session, of)
    env.answer(answer, lambda: write_line(tr("The memo says again what it said.")))


@click.command("memos", cls=Command, help=_("List the memos, the notes on codings among them."))
@project_argument
@click.option(
    "--on",
    type=one_of(*KINDS),
    default=None,
    metavar="KIND",
    help=_("Only memos on a project, document, case, participant, code or coding."),
)
@text_option("--by", metavar="NAME", help=_("Only memos of this coder."))
@text_option("--find", metavar="TEXT", help=_("Only memos that say this, in any case."))
@click.pass_obj
def memos_command(
    env: Environment, project: Path, *, on: str | None, by: str, find: str
) -> None:  # fmt: skip
    """List the memos."""
    with env.reading(project) as session:
        connection = session.project.connection
        names = Names(session)
        rows = [
            *(names.memo(one) for one in memos.all_memos(connection)),
            *(names.note(one) for one in codings.with_memo(connection)),
        ]
    rows = [
        row
        for row in rows
        if (on is None or row["on"] == on)
        and (not by or row["coder"] == by)
        and find.casefold() in str(row["text"]).casefold()
    ]
    moment = current_catalogue().format_moment
    env.answer(
        rows,
        lambda: write_table(
            (tr("When"), tr("Who"), tr("On"), tr("Text")),
            (
                (moment(str(row["when"])), str(row["coder"]), str(row["target"]), str(row["text"]))
                for row in rows
            ),
        ),
    )


def _shown(session: Session, of: Thing) -> dict[str, Json]:
    connection, names = session.project.connection, Names(session)
    if of.kind == "memo":
        found: Memo | None = memos.by_id(connection, MemoId(of.id))
        assert found is not None  # noqa: S101 - just looked up
        return names.memo(found)
    noted = codings.by_id(connection, CodingId(of.id))
    assert noted is not None  # noqa: S101 - just looked up
    return names.note(noted)


def _versions(session: Session, of: Thing) -> list[dict[str, Json]]:
    names = Names(session)
    return [
        {
            "guid": one.guid,
            "coder": names.coders.get(one.coder, ""),
            "begun": one.begun,
            "saved": one.saved,
            "text": one.text,
        }
        for one in memo_versions.of_thing(session.project.connection, of)
    ]


def _write_versions(rows: list[dict[str, Json]]) -> None:
    moment = current_catalogue().format_moment
    write_table(
        (tr("Saved"), tr("Who"), tr("Version"), tr("Text")),
        (
            (moment(str(row["saved"])), str(row["coder"]), str(row["guid"]), str(row["text"]))
            for row in rows
        ),
    )


for _command in memo_links.COMMANDS:
    memo.add_command(_command)

COMMANDS = (memo, memos_command)
