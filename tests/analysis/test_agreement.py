"""Agreement on projects: every unit against counting by hand, and studies that can be seen."""

from collections import defaultdict
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis import snapshot as snapshots
from qda.analysis.agreement import agreement, comparable, disagreements, find_coders
from qda.analysis.agreement_measures import drawn_sums, measured
from qda.model.agreement import (
    AGREEMENT_UNITS,
    Agreement,
    AgreementReport,
    AgreementSpec,
    AgreementUnit,
    Disagreement,
)
from qda.model.errors import Ambiguous, NotAllowed, NotFound
from qda.model.ids import CodeId, CoderId, DocumentId
from tests.analysis.conftest import Study

TEXT = "Vi har tavlemøte hver mandag, men ikke nå. 😀"
LENGTH = len(TEXT)
BOTH = (CoderId(1), CoderId(2))


def load(study: Study) -> snapshots.Snapshot:
    return snapshots.load(study.connection)


def compare(study: Study, **question: Any) -> AgreementReport:  # noqa: ANN401 - parts of a spec
    return agreement(load(study), AgreementSpec(**{"coders": BOTH, **question}))


def differences(study: Study, **question: Any) -> tuple[Disagreement, ...]:  # noqa: ANN401
    return disagreements(load(study), AgreementSpec(**{"coders": BOTH, **question}))


def tables(report: AgreementReport) -> dict[str, Any]:
    return {one.path: one.agreement.table for one in report.codes}


def notes(report: AgreementReport) -> str:
    return " ".join(str(note) for note in report.notes)


# ------------------------------------------------------------------------------ by hand
@pytest.fixture
def thousand(study: Study) -> Study:
    """One text of 1,000 characters: Ane codes 0-100 and Bo 50-200."""
    with study.step():
        study.coder("Bo")
        study.ids["d"] = study.document("D", "x" * 1000)
        study.ids["x"] = study.code("x")
        study.code("aldri", position=1)
        study.coding(study.ids["d"], study.ids["x"], (0, 100))
        study.coding(study.ids["d"], study.ids["x"], (50, 200), 2)
    return study


def test_kappa_that_a_peer_gets_wrong(thousand: Study) -> None:
    report = compare(thousand)
    assert tables(report) == {"x": ((50, 50), (100, 800)), "aldri": ((0, 0), (0, 1000))}
    assert round(report.codes[0].agreement.kappa or 0, 4) == 0.3182
    assert report.codes[0].agreement.percent == 0.85
    # A code that neither used says nothing and is not part of all together.
    assert (report.codes[1].agreement.kappa, report.codes[1].agreement.alpha) == (None, None)
    assert report.overall.table == ((50, 50), (100, 800))
    assert report.coders == ("Ane", "Bo")
    assert compare(thousand, coders=(BOTH[1], BOTH[0])).overall.table == ((50, 100), (50, 800))


def test_the_disagreements_behind_it(thousand: Study) -> None:
    found = differences(thousand)
    assert [(one.start, one.end, one.coder, one.codings) for one in found] == [
        (0, 50, 1, (1,)),
        (100, 200, 2, (2,)),
    ]


def test_total_disagreement_is_minus_one(thousand: Study) -> None:
    with thousand.step():
        thousand.remove("coding", (1, 2))
        thousand.coding(thousand.ids["d"], thousand.ids["x"], (0, 500))
        thousand.coding(thousand.ids["d"], thousand.ids["x"], (500, 1000), 2)
    assert compare(thousand).overall.kappa == -1.0


def test_a_document_that_only_one_has_coded_is_left_out(thousand: Study) -> None:
    with thousand.step():
        other = thousand.document("E", TEXT)
        thousand.coding(other, thousand.ids["x"], (0, 10))
    assert compare(thousand).overall.n == 1000
    assert "(1 document)" in notes(compare(thousand))
    none = compare(thousand, documents=frozenset({DocumentId(other)}))
    assert (none.overall.n, none.overall.percent, none.overall.kappa) == (0, None, None)
    assert notes(none) == "There is no document that both have coded."
    assert differences(thousand, documents=frozenset({DocumentId(other)})) == ()


@pytest.mark.parametrize("unit", AGREEMENT_UNITS)
def test_an_empty_project_and_one_without_codes(study: Study, unit: AgreementUnit) -> None:
    with study.step():
        study.coder("Bo")
    assert compare(study, unit=unit).overall.percent is None
    assert differences(study, unit=unit) == ()


