"""Elements of the standard that have no place here, kept as XML and written back where they fit.

Only what the schema knows is kept: attributes of another kind and children out of place would make
an export invalid. What an element refers to must be there when it is written.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from qda.formats.exchange.xml_nodes import Node, read_fragment
from qda.formats.exchange.xml_writer import XmlLines
from qda.model.ids import Guid

Kind = Literal["guid", "user", "text", "whole", "color", "moment", "word", "path"]
OWN_LINK = "qda:link"
"""The name of links that this program writes for others; its own stand in the note on a project."""

MAX_XML = 2_000_000
"""The longest element that is carried along."""

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_FITS: Mapping[Kind, re.Pattern[str]] = {
    "guid": _GUID,
    "user": _GUID,
    "whole": re.compile(r"\s*[+-]?[0-9]{1,18}\s*", re.ASCII),
    "color": re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})", re.ASCII),
    "moment": re.compile(
        r"-?[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3])"
        r":[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])?",
        re.ASCII,
    ),
    # Where the file lay on another machine is nobody's business.
    "path": re.compile(r"internal://[^/\\]{1,200}|relative:///.{1,500}"),
}
_WORDS: Mapping[str, frozenset[str]] = {
    "direction": frozenset({"Associative", "OneWay", "Bidirectional"}),
    "lineStyle": frozenset({"dotted", "dashed", "solid"}),
    "shape": frozenset({
        "Person", "Oval", "Rectangle", "RoundedRectangle", "Star", "LeftTriangle",
        "RightTriangle", "UpTriangle", "DownTriangle", "Note",
    }),
}  # fmt: skip
REFERENCES = frozenset({"targetGUID", "originGUID", "representedGUID"})
"""Attributes that name something else in the file."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the schema lets stand in an element: children in their order, attributes by kind."""

    children: tuple[str, ...] = ()
    attributes: Mapping[str, Kind] = field(default_factory=dict[str, Kind])
    required: frozenset[str] = frozenset()
    text: bool = False


_MADE: Mapping[str, Kind] = {
    "creatingUser": "user", "creationDateTime": "moment", "modifyingUser": "user",
    "modifiedDateTime": "moment",
}  # fmt: skip
_NAMED: Mapping[str, Kind] = {"guid": "guid", "name": "text"}
_PLACE: Mapping[str, Kind] = {
    "firstX": "whole", "firstY": "whole", "secondX": "whole", "secondY": "whole",
}  # fmt: skip
_GUID_ONLY = frozenset({"guid"})
_CODED = ("Description", "Coding", "NoteRef")
_REFERENCE = Shape((), {"targetGUID": "guid"}, frozenset({"targetGUID"}))
_TEXT = Shape(text=True)


def _selection(more: Mapping[str, Kind], *children: str) -> Shape:
    return Shape(
        ("Description", *children, "Coding", "NoteRef"),
        {**_NAMED, **more, **_MADE},
        frozenset({"guid", *more}),
    )


def _media(selection: str, *children: str) -> Shape:
    return Shape(
        ("Description", *children, selection, "Coding", "NoteRef", "VariableValue"),
        {**_NAMED, "path": "path", **_MADE},
        _GUID_ONLY,
    )


SHAPES: Mapping[str, Shape] = {
    "Description": _TEXT,
    "PlainTextContent": _TEXT,
    "CodeRef": _REFERENCE,
    "NoteRef": _REFERENCE,
    "SourceRef": _REFERENCE,
    "MemberCode": _REFERENCE,
    "MemberSource": _REFERENCE,
    "MemberNote": _REFERENCE,
    "VariableRef": _REFERENCE,
    "Set": Shape(
        ("Description", "MemberCode", "MemberSource", "MemberNote"),
        _NAMED,
        frozenset({"guid", "name"}),
    ),
    "Link": Shape(
        ("NoteRef",),
        {
            **_NAMED,
            "direction": "word",
            "color": "color",
            "originGUID": "guid",
            "targetGUID": "guid",
        },
        _GUID_ONLY,
    ),
    "Graph": Shape(("Vertex", "Edge"), _NAMED, _GUID_ONLY),
    "Vertex": Shape(
        (),
        {
            "guid": "guid",
            "representedGUID": "guid",
            "name": "text",
            **_PLACE,
            "shape": "word",
            "color": "color",
        },
        frozenset({"guid", "firstX", "firstY"}),
    ),
    "Edge": Shape(
        (),
        {
            "guid": "guid",
            "representedGUID": "guid",
            "name": "text",
            "sourceVertex": "guid",
            "targetVertex": "guid",
            "color": "color",
            "direction": "word",
            "lineStyle": "word",
        },
        frozenset({"guid", "sourceVertex", "targetVertex"}),
    ),
    "Coding": Shape(
        ("CodeRef", "NoteRef"),
        {"guid": "guid", "creatingUser": "user", "creationDateTime": "moment"},
        _GUID_ONLY,
    ),
    "PictureSource": _media("PictureSelection", "TextDescription"),
    "AudioSource": _media("AudioSelection"),
    "VideoSource": _media("VideoSelection"),
    "PictureSelection": _selection(_PLACE),
    "AudioSelection": _selection({"begin": "whole", "end": "whole"}),
    "VideoSelection": _selection({"begin": "whole", "end": "whole"}),
    "PDFSelection": _selection({"page": "whole", **_PLACE}, "Representation"),
    "PlainTextSelection": _selection({"startPosition": "whole", "endPosition": "whole"}),
    "Representation": Shape(("Description", "PlainTextContent"), {**_NAMED, **_MADE}, _GUID_ONLY),
    "TextDescription": Shape(("Description", "PlainTextContent"), {**_NAMED, **_MADE}, _GUID_ONLY),
    "VariableValue": Shape(("VariableRef", "TextValue")),
    "TextValue": _TEXT,
}
_ONE = frozenset({"Description", "PlainTextContent", "Representation", "TextDescription"})
"""Children of which there is one at the most."""


