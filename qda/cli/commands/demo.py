"""The command demo: the example study as a project, with its exports."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qda.cli.environment import Environment
from qda.cli.language import _, tr
from qda.cli.output import shown_progress, write_line
from qda.cli.parsing import Command

if TYPE_CHECKING:
    from qda.app.demo import Demo


@click.command("demo", cls=Command, help=_("Build the example study in a folder, with exports."))
@click.argument("directory", type=Path, metavar="DIRECTORY")
@click.option(
    "--replace", is_flag=True, help=_("Let the project of an earlier demo become a backup.")
)
@click.pass_obj
def demo(env: Environment, directory: Path, *, replace: bool) -> None:
    """Build the example study."""
    from qda.app.demo import build_demo, example_study  # lazy: it brings numpy and the readers
    from qda.cli.exporting import export_study

    with shown_progress() as progress:
        built = build_demo(
            directory, example_study(), export_study, replace=replace, progress=progress
        )
    env.answer(
        {"project": str(built.project), "exports": [str(path) for path in built.exports]},
        lambda: _tell(built),
    )


def _tell(built: "Demo") -> None:
    write_line(tr("Built {project}.", project=str(built.project)))
    for path in built.exports:
        write_line(tr("Wrote {file}.", file=str(path)))
    write_line(tr("«qda open {project}» opens it.", project=str(built.project)))


COMMANDS = (demo,)
