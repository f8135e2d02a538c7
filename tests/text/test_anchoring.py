"""Stretches of a text across its edits: nothing shifts, nothing is lost in silence."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.anchoring import Anchors, Carried
from qda.text.edits import Edit, apply, edits_between

PARTS = st.sampled_from(
    [
        "a", "b", " ", "\n", "ja", "nei ", "møte", ". ", "\u00a0", "\u2028", "e\u0301", "👩‍👧",
        "𝔘", "å", "Vi måler det som telles. ", "Det har vi ikke tid til.\n",
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS, min_size=1, max_size=30).map("".join)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> tuple[Edit, ...]:
    """Edits of the text; what one takes out may be put in by another."""
    length = len(text)
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    removed = [text[start:end] for start, end in spans]
    pasted = st.lists(PARTS, max_size=3).map("".join) | st.sampled_from([*removed, ""])
    return tuple(Edit(start, end - start, draw(pasted)) for start, end in spans)


@st.composite
def spans_of(draw: st.DrawFn, text: str) -> list[tuple[int, int]]:
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=12))
    return [(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


def carry(old: str, edits: list[Edit], stretch: str) -> tuple[str, str]:
    """Say what becomes of the one place at which a stretch stands: its fate and its text."""
    start = old.index(stretch)
    new = apply(old, edits)
    found = Anchors(old, new, edits).carry(start, start + len(stretch))
    return found.fate, new[found.start : found.end]


@given(st.data())
def test_every_stretch_is_kept_moved_altered_or_reported(data: st.DataObject) -> None:
    old = data.draw(TEXTS)
    edits = data.draw(edits_of(old))
    new = apply(old, edits)
    anchors = Anchors(old, new, edits)
    for start, end in data.draw(spans_of(old)):
        found = anchors.carry(start, end)
        there = new[found.start : found.end]
        assert 0 <= found.start <= found.end <= len(new)
        if found.fate == "lost":
            assert found.start == found.end
        else:
            assert found.start < found.end
            assert (there == old[start:end]) == (found.fate != "altered")


@given(st.data())
def test_untouched_stretches_keep_exactly_their_text(data: st.DataObject) -> None:
    old = data.draw(TEXTS)
    edits = data.draw(edits_of(old))
    new = apply(old, edits)
    anchors = Anchors(old, new, edits)
    for start, end in data.draw(spans_of(old)):
        # Retyping just this stretch is an edit of it, at whatever ends the letters differ.
        if all(edit.end <= start or edit.start >= end for edit in edits):
            shift = sum(edit.growth for edit in edits if edit.end <= start)
            assert anchors.carry(start, end) == Carried("kept", start + shift, end + shift)


@given(st.data())
def test_stretches_keep_their_order_but_for_moved_ones(data: st.DataObject) -> None:
    old = data.draw(TEXTS)
    edits = data.draw(edits_of(old))
    anchors = Anchors(old, apply(old, edits), edits)
    placed = [
        (start, end, anchors.carry(start, end)) for start, end in sorted(data.draw(spans_of(old)))
    ]
    whole = {(edit.start, edit.end) for edit in edits}
    stayed = [
        (start, end, found)
        for start, end, found in placed
        if found.fate in ("kept", "altered") and (start, end) not in whole
    ]
    for start, end, found in stayed:
        for other_start, other_end, other in stayed:
            if start <= other_start:
                assert found.start <= other.start
            if end <= other_end:
                assert found.end <= other.end


@given(st.data())
def test_a_note_is_never_lost(data: st.DataObject) -> None:
    old = data.draw(TEXTS)
    edits = data.draw(edits_of(old))
    new = apply(old, edits)
    anchors = Anchors(old, new, edits)
    for start in range(len(old) + 1):
        begins, stops = anchors.carry_note(start, start)
        assert begins == stops
        assert 0 <= begins <= len(new)
    for start, end in data.draw(spans_of(old)):
        begins, stops = anchors.carry_note(start, end)
        assert 0 <= begins <= stops <= len(new)


@given(st.data())
def test_rounds_of_edits_never_part_a_stretch_from_its_text(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    spans = [(start, end, text[start:end]) for start, end in data.draw(spans_of(text))]
    for _ in range(data.draw(st.integers(1, 5))):
        edits = data.draw(edits_of(text))
        new = apply(text, edits)
        if data.draw(st.booleans()):
            edits = edits_between(text, new)
        anchors = Anchors(text, new, edits)
        left: list[tuple[int, int, str]] = []
        for start, end, quote in spans:
            found = anchors.carry(start, end)
            if found.fate in ("kept", "moved"):
                left.append((found.start, found.end, quote))
            elif found.fate == "altered":
                left.append((found.start, found.end, new[found.start : found.end]))
        text, spans = new, left
        assert all(text[start:end] == quote for start, end, quote in spans)


TEXT = "Kari: Vi måler det som telles. Det er ikke det samme som det som teller. Nei."


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        # exactly at an edge: outside
        ([Edit(9, 0, "jo ")], ("kept", "måler det")),
        ([Edit(18, 0, " nok")], ("kept", "måler det")),
        # inside: grows, shrinks, changes
        ([Edit(10, 0, "X")], ("altered", "mXåler det")),
        ([Edit(12, 2, "")], ("altered", "mål det")),
        ([Edit(9, 5, "teller")], ("altered", "teller det")),
        ([Edit(15, 3, "alt")], ("altered", "måler alt")),
        # across an edge: what is put in stays outside
        ([Edit(6, 4, "X")], ("altered", "åler det")),
        ([Edit(15, 7, "X")], ("altered", "måler ")),
        # as a whole
        ([Edit(9, 9, "teller alt")], ("altered", "teller alt")),
        ([Edit(9, 9, "måler det nå")], ("altered", "måler det nå")),
        ([Edit(9, 9, "")], ("lost", "")),
        ([Edit(9, 9, "  ")], ("lost", "")),
        ([Edit(6, 20, "X")], ("lost", "")),
        ([Edit(9, 4, ""), Edit(13, 5, "")], ("lost", "")),
    ],
)
def test_the_rules(edits: list[Edit], expected: tuple[str, str]) -> None:
    assert carry(TEXT, edits, "måler det") == expected


def test_cut_and_pasted_text_takes_its_stretches_along() -> None:
    said = " Det er ikke det samme som det som teller."
    edits = [Edit(TEXT.index(said), len(said), ""), Edit(len(TEXT), 0, said)]
    assert carry(TEXT, edits, "ikke det samme") == ("moved", "ikke det samme")
    assert carry(TEXT, edits, said) == ("moved", said)
    # Short, but with the same characters around it.
    assert carry(TEXT, edits, "samme") == ("moved", "samme")


def test_a_short_stretch_that_is_gone_is_not_found_in_a_text_written_elsewhere() -> None:
    old = "Ola: Ja da.\nKari: Vi har to møter."
    new = "Ola: .\nKari: Vi har to møter og sier Ja da til alt."
    edits = [Edit(5, 5, ""), Edit(33, 0, " og sier Ja da til alt")]
    assert apply(old, edits) == new
    found = Anchors(old, new, edits).carry(5, 10)
    assert (found.fate, found.places) == ("lost", 1)


def test_a_stretch_that_is_gone_is_not_found_in_text_that_was_there_before() -> None:
    old = "Dette har vi ikke tid til. Mer. Dette har vi ikke tid til."
    found = Anchors(old, old[26:], [Edit(0, 26, "")]).carry(0, 26)
    assert (found.fate, found.start, found.end) == ("lost", 0, 0)


def test_two_equally_likely_places_are_reported() -> None:
    said = "Dette har vi ikke tid til. "
    old = said + "Så sa hun noe annet. "
    edits = [Edit(0, len(said), ""), Edit(len(old), 0, "x " + said + "x " + said)]
    found = Anchors(old, apply(old, edits), edits).carry(0, len(said))
    assert (found.fate, found.places) == ("lost", 2)


def test_the_characters_around_it_tell_which_place_is_meant() -> None:
    block = "Kari: Ja, helt sikkert, sier jeg. Ola: Nei, helt sikkert ikke.\n"
    old = block + "Og så noe helt annet som står for seg selv.\n"
    edits = [Edit(0, len(block), ""), Edit(len(old), 0, block)]
    new = apply(old, edits)
    at = old.index("helt sikkert", old.index("Nei"))
    found = Anchors(old, new, edits).carry(at, at + 12)
    assert found == Carried("moved", new.index("Nei, ") + 5, new.index("Nei, ") + 17)


def test_a_paragraph_that_leaves_a_full_stop_behind_has_moved() -> None:
    old = "Først dette her. Vi skjermer dem som har det tyngst. Til slutt dette.\n"
    said = " Vi skjermer dem som har det tyngst"
    edits = [Edit(old.index(said), len(said), ""), Edit(len(old), 0, said + ".\n")]
    assert carry(old, edits, said[1:] + ".") == ("moved", said[1:] + ".")


def test_a_large_replacement_leaves_what_it_does_not_change() -> None:
    old = TEXT * 20
    new = old.replace("måler", "teller", 1)
    anchors = Anchors(old, new, [Edit(0, len(old), new)])
    at = len(TEXT) * 7
    assert anchors.carry(at, at + 30) == Carried("kept", at + 1, at + 31)


def test_swapped_paragraphs_keep_their_own_stretches() -> None:
    one, two = "Det første svaret er langt nok.\n", "Det andre handler om noe annet.\n"
    old = one + two
    edits = [Edit(0, len(one), two), Edit(len(one), len(two), one)]
    assert carry(old, edits, one) == ("moved", one)
    assert carry(old, edits, two) == ("moved", two)


def test_a_mark_stays_behind_what_it_stood_behind() -> None:
    old = "Et ord og et til"
    edits = [Edit(5, 0, " nytt"), Edit(10, 3, "")]
    anchors = Anchors(old, apply(old, edits), edits)
    assert anchors.carry_note(5, 5) == (5, 5)
    assert anchors.carry_note(12, 12) == (15, 15)
    assert anchors.carry_note(6, 9) == (11, 14)


def test_edits_that_do_not_fit_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="edit"):
        Anchors("abc", "abcd", [Edit(9, 0, "d")])


def test_thousands_of_lost_stretches_and_pasted_ones_take_no_time() -> None:
    lines = [f"Linje nummer {n} er en helt annen enn de andre.\n" for n in range(3_000)]
    old = "".join(lines)
    edits = []
    at = 0
    for number, line in enumerate(lines):
        edits.append(Edit(at, len(line), lines[-number - 1].upper()))
        at += len(line)
    new = apply(old, edits)
    anchors = Anchors(old, new, edits)
    started = time.perf_counter()
    for start in range(0, 120_000, 40):
        found = anchors.carry(start, start + 20)
        kept = new[found.start : found.end] == old[start : start + 20]
        assert kept == (found.fate in ("kept", "moved"))
    assert time.perf_counter() - started < 5
