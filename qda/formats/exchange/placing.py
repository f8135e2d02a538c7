"""Segments of another tool placed in the canonical text, each where its own text stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qda.formats.exchange.convention_choice import choose_conventions, likely_readings
from qda.formats.exchange.offsets import Convention, FoundConvention, Place, SourceText, shows
from qda.formats.exchange.questions import OffsetQuestion, OpenQuestions, ReadAnswers, Reading
from qda.formats.exchange.report import ExchangeReport, said_convention
from qda.model.ids import Guid
from qda.model.messages import Message, counted, message

Span = tuple[int, int]
ZERO = message("It is empty: it begins where it ends.")
OUTSIDE = message("It reaches outside the text.")
_NEAR = 400
"""How far from where it should be a named text is looked for, in code points."""

_READINGS, _PREVIEWS, _PREVIEW, _NAMED = 4, 5, 120, 5
"""How many readings are offered, how many segments of each, how long, and how many names said."""

_POOR, _WELL, _EXACT = 1, 2, 3
"""How well a segment shows the text that it is named by."""

_SHORTEST = 4
"""The shortest text that is looked for."""

_TRIED, _FEWEST, _NEARLY_ALL = 40, 3, 0.8
"""How many names are looked for, how many there must be, and what share of them must be found."""


@dataclass(frozen=True, slots=True)
class CountedSource:
    """A text and the segments in it as another tool counted them.

    `where` says where one of the segments stands in the file, for the report.
    """

    guid: Guid
    name: str
    text: SourceText
    places: Sequence[Place]
    where: Callable[[int], str]


def place_all(
    sources: Sequence[CountedSource], origin: str, answers: ReadAnswers, report: ExchangeReport
) -> list[Sequence[Span | Message]]:
    """Return the canonical spans of the segments of each source, or why they have none.

    Raises OpenQuestions where no way of counting fits a source well and none was answered, unless
    the likeliest is to be taken.
    """
    given = [answers.offsets.get(one.guid) for one in sources]
    found = choose_conventions([(one.name, one.text, one.places) for one in sources], origin, given)
    open_sources = [
        source
        for source, one in zip(sources, found, strict=True)
        if one.places and not one.fits and not _names_tell(source.text, source.places, one)
    ]
    if open_sources and not answers.likeliest:
        raise _question(open_sources, report.source)
    spans: list[Sequence[Span | Message]] = []
    for source, convention in zip(sources, found, strict=True):
        if convention.places:
            report.conventions.append(convention)
            if not convention.certain:
                report.uncertain(
                    "documents",
                    message("The offsets of {name}", name=source.name),
                    source.where(0),
                    _doubt(convention),
                    count=convention.places,
                )
        spans.append(place_segments(source.text, source.places, convention, report, source.where))
    return spans


def _doubt(found: FoundConvention) -> Message:
    if found.fits:
        return message(
            "Several ways of counting fit its segments; look whether they stand where they should. "
            "They were read as: {how}",
            how=said_convention(found),
        )
    return message(
        "No way of counting fits its segments well; look whether they stand where they should. "
        "They were read as: {how}",
        how=said_convention(found),
    )


def _question(sources: Sequence[CountedSource], file: str) -> OpenQuestions:
    return OpenQuestions(
        counted(
            "It is not clear where the segments of {n} source in {name} stand: {sources}. Say how "
            "its offsets are counted, or that the likeliest reading is to be taken.",
            "It is not clear where the segments of {n} sources in {name} stand: {sources}. Say how "
            "their offsets are counted, or that the likeliest reading is to be taken.",
            len(sources),
            name=file,
            sources=", ".join(f"«{one.name}»" for one in sources[:_NAMED]),
        ),
        offsets=[
            OffsetQuestion(
                one.guid,
                one.name,
                len(one.places),
                tuple(
                    Reading(convention, score, _preview(one, convention))
                    for convention, score in likely_readings(one.text, one.places, _READINGS)
                ),
            )
            for one in sources
        ],
    )


def _preview(source: CountedSource, convention: Convention) -> tuple[str, ...]:
    """Return what a few of the segments show when they are counted in one way."""
    some = source.places[:: max(1, len(source.places) // _PREVIEWS)][:_PREVIEWS]
    return tuple(
        "" if span is None else " ".join(source.text.text[span[0] : span[1]].split())[:_PREVIEW]
        for span in source.text.spans(some, convention)
    )


def place_segments(
    text: SourceText,
    places: Sequence[Place],
    found: FoundConvention,
    report: ExchangeReport,
    where: Callable[[int], str],
) -> Sequence[Span | Message]:
    """Return the canonical span of each segment, or why it has none.

    A segment that shows another text than it is named by, where names are such texts, is looked
    for by the other ways of counting and then nearby. `where` says where one of them stands in
    the file.
    """
    spans = text.spans(places, found.convention)
    telling = not found.own and _names_tell(text, places, found)
    fits = [
        _fit(text.text, span, place.name) if telling and place.name else _WELL
        for span, place in zip(spans, places, strict=True)
    ]
    strays = [number for number, fit in enumerate(fits) if fit < _WELL]
    moved = _counted_otherwise(text, places, {one: fits[one] for one in strays}, found)
    if moved:
        report.decided(
            "codings",
            counted(
                "{n} segment of {name}", "{n} segments of {name}", len(moved), name=found.source
            ),
            where(min(moved)),
            message(
                "Their offsets are counted in another way than the others; each stands where its "
                "own text is."
            ),
            count=len(moved),
        )
    for number in strays:
        if number in moved:
            spans[number] = moved[number]
        elif not fits[number] or _found_near(places[number], spans[number], text.text) is not None:
            spans[number] = _nearby(places[number], spans[number], text.text, report, where(number))
    return [
        span if span is not None else ZERO if place.start == place.end else OUTSIDE
        for span, place in zip(spans, places, strict=True)
    ]


def _names_tell(text: SourceText, places: Sequence[Place], found: FoundConvention) -> bool:
    """Tell whether the names of segments are their texts: most stand where they should, or near."""
    named = [one for one in places if one.name]
    if not named:
        return False
    if found.named >= 0.5 * len(named):
        return True
    some = [one for one in named if len(one.name) >= _SHORTEST][:_TRIED]
    spans = text.spans(some, found.convention)
    near = sum(
        _found_near(one, span, text.text) is not None for one, span in zip(some, spans, strict=True)
    )
    return len(some) >= _FEWEST and near >= _NEARLY_ALL * len(some)


def _fit(text: str, span: Span | None, name: str) -> int:
    """Return how well a span shows the text that it is named by, 0 where it does not.

    White space may be written otherwise in a name, but hardly at the ends of a segment.
    """
    if span is None:
        return 0
    shown = text[span[0] : span[1]]
    if shown == name:
        return _EXACT
    if not shows(shown, name):
        return 0
    return _WELL if shown[0].isspace() == name[0].isspace() and not shown[-1].isspace() else _POOR


def _counted_otherwise(
    text: SourceText, places: Sequence[Place], strays: Mapping[int, int], found: FoundConvention
) -> dict[int, Span]:
    """Return the spans of those that show their own text better when counted in another way."""
    moved: dict[int, Span] = {}
    best = dict(strays)
    for convention in text.candidates():
        left = [number for number, fit in best.items() if fit < _EXACT]
        # Whether the end counts is the same for a whole file; a blank more or less says nothing.
        if replace(convention, inclusive=found.convention.inclusive) == found.convention:
            continue
        others = text.spans([places[number] for number in left], convention)
        for number, span in zip(left, others, strict=True):
            fit = _fit(text.text, span, places[number].name)
            if span is not None and fit > best[number]:
                best[number], moved[number] = fit, span
    return moved


def _nearby(
    place: Place, span: Span | None, text: str, report: ExchangeReport, where: str
) -> Span | None:
    """Return where the text that a segment is named by stands near it, once and no more."""
    name = place.name
    start = _found_near(place, span, text)
    if start is not None:
        report.decided(
            "codings",
            message("The segment «{quote}»", quote=name[:60]),
            where,
            message("Its offsets show another text; it stands where its own text is now."),
        )
        return start, start + len(name)
    if span is not None:
        report.uncertain(
            "codings",
            message("The segment «{quote}»", quote=name[:60]),
            where,
            message("The text at its offsets is another than the one it is named by."),
        )
    return span


def _found_near(place: Place, span: Span | None, text: str) -> int | None:
    """Return where the text that a segment is named by begins, where it stands once near it."""
    name = place.name
    around = span[0] if span is not None else min(max(place.start, 0), len(text))
    first = max(0, around - _NEAR)
    window = text[first : around + len(name) + _NEAR]
    if len(name) < _SHORTEST or window.count(name) != 1:
        return None
    return first + window.index(name)
