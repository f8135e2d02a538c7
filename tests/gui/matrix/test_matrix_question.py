"""What is asked of the matrix: written down, read back, changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.gui.models.question import Filter, Question, read_question
from qda.gui.number_lists import read_points
from qda.model.matrix import CELL_KINDS

NAMES = st.text(min_size=1, max_size=12)
POINTS = st.floats(allow_nan=False, allow_infinity=False)
QUESTIONS = st.builds(
    Question,
    rows=st.lists(NAMES, min_size=1, max_size=2).map(tuple),
    columns=st.lists(NAMES, min_size=1, max_size=2).map(tuple),
    cells=st.sampled_from(CELL_KINDS),
    filters=st.lists(st.builds(Filter, NAMES, st.text(max_size=12), st.booleans())).map(tuple),
    sort_by=st.text(max_size=8),
    descending=st.booleans(),
    bands=st.dictionaries(NAMES, st.lists(POINTS, min_size=1).map(tuple)),
    folded=st.booleans(),
)


@given(QUESTIONS)
def test_a_question_is_read_back_as_it_was_written(question: Question) -> None:
    assert read_question(question.to_text()) == question


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "3", "{}",
        '{"rows": [], "columns": ["code"]}',
        Question().to_text().replace("segments", "elephants"),
        Question().to_text().replace('["case"]', '"case"'),
        Question().to_text().replace('"filters": []', '"filters": [["a"]]'),
        Question().to_text().replace('"bands": {}', '"bands": {"a": ["x"]}'),
    ],
)  # fmt: skip
def test_settings_that_are_no_question_count_for_nothing(text: str) -> None:
    assert read_question(text) is None


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("", ()),
        ("15", (15.0,)),
        ("15, 70", (15.0, 70.0)),
        ("15,70", (15.0, 70.0)),
        ("70 15", (15.0, 70.0)),
        ("15; 70; 15", (15.0, 70.0)),
        ("0,5; 0,75", (0.5, 0.75)),
        ("0,5, 0,75", (0.5, 0.75)),
        ("0.5 0.75", (0.5, 0.75)),
        ("\u22125 5", (-5.0, 5.0)),
        ("femten", None),
        ("15 til 70", None),
        ("nan", None),
        ("1e999", None),
    ],
)
def test_cut_points_are_read_as_people_write_them(
    text: str, points: tuple[float, ...] | None
) -> None:
    assert read_points(text) == points


@given(st.text(max_size=30))
def test_whatever_is_written_for_cut_points_is_numbers_or_nothing(text: str) -> None:
    points = read_points(text)
    assert points is None or list(points) == sorted(set(points))


def test_a_filter_and_its_opposite_do_not_stand_together() -> None:
    only, out = Filter("rolle", "leder"), Filter("rolle", "leder", without=True)
    question = Question().with_filter(only).with_filter(out)
    assert question.filters == (out,)
    assert question.without_filter(out).filters == ()


def test_an_order_of_the_rows_goes_with_the_rows() -> None:
    question = Question(sort_by="ansatte")
    assert question.with_side("columns", ("stance",)).sort_by == "ansatte"
    assert question.with_side("rows", ("case",)).sort_by == "ansatte"
    assert question.with_side("rows", ("document",)).sort_by == ""


def test_bands_are_set_and_taken_away() -> None:
    question = Question().with_bands("ansatte", (15.0, 70.0)).with_bands("andel", (0.5,))
    assert question.bands == {"ansatte": (15.0, 70.0), "andel": (0.5,)}
    assert question.with_bands("ansatte", ()).bands == {"andel": (0.5,)}
