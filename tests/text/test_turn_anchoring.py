"""Speakers' turns across edits of their text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.anchoring import Anchors
from qda.text.edits import Edit, apply, edits_between
from qda.text.turn_anchoring import TurnPlace, carry_turns

SAID = ("Hvordan er det hos dere?", "Vi har tavlemøte hver dag.", "Og ellers?", "Da jobber vi.")
LABELS = ("Int", "Kari", "Int", "Kari")
TEXT = "\n\n".join(f"{label}: {said}" for label, said in zip(LABELS, SAID, strict=True)) + "\n"


def places(text: str) -> list[TurnPlace]:
    """Find the turns of the test's own texts: one a paragraph."""
    found: list[TurnPlace] = []
    at = 0
    for paragraph in text.split("\n\n"):
        label, _, said = paragraph.partition(": ")
        start = at + len(label) + 2
        found.append(TurnPlace(at, start, start + len(said.rstrip()), label))
        at += len(paragraph) + 2
    return found


TURNS = places(TEXT)


def carried(edits: list[Edit]) -> list[tuple[str, str] | None]:
    new = apply(TEXT, edits)
    return [
        None if turn is None else (turn.label, new[turn.start : turn.end])
        for turn in carry_turns(Anchors(TEXT, new, edits), TURNS)
    ]


def said_with(**changed: str | None) -> list[tuple[str, str] | None]:
    """Return what the turns say, those called `t0` to `t3` another thing or nothing."""
    result: list[tuple[str, str] | None] = []
    for number, (label, said) in enumerate(zip(LABELS, SAID, strict=True)):
        now = changed.get(f"t{number}", said)
        result.append(None if now is None else (label, now))
    return result


KARI = TURNS[1]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(KARI.start, 0, "Joda. "), said_with(t1="Joda. Vi har tavlemøte hver dag.")),
        (Edit(KARI.end, 0, " Hver."), said_with(t1="Vi har tavlemøte hver dag. Hver.")),
        (Edit(KARI.end, 0, "\nHver."), said_with(t1="Vi har tavlemøte hver dag.\nHver.")),
        (Edit(KARI.end + 1, 0, "Hver.\n"), said_with(t1="Vi har tavlemøte hver dag.\nHver.")),
        (Edit(KARI.end + 2, 0, "Hver.\n\n"), said_with(t1="Vi har tavlemøte hver dag.\n\nHver.")),
        (Edit(KARI.start, 2, "De"), said_with(t1="De har tavlemøte hver dag.")),
        (Edit(KARI.start, 26, "Nei."), said_with(t1="Nei.")),
        (Edit(KARI.start, 26, ""), said_with(t1=None)),
        (Edit(KARI.start, 26, " \n"), said_with(t1=None)),
        (Edit(KARI.label_start, 34, ""), said_with(t1=None)),
        (Edit(KARI.label_start, 32, "Kari: Nei."), said_with(t1="Nei.")),
        (Edit(len(TEXT), 0, "Det var alt.\n"), said_with(t3="Da jobber vi.\nDet var alt.")),
        (Edit(0, 0, "Intervju 3\n\n"), said_with()),
        (Edit(KARI.label_start, 6, ""), said_with()),
    ],
)
def test_what_is_written_into_a_turn_is_said_in_it(
    edit: Edit, expected: list[tuple[str, str] | None]
) -> None:
    assert carried([edit]) == expected


@pytest.mark.parametrize(
    ("edit", "label"),
    [
        (Edit(KARI.label_start, 4, "Kåre"), "Kåre"),
        (Edit(KARI.label_start + 4, 0, "anne"), "Karianne"),
        (Edit(KARI.label_start, 0, "Anne "), "Anne Kari"),
        (Edit(KARI.label_start, 6, ""), "Kari"),
        (Edit(KARI.label_start, 0, "Mer.\n\n"), "Kari"),
    ],
)
def test_a_label_that_is_edited_is_read_anew(edit: Edit, label: str) -> None:
    new = apply(TEXT, [edit])
    turn = carry_turns(Anchors(TEXT, new, [edit]), TURNS)[1]
    assert turn is not None
    assert turn.label == label
    assert new[turn.start : turn.end] == SAID[1]


def test_a_turn_replaced_with_its_label_is_the_new_one() -> None:
    edit = Edit(KARI.label_start, KARI.end - KARI.label_start, "Per Ås: Helt nye ord!")
    new = apply(TEXT, [edit])
    turn = carry_turns(Anchors(TEXT, new, [edit]), TURNS)[1]
    assert turn is not None
    assert (turn.label, new[turn.start : turn.end]) == ("Per Ås", "Helt nye ord!")


def test_a_turn_that_is_cut_and_pasted_moves() -> None:
    whole = TEXT[KARI.label_start : KARI.end + 2]
    edits = [Edit(KARI.label_start, len(whole), ""), Edit(len(TEXT), 0, "\n" + whole)]
    assert carried(edits) == said_with()


def test_a_turn_pasted_into_another_takes_its_rest() -> None:
    whole = "\n\n" + TEXT[KARI.label_start : KARI.end] + "\n\n"
    into = TURNS[3].start + 2
    edits = [Edit(KARI.label_start, len(whole) - 2, ""), Edit(into, 0, whole)]
    assert carried(edits) == said_with(t1=SAID[1] + "\n\n jobber vi.", t3="Da")


def test_no_edits_change_nothing() -> None:
    assert carry_turns(Anchors(TEXT, TEXT, ()), TURNS) == TURNS
    assert carry_turns(Anchors(TEXT, "x" + TEXT, [Edit(0, 0, "x")]), []) == []


@given(st.data())
def test_turns_stay_within_the_text_and_apart(data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(TEXT)), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    parts = ["", "x", " ", "\n\n", "Ola: Nei.\n\n", *(TEXT[start:end] for start, end in spans)]
    edits = [Edit(start, end - start, data.draw(st.sampled_from(parts))) for start, end in spans]
    new = apply(TEXT, edits)
    if data.draw(st.booleans()):
        edits = list(edits_between(TEXT, new))
    turns = [turn for turn in carry_turns(Anchors(TEXT, new, edits), TURNS) if turn is not None]
    for turn in turns:
        assert 0 <= turn.label_start <= turn.start < turn.end <= len(new)
        said = new[turn.start : turn.end]
        assert said == said.strip()
        assert turn.label
    ordered = sorted(turns, key=lambda turn: turn.label_start)
    assert all(one.end <= other.label_start for one, other in pairwise(ordered))
