"""What the table of offices shows, read from the project."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

from qda.model.bands import Banding
from qda.model.changes import Changes
from qda.model.entities import Case, Value, Variable, VariableValue
from qda.model.ids import VariableId
from qda.store import bands, cases, project_info, variables
from qda.store.project_file import ProjectFile

MANY = 5_000
"""Values that changed, from which on it takes no longer to look through all."""


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
    project: ProjectFile, month: str = "", months: tuple[str, ...] | None = None
) -> CaseRows:
    """Read the table; `month` is the one that indicators show, empty for the last of each.

    All `months` are looked for where the caller does not know them.
    """
    connection = project.connection
    if months is None:
        months = variables.months(connection)
    month = month if month in months else ""
    latest = None if month else variables.latest_of_cases(connection)
    found = variables.of_cases_at(connection, month) if latest is None else latest
    everybody, known = cases.all_cases(connection), variables.of_subject(connection, "case")
    return CaseRows(
        everybody,
        known,
        {(one.variable, one.subject): (one.value, one.period) for one in found},
        month,
        months,
        band_columns(project, everybody, known, latest),
    )


def months_after(
    project: ProjectFile, known: tuple[str, ...] | None, changes: Changes
) -> Generator[None, None, tuple[str, ...]]:
    """Return the months there are after changes, of which some were `known` before.

    Where much changed, all of them are looked for: a piece of its own.
    """
    values = changes.of("value")
    if known is None or len(values) > MANY:
        found = variables.months(project.connection)
        yield
        return found
    if not changes.touches("value", "variable", "case"):
        return known
    return variables.months_again(project.connection, known, values)


def band_columns(
    project: ProjectFile,
    everybody: Sequence[Case],
    known: Sequence[Variable],
    latest: Sequence[VariableValue] | None,
) -> tuple[BandColumn, ...]:
    """Return the band of each case, for all bands of variables of cases.

    The `latest` values of cases are read once, where the caller has not read them.
    """
    connection = project.connection
    bandings = bands.all_bandings(connection)
    if not bandings:
        return ()
    from qda.analysis.bands import cut

    if latest is None and not all(one.definition.period for one in bandings):
        latest = variables.latest_of_cases(connection)
    language = project_info.read(connection).language
    of = {one.id: one for one in known}
    found: list[BandColumn] = []
    for one in bandings:
        if one.variable not in of:
            continue
        numbers = numbers_of(project, one.variable, one.definition.period, latest)
        made = cut([numbers.get(case.id) for case in everybody], one.definition, language)
        places: dict[int, int] = {
            case.id: place for case, place in zip(everybody, made.index, strict=True) if place >= 0
        }
        found.append(BandColumn(one, of[one.variable], made.labels, places))
    return tuple(found)


def numbers_of(
    project: ProjectFile,
    variable: VariableId,
    period: str,
    latest: Sequence[VariableValue] | None = None,
) -> dict[int, float]:
    """Return the numbers of a variable by case: the latest, of a month, or means of a span."""
    first, _, last = period.partition("/")
    connection = project.connection
    if last:
        return bands.means(connection, variable, first, last)
    if first:
        values = variables.in_month(connection, variable, first)
    else:
        latest = variables.latest_of_cases(connection) if latest is None else latest
        values = {one.subject: one.value for one in latest if one.variable == variable}
    return {case: float(one) for case, one in values.items() if not isinstance(one, str)}
