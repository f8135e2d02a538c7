"""What a `.qdpx` holds that has no place here, kept for the way back, and told."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from qda.formats.exchange.carried import MAX_XML, shaped, xml_of
from qda.formats.exchange.identifiers import derived_guid
from qda.formats.exchange.model import ExchangedPart
from qda.formats.exchange.offsets import written_here
from qda.formats.exchange.package import Opened
from qda.formats.exchange.qdpx_sets import rest_of_sets
from qda.formats.exchange.qdpx_sources import ResolvedSources
from qda.formats.exchange.raw import RawOther, RawProject, RawSelection, RawSource
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid
from qda.model.messages import Message, counted, message
from qda.store.carried import PartKind
from qda.text.normalise import text_hash

MAX_FILE = 20_000_000
MAX_FILES = 200_000_000
"""The largest file of a recording or picture that is kept, and the most of all of them."""

GOES_OUT = message("It cannot be shown here; it goes out again with an export.")
_NOT_KEPT = message("It cannot be shown here, and is not of the standard's form, so it stays out.")
_VALUES = frozenset(
    {"BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue"}
)  # fmt: skip


@dataclass(slots=True)
class CarriedContext:
    """What is known when the rest of a project is sorted.

    `linked` are the links that were of use for memos, `shown` those that became links here.
    """

    raw: RawProject
    resolved: ResolvedSources
    package: Opened
    report: ExchangeReport
    linked: Collection[Guid]
    cases: Collection[Guid]
    codes: Collection[Guid]
    shown: Collection[Guid]
    kept_bytes: int = 0
    foreign: Counter[str] = field(default_factory=Counter[str])


def carry_rest(context: CarriedContext) -> tuple[ExchangedPart, ...]:
    """Return everything that is carried along; tell of each thing that cannot be shown."""
    raw = context.raw
    parts = [
        *_others(context, "source", "media", raw.media),
        *_others(context, "set", "sets", rest_of_sets(raw.sets, context.codes, raw.identifiers)),
        *_others(context, "graph", "graphs", raw.graphs),
        *_links(context),
        *_case_codes(context),
    ]
    for source in raw.sources:
        documents = context.resolved.documents_of.get(source.guid, ())
        if documents:
            parts += _of_document(context, source, documents[0])
    for name, count in sorted(context.foreign.items()):
        context.report.left_out(
            "elements",
            message("{name}", name=name),
            context.report.source,
            message("No REFI-QDA project has such a part."),
            count=count,
        )
    return tuple(parts)


def _others(
    context: CarriedContext, kind: PartKind, item: str, some: Iterable[RawOther]
) -> Iterator[ExchangedPart]:
    for one in some:
        if item != "media":
            context.report.found[item] += 1
        node = _with_plain_values(one.node) if kind == "source" else one.node
        part = _part(context, kind, one.guid, one.name, node)
        what = (
            message("{kind} {name}", kind=one.node.name, name=one.name)
            if kind == "source"
            else message("{name} ({n} parts)", name=one.name, n=one.members)
        )
        _tell(context, item, what, one.where, part)
        if part is not None:
            yield part


def _tell(
    context: CarriedContext, item: str, what: Message, where: str, part: ExchangedPart | None
) -> None:
    if part is not None and written_here(context.raw.origin):
        # What this program carries along already has been told of.
        context.report.kept[item] += 1
    else:
        why = _NOT_KEPT if part is None else GOES_OUT
        context.report.left_out(item, what, where, why)


def _with_plain_values(node: Node) -> Node:
    """Return a recording with its values as texts, which the schema of carried parts knows."""
    children = [
        Node(child.name, child.attributes, child.line, [_as_text(one) for one in child.children])
        if child.name == "VariableValue"
        else child
        for child in node.children
    ]
    return Node(node.name, node.attributes, node.line, children)


def _as_text(node: Node) -> Node:
    name = "TextValue" if node.name in _VALUES else node.name
    return Node(name, node.attributes, node.line, node.children, node.parts)


def _part(
    context: CarriedContext,
    kind: PartKind,
    guid: Guid,
    name: str,
    node: Node,
    *,
    owner: Guid | None = None,
    text: str = "",
) -> ExchangedPart | None:
    """Return an element as a part, None where it is not of the standard's form."""

    def left(what: str) -> None:
        context.foreign[what] += 1

    whole = Node(
        node.name, {**node.attributes, "guid": guid}, node.line, node.children, node.parts
    )  # fmt: skip
    if node.name == "CodeRef":
        del whole.attributes["guid"]
    fitting = shaped(whole, context.raw.identifiers.read, left)
    if fitting is None:
        return None
    files = _files(context, fitting) if kind == "source" else ()
    xml = xml_of(fitting)
    if len(xml) > MAX_XML:
        return None
    return ExchangedPart(guid, kind, owner, name, xml, text, files)


