"""Co-occurrence against counting by hand, and on a text that can be counted by eye."""

from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis import cooccurrence as module
from qda.analysis import snapshot as snapshots
from qda.analysis.cooccurrence import cooccurrence_matrix, cooccurrences
from qda.analysis.overlaps import overlapping_pairs
from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceBy, CooccurrenceSpec
from qda.model.errors import NotFound
from qda.model.ids import CodeId
from qda.model.matrix import Matrix
from tests.analysis.conftest import Study

TEXT = "Vi har tavlemøte hver mandag, men ikke nå. 😀"
LENGTH = len(TEXT)


def ask(study: Study, **question: Any) -> Matrix:  # noqa: ANN401 - parts of a spec
    spec = CooccurrenceSpec(**question)
    return cooccurrence_matrix(snapshots.load(study.connection), spec)


def notes(matrix: Matrix) -> str:
    return " ".join(str(note) for note in matrix.notes)


# ------------------------------------------------------------------------------ by hand
@pytest.fixture
def small(study: Study) -> Study:
    """Two interviews, one with two turns, three codes and a subcode, two coders."""
    with study.step():
        ids = study.ids = {}
        ids["bo"] = study.coder("Bo")
        ids["x"] = study.code("x", color="#228b4b")
        ids["y"] = study.code("y", position=1)
        ids["under"] = study.code("under", ids["y"])
        ids["tom"] = study.code("tom", position=2)
        ids["d"], ids["e"] = study.document("D", TEXT), study.document("E", TEXT)
        study.turn(ids["d"], 1, (2, 4, 20), None)
        study.turn(ids["d"], 2, (20, 22, 40), None)
        ids["1"] = study.coding(ids["d"], ids["x"], (3, 10))
        ids["2"] = study.coding(ids["d"], ids["y"], (9, 15))
        ids["3"] = study.coding(ids["d"], ids["under"], (10, 30), ids["bo"])
        ids["4"] = study.coding(ids["d"], ids["x"], (25, 26), ids["bo"])
        ids["5"] = study.coding(ids["e"], ids["x"], (0, 5))
        ids["6"] = study.coding(ids["d"], ids["y"], (0, 1))
    return study


def test_overlaps_are_pairs_that_share_a_character(small: Study) -> None:
    matrix = ask(small)
    assert [heading.label for heading in matrix.rows] == ["x", "y", "tom"]
    # 3-10 and 9-15 share one character; 3-10 and 10-30 only touch; 10-30 holds 25-26.
    assert matrix.cells == ((3, 2, 0), (2, 3, 0), (0, 0, 0))
    ids = small.ids
    assert matrix.evidence[0][1] == (ids["1"], ids["2"], ids["3"], ids["4"])
    assert matrix.evidence[0][1] == matrix.evidence[1][0]
    assert matrix.evidence[0][0] == (ids["1"], ids["4"], ids["5"])
    assert matrix.rows[0].color == "#228b4b"
    assert matrix.rows[0].n.segments == 3
    assert (matrix.spec.rows, matrix.spec.columns) == (("code",), ("code",))
    assert "share at least one character" in notes(matrix)
    assert "2 coders" in notes(matrix)
    assert "Overlapping segments with the same code" not in notes(matrix)


def test_unfolded_and_chosen_codes(small: Study) -> None:
    matrix = ask(small, folded=False)
    assert [heading.label for heading in matrix.rows] == ["x", "y", "y/under", "tom"]
    assert matrix.cells == ((3, 1, 1, 0), (1, 2, 1, 0), (1, 1, 1, 0), (0, 0, 0, 0))
    chosen = ask(small, folded=False, codes=frozenset({CodeId(small.ids["y"])}))
    assert [heading.label for heading in chosen.rows] == ["y", "y/under"]
    assert chosen.cells == ((2, 1), (1, 1))
    with pytest.raises(NotFound):
        ask(small, codes=frozenset({CodeId(99)}))


