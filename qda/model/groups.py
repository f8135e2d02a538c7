"""What cases belong to for a time, and what became of cases that merged or were split."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

from qda.model.ids import (
    CaseId,
    GroupId,
    GroupKindId,
    Guid,
    MembershipId,
    SuccessionId,
)
from qda.model.messages import Message, message

SuccessionKind = Literal["merger", "split", "renaming"]
SUCCESSION_KINDS: Final[tuple[SuccessionKind, ...]] = ("merger", "split", "renaming")
SUCCESSION_WORDS: Final[Mapping[SuccessionKind, Message]] = {
    "merger": message("merger"),
    "split": message("division"),
    "renaming": message("renaming"),
}
FIRST_DAY, LAST_DAY = "0000-00-00", "9999-99-99"
"""What stands for an open end where days are compared as texts."""


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
    """A case is followed by another one, whose first day is `at`."""

    id: SuccessionId
    guid: Guid
    kind: SuccessionKind
    at: str
    old: CaseId
    new: CaseId


def overlap(stretches: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return the first two stretches of days (since, until) that share a day; None for none.

    An open end reaches to the day before the next stretch begins, so it overlaps nothing.
    """
    for one, following in pairwise(sorted(stretches)):
        if following[0] == one[0] or one[1] >= following[0]:
            return one, following
    return None


def ends(memberships: Sequence[Membership]) -> list[str]:
    """Return the last day of each membership of one case and kind, given by first day.

    It is `LAST_DAY` for the last one where its end is open.
    """
    last = [one.until or LAST_DAY for one in memberships]
    for at, following in enumerate(memberships[1:]):
        if following.since:
            last[at] = min(last[at], day_before(following.since))
    return last


def day_before(day: str) -> str:
    """Return the day before; the same for what is no day, as a stranger's project may have."""
    try:
        return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def followed(successions: Iterable[Succession], day: str) -> dict[CaseId, CaseId]:
    """Return the case that each merged or renamed case counts as on `day`.

    A case that was split, or that has several successors, stays what it is: nobody can tell which
    of them a segment would concern. So does every case in a circle, which only a stranger's
    project has.
    """
    of: dict[CaseId, list[Succession]] = {}
    for one in successions:
        if one.at <= day:
            of.setdefault(one.old, []).append(one)
    following = {
        old: some[0].new for old, some in of.items() if len(some) == 1 and some[0].kind != "split"
    }
    found: dict[CaseId, CaseId] = {}
    for old in following:
        seen, at = {old}, old
        while at in following and following[at] not in seen:
            at = following[at]
            seen.add(at)
        if at not in following:
            found[old] = at
    return found


def reaches(following: Mapping[CaseId, set[CaseId]], start: CaseId, goal: CaseId) -> bool:
    """Tell whether one gets from a case to another by going from each to those that follow it."""
    seen: set[CaseId] = set()
    open_cases = [start]
    while open_cases:
        at = open_cases.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            open_cases += following.get(at, ())
    return False


def span_words(since: str, until: str) -> Message:
    """Say from when to when, by month where a month is whole."""
    begin, end = short_since(since), short_until(until)
    if begin and end:
        return message("{since} to {until}", since=begin, until=end)
    if begin:
        return message("from {since}", since=begin)
    return message("until {until}", until=end) if end else message("always")


def short_since(day: str) -> str:
    """Return a first day as a month where it is the first of one."""
    return day[:7] if day.endswith("-01") else day


def short_until(day: str) -> str:
    """Return a last day as a month where it is the last of one."""
    try:
        following = date.fromisoformat(day) + timedelta(days=1) if day else None
    except (ValueError, OverflowError):
        following = None
    return day[:7] if following is not None and following.day == 1 else day
