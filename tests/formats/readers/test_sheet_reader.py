"""Sheets as sources: turns where rows are turns, else a text to read, nothing lost in silence."""

import io
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter

from qda.formats.readers import read_file, reread, sheet
from qda.model.errors import FileProblem
from qda.model.reading import TURNS_KEY, ReadDocument, ReadOptions

Row = Sequence[object]

ANSWERS = "id;kontor;svar\n" + "".join(
    f"{at};NAV {at % 2};Vi teller planer, men ingen spør om hva planen nr. {at} førte til.\n"
    for at in range(5)
)


def csv(text: str, name: str = "a.csv", options: ReadOptions | None = None) -> ReadDocument:
    return reread(text.encode(), name, options)


def workbook(*pages: Sequence[Row], hidden: int = -1, formula: str = "") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        long = book.add_format({"num_format": "[h]:mm:ss"})
        for number, rows in enumerate(pages):
            page = book.add_worksheet(f"Ark {number + 1}")
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, timedelta):
                        page.write(at, column, cell, long)
                    else:
                        page.write(at, column, cell)
            if number == hidden:
                page.hide()
            if formula:
                page.write(2, 1, formula, None, "fra formel")
    return out.getvalue()


def said(read: ReadDocument) -> list[tuple[str, str, int | None]]:
    return [(one.label, read.text[one.start : one.end], one.time_ms) for one in read.turns]


def warned(read: ReadDocument) -> str:
    return " ".join(map(str, read.warnings))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", ("Taler;Tekst;Start\nIntervjuer;Hva teller dere?;00:00:01\n"
                  "Leder;Planer.;00:01:02,5\nIntervjuer;Ja?;1:02:03\n")),
        ("a.csv", ("Start Time,End Time,Speaker Name,Text\n00:00:01:00,00:00:04:12,Intervjuer,"
                  "Hva teller dere?\n00:01:02.500,00:01:05:00,Leder,Planer.\n"
                  "1:02:03,1:02:04,Intervjuer,Ja?\n")),
        ("a.tsv", ("start_ms\ttaler\tytring\n1000\tIntervjuer\tHva teller dere?\n"
                  "62500\tLeder\tPlaner.\n3723000\tIntervjuer\tJa?\n")),
        ("a.csv", ("Timespan;Content;Speaker\n0:00:01,0 - 0:00:04,0;Hva teller dere?;Intervjuer\n"
                  "0:01:02,5 - 0:01:04,0;Planer.;Leder\n1:02:03,0 - 1:02:04,0;Ja?;Intervjuer\n")),
        ("a.csv", ("Tid;Navn;Innhold\n#00:00:01-0#;Intervjuer:;Hva teller dere?\n"
                  "#00:01:02-5#;Leder:;Planer.\n#01:02:03-0#;Intervjuer:;Ja?\n")),
        ("a.csv", ("00:00:01;Intervjuer;Hva teller dere?\n00:01:02.5;Leder;Planer.\n"
                  "01:02:03;Intervjuer;Ja?\n")),
    ],
)  # fmt: skip
def test_rows_that_are_turns_become_turns(name: str, content: str) -> None:
    read = csv(content, name)
    assert said(read) == [
        ("Intervjuer", "Hva teller dere?", 1000),
        ("Leder", "Planer.", 62_500),
        ("Intervjuer", "Ja?", 3_723_000),
    ]
    assert [one.interviewer for one in read.turns] == [True, False, True]
    assert read.text == "Intervjuer: Hva teller dere?\nLeder: Planer.\nIntervjuer: Ja?"
    assert [(one.kind, one.applied, one.count) for one in read.decisions] == [("sheet", True, 3)]
    assert not read.survey


def test_a_workbook_of_turns_with_durations() -> None:
    source = workbook(
        [
            ("Intervju med leder",), (),
            ("Hvem", "Når det sies", "Hva som sies", "Kode"),
            ("Intervjuer", timedelta(seconds=1), "Hva teller dere?", "k1"),
            ("Leder", timedelta(hours=1, seconds=2.5), "Planer.", None),
            (None, None, "Og tavlemøter.", None),
            ("Intervjuer", None, None, "k2"),
            ("Intervjuer", timedelta(hours=30), "Ja?", None),
        ],
        [("Vedlegg",), ("Noe",)],
    )  # fmt: skip
    read = reread(source, "a.xlsx")
    assert said(read) == [
        ("Intervjuer", "Hva teller dere?", 1000),
        ("Leder", "Planer.\nOg tavlemøter.", 3_602_500),
        ("Intervjuer", "Ja?", 108_000_000),
    ]
    told = warned(read)
    assert "1 row above the headings was left out." in told
    assert "1 row without text was left out." in told
    assert "1 row names no speaker and goes on the one before." in told
    assert "1 column is no part of the turns and was left out: Kode." in told
    assert "1 more sheet was left out" in told


def test_numbers_are_milliseconds_where_nobody_speaks_so_slowly() -> None:
    rows = [(0, 2500, "Hva teller dere her?"), (5000, 7000, "Vi teller planer og møter.")]
    tsv = "start\tend\ttext\n" + "".join(f"{a}\t{b}\t{c}\n" for a, b, c in rows)
    assert [one.time_ms for one in csv(tsv, "a.tsv").turns] == [0, 5000]
    tsv = "start\tend\ttext\n" + "".join(f"{a / 1000}\t{b / 1000}\t{c}\n" for a, b, c in rows)
    assert [one.time_ms for one in csv(tsv, "a.tsv").turns] == [0, 5000]


