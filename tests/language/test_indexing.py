"""Texts as numbers: the same words as spaCy's, at their places in the canonical text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.language import pipeline
from qda.language.forms import LONGEST, core, form_of
from qda.language.indexing import (
    FLAG_BITS,
    FOR_GOOD,
    PARAGRAPH,
    IndexedText,
    Reader,
    Source,
    Stretch,
)
from qda.model.entities import Language


def words(reader: Reader, indexed: IndexedText) -> list[str]:
    return [reader.vocabulary[form][1] for form in indexed.forms.tolist()]


def slices(text: str, indexed: IndexedText) -> list[str]:
    ends = indexed.starts + indexed.lengths
    return [
        text[start:end] for start, end in zip(indexed.starts.tolist(), ends.tolist(), strict=True)
    ]


def test_words_have_forms_and_places() -> None:
    reader, text = Reader(), "«Veiledere», sa hun: NAV-kontoret … f.eks. på Å.\n"
    indexed = reader.read(Source(text, "nb"))
    assert words(reader, indexed) == ["veiledere", "sa", "hun", "nav-kontoret", "f.eks", "på", "å"]
    assert slices(text, indexed) == ["Veiledere", "sa", "hun", "NAV-kontoret", "f.eks", "på", "Å"]


@pytest.mark.parametrize(
    ("text", "form", "piece"),
    [
        ("om målfor-\nskyvning her", "målforskyvning", "målfor-\nskyvning"),
        ("om målfor-  \n\n   skyvning her", "målforskyvning", "målfor-  \n\n   skyvning"),
        ("om målfor\u00adskyvning her", "målforskyvning", "målfor\u00adskyvning"),
        ("om målfor\u00ad\nskyvning her", "målforskyvning", "målfor\u00ad\nskyvning"),
        ("ved Nav-\nkontoret her", "nav-kontoret", "Nav-\nkontoret"),
        ("vår\u00a0rutine", "rutine", "rutine"),
        ("en pa\u030at\u200bog", "påtog", "pa\u030at\u200bog"),
    ],
)
def test_what_hides_a_word_is_seen_through(text: str, form: str, piece: str) -> None:
    reader = Reader()
    indexed = reader.read(Source(text, "nb"))
    place = words(reader, indexed).index(form)
    assert slices(text, indexed)[place] == piece


def test_a_hyphen_that_stands_for_a_word_joins_nothing() -> None:
    reader = Reader()
    indexed = reader.read(Source("mål-\nog resultatstyring", "nb"))
    assert words(reader, indexed) == ["mål", "og", "resultatstyring"]


def test_a_ring_is_kept_and_case_is_folded() -> None:
    reader = Reader()
    indexed = reader.read(Source("Mål MÅL mal STRASSE straße", "nb"))
    assert words(reader, indexed) == ["mål", "mål", "mal", "strasse", "strasse"]
    assert len(set(indexed.forms.tolist())) == 3


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_words_are_spacys(language: Language) -> None:
    text = (
        "St.meld. nr. 33 (2008–2009), kap. 2., kl. 10.30; NAV-kontor/kommune 3.000 kr. Og så?Nei! "
        "«Ja», (..) [uhørlig] a@b.no www.nav.no det'e ca. 50% 12,5 ‰ e-post u-huh... mål- og "
        "resultat--styring :) 1. mars don't we've 20-åra Å/å §14a o.l. dvs.at osv"
    )
    reader = Reader()
    whole = [token.text for token in pipeline.tokenised(text, language)]
    expected = [form_of(one) for one in whole if 0 < core(one)[1] - core(one)[0] <= LONGEST]
    assert words(reader, reader.read(Source(text, language))) == [one for one in expected if one]


@given(st.text(alphabet="aåBm -\n.,\u00ad\u00a0🌲\u2028«'1", max_size=60))
def test_every_word_lies_in_the_text(text: str) -> None:
    reader = Reader()
    indexed = reader.read(Source(text, "nb"))
    pieces = slices(text, indexed)
    assert all(piece and piece[0].isalnum() for piece in pieces)
    assert (np.diff(indexed.starts) > 0).all()
    joined = "".join(words(reader, indexed))
    letters = "".join(one for one in text.casefold() if one.isalnum())
    assert "".join(one for one in joined if one.isalnum()) == letters


def test_each_turn_is_read_in_its_language() -> None:
    nb = "Jeg vet ikke hva de gjør, men vi har ikke noe mer. "
    nn = "Eg veit ikkje kva dei gjer, men me har ikkje noko meir. "
    en = "What they have told us is that we should have been with them. "
    text = nb + nn + en + "Ja."
    ends = np.cumsum([len(nb), len(nn), len(en), 3]).tolist()
    starts = [0, *ends[:-1]]
    turns = tuple(Stretch(low, low, high) for low, high in zip(starts, ends, strict=True))
    reader = Reader()
    indexed = reader.read(Source(text, "nb", turns))
    spoken = [reader.vocabulary[form][0] for form in indexed.forms.tolist()]
    turn = np.searchsorted(starts, indexed.starts, side="right") - 1
    assert [{spoken[place] for place in np.flatnonzero(turn == one)} for one in range(4)] == [
        {"nb"}, {"nn"}, {"en"}, {"nb"},
    ]  # fmt: skip


def test_sentences_say_how_they_end() -> None:
    text = "Leder: Vi teller. Vi ringer\nVi går\nog kommer.\nB: Ja."
    turns = (
        Stretch(0, 7, text.index("B:") - 1),
        Stretch(text.index("B:"), text.index("Ja"), len(text)),
    )
    reader = Reader()
    indexed = reader.read(Source(text, "nb", turns))
    forms = words(reader, indexed)
    found = [(forms[one >> FLAG_BITS], one & 3) for one in indexed.sentences.tolist()]
    assert found == [
        ("leder", FOR_GOOD | PARAGRAPH),
        ("vi", FOR_GOOD | PARAGRAPH),
        ("vi", FOR_GOOD),
        ("vi", PARAGRAPH),
        ("b", FOR_GOOD | PARAGRAPH),
        ("ja", FOR_GOOD | PARAGRAPH),
    ]


def test_a_text_without_words_has_none() -> None:
    for text in ("", " \n ", "… — !"):
        indexed = Reader().read(Source(text, "nb"))
        assert len(indexed.forms) == len(indexed.starts) == len(indexed.sentences) == 0


def test_noise_is_no_word() -> None:
    reader = Reader()
    indexed = reader.read(Source("a" * 500 + " b " + "x-" * 200 + "y", "nb"))
    assert words(reader, indexed) == ["b"]
