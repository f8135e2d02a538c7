"""What a user does with speakers' turns: split one, merge some, say who speaks them.

All of them correct the text, so that it always reads as its turns are; codings follow.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qda.model.changes import OpResult
from qda.model.entities import Turn
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import DocumentId, ParticipantId, TurnId
from qda.model.messages import message
from qda.operations.corrections import (
    CorrectionPlan,
    existing,
    require_consent,
    work_out,
    write,
)
from qda.operations.documents import free_name, named_in
from qda.store import corrections, documents, participants
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit
from qda.text.normalise import normalise

SPLIT = message("Split a turn")
MERGE = message("Merge turns")
RENAME = message("Rename a speaker")
GIVE = message("Give a turn to another speaker")
LONGEST_LABEL = 60
_AFTER_LABEL = re.compile(r":?\s*")


@dataclass(frozen=True, slots=True)
class SplitTurn:
    """The turn that a split made, and what the correction of the text did to codings."""

    turn: TurnId
    plan: CorrectionPlan


def split_turn(
    project: ProjectFile, *, coder: str, turn: TurnId, at: int, label: str | None = None
) -> OpResult[SplitTurn]:
    """Split a turn before the code point `at` of the text.

    With a `label`, it is written into the text on a line of its own, as the document does it, and
    the new turn is that speaker's; without one the text stays as it is and so does the speaker.
    Raises NotAllowed where one of the two would say nothing, or for a label that cannot be one.
    """
    all_turns, old = _with(project, turn)
    text = documents.text(project.connection, old.document)
    end = old.start + len(text[old.start : max(old.start, at)].rstrip())
    start = old.end - len(text[min(at, old.end) : old.end].lstrip())
    if not old.start < end <= start < old.end:
        raise NotAllowed(message("Each part of a split turn must say something; split it inside."))
    edits: list[Edit] = []
    label_start = start
    if label is not None:
        label = checked_label(label)
        gap = _break_before(text, all_turns, old)
        edits.append(Edit(end, start - end, gap + label + _between(text, old)))
        label_start = end + len(gap)
    correction = work_out(project, old.document, edits)
    require_consent(correction, drop_lost=False)
    with project.step(SPLIT, coder) as step:
        write(project, correction)
        corrections.end_turn(project.connection, old.id, end)
        corrections.renumber_turns(project.connection, old.document, old.number, 1)
        speaker, interviewer = old.participant, old.interviewer
        if label is not None:
            speaker, interviewer = _speaker(project, all_turns, label)
        by = correction.shift
        made = corrections.insert_turn(
            project.connection,
            old.document,
            (old.number + 1, label_start, start + by, old.end + by, label or old.label),
            speaker,
            interviewer=interviewer,
        )
    return OpResult(SplitTurn(made, correction.plan), step.changes, step.id)


def merge_turns(
    project: ProjectFile, *, coder: str, turns: Sequence[TurnId], drop_lost: bool = False
) -> OpResult[CorrectionPlan]:
    """Make turns that follow one another one turn, said by whoever says the first.

    The labels of the others go from the text. Raises NotAllowed for fewer than two turns, for
    turns that do not follow one another, and, unless `drop_lost`, for labels that are coded.
    """
    together = message("Choose two or more turns that follow one another in one document.")
    if not turns:
        raise NotAllowed(together)
    all_turns, first = _with(project, turns[0])
    chosen = [one for one in all_turns if one.id in set(turns)]
    place = all_turns.index(chosen[0])
    if len(chosen) < max(2, len(set(turns))) or [*all_turns[place : place + len(chosen)]] != chosen:
        raise NotAllowed(together)
    text = documents.text(project.connection, first.document)
    edits = [edit for pair in pairwise(chosen) for edit in _joint(text, *pair)]
    correction = work_out(project, first.document, edits)
    require_consent(correction, drop_lost=drop_lost)
    keep, others = chosen[0], [turn.id for turn in chosen[1:]]
    with project.step(MERGE, coder) as step:
        write(project, correction)
        end = corrections.end_of_turn(project.connection, others[-1])
        corrections.delete_turns(project.connection, others)
        corrections.end_turn(project.connection, keep.id, end)
        corrections.renumber_turns(project.connection, keep.document, keep.number, -len(others))
    return OpResult(correction.plan, step.changes, step.id)


def _joint(text: str, before: Turn, turn: Turn) -> Iterator[Edit]:
    """Yield the edit that takes the label of the second of two turns out of the text."""
    if turn.label_start == turn.start:
        return
    if text[before.end : turn.label_start].strip():
        yield Edit(turn.label_start, turn.start - turn.label_start, "")
    else:
        yield Edit(before.end, turn.start - before.end, " ")


def rename_speaker(
    project: ProjectFile,
    *,
    coder: str,
    document: DocumentId,
    label: str,
    new_label: str,
    drop_lost: bool = False,
) -> OpResult[CorrectionPlan]:
    """Give a speaker another label throughout a document, in its text too.

    Only the labels before turns change, never what is said. Who takes a label that another speaker
    of the document has becomes that speaker; the participant's own name stays. Raises NotFound
    for a label that nobody has, NotAllowed for one that cannot be a label.
    """
    existing(project, document)
    new_label = checked_label(new_label)
    all_turns = turn_rows.of_document(project.connection, document)
    theirs = [turn for turn in all_turns if turn.label == label]
    if not theirs or not label:
        raise NotFound(message("No speaker has this label in the document; choose one of its own."))
    text = documents.text(project.connection, document)
    correction = work_out(project, document, _label_edits(text, theirs, label, new_label))
    require_consent(correction, drop_lost=drop_lost)
    other = next((turn for turn in all_turns if turn.label == new_label != label), None)
    ids = [turn.id for turn in theirs]
    with project.step(RENAME, coder) as step:
        write(project, correction)
        corrections.relabel_turns(project.connection, ids, new_label)
        if other is not None and other.participant is not None:
            turn_rows.assign(
                project.connection, ids, other.participant, interviewer=other.interviewer
            )
    return OpResult(correction.plan, step.changes, step.id)


def give_turn(
    project: ProjectFile, *, coder: str, turn: TurnId, label: str, drop_lost: bool = False
) -> OpResult[CorrectionPlan]:
    """Let another speaker say one turn: its label changes in the text, no other turn does.

    A label that nobody in the document has is a new speaker. Raises NotAllowed for one that cannot
    be a label, and, unless `drop_lost`, where the label is coded.
    """
    label = checked_label(label)
    all_turns, old = _with(project, turn)
    text = documents.text(project.connection, old.document)
    edits = _label_edits(text, [old], old.label, label)
    correction = work_out(project, old.document, edits)
    require_consent(correction, drop_lost=drop_lost)
    with project.step(GIVE, coder) as step:
        write(project, correction)
        speaker, interviewer = _speaker(project, all_turns, label)
        corrections.relabel_turns(project.connection, [turn], label)
        turn_rows.assign(project.connection, [turn], speaker, interviewer=interviewer)
    return OpResult(correction.plan, step.changes, step.id)


def checked_label(label: str) -> str:
    """Return a label as it can stand in the text. Raises NotAllowed where it cannot."""
    label = " ".join(normalise(label)[0].split())
    if not label or len(label) > LONGEST_LABEL or ":" in label:
        raise NotAllowed(
            message(
                "A speaker's label is 1 to {longest} characters without a colon; write another.",
                longest=LONGEST_LABEL,
            )
        )
    return label


def _label_edits(text: str, theirs: Sequence[Turn], label: str, new_label: str) -> list[Edit]:
    """Return the edits that change a label where it is written before a turn."""
    # A label may be written with other spaces or capitals than where it first stood.
    parts = r"\s+".join(re.escape(part) for part in label.split())
    pattern = re.compile(rf"(?<!\w){parts}(?!\w)", re.IGNORECASE)
    edits: list[Edit] = []
    for turn in theirs:
        hit = pattern.search(text[turn.label_start : turn.start])
        if hit is not None and hit.group() != new_label:
            start = turn.label_start + hit.start()
            edits.append(Edit(start, hit.end() - hit.start(), new_label))
    return edits


def _with(project: ProjectFile, turn: TurnId) -> tuple[tuple[Turn, ...], Turn]:
    """Return the turns of the document a turn is in, and the turn. Raises NotFound."""
    document = corrections.document_of_turn(project.connection, turn)
    if document is not None:
        all_turns = turn_rows.of_document(project.connection, document)
        for one in all_turns:
            if one.id == turn:
                return all_turns, one
    raise NotFound(message("The turn is no longer in the project."))


def _break_before(text: str, all_turns: Sequence[Turn], turn: Turn) -> str:
    """Return what the document has between two turns, as seen around this one."""
    place = max(0, all_turns.index(turn) - 1)
    for one, other in pairwise(all_turns[place : place + 3]):
        gap = text[one.end : other.label_start]
        if "\n" in gap and gap.isspace():
            return gap
    return "\n\n"


def _between(text: str, turn: Turn) -> str:
    """Return what stands between label and speech in this turn, such as a colon and a space."""
    region = text[turn.label_start : turn.start]
    _, found, after = region.partition(turn.label)
    return after if found and after and _AFTER_LABEL.fullmatch(after) else ": "


def _speaker(
    project: ProjectFile, all_turns: Sequence[Turn], label: str
) -> tuple[ParticipantId, bool]:
    """Find or add who has a label in a document."""
    for turn in all_turns:
        if turn.label == label and turn.participant is not None:
            return turn.participant, turn.interviewer
    connection = project.connection
    here = named_in(label, existing(project, all_turns[0].document).name)
    for announced in (here, label):
        known = participants.unspoken(connection, announced)
        if known is not None:
            return known.id, known.interviewer
    used = participants.names(connection)
    name = label if label not in used else free_name(here, used)
    return participants.insert(connection, name, interviewer=False), False
