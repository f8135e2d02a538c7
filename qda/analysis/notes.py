"""The counting rules that applied to a matrix, in sentences with their counts."""

import numpy as np

from qda.analysis import queries
from qda.analysis.axes import Columns, Lines
from qda.analysis.belonging_notes import belonging_notes
from qda.analysis.dimensions import shown_value
from qda.analysis.property_notes import property_notes
from qda.analysis.tables import Entities, Snapshot
from qda.analysis.vectors import Ints, changes, order_by_group
from qda.model.dimension_words import dimension_word, listed, value_word
from qda.model.matrix import MatrixSpec
from qda.model.messages import Message, MessageValue, counted, message

MOST_QUERIES = 12
"""With more queries in a table than this, their sentences would be longer than the table."""


def notes(
    snapshot: Snapshot,
    spec: MatrixSpec,
    coding: Ints,
    at: Columns,
    lines: tuple[Lines, Lines],
    *,
    capped: int,
) -> tuple[Message, ...]:
    """Return what a reader of the matrix must know; `coding` and `at` are the counted pairs.

    Where a note names dimensions, its value `key` has them as the question does, by ` · `.
    """
    places = coding[changes(coding)]
    return (
        *_filters(snapshot.entities, spec),
        *_queries(snapshot, spec),
        *_several(coding, at, lines),
        *_overlaps(snapshot, spec, places),
        *_coders(snapshot, places, lines),
        *_folded(snapshot, spec, places, lines),
        *_without(coding, lines),
        *property_notes(snapshot.entities, spec),
        *belonging_notes(snapshot.entities, spec, coding, at),
        *_shares(spec, capped),
    )


def _filters(entities: Entities, spec: MatrixSpec) -> list[Message]:
    values: dict[str, list[MessageValue]] = {}
    for name, value in spec.where:
        shown = shown_value(entities, name, value)
        values.setdefault(name, []).append(value_word(name, shown))
    found = [
        message(
            "Only segments with {name}: {values}.",
            name=dimension_word(name),
            values=listed(chosen),
            key=name,
        )
        for name, chosen in values.items()
    ]
    if spec.codes:
        found.append(
            counted(
                "Only {n} chosen code and what is below it.",
                "Only {n} chosen codes and what is below them.",
                len(spec.codes),
            )
        )
    return found


def _queries(snapshot: Snapshot, spec: MatrixSpec) -> list[Message]:
    """Say as sentences what the queries find that the table shows or is filtered by."""
    shown = {name.strip().casefold() for name in (*spec.rows, *spec.columns)}
    by = {
        value.strip().casefold()
        for name, value in (*spec.where, *spec.without)
        if name.strip().casefold() == "query"
    }
    asked = [
        one
        for one in snapshot.entities.queries
        if "query" in shown or {one.name.casefold(), one.guid} & by
    ]
    if len(asked) > MOST_QUERIES:
        return []
    return [
        message("{name}: {sentence}", name=one.name, sentence=queries.sentence(snapshot, one.query))
        for one in asked
    ]


def _axes(lines: tuple[Lines, Lines]) -> set[str]:
    return {dimension.axis for one in lines for dimension in one.dimensions}


def _codings_with_several(coding: Ints, places: Ints) -> int:
    """Return how many codings have more than one different place."""
    known = places >= 0
    owners, values = coding[known], places[known]
    # The pairs stand by coding: two different places of one stand beside each other somewhere.
    differing = owners[1:][(owners[1:] == owners[:-1]) & (values[1:] != values[:-1])]
    return int(changes(differing).sum())


