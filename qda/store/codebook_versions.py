"""Queries on the versions of the codebook; each is kept as JSON."""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from qda.model.codebook import Codebook, CodebookCode
from qda.model.codebook_merge import CodebookVersion
from qda.model.ids import CodebookVersionId, parse_guid

COLUMNS = "SELECT id, guid, name, origin, file_name, created, coder FROM codebook_version"
# A code is an object with a name; so is the codebook itself.
COUNTED = (
    "SELECT id, guid, name, origin, file_name, created, coder,"
    " (SELECT count(*) - 1 FROM json_tree(codebook) WHERE key = 'name')"
    " FROM codebook_version WHERE json_valid(codebook) ORDER BY id DESC"
)
BODY = "SELECT codebook FROM codebook_version WHERE id = ?"
BODIES = "SELECT id, codebook FROM codebook_version ORDER BY id"
INSERT = (
    "INSERT INTO codebook_version (guid, name, origin, file_name, created, coder, codebook)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
TEXTS = ("color", "definition", "include", "exclude", "example", "shortcut")
LISTS = ("keywords", "scale")
DEEPEST = 200
"""Levels of a codebook that is read; codebook files have at most 50."""


def all_versions(connection: sqlite3.Connection) -> tuple[CodebookVersion, ...]:
    """Return every version that can be read, newest first."""
    return tuple(CodebookVersion(*row) for row in connection.execute(COUNTED))


def codebook(connection: sqlite3.Connection, version: CodebookVersionId) -> Codebook | None:
    """Return the codebook of a version; None where it is gone or cannot be read."""
    row = connection.execute(BODY, (version,)).fetchone()
    return None if row is None else codebook_of(row[0])


def codebooks(
    connection: sqlite3.Connection,
) -> Iterator[tuple[CodebookVersionId, Codebook | None]]:
    """Yield every version with its codebook, oldest first; None where it cannot be read."""
    for row in connection.execute(BODIES).fetchall():
        yield CodebookVersionId(row[0]), codebook_of(row[1])


def insert(
    connection: sqlite3.Connection, version: CodebookVersion, content: Codebook
) -> CodebookVersionId:
    """Keep a version (its `id` and `codes` are ignored); return the id."""
    cursor = connection.execute(
        INSERT,
        (
            version.guid, version.name, version.origin, version.file_name, version.created,
            version.coder, text_of(content),
        ),
    )  # fmt: skip
    return CodebookVersionId(int(cursor.lastrowid or 0))


# ------------------------------------------------------------------------------------- JSON
def text_of(content: Codebook) -> str:
    """Write a codebook as JSON; what is empty is left out."""
    whole = {
        "name": content.name,
        "version": content.version,
        "language": content.language,
        "description": content.description,
        "codes": _written(content.codes),
    }
    return json.dumps(
        {key: value for key, value in whole.items() if value or key == "name"}, ensure_ascii=False
    )


def _written(codes: Iterable[CodebookCode]) -> list[object]:
    return [_entry(code) for code in codes]


def _entry(code: CodebookCode) -> dict[str, object]:
    entry: dict[str, object] = {"name": code.name}
    for key in ("guid", *TEXTS, *LISTS):
        if getattr(code, key):
            entry[key] = getattr(code, key)
    if code.children:
        entry["children"] = _written(code.children)
    return entry


def codebook_of(text: str) -> Codebook | None:
    """Read a codebook from JSON; None where it is none: a project may come from a stranger."""
    try:
        content: object = json.loads(text)
        if not isinstance(content, dict):
            return None
        entry: dict[object, object] = content  # pyright: ignore[reportUnknownVariableType]
        return Codebook(
            name=_text(entry, "name"),
            codes=_codes(entry.get("codes", []), 0),
            version=_text(entry, "version"),
            language=_text(entry, "language"),
            description=_text(entry, "description"),
        )
    except (ValueError, RecursionError):
        return None


def _codes(content: object, depth: int) -> tuple[CodebookCode, ...]:
    if not isinstance(content, list) or depth > DEEPEST:
        raise ValueError
    entries: list[object] = content  # pyright: ignore[reportUnknownVariableType]
    return tuple(_code(entry, depth) for entry in entries)


def _code(content: object, depth: int) -> CodebookCode:
    if not isinstance(content, dict):
        raise ValueError  # noqa: TRY004 - a text that is no codebook, like any other
    entry: dict[object, object] = content  # pyright: ignore[reportUnknownVariableType]
    name = _text(entry, "name")
    if not name.strip():
        raise ValueError
    return CodebookCode(
        name=name,
        guid=parse_guid(_text(entry, "guid")),
        color=_text(entry, "color"),
        definition=_text(entry, "definition"),
        include=_text(entry, "include"),
        exclude=_text(entry, "exclude"),
        example=_text(entry, "example"),
        keywords=_items(entry, "keywords"),
        scale=_items(entry, "scale"),
        shortcut=_text(entry, "shortcut"),
        children=_codes(entry.get("children", []), depth + 1),
    )


def _text(entry: dict[object, object], key: str) -> str:
    value = entry.get(key) or ""
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - likewise
    return value


def _items(entry: dict[object, object], key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list):
        raise ValueError  # noqa: TRY004 - likewise
    items: list[object] = value  # pyright: ignore[reportUnknownVariableType]
    if not all(isinstance(item, str) for item in items):
        raise ValueError
    return tuple(str(item) for item in items)
