"""Merging a colleague's codebook into the project's, choice by choice, in one step."""

from collections.abc import Mapping

from qda.model.changes import OpResult
from qda.model.codebook import Codebook
from qda.model.codebook_merge import MergeOutcome, MergePlan, Side
from qda.model.errors import NotAllowed
from qda.model.ids import Guid
from qda.model.messages import counted, message
from qda.operations.codebook import as_codebook, known_to_both
from qda.operations.codebook_comparing import plan_merge
from qda.operations.codebook_record import last_common, remember
from qda.operations.codebook_writing import Writer
from qda.store import codes, memo_links, memos
from qda.store.project_file import ProjectFile

MERGE = message("Merge a colleague's codebook")
SHOWN = 3
"""How many conflicts a sentence names."""


def in_use(project: ProjectFile) -> frozenset[Guid]:
    """Return the codes that have codings, memos or links: they are not removed by a merge."""
    connection = project.connection
    used = set(project.once(codes.counts))
    noted = {memo.target for memo in memos.all_memos(connection) if memo.on == "code"}
    noted |= {
        one.target.id for one in memo_links.all_links(connection) if one.target.kind == "code"
    }
    return frozenset(
        code.guid for code in project.once(codes.all_codes) if code.id in used or code.id in noted
    )


def plan_file(
    project: ProjectFile, theirs: Codebook, *, base: Codebook | None = None, file_name: str = ""
) -> MergePlan:
    """Compare a colleague's codebook with the project's, without changing anything.

    Without `base` it is the version the colleague started from, as far as the project knows it.
    """
    if base is None:
        known = last_common(project, theirs, file_name)
        base = known[1] if known is not None else None
    return plan_merge(base, as_codebook(project), theirs, used=in_use(project))


def apply_merge(
    project: ProjectFile,
    *,
    coder: str,
    plan: MergePlan,
    choices: Mapping[str, Side] | None = None,
    file_name: str = "",
) -> OpResult[MergeOutcome]:
    """Take what was chosen of a plan, by the keys of its choices; the rest as by default.

    A code in use is never removed. What the file says is remembered as what both sides know.
    Raises NotAllowed where a conflict is not decided or the codebook has changed since.
    """
    if as_codebook(project).codes != plan.ours.codes:
        raise NotAllowed(
            message("The codebook has changed since the two were compared; compare them again.")
        )
    sides = decided(plan, choices or {})
    writer = Writer(project, plan, sides)
    with project.step(MERGE, coder) as step:
        outcome = writer.write()
        received = known_to_both(project, plan.theirs, writer.placed())
        remember(project, received, coder=coder, origin="received", file_name=file_name)
    return OpResult(outcome, step.changes, step.id)


def decided(plan: MergePlan, choices: Mapping[str, Side]) -> dict[str, Side]:
    """Return the side of every choice; raises NotAllowed where a conflict has none."""
    sides: dict[str, Side] = {}
    for one in plan.choices:
        chosen = choices.get(one.key)
        side = one.default if chosen is None or one.used else chosen
        if side is not None:
            sides[one.key] = side
    undecided = [one for one in plan.choices if one.key not in sides]
    if undecided:
        named = [f"{one.code} ({one.field})" if one.field else one.code for one in undecided]
        more = ", …" if len(named) > SHOWN else ""
        raise NotAllowed(
            counted(
                "{n} difference was changed on both sides: {codes}. Decide which side to take.",
                "{n} differences were changed on both sides: {codes}. Decide which side to take.",
                len(undecided),
                codes=", ".join(named[:SHOWN]) + more,
            )
        )
    return sides
