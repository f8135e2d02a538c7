"""Read and write codebooks of other programs: REFI-QDA `.qdc` (standard 1.5, chapter 3)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from qda.formats.codebooks.building import (
    MAX_CODES,
    MAX_DEPTH,
    code_texts,
    join_items,
    read_color,
    tidy_name,
    tidy_text,
)
from qda.formats.grid import read_bytes
from qda.formats.xml_repair import repaired
from qda.model.codebook import TWICE, Codebook, CodebookCode, CodebookSet, join_path
from qda.model.errors import FileProblem
from qda.model.ids import Guid, new_guid, parse_guid
from qda.model.messages import Message, message
from qda.model.naming import free_name

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_SECTIONS = ("Include", "Exclude", "Example", "Keywords", "Scale", "Shortcut")
_MARKER = re.compile(rf"\[({'|'.join(_SECTIONS)})\]")
_ESCAPED = re.compile(rf"\\+\[(?:{'|'.join(_SECTIONS)})\]")


def description_text(code: CodebookCode) -> str:
    """Return all texts of a code as one description: the definition, then named sections.

    A section begins with its name in brackets on a line of its own; `description_fields` reads it
    back. Such a line inside a text has a backslash in front.
    """
    sections = (
        code.include, code.exclude, code.example, join_items(code.keywords), join_items(code.scale),
        code.shortcut,
    )  # fmt: skip
    parts = [_masked(code.definition)] if code.definition else []
    parts += [
        f"[{name}]\n{_masked(text)}" for name, text in zip(_SECTIONS, sections, strict=True) if text
    ]
    return "\n\n".join(parts)


def description_fields(text: str) -> Mapping[str, str]:
    """Return the texts of a description by lower-case name: definition, include, exclude, ..."""
    found: dict[str, list[str]] = {"definition": []}
    current = found["definition"]
    for line in tidy_text(text).split("\n"):
        marker = _MARKER.fullmatch(line)
        if marker and marker[1].lower() not in found:
            current = found[marker[1].lower()] = []
        else:
            current.append(line[1:] if _ESCAPED.fullmatch(line) else line)
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def _masked(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        "\\" + line if _MARKER.fullmatch(line) or _ESCAPED.fullmatch(line) else line
        for line in lines
    )


def qdc_text(codebook: Codebook) -> str:
    """Return `codebook` as a `.qdc`, valid by the standard's schema.

    Codes without a GUID get a fresh one. Raises FileProblem for a codebook without codes, which
    the standard does not admit.
    """
    if not codebook.codes:
        raise FileProblem(message("A codebook without codes cannot be written as .qdc."))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<CodeBook xmlns="{NAMESPACE}" origin="qda">',
        "<Codes>",
        *(line for code in codebook.codes for line in _code_lines(code)),
        "</Codes>",
        *_set_lines(codebook),
        "</CodeBook>",
    ]
    return "\n".join(lines) + "\n"


def _code_lines(code: CodebookCode) -> Iterator[str]:
    color = f' color="{code.color.upper()}"' if code.color else ""
    yield (
        f'<Code guid="{code.guid or new_guid()}" name={quoteattr(code.name)} '
        f'isCodable="{"true" if code.codable else "false"}"{color}>'
    )
    if description := description_text(code):
        yield f"<Description>{escape(description)}</Description>"
    for child in code.children:
        yield from _code_lines(child)
    yield "</Code>"


def _set_lines(codebook: Codebook) -> Iterator[str]:
    known = {code.guid for _path, code in codebook.walk()}
    sets = [(one, [guid for guid in one.codes if guid in known]) for one in codebook.sets]
    if not sets:
        return
    yield "<Sets>"
    for one, members in sets:
        yield f'<Set guid="{one.guid or new_guid()}" name={quoteattr(one.name)}>'
        if one.description:
            yield f"<Description>{escape(one.description)}</Description>"
        yield from (f'<MemberCode guid="{guid}"/>' for guid in members)
        yield "</Set>"
    yield "</Sets>"


class _ForbiddenError(Exception):
    """The file has a document type, which a codebook has no need of."""


@dataclass(slots=True)
class _Element:
    """A `Code` while its XML is read."""

    attributes: Mapping[str, str]
    description: str = ""
    children: list["_Element"] = field(default_factory=list["_Element"])


@dataclass(slots=True)
class _Set:
    """A `Set` while its XML is read."""

    name: str
    guid: str
    members: list[Guid] = field(default_factory=list[Guid])
    description: str = ""


class _Builder:
    """Build the code tree from the events of the XML parser; elements go by their local names."""

    def __init__(self) -> None:
        self.root = ""
        self.top = _Element({})
        self._open = [self.top]
        self._names: list[str] = []
        self._count = 0
        self.sets: list[_Set] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.root = self.root or name
        self._names.append(name)
        if name not in ("Code", "Set", "MemberCode"):
            return
        self._count += 1
        if len(self._open) > MAX_DEPTH or self._count > MAX_CODES:
            raise _ForbiddenError
        values = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "Code":
            element = _Element(values)
            self._open[-1].children.append(element)
            self._open.append(element)
        elif name == "Set":
            self.sets.append(_Set(values.get("name", ""), values.get("guid", "")))
        elif self.sets:
            guid = parse_guid(values.get("guid", "") or values.get("targetGUID", ""))
            self.sets[-1].members += [guid] if guid is not None else []

    def end(self, _name: str) -> None:
        if self._names.pop() == "Code":
            self._open.pop()

    def text(self, text: str) -> None:
        if self._names[-2:] == ["Code", "Description"]:
            self._open[-1].description += text
        elif self._names[-2:] == ["Set", "Description"]:
            self.sets[-1].description += text

    def doctype(self, *_: object) -> None:
        raise _ForbiddenError


def read_qdc(path: Path) -> Codebook:
    """Read a `.qdc`: codes with GUID, colour and description, whatever its namespace.

    Folders (`isCodable="false"`) are codes that are marked so. One bad code never stops the
    others: what is made up for it is among the `warnings`. Raises FileProblem for a file that is
    no XML, no codebook, or has a document type or more codes than reason.
    """
    content = read_bytes(path)
    try:
        builder = _built(content)
    except expat.ExpatError:
        builder = _built_of_repaired(content, path.name)
    except (LookupError, ValueError, _ForbiddenError) as error:
        raise _damaged(path.name) from error
    if builder.root.casefold() != "codebook":
        raise _damaged(path.name)
    mending = _Mending()
    codes = mending.codes(builder.top.children, ())
    sets = tuple(map(_code_set, builder.sets))
    return Codebook(path.stem, codes, sets=sets, warnings=tuple(mending.warnings))


def _built(content: bytes) -> _Builder:
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.Parse(content, True)  # noqa: FBT003 - the parser takes no keywords
    return builder


def _built_of_repaired(content: bytes, file: str) -> _Builder:
    try:
        return _built(repaired(content)[0])
    except (expat.ExpatError, LookupError, ValueError, _ForbiddenError) as error:
        raise _damaged(file) from error


def _damaged(file: str) -> FileProblem:
    return FileProblem(message("{file} is damaged or not a REFI-QDA codebook.", file=file))


def _code_set(found: _Set) -> CodebookSet:
    members = tuple(dict.fromkeys(found.members))
    return CodebookSet(tidy_name(found.name), members, parse_guid(found.guid), found.description)


class _Mending:
    """Make codes of elements, and make up for what they lack."""

    def __init__(self) -> None:
        self.warnings: list[tuple[str, Message]] = []
        self._taken: set[Guid] = set()

    def codes(
        self, elements: Sequence[_Element], above: tuple[str, ...]
    ) -> tuple[CodebookCode, ...]:
        names: dict[str, bool] = {}
        found: list[CodebookCode] = []
        for number, element in enumerate(elements, start=1):
            guid = self._guid(element, above)
            name = self._name(element, number, names, above, told_apart=guid is not None)
            names[name] = names.get(name, True) and guid is not None
            found.append(self._code(element, guid, (*above, name)))
        return tuple(found)

    def _name(
        self,
        element: _Element,
        number: int,
        names: Mapping[str, bool],
        above: tuple[str, ...],
        *,
        told_apart: bool,
    ) -> str:
        """Return a name that no sibling has, unless both have GUIDs to tell them apart by."""
        name = tidy_name(element.attributes.get("name", ""))
        if not name:
            name, why = f"? {number}", message("It had no name.")
        elif name not in names or (told_apart and names[name]):
            return name
        else:
            why = TWICE
        name = free_name(name, names.keys())
        self.warnings.append((join_path((*above, name)), why))
        return name

    def _code(self, element: _Element, guid: Guid | None, path: tuple[str, ...]) -> CodebookCode:
        fields = description_fields(element.description)
        return CodebookCode(
            name=path[-1],
            guid=guid,
            color=self._color(element, path),
            **code_texts(fields),
            children=self.codes(element.children, path),
            codable=element.attributes.get("isCodable", "").strip().lower() not in ("false", "0"),
        )

    def _guid(self, element: _Element, above: tuple[str, ...]) -> Guid | None:
        text = element.attributes.get("guid", "").strip()
        if not text:
            return None
        guid = parse_guid(text)
        why = message("Its identifier is no GUID; it was given one.")
        if guid is not None and guid in self._taken:
            guid = None
            why = message("Another has the same GUID; it was given a new one.")
        if guid is None:
            name = tidy_name(element.attributes.get("name", ""))
            self.warnings.append((join_path((*above, name)), why))
        else:
            self._taken.add(guid)
        return guid

    def _color(self, element: _Element, path: tuple[str, ...]) -> str:
        text = element.attributes.get("color", "")
        try:
            return read_color(text, path[-1])
        except FileProblem:
            why = message("{value} is no colour; another was chosen.", value=text[:50])
            self.warnings.append((join_path(path), why))
            return ""
