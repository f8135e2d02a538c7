"""Bars and labels in the margin never cover one another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qda.gui.widgets.transcript.lanes import Bar, part_bars, place_labels

HEIGHT = 18.0


@st.composite
def bars(draw: st.DrawFn) -> list[Bar]:
    """Make bars at line tops, as a transcript has them."""
    made: list[Bar] = []
    for number in range(draw(st.integers(0, 15))):
        top = draw(st.integers(-1, 25)) * 27.0
        made.append(Bar(number, draw(st.integers(0, 4)), top, top + draw(st.integers(1, 8)) * 27.0))
    return made


@given(bars())
def test_labels_never_cover_one_another(made: list[Bar]) -> None:
    labels = place_labels(made, HEIGHT, 800)
    for above, below in pairwise(labels):
        assert below.top >= above.top + HEIGHT


@given(bars())
def test_every_bar_in_sight_is_named_or_counted_once(made: list[Bar]) -> None:
    labels = place_labels(made, HEIGHT, 10_000)
    told = [one for label in labels for one in (label.segment, *label.more)]
    assert sorted(told) == sorted(bar.segment for bar in made)


@given(bars())
def test_a_label_stands_beside_its_bar(made: list[Bar]) -> None:
    by_id = {bar.segment: bar for bar in made}
    for label in place_labels(made, HEIGHT, 10_000):
        bar = by_id[label.segment]
        assert bar.top <= label.top
        assert label.lanes > bar.lane
        assert label.top + HEIGHT <= max(bar.bottom, max(bar.top, 0) + HEIGHT) + HEIGHT


@given(bars())
def test_parting_moves_bars_only_inside_themselves(made: list[Bar]) -> None:
    by_id = {bar.segment: bar for bar in made}
    for bar in part_bars(made):
        before = by_id[bar.segment]
        assert before.top <= bar.top < bar.bottom <= before.bottom


def test_bars_that_meet_on_a_line_are_parted_there() -> None:
    first, second = part_bars([Bar(1, 0, 0, 54), Bar(2, 0, 27, 81)])
    assert first.bottom < second.top
    assert first.bottom > 27
    assert second.top < 54


def test_two_that_start_together_are_named_one_below_the_other() -> None:
    labels = place_labels([Bar(1, 0, 27, 108), Bar(2, 1, 27, 108)], HEIGHT, 800)
    assert [(label.segment, label.top, label.lanes) for label in labels] == [
        (1, 27, 2),
        (2, 45, 2),
    ]


def test_what_finds_no_room_is_counted() -> None:
    labels = place_labels([Bar(number, number, 27, 51) for number in range(4)], HEIGHT, 800)
    assert labels[-1].more
    assert sum(1 + len(label.more) for label in labels) == 4
