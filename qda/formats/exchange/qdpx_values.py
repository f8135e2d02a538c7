"""Variables and values as REFI-QDA writes them: each month of an indicator is a variable."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from qda.formats.exchange.identifiers import derived_guid
from qda.formats.exchange.model import ExchangedProject, ExchangedValue, ExchangedVariable
from qda.formats.exchange.xml_writer import XmlLines
from qda.model.entities import Subject, Value, VariableType
from qda.model.ids import Guid

_TYPES: Mapping[VariableType, str] = {
    "text": "Text", "number": "Float", "date": "Date", "boolean": "Boolean",
}  # fmt: skip
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def value_element(value: Value, kind: VariableType) -> tuple[str, str]:
    """Return the element that a value is written as, and its text."""
    if isinstance(value, bool):
        return "BooleanValue", "true" if value else "false"
    if isinstance(value, str):
        return ("DateValue" if kind == "date" and _is_date(value) else "TextValue"), value
    # The schema's decimal has no exponent.
    number = Decimal(repr(float(value)))
    whole = number == number.to_integral_value() and abs(number) < 10**15
    return "FloatValue", format(number.to_integral_value() if whole else number, "f")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return _DATE.fullmatch(text) is not None


class PlannedVariables:
    """The variables of an exchange file, and which of them each value is of.

    `periods` names, for the variable of one month, the indicator and the month.
    """

    def __init__(self, project: ExchangedProject) -> None:
        """Plan the variables of a project."""
        self.periods: dict[Guid, tuple[Guid, str]] = {}
        self._known = {one.guid: one for one in project.variables}
        self._of_subject: dict[tuple[Subject, Guid], list[ExchangedValue]] = {}
        self._written: list[tuple[Guid, str, VariableType]] = []
        months: dict[Guid, set[str]] = {}
        for value in project.values:
            subject = self._known[value.variable].subject
            self._of_subject.setdefault((subject, value.subject), []).append(value)
            months.setdefault(value.variable, set()).add(value.period)
        names: set[str] = set()
        for variable in project.variables:
            self._plan(variable, sorted(months.get(variable.guid, {""})), names)

    def _plan(self, variable: ExchangedVariable, months: Sequence[str], names: set[str]) -> None:
        for month in months:
            guid = derived_guid(variable.guid, month) if month else variable.guid
            name = f"{variable.name} {month}" if month else variable.name
            # Other tools know one set of variables, so a name that several have says of what.
            name = name if name not in names else f"{name} ({variable.subject})"
            names.add(name)
            self._written.append((guid, name, variable.type))
            if month:
                self.periods[guid] = (variable.guid, month)

    def write(self, xml: XmlLines) -> None:
        """Write the variables; nothing where there are none."""
        if not self._written:
            return
        xml.open("Variables")
        for guid, name, kind in self._written:
            xml.empty("Variable", guid=guid, name=name, typeOfVariable=_TYPES[kind])
        xml.close("Variables")

    def guids(self) -> Iterable[Guid]:
        """Return the GUIDs of the variables as they are written."""
        return (guid for guid, _name, _kind in self._written)

    def of_subject(self, subject: Subject, guid: Guid) -> Sequence[ExchangedValue]:
        """Return the values of one case, participant or document."""
        return self._of_subject.get((subject, guid), ())

    def guid_of(self, value: ExchangedValue) -> Guid:
        """Return the GUID of the variable that a value is written under."""
        if value.period:
            return derived_guid(value.variable, value.period)
        return value.variable

    def type_of(self, value: ExchangedValue) -> VariableType:
        """Return the type of a value's variable."""
        return self._known[value.variable].type
