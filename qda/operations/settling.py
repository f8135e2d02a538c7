"""What two coders do with their disagreements: discuss them, settle them, take them up again.

What is settled on becomes codings of a coder of their own, beside those of the two, which stay as
they are. Each such coding is linked to the codings that it comes from.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from qda.jobs.progress import Progress
from qda.model.agreement import Conflict, Decision, Settlement
from qda.model.changes import OpResult
from qda.model.entities import Code, Coding, Language, Memo, MemoLink, Thing
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import (
    CodeId,
    CodingId,
    DocumentId,
    MemoId,
    MemoLinkId,
    SettlementId,
    new_guid,
)
from qda.model.judgements import SeenCoding
from qda.model.messages import Message, message
from qda.operations.codings import NewCoding, add_one
from qda.operations.memos import rewrite
from qda.store import (
    coders,
    codings,
    history,
    memo_links,
    memos,
    project_info,
    settlements,
)
from qda.store.project_file import ProjectFile
from qda.text.spans import common, united

SETTLE = message("Settle a disagreement")
SETTLE_SEVERAL = message("Settle several disagreements")
REOPEN = message("Take a settled disagreement up again")
DISCUSS = message("Discuss a disagreement")
TAKE = message("Take over what two coders agree on")

LAYERS: dict[Language, str] = {"nb": "Enighet", "nn": "Semje", "en": "Agreed"}
"""Whose codings the settled ones are, where nobody says otherwise, by the project's language."""
_EVERY = 100

Span = tuple[int, int]


def decision_words(coders: tuple[str, str], decision: Decision) -> Message | None:
    """Return what was decided between two of these names, None where nothing was."""
    first, second = coders
    words: dict[Decision, Message] = {
        "first": message("as {name} coded", name=first),
        "second": message("as {name} coded", name=second),
        "both": message("all that either coded"),
        "neither": message("not coded"),
        "agreed": message("what both have coded"),
    }
    return words.get(decision)


def default_layer(project: ProjectFile) -> str:
    """Return the name of the coder whose codings the settled ones are."""
    return LAYERS[project_info.read(project.connection).language]


def settle(
    project: ProjectFile,
    *,
    coder: str,
    conflicts: Sequence[Conflict],
    decision: Decision,
    layer: str = "",
    memo: str = "",
) -> OpResult[tuple[Coding, ...]]:
    """Settle disagreements as `decision` says; return the codings of the settled layer.

    What was settled of them before is replaced. `memo` is added to what was discussed. Raises
    NotAllowed for a layer of one of the two, NotFound for codings that are gone.
    """
    if decision not in ("first", "second", "both", "neither"):
        raise NotAllowed(message("Settle it as one of the two coded, as both did, or as neither."))
    name = _layer(project, conflicts, layer)
    with project.step(SETTLE if len(conflicts) == 1 else SETTLE_SEVERAL, coder) as step:
        writer = _Writer(project, coder, name)
        made: list[Coding] = []
        for one in conflicts:
            made += writer.settle(one, decision, memo.strip())
    return OpResult(tuple(made), step.changes, step.id)


def take_agreed(
    project: ProjectFile,
    *,
    coder: str,
    conflicts: Sequence[Conflict],
    layer: str = "",
    progress: Progress | None = None,
) -> OpResult[tuple[Coding, ...]]:
    """Take over where the two do not differ; return the codings of the settled layer.

    `conflicts` are what hangs together without a disagreement. Where the segments of the two are
    not the same, it is what both have coded. Raises as `settle`, and Cancelled.
    """
    name = _layer(project, conflicts, layer)
    progress = progress or Progress()
    with project.step(TAKE, coder) as step:
        writer = _Writer(project, coder, name)
        made: list[Coding] = []
        progress.start(len(conflicts), TAKE)
        for at, one in enumerate(conflicts):
            if not at % _EVERY:
                progress.step(min(_EVERY, len(conflicts) - at))
            made += writer.settle(one, "agreed", "")
    return OpResult(tuple(made), step.changes, step.id)


def reopen(project: ProjectFile, *, coder: str, conflicts: Sequence[Conflict]) -> OpResult[int]:
    """Take settled disagreements up again: what was settled on goes, what was said stays.

    Return how many codings of the settled layer went.
    """
    with project.step(REOPEN, coder) as step:
        writer = _Writer(project, coder, "")
        gone = sum(writer.reopen(one) for one in conflicts)
    return OpResult(gone, step.changes, step.id)


