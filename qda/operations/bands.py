"""What a user does with bands of a variable: define them, change them, remove them."""

import math
from dataclasses import replace

from qda.model.bands import FEWEST_PARTS, MOST_PARTS, MOST_POINTS, BandDefinition, Banding
from qda.model.changes import OpResult
from qda.model.entities import Variable
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import BandingId, VariableId
from qda.model.messages import message
from qda.operations.names import require_free_dimension
from qda.store import bands, variables
from qda.store.project_file import ProjectFile
from qda.text.periods import parse_span

ADD = message("Define bands")
EDIT = message("Change bands")
REMOVE = message("Remove bands")


def add_banding(
    project: ProjectFile,
    *,
    coder: str,
    variable: VariableId,
    name: str,
    definition: BandDefinition,
) -> OpResult[BandingId]:
    """Define bands of a variable; they are counted anew whenever its values change.

    Raises NotFound for a variable that is gone, NotAllowed for a name that is taken, a variable
    without numbers, and a definition that makes no bands.
    """
    kept = checked(_variable(project, variable), definition)
    name = name.strip()
    require_free_dimension(project, name)
    with project.step(ADD, coder) as step:
        added = bands.insert(project.connection, variable, name, kept)
    return OpResult(added, step.changes, step.id)


def edit_banding(
    project: ProjectFile,
    *,
    coder: str,
    banding: BandingId,
    name: str,
    definition: BandDefinition,
) -> OpResult[None]:
    """Give bands another name or another definition. Raises as `add_banding` does."""
    old = _banding(project, banding)
    kept = checked(_variable(project, old.variable), definition)
    name = name.strip()
    if name.casefold() != old.name.casefold():
        require_free_dimension(project, name)
    with project.step(EDIT, coder) as step:
        bands.update(project.connection, replace(old, name=name, definition=kept))
    return OpResult(None, step.changes, step.id)


def remove_banding(project: ProjectFile, *, coder: str, banding: BandingId) -> OpResult[None]:
    """Remove bands; the variable keeps its values."""
    _banding(project, banding)
    with project.step(REMOVE, coder) as step:
        bands.delete(project.connection, banding)
    return OpResult(None, step.changes, step.id)


def checked(variable: Variable, definition: BandDefinition) -> BandDefinition:
    """Return a definition as it is kept. Raises NotAllowed where it makes no bands."""
    if variable.type != "number":
        raise NotAllowed(
            message("{name} holds no numbers, so it cannot be cut into bands.", name=variable.name)
        )
    points: tuple[float, ...] = ()
    if definition.method == "points":
        points = tuple(sorted({float(one) for one in definition.points}))
        if not points or not all(map(math.isfinite, points)):
            raise NotAllowed(message("Write at least one number where the bands are cut."))
        if len(points) > MOST_POINTS:
            raise NotAllowed(message("At most {n} cuts can be made.", n=MOST_POINTS))
    elif not FEWEST_PARTS <= definition.parts <= MOST_PARTS:
        raise NotAllowed(
            message("Choose from {low} to {high} bands.", low=FEWEST_PARTS, high=MOST_PARTS)
        )
    kept = replace(
        definition,
        points=points,
        parts=0 if points else definition.parts,
        period=_period(variable, definition.period),
    )
    labels = [label.strip() for label in definition.labels][: kept.count]
    while labels and not labels[-1]:
        labels.pop()
    return replace(kept, labels=tuple(labels))


def _period(variable: Variable, period: str) -> str:
    if not period.strip():
        return ""
    if not variable.periodic:
        raise NotAllowed(
            message("{name} has no months, so none can be chosen.", name=variable.name)
        )
    span = parse_span(period)
    if span is None:
        raise NotAllowed(
            message("{period} is no month; write it as 2012-03, or two as 2012-01/2012-12.",
                    period=period)
        )  # fmt: skip
    return span


def _variable(project: ProjectFile, variable: VariableId) -> Variable:
    for one in variables.all_variables(project.connection):
        if one.id == variable:
            return one
    raise NotFound(message("The variable is no longer in the project."))


def _banding(project: ProjectFile, banding: BandingId) -> Banding:
    for one in bands.all_bandings(project.connection):
        if one.id == banding:
            return one
    raise NotFound(message("The bands are no longer in the project."))