def test_by_document_and_by_turn(small: Study) -> None:
    matrix = ask(small, by="document")
    assert matrix.cells == ((2, 1, 0), (1, 1, 0), (0, 0, 0))
    ids = small.ids
    order = ("6", "1", "2", "3", "4")
    assert matrix.evidence[0][1] == tuple(ids[one] for one in order)
    assert matrix.spec.cells == "documents"
    turns = ask(small, by="turn")
    # Both turns of the first have both; the second has no turns and is one by itself.
    assert turns.cells == ((3, 2, 0), (2, 2, 0), (0, 0, 0))
    assert turns.evidence[0][1] == tuple(ids[one] for one in order[1:])
    assert ids["6"] not in turns.evidence[1][1]
    assert "1 segment outside every turn is left out." in notes(turns)


def test_filters(small: Study) -> None:
    assert ask(small, where=(("coder", "Bo"),)).cells == ((1, 1, 0), (1, 1, 0), (0, 0, 0))
    assert ask(small, where=(("document", "E"),)).cells == ((1, 0, 0), (0, 0, 0), (0, 0, 0))
    assert "Only segments with coder: Bo." in notes(ask(small, where=(("coder", "Bo"),)))
    with pytest.raises(NotFound):
        ask(small, where=(("coder", "Ukjent"),))


@pytest.mark.parametrize("by", COOCCURRENCES_BY)
def test_a_project_without_codes_or_codings(study: Study, by: CooccurrenceBy) -> None:
    assert ask(study, by=by).cells == ()
    with study.step():
        study.code("x")
        study.document("D", "")
    matrix = ask(study, by=by)
    assert (matrix.cells, matrix.evidence) == (((0,),), (((),),))


@pytest.mark.parametrize("by", COOCCURRENCES_BY)
def test_evidence_that_would_be_too_much_is_left_out_and_said(
    small: Study, monkeypatch: pytest.MonkeyPatch, by: CooccurrenceBy
) -> None:
    whole = ask(small, by=by)
    assert "left out, since" not in notes(whole)
    monkeypatch.setattr(module, "MAX_EVIDENCE", 3)
    found = ask(small, by=by)
    assert found.cells == whole.cells
    assert {one for row in found.evidence for one in row} == {()}
    assert "The evidence is left out" in notes(found)


# ----------------------------------------------------------------------- the slow oracle
@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, LENGTH - 1))
    return start, draw(st.integers(start + 1, LENGTH))


@st.composite
def plans(draw: st.DrawFn) -> dict[str, list[Any]]:
    small = st.integers(0, 2)
    return {
        "codings": draw(
            st.lists(st.tuples(small, st.integers(0, 4), spans(), st.integers(1, 2)), max_size=14)
        ),
        "turns": draw(st.lists(st.tuples(small, spans()), max_size=6)),
    }


