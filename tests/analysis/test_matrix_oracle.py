"""Every kind of cell against counting by hand, over random small projects."""

from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis import snapshot as snapshots
from qda.analysis.matrix import answer
from qda.model.codebook import join_path
from qda.model.matrix import (
    CELL_KINDS,
    MATERIAL_KINDS,
    PERCENT_KINDS,
    PERCENTS,
    CellKind,
    Matrix,
    MatrixSpec,
    PercentOf,
)
from tests.analysis.conftest import Study

TEXT = "Ane: vi har møte, ja. Bo: «ikke» alltid - men - så 1 gang. I: hvorfor det? Ane: nja …"
DIMENSIONS = ("case", "code", "document", "participant", "coder", "stance", "rolle", "fylke", "år")
Plan = dict[str, list[Any]]
Row = dict[str, Any]
VARIABLES = {"rolle": "participant", "fylke": "case", "år": "document"}


class Oracle:
    """Count by asking the database and walking over every coding in plain Python."""

    def __init__(self, study: Study, spec: MatrixSpec) -> None:
        self.study, self.spec, self.ask = study, spec, study.connection.execute
        self.names = {
            axis: dict(self.ask(f'SELECT id, name FROM "{axis}"'))
            for axis in ("case", "document", "participant", "coder")
        }
        self.parent = dict(self.ask("SELECT id, parent_id FROM code"))
        self.code_names = dict(self.ask("SELECT id, name FROM code"))
        self.values = {
            (name, subject): text if text is not None else str(int(number))
            for name, subject, text, number in self.ask(
                "SELECT v.name, x.subject_id, x.text, x.number FROM value x"
                " JOIN variable v ON v.id = x.variable_id"
            )
        }
        self.rows: list[Row] = []
        for coding, document, code, coder, start, end, stance in self.ask(
            'SELECT id, document_id, code_id, coder_id, start, "end", stance FROM coding'
        ).fetchall():
            for participant, case in self.study.slow_pairs(coding)[0]:
                row = {
                    "coding": coding, "document": document, "code": code, "coder": coder,
                    "span": (start, end), "stance": stance, "participant": participant,
                    "case": case,
                }  # fmt: skip
                if self.passes(row):
                    self.rows.append(row)

    def path(self, code: int) -> str:
        names = []
        while code is not None:
            names.insert(0, self.code_names[code])
            code = self.parent[code]
        return join_path(tuple(names))

    def value(self, row: Row, dimension: str) -> str | None:
        if dimension == "code":
            return (
                self.path(row["code"]).split("/")[0] if self.spec.folded else self.path(row["code"])
            )
        if dimension == "stance":
            return row["stance"]
        if dimension in VARIABLES:
            return self.values.get((dimension, row[VARIABLES[dimension]]))
        return self.names[dimension].get(row[dimension])

    def passes(self, row: Row) -> bool:
        wanted: dict[str, set[str]] = {}
        for name, value in self.spec.where:
            wanted.setdefault(name, set()).add(value)
        for name, values in wanted.items():
            if name == "code":
                path = self.path(row["code"])
                if not any(path == one or path.startswith(one + "/") for one in values):
                    return False
            elif self.value(row, name) not in values:
                return False
        return True

    def rows_in(self, lines: dict[tuple[str, ...], tuple[str, ...]]) -> list[Row]:
        """Return the pairs in a cell: `lines` has the names for each side, () for the missing."""
        found = self.rows
        for dimensions, names in lines.items():
            found = [row for row in found if self.line(row, dimensions) == names]
        return found

    def line(self, row: Row, dimensions: tuple[str, ...]) -> tuple[str, ...]:
        values = [self.value(row, one) for one in dimensions]
        return () if None in values else tuple(str(value) for value in values)

    def words_of(self, spans: set[tuple[int, int, int]]) -> int:
        """Count the words that any of the spans (document, start, end) overlaps."""
        count = 0
        for document in {span[0] for span in spans}:
            text = self.ask(
                "SELECT text FROM text_body JOIN document ON hash = text_hash WHERE id = ?",
                (document,),
            ).fetchone()[0]
            place = 0
            for run in text.split():
                at = text.index(run, place)
                place = at + len(run)
                letters = [at + i for i, one in enumerate(run) if one.isalnum()]
                count += bool(letters) and any(
                    span[0] == document
                    and span[1] < span[2]
                    and span[1] <= letters[-1]
                    and letters[0] < span[2]
                    for span in spans
                )
        return count

    def material(self) -> list[Row]:
        """Return what could have been coded: informants' turns and whole documents without."""
        found = []
        for document, characters in self.ask("SELECT id, characters FROM document").fetchall():
            linked = {
                row[0]
                for row in self.ask(
                    "SELECT case_id FROM document_case WHERE document_id = ?", (document,)
                )
            }
            turns = self.ask(
                'SELECT start, "end", participant_id, interviewer FROM turn WHERE document_id = ?',
                (document,),
            ).fetchall()
            units = [(*turn[:2], turn[2]) for turn in turns if not turn[3]]
            if not turns:
                units = [(0, characters, None)]
            for start, end, person in units:
                own = {
                    row[0]
                    for row in self.ask(
                        "SELECT case_id FROM participant_case WHERE participant_id = ?", (person,)
                    )
                }
                cases = own or linked or {None}
                found.extend((document, start, end, person, case) for case in cases)
            found.extend((document, 0, 0, None, case) for case in linked)
        rows = [
            {"document": one[0], "span": one[1:3], "participant": one[3], "case": one[4]}
            for one in found
        ]
        spoken = ("case", "document", "participant", *VARIABLES)
        wanted: dict[str, set[str]] = {}
        for name, value in self.spec.where:
            if name in spoken:
                wanted.setdefault(name, set()).add(value)
        return [
            row
            for row in rows
            if all(self.value(row, name) in these for name, these in wanted.items())
        ]

    def material_in(self, dimensions: tuple[str, ...], names: tuple[str, ...]) -> list[Row]:
        spoken = [at for at, one in enumerate(dimensions) if one not in ("code", "coder", "stance")]
        material = self.material()
        if not names and len(spoken) < len(dimensions):
            return material
        if not names:
            return [
                row
                for row in material
                if any(self.value(row, dimensions[at]) is None for at in spoken)
            ]
        return [
            row
            for row in material
            if all(self.value(row, dimensions[at]) == names[at] for at in spoken)
        ]

    def spans(self, rows: list[Row]) -> set[tuple[int, int, int]]:
        return {(row["document"], *row["span"]) for row in rows}

    def cell(self, row_names: tuple[str, ...], column_names: tuple[str, ...]) -> float | None:
        spec = self.spec
        sides = ((spec.rows, row_names), (spec.columns, column_names))
        for dimensions, names in sides:
            lonely = self.rows_in({dimensions: names})
            if not lonely and not self.material_in(dimensions, names):
                return None
        found = [
            row
            for row in self.rows
            if all(self.line(row, dimensions) == names for dimensions, names in sides)
        ]
        return self.measure(found, row_names)

    def measure(self, found: list[Row], row_names: tuple[str, ...]) -> float | None:
        spec = self.spec
        segments = {row["coding"] for row in found}
        if spec.cells in ("segments", "quotes"):
            return len(segments)
        if spec.cells == "presence":
            return int(bool(segments))
        if spec.cells == "words":
            return self.words_of(self.spans(found))
        if spec.cells == "share":
            whole = self.words_of(self.spans(self.material_in(spec.rows, row_names)))
            return min(self.words_of(self.spans(found)) / whole, 1.0) if whole else None
        axis = {"documents": "document", "participants": "participant", "cases": "case"}[spec.cells]
        return self.distinct(found, axis)

    def base(self, row_names: tuple[str, ...], column_names: tuple[str, ...]) -> int:
        """Count those with material, or with codings, in a row and a column."""
        spec = self.spec
        axis = {"documents": "document", "participants": "participant", "cases": "case"}[spec.cells]
        found = self.material()
        coded = self.rows
        for dimensions, names in ((spec.rows, row_names), (spec.columns, column_names)):
            found = [row for row in found if row in self.material_in(dimensions, names)]
            coded = [row for row in coded if self.shares_material(row, dimensions, names)]
        return self.distinct([*found, *coded], axis)

    def shares_material(
        self, row: Row, dimensions: tuple[str, ...], names: tuple[str, ...]
    ) -> bool:
        spoken = [at for at, one in enumerate(dimensions) if one not in ("code", "coder", "stance")]
        line = self.line(row, dimensions)
        if not spoken:
            return True
        if not line or not names:
            return line == names
        return all(line[at] == names[at] for at in spoken)

    def distinct(self, rows: list[Row], axis: str) -> int:
        """Count documents, informants or cases; who asks is no informant."""
        nobody = {None}
        if axis == "participant":
            asking = self.ask("SELECT id FROM participant WHERE interviewer = 1")
            nobody |= {row[0] for row in asking}
        return len({row[axis] for row in rows} - nobody)


