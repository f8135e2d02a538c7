"""What cases belong to for a time, and what became of cases and groups."""

from dataclasses import dataclass
from typing import Final, Literal

from qda.model.ids import (
    CaseId,
    GroupId,
    GroupKindId,
    Guid,
    MembershipId,
    SuccessionId,
)

SuccessionKind = Literal["merger", "split", "renaming"]
SUCCESSION_KINDS: Final[tuple[SuccessionKind, ...]] = ("merger", "split", "renaming")
SuccessionOf = Literal["case", "group"]


@dataclass(frozen=True, slots=True)
class GroupKind:
    """A kind of groups, such as county: what a row or column of a matrix can be about."""

    id: GroupKindId
    guid: Guid
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """A group of one kind, such as one county."""

    id: GroupId
    guid: Guid
    kind: GroupKindId
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A case belongs to a group from the day `since` to the day `until`, both included.

    Days are ISO texts; an empty one is open. An open end lasts until the case's next membership
    of the same kind begins.
    """

    id: MembershipId
    guid: Guid
    case: CaseId
    group: GroupId
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A case or a group is followed by another one, whose first day is `at`."""

    id: SuccessionId
    guid: Guid
    kind: SuccessionKind
    at: str
    of: SuccessionOf
    old: int
    new: int
