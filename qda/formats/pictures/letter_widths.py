"""How wide the letters of Helvetica are (Adobe Font Metrics), in thousandths of their size.

By code units of UTF-16, as metafiles ask for them. What is not listed is as wide as a digit.
"""

import unicodedata
from functools import cache

_DIGIT = 556
_SHARED: dict[str, int] = {
    "#$0123456789_ae«»–": 556,
    " ,./\\IÌÍÎÏ\u00a0": 278,
    "()-`": 333,
    "+<=>~−×±÷": 584,
    "FTZ": 611, "VXYESPÝ": 667, "CDHNRU": 722, "GOQØ": 778, "M": 833, "W": 944, "%": 889,
    "æ": 889, "ÆŒ—…": 1000, "ø": 611, "*": 389,
}  # fmt: skip
_REGULAR: dict[str, int] = {
    "!:;[]ft·": 278, "'": 191, '"': 355, "ijl‘’": 222, "“”r": 333, "{}": 334, "|": 260,
    "^": 469, "Jckszvxy": 500, "?Lbdghnopqu": 556, "ABK&": 667, "w": 722, "m": 833, "@": 1015,
}  # fmt: skip
_BOLD: dict[str, int] = {
    "ijl‘’·": 278, "'": 238, '"': 474, "!:;[]ft": 333, "“”": 500, "r{}": 389, "|": 280,
    "^": 584, "z": 500, "Jcksvxy": 556, "?Lbdghnopqu": 611, "ABK&": 722, "w": 778, "m": 889,
    "@": 975,
}  # fmt: skip


@cache
def _table(*, bold: bool) -> dict[str, int]:
    groups = (*_SHARED.items(), *(_BOLD if bold else _REGULAR).items())
    return {letter: width for letters, width in groups for letter in letters}


@cache
def letter_width(unit: int, *, bold: bool) -> int:
    """Return the width of a code unit; a letter with an accent is as wide as it is without."""
    letter, table = chr(unit), _table(bold=bold)
    if letter in table:
        return table[letter]
    plain = unicodedata.normalize("NFD", letter)[0]
    return 0 if unicodedata.combining(letter) else table.get(plain, _DIGIT)
