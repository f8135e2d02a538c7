"""Bring an existing TOML codebook up to date and leave alone what has not changed.

The file is taken apart into blocks, one a code: the comments above its header, the header, and the
statements below it. Blocks are matched with codes, put in the order of the codebook, and within a
block only the statements of changed fields are written anew.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from qda.formats.codebooks.building import checked
from qda.formats.codebooks.toml_reader import parse_toml, toml_source
from qda.formats.codebooks.toml_writer import (
    CODE_KEYS,
    HEAD_KEYS,
    NO_CODES,
    TomlValue,
    code_block,
    code_header,
    code_values,
    head_values,
    toml_text,
    toml_value,
)
from qda.model.codebook import Codebook, CodebookCode
from qda.model.errors import FileProblem
from qda.model.messages import message


@dataclass(slots=True)
class _Block:
    """A piece of the file.

    `lead` are the blank lines and comments above the header, `opaque` the tables below it that
    this program does not know. Depth 0 has no header: it is the head of the file.
    """

    depth: int
    lead: list[str] = field(default_factory=list[str])
    header: str = ""
    body: list[str] = field(default_factory=list[str])
    opaque: list[str] = field(default_factory=list[str])

    def text(self) -> str:
        return "".join((*self.lead, self.header, *self.body, *self.opaque))


def updated_toml(path: Path, codebook: Codebook) -> str:
    """Return the text that `path` is to hold: a new file, or the existing one brought up to date.

    Raises FileProblem where the existing file is not a codebook of `[[codes]]` tables, so that
    nothing in it is lost.
    """
    if not path.exists():
        return toml_text(codebook)
    source = toml_source(path)
    if not source.strip():
        return toml_text(codebook)
    existing = checked(parse_toml(path, source))
    head, blocks, others = _take_apart(source)
    entries = list(existing.walk())
    depths = [len(names) for names, _ in entries]
    if depths != [block.depth for block in blocks]:
        raise FileProblem(
            message(
                "{file} has codes that are not written as [[codes]] tables: choose another file "
                "name.",
                file=path.name,
            )
        )
    matched = _match(entries, codebook)
    _keep_free_comments(blocks, {index for index in matched if index is not None}, others)
    text = _updated_head(head, existing, codebook).text()
    for (names, code), index in zip(codebook.walk(), matched, strict=True):
        if index is None:
            text = _with_newline(text) + "\n" + code_block(code, len(names))
        else:
            block = _updated_block(blocks[index], entries[index][1], code, len(names))
            text = _with_newline(text) + block.text()
    for block in others:
        text = _with_newline(text) + block.text()
    return text.replace("\n", "\r\n") if _has_crlf(path) else text


def _has_crlf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline().endswith(b"\r\n")


def _with_newline(text: str) -> str:
    return text if text.endswith("\n") or not text else text + "\n"


def _statements(source: str) -> Iterator[str]:
    """Yield the statements of a valid TOML text, with their line ends; they join up to it.

    A statement is over at the first line where what was gathered is valid TOML by itself.
    """
    gathered = ""
    for line in _lines(source):
        gathered += line
        try:
            tomllib.loads(gathered)
        except tomllib.TOMLDecodeError:
            continue
        yield gathered
        gathered = ""
    if gathered:
        yield gathered


def _lines(source: str) -> Iterator[str]:
    *whole, rest = source.split("\n")
    yield from (line + "\n" for line in whole)
    if rest:
        yield rest


def _take_apart(source: str) -> tuple[_Block, list[_Block], list[_Block]]:
    """Return the head of the file, the blocks of the codes and those of unknown top tables."""
    head = current = _Block(0)
    codes: list[_Block] = []
    others: list[_Block] = []
    for statement in _statements(source):
        if not statement.lstrip().startswith("["):
            (current.opaque if current.opaque else current.body).append(statement)
            continue
        keys, is_list = _header_keys(statement)
        if is_list and set(keys) == {"codes"}:
            current = _Block(len(keys), _cut_lead(current), statement)
            codes.append(current)
        elif keys[0] == "codes":
            current.opaque.append(statement)
        else:
            current = _Block(0, _cut_lead(current), statement)
            others.append(current)
    return head, codes, others


def _header_keys(statement: str) -> tuple[tuple[str, ...], bool]:
    """Return the keys of a table header, and whether it is one of a list of tables."""
    keys: list[str] = []
    value: object = tomllib.loads(statement)
    while isinstance(value, dict) and value:
        key, value = next(iter(cast("dict[str, object]", value).items()))
        keys.append(key)
    return tuple(keys), isinstance(value, list)


def _cut_lead(block: _Block) -> list[str]:
    """Take from the end of `block` the comments that belong to the header that follows.

    Comments that stand directly below the last statement belong to that statement.
    """
    statements = block.opaque or block.body
    start = len(statements)
    while start and _is_remark(statements[start - 1]):
        start -= 1
    if start or block.header:
        blanks = [at for at in range(start, len(statements)) if not statements[at].strip()]
        start = blanks[0] if blanks else start
    lead = statements[start:]
    del statements[start:]
    return lead


def _is_remark(statement: str) -> bool:
    return not statement.strip() or statement.lstrip().startswith("#")


def _match(
    entries: list[tuple[tuple[str, ...], CodebookCode]], codebook: Codebook
) -> list[int | None]:
    """Return for every code of `codebook` its entry in the file: by guid, then by path.

    A code whose parent has moved or is called something else is looked for where the parent was.
    """
    wanted = list(codebook.walk())
    by_guid = {code.guid: at for at, (_, code) in enumerate(entries) if code.guid}
    matched = [by_guid.get(code.guid) if code.guid else None for _, code in wanted]
    taken = set(matched)
    by_path: dict[tuple[str, ...], list[int]] = {}
    for at, (path, _) in enumerate(entries):
        if at not in taken:
            by_path.setdefault(path, []).append(at)
    was_at: dict[tuple[str, ...], tuple[str, ...]] = {}
    for at, (path, _) in enumerate(wanted):
        below_parent = (*was_at.get(path[:-1], path[:-1]), path[-1])
        for place in (below_parent, path):
            if matched[at] is None and by_path.get(place):
                matched[at] = by_path[place].pop(0)
        found = matched[at]
        was_at[path] = below_parent if found is None else entries[found][0]
    return matched


def _keep_free_comments(blocks: list[_Block], kept: set[int], others: list[_Block]) -> None:
    """Hand the comments that stand free above a removed code on to what follows it."""
    for index, block in enumerate(blocks):
        if index in kept:
            continue
        blanks = [at for at, line in enumerate(block.lead) if not line.strip()]
        free = block.lead[: blanks[-1] + 1] if blanks else []
        if not any(line.strip() for line in free):
            continue
        if index + 1 < len(blocks):
            blocks[index + 1].lead[:0] = free
        else:
            others.insert(0, _Block(0, free))


def _updated_head(head: _Block, existing: Codebook, codebook: Codebook) -> _Block:
    _update(head, HEAD_KEYS, head_values(existing), head_values(codebook))
    at = _find(head, "codes")
    if codebook.codes and at is not None:
        del head.body[at]
    elif not codebook.codes and at is None:
        head.body.append(NO_CODES)
    return head


def _updated_block(block: _Block, existing: CodebookCode, code: CodebookCode, depth: int) -> _Block:
    if block.depth != depth:
        comment = block.header.rpartition("]]")[2]
        block.header = code_header(depth).rstrip("\n") + comment
        block.header += "" if block.header.endswith("\n") else "\n"
        above = re.compile(r"^(\s*\[+\s*)codes" + r"(?:\s*\.\s*codes)" * (block.depth - 1))
        prefix = ".".join(["codes"] * depth)
        block.opaque = [above.sub(rf"\g<1>{prefix}", each, count=1) for each in block.opaque]
    values = dict(code_values(code))
    if existing.guid and not code.guid:
        # The codebook at hand does not know the guid; that is no reason to lose it.
        values["guid"] = existing.guid
    _update(block, CODE_KEYS, code_values(existing), values)
    return block


def _update(
    block: _Block,
    order: tuple[str, ...],
    before: Mapping[str, TomlValue],
    after: Mapping[str, TomlValue],
) -> None:
    """Write the fields anew that differ between `before` and `after`."""
    for key in order:
        if before.get(key) == after.get(key):
            continue
        at = _find(block, key)
        value = after.get(key)
        if value is None:
            if at is not None:
                del block.body[at]
        elif at is not None:
            block.body[at] = _replaced(block.body[at], key, toml_value(key, value))
        else:
            _insert(block, order, key, f"{key} = {toml_value(key, value)}\n")


def _find(block: _Block, key: str) -> int | None:
    for at, statement in enumerate(block.body):
        if not _is_remark(statement) and key in tomllib.loads(statement):
            return at
    return None


def _replaced(statement: str, key: str, value: str) -> str:
    """Return the statement with another value, its indentation and its comment kept."""
    import tomlkit  # lazy: start-up

    document = tomlkit.parse(statement)
    document[key] = tomlkit.value(value)
    return document.as_string()


def _insert(block: _Block, order: tuple[str, ...], key: str, statement: str) -> None:
    """Put a new statement behind those that come before it in `order`."""
    earlier = [_find(block, each) for each in order[: order.index(key)]]
    places = [at + 1 for at in earlier if at is not None]
    if places:
        at = max(places)
    elif block.header:
        at = 0
    else:
        at = next(
            (at for at, each in enumerate(block.body) if not _is_remark(each)), len(block.body)
        )
    if at:
        block.body[at - 1] = _with_newline(block.body[at - 1])
    block.body.insert(at, statement)
