"""Write the tables of a text as a spreadsheet, a sheet for each, or the first of them as CSV."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from qda.formats.matrix_files.csv_writer import guarded
from qda.formats.matrix_files.view import clean
from qda.formats.ods_sheets import ods_package
from qda.model.writeup import TableBlock, TableCell, WriteUp

_INK, _MUTED = "#22252A", "#6E7178"
_ILLEGAL_IN_NAME = str.maketrans("[]:*?/\\", "       ")
MAX_UNITS = 32_767
"""What one cell of Excel can hold, in UTF-16 units."""
_ROWS_HEADED = 1
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - files of Office know no zone


def csv_bytes(text: WriteUp) -> bytes:
    """Return the first table in UTF-8 with a byte order mark, parted as the language does."""
    buffer = io.StringIO(newline="")
    delimiter = "," if text.language == "en" else ";"
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for _name, table in list(_tables(text))[:1]:
        for row in (table.header, *table.rows):
            writer.writerow([guarded(one.text) for one in row])
    return ("\ufeff" + buffer.getvalue()).encode("utf-8")


def ods_bytes(text: WriteUp) -> bytes:
    """Return a spreadsheet with a sheet for each table."""
    return ods_package(
        (name, [[_value(one) for one in row] for row in (table.header, *table.rows)], 0)
        for name, table in _tables(text)
    )


def xlsx_bytes(text: WriteUp) -> bytes:
    """Return a workbook with a sheet for each table, its head frozen and repeated in print."""
    import xlsxwriter  # lazy: start-up

    buffer = io.BytesIO()
    book: Any = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    # A moment of its own would make other bytes of the same project.
    book.set_properties({"title": text.title, "author": "", "created": _EPOCH})
    base = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "valign": "top"}
    book.formats[0].set_font_name("Calibri")
    looks = _Looks(book, base)
    for name, table in _tables(text):
        _fill(book.add_worksheet(name), table, looks)
    book.close()
    return buffer.getvalue()


class _Looks:
    """The formats of cells, each made once."""

    def __init__(self, book: Any, base: Mapping[str, object]) -> None:  # noqa: ANN401
        self._book = book
        self._base = base
        self._made: dict[tuple[bool, bool, str, str], Any] = {}

    def of(self, cell: TableCell, *, head: bool) -> Any:  # noqa: ANN401
        key = (head, cell.right, cell.shade, _number_format(cell))
        if key not in self._made:
            look: dict[str, object] = {**self._base, "text_wrap": True}
            if head:
                look |= {"bold": True, "bottom": 1, "valign": "bottom"}
            if cell.right:
                look["align"] = "right"
            if cell.shade:
                look["bg_color"] = cell.shade
            if key[-1]:
                look["num_format"] = key[-1]
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _fill(sheet: Any, table: TableBlock, looks: _Looks) -> None:  # noqa: ANN401
    sheet.hide_gridlines(2)
    sheet.freeze_panes(_ROWS_HEADED, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, width in enumerate(_widths(table)):
        sheet.set_column(place, place, width)
    for at, row in enumerate((table.header, *table.rows)):
        for place, cell in enumerate(row):
            look = looks.of(cell, head=at == 0)
            value = _value(cell) if at else cell.text
            if isinstance(value, str):
                sheet.write_string(at, place, _short(clean(value)), look)
            elif value is None:
                sheet.write_blank(at, place, None, look)
            else:
                sheet.write_number(at, place, value, look)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)


def _tables(text: WriteUp) -> Iterator[tuple[str, TableBlock]]:
    """Yield the tables with names of sheets, each its own."""
    taken: set[str] = set()
    for block in text.blocks:
        if not isinstance(block, TableBlock):
            continue
        wished = (block.caption or text.title).translate(_ILLEGAL_IN_NAME).strip(" '") or "1"
        name, number = wished[:31].strip(), 1
        while name.casefold() in taken:
            number += 1
            name = f"{wished[:26].strip()} ({number})"
        taken.add(name.casefold())
        yield name, block


def _number_format(cell: TableCell) -> str:
    """Return how a number is shown with the decimals of its text; empty for whole ones."""
    if cell.number is None:
        return ""
    _whole, _sign, places = cell.text.replace(",", ".").partition(".")
    return f"0.{'0' * len(places)}" if places else ""


def _value(cell: TableCell) -> str | int | float | None:
    """Return a whole number as a number, so that it can be added up, and what is told as one."""
    if cell.number is not None:
        return cell.number
    if cell.right and cell.text.isdecimal() and len(cell.text) < 10:
        return int(cell.text)
    return cell.text or None


def _widths(table: TableBlock) -> list[int]:
    widths: list[int] = []
    for place, head in enumerate(table.header):
        # A heading may take several lines, a cell of the body had better not.
        texts = [*head.text.split(), *(row[place].text for row in table.rows)]
        widths.append(min(max(8, max(map(len, texts), default=0) + 2), 70))
    return widths


def _short(text: str) -> str:
    if len(text) * 2 <= MAX_UNITS:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= MAX_UNITS * 2:
        return text
    return units[: (MAX_UNITS - 1) * 2].decode("utf-16-le", "ignore") + "…"
