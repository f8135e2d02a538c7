"""What the table of offices shows, read from the project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qda.model.bands import Banding
from qda.model.entities import Case, Value, Variable
from qda.model.ids import VariableId
from qda.store import bands, cases, project_info, variables
from qda.store.project_file import ProjectFile


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


def load_rows(project: ProjectFile, month: str = "") -> CaseRows:
    """Read the table; `month` is the one that indicators show, empty for the last of each."""
    connection = project.connection
    months = variables.months(connection)
    month = month if month in months else ""
    found = (
        variables.of_cases_at(connection, month) if month else variables.latest_of_cases(connection)
    )
    everybody, known = cases.all_cases(connection), variables.of_subject(connection, "case")
    return CaseRows(
        everybody,
        known,
        {(one.variable, one.subject): (one.value, one.period) for one in found},
        month,
        months,
        band_columns(project, everybody, known),
    )


def band_columns(
    project: ProjectFile, everybody: Sequence[Case], known: Sequence[Variable]
) -> tuple[BandColumn, ...]:
    """Return the band of each case, for all bands of variables of cases."""
    connection = project.connection
    bandings = bands.all_bandings(connection)
    if not bandings:
        return ()
    from qda.analysis.bands import cut

    language = project_info.read(connection).language
    of = {one.id: one for one in known}
    found: list[BandColumn] = []
    for one in bandings:
        if one.variable not in of:
            continue
        numbers = numbers_of(project, one.variable, one.definition.period)
        made = cut([numbers.get(case.id) for case in everybody], one.definition, language)
        places: dict[int, int] = {
            case.id: place for case, place in zip(everybody, made.index, strict=True) if place >= 0
        }
        found.append(BandColumn(one, of[one.variable], made.labels, places))
    return tuple(found)


def numbers_of(project: ProjectFile, variable: VariableId, period: str) -> dict[int, float]:
    """Return the numbers of a variable by case: the latest, of a month, or means of a span."""
    first, _, last = period.partition("/")
    connection = project.connection
    if last:
        return bands.means(connection, variable, first, last)
    if first:
        values = variables.in_month(connection, variable, first)
    else:
        latest = variables.latest_of_cases(connection)
        values = {one.subject: one.value for one in latest if one.variable == variable}
    return {case: float(one) for case, one in values.items() if not isinstance(one, str)}
