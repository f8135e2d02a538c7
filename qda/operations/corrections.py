"""What a user does to a text after it was imported: correct it, with all that is anchored in it.

Codings of every coder, turns and notes follow the edit. What cannot be placed is listed before
the correction is made, and the correction is refused until it is said that those codings may go.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qda.model.changes import OpResult
from qda.model.entities import Document
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CoderId, CodingId, DocumentId, TurnId
from qda.model.messages import Message, counted, message
from qda.operations.codings import fold_coding
from qda.store import codings, corrections, documents, memos, text_versions
from qda.store.corrections import CodingRow, NoteRow, TurnRow
from qda.store.project_file import ProjectFile
from qda.text.anchoring import Anchors, Fate
from qda.text.edits import Edit, apply, edits_between, in_order, inverse, recount_words
from qda.text.normalise import normalise, text_hash
from qda.text.turn_anchoring import TurnPlace, carry_turns

CORRECT = message("Correct a text")


@dataclass(frozen=True, slots=True)
class PlacedCoding:
    """A coding that a correction moves to another place, alters or loses.

    `start:end` is where it is in the new text, or for a lost one the place at which it stood;
    `before` and `after` are its quotes; `places` in how many places a lost one might be meant.
    """

    coding: CodingId
    code: CodeId
    coder: CoderId
    fate: Fate
    start: int
    end: int
    before: str
    after: str
    places: int = 0


@dataclass(frozen=True, slots=True)
class CorrectionPlan:
    """What a correction would do, or did.

    `edits` count in the old text, `text` is the new one. `moved` codings were found where their
    text was pasted, `altered` ones have another quote, `lost` ones cannot be placed. `folded`
    pairs a coding with another by the same coder and code that then says just the same and goes
    into it. `turns_gone` are the turns, with number and label, of which nothing is left. `dropped`
    counts control characters that were left out.
    """

    document: DocumentId
    edits: tuple[Edit, ...]
    text: str
    moved: tuple[PlacedCoding, ...] = ()
    altered: tuple[PlacedCoding, ...] = ()
    lost: tuple[PlacedCoding, ...] = ()
    folded: tuple[tuple[CodingId, CodingId], ...] = ()
    turns_gone: tuple[tuple[TurnId, int, str], ...] = ()
    dropped: int = 0

    @property
    def text_hash(self) -> str:
        """Return the hash of the new text."""
        return text_hash(self.text)


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction worked out, with the rows that it writes.

    What is at or before `reach` in the old text has rows of its own; all that starts behind it
    moves by `shift`, and the turns' numbers by `renumber`. Of what stands before it,
    `moved_codings` and `moved_turns` only move, by so much each group. `back` are the edits that
    lead back to the old text.
    """

    plan: CorrectionPlan
    words: int
    reach: int
    shift: int
    codings: tuple[tuple[int, int, str, CodingId], ...] = ()
    moved_codings: tuple[tuple[int, tuple[CodingId, ...]], ...] = ()
    turns: tuple[TurnRow, ...] = ()
    moved_turns: tuple[tuple[int, tuple[TurnId, ...]], ...] = ()
    renumber: int = 0
    notes: tuple[NoteRow, ...] = ()
    back: tuple[Edit, ...] = ()


def plan_correction(
    project: ProjectFile, *, document: DocumentId, edits: Sequence[Edit] | str
) -> CorrectionPlan:
    """Say what a correction would do; `edits` count in the text as it is, or are the new text.

    Raises NotFound for a document that is gone, NotAllowed for edits that do not fit its text.
    """
    return work_out(project, document, edits).plan


def correct_text(
    project: ProjectFile,
    *,
    coder: str,
    document: DocumentId,
    edits: Sequence[Edit] | str,
    drop_lost: bool = False,
    made_for: str = "",
    called: Message = CORRECT,
) -> OpResult[CorrectionPlan]:
    """Correct a text, in one step with all that is anchored in it.

    Codings that cannot be placed are removed with `drop_lost`; without it, NotAllowed is raised
    and nothing changes. `made_for` is the hash of the text that the edits were made for: where the
    document has another by now, NotAllowed is raised. `called` names the step.
    """
    if made_for and existing(project, document).text_hash != made_for:
        raise NotAllowed(
            message("The text has been changed since you began to correct it; begin anew.")
        )
    correction = work_out(project, document, edits)
    require_consent(correction, drop_lost=drop_lost)
    with project.step(called, coder) as step:
        write(project, correction)
    return OpResult(correction.plan, step.changes, step.id)


