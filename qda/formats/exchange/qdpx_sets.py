"""Sets of a `.qdpx`: those of codes are code sets here, what else is in a set is carried along."""

from collections.abc import Collection, Iterable, Iterator

from qda.formats.exchange.carried import write_node
from qda.formats.exchange.identifiers import Identifiers
from qda.formats.exchange.model import ExchangedCodeSet
from qda.formats.exchange.qdpx_codes import one_line
from qda.formats.exchange.qdpx_export import Export
from qda.formats.exchange.raw import RawOther, RawProject
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid
from qda.model.messages import counted, message

_CODE = "MemberCode"
_OTHERS = ("MemberSource", "MemberNote")


def resolve_code_sets(
    raw: RawProject, codes: Collection[Guid], report: ExchangeReport
) -> tuple[ExchangedCodeSet, ...]:
    """Return the sets that have codes; tell of members that are no codes of the file."""
    found: list[ExchangedCodeSet] = []
    for one in raw.sets:
        members = _members(one.node, raw.identifiers)
        known = tuple(guid for guid in members if guid in codes)
        if not known:
            continue
        name = one_line(one.name) or f"? {one.guid[:8]}"
        lost = len(members) - len(known)
        if lost:
            report.decided(
                "code sets",
                message("The code set {name}", name=name),
                one.where,
                counted(
                    "{n} of its members is no code of the file; the others were kept.",
                    "{n} of its members are no codes of the file; the others were kept.",
                    lost,
                ),
            )
        report.found["code sets"] += 1
        description = one.node.child_text("Description").strip()
        found.append(ExchangedCodeSet(one.guid, name, known, description))
    return tuple(found)


def rest_of_sets(
    sets: Iterable[RawOther], codes: Collection[Guid], identifiers: Identifiers
) -> Iterator[RawOther]:
    """Yield the sets that have no codes and, of those that have, what else is in them."""
    for one in sets:
        if not any(guid in codes for guid in _members(one.node, identifiers)):
            yield one
            continue
        node = one.node
        others = [child for child in node.children if child.name in _OTHERS]
        if others:
            rest = Node(node.name, node.attributes, node.line, others)
            yield RawOther(one.guid, one.name, len(others), one.where, rest)


def _members(node: Node, identifiers: Identifiers) -> tuple[Guid, ...]:
    found = (identifiers.reference(child) for child in node.named(_CODE))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def write_sets(export: Export) -> None:
    """Write the code sets, each with what was carried along for it, then every other set."""
    carried = export.parts.get(("set", None), [])
    own = export.project.code_sets
    if not own and not carried:
        return
    xml = export.xml
    rest = {node.attributes["guid"]: node for node in carried}
    xml.open("Sets")
    for one in own:
        xml.open("Set", guid=one.guid, name=one.name)
        if one.description:
            xml.text("Description", one.description)
        for code in one.codes:
            xml.reference(_CODE, code)
        also = rest.pop(one.guid, None)
        for child in also.children if also is not None else ():
            if child.name in _OTHERS:
                write_node(xml, child)
        xml.close("Set")
    for node in rest.values():
        write_node(xml, node)
    xml.close("Sets")