def test_segments_that_share_half_of_the_longer_are_one(thousand: Study) -> None:
    with thousand.step():
        d, x = thousand.ids["d"], thousand.ids["x"]
        thousand.coding(d, x, (300, 400))
        thousand.coding(d, x, (350, 400), 2)
        thousand.coding(d, x, (500, 600))
    # 0-100 and 50-200 share 50 of 150; 300-400 and 350-400 share half.
    assert tables(compare(thousand, unit="segment"))["x"] == ((1, 2), (1, 0))
    assert tables(compare(thousand, unit="segment", threshold=0.3))["x"] == ((2, 1), (0, 0))
    strict = compare(thousand, unit="segment", threshold=0.51)
    assert tables(strict)["x"] == ((0, 3), (2, 0))
    assert "share 51 % of the longer" in notes(strict)
    found = differences(thousand, unit="segment")
    assert [(one.start, one.end, one.coder) for one in found] == [
        (0, 100, 1), (50, 200, 2), (500, 600, 1),
    ]  # fmt: skip


def test_a_segment_that_matches_only_the_second_of_a_unit_is_behind_it(study: Study) -> None:
    with study.step():
        study.coder("Bo")
        d = study.document("D", TEXT)
        x, y = study.code("x"), study.code("y", position=1)
        study.coding(d, x, (0, 1), 2)
        study.coding(d, x, (0, 2))
        last = study.coding(d, y, (1, 2))
    found = differences(study, unit="segment", threshold=0.25, folded=False)
    # The unit of 0-1 and 0-2 reaches to 2, where the segment of y lies that matches its second.
    behind = [(one.start, one.end, one.code, one.codings) for one in found]
    assert (0, 2, y, (last,)) in behind
    assert all(codings for *_, codings in behind)


def test_other_codes_segments_are_where_neither_used_a_code(thousand: Study) -> None:
    with thousand.step():
        d = thousand.ids["d"]
        y = thousand.code("y", position=2)
        for coder in (1, 2):
            thousand.coding(d, y, (700, 800), coder)
            thousand.coding(d, thousand.ids["x"], (700, 790), coder)
    report = compare(thousand, unit="segment")
    # The segments at 700 match one another, so both codes stand on each of the two.
    assert tables(report) == {
        "x": ((2, 1), (1, 0)), "aldri": ((0, 0), (0, 4)), "y": ((2, 0), (0, 2)),
    }  # fmt: skip


def test_turns_and_documents_without_any(study: Study) -> None:
    with study.step():
        study.coder("Bo")
        d, e = study.document("D", TEXT), study.document("E", TEXT + " ")
        x = study.code("x")
        study.turn(d, 1, (2, 4, 10), None, interviewer=True)
        study.turn(d, 2, (10, 12, 20), None)
        study.coding(d, x, (5, 12))
        study.coding(d, x, (11, 13), 2)
        study.coding(d, x, (0, 2), 2)
        study.coding(e, x, (0, 2))
        study.coding(e, x, (9, 10), 2)
    report = compare(study, unit="turn")
    assert tables(report) == {"x": ((2, 1), (0, 0))}
    assert "1 segment outside every turn is left out." in notes(report)
    found = differences(study, unit="turn")
    assert [(one.document, one.start, one.end, one.coder) for one in found] == [(d, 2, 10, 1)]


def test_subcodes_count_as_their_parent_unless_unfolded(study: Study) -> None:
    with study.step():
        study.coder("Bo")
        d = study.document("D", TEXT)
        x = study.code("x")
        one, other = study.code("en", x), study.code("to", x, 1)
        study.coding(d, one, (0, 10))
        study.coding(d, other, (0, 10), 2)
    folded, unfolded = compare(study), compare(study, folded=False)
    assert tables(folded)["x"] == ((10, 0), (0, LENGTH - 10))
    assert tables(unfolded)["x"] == ((0, 0), (0, LENGTH))
    assert tables(folded)["x/en"] == tables(unfolded)["x/en"] == ((0, 10), (0, LENGTH - 10))
    # Folded, all together are the top codes: nothing is counted twice.
    assert folded.overall.table == ((10, 0), (0, LENGTH - 10))
    assert unfolded.overall.table == ((0, 10), (10, 2 * (LENGTH - 10)))
    assert "A code has the segments of its subcodes too." in notes(folded)
    chosen = compare(study, codes=frozenset({CodeId(other)}))
    assert tables(chosen) == {"x/to": ((0, 0), (10, LENGTH - 10))}
    assert chosen.overall.table == ((0, 0), (10, LENGTH - 10))


