"""What a reader must know of groups that cases belonged to, and of cases counted as others."""

import numpy as np

from qda.analysis.axes import Columns
from qda.analysis.belonging import (
    UNDATED,
    Moments,
    chosen_day,
    group_dimension,
    moments,
    split_names,
    successor_names,
    used_kinds,
)
from qda.analysis.property_notes import used_properties
from qda.analysis.tables import Entities
from qda.analysis.vectors import Ints
from qda.model.groups import GroupKind
from qda.model.matrix import MatrixSpec
from qda.model.messages import Message, counted, message

NAMED = 12
"""So many successors are named under a table."""


def belonging_notes(
    entities: Entities, spec: MatrixSpec, coding: Ints, at: Columns
) -> list[Message]:
    """Say on what day groups count, what has no group and why, and which cases count as others."""
    found: list[Message] = []
    kinds = used_kinds(entities, spec)
    held = moments(entities) if kinds else None
    for kind in kinds:
        assert held is not None  # noqa: S101 - made with the first kind
        found.append(_rule(kind, spec, held))
        found += _without(entities, spec, kind, held, coding, at["moment"])
    return [*found, *_successors(entities, spec)]


def _rule(kind: GroupKind, spec: MatrixSpec, held: Moments) -> Message:
    day = chosen_day(spec.as_of)
    if day:
        return message(
            "{kind} is what the office belonged to on {day}, whenever the interview was.",
            kind=kind.name, day=day,
        )  # fmt: skip
    if not held.variables:
        return message(
            "{kind} is what the office ever belonged to, where that is one only: neither "
            "informants nor documents have a date of interview.",
            kind=kind.name,
        )
    return message(
        "{kind} is what the office belonged to on the day of the interview ({variables}); without "
        "a day, the only one it ever belonged to.",
        kind=kind.name, variables=", ".join(dict.fromkeys(one.name for one in held.variables)),
    )  # fmt: skip


def _without(
    entities: Entities,
    spec: MatrixSpec,
    kind: GroupKind,
    held: Moments,
    coding: Ints,
    moment: Ints,
) -> list[Message]:
    """Say how many of the counted segments have no group, or one without a day, and why."""
    place = group_dimension(entities, kind, spec).index[moment]
    with_case, no_day = moment >= 0, moment % held.width == UNDATED
    if chosen_day(spec.as_of):
        no_day = np.zeros_like(with_case)
    within = {one.id for one in entities.groups if one.kind == kind.id}
    members = {one.case for one in entities.memberships if one.group in within}
    ever = np.array([*(one.id in members for one in entities.cases), False], dtype=np.bool_)
    belongs = ever[np.where(with_case, moment // held.width, -1)]

    def segments(flags: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> int:
        return len(np.unique(coding[flags]))

    found: list[Message] = []
    assumed = segments(no_day & with_case & (place >= 0))
    if assumed:
        found.append(
            counted(
                "{n} segment has no known day; its office only ever belonged to one {kind}.",
                "{n} segments have no known day; their offices only ever belonged to one {kind}.",
                assumed, kind=kind.name,
            )
        )  # fmt: skip
    unknown = segments(no_day & belongs & (place < 0))
    if unknown:
        found.append(
            counted(
                "Unknown date: {n} segment has no known day, and its office belonged to several; "
                "it counts for no {kind}.",
                "Unknown date: {n} segments have no known day, and their offices belonged to "
                "several; they count for no {kind}.",
                unknown, kind=kind.name,
            )
        )  # fmt: skip
    outside = segments(~no_day & with_case & (place < 0))
    if outside:
        found.append(
            counted(
                "{n} segment is of an office that belonged to no {kind} on the day.",
                "{n} segments are of offices that belonged to no {kind} on the day.",
                outside, kind=kind.name,
            )
        )  # fmt: skip
    return found


def _successors(entities: Entities, spec: MatrixSpec) -> list[Message]:
    day = chosen_day(spec.successors)
    if not day:
        return []
    names = successor_names(entities, spec)
    if not names:
        return [message("No office was followed by another by {day}.", day=day)]
    said = [f"{', '.join(before)} → {after}" for after, before in list(names.items())[:NAMED]]
    found = [
        message(
            "Offices that merged or took another name by {day} count as those that followed them: "
            "{offices}.",
            day=day, offices="; ".join(said) + ("; …" if len(names) > NAMED else ""),
        )
    ]  # fmt: skip
    split = split_names(entities, spec)
    if split:
        found.append(
            message(
                "Offices that were divided count as themselves, since nobody can tell which part a "
                "segment would concern: {offices}.",
                offices=", ".join(split[:NAMED]) + (", …" if len(split) > NAMED else ""),
            )
        )
    if any(one.subject == "case" for one in used_properties(entities, spec)):
        found.append(
            message(
                "Values of offices are those of the office that followed; what its predecessors "
                "had is not added up, since shares cannot be."
            )
        )
    return found