def require_consent(correction: Correction, *, drop_lost: bool) -> None:
    """Raise NotAllowed where codings would be lost and nobody said that they may."""
    lost = len(correction.plan.lost)
    if lost and not drop_lost:
        raise NotAllowed(
            counted(
                "{n} coding would lose its text; keep the text, or agree that the coding goes.",
                "{n} codings would lose their text; keep the text, or agree that they go.",
                lost,
            )
        )


def existing(project: ProjectFile, document: DocumentId) -> Document:
    """Return a document. Raises NotFound."""
    found = documents.by_id(project.connection, document)
    if found is None:
        raise NotFound(message("The document is no longer in the project."))
    return found


# ------------------------------------------------------------------------------------ working out
def work_out(
    project: ProjectFile, document: DocumentId, wanted: Sequence[Edit] | str
) -> Correction:
    """Work a correction out without changing anything. Raises NotFound, NotAllowed."""
    words = existing(project, document).words
    old = documents.text(project.connection, document)
    edits, new, dropped = _canonical(old, wanted)
    plan = CorrectionPlan(document, edits, new, dropped=dropped)
    if not edits:
        return Correction(plan, words, len(old), 0)
    anchors = Anchors(old, new, edits)
    correction = Correction(
        plan,
        recount_words(old, new, edits, words),
        reach=edits[-1].end,
        shift=len(new) - len(old),
        notes=_carried_notes(project, document, anchors),
        back=inverse(old, edits),
    )
    return _with_turns(project, _with_codings(project, correction, anchors), anchors)


def _canonical(old: str, wanted: Sequence[Edit] | str) -> tuple[tuple[Edit, ...], str, int]:
    """Return the edits with canonical text in them, the new text, and how much was dropped."""
    if isinstance(wanted, str):
        new, dropped = normalise(wanted)
        return edits_between(old, new), new, dropped
    clean: list[Edit] = []
    dropped = 0
    for edit in wanted:
        inserted, count = normalise(edit.inserted)
        dropped += count
        clean.append(replace(edit, inserted=inserted))
    try:
        edits = in_order(clean, len(old))
    except ValueError as error:
        raise NotAllowed(
            message("The corrections do not fit the text as it is now; make them anew.")
        ) from error
    return edits, apply(old, edits), dropped


def _with_codings(project: ProjectFile, correction: Correction, anchors: Anchors) -> Correction:
    """Place the codings that the edits touch."""
    plan = correction.plan
    there = corrections.codings_at(
        project.connection, plan.document, plan.edits[0].start, correction.reach
    )
    placed: list[PlacedCoding] = []
    rows: list[tuple[int, int, str, CodingId]] = []
    kept: list[CodingRow] = []
    shifts: dict[int, list[CodingId]] = {}
    for coding, code, coder, start, end in there:
        found = anchors.carry(start, end)
        if found.fate == "kept":
            kept.append((coding, code, coder, found.start, found.end))
            if found.start != start:
                shifts.setdefault(found.start - start, []).append(coding)
            continue
        quote = anchors.new[found.start : found.end]
        placed.append(
            PlacedCoding(
                coding, code, coder, found.fate, found.start, found.end,
                anchors.old[start:end], quote, found.places,
            )
        )  # fmt: skip
        if found.fate != "lost":
            rows.append((found.start, found.end, quote, coding))
    plan = replace(
        plan,
        moved=tuple(one for one in placed if one.fate == "moved"),
        altered=tuple(one for one in placed if one.fate == "altered"),
        lost=tuple(one for one in placed if one.fate == "lost"),
    )
    return replace(
        correction,
        plan=replace(plan, folded=tuple(_folded(plan, kept))),
        codings=tuple(rows),
        moved_codings=tuple((by, tuple(ids)) for by, ids in shifts.items()),
    )


