"""Commands on cases, participants, and the links between things and cases."""

from collections.abc import Mapping
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, tr, tr_n
from qda.cli.output import Cell, Json, on_terminal, write_line, write_table
from qda.cli.parsing import (
    Command,
    Group,
    coder_option,
    project_argument,
    text_option,
    texts_option,
)
from qda.model.entities import Subject, Value
from qda.operations.cases import import_cases, link_cases
from qda.operations.participants import import_participants
from qda.store import cases, documents, lookup, participants, variables


@click.group("cases", cls=Group, help=_("Import or list the cases: the offices."))
def cases_group() -> None:
    """Work with cases."""


@cases_group.command(
    "import", help=_("Import a sheet: the first column the case, the others variables.")
)
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@coder_option
@click.pass_obj
def import_cases_command(env: Environment, project: Path, file: Path, coder: str) -> None:
    """Import a sheet of cases."""
    from qda.operations.sheets import read_cases  # lazy: brings the sheet readers

    with env.changing(project, coder) as session:
        sheet = read_cases(file)
        count = session.run(
            import_cases,
            coder=session.coder,
            names=sheet.names,
            pseudonyms=sheet.pseudonyms,
            table=sheet.table,
            source=sheet.file,
        ).value
        rows = _cases(session)
    env.answer(rows, lambda: write_line(tr_n("Imported {n} case.", "Imported {n} cases.", count)))


@cases_group.command("show", help=_("List the cases with their variables."))
@project_argument
@click.pass_obj
def show_cases(env: Environment, project: Path) -> None:
    """List the cases."""
    with env.reading(project) as session:
        rows = _cases(session)
    env.answer(rows, lambda: _write_values("case", tr("Case"), rows))


@click.group("participants", cls=Group, help=_("Import or list the participants."))
def participants_group() -> None:
    """Work with participants."""


@participants_group.command(
    "import", help=_("Import a sheet: document (when it is needed), participant, attributes.")
)
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@coder_option
@click.pass_obj
def import_participants_command(env: Environment, project: Path, file: Path, coder: str) -> None:
    """Import a sheet of participants."""
    from qda.operations.sheets import read_participants  # lazy: brings the sheet readers

    with env.changing(project, coder) as session:
        sheet = read_participants(file)
        count = session.run(
            import_participants,
            coder=session.coder,
            rows=sheet.rows,
            attributes=sheet.attributes,
            source=sheet.file,
        ).value
        rows = _participants(session)
    env.answer(
        rows,
        lambda: write_line(tr_n("Imported {n} participant.", "Imported {n} participants.", count)),
    )


@participants_group.command("show", help=_("List the participants with their attributes."))
@project_argument
@click.pass_obj
def show_participants(env: Environment, project: Path) -> None:
    """List the participants."""
    with env.reading(project) as session:
        rows = _participants(session)
    env.answer(rows, lambda: _write_values("participant", tr("Participant"), rows))


@click.command("link", cls=Command, help=_("Link documents, participants or codings to a case."))
@project_argument
@text_option("--case", metavar="CASE", required=True, help=_("The case."))
@texts_option("--document", metavar="DOCUMENT", help=_("A document that concerns it."))
@texts_option("--participant", metavar="NAME", help=_("A participant who belongs to it."))
@texts_option("--coding", metavar="GUID", help=_("A coding that concerns it."))
@click.option("--remove", is_flag=True, help=_("Take the links away instead."))
@coder_option
@click.pass_obj
def link(
    env: Environment,
    project: Path,
    *,
    case: str,
    document: tuple[str, ...],
    participant: tuple[str, ...],
    coding: tuple[str, ...],
    remove: bool,
    coder: str,
) -> None:
    """Link things to a case, or take the links away."""
    if not (document or participant or coding):
        raise click.UsageError(
            tr("Say what to link: a document, a participant or a coding."),
            click.get_current_context(),
        )
    with env.changing(project, coder) as session:
        connection = session.project.connection
        count = session.run(
            link_cases,
            coder=session.coder,
            case=lookup.case(connection, case).id,
            documents=[lookup.document(connection, one).id for one in document],
            participants=[lookup.participant(connection, one).id for one in participant],
            coding_ids=[lookup.coding(connection, one).id for one in coding],
            linked=not remove,
        ).value
    env.answer({"links": count}, lambda: write_line(tr_n("{n} link.", "{n} links.", count)))


def _cases(session: Session) -> list[dict[str, Json]]:
    connection = session.project.connection
    values = _values(session, "case")
    return [
        {
            "case": one.name,
            "guid": one.guid,
            "values": values.get(one.id, {}),
            "pseudonym": one.pseudonym,
        }
        for one in cases.all_cases(connection)
    ]


def _participants(session: Session) -> list[dict[str, Json]]:
    connection = session.project.connection
    values = _values(session, "participant")
    case_names = {one.id: one.name for one in cases.all_cases(connection)}
    document_names = {one.id: one.name for one in documents.all_documents(connection)}
    links = cases.participant_links(connection)
    speaking: dict[int, list[str]] = {}
    for document, participant in sorted(participants.speaking(connection)):
        speaking.setdefault(participant, []).append(document_names[document])
    return [
        {
            "participant": one.name,
            "guid": one.guid,
            "values": values.get(one.id, {}),
            "interviewer": one.interviewer,
            "documents": speaking.get(one.id, []),
            "cases": [case_names[case] for case in links.get(one.id, ())],
        }
        for one in participants.all_participants(connection)
    ]


def _values(session: Session, subject: Subject) -> dict[int, dict[str, Json]]:
    """Return the values by subject and variable; of an indicator a mapping from months."""
    connection = session.project.connection
    known = {one.id: one for one in variables.of_subject(connection, subject)}
    found: dict[int, dict[str, Json]] = {}
    months: dict[tuple[int, str], dict[str, Json]] = {}
    for one in variables.values(connection, subject):
        variable = known[one.variable]
        row = found.setdefault(one.subject, {})
        if variable.periodic:
            series = months.setdefault((one.subject, variable.name), {})
            series[one.period] = _number(one.value)
            row[variable.name] = series
        else:
            row[variable.name] = _number(one.value)
    return found


def _number(value: Value) -> Json:
    """Return whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53:
        return int(value)
    return value


def _write_values(what: str, heading: str, rows: list[dict[str, Json]]) -> None:
    """Write things with their values as a table; of an indicator the latest month."""
    names: dict[str, None] = {}
    values: list[Mapping[str, Json]] = []
    for row in rows:
        own = row["values"]
        values.append(own if isinstance(own, Mapping) else {})
        names.update(dict.fromkeys(values[-1]))
    table: list[tuple[Cell, ...]] = [(heading, *names)] + [
        (str(row[what]), *(_latest(own.get(name)) for name in names))
        for row, own in zip(rows, values, strict=True)
    ]
    if on_terminal() and len(rows) < len(names):
        # A few things with many variables fit a screen the other way round.
        table = [tuple(line) for line in zip(*table, strict=True)]
    write_table([str(cell) for cell in table[0]], table[1:])


def _latest(value: Json) -> str | int | float | None:
    if isinstance(value, Mapping):
        return _latest(value[max(value)]) if value else None
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return value if isinstance(value, str | int | float) else None


COMMANDS = (cases_group, participants_group, link)
