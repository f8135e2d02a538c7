"""Users, codes, variables and values of a `.qdpx` in the terms of a project."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from qda.formats.codebooks.building import code_texts
from qda.formats.codebooks.refi import description_fields
from qda.formats.exchange.extras import ProjectExtras
from qda.formats.exchange.identifiers import derived_guid
from qda.formats.exchange.model import (
    ExchangedCode,
    ExchangedCoder,
    ExchangedValue,
    ExchangedVariable,
)
from qda.formats.exchange.raw import RawCode, RawProject, RawUser, RawValue, RawVariable
from qda.formats.exchange.report import ExchangeReport
from qda.model.entities import Subject, Value, VariableType
from qda.model.ids import Guid
from qda.model.messages import counted, message

_COLOR = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]+")
_OURS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_TYPES: Mapping[str, VariableType] = {
    "text": "text", "boolean": "boolean", "integer": "number", "float": "number",
    "date": "date", "datetime": "date",
}  # fmt: skip
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_MAX_NAME = 1000
CASE: Subject = "case"


def one_line(text: str) -> str:
    """Return a name on one line, without outer white space and forbidden characters."""
    return _CONTROL.sub(" ", text).strip()[:_MAX_NAME]


@lru_cache(maxsize=4096)
def moment(text: str) -> str:
    """Return a time as the project keeps it, empty where it is none; without a zone it is UTC."""
    text = text.strip()
    try:
        found = datetime.fromisoformat(text)
        if _OURS.fullmatch(text):
            return text
        zoned = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return zoned.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# --------------------------------------------------------------------------------- coders
class Coders:
    """The users of a file, and those whom it refers to without naming them."""

    def __init__(
        self, users: Iterable[RawUser], extras: ProjectExtras, report: ExchangeReport
    ) -> None:
        """Take the users as coders."""
        self._report = report
        self._coders: dict[Guid, ExchangedCoder] = {}
        for user in users:
            color = extras.colors.get(user.guid, "")
            self._coders[user.guid] = ExchangedCoder(user.guid, one_line(user.name), color)

    def find(self, *guids: Guid | None) -> Guid | None:
        """Return the first GUID that is given; one that no user has becomes a coder too."""
        guid = next((one for one in guids if one is not None), None)
        if guid is not None and guid not in self._coders:
            self._coders[guid] = ExchangedCoder(guid, f"? {guid[:8]}")
            self._report.decided(
                "coders",
                message("The coder {guid}", guid=guid),
                "Users",
                message("The file names no such user; the identifier is the name."),
            )
        return guid

    def all(self) -> tuple[ExchangedCoder, ...]:
        """Return every coder."""
        return tuple(
            ExchangedCoder(one.guid, one.name or f"? {one.guid[:8]}", one.color)
            for one in self._coders.values()
        )


# ---------------------------------------------------------------------------------- codes
def resolve_codes(
    raw: Iterable[RawCode], extras: ProjectExtras, report: ExchangeReport
) -> tuple[ExchangedCode, ...]:
    """Return the codes with their texts; names may stand twice, GUIDs tell them apart."""
    codes: list[ExchangedCode] = []
    names: set[tuple[Guid | None, str]] = set()
    folders = 0
    for one in raw:
        name = one_line(one.name)
        if not name:
            name = f"? {one.guid[:8]}"
            report.decided(
                "codes",
                message("A code without a name"),
                one.where,
                message("It is called {name} now.", name=name),
            )
        if (one.parent, name) in names:
            report.decided(
                "codes",
                message("The code {name}", name=name),
                one.where,
                message("Two codes in one place have this name; both were kept."),
            )
        names.add((one.parent, name))
        folders += not one.codable
        codes.append(_code(one, name, extras.codes.get(one.guid, ""), report))
    if folders:
        report.decided(
            "codes",
            counted("{n} folder of codes", "{n} folders of codes", folders),
            "CodeBook",
            message("They are codes that are marked as folders; one can code with them too."),
            count=folders,
        )
    return tuple(codes)


def _code(raw: RawCode, name: str, given: str, report: ExchangeReport) -> ExchangedCode:
    fields = description_fields(raw.description)
    color = ""
    if raw.color:
        match = _COLOR.fullmatch(raw.color)
        digits = match[1].lower() if match else ""
        color = "#" + "".join(one * (6 // len(digits)) for one in digits) if digits else ""
        if match is None:
            report.decided(
                "codes",
                message("The colour of the code {name}", name=name),
                raw.where,
                message("{value} is no colour; another was chosen.", value=raw.color[:50]),
            )
    return ExchangedCode(
        guid=raw.guid,
        parent=raw.parent,
        name=name,
        color=color or given,
        **code_texts(fields),
        codable=raw.codable,
        written=None if color and raw.color == color.upper() else raw.color if color else "",
    )


# ----------------------------------------------------------------------- variables and values
class Variables:
    """The variables of a file and their values, sorted by what they are values of."""

    def __init__(self, raw: RawProject, extras: ProjectExtras, report: ExchangeReport) -> None:
        """Take the variables; `extras` knows those that this program wrote."""
        self._extras = extras
        self._report = report
        # A month of an indicator that nobody knows is a variable like any other.
        self._periods = {
            guid: found for guid, found in extras.periods.items() if found[0] in extras.variables
        }
        self._raw = {one.guid: one for one in raw.variables}
        self._order = [one.guid for one in raw.variables]
        self._values: dict[tuple[Guid, Subject], dict[tuple[Guid, str], RawValue]] = {}
        self._unknown = 0

    def add(self, subject: Subject, guid: Guid, values: Iterable[RawValue], where: str) -> None:
        """Note the values of one case, participant or document."""
        for value in values:
            self._report.found["values"] += 1
            variable, period = self._periods.get(value.variable, (value.variable, ""))
            if value.variable not in self._raw:
                self._report.left_out(
                    "values",
                    message("A value"),
                    where,
                    message("There is no such variable in the file."),
                )
                continue
            row = self._values.setdefault((variable, subject), {})
            if (guid, period) in row:
                self._report.left_out(
                    "values",
                    message("A value of {name}", name=self._name(variable)),
                    where,
                    message("There is a value of this variable already; the first was kept."),
                )
                continue
            row[guid, period] = value

    def _name(self, variable: Guid) -> str:
        if variable in self._extras.variables:
            return self._extras.variables[variable].name
        raw = self._raw.get(variable)
        return one_line(raw.name) if raw is not None else ""

    def resolve(self) -> tuple[tuple[ExchangedVariable, ...], tuple[ExchangedValue, ...]]:
        """Return the variables, one for each kind of thing that has values of it, and the values.

        A variable that nothing has values of is one of cases.
        """
        variables: list[ExchangedVariable] = []
        values: list[ExchangedValue] = []
        self._tell_months()
        parted = 0
        there = {*self._raw, *(variable for variable, _month in self._periods.values())}
        own = [one for one in self._extras.variables if one in there]
        for guid in dict.fromkeys((*own, *self._order)):
            if guid in self._periods:
                continue
            known = self._extras.variables.get(guid)
            used = self._subjects_of(guid)
            parted += len(used) > 1
            for number, subject in enumerate(used):
                given = guid if number == 0 else derived_guid(guid, subject)
                row = self._values.get((guid, subject), {})
                if known is not None and subject == known.subject:
                    variables.append(known)
                    values += self._exact(known, row)
                else:
                    self._add_foreign(self._raw[guid], subject, given, variables, values, row)
        if parted:
            self._report.decided(
                "variables",
                counted("{n} variable of the file", "{n} variables of the file", parted),
                "Variables",
                message(
                    "Things of several kinds have values of it; here each kind has a variable of "
                    "its own."
                ),
                count=parted,
            )
        return tuple(variables), tuple(values)

    def _tell_months(self) -> None:
        """Count the months of an indicator, each a variable of the file, as the one they are."""
        months = [guid for guid in self._raw if guid in self._periods]
        indicators = {self._periods[guid][0] for guid in months} - self._raw.keys()
        joined = len(months) - len(indicators)
        if not months:
            return
        self._report.found["variables"] -= joined
        self._report.decided(
            "variables",
            counted(
                "{n} variable of the file, a month of an indicator",
                "{n} variables of the file, each a month of an indicator",
                len(months),
            ),
            "Variables",
            counted(
                "{n} indicator has its values month by month again.",
                "{n} indicators have their values month by month again.",
                len({self._periods[guid][0] for guid in months}),
            ),
            count=len(months),
        )

    def _subjects_of(self, guid: Guid) -> tuple[Subject, ...]:
        """Return what a variable has values of, first what it is known to be a variable of."""
        order: dict[Subject, None] = {}
        if guid in self._extras.variables:
            order[self._extras.variables[guid].subject] = None
        order.update((subject, None) for variable, subject in self._values if variable == guid)
        return tuple(order) or (CASE,)

    def _exact(
        self, known: ExchangedVariable, row: Mapping[tuple[Guid, str], RawValue]
    ) -> Iterable[ExchangedValue]:
        for (subject, period), raw in row.items():
            value = _by_kind(raw)
            if value is None:
                self._report.left_out(
                    "values",
                    message("A value of {name}", name=known.name),
                    "Variables",
                    message("It is not what its variable is."),
                )
                continue
            yield ExchangedValue(known.guid, subject, value, period)

    def _add_foreign(
        self,
        raw: RawVariable,
        subject: Subject,
        guid: Guid,
        variables: list[ExchangedVariable],
        values: list[ExchangedValue],
        row: Mapping[tuple[Guid, str], RawValue],
    ) -> None:
        name = one_line(raw.name) or f"? {guid[:8]}"
        filled = {key: one.text.strip() for key, one in row.items() if one.text.strip()}
        if len(filled) < len(row):
            self._report.left_out(
                "values",
                message("Empty values of {name}", name=name),
                "Variables",
                message("Here a value that is not known is not there."),
                count=len(row) - len(filled),
            )
        kind = _TYPES.get(raw.type.casefold(), "text")
        read = {key: _read(text, kind) for key, text in filled.items()}
        if None in read.values():
            self._report.decided(
                "variables",
                message("The variable {name}", name=name),
                "Variables",
                message("Not all its values are of its type, so it is one of texts now."),
            )
            kind, read = "text", dict(filled)
        variables.append(ExchangedVariable(guid, subject, name, kind))
        values += [
            ExchangedValue(guid, of, value, period)
            for (of, period), value in read.items()
            if value is not None
        ]


def _by_kind(raw: RawValue) -> Value | None:
    """Return a value that this program wrote, just as it was."""
    if raw.kind in ("FloatValue", "IntegerValue"):
        return _read(raw.text.strip(), "number")
    if raw.kind == "BooleanValue":
        return _read(raw.text.strip(), "boolean")
    return raw.text


def _read(text: str, kind: VariableType) -> Value | None:
    """Return a text as a value of a type, None where it is none."""
    if kind == "number":
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return None
        return number if math.isfinite(number) else None
    if kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text.casefold())
    if kind == "date":
        return text[:10] if _DATE.fullmatch(text) else text if moment(text) else None
    return text
