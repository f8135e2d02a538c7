"""Read the first sheet of an `.xlsx` workbook, also one from a stranger."""

import datetime as dt
import io
import math
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol, cast

from qda.formats.cell_values import SheetCell
from qda.formats.grid import MAX_COLUMNS, Grid, filled_rows, read_bytes, too_large
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

_MAX_UNPACKED = 500_000_000
_MAX_MEMBERS = 10_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_WIDE_REFERENCE = re.compile(rb"""\br\s*=\s*["'][A-Za-z]{4,}\d""")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s+ref\s*=\s*["']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"""
)
_NO_RESULT = re.compile(
    rb"""<c(?:\s+(?!t=)[\w:]+="[^"]*")*\s*>"""  # a cell that is not said to be text
    rb"""(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?\s*</c>"""
)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, NotImplementedError, RuntimeError, OverflowError, MemoryError,
)  # fmt: skip
"""What openpyxl raises on damaged workbooks; XML errors of both its parsers are SyntaxError."""


class _Cell(Protocol):
    value: object
    data_type: str
    number_format: str


class _Worksheet(Protocol):
    title: str
    sheet_state: str

    def iter_rows(self) -> Iterable[tuple[_Cell, ...]]: ...
    def reset_dimensions(self) -> None: ...


class _Workbook(Protocol):
    worksheets: list[_Worksheet]

    def close(self) -> None: ...


def read_xlsx(path: Path) -> Grid:
    """Read the first visible sheet with anything in it, with the results of its formulas.

    Numbers, yes and no keep their type, dates become ISO texts, percentages count as shown
    (a cell that shows 63 % is 63), `#N/A` is empty. Raises FileProblem for a file that is no
    workbook, damaged, encrypted, too large or holds a cell with an error.
    """
    data = read_bytes(path)
    if data.startswith(_OLE):
        raise FileProblem(
            message(
                "{file} is protected by a password or in the old .xls format: save it as .xlsx "
                "without a password.",
                file=path.name,
            )
        )
    try:
        findings = _inspect(path, data)
        # openpyxl warns of parts it does not know (validation lists, missing styles): no matter.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read_workbook(path, data, findings)
    except _BROKEN as error:
        raise FileProblem(
            message(
                "{file} is damaged or not an Excel workbook: open it in Excel and save it again.",
                file=path.name,
            )
        ) from error


@dataclass(slots=True)
class _Findings:
    """What the parts of a workbook tell that openpyxl does not."""

    merged_rows: set[int] = field(default_factory=set[int])
    formulas_without_result: bool = False


def _inspect(path: Path, data: bytes) -> _Findings:
    """Refuse what a workbook has no need of; note merged cells and formulas without a result."""
    findings = _Findings()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > _MAX_MEMBERS or sum(each.file_size for each in members) > _MAX_UNPACKED:
            raise too_large(path)
        for member in members:
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise zipfile.BadZipFile
            if not member.filename.endswith((".xml", ".rels")):
                continue
            with archive.open(member) as part:
                _inspect_part(part, findings)
    return findings


def _inspect_part(part: IO[bytes], findings: _Findings) -> None:
    rest = b""
    while chunk := part.read(_CHUNK):
        window = rest + chunk
        if _DOCTYPE.search(window) or _WIDE_REFERENCE.search(window):
            raise zipfile.BadZipFile
        for first, top, last, _ in _MERGED.findall(window):
            if first != last:
                findings.merged_rows.add(int(top))
        if b"<f" in window and _NO_RESULT.search(window):
            findings.formulas_without_result = True
        rest = window[-100:]


def _read_workbook(path: Path, data: bytes, findings: _Findings) -> Grid:
    import openpyxl  # lazy: start-up

    notices: tuple[Message, ...] = ()
    if findings.formulas_without_result:
        notices = (
            message(
                "{file}: formulas without a saved result count as empty: open the file in Excel, "
                "save it and import it again.",
                file=path.name,
            ),
        )

    workbook = cast(
        "_Workbook", openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    )
    try:
        for worksheet in workbook.worksheets:
            if worksheet.sheet_state != "visible":
                continue
            # The size a file states is not to be trusted; the rows are.
            worksheet.reset_dimensions()
            numbers, rows = filled_rows(path, _rows(path, worksheet))
            if rows:
                merged = frozenset(findings.merged_rows)
                return Grid(numbers, rows, merged_rows=merged, warnings=notices)
    finally:
        workbook.close()
    return Grid((), ())


def _rows(path: Path, worksheet: _Worksheet) -> Iterator[list[SheetCell]]:
    for number, row in enumerate(worksheet.iter_rows(), start=1):
        if len(row) > MAX_COLUMNS and any(cell.value is not None for cell in row[MAX_COLUMNS:]):
            raise too_large(path)
        yield [_value(path, number, cell) for cell in row[:MAX_COLUMNS]]


def _value(path: Path, row: int, cell: _Cell) -> SheetCell:
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return _error_value(path, row, value)
        return value.replace("\r\n", "\n").replace("\r", "\n") if value.strip() else None
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = float(value)
        if not math.isfinite(number):
            return None
        return round(number * 100, 10) if "%" in str(cell.number_format) else number
    return _temporal(value)


def _error_value(path: Path, row: int, value: str) -> None:
    """Take `#N/A` as empty; refuse other errors, which hide a value that should be there."""
    if value != "#N/A":
        raise FileProblem(
            message(
                "{file}, row {row}: a cell shows the error {value}: mend its formula or empty it.",
                file=path.name,
                row=row,
                value=value,
            )
        )


def _temporal(value: object) -> str:
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
