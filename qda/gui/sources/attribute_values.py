"""What a user writes into an attribute, as a value of its type."""

from datetime import date

from qda.formats.cell_values import parse_number
from qda.gui.language import tr
from qda.model.entities import Value, Variable
from qda.model.errors import NotAllowed
from qda.model.messages import message


def written_value(variable: Variable, written: object) -> Value | None:
    """Return the value that was written, None for none. Raises NotAllowed where it does not fit."""
    text = str(written).strip()
    if not text:
        return None
    if variable.type == "text":
        return text
    if variable.type == "boolean":
        return _truth(variable, text)
    if variable.type == "number":
        number = parse_number(text)
        if number is None:
            raise NotAllowed(
                message("{value} is not a number, as {name} needs.", value=text, name=variable.name)
            )
        return number
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotAllowed(
            message(
                "{value} is not a date, as {name} needs; write it as 2024-03-12.",
                value=text,
                name=variable.name,
            )
        ) from None


def _truth(variable: Variable, text: str) -> bool:
    word = text.casefold()
    if word in (tr("yes").casefold(), "yes", "ja", "true", "1"):
        return True
    if word in (tr("no").casefold(), "no", "nei", "false", "0"):
        return False
    raise NotAllowed(
        message("{value} is neither yes nor no, as {name} needs.", value=text, name=variable.name)
    )
