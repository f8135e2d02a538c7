"""What was carried along, planned for an export: what it refers to must be there, and fit."""

import re
from collections.abc import Iterator, Mapping

from qda.formats.exchange.carried import OWN_LINK, anchored, read_part, write_node
from qda.formats.exchange.identifiers import derived_guid
from qda.formats.exchange.model import ExchangedPart
from qda.formats.exchange.qdpx_export import Export, original_kind
from qda.formats.exchange.qdpx_sets import write_sets
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid
from qda.model.messages import message
from qda.store.carried import PartKind
from qda.store.memo_links import ENDS as LINK_ENDS
from qda.text.normalise import text_hash

_NAME = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_. ()-]{0,150}", re.ASCII)
_FIRST: tuple[PartKind, ...] = ("source", "page", "segment", "case code")
_ITEMS: Mapping[PartKind, str] = {
    "source": "media", "page": "selections", "segment": "selections", "set": "sets",
    "graph": "graphs", "link": "links", "shown link": "links", "case code": "case links",
}  # fmt: skip


def plan_parts(export: Export) -> None:
    """Choose what goes out again; tell of what no longer can.

    Called when every segment has its GUID. What is a source or stands in one comes first, since
    sets, links and drawings may refer to it.
    """
    project = export.project
    there = export.there
    there.update(
        one.guid
        for some in (
            project.coders, project.codes, project.cases, project.participants, project.documents,
            project.codings, project.memos, project.code_sets,
        )
        for one in some
    )  # fmt: skip
    there.update(export.variables.guids())
    users = {one.guid for one in project.coders}
    texts = {one.guid: text_hash(one.text) for one in project.documents}
    with_pages = {one.guid for one in project.documents if original_kind(one) == "pdf"}
    own_links = dict(_own_links(export))
    for first in (True, False):
        for part in project.parts:
            if (part.kind in _FIRST) != first:
                continue
            node = _node(part, there, users, texts)
            gone = part.kind == "shown link" and part.guid not in own_links
            if gone or (part.kind == "page" and part.owner not in with_pages):
                node = None
            if node is None:
                _tell(export, part)
                continue
            if part.kind in ("link", "shown link"):
                own_links.pop(part.guid, None)
            export.parts.setdefault((part.kind, part.owner), []).append(
                _with_files(export, part, node)
            )
            if first:
                there.update(_guids(node))
    export.own_links = list(own_links.values())


def _node(
    part: ExchangedPart, there: set[Guid], users: set[Guid], texts: Mapping[Guid, str]
) -> Node | None:
    """Return the element of a part as it can be written, None where it cannot."""
    if part.owner is not None and part.owner not in there:
        return None
    if part.kind == "segment" and texts.get(part.owner or Guid("")) != part.text:
        # Its offsets are of another text.
        return None
    node = read_part(part.xml)
    if node is None or (part.kind in _FIRST and part.kind != "case code" and part.guid in there):
        return None
    return anchored(node, there | _guids(node), users)


def _guids(node: Node) -> set[Guid]:
    found: set[Guid] = set()
    stack = [node]
    while stack:
        one = stack.pop()
        if "guid" in one.attributes:
            found.add(Guid(one.attributes["guid"]))
        stack += one.children
    return found


def _with_files(export: Export, part: ExchangedPart, node: Node) -> Node:
    """Keep the files that an element names; a name that is taken or unfit is made anew."""
    for name, content in part.files:
        if node.attributes.get("path") != f"internal://{name}":
            continue
        ending = name.rpartition(".")[2]
        free = _NAME.fullmatch(name) and name not in export.files.content
        fresh = f"{derived_guid(part.guid, name)}.{ending if _NAME.fullmatch(ending) else 'bin'}"
        node.attributes["path"] = export.files.add(name if free else fresh, content)
        return node
    if node.attributes.get("path", "").startswith("internal://"):
        del node.attributes["path"]
    return node


def _tell(export: Export, part: ExchangedPart) -> None:
    export.report.found[_ITEMS[part.kind]] += 1
    export.report.left_out(
        _ITEMS[part.kind],
        message("{name}", name=part.name or part.guid),
        export.report.source,
        message("What it belongs to was changed or removed since it was carried along."),
    )


# -------------------------------------------------------------------------------------- links
def _own_links(export: Export) -> Iterator[tuple[Guid, tuple[Guid, Guid, Guid]]]:
    """Yield GUID and ends of the links between memos, segments and other things."""
    rows = next((one for one in export.project.tables if one.table == "memo_link"), None)
    if rows is None:
        return
    for row in rows.rows:
        cells = dict(zip(rows.columns, row, strict=True))
        origin = _end(export, cells, "memo_id", "coding_id")
        target = _end(export, cells, *(f"to_{kind}_id" for kind in LINK_ENDS))
        guid = Guid(str(cells.get("guid")))
        if origin is not None and target is not None:
            yield guid, (guid, origin, target)


def _end(export: Export, cells: Mapping[str, object], *columns: str) -> Guid | None:
    for column in columns:
        cell = cells.get(column)
        if isinstance(cell, str):
            guid = Guid(cell)
            return export.selection_of.get(guid) if column.endswith("coding_id") else guid
    return None


# ------------------------------------------------------------------------------------ writing
def write_parts(export: Export, kind: PartKind, owner: Guid | None) -> None:
    """Write the elements of one kind that stand in the project or in what `owner` names."""
    for node in export.parts.get((kind, owner), ()):
        write_node(export.xml, node)


def write_links_sets_graphs(export: Export) -> None:
    """Write the links of every kind, then sets and drawings; nothing where there are none."""
    xml = export.xml
    carried = export.parts.get(("link", None), []) + export.parts.get(("shown link", None), [])
    if export.links or export.own_links or carried:
        xml.open("Links")
        for memo, target in export.links:
            guid = derived_guid(memo, "link")
            xml.empty("Link", guid=guid, direction="OneWay", originGUID=memo, targetGUID=target)
        for guid, origin, target in export.own_links:
            xml.empty(
                "Link", guid=guid, name=OWN_LINK, direction="OneWay", originGUID=origin,
                targetGUID=target,
            )  # fmt: skip
        for node in carried:
            write_node(xml, node)
        xml.close("Links")
    write_sets(export)
    if export.parts.get(("graph", None)):
        xml.open("Graphs")
        write_parts(export, "graph", None)
        xml.close("Graphs")
