"""Commands on quotes: quotes, quotes check, quotes used."""

from collections.abc import Mapping
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr
from qda.cli.output import Json, shown_progress, write_line, write_note, write_table
from qda.cli.parsing import (
    Group,
    assignment,
    coder_option,
    project_argument,
    text_option,
    words,
)
from qda.model.ids import DocumentId
from qda.model.quote_check import CheckedQuote
from qda.operations import quote_uses
from qda.operations.quote_uses import STATUS_WORDS
from qda.store import codes, documents, lookup
from qda.store import quote_uses as use_rows


@click.group("quotes", cls=Group, default="list", help=_("List quotes, and check a manuscript's."))
def quotes() -> None:
    """Work with quotes."""


@quotes.command("list", help=_("List quotes with who said them, by role."))
@project_argument
@text_option("--code", metavar="CODE", help=_("Only those of this code and its subcodes."))
@text_option("--case", metavar="CASE", help=_("Only those that concern this case."))
@click.option(
    "--where", type=assignment, multiple=True, metavar="NAME=VALUE",
    help=_("Only those of people, offices or sources with this value."),
)  # fmt: skip
@text_option("--text", metavar="WORDS", help=_("Only those that hold these words."))
@click.option(
    "--attribution", type=words, metavar="TEMPLATE",
    help=_("Who said it, such as «({role}, {employer})»; else as the project has it."),
)  # fmt: skip
@click.option("-o", "files", multiple=True, type=Path, metavar="FILE", help=_("Write them there."))
@click.pass_obj
def list_quotes(
    env: Environment,
    project: Path,
    *,
    code: str,
    case: str,
    where: tuple[tuple[str, str], ...],
    text: str,
    attribution: str | None,
    files: tuple[Path, ...],
) -> None:
    """List quotes."""
    from qda.cli.coding_list import CodingFilter, listed_codings  # lazy: it brings numpy
    from qda.cli.quote_files import check_endings, material_of, tell_files, write_each
    from qda.operations.codes import descendants
    from qda.operations.writeup.common import warning
    from qda.operations.writeup.quote_list import listed

    check_endings(files)

    with env.reading(project) as session:
        connection = session.project.connection
        family: frozenset[int] | None = None
        if code:
            chosen = lookup.code(connection, code).id
            family = frozenset(descendants(codes.all_codes(connection), chosen))
        of_case = (("case", lookup.case(connection, case).guid),) if case else ()
        everything = listed_codings(session, CodingFilter(family, (*of_case, *where)))
        found = [one.quote for one in everything if text.casefold() in one.quote.text.casefold()]
        given: dict[str, object] = {} if attribution is None else {"attribution": attribution}
        material = material_of(session, **given)
        who = {one.id: material.who.of(one) for one in found}
        warned = {one.id: warning(material, one) for one in found}
        write_each(files, lambda table: listed(material, found, table=table))
    if files:
        tell_files(env, files)
        return
    rows: list[Json] = [
        {
            "guid": one.guid,
            "quote": one.text,
            "role": one.role,
            "attribution": who[one.id],
            "warning": warned[one.id],
            "code": one.code,
            "document": one.document,
            "turn": one.turn,
            "start": one.start,
            "end": one.end,
            "cases": list(one.cases),
        }
        for one in found
    ]
    env.answer(
        rows,
        lambda: write_table(
            (tr("Quote"), tr("Who"), tr("Code"), tr("Document"), tr("Turn")),
            ((one.text, who[one.id], one.code, one.document, one.turn) for one in found),
        ),
    )


@quotes.command("check", help=_("Check every quoted passage of a manuscript against the sources."))
@project_argument
@click.argument("manuscript", type=Path, metavar="MANUSCRIPT")
@click.option(
    "--remember", is_flag=True, help=_("Keep what it quotes in the list of where quotes are used.")
)
@coder_option
@click.pass_obj
def check(env: Environment, project: Path, *, manuscript: Path, remember: bool, coder: str) -> None:
    """Check a manuscript."""
    opened = env.changing(project, coder) if remember else env.reading(project)
    with opened as session:
        checked = _checked(session, manuscript)
        names = {one.id: one.name for one in documents.all_documents(session.project.connection)}
        if remember:
            session.run(
                quote_uses.remember_uses,
                coder=session.coder,
                manuscript=manuscript.name,
                checked=checked,
            )
    rows = [_row(one, names) for one in checked]
    env.answer(rows, lambda: _tell(checked, names))


def _checked(session: Session, manuscript: Path) -> tuple[CheckedQuote, ...]:
    from qda.app import manuscripts  # lazy: it brings numpy

    with shown_progress() as progress:
        return manuscripts.check(manuscripts.gather(session), manuscript, progress)


def _row(one: CheckedQuote, names: Mapping[DocumentId, str]) -> dict[str, Json]:
    return {
        "quote": one.quote,
        "status": one.status,
        "document": None if one.document is None else names[one.document],
        "start": one.start,
        "end": one.end,
        "source": one.source or None,
        "differences": [
            {"quote": change.quote, "source": change.source} for change in one.differences
        ],
        "used_before": [
            {"manuscript": use.manuscript, "place": use.place, "quote": use.quote}
            for use in one.used_before
        ],
    }


def _tell(checked: tuple[CheckedQuote, ...], names: Mapping[DocumentId, str]) -> None:
    write_table(
        (tr("Number"), tr("What"), tr("Quote"), tr("Document"), tr("Differences"), tr("Before")),
        (
            (
                one.place,
                say(STATUS_WORDS[one.status]),
                one.quote,
                "" if one.document is None else names[one.document],
                "; ".join(f"«{change.quote}» ← «{change.source}»" for change in one.differences),
                ", ".join(f"{use.manuscript} {use.place}" for use in one.used_before),
            )
            for one in checked
        ),
    )
    for status, word in STATUS_WORDS.items():
        count = sum(one.status == status for one in checked)
        if count:
            write_note(f"{say(word)}: {count}")


@quotes.command("used", help=_("List where quotes are used, or forget a manuscript."))
@project_argument
@click.option("--forget", type=words, metavar="MANUSCRIPT", help=_("Forget what it quotes."))
@coder_option
@click.pass_obj
def used(env: Environment, project: Path, *, forget: str | None, coder: str) -> None:
    """List where quotes are used."""
    if forget is not None:
        with env.changing(project, coder) as session:
            gone = session.run(quote_uses.forget_uses, coder=session.coder, manuscript=forget).value
        env.answer({"forgotten": gone}, lambda: write_line(tr("Forgot it.")))
        return
    with env.reading(project) as session:
        names = {one.id: one.name for one in documents.all_documents(session.project.connection)}
        uses = use_rows.all_uses(session.project.connection)
    env.answer(
        [
            {
                "guid": one.guid,
                "quote": one.text,
                "document": names[one.document],
                "manuscript": one.manuscript,
                "place": one.place,
                "coder": one.coder,
                "when": one.at,
            }
            for one in uses
        ],
        lambda: write_table(
            (tr("Manuscript"), tr("Number"), tr("Quote"), tr("Document")),
            ((one.manuscript, one.place, one.text, names[one.document]) for one in uses),
        ),
    )
