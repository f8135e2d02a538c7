"""What a user does with variables and their values, of cases, participants and documents."""

from collections.abc import Sequence
from dataclasses import dataclass

from qda.model.changes import OpResult
from qda.model.entities import Subject, Value, Variable, VariableType
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import VariableId
from qda.model.messages import message
from qda.store import lookup, variables
from qda.store.project_file import ProjectFile

SET = message("Set a value")
ADD = message("Add a variable")
RENAME = message("Rename a variable")
REMOVE = message("Remove a variable")
IMPORT = message("Import indicator values")


@dataclass(frozen=True, slots=True)
class TypedTable:
    """Columns with types, and one row of values for each subject; None where there is none."""

    columns: tuple[tuple[str, VariableType], ...]
    rows: tuple[tuple[Value | None, ...], ...]


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """One value of an indicator: case, month (`2012-03`), variable, number or text."""

    case: str
    period: str
    variable: str
    value: Value


def write_values(
    project: ProjectFile, subject: Subject, subjects: Sequence[int], table: TypedTable
) -> None:
    """Write a table within an operation that runs; empty cells leave what is there."""
    connection = project.connection
    known = _by_name(project, subject)
    for column, (name, kind) in enumerate(table.columns):
        variable = known.get(name.casefold())
        if variable is None:
            variable_id, stored = (
                variables.insert(connection, subject, name, kind, periodic=False),
                kind,
            )
        else:
            variable_id, stored = variable.id, _widen(project, variable, kind)
        variables.set_many(
            connection,
            (
                (variable_id, who, "", _as_type(value, stored))
                for who, row in zip(subjects, table.rows, strict=True)
                if (value := row[column]) is not None
            ),
        )


def _by_name(project: ProjectFile, subject: Subject) -> dict[str, Variable]:
    found = variables.of_subject(project.connection, subject)
    return {one.name.casefold(): one for one in found}


def _widen(project: ProjectFile, variable: Variable, kind: VariableType) -> VariableType:
    """Make a variable a text when new values are of another type; nothing is lost by that."""
    if variable.type in (kind, "text"):
        return variable.type
    connection = project.connection
    old = [
        value
        for value in variables.values(connection, variable.subject)
        if value.variable == variable.id
    ]
    variables.update(
        connection,
        Variable(
            variable.id, variable.guid, variable.subject, variable.name, "text",
            variable.periodic, variable.position,
        ),
    )  # fmt: skip
    variables.set_many(
        connection,
        ((variable.id, one.subject, one.period, _as_type(one.value, "text")) for one in old),
    )
    return "text"


def _as_type(value: Value, kind: VariableType) -> Value:
    if kind != "text" or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def import_period_values(
    project: ProjectFile, *, coder: str, values: Sequence[PeriodValue]
) -> OpResult[int]:
    """Write monthly values of indicators of cases. Raises NotFound for an unknown case."""
    connection = project.connection
    with project.step(IMPORT, coder) as step:
        known = _by_name(project, "case")
        found: dict[str, int] = {}
        rows: list[tuple[VariableId, int, str, Value]] = []
        for one in values:
            if one.case not in found:
                found[one.case] = lookup.case(connection, one.case).id
            variable = known.get(one.variable.casefold())
            if variable is None:
                kind: VariableType = "text" if isinstance(one.value, str) else "number"
                variables.insert(connection, "case", one.variable, kind, periodic=True)
                known = _by_name(project, "case")
                variable = known[one.variable.casefold()]
            if not variable.periodic:
                raise NotAllowed(
                    message(
                        "{name} is a variable without periods; "
                        "give the monthly values another name.",
                        name=variable.name,
                    )
                )
            stored = (
                _widen(project, variable, "text") if isinstance(one.value, str) else variable.type
            )
            rows.append((variable.id, found[one.case], one.period, _as_type(one.value, stored)))
        count = variables.set_many(connection, rows)
    return OpResult(count, step.changes, step.id)


def set_value(
    project: ProjectFile,
    *,
    coder: str,
    variable: VariableId,
    subject_id: int,
    value: Value | None,
    period: str = "",
) -> OpResult[None]:
    """Set one value, or clear it with None."""
    with project.step(SET, coder) as step:
        if value is None or value == "":
            variables.clear(project.connection, variable, subject_id, period)
        else:
            variables.set_many(project.connection, [(variable, subject_id, period, value)])
    return OpResult(None, step.changes, step.id)


def add_variable(
    project: ProjectFile,
    *,
    coder: str,
    subject: Subject,
    name: str,
    kind: VariableType = "text",
) -> OpResult[VariableId]:
    """Add a variable. Raises NotAllowed when the name is empty or taken."""
    name = name.strip()
    _require_free(project, subject, name)
    with project.step(ADD, coder) as step:
        added = variables.insert(project.connection, subject, name, kind, periodic=False)
    return OpResult(added, step.changes, step.id)


def rename_variable(
    project: ProjectFile, *, coder: str, variable: VariableId, name: str
) -> OpResult[None]:
    """Give a variable another name. Raises NotAllowed when the name is empty or taken."""
    found = next(
        (one for one in variables.all_variables(project.connection) if one.id == variable), None
    )
    if found is None:
        raise NotFound(message("The variable is no longer in the project."))
    name = name.strip()
    if name.casefold() != found.name.casefold():
        _require_free(project, found.subject, name)
    with project.step(RENAME, coder) as step:
        variables.update(
            project.connection,
            Variable(
                found.id, found.guid, found.subject, name, found.type, found.periodic,
                found.position,
            ),
        )  # fmt: skip
    return OpResult(None, step.changes, step.id)


def remove_variable(project: ProjectFile, *, coder: str, variable: VariableId) -> OpResult[None]:
    """Remove a variable with its values."""
    with project.step(REMOVE, coder) as step:
        variables.delete(project.connection, variable)
    return OpResult(None, step.changes, step.id)


def _require_free(project: ProjectFile, subject: Subject, name: str) -> None:
    if not name:
        raise NotAllowed(message("A name cannot be empty; write one."))
    taken = {one.name.casefold() for one in variables.of_subject(project.connection, subject)}
    if name.casefold() in taken:
        raise NotAllowed(message("There is already one called {name}; choose another.", name=name))
