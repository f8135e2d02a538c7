"""Typed identifiers.

A row has an integer identifier for joins inside one project and a GUID (lower-case UUID with
hyphens) that follows it across projects, exports and merges.
"""

import uuid
from typing import NewType

BandingId = NewType("BandingId", int)
CaseId = NewType("CaseId", int)
CodeId = NewType("CodeId", int)
ClaimId = NewType("ClaimId", int)
GroupId = NewType("GroupId", int)
GroupKindId = NewType("GroupKindId", int)
CodeSetId = NewType("CodeSetId", int)
CodebookVersionId = NewType("CodebookVersionId", int)
CoderId = NewType("CoderId", int)
CodingId = NewType("CodingId", int)
DocumentId = NewType("DocumentId", int)
FrameworkCellId = NewType("FrameworkCellId", int)
GuideId = NewType("GuideId", int)
JudgementId = NewType("JudgementId", int)
MembershipId = NewType("MembershipId", int)
MemoId = NewType("MemoId", int)
MemoLinkId = NewType("MemoLinkId", int)
MemoVersionId = NewType("MemoVersionId", int)
ParticipantId = NewType("ParticipantId", int)
QuestionId = NewType("QuestionId", int)
RecordingId = NewType("RecordingId", int)
PickedQuoteId = NewType("PickedQuoteId", int)
PropositionId = NewType("PropositionId", int)
ScoreFileId = NewType("ScoreFileId", int)
ScoreItemId = NewType("ScoreItemId", int)
ScoreSheetId = NewType("ScoreSheetId", int)
StepId = NewType("StepId", int)
SettlementId = NewType("SettlementId", int)
SuccessionId = NewType("SuccessionId", int)
TurnId = NewType("TurnId", int)
VariableId = NewType("VariableId", int)
Guid = NewType("Guid", str)


def new_guid() -> Guid:
    """Return a fresh random GUID in lower case."""
    return Guid(str(uuid.uuid4()))


def parse_guid(text: str) -> Guid | None:
    """Return `text` as a GUID in lower case, or None where it is not one.

    Braces and upper case occur in files of other programs and are accepted.
    """
    try:
        return Guid(str(uuid.UUID(text.strip())))
    except ValueError:
        return None
