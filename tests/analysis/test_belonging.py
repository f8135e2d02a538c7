"""Groups of a day, and offices that count as those that followed them; with a slow oracle."""

from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis import snapshot as snapshots
from qda.analysis.belonging import chosen_day
from qda.analysis.matrix import answer
from qda.analysis.queries import flags_of
from qda.model.errors import NotAllowed, NotFound
from qda.model.matrix import CELL_KINDS, CellKind, Matrix, MatrixSpec
from qda.model.queries import Query
from tests.analysis.conftest import Study
from tests.analysis.test_matrix_oracle import Oracle, Plan, Row, check_counts, fill, plans

TEXT = "Vi måler det som kan måles og ikke det som gjelder."


def ask(study: Study, *rows: str, **wishes: Any) -> Matrix:  # noqa: ANN401 - any field of a spec
    spec = MatrixSpec(rows=rows or ("fylke",), **wishes)
    return answer(study.connection, snapshots.load(study.connection), spec)


def first_column(matrix: Matrix) -> dict[str, object]:
    return {row.label: cells[0] for row, cells in zip(matrix.rows, matrix.cells, strict=True)}


def said(matrix: Matrix) -> str:
    return "\n".join(map(str, matrix.notes))


@pytest.fixture
def lier(study: Study) -> Study:
    """One office that was in Buskerud, Viken and Buskerud again, with four interviews."""
    with study.step():
        case = study.case("Lier")
        kind = study.kind("fylke")
        first, second = study.group(kind, "Buskerud"), study.group(kind, "Viken")
        study.member(case, first, "", "2019-12-31")
        study.member(case, second, "2020-01-01", "2023-12-31")
        study.member(case, first, "2024-01-01")
        code = study.code("måling")
        day = study.variable("document", "intervjudato", "date")
        for number, date in enumerate(("2019-05-02", "2021-03-01", "2022-03-01", "")):
            document = study.document(f"D{number}", TEXT + str(number))
            study.link("document", document, case)
            study.coding(document, code, (0, 8))
            if date:
                study.value(day, document, date)
    study.ids.update(case=case, kind=kind, viken=second, day=day, code=code)
    return study


def test_a_segment_counts_for_the_county_of_the_day(lier: Study) -> None:
    matrix = ask(lier)
    assert first_column(matrix) == {"Buskerud": 1, "Viken": 2, "": 1}
    assert matrix.rows[-1].missing
    assert "on the day of the interview (intervjudato)" in said(matrix)
    assert "Unknown date: 1 segment has no known day" in said(matrix)
    assert matrix.rows[1].guid is not None
    viken = lier.connection.execute("SELECT id FROM coding ORDER BY id").fetchall()[1:3]
    assert list(matrix.evidence[1][0]) == [one[0] for one in viken]


def test_a_segment_counts_for_the_county_of_a_chosen_day(lier: Study) -> None:
    for day, county in (("2020", "Viken"), ("31.12.2019", "Buskerud"), ("2030-01", "Buskerud")):
        matrix = ask(lier, as_of=day)
        assert {row.label: row.n.segments for row in matrix.rows if row.n.segments} == {county: 4}
        assert f"belonged to on {chosen_day(day)}, whenever" in said(matrix)
    with pytest.raises(NotAllowed, match="is no day"):
        ask(lier, as_of="i dag")


def test_first_and_last_days_belong_to_the_county(lier: Study) -> None:
    with lier.step():
        lier.connection.execute("DELETE FROM value")
        documents = [row[0] for row in lier.connection.execute("SELECT id FROM document")]
        days = ("2019-12-31", "2020-01-01", "2023-12-31", "2024-01-01")
        for document, day in zip(documents, days, strict=True):
            lier.value(lier.ids["day"], document, day)
    matrix = ask(lier, "fylke", "document")
    assert [row.names for row in matrix.rows] == [
        ("Buskerud", "D0"), ("Buskerud", "D3"), ("Viken", "D1"), ("Viken", "D2"),
    ]  # fmt: skip


def test_without_a_day_the_only_county_counts(lier: Study) -> None:
    with lier.step():
        moss = lier.case("Moss", 1)
        lier.member(moss, lier.ids["viken"], "2020-01-01")
        document = lier.document("D9", TEXT)
        lier.link("document", document, moss)
        lier.coding(document, lier.ids["code"], (0, 8))
    matrix = ask(lier)
    assert first_column(matrix) == {"Buskerud": 1, "Viken": 3, "": 1}
    assert "1 segment has no known day; its office only ever belonged to one fylke." in said(matrix)
    assert "1 segment is of an office" not in said(matrix)
    early = ask(lier, as_of="2019")
    assert "1 segment is of an office that belonged to no fylke on the day." in said(early)


