"""The rows of one sheet of a workbook, from its XML.

Nearly all workbooks write their cells in one and the same way, which a pattern reads several
times faster than a parser. A row that holds anything else goes to the parser, and so does a sheet
whose frame is another; what neither can read is damaged.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from qda.formats.cell_values import SheetCell
from qda.formats.grid import MAX_COLUMNS, too_large
from qda.formats.xlsx_cells import CellReader, Row
from qda.formats.xlsx_parts import Book, plain, unescaped

_CHUNK = 1 << 20
_HEAD = re.compile(
    r"""\s*(?:<\?xml(?:\s+(?:version="1\.\d"|encoding="UTF-8"|standalone="\w+"))*\s*\?>)?\s*"""
    r"""<worksheet\s[^<>]*>.*?<sheetData\s*>""",
    re.DOTALL | re.IGNORECASE,
)
_LONGEST_HEAD = 200_000
_LONGEST_ROW = 64_000_000
_ROW = re.compile(r"\s*<row\b([^<>]*?)(/?)>")
_END = "</row>"
_NUMBER = re.compile(r"""(?:^|\s)r="(\d{1,12})\"""")
_CELL = re.compile(
    r"""<c r="([A-Z]{1,3})(\d+)"(?: s="(\d+)")?(?: t="(n|s|str|b|e|inlineStr)")?"""
    r"""(?:/>|>(?:<v>([^<>]*)</v>|<is><t(?: xml:space="preserve")?>([^<>]*)</t></is>)?</c>)"""
)
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def sheet_rows(path: Path, book: Book, stream: IO[bytes]) -> Iterator[Row]:
    """Yield the rows of a sheet. Raises FileProblem, and what broken XML does."""
    head = stream.read(_LONGEST_HEAD)
    reader = CellReader(path, book)
    # A letter may be cut at the end of what was read: what is odd is left to the parser.
    text = head.decode("utf-8", "surrogateescape")
    frame = _HEAD.match(text)
    if frame is None or "<!" in frame.group():
        yield from _parsed(path, reader, head, stream)
        return
    rest = text[frame.end() :].encode("utf-8", "surrogateescape")
    yield from _matched(path, reader, rest, stream)


def _parsed(path: Path, reader: CellReader, head: bytes, stream: IO[bytes]) -> Iterator[Row]:
    parser = SheetParser(path, reader)
    chunk = head
    while chunk:
        yield from parser.feed(chunk)
        chunk = stream.read(_CHUNK)
    parser.close()


def _matched(path: Path, reader: CellReader, head: bytes, stream: IO[bytes]) -> Iterator[Row]:
    """Yield rows by pattern; around them must stand what ends a sheet."""
    waiting, number = head, 0
    while True:
        chunk = stream.read(_CHUNK)
        waiting += chunk
        if len(waiting) > _LONGEST_ROW:
            raise too_large(path)
        # Cut behind the last whole row, so that none is seen in halves.
        whole = waiting.rfind(_END.encode()) + len(_END) if chunk else len(waiting)
        text = waiting[:whole].decode("utf-8") if whole >= len(_END) else ""
        waiting = waiting[len(text) and whole :]
        at = 0
        while (row := _ROW.match(text, at)) is not None:
            end = row.end() if row[2] else text.find(_END, row.end())
            if end < 0:
                raise EOFError
            number, cells = _row(path, reader, number, row, text[row.end() : end])
            at = end if row[2] else end + len(_END)
            yield number, cells
        rest = text[at:].lstrip()
        if rest and not rest.startswith("</sheetData"):
            raise ValueError
        if rest:
            if b"</worksheet" not in rest.encode() + waiting + stream.read():
                raise EOFError
            return
        if not chunk:
            raise EOFError


def _row(path: Path, reader: CellReader, before: int, row: re.Match[str], content: str) -> Row:
    attributes = row[1]
    found = _NUMBER.search(attributes)
    if found is not None or "r=" not in attributes:
        number = int(found[1]) if found is not None else before + 1
        cells = _cells(path, reader, number, content)
        if cells is not None:
            return number, cells
    parser = SheetParser(path, reader, before)
    whole = row.group().lstrip() + content + ("" if row[2] else _END)
    rows = parser.feed(f"<worksheet>{whole}</worksheet>".encode())
    parser.close()
    if not rows:
        raise ValueError
    return rows[0]


def _cells(path: Path, reader: CellReader, row: int, content: str) -> list[SheetCell] | None:
    """Return the cells of a row that is written in the usual way, None where it is not."""
    found: list[SheetCell] = []
    at = 0
    for cell in _CELL.finditer(content):
        if cell.start() != at:
            return None
        at = cell.end()
        letters, _number, style, kind, text, inline = cell.groups()
        value: SheetCell
        if kind == "s" and text is not None:
            value = reader.strings[int(text)]
        elif text is not None:
            if "&" in text:
                text = _dereferenced(text)
                if text is None:
                    return None
            value = reader.value(row, kind or "n", style, text)
        elif inline is not None:
            plain_text = _dereferenced(inline) if "&" in inline else inline
            if plain_text is None:
                return None
            value = plain(unescaped(plain_text))
        else:
            continue
        if value is None:
            continue
        _put(path, found, reader.column(letters), value)
    return found if at == len(content) else None


def _put(path: Path, cells: list[SheetCell], column: int, value: SheetCell) -> None:
    if column >= MAX_COLUMNS:
        raise too_large(path)
    if column == len(cells):
        cells.append(value)
        return
    if column > len(cells):
        cells += [None] * (column + 1 - len(cells))
    cells[column] = value


def _dereferenced(text: str) -> str | None:
    """Return a text with its references replaced, None where one is not of XML's own."""
    if text.count("&") != len(_REFERENCE.findall(text)):
        return None
    return _REFERENCE.sub(_referred, text)


def _referred(found: re.Match[str]) -> str:
    if found[1] is not None:
        return _NAMED[found[1]]
    number = int(found[2]) if found[2] is not None else int(found[3], 16)
    if number in range(0xD800, 0xE000) or (number < ord(" ") and chr(number) not in "\t\n\r"):
        raise ValueError
    return chr(number)


class SheetParser:
    """Takes the XML of a sheet piece by piece and gives the rows that are complete."""

    def __init__(self, path: Path, reader: CellReader, before: int = 0) -> None:
        """Read cells with `reader`; `before` is the number of the row above the first."""
        self._path = path
        self._reader = reader
        self._done: list[Row] = []
        self._number = before
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
        if place is None:
            column = self._column + 1
        else:
            column = self._reader.column(place.rstrip("0123456789"))
        self._column = column
        if not self._parts:
            return
        kind = "inlineStr" if self._inline else self._cell.get("t", "n")
        text = "".join(self._parts)
        value = self._reader.value(self._number, kind, self._cell.get("s"), text)
        if value is not None:
            _put(self._path, self._cells, column, value)


def _refuse(*_declared: object) -> None:
    """Refuse a document type, which can only serve to blow a file up or to fetch another."""
    raise ValueError