def shaped(
    node: Node, read_guid: Callable[[str], Guid], left: Callable[[str], None]
) -> Node | None:
    """Return an element as the schema has it, None where it lacks what it needs.

    `left` is told the name of every child and attribute that is not of the schema.
    """
    shape = SHAPES.get(node.name)
    if shape is None:
        return None
    attributes: dict[str, str] = {}
    for name, kind in shape.attributes.items():
        value = node.attributes.get(name)
        if value is None:
            continue
        if kind in ("guid", "user"):
            value = read_guid(value) if value.strip() else ""
        if _fits(name, kind, value):
            attributes[name] = value
        else:
            left(f"{node.name} {name}")
    for name in node.attributes.keys() - shape.attributes.keys():
        left(f"{node.name} {name}")
    if not shape.required <= attributes.keys():
        return None
    children: list[Node] = []
    for child in node.children:
        kept = shaped(child, read_guid, left) if child.name in shape.children else None
        if kept is None:
            left(f"{node.name}/{child.name}")
        elif kept.name not in _ONE or all(one.name != kept.name for one in children):
            children.append(kept)
    children.sort(key=lambda one: shape.children.index(one.name))
    return Node(node.name, attributes, node.line, children, node.parts if shape.text else [])


def _fits(name: str, kind: Kind, value: str) -> bool:
    if kind == "text":
        return True
    if kind == "word":
        return value in _WORDS[name]
    return _FITS[kind].fullmatch(value) is not None


def xml_of(node: Node) -> str:
    """Return an element as XML on one line for each element."""
    xml = XmlLines(declared=False)
    write_node(xml, node)
    return xml.text_so_far()


def write_node(xml: XmlLines, node: Node) -> None:
    """Write an element with all below it."""
    attributes: dict[str, str | None] = dict(node.attributes)
    if SHAPES[node.name].text:
        xml.text(node.name, node.text)
    elif not node.children:
        xml.empty(node.name, **attributes)
    else:
        xml.open(node.name, **attributes)
        for child in node.children:
            write_node(xml, child)
        xml.close(node.name)


def read_part(xml: str) -> Node | None:
    """Return an element that was kept, None where it is none of the schema (any more)."""
    if len(xml) > MAX_XML:
        return None
    node = read_fragment(xml)
    return None if node is None else shaped(node, Guid, lambda _name: None)


def anchored(node: Node, there: Collection[Guid], users: Collection[Guid]) -> Node | None:
    """Return an element without what refers to things that are not there, None if nothing stays."""
    shape = SHAPES[node.name]
    attributes = dict(node.attributes)
    for name, kind in shape.attributes.items():
        value = Guid(attributes.get(name, ""))
        if value and (
            (kind == "user" and value not in users) or (name in REFERENCES and value not in there)
        ):
            if name in shape.required or node.name == "Link":
                return None
            del attributes[name]
    children = [
        kept for child in node.children if (kept := anchored(child, there, users)) is not None
    ]
    if node.name == "Coding" and not any(child.name == "CodeRef" for child in children):
        return None
    if node.name == "VariableValue" and not any(c.name == "VariableRef" for c in children):
        return None
    if node.name == "Graph":
        vertices = {child.attributes["guid"] for child in children if child.name == "Vertex"}
        children = [
            child
            for child in children
            if child.name != "Edge"
            or {child.attributes["sourceVertex"], child.attributes["targetVertex"]} <= vertices
        ]
    return Node(node.name, attributes, node.line, children, node.parts)