def test_the_day_of_who_speaks_goes_before_that_of_the_document(lier: Study) -> None:
    with lier.step():
        document = lier.document("D8", TEXT)
        lier.link("document", document, lier.ids["case"])
        person = lier.participant("Ane")
        lier.turn(document, 1, (0, 0, 20), person)
        lier.coding(document, lier.ids["code"], (0, 8))
        lier.value(lier.ids["day"], document, "2021-01-01")
        lier.value(lier.variable("participant", "Intervjudato", "date"), person, "2025-01-01")
    assert first_column(ask(lier)) == {"Buskerud": 2, "Viken": 2, "": 1}


def test_a_day_may_be_a_month_and_counts_where_it_lies_in_one_county(lier: Study) -> None:
    with lier.step():
        lier.connection.execute("DELETE FROM value")
        lier.connection.execute("DELETE FROM variable")
        month = lier.variable("document", "Intervjudato", "text")
        documents = [row[0] for row in lier.connection.execute("SELECT id FROM document")]
        for document, text in zip(documents, ("mars 2020", "2023", "2023-12", "tja"), strict=True):
            lier.value(month, document, text)
    assert first_column(ask(lier)) == {"Buskerud": None, "Viken": 3, "": 1}
    with lier.step():
        lier.connection.execute(
            "UPDATE membership SET until = '2023-06-15' WHERE since = '2020-01-01'"
        )
    matrix = ask(lier)
    assert first_column(matrix)["Viken"] == 1


def test_a_kind_filters_nests_and_is_asked_for_in_queries(lier: Study) -> None:
    matrix = ask(lier, "case", where=(("fylke", "viken"),))
    assert first_column(matrix) == {"Lier": 2}
    assert first_column(ask(lier, "case", where=(("fylke", ""),))) == {"Lier": 1}
    assert first_column(ask(lier, "case", without=(("fylke", "Viken"),))) == {"Lier": 2}
    nested = ask(lier, "fylke", "document")
    counts = [cells[0] for cells in nested.cells]
    assert list(zip([row.names for row in nested.rows], counts, strict=True)) == [
        (("Buskerud", "D0"), 1), (("Viken", "D1"), 1), (("Viken", "D2"), 1), ((), 1),
    ]  # fmt: skip
    with pytest.raises(NotFound, match=r"There is no fylke Oslo\. There are: Buskerud, Viken"):
        ask(lier, "case", where=(("fylke", "Oslo"),))
    snapshot = snapshots.load(lier.connection)
    assert flags_of(snapshot, Query(where=(("fylke", "Viken"),))).tolist() == [
        False, True, True, False,
    ]  # fmt: skip
    assert [row.label for row in ask(lier, sort_by="fylke", descending=True).rows] == [
        "Viken", "Buskerud", "",
    ]  # fmt: skip


def test_shares_are_of_what_was_said_in_that_county(lier: Study) -> None:
    matrix = ask(lier, cells="share")
    values = [one for one in first_column(matrix).values() if isinstance(one, float)]
    assert values == pytest.approx([2 / 11] * 3)


# ------------------------------------------------------------------------------ successors
@pytest.fixture
def merged(study: Study) -> Study:
    """A and B became C, C became D, which was divided into E and F; one segment each."""
    with study.step():
        cases = {name: study.case(name, at) for at, name in enumerate("ABCDEF")}
        code = study.code("måling")
        for old, new, at, kind in (
            ("A", "C", "2020-01-01", "merger"), ("B", "C", "2020-01-01", "merger"),
            ("C", "D", "2022-01-01", "renaming"), ("D", "E", "2023-01-01", "split"),
            ("D", "F", "2023-01-01", "split"),
        ):  # fmt: skip
            study.succession(cases[old], cases[new], at, kind)
        staff = study.variable("case", "ansatte", "number")
        for at, (name, case) in enumerate(cases.items()):
            document = study.document(name, TEXT + name)
            study.link("document", document, case)
            study.coding(document, code, (0, 8))
            study.value(staff, case, 10 + at)
    study.ids.update(cases)
    return study


