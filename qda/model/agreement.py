"""Agreement between two coders: what is compared, the measures, and where they differ."""

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import (
    CaseId,
    CodeId,
    CoderId,
    CodingId,
    DocumentId,
    Guid,
    MemoId,
    SettlementId,
)
from qda.model.judgements import SeenCoding
from qda.model.messages import Message

AgreementUnit = Literal["character", "segment", "turn", "document"]
AGREEMENT_UNITS: tuple[AgreementUnit, ...] = ("character", "segment", "turn", "document")
Interval = tuple[float, float]
"""A 95 % confidence interval."""
Table = tuple[tuple[int, int], tuple[int, int]]
"""`((both, only the first), (only the second), neither))`, in units."""


@dataclass(frozen=True, slots=True)
class AgreementSpec:
    """Which two coders are compared, unit by unit.

    `folded` counts a code's subcodes as the code itself. `codes` keeps those codes and what is
    below them, `documents` those documents; empty keeps all. `threshold` is the part of the
    longer of two segments that they must share to be taken for the same one.
    """

    coders: tuple[CoderId, CoderId]
    unit: AgreementUnit = "character"
    folded: bool = True
    codes: frozenset[CodeId] = frozenset()
    documents: frozenset[DocumentId] = frozenset()
    threshold: float = 0.5


@dataclass(frozen=True, slots=True)
class Agreement:
    """The measures of one 2 x 2 table; what has no value is None, and a note says why.

    `percent` lies in 0..1, as does `expected`, the agreement by chance that kappa corrects for.
    """

    table: Table
    percent: float | None
    expected: float | None
    kappa: float | None
    kappa_interval: Interval | None
    alpha: float | None
    alpha_interval: Interval | None
    notes: tuple[Message, ...] = ()
    percent_interval: Interval | None = None

    @property
    def n(self) -> int:
        """Return the number of units."""
        return sum(sum(row) for row in self.table)


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code."""

    code: CodeId
    guid: Guid
    path: str
    color: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class PartAgreement:
    """Agreement on all codes in one document or in the documents of one case."""

    id: DocumentId | CaseId
    guid: Guid
    name: str
    agreement: Agreement
    documents: frozenset[DocumentId] = frozenset()


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """How well two coders agree: on every code, on all together, by document and by case."""

    spec: AgreementSpec
    coders: tuple[str, str]
    codes: tuple[CodeAgreement, ...]
    overall: Agreement
    documents: tuple[PartAgreement, ...]
    cases: tuple[PartAgreement, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stretch of a document that `coder` has coded with `code` and the other has not.

    `codings` are the coder's segments with the code there; offsets are code points.
    """

    document: DocumentId
    start: int
    end: int
    coder: CoderId
    code: CodeId
    codings: tuple[CodingId, ...]


Decision = Literal["open", "first", "second", "both", "neither", "agreed"]
"""What was decided of a place: as the one or the other coded, all that either did, or nothing.

`open` is discussed but not decided; `agreed` was taken over where they do not differ.
"""
SETTLING: tuple[Decision, ...] = ("first", "second", "both", "neither")
"""What a disagreement can be settled as."""
SettledState = Literal["open", "settled", "changed"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two coders have coded with a code and that hangs together: settled as one.

    Codings hang together that overlap, or lie in one place where the two differ. `sides` are the
    codings of either; `places` where just one has the code, with who. Offsets are code points.
    `id` stays the same as long as the codings are the same.
    """

    id: str
    document: DocumentId
    code: CodeId
    coders: tuple[CoderId, CoderId]
    start: int
    end: int
    sides: tuple[tuple[CodingId, ...], tuple[CodingId, ...]]
    places: tuple[tuple[int, int, CoderId], ...]

    @property
    def codings(self) -> tuple[CodingId, ...]:
        """Return the codings of both."""
        return self.sides[0] + self.sides[1]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was said and decided of a place.

    `seen` are the codings of both as they were then, `made` those of the settled layer, `memo` is
    what was discussed. Of the two `coders`, `first` and `second` say whose coding was taken.
    """

    id: SettlementId
    guid: Guid
    document: DocumentId
    code: CodeId
    coders: tuple[CoderId, CoderId]
    memo: MemoId | None
    decision: Decision
    coder: CoderId
    created: str
    seen: tuple[SeenCoding, ...]
    made: tuple[CodingId, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a disagreement stands: settled or not, or settled before its codings changed.

    `settlements` are those that share a coding or a place with it, the latest last.
    """

    state: SettledState
    settlements: tuple[Settlement, ...] = ()

    @property
    def memo(self) -> MemoId | None:
        """Return the memo in which it was discussed last."""
        return next((one.memo for one in reversed(self.settlements) if one.memo is not None), None)


def decided(conflict: Conflict, standing: Standing) -> Decision:
    """Return what was decided last, seen from the first coder of the conflict; else `open`."""
    swapped: dict[Decision, Decision] = {"first": "second", "second": "first"}
    for one in reversed(standing.settlements):
        if one.decision != "open":
            same = one.coders == conflict.coders
            return one.decision if same else swapped.get(one.decision, one.decision)
    return "open"
