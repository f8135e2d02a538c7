"""Notes and descriptions of a `.qdpx` as memos, each on what it is a note on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qda.formats.exchange.carried import OWN_LINK
from qda.formats.exchange.extras import DOCUMENT_NOTE, PROJECT_NOTE
from qda.formats.exchange.identifiers import derived_guid, made_guid
from qda.formats.exchange.model import ExchangedMemo
from qda.formats.exchange.offsets import written_here
from qda.formats.exchange.package import Opened
from qda.formats.exchange.qdpx_codes import Coders, moment, one_line
from qda.formats.exchange.qdpx_sources import ResolvedSources
from qda.formats.exchange.qdpx_texts import read_note_text
from qda.formats.exchange.raw import RawCoding, RawNote, RawProject, RawSelection
from qda.formats.exchange.report import ExchangeReport
from qda.model.entities import MemoTarget
from qda.model.ids import Guid
from qda.model.messages import message
from qda.store.memo_links import ENDS as LINK_ENDS
from qda.store.row_exchange import Cell, TableRows, columns_of

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class _Place:
    """What a note is on; `quote` is the text of an uncoded segment that it is on."""

    on: MemoTarget
    target: Guid | None
    quote: str = ""


@dataclass(slots=True)
class MemoContext:
    """What memos may be on; `subjects` are the cases and participants by GUID."""

    raw: RawProject
    package: Opened
    report: ExchangeReport
    coders: Coders
    resolved: ResolvedSources
    codes: frozenset[Guid]
    subjects: Mapping[Guid, MemoTarget]
    places: dict[Guid, list[_Place]] = field(default_factory=dict[Guid, list[_Place]])


def resolve_memos(
    context: MemoContext, case_descriptions: Iterable[tuple[Guid, str]]
) -> tuple[tuple[ExchangedMemo, ...], set[Guid]]:
    """Return every note and every description that has no other place as a memo.

    Besides, return the links that were of use for that.
    """
    _place_notes(context)
    linked = _place_links(context)
    memos: list[ExchangedMemo] = []
    for note in context.raw.notes:
        if note.name in (PROJECT_NOTE, DOCUMENT_NOTE):
            context.report.found["memos"] -= 1
        else:
            memos += _memos_of(note, context)
    described = tuple(_descriptions(context, case_descriptions))
    context.report.found["memos"] += len(described)
    memos += described
    return tuple(memos), linked


def _place_notes(context: MemoContext) -> None:
    raw, resolved = context.raw, context.resolved
    for guid in raw.notes_on:
        _add(context, guid, _Place("project", None))
    for code in raw.codes:
        for guid in code.notes:
            _add(context, guid, _Place("code", code.guid))
    kept = {one.guid for one in resolved.codings}
    for source in raw.sources:
        document = next(iter(resolved.documents_of.get(source.guid, ())), None)
        if document is None:
            continue
        whole = _Place("document", document)
        for guid in source.notes:
            _add(context, guid, whole)
        _place_coding_notes(context, source.codings, kept, whole)
        for selection in source.selections:
            place = _selection_place(context, selection.guid, document)
            for guid in selection.notes:
                _add(context, guid, place)
            _place_coding_notes(context, selection.codings, kept, place)


def _place_coding_notes(
    context: MemoContext, codings: Iterable[RawCoding], kept: set[Guid], otherwise: _Place
) -> None:
    """Put the notes on codings there; those on a coding that was left out go elsewhere."""
    for coding in codings:
        for guid in coding.notes:
            on_it = coding.guid in kept
            _add(context, guid, _Place("coding", coding.guid) if on_it else otherwise)


def _add(context: MemoContext, note: Guid, place: _Place) -> None:
    places = context.places.setdefault(note, [])
    if place not in places:
        places.append(place)


def _selection_place(context: MemoContext, selection: Guid, document: Guid) -> _Place:
    """Return the first coding of a selection, or its document with the text it is on."""
    codings = context.resolved.codings_of.get(selection)
    if codings:
        return _Place("coding", codings[0])
    span = context.resolved.spans.get(selection)
    if span is None:
        return _Place("document", document)
    return _Place("document", document, context.resolved.texts[document][span[1] : span[2]])


def _place_links(context: MemoContext) -> set[Guid]:
    """Put notes on what links tie them to; return the links that were of use."""
    notes = {one.guid for one in context.raw.notes}
    used: set[Guid] = set()
    for link in context.raw.links:
        if link.name == OWN_LINK and written_here(context.raw.origin):
            # This program writes links twice: for others, and whole for itself.
            used.add(link.guid)
            context.report.kept["links"] += 1
            continue
        ends = [one for one in (link.origin, link.target) if one is not None]
        tied = [
            *(one for one in ends if one in notes),
            *(one for one in link.notes if one in notes),
        ]
        places = [
            place
            for one in ends
            if one not in notes and (place := _place_of(context, one)) is not None
        ]
        for note in tied:
            for place in places:
                _add(context, note, place)
        if tied and places:
            used.add(link.guid)
            context.report.kept["links"] += 1
    return used


def link_rows(context: MemoContext, used: set[Guid]) -> tuple[TableRows, ...]:
    """Return the links that lead from a coded segment as links of this program.

    Those of no direction may be turned round. They are carried along as well, with their names.
    """
    rows: list[tuple[Cell, ...]] = []
    for link in context.raw.links:
        if link.guid in used or link.origin is None or link.target is None:
            continue
        ends = [_thing(context, one) for one in (link.origin, link.target)]
        if ends[0] is None or ends[0][0] != "coding":
            ends = [] if link.node.get("direction") == "OneWay" else ends[::-1]
        if len(ends) < 2 or ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            continue
        if ends[0][0] == "coding":
            target = [ends[1][1] if ends[1][0] == kind else None for kind in LINK_ENDS]
            rows.append((link.guid, None, ends[0][1], *target, None, ""))
    columns = columns_of("memo_link")
    return (TableRows("memo_link", columns, tuple(rows)),) if rows else ()


def link_guids(tables: Iterable[TableRows]) -> set[Guid]:
    """Return the GUIDs of the links among the rows of tables."""
    return {
        Guid(str(row[one.columns.index("guid")]))
        for one in tables
        if one.table == "memo_link" and "guid" in one.columns
        for row in one.rows
    }


def _thing(context: MemoContext, guid: Guid) -> tuple[str, Guid] | None:
    place = _place_of(context, guid)
    if place is None or place.target is None or place.quote:
        return None
    return place.on, place.target


def _place_of(context: MemoContext, guid: Guid) -> _Place | None:
    resolved = context.resolved
    if guid in resolved.spans:
        return _selection_place(context, guid, resolved.spans[guid][0])
    if guid in resolved.documents_of:
        return _Place("document", resolved.documents_of[guid][0])
    if guid in context.codes:
        return _Place("code", guid)
    if guid in context.subjects:
        return _Place(context.subjects[guid], guid)
    return None


# ------------------------------------------------------------------------------------- texts
def _memos_of(note: RawNote, context: MemoContext) -> Iterable[ExchangedMemo]:
    report = context.report
    text = _text(note, context)
    if not text.strip():
        report.left_out(
            "memos",
            message("The note {name}", name=note.name),
            note.where,
            message("It is empty, or its text is not in the exchange file."),
        )
        return
    if note.content is None and note.paths and not any(map(context.package.has, note.paths)):
        report.uncertain(
            "memos",
            message("The note {name}", name=note.name),
            note.where,
            message("Its text is not in the exchange file; its name came over."),
        )
    places = context.places.get(note.guid) or [_Place("project", None)]
    if len(places) > 1:
        report.decided(
            "memos",
            message("The note {name}", name=note.name),
            note.where,
            message("It is on several things; each has a memo of this text now."),
            count=len(places) - 1,
        )
    coder = context.coders.find(note.user)
    created = moment(note.created)
    modified = moment(note.modified) or created
    for number, place in enumerate(places):
        guid = note.guid if number == 0 else derived_guid(note.guid, str(place.target))
        quote = place.quote or _quoted(note, place, context)
        whole = f"«{quote}»\n\n{text}" if quote else text
        yield ExchangedMemo(guid, place.on, place.target, whole, coder, created, modified)


def _quoted(note: RawNote, place: _Place, context: MemoContext) -> str:
    """Return the text of its source that a note on a document says it is on."""
    if note.place is None or place.on != "document" or place.target is None:
        return ""
    text = context.resolved.texts[place.target]
    return text[note.place[0] : note.place[1]] if note.place[1] <= len(text) else ""


def _text(note: RawNote, context: MemoContext) -> str:
    content = note.content
    if content is None:
        content = read_note_text(note.paths, context.package, note.where)
    content = content.lstrip(_BOM)
    name = one_line(note.name)
    parts = [
        name if name and not content.startswith(name) else "",
        note.description.lstrip(_BOM),
        content,
    ]
    return "\n\n".join(part for part in parts if part.strip())


def _descriptions(
    context: MemoContext, case_descriptions: Iterable[tuple[Guid, str]]
) -> Iterable[ExchangedMemo]:
    """Yield the descriptions that have no other place here than a memo."""
    raw, resolved = context.raw, context.resolved
    if raw.description.strip():
        guid = made_guid(f"project description {raw.name}")
        yield _memo(guid, "project", None, raw.description)
    for source in raw.sources:
        document = next(iter(resolved.documents_of.get(source.guid, ())), None)
        if document is None:
            continue
        if source.description.strip():
            guid = derived_guid(source.guid, "description")
            yield _memo(guid, "document", document, source.description)
        for selection in source.selections:
            yield from _uncoded(context, selection, document)
    for guid, text in case_descriptions:
        if text.strip():
            yield _memo(
                derived_guid(guid, "description"), context.subjects.get(guid, "case"), guid, text
            )
    described = [one for one in raw.variables if one.description.strip()]
    if described:
        text = "\n".join(f"{one.name}: {one.description}" for one in described)
        yield _memo(derived_guid(described[0].guid, "descriptions"), "project", None, text)
        context.report.decided(
            "variables",
            message("Descriptions of variables"),
            "Variables",
            message("Variables have none here; they stand in a memo on the project."),
            count=len(described),
        )


def _uncoded(
    context: MemoContext, selection: RawSelection, document: Guid
) -> Iterable[ExchangedMemo]:
    """Turn a segment that has no coding into a memo, or into a line of the report."""
    resolved, report = context.resolved, context.report
    if selection.guid in resolved.codings_of:
        return
    span = resolved.spans.get(selection.guid)
    if selection.description.strip():
        quote = resolved.texts[document][span[1] : span[2]] if span is not None else selection.name
        text = f"«{quote}»\n\n{selection.description}"
        yield _memo(derived_guid(selection.guid, "description"), "document", document, text)
    noted = bool(selection.description.strip() or selection.notes)
    if span is None or selection.codings:
        return
    if noted:
        report.kept["selections"] += 1
        report.decided(
            "selections",
            message("A segment without a code"),
            selection.where,
            message("Its text stands in the memo on the document."),
        )


def _memo(guid: Guid, on: MemoTarget, target: Guid | None, text: str) -> ExchangedMemo:
    return ExchangedMemo(guid, on, target, text.lstrip(_BOM))
