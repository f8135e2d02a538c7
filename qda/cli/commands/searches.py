"""Commands on saved searches: searches list, rename, remove."""

from pathlib import Path

import click

from qda.cli.environment import Environment
from qda.cli.language import _, tr
from qda.cli.output import Json, write_line, write_table
from qda.cli.parsing import Group, coder_option, project_argument, words
from qda.model.searching import SavedSearch
from qda.operations import searches
from qda.store import saved_searches


@click.group("searches", cls=Group, default="list", help=_("Searches kept under a name."))
def searches_group() -> None:
    """Work with saved searches."""


@searches_group.command("list", help=_("List the saved searches."))
@project_argument
@click.pass_obj
def list_searches(env: Environment, project: Path) -> None:
    """List the saved searches."""
    with env.reading(project) as session:
        found = saved_searches.all_searches(session.project.connection)
    env.answer(
        [_answer(one) for one in found],
        lambda: write_table(
            (tr("Name"), tr("Query"), tr("Mode"), tr("Whose words"), tr("Only")),
            (
                (
                    one.name, one.search.query, one.search.mode, one.search.limits.turns,
                    ", ".join(f"{name}={value}" for name, value in one.search.limits.where),
                )
                for one in found
            ),
        ),
    )  # fmt: skip


def _answer(saved: SavedSearch) -> dict[str, Json]:
    search = saved.search
    return {
        "guid": saved.guid,
        "name": saved.name,
        "query": search.query,
        "mode": search.mode,
        "within": search.within,
        "turns": search.limits.turns,
        "where": [list(one) for one in search.limits.where],
        "coded": search.limits.coded,
    }


@searches_group.command("rename", help=_("Give a saved search another name."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@click.argument("new", type=words, metavar="NEW")
@coder_option
@click.pass_obj
def rename(env: Environment, project: Path, *, name: str, new: str, coder: str) -> None:
    """Rename a saved search."""
    with env.changing(project, coder) as session:
        found = searches.find_search(session.project, name)
        renamed = session.run(
            searches.rename_search, coder=session.coder, search_id=found.id, name=new
        ).value
    env.answer(
        {"guid": renamed.guid, "name": renamed.name},
        lambda: write_line(tr("{old} is now {new}.", old=found.name, new=renamed.name)),
    )


@searches_group.command("remove", help=_("Remove a saved search."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@coder_option
@click.pass_obj
def remove(env: Environment, project: Path, *, name: str, coder: str) -> None:
    """Remove a saved search."""
    with env.changing(project, coder) as session:
        found = searches.find_search(session.project, name)
        session.run(searches.remove_search, coder=session.coder, search_id=found.id)
    env.answer({"guid": found.guid}, lambda: write_line(tr("Removed {name}.", name=found.name)))


COMMANDS = (searches_group,)