def discuss(
    project: ProjectFile, *, coder: str, conflict: Conflict, text: str, joins: bool = False
) -> OpResult[MemoId | None]:
    """Write what is said of a disagreement, as a memo on the document linked to the codings.

    An empty text removes it. With `joins`, what is saved again and again while one writes is one
    undo step for every few minutes. Raises NotFound for codings that are gone.
    """
    with project.step(DISCUSS, coder, joins=joins) as step:
        memo = _Writer(project, coder, "").discuss(conflict, text.strip())
    return OpResult(memo, step.changes, step.id)


def _layer(project: ProjectFile, conflicts: Iterable[Conflict], layer: str) -> str:
    """Return whose codings the settled ones become. Raises NotAllowed for one of the two."""
    name = layer.strip() or default_layer(project)
    known = coders.by_name(project.connection, name)
    if known is not None and any(known.id in one.coders for one in conflicts):
        raise NotAllowed(
            message(
                "{name} is one of the two who are compared; name another coder for what is "
                "settled on.",
                name=name,
            )
        )
    return name


@dataclass(slots=True)
class _Writer:
    """Write settlements within an operation that runs."""

    project: ProjectFile
    coder: str
    layer: str
    _texts: dict[DocumentId, str] = field(default_factory=dict[DocumentId, str])
    _codes: dict[CodeId, Code] = field(default_factory=dict[CodeId, Code])
    _kept: set[CodingId] = field(default_factory=set[CodingId])
    """Codings of the layer that a settlement made that is replaced."""
    _before: dict[int, list[Settlement]] | None = None
    """What was settled before between the two, by coding."""

    def settle(self, conflict: Conflict, decision: Decision, said: str) -> Iterator[Coding]:
        """Settle one and yield the codings that it made."""
        sides = self._sides(conflict)
        wanted = _wanted(self.project, conflict, sides, decision)
        memo = self._clear(conflict, frozenset((one.code, one.start, one.end) for one in wanted))
        if said:
            memo = self._memo(conflict, memo, said, more=True)
        made = [self._code(one) for one in wanted]
        self._insert(conflict, sides, decision, memo, [one.id for one, own in made if own])
        for one, _own in made:
            self._link(Thing("coding", one.id), conflict.codings)
            if memo is not None:
                self._link(Thing("memo", memo), [one.id])
            yield one

    def reopen(self, conflict: Conflict) -> int:
        """Take one up again; return how many codings went."""
        sides = self._sides(conflict)
        before = sum(len(one.made) for one in self._of(conflict))
        memo = self._clear(conflict)
        if memo is not None:
            self._insert(conflict, sides, "open", memo, ())
        return before

    def discuss(self, conflict: Conflict, text: str) -> MemoId | None:
        """Write the memo of one; an empty text removes it."""
        sides = self._sides(conflict)
        own = self._of(conflict)
        memo = next((one.memo for one in reversed(own) if one.memo is not None), None)
        connection = self.project.connection
        if not text:
            if memo is not None:
                memos.delete(connection, memo)
            for one in own:
                if one.decision == "open":
                    settlements.delete(connection, one.id)
            return None
        kept = self._memo(conflict, memo, text)
        if memo is None:
            if own:
                settlements.set_memo(connection, own[-1].id, kept)
            else:
                self._insert(conflict, sides, "open", kept, ())
        return kept

    # ------------------------------------------------------------------------------- parts
    def _sides(self, conflict: Conflict) -> tuple[list[Coding], list[Coding]]:
        """Return the codings of either. Raises NotFound where one is gone or another's by now."""
        found: list[list[Coding]] = []
        for who, side in zip(conflict.coders, conflict.sides, strict=True):
            there = [codings.by_id(self.project.connection, one) for one in side]
            found.append([one for one in there if one is not None and one.coder == who])
            if len(found[-1]) < len(side):
                raise NotFound(
                    message("The codings have changed since; look at the disagreement anew.")
                )
        return found[0], found[1]

    def _of(self, conflict: Conflict) -> list[Settlement]:
        """Return what was said or settled before of any of these codings, the latest last."""
        if self._before is None:
            self._before = {}
            for one in settlements.of_pair(self.project.connection, conflict.coders):
                for seen in one.seen:
                    self._before.setdefault(seen.coding, []).append(one)
        found = [one for coding in conflict.codings for one in self._before.get(coding, ())]
        return sorted({one.id: one for one in found}.values(), key=lambda one: one.id)

    def _clear(
        self, conflict: Conflict, wanted: frozenset[tuple[CodeId, int, int]] = frozenset()
    ) -> MemoId | None:
        """Take away what was settled of these codings; return the memo in which it was said.

        Codings that are `wanted` again stay, with all that rests on them.
        """
        connection = self.project.connection
        memo: MemoId | None = None
        for one in self._of(conflict):
            settlements.delete(connection, one.id)
            memo = one.memo if one.memo is not None else memo
            for coding in one.made:
                # Another settlement may have come to the same.
                if settlements.is_made(connection, coding):
                    continue
                there = codings.by_id(connection, coding)
                if there is not None and (there.code, there.start, there.end) in wanted:
                    self._kept.add(coding)
                    continue
                memos.delete_of(connection, "coding", coding)
                codings.delete(connection, [coding])
        return memo

    def _code(self, new: NewCoding) -> tuple[Coding, bool]:
        """Code a segment in the settled layer; tell whether it is there because of a settlement."""
        connection = self.project.connection
        layer = coders.ensure(connection, self.layer)
        there = codings.same(connection, new.document, new.code, layer.id, new.start, new.end)
        if there is not None:
            own = there.id in self._kept or settlements.is_made(connection, there.id)
            return there, own
        return add_one(self.project, self.layer, new, self._texts, self._codes), True

    def _insert(
        self,
        conflict: Conflict,
        sides: tuple[list[Coding], list[Coding]],
        decision: Decision,
        memo: MemoId | None,
        made: Sequence[CodingId],
    ) -> None:
        connection = self.project.connection
        new = Settlement(
            id=SettlementId(0),
            guid=new_guid(),
            document=conflict.document,
            code=conflict.code,
            coders=conflict.coders,
            memo=memo,
            decision=decision,
            coder=coders.ensure(connection, self.coder).id,
            created=history.now(),
            seen=tuple(SeenCoding(one.id, one.start, one.end) for side in sides for one in side),
            made=tuple(made),
        )
        settlements.insert(connection, new)

    def _memo(
        self, conflict: Conflict, memo: MemoId | None, text: str, *, more: bool = False
    ) -> MemoId:
        """Write or rewrite the memo; with `more`, add to what it says."""
        connection = self.project.connection
        old = memos.by_id(connection, memo) if memo is not None else None
        if old is not None:
            said = f"{old.text}\n\n{text}" if more and old.text != text else text
            rewrite(self.project, self.coder, old, said)
            return old.id
        at, who = history.now(), coders.ensure(connection, self.coder).id
        new = Memo(MemoId(0), new_guid(), "document", conflict.document, text, who, at, at)
        added = memos.insert(connection, new)
        self._link(Thing("memo", added), conflict.codings)
        return added

    def _link(self, origin: Thing, targets: Iterable[CodingId]) -> None:
        """Link a memo or a coding to codings, but for links that are there."""
        connection = self.project.connection
        there = {one.target for one in memo_links.leading_away(connection, origin)}
        who = coders.ensure(connection, self.coder).id
        for one in targets:
            target = Thing("coding", one)
            if target not in there and target != origin:
                new = MemoLink(MemoLinkId(0), new_guid(), origin, target, who, history.now())
                memo_links.insert(connection, new)


