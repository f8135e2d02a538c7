"""Write a codebook as a table: `.csv`, `.xlsx` and `.ods`."""

import csv
import io
from typing import Any

from qda.formats.codebooks.tables import COLUMNS, guard, table_rows
from qda.model.codebook import Codebook
from qda.model.errors import FileProblem
from qda.model.messages import message

_CELL_LIMIT = 32_767
_WIDTHS = {
    "path": 30, "definition": 44, "include": 40, "exclude": 40, "example": 36, "keywords": 36,
    "scale": 14, "color": 9, "guid": 38, "shortcut": 9,
}  # fmt: skip
_PRINTED = 7
"""Columns on paper: those after the scale are for the program."""
_LINE_POINTS = 15
_MAX_POINTS = 409


def csv_text(codebook: Codebook) -> str:
    """Return the table with commas and a byte order mark, so that Excel reads the letters right.

    Texts that a spreadsheet program would take for formulas begin with an apostrophe; reading
    takes it off again.
    """
    buffer = io.StringIO(newline="")
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for row in table_rows(codebook):
        writer.writerow([guard(cell) for cell in row])
    return buffer.getvalue()


def xlsx_bytes(codebook: Codebook) -> bytes:
    """Return a workbook with one sheet: headings frozen, texts wrapped, colours shown.

    Raises FileProblem for a text longer than a cell can hold (32,767 characters).
    """
    import xlsxwriter  # lazy: start-up

    buffer = io.BytesIO()
    workbook: Any = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"title": codebook.name})
    sheet = workbook.add_worksheet("codebook")
    heading = workbook.add_format(
        {"bold": True, "bg_color": "#F3F2EE", "bottom": 1, "bottom_color": "#6E7178"}
    )
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, _WIDTHS[column])
        sheet.write_string(0, at, column, heading)
    formats = _Formats(workbook)
    rows = zip(codebook.walk(), table_rows(codebook), strict=True)
    for number, ((path, code), row) in enumerate(rows, start=1):
        for at, (column, text) in enumerate(zip(COLUMNS, row, strict=True)):
            if len(text) > _CELL_LIMIT:
                raise _too_long(row[0])
            cell_format = formats.of(column, code.color, top=len(path) == 1)
            if text:
                sheet.write_string(number, at, text, cell_format)
            else:
                sheet.write_blank(number, at, None, cell_format)
        sheet.set_row(number, _row_height(row))
    sheet.freeze_panes(1, 1)
    _set_up_page(sheet, len(list(codebook.walk())))
    workbook.close()
    return buffer.getvalue()


def ods_bytes(codebook: Codebook) -> bytes:
    """Return an OpenDocument spreadsheet of one sheet, its head and first column frozen."""
    from qda.formats.ods_sheets import ods_package  # lazy: start-up

    return ods_package([("codebook", [COLUMNS, *table_rows(codebook)], 0)])


def _row_height(row: tuple[str, ...]) -> int:
    """Estimate the height in points that shows all wrapped texts of a row.

    Excel would find it by itself, LibreOffice takes the file at its word.
    """
    lines = 1
    for column, text in zip(COLUMNS, row, strict=True):
        # Lists break at their bars and leave more of a line empty.
        width = _WIDTHS[column] - (8 if column == "keywords" else 2)
        lines = max(lines, sum(1 + max(len(each) - 1, 0) // width for each in text.split("\n")))
    return min(lines * _LINE_POINTS + 3, _MAX_POINTS)


def _set_up_page(sheet: Any, codes: int) -> None:  # noqa: ANN401 - the library has no types
    sheet.autofilter(0, 0, max(codes, 1), len(COLUMNS) - 1)
    sheet.print_area(0, 0, max(codes, 1), _PRINTED - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C&P / &N")


class _Formats:
    """The cell formats of a workbook, each made once."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401 - the library has no types
        self._workbook = workbook
        self._made: dict[tuple[bool, str], Any] = {}

    def of(self, column: str, color: str, *, top: bool) -> Any:  # noqa: ANN401
        """Return the format of a cell: paths of top codes bold, colours on their colour."""
        shown = color if column == "color" else ""
        key = (top and column == "path", shown)
        if key not in self._made:
            look: dict[str, object] = {
                "text_wrap": True,
                "valign": "top",
                "num_format": "@",
                "border": 1,
                "border_color": "#E2E0DA",
            }
            if key[0]:
                look["bold"] = True
            if shown:
                look |= {"bg_color": shown, "font_color": _ink_on(shown)}
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]


def _ink_on(color: str) -> str:
    """Return black or white, whichever is easier to read on `color` (WCAG 2.1 luminance)."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else "#FFFFFF"


def _too_long(code: str) -> FileProblem:
    return FileProblem(
        message(
            "A text of the code {code} is longer than a cell in Excel can be: write a .toml or "
            ".csv instead.",
            code=code,
        )
    )