def _files(context: CarriedContext, node: Node) -> tuple[tuple[str, bytes], ...]:
    path = node.attributes.get("path", "")
    if not path.startswith("internal://"):
        return ()
    name = path.removeprefix("internal://")
    content = context.package.source(name)
    if content is None or len(content) > MAX_FILE or context.kept_bytes + len(content) > MAX_FILES:
        del node.attributes["path"]
        context.report.left_out(
            "files",
            message("{name}", name=name),
            context.report.source,
            message("It is not in the exchange file.")
            if content is None
            else message("It is too large to be carried along; keep the exchange file."),
        )
        context.report.found["files"] += 1
        return ()
    context.kept_bytes += len(content)
    return ((name, content),)


def _links(context: CarriedContext) -> Iterator[ExchangedPart]:
    for link in context.raw.links:
        if link.guid in context.linked:
            continue
        shown = link.guid in context.shown
        part = _part(context, "shown link" if shown else "link", link.guid, link.name, link.node)
        if shown and part is not None:
            context.report.kept["links"] += 1
            yield part
            continue
        _tell(context, "links", message("The link {name}", name=link.name), link.where, part)
        if part is not None:
            yield part


def _case_codes(context: CarriedContext) -> Iterator[ExchangedPart]:
    for case in context.raw.cases:
        if case.guid not in context.cases:
            continue
        for code in case.codes:
            node = Node("CodeRef", {"targetGUID": code}, 0)
            guid = derived_guid(case.guid, f"code {code}")
            part = _part(context, "case code", guid, case.name, node, owner=case.guid)
            if part is not None:
                yield part


# -------------------------------------------------------------------------- parts of documents
def _of_document(
    context: CarriedContext, source: RawSource, document: Guid
) -> Iterator[ExchangedPart]:
    """Yield places on the pages of a PDF, and segments that nothing is coded in."""
    pages = segments = 0
    text = context.resolved.texts[document]
    coded = {one.guid for one in context.resolved.codings if one.document == document}
    for selection in (*source.selections, *source.pages):
        node = selection.node
        if node.name == "PDFSelection":
            children = [
                child
                for child in node.children
                if child.name != "NoteRef"
                and (child.name != "Coding" or _guid(context, child) not in coded)
            ]
            bare = Node(node.name, node.attributes, node.line, children)
            part = _part(context, "page", selection.guid, "", bare, owner=document)
            pages += part is not None
            _account_for_page(context, selection, part)
        elif _is_bare(context, selection):
            span = context.resolved.spans[selection.guid]
            attributes = {
                **node.attributes, "startPosition": str(span[1]), "endPosition": str(span[2])
            }  # fmt: skip
            bare = Node("PlainTextSelection", attributes, node.line)
            part = _part(
                context, "segment", selection.guid, "", bare, owner=document, text=text_hash(text)
            )
            segments += part is not None
        else:
            part = None
        if part is not None:
            yield part
    _tell_of_document(context, source, pages, segments)


def _account_for_page(
    context: CarriedContext, selection: RawSelection, part: ExchangedPart | None
) -> None:
    """Count a place without codings as kept, unless a memo on its text did already."""
    noted = bool(selection.description.strip() or selection.notes)
    if selection.codings or (noted and selection.guid in context.resolved.spans):
        return
    if part is not None:
        context.report.kept["selections"] += 1
    else:
        context.report.left_out(
            "selections", message("A part of a page"), selection.where, _NOT_KEPT
        )


def _guid(context: CarriedContext, node: Node) -> Guid:
    return context.raw.identifiers.read(node.get("guid"))


def _is_bare(context: CarriedContext, one: RawSelection) -> bool:
    """Tell whether a segment has a place in the text but neither code, memo nor description."""
    return (
        one.node.name in ("PlainTextSelection", "TranscriptSelection")
        and one.guid in context.resolved.spans
        and not (one.codings or one.notes or one.description.strip())
    )


def _tell_of_document(
    context: CarriedContext, source: RawSource, pages: int, segments: int
) -> None:
    if written_here(context.raw.origin):
        context.report.kept["selections"] += segments
        return
    if pages:
        context.report.decided(
            "selections",
            counted("{n} place on a page", "{n} places on pages", pages),
            source.where,
            message("What is coded there is coded in the text; the places go out with an export."),
            count=pages,
        )
    if segments:
        context.report.left_out(
            "selections",
            counted("{n} segment without a code", "{n} segments without a code", segments),
            source.where,
            message(
                "Here a segment is there only with a code or a memo; they go out with an export."
            ),
            count=segments,
        )