def test_offices_count_as_those_that_followed_them(merged: Study) -> None:
    assert list(first_column(ask(merged, "case"))) == list("ABCDEF")
    matrix = ask(merged, "case", successors="2021", cells="segments")
    assert first_column(matrix) == {"C": 3, "D": 1, "E": 1, "F": 1}
    assert [row.n.cases for row in matrix.rows] == [1, 1, 1, 1]
    assert matrix.total.cases == 4
    assert "by 2021-12-31 count as those that followed them: A, B → C." in said(matrix)
    matrix = ask(merged, "case", successors="2024")
    assert first_column(matrix) == {"D": 4, "E": 1, "F": 1}
    assert "divided count as themselves" in said(matrix)
    assert len(matrix.evidence[0][0]) == 4
    assert first_column(ask(merged, "case", successors="2019")) == dict.fromkeys("ABCDEF", 1)


def test_values_are_those_of_the_office_that_followed(merged: Study) -> None:
    matrix = ask(merged, "case", successors="2024", sort_by="ansatte", descending=True)
    assert [(row.label, row.sort_value) for row in matrix.rows] == [("F", 15), ("E", 14), ("D", 13)]
    assert "not added up" in said(matrix)
    assert first_column(ask(merged, "ansatte", successors="2024")) == {"13": 4, "14": 1, "15": 1}
    bands = ask(merged, "ansatte", successors="2024", bands={"ansatte": (14,)})
    assert first_column(bands) == {"< 14": 4, "≥ 14": 2}
    assert "n = 1" in said(bands)
    assert first_column(ask(merged, "case", where=(("ansatte", "13"),), successors="2024")) == {
        "D": 4
    }


def test_an_office_that_counts_as_another_cannot_be_chosen(merged: Study) -> None:
    assert first_column(ask(merged, "case", where=(("case", "C"),), successors="2021")) == {"C": 3}
    with pytest.raises(NotAllowed, match="A counts as C here"):
        ask(merged, "case", where=(("case", "a"),), successors="2021")
    for kind in ("grade", "summary"):
        with pytest.raises(NotAllowed, match="stays with it"):
            ask(merged, "case", cells=kind, successors="2021")


def test_the_county_of_a_day_is_that_of_the_office_it_counts_as(merged: Study) -> None:
    with merged.step():
        kind = merged.kind("fylke")
        north, south = merged.group(kind, "Nord"), merged.group(kind, "Sør")
        merged.member(merged.ids["A"], north, "", "2019-12-31")
        merged.member(merged.ids["C"], south, "2020-01-01")
    assert first_column(ask(merged, successors="2021")) == {"Nord": 1, "Sør": 1, "": 4}
    assert first_column(ask(merged, successors="2021", as_of="2021")) == {
        "Nord": None,
        "Sør": 3,
        "": 3,
    }
    assert first_column(ask(merged, as_of="2021")) == {"Nord": None, "Sør": 1, "": 5}


# ---------------------------------------------------------------------------------- oracle
class BelongingOracle(Oracle):
    """Count groups and successors by walking over rows, one day at a time."""

    def __init__(self, study: Study, spec: MatrixSpec) -> None:
        self.as_of, self.by = spec.as_of, spec.successors
        ask_for = study.connection.execute
        self.member = ask_for(
            "SELECT case_id, name, since, until FROM membership"
            " JOIN case_group ON case_group.id = group_id"
        ).fetchall()
        self.next = ask_for("SELECT old_case_id, new_case_id, at, kind FROM succession").fetchall()
        self.days: dict[tuple[str, int], str] = {
            (subject, thing): day
            for subject, thing, day in ask_for(
                "SELECT subject, subject_id, text FROM value"
                " JOIN variable ON variable.id = variable_id WHERE variable.name = 'intervjudato'"
            )
        }
        super().__init__(study, spec)
        for row in self.rows:
            row.setdefault("then", row["case"])

    def counted(self, case: int | None) -> int | None:
        while self.by:
            after = [one for one in self.next if one[0] == case and one[2] <= self.by]
            if len(after) != 1 or after[0][3] == "split":
                break
            case = after[0][1]
        return case

    def value(self, row: Row, dimension: str) -> str | None:
        then = row.get("then", row["case"])
        now = self.counted(then)
        if dimension != "region":
            return super().value({**row, "case": now}, dimension)
        case = now if self.as_of else then
        own = [one[1:] for one in self.member if one[0] == case]
        day = self.as_of or self.days.get(("participant", row["participant"]))
        day = day or self.days.get(("document", row["document"]))
        if not day:
            names = {one[0] for one in own}
            return names.pop() if len(names) == 1 else None
        # The latest that has begun by the day is the one, unless it has ended.
        begun = [one for one in own if one[1] <= day]
        name, _since, until = max(begun, key=lambda one: one[1], default=("", "", "0"))
        return name if not until or day <= until else None

    def distinct(self, rows: list[Row], axis: str) -> int:
        if axis == "case":
            rows = [{**row, "case": self.counted(row.get("then", row["case"]))} for row in rows]
        return super().distinct(rows, axis)

    def material(self) -> list[Row]:
        found = super().material()
        kept = {value for name, value in self.spec.where if name == "region"}
        return [row for row in found if not kept or self.value(row, "region") in kept]


