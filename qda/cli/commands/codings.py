"""Commands on codings: code, codings, codings import."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr, tr_n
from qda.cli.output import Json, write_line, write_note, write_table
from qda.cli.parsing import (
    Command,
    Group,
    assignment,
    coder_option,
    project_argument,
    text_option,
    texts_option,
    whole,
    words,
)
from qda.model.errors import NotFound
from qda.model.messages import message
from qda.operations.codings import NewCoding, add_codings, check_stance, find_quote
from qda.store import codes, documents, lookup, variables

if TYPE_CHECKING:
    from qda.cli.coding_list import CodingFilter, ListedCoding


@click.command("code", cls=Command, help=_("Code a segment, by its offsets or by its words."))
@project_argument
@text_option("--document", metavar="DOCUMENT", required=True, help=_("Where the segment is."))
@text_option("--code", metavar="CODE", required=True, help=_("The code: a path or a name."))
@click.option("--start", type=whole, metavar="N", help=_("Where it begins, in code points."))
@click.option("--end", type=whole, metavar="N", help=_("Where it ends; that character not in it."))
@click.option("--quote", type=words, metavar="TEXT", help=_("The words of the segment instead."))
@click.option(
    "--occurrence", type=whole, metavar="K", help=_("Which place with these words, from 1.")
)
@text_option("--stance", metavar="for|mot|ambivalent", help=_("Where the speaker stands."))
@text_option("--value", metavar="V", help=_("A value of the code's scale."))
@text_option("--memo", metavar="TEXT", help=_("A note on it."))
@texts_option("--case", metavar="CASE", help=_("A case that it concerns, whoever speaks."))
@coder_option
@click.pass_obj
def code_command(
    env: Environment,
    project: Path,
    *,
    start: int | None,
    end: int | None,
    quote: str | None,
    occurrence: int | None,
    case: tuple[str, ...],
    coder: str,
    **named: str,
) -> None:
    """Code a segment."""
    _check_place(start, end, quote, occurrence)
    with env.changing(project, coder) as session:
        connection = session.project.connection
        where = lookup.document(connection, named["document"]).id
        what = lookup.code(connection, named["code"]).id
        if start is None or end is None:
            text = documents.text(connection, where)
            start, end = find_quote(text, quote or "", 1 if occurrence is None else occurrence)
        new = NewCoding(
            document=where,
            code=what,
            start=start,
            end=end,
            stance=check_stance(named["stance"]),
            value=named["value"],
            memo=named["memo"],
            cases=tuple(lookup.case(connection, one).id for one in case),
        )
        made = session.run(add_codings, coder=session.coder, new=[new]).value[0]
    env.answer(
        {"guid": made.guid, "start": made.start, "end": made.end, "quote": made.quote},
        lambda: write_line(
            tr("Coded {start} to {end}: {guid}", start=made.start, end=made.end, guid=made.guid)
        ),
    )


def _check_place(
    start: int | None, end: int | None, quote: str | None, occurrence: int | None
) -> None:
    """Raise a usage error unless the segment is named in just one way."""
    offsets = (start is not None) + (end is not None)
    by_offsets = offsets == 2 and quote is None and occurrence is None
    if by_offsets or (quote is not None and not offsets):
        return
    raise click.UsageError(
        tr("Give either --start and --end, or --quote with or without --occurrence."),
        click.get_current_context(),
    )


@click.group("codings", cls=Group, default="list", help=_("List or import codings."))
def codings_group() -> None:
    """Work with codings."""


@codings_group.command("import", help=_("Import a sheet of codings; rows that fail stop no other."))
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@coder_option
@click.pass_obj
def import_codings(env: Environment, project: Path, file: Path, coder: str) -> int:
    """Import a sheet of codings; the status is 1 when any row failed."""
    from qda.operations.sheets import (  # lazy: brings the sheet readers
        read_codings,
        report_on_codings,
    )

    with env.changing(project, coder) as session:
        sheet = read_codings(session.project, file)
        count = 0
        if sheet.new:
            made = session.run(
                add_codings,
                coder=session.coder,
                new=sheet.new,
                imported=True,
                report=report_on_codings(sheet, file),
            )
            count = len(made.value)
    env.answer(
        {
            "codings": count,
            "failed": [{"row": row, "error": say(error)} for row, error in sheet.failed],
        },
        lambda: write_line(tr_n("Imported {n} coding.", "Imported {n} codings.", count)),
    )
    for row, error in sheet.failed:
        write_note(tr("Row {row}: {error}", row=row, error=say(error)))
    return 1 if sheet.failed else 0


@codings_group.command("list", help=_("List the codings, with the cases they count for."))
@project_argument
@text_option("--code", metavar="CODE", help=_("Only this code and those below it."))
@click.option("--unfolded", is_flag=True, help=_("With --code: without those below it."))
@text_option("--case", metavar="CASE", help=_("Only what counts for this case."))
@text_option("--document", metavar="DOCUMENT", help=_("Only this document."))
@text_option("--coder", metavar="NAME", help=_("Only this coder."))
@text_option("--participant", metavar="NAME", help=_("Only this participant."))
@click.option(
    "--participant-value",
    type=assignment,
    multiple=True,
    metavar="NAME=VALUE",
    help=_("Only participants with this value, such as role=leder."),
)
@click.pass_obj
def list_codings(
    env: Environment,
    project: Path,
    *,
    unfolded: bool,
    participant_value: tuple[tuple[str, str], ...],
    **named: str,
) -> None:
    """List codings."""
    from qda.cli.coding_list import listed_codings  # lazy: it brings numpy

    with env.reading(project) as session:
        wanted = _filter(session, named, participant_value, unfolded=unfolded)
        found = listed_codings(session, wanted)
    env.answer([_coding(one) for one in found], lambda: _tell_codings(found))


def _filter(
    session: Session,
    named: dict[str, str],
    participant_value: tuple[tuple[str, str], ...],
    *,
    unfolded: bool,
) -> "CodingFilter":
    from qda.cli.coding_list import CodingFilter
    from qda.operations.codes import descendants

    connection = session.project.connection
    family: frozenset[int] | None = None
    if named["code"]:
        code = lookup.code(connection, named["code"]).id
        below = (code,) if unfolded else descendants(codes.all_codes(connection), code)
        family = frozenset(below)
    known = {one.name.casefold() for one in variables.of_subject(connection, "participant")}
    for name, _value in participant_value:
        if name.casefold() not in known:
            raise NotFound(
                message(
                    "Participants have no {name}; «qda participants show» lists what they have.",
                    name=name,
                )
            )
    where = [(f"participant:{name}", value) for name, value in participant_value]
    if named["case"]:
        where.append(("case", lookup.case(connection, named["case"]).guid))
    if named["document"]:
        where.append(("document", lookup.document(connection, named["document"]).guid))
    if named["participant"]:
        where.append(("participant", lookup.participant(connection, named["participant"]).guid))
    if named["coder"]:
        where.append(("coder", named["coder"]))
    return CodingFilter(family, tuple(where))


def _coding(one: "ListedCoding") -> dict[str, Json]:
    quote = one.quote
    return {
        "guid": quote.guid,
        "document": quote.document,
        "code": quote.code,
        "coder": quote.coder,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
        "participant": ", ".join(quote.participants) or None,
        "participants": list(quote.participants),
        "cases": list(quote.cases),
        "cases_from": one.origin,
        "stance": quote.stance,
        "value": quote.value or None,
        "memo": quote.memo,
        "turn": quote.turn,
    }


def _tell_codings(found: "tuple[ListedCoding, ...]") -> None:
    quotes = [one.quote for one in found]
    write_table(
        (tr("Code"), tr("Document"), tr("Start"), tr("End"), tr("Participant"), tr("Cases"),
         tr("Who"), tr("Quote")),
        (
            (one.code, one.document, one.start, one.end, ", ".join(one.participants),
             ", ".join(one.cases), one.coder, one.text)
            for one in quotes
        ),
    )  # fmt: skip


COMMANDS = (code_command, codings_group)
