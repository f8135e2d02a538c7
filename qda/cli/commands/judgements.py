"""Commands on judgements: cell, proposition, verdict, claim."""

from collections.abc import Iterable
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, tr
from qda.cli.output import Json, write_line, write_table
from qda.cli.parsing import (
    Group,
    coder_option,
    project_argument,
    several_option,
    text_option,
    texts_option,
    words,
)
from qda.model.ids import CodingId
from qda.model.judgements import Evidence
from qda.operations import judgements
from qda.operations.judgements import CellContent
from qda.store import judgements as judgement_rows
from qda.store import lookup


# --------------------------------------------------------------------------------------- cells
@click.group("cell", cls=Group, help=_("Write cells of the framework matrix."))
def cell() -> None:
    """Write cells of the framework matrix."""


@cell.command("set", help=_("Write the summary, status or grade of a case on a code."))
@project_argument
@text_option("--case", metavar="CASE", required=True, help=_("The case it is about."))
@text_option("--code", metavar="CODE", required=True, help=_("The code it is about."))
@click.option("--summary", type=words, metavar="TEXT", help=_("What there is to say."))
@click.option("--grade", type=words, metavar="V", help=_("A value of the code's scale."))
@click.option(
    "--status",
    type=words,
    metavar="STATUS",
    help=_("coded, asked-nothing-said, not-asked or not-read."),
)
@click.option("--reason", type=words, metavar="TEXT", help=_("Why this grade."))
@several_option("--evidence", metavar="GUID", help=_("A coding it rests on."))
@coder_option
@click.pass_obj
def set_cell(
    env: Environment,
    project: Path,
    *,
    case: str,
    code: str,
    evidence: tuple[str, ...],
    coder: str,
    **parts: str | None,
) -> None:
    """Write into a cell of the framework matrix."""
    if not evidence and all(value is None for value in parts.values()):
        raise click.UsageError(
            tr("Say what to write: a summary, a status, a grade, a reason or evidence."),
            click.get_current_context(),
        )
    from qda.app.cell_reading import seen_in  # lazy: it brings numpy

    with env.changing(project, coder) as session:
        connection = session.project.connection
        about, on = lookup.case(connection, case).id, lookup.code(connection, code).id
        content = CellContent(evidence=_codings(session, evidence) if evidence else None, **parts)
        written = session.run(
            judgements.write_cell,
            coder=session.coder,
            case=about,
            code=on,
            content=content,
            seen=seen_in(session, about, on) if content.summary is not None else None,
        ).value
    answer: Json = {"guid": judgements.guid_of(written)}
    if written[1] is not None:
        answer["grade_guid"] = written[1].guid
    env.answer(answer, lambda: write_line(tr("Wrote the cell.")))


# -------------------------------------------------------------------------------- propositions
@click.group("proposition", cls=Group, help=_("Propositions that each case is held against."))
def proposition() -> None:
    """Work with propositions."""


@proposition.command("add", help=_("Add a proposition."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@text_option("--text", metavar="TEXT", help=_("What it says in full."))
@texts_option("--scale", metavar="V", help=_("A verdict it may get; again for each."))
@coder_option
@click.pass_obj
def add_proposition(
    env: Environment, project: Path, *, name: str, text: str, scale: tuple[str, ...], coder: str
) -> None:
    """Add a proposition."""
    with env.changing(project, coder) as session:
        made = session.run(
            judgements.add_proposition, coder=session.coder, name=name, text=text, scale=scale
        ).value
    env.answer({"guid": made.guid}, lambda: write_line(tr("Added {name}.", name=made.name)))


@proposition.command("remove", help=_("Remove a proposition with its verdicts."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@coder_option
@click.pass_obj
def remove_proposition(env: Environment, project: Path, *, name: str, coder: str) -> None:
    """Remove a proposition."""
    with env.changing(project, coder) as session:
        found = judgements.find_proposition(session.project, name)
        session.run(judgements.remove_proposition, coder=session.coder, proposition=found.id)
    env.answer({"guid": found.guid}, lambda: write_line(tr("Removed {name}.", name=found.name)))


@proposition.command("show", help=_("List the propositions."))
@project_argument
@click.pass_obj
def show_propositions(env: Environment, project: Path) -> None:
    """List the propositions."""
    with env.reading(project) as session:
        rows: list[dict[str, Json]] = [
            {
                "guid": one.guid,
                "proposition": one.name,
                "text": one.text,
                "scale": list(judgements.verdict_scale(session.project, one)),
            }
            for one in judgement_rows.all_propositions(session.project.connection)
        ]
    env.answer(
        rows,
        lambda: write_table(
            (tr("Proposition"), tr("Text")),
            ((str(one["proposition"]), str(one["text"])) for one in rows),
        ),
    )


@click.group("verdict", cls=Group, help=_("Verdicts on propositions, case by case."))
def verdict() -> None:
    """Work with verdicts."""


@verdict.command("set", help=_("Give a verdict on a proposition in a case."))
@project_argument
@text_option("--case", metavar="CASE", required=True, help=_("The case it is about."))
@text_option("--proposition", metavar="NAME", required=True, help=_("The proposition."))
@text_option("--verdict", metavar="V", required=True, help=_("A verdict of its scale."))
@click.option("--reason", type=words, metavar="TEXT", help=_("Why this verdict."))
@several_option("--for", metavar="GUID", help=_("A coding that speaks for the proposition."))
@several_option("--against", metavar="GUID", help=_("A coding that speaks against it."))
@coder_option
@click.pass_obj
def set_verdict(
    env: Environment,
    project: Path,
    *,
    case: str,
    proposition: str,
    verdict: str,
    reason: str | None,
    coder: str,
    **sides: tuple[str, ...],
) -> None:
    """Give a verdict."""
    with env.changing(project, coder) as session:
        evidence = _evidence(session, sides)
        kept = session.run(
            judgements.give_verdict,
            coder=session.coder,
            case=lookup.case(session.project.connection, case).id,
            proposition=judgements.find_proposition(session.project, proposition).id,
            value=verdict,
            reason=reason,
            evidence=evidence or None,
        ).value
    env.answer({"guid": kept.guid}, lambda: write_line(tr("Gave the verdict.")))


# -------------------------------------------------------------------------------------- parts
def _codings(session: Session, guids: Iterable[str]) -> tuple[CodingId, ...]:
    return tuple(lookup.coding(session.project.connection, one).id for one in guids)


def _evidence(session: Session, sides: dict[str, tuple[str, ...]]) -> tuple[Evidence, ...]:
    return (
        *(Evidence(one, "for") for one in _codings(session, sides["for"])),
        *(Evidence(one, "against") for one in _codings(session, sides["against"])),
    )


COMMANDS = (cell, proposition, verdict)