DAYS = ("2019-12-31", "2020-01-01", "2020-12-31", "2021-06-01")
STRETCHES = (
    (("", ""),), (("", "2019-12-31"), ("2020-01-01", "")), (("2020-01-01", "2020-12-31"),),
    (("", ""), ("2020-06-01", ""), ("2021-01-01", "2021-05-31")), (),
)  # fmt: skip
BELONGING_SIDES = st.lists(
    st.sampled_from(("region", "case", "code", "document", "participant", "fylke")),
    min_size=1, max_size=2, unique=True,
).map(tuple)  # fmt: skip


Belonging = dict[str, list[Any]]


@st.composite
def belongings(draw: st.DrawFn) -> Belonging:
    """For three offices the stretches and groups, two successions, days of six interviews."""
    return {
        "stretches": draw(st.lists(st.sampled_from(STRETCHES), min_size=3, max_size=3)),
        "groups": draw(st.lists(st.integers(0, 1), min_size=9, max_size=9)),
        "dated": draw(st.lists(st.sampled_from(("", *DAYS)), min_size=6, max_size=6)),
        "chain": draw(
            st.lists(
                st.tuples(st.sampled_from(DAYS), st.sampled_from(("merger", "split"))), max_size=2
            )
        ),
    }


def belong(study: Study, belonging: Belonging) -> None:
    """Put memberships, successions and days of interviews into a filled study."""
    cases = [row[0] for row in study.connection.execute('SELECT id FROM "case" ORDER BY id')]
    kind = study.kind("region")
    places = [study.group(kind, name) for name in ("Nord", "Sør")]
    numbers, day = iter(belonging["groups"]), iter(belonging["dated"])
    for case, own in zip(cases, belonging["stretches"], strict=True):
        for since, until in own:
            study.member(case, places[next(numbers)], since, until)
    for (at, how), old, new in zip(belonging["chain"], cases, cases[1:], strict=False):
        study.succession(old, new, at, how)
    for subject in ("participant", "document"):
        variable = study.variable(subject, "intervjudato", "date")
        for (thing,) in study.connection.execute(f'SELECT id FROM "{subject}"').fetchall():
            if text := next(day):
                study.value(variable, thing, text)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120
)
@given(
    plan=plans(), rows=BELONGING_SIDES, columns=BELONGING_SIDES, cells=st.sampled_from(CELL_KINDS),
    belonging=belongings(),
    wishes=st.fixed_dictionaries(
        {
            "as_of": st.sampled_from(("", "", *DAYS)),
            "successors": st.sampled_from(("", "2020-06-01", "2022-01-01")),
            "where": st.sampled_from(((), (("region", "Sør"),))),
        }
    ),
)  # fmt: skip
def test_every_cell_is_what_walking_over_the_days_gives(
    shared_study: Study,
    plan: Plan,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    cells: CellKind,
    belonging: Belonging,
    wishes: dict[str, Any],
) -> None:
    study = shared_study
    study.clear()
    with study.step():
        fill(study, plan)
        belong(study, belonging)
    spec = MatrixSpec(rows, columns, cells, **wishes)
    matrix = answer(study.connection, snapshots.load(study.connection), spec)
    oracle = BelongingOracle(study, spec)
    for (at, row), (place, column) in product(enumerate(matrix.rows), enumerate(matrix.columns)):
        assert matrix.cells[at][place] == oracle.cell(row.names, column.names), (row, column)
        both = [
            one for one in oracle.rows_in({rows: row.names})
            if oracle.line(one, columns) == column.names
        ]  # fmt: skip
        assert set(matrix.evidence[at][place]) == {one["coding"] for one in both}
    check_counts(oracle, matrix)
