"""The matrix on one study that can be counted by eye."""

from typing import Any

import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.case_table import export_bundle
from qda.analysis.labels import band_labels, number_text, value_text
from qda.analysis.matrix import answer, build_matrix
from qda.app.translation import load_catalogue
from qda.model.errors import Ambiguous, NotAllowed, NotFound, UserError
from qda.model.ids import CodeId
from qda.model.matrix import Matrix, MatrixHeading, MatrixSpec
from tests.analysis.conftest import Study

TEXT = "Vi har tavlemøte hver mandag. Målekortet styrer alt. Folk kan sitt fag, sier de."


@pytest.fixture
def three_offices(study: Study) -> Study:
    """Ås has an interview, Bø one that is uncoded, Oslo nothing; one document has no office."""
    with study.step():
        ids = study.ids = {}
        for position, name in enumerate(("Ås", "Bø", "Oslo")):
            ids[name] = study.case(name, position)
        rutiner = ids["rutiner"] = study.code("rutiner", color="#228b4b")
        ids["tavle"] = study.code("tavle/møte", rutiner)
        ids["styring"] = study.code("styring", position=1)
        ids["tom"] = study.code("tom", position=2)
        ids["leder"] = study.participant("Leder")
        ids["veileder"] = study.participant("Veileder")
        for name, office in (("i1", "Ås"), ("i2", "Bø"), ("fylke", None)):
            ids[name] = study.document(name, TEXT)
            if office:
                study.link("document", ids[name], ids[office])
        study.turn(ids["i1"], 1, (0, 0, 29), ids["leder"])
        study.turn(ids["i1"], 2, (30, 30, 80), ids["veileder"])
        ids["bo"] = study.coder("Bo")
        ids["k1"] = study.coding(ids["i1"], rutiner, (0, 29), stance="for")
        ids["k2"] = study.coding(ids["i1"], ids["tavle"], (7, 16), ids["bo"])
        ids["k3"] = study.coding(ids["i1"], ids["styring"], (20, 52))
        ids["k4"] = study.coding(ids["fylke"], ids["styring"], (30, 52))
        staff = study.variable("case", "Ansatte", "number")
        for office, value in (("Ås", 112), ("Bø", 14), ("Oslo", 48)):
            study.value(staff, ids[office], value)
        plans = study.variable("case", "planer", "number", periodic=True)
        study.value(plans, ids["Ås"], 63.5, "2012-03")
        study.value(plans, ids["Ås"], 74.5, "2012-11")
        study.value(plans, ids["Oslo"], 80, "2011-01")
        role = study.variable("participant", "rolle")
        study.value(role, ids["leder"], "leder")
        study.value(role, ids["veileder"], "veileder")
        study.value(study.variable("case", "nivå"), ids["Ås"], "kontor")
        study.value(study.variable("participant", "nivå"), ids["leder"], "topp")
    return study


def ask(study: Study, **question: Any) -> Matrix:  # noqa: ANN401 - any part of a spec
    return answer(study.connection, snapshots.load(study.connection), MatrixSpec(**question))


def labels(headings: tuple[MatrixHeading, ...]) -> list[str]:
    return [heading.label for heading in headings]


def test_empty_is_not_zero_and_nothing_is_lost_in_silence(three_offices: Study) -> None:
    matrix = ask(three_offices)
    assert labels(matrix.rows) == ["Ås", "Bø", "Oslo", ""]
    assert labels(matrix.columns) == ["rutiner", "styring", "tom"]
    assert matrix.cells == ((2, 1, 0), (0, 0, 0), (None, None, None), (0, 1, 0))
    assert matrix.rows[3].missing
    assert matrix.columns[0].color == "#228b4b"
    assert matrix.total.segments == 4
    assert [str(note) for note in matrix.notes] == [
        "The codings of 2 coders are counted together; filter to count one.",
        "Subcodes are counted in with the code above them (1 segment).",
        "1 segment belongs to no case and stands last.",
    ]


def test_a_column_that_nothing_could_fill_is_empty_too(three_offices: Study) -> None:
    matrix = ask(three_offices, rows=("code",), columns=("case",))
    assert matrix.cells[0] == (2, 0, None, 0)


def test_unfolded_codes_stand_by_path_with_their_own_segments_only(three_offices: Study) -> None:
    matrix = ask(three_offices, folded=False)
    assert labels(matrix.columns) == ["rutiner", "rutiner/tavle\\/møte", "styring", "tom"]
    assert matrix.cells[0] == (1, 1, 1, 0)


def test_chosen_codes_become_the_columns(three_offices: Study) -> None:
    chosen = frozenset({CodeId(three_offices.ids["tavle"])})
    matrix = ask(three_offices, codes=chosen)
    assert labels(matrix.columns) == ["rutiner/tavle\\/møte"]
    assert matrix.total.segments == 1
    with pytest.raises(NotFound):
        ask(three_offices, codes=frozenset({CodeId(99)}))


