"""Segments placed by the text that they are named by, and asked about where nothing fits."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from qda.formats.exchange.offsets import Convention, Place, SourceText
from qda.formats.exchange.placing import OUTSIDE, ZERO, CountedSource, place_all
from qda.formats.exchange.questions import OpenQuestions, ReadAnswers
from qda.formats.exchange.report import ExchangeReport
from qda.model.ids import Guid

TEXT = "Leder: Vi 😀 teller planer hver dag.\r\nSaksbehandler: Ingen 🦊 spør om måltallene.\r\n"
WORDS = ("teller", "planer", "hver dag", "Saksbehandler", "spør om", "måltallene")
ONE = Guid("00000000-0000-4000-8000-000000000001")
ASKING = ReadAnswers(likeliest=False)


def source(places: Sequence[Place], text: str = TEXT, guid: Guid = ONE) -> CountedSource:
    return CountedSource(guid, f"Kilde {guid[-1]}", SourceText(text), places, lambda n: f"nr. {n}")


def counted(word: str, convention: Convention, *, named: bool = True, text: str = TEXT) -> Place:
    """Count a word of the text in one of the ways."""

    def offset(end: int) -> int:
        before = text[:end] if convention.newline == 2 else text[:end].replace("\r\n", "\n")
        return (
            len(before)
            if convention.unit == "code point"
            else len(before.encode("utf-16")) // 2 - 1
        )

    at = text.index(word)
    last = offset(at + len(word)) - convention.inclusive
    return Place(offset(at), last, word if named else "")


def shown(one: CountedSource, origin: str = "", answers: ReadAnswers = ASKING) -> list[object]:
    report = ExchangeReport("f.qdpx")
    (spans,) = place_all([one], origin, answers, report)
    text = one.text.text
    return [text[span[0] : span[1]] if isinstance(span, tuple) else span for span in spans]


CONVENTIONS = [
    Convention(unit, newline, inclusive=inclusive)
    for unit in ("code point", "UTF-16")
    for newline in (1, 2)
    for inclusive in (False, True)
]


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("named", [True, False])
def test_each_way_of_counting_is_found(convention: Convention, named: bool) -> None:
    places = [counted(word, convention, named=named) for word in WORDS]
    assert shown(source(places)) == list(WORDS)


@pytest.mark.parametrize("stray", CONVENTIONS)
def test_single_segments_counted_otherwise_stand_where_their_text_is(stray: Convention) -> None:
    places = [counted(word, Convention()) for word in WORDS]
    places[3] = counted(WORDS[3], stray)
    assert shown(source(places)) == list(WORDS)


def test_a_segment_that_moved_a_little_is_found_by_its_text() -> None:
    places = [counted(word, Convention()) for word in WORDS]
    places[1] = replace(places[1], start=places[1].start + 5, end=places[1].end + 5)
    report = ExchangeReport("f.qdpx")
    one = source(places)
    (spans,) = place_all([one], "", ASKING, report)
    span = spans[1]
    assert isinstance(span, tuple)
    assert one.text.text[span[0] : span[1]] == "planer"
    assert [(line.kind, line.where) for line in report.lines] == [("decided", "nr. 1")]


def test_empty_segments_and_those_outside_have_no_span() -> None:
    places = [
        *(counted(word, Convention()) for word in WORDS),
        Place(4, 4),
        Place(-3, 2),
        Place(5, 9999),
    ]
    assert shown(source(places))[-3:] == [ZERO, OUTSIDE, OUTSIDE]


# ------------------------------------------------------------------------------------- questions
CUT = [Place(at, at + 4) for at in (1, 8, 18, 25, 40, 45, 58, 66)]
"""Places that cut words, whichever way they are counted."""


def test_what_fits_nothing_is_asked_with_what_it_would_show() -> None:
    with pytest.raises(OpenQuestions) as asked:
        place_all([source(CUT)], "", ASKING, ExchangeReport("f.qdpx"))
    (question,) = asked.value.offsets
    assert (question.name, question.places) == ("Kilde 1", len(CUT))
    assert len(question.readings) > 1
    assert len({one.shown for one in question.readings}) == len(question.readings)
    scores = [one.score for one in question.readings]
    assert scores == sorted(scores, reverse=True)
    assert "Kilde 1" in str(asked.value)


def test_an_answer_is_taken_and_not_asked_again() -> None:
    for convention in (Convention(), Convention("UTF-16", 2)):
        answers = replace(ASKING, offsets={ONE: convention})
        one = source(CUT)
        report = ExchangeReport("f.qdpx")
        (spans,) = place_all([one], "", answers, report)
        assert list(spans) == one.text.spans(CUT, convention)
        assert report.conventions[0].convention == convention
        assert not report.lines


def test_the_likeliest_is_taken_where_that_was_asked_for_and_told() -> None:
    report = ExchangeReport("f.qdpx")
    place_all([source(CUT)], "", ReadAnswers(), report)
    (line,) = report.of_kind("uncertain")
    assert "No way of counting fits" in str(line.why)


def test_a_few_segments_that_cut_words_are_as_the_rest_of_the_file() -> None:
    usual = Convention("UTF-16", 2)
    places = [counted(word, usual, named=False) for word in WORDS]
    cut = [replace(one, start=one.start + 1) for one in places[4:]]
    sure, half = source(places * 3), source([places[3], *cut], guid=Guid(ONE.replace("01", "02")))
    report = ExchangeReport("f.qdpx")
    place_all([sure, half], "", ASKING, report)
    assert {one.convention for one in report.conventions} == {usual}


def test_an_unclear_choice_between_good_readings_is_told_and_not_asked() -> None:
    report = ExchangeReport("f.qdpx")
    place_all([source([Place(3, 9)], "Vi teller.")], "", ASKING, report)
    (line,) = report.of_kind("uncertain")
    assert "Several ways of counting fit" in str(line.why)


# ------------------------------------------------------------------- few and careless segments
LONG = "\r\n".join(
    f"Leder: Mandag {n} 😀 teller vi planer igjen, og ingen spør om måltallene." for n in range(30)
)
CARELESS = ("andag 13 😀 teller", "igjen, og inge", "om måltallen")
"""Segments one of whose edges is within a word."""

TOOLS = {
    "NVivo 12.6": Convention("UTF-16", 2),
    "ATLAS.ti Win 23": Convention("UTF-16", 1),
    "MAXQDA 24 (Release 24.7.0)": Convention("UTF-16", 1),
    "QualCoder 3.6": Convention(),
}


def careless(quote: str, convention: Convention, guid: Guid = ONE) -> CountedSource:
    """A source with one segment, which stands far back in the text."""
    at = LONG.index(quote, len(LONG) // 10)
    place = counted("x", convention, named=False, text=LONG[:at] + "x")
    last = counted("x", convention, named=False, text=LONG[: at + len(quote)] + "x")
    return source([Place(place.start, last.start)], LONG, guid)


@pytest.mark.parametrize("quote", CARELESS)
@pytest.mark.parametrize("origin", TOOLS)
def test_one_careless_segment_is_counted_as_its_program_does(quote: str, origin: str) -> None:
    assert shown(careless(quote, TOOLS[origin]), origin) == [quote]


@pytest.mark.parametrize("usual", [Convention("UTF-16", 2), Convention("code point", 1)])
def test_one_careless_segment_is_counted_as_the_others_of_its_file(usual: Convention) -> None:
    sure = source([counted(word, usual, named=False) for word in WORDS] * 3)
    for number, quote in enumerate(CARELESS, start=2):
        odd = careless(quote, usual, Guid(ONE.replace("01", f"0{number}")))
        _, spans = place_all([sure, odd], "", ASKING, ExchangeReport("f.qdpx"))
        (span,) = spans
        assert isinstance(span, tuple)
        assert odd.text.text[span[0] : span[1]] == quote.replace("\r\n", "\n")


def test_many_segments_outweigh_what_a_program_usually_does() -> None:
    unusual = Convention("code point", 1)
    places = [counted(word, unusual, named=False) for word in WORDS]
    assert shown(source(places), "NVivo 12.6") == list(WORDS)


@pytest.mark.parametrize("origin", [*TOOLS, "Transana 3.3"])
def test_words_without_spaces_between_them_are_no_reason_to_ask(origin: str) -> None:
    text = "我们每个星期一开会，大家都站着。\r\n没有人问数字，我们数计划。\r\n" * 4
    usual = TOOLS.get(origin, Convention(newline=2))
    quotes = ("每个星期一", "没有人问", "数计划")
    places = [counted(quote, usual, named=False, text=text) for quote in quotes]
    assert shown(source(places, text), origin) == list(quotes)


def test_segments_counted_in_bytes_are_found() -> None:
    def in_bytes(word: str) -> Place:
        at = TEXT.index(word)
        return Place(len(TEXT[:at].encode()), len(TEXT[: at + len(word)].encode()))

    report = ExchangeReport("f.qdpx")
    one = source([in_bytes(word) for word in WORDS])
    (spans,) = place_all([one], "", ASKING, report)
    assert [one.text.text[s[0] : s[1]] for s in spans if isinstance(s, tuple)] == list(WORDS)
    assert report.conventions[0].convention.unit == "UTF-8"


def test_names_settle_where_segments_stand_that_no_counting_explains() -> None:
    """Offsets of a text that had a heading more, as where another program read a file."""
    places = [counted(word, Convention(), text=TEXT) for word in WORDS]
    moved = [replace(one, start=one.start + 9, end=one.end + 9) for one in places]
    assert shown(source(moved)) == list(WORDS)
