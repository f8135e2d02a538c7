"""Quoted passages against their sources: verbatim, cut, altered, not found, used before."""

import random

import pytest

from qda.analysis.quote_check import check_passages, index_sources
from qda.model.ids import DocumentId
from qda.model.quote_check import CheckedQuote, QuoteUse
from qda.text.passages import Passage

NORTH = (
    "Intervjuer: Hva skjer på mandager?\n"
    "Leder: Vi står foran tavla, og så teller vi hvor mange planer som er god-\nkjent siden sist. "
    "Det er greit nok. Men tavla spør jo ikke hva som står i planen.\n"
    "Veileder: Ja, altså … jeg teller ikke. Jeg går til NAV-\nkontoret og ringer folk.\n"
)
SOUTH = "Leder: Vi teller ikke noe her. Vi bor ved sjøen, og det er fint nok for oss alle sammen.\n"
INDEX = index_sources([(DocumentId(7), NORTH), (DocumentId(9), SOUTH)])


def check(*quotes: str, known: tuple[QuoteUse, ...] = ()) -> tuple[CheckedQuote, ...]:
    passages = [Passage(one, 0, len(one)) for one in quotes]
    return check_passages(INDEX, passages, manuscript="rapport.docx", known=known)


def one(quote: str) -> CheckedQuote:
    [found] = check(quote)
    return found


@pytest.mark.parametrize(
    "quote",
    [
        "Vi står foran tavla, og så teller vi",
        "hvor mange planer som er godkjent siden sist.",
        "Jeg går til NAV-kontoret og ringer folk",
        "altså ... jeg teller ikke.",
        "Det er\u00a0greit   nok",
        "teller ikke",
    ],
)
def test_verbatim(quote: str) -> None:
    found = one(quote)
    assert (found.status, found.differences) == ("verbatim", ())
    assert found.start is not None
    assert found.end is not None
    text = NORTH if found.document == 7 else SOUTH
    assert text[found.start : found.end] == found.source


@pytest.mark.parametrize(
    "quote",
    [
        "Vi står foran tavla (..) planer som er godkjent",
        "Vi står foran tavla […] Men tavla spør jo ikke",
        "[J]eg går til NAV-kontoret",
        "teller [lederen] hvor mange planer",
        "tavla spør jo ikke hva som [egentlig] står i planen",
    ],
)
def test_cut(quote: str) -> None:
    found = one(quote)
    assert (found.status, found.differences) == ("cut", ())
    assert found.document == 7


def test_the_closest_pieces_are_taken_and_never_across_sources() -> None:
    assert one("Intervjuer (...) Vi bor ved sjøen").status != "cut"
    found = one("Det er (...) nok")
    assert found.source == "Det er greit nok"


@pytest.mark.parametrize(
    ("quote", "ours", "theirs"),
    [
        ("Vi står foran tavla, og så måler vi hvor mange planer", "måler", "teller"),
        ("Men tavla spør jo ikke hva som står i boka", "boka", "planen"),
        ("Vi sitter foran tavla, og så teller vi", "sitter", "står"),
        ("Men Tavla spør jo ikke hva", "Tavla", "tavla"),
    ],
)
def test_altered(quote: str, ours: str, theirs: str) -> None:
    found = one(quote)
    assert found.status == "altered"
    assert [(change.quote, change.source) for change in found.differences] == [(ours, theirs)]
    assert found.document == 7


def test_words_left_out_without_a_mark_are_an_alteration() -> None:
    found = one("Vi står foran tavla, og teller vi hvor mange planer")
    assert found.status == "altered"
    assert [(change.quote, change.source) for change in found.differences] == [("", "så")]


def test_not_found() -> None:
    found = one("Dette har ingen av dem noen gang sagt til oss")
    assert (found.status, found.document, found.source) == ("not-found", None, "")
    assert check("navn") == ()
    assert check("…") == ()


def test_repeated_use_in_this_manuscript_and_others() -> None:
    use = QuoteUse("g", DocumentId(9), "Vi bor ved sjøen", "artikkel.docx", 4, "Kari", "2026")
    own = QuoteUse("h", DocumentId(9), "Vi bor ved sjøen", "rapport.docx", 1, "Kari", "2026")
    first, _other, again = check(
        "Vi bor ved sjøen", "jeg teller ikke", "bor ved sjøen, og det er fint", known=(use, own)
    )
    assert [(one.manuscript, one.place) for one in first.used_before] == [("artikkel.docx", 4)]
    assert [(one.manuscript, one.place) for one in again.used_before] == [
        ("artikkel.docx", 4), ("rapport.docx", 1),
    ]  # fmt: skip


def test_an_empty_project_has_no_quotes() -> None:
    empty = index_sources([])
    [found] = check_passages(empty, [Passage("tre ord her", 0, 11)])
    assert found.status == "not-found"


def test_random_quotes_are_found_where_they_were_taken() -> None:
    draw = random.Random(4)
    words = [f"ord{number}" for number in range(60)]
    texts = [" ".join(draw.choices(words, k=400)) for _ in range(5)]
    index = index_sources([(DocumentId(at), text) for at, text in enumerate(texts)])
    for _ in range(150):
        document = draw.randrange(5)
        tokens = texts[document].split(" ")
        at = draw.randrange(380)
        taken = tokens[at : at + draw.randrange(6, 18)]
        [found] = check_passages(index, [Passage(" ".join(taken), 0, 9)])
        assert found.status == "verbatim"
        assert found.source == " ".join(taken)
        changed = [*taken]
        changed[draw.randrange(len(changed))] = "helt-annet"
        [found] = check_passages(index, [Passage(" ".join(changed), 0, 9)])
        assert found.status == "altered"
        assert found.document == document or " ".join(taken) in texts[found.document or 0]
        assert [change.quote for change in found.differences] == ["helt-annet"]
