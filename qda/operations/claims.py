"""What a user does in the claim ledger: findings with the segments that speak for and against."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import ClaimId, CodingId, new_guid
from qda.model.judgements import CLAIM_STATUSES, Claim, ClaimStatus, Evidence, Side
from qda.model.messages import Message, message
from qda.operations.framework import require_codings
from qda.store import coders, history, judgements
from qda.store.project_file import ProjectFile

ADD = message("Add a claim")
EDIT = message("Change a claim")
CITE = message("Change the evidence of a claim")
REMOVE = message("Remove a claim")
MOVE = message("Move a claim")
STATUS_WORDS: Mapping[str, Message] = {
    "open": message("still open"), "holds": message("holds"), "fails": message("does not hold"),
}  # fmt: skip


def add_claim(
    project: ProjectFile,
    *,
    coder: str,
    text: str,
    note: str = "",
    status: str = "open",
    evidence: Sequence[Evidence] = (),
) -> OpResult[Claim]:
    """Add a claim at the end of the ledger. Raises NotAllowed for an empty one."""
    _require_text(text)
    checked = _checked_status(status)
    require_codings(project, [one.coding for one in evidence])
    connection = project.connection
    with project.step(ADD, coder) as step:
        at = history.now()
        position = max((one.position for one in judgements.all_claims(connection)), default=-1) + 1
        who = coders.ensure(connection, coder).id
        made = Claim(
            ClaimId(0), new_guid(), text.strip(), note.strip(), position, who, at, at,
            tuple(evidence), checked,
        )  # fmt: skip
        made = replace(made, id=judgements.insert_claim(connection, made))
    return OpResult(made, step.changes, step.id)


def edit_claim(
    project: ProjectFile,
    *,
    coder: str,
    claim: ClaimId,
    text: str | None = None,
    note: str | None = None,
    status: str | None = None,
    joins: bool = False,
) -> OpResult[Claim]:
    """Change what a claim says; what is None stays. Raises NotAllowed for an empty one.

    With `joins`, what is saved while one writes on is one step.
    """
    found = find_claim(project, claim)
    if text is not None:
        _require_text(text)
    changed = replace(
        found,
        text=found.text if text is None else text.strip(),
        note=found.note if note is None else note.strip(),
        status=found.status if status is None else _checked_status(status),
    )
    with project.step(EDIT, coder, joins=joins) as step:
        if changed != found:
            changed = replace(changed, modified=history.now())
            judgements.update_claim(project.connection, changed)
    return OpResult(changed, step.changes, step.id)


def cite(
    project: ProjectFile,
    *,
    coder: str,
    claim: ClaimId,
    coding_ids: Sequence[CodingId],
    side: Side | None,
) -> OpResult[Claim]:
    """Let segments support (`for`) or contradict a claim, or with None take them away."""
    found = find_claim(project, claim)
    if side is not None:
        require_codings(project, coding_ids)
    named = set(coding_ids)
    kept = [one for one in found.evidence if one.coding not in named]
    if side is not None:
        before = {one.coding: place for place, one in enumerate(found.evidence)}
        kept += [Evidence(one, side) for one in dict.fromkeys(coding_ids)]
        kept.sort(key=lambda one: before.get(one.coding, len(before)))
    changed = replace(found, evidence=tuple(kept))
    with project.step(CITE, coder) as step:
        if changed != found:
            changed = replace(changed, modified=history.now())
            judgements.update_claim(project.connection, changed)
            judgements.set_claim_evidence(project.connection, claim, changed.evidence)
    return OpResult(changed, step.changes, step.id)


def remove_claim(project: ProjectFile, *, coder: str, claim: ClaimId) -> OpResult[None]:
    """Remove a claim; the segments stay."""
    find_claim(project, claim)
    with project.step(REMOVE, coder) as step:
        judgements.delete_claim(project.connection, claim)
    return OpResult(None, step.changes, step.id)


def move_claim(project: ProjectFile, *, coder: str, claim: ClaimId, to: int) -> OpResult[None]:
    """Move a claim to a place in the ledger, counted from 0; beyond the ends is at them."""
    moved = find_claim(project, claim)
    order = [one for one in judgements.all_claims(project.connection) if one.id != claim]
    order.insert(min(max(to, 0), len(order)), moved)
    with project.step(MOVE, coder) as step:
        for place, one in enumerate(order):
            if one.position != place:
                judgements.update_claim(project.connection, replace(one, position=place))
    return OpResult(None, step.changes, step.id)


def find_claim(project: ProjectFile, claim: ClaimId) -> Claim:
    """Return the claim. Raises NotFound."""
    for one in judgements.all_claims(project.connection):
        if one.id == claim:
            return one
    raise NotFound(message("The claim is no longer in the project."))


def _checked_status(status: str) -> ClaimStatus:
    for known in CLAIM_STATUSES:
        if status == known:
            return known
    raise NotAllowed(
        message(
            "{status} is no status of a claim; choose one of {known}.",
            status=status,
            known=", ".join(CLAIM_STATUSES),
        )
    )


def _require_text(text: str) -> None:
    if not text.strip():
        raise NotAllowed(message("A claim needs a text; write one."))
