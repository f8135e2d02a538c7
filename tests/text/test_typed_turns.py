"""Turns are split, joined and relabelled in a text as it is typed."""

import pytest

from qda.text import typed_turns
from qda.text.typed_turns import Change

TEXT = "Intervjuer: Hva gjør dere?\n\nLeder: Vi teller. Hvorfor det?\n\nIntervjuer: Ja."
LABELS = ("Intervjuer", "Leder")


def changed(text: str, change: Change | None) -> str | None:
    if change is None:
        return None
    start, end, instead = change
    return text[:start] + instead + text[end:]


def test_the_heads_of_a_text() -> None:
    found = typed_turns.heads(TEXT, LABELS)
    assert [one.label for one in found] == ["Intervjuer", "Leder", "Intervjuer"]
    assert [TEXT[one.speech : one.speech + 2] for one in found] == ["Hv", "Vi", "Ja"]
    assert typed_turns.heads(TEXT, ()) == ()
    assert typed_turns.turn_at(found, 0) == 0
    assert typed_turns.turn_at(typed_turns.heads("\n" + TEXT, LABELS), 0) is None


def test_a_split_puts_a_label_as_the_others_stand() -> None:
    found = typed_turns.heads(TEXT, LABELS)
    at = TEXT.index(" Hvorfor")
    assert changed(TEXT, typed_turns.split(TEXT, found, at, "Intervjuer")) == TEXT.replace(
        " Hvorfor", "\n\nIntervjuer: Hvorfor"
    )
    assert typed_turns.split(TEXT, found, TEXT.index("Vi"), "Intervjuer") is None
    assert typed_turns.split(TEXT, found, len(TEXT), "Leder") is None


def test_a_time_stamp_is_not_written_again() -> None:
    text = "Leder 00:01:02: Vi teller. Ja.\nIntervjuer 00:02:00: Hm."
    found = typed_turns.heads(text, LABELS)
    split = changed(text, typed_turns.split(text, found, text.index(" Ja"), "Intervjuer"))
    assert split == "Leder 00:01:02: Vi teller.\nIntervjuer: Ja.\nIntervjuer 00:02:00: Hm."


def test_a_join_takes_the_label_out() -> None:
    found = typed_turns.heads(TEXT, LABELS)
    joined = changed(TEXT, typed_turns.join(TEXT, found, TEXT.index("teller")))
    assert joined is not None
    assert joined.endswith("Leder: Vi teller. Hvorfor det? Ja.")
    assert typed_turns.join(TEXT, found, len(TEXT)) is None


@pytest.mark.parametrize("label", ["Leder", "Ny & annen"])
def test_another_speaker(label: str) -> None:
    found = typed_turns.heads(TEXT, LABELS)
    assert changed(TEXT, typed_turns.relabel(found, 3, label)) == TEXT.replace(
        "Intervjuer", label, 1
    )
    assert typed_turns.relabel((), 3, label) is None
