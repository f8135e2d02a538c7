"""The parts of a workbook beside its cells: which sheets there are, shared texts, number formats.

Read straight from the XML: a library that builds an object for each cell needs a minute for a
sheet of some hundred thousand rows.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml import etree

    # lxml has no public name for the type of its elements.
    _Node: TypeAlias = etree._Element  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

Format = str
"""What a number in a cell means: "" as it stands, "%", "date" or "duration"."""

_WORKSHEET = "/worksheet"
_RELATION_ID = re.compile(r"\{[^}]*/relationships\}id")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Book:
    """What is needed to read the cells of any sheet."""

    sheets: tuple[str, ...]
    """The parts of the visible sheets, in their order."""
    names: tuple[str, ...]
    """What those sheets are called."""
    hidden: tuple[str, ...]
    """What the sheets are called that the workbook does not show."""
    from_1904: bool
    strings: tuple[str | None, ...]
    """The texts that cells share, by their number; None for blank ones."""
    formats: tuple[Format, ...]
    """By the number that a cell gives as its style."""


def open_book(archive: zipfile.ZipFile) -> Book:
    """Read all parts but the sheets. Raises KeyError or a SyntaxError where they are damaged."""
    main = _main_part(archive)
    root = _root(archive, main)
    folder = main.rpartition("/")[0]
    targets = _relations(archive, main)
    sheets: list[str] = []
    shown: list[str] = []
    hidden: list[str] = []
    by_kind: dict[str, str] = {}
    for target, kind in targets.values():
        by_kind.setdefault(kind.rpartition("/")[2], target)
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        name = " ".join((sheet.get("name") or "").split())
        if (sheet.get("state") or "visible") != "visible":
            hidden.append(name)
            continue
        target, kind = targets[_relation_id(sheet)]
        if kind.endswith(_WORKSHEET):
            sheets.append(_resolved(folder, target))
            shown.append(name)
    properties = root.find("{*}workbookPr")
    in_1904 = properties is not None and properties.get("date1904") in ("1", "true", "on")
    names = {kind: _resolved(folder, target) for kind, target in by_kind.items()}
    members = set(archive.namelist())
    texts, styles = names.get("sharedStrings", ""), names.get("styles", "")
    return Book(
        tuple(sheets),
        tuple(shown),
        tuple(hidden),
        in_1904,
        tuple(_strings(archive, texts)) if texts in members else (),
        _formats(_root(archive, styles)) if styles in members else (),
    )


def _plain_text(node: "_Node") -> str:
    """Return the text of a shared string, its runs joined, without what is read aloud."""
    parts: list[str] = []
    for child in node:
        name = _local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [one.text or "" for one in child if _local(one) == "t"]
    return unescaped("".join(parts))


def plain(text: str) -> str | None:
    """Return a text with line feeds alone, None where it is blank."""
    if not text.strip():
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def unescaped(text: str) -> str:
    """Return the text that `_x000D_` and the like stand in for; control characters go."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    if character in "\r\n\t":
        return character
    return character if character.isprintable() else ""


def _local(node: "_Node") -> str:
    return str(node.tag).rpartition("}")[2]


def _root(archive: zipfile.ZipFile, part: str) -> "_Node":
    from lxml import etree  # lazy: start-up

    return etree.fromstring(
        archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True)
    )


def _main_part(archive: zipfile.ZipFile) -> str:
    for target, kind in _relations(archive, "").values():
        if kind.endswith("/officeDocument"):
            return _resolved("", target)
    raise KeyError


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return target and type of each relation of a part by its id."""
    folder, _, name = part.rpartition("/")
    found = _root(archive, join(folder, "_rels", f"{name}.rels"))
    return {
        one.get("Id") or "": (one.get("Target") or "", one.get("Type") or "")
        for one in found.iterfind("{*}Relationship")
        if one.get("TargetMode") != "External"
    }


def _resolved(folder: str, target: str) -> str:
    return normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))


def _relation_id(sheet: "_Node") -> str:
    for name, value in sheet.attrib.items():
        if _RELATION_ID.fullmatch(str(name)):
            return str(value)
    raise KeyError


def _strings(archive: zipfile.ZipFile, part: str) -> Iterator[str | None]:
    from lxml import etree  # lazy: start-up

    with archive.open(part) as stream:
        for _event, node in etree.iterparse(
            stream, events=("end",), tag="{*}si", resolve_entities=False, no_network=True
        ):
            yield plain(_plain_text(node))
            node.clear()
            parent = node.getparent()
            if parent is not None:
                del parent[0]


def _formats(root: "_Node") -> tuple[Format, ...]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # lazy: start-up

    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    for one in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(one.get("numFmtId") or 0)] = one.get("formatCode") or ""
    return tuple(
        _meaning(codes.get(int(one.get("numFmtId") or 0), "General"))
        for one in root.iterfind("{*}cellXfs/{*}xf")
    )


def _meaning(code: str) -> Format:
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format  # lazy: start-up

    if is_timedelta_format(code):
        return "duration"
    if is_date_format(code):
        return "date"
    return "%" if "%" in code else ""
