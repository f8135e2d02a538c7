"""What a user does to a text after it was imported: correct it, with all that is anchored in it.

Codings of every coder, turns and notes follow the edit. What cannot be placed is listed before
the correction is made, and the correction is refused until it is said that those codings may go.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from qda.model.changes import OpResult
from qda.model.entities import Document
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CoderId, CodingId, DocumentId, ParticipantId, TurnId
from qda.model.messages import Message, counted, message
from qda.operations.codings import fold_coding
from qda.store import (
    codings,
    corrections,
    documents,
    memos,
    suggestion_decisions,
    text_versions,
)
from qda.store import turns as turn_rows
from qda.store.corrections import CodingRow, NoteRow, TurnRow
from qda.store.project_file import ProjectFile
from qda.text.anchoring import Anchors, Fate
from qda.text.edits import Edit, apply, edits_between, in_order, inverse, recount_words
from qda.text.normalise import normalise, text_hash
from qda.text.turn_anchoring import TurnPlace, carry_turns
from qda.text.turn_refinding import Refound, refind, time_at_head

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
    into it. `turns_gone` are the turns, with number and label, of which nothing is left,
    `turns_joined` those whose label is gone, so that the one before goes on, `turns_new` those
    that were typed, and `turns_respoken` those that somebody else of the document says by now.
    `dropped` counts control characters that were left out.
    """

    document: DocumentId
    edits: tuple[Edit, ...]
    text: str
    moved: tuple[PlacedCoding, ...] = ()
    altered: tuple[PlacedCoding, ...] = ()
    lost: tuple[PlacedCoding, ...] = ()
    folded: tuple[tuple[CodingId, CodingId], ...] = ()
    turns_gone: tuple[tuple[TurnId, int, str], ...] = ()
    turns_joined: tuple[tuple[TurnId, int, str], ...] = ()
    turns_new: tuple[tuple[int, str], ...] = ()
    turns_respoken: tuple[tuple[TurnId, int, str], ...] = ()
    dropped: int = 0

    @property
    def text_hash(self) -> str:
        """Return the hash of the new text."""
        return text_hash(self.text)


@dataclass(frozen=True, slots=True)
class TypedTurn:
    """A turn that begins at a label that was typed: number, place and label, who, from when."""

    row: tuple[int, int, int, int, str]
    participant: ParticipantId | None
    interviewer: bool
    time_ms: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction worked out, with the rows that it writes.

    What is at or before `reach` in the old text has rows of its own; all that starts behind it
    moves by `shift`, and the turns' numbers by `renumber`. Of what stands before it,
    `moved_codings` and `moved_turns` only move, by so much each group. `back` are the edits that
    lead back to the old text. `typed_turns` are added, `times` and `speakers` of turns are written
    anew.
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
    typed_turns: tuple[TypedTurn, ...] = ()
    times: tuple[tuple[int | None, TurnId], ...] = ()
    speakers: tuple[tuple[ParticipantId, bool, TurnId], ...] = ()
    decisions: tuple[tuple[int, int, int], ...] = ()
    undecided: tuple[int, ...] = ()


def plan_correction(
    project: ProjectFile, *, document: DocumentId, edits: Sequence[Edit] | str
) -> CorrectionPlan:
    """Say what a correction would do; `edits` count in the text as it is, or are the new text.

    Raises NotFound for a document that is gone, NotAllowed for edits that do not fit its text.
    """
    return _worked_out(project, document, edits).plan


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
    correction = _worked_out(project, document, edits)
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
_LATEST: WeakKeyDictionary[ProjectFile, tuple[object, Correction]] = WeakKeyDictionary()
"""What was worked out last: it is said before it is saved, and is the same for as long as the
project is."""


def _worked_out(
    project: ProjectFile, document: DocumentId, wanted: Sequence[Edit] | str
) -> Correction:
    """Work out a correction that somebody typed, once for saying what it does and for doing it."""
    wanted = wanted if isinstance(wanted, str) else tuple(wanted)
    asked = (document, wanted, project.state())
    known = _LATEST.get(project)
    if known is None or known[0] != asked:
        known = _LATEST[project] = asked, work_out(project, document, wanted, typed=True)
    return known[1]


def work_out(
    project: ProjectFile,
    document: DocumentId,
    wanted: Sequence[Edit] | str,
    *,
    typed: bool = False,
) -> Correction:
    """Work a correction out without changing anything. Raises NotFound, NotAllowed.

    With `typed`, labels that were typed or taken out begin and end turns.
    """
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
    correction = _with_decisions(project, correction, anchors)
    return _with_turns(project, _with_codings(project, correction, anchors), anchors, typed=typed)


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


