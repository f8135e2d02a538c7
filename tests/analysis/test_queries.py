"""Queries against an independent count, pair by pair, and as sentences."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis import queries
from qda.analysis import snapshot as snapshots
from qda.analysis.matrix import answer
from qda.analysis.tables import Snapshot
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import Guid
from qda.model.matrix import MatrixSpec
from qda.model.queries import RELATIONS, Condition, Query
from qda.operations import queries as verbs
from tests.analysis.conftest import Study

WORDS = "ord nummer en står her og to der "
TEXT = WORDS * 12


@pytest.fixture
def random_study(study: Study) -> Study:
    """Three documents, one without turns; sixty codings with four codes, one below another."""
    draw = random.Random(11)
    with study.step():
        ids = study.ids = {}
        ids["a"], ids["b"] = study.code("a"), study.code("b", position=1)
        ids["a1"], ids["c"] = study.code("a1", ids["a"]), study.code("c", position=2)
        office = study.case("Ås")
        for number in range(3):
            document = ids[f"d{number}"] = study.document(f"d{number}", TEXT + str(number))
            if number:
                study.link("document", document, office)
            for turn in range(0 if number == 2 else 8):
                study.turn(document, turn + 1, (turn * 40, turn * 40 + 3, turn * 40 + 40), None)
            for _ in range(20):
                start = draw.randrange(len(TEXT) - 60)
                code = ids[draw.choice(("a", "b", "a1", "c"))]
                study.coding(document, code, (start, start + draw.randrange(1, 60)))
    return study


def load(study: Study, *, words: bool = True) -> Snapshot:
    snapshot = snapshots.load(study.connection)
    if words:
        snapshots.prepare_words(study.connection, snapshot)
    return snapshot


def guid(study: Study, code: str) -> Guid:
    row = study.connection.execute("SELECT guid FROM code WHERE id = ?", (study.ids[code],))
    return Guid(row.fetchone()[0])


class Slow:
    """The same question asked of every pair of codings in turn, from the database."""

    def __init__(self, study: Study) -> None:
        self.rows = study.connection.execute(
            'SELECT c.id, c.document_id, k.guid, p.guid, c.start, c."end", t.text FROM coding c'
            " JOIN code k ON k.id = c.code_id LEFT JOIN code p ON p.id = k.parent_id"
            " JOIN document d ON d.id = c.document_id JOIN text_body t ON t.hash = d.text_hash"
        ).fetchall()
        self.turns = study.connection.execute(
            'SELECT document_id, number, label_start, "end" FROM turn'
        ).fetchall()

    def touched(self, row: tuple[int, ...]) -> set[int]:
        mine = [one for one in self.turns if one[0] == row[1]]
        touched = {n for _d, n, low, high in mine if low < row[5] and high > row[4]}
        before = [n for _d, n, low, _high in mine if low <= row[4]]
        return touched or {max(before, default=min((one[1] for one in mine), default=0))}

    def word_range(self, row: tuple[int, ...]) -> tuple[int, int]:
        spans: list[tuple[int, int]] = []
        at = 0
        for word in str(row[6]).split():
            at = str(row[6]).index(word, at)
            spans.append((at, at + len(word)))
            at += len(word)
        within = [n for n, (low, high) in enumerate(spans) if low < row[5] and high > row[4]]
        if within:
            return within[0], within[-1] + 1
        before = sum(high <= row[4] for _low, high in spans)
        return before, before + 1

    def related(self, one: tuple[int, ...], other: tuple[int, ...], condition: Condition) -> bool:
        if one[0] == other[0] or one[1] != other[1]:
            return False
        if condition.relation == "same-document":
            return True
        if condition.relation == "overlaps":
            return one[4] < other[5] and other[4] < one[5]
        if condition.relation == "same-turn":
            mine, theirs = self.touched(one), self.touched(other)
            return min(mine) <= max(theirs) and min(theirs) <= max(mine)
        if condition.unit == "turns":
            mine, theirs = self.touched(one), self.touched(other)
            gap = max(min(mine) - max(theirs) - 1, min(theirs) - max(mine) - 1)
        else:
            (low, high), (start, end) = self.word_range(one), self.word_range(other)
            gap = max(low - end, start - high)
        return gap <= condition.distance

    def find(self, query: Query) -> set[int]:
        found: set[int] = set()
        neighbours = [self.find(condition.query) for condition in query.conditions]
        for row in self.rows:
            if query.codes and row[2] not in query.codes and row[3] not in query.codes:
                continue
            met: list[bool] = []
            for condition, others in zip(query.conditions, neighbours, strict=True):
                near = any(
                    other[0] in others and self.related(row, other, condition)
                    for other in self.rows
                )
                met.append(near != condition.negated)
            if not met or (any(met) if query.any_condition else all(met)):
                found.add(row[0])
        return found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_queries_find_what_a_slow_count_finds(random_study: Study, data: st.DataObject) -> None:
    codes = st.lists(st.sampled_from(["a", "b", "a1", "c"]), max_size=2, unique=True).map(
        lambda names: tuple(guid(random_study, name) for name in names)
    )
    plain = st.builds(Query, codes=codes)

    def with_conditions(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        condition = st.builds(
            Condition,
            relation=st.sampled_from(RELATIONS),
            query=inner,
            negated=st.booleans(),
            distance=st.integers(0, 12),
            unit=st.sampled_from(["words", "turns"]),
        )
        conditions = st.lists(condition, max_size=2).map(tuple)
        return st.builds(Query, codes=codes, conditions=conditions, any_condition=st.booleans())

    query = data.draw(with_conditions(with_conditions(plain)))
    snapshot = load(random_study)
    assert set(queries.matching(snapshot, query)) == Slow(random_study).find(query)
    said = str(queries.sentence(snapshot, query))
    assert said.endswith(".")
    assert "{" not in said


def test_a_sentence(random_study: Study) -> None:
    a, b, c = (guid(random_study, name) for name in "abc")
    query = Query(
        codes=(a, b),
        where=(("case", "Ås"),),
        conditions=(
            Condition("overlaps", Query((c,))),
            Condition("near", Query((b,)), negated=True, distance=1, unit="turns"),
        ),
    )
    assert str(queries.sentence(load(random_study), query)) == (
        "Segments coded with a or b with case = Ås that overlap segments coded with c "
        "and stand farther than 1 turn from segments coded with b."
    )


def test_saved_queries_head_and_filter_any_matrix(random_study: Study) -> None:
    a, b = guid(random_study, "a"), guid(random_study, "b")
    near_b = Query((a,), (Condition("overlaps", Query((b,))),))
    verbs.save_query(random_study.project, coder="Kari", name="a over b", query=near_b)
    verbs.save_query(random_study.project, coder="Kari", name="alle", query=Query())
    slow = Slow(random_study).find(near_b)
    cells = answer(
        random_study.connection, load(random_study, words=False),
        MatrixSpec(rows=("query",), columns=("document",)),
    )  # fmt: skip
    assert [one.label for one in cells.rows] == ["a over b", "alle"]
    assert sum(int(value or 0) for value in cells.cells[0]) == len(slow)
    assert sum(int(value or 0) for value in cells.cells[1]) == 60
    behind = {coding for cell in cells.evidence[0] for coding in cell}
    assert behind == slow
    only = answer(
        random_study.connection, load(random_study, words=False),
        MatrixSpec(rows=("document",), where=(("query", "a over b"),)),
    )  # fmt: skip
    assert sum(int(value or 0) for row in only.cells for value in row) == len(slow)


def test_what_cannot_be_asked_is_said(random_study: Study) -> None:
    snapshot = load(random_study)
    with pytest.raises(NotFound, match="no longer in the codebook"):
        queries.matching(snapshot, Query((Guid("gone"),)))
    deep = Query()
    for _ in range(queries.DEEPEST + 2):
        deep = Query(conditions=(Condition("overlaps", deep),))
    with pytest.raises(NotAllowed, match="nested"):
        queries.matching(snapshot, deep)
    with pytest.raises(NotAllowed, match="choose one of these"):
        answer(random_study.connection, snapshot, MatrixSpec(("query",), ("proposition",)))


def test_a_query_survives_the_project_and_nonsense_does_not(random_study: Study) -> None:
    from qda.store import saved_queries

    query = Query(
        (guid(random_study, "a"),),
        (Condition("near", Query(where=(("case", "Ås"),)), negated=True, distance=3),),
        any_condition=True,
    )
    saved = verbs.save_query(random_study.project, coder="Kari", name="q", query=query).value
    assert saved_queries.all_queries(random_study.connection) == (saved,)
    with pytest.raises(NotAllowed, match="already"):
        verbs.save_query(random_study.project, coder="Kari", name="Q", query=query)
    random_study.connection.execute("UPDATE saved_query SET definition = '{\"codes\": 3}'")
    assert saved_queries.all_queries(random_study.connection) == ()
    for text in ("", "[]", "{}", "7", '{"codes": [], "where": [1], "any": 0}', "[" * 5000):
        assert saved_queries.from_text(text) is None
