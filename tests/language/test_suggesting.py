"""Units, what codings say of them, and the weights that are learned, against slow definitions."""

import numpy as np
import pytest
from numpy.typing import NDArray

from qda.language.layout import Turns, lay_out
from qda.language.suggesting import learning
from qda.language.suggesting.coded import Coded, meant, mostly_in, takes_turns, touched
from qda.language.suggesting.learning import Lesson, folds_of, learn, sampled, smoothed
from qda.language.suggesting.units import Units, sentence_units, turn_units
from qda.language.table import assemble
from qda.language.vocabulary import Vocabulary

Places = NDArray[np.int64]


def places(*numbers: int) -> Places:
    return np.array(numbers, dtype=np.int64)


def units(*stretches: tuple[int, int], region: Places | None = None) -> Units:
    first = places(*(one for one, _ in stretches))
    stop = places(*(one for _, one in stretches))
    none = np.zeros(len(stretches), dtype=np.int64)
    return Units(first, stop, none if region is None else region, none - 1, none, turns=False)


def coded(*stretches: tuple[int, int]) -> Coded:
    first = places(*(one for one, _ in stretches))
    stop = places(*(one for _, one in stretches))
    none = np.zeros(len(stretches), dtype=np.int64)
    return Coded(first, stop, none, none, np.arange(len(stretches)))


def test_an_empty_project_has_no_units() -> None:
    table = assemble(Vocabulary(), {})
    nothing = places()
    layout = lay_out(table, Turns(nothing, nothing, nothing, nothing, nothing))
    assert len(sentence_units(table, layout)) == len(turn_units(layout)) == 0
    assert sentence_units(table, layout).at(nothing).tolist() == []


def test_what_shares_words_with_units() -> None:
    some = units((0, 4), (4, 10), (12, 20))
    assert some.at(places(0, 3, 4, 10, 11, 12, 19, 20)).tolist() == [0, 0, 1, -1, -1, 2, 2, -1]
    assert touched(some, places(3), places(5)).tolist() == [True, True, False]
    assert touched(some, places(10), places(12)).tolist() == [False, False, False]
    assert mostly_in(some, places(1), places(7)).tolist() == [True, True, False]
    assert mostly_in(some, places(1), places(6)).tolist() == [True, False, False]


def test_a_border_drawn_a_word_too_far_makes_no_example() -> None:
    some = units((0, 4), (4, 10), (12, 20))
    assert meant(some, coded((0, 5))).tolist() == [True, False, False]
    assert meant(some, coded((5, 7))).tolist() == [False, True, False]
    assert meant(some, coded((2, 14))).tolist() == [True, True, False]


def test_turns_are_proposed_where_whole_turns_are_coded() -> None:
    sentences = units((0, 4), (4, 10), (10, 20), (20, 24), region=places(0, 0, 1, 1))
    turns = units((0, 10), (10, 24), region=places(0, 1))
    whole, part = (0, 10), (10, 20)
    assert takes_turns(coded(whole, whole, whole, part), sentences, turns)
    assert not takes_turns(coded(whole, whole, part, part), sentences, turns)
    assert not takes_turns(coded(whole, whole, whole), sentences, turns)
    assert takes_turns(coded(*[(0, 24)] * 4), sentences, turns)


def test_segments_of_two_coders_on_the_same_words_are_one() -> None:
    assert coded((0, 5), (3, 8), (8, 9)).segments().tolist() == [0, 0]
    assert coded((0, 9), (1, 2), (8, 12)).segments().tolist() == [0]


def test_documents_are_dealt_out_whole() -> None:
    dealt = folds_of(np.arange(25)[::2], 25)
    assert dealt[1] == -1
    assert sorted(np.bincount(dealt[dealt >= 0]).tolist()) == [1] * 7 + [2] * 3
    assert folds_of(places(), 2).tolist() == [-1, -1]


def test_too_many_units_are_sampled_the_same_way_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(learning, "MOST_ROWS", 20)
    candidates = np.arange(100, 200)
    positive = candidates % 25 == 0
    found = sampled(candidates, positive)
    assert len(found) == len(set(found.tolist())) == 20
    assert set(candidates[positive].tolist()) <= set(found.tolist())
    assert found.tolist() == sampled(candidates, positive).tolist()
    assert sampled(candidates[:20], positive[:20]).tolist() == list(range(100, 120))
    many = sampled(candidates, np.ones(100, dtype=np.bool_))
    assert len(set(many.tolist())) == 20


def slow_ridge(
    rows: NDArray[np.float32], lesson: Lesson, kept: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Least squares with a price on weights, as one system of equations."""
    x = rows[kept].astype(np.float64)
    y = lesson.positive[kept] - learning.PRIOR * lesson.keywords[kept]
    priced = np.vstack((x, np.sqrt(learning.PRICE) * np.eye(x.shape[1])))
    wanted = np.concatenate((y - y.mean(), np.zeros(x.shape[1])))
    solved = np.linalg.lstsq(priced, wanted, rcond=None)[0].astype(np.float64)
    return np.append(solved, y.mean())


# With few columns the folds are larger than these, and are learned without anew.
@pytest.mark.parametrize("columns", [64, 16, 24])
def test_all_codes_and_folds_at_once_are_what_each_is_by_itself(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "COLUMNS", columns)
    draw = np.random.default_rng(3)
    rows = draw.normal(size=(60, columns)).astype(np.float32)
    fold = np.where(np.arange(60) < 50, np.arange(60) % 3, -1)
    none = np.zeros(60, dtype=np.bool_)
    lessons = [
        Lesson(rows @ draw.normal(size=columns) > 1, draw.random(60), out)
        for out in (none, np.arange(60) % 7 == 0, none)
    ]
    model = learn(rows, fold, lessons, lambda: None)
    assert len(model.without) == 3
    for at, lesson in enumerate(lessons):
        for one, weights in ((-2, model.whole), *enumerate(model.without)):
            expected = slow_ridge(rows, lesson, (fold != one) & ~lesson.left_out)
            assert np.allclose(weights.weights[:, at], expected[:-1], atol=1e-4)
            assert weights.constant[at] == pytest.approx(expected[-1], abs=1e-6)


def test_scores_lean_on_neighbours_of_the_same_turn_alone() -> None:
    some = units((0, 1), (1, 2), (2, 3), region=places(0, 0, 1))
    assert smoothed(some, np.array([1.0, 0.0, 0.8])).tolist() == [0.75, 0.25, 0.8]