def _wanted(
    project: ProjectFile,
    conflict: Conflict,
    sides: tuple[list[Coding], list[Coding]],
    decision: Decision,
) -> list[NewCoding]:
    """Return what the settled layer has where two codings of the two lie."""
    first, second = sides
    spans = [[(one.start, one.end) for one in side] for side in sides]
    if decision == "neither":
        return []
    if decision == "first" or (decision == "agreed" and _same(first, second)):
        return [_copy(project, [one], one.code, (one.start, one.end)) for one in first]
    if decision == "second":
        return [_copy(project, [one], one.code, (one.start, one.end)) for one in second]
    found = common(*spans) if decision == "agreed" else united(spans[0] + spans[1])
    made: list[NewCoding] = []
    for start, end in found:
        behind = [one for one in first + second if one.start < end and start < one.end]
        used = {one.code for one in behind}
        # Where they chose different codes below one code, they agree on that one.
        code = used.pop() if len(used) == 1 else conflict.code
        made.append(_copy(project, behind, code, (start, end)))
    return made


def _same(first: Iterable[Coding], second: Iterable[Coding]) -> bool:
    one, other = ({(at.code, at.start, at.end) for at in side} for side in (first, second))
    return one == other


def _copy(project: ProjectFile, behind: Sequence[Coding], code: CodeId, span: Span) -> NewCoding:
    """Return a coding of `span` with what all the codings behind it say alike."""
    first = behind[0]
    stance = first.stance if all(one.stance == first.stance for one in behind) else None
    values = {one.value for one in behind}
    cases = {case for one in behind for case in codings.own_cases(project.connection, one.id)}
    same_code = all(one.code == code for one in behind)
    return NewCoding(
        document=first.document,
        code=code,
        start=span[0],
        end=span[1],
        stance=stance,
        value=values.pop() if len(values) == 1 and same_code else "",
        cases=tuple(sorted(cases)),
    )
