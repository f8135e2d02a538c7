"""Read the cells of one sheet of a workbook from its XML, row by row.

The parser of the standard library calls back for each mark, so that a sheet of a million cells
takes seconds and never stands in memory as a tree.
"""

import datetime as dt
import math
from pathlib import Path
from typing import cast
from xml.parsers import expat

from qda.formats.cell_values import SheetCell
from qda.formats.grid import MAX_COLUMNS, too_large
from qda.formats.xlsx_parts import Book, unescaped
from qda.model.errors import FileProblem
from qda.model.messages import message

_LONGEST_NUMBER = 400
"""A number of more characters than this is none."""

Row = tuple[int, list[SheetCell]]
"""The number of a row, counted from 1, and its cells by column."""


class SheetParser:
    """Takes the XML of a sheet piece by piece and gives the rows that are complete."""

    def __init__(self, path: Path, book: Book) -> None:
        """Read a sheet of `book`, which stands in the file `path`."""
        self._path = path
        self._book = book
        self._columns: dict[str, int] = {}
        self._done: list[Row] = []
        self._number = 0
        self._cells: list[SheetCell] = []
        self._column = -1
        self._cell: dict[str, str] = {}
        self._parts: list[str] = []
        self._inline = self._spoken = False
        self._names = ("row", "c", "v", "t", "is", "rPh")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._on_root
        parser.StartDoctypeDeclHandler = _refuse
        self._parser = parser

    def feed(self, chunk: bytes) -> list[Row]:
        """Take more of the sheet; return the rows that ended in it. Raises what broken XML does."""
        self._parser.Parse(chunk, False)  # noqa: FBT003 - the parser's own signature
        done, self._done = self._done, []
        return done

    def close(self) -> None:
        """End the sheet. Raises ExpatError where it breaks off."""
        self._parser.Parse(b"", True)  # noqa: FBT003 - likewise

    def _on_root(self, name: str, attributes: dict[str, str]) -> None:
        """Find out from the outermost element which prefix the others have."""
        del attributes
        prefix = name[: name.index(":") + 1] if ":" in name else ""
        row, cell, value, text, inline, spoken = self._names
        self._row_name, self._cell_name = prefix + row, prefix + cell
        self._value_name, self._text_name = prefix + value, prefix + text
        self._inline_name, self._spoken_name = prefix + inline, prefix + spoken
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._cell_name:
            self._cell = attributes
            self._inline = False
            self._parts.clear()
        elif name == self._value_name or (name == self._text_name and self._inline):
            if not self._spoken:
                self._parser.CharacterDataHandler = self._parts.append
        elif name == self._inline_name:
            self._inline = True
        elif name == self._row_name:
            number = attributes.get("r")
            self._number = int(number) if number is not None else self._number + 1
            self._cells, self._column = [], -1
        elif name == self._spoken_name:
            self._spoken = True

    def _on_end(self, name: str) -> None:
        if name in (self._value_name, self._text_name):
            self._parser.CharacterDataHandler = None
        elif name == self._cell_name:
            self._end_cell()
        elif name == self._row_name:
            self._done.append((self._number, self._cells))
        elif name == self._spoken_name:
            self._spoken = False

    def _end_cell(self) -> None:
        place = self._cell.get("r")
        column = self._column = self._column + 1 if place is None else self._column_of(place)
        if not self._parts:
            return
        value = self._value("".join(self._parts))
        if value is None:
            return
        if column >= MAX_COLUMNS:
            raise too_large(self._path)
        cells = self._cells
        if column == len(cells):
            cells.append(value)
            return
        cells += [None] * (column + 1 - len(cells))
        cells[column] = value

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            if not letters.isascii() or not letters.isalpha():
                raise ValueError
            known = 0
            for letter in letters.upper():
                known = known * 26 + ord(letter) - ord("A") + 1
            known -= 1
            self._columns[letters] = known
        return known

    def _value(self, text: str) -> SheetCell:
        kind = self._cell.get("t", "n")
        if self._inline:
            return _text(unescaped(text))
        if kind == "s":
            return _text(self._book.strings[int(text)])
        if kind == "n":
            return self._amount(text)
        if kind == "b":
            return bool(int(text))
        if kind == "e":
            return self._error(text)
        if kind == "d":
            return text.replace("T", " ").removesuffix(" 00:00:00")
        return _text(unescaped(text))

    def _amount(self, text: str) -> SheetCell:
        if len(text) > _LONGEST_NUMBER:
            raise ValueError
        if not text.strip():
            return None
        number = float(text)
        if not math.isfinite(number):
            return None
        style = self._cell.get("s")
        formats = self._book.formats
        meaning = formats[int(style)] if style and int(style) < len(formats) else ""
        if not meaning:
            return number
        if meaning == "%":
            return round(number * 100, 10)
        return self._moment(number, duration=meaning == "duration")

    def _moment(self, number: float, *, duration: bool) -> SheetCell:
        from openpyxl.utils.datetime import (  # lazy: start-up
            CALENDAR_MAC_1904,
            CALENDAR_WINDOWS_1900,
            from_excel,  # pyright: ignore[reportUnknownVariableType]
        )

        epoch = CALENDAR_MAC_1904 if self._book.from_1904 else CALENDAR_WINDOWS_1900
        try:
            value = cast("object", from_excel(number, epoch, timedelta=duration))
        except (OverflowError, ValueError):
            return self._error("#VALUE!")
        if isinstance(value, dt.datetime):
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)

    def _error(self, value: str) -> None:
        """Take `#N/A` as empty; refuse other errors, which hide a value that should be there."""
        if value != "#N/A":
            raise FileProblem(
                message(
                    "{file}, row {row}: a cell shows the error {value}: mend its formula or empty "
                    "it.",
                    file=self._path.name,
                    row=self._number,
                    value=value,
                )
            )


def _refuse(*_declared: object) -> None:
    """Refuse a document type, which can only serve to blow a file up or to fetch another."""
    raise ValueError


def _text(text: str) -> SheetCell:
    if not text.strip():
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
