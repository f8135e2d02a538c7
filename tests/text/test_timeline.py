"""From text to time and back: exact where the transcript says, in order everywhere."""

from hypothesis import given
from hypothesis import strategies as st

from qda.text.timeline import Moment, Timeline, TimePoint, increasing

TEXT = "a" * 1000


def line(*points: tuple[int, int], duration: int | None = None) -> Timeline:
    return Timeline(TEXT, [TimePoint(*point) for point in points], duration)


def test_a_text_without_times_says_nothing() -> None:
    nothing = line()
    assert not nothing
    assert nothing.at(5) is None
    assert nothing.offset_at(5) is None
    assert nothing.start_for(5, 0, 0) is None


def test_known_times_are_exact_and_others_are_reckoned_between_them() -> None:
    times = line((0, 0), (100, 10_000), (300, 20_000))
    assert times.at(100) == Moment(10_000, exact=True)
    assert times.at(200) == Moment(15_000, exact=False)
    assert times.offset_at(10_000) == 100
    assert times.offset_at(9_999) == 99
    assert times.offset_at(15_000) == 200


def test_before_the_first_and_after_the_last_time_it_goes_on_at_the_same_pace() -> None:
    times = line((200, 20_000), (400, 40_000))
    assert times.at(0) == Moment(0, exact=False)
    assert times.at(600) == Moment(60_000, exact=False)
    assert line((200, 20_000), (400, 40_000), duration=50_000).at(1000) == Moment(
        50_000, exact=False
    )
    assert times.offset_at(10_000_000) == 1000
    assert line((900, 1)).at(0) == Moment(0, exact=False)


def test_playing_begins_at_the_turn_or_at_a_later_stamp_before_the_caret() -> None:
    times = line((100, 10_000), (150, 14_000), (300, 20_000))
    assert times.start_for(caret=120, turn_start=100, speech_start=107) == Moment(10_000, True)
    assert times.start_for(caret=100, turn_start=100, speech_start=107) == Moment(10_000, True)
    assert times.start_for(caret=170, turn_start=100, speech_start=107) == Moment(14_000, True)
    reckoned = times.start_for(caret=270, turn_start=250, speech_start=257)
    assert reckoned == Moment(18_000, exact=False)


def test_stamps_in_the_text_count_too() -> None:
    text = "Leder: Vi teller. [00:00:10] Ja.\n[00:00:20] Rådgiver: Nei."
    times = Timeline(text, [])
    assert [point.time_ms for point in times.points] == [10_000, 20_000]
    assert times.offset_at(10_000) == text.index("[00:00:10]")


def test_one_time_that_was_mistyped_does_not_spoil_the_others() -> None:
    times = line((0, 0), (100, 10_000), (200, 9_000_000), (300, 30_000), (400, 40_000))
    assert [point.time_ms for point in times.points] == [0, 10_000, 30_000, 40_000]


POINTS = st.lists(st.builds(TimePoint, st.integers(0, 1000), st.integers(0, 100_000)), max_size=12)


@given(POINTS)
def test_no_longer_run_of_times_could_have_been_kept(points: list[TimePoint]) -> None:
    kept = increasing(points)
    assert set(kept) <= set(points)
    ordered = sorted(set(points), key=lambda one: (one.offset, one.time_ms))
    best = [1] * len(ordered)
    for i, one in enumerate(ordered):
        for j in range(i):
            if ordered[j].time_ms <= one.time_ms:
                best[i] = max(best[i], best[j] + 1)
    assert len(kept) == max(best, default=0)
    assert list(kept) == sorted(kept, key=lambda one: (one.offset, one.time_ms))
    assert [one.time_ms for one in kept] == sorted(one.time_ms for one in kept)


@given(POINTS, st.none() | st.integers(1, 200_000), st.lists(st.integers(0, 1000), min_size=2))
def test_later_in_the_text_is_never_earlier_in_time(
    points: list[TimePoint], duration: int | None, offsets: list[int]
) -> None:
    times = Timeline(TEXT, points, duration)
    if not times:
        return
    said = [times.at(offset) for offset in sorted(offsets)]
    moments = [one.time_ms for one in said if one is not None]
    assert len(moments) == len(offsets)
    assert moments == sorted(moments)


@given(POINTS, st.lists(st.integers(0, 250_000), min_size=2))
def test_later_in_time_is_never_earlier_in_the_text(
    points: list[TimePoint], moments: list[int]
) -> None:
    times = Timeline(TEXT, points)
    if not times:
        return
    offsets = [times.offset_at(moment) for moment in sorted(moments)]
    found = [offset for offset in offsets if offset is not None]
    assert len(found) == len(moments)
    assert found == sorted(found)
    assert found[0] >= 0
    assert found[-1] <= len(TEXT)
    for point in times.points:
        at = times.offset_at(point.time_ms)
        assert at is not None
        assert at >= point.offset


@given(POINTS, st.none() | st.integers(1, 200_000), st.integers(0, 1000))
def test_what_is_played_from_a_place_is_not_said_before_it(
    points: list[TimePoint], duration: int | None, offset: int
) -> None:
    times = Timeline(TEXT, points, duration)
    moment = times.at(offset)
    if moment is not None:
        reached = times.offset_at(moment.time_ms)
        assert reached is not None
        assert reached >= offset
