"""Read text tables: `.csv` with commas or semicolons, `.tsv` with tabs."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from qda.formats.cell_values import SheetCell
from qda.formats.grid import Grid, filled_rows, read_bytes, too_large
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, counted, message

_DELIMITERS = (";", "\t", ",")
_SINGLE_COLUMN = "\x1f"
"""Stands in for a delimiter where there is none; the text itself cannot hold it."""
_SAMPLE = 200
_MAX_FIELD = 10_000_000
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\r?\n", re.IGNORECASE)


def read_delimited(path: Path, progress: Progress | None = None) -> Grid:
    """Read a text table; encoding and delimiter are found out from its content.

    Encodings: a byte order mark, else UTF-8, UTF-16 without a mark, cp1252. All cells are text,
    None where empty. Raises FileProblem for bytes in no known encoding and for quotes that do not
    close.
    """
    return delimited_grid(path, *decode(path, read_bytes(path)), progress)


def delimited_grid(path: Path, text: str, encoding: str, progress: Progress | None = None) -> Grid:
    """Return the rows of a text table that was decoded; `path` gives its name and ending.

    Raises FileProblem as `read_delimited` does.
    """
    text, dropped = _FORBIDDEN.subn("", text)
    warnings: tuple[Message, ...] = ()
    if dropped:
        warnings = (
            counted(
                "{file}: {n} control character was dropped.",
                "{file}: {n} control characters were dropped.",
                dropped,
                file=path.name,
            ),
        )
    first_row, delimiter = 1, ""
    if announced := _SEPARATOR_LINE.match(text):
        text, delimiter, first_row = text[announced.end() :], announced[1], 2
    elif path.suffix.lower() == ".tsv":
        delimiter = "\t"
    delimiter = delimiter or _find_delimiter(text)
    numbers, rows = filled_rows(path, _records(path, text, delimiter or _SINGLE_COLUMN), progress)
    numbers = tuple(number + first_row - 1 for number in numbers)
    return Grid(numbers, rows, encoding, delimiter, warnings=warnings)


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    Raises FileProblem for bytes in no known encoding.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            candidates: tuple[str, ...] = (encoding,)
            break
    else:
        candidates = (*_unmarked_utf16(data), "utf-8", "cp1252")
    for encoding in candidates:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise FileProblem(
        message(
            "{file} is not text in a known encoding: save it as UTF-8 and try again.",
            file=path.name,
        )
    )


def _unmarked_utf16(data: bytes) -> tuple[str, ...]:
    """Return the UTF-16 that fits, judged by where the zero bytes of plain letters stand."""
    sample = data[:2000]
    if len(data) % 2 or len(sample) < 4:
        return ()
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) == 0:
        return ("utf-16-le",)
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) == 0:
        return ("utf-16-be",)
    return ()


def _find_delimiter(text: str) -> str:
    """Return the delimiter by which most rows have the same width of at least two cells.

    Empty where there is but one column.
    """
    best, best_score = "", (0.0, 1)
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for record in islice(_parse(text, delimiter), _SAMPLE):
                if record:
                    widths[len(record)] += 1
        except csv.Error:
            widths[0] += 1
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (count / widths.total(), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _parse(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _records(path: Path, text: str, delimiter: str) -> Iterator[list[SheetCell]]:
    """Yield the rows as cells; a cell of white space is empty, newlines become LF."""
    number = 0
    before = csv.field_size_limit(_MAX_FIELD)
    try:
        for record in _parse(text, delimiter):
            number += 1
            yield [
                (field if "\r" not in field else _one_break(field)) if field.strip() else None
                for field in record
            ]
    except csv.Error as error:
        if "field larger" in str(error):
            raise too_large(path) from error
        raise FileProblem(
            message(
                "{file}, row {row}: a quotation mark does not close, or text follows it.",
                file=path.name,
                row=number + 1,
            )
        ) from error
    finally:
        csv.field_size_limit(before)


def _one_break(field: str) -> str:
    return field.replace("\r\n", "\n").replace("\r", "\n")
