"""Correlate two things that every case has a number for: indicators, variables, counts of codes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qda.analysis.dimensions import find_code, find_subject
from qda.analysis.matrix import build_matrix
from qda.analysis.properties import Property, values_of
from qda.analysis.property_notes import period_note
from qda.analysis.scores import case_means, find_item
from qda.analysis.snapshot import prepare_readings
from qda.analysis.statistics import FEWEST, fisher_interval, pearson, spearman
from qda.analysis.tables import Entities, Snapshot
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CaseId
from qda.model.matrix import MatrixSpec
from qda.model.messages import Message, counted, message
from qda.store.arrays import Connection
from qda.text.periods import parse_period

CODE, SCORE = "code:", "score:"
SMALL = 20
"""Below this many cases the reader is told how little a correlation says."""


@dataclass(frozen=True, slots=True)
class Point:
    """A case with both its values."""

    case: CaseId
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Correlation:
    """How two things go together over the `n` cases that have both.

    `interval` is the 95 % confidence interval of `pearson`. What has no value is None, and a note
    says why.
    """

    x: str
    y: str
    pearson: float | None
    spearman: float | None
    n: int
    interval: tuple[float, float] | None
    points: tuple[Point, ...]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    values: Mapping[CaseId, float]
    notes: tuple[Message, ...] = ()
    periodic: bool = False


def correlate(
    connection: Connection, snapshot: Snapshot, x: str, y: str, *, period: str = ""
) -> Correlation:
    """Correlate two variables of cases; `code:PATH` counts the segments of a code, folded.

    `score:INDICATOR` is the mean score of a case (`score:SHEET/INDICATOR` where several have it).

    Of an indicator the values of `period` (a month) count, else of each case the latest. Raises
    NotFound, Ambiguous, or NotAllowed for what has no numbers.
    """
    month = _month(period)
    both = tuple(_series(connection, snapshot, name, month) for name in (x, y))
    if month and not any(one.periodic for one in both):
        raise NotAllowed(message("Neither {x} nor {y} has months; leave the period out.", x=x, y=y))
    points = tuple(
        Point(case.id, case.name, both[0].values[case.id], both[1].values[case.id])
        for case in snapshot.entities.cases
        if all(case.id in one.values for one in both)
    )
    xs, ys = [point.x for point in points], [point.y for point in points]
    r, n = pearson(xs, ys), len(points)
    # What is said of both is said once.
    said = {str(note): note for one in both for note in one.notes}
    return Correlation(
        x=both[0].name,
        y=both[1].name,
        pearson=r,
        spearman=spearman(xs, ys),
        n=n,
        interval=fisher_interval(r, n),
        points=points,
        notes=(
            *said.values(),
            *_left_out(snapshot, both, n),
            *_why_nothing(both, xs, ys),
        ),
    )


def _month(period: str) -> str:
    if not period.strip():
        return ""
    month = parse_period(period)
    if not month:
        raise NotAllowed(message("{period} is no month; write it as 2012-03.", period=period))
    return month


def _series(connection: Connection, snapshot: Snapshot, name: str, month: str) -> _Series:
    if name.strip().casefold().startswith(CODE):
        return _counts(snapshot, name.strip()[len(CODE) :].strip())
    if name.strip().casefold().startswith(SCORE):
        sheet, item = find_item(connection, name.strip()[len(SCORE) :])
        note = message("Of {item} the mean of the scored files counts.", item=item.name)
        return _Series(SCORE + item.name, case_means(connection, sheet, item), (note,))
    one = property_of_cases(snapshot.entities, name)
    variable = one.variable
    if variable.type not in ("number", "boolean"):
        raise NotAllowed(
            message("{name} holds no numbers, so it cannot be correlated.", name=one.name)
        )
    if month and variable.periodic and not one.period:
        one = replace(one, period=month)
    prepare_readings(connection, snapshot.entities, [one])
    values = values_of(snapshot.entities, one)
    if one.period and all(value is None for value in values):
        raise NotFound(
            message("{name} has no values for {month}.", name=variable.name, month=one.period)
        )
    notes: tuple[Message, ...] = ()
    if one.period:
        notes = (period_note(one),)
    elif variable.periodic:
        notes = (message("Of {names} the latest period counts.", names=variable.name),)
    pairs = zip(snapshot.entities.cases, values, strict=True)
    return _Series(
        one.name,
        {case.id: float(value) for case, value in pairs if not isinstance(value, str | None)},
        notes,
        variable.periodic,
    )


def property_of_cases(entities: Entities, name: str) -> Property:
    """Return the property of cases that is called so, also where participants have one too.

    Raises NotFound, Ambiguous, or NotAllowed for what is something else.
    """
    wanted = name.strip().casefold()
    of_cases = any(
        one.subject == "case" and one.name.casefold() == wanted for one in entities.variables
    )
    found = find_subject(entities, f"case:{name}" if of_cases else name)
    if not isinstance(found, Property) or found.subject != "case" or found.banding is not None:
        raise NotAllowed(_no_variable_of_cases(entities, name))
    return found


def _no_variable_of_cases(entities: Entities, name: str) -> Message:
    """Say that a name means something else, and what could be correlated instead."""
    fitting = [
        one.name
        for one in entities.variables
        if one.subject == "case" and one.type in ("number", "boolean")
    ]
    if not fitting:
        return message(
            "{name} is no variable of cases, and no case has numbers; write code: and a code.",
            name=name,
        )
    return message(
        "{name} is no variable of cases; choose one of these: {names}, or write code: and a code.",
        name=name,
        names=", ".join(fitting),
    )


def _counts(snapshot: Snapshot, text: str) -> _Series:
    """Count the segments of a code, and those below it, in every case that has any material."""
    code = find_code(snapshot.entities, text)
    matrix = build_matrix(snapshot, MatrixSpec(codes=frozenset({code})))
    values: dict[CaseId, float] = {}
    ids = {str(case.guid): case.id for case in snapshot.entities.cases}
    for heading, row in zip(matrix.rows, matrix.cells, strict=True):
        # The row of what belongs to no case has no GUID, and no material is no value.
        case, value = ids.get(heading.guid or ""), row[0]
        if case is not None and isinstance(value, int | float):
            values[case] = float(value)
    path = matrix.columns[0].label
    return _Series(
        CODE + path,
        values,
        (
            message("Of {code} the segments are counted.", code=path),
            # The first one says that only this code was chosen.
            *matrix.notes[1:],
        ),
    )


def _left_out(snapshot: Snapshot, both: tuple[_Series, ...], n: int) -> list[Message]:
    missing = len(snapshot.entities.cases) - n
    if not missing:
        return []
    return [
        counted(
            "{n} case lacks {x} or {y} and is left out.",
            "{n} cases lack {x} or {y} and are left out.",
            missing,
            x=both[0].name,
            y=both[1].name,
        )
    ]


def _why_nothing(both: tuple[_Series, ...], xs: list[float], ys: list[float]) -> list[Message]:
    """Say why there is no coefficient, or how little one over few cases says."""
    if len(xs) < FEWEST:
        return [
            counted(
                "Only {n} case has both, too few for a correlation.",
                "Only {n} cases have both, too few for a correlation.",
                len(xs),
            )
        ]
    constant = [
        one.name for one, values in zip(both, (xs, ys), strict=True) if len(set(values)) == 1
    ]
    if constant:
        return [
            message("{name} is the same in all these cases, so nothing correlates.", name=name)
            for name in dict.fromkeys(constant)
        ]
    if len(xs) >= SMALL:
        return []
    return [
        counted(
            "Over {n} case a correlation is uncertain: a single one may turn it.",
            "Over {n} cases a correlation is uncertain: a single one may turn it.",
            len(xs),
        )
    ]
