"""Code sequences against walking from turn to turn, and on an interview read by eye."""

from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis import sequences as module
from qda.analysis import snapshot as snapshots
from qda.analysis.sequences import sequence_matrix, sequences
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId
from qda.model.matrix import Matrix
from qda.model.sequences import SequenceSpec
from tests.analysis.conftest import Study

TEXT = "aaaaaaaaa " * 8
LENGTH = len(TEXT)


def ask(study: Study, **question: Any) -> Matrix:  # noqa: ANN401 - parts of a spec
    return sequence_matrix(snapshots.load(study.connection), SequenceSpec(**question))


def notes(matrix: Matrix) -> str:
    return " ".join(str(note) for note in matrix.notes)


@pytest.fixture
def small(study: Study) -> Study:
    """An interview of six turns, another without turns, two codes with a subcode."""
    with study.step():
        ids = study.ids = {}
        ids["bo"] = study.coder("Bo")
        ids["x"] = study.code("x")
        ids["y"] = study.code("y", position=1)
        ids["under"] = study.code("under", ids["y"])
        ids["d"], ids["e"] = study.document("D", TEXT), study.document("E", TEXT)
        for number in range(6):
            low = 10 * number
            study.turn(ids["d"], number + 1, (low, low + 2, low + 10), None)
        # Turn 1: x. Turn 2: x goes on, and y begins. Turn 3: nothing. Turn 4: under and x.
        ids["1"] = study.coding(ids["d"], ids["x"], (3, 18))
        ids["2"] = study.coding(ids["d"], ids["y"], (13, 16))
        ids["3"] = study.coding(ids["d"], ids["under"], (33, 36), ids["bo"])
        ids["4"] = study.coding(ids["d"], ids["x"], (34, 38))
        # Turn 5: y twice. Outside all turns, and in a document without any: not counted.
        ids["5"] = study.coding(ids["d"], ids["y"], (43, 44))
        ids["6"] = study.coding(ids["d"], ids["y"], (45, 46))
        ids["7"] = study.coding(ids["d"], ids["x"], (70, 72))
        ids["8"] = study.coding(ids["e"], ids["x"], (0, 5))
    return study


def test_a_step_leads_from_a_coded_turn_to_the_next(small: Study) -> None:
    matrix = ask(small)
    assert [heading.label for heading in matrix.rows] == ["x", "y"]
    # 1 -> 2: x, y. 2 -> 4: y, x and y, y. 4 -> 5: x, y and y, y.
    assert matrix.cells == ((0, 2), (1, 2))
    ids = small.ids
    assert matrix.steps[0][1] == (
        ((ids["1"],), (ids["2"],)),
        ((ids["4"],), (ids["5"], ids["6"])),
    )
    assert matrix.evidence[1][0] == (ids["2"], ids["4"])
    assert "2 segments outside every turn are left out." in notes(matrix)
    assert "to the next coded turn" in notes(matrix)


def test_nearness_folding_codes_and_filters(small: Study) -> None:
    assert ask(small, within=1).cells == ((0, 2), (0, 1))
    assert "at most 1 turn count" in notes(ask(small, within=1))
    unfolded = ask(small, folded=False)
    assert [heading.label for heading in unfolded.rows] == ["x", "y", "y/under"]
    assert unfolded.cells == ((0, 2, 0), (1, 0, 1), (0, 1, 0))
    chosen = ask(small, codes=frozenset({CodeId(small.ids["y"])}))
    assert chosen.cells == ((2,),)
    assert ask(small, where=(("coder", "Bo"),)).cells == ((0, 0), (0, 0))
    with pytest.raises(NotFound):
        ask(small, where=(("coder", "Ukjent"),))
    with pytest.raises(NotAllowed):
        ask(small, within=-1)


