"""Commands on queries: query save, show, run, remove."""

from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr
from qda.cli.output import Json, write_line, write_note, write_table
from qda.cli.parsing import (
    Group,
    assignment,
    coder_option,
    project_argument,
    several_option,
    words,
)
from qda.model.ids import Guid
from qda.model.queries import Condition, NearUnit, Query, Relation
from qda.operations import queries
from qda.store import lookup, saved_queries


@click.group("query", cls=Group, help=_("Queries: codes combined, by what stands near them."))
def query() -> None:
    """Work with queries."""


def near(value: str) -> tuple[str, int, NearUnit]:
    """Take `CODE:20words` or `CODE:1turns`."""
    code, sign, rest = words(value).rpartition(":")
    unit: NearUnit = "turns" if rest.endswith("turns") else "words"
    number = rest.removesuffix(unit).strip()
    if not sign or not rest.endswith(unit) or not number.isdecimal():
        raise click.BadParameter(
            tr("{value} is not of the form CODE:20words or CODE:1turns.", value=value)
        )
    return code, int(number), unit


@query.command("save", help=_("Keep a query under a name, for any matrix and list."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@several_option("--code", metavar="CODE", help=_("Segments with one of these codes."))
@several_option("--overlaps", metavar="CODE", help=_("That overlap one with this code."))
@several_option("--not-overlaps", metavar="CODE", help=_("That overlap none with this code."))
@several_option("--same-turn", metavar="CODE", help=_("In whose turn this code stands too."))
@several_option("--not-same-turn", metavar="CODE", help=_("In whose turn this code is not."))
@several_option("--same-document", metavar="CODE", help=_("In whose document this code stands."))
@several_option("--not-same-document", metavar="CODE", help=_("In whose document it does not."))
@click.option(
    "--near", "close", type=near, multiple=True, metavar="CODE:20words",
    help=_("That have this code within so many words or turns."),
)  # fmt: skip
@click.option(
    "--not-near", "apart", type=near, multiple=True, metavar="CODE:20words",
    help=_("That do not."),
)  # fmt: skip
@click.option(
    "--where", type=assignment, multiple=True, metavar="NAME=VALUE",
    help=_("Only segments with this."),
)  # fmt: skip
@click.option("--any", "any_condition", is_flag=True, help=_("One of the conditions is enough."))
@coder_option
@click.pass_obj
def save(  # noqa: PLR0913 - an argument for each option
    env: Environment,
    project: Path,
    *,
    name: str,
    code: tuple[str, ...],
    close: tuple[tuple[str, int, NearUnit], ...],
    apart: tuple[tuple[str, int, NearUnit], ...],
    where: tuple[tuple[str, str], ...],
    any_condition: bool,
    coder: str,
    **relations: tuple[str, ...],
) -> None:
    """Keep a query."""
    with env.changing(project, coder) as session:
        conditions = [
            *_conditions(session, relations),
            *_near(session, close, negated=False),
            *_near(session, apart, negated=True),
        ]
        wanted = Query(_guids(session, code), tuple(conditions), where, any_condition)
        _found(session, wanted)
        known = [
            one
            for one in saved_queries.all_queries(session.project.connection)
            if one.name.casefold() == name.strip().casefold()
        ]
        kept = session.run(
            queries.save_query,
            coder=session.coder,
            name=name,
            query=wanted,
            query_id=known[0].id if known else None,
        ).value
        said = _sentence(session, wanted)
    env.answer({"guid": kept.guid, "sentence": said}, lambda: write_line(said))


def _conditions(session: Session, relations: dict[str, tuple[str, ...]]) -> list[Condition]:
    made: list[Condition] = []
    kinds: tuple[tuple[str, Relation], ...] = (
        ("overlaps", "overlaps"), ("same_turn", "same-turn"), ("same_document", "same-document"),
    )  # fmt: skip
    for key, relation in kinds:
        for negated in (False, True):
            made += [
                Condition(relation, Query(_guids(session, (one,))), negated)
                for one in relations["not_" + key if negated else key]
            ]
    return made


def _near(
    session: Session, given: tuple[tuple[str, int, NearUnit], ...], *, negated: bool
) -> list[Condition]:
    return [
        Condition("near", Query(_guids(session, (code,))), negated, distance, unit)
        for code, distance, unit in given
    ]


def _guids(session: Session, codes: tuple[str, ...]) -> tuple[Guid, ...]:
    return tuple(lookup.code(session.project.connection, one).guid for one in codes)


def _found(session: Session, wanted: Query) -> Json:
    """Return the segments of a query as JSON. Raises NotFound, NotAllowed."""
    from qda.analysis import queries as engine  # lazy: it brings numpy
    from qda.analysis.quotes import quotes_for
    from qda.analysis.snapshot import prepare_words

    snapshot = session.snapshot()
    if engine.needs_words(wanted):
        prepare_words(session.project.connection, snapshot)
    found = quotes_for(session.project.connection, snapshot, engine.matching(snapshot, wanted))
    return [
        {
            "guid": one.guid,
            "document": one.document,
            "code": one.code,
            "start": one.start,
            "end": one.end,
            "quote": one.text,
            "role": one.role,
            "cases": list(one.cases),
        }
        for one in found.values()
    ]


def _sentence(session: Session, wanted: Query) -> str:
    from qda.analysis import queries as engine  # lazy: it brings numpy

    return say(engine.sentence(session.snapshot(), wanted))


@query.command("show", help=_("List the saved queries."))
@project_argument
@click.pass_obj
def show(env: Environment, project: Path) -> None:
    """List the saved queries."""
    with env.reading(project) as session:
        rows = [
            {"guid": one.guid, "query": one.name, "sentence": _sentence(session, one.query)}
            for one in saved_queries.all_queries(session.project.connection)
        ]
    env.answer(
        list(rows),
        lambda: write_table(
            (tr("Query"), tr("What")), ((one["query"], one["sentence"]) for one in rows)
        ),
    )


@query.command("run", help=_("List the segments that a saved query finds."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@click.pass_obj
def run(env: Environment, project: Path, *, name: str) -> None:
    """List the segments of a query."""
    with env.reading(project) as session:
        wanted = queries.find_query(session.project, name).query
        found, said = _found(session, wanted), _sentence(session, wanted)
    rows = found if isinstance(found, list) else []

    def tell() -> None:
        write_table(
            (tr("Code"), tr("Document"), tr("Quote")),
            (
                (str(one["code"]), str(one["document"]), str(one["quote"]))
                for one in rows
                if isinstance(one, dict)
            ),
        )
        write_note(said)

    env.answer(found, tell)


@query.command("remove", help=_("Remove a saved query."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@coder_option
@click.pass_obj
def remove(env: Environment, project: Path, *, name: str, coder: str) -> None:
    """Remove a query."""
    with env.changing(project, coder) as session:
        found = queries.find_query(session.project, name)
        session.run(queries.remove_query, coder=session.coder, query_id=found.id)
    env.answer({"guid": found.guid}, lambda: write_line(tr("Removed {name}.", name=found.name)))


COMMANDS = (query,)
