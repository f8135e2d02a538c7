"""What the cells of a workbook hold, by their kind, style and text."""

import datetime as dt
import math
from pathlib import Path
from typing import cast

from qda.formats.cell_values import SheetCell
from qda.formats.xlsx_parts import Book, plain, unescaped
from qda.model.errors import FileProblem
from qda.model.messages import message

_LONGEST_NUMBER = 400
"""A number of more characters than this is none."""

_MOST_LETTERS = 3
"""The last column of a workbook is XFD."""

Row = tuple[int, list[SheetCell]]
"""The number of a row, counted from 1, and its cells by column."""


class CellReader:
    """Reads cells with the texts and number formats of a workbook."""

    def __init__(self, path: Path, book: Book) -> None:
        """Read cells of `book`, which stands in the file `path`."""
        self._path = path
        self._book = book
        self._columns: dict[str, int] = {}
        self.strings = book.strings

    def column(self, letters: str) -> int:
        """Return the column that `letters` name, counted from 0. Raises ValueError."""
        known = self._columns.get(letters)
        if known is None:
            if not letters.isascii() or not letters.isalpha() or len(letters) > _MOST_LETTERS:
                raise ValueError
            known = 0
            for letter in letters.upper():
                known = known * 26 + ord(letter) - ord("A") + 1
            known -= 1
            self._columns[letters] = known
        return known

    def value(self, row: int, kind: str, style: str | None, text: str) -> SheetCell:
        """Return what a cell holds; `kind` is its type, `n` where it says none.

        Raises FileProblem for an error, and what damaged files raise.
        """
        if kind == "n":
            return self._number(row, style, text)
        if kind == "s":
            return self.strings[int(text)]
        if kind == "b":
            return bool(int(text))
        if kind == "e":
            return self._error(row, text)
        if kind == "d":
            return text.replace("T", " ").removesuffix(" 00:00:00")
        return plain(unescaped(text))

    def _number(self, row: int, style: str | None, text: str) -> SheetCell:
        if len(text) > _LONGEST_NUMBER:
            raise ValueError
        if not text.strip():
            return None
        number = float(text)
        if not math.isfinite(number):
            return None
        formats = self._book.formats
        meaning = formats[int(style)] if style and int(style) < len(formats) else ""
        if not meaning:
            return number
        if meaning == "%":
            return round(number * 100, 10)
        return self._moment(row, number, duration=meaning == "duration")

    def _moment(self, row: int, number: float, *, duration: bool) -> SheetCell:
        from openpyxl.utils.datetime import (  # lazy: start-up
            CALENDAR_MAC_1904,
            CALENDAR_WINDOWS_1900,
            from_excel,  # pyright: ignore[reportUnknownVariableType]
        )

        epoch = CALENDAR_MAC_1904 if self._book.from_1904 else CALENDAR_WINDOWS_1900
        try:
            value = cast("object", from_excel(number, epoch, timedelta=duration))
        except (OverflowError, ValueError):
            return self._error(row, "#VALUE!")
        if isinstance(value, dt.datetime):
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)

    def _error(self, row: int, value: str) -> None:
        """Take `#N/A` as empty; refuse other errors, which hide a value that should be there."""
        if value != "#N/A":
            raise FileProblem(
                message(
                    "{file}, row {row}: a cell shows the error {value}: mend its formula or empty "
                    "it.",
                    file=self._path.name,
                    row=row,
                    value=value,
                )
            )