def _folded(plan: CorrectionPlan, kept: Iterable[CodingRow]) -> Iterator[tuple[CodingId, CodingId]]:
    """Yield the codings that now say what another by the same coder says already, after that one.

    Those whose text is untouched are `kept`; two that were twins before are left as they were.
    """
    new = sorted((*plan.moved, *plan.altered), key=lambda one: one.coding)
    if not new:
        return
    said: dict[tuple[CodeId, CoderId, int, int], CodingId] = {}
    for coding, code, coder, start, end in kept:
        said.setdefault((code, coder, start, end), coding)
    for one in new:
        first = said.setdefault((one.code, one.coder, one.start, one.end), one.coding)
        if first != one.coding:
            yield first, one.coding


def _with_turns(project: ProjectFile, correction: Correction, anchors: Anchors) -> Correction:
    """Place the turns around the edits, and number them in the order of the text."""
    plan = correction.plan
    turns = corrections.turns_of(project.connection, plan.document)
    label_starts = [turn[2] for turn in turns]
    # What is written behind a turn is said in it, so the one before the first edit counts too.
    first = max(0, bisect_left(label_starts, plan.edits[0].start) - 1)
    last = bisect_left(label_starts, correction.reach + 1)
    near = turns[first:last]
    limit = label_starts[last] if last < len(turns) else len(anchors.old)
    carried = carry_turns(
        anchors, [TurnPlace(turn[2], turn[3], turn[4], turn[5]) for turn in near], limit
    )
    kept = sorted(
        ((place, turn) for place, turn in zip(carried, near, strict=True) if place is not None),
        key=lambda pair: pair[0].label_start,
    )
    numbers = sorted(turn[1] for turn in near)
    rows: list[TurnRow] = []
    shifts: dict[int, list[TurnId]] = {}
    for number, (place, turn) in zip(numbers, kept, strict=False):
        by = place.label_start - turn[2]
        now = (turn[0], number, place.label_start, place.start, place.end, place.label)
        if now != (turn[0], turn[1], turn[2] + by, turn[3] + by, turn[4] + by, turn[5]):
            rows.append(now)
        elif by:
            shifts.setdefault(by, []).append(turn[0])
    gone = tuple(
        (turn[0], turn[1], turn[5])
        for place, turn in zip(carried, near, strict=True)
        if place is None
    )
    return replace(
        correction,
        plan=replace(plan, turns_gone=gone),
        turns=tuple(rows),
        moved_turns=tuple((by, tuple(ids)) for by, ids in shifts.items()),
        renumber=-len(gone),
    )


def _carried_notes(
    project: ProjectFile, document: DocumentId, anchors: Anchors
) -> tuple[NoteRow, ...]:
    rows: list[NoteRow] = []
    for note, start, end in corrections.notes_of(project.connection, document):
        place = anchors.carry_note(start, end)
        if place != (start, end):
            rows.append((note, *place))
    return tuple(rows)


# ---------------------------------------------------------------------------------------- writing
def write(project: ProjectFile, correction: Correction) -> None:
    """Write a correction, within an operation that runs; its lost codings go."""
    connection, plan = project.connection, correction.plan
    if not plan.edits:
        return
    digest = plan.text_hash
    text_versions.keep(connection, plan.document, digest, correction.back)
    corrections.set_text(connection, plan.document, plan.text, digest, correction.words)
    if correction.shift:
        corrections.shift_codings(connection, plan.document, correction.reach, correction.shift)
    if correction.shift or correction.renumber:
        corrections.shift_turns(
            connection, plan.document, correction.reach, correction.shift, correction.renumber
        )
    for lost in plan.lost:
        memos.delete_of(connection, "coding", lost.coding)
    codings.delete(connection, (lost.coding for lost in plan.lost))
    corrections.move_codings(connection, correction.moved_codings)
    corrections.place_codings(connection, correction.codings)
    for keep, other in plan.folded:
        twin = codings.by_id(connection, other)
        assert twin is not None  # noqa: S101 - read within this operation
        fold_coding(project, keep=keep, other=twin)
    corrections.delete_turns(connection, (turn for turn, _, _ in plan.turns_gone))
    corrections.move_turns(connection, correction.moved_turns)
    corrections.place_turns(connection, correction.turns)
    corrections.place_notes(connection, correction.notes)
