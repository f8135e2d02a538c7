"""What a user does with variables and their values, of cases, participants and documents."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qda.model.changes import OpResult
from qda.model.entities import Subject, Value, Variable, VariableType
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import VariableId
from qda.model.import_report import MAIN_ITEMS, ImportKind, ReportBuilder, kind_word
from qda.model.messages import Message, message
from qda.store import memos, variables
from qda.store.project_file import ProjectFile
from qda.text.periods import parse_period

SET = message("Set a value")
ADD = message("Add a variable")
RENAME = message("Rename a variable")
REMOVE = message("Remove a variable")


TYPE_WORDS: dict[VariableType, Message] = {
    "number": message("number"),
    "date": message("date"),
    "boolean": message("yes or no"),
    "text": message("text"),
}


@dataclass(frozen=True, slots=True)
class TypedTable:
    """Columns with types, and one row of values for each subject; None where there is none."""

    columns: tuple[tuple[str, VariableType], ...]
    rows: tuple[tuple[Value | None, ...], ...]


def table_report(kind: ImportKind, source: str, table: TypedTable, *, known: int) -> ReportBuilder:
    """Report on a sheet whose rows all came in; `known` of them were in the project already."""
    report = ReportBuilder(kind, source)
    rows = len(table.rows)
    filled = sum(value is not None for row in table.rows for value in row)
    counts = {"rows": rows, "values": filled}
    report.count_found(counts)
    report.count_kept({**counts, MAIN_ITEMS[kind]: rows})
    if known:
        report.decided(
            MAIN_ITEMS[kind], kind_word(MAIN_ITEMS[kind]), source,
            message("They were in the project already; their values follow the sheet."),
            count=known,
        )  # fmt: skip
    for name, type_ in table.columns:
        report.decided(
            "columns", message("The column {name}", name=name), source,
            message("It is a variable: {kind}.", kind=TYPE_WORDS[type_]),
        )  # fmt: skip
    return report


def write_values(
    project: ProjectFile, subject: Subject, subjects: Sequence[int], table: TypedTable
) -> None:
    """Write a table within an operation that runs; empty cells leave what is there.

    Raises NotAllowed for a variable that has a value for each month.
    """
    connection = project.connection
    known = by_name(project, subject)
    for column, (name, kind) in enumerate(table.columns):
        cells = [
            (who, value)
            for who, row in zip(subjects, table.rows, strict=True)
            if (value := row[column]) is not None
        ]
        variable = known.get(name.casefold())
        if variable is None:
            variable_id = variables.insert(connection, subject, name, kind, periodic=False)
            stored = kind
        else:
            require_periodic(variable, wanted=False)
            # An empty column has no type of its own, so it changes none.
            stored = widen(project, variable, kind) if cells else variable.type
            variable_id = variable.id
        variables.set_many(
            connection,
            ((variable_id, who, "", finite(as_type(value, stored))) for who, value in cells),
        )


def require_periodic(variable: Variable, *, wanted: bool) -> None:
    """Raise NotAllowed where a variable has months and should have none, or the other way."""
    if wanted and not variable.periodic:
        raise NotAllowed(
            message(
                "{name} is a variable without periods; give the monthly values another name.",
                name=variable.name,
            )
        )
    if variable.periodic and not wanted:
        raise NotAllowed(
            message(
                "{name} has a value for each month; give values without months another name.",
                name=variable.name,
            )
        )


def by_name(project: ProjectFile, subject: Subject) -> dict[str, Variable]:
    """Return the variables of cases, participants or documents by folded name."""
    found = variables.of_subject(project.connection, subject)
    return {one.name.casefold(): one for one in found}


def widen(project: ProjectFile, variable: Variable, kind: VariableType) -> VariableType:
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
        ((variable.id, one.subject, one.period, as_type(one.value, "text")) for one in old),
    )
    return "text"


def as_type(value: Value, kind: VariableType) -> Value:
    """Return a value as a variable of that type keeps it: texts keep numbers as digits."""
    if kind != "text" or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def month_of(period: str) -> str:
    """Return a period as `2012-03`. Raises NotAllowed where it is none."""
    month = parse_period(period)
    if month is None:
        raise NotAllowed(message("{period} is no month; write it as 2012-03.", period=period))
    return month


def finite(value: Value) -> Value:
    """Return a value that can be kept. Raises NotAllowed for infinity and what is no number."""
    if not isinstance(value, str) and not math.isfinite(value):
        raise NotAllowed(message("This is not a number that can be kept; write another."))
    return value


def set_value(
    project: ProjectFile,
    *,
    coder: str,
    variable: VariableId,
    subject_id: int,
    value: Value | None,
    period: str = "",
) -> OpResult[None]:
    """Set one value, or clear it with None.

    Raises NotFound for a variable or subject that is gone and NotAllowed for a value that does not
    fit the variable's type, and for a month too few or too many.
    """
    known = _get(project, variable)
    if not memos.has_target(project.connection, known.subject, subject_id):
        raise NotFound(message("What has this value is no longer in the project."))
    require_periodic(known, wanted=bool(period))
    month = month_of(period) if period else ""
    numeric = known.type in ("number", "boolean")
    if isinstance(value, str) and value and numeric:
        raise NotAllowed(
            message("{name} holds numbers or yes and no; write such a value.", name=known.name)
        )
    with project.step(SET, coder) as step:
        if value is None or value == "":
            variables.clear(project.connection, variable, subject_id, month)
        else:
            kept = value if numeric else as_type(value, "text")
            variables.set_many(project.connection, [(variable, subject_id, month, finite(kept))])
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
    found = _get(project, variable)
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
    _get(project, variable)
    with project.step(REMOVE, coder) as step:
        variables.delete(project.connection, variable)
    return OpResult(None, step.changes, step.id)


def _get(project: ProjectFile, variable: VariableId) -> Variable:
    for one in variables.all_variables(project.connection):
        if one.id == variable:
            return one
    raise NotFound(message("The variable is no longer in the project."))


def require_name(name: str) -> None:
    """Raise NotAllowed for an empty name."""
    if not name.strip():
        raise NotAllowed(message("A name cannot be empty; write one."))


def _require_free(project: ProjectFile, subject: Subject, name: str) -> None:
    require_name(name)
    taken = {one.name.casefold() for one in variables.of_subject(project.connection, subject)}
    if name.casefold() in taken:
        raise NotAllowed(message("There is already one called {name}; choose another.", name=name))