def test_words_are_those_of_the_union_and_share_is_of_what_the_row_said(
    three_offices: Study,
) -> None:
    words = ask(three_offices, cells="words")
    assert words.cells[0] == (5, 5, 0)
    share = ask(three_offices, cells="share")
    assert share.cells[0] == (5 / 14, 5 / 14, 0.0)
    assert share.cells[2] == (None, None, None)
    spoken = ask(three_offices, rows=("participant",), cells="share")
    assert labels(spoken.rows) == ["Leder", "Veileder", ""]
    assert spoken.cells[:2] == ((1.0, 1.0, 0.0), (0.0, 5 / 9, 0.0))


def test_a_share_never_passes_one(three_offices: Study) -> None:
    with three_offices.step():
        ids = three_offices.ids
        three_offices.link(
            "coding", three_offices.coding(ids["i1"], ids["tom"], (0, 80)), ids["Bø"]
        )
        three_offices.remove("document", [ids["i2"]])
        short = three_offices.document("kort", "Ja da.")
        three_offices.link("document", short, ids["Bø"])
    matrix = ask(three_offices, cells="share")
    assert matrix.cells[1] == (0.0, 0.0, 1.0)
    assert any("share is set to 1" in str(note) for note in matrix.notes)


def test_bands_stand_in_order_and_all_of_them(three_offices: Study) -> None:
    matrix = ask(three_offices, rows=("ansatte",), bands={"ANSATTE": (70, 15, 200)})
    assert labels(matrix.rows)[:4] == ["< 15", "15–69", "70–199", "≥ 200"]
    assert [row[0] for row in matrix.cells[:4]] == [0, None, 2, None]
    assert labels(ask(three_offices, rows=("ansatte",)).rows)[:3] == ["14", "48", "112"]
    with pytest.raises(NotAllowed):
        ask(three_offices, rows=("rolle",), bands={"rolle": (1,)})


@pytest.mark.parametrize(
    ("points", "whole", "expected"),
    [
        ((15, 70), True, ("< 15", "15–69", "≥ 70")),
        ((15, 16), True, ("< 15", "15", "≥ 16")),
        ((2.5, 10), False, ("< 2,5", "2,5–<10", "≥ 10")),
        ((20,), False, ("< 20", "≥ 20")),
    ],
)
def test_names_of_bands(points: tuple[float, ...], whole: bool, expected: tuple[str, ...]) -> None:
    assert band_labels(points, "nb", whole=whole) == expected


def test_numbers_and_truths_follow_the_language() -> None:
    assert number_text(74.5, "nb") == "74,5"
    assert number_text(74.5, "en") == "74.5"
    assert number_text(-0.0, "nb") == "0"
    assert number_text(float("inf"), "en") == "inf"
    assert (value_text(value=True, language="nn"), value_text(False, "en")) == ("ja", "no")


def test_rows_in_the_order_of_an_indicator_by_its_latest_period(three_offices: Study) -> None:
    matrix = ask(three_offices, sort_by="planer", descending=True)
    assert labels(matrix.rows) == ["Oslo", "Ås", "Bø", ""]
    assert [row.sort_value for row in matrix.rows] == [80, 74.5, None, None]
    assert matrix.cells[1][0] == 2
    assert [str(note) for note in matrix.notes][-1] == "Of planer the latest period counts."
    assert labels(ask(three_offices, sort_by="Planer").rows) == ["Ås", "Oslo", "Bø", ""]
    with pytest.raises(NotAllowed):
        ask(three_offices, sort_by="rolle")


def test_nested_rows_keep_the_outer_order_when_sorted(three_offices: Study) -> None:
    matrix = ask(three_offices, rows=("case", "rolle"), sort_by="rolle", descending=True)
    assert labels(matrix.rows) == ["Ås · veileder", "Ås · leder", ""]
    by_case = ask(three_offices, rows=("rolle", "case"), sort_by="case", descending=True)
    assert labels(by_case.rows) == ["leder · Ås", "veileder · Ås", ""]


def test_filters_on_one_name_widen_and_on_several_names_narrow(three_offices: Study) -> None:
    either = ask(three_offices, where=(("rolle", "leder"), ("participant:ROLLE", "veileder")))
    assert either.total.segments == 3
    both = ask(three_offices, where=(("rolle", "leder"), ("coder", "bo")))
    assert (both.total.segments, both.evidence[0][0]) == (1, (three_offices.ids["k2"],))
    assert ask(three_offices, where=(("code", "rutiner"),)).total.segments == 2
    assert ask(three_offices, where=(("case", ""),)).total.segments == 1
    assert ask(three_offices, where=(("stance", "mot"),)).total.segments == 0
    assert ask(three_offices, where=(("ansatte", "112,0"),)).total.segments == 3
    assert labels(ask(three_offices, where=(("case", "Ås"),)).rows) == ["Ås"]
    notes = [str(note) for note in ask(three_offices, where=(("rolle", "leder"),)).notes]
    assert notes[0] == "Only segments with rolle: leder."


