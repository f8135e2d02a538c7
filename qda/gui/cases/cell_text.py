"""Values as they are shown, and as they are written in a cell."""

from qda.formats.cell_values import convert
from qda.gui.language import current_catalogue, say, tr
from qda.model.entities import Value, VariableType
from qda.model.errors import UserError


def shown(value: Value | None) -> str:
    """Return how a value is shown: numbers and dates in the user's language."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, float | int):
        return current_catalogue().format_number(value)
    return value


def shown_as(value: Value | None, kind: VariableType) -> str:
    """Return how a value of a variable of type `kind` is shown."""
    if kind == "date" and isinstance(value, str):
        return current_catalogue().format_date(value)
    return shown(value)


def written(value: Value | None) -> str:
    """Return what stands in the cell while it is written in: numbers without thousands."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    digits = f"{value:.15g}"
    return digits.replace(".", ",") if current_catalogue().language == "nb" else digits


def read(text: str, kind: VariableType) -> tuple[Value | None, str]:
    """Return what a cell's text says as a value of type `kind`, and what is wrong with it."""
    try:
        return convert(text, kind), ""
    except UserError as error:
        return None, say(error.message)