def test_by_document_and_by_case(study: Study) -> None:
    with study.step():
        study.coder("Bo")
        office, other = study.case("Ås"), study.case("Bø", 1)
        study.case("Uten", 2)
        x = study.code("x")
        for name, end in (("D", 10), ("E", 20)):
            document = study.document(name, TEXT)
            study.link("document", document, office)
            study.coding(document, x, (0, 10))
            study.coding(document, x, (0, end), 2)
        study.link("document", document, other)
    report = compare(study)
    assert [(one.name, one.agreement.table) for one in report.documents] == [
        ("D", ((10, 0), (0, LENGTH - 10))),
        ("E", ((10, 0), (10, LENGTH - 20))),
    ]
    assert [(one.name, one.agreement.n) for one in report.cases] == [
        ("Ås", 2 * LENGTH), ("Bø", LENGTH),
    ]  # fmt: skip


def test_intervals_come_from_whole_documents_where_there_are_enough(study: Study) -> None:
    with study.step():
        study.coder("Bo")
        office, other = study.case("Ås"), study.case("Bø", 1)
        x = study.code("x")
        for number in range(6):
            document = study.document(f"D{number}", TEXT)
            study.link("document", document, office if number else other)
            study.coding(document, x, (0, 10 + number))
            study.coding(document, x, (number, 12), 2)
    report = compare(study)
    tables = np.array([flat(one.agreement) for one in report.documents])
    drawn = measured(report.overall.table, drawn=drawn_sums(tables))
    assert report.overall == drawn == report.codes[0].agreement
    assert "drawing whole documents" in notes(report)
    first, second = report.cases
    assert first.agreement == measured(first.agreement.table, drawn=drawn_sums(tables[1:]))
    # One document alone is no sample of any.
    assert second.agreement == measured(second.agreement.table)
    assert second.agreement.kappa_interval is not None
    by_turn = compare(study, unit="turn")
    assert by_turn.overall == measured(by_turn.overall.table)
    few = compare(study, documents=frozenset(one.id for one in report.documents[:4]))
    assert few.overall == measured(few.overall.table)
    assert "too narrow" in notes(few)


def test_coders_are_found_by_name_and_guid(study: Study) -> None:
    with study.step():
        for name in ("Bo", "bo", "Nes, Kari", "Nes", "Kari, Bo"):
            study.coder(name)
    entities = load(study).entities
    ids = {coder.name: coder.id for coder in entities.coders}
    guids = {coder.name: coder.guid for coder in entities.coders}
    assert find_coders(entities, "ane, Bo") == (ids["Ane"], ids["Bo"])
    assert find_coders(entities, "Ane,bo") == (ids["Ane"], ids["bo"])
    assert find_coders(entities, f"{guids['Bo'].upper()},Ane") == (ids["Bo"], ids["Ane"])
    assert find_coders(entities, "Nes, Kari, Ane") == (ids["Nes, Kari"], ids["Ane"])
    for text in ("Ane", "", ",", "Ane,BO", "Ane,Ukjent", "Ane,Bo,Nes"):
        with pytest.raises(NotFound):
            find_coders(entities, text)
    with pytest.raises(Ambiguous):
        find_coders(entities, "Nes, Kari, Bo")
    with pytest.raises(NotAllowed):
        find_coders(entities, "Ane,Ane")


@pytest.mark.parametrize("threshold", [0, -1, 1.01, float("nan")])
def test_a_threshold_that_is_none(thousand: Study, threshold: float) -> None:
    with pytest.raises(NotAllowed):
        compare(thousand, threshold=threshold)


def test_what_is_gone(thousand: Study) -> None:
    with pytest.raises(NotFound):
        compare(thousand, coders=(CoderId(1), CoderId(99)))
    with pytest.raises(NotFound):
        compare(thousand, codes=frozenset({CodeId(99)}))
    with pytest.raises(NotAllowed):
        compare(thousand, coders=(CoderId(1), CoderId(1)))