def test_notes_say_dimensions_and_stances_in_the_language_of_the_reader(
    three_offices: Study,
) -> None:
    nb = load_catalogue("nb")
    by_stance = ask(
        three_offices,
        rows=("stance", "case"),
        where=(("coder", "bo"), ("participant:rolle", "leder")),
    )
    said = " ".join(note.say(nb) for note in by_stance.notes)
    assert "Bare segmenter med koder: bo." in said
    assert "Bare segmenter med rolle: leder." in said
    assert "verdi for holdning · kontor" in said
    opposed = ask(three_offices, where=(("stance", "Mot"), ("stance", "")))
    assert str(opposed.notes[0]) == "Only segments with stance: against, –."
    assert opposed.notes[0].say(nb) == "Bare segmenter med holdning: mot, –."


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("rolle=sjef", NotFound),
        ("case=Moss", NotFound),
        ("code=rutine", NotFound),
        ("fylke=Oslo", NotFound),
        ("nivå=topp", Ambiguous),
    ],
)
def test_what_is_not_there_is_said_with_what_there_is(
    three_offices: Study, where: str, error: type[UserError]
) -> None:
    name, _, value = where.partition("=")
    with pytest.raises(error) as raised:
        ask(three_offices, where=((name, value),))
    assert value in str(raised.value) or name in str(raised.value)


def test_a_name_of_several_subjects_says_whose_it_is(three_offices: Study) -> None:
    with pytest.raises(Ambiguous, match="case:nivå, participant:nivå"):
        ask(three_offices, rows=("nivå",))
    assert labels(ask(three_offices, rows=("participant:nivå",)).rows) == ["topp", ""]
    assert labels(ask(three_offices, rows=("case : Nivå",)).rows) == ["kontor", ""]


def test_codes_of_one_name_are_told_apart_by_path(three_offices: Study) -> None:
    with three_offices.step():
        three_offices.code("tom", three_offices.ids["styring"])
        three_offices.code("bare", three_offices.ids["tom"])
    assert ask(three_offices, where=(("code", "styring/TOM"),)).total.segments == 0
    assert labels(ask(three_offices, where=(("code", "bare"),), folded=False).columns) == [
        "tom/bare"
    ]
    guid = three_offices.connection.execute("SELECT guid FROM code WHERE name = 'bare'").fetchone()[
        0
    ]
    assert ask(three_offices, where=(("code", guid),)).total.segments == 0
    with three_offices.step():
        three_offices.code("bare", three_offices.ids["styring"])
    with pytest.raises(Ambiguous):
        ask(three_offices, where=(("code", "bare"),))


def test_notes_count_what_they_state(three_offices: Study) -> None:
    ids = three_offices.ids
    with three_offices.step():
        three_offices.link("coding", ids["k1"], ids["Ås"])
        three_offices.link("coding", ids["k1"], ids["Bø"])
        three_offices.coding(ids["i1"], ids["styring"], (40, 52))
    matrix = ask(three_offices, rows=("case", "participant"))
    said = " ".join(str(note) for note in matrix.notes)
    assert "counted in each of them (1 segment)" in said
    assert "counted for each of them (1 segment)" in said
    assert "one by one (1 overlaps an earlier one)" in said


def test_rows_and_columns_must_be_said(three_offices: Study) -> None:
    with pytest.raises(NotAllowed):
        ask(three_offices, rows=())


def test_a_table_beyond_measure_is_refused(
    three_offices: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qda.analysis.matrix.MAX_CELLS", 5)
    with pytest.raises(NotAllowed, match="12 cells"):
        ask(three_offices)


def test_an_empty_project_has_an_empty_table(study: Study) -> None:
    matrix = build_matrix(snapshots.load(study.connection), MatrixSpec(cells="share"))
    assert (matrix.rows, matrix.columns, matrix.cells, matrix.total.segments) == ((), (), (), 0)


def test_what_is_filtered_by_its_guid_is_told_by_its_name(three_offices: Study) -> None:
    snapshot = snapshots.load(three_offices.connection)
    guids = {
        one.name: str(one.guid) for one in (*snapshot.entities.coders, *snapshot.entities.cases)
    }
    where = (("coder", guids["Bo"]), ("case", guids["Ås"]), ("rolle", "leder"))
    matrix = ask(three_offices, where=where)
    said = [str(one) for one in matrix.notes]
    assert "Only segments with coder: Bo." in said
    assert "Only segments with case: Ås." in said
    assert "Only segments with rolle: leder." in said
    names = export_bundle(three_offices.connection, snapshot, matrix).names
    assert [names[value] for _name, value in where] == ["Bo", "Ås", "leder"]
