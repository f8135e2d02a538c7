"""Commands on quotes in print: quotes style, pick, drop, trim, place, picked."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.commands.quotes import quotes
from qda.cli.environment import Environment
from qda.cli.language import _, tr, tr_n
from qda.cli.output import Json, write_line, write_table
from qda.cli.parsing import (
    coder_option,
    one_of,
    project_argument,
    require_one,
    texts_option,
    whole,
    words,
)
from qda.cli.quote_files import check_endings, material_of, tell_files, write_each
from qda.model.errors import NotFound
from qda.model.messages import message
from qda.model.quotes import CUT_MARKS, QUOTE_MARKS, PickedQuote, QuoteStyle, Trim
from qda.operations import quotes as operations
from qda.store import lookup
from qda.store import quotes as quote_rows


@quotes.command("style", help=_("Show how quotes are printed, or change it for the project."))
@project_argument
@click.option(
    "--attribution", type=words, metavar="TEMPLATE",
    help=_("Who said it, such as «({role}, {employer})»."),
)  # fmt: skip
@click.option("--cut", type=one_of(*CUT_MARKS), metavar="MARK", help=_("The mark of a cut."))
@click.option(
    "--marks", type=one_of("language", *QUOTE_MARKS), metavar="MARKS",
    help=_("The quotation marks; «language» for those of the project's language."),
)  # fmt: skip
@click.option(
    "--threshold", type=whole, metavar="N",
    help=_("Tell of what fewer informants than this share."),
)  # fmt: skip
@click.option(
    "--with-office/--without-office", "office", default=None,
    help=_("Allow the office beside the person, or not."),
)  # fmt: skip
@coder_option
@click.pass_obj
def style(
    env: Environment,
    project: Path,
    *,
    attribution: str | None,
    cut: str | None,
    marks: str | None,
    threshold: int | None,
    office: bool | None,
    coder: str,
) -> None:
    """Show or change the style."""
    from qda.analysis.attribution import Attributor, known_fields  # lazy: it brings numpy

    given: dict[str, object] = {
        "attribution": attribution, "cut": cut, "marks": "" if marks == "language" else marks,
        "threshold": threshold, "office": office,
    }  # fmt: skip
    given = {name: value for name, value in given.items() if value is not None}
    with env.changing(project, coder) if given else env.reading(project) as session:
        before = quote_rows.style(session.project.connection)
        now = replace(before, **given)  # pyright: ignore[reportArgumentType] - by the options
        if given:
            Attributor(session.snapshot(), now)
            session.run(operations.set_style, coder=session.coder, style=now)
        fields = known_fields(session.snapshot().entities)
    env.answer(
        {
            "attribution": now.attribution,
            "cut": now.cut,
            "marks": now.marks,
            "threshold": now.threshold,
            "office": now.office,
            "fields": list(fields),
        },
        lambda: _tell_style(now, fields),
    )


def _tell_style(now: QuoteStyle, fields: Iterable[str]) -> None:
    rows = (
        (tr("Attribution"), now.attribution),
        (tr("Mark of a cut"), now.cut),
        (tr("Quotation marks"), now.marks or tr("those of the language")),
        (tr("Fewest informants"), str(now.threshold)),
        (tr("Office beside the person"), tr("yes") if now.office else tr("no")),
        (tr("Fields"), ", ".join(fields)),
    )
    write_table((tr("What"), tr("How")), rows)


@quotes.command("pick", help=_("Pick segments for the text, by their GUIDs."))
@project_argument
@click.argument("guids", nargs=-1, required=True, type=words, metavar="GUID...")
@coder_option
@click.pass_obj
def pick(env: Environment, project: Path, *, guids: tuple[str, ...], coder: str) -> None:
    """Pick quotes."""
    with env.changing(project, coder) as session:
        chosen = [lookup.coding(session.project.connection, one).id for one in guids]
        new = session.run(operations.pick_quotes, coder=session.coder, coding_ids=chosen).value
    env.answer(
        {"picked": new},
        lambda: write_line(tr_n("Picked {n} quote.", "Picked {n} quotes.", new)),
    )


@quotes.command("drop", help=_("Take quotes out of the text again; the segments stay."))
@project_argument
@click.argument("guids", nargs=-1, required=True, type=words, metavar="GUID...")
@coder_option
@click.pass_obj
def drop(env: Environment, project: Path, *, guids: tuple[str, ...], coder: str) -> None:
    """Take quotes out."""
    with env.changing(project, coder) as session:
        gone = [_picked(session, one).id for one in guids]
        session.run(operations.drop_quotes, coder=session.coder, picked=gone)
    count = len(gone)
    env.answer(
        {"dropped": count},
        lambda: write_line(tr_n("Took out {n} quote.", "Took out {n} quotes.", count)),
    )


@quotes.command(
    "trim", help=_("Cut a picked quote for print, or put words into it; the source stays.")
)
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@texts_option("--cut", metavar="TEXT", help=_("Words of the quote that are cut."))
@click.option(
    "--put", nargs=2, type=words, multiple=True, metavar="TEXT WORDS",
    help=_("Words that stand in square brackets instead of words of the quote."),
)  # fmt: skip
@click.option("--whole", "undone", is_flag=True, help=_("Print it whole again."))
@coder_option
@click.pass_obj
def trim(
    env: Environment,
    project: Path,
    *,
    guid: str,
    cut: tuple[str, ...],
    put: tuple[tuple[str, str], ...],
    undone: bool,
    coder: str,
) -> None:
    """Trim a quote."""
    if not (cut or put or undone):
        require_one(tr("Say what to do: --cut, --put or --whole."))
    with env.changing(project, coder) as session:
        one = _picked(session, guid)
        quote = lookup.coding(session.project.connection, guid).quote
        before = one.trims if one.quote == quote and not undone else ()
        trims = [*before, *_trims(quote, [(text, "") for text in cut]), *_trims(quote, put)]
        session.run(operations.trim_quote, coder=session.coder, picked=one.id, trims=trims)
        [row] = [row for row in _rows(session) if row["guid"] == guid]
    env.answer(row, lambda: write_line(f"{row['printed']} {row['attribution']}".rstrip()))


@quotes.command("place", help=_("Move a picked quote among the others, or write a note on it."))
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@click.option("--to", type=whole, metavar="N", help=_("Its place among those picked, from 1."))
@click.option("--note", type=words, metavar="TEXT", help=_("What the quote is wanted for."))
@coder_option
@click.pass_obj
def place(
    env: Environment, project: Path, *, guid: str, to: int | None, note: str | None, coder: str
) -> None:
    """Move or describe a picked quote."""
    require_one(tr("Give either --to or --note."), to, note)
    with env.changing(project, coder) as session:
        one = _picked(session, guid).id
        if note is not None:
            session.run(operations.note_quote, coder=session.coder, picked=one, note=note)
        if to is not None:
            session.run(operations.move_quote, coder=session.coder, picked=one, to=to - 1)
        everything = [str(row["guid"]) for row in _rows(session)]
    env.answer(
        {"guid": guid, "place": everything.index(guid) + 1},
        lambda: write_line(tr("It is number {n}.", n=everything.index(guid) + 1)),
    )


def _trims(quote: str, wanted: Iterable[tuple[str, str]]) -> list[Trim]:
    """Return the stretches of a quote that hold these texts. Raises NotFound."""
    found: list[Trim] = []
    for text, replacing in wanted:
        at = quote.find(text) if text else -1
        if at < 0:
            raise NotFound(message("«{words}» does not stand in the quote.", words=text))
        found.append(Trim(at, at + len(text), replacing))
    return found


def _picked(session: Session, guid: str) -> PickedQuote:
    """Return the picked quote of a segment. Raises NotFound."""
    connection = session.project.connection
    coding = lookup.coding(connection, guid)
    for one in quote_rows.picked(connection):
        if one.coding == coding.id:
            return one
    raise NotFound(message("The segment {guid} is not picked; pick it first.", guid=guid))


@quotes.command("picked", help=_("List the quotes that are picked for the text, as printed."))
@project_argument
@click.option("-o", "files", multiple=True, type=Path, metavar="FILE", help=_("Write them there."))
@click.pass_obj
def picked(env: Environment, project: Path, *, files: tuple[Path, ...]) -> None:
    """List what is picked."""
    from qda.operations.writeup.quote_list import picked_list  # lazy: it brings numpy

    check_endings(files)
    with env.reading(project) as session:
        rows = _rows(session)
        write_each(files, lambda table: picked_list(material_of(session), table=table))
    if files:
        tell_files(env, files)
        return
    env.answer(
        list(rows),
        lambda: write_table(
            (tr("Quote"), tr("Who"), tr("Note"), tr("Could be recognised")),
            (
                [str(one[name]) for name in ("printed", "attribution", "note", "warning")]
                for one in rows
            ),
        ),
    )


def _rows(session: Session) -> list[dict[str, Json]]:
    from qda.operations.writeup.common import in_marks, warning  # lazy: it brings numpy

    material = material_of(session)
    everything = quote_rows.picked(session.project.connection)
    found = {one.id: one for one in material.quoted(one.coding for one in everything)}
    rows: list[dict[str, Json]] = []
    for one in everything:
        quote = found[one.coding]
        fits = one.quote == quote.text
        rows.append(
            {
                "guid": quote.guid,
                "printed": in_marks(material, quote.text, one.trims if fits else ()),
                "attribution": material.who.of(quote),
                "quote": quote.text,
                "note": one.note,
                "warning": warning(material, quote),
                "changed_since_trimmed": not fits,
            }
        )
    return rows


COMMANDS = (quotes,)
