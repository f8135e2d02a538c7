"""Agreement between two coders: what is compared, the measures, and where they differ."""

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import CaseId, CodeId, CoderId, CodingId, DocumentId, Guid
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
