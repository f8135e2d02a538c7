"""Commands on write-ups: report, recipe."""

from pathlib import Path

import click

from qda.app import reports
from qda.app.session import Session
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, tr
from qda.cli.output import shown_progress, write_line, write_note, write_table
from qda.cli.parsing import Command, Group, coder_option, project_argument, text_option, words
from qda.store import lookup, recipes


@click.command(
    "report", cls=Command,
    help=_("Write all files of a recipe: chapter, tables, quotes, appendix, trail of evidence."),
)  # fmt: skip
@project_argument
@click.argument("recipe", type=words, metavar="[RECIPE]", default="")
@click.option(
    "-o", "folder", type=Path, required=True, metavar="FOLDER", help=_("Where they are written."),
)  # fmt: skip
@text_option("--coder", metavar="NAME", help=_("Only what this coder coded and judged."))
@click.pass_obj
def report(env: Environment, project: Path, recipe: str, *, folder: Path, coder: str) -> None:
    """Write the files of a recipe; without one those of the usual write-up."""
    with env.reading(project) as session:
        text, name = _recipe(session, recipe)
        only = lookup.coder(session.project.connection, coder).id if coder else None
        run = reports.ReportRun(session, text, name, current_catalogue().language, only)
        with shown_progress() as progress:
            written = run.write(folder, progress)

    def tell() -> None:
        for one in written:
            write_note(tr("Wrote {file}.", file=str(one)))

    env.answer({"files": [str(one) for one in written]}, tell)


def _recipe(session: Session, wanted: str) -> tuple[str, str]:
    """Return the text and the name of a recipe: a file, one of the project, or the usual one."""
    if not wanted:
        return reports.usual_recipe(current_catalogue().language), tr("the usual recipe")
    saved = recipes.find(session.project.connection, wanted)
    path = Path(wanted)
    if saved is not None and not path.is_file():
        return saved, wanted
    return reports.read_file(path), path.name


@click.group("recipe", cls=Group, help=_("Keep recipes of write-ups in the project."))
def recipe_group() -> None:
    """Work with recipes."""


@recipe_group.command("save", help=_("Keep a recipe file in the project."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@click.argument("file", type=Path, metavar="FILE")
@coder_option
@click.pass_obj
def save(env: Environment, project: Path, *, name: str, file: Path, coder: str) -> None:
    """Keep a recipe."""
    from qda.operations.recipes import save_recipe  # lazy: it brings numpy

    with env.changing(project, coder) as session:
        session.run(save_recipe, coder=session.coder, name=name, text=reports.read_file(file))
    env.answer({"recipe": name}, lambda: write_line(tr("Kept {name}.", name=name)))


@recipe_group.command("show", help=_("List the recipes, or print one; «default» is the usual one."))
@project_argument
@click.argument("name", type=words, metavar="[NAME]", default="")
@click.pass_obj
def show(env: Environment, project: Path, *, name: str) -> None:
    """List recipes or print one."""
    with env.reading(project) as session:
        everything = recipes.all_recipes(session.project.connection)
        if name:
            text = _recipe(session, "" if name == "default" else name)[0]
            env.answer({"recipe": name, "text": text}, lambda: write_line(text.rstrip("\n")))
            return
    env.answer(
        [{"recipe": one, "text": text} for one, text in everything],
        lambda: write_table((tr("Recipe"),), ((one,) for one, _text in everything)),
    )


@recipe_group.command("rename", help=_("Give a recipe of the project another name."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@click.argument("new_name", type=words, metavar="NEW_NAME")
@coder_option
@click.pass_obj
def rename(env: Environment, project: Path, *, name: str, new_name: str, coder: str) -> None:
    """Rename a recipe."""
    from qda.operations.recipes import rename_recipe  # lazy: it brings numpy

    with env.changing(project, coder) as session:
        session.run(rename_recipe, coder=session.coder, name=name, new_name=new_name)
    env.answer({"recipe": new_name}, lambda: write_line(tr("Kept {name}.", name=new_name)))


@recipe_group.command("remove", help=_("Remove a recipe from the project."))
@project_argument
@click.argument("name", type=words, metavar="NAME")
@coder_option
@click.pass_obj
def remove(env: Environment, project: Path, *, name: str, coder: str) -> None:
    """Remove a recipe."""
    from qda.operations.recipes import remove_recipe  # lazy: it brings numpy

    with env.changing(project, coder) as session:
        session.run(remove_recipe, coder=session.coder, name=name)
    env.answer({"recipe": name}, lambda: write_line(tr("Removed {name}.", name=name)))


COMMANDS = (report, recipe_group)
