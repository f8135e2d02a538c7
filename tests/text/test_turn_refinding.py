"""Labels that are typed begin turns, labels that are taken out end them, and nothing else does."""

from hypothesis import given
from hypothesis import strategies as st

from qda.text.anchoring import Anchors
from qda.text.edits import Edit, apply
from qda.text.turn_anchoring import TurnPlace, carry_turns
from qda.text.turn_finding import find_turns
from qda.text.turn_refinding import Refound, refind, time_at_head

TEXT = (
    "Samtale\n\nIntervjuer: Hvordan går det?\n\nLeder: Vi teller. Så teller vi igjen.\n\n"
    "Intervjuer: Og så?\n\nLeder: Mer telling."
)


def turns_of(text: str) -> list[TurnPlace]:
    return [TurnPlace(one.label_start, one.start, one.end, one.label) for one in find_turns(text)]


def found(text: str, *edits: Edit) -> tuple[str, list[Refound]]:
    """Return the corrected text and its turns."""
    turns = turns_of(text)
    new = apply(text, edits)
    anchors = Anchors(text, new, edits)
    carried = carry_turns(anchors, turns)
    labels = {turn.label for turn in turns}
    return new, refind(anchors, turns, carried, labels, len(new))


def said(new: str, turns: list[Refound]) -> list[tuple[str, str, bool]]:
    return [
        (one.place.label, new[one.place.start : one.place.end], one.index is None) for one in turns
    ]


def put(before: str, words: str) -> Edit:
    return Edit(TEXT.index(before), 0, words)


def swap(old: str, words: str) -> Edit:
    return Edit(TEXT.index(old), len(old), words)


def test_a_label_typed_inside_a_turn_begins_one() -> None:
    new, turns = found(TEXT, put("Så teller", "\n\nIntervjuer: "))
    assert said(new, turns)[1:3] == [
        ("Leder", "Vi teller.", False), ("Intervjuer", "Så teller vi igjen.", True),
    ]  # fmt: skip
    assert len(turns) == 5


def test_a_whole_turn_typed_between_two_is_one() -> None:
    new, turns = found(TEXT, put("Intervjuer: Og", "Leder: Ja.\n\n"))
    assert said(new, turns)[2] == ("Leder", "Ja.", True)
    new, turns = found(TEXT, put("Så teller", "\nIntervjuer: Hva?\nLeder: "))
    assert said(new, turns)[1:4] == [
        ("Leder", "Vi teller.", False), ("Intervjuer", "Hva?", True),
        ("Leder", "Så teller vi igjen.", True),
    ]  # fmt: skip


def test_a_turn_typed_before_the_first_or_behind_the_last_is_one() -> None:
    new, turns = found(TEXT, put("Intervjuer: Hvordan", "Leder: Velkommen.\n\n"))
    assert said(new, turns)[0] == ("Leder", "Velkommen.", True)
    new, turns = found(TEXT, Edit(len(TEXT), 0, "\n\nIntervjuer: Takk."))
    assert said(new, turns)[-1] == ("Intervjuer", "Takk.", True)
    assert said(new, turns)[-2] == ("Leder", "Mer telling.", False)


def test_a_break_typed_before_a_label_that_stood_in_a_line_begins_a_turn() -> None:
    text = TEXT.replace("igjen.", "igjen. Intervjuer: Å? Leder: Ja.")
    at = text.index(" Intervjuer: Å?")
    new, turns = found(text, Edit(at, 1, "\n"))
    assert ("Intervjuer", "Å? Leder: Ja.", True) in said(new, turns)


def test_the_time_that_is_typed_with_a_label_is_the_turns() -> None:
    _, turns = found(TEXT, put("Så teller", "\n\n[00:01:02] Intervjuer: "))
    (made,) = (one for one in turns if one.index is None)
    assert made.time_ms == 62_000
    new, turns = found(TEXT, put("Leder: Mer", "[00:01:05] "))
    assert time_at_head(new, turns[-1].place) == 65_000
    new, turns = found(TEXT, put("Mer telling", "[00:01:05] "))
    assert time_at_head(new, turns[-1].place) == 65_000


def test_what_only_looks_like_a_label_begins_no_turn() -> None:
    for words in ("\n\nTolk: ", "\n\nLeder ", "Leder: ", "\n\nMerk: ", "\n\nLeder:"):
        _, turns = found(TEXT, put("Så teller", words))
        typed = [one for one in turns if one.index is None]
        assert (len(typed) == 1) == (words == "\n\nLeder:"), words


def test_a_turn_whose_label_is_taken_out_goes_into_the_one_before() -> None:
    for gone in ("\n\nIntervjuer: ", "Intervjuer: "):
        at = TEXT.index("Intervjuer: Og") - (2 if gone.startswith("\n") else 0)
        new, turns = found(TEXT, Edit(at, len(gone), " " if gone.startswith("\n") else ""))
        assert [one[0] for one in said(new, turns)] == ["Intervjuer", "Leder", "Leder"]
        assert new[turns[1].place.start : turns[1].place.end].endswith("Og så?")
        assert turns[1].joined == (2,)


def test_another_label_is_no_label_taken_out() -> None:
    new, turns = found(TEXT, swap("Intervjuer: Og", "Leder: Og"))
    assert [one[0] for one in said(new, turns)] == ["Intervjuer", "Leder", "Leder", "Leder"]
    assert all(not one.joined for one in turns)


PIECES = st.sampled_from(
    ["Leder: ", "Intervjuer: ", "\n", "\n\n", " ja ", "[00:00:09] ", "📊", "Tolk: ", ":", "\t", ""]
)


@given(st.data())
def test_turns_never_overlap_and_always_say_something(data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=6)))
    edits = [
        Edit(start, data.draw(st.integers(0, end - start)), "".join(
            data.draw(st.lists(PIECES, max_size=4))
        ))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]  # fmt: skip
    new, turns = found(TEXT, *edits)
    reach = 0
    for one in turns:
        place = one.place
        assert reach <= place.label_start <= place.start < place.end <= len(new)
        assert new[place.start : place.end].strip()
        assert new[place.start : place.end] == new[place.start : place.end].strip()
        reach = place.end
    indexes = [one.index for one in turns if one.index is not None]
    assert len(indexes) == len(set(indexes))
    joined = [index for one in turns for index in one.joined]
    assert not set(joined) & set(indexes)
    for one in turns:
        if one.index is None:
            head = new[one.place.label_start : one.place.start]
            assert one.place.label in head