class Oracle:
    """Ask of every two segments whether they meet."""

    def __init__(self, study: Study, plan: dict[str, list[Any]], spec: CooccurrenceSpec) -> None:
        study.clear()
        with study.step():
            study.coder("Bo")
            documents = [study.document(f"D{n}", TEXT) for n in range(3)]
            x = study.code("x")
            codes = [x, study.code("y", x), study.code("z", position=1)]
            codes += [study.code("w", codes[1]), study.code("v", position=2)]
            parent: dict[int, int] = {codes[1]: x, codes[3]: x} if spec.folded else {}
            self.rows = [code for code in codes if code not in parent]
            self.turns: dict[int, list[tuple[int, int]]] = {one: [] for one in documents}
            for number, (at, (start, end)) in enumerate(plan["turns"], 1):
                if end - start > 1:
                    study.turn(documents[at], number, (start, start + 1, end), None)
                    self.turns[documents[at]].append((start, end))
            self.segments: list[tuple[int, int, int, int, int]] = []
            for at, code, (start, end), coder in plan["codings"]:
                made = study.coding(documents[at], codes[code], (start, end), coder)
                if not spec.where or coder == 2:
                    row: int = parent.get(codes[code]) or codes[code]
                    self.segments.append((documents[at], start, end, row, made))
        self.documents = documents
        self.spec = spec

    def meetings(self, one: int, other: int) -> list[list[int]]:
        """Return what a cell counts, each as the segments that are there."""
        either = [each for each in self.segments if each[3] in (one, other)]
        if self.spec.by == "overlap":
            if one == other:
                return [[each[4]] for each in either]
            return [
                [a[4], b[4]]
                for a, b in combinations(either, 2)
                if a[3] != b[3] and a[0] == b[0] and max(a[1], b[1]) < min(a[2], b[2])
            ]
        found: list[list[int]] = []
        for document in self.documents:
            units = [(0, LENGTH)]
            if self.spec.by == "turn":
                units = self.turns[document] or units
            for low, high in units:
                here = [e for e in either if e[0] == document and e[1] < high and low < e[2]]
                if {e[3] for e in here} == {one, other}:
                    found.append([e[4] for e in here])
        return found


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
@given(
    plan=plans(), by=st.sampled_from(COOCCURRENCES_BY), folded=st.booleans(), one=st.booleans()
)  # fmt: skip
def test_every_cell_is_what_counting_by_hand_gives(
    shared_study: Study,
    plan: dict[str, list[Any]],
    by: CooccurrenceBy,
    folded: bool,
    one: bool,
) -> None:
    spec = CooccurrenceSpec(by, (("coder", "Bo"),) if one else (), folded)
    oracle = Oracle(shared_study, plan, spec)
    snapshot = snapshots.load(shared_study.connection)
    matrix, table = cooccurrence_matrix(snapshot, spec), cooccurrences(snapshot, spec)
    position = {int(each): at for at, each in enumerate(snapshot.codings.ids)}
    rows = {code: guid for guid, code in shared_study.connection.execute(
        "SELECT guid, id FROM code"
    )}  # fmt: skip
    guids = [heading.guid for heading in matrix.rows]
    assert sorted(map(str, guids)) == sorted(rows[code] for code in oracle.rows)
    for a, b in product(oracle.rows, repeat=2):
        row, column = guids.index(rows[a]), guids.index(rows[b])
        expected = oracle.meetings(a, b)
        assert matrix.cells[row][column] == len(expected)
        evidence = sorted(
            {each for meeting in expected for each in meeting}, key=position.__getitem__
        )
        assert list(matrix.evidence[row][column]) == evidence
        assert list(table.evidence(row, column)) == evidence


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(1, 9)), max_size=30),
    st.integers(1, 12),
)
def test_the_sweep_finds_every_pair_once_in_any_portions(
    places: list[tuple[int, int, int]], portion: int
) -> None:
    ordered = sorted((document, start, start + length) for document, start, length in places)
    columns = np.array(ordered, dtype=np.int64).reshape(-1, 3).T
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("qda.analysis.overlaps._CHUNK", portion)
        found = [
            pair
            for one, other in overlapping_pairs(*columns)
            for pair in zip(one.tolist(), other.tolist(), strict=True)
        ]
    assert found == [
        (i, j)
        for (i, a), (j, b) in combinations(enumerate(ordered), 2)
        if a[0] == b[0] and max(a[1], b[1]) < min(a[2], b[2])
    ]


def test_many_units_are_counted_in_stretches(small: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    with small.step():
        for number in range(200):
            document = small.document(f"E{number}", TEXT)
            small.coding(document, small.ids["x"], (0, 5))
            if number % 3 == 0:
                small.coding(document, small.ids["y"], (9, 12))
    whole = ask(small, by="document")
    monkeypatch.setattr("qda.analysis.cooccurrence._BITS", 64 * 3)
    assert ask(small, by="document").cells == whole.cells
    assert whole.cells[0][:2] == (202, 68)
