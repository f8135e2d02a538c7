"""The command merge: a colleague's copy of the project goes into ours."""

from collections.abc import Mapping
from pathlib import Path

import click

from qda.cli.environment import Environment
from qda.cli.language import _, say, tr, tr_n
from qda.cli.output import Json, shown_progress, write_line, write_note, write_table
from qda.cli.parsing import Command, coder_option, one_of, project_argument
from qda.model.codebook_merge import Side
from qda.model.copy_merge import CopyConflict, CopyMergePlan
from qda.model.errors import NotFound, ProjectProblem
from qda.model.import_report import kind_word
from qda.model.messages import message
from qda.operations.copy_merge import merge_copy, plan_merge
from qda.operations.copy_words import conflict_field, row_word
from qda.store import backups

SIDES: dict[str, Side] = {"theirs": "theirs", "ours": "ours"}


@click.command(
    "merge",
    cls=Command,
    help=_("Merge a colleague's copy of the project, in one step and after a backup."),
)
@project_argument
@click.argument("other", type=Path, metavar="OTHER")
@click.option(
    "--dry-run", is_flag=True, help=_("Only say what it would do; neither file is changed.")
)
@click.option(
    "--take",
    type=one_of(*SIDES),
    default="ours",
    metavar="theirs|ours",
    help=_("Whose side to take where both changed the same; ours without it."),
)
@click.option(
    "--theirs",
    "keys",
    multiple=True,
    metavar="KEY",
    help=_("Take their side of this conflict, by its key in the answer."),
)
@click.option(
    "--ours",
    "ours_keys",
    multiple=True,
    metavar="KEY",
    help=_("Take our side of this conflict, by its key in the answer."),
)
@coder_option
@click.pass_obj
def merge(
    env: Environment,
    project: Path,
    other: Path,
    *,
    dry_run: bool,
    take: str,
    keys: tuple[str, ...],
    ours_keys: tuple[str, ...],
    coder: str,
) -> None:
    """Merge a copy, or say what that would do."""
    choices: dict[str, Side] = dict.fromkeys(keys, "theirs")
    choices |= dict.fromkeys(ours_keys, "ours")
    side = SIDES[take]
    with (
        env.reading(project) if dry_run else env.changing(project, coder) as session,
        shown_progress() as progress,
    ):
        plan = plan_merge(
            session.project, path=other, choices=choices, take=side, progress=progress
        )
        _require_known(plan, choices)
        if not dry_run:
            plan = session.run(
                merge_copy, coder=session.coder, path=other, choices=choices, take=side,
                progress=progress,
            ).value  # fmt: skip
    env.answer(_answer(plan, dry_run=dry_run), lambda: _tell(plan, dry_run=dry_run))


def _require_known(plan: CopyMergePlan, choices: Mapping[str, Side]) -> None:
    known = {one.key for one in plan.conflicts}
    for key in choices:
        if key not in known:
            raise NotFound(
                message(
                    "There is no conflict {key}; «qda merge --dry-run» lists them with their keys. "
                    "To decide anew what a merge before this decided, undo that merge first.",
                    key=key,
                )
            )


def _answer(plan: CopyMergePlan, *, dry_run: bool) -> dict[str, Json]:
    return {
        "added": dict(plan.added),
        "updated": dict(plan.updated),
        "removed": dict(plan.removed),
        "conflicts": [_conflict(one) for one in plan.conflicts],
        "notes": [
            {
                "kind": line.kind,
                "item": line.item,
                "what": say(line.what),
                "where": line.where,
                "why": say(line.why),
                "count": line.count,
            }
            for line in plan.lines
        ],
        "common": plan.common,
        "same_project": plan.same_project,
        "open_elsewhere": plan.elsewhere,
        "merged": not dry_run and not plan.empty,
    }


def _conflict(one: CopyConflict) -> dict[str, Json]:
    return {
        "key": one.key,
        "kind": one.kind,
        "thing": one.table,
        "name": one.name,
        "guid": one.guid,
        "field": one.field,
        "base": one.base,
        "ours": one.ours,
        "theirs": one.theirs,
        "count": one.count,
        "taken": one.taken,
    }


def _tell(plan: CopyMergePlan, *, dry_run: bool) -> None:
    if plan.elsewhere:
        write_note(
            tr(
                "{name} is open elsewhere; what is not saved there yet is not in it.",
                name=plan.source,
            )
        )
    if not plan.same_project:
        write_note(tr("{name} is a copy of another project.", name=plan.source))
    if not plan.common:
        write_note(
            tr(
                "Nothing shows what both copies began with, so what one of them lacks is kept, "
                "and where they differ the project's side is taken."
            )
        )
    items = dict.fromkeys([*plan.added, *plan.updated, *plan.removed])
    if items:
        counts = (plan.added, plan.updated, plan.removed)
        write_table(
            (tr("What"), tr("Added"), tr("Updated"), tr("Removed")),
            ((say(kind_word(one)), *(count.get(one, 0) for count in counts)) for one in items),
        )
    elif dry_run:
        write_line(tr("The copy has nothing that the project has not."))
    else:
        write_line(tr("The copy has nothing that the project has not; nothing was changed."))
    sides = {"ours": tr("ours"), "theirs": tr("theirs")}
    if plan.conflicts:
        write_line(
            tr_n("{n} difference to decide:", "{n} differences to decide:", len(plan.conflicts))
        )
        write_table(
            (tr("What"), tr("Name"), tr("Field"), tr("Ours"), tr("Theirs"), tr("Taken"), tr("Key")),
            (
                (
                    say(row_word(one.table)), one.name, say(conflict_field(one)), one.ours,
                    one.theirs, sides[one.taken], one.key,
                )
                for one in plan.conflicts
            ),
        )  # fmt: skip
    for line in plan.lines:
        count = f" ({line.count})" if line.count > 1 else ""
        write_line(f"{say(line.what)}{count}: {say(line.why)}")


@click.command(
    "copy",
    cls=Command,
    help=_("Write a copy of the project as it is now, for a colleague; merge it back later."),
)
@project_argument
@click.argument("target", type=Path, metavar="TARGET")
@click.pass_obj
def copy(env: Environment, project: Path, target: Path) -> None:
    """Write a copy; a file that is there already stays."""
    if target.exists():
        raise ProjectProblem(
            message("There is already a file {name}; choose another name.", name=target.name)
        )
    with env.reading(project) as session:
        backups.copy_to(session.project.path, target)
    env.answer(
        {"project": str(project), "copy": str(target)},
        lambda: write_line(tr("Made {project}.", project=str(target))),
    )


COMMANDS = (merge, copy)
