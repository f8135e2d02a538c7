"""What a codebook looks like as a table: its columns, and the guard against formulas."""

import re
import unicodedata
from collections.abc import Iterator

from qda.formats.codebooks.building import join_items
from qda.model.codebook import Codebook, join_path

COLUMNS = (
    "path", "definition", "include", "exclude", "example", "keywords", "scale", "color", "guid",
    "shortcut",
)  # fmt: skip
NAMES = {
    "path": ("path", "code path", "code", "kode", "sti", "kodesti"),
    "definition": ("definition", "definisjon"),
    "include": ("include", "inclusion", "ta med", "inkluder", "inkludering"),
    "exclude": ("exclude", "exclusion", "utelat", "ikke ta med", "ekskluder", "ekskludering"),
    "example": ("example", "eksempel", "døme"),
    "keywords": ("keywords", "nøkkelord", "stikkord", "nykelord"),
    "scale": ("scale", "skala"),
    "color": ("color", "colour", "farge"),
    "guid": ("guid",),
    "shortcut": ("shortcut", "snarvei", "hurtigtast", "snarveg"),
}
"""What the columns may be called in a file, in English and Norwegian."""

_BY_NAME = {name: column for column, names in NAMES.items() for name in names}
_GUARDED = re.compile(r"'*[=+\-@\t\r]")


def column_of(heading: str) -> str | None:
    """Return which column a heading names, None where it is none of ours."""
    words = unicodedata.normalize("NFC", heading).replace("_", " ").casefold().split()
    return _BY_NAME.get(" ".join(words))


def table_rows(codebook: Codebook) -> Iterator[tuple[str, ...]]:
    """Yield one row a code, parents first, with the cells of `COLUMNS` as texts."""
    for path, code in codebook.walk():
        yield (
            join_path(path),
            code.definition,
            code.include,
            code.exclude,
            code.example,
            join_items(code.keywords),
            join_items(code.scale),
            code.color,
            code.guid or "",
            code.shortcut,
        )


def guard(text: str) -> str:
    """Return `text` with an apostrophe in front where a spreadsheet program would calculate it."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """Return `text` without the apostrophe that `guard` puts in front."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text
