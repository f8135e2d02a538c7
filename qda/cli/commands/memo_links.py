"""Commands on the links of memos: memo link, unlink, links."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

import click

from qda.cli.environment import Environment
from qda.cli.language import _, tr
from qda.cli.output import Json, write_line, write_table
from qda.cli.parsing import Command, coder_option, project_argument, require_one, text_option, words
from qda.cli.things import Names, find
from qda.model.entities import MemoLink, Thing, ThingKind
from qda.model.errors import NotFound
from qda.model.messages import message
from qda.operations import memos as operations
from qda.store import lookup, memo_links


@click.command("link", cls=Command, help=_("Link a memo, or a coding, with anything."))
@project_argument
@click.argument("guid", type=words, metavar="GUID")
@text_option("--memo", metavar="GUID", help=_("The memo it leads to."))
@text_option("--coding", metavar="GUID", help=_("The coding it leads to."))
@text_option("--document", metavar="DOCUMENT", help=_("The document it leads to."))
@text_option("--case", metavar="CASE", help=_("The case it leads to."))
@text_option("--participant", metavar="NAME", help=_("The participant it leads to."))
@text_option("--code", metavar="CODE", help=_("The code it leads to."))
@coder_option
@click.pass_obj
def link(env: Environment, project: Path, guid: str, *, coder: str, **targets: str) -> None:
    """Link a memo."""
    require_one(tr("Say what the link leads to: one thing, and just one."), *targets.values())
    kind, name = next((kind, name) for kind, name in targets.items() if name)
    with env.changing(project, coder) as session:
        origin = lookup.memo(session.project.connection, guid)
        target = find(session, cast("ThingKind", kind), name)
        made = session.run(
            operations.link_memo, coder=session.coder, origin=origin, target=target
        ).value
        [answer] = described(Names(session), [made])
    env.answer(answer, lambda: write_line(tr("Linked.")))


@click.command("unlink", cls=Command, help=_("Remove a link; both its ends stay."))
@project_argument
@click.argument("guid", type=words, metavar="LINK")
@coder_option
@click.pass_obj
def unlink(env: Environment, project: Path, guid: str, *, coder: str) -> None:
    """Remove a link."""
    with env.changing(project, coder) as session:
        found = memo_links.by_guid(session.project.connection, guid.strip().casefold())
        if found is None:
            raise NotFound(
                message("There is no link {guid}; «qda memo links» lists them.", guid=guid)
            )
        [answer] = described(Names(session), [found])
        session.run(operations.unlink_memo, coder=session.coder, link=found.id)
    env.answer(answer, lambda: write_line(tr("Removed the link.")))


@click.command("links", cls=Command, help=_("List the links, or those of one memo, both ways."))
@project_argument
@click.argument("guid", type=words, metavar="[GUID]", default="")
@click.pass_obj
def links(env: Environment, project: Path, guid: str) -> None:
    """List links."""
    with env.reading(project) as session:
        connection = session.project.connection
        of = lookup.memo(connection, guid) if guid else None
        found = memo_links.all_links(connection)
        if of is not None:
            found = memo_links.of_thing(connection, of)
        rows = described(Names(session), found, seen_from=of)
    env.answer(rows, lambda: write(rows))


def described(
    names: Names, found: Iterable[MemoLink], *, seen_from: Thing | None = None
) -> list[dict[str, Json]]:
    """Return links as JSON; seen from one of its ends, a link says which way it leads."""
    rows: list[dict[str, Json]] = []
    for one in found:
        row: dict[str, Json] = {
            "guid": one.guid,
            "from": names.thing(one.origin),
            "to": names.thing(one.target),
            "coder": names.coders.get(one.coder, ""),
            "when": one.created,
        }
        if seen_from is not None:
            row["direction"] = "away" if one.origin == seen_from else "here"
        rows.append(row)
    return rows


def write(rows: list[dict[str, Json]]) -> None:
    """Print links for people."""
    write_table(
        (tr("From"), tr("To"), tr("Link")),
        ((_named(row["from"]), _named(row["to"]), str(row["guid"])) for row in rows),
    )


def _named(end: Json) -> str:
    values = cast("Mapping[str, Json]", end)
    return f"{values['kind']}: {' '.join(str(values['name']).split())}"


COMMANDS = (link, unlink, links)
