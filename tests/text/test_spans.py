"""Spans against slow oracles."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.spans import LONG, Lanes, Span, SpanIndex, assign_lanes, covered, flatten

SMALL = st.tuples(st.integers(0, 40), st.integers(1, 12))
LARGE = st.tuples(st.integers(0, 2 * LONG), st.integers(1, 2 * LONG))


def spans_of(pairs: list[tuple[int, int]]) -> list[Span]:
    """Number the stretches."""
    return [Span(number, at, at + size, number % 5) for number, (at, size) in enumerate(pairs)]


SPANS = st.lists(SMALL, max_size=25).map(spans_of)
WIDE = st.lists(LARGE, max_size=12).map(spans_of)


def depth(spans: list[Span], offset: int) -> set[int]:
    """Return who covers `offset`, the slow way."""
    return {span.id for span in spans if span.start <= offset < span.end}


@given(SPANS)
def test_runs_cover_exactly_the_union_with_its_depth(spans: list[Span]) -> None:
    runs = flatten(spans)
    for offset in range(60):
        found = [run for run in runs if run.start <= offset < run.end]
        assert len(found) <= 1
        assert set(found[0].ids if found else ()) == depth(spans, offset)
    assert sum(run.end - run.start for run in runs) == covered(spans)


@given(SPANS)
def test_runs_are_ordered_and_as_long_as_can_be(spans: list[Span]) -> None:
    runs = flatten(spans)
    for left, right in pairwise(runs):
        assert left.end <= right.start
        assert left.end < right.start or left.ids != right.ids


@given(SPANS)
def test_overlapping_spans_never_share_a_lane(spans: list[Span]) -> None:
    lanes = assign_lanes(spans)
    assert set(lanes) == {span.id for span in spans}
    for one in spans:
        for other in spans:
            if one.id < other.id and one.start < other.end and other.start < one.end:
                assert lanes[one.id] != lanes[other.id]


@given(WIDE | SPANS, st.integers(0, 60))
def test_lanes_worked_out_piece_by_piece_are_those_of_the_whole(
    spans: list[Span], offset: int
) -> None:
    ordered = SpanIndex(spans).spans()
    whole, lanes = assign_lanes(spans), Lanes(ordered)
    for span in ordered:
        around = lanes.around(span.start)
        assert around[span.id] == whole[span.id]
        assert around.items() <= whole.items()
        # Whatever overlaps it is told along with it.
        assert {one.id for one in ordered if one.start < span.end and span.start < one.end} <= set(
            around
        )
    assert lanes.around(offset).items() <= whole.items()


@given(SPANS)
def test_no_more_lanes_than_the_deepest_place(spans: list[Span]) -> None:
    deepest = max((len(depth(spans, offset)) for offset in range(60)), default=0)
    assert len(set(assign_lanes(spans).values())) == deepest
    assert assign_lanes(spans) == assign_lanes(reversed(spans))


def test_the_longest_of_those_that_start_together_comes_first() -> None:
    lanes = assign_lanes([Span(1, 5, 9, 0), Span(2, 5, 30, 0), Span(3, 9, 12, 0)])
    assert lanes == {2: 0, 1: 1, 3: 1}


@given(WIDE | SPANS, st.integers(0, 2 * LONG), st.integers(0, 4000))
def test_overlapping_agrees_with_looking_at_all(spans: list[Span], start: int, size: int) -> None:
    expected = {span.id for span in spans if span.start < start + size and span.end > start}
    found = SpanIndex(spans).overlapping(start, start + size)
    assert {span.id for span in found} == (expected if size else set())
    assert found == sorted(found, key=lambda span: (span.start, -span.end, span.id))


@given(SPANS, st.integers(-2, 60))
def test_neighbours_agree_with_looking_at_all(spans: list[Span], offset: int) -> None:
    index = SpanIndex(spans)
    after = min((span.start for span in spans if span.start > offset), default=None)
    before = max((span.start for span in spans if span.start < offset), default=None)
    following, preceding = index.next_after(offset), index.previous_before(offset)
    assert (following.start if following else None) == after
    assert (preceding.start if preceding else None) == before
    assert {span.id for span in index.at(offset)} == depth(spans, offset)


@given(WIDE | SPANS, st.randoms(use_true_random=False))
def test_adding_and_removing_is_the_same_as_building_anew(spans: list[Span], random) -> None:  # noqa: ANN001
    index = SpanIndex()
    kept = dict[int, Span]()
    for span in spans:
        index.add(span)
        kept[span.id] = span
        if random.random() < 0.4:
            gone = random.choice(sorted(kept))
            assert index.remove(gone) == kept.pop(gone)
    assert index.spans() == SpanIndex(kept.values()).spans()
    assert len(index) == len(kept)
    for span in spans:
        assert (span.id in index) == (span.id in kept)
        assert index.overlapping(span.start, span.end) == SpanIndex(kept.values()).overlapping(
            span.start, span.end
        )


@given(SPANS)
def test_walking_through_neighbours_visits_every_span_once(spans: list[Span]) -> None:
    index = SpanIndex(spans)
    walked: list[Span] = []
    here = index.next_after(-1)
    while here is not None:
        walked.append(here)
        here = index.following(here.id)
    assert walked == index.spans()
    assert all(index.preceding(right.id) == left for left, right in pairwise(walked))


def test_very_long_spans_are_found_anywhere() -> None:
    index = SpanIndex([Span(1, 0, 2 * LONG, 7)])
    assert [span.id for span in index.at(LONG)] == [1]
    index.remove(1)
    assert index.at(LONG) == []


def test_empty_and_double_spans_are_refused() -> None:
    index = SpanIndex([Span(1, 3, 5, 0)])
    with pytest.raises(ValueError, match="at least one"):
        index.add(Span(2, 5, 5, 0))
    with pytest.raises(ValueError, match="already"):
        index.add(Span(1, 8, 9, 0))
    with pytest.raises(KeyError):
        index.remove(9)