def _with_turns(
    project: ProjectFile, correction: Correction, anchors: Anchors, *, typed: bool
) -> Correction:
    """Place the turns around the edits, and number them in the order of the text."""
    plan = correction.plan
    turns = corrections.turns_of(project.connection, plan.document)
    label_starts = [turn[2] for turn in turns]
    # What is written behind a turn is said in it, so the one before the first edit counts too.
    first = max(0, bisect_left(label_starts, plan.edits[0].start) - 1)
    last = bisect_left(label_starts, correction.reach + 1)
    near = turns[first:last]
    limit = label_starts[last] if last < len(turns) else len(anchors.old)
    before = [TurnPlace(turn[2], turn[3], turn[4], turn[5]) for turn in near]
    carried = carry_turns(anchors, before, limit)
    labels = {turn[5] for turn in turns} if typed else ()
    found = refind(anchors, before, carried, labels, limit + correction.shift, typed=typed)
    begin = near[0][1] if near else turns[0][1] if turns else 1
    numbers = sorted(turn[1] for turn in near)
    numbers += range(numbers[-1] + 1 if numbers else begin, begin + len(near) + len(found))
    rows: list[TurnRow] = []
    shifts: dict[int, list[TurnId]] = {}
    added: list[tuple[int, Refound]] = []
    respoken: list[TurnRow] = []
    for number, one in zip(numbers, found, strict=False):
        place = one.place
        if one.index is None:
            added.append((number, one))
            continue
        turn = near[one.index]
        by = place.label_start - turn[2]
        now = (turn[0], number, place.label_start, place.start, place.end, place.label)
        if now != (turn[0], turn[1], turn[2] + by, turn[3] + by, turn[4] + by, turn[5]):
            rows.append(now)
        elif by:
            shifts.setdefault(by, []).append(turn[0])
        if typed and place.label != turn[5] and place.label in labels:
            respoken.append(now)
    gone = [near[index] for index, place in enumerate(carried) if place is None]
    joined = [near[index] for one in found for index in one.joined]
    correction = replace(
        correction,
        plan=replace(
            plan,
            turns_gone=tuple((turn[0], turn[1], turn[5]) for turn in gone),
            turns_joined=tuple((turn[0], turn[1], turn[5]) for turn in joined),
        ),
        turns=tuple(rows),
        moved_turns=tuple((by, tuple(ids)) for by, ids in shifts.items()),
        renumber=len(found) - len(near),
        times=tuple(_new_times(anchors, near, found)) if typed else (),
    )
    return with_speakers(project, correction, added, respoken) if added or respoken else correction


def _new_times(
    anchors: Anchors, near: Sequence[TurnRow], found: Iterable[Refound]
) -> Iterator[tuple[int | None, TurnId]]:
    """Yield the turns that give another time than before at their label."""
    for one in found:
        if one.index is None:
            continue
        turn = near[one.index]
        old = time_at_head(anchors.old, TurnPlace(turn[2], turn[3], turn[4], turn[5]))
        new = time_at_head(anchors.new, one.place)
        if old != new:
            yield new, turn[0]


def with_speakers(
    project: ProjectFile,
    correction: Correction,
    added: Sequence[tuple[int, Refound]],
    respoken: Sequence[TurnRow],
) -> Correction:
    """Say who speaks in typed turns, and in those that got the label of somebody else."""
    everything = turn_rows.of_document(project.connection, correction.plan.document)
    by_label = {turn.label: turn for turn in reversed(everything)}
    known = {turn.id: turn for turn in everything}
    typed = [
        TypedTurn(
            (number, one.place.label_start, one.place.start, one.place.end, one.place.label),
            by_label[one.place.label].participant,
            by_label[one.place.label].interviewer,
            one.time_ms,
        )
        for number, one in added
    ]
    speakers: list[tuple[ParticipantId, bool, TurnId]] = []
    changed: list[tuple[TurnId, int, str]] = []
    for row in respoken:
        speaker = by_label[row[5]]
        if speaker.participant is not None and speaker.participant != known[row[0]].participant:
            speakers.append((speaker.participant, speaker.interviewer, row[0]))
            changed.append((row[0], row[1], row[5]))
    return replace(
        correction,
        plan=replace(
            correction.plan,
            turns_new=tuple((one.row[0], one.row[4]) for one in typed),
            turns_respoken=tuple(changed),
        ),
        typed_turns=tuple(typed),
        speakers=tuple(speakers),
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


def _with_decisions(project: ProjectFile, correction: Correction, anchors: Anchors) -> Correction:
    """Let what was decided of suggestions follow its text; what has none left is forgotten."""
    moved: list[tuple[int, int, int]] = []
    gone: list[int] = []
    for row, start, end in suggestion_decisions.places(
        project.connection, correction.plan.document
    ):
        found = anchors.carry(start, end)
        if found.fate == "lost":
            gone.append(row)
        elif (found.start, found.end) != (start, end):
            moved.append((found.start, found.end, row))
    return replace(correction, decisions=tuple(moved), undecided=tuple(gone))


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
    if plan.lost:
        lost = [one.coding for one in plan.lost]
        memos.delete_of_codings(connection, lost)
        codings.delete(connection, lost)
    corrections.move_codings(connection, correction.moved_codings)
    corrections.place_codings(connection, correction.codings)
    for keep, other in plan.folded:
        twin = codings.by_id(connection, other)
        assert twin is not None  # noqa: S101 - read within this operation
        fold_coding(project, keep=keep, other=twin)
    ended = (*plan.turns_gone, *plan.turns_joined)
    corrections.delete_turns(connection, (turn for turn, _, _ in ended))
    corrections.move_turns(connection, correction.moved_turns)
    corrections.place_turns(connection, correction.turns)
    for one in correction.typed_turns:
        corrections.insert_turn(
            connection, plan.document, one.row, one.participant, interviewer=one.interviewer,
            time_ms=one.time_ms,
        )  # fmt: skip
    for participant, interviewer, turn in correction.speakers:
        turn_rows.assign(connection, [turn], participant, interviewer=interviewer)
    corrections.set_times(connection, correction.times)
    corrections.place_notes(connection, correction.notes)
    suggestion_decisions.follow(connection, correction.decisions, correction.undecided)