def test_steps_that_would_be_too_many_are_left_out_and_said(
    small: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask(small)
    monkeypatch.setattr(module, "MAX_STEPS", 3)
    found = ask(small)
    assert found.cells == whole.cells
    assert found.steps == ()
    assert {one for row in found.evidence for one in row} == {()}
    assert "there would be 5 steps" in notes(found)


def test_a_project_without_codes_or_codings(study: Study) -> None:
    assert ask(study).cells == ()
    with study.step():
        study.code("x")
        study.document("D", "")
    assert ask(study).cells == ((0,),)


# ----------------------------------------------------------------------- the slow oracle
@st.composite
def plans(draw: st.DrawFn) -> dict[str, list[Any]]:
    place = st.integers(0, LENGTH - 1)
    borders = st.lists(st.integers(0, LENGTH), max_size=8, unique=True).map(sorted)
    coding = st.tuples(
        st.integers(0, 1), st.integers(0, 3), place, st.integers(1, 30), st.integers(1, 2)
    )
    return {
        "turns": draw(st.lists(borders, min_size=2, max_size=2)),
        "codings": draw(st.lists(coding, max_size=14)),
    }


def coded_turns(
    turns: list[tuple[int, int]], segments: list[tuple[int, int, int, str, int]]
) -> list[tuple[int, dict[str, list[int]]]]:
    """Return the turns that segments begin in, each with these by the row they count in."""
    coded: list[tuple[int, dict[str, list[int]]]] = []
    for number in range(len(turns)):
        here: dict[str, list[int]] = {}
        for _, start, end, name, made in segments:
            touched = [at for at, (low, high) in enumerate(turns) if start < high and low < end]
            if touched and touched[0] == number:
                here.setdefault(name, []).append(made)
        if here:
            coded.append((number, here))
    return coded


def walked(
    study: Study, plan: dict[str, list[Any]], spec: SequenceSpec
) -> tuple[list[str], dict[tuple[str, str], list[tuple[list[int], list[int]]]]]:
    """Build the project, and return the rows' names and the steps of every cell."""
    study.clear()
    with study.step():
        study.coder("Bo")
        documents = [study.document(f"D{n}", TEXT) for n in range(2)]
        x = study.code("x")
        codes = [x, study.code("y", x), study.code("z", position=1), study.code("w", position=2)]
        turns: dict[int, list[tuple[int, int]]] = {}
        for document, borders in zip(documents, plan["turns"], strict=True):
            turns[document] = list(pairwise(borders))
            for number, (low, high) in enumerate(turns[document], 1):
                study.turn(document, number, (low, low, high), None)
        names = {codes[0]: "x", codes[1]: "x" if spec.folded else "x/y", codes[2]: "z",
                 codes[3]: "w"}  # fmt: skip
        segments: list[tuple[int, int, int, str, int]] = []
        for at, code, start, length, coder in plan["codings"]:
            end = min(start + length, LENGTH)
            made = study.coding(documents[at], codes[code], (start, end), coder)
            if not spec.where or coder == 2:
                segments.append((documents[at], start, end, names[codes[code]], made))
    rows = list(dict.fromkeys(names.values()))
    found: dict[tuple[str, str], list[tuple[list[int], list[int]]]] = {}
    for document in documents:
        own = sorted((one for one in segments if one[0] == document), key=lambda e: (e[1], e[4]))
        coded = coded_turns(turns[document], own)
        for (number, one), (following, other) in pairwise(coded):
            if spec.within and following - number > spec.within:
                continue
            for a, b in product(one, other):
                found.setdefault((a, b), []).append((one[a], other[b]))
    return rows, found


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
@given(
    plan=plans(), within=st.integers(0, 3), folded=st.booleans(), one=st.booleans(),
    portion=st.sampled_from([1, 4_000_000]),
)  # fmt: skip
def test_every_step_is_what_walking_by_hand_finds(
    shared_study: Study,
    plan: dict[str, list[Any]],
    within: int,
    folded: bool,
    one: bool,
    portion: int,
) -> None:
    spec = SequenceSpec(within, (("coder", "Bo"),) if one else (), folded)
    rows, expected = walked(shared_study, plan, spec)
    snapshot = snapshots.load(shared_study.connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PORTION", portion)
        matrix, table = sequence_matrix(snapshot, spec), sequences(snapshot, spec)
    labels = [heading.label for heading in matrix.rows]
    assert sorted(labels) == sorted(rows)
    for (row, a), (column, b) in product(enumerate(labels), repeat=2):
        steps = [tuple(map(tuple, step)) for step in expected.get((a, b), [])]
        assert matrix.cells[row][column] == len(steps)
        assert list(matrix.steps[row][column]) == steps
        assert list(table.behind(row, column)) == steps
