"""Sources and codings of a `.qdpx`: texts made canonical, offsets understood and converted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qda.formats.exchange.extras import DocumentExtras, fits
from qda.formats.exchange.identifiers import derived_guid
from qda.formats.exchange.model import ExchangedCoding, ExchangedDocument
from qda.formats.exchange.offsets import Place
from qda.formats.exchange.package import Opened
from qda.formats.exchange.page_places import STANDS_TWICE
from qda.formats.exchange.placing import CountedSource, place_all
from qda.formats.exchange.qdpx_codes import Coders, moment, one_line
from qda.formats.exchange.qdpx_texts import LoadedSource, load_source
from qda.formats.exchange.questions import ReadAnswers
from qda.formats.exchange.raw import RawCoding, RawProject, RawSelection, RawSource
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.sections import split_sections
from qda.jobs.progress import Progress
from qda.model.entities import STANCES, Stance
from qda.model.ids import Guid
from qda.model.messages import Message, message
from qda.text.language_guess import guess_language
from qda.text.normalise import dropped_warning

STANCE, VALUE = "Stance", "Value"
OWN_SELECTION = "selection"
CODING_SECTIONS = (STANCE, VALUE)
"""What follows the memo in the description of a selection."""

_Place = tuple[Guid, Guid, Guid | None, int, int]
"""A document, a code, a coder, and from where to where."""

_NO_TEXT = message("The text that it belongs to did not come over.")


@dataclass(slots=True)
class ResolvedSources:
    """What came of the sources: documents, codings, and where each selection went.

    `documents_of` finds a document by the GUID of its source or its representation; `spans` and
    `codings_of` find what became of a selection, and `places` says what is coded where by whom.
    """

    documents: list[ExchangedDocument] = field(default_factory=list[ExchangedDocument])
    codings: list[ExchangedCoding] = field(default_factory=list[ExchangedCoding])
    documents_of: dict[Guid, list[Guid]] = field(default_factory=dict[Guid, list[Guid]])
    spans: dict[Guid, tuple[Guid, int, int]] = field(
        default_factory=dict[Guid, tuple[Guid, int, int]]
    )
    codings_of: dict[Guid, list[Guid]] = field(default_factory=dict[Guid, list[Guid]])
    texts: dict[Guid, str] = field(default_factory=dict[Guid, str])
    places: set[_Place] = field(default_factory=set[_Place])


@dataclass(frozen=True, slots=True)
class Context:
    """What resolving needs beside the sources."""

    package: Opened
    report: ExchangeReport
    coders: Coders
    codes: frozenset[Guid]
    extras: Mapping[Guid, DocumentExtras]
    cases_of: Mapping[Guid, tuple[Guid, ...]]
    progress: Progress
    answers: ReadAnswers
    own: bool = False


def resolve_sources(raw: RawProject, context: Context) -> ResolvedSources:
    """Load every source, find out how it counts, and convert its codings."""
    resolved = ResolvedSources()
    loaded: list[tuple[RawSource, LoadedSource]] = []
    texts_taken = {
        one.plain_path for one in raw.sources if one.kind != "Transcript" and one.plain_path
    }
    for source in raw.sources:
        context.progress.step()
        context.report.found["documents"] += 1
        if _is_repeated(source, texts_taken):
            context.report.left_out(
                "documents",
                message("The transcript {name}", name=source.name),
                source.where,
                message("Its text is that of another source, and nothing is coded in it."),
            )
            continue
        found = load_source(source, context.package, context.report)
        if found is None:
            _leave_codings(source, context.report)
        else:
            loaded.append((source, found))
    placed = place_all(
        [_counted(one, found) for one, found in loaded],
        raw.origin,
        context.answers,
        context.report,
    )
    for (source, found), spans in zip(loaded, placed, strict=True):
        context.progress.step()
        _resolve_one(source, found, spans, context, resolved)
    return resolved


def _is_repeated(source: RawSource, taken: set[str]) -> bool:
    empty = not (source.selections or source.codings or source.notes)
    return source.kind == "Transcript" and source.plain_path in taken and empty


def _counted(source: RawSource, found: LoadedSource) -> CountedSource:
    selections = [one for one in source.selections if one.start is not None and one.end is not None]
    return CountedSource(
        source.guid,
        source.name,
        found.text,
        [Place(one.start or 0, one.end or 0, one.name) for one in selections],
        lambda number: selections[number].where,
    )


def _leave_codings(source: RawSource, report: ExchangeReport) -> None:
    for selection in source.selections:
        report.left_out(
            "selections",
            message("A segment of {name}", name=source.name),
            selection.where,
            _NO_TEXT,
        )
    codings = [one for selection in source.selections for one in selection.codings]
    for coding in (*codings, *source.codings):
        report.left_out(
            "codings", message("A coding of {name}", name=source.name), coding.where, _NO_TEXT
        )
    if source.values:
        report.found["values"] += len(source.values)
        report.left_out(
            "values",
            message("Values of {name}", name=source.name),
            source.where,
            _NO_TEXT,
            count=len(source.values),
        )


def _resolve_one(
    raw: RawSource,
    found: LoadedSource,
    placed: Sequence[tuple[int, int] | Message],
    context: Context,
    resolved: ResolvedSources,
) -> None:
    report = context.report
    if found.text.dropped:
        report.decided(
            "documents",
            message("The text of {name}", name=raw.name),
            raw.where,
            dropped_warning(found.text.dropped),
        )
    document = _document(raw, found, context)
    resolved.documents.append(document)
    resolved.texts[document.guid] = document.text
    for guid in (raw.guid, *raw.others):
        resolved.documents_of.setdefault(guid, []).append(document.guid)
    for selection, span in zip(raw.selections, _spans(raw, found, placed, report), strict=True):
        _resolve_selection(selection, span, document, context, resolved)
    for coding in raw.codings:
        _code_all(coding, document, context, resolved)


def _document(raw: RawSource, found: LoadedSource, context: Context) -> ExchangedDocument:
    text = found.text.text
    name = one_line(raw.name) or one_line(found.file_name) or f"? {raw.guid[:8]}"
    extras = context.extras.get(raw.guid)
    if extras is None:
        return ExchangedDocument(
            guid=raw.guid,
            name=name,
            text=text,
            source=found.source,
            language=guess_language(text),
            file_name=one_line(found.file_name),
            file_type=found.file_type,
            encoding=found.encoding,
            created=moment(raw.created),
        )
    whole = fits(extras, text)
    if not whole:
        context.report.left_out(
            "turns",
            message("The turns of {name}", name=raw.name),
            raw.where,
            message("The text was changed since they were written down."),
            count=max(1, len(extras.turns)),
        )
    source = context.package.source(extras.original) if extras.original else b""
    context.report.count_found({"turns": len(extras.turns), "source notes": len(extras.notes)})
    return ExchangedDocument(
        guid=raw.guid,
        name=name,
        text=text,
        source=found.source if source is None else source,
        kind=extras.kind,
        language=extras.language,
        file_name=extras.file_name,
        file_type=extras.file_type,
        encoding=extras.encoding,
        done=extras.done,
        created=moment(extras.created) or moment(raw.created),
        turns=extras.turns if whole else (),
        notes=extras.notes if whole else (),
    )


# ---------------------------------------------------------------------------------- segments
def _spans(
    raw: RawSource,
    found: LoadedSource,
    placed: Sequence[tuple[int, int] | Message],
    report: ExchangeReport,
) -> Sequence[tuple[int, int] | Message]:
    """Return the canonical span of each selection, or why it has none."""
    counted = iter(placed)
    packed: _PackedText | None = None
    spans: list[tuple[int, int] | Message] = []
    for one in raw.selections:
        if one.start is not None and one.end is not None:
            spans.append(next(counted))
        else:
            packed = packed or _PackedText(found.text.text)
            spans.append(_span_of_text(one, packed, report))
    return spans


class _PackedText:
    """A text without its white space, and where each of its characters stands."""

    def __init__(self, text: str) -> None:
        self.places = [at for at, one in enumerate(text) if not one.isspace()]
        self.text = "".join(text[at] for at in self.places)


def _span_of_text(
    selection: RawSelection, packed: _PackedText, report: ExchangeReport
) -> tuple[int, int] | Message:
    """Return where the text of a part of a page stands, where it stands once."""
    wanted = "".join((selection.text or selection.name).split())
    if len(wanted) < 4 or packed.text.count(wanted) != 1:
        return message("It is a part of a page or a recording, not of the text.")
    first, places = packed.text.index(wanted), packed.places
    report.decided(
        "codings",
        message("A part of a page"),
        selection.where,
        message("Its text stands once in the document, and that is coded now."),
    )
    return places[first], places[first + len(wanted) - 1] + 1


def _resolve_selection(
    selection: RawSelection,
    span: tuple[int, int] | Message,
    document: ExchangedDocument,
    context: Context,
    resolved: ResolvedSources,
) -> None:
    report = context.report
    if isinstance(span, Message):
        if selection.node.name == "PDFSelection" and (context.own or not selection.codings):
            # The place on the page is carried along as it is, and was told of when it came.
            report.found["codings"] -= len(selection.codings)
            report.kept["selections"] += bool(selection.codings)
            return
        report.left_out(
            "selections", message("A segment of {name}", name=document.name), selection.where, span
        )
        for coding in selection.codings:
            report.left_out(
                "codings", message("A coding of {name}", name=document.name), coding.where, span
            )
        return
    resolved.spans[selection.guid] = (document.guid, *span)
    memo, stance, value = _described(selection.description)
    # What this program makes for a segment is made again from its codings.
    on_page = selection.node.name == "PDFSelection"
    made = {derived_guid(raw.guid, OWN_SELECTION) for raw in selection.codings}
    for raw in selection.codings:
        coder = context.coders.find(raw.user, selection.user)
        created = moment(raw.created) or moment(selection.created)
        coding = ExchangedCoding(
            raw.guid, document.guid, raw.code, coder, *span, stance, value, memo, created,
            context.cases_of.get(selection.guid, ()),
            None if selection.guid in made or on_page else selection.guid,
        )  # fmt: skip
        if on_page and _place(coding) in resolved.places:
            report.left_out(
                "codings",
                message("A coding of {name}", name=document.name),
                raw.where,
                STANDS_TWICE,
            )
        elif _keep(coding, raw, document, context, resolved):
            resolved.codings_of.setdefault(selection.guid, []).append(raw.guid)
    if selection.guid in resolved.codings_of:
        report.kept["selections"] += 1
    elif selection.codings:
        report.left_out(
            "selections",
            message("A segment of {name}", name=document.name),
            selection.where,
            message("None of its codings came over."),
        )


def _described(description: str) -> tuple[str, Stance | None, str]:
    """Return the memo, the stance and the value that a selection's description holds."""
    memo, sections = split_sections(description, CODING_SECTIONS)
    if STANCE not in sections:
        return memo, None, sections.get(VALUE, "")
    for stance in STANCES:
        if stance == sections[STANCE]:
            return memo, stance, sections.get(VALUE, "")
    return description, None, ""