def test_pieces_of_one_speaker_with_both_times_are_joined() -> None:
    read = csv(
        "start,end,speaker,text\n0.5,1.0,SPEAKER_00,Hva teller\n1.0,2.0,SPEAKER_00,dere her?\n"
        "2.0,3.0,SPEAKER_01,Planer.\n"
    )
    assert said(read) == [
        ("SPEAKER_00", "Hva teller dere her?", 500), ("SPEAKER_01", "Planer.", 2000),
    ]  # fmt: skip


def test_turns_can_be_turned_down_and_taken_up() -> None:
    content = (
        "Rolle;Merknad\nBruker;Spurte om noe helt annet\nVeileder;Svarte ikke\nBruker;Gikk igjen\n"
    )
    read = csv(content)
    assert [one.applied for one in read.decisions] == [False]
    assert read.turns == ()
    assert read.text.startswith(
        "Rolle: Bruker\nMerknad: Spurte om noe helt annet\n\nRolle: Veileder\n"
    )
    taken = csv(content, options=ReadOptions(choices={TURNS_KEY: True}))
    assert said(taken)[0] == ("Bruker", "Spurte om noe helt annet", None)
    sure = "Taler;Tekst\nIntervjuer;Hva?\nLeder;Planer.\n"
    down = csv(sure, options=ReadOptions(choices={TURNS_KEY: False}))
    assert down.turns == ()
    assert down.text == "Taler: Intervjuer\nTekst: Hva?\n\nTaler: Leder\nTekst: Planer.\n"


def test_another_sheet_is_a_text_to_read() -> None:
    read = csv("Tiltak;Frist;Antall\nTavle;2012-03-01;3\n;;\nKurs;;12,5\n")
    assert (
        read.text == "Tiltak: Tavle\nFrist: 2012-03-01\nAntall: 3\n\nTiltak: Kurs\nAntall: 12,5\n"
    )
    assert read.turns == read.decisions == read.warnings == ()


def test_a_heading_that_asks_needs_no_colon_and_a_role_above_a_column_heads_it() -> None:
    read = csv("Tiltak;Hva teller?;Ansvarlig\nTavle;Planer;Leder\nKurs;Møter;Leder\n")
    assert read.text.startswith("Tiltak: Tavle\nHva teller? Planer\nAnsvarlig: Leder\n")
    assert [(one.applied, one.count) for one in read.decisions] in ([], [(False, 2)])


def test_numbered_questions_and_years_are_headings() -> None:
    read = csv("1. Kontor;2. Hva teller?;2011\nNAV Nord;Planer;41\nNAV Sør;Møter;42\n")
    assert read.text.startswith("1. Kontor: NAV Nord\n2. Hva teller? Planer\n2011: 41\n")


def test_without_headings_or_with_one_column() -> None:
    assert csv("2011;3\n2012;4\n").text == "2011\t3\n2012\t4\n"
    assert csv("Observasjon\nTavlen sto tom.\nIngen spurte.\n").text == (
        "Observasjon\nTavlen sto tom.\nIngen spurte.\n"
    )


def test_all_sheets_of_a_workbook_and_what_is_hidden() -> None:
    source = workbook(
        [("Tiltak", "År"), ("Tavle", 2012)], [("Mål",), ("Telle",)], [("Hemmelig",)], hidden=2
    )
    read = reread(source, "a.xlsx")
    assert read.text == "Ark 1\n\nTiltak: Tavle\nÅr: 2012\n\nArk 2\n\nMål\nTelle\n"
    assert "1 hidden sheet was left out: Ark 3." in warned(read)


def test_formulas_say_what_was_saved() -> None:
    rows = [("Tiltak", "Sum"), ("Tavle", 1), ("Kurs", 2)]
    read = reread(workbook(rows, formula='=HYPERLINK("http://x","y")'), "a.xlsx")
    assert "Sum: fra formel" in read.text
    assert "1 formula was not worked out" in warned(read)
    attack = "Tiltak;Sum\nTavle;=cmd|' /C calc'!A0\nKurs;@SUM(1+1)\n"
    assert "Sum: =cmd|' /C calc'!A0" in csv(attack).text


def test_answers_to_a_survey_are_told_of() -> None:
    read = csv(ANSWERS)
    assert read.survey
    assert read.text.startswith("id: 0\nkontor: NAV 0\nsvar: Vi teller planer")
    assert "answers to a survey" in warned(read)


def test_an_encoding_can_be_forced() -> None:
    source = "Tiltak;År\nTavlemøte på Østre;2012\n".encode("cp865")
    read = reread(source, "a.csv", ReadOptions(encoding="cp865"))
    assert "Tavlemøte på Østre" in read.text
    assert read.encoding == "cp865"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.csv", b"PK\x03\x04" + bytes(100)), ("a.tsv", b"%PDF-1.7"), ("a.xlsx", b"a;b\n1;2\n"),
        ("a.csv", b'a;b\n"1;2\n'), ("a.csv", b"\x81\x8d\x8f;\x90"), ("a.xlsx", b"PK\x05\x06"),
        ("a.csv", b"\x00" * 50), ("a.csv", b";;;\n;;;\n"), ("a.xlsx", workbook([])),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_in_a_sentence(name: str, source: bytes) -> None:
    with pytest.raises(FileProblem) as problem:
        reread(source, name)
    assert str(problem.value).endswith(".")
    assert name in str(problem.value)


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_CELLS", 3)
    with pytest.raises(FileProblem, match="more than 3 cells"):
        csv("a;b\n1;2\n")


def test_too_many_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_PAGES", 2)
    with pytest.raises(FileProblem, match="too large"):
        reread(workbook([("a",), ("b",)], [("c",), ("d",)]), "a.xlsx")


def test_old_and_other_sheets_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"save it as \.xlsx"):
        read_file(tmp_path / "gammel.xls")
