"""What LibreOffice writes, read to the last character; `make_goldens.py` says how it was made."""

from pathlib import Path

import pytest

from qda.formats.readers import read_file
from qda.formats.sheets import read_sheet

DATA = Path(__file__).parents[2] / "data" / "readers"
TEXT = (
    "Samtale på Østre\n\nOm målstyringen\n"
    "Intervjuer: Hva teller dere, og hvor mange\u00a0% er\u00a0det?\n"
    "Leder: Vi teller planer i arbeids\u00adevne\u00advurderingen, hver uke, og e\u2011post.\n"
    "Intervjuer: Hvem spør om det?\n"
    "Leder:\tFylket.\nOg   direktøren.\n1. Mottak\na) Første samtale\n2. Oppfølging\n"
    "Mål\t2011\t2012\nPlaner\t41\t\nTakk."
)
TURNS = [
    ("Intervjuer", True, "Hva teller dere, og"), ("Leder", False, "Vi teller planer i"),
    ("Intervjuer", True, "Hvem spør om det?"), ("Leder", False, "Fylket.\nOg   direkt"),
]  # fmt: skip


@pytest.mark.parametrize("form", ["odt", "docx", "rtf"])
def test_a_document_of_libreoffice_is_the_same_in_every_form(form: str) -> None:
    read = read_file(DATA / f"dokument.{form}")
    assert read.text == TEXT
    found = [
        (one.label, one.interviewer, read.text[one.start : one.end][: len(begin)])
        for one, (_label, _asks, begin) in zip(read.turns, TURNS, strict=True)
    ]
    assert found == TURNS
    assert [(one.kind, one.author, one.text) for one in read.notes] == [
        ("footnote", "", "Fra og med 2012."), ("comment", "Tora", "Sjekk mot årsmeldingen."),
    ]  # fmt: skip
    assert [read.text[: one.start][-8:] for one in read.notes] == ["i teller", "deringen"]
    assert read.warnings == ()
    assert read.language == "nb"


def test_the_same_document_as_a_page() -> None:
    read = read_file(DATA / "dokument.html")
    # LibreOffice writes deleted text like any other, spaces as one, and the letters of lists away.
    told = TEXT.replace(", hver uke", ", hver ukeav og til").replace("Og   direkt", "Og direkt")
    assert read.text == told.replace("Leder:\tFylket", "Leder: Fylket").replace("a) F", "a. F")
    assert [(one.label, one.interviewer) for one in read.turns] == [one[:2] for one in TURNS]
    assert [(one.kind, one.text) for one in read.notes] == [("footnote", "Fra og med 2012.")]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_sheet_of_turns_of_libreoffice(form: str) -> None:
    read = read_file(DATA / f"turer.{form}")
    assert [(one.label, one.time_ms) for one in read.turns] == [
        ("Intervjuer", 1000), ("Leder", 4000), ("Intervjuer", 59_000),
    ]  # fmt: skip
    assert read.text == (
        "Intervjuer: Hva teller dere på Østre?\n"
        'Leder: Planer – først og fremst.\u00a0Og møter; "tavla".\nIntervjuer: Hvem spør?'
    )
    told = [str(one) for one in read.warnings]
    assert told[-1] == "1 column is no part of the turns and was left out: Andel."
    if form == "xlsx":
        assert told[0].startswith("3 formulas were not worked out")
        assert told[1] == "1 hidden sheet was left out: Skjult."


def test_the_results_that_libreoffice_saved() -> None:
    assert read_sheet(DATA / "turer.xlsx").column("Andel") == (12.0, 63.0, 25.0)
    assert read_sheet(DATA / "turer.csv").column("Andel") == ("12 %", "63 %", "25 %")
