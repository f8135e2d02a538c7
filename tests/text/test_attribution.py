"""Attributions by a template: what is missing goes with the words and marks that belong to it."""

import pytest

from qda.model.errors import NotAllowed
from qda.text.attribution import read_template

LEADER = {"role": "leder", "employer": "stat", "age": "50"}


@pytest.mark.parametrize(
    ("template", "values", "said"),
    [
        ("({role}, {employer})", LEADER, "(leder, stat)"),
        ("({role}, {employer})", {"role": "leder"}, "(leder)"),
        ("({role}, {employer})", {"employer": "stat"}, "(stat)"),
        ("({role}, {employer})", {}, ""),
        ("{role} ({employer})", {"role": "leder"}, "leder"),
        ("{role} ({employer})", {"employer": "stat"}, "(stat)"),
        ("– {role}, {age} år, {employer}", LEADER, "– leder, 50 år, stat"),
        ("– {role}, {age} år, {employer}", {"role": "leder", "employer": "stat"}, "– leder, stat"),
        ("– {role}, {age} år, {employer}", {"age": "50"}, "– 50 år"),
        ("({role}, ansatt i {employer})", {"employer": "stat"}, "(ansatt i stat)"),
        ("(ansatt i {employer}, {role})", {"role": "leder"}, "(leder)"),
        ("[{role}; {employer}]", {"role": "  ", "employer": "stat"}, "[stat]"),
        ("", LEADER, ""),
        ("Sagt av {role}.", LEADER, "Sagt av leder."),
        ("{role} (kilde) {age}", LEADER, "leder (kilde) 50"),
    ],
)
def test_what_is_missing_leaves_no_trace(template: str, values: dict[str, str], said: str) -> None:
    assert read_template(template).fill([values]) == said


def test_several_people_stand_in_one_bracket_alike_ones_once() -> None:
    template = read_template("({role}, {employer})")
    assert template.fields == ("role", "employer")
    assert template.fill([LEADER, {"role": "veileder"}, LEADER, {}]) == "(leder, stat; veileder)"
    assert read_template("– {role}").fill([LEADER, {"role": "x"}]) == "– leder; – x"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("({role}", "never closed"),
        ("{role})", "closes nothing"),
        ("({role}]", "closes nothing"),
        ("{role", "A brace stands alone"),
        ("role}", "A brace stands alone"),
        ("{}", "no name"),
        ("(leder)", "names nothing"),
        ("{role}\n", "one line"),
        ("{role}" * 100, "at most 200"),
    ],
)
def test_one_clear_sentence(template: str, words: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        read_template(template)
    assert words in str(caught.value)