# ----------------------------------------------------------------------- the slow oracle
Span = tuple[int, int]
Segment = tuple[int, int, int, int, int]
"""Document, code, start, end, coder."""


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, LENGTH - 1))
    return start, draw(st.integers(start + 1, min(LENGTH, start + 15)))


@st.composite
def plans(draw: st.DrawFn) -> dict[str, list[Any]]:
    small = st.integers(0, 2)
    return {
        "codings": draw(
            st.lists(st.tuples(small, st.integers(0, 3), spans(), st.integers(1, 3)), max_size=16)
        ),
        "turns": draw(st.lists(st.tuples(small, spans()), max_size=6)),
    }


class Oracle:
    """Ask of every unit what each coder gave it."""

    def __init__(self, study: Study, plan: dict[str, list[Any]], spec: AgreementSpec) -> None:
        self.study, self.spec = study, spec
        study.clear()
        with study.step():
            study.coder("Bo")
            study.coder("Cato")
            self.documents = [study.document(f"D{n}", TEXT) for n in range(3)]
            x = study.code("x")
            self.codes = [x, study.code("y", x), study.code("z", position=1)]
            self.codes.append(study.code("w", self.codes[1]))
            self.parent = {self.codes[1]: x, self.codes[3]: self.codes[1]}
            self.turns: list[tuple[int, int, int]] = []
            for number, (at, (start, end)) in enumerate(plan["turns"], 1):
                if end - start > 1:
                    study.turn(self.documents[at], number, (start, start + 1, end), None)
                    self.turns.append((self.documents[at], start, end))
            self.numbers: list[tuple[Segment, int]] = []
            for at, code, (start, end), coder in plan["codings"]:
                segment = (self.documents[at], self.codes[code], start, end, coder)
                made = study.coding(self.documents[at], self.codes[code], (start, end), coder)
                self.numbers.append((segment, made))
            self.segments = [segment for segment, _ in self.numbers]
        coded = [{one[0] for one in self.segments if one[4] == coder} for coder in (1, 2)]
        self.shared = coded[0] & coded[1]
        self.segments = [one for one in self.segments if one[0] in self.shared and one[4] < 3]

    def counts_as(self, code: int) -> set[int]:
        """Return the code and, folded, those above it."""
        found = {code}
        while self.spec.folded and code in self.parent:
            code = self.parent[code]
            found.add(code)
        return found

    def behind(self, found: Disagreement) -> set[int]:
        """Return the coder's segments of the code that touch the place."""
        return {
            number
            for (where, used, start, end, who), number in self.numbers
            if (where, who) == (found.document, found.coder)
            and found.code in self.counts_as(used)
            and start < found.end
            and found.start < end
        }

    def units(self) -> list[tuple[int, tuple[Span, ...]]]:
        """Return the units: document and the spans it stands for."""
        if self.spec.unit == "document":
            return [(document, ((0, LENGTH),)) for document in sorted(self.shared)]
        if self.spec.unit == "character":
            return [
                (document, ((at, at + 1),))
                for document, at in product(sorted(self.shared), range(LENGTH))
            ]
        if self.spec.unit == "turn":
            found: list[tuple[int, tuple[Span, ...]]] = []
            for document in sorted(self.shared):
                own = [(start, end) for where, start, end in self.turns if where == document]
                found += [(document, (span,)) for span in own or [(0, LENGTH)]]
            return found
        return self.segment_units()

    def same(self, one: Span, other: Span) -> bool:
        shared = min(one[1], other[1]) - max(one[0], other[0])
        longer = max(one[1] - one[0], other[1] - other[0])
        return shared > 0 and shared >= self.spec.threshold * longer

    def segment_units(self) -> list[tuple[int, tuple[Span, ...]]]:
        found: list[tuple[int, tuple[Span, ...]]] = []
        for document in sorted(self.shared):
            mine, theirs = (
                {(one[2], one[3]) for one in self.segments if one[0] == document and one[4] == who}
                for who in (1, 2)
            )
            found += [(document, (span,)) for span in mine & theirs]
            mine, theirs = mine - theirs, theirs - mine

            def alike(pair: tuple[Span, Span]) -> Any:  # noqa: ANN401 - a sort key
                (a, b), (c, d) = pair
                shared = (min(b, d) - max(a, c)) / max(b - a, d - c)
                return (-shared, *sorted(pair))

            for one, other in sorted(
                (pair for pair in product(mine, theirs) if self.same(*pair)), key=alike
            ):
                if one in mine and other in theirs:
                    mine.remove(one)
                    theirs.remove(other)
                    found.append((document, (one, other)))
            found += [(document, (span,)) for span in mine | theirs]
        return found

    def gives(self, unit: tuple[int, tuple[Span, ...]], code: int, coder: int) -> bool:
        document, places = unit
        for where, used, start, end, who in self.segments:
            if (where, who) != (document, coder) or code not in self.counts_as(used):
                continue
            for low, high in places:
                if self.spec.unit == "segment":
                    if self.same((start, end), (low, high)):
                        return True
                elif start < high and low < end:
                    return True
        return False

    def tables(self) -> dict[tuple[int, int], list[int]]:
        """Return both, first, second and neither by document and code."""
        found: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for unit, code in product(self.units(), self.codes):
            one, other = (self.gives(unit, code, coder) for coder in (1, 2))
            found[unit[0], code][(0 if other else 1) if one else (2 if other else 3)] += 1
        return found


