"""Commands on code sets: codeset list, set, delete."""

from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, say, tr
from qda.cli.output import Json, write_line, write_table
from qda.cli.parsing import (
    Group,
    coder_option,
    project_argument,
    several_option,
    text_option,
    words,
)
from qda.model.code_sets import CodeSet
from qda.model.ids import CodeId
from qda.operations.code_sets import find_code_set, remove_code_set, save_code_set
from qda.operations.codes import descendants
from qda.store import code_sets, codes, lookup


@click.group(
    "codeset",
    cls=Group,
    default="list",
    help=_("Named sets of codes, whatever stands above them in the codebook."),
)
def codeset() -> None:
    """Work with code sets."""


@codeset.command("list", help=_("List the code sets with their codes."))
@project_argument
@click.pass_obj
def list_sets(env: Environment, project: Path) -> None:
    """List the code sets."""
    with env.reading(project) as session:
        rows = [_row(session, one) for one in code_sets.all_sets(session.project.connection)]
    env.answer(
        list(rows),
        lambda: write_table(
            (tr("Code set"), tr("Codes"), tr("Description")),
            ((str(one["codeset"]), _joined(one), str(one["description"])) for one in rows),
        ),
    )


@codeset.command(
    "set", help=_("Make a code set, or give one other codes; without --code they stay.")
)
@project_argument
@click.argument("name", type=words, metavar="NAME")
@several_option(
    "--code", metavar="CODE", help=_("The codes of the set; those below only if named.")
)
@click.option("--below", is_flag=True, help=_("Also every code below one that is named."))
@click.option(
    "--description", type=words, default=None, metavar="TEXT", help=_("What the set is for.")
)
@text_option("--rename", metavar="NAME", help=_("Another name from now on."))
@coder_option
@click.pass_obj
def set_codes(
    env: Environment,
    project: Path,
    *,
    name: str,
    code: tuple[str, ...],
    below: bool,
    description: str | None,
    rename: str,
    coder: str,
) -> None:
    """Make or change a code set."""
    with env.changing(project, coder) as session:
        known = _known(session, name)
        members = _codes(session, code, below=below)
        if known is not None and not code:
            members = known.codes
        if description is None:
            description = known.description if known is not None else ""
        saved = session.run(
            save_code_set,
            coder=session.coder,
            name=rename or (known.name if known is not None else name),
            members=members,
            description=description,
            set_id=known.id if known is not None else None,
        ).value
        row = _row(session, saved)
    env.answer(row, lambda: write_line(f"{row['codeset']}: {_joined(row)}"))


@codeset.command("delete", help=_("Delete a code set; its codes stay."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@coder_option
@click.pass_obj
def delete(env: Environment, project: Path, *, name: str, coder: str) -> None:
    """Delete a code set."""
    with env.changing(project, coder) as session:
        found = find_code_set(session.project, name)
        said = session.run(remove_code_set, coder=session.coder, set_id=found.id).value
    env.answer({"guid": found.guid}, lambda: write_line(say(said)))


def _known(session: Session, name: str) -> CodeSet | None:
    wanted = name.strip().casefold()
    everything = code_sets.all_sets(session.project.connection)
    return next((one for one in everything if wanted in (one.name.casefold(), one.guid)), None)


def _codes(session: Session, named: tuple[str, ...], *, below: bool) -> tuple[CodeId, ...]:
    connection = session.project.connection
    found = [lookup.code(connection, one).id for one in named]
    if not below:
        return tuple(found)
    everything = codes.all_codes(connection)
    return tuple(member for one in found for member in descendants(everything, one))


def _row(session: Session, code_set: CodeSet) -> dict[str, Json]:
    paths = codes.path_texts(codes.all_codes(session.project.connection))
    return {
        "codeset": code_set.name,
        "guid": code_set.guid,
        "description": code_set.description,
        "codes": [paths[one] for one in code_set.codes],
    }


def _joined(row: dict[str, Json]) -> str:
    named = row["codes"]
    return ", ".join(map(str, named)) if isinstance(named, list) else ""


COMMANDS = (codeset,)
