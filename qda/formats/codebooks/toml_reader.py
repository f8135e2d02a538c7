"""Read a codebook written in TOML."""

import re
import tomllib
from pathlib import Path
from typing import cast

from qda.formats.codebooks.building import MAX_DEPTH, read_guid
from qda.formats.delimited_reader import decode
from qda.formats.grid import read_bytes
from qda.model.codebook import Codebook, CodebookCode, join_path
from qda.model.errors import FileProblem
from qda.model.messages import message

_LINE = re.compile(r"\(at line (\d+)")
_Table = dict[str, object]


def read_toml(path: Path) -> Codebook:
    """Read `name`, `version`, `language`, `description` and the tree of `[[codes]]`.

    Keys this program does not know are passed over. Raises FileProblem for text that is not TOML,
    with the line, and for values of a wrong type, with the code.
    """
    return parse_toml(path, toml_source(path))


def toml_source(path: Path) -> str:
    """Return the text of a TOML file, with LF line ends."""
    text, _ = decode(path, read_bytes(path))
    return text.replace("\r\n", "\n")


def parse_toml(path: Path, text: str) -> Codebook:
    """Read a codebook from TOML text; `path` is for the errors and for a name if there is none."""
    table = _parse(path, text)
    if "codes" not in table:
        raise FileProblem(message("{file} is not a codebook: it has no [[codes]].", file=path.name))
    return Codebook(
        name=_text(path, table, "name", "") or path.stem,
        version=_text(path, table, "version", ""),
        language=_text(path, table, "language", ""),
        description=_text(path, table, "description", ""),
        codes=_codes(path, table, ()),
    )


def _parse(path: Path, text: str) -> _Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise FileProblem(
            message("{file} is not valid TOML: look at line {line}.", file=path.name, line=line)
        ) from error
    except (RecursionError, ValueError) as error:
        # Arrays nested beyond reason, and numbers and dates that do not exist.
        raise FileProblem(message("{file} is not valid TOML.", file=path.name)) from error


def _codes(path: Path, table: _Table, above: tuple[str, ...]) -> tuple[CodebookCode, ...]:
    value = table.get("codes", [])
    if len(above) > MAX_DEPTH or not _is_list_of_tables(value):
        raise FileProblem(
            message(
                "{file}: codes{where} must be written as tables, [[codes]], at most {limit} "
                "levels deep.",
                file=path.name,
                where=f" ({join_path(above)})" if above else "",
                limit=MAX_DEPTH,
            )
        )
    entries = cast("list[_Table]", value)
    return tuple(_code(path, entry, above, at) for at, entry in enumerate(entries, start=1))


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict) for each in cast("list[object]", value)
    )


def _code(path: Path, table: _Table, above: tuple[str, ...], position: int) -> CodebookCode:
    name = _text(path, table, "name", join_path((*above, f"[{position}]")))
    at = (*above, name)
    code = join_path(at)
    return CodebookCode(
        name=name,
        guid=read_guid(_text(path, table, "guid", code), code),
        color=_text(path, table, "color", code),
        definition=_text(path, table, "definition", code),
        include=_text(path, table, "include", code),
        exclude=_text(path, table, "exclude", code),
        example=_text(path, table, "example", code),
        keywords=_items(path, table, "keywords", code),
        scale=_items(path, table, "scale", code),
        shortcut=_text(path, table, "shortcut", code),
        children=_codes(path, table, at),
    )


def _text(path: Path, table: _Table, key: str, code: str) -> str:
    value = table.get(key, "")
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and key in ("version", "shortcut"):
        return str(value)
    if isinstance(value, float) and key == "version":
        return str(value)
    if code:
        raise FileProblem(
            message(
                "{file}: {key} of the code {code} must be text in quotation marks.",
                file=path.name,
                key=key,
                code=code,
            )
        )
    raise FileProblem(
        message("{file}: {key} must be text in quotation marks.", file=path.name, key=key)
    )


def _items(path: Path, table: _Table, key: str, code: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if isinstance(value, list):
        items = cast("list[object]", value)
        if all(isinstance(each, str | int | float) for each in items) and not any(
            isinstance(each, bool) for each in items
        ):
            return tuple(str(each) for each in items)
    raise FileProblem(
        message(
            '{file}: {key} of the code {code} must be a list of texts, such as ["one", "two"].',
            file=path.name,
            key=key,
            code=code,
        )
    )
