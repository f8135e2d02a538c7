"""What the table of offices shows, read from the project."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qda.gui.behind import FEW
from qda.model.bands import Banding
from qda.model.changes import Changes
from qda.model.entities import Case, Value, Variable, VariableValue
from qda.model.ids import VariableId
from qda.store import bands, cases, project_info, variables
from qda.store.project_file import ProjectFile

MANY = 5_000
"""Values that changed, of which the months are looked for at a time."""
MUCH = 1_000
"""Values in the table, from which on it is read in pieces."""
Latest = Mapping[VariableId, Mapping[int, Value]]
"""The last value of each case, by variable."""


@dataclass(frozen=True, slots=True)
class BandColumn:
    """Bands of a variable of cases: the labels, and the place of each case that has one."""

    banding: Banding
    variable: Variable
    labels: tuple[str, ...]
    places: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class CaseRows:
    """Every case in its order, the variables in theirs, and a value for each pair that has one.

    Of indicators, which have a value for each month, it is that of the last month, or that of
    `month` where one is chosen. `months` are all there are.
    """

    cases: tuple[Case, ...]
    variables: tuple[Variable, ...]
    values: dict[tuple[VariableId, int], tuple[Value, str]]
    """The value and its month (empty where the variable has none) by variable and case."""
    month: str = ""
    months: tuple[str, ...] = ()
    bands: tuple[BandColumn, ...] = ()


def load_rows(
    project: ProjectFile, month: str, months: tuple[str, ...]
) -> Generator[None, None, CaseRows]:
    """Read the table; `month` is the one that indicators show, empty for the last of each.

    `months` are all there are. Between the pieces of a large table the caller may leave the thread
    to others.
    """
    connection = project.connection
    month = month if month in months else ""
    latest = None if month else variables.latest_of_cases(connection)
    found = variables.of_cases_at(connection, month) if latest is None else latest
    if len(found) >= MUCH:
        yield
    everybody, known = cases.all_cases(connection), variables.of_subject(connection, "case")
    values = {(one.variable, one.subject): (one.value, one.period) for one in found}
    banded = band_columns(
        project, everybody, known, None if latest is None else _by_variable(latest)
    )
    if len(found) >= MUCH:
        yield
    return CaseRows(everybody, known, values, month, months, banded)


def rows_after(
    project: ProjectFile, rows: CaseRows, month: str, months: tuple[str, ...], changes: Changes
) -> CaseRows | None:
    """Return the table after changes of values alone, of which only those are read again.

    None where that does not say what the table is: where values went, or something else changed.
    """
    changed = changes.of("value")
    if changes.touches("case", "variable", "banding") or not changed or len(changed) > FEW:
        return None
    connection = project.connection
    pairs = variables.pairs_of(connection, changed)
    touched = {variable for variable, _ in pairs}
    month = month if month in months else ""
    behind = [one for one in rows.bands if one.variable.id in touched]
    other = month and any(not one.banding.definition.period for one in behind)
    if len(pairs) < len(changed) or month != rows.month or other:
        return None
    values = dict(rows.values)
    for pair in pairs:
        one = variables.of_case_at(connection, *pair, month)
        if one is not None:
            values[pair] = (one.value, one.period)
    latest: dict[VariableId, dict[int, Value]] = {one: {} for one in touched}
    for (variable, case), (value, _) in values.items():
        if variable in touched:
            latest[variable][case] = value
    made = {
        one.banding.id: _band_column(project, one.banding, one.variable, rows.cases, latest)
        for one in behind
    }
    banded = tuple(made.get(one.banding.id, one) for one in rows.bands)
    return replace(rows, values=values, months=months, bands=banded)


def months_after(
    project: ProjectFile, known: tuple[str, ...] | None, changes: Changes
) -> Generator[None, None, tuple[str, ...]]:
    """Return the months there are after changes, of which some were `known` before.

    Where there is much to look through, the caller may leave the thread to others meanwhile.
    """
    connection = project.connection
    values = sorted(changes.of("value"))
    if known is not None and not changes.touches("value", "variable", "case"):
        return known
    maybe = set(known or ())
    if known is None:
        for one in variables.of_subject(connection, "case"):
            if one.periodic:
                maybe |= variables.periods_of_variable(connection, one.id)
                if variables.count(connection, one.id) >= MANY:
                    yield
    for first in range(0, len(values) if known is not None else 0, MANY):
        maybe |= variables.periods_of(connection, values[first : first + MANY])
        if len(values) > MANY:
            yield
    return variables.months_among(connection, maybe)


def band_columns(
    project: ProjectFile,
    everybody: Sequence[Case],
    known: Sequence[Variable],
    latest: Latest | None,
) -> tuple[BandColumn, ...]:
    """Return the band of each case, for all bands of variables of cases.

    The `latest` values of cases are read once, where the caller has not read them.
    """
    connection = project.connection
    bandings = bands.all_bandings(connection)
    if not bandings:
        return ()
    if latest is None and not all(one.definition.period for one in bandings):
        latest = _by_variable(variables.latest_of_cases(connection))
    of = {one.id: one for one in known}
    return tuple(
        _band_column(project, one, of[one.variable], everybody, latest)
        for one in bandings
        if one.variable in of
    )


def _band_column(
    project: ProjectFile,
    banding: Banding,
    variable: Variable,
    everybody: Sequence[Case],
    latest: Latest | None,
) -> BandColumn:
    from qda.analysis.bands import cut

    numbers = numbers_of(project, variable.id, banding.definition.period, latest)
    language = project_info.read(project.connection).language
    made = cut([numbers.get(case.id) for case in everybody], banding.definition, language)
    places: dict[int, int] = {
        case.id: place for case, place in zip(everybody, made.index, strict=True) if place >= 0
    }
    return BandColumn(banding, variable, made.labels, places)


def _by_variable(found: Iterable[VariableValue]) -> Latest:
    latest: dict[VariableId, dict[int, Value]] = {}
    for one in found:
        latest.setdefault(one.variable, {})[one.subject] = one.value
    return latest


def numbers_of(
    project: ProjectFile, variable: VariableId, period: str, latest: Latest | None = None
) -> dict[int, float]:
    """Return the numbers of a variable by case: the latest, of a month, or means of a span."""
    first, _, last = period.partition("/")
    connection = project.connection
    if last:
        return bands.means(connection, variable, first, last)
    if first:
        values: Mapping[int, Value] = variables.in_month(connection, variable, first)
    else:
        if latest is None:
            latest = _by_variable(variables.latest_of_cases(connection))
        values = latest.get(variable, {})
    return {case: float(one) for case, one in values.items() if not isinstance(one, str)}
