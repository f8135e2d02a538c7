"""What a researcher makes of the material: summaries, grades, verdicts, claims; their evidence."""

from dataclasses import dataclass
from typing import Literal

from qda.model.entities import Language
from qda.model.ids import (
    CaseId,
    ClaimId,
    CodeId,
    CoderId,
    CodingId,
    FrameworkCellId,
    Guid,
    JudgementId,
    PropositionId,
)

CellSubject = Literal["case", "participant"]
CellStatus = Literal["coded", "asked-nothing-said", "not-asked", "not-read"]
CELL_STATUSES: tuple[CellStatus, ...] = ("coded", "asked-nothing-said", "not-asked", "not-read")
StatusOrigin = Literal["hand", "codings", "guide", "none"]
"""Who says a cell's status: a person, the codings, the questions of a guide, or nobody yet."""
Side = Literal["for", "against"]
ClaimStatus = Literal["open", "holds", "fails"]
CLAIM_STATUSES: tuple[ClaimStatus, ...] = ("open", "holds", "fails")

_GRADES = ("lav", "middels", "høy")
GRADES: dict[Language, tuple[str, ...]] = {
    "nb": _GRADES, "nn": ("låg", "middels", "høg"), "en": ("low", "medium", "high"),
}  # fmt: skip
"""The scale of a code that has none of its own, by the project's language."""
VERDICTS: dict[Language, tuple[str, ...]] = {
    "nb": ("støttes", "støttes delvis", "støttes ikke"),
    "nn": ("blir støtta", "blir delvis støtta", "blir ikkje støtta"),
    "en": ("supported", "partly supported", "not supported"),
}
"""The verdicts on a proposition that has none of its own, by the project's language."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A coding that a judgement or claim rests on, and which side it speaks for."""

    coding: CodingId
    side: Side = "for"


@dataclass(frozen=True, slots=True)
class SeenCoding:
    """A coding as it was when a summary was written; offsets are code points."""

    coding: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """What is written about a case or a participant on a code.

    `status` is empty where it follows the codings. `seen` are the codings that the cell had when
    the summary was last written or looked through; `evidence` those pinned beside it, in order.
    """

    id: FrameworkCellId
    guid: Guid
    subject: CellSubject
    subject_id: int
    code: CodeId
    summary: str
    status: CellStatus | Literal[""]
    coder: CoderId
    created: str
    modified: str
    seen: tuple[SeenCoding, ...]
    evidence: tuple[CodingId, ...]


@dataclass(frozen=True, slots=True)
class Proposition:
    """A hypothesis that each case is held against; `scale` lists its verdicts, if of its own."""

    id: PropositionId
    guid: Guid
    name: str
    text: str
    scale: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade (of a case on a code) or a verdict (of a case on a proposition) by one rater.

    A settled one is what the raters agreed on.
    """

    id: JudgementId
    guid: Guid
    case: CaseId
    code: CodeId | None
    proposition: PropositionId | None
    coder: CoderId
    settled: bool
    value: str
    reason: str
    created: str
    modified: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding of the study with the segments that support and contradict it.

    `note` is the reason; `status` says whether it holds, or that this is still open.
    """

    id: ClaimId
    guid: Guid
    text: str
    note: str
    position: int
    coder: CoderId
    created: str
    modified: str
    evidence: tuple[Evidence, ...]
    status: ClaimStatus = "open"
