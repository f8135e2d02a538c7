"""Find out how a whole sheet writes its numbers, and read them all in that way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from qda.formats.cell_values import SheetCell, parse_number

Decimal = Literal["", ",", "."]

MISSING = frozenset({
    "", ".", "..", "...", "\u2026", "-", "\u2013", "\u2014", "\u2212", ":", "*", "na", "n/a",
    "#n/a", "nan", "null", "none",
})  # fmt: skip
"""What stands where there is no value: official tables use `..`, `.`, `:`, `-` and `*`."""

_SIGNS = re.compile(r"[.,]")
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumberReading:
    """How the numbers of a sheet are read.

    `decimal` is the decimal sign, empty where no number has one or both are used. `example` is a
    number that shows it, and `unsure` one that could be read otherwise: `1.234` may be a thousand
    or a little more than one.
    """

    decimal: Decimal = ""
    thousands: bool = False
    percent: bool = False
    mixed: bool = False
    example: str = ""
    unsure: str = ""


def is_missing(cell: SheetCell) -> bool:
    """Tell whether a cell says that there is no value."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in MISSING)


def find_reading(texts: Iterable[str], decimal: Decimal = "") -> NumberReading:
    """Return how the given texts are read; each different one is enough once.

    `decimal` is the sign that the user chose, empty to find it out: a sign with one, two or more
    than three digits after it is decimal, one that is repeated, or followed by the other sign,
    separates thousands.
    """
    proofs: dict[str, str] = {}
    groups: dict[str, str] = {}
    spaced = percent = ""
    for text in texts:
        if parse_number(text) is None:
            continue
        if text.rstrip().endswith("%"):
            percent = percent or text
        bare = text.strip().removesuffix("%").strip()
        if any(one.isspace() or one in "'’" for one in bare):
            spaced = spaced or bare
        sign = _proven(bare)
        if sign:
            proofs.setdefault(sign, bare)
        elif _ONE_GROUP.fullmatch(bare):
            groups.setdefault("," if "," in bare else ".", bare)
    found: Decimal = decimal
    if not found and len(proofs) == 1:
        found = "," if "," in proofs else "."
    other = "." if found == "," else ","
    grouped = groups.get(other, "") if found else ""
    return NumberReading(
        decimal=found,
        thousands=bool(spaced or grouped),
        percent=bool(percent),
        mixed=not found and len(proofs) > 1,
        example=proofs.get(found, "") or grouped or spaced,
        unsure="" if found else next(iter(groups.values()), ""),
    )


def _proven(bare: str) -> str:
    """Return the sign that this number can only have as its decimal sign, empty for none."""
    signs = _SIGNS.findall(bare)
    if not signs:
        return ""
    last = signs[-1]
    if signs.count(last) > 1:
        return "," if last == "." else "."
    if len(set(signs)) > 1:
        return last
    return "" if _ONE_GROUP.fullmatch(bare) else last


def read_number(cell: SheetCell, reading: NumberReading) -> float | None:
    """Return the number that a cell writes, None where it writes none in this reading."""
    return parse_number(cell, reading.decimal)