@st.composite
def span(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, len(TEXT) - 1))
    return start, draw(st.integers(start + 1, len(TEXT)))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    small = st.integers(0, 2)
    return {
        "turns": draw(
            st.lists(
                st.tuples(small, span(), st.integers(-1, 2), st.booleans()), max_size=6
            )
        ),
        "codings": draw(
            st.lists(
                st.tuples(
                    small, span(), st.integers(0, 3), st.integers(0, 1),
                    st.sampled_from([None, "for", "mot"]),
                ),
                max_size=8,
            )
        ),
        "document": draw(st.lists(st.tuples(small, small), max_size=3)),
        "participant": draw(st.lists(st.tuples(small, small), max_size=3)),
        "coding": draw(st.lists(st.tuples(st.integers(0, 7), small), max_size=3)),
        "values": draw(
            st.lists(
                st.tuples(st.sampled_from(sorted(VARIABLES)), small, st.integers(0, 1)), max_size=6
            )
        ),
    }  # fmt: skip


def fill(study: Study, plan: Plan) -> None:
    subjects = {
        "document": [study.document(f"D{n}", TEXT) for n in range(3)],
        "participant": [study.participant(f"P{n}", interviewer=n == 2) for n in range(3)],
        "case": [study.case(f"C{n}", n) for n in range(3)],
    }
    coders = [1, study.coder("Bo")]
    codes = [study.code("x"), study.code("y", position=1)]
    codes += [study.code("z", codes[0]), study.code("x", codes[0], 1)]
    for number, (document, (start, end), person, interviewer) in enumerate(plan["turns"], 1):
        study.turn(
            subjects["document"][document], number, (start, min(start + 2, end - 1), end),
            subjects["participant"][person] if person >= 0 else None, interviewer=interviewer,
        )  # fmt: skip
    subjects["coding"] = [
        study.coding(subjects["document"][document], codes[code], place, coders[coder], stance)
        for document, place, code, coder, stance in plan["codings"]
    ]
    for table in ("document", "participant", "coding"):
        for subject, case in plan[table]:
            if subject < len(subjects[table]):
                study.link(table, subjects[table][subject], subjects["case"][case])
    made = {name: study.variable(subject, name, "number" if name == "år" else "text")
            for name, subject in VARIABLES.items()}  # fmt: skip
    for name, subject, value in {
        (name, at): (name, at, value) for name, at, value in plan["values"]
    }.values():
        study.value(
            made[name], subjects[VARIABLES[name]][subject],
            2014 + value * 5 if name == "år" else "ab"[value],
        )  # fmt: skip


