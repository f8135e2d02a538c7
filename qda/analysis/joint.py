"""A joint display: what is coded of each case beside what is known of it, and how they go together.

The table is that of the matrix engine; nothing is counted here. Beside it stand values of the
cases, and under it the correlations of every column of numbers with every number beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qda.analysis.correlation import property_of_cases
from qda.analysis.matrix import answer
from qda.analysis.portraits import courses
from qda.analysis.properties import Property, values_of
from qda.analysis.property_notes import period_note
from qda.analysis.snapshot import prepare_readings
from qda.analysis.statistics import pearson, spearman
from qda.analysis.tables import Entities, Snapshot
from qda.model.entities import Language, Value
from qda.model.errors import NotAllowed
from qda.model.matrix import PERCENT_KINDS, Association, Beside, CellValue, Matrix, MatrixSpec
from qda.model.messages import Message, message
from qda.store.arrays import Connection

FEW = 10
"""Below ten cases not even a correlation of 0.6 is told from chance (at 5 per cent)."""
_NUMBERS = (*PERCENT_KINDS, "share", "presence")


@dataclass(frozen=True, slots=True)
class JointSpec:
    """The table, the variables beside it, and the indicators whose months are drawn.

    An indicator may name a month or a span: `planer@2012-03`, `planer@2012-01/2012-12`. With
    `in_words` the correlations are among the notes; they stand in `beside` anyway.
    """

    matrix: MatrixSpec
    values: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    correlate: bool = True
    in_words: bool = True


def numbers_of_cases(entities: Entities) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the variables of the cases that are one number, and those that have months."""
    known = [one for one in entities.variables if one.subject == "case" and one.type == "number"]
    return (
        tuple(one.name for one in known if not one.periodic),
        tuple(one.name for one in known if one.periodic),
    )


def joint_display(connection: Connection, snapshot: Snapshot, spec: JointSpec) -> Matrix:
    """Return the table with `beside` and the correlations among its notes.

    Raises NotAllowed where the rows are no cases or nothing is to stand beside them, and what the
    matrix and the variables raise.
    """
    if not spec.matrix.rows or spec.matrix.rows[-1].strip().casefold() != "case":
        raise NotAllowed(
            message("A joint display has the cases as its rows; let the rows end with case.")
        )
    if not spec.values and not spec.courses:
        raise NotAllowed(message("Say which variables are to stand beside the codes."))
    properties = [property_of_cases(snapshot.entities, name) for name in spec.values]
    prepare_readings(connection, snapshot.entities, properties)
    matrix = answer(connection, snapshot, spec.matrix)
    places = {case.name: at for at, case in enumerate(snapshot.entities.cases)}
    rows = [places.get(one.names[-1]) if one.names else None for one in matrix.rows]
    beside = [_values(snapshot, one, rows) for one in properties]
    for name in spec.courses:
        found = courses(connection, snapshot, name)
        months = tuple(found[at].values if at is not None else () for at in rows)
        beside.append(Beside(property_of_cases(snapshot.entities, name).name, (), months))
    notes = _period_notes(properties)
    if spec.correlate and spec.matrix.cells in _NUMBERS:
        beside = [replace(one, ties=_ties(matrix, one)) for one in beside]
        if spec.in_words:
            notes += _correlations(matrix, beside, snapshot.entities.language)
        notes += _few(beside)
    return replace(matrix, beside=tuple(beside), notes=(*matrix.notes, *notes))


def _values(snapshot: Snapshot, one: Property, rows: Sequence[int | None]) -> Beside:
    values = values_of(snapshot.entities, one)
    return Beside(one.name, tuple(values[at] if at is not None else None for at in rows))


def _period_notes(properties: Sequence[Property]) -> list[Message]:
    notes = [period_note(one) for one in properties if one.period]
    latest = [one.name for one in properties if one.variable.periodic and not one.period]
    if latest:
        names = ", ".join(latest)
        notes.append(message("Of {names} the latest period counts.", names=names))
    return notes


def _ties(matrix: Matrix, beside: Beside) -> tuple[Association | None, ...]:
    """Return how the values go together with each column of numbers."""
    found: list[Association | None] = []
    for place, column in enumerate(matrix.columns):
        pairs = _pairs([row[place] for row in matrix.cells], beside.values)
        xs, ys = [x for x, _y in pairs], [y for _x, y in pairs]
        r, rho = pearson(xs, ys), spearman(xs, ys)
        if r is None or rho is None or column.missing:
            found.append(None)
        else:
            found.append(Association(r, rho, len(pairs)))
    return tuple(found)


def _correlations(matrix: Matrix, beside: Sequence[Beside], language: Language) -> list[Message]:
    """Say how each number beside the table goes together with each column of numbers."""
    notes: list[Message] = []
    for one in beside:
        found = [
            f"{column.label} r = {coefficient(tie.pearson, language)}, "
            f"\u03c1 = {coefficient(tie.spearman, language)}, n = {tie.n}"
            for column, tie in zip(matrix.columns, one.ties, strict=True)
            if tie is not None
        ]
        if found:
            said = message(
                "{name} with the columns, over cases (Pearson's r, Spearman's \u03c1): {found}.",
                name=one.name,
                found="; ".join(found),
            )
            notes.append(said)
    return notes


def _few(beside: Sequence[Beside]) -> list[Message]:
    """Warn of correlations over few cases."""
    fewest = min((tie.n for one in beside for tie in one.ties if tie is not None), default=FEW)
    if fewest >= FEW:
        return []
    return [
        message(
            "Few cases (n = {n}): correlations as large as these come about by chance; they "
            "describe these cases and prove nothing beyond them.",
            n=fewest,
        )
    ]


def _pairs(cells: Sequence[CellValue], values: Sequence[Value | None]) -> list[tuple[float, float]]:
    return [
        (float(cell), float(value))
        for cell, value in zip(cells, values, strict=False)
        if not isinstance(cell, str | None) and not isinstance(value, str | None)
    ]


def coefficient(value: float, language: Language) -> str:
    """Write a coefficient with two decimals and a true minus."""
    text = f"{value:.2f}".replace("-", "\u2212")
    return text if language == "en" else text.replace(".", ",")
