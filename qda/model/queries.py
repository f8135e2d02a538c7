"""Queries: which coded segments, by their codes, by what stands near them and by who says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import Guid

Relation = Literal["overlaps", "same-turn", "near", "same-document"]
RELATIONS: tuple[Relation, ...] = ("overlaps", "same-turn", "near", "same-document")
NearUnit = Literal["words", "turns"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What must (or with `negated` must not) stand by a segment.

    `near` takes `distance` in `unit`: at most that many words, or turns, lie between the two.
    """

    relation: Relation
    query: Query
    negated: bool = False
    distance: int = 0
    unit: NearUnit = "words"


@dataclass(frozen=True, slots=True)
class Query:
    """Segments with one of `codes` (any code, where empty) that meet the conditions.

    Codes are GUIDs and stand for their subcodes too, unless `unfolded`. `where` are pairs of a
    dimension and a value, as a matrix filters by. With `any_condition` one condition is enough.
    """

    codes: tuple[Guid, ...] = ()
    conditions: tuple[Condition, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    any_condition: bool = False
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query kept under a name."""

    id: int
    guid: Guid
    name: str
    query: Query
    position: int