def _several(coding: Ints, at: Columns, lines: tuple[Lines, Lines]) -> list[Message]:
    axes, found = _axes(lines), list[Message]()
    cases = _codings_with_several(coding, at["case"]) if "case" in axes else 0
    if cases:
        found.append(
            counted(
                "A segment that concerns several cases is counted in each of them ({n} segment).",
                "A segment that concerns several cases is counted in each of them ({n} segments).",
                cases,
            )
        )
    people = _codings_with_several(coding, at["participant"]) if "participant" in axes else 0
    if people:
        found.append(
            counted(
                "A segment in which several people speak is counted for each of them "
                "({n} segment).",
                "A segment in which several people speak is counted for each of them "
                "({n} segments).",
                people,
            )
        )
    return found


def _overlaps(snapshot: Snapshot, spec: MatrixSpec, places: Ints) -> list[Message]:
    """Tell how many segments overlap an earlier one of the same code."""
    if spec.cells not in ("segments", "quotes") or not len(places):
        return []
    codings = snapshot.codings
    code, document, start, end = (
        one if len(places) == len(codings) else one[places]
        for one in (codings.code, codings.document, codings.start, codings.end)
    )
    lane = code * (len(snapshot.entities.documents) + 1)
    lane += document
    lane <<= 32
    # By code, then document and start: the codings themselves stand by document and start.
    order = order_by_group(code, len(snapshot.entities.codes))
    reach = np.maximum.accumulate((lane | end)[order])
    lane |= start
    overlapping = int(np.count_nonzero(lane[order][1:] < reach[:-1]))
    if not overlapping:
        return []
    return [
        counted(
            "Overlapping segments with the same code are counted one by one "
            "({n} overlaps an earlier one).",
            "Overlapping segments with the same code are counted one by one "
            "({n} overlap an earlier one).",
            overlapping,
        )
    ]


def _coders(snapshot: Snapshot, places: Ints, lines: tuple[Lines, Lines]) -> list[Message]:
    """Tell that several people's codings of the same texts are counted together."""
    people = int(np.count_nonzero(np.bincount(snapshot.codings.coder[places])))
    if people < 2 or "coder" in _axes(lines):
        return []
    return [
        message("The codings of {n} coders are counted together; filter to count one.", n=people)
    ]


def _folded(
    snapshot: Snapshot, spec: MatrixSpec, places: Ints, lines: tuple[Lines, Lines]
) -> list[Message]:
    if not spec.folded or "code" not in _axes(lines):
        return []
    dimension = next(one for line in lines for one in line.dimensions if one.axis == "code")
    tops = {entry.guid for entry in dimension.entries}
    below = np.array([one.guid not in tops for one in snapshot.entities.codes], dtype=np.bool_)
    within = int(below[snapshot.codings.code[places]].sum()) if len(below) else 0
    if not within:
        return []
    return [
        counted(
            "Subcodes are counted in with the code above them ({n} segment).",
            "Subcodes are counted in with the code above them ({n} segments).",
            within,
        )
    ]


def _without(coding: Ints, lines: tuple[Lines, Lines]) -> list[Message]:
    found: list[Message] = []
    for one in lines:
        if not one.missing:
            continue
        without = coding[one.of_pairs == len(one.combinations)]
        n = int(changes(without).sum())
        if [dimension.name for dimension in one.dimensions] == ["case"]:
            found.append(
                counted(
                    "{n} segment belongs to no case and stands last.",
                    "{n} segments belong to no case and stand last.",
                    n,
                )
            )
        else:
            names = [dimension.name for dimension in one.dimensions]
            found.append(
                counted(
                    "{n} segment has no value for {name} and stands last.",
                    "{n} segments have no value for {name} and stand last.",
                    n,
                    name=listed([dimension_word(name) for name in names], " · "),
                    key=" · ".join(names),
                )
            )
    return found


def _shares(spec: MatrixSpec, capped: int) -> list[Message]:
    if spec.cells != "share":
        return []
    found = [message("The share is of the words that the row's informants said or wrote.")]
    if capped:
        found.append(
            counted(
                "In {n} cell the segments hold more words than that, and the share is set to 1.",
                "In {n} cells the segments hold more words than that, and the share is set to 1.",
                capped,
            )
        )
    return found
