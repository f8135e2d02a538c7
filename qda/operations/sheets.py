"""From a sheet to what an operation takes: cases, participants, indicator values, codings.

Column names are accepted in English, bokmål and nynorsk. Nothing here changes the project.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from qda.formats.sheets import Sheet, SheetCell, convert, guess_type, parse_number, read_sheet
from qda.model.entities import VariableType
from qda.model.errors import FileProblem, NotAllowed, UserError
from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message
from qda.operations.codings import NewCoding, check_span, check_stance, check_value, find_quote
from qda.operations.participants import ParticipantRow
from qda.operations.variables import TypedTable
from qda.store import documents, lookup
from qda.store.project_file import ProjectFile

NAMES: Mapping[str, frozenset[str]] = {
    "pseudonym": frozenset({"pseudonym"}),
    "document": frozenset({"document", "dokument", "kilde", "fil"}),
    "participant": frozenset({"participant", "deltaker", "deltakar", "informant"}),
    "case": frozenset(
        {
            "case",
            "kontor",
            "enhet",
            "office",
            "kasus",
            "nav-kontor",
            "navkontor",
            "kontornavn",
        }
    ),
    "period": frozenset({"period", "periode", "month", "måned", "månad", "maaned"}),
    "variable": frozenset(
        {
            "variable",
            "variabel",
            "indicator",
            "indikator",
            "statistikkvariabel",
        }
    ),
    "number": frozenset({"value", "verdi"}),
    "code": frozenset({"code", "kode"}),
    "start": frozenset({"start", "fra"}),
    "end": frozenset({"end", "slutt", "til"}),
    "quote": frozenset({"quote", "sitat"}),
    "occurrence": frozenset({"occurrence", "forekomst"}),
    "coder": frozenset({"coder", "koder"}),
    "stance": frozenset({"stance", "holdning"}),
    "value": frozenset({"value", "verdi"}),
    "memo": frozenset({"memo", "notat"}),
}


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A sheet of cases, ready for `operations.cases.import_cases`."""

    names: tuple[str, ...]
    pseudonyms: tuple[str, ...]
    table: TypedTable
    file: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantSheet:
    """A sheet of participants, ready for `operations.participants.import_participants`."""

    rows: tuple[ParticipantRow, ...]
    attributes: TypedTable
    file: str = ""


@dataclass(frozen=True, slots=True)
class CodingSheet:
    """A sheet of codings: those that can be made, and what is wrong with each other row."""

    new: tuple[NewCoding, ...]
    failed: tuple[tuple[int, Message], ...]


def _find(sheet: Sheet, what: str) -> int | None:
    for index, column in enumerate(sheet.columns):
        if column.strip().casefold() in NAMES[what]:
            return index
    return None


def _need(path: Path, sheet: Sheet, what: str) -> int:
    index = _find(sheet, what)
    if index is None:
        raise FileProblem(
            message(
                "{file} has no column called {column}; name the columns in the first row.",
                file=path.name,
                column=what if what != "number" else "value",
            )
        )
    return index


