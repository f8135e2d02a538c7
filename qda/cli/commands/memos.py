"""Commands on memos: memo add, memos."""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import Json, write_line, write_table
from qda.cli.parsing import Command, Group, coder_option, project_argument, require_one, text_option
from qda.model.entities import Memo, MemoTarget
from qda.model.ids import CodingId
from qda.operations.memos import add_memo
from qda.store import (
    cases,
    coders,
    codes,
    codings,
    documents,
    lookup,
    memos,
    participants,
    project_info,
)


@click.group("memo", cls=Group, help=_("Write memos."))
def memo() -> None:
    """Write memos."""


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
        target = _target(session, on, targets.get(on, ""))
        kept = session.run(add_memo, coder=session.coder, on=on, target=target, text=text).value
        [answer] = _described(session, (kept,))
    env.answer(answer, lambda: write_line(tr("Wrote the memo.")))


def _target(session: Session, on: MemoTarget, name: str) -> int:
    connection = session.project.connection
    if on == "project":
        return 0
    if on == "document":
        return lookup.document(connection, name).id
    if on == "case":
        return lookup.case(connection, name).id
    if on == "participant":
        return lookup.participant(connection, name).id
    if on == "code":
        return lookup.code(connection, name).id
    return lookup.coding(connection, name).id


@click.command("memos", cls=Command, help=_("List the memos."))
@project_argument
@click.pass_obj
def memos_command(env: Environment, project: Path) -> None:
    """List the memos."""
    with env.reading(project) as session:
        rows = _described(session, memos.all_memos(session.project.connection))
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


def _described(session: Session, found: tuple[Memo, ...]) -> list[dict[str, Json]]:
    """Return memos as JSON; `on` is the kind of thing, `target` its name, or a coding's GUID."""
    connection = session.project.connection
    names: dict[MemoTarget, Mapping[int, str]] = {
        "project": {0: project_info.read(connection).name},
        "document": {one.id: one.name for one in documents.all_documents(connection)},
        "case": {one.id: one.name for one in cases.all_cases(connection)},
        "participant": {one.id: one.name for one in participants.all_participants(connection)},
        "code": {**codes.path_texts(codes.all_codes(connection))},
        "coding": {
            one.target: coding.guid
            for one in found
            if one.on == "coding"
            and (coding := codings.by_id(connection, CodingId(one.target))) is not None
        },
    }
    who = {one.id: one.name for one in coders.all_coders(connection)}
    return [
        {
            "guid": one.guid,
            "on": one.on,
            "target": names[one.on].get(one.target, ""),
            "text": one.text,
            "coder": who.get(one.coder, ""),
            "when": one.created,
        }
        for one in found
    ]


COMMANDS = (memo, memos_command)
