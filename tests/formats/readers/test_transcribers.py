"""What the usual transcribers write: turns, speakers and times come out as data."""

import io

import pytest
from docx import Document

from qda.formats.readers import reread
from qda.model.reading import TURNS_KEY, ReadDocument, ReadOptions
from tests.formats.readers.transcriber_samples import AGAIN, ANSWER, LAST, QUESTION, SAMPLES, Sample

CONVERSATION = (
    ("Kari Nordli", 3000, QUESTION), ("Odd Bakke", 7000, ANSWER), ("Kari Nordli", 14_000, AGAIN),
    ("Odd Bakke", 17_000, LAST), ("Siv Moe", 20_000, "Takk."),
)  # fmt: skip


def said(read: ReadDocument) -> tuple[tuple[str, int | None, str], ...]:
    return tuple((one.label, one.time_ms, read.text[one.start : one.end]) for one in read.turns)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: f"{one.program} {one.name}")
def test_what_transcribers_write(sample: Sample) -> None:
    read = reread(sample.content.encode(), sample.name)
    assert said(read) == sample.said
    assert read.language == "nb"
    assert reread(read.source, read.file_name) == read


def word(paragraphs: list[list[str]], table: list[tuple[str, ...]] | None = None) -> bytes:
    """Return a Word document; the parts of a paragraph stand on lines of their own."""
    document = Document()
    for parts in paragraphs:
        run = document.add_paragraph().add_run(parts[0])
        for part in parts[1:]:
            run.add_break()
            run.add_text(part)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_teams_in_word_with_the_time_behind_the_name() -> None:
    spoken = [[f"{who}   0:{time // 1000:02}", text] for who, time, text in CONVERSATION]
    read = reread(
        word([["Intervju-20260615_133555-Meeting Transcript"], ["15 June 2026, 03:35am"],
              ["27m 42s"], ["Kari Nordli started transcription"], *spoken]),
        "møte.docx",
    )  # fmt: skip
    assert said(read) == CONVERSATION
    assert "Kari Nordli started transcription\n" in read.text


def test_teams_in_word_with_the_times_above_the_name() -> None:
    spoken = [
        [f"0:0:{time // 1000}.0 --> 0:0:{time // 1000 + 2}.640", who, text]
        for who, time, text in CONVERSATION
    ]
    read = reread(word(spoken), "møte.docx")
    assert said(read) == CONVERSATION
    assert read.text.startswith("0:0:3.0 --> 0:0:5.640\nKari Nordli\nHvordan")


def test_a_word_table_of_turns() -> None:
    rows = [(f"0:{time // 1000:02}.0", text, who) for who, time, text in CONVERSATION]
    source = word([], [("Timespan", "Content", "Speaker"), *rows])
    # Word wants a paragraph behind a table, python-docx one before it.
    assert said(reread(source, "a.docx")) == CONVERSATION
    kept = reread(source, "a.docx", ReadOptions(choices={TURNS_KEY: False}))
    assert kept.text.strip().startswith("Timespan\tContent\tSpeaker\n0:03.0\t")
    assert [(one.kind, one.applied) for one in kept.decisions] == [("sheet", False)]


def test_speech_over_anothers_keeps_its_slashes() -> None:
    cues = (
        "1\n00:00:12.140 --> 00:00:22.800\n<v S01>S01: [00:00:12] Kan du si mer?\n\n"
        "2\n00:00:22.900 --> 00:00:23.100\n<v //S00>//S00: Gjerne.\n\n"
        "3\n00:00:23.100 --> 00:00:25.000\n<v S01>// Så bra.\n\n"
    )
    read = reread(f"WEBVTT samtale\n\n{cues}".encode(), "a.vtt")
    assert said(read) == (
        ("S01", 12_140, "Kan du si mer?"), ("S00", 22_900, "//Gjerne."),
        ("S01", 23_100, "// Så bra."),
    )  # fmt: skip


def test_a_time_in_a_sentence_makes_no_speaker() -> None:
    text = (
        "Leder: Vi teller.\nSom sagt [00:01:00] er det slik.\nIntervjuer: Ja?\n"
        "Som sagt [00:02:00] er det slik.\nLeder: Nei.\nSom sagt [00:03:00] igjen.\n"
    )
    assert {one.label for one in reread(text.encode(), "a.txt").turns} == {"Leder", "Intervjuer"}


def test_a_remark_in_square_brackets_is_no_speaker() -> None:
    text = "Leder: Vi teller.\n[Latter]\nIntervjuer: Ja?\n[Latter]\nLeder: Nei.\n[Latter] ja\n"
    assert {one.label for one in reread(text.encode(), "a.txt").turns} == {"Leder", "Intervjuer"}
