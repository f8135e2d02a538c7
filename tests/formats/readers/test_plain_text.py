import random
import textwrap

import pytest

from qda.formats.readers import reread
from qda.model.errors import FileProblem
from qda.model.reading import ReadOptions

TRANSCRIPT = (
    "Intervju ved kontor B\n\nIntervjuer: Kan du si litt om hvordan dere fordeler sakene?\n\n"
    "Veileder: Ja, altså … vi deler på dato. Det er ikke\u00a0noe system i det, egentlig-\n\n"
    "Intervjuer: Nei?\n\nVeileder: Nei, eller jo. Det var et system, men det sluttet vi med.\n"
)


def test_a_transcript_comes_through_to_the_byte() -> None:
    document = reread(TRANSCRIPT.encode(), "a.txt")
    assert document.text == TRANSCRIPT
    assert [turn.label for turn in document.turns] == ["Intervjuer", "Veileder"] * 2


def test_dropped_characters_are_counted() -> None:
    document = reread(b"Leder: Ja\x00, vi\x07 vil.\r\n", "a.txt")
    assert document.text == "Leder: Ja, vi vil.\n"
    assert [str(warning)[:20] for warning in document.warnings] == ["2 control characters"]


def test_pages_by_form_feed() -> None:
    lines = textwrap.wrap("Det var en gang et kontor som skulle måle alt det gjorde, og " * 20, 70)
    text = "\n".join(lines[:9]) + "\n\f" + "\n".join(lines[9:])
    document = reread(text.encode(), "a.txt")
    assert "\n" not in document.text
    assert {decision.key for decision in document.decisions} == {
        "paragraph:lines",
        "paragraph:pages",
    }


def test_markdown_is_kept_as_written() -> None:
    lines = textwrap.wrap(
        "**Kari:** " + "Det var en gang et kontor som skulle måle alt, og " * 12, 70
    )
    source = (
        "# Samtale\n\n" + "\n".join(lines) + "\n\n**Ola:** Ja.\n\n**Kari:** Nei.\n\n**Ola:** Jo.\n"
    )
    document = reread(source.encode(), "a.md")
    assert document.text == source
    assert document.speakers == ("Kari", "Ola")
    joined = reread(source.encode(), "a.md", ReadOptions(paragraphs="blank"))
    assert joined.text.count("\n") < document.text.count("\n")


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_other_types_under_a_text_ending(head: bytes) -> None:
    with pytest.raises(FileProblem, match=r"a\.txt is not a text file"):
        reread(head + b"abc" * 100, "a.txt")


def test_mostly_control_characters() -> None:
    with pytest.raises(FileProblem, match="not a text file"):
        reread(bytes([1, 2, 3, 65]) * 500, "a.txt")


def test_mutated_bytes() -> None:
    rng = random.Random(7)
    for _ in range(150):
        source = bytearray(TRANSCRIPT.encode())
        for _ in range(rng.randint(1, 20)):
            source[rng.randrange(len(source))] = rng.randrange(256)
        try:
            document = reread(bytes(source[: rng.randint(1, len(source))]), "a.txt")
        except FileProblem:
            continue
        assert document.text


def test_speakers_as_the_user_says() -> None:
    options = ReadOptions(speakers={"Intervjuer": "informant", "Veileder": "interviewer"})
    document = reread(TRANSCRIPT.encode(), "a.txt", options)
    assert [turn.interviewer for turn in document.turns] == [False, True, False, True]