def _text(cell: SheetCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _table(sheet: Sheet, columns: Sequence[int]) -> TypedTable:
    """Type the chosen columns by what stands in them and convert their cells."""
    kinds: list[tuple[str, VariableType]] = [
        (sheet.columns[index].strip(), guess_type(row[index] for row in sheet.rows))
        for index in columns
    ]
    rows = tuple(
        tuple(
            convert(row[index], kind, row=number, column=name)
            for index, (name, kind) in zip(columns, kinds, strict=True)
        )
        for number, row in zip(_numbers(sheet), sheet.rows, strict=True)
    )
    return TypedTable(tuple(kinds), rows)


def _numbers(sheet: Sheet) -> tuple[int, ...]:
    return sheet.numbers or tuple(range(2, len(sheet.rows) + 2))


def read_cases(path: Path) -> CaseSheet:
    """Read a sheet whose first column is the case and whose others are variables."""
    sheet = read_sheet(path)
    pseudonym = _find(sheet, "pseudonym")
    columns = [index for index in range(1, len(sheet.columns)) if index != pseudonym]
    names = tuple(_text(row[0]) for row in sheet.rows)
    for number, name in zip(_numbers(sheet), names, strict=True):
        if not name:
            raise FileProblem(
                message(
                    "Row {row} of {file} names no case; write one in the first column.",
                    row=number,
                    file=path.name,
                )
            )
    if len(set(names)) < len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise FileProblem(
            message(
                "{case} stands twice in {file}; give each case one row.",
                case=double,
                file=path.name,
            )
        )
    pseudonyms = tuple(_text(row[pseudonym]) if pseudonym is not None else "" for row in sheet.rows)
    return CaseSheet(names, pseudonyms, _table(sheet, columns), path.name)


def read_participants(path: Path) -> ParticipantSheet:
    """Read a sheet of document (optional), participant and attributes."""
    sheet = read_sheet(path)
    name = _need(path, sheet, "participant")
    document = _find(sheet, "document")
    columns = [index for index in range(len(sheet.columns)) if index not in (name, document)]
    rows: list[ParticipantRow] = []
    for number, row in zip(_numbers(sheet), sheet.rows, strict=True):
        if not _text(row[name]):
            raise FileProblem(
                message(
                    "Row {row} of {file} names no participant; write one.",
                    row=number,
                    file=path.name,
                )
            )
        rows.append(
            ParticipantRow(_text(row[document]) if document is not None else "", _text(row[name]))
        )
    return ParticipantSheet(tuple(rows), _table(sheet, columns), path.name)


def read_codings(project: ProjectFile, path: Path) -> CodingSheet:
    """Read codings and find what they name in the project; a row that fails stops no other."""
    sheet = read_sheet(path)
    _need(path, sheet, "document")
    _need(path, sheet, "code")
    places = {what: _find(sheet, what) for what in NAMES}
    new: list[NewCoding] = []
    failed: list[tuple[int, Message]] = []
    finder = _Finder(project)
    for number, row in zip(_numbers(sheet), sheet.rows, strict=True):
        cells = {
            what: "" if index is None else _verbatim(row[index]) for what, index in places.items()
        }
        try:
            new.append(_coding(finder, cells))
        except UserError as error:
            failed.append((number, error.message))
    return CodingSheet(tuple(new), tuple(failed))


def report_on_codings(sheet: CodingSheet, path: Path) -> ReportBuilder:
    """Begin the report on a sheet of codings with the rows that cannot be codings."""
    report = ReportBuilder("codings", path.name)
    report.count_found({"rows": len(sheet.failed)})
    for row, why in sheet.failed:
        report.left_out("rows", message("Row {row}", row=row), path.name, why)
    return report


def _verbatim(cell: SheetCell) -> str:
    """Return a cell as text without trimming: a quote may begin or end with a space."""
    return cell if isinstance(cell, str) else _text(cell)


class _Finder:
    """Finds what the rows name, each name and text once: a sheet has thousands of rows."""

    def __init__(self, project: ProjectFile) -> None:
        """Look things up in `project`."""
        connection = project.connection
        self.document = cache(partial(lookup.document, connection))
        self.code = cache(partial(lookup.code, connection))
        self.case = cache(partial(lookup.case, connection))
        self.text = cache(partial(documents.text, connection))


def _coding(finder: _Finder, cells: Mapping[str, str]) -> NewCoding:
    document = finder.document(cells["document"].strip()).id
    code = finder.code(cells["code"].strip())
    text = finder.text(document)
    if cells["start"].strip() or cells["end"].strip():
        start, end = _offset(cells["start"]), _offset(cells["end"])
    else:
        occurrence = _offset(cells["occurrence"]) if cells["occurrence"].strip() else 1
        start, end = find_quote(text, cells["quote"], occurrence)
    check_span(start, end, len(text))
    if cells["quote"] and text[start:end] != cells["quote"]:
        raise NotAllowed(
            message("The quote is not what stands at {start} to {end}.", start=start, end=end)
        )
    value = cells["value"].strip()
    check_value(code, value)
    return NewCoding(
        document=document,
        code=code.id,
        start=start,
        end=end,
        stance=check_stance(cells["stance"]),
        value=value,
        memo=cells["memo"].strip(),
        coder=cells["coder"].strip(),
        cases=tuple(
            finder.case(name.strip()).id for name in cells["case"].split("|") if name.strip()
        ),
    )


def _offset(text: str) -> int:
    number = parse_number(text.strip())
    if number is None or not number.is_integer():
        raise NotAllowed(message("A start and an end are whole numbers; write both."))
    return int(number)
