"""What all codebook files have in common: tidy texts, colours, and the checks on a code tree."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypedDict

from qda.model.codebook import Codebook, CodebookCode, CodebookSet, join_path
from qda.model.errors import FileProblem
from qda.model.ids import Guid, parse_guid
from qda.model.messages import message

MAX_DEPTH = 50
MAX_CODES = 50_000
_COLOR = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", re.ASCII)
_ITEM_BREAK = re.compile(r"\\([\\|])|(\|)")


def tidy_text(text: str) -> str:
    """Return `text` without outer white space, forbidden characters and foreign line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in text if _is_allowed(character)).strip()


def tidy_name(text: str) -> str:
    """Return `text` tidied, on one line."""
    return tidy_text(text).replace("\t", " ").replace("\n", " ")


def tidy_items(items: Iterable[str]) -> tuple[str, ...]:
    """Return the tidied items of a list that are not empty."""
    return tuple(item for item in map(tidy_name, items) if item)


def _is_allowed(character: str) -> bool:
    """Tell whether a character may stand in every format, XML among them."""
    if character in "\n\t":
        return True
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff"


def read_color(text: str, code: str) -> str:
    """Return a colour as `#rrggbb`, empty where `text` is. Raises FileProblem naming `code`."""
    text = text.strip()
    if not text:
        return ""
    match = _COLOR.fullmatch(text)
    if match is None:
        raise FileProblem(
            message("The colour of the code {code} is not of the form #3F6FA8.", code=code)
        )
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def read_guid(text: str, code: str) -> Guid | None:
    """Return a GUID, None where `text` is empty. Raises FileProblem naming `code`."""
    if not text.strip():
        return None
    guid = parse_guid(text)
    if guid is None:
        raise FileProblem(
            message("The guid of the code {code} is not a GUID: correct or remove it.", code=code)
        )
    return guid


def join_items(items: Iterable[str]) -> str:
    r"""Write a list into one cell: items joined by `|`, a bar inside an item as `\|`."""
    return "|".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def split_items(text: str) -> tuple[str, ...]:
    """Read a list from one cell: the inverse of `join_items`."""
    items = [""]
    position = 0
    for match in _ITEM_BREAK.finditer(text):
        items[-1] += text[position : match.start()] + (match[1] or "")
        if match[2]:
            items.append("")
        position = match.end()
    items[-1] += text[position:]
    return tidy_items(items)


class CodeTexts(TypedDict):
    """What a codebook says of a code, but its name, colour and place."""

    definition: str
    include: str
    exclude: str
    example: str
    keywords: tuple[str, ...]
    scale: tuple[str, ...]
    shortcut: str


def code_texts(fields: Mapping[str, str]) -> CodeTexts:
    """Return what texts by the names of the fields say of a code; one that is missing is empty."""
    return CodeTexts(
        definition=fields.get("definition", ""),
        include=fields.get("include", ""),
        exclude=fields.get("exclude", ""),
        example=fields.get("example", ""),
        keywords=split_items(fields.get("keywords", "")),
        scale=split_items(fields.get("scale", "")),
        shortcut=fields.get("shortcut", ""),
    )


def checked(codebook: Codebook) -> Codebook:
    """Return `codebook` with tidy texts.

    Raises FileProblem for a code without a name, a colour that is none, a GUID used twice, a name
    used twice under one parent without two GUIDs to tell them apart, and too deep a tree.
    """
    tidied = replace(
        codebook,
        name=tidy_name(codebook.name),
        version=tidy_name(codebook.version),
        language=tidy_name(codebook.language),
        description=tidy_text(codebook.description),
        codes=_checked_siblings(codebook.codes, ()),
        sets=_checked_sets(codebook.sets),
    )
    seen: dict[Guid, str] = {}
    for count, (path, code) in enumerate(tidied.walk(), start=1):
        if count > MAX_CODES:
            raise FileProblem(
                message("A codebook may have at most {limit} codes.", limit=MAX_CODES)
            )
        if code.guid is None:
            continue
        if code.guid in seen:
            raise FileProblem(
                message(
                    "The codes {first} and {second} have the same guid: remove one of the two "
                    "guids.",
                    first=seen[code.guid],
                    second=join_path(path),
                )
            )
        seen[code.guid] = join_path(path)
    return tidied


def _checked_sets(sets: tuple[CodebookSet, ...]) -> tuple[CodebookSet, ...]:
    """Return the sets with tidy texts, without those that have no name or no code."""
    tidied = (
        replace(one, name=tidy_name(one.name), description=tidy_text(one.description))
        for one in sets[:MAX_CODES]
    )
    return tuple(one for one in tidied if one.name and one.codes)


def _checked_siblings(
    codes: tuple[CodebookCode, ...], above: tuple[str, ...]
) -> tuple[CodebookCode, ...]:
    if codes and len(above) >= MAX_DEPTH:
        raise FileProblem(message("Codes may stand at most {limit} levels deep.", limit=MAX_DEPTH))
    kept: list[CodebookCode] = []
    by_name: dict[str, CodebookCode] = {}
    for position, code in enumerate(codes, start=1):
        tidied = _checked_code(code, above, position)
        twin = by_name.get(tidied.name)
        if twin is not None and (twin.guid is None or tidied.guid is None):
            raise FileProblem(
                message(
                    "The code {code} is there twice: give one another name, or each a guid.",
                    code=join_path((*above, tidied.name)),
                )
            )
        by_name[tidied.name] = tidied
        kept.append(tidied)
    return tuple(kept)


def _checked_code(code: CodebookCode, above: tuple[str, ...], position: int) -> CodebookCode:
    name = tidy_name(code.name)
    if not name:
        if above:
            raise FileProblem(
                message(
                    "Code number {number} under {parent} has no name.",
                    number=position,
                    parent=join_path(above),
                )
            )
        raise FileProblem(message("Code number {number} has no name.", number=position))
    path = (*above, name)
    return CodebookCode(
        name=name,
        guid=None if code.guid is None else read_guid(code.guid, join_path(path)),
        color=read_color(code.color, join_path(path)),
        definition=tidy_text(code.definition),
        include=tidy_text(code.include),
        exclude=tidy_text(code.exclude),
        example=tidy_text(code.example),
        keywords=tidy_items(code.keywords),
        scale=tidy_items(code.scale),
        shortcut=tidy_name(code.shortcut),
        children=_checked_siblings(code.children, path),
        codable=code.codable,
    )