WHERE = st.sampled_from(
    [("case", "C0"), ("case", "C1"), ("code", "x"), ("code", "x/z"), ("coder", "Bo"),
     ("participant", "P0"), ("participant", "P1"), ("document", "D1"), ("stance", "for")]
)  # fmt: skip
SIDES = st.lists(st.sampled_from(DIMENSIONS), min_size=1, max_size=2, unique=True).map(tuple)


def values_that_exist(study: Study) -> list[tuple[str, str]]:
    """Return filters on variables that some thing has."""
    return [
        (name, text if text is not None else str(int(number)))
        for name, text, number in study.connection.execute(
            "SELECT DISTINCT v.name, x.text, x.number FROM value x"
            " JOIN variable v ON v.id = x.variable_id ORDER BY 1, 2, 3"
        )
    ]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120
)
@given(
    plan=plans(), rows=SIDES, columns=SIDES, cells=st.sampled_from(CELL_KINDS),
    where=st.lists(WHERE, max_size=2), folded=st.booleans(), data=st.data(),
)  # fmt: skip
def test_every_cell_is_what_counting_by_hand_gives(
    shared_study: Study,
    plan: Plan,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    cells: CellKind,
    where: list[tuple[str, str]],
    folded: bool,
    data: st.DataObject,
) -> None:
    shared_study.clear()
    with shared_study.step():
        fill(shared_study, plan)
    existing = values_that_exist(shared_study)
    if existing:
        where = [*where, *data.draw(st.lists(st.sampled_from(existing), max_size=1))]
    spec = MatrixSpec(rows, columns, cells, where=tuple(where), folded=folded)
    matrix = answer(shared_study.connection, snapshots.load(shared_study.connection), spec)
    oracle = Oracle(shared_study, spec)
    for (at, row), (place, column) in product(enumerate(matrix.rows), enumerate(matrix.columns)):
        assert matrix.cells[at][place] == oracle.cell(row.names, column.names), (row, column)
        found = oracle.rows_in({rows: row.names})
        both = [one for one in found if oracle.line(one, columns) == column.names]
        order = {
            coding: (name, start, coding)
            for coding, name, start in oracle.ask(
                "SELECT coding.id, name, start FROM coding"
                " JOIN document ON document.id = document_id"
            )
        }
        expected = sorted({one["coding"] for one in both}, key=order.__getitem__)
        assert list(matrix.evidence[at][place]) == expected
    check_counts(oracle, matrix)


