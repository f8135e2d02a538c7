"""Write a matrix as an Excel workbook: matrix, quotes, cases, codebook and settings."""

import io
from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import Any

from qda.formats.matrix_files import words
from qda.formats.matrix_files.courses import Months
from qda.formats.matrix_files.view import Line, View, clean, moment, settings, step_rows
from qda.model.entities import Value
from qda.model.messages import Message

MAX_UNITS = 32_767
"""What one cell can hold, in UTF-16 units."""
MOST_POINTS = 409
"""How high a row can be."""
_SHEET_NAME = 31
_ILLEGAL_IN_NAME = str.maketrans("[]:*?/\\", "       ")
_INK, _MUTED, _LINE, _PANE = "#22252A", "#6E7178", "#E2E0DA", "#F3F2EE"
_ACCENT = "#1F5F73"
_QUOTE_WIDTHS = (24, 18, 24, 6, 14, 12, 10, 10, 80, 30, 8, 8, 37)
_STEP_WIDTHS = (24, 24, 24, 6, 60, 6, 60)
_CODE_WIDTHS = (32, 50, 40, 40, 50, 30, 24, 10, 37)


def xlsx_bytes(view: View) -> bytes:
    """Return the workbook.

    Texts are written as texts whatever they begin with, so that none becomes a formula or a link.
    """
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
    book.set_properties({"title": view.title, "created": moment(view.export), "author": ""})
    book.set_size(2400, 1500)
    writer = _Writer(book, view)
    writer.add_matrix()
    if view.export.matrix.percentages is not None:
        writer.add_counts()
    if view.export.matrix.reasons:
        writer.add_reasons()
    if view.export.matrix.steps:
        writer.add_steps()
    writer.add_months()
    writer.add_quotes()
    writer.add_cases()
    writer.add_codebook()
    writer.add_settings()
    book.close()
    return buffer.getvalue()


