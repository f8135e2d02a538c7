"""Segments of a PDF that a file has twice: as places on its pages and in its text.

ATLAS.ti writes each quotation of a PDF as a `PDFSelection` and as a `PlainTextSelection` of the
same GUID, and repeats its codings in both; what goes on to a second page is there a third time.
"""

from collections import Counter
from dataclasses import replace

from qda.formats.exchange.raw import RawCoding, RawSelection, RawSource
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.model.ids import Guid
from qda.model.messages import counted, message

STANDS_TWICE = message(
    "The text is coded with the same code by the same coder there; it came over once."
)
_Coded = tuple[Guid, Guid | None]


def join_pages(source: RawSource, report: ExchangeReport) -> None:
    """Move places on pages that are also segments of the text to the `pages` of their source.

    Each coding then stands once. What a place alone has, the segment of the text is given.
    """
    at = {one.guid: number for number, one in enumerate(source.selections) if not _is_place(one)}
    places = [one for one in source.selections if _is_place(one)]
    pairs = {one.guid: at[one.guid] for one in places if one.guid in at}
    pairs |= _continued(places, pairs)
    if not pairs:
        return
    repeated = 0
    first = ""
    for one in places:
        number = pairs.get(one.guid)
        if number is None:
            continue
        segment = source.selections[number]
        rest = _not_in(segment, one)
        if len(rest) < len(one.codings):
            first = first or one.codings[0].where
            repeated += len(one.codings) - len(rest)
        source.selections[number] = replace(
            segment,
            codings=(*segment.codings, *rest),
            description=segment.description or one.description,
            notes=tuple(dict.fromkeys((*segment.notes, *one.notes))),
        )
        source.pages.append(_bare(one))
    source.selections = [
        one for one in source.selections if not (_is_place(one) and one.guid in pairs)
    ]
    if repeated:
        report.left_out(
            "codings",
            counted(
                "{n} coding of a place on a page in {name}",
                "{n} codings of places on pages in {name}",
                repeated,
                name=source.name,
            ),
            first,
            STANDS_TWICE,
            count=repeated,
        )


def _continued(places: list[RawSelection], pairs: dict[Guid, int]) -> dict[Guid, int]:
    """Return the places that go on with one on the page before, and the segments they are of."""
    found: dict[Guid, int] = {}
    known = {(_page(one), *_signature(one)): pairs[one.guid] for one in places if one.guid in pairs}
    for one in sorted(places, key=_page):
        if one.guid in pairs or not one.name or not one.codings:
            continue
        before = known.get((_page(one) - 1, *_signature(one)))
        if before is not None:
            found[one.guid] = before
            known[_page(one), *_signature(one)] = before
    return found


def _signature(one: RawSelection) -> tuple[str, str, frozenset[tuple[_Coded, int]]]:
    coded = Counter(_coded(coding, one) for coding in one.codings)
    return one.name, one.created, frozenset(coded.items())


def _coded(coding: RawCoding, of: RawSelection) -> _Coded:
    return coding.code, coding.user or of.user


def _not_in(segment: RawSelection, place: RawSelection) -> tuple[RawCoding, ...]:
    """Return the codings of a place that a segment has not, by code and by who coded."""
    there = Counter(_coded(coding, segment) for coding in segment.codings)
    rest: list[RawCoding] = []
    for coding in place.codings:
        key = _coded(coding, place)
        if there[key]:
            there[key] -= 1
        else:
            rest.append(replace(coding, user=key[1]))
    return tuple(rest)


def _bare(one: RawSelection) -> RawSelection:
    """Return a place without what its segment has now."""
    children = [child for child in one.node.children if child.name not in ("Coding", "NoteRef")]
    node = Node(one.node.name, one.node.attributes, one.node.line, children, one.node.parts)
    return replace(one, codings=(), notes=(), description="", node=node)


def _is_place(one: RawSelection) -> bool:
    return one.node.name == "PDFSelection"


def _page(one: RawSelection) -> int:
    try:
        return int(one.node.get("page"))
    except ValueError:
        return -1
