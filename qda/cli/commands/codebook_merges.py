"""Commands that compare and merge codebooks and keep versions: diff, merge, versions, restore."""

from collections.abc import Iterable
from pathlib import Path

import click

from qda.cli.environment import Environment
from qda.cli.language import _, current_catalogue, tr, tr_n
from qda.cli.output import Json, readable, write_line, write_table
from qda.cli.parsing import Command, coder_option, one_of, project_argument, text_option
from qda.model.codebook import Codebook, FieldChange
from qda.model.codebook_merge import (
    CodebookVersion,
    MergeChoice,
    MergeOutcome,
    MergePlan,
    Side,
)
from qda.model.errors import Ambiguous, NotAllowed, NotFound
from qda.model.ids import CodebookVersionId
from qda.model.messages import message
from qda.operations.codebook_merge import apply_merge, plan_file
from qda.operations.codebook_versions import (
    compare,
    restore_version,
    save_version,
    versions,
)

SIDES: dict[str, Side] = {"theirs": "theirs", "ours": "ours"}
BASE_HELP = _("What both sides had before; without it what the project remembers of the file.")
base_option = click.option("--base", type=Path, metavar="FILE", help=BASE_HELP)
file_argument = click.argument("file", type=Path, metavar="FILE")


def _read(file: Path | None) -> Codebook | None:
    from qda.formats.codebooks import read_codebook  # lazy: the readers bring libraries

    return read_codebook(file) if file is not None else None


@click.command("diff", cls=Command, help=_("Say how a codebook file differs from the project's."))
@project_argument
@file_argument
@base_option
@click.pass_obj
def diff_codebook(env: Environment, project: Path, file: Path, base: Path | None) -> None:
    """Compare a codebook file with the project; nothing is changed."""
    theirs, before = _read(file), _read(base)
    if theirs is None:
        raise AssertionError
    with env.reading(project) as session:
        plan = plan_file(session.project, theirs, base=before, file_name=readable(file.name))
    env.answer(_difference(plan), lambda: _tell_difference(plan))


def _difference(plan: MergePlan) -> dict[str, Json]:
    removed = [one.code for one in plan.choices if one.kind == "removed"]
    return {
        "added": [one.code for one in plan.choices if one.kind == "added"],
        "changed": _changed(
            FieldChange(one.code, one.field, one.ours, one.theirs)
            for one in plan.choices
            if one.kind in ("changed", "renamed")
        ),
        "moved": [
            {"code": one.code, "to": one.target} for one in plan.choices if one.kind == "moved"
        ],
        "removed": [*removed, *plan.only_ours],
        "conflicts": [_conflict(one) for one in plan.conflicts],
    }


def _changed(changes: Iterable[FieldChange]) -> list[dict[str, Json]]:
    return [
        {"code": one.code, "field": one.field, "ours": one.ours, "theirs": one.theirs}
        for one in changes
    ]


def _conflict(one: MergeChoice) -> dict[str, Json]:
    return {
        "code": one.code,
        "field": one.field or one.kind,
        "base": one.base,
        "ours": one.ours,
        "theirs": one.theirs,
    }


def _kinds() -> dict[str, str]:
    return {
        "added": tr("added"),
        "removed": tr("removed"),
        "renamed": tr("renamed"),
        "moved": tr("moved"),
        "changed": tr("changed"),
    }


def _origins() -> dict[str, str]:
    return {"ours": tr("the project"), "theirs": tr("the file"), "both": tr("both: a conflict")}


def _tell_difference(plan: MergePlan) -> None:
    if not plan.choices and not plan.only_ours:
        write_line(tr("The file says what the project says."))
        return
    kinds, origins = _kinds(), _origins()
    write_table(
        (
            tr("What"),
            tr("Code"),
            tr("Field"),
            tr("In the project"),
            tr("In the file"),
            tr("Changed by"),
        ),
        (
            *(
                (kinds[one.kind], one.code, one.field, one.ours, one.theirs, origins[one.origin])
                for one in plan.choices
            ),
            *((tr("only in the project"), code, "", "", "", "") for code in plan.only_ours),
        ),
    )
    write_line(tr_n("{n} code is the same.", "{n} codes are the same.", plan.unchanged))


@click.command(
    "merge",
    cls=Command,
    help=_("Merge a colleague's codebook file, against what both sides had before."),
)
@project_argument
@file_argument
@base_option
@click.option(
    "--take",
    type=one_of(*SIDES),
    metavar="theirs|ours",
    help=_("Whose side to take where both changed the same; without it that is refused."),
)
@coder_option
@click.pass_obj
def merge_codebook(
    env: Environment, project: Path, file: Path, base: Path | None, take: str | None, coder: str
) -> None:
    """Merge a codebook file into the project's in one step."""
    theirs, before = _read(file), _read(base)
    if theirs is None:
        raise AssertionError
    side = SIDES[take] if take else None
    name = readable(file.name)
    with env.changing(project, coder) as session:
        plan = plan_file(session.project, theirs, base=before, file_name=name)
        if plan.conflicts and side is None:
            raise _undecided(plan)
        choices = plan.decided(side) if side is not None else {}
        outcome = session.run(
            apply_merge, coder=session.coder, plan=plan, choices=choices, file_name=name
        ).value
    answer = _done(outcome)
    answer["conflicts"] = [{**_conflict(one), "taken": take} for one in plan.conflicts]
    env.answer(answer, lambda: _tell_outcome(outcome))


