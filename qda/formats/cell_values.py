"""Understand the cells of a sheet: which type a column has, and what a cell says in that type."""

import re
from collections.abc import Iterable
from datetime import date

from qda.model.entities import Value, VariableType
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

SheetCell = str | float | bool | None
"""A cell: dates are ISO texts (`2008-11-01`, with the time after a space where there is one)."""

LONG_TEXT = 40
"""Characters of the average cell from which on a column of text is taken for prose."""
_YES = frozenset({"ja", "yes", "true", "sann"})
_NO = frozenset({"nei", "no", "false", "usann"})
_SPACES = str.maketrans("", "", " \u00a0\u2007\u2009\u202f'’")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u2007\u2009\u202f'’]\d{3})+(?:[.,]\d+)?", re.ASCII)
_LEADING_ZERO = re.compile(r"[+-]?0\d", re.ASCII)
_NORWEGIAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}[\d:.,Z+-]*)?", re.ASCII)
_EXACT_DIGITS = 15
"""A binary float holds this many decimal digits; longer ones are identifiers, not numbers."""


def guess_type(values: Iterable[SheetCell]) -> VariableType:
    """Return the type that all filled `values` fit, text where none does or none is filled.

    Numbers with a leading zero (`0301`) or more digits than a number holds exactly are
    identifiers and stay text, and so do dates with a time of day.
    """
    filled = [value for value in values if not _is_empty(value)]
    if not filled:
        return "text"
    if all(_looks_boolean(value) for value in filled):
        return "boolean"
    if all(_looks_numeric(value) for value in filled):
        return "number"
    if all(isinstance(value, str) and _is_plain_date(value) for value in filled):
        return "date"
    return "text"


def holds_prose(cells: Iterable[SheetCell]) -> bool:
    """Tell whether a column holds sentences: long ones, and seldom the same twice."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not texts:
        return False
    average = sum(map(len, texts)) / len(texts)
    return average >= LONG_TEXT and len(set(texts)) > len(texts) / 2


def convert(cell: SheetCell, kind: VariableType, *, row: int = 0, column: str = "") -> Value | None:
    """Return what `cell` says as a value of type `kind`, None where it is empty.

    Numbers may have a decimal comma, spaces between thousands and a percent sign (`63 %` is 63);
    dates are `01.11.2008` or ISO and become ISO; yes and no are `ja/nei`, `yes/no`, `true/false`,
    `1/0`. Raises FileProblem, naming `row` (as the sheet counts) and `column`, where the cell does
    not fit.
    """
    if _is_empty(cell):
        return None
    value: Value | None
    if kind == "text":
        value = _as_text(cell)
    elif kind == "number":
        value = parse_number(cell)
    elif kind == "date":
        value = _parse_date(cell) if isinstance(cell, str) else None
    else:
        value = _parse_boolean(cell)
    if value is None:
        raise FileProblem(_misfit(kind, row, column))
    return value


def parse_number(cell: SheetCell, decimal: str = "") -> float | None:
    """Return the number that `cell` is or writes, None where it is none.

    `decimal` is the decimal sign where it is known. Else the comma is a decimal comma and the full
    stop a decimal point; where both stand, the last is the decimal sign; one that is repeated
    separates thousands.
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float | int):
        return float(cell)
    text = cell.strip().removesuffix("%").strip().replace("\u2212", "-")
    if any(character.isspace() or character in "'’" for character in text):
        if not _GROUPED.fullmatch(text):
            return None
        text = text.translate(_SPACES)
    number = _NUMBER.fullmatch(_with_decimal_point(text, decimal))
    return float(number.group()) if number else None


def _with_decimal_point(text: str, decimal: str) -> str:
    if not decimal:
        decimal = "," if text.rfind(",") > text.rfind(".") else "."
        if text.count(decimal) > 1:
            decimal = "." if decimal == "," else ","
    other = "." if decimal == "," else ","
    if other in text and not _grouped_by(text.split(decimal, maxsplit=1)[0], other):
        return ""
    return text.replace(other, "").replace(decimal, ".")


def _grouped_by(whole: str, separator: str) -> bool:
    first, *groups = whole.lstrip("+-").split(separator)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)


def _is_empty(cell: SheetCell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _as_text(cell: SheetCell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float | int):
        number = float(cell)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return "" if cell is None else cell.strip()


def _parse_date(text: str) -> str | None:
    text = text.strip()
    if norwegian := _NORWEGIAN_DATE.fullmatch(text):
        day, month, year = norwegian.groups()
    elif iso := _ISO_DATE.fullmatch(text):
        year, month, day = iso.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _is_plain_date(text: str) -> bool:
    return len(text.strip()) <= len("01. 11. 2008") and _parse_date(text) is not None


def _parse_boolean(cell: SheetCell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    word = _as_text(cell).casefold()
    if word in _YES or word == "1":
        return True
    return False if word in _NO or word == "0" else None


def _looks_boolean(cell: SheetCell) -> bool:
    return isinstance(cell, bool) or (
        isinstance(cell, str) and cell.strip().casefold() in _YES | _NO
    )


def _looks_numeric(cell: SheetCell) -> bool:
    if parse_number(cell) is None:
        return False
    if not isinstance(cell, str):
        return True
    digits = sum(character.isdigit() for character in cell)
    return digits <= _EXACT_DIGITS and not _LEADING_ZERO.match(cell.strip())


def _misfit(kind: VariableType, row: int, column: str) -> Message:
    """Say which cell does not fit; what it holds may be confidential and is left out."""
    if kind == "number":
        if row:
            return message(
                "Row {row}, column {column}: this is not a number.", row=row, column=column
            )
        return message("This is not a number.")
    if kind == "date":
        if row:
            return message(
                "Row {row}, column {column}: this is not a date; write 01.11.2008 or 2008-11-01.",
                row=row,
                column=column,
            )
        return message("This is not a date; write 01.11.2008 or 2008-11-01.")
    if row:
        return message(
            "Row {row}, column {column}: this is neither yes nor no.", row=row, column=column
        )
    return message("This is neither yes nor no.")
