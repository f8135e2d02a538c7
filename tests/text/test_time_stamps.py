"""Stamps are found where they are stamps, and written so that they are found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.time_stamps import (
    StampForm,
    clock,
    form_of,
    parse_time,
    stamps_in,
    to_insert,
    written,
)
from qda.text.turn_finding import find_turns


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("[00:12:31] Leder: Hei.", [751_000]),
        ("Leder [12:31]: Hei. [12:40] Ja.", [751_000, 760_000]),
        ("#00:12:31-5# Ja, #00:12:40-0# nei.", [751_500, 760_000]),
        ("<1:02:03> Ja.", [3_723_000]),
        ("12:31 Leder: Vi møttes 12:30 der, og 13:00 ble det slutt.", [751_000]),
        ("Vi møttes (12:30) der.", []),
        ("(12:30) Leder: Ja.\n(12:40) Leder: Nei (12:45) da.", [750_000, 760_000, 765_000]),
        ("[00:12:31 - 00:12:45] Leder: Ja.", [751_000]),
        ("[12:75] Ikke en tid. Kapittel 3:16.", []),
        ("[00:00:01,25]", [1_250]),
        ("Leder[00:12:31]: Ja", [751_000]),
    ],
)
def test_stamps_are_found_where_they_are_stamps(text: str, times: list[int]) -> None:
    found = stamps_in(text)
    assert [one.time_ms for one in found] == times
    assert all(parse_time(text[one.start : one.end]) == one.time_ms for one in found)


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("", "[00:12:31]"),
        ("[00:00:01] Leder: Hei.", "[00:12:31]"),
        ("[0:01] Leder: Hei.", "[12:31]"),
        ("(00:01) Leder: Hei.\n(00:09) Leder: Ja.", "(12:31)"),
        ("<0:00:01> Ja.", "<0:12:31>"),
        ("#00:00:01# Ja.", "#00:12:31#"),
        ("Ja. #00:00:01-0#", "#00:12:31-2#"),
        ("00:01 Leder: Hei.", "12:31"),
        ("[00:00:01.5] Ja.", "[00:12:31.2]"),
        ("[00:00:01,500] Ja.", "[00:12:31,250]"),
        ("[00:01] a\n[00:00:01] b\n[00:00:02] c", "[00:12:31]"),
    ],
)
def test_a_stamp_is_written_as_the_text_writes_them(text: str, stamp: str) -> None:
    assert written(751_250, form_of(text)) == stamp


def test_an_hour_is_written_also_where_the_others_have_none() -> None:
    assert written(3_723_000, StampForm(hours=False)) == "[1:02:03]"
    assert parse_time("[1:02:03]") == 3_723_000
    assert clock(59_999) == "0:59"
    assert clock(3_723_000) == "1:02:03"


FORMS = st.builds(
    StampForm, st.sampled_from(["[", "(", "<", "#", ""]), st.booleans(), st.booleans(),
    st.sampled_from([".", ","]), st.integers(0, 3),
)  # fmt: skip


@given(FORMS, st.integers(0, 99 * 3_600_000))
def test_what_is_written_is_read_again(form: StampForm, time: int) -> None:
    exact = time - time % 10 ** (3 - form.digits)
    assert parse_time(written(time, form)) == exact


@given(
    st.lists(st.sampled_from(["Vi teller", "\n", " ", "Leder: ", "📊", "[00:00:01] ", "."]),
             max_size=12).map("".join),
    st.data(),
)  # fmt: skip
def test_an_inserted_stamp_is_found_at_its_place(text: str, data: st.DataObject) -> None:
    inside = {at for one in stamps_in(text) for at in range(one.start + 1, one.end)}
    at = data.draw(st.sampled_from([n for n in range(len(text) + 1) if n not in inside]))
    piece = to_insert(text, at, 751_000)
    new = text[:at] + piece + text[at:]
    (found,) = (one for one in stamps_in(new) if one.time_ms == 751_000)
    assert at <= found.start < found.end <= at + len(piece)
    assert len(stamps_in(new)) == len(stamps_in(text)) + 1


@pytest.mark.parametrize("before", ["", "Leder: "])
def test_readers_take_an_inserted_stamp_as_the_time_of_the_turn(before: str) -> None:
    text = "Intervjuer: Hva gjør dere?\nLeder: Vi teller.\nIntervjuer: Og så?\nLeder: Mer."
    at = text.index("Leder: Vi") + len(before)
    new = text[:at] + to_insert(text, at, 751_000) + text[at:]
    turns = find_turns(new)
    assert [turn.time_ms for turn in turns] == [None, 751_000, None, None]
    assert [turn.label for turn in turns] == ["Intervjuer", "Leder", "Intervjuer", "Leder"]