def check_counts(oracle: Oracle, matrix: Matrix) -> None:
    for side, dimensions in (
        (matrix.rows, matrix.spec.rows),
        (matrix.columns, matrix.spec.columns),
    ):
        shown = [heading.names for heading in side]
        assert len(set(shown)) == len(shown)
        assert {oracle.line(row, dimensions) for row in oracle.rows} <= set(shown)
        assert all(heading.missing == (heading.names == ()) for heading in side)
        assert all(not heading.missing for heading in side[:-1])
        for heading in side:
            found = [row for row in oracle.rows if oracle.line(row, dimensions) == heading.names]
            assert heading.n.segments == len({row["coding"] for row in found})
            for axis in ("document", "participant", "case"):
                assert getattr(heading.n, axis + "s") == oracle.distinct(found, axis)
    assert matrix.total.segments == len({row["coding"] for row in oracle.rows})


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120
)
@given(
    plan=plans(), rows=SIDES, columns=SIDES, cells=st.sampled_from(CELL_KINDS),
    where=st.lists(WHERE, max_size=1), percent=st.sampled_from(PERCENTS),
)  # fmt: skip
def test_totals_and_percentages_are_what_counting_by_hand_gives(
    shared_study: Study,
    plan: Plan,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    cells: CellKind,
    where: list[tuple[str, str]],
    percent: PercentOf,
) -> None:
    shared_study.clear()
    with shared_study.step():
        fill(shared_study, plan)
    taken = cells in (MATERIAL_KINDS if percent == "material" else PERCENT_KINDS)
    spec = MatrixSpec(
        rows, columns, cells, tuple(where), percent=percent if taken else None, totals=True
    )
    matrix = answer(shared_study.connection, snapshots.load(shared_study.connection), spec)
    oracle = Oracle(shared_study, spec)
    check_totals(oracle, matrix)
    if taken:
        check_percentages(oracle, matrix, percent)
    else:
        assert matrix.percentages is None


def check_totals(oracle: Oracle, matrix: Matrix) -> None:
    totals, spec = matrix.totals, matrix.spec
    assert totals is not None
    for at, row in enumerate(matrix.rows):
        found = [one for one in oracle.rows if oracle.line(one, spec.rows) == row.names]
        expected = oracle.measure(found, row.names)
        if spec.cells == "presence":
            expected = sum(bool(cell) for cell in matrix.cells[at])
        if matrix.columns and all(cell is None for cell in matrix.cells[at]):
            expected = None
        assert totals.rows[at] == expected
    whole = oracle.words_of(oracle.spans(oracle.material()))
    for at, column in enumerate(matrix.columns):
        found = [one for one in oracle.rows if oracle.line(one, spec.columns) == column.names]
        line = [row[at] for row in matrix.cells]
        if line and all(cell is None for cell in line):
            assert totals.columns[at] is None
        elif spec.cells == "presence":
            assert totals.columns[at] == sum(map(bool, line))
        elif spec.cells == "share":
            words = oracle.words_of(oracle.spans(found))
            assert totals.columns[at] == (min(words / whole, 1.0) if whole else None)
        else:
            assert totals.columns[at] == oracle.measure(found, ())
    if spec.cells not in ("presence", "share"):
        assert totals.all == oracle.measure(oracle.rows, ())


def check_percentages(oracle: Oracle, matrix: Matrix, percent: PercentOf) -> None:
    found, totals = matrix.percentages, matrix.totals
    assert found is not None
    assert totals is not None
    for (at, row), (place, column) in product(enumerate(matrix.rows), enumerate(matrix.columns)):
        base = {
            "row": lambda at=at: totals.rows[at],
            "column": lambda place=place: totals.columns[place],
            "total": lambda: totals.all,
            "material": lambda row=row, column=column: oracle.base(row.names, column.names),
        }[percent]()
        cell = matrix.cells[at][place]
        if cell is None:
            assert found.cells[at][place] is None
            continue
        assert found.bases[at][place] == base
        assert found.cells[at][place] == (cell / base if base else None)
    if percent in ("row", "total"):
        for share, count in zip(found.columns, totals.columns, strict=True):
            known = count is not None and bool(totals.all)
            assert share == (float(count or 0) / float(totals.all or 1) if known else None)
    if percent == "row":
        assert set(found.rows) <= {1.0, None}
