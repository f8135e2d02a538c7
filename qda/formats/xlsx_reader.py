"""Read the first sheet of an `.xlsx` workbook, also one from a stranger."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError

from qda.formats.archives import climbs_out
from qda.formats.cell_values import SheetCell
from qda.formats.grid import MAX_CELLS, MAX_ROWS, Grid, filled_rows, read_bytes, too_large
from qda.formats.xlsx_parts import Book, open_book
from qda.formats.xlsx_rows import sheet_rows
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

_MAX_UNPACKED = 500_000_000
_MAX_MEMBERS = 10_000
MAX_PAGES = 1_000
"""The most sheets that are read of one workbook."""
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s+ref\s*=\s*["']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"""
)
_NO_RESULT = re.compile(
    rb"""<c(?:\s+(?!t=)[\w:]+="[^"]*")*\s*>"""  # a cell that is not said to be text
    rb"""(?:<f[^<>]*/>|<f[^<>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?\s*</c>"""
)
_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s>/]")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError, AttributeError,
    EOFError, ExpatError, NotImplementedError, RuntimeError, OverflowError, MemoryError,
)  # fmt: skip
"""What damaged workbooks raise; errors of XML are SyntaxErrors, unknown encodings LookupErrors."""
_LONGEST_ROW = 32_000_000
"""The most bytes of XML between two rows: no row of a thousand cells is longer."""


def read_xlsx(path: Path, progress: Progress | None = None) -> Grid:
    """Read the first visible sheet with anything in it, with the results of its formulas.

    Numbers, yes and no keep their type, dates become ISO texts, percentages count as shown
    (a cell that shows 63 % is 63), `#N/A` is empty. Raises FileProblem for a file that is no
    workbook, damaged, encrypted, too large or holds a cell with an error.
    """
    pages = read_workbook(path, read_bytes(path), progress, most=1).pages
    return pages[0][1] if pages else Grid((), ())


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets with anything in them, each with its name.

    `formulas` counts the formulas of all sheets, `hidden` names the sheets that are not shown.
    """

    pages: tuple[tuple[str, Grid], ...]
    formulas: int = 0
    hidden: tuple[str, ...] = ()


def read_workbook(
    path: Path, data: bytes, progress: Progress | None = None, *, most: int = MAX_PAGES
) -> Workbook:
    """Read the first `most` visible sheets with anything in them; `path` gives the name.

    Raises FileProblem as `read_xlsx` does.
    """
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
        return _read_workbook(path, data, findings, progress, most)
    except _BROKEN as error:
        raise FileProblem(
            message(
                "{file} is damaged or not an Excel workbook: open it in Excel and save it again.",
                file=path.name,
            )
        ) from error


@dataclass(slots=True)
class _Findings:
    """What is noted of the parts of a workbook before its cells are read."""

    merged_rows: set[int] = field(default_factory=set[int])
    formulas_without_result: bool = False
    formulas: int = 0


def _inspect(path: Path, data: bytes) -> _Findings:
    """Refuse what a workbook has no need of; note merged cells and formulas without a result."""
    findings = _Findings()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > _MAX_MEMBERS or sum(each.file_size for each in members) > _MAX_UNPACKED:
            raise too_large(path)
        for member in members:
            if climbs_out(member.filename):
                raise FileProblem(_climbing(path))
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise zipfile.BadZipFile
            if not member.filename.endswith((".xml", ".rels")):
                continue
            with archive.open(member) as part:
                _inspect_part(path, part, findings, in_rows="/worksheets/" in member.filename)
    return findings


def _climbing(path: Path) -> Message:
    return message(
        "{file} holds a part that would be written outside it, as no workbook does; it is not "
        "read.",
        file=path.name,
    )


def _inspect_part(path: Path, part: IO[bytes], findings: _Findings, *, in_rows: bool) -> None:
    rest = b""
    without_row = 0
    while chunk := part.read(_CHUNK):
        window = rest + chunk
        if _DOCTYPE.search(window):
            raise zipfile.BadZipFile
        for first, top, last, _ in _MERGED.findall(window) if b"mergeCell" in window else ():
            if first != last:
                findings.merged_rows.add(int(top))
        if b"<f" in window and _NO_RESULT.search(window):
            findings.formulas_without_result = True
        if in_rows:
            # What lies wholly in the rest was counted with the piece before.
            findings.formulas += sum(one.end() > len(rest) for one in _FORMULA.finditer(window))
        without_row = 0 if b"row" in window else without_row + len(chunk)
        if in_rows and without_row > _LONGEST_ROW:
            raise too_large(path)
        rest = window[-100:]


def _read_workbook(
    path: Path, data: bytes, findings: _Findings, progress: Progress | None, most: int
) -> Workbook:
    notices: tuple[Message, ...] = ()
    if findings.formulas_without_result:
        notices = (
            message(
                "{file}: formulas without a saved result count as empty: open the file in Excel, "
                "save it and import it again.",
                file=path.name,
            ),
        )
    merged = frozenset(findings.merged_rows)
    pages: list[tuple[str, Grid]] = []
    cells = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = open_book(archive)
        for name, sheet in zip(book.names, book.sheets, strict=True):
            if len(pages) == most:
                break
            with archive.open(sheet) as stream:
                numbers, rows = filled_rows(path, _rows(path, book, stream), progress)
            if rows:
                pages.append((name, Grid(numbers, rows, merged_rows=merged, warnings=notices)))
                cells += len(rows) * len(rows[0])
            if cells > 4 * MAX_CELLS:
                raise too_large(path)
    return Workbook(tuple(pages), findings.formulas, book.hidden)


def _rows(path: Path, book: Book, stream: IO[bytes]) -> Iterator[list[SheetCell]]:
    """Yield the rows from the first on, those that the file leaves out as empty ones."""
    before = 0
    for number, row in sheet_rows(path, book, stream):
        if number > MAX_ROWS:
            raise too_large(path)
        if number <= before:
            raise ValueError
        for _ in range(before + 1, number):
            yield []
        before = number
        yield row