def _undecided(plan: MergePlan) -> NotAllowed:
    shown = [f"{one.code} ({one.field or one.kind})" for one in plan.conflicts]
    return NotAllowed(
        message(
            "Both sides changed {codes}; nothing was merged. Add --take theirs or --take ours.",
            codes=", ".join(shown),
        )
    )


def _done(outcome: MergeOutcome) -> dict[str, Json]:
    return {
        "added": list(outcome.added),
        "changed": _changed(outcome.changed),
        "moved": [{"code": before, "to": after} for before, after in outcome.moved],
        "removed": list(outcome.removed),
        "kept": list(outcome.kept),
    }


def _tell_outcome(outcome: MergeOutcome) -> None:
    rows = [
        *((tr("added"), code, "", "", "") for code in outcome.added),
        *((tr("changed"), one.code, one.field, one.ours, one.theirs) for one in outcome.changed),
        *((tr("moved"), before, "", before, after) for before, after in outcome.moved),
        *((tr("removed"), code, "", "", "") for code in outcome.removed),
        *((tr("kept, since it is in use"), code, "", "", "") for code in outcome.kept),
        *((tr("left where it was"), code, "", "", "") for code in outcome.left),
    ]
    if rows:
        write_table((tr("What"), tr("Code"), tr("Field"), tr("Before"), tr("After")), rows)
    else:
        write_line(tr("The codebook stays as it is."))


# --------------------------------------------------------------------------------- versions
@click.command(
    "versions", cls=Command, help=_("List the versions of the codebook; --save keeps one.")
)
@project_argument
@text_option("--save", metavar="NAME", help=_("Keep the codebook as it is under this name first."))
@coder_option
@click.pass_obj
def list_versions(env: Environment, project: Path, save: str, coder: str) -> None:
    """List the versions, newest first."""
    with env.changing(project, coder) if save else env.reading(project) as session:
        if save:
            session.run(save_version, coder=session.coder, name=save)
        kept = versions(session.project)
    moment = current_catalogue().format_moment
    env.answer(
        [
            {
                "version": _name(one),
                "guid": one.guid,
                "origin": one.origin,
                "when": one.created,
                "coder": one.coder,
                "codes": one.codes,
            }
            for one in kept
        ],
        lambda: write_table(
            (tr("When"), tr("Version"), tr("Kept when"), tr("Who"), tr("Codes")),
            ((moment(one.created), _name(one), _why(one), one.coder, one.codes) for one in kept),
        ),
    )


def _name(version: CodebookVersion) -> str:
    return version.name or version.file_name


def _why(version: CodebookVersion) -> str:
    reasons = {"saved": tr("saved"), "exported": tr("exported"), "received": tr("taken in")}
    return reasons[version.origin]


@click.command(
    "changes",
    cls=Command,
    help=_("Say what changed since a version of the codebook, until now or until another."),
)
@project_argument
@click.argument("version", metavar="VERSION")
@click.argument("other", metavar="[VERSION]", default="")
@click.pass_obj
def show_changes(env: Environment, project: Path, version: str, other: str) -> None:
    """Compare two versions, or one with the codebook as it is now."""
    with env.reading(project) as session:
        every = versions(session.project)
        until = _found(every, other) if other else None
        plan = compare(session.project, version=_found(every, version), other=until)
    env.answer(
        _difference(plan),
        lambda: write_table(
            (tr("What"), tr("Code"), tr("Field"), tr("Before"), tr("After")),
            (
                (_kinds()[one.kind], one.code, one.field, one.ours, one.theirs)
                for one in plan.choices
            ),
        ),
    )


@click.command(
    "restore", cls=Command, help=_("Go back to a version of the codebook; codes in use stay.")
)
@project_argument
@click.argument("version", metavar="VERSION")
@coder_option
@click.pass_obj
def restore(env: Environment, project: Path, version: str, coder: str) -> None:
    """Make the codebook what it was."""
    with env.changing(project, coder) as session:
        found = _found(versions(session.project), version)
        outcome = session.run(restore_version, coder=session.coder, version=found).value
    env.answer(_done(outcome), lambda: _tell_outcome(outcome))


def _found(every: tuple[CodebookVersion, ...], wanted: str) -> CodebookVersionId:
    """Find a version by GUID or name. Raises NotFound, Ambiguous."""
    wanted = readable(wanted)
    found = [one for one in every if wanted in (one.guid, one.name)]
    found = found or [one for one in every if one.file_name == wanted]
    if not found:
        raise NotFound(
            message(
                "There is no version {name} of the codebook; «qda codebook versions» lists them.",
                name=wanted,
            )
        )
    if len(found) > 1:
        raise Ambiguous(
            message(
                "{name} may be several versions; name one of these: {candidates}.",
                name=wanted,
                candidates=", ".join(one.guid for one in found),
            )
        )
    return found[0].id


CODEBOOK_MERGE_COMMANDS = (
    diff_codebook,
    merge_codebook,
    list_versions,
    show_changes,
    restore,
)