def _code_all(
    raw: RawCoding, document: ExchangedDocument, context: Context, resolved: ResolvedSources
) -> None:
    """Code the whole text for a coding of the source itself."""
    if not document.text:
        context.report.left_out(
            "codings",
            message("A coding of {name}", name=document.name),
            raw.where,
            message("The text is empty, so nothing of it can be coded."),
        )
        return
    coder = context.coders.find(raw.user)
    coding = ExchangedCoding(
        raw.guid, document.guid, raw.code, coder, 0, len(document.text),
        created=moment(raw.created),
    )  # fmt: skip
    if _keep(coding, raw, document, context, resolved):
        context.report.decided(
            "codings",
            message("A coding of {name}", name=document.name),
            raw.where,
            message("It is of the source as a whole, so the whole text is coded."),
        )


def _keep(
    coding: ExchangedCoding,
    raw: RawCoding,
    document: ExchangedDocument,
    context: Context,
    resolved: ResolvedSources,
) -> bool:
    if coding.code not in context.codes:
        context.report.left_out(
            "codings",
            message("A coding of {name}", name=document.name),
            raw.where,
            message("There is no such code in the file."),
        )
        return False
    resolved.codings.append(coding)
    resolved.places.add(_place(coding))
    return True


def _place(coding: ExchangedCoding) -> _Place:
    return coding.document, coding.code, coding.coder, coding.start, coding.end
