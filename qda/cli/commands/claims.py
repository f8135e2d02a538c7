"""Commands on claims: findings with what supports and contradicts them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr
from qda.cli.output import Json, write_line, write_table
from qda.cli.parsing import (
    Group,
    coder_option,
    one_of,
    project_argument,
    several_option,
    text_option,
    words,
)
from qda.model.errors import NotFound
from qda.model.ids import CodingId
from qda.model.judgements import CLAIM_STATUSES, Claim, Evidence, Side
from qda.model.messages import message
from qda.operations import claims
from qda.operations.claims import STATUS_WORDS
from qda.store import coders, codings, lookup
from qda.store import judgements as judgement_rows


@click.group("claim", cls=Group, help=_("Findings with the segments for and against them."))
def claim() -> None:
    """Work with claims."""


@claim.command("add", help=_("Add a finding with its evidence."))
@project_argument
@click.argument("text", type=words, metavar="TEXT")
@text_option("--note", metavar="TEXT", help=_("The reason, or what else there is to say."))
@click.option(
    "--status", type=one_of(*CLAIM_STATUSES), default="open", metavar="open|holds|fails",
    help=_("Whether it holds."),
)  # fmt: skip
@several_option("--for", metavar="GUID", help=_("A coding that supports it."))
@several_option("--against", metavar="GUID", help=_("A coding that contradicts it."))
@coder_option
@click.pass_obj
def add_claim(
    env: Environment,
    project: Path,
    *,
    text: str,
    note: str,
    status: str,
    coder: str,
    **sides: tuple[str, ...],
) -> None:
    """Add a claim."""
    with env.changing(project, coder) as session:
        made = session.run(
            claims.add_claim,
            coder=session.coder,
            text=text,
            note=note,
            status=status,
            evidence=_evidence(session, sides),
        ).value
    env.answer({"guid": made.guid}, lambda: write_line(tr("Added the claim.")))


@claim.command("edit", help=_("Change a finding: its words, reason, status, place or evidence."))
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@click.option("--text", type=words, metavar="TEXT", help=_("What it says."))
@click.option("--note", type=words, metavar="TEXT", help=_("The reason."))
@click.option(
    "--status", type=one_of(*CLAIM_STATUSES), metavar="open|holds|fails",
    help=_("Whether it holds."),
)  # fmt: skip
@several_option("--for", metavar="GUID", help=_("A coding that supports it."))
@several_option("--against", metavar="GUID", help=_("A coding that contradicts it."))
@several_option("--without", metavar="GUID", help=_("A coding that it does not rest on any more."))
@coder_option
@click.pass_obj
def edit_claim(
    env: Environment,
    project: Path,
    *,
    guid: str,
    coder: str,
    **given: Any,  # noqa: ANN401 - the options above
) -> None:
    """Change a claim."""
    wished = {name: given[name] for name in ("text", "note", "status") if given[name] is not None}
    sides: dict[Side | None, tuple[str, ...]] = {
        "for": given["for"], "against": given["against"], None: given["without"],
    }  # fmt: skip
    with env.changing(project, coder) as session:
        found = _claim(session, guid).id
        if wished:
            session.run(claims.edit_claim, coder=session.coder, claim=found, **wished)
        for side, guids in sides.items():
            if guids:
                session.run(
                    claims.cite, coder=session.coder, claim=found,
                    coding_ids=_codings(session, guids), side=side,
                )  # fmt: skip
    env.answer({"guid": guid}, lambda: write_line(tr("Changed the claim.")))


@claim.command("remove", help=_("Remove a finding; its segments stay."))
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@coder_option
@click.pass_obj
def remove_claim(env: Environment, project: Path, *, guid: str, coder: str) -> None:
    """Remove a claim."""
    with env.changing(project, coder) as session:
        session.run(claims.remove_claim, coder=session.coder, claim=_claim(session, guid).id)
    env.answer({"guid": guid}, lambda: write_line(tr("Removed the claim.")))


def _claim(session: Session, guid: str) -> Claim:
    """Return the claim of a GUID. Raises NotFound."""
    for one in judgement_rows.all_claims(session.project.connection):
        if one.guid == guid.strip().casefold():
            return one
    raise NotFound(message("There is no claim {guid} in the project.", guid=guid))


@claim.command("show", help=_("List the findings with their evidence, or write them to files."))
@project_argument
@click.option("-o", "files", multiple=True, type=Path, metavar="FILE", help=_("Write them there."))
@click.pass_obj
def show_claims(env: Environment, project: Path, *, files: tuple[Path, ...]) -> None:
    """List the claims."""
    from qda.cli.quote_files import check_endings, material_of, tell_files, write_each  # lazy
    from qda.operations.writeup.claim_list import claim_list

    check_endings(files)
    with env.reading(project) as session:
        write_each(files, lambda table: claim_list(material_of(session), table=table))
        connection = session.project.connection
        who = {one.id: one.name for one in coders.all_coders(connection)}
        rows = [
            _claim_row(session, one, who.get(one.coder, ""))
            for one in judgement_rows.all_claims(connection)
        ]
    if files:
        tell_files(env, files)
        return
    env.answer(
        list(rows),
        lambda: write_table(
            (tr("Claim"), tr("For"), tr("Against"), tr("Status")),
            (
                (
                    str(one["claim"]),
                    _length(one["for"]),
                    _length(one["against"]),
                    say(STATUS_WORDS[str(one["status"])]),
                )
                for one in rows
            ),
        ),
    )


def _claim_row(session: Session, one: Claim, coder: str) -> dict[str, Json]:
    guids = {
        part.coding: found.guid
        for part in one.evidence
        if (found := codings.by_id(session.project.connection, part.coding)) is not None
    }
    sides: dict[str, list[Json]] = {"for": [], "against": []}
    for part in one.evidence:
        sides[part.side].append(guids[part.coding])
    return {
        "guid": one.guid,
        "claim": one.text,
        "note": one.note,
        "status": one.status,
        "coder": coder,
        "when": one.modified,
        "for": sides["for"],
        "against": sides["against"],
    }


def _length(value: Json) -> int:
    return len(value) if isinstance(value, list) else 0


def _codings(session: Session, guids: Iterable[str]) -> tuple[CodingId, ...]:
    return tuple(lookup.coding(session.project.connection, one).id for one in guids)


def _evidence(session: Session, sides: dict[str, tuple[str, ...]]) -> tuple[Evidence, ...]:
    return (
        *(Evidence(one, "for") for one in _codings(session, sides["for"])),
        *(Evidence(one, "against") for one in _codings(session, sides["against"])),
    )


COMMANDS = (claim,)