def flat(found: Agreement) -> list[int]:
    return [*found.table[0], *found.table[1]]


def total(tables: dict[tuple[int, int], list[int]], documents: set[int], codes: Any) -> list[int]:  # noqa: ANN401
    rows = [tables[document, code] for document in documents for code in codes]
    return [sum(row[at] for row in rows) for at in range(4)]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150
)
@given(
    plan=plans(), unit=st.sampled_from(AGREEMENT_UNITS), folded=st.booleans(),
    threshold=st.sampled_from([0.25, 0.5, 0.75, 1.0]),
)  # fmt: skip
def test_every_table_is_what_counting_by_hand_gives(
    shared_study: Study,
    plan: dict[str, list[Any]],
    unit: AgreementUnit,
    folded: bool,
    threshold: float,
) -> None:
    spec = AgreementSpec(BOTH, unit, folded, threshold=threshold)
    oracle = Oracle(shared_study, plan, spec)
    report = agreement(load(shared_study), spec)
    expected = oracle.tables()
    for one in report.codes:
        assert flat(one.agreement) == total(expected, oracle.shared, [one.code]), one.path
    tops = [code for code in oracle.codes if not folded or code not in oracle.parent]
    used = [code for code in tops if any(total(expected, oracle.shared, [code])[:3])]
    assert flat(report.overall) == total(expected, oracle.shared, used)
    assert {one.id for one in report.documents} == oracle.shared
    for one in report.documents:
        assert flat(one.agreement) == total(expected, {int(one.id)}, used)
    check_disagreements(oracle, report, disagreements(load(shared_study), spec))


def check_disagreements(
    oracle: Oracle, report: AgreementReport, found: tuple[Disagreement, ...]
) -> None:
    reaches = {
        (document, (min(low for low, _ in places), max(high for _, high in places)))
        for document, places in oracle.units()
    }
    by_character = oracle.spec.unit == "character"
    for one in report.codes:
        (_, only_first), (only_second, _) = one.agreement.table
        for coder, expected in ((1, only_first), (2, only_second)):
            mine = [each for each in found if (each.code, each.coder) == (one.code, coder)]
            sizes = [each.end - each.start if by_character else 1 for each in mine]
            assert sum(sizes) == expected
            assert all(each.codings for each in mine)
    for each in found:
        assert each.start < each.end
        assert oracle.behind(each) == set(each.codings)
        assert len(set(each.codings)) == len(each.codings)
        if by_character:
            for at in range(each.start, each.end):
                unit = (int(each.document), ((at, at + 1),))
                assert oracle.gives(unit, each.code, each.coder)
                assert not oracle.gives(unit, each.code, 3 - each.coder)
        else:
            assert (int(each.document), (each.start, each.end)) in reaches


def test_those_who_read_the_same_documents_can_be_compared_most_first(study: Study) -> None:
    with study.step():
        study.coder("Bo")
        study.coder("Eva")
        study.coder("Kim")
        code = study.code("x")
        for at, readers in enumerate(((1, 2), (2, 3), (2, 3), (4,))):
            document = study.document(f"D{at}", f"tekst {at}")
            for coder in readers:
                study.coding(document, code, (0, 3), coder)
    assert comparable(load(study)) == ((2, 3), (1, 2))
