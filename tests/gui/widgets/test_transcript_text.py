"""The text a transcript view shows: same length, labels on lines of their own."""

from hypothesis import given
from hypothesis import strategies as st

from qda.gui.widgets.transcript.data import INVISIBLE, TranscriptText, TurnView, shown_text
from qda.text.offsets import Utf16Map

LABELS = st.sampled_from(["Leder", "Veileder 2", "I", "Ordfører 😀", "Kari\u00a0N."])
SEPARATORS = st.sampled_from([": ", ":", " - ", ":\t", ":\n", ":\n\n ", "\u00a0:\u00a0", ""])
SAID = st.text(
    alphabet=st.sampled_from("aæ .?\u00a0\u2028\u0301\t\r\0\n😀\ufffc\ufdd0"), max_size=30
)
LEADS = st.sampled_from(["", "[00:12:31] ", "(1) "])
GAPS = st.sampled_from(["\n", "\n\n", " ", "\n\n\n"])


@st.composite
def transcripts(draw: st.DrawFn) -> TranscriptText:
    """Make transcripts in the forms that readers find."""
    text = draw(st.sampled_from(["", "Intervju\n\n", "\n", "Vi begynner. "]))
    turns: list[TurnView] = []
    for number in range(draw(st.integers(0, 5))):
        text += draw(LEADS)
        label = draw(LABELS)
        at = len(text)
        text += label + draw(SEPARATORS)
        start = len(text)
        text += draw(SAID)
        turns.append(TurnView(number + 1, at, start, len(text), label, number % 2 == 0))
        text += draw(GAPS)
    return TranscriptText(text, tuple(turns))


@given(transcripts())
def test_the_shown_text_has_the_length_of_the_canonical_one(source: TranscriptText) -> None:
    shown = shown_text(source)
    assert len(shown.text) == len(source.text)
    assert Utf16Map(shown.text).units == Utf16Map(source.text).units


@given(transcripts())
def test_what_is_said_is_shown_as_it_is(source: TranscriptText) -> None:
    shown = shown_text(source).text
    for turn in source.turns:
        for offset in range(turn.start, turn.end):
            if source.text[offset] not in "\r\0\ufffc\ufdd0":
                assert shown[offset] == source.text[offset]


@given(transcripts())
def test_labels_stand_alone_on_their_lines(source: TranscriptText) -> None:
    shown = shown_text(source)
    for label in shown.labels:
        line_end = shown.text.index("\n", label.start)
        assert shown.text[label.end : line_end].strip(INVISIBLE) == ""
        assert label.turn.label in shown.text[label.start : label.end]
        assert label.start == 0 or shown.text[label.start - 1] == "\n"


@given(transcripts())
def test_no_label_line_holds_what_another_turn_says(source: TranscriptText) -> None:
    shown = shown_text(source)
    for label in shown.labels:
        assert not [one for one in source.turns if one.start < label.end and label.start < one.end]


def test_a_full_stop_that_somebody_says_is_no_part_of_the_next_label() -> None:
    turns = (TurnView(1, 0, 7, 9, "Leder"), TurnView(2, 10, 17, 17, "Leder"))
    shown = shown_text(TranscriptText("Leder: \n. Leder: \n", turns))
    assert [label.start for label in shown.labels] == [0, 10]
    assert shown.text[8:10] == ".\n"


def test_the_separator_becomes_a_line_break() -> None:
    source = TranscriptText("Leder: Ja da.", (TurnView(1, 0, 7, 13, "Leder"),))
    shown = shown_text(source)
    assert shown.text == f"Leder{INVISIBLE}\nJa da."
    assert shown.turn_at_line == {0: source.turns[0]}


def test_a_label_on_its_own_line_stays_there() -> None:
    source = TranscriptText("Leder:\nJa da.", (TurnView(1, 0, 7, 13, "Leder"),))
    assert shown_text(source).text == f"Leder{INVISIBLE}\nJa da."


def test_a_time_stamp_stays_with_its_label() -> None:
    text = "[00:01] Leder: Ja."
    source = TranscriptText(text, (TurnView(1, 8, 15, 18, "Leder", time_ms=1000),))
    label = shown_text(source).labels[0]
    assert (label.start, label.end) == (0, 13)


def test_two_turns_on_one_line_are_parted() -> None:
    text = "A: Ja. B: Nei."
    source = TranscriptText(text, (TurnView(1, 0, 3, 6, "A"), TurnView(2, 7, 10, 14, "B")))
    assert shown_text(source).text.split("\n") == [f"A{INVISIBLE}", "Ja.", f"B{INVISIBLE}", "Nei."]
