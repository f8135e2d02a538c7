"""Which codings a list shows: by several values, codes below others, saved queries."""

import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.listing import passing_ids, passing_units
from qda.model.errors import NotFound
from tests.analysis.conftest import Study

MOT = '{"codes":[],"where":[["stance","mot"]],"any":false,"unfolded":false,"conditions":[]}'


@pytest.fixture
def listed(study: Study) -> Study:
    """Two offices with an interview each, a code below another, and a query."""
    with study.step():
        top = study.code("rutiner")
        below = study.code("tavle", top)
        study.ids = {"top": top, "below": below}
        for name in ("Nord", "Sør"):
            document = study.document(name, "Vi teller planer hver uke.")
            office = study.case(name)
            study.link("document", document, office)
            study.ids[f"{name} top"] = study.coding(document, top, (0, 2), stance="for")
            study.ids[f"{name} below"] = study.coding(document, below, (3, 9), stance="mot")
        study.connection.execute(
            "INSERT INTO saved_query (guid, name, definition, position) VALUES ('g', 'mot', ?, 0)",
            (MOT,),
        )
    return study


def names(study: Study, *where: tuple[str, str], codes: frozenset[int] | None = None) -> set[str]:
    snapshot = snapshots.load(study.connection)
    units = passing_units(study.connection, snapshot, where, codes)
    found = {int(one) for one in passing_ids(snapshot, units)}
    return {name for name, number in study.ids.items() if " " in name and number in found}


def test_all_without_a_filter(listed: Study) -> None:
    assert len(names(listed)) == 4


def test_filters_hold_together_and_values_of_one_name_side_by_side(listed: Study) -> None:
    assert names(listed, ("case", "Nord"), ("stance", "mot")) == {"Nord below"}
    assert len(names(listed, ("case", "Nord"), ("case", "Sør"))) == 4


def test_a_code_stands_for_those_below_and_ids_for_themselves(listed: Study) -> None:
    assert len(names(listed, ("code", "rutiner"))) == 4
    assert names(listed, ("code", "tavle"), ("case", "Sør")) == {"Sør below"}
    assert names(listed, codes=frozenset({listed.ids["top"]})) == {"Nord top", "Sør top"}


def test_a_saved_query(listed: Study) -> None:
    assert names(listed, ("query", "mot")) == {"Nord below", "Sør below"}
    with pytest.raises(NotFound, match="no query borte"):
        names(listed, ("query", "borte"))


def test_what_is_not_there(listed: Study) -> None:
    with pytest.raises(NotFound):
        names(listed, ("case", "Øst"))
