"""The command search: a concordance over all sources."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, tr, tr_n
from qda.cli.output import Json, shown_progress, write_line, write_note, write_table
from qda.cli.parsing import (
    Command,
    one_of,
    outputs_option,
    project_argument,
    require_one,
    text_option,
    texts_option,
    turns_option,
    where_option,
    whole,
    words,
)
from qda.model.errors import BadQuery, NotAllowed
from qda.model.messages import message
from qda.model.searching import (
    SEARCH_MODES,
    WITHIN,
    Coded,
    Hit,
    Limits,
    Search,
    SearchMode,
    TurnKind,
    Within,
)
from qda.operations import searches
from qda.store import lookup

if TYPE_CHECKING:
    from qda.app.searching import Found, Searcher

ENDINGS = (".csv", ".xlsx", ".docx")
SHOWN_FORMS = 12


@click.command(
    "search",
    cls=Command,
    help=_(
        "Find words in all sources and show them in context. A word finds its forms; "
        "\"in quotes\" as written; ~dialog also as part of a compound; tell* by its beginning; "
        "NEAR/5, AND, OR, NOT (NÆR, OG, ELLER, IKKE) and parentheses; "
        "code:NAME by the keywords of a code."
    ),
)  # fmt: skip
@project_argument
@click.argument("query", type=words, metavar="[QUERY]", default="")
@text_option("--saved", metavar="NAME", help=_("Look for what was saved, within its limits."))
@text_option("--save", metavar="NAME", help=_("Keep this search under a name."))
@click.option(
    "--mode",
    type=one_of(*SEARCH_MODES),
    default="lemma",
    metavar="MODE",
    help=_("lemma finds all forms of a word, exact the form as written, regex an expression."),
)
@texts_option("--document", metavar="DOCUMENT", help=_("Only in this document."))
@texts_option("--case", metavar="CASE", help=_("Only what is said by or about this case."))
@where_option(help=_("Only words with this; several values of one name let all of them through."))
@texts_option("--code", metavar="CODE", help=_("Only inside segments with this code."))
@click.option("--uncoded", is_flag=True, help=_("Only outside segments, of --code or of any."))
@turns_option
@click.option(
    "--within",
    type=one_of(*WITHIN),
    default="turn",
    metavar="WHAT",
    help=_("What AND and NOT look at: turn, sentence or document."),
)
@click.option(
    "--context", type=whole, default=60, metavar="N", help=_("Characters of context on each side.")
)
@click.option("--forms", is_flag=True, help=_("Tell which forms were looked for, and how often."))
@outputs_option(help=_("Write it to a file: .csv, .xlsx or .docx."))
@click.pass_obj
def search(  # noqa: PLR0913 - one for each option
    env: Environment,
    project: Path,
    query: str,
    *,
    document: tuple[str, ...],
    case: tuple[str, ...],
    where: tuple[tuple[str, str], ...],
    code: tuple[str, ...],
    uncoded: bool,
    context: int,
    forms: bool,
    outputs: tuple[Path, ...],
    **named: str,
) -> None:
    """Find words and show them in context."""
    from qda.app.searching import Searcher  # lazy: it brings numpy

    require_one(tr("Give a query or --saved."), query, named["saved"])
    if not 0 <= context <= 5_000:
        raise NotAllowed(message("The context may have 0 to {most} characters.", most=5_000))
    _check_endings(outputs)
    with env.changing_if_possible(project) as session:
        where = (*where, *_named(session, document, case, code))
        coded: Coded = "uncoded" if uncoded else "coded" if code else "any"
        asked = _asked(session, query, where, coded, named)
        with shown_progress() as progress:
            session.words.build(progress)
            searcher = Searcher(session)
            found = _found(searcher, asked)
        hits = list(searcher.hits(found, context))
        told = _forms(searcher, found) if forms else []
    _write(outputs, asked, hits)
    env.answer([_hit(one) for one in hits], lambda: _tell(hits))
    for line in told:
        write_note(line)
    for file in outputs:
        write_note(tr("Wrote {file}.", file=str(file)))


def _asked(
    session: Session,
    query: str,
    where: tuple[tuple[str, str], ...],
    coded: Coded,
    named: Mapping[str, str],
) -> Search:
    """Return what is asked, new or as it was saved; keep it where that is wanted."""
    if named["saved"]:
        return searches.find_search(session.project, named["saved"]).search
    limits = Limits(cast("TurnKind", named["turns"]), where, coded)
    mode, within = cast("SearchMode", named["mode"]), cast("Within", named["within"])
    asked = Search(query, mode, within, limits)
    if named["save"]:
        session.run(searches.save_search, coder=session.coder, name=named["save"], search=asked)
    return asked


def _found(searcher: "Searcher", asked: Search) -> "Found":
    """Search, and say where in the query the trouble is."""
    try:
        return searcher.find(asked)
    except BadQuery as error:
        if error.place:
            raise BadQuery(
                message(
                    "{sentence} (At character {place} of the query.)",
                    sentence=error.message,
                    place=error.place + 1,
                ),
                error.place,
            ) from error
        raise


def _named(
    session: Session, document: Sequence[str], case: Sequence[str], code: Sequence[str]
) -> list[tuple[str, str]]:
    """Return filters on things by the GUIDs of what their names mean."""
    connection = session.project.connection
    found = [("document", str(lookup.document(connection, one).guid)) for one in document]
    found += [("case", str(lookup.case(connection, one).guid)) for one in case]
    return found + [("code", str(lookup.code(connection, one).guid)) for one in code]


def _forms(searcher: "Searcher", found: "Found") -> list[str]:
    """Say which forms the words of the query stood for, the most frequent first."""
    by_form: dict[str, int] = {}
    for number, count in found.forms.items():
        form = searcher.table.vocabulary.form(number)
        by_form[form] = by_form.get(form, 0) + count
    ranked = sorted(by_form.items(), key=lambda one: (-one[1], one[0]))
    listed = ", ".join(f"{form} {count}" for form, count in ranked[:SHOWN_FORMS])
    rest = len(ranked) - SHOWN_FORMS
    more = [tr_n("{n} more form.", "{n} more forms.", rest)] if rest > 0 else []
    return [tr("Forms in all sources: {forms}.", forms=listed), *more] if ranked else []


def _hit(hit: Hit) -> dict[str, Json]:
    return {
        "document": hit.document_name,
        "guid": hit.document_guid,
        "start": hit.start,
        "end": hit.end,
        "match": hit.match,
        "left": hit.left,
        "right": hit.right,
        "turn": hit.turn,
        "interviewer": hit.interviewer,
        "participant": ", ".join(hit.participants) or None,
        "participants": list(hit.participants),
        "cases": list(hit.cases),
    }


def _tell(hits: Sequence[Hit]) -> None:
    write_table(
        (tr("Document"), tr("Turn"), tr("Participant"), tr("Before"), tr("Hit"), tr("After")),
        (
            (hit.document_name, hit.turn, ", ".join(hit.participants), hit.left, hit.match,
             hit.right)
            for hit in hits
        ),
    )  # fmt: skip
    write_line(tr_n("{n} hit.", "{n} hits.", len(hits)))


def _check_endings(outputs: Sequence[Path]) -> None:
    for file in outputs:
        if file.suffix.casefold() not in ENDINGS:
            raise NotAllowed(
                message(
                    "{name}: choose a file name that ends in {endings}.",
                    name=file.name,
                    endings=", ".join(ENDINGS),
                )
            )


def _write(outputs: Sequence[Path], asked: Search, hits: Sequence[Hit]) -> None:
    if not outputs:
        return
    from qda.cli.language import current_catalogue
    from qda.formats.word_tables import concordance_table, write_word_table

    for file in outputs:
        write_word_table(file, concordance_table(asked.query, hits), current_catalogue())


COMMANDS = (search,)
