"""What the table of offices shows, read from the project."""

from dataclasses import dataclass

from qda.model.entities import Case, Value, Variable
from qda.model.ids import VariableId
from qda.store import cases, variables
from qda.store.project_file import ProjectFile


@dataclass(frozen=True, slots=True)
class CaseRows:
    """Every case in its order, the variables in theirs, and a value for each pair that has one.

    Of indicators, which have a value for each month, it is that of the last month.
    """

    cases: tuple[Case, ...]
    variables: tuple[Variable, ...]
    values: dict[tuple[VariableId, int], tuple[Value, str]]
    """The value and its month (empty where the variable has none) by variable and case."""


def load_rows(project: ProjectFile) -> CaseRows:
    """Read the table."""
    connection = project.connection
    return CaseRows(
        cases.all_cases(connection),
        variables.of_subject(connection, "case"),
        {
            (one.variable, one.subject): (one.value, one.period)
            for one in variables.latest_of_cases(connection)
        },
    )
