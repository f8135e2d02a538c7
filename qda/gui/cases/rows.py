"""What the table of offices shows, read from the project."""

from dataclasses import dataclass

from qda.model.entities import Case, Value, Variable
from qda.model.ids import VariableId
from qda.store import cases, variables
from qda.store.project_file import ProjectFile


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


def load_rows(project: ProjectFile, month: str = "") -> CaseRows:
    """Read the table; `month` is the one that indicators show, empty for the last of each."""
    connection = project.connection
    months = variables.months(connection)
    month = month if month in months else ""
    found = (
        variables.of_cases_at(connection, month) if month else variables.latest_of_cases(connection)
    )
    return CaseRows(
        cases.all_cases(connection),
        variables.of_subject(connection, "case"),
        {(one.variable, one.subject): (one.value, one.period) for one in found},
        month,
        months,
    )