class _Writer:
    """Fill one workbook, sheet by sheet."""

    def __init__(self, book: Any, view: View) -> None:  # noqa: ANN401 - the library has few types
        self._book = book
        self._view = view
        self._names: set[str] = set()
        self._cut = False
        self._courses: list[tuple[str, str, Months]] = []
        """Row, indicator and months of what is drawn, as the sheet of months lists them."""
        self._months_sheet = ""
        base = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "valign": "top"}
        self._base = base
        self._text = book.add_format({**base, "text_wrap": True})
        self._label = book.add_format({**base, "text_wrap": True, "bold": True})
        self._head = book.add_format(
            {**base, "bold": True, "text_wrap": True, "bottom": 1, "valign": "bottom"}
        )
        self._number = book.add_format({**base, "num_format": "0", "align": "right"})
        self._decimal = book.add_format(
            {**base, "num_format": "General", "align": "right", "indent": 1}
        )
        self._percent = book.add_format({**base, "num_format": "0.0%", "align": "right"})
        muted = {**base, "font_color": _MUTED}
        self._n = book.add_format({**muted, "num_format": "0", "align": "right"})
        self._n_label = book.add_format({**muted, "text_wrap": True})
        self._n_head = book.add_format(
            {**muted, "bottom": 1, "text_wrap": True, "align": "right", "valign": "bottom"}
        )
        self._note = book.add_format(muted)

    def _free_name(self, name: Message) -> str:
        """Return a name for a sheet that Excel takes and no other has."""
        said = self._view.say(name).translate(_ILLEGAL_IN_NAME).strip().strip("'") or "Sheet"
        chosen = said[:_SHEET_NAME]
        number = 2
        while chosen.casefold() in self._names or chosen.casefold() == "history":
            ending = f" {number}"
            chosen = said[: _SHEET_NAME - len(ending)] + ending
            number += 1
        self._names.add(chosen.casefold())
        return chosen

    def _sheet(self, name: Message | str) -> Any:  # noqa: ANN401 - the library has few types
        """Add a sheet; a text is a name that was found free."""
        free = name if isinstance(name, str) else self._free_name(name)
        sheet = self._book.add_worksheet(free)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        return sheet

    def _fit(self, text: str) -> str:
        """Cut a text that no cell can hold, with a mark."""
        cleaned = clean(text)
        if len(cleaned) * 2 <= MAX_UNITS:
            return cleaned
        units = cleaned.encode("utf-16-le")
        if len(units) <= MAX_UNITS * 2:
            return cleaned
        self._cut = True
        mark = " " + self._view.say(words.CUT_MARK)
        return units[: (MAX_UNITS - len(mark)) * 2].decode("utf-16-le", "ignore") + mark

    def add_matrix(self) -> None:
        """Write the matrix with its N at the right and below, and the notes under it."""
        view = self._view
        sheet = self._sheet(words.SHEET_MATRIX)
        width, height = len(view.columns), len(view.rows)
        counts = (words.N_SEGMENTS, words.N_DOCUMENTS, words.N_PARTICIPANTS, words.N_CASES)
        sheet.write_string(0, 0, view.corner, self._head)
        for at, column in enumerate(view.columns, start=1):
            sheet.write_string(0, at, self._fit(column.label), self._colored(column.color))
        for at, count in enumerate(counts, start=width + 1):
            sheet.write_string(0, at, view.say(count), self._n_head)
        if view.spec.sort_by:
            sheet.write_string(0, width + 5, self._fit(view.spec.sort_by), self._n_head)
        for at, row in enumerate(view.rows, start=1):
            sheet.write_string(at, 0, self._fit(row.label), self._row_label(row.color))
            for column in range(width):
                self._write_cell(sheet, at, column)
            n = (row.n.segments, row.n.documents, row.n.participants, row.n.cases)
            for place, count in enumerate(n, start=width + 1):
                sheet.write_number(at, place, count, self._n)
            self._write_value(sheet, at, width + 5, row.sort_value)
            self._set_height(sheet, at)
        self._write_totals(sheet, counts)
        notes = [view.about, *view.notes]
        if self._cut:
            notes.append(view.say(words.cut_note(view.say(words.CUT_MARK))))
        for at, note in enumerate(notes, start=height + 6):
            sheet.write_string(at, 0, self._fit(note), self._note)
        sheet.freeze_panes(1, 1)
        self._set_widths(sheet)
        sheet.repeat_rows(0)
        if len(view.columns) <= (4 if view.shows_texts else 20):
            sheet.fit_to_pages(1, 0)

    def add_counts(self) -> None:
        """Write the counts behind the percentages, at the same places as these."""
        self._add_behind(words.SHEET_COUNTS, self._view.count)

    def add_reasons(self) -> None:
        """Write the reasons for grades or verdicts, at the same places as these."""
        self._add_behind(words.SHEET_REASONS, self._view.reason)

    def _add_behind(self, name: Message, value: Callable[[int, int], Value | None]) -> None:
        view = self._view
        sheet = self._sheet(name)
        sheet.write_string(0, 0, view.corner, self._head)
        for at, column in enumerate(view.columns, start=1):
            sheet.write_string(0, at, self._fit(column.label), self._colored(column.color))
        for at, row in enumerate(view.rows):
            sheet.write_string(at + 1, 0, self._fit(row.label), self._row_label(row.color))
            for column in range(len(view.columns)):
                self._write_value(sheet, at + 1, column + 1, value(at, column))
        sheet.freeze_panes(1, 1)
        self._set_widths(sheet)

    def _write_totals(self, sheet: Any, counts: Sequence[Message]) -> None:  # noqa: ANN401
        """Write the N of the columns below them, and the N of all at the corner."""
        view = self._view
        width, height = len(view.columns), len(view.rows)
        for place, count in enumerate(counts):
            line = height + 1 + place
            sheet.write_string(line, 0, view.say(count), self._n_label)
            for at, column in enumerate(view.columns, start=1):
                if column.beside is not None:
                    continue
                n = column.n
                numbers = (n.segments, n.documents, n.participants, n.cases)
                sheet.write_number(line, at, numbers[place], self._n)
        total = view.export.matrix.total
        sheet.write_number(height + 1, width + 1, total.segments, self._n)
        sheet.write_number(height + 2, width + 2, total.documents, self._n)
        sheet.write_number(height + 3, width + 3, total.participants, self._n)
        sheet.write_number(height + 4, width + 4, total.cases, self._n)

    def _set_widths(self, sheet: Any) -> None:  # noqa: ANN401 - the library has few types
        view = self._view
        width = len(view.columns)
        sheet.set_column(0, 0, _width([view.corner, *(row.label for row in view.rows)], 12, 40))
        for at, column in enumerate(view.columns, start=1):
            sheet.set_column(at, at, self._column_width(column))
        sheet.set_column(width + 1, width + 5, 12)

    def _column_width(self, column: Line) -> float:
        view = self._view
        if view.shows_texts and column.counted:
            return 48
        least = 20 if view.shows_words and column.counted else 9
        return _width(column.label.split(), least, 30)

    def _set_height(self, sheet: Any, line: int) -> None:  # noqa: ANN401
        """Make a row as high as its texts are long; not every program does so on opening."""
        view, lines = self._view, 1
        for column, heading in enumerate(view.columns):
            text = view.value(line - 1, column)
            if view.shows_quotes and heading.counted:
                quotes = view.quotes(line - 1, column)
                text = "\n\n".join(f"{one.text} {view.attribution(one)}" for one in quotes)
            if isinstance(text, str):
                width = self._column_width(heading)
                parts = (max(1, ceil(len(part) * 1.1 / width)) for part in text.split("\n"))
                lines = max(lines, sum(parts))
        if lines > 1:
            sheet.set_row(line, min(15 * lines, MOST_POINTS))

    def _write_cell(self, sheet: Any, line: int, column: int) -> None:  # noqa: ANN401
        view = self._view
        value = view.value(line - 1, column)
        if value is None:
            sheet.write_blank(line, column + 1, None, self._text)
        elif view.months(line - 1, column):
            self._write_course(sheet, line, column)
        elif view.columns[column].beside is not None:
            self._write_value(sheet, line, column + 1, value)
        elif view.shows_quotes:
            quotes = view.quotes(line - 1, column)
            shown = (f"{view.quoted(one)} {view.attribution(one)}".strip() for one in quotes)
            sheet.write_string(line, column + 1, self._fit("\n\n".join(shown)), self._text)
        elif isinstance(value, str):
            sheet.write_string(line, column + 1, self._fit(value), self._text)
        else:
            style = self._percent if view.shows_shares else self._number
            sheet.write_number(line, column + 1, value, style)

    def _write_course(self, sheet: Any, line: int, column: int) -> None:  # noqa: ANN401
        """Draw the months in a cell, from where they are listed."""
        view = self._view
        self._months_sheet = self._months_sheet or self._free_name(words.SHEET_MONTHS)
        name = view.columns[column].label
        self._courses.append((view.rows[line - 1].label, name, view.months(line - 1, column)))
        names = self._months_sheet.replace("'", "''")
        last = len(self._all_months()) + 1
        at = len(self._courses)
        from xlsxwriter.utility import xl_rowcol_to_cell  # lazy: start-up

        ends = [xl_rowcol_to_cell(at, place, row_abs=True, col_abs=True) for place in (2, last)]
        sheet.add_sparkline(
            line,
            column + 1,
            {
                "range": f"'{names}'!{ends[0]}:{ends[1]}",
                "last_point": True,
                "series_color": _ACCENT,
                "weight": 1.25,
                "show_hidden": True,
                "empty_cells": "connect",
            },
        )

    def _all_months(self) -> list[str]:
        beside = self._view.export.matrix.beside
        return sorted({month for one in beside for row in one.months for month, _n in row})

    def add_months(self) -> None:
        """List the months that are drawn in the table; no sheet where none are."""
        if not self._courses:
            return
        view, months = self._view, self._all_months()
        headings = [view.corner, view.say(words.INDICATOR), *months]
        rows = [
            [row, name, *(dict(found).get(month) for month in months)]
            for row, name, found in self._courses
        ]
        self._table(self._sheet(self._months_sheet), headings, rows, [30, 20, *[10] * len(months)])

    def _colored(self, color: str) -> Any:  # noqa: ANN401 - the library has few types
        """Return the format of a column's heading, with a line in the code's colour."""
        if not color:
            return self._head if self._view.shows_words else self._right_head()
        align = "left" if self._view.shows_words else "right"
        return self._book.add_format(
            {
                **self._base, "bold": True, "text_wrap": True, "valign": "bottom", "align": align,
                "bottom": 5, "bottom_color": color,
            }
        )  # fmt: skip

    def _right_head(self) -> Any:  # noqa: ANN401 - the library has few types
        return self._book.add_format(
            {
                **self._base, "bold": True, "text_wrap": True, "bottom": 1, "align": "right",
                "valign": "bottom",
            }
        )  # fmt: skip

    def _row_label(self, color: str) -> Any:  # noqa: ANN401 - the library has few types
        if not color:
            return self._label
        return self._book.add_format(
            {**self._base, "bold": True, "text_wrap": True, "left": 5, "left_color": color}
        )

    def _write_value(self, sheet: Any, line: int, column: int, value: Value | None) -> None:  # noqa: ANN401
        if value is None:
            return
        if isinstance(value, str):
            sheet.write_string(line, column, self._fit(value), self._text)
        elif isinstance(value, bool):
            sheet.write_boolean(line, column, value, self._text)
        elif abs(value) < float("inf"):
            sheet.write_number(line, column, value, self._decimal)
        else:
            sheet.write_string(line, column, str(value), self._text)

    def _table(
        self,
        sheet: Any,  # noqa: ANN401 - the library has few types
        headings: Sequence[str],
        rows: Iterable[Sequence[Value | None]],
        widths: Sequence[float],
    ) -> None:
        """Write a list with a frozen heading and filters."""
        for at, heading in enumerate(headings):
            sheet.write_string(0, at, self._fit(heading), self._head)
        last = 0
        for line, row in enumerate(rows, start=1):
            last = line
            for at, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(line, at, self._fit(value), self._text)
                else:
                    self._write_value(sheet, line, at, value)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        if headings:
            sheet.autofilter(0, 0, max(last, 1), len(headings) - 1)

    def add_quotes(self) -> None:
        """Write one row for each quote."""
        view = self._view
        headings = [view.say(one) for one in words.QUOTE_COLUMNS]
        rows = (
            (
                one.code, "; ".join(one.cases), one.document, one.turn, one.role, one.coder,
                view.say(words.STANCES[one.stance]) if one.stance else "", one.value, one.text,
                one.memo, one.start, one.end, one.guid,
            )
            for one in view.export.quotes.values()
        )  # fmt: skip
        self._table(self._sheet(words.SHEET_QUOTES), headings, rows, _QUOTE_WIDTHS)

    def add_steps(self) -> None:
        """Write one row for each step from a code to the next."""
        headings, *rows = step_rows(self._view)
        self._table(self._sheet(words.SHEET_STEPS), list(map(str, headings)), rows, _STEP_WIDTHS)

    def add_cases(self) -> None:
        """Write the cases with their variables."""
        view, table = self._view, self._view.export.cases
        with_pseudonyms = any(case.pseudonym for case in table.cases)
        headings = [view.say(words.DIMENSIONS["case"])]
        headings += [view.say(words.PSEUDONYM)] if with_pseudonyms else []
        rows = [
            [case.name, *([case.pseudonym] if with_pseudonyms else []), *values]
            for case, values in zip(table.cases, table.values, strict=True)
        ]
        headings += table.variables
        columns = [[str(row[at] or "") for row in rows] for at in range(len(headings))]
        widths = [
            _width([heading + "   ", *column], 10, 40)
            for heading, column in zip(headings, columns, strict=True)
        ]
        self._table(self._sheet(words.SHEET_CASES), headings, rows, widths)

    def add_codebook(self) -> None:
        """Write the codes with their definitions."""
        view = self._view
        headings = [view.say(one) for one in words.CODE_COLUMNS]
        rows = (
            (
                " / ".join(path), code.definition, code.include, code.exclude, code.example,
                ", ".join(code.keywords), " – ".join(code.scale), code.color, code.guid or "",
            )
            for path, code in view.export.codebook.walk()
        )  # fmt: skip
        self._table(self._sheet(words.SHEET_CODEBOOK), headings, rows, _CODE_WIDTHS)

    def add_settings(self) -> None:
        """Write what was asked and how it was counted."""
        view = self._view
        sheet = self._sheet(words.SHEET_SETTINGS)
        pairs = settings(view)
        if self._cut:
            note = view.say(words.cut_note(view.say(words.CUT_MARK)))
            pairs.append((view.say(words.SHEET_QUOTES), note))
        for line, (name, value) in enumerate(pairs):
            sheet.write_string(line, 0, name, self._label)
            if value.isdecimal() and len(value) < 10:
                left = self._book.add_format({**self._base, "align": "left", "num_format": "0"})
                sheet.write_number(line, 1, int(value), left)
            else:
                sheet.write_string(line, 1, self._fit(value), self._text)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)


def _width(texts: Iterable[str], least: float, most: float) -> float:
    """Return a column width that fits the longest line of the texts."""
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest * 1.15 + 2, least), most)
