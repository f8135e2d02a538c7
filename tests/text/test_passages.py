"""Quoted passages of a manuscript, in every kind of marks, and what their writers marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.passages import find_passages, pieces_of


def texts(text: str, *, latex: bool = False) -> list[str]:
    return [one.text for one in find_passages(text, latex=latex)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hun sa «vi teller planer» (leder).", ["vi teller planer"]),
        ("Hun sa “vi teller planer”.", ["vi teller planer"]),
        ("Hun sa ”vi teller planer”.", ["vi teller planer"]),
        ("Hun sa „vi teller planer“.", ["vi teller planer"]),
        ('Hun sa "vi teller planer".', ["vi teller planer"]),
        ("Hun sa ‘vi teller ikke’.", ["vi teller ikke"]),
        ("It's the office's plan.", []),
        ("«Han sa «ja» da», sa hun.", ["Han sa «ja» da"]),
        ("«Aldri lukket\n\nNytt avsnitt «med sitat».", ["Aldri lukket", "med sitat"]),
        ("> Vi teller planer. (veileder)\n> Mer.\n\nTekst", ["Vi teller planer. (veileder)\nMer."]),
        ("> «Vi teller planer.» (veileder)\n", ["Vi teller planer."]),
    ],
)
def test_marks(text: str, found: list[str]) -> None:
    assert texts(text) == found


def test_latex() -> None:
    text = (
        "Hun sa ``vi teller \\emph{planer}'' og \\enquote{10\\,\\% av oss}.\n"
        "\\begin{quote}\nBrukeren blir borte \\ldots{} i det. (leder)\n\\end{quote}\n"
    )
    assert texts(text, latex=True) == [
        "vi teller planer", "10 % av oss", "Brukeren blir borte … i det.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "pieces", "marked"),
    [
        ("vi teller planer", [("vi teller planer", "")], False),
        ("vi (..) planer", [("vi ", ""), (" planer", "cut")], True),
        (
            "vi [...] planer [kontoret] her",
            [("vi ", ""), (" planer ", "cut"), (" her", "insertion")],
            True,
        ),
        ("[V]i teller (…)", [("Vi teller ", "")], True),
        ("vi […] [de] teller", [("vi ", ""), (" teller", "cut")], True),
    ],
)  # fmt: skip
def test_pieces(passage: str, pieces: list[tuple[str, str]], *, marked: bool) -> None:
    found, any_marks = pieces_of(passage)
    assert [(one.text, one.gap) for one in found] == pieces
    assert any_marks == marked


@given(st.text(alphabet="ab «»“”„\"‘’'>\n([.]…)`\\{}", max_size=60), st.booleans())
def test_any_text_is_borne_and_places_stand_in_it(text: str, latex: bool) -> None:
    for one in find_passages(text, latex=latex):
        assert 0 <= one.start <= one.end <= len(text)
        pieces_of(one.text)
