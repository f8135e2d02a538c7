"""Commands on the codebook: import, export, show."""

from pathlib import Path

import click

from qda.app.session import Session
from qda.cli.commands.codebook_merges import CODEBOOK_MERGE_COMMANDS
from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, say, tr, tr_n
from qda.cli.output import Json, readable, write_line, write_note, write_table
from qda.cli.parsing import Group, coder_option, project_argument
from qda.model.codebook import CodebookPlan, told_apart
from qda.operations.codebook import apply_codebook, as_codebook
from qda.operations.codebook_versions import record_export
from qda.store import codes


@click.group(
    "codebook",
    cls=Group,
    help=_("Import, export or show the codebook; compare, merge, keep versions."),
)
def codebook() -> None:
    """Work with the codebook."""


@codebook.command(
    "import", help=_("Merge a codebook file into the project; no code of the project is dropped.")
)
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@coder_option
@click.pass_obj
def import_codebook(env: Environment, project: Path, file: Path, coder: str) -> None:
    """Apply a codebook file."""
    from qda.formats.codebooks import read_codebook  # lazy: the readers bring libraries

    with env.changing(project, coder) as session:
        book = told_apart(read_codebook(file))
        plan = session.run(
            apply_codebook,
            coder=session.coder,
            codebook=book,
            file_name=readable(file.name),
        ).value
        rows = _codes(session)
    env.answer(rows, lambda: _tell_plan(plan))
    for name, why in book.warnings:
        write_note(f"{name}: {say(why)}")


@codebook.command("export", help=_("Write the codebook to a file; its ending tells the format."))
@project_argument
@click.argument("file", type=Path, metavar="FILE")
@coder_option
@click.pass_obj
def export_codebook(env: Environment, project: Path, file: Path, coder: str) -> None:
    """Write a codebook file, and remember what it said for a later merge."""
    from qda.formats.codebooks import READ_ENDINGS, write_codebook  # lazy: they bring libraries

    returns = file.suffix.lower() in READ_ENDINGS
    with env.changing_if_possible(project, coder) if returns else env.reading(project) as session:
        written = as_codebook(session.project)
        write_codebook(file, written, current_catalogue().text)
        if returns and not session.project.read_only:
            session.run(
                record_export,
                coder=session.coder,
                codebook=written,
                file_name=readable(file.name),
            )
        rows = _codes(session)
    env.answer(rows, lambda: write_line(tr("Wrote {file}.", file=str(file))))


@codebook.command("show", help=_("List the codes with their definitions."))
@project_argument
@click.pass_obj
def show_codebook(env: Environment, project: Path) -> None:
    """List the codes."""
    with env.reading(project) as session:
        rows = _codes(session)
        counts = codes.counts(session.project.connection)
        everything = codes.all_codes(session.project.connection)
    used = [counts.get(one.id, 0) for one in everything]
    env.answer(
        rows,
        lambda: write_table(
            (tr("Code"), tr("Codings"), tr("Definition"), tr("Scale")),
            (
                (str(row["code"]), count, str(row["definition"]), ", ".join(one.scale))
                for row, count, one in zip(rows, used, everything, strict=True)
            ),
        ),
    )


def _tell_plan(plan: CodebookPlan) -> None:
    write_table(
        (tr("What"), tr("Code"), tr("Field"), tr("In the project"), tr("In the file")),
        (
            *((tr("added"), code, "", "", "") for code in plan.added),
            *((tr("changed"), one.code, one.field, one.ours, one.theirs) for one in plan.changed),
            *((tr("moved"), before, "", before, after) for before, after in plan.moved),
            *((tr("only in the project"), code, "", "", "") for code in plan.removed),
        ),
    )
    write_line(tr_n("{n} code is the same.", "{n} codes are the same.", plan.unchanged))


def _codes(session: Session) -> list[dict[str, Json]]:
    """Return every code as JSON, parents before children, all named by their paths."""
    everything = codes.all_codes(session.project.connection)
    paths = codes.path_texts(everything)
    return [
        {
            "code": paths[one.id],
            "guid": one.guid,
            "parent": paths[one.parent] if one.parent is not None else None,
            "color": one.color,
            "definition": one.definition,
            "include": one.include,
            "exclude": one.exclude,
            "example": one.example,
            "keywords": list(one.keywords),
            "scale": list(one.scale),
            "children": [paths[child.id] for child in everything if child.parent == one.id],
            "shortcut": one.shortcut,
        }
        for one in everything
    ]


for command in CODEBOOK_MERGE_COMMANDS:
    codebook.add_command(command)

COMMANDS = (codebook,)
