"""Two groups side by side against counting by hand, and what is refused."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qda.analysis import snapshot as snapshots
from qda.analysis.contrast import contrast
from qda.model.contrast import Contrast, ContrastSpec, Voice
from qda.model.errors import NotAllowed, NotFound
from qda.model.matrix import MatrixSpec
from tests.analysis.conftest import Study
from tests.analysis.test_matrix_oracle import Oracle, Plan, fill, plans, values_that_exist

TEXT = "Leder: vi måler alt. Veileder: vi måler mye, men ikke det som teller."


def ask(study: Study, dimension: str, left: str, right: str, **rest: object) -> Contrast:
    spec = ContrastSpec(dimension, left, right, **rest)  # pyright: ignore[reportArgumentType]
    return contrast(study.connection, snapshots.load(study.connection), spec)


@pytest.fixture
def heard(study: Study) -> Study:
    """A manager and two advisers, one of whom says nothing that is coded."""
    with study.step():
        ids = study.ids = {}
        ids["måling"], ids["tillit"] = study.code("måling"), study.code("tillit", position=1)
        ids["d"] = study.document("D", TEXT)
        people = [study.participant(name) for name in ("Ada", "Bo", "Cato")]
        role = study.variable("participant", "rolle", "text")
        for person, value in zip(people, ("leder", "veileder", "veileder"), strict=True):
            study.value(role, person, value)
        cut = TEXT.index("Veileder")
        study.turn(ids["d"], 1, (0, 7, cut), people[0])
        study.turn(ids["d"], 2, (cut, cut + 10, cut + 25), people[1])
        study.turn(ids["d"], 3, (cut + 25, cut + 25, len(TEXT)), people[2])
        ids["1"] = study.coding(ids["d"], ids["måling"], (7, 19))
        ids["2"] = study.coding(ids["d"], ids["måling"], (cut + 10, cut + 22))
        ids["3"] = study.coding(ids["d"], ids["måling"], (cut + 13, cut + 22))
    return study


def test_two_voices_on_a_theme(heard: Study) -> None:
    found = ask(heard, "rolle", "Veileder", "leder")
    assert (found.left, found.right) == ("veileder", "leder")
    assert [theme.label for theme in found.themes] == ["måling", "tillit"]
    theme, ids = found.themes[0], heard.ids
    assert theme.left.evidence == (ids["2"], ids["3"])
    assert theme.right.evidence == (ids["1"],)
    assert (theme.left.segments, theme.left.participants, theme.left.informants) == (2, 1, 2)
    assert theme.left.share_of_informants == 1 / 2
    assert (theme.left.words, theme.left.words_said) == (3, 8)
    assert theme.right.share_of_words == 1
    assert found.themes[1].left.segments == 0
    assert found.all.left.evidence == theme.left.evidence
    assert "who were heard" in str(found.notes[0])


def test_what_cannot_be_set_side_by_side(heard: Study) -> None:
    for dimension, left, right in (
        ("rolle", "leder", "Leder"), ("code", "måling", "tillit"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            ask(heard, dimension, left, right)
    with pytest.raises(NotFound):
        ask(heard, "rolle", "leder", "fylkesdirektør")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
@given(plan=plans(), folded=st.booleans(), data=st.data())
def test_every_figure_is_what_counting_by_hand_gives(
    shared_study: Study, plan: Plan, folded: bool, data: st.DataObject
) -> None:
    shared_study.clear()
    with shared_study.step():
        fill(shared_study, plan)
    two = [("case", "C0", "C1"), ("document", "D0", "D2"), ("participant", "P1", "P0")]
    values: dict[str, list[str]] = {}
    for name, value in values_that_exist(shared_study):
        values.setdefault(name, []).append(value)
    two += [(name, *found) for name, found in values.items() if len(found) == 2]
    dimension, left, right = data.draw(st.sampled_from(two))
    found = ask(shared_study, dimension, left, right, folded=folded)
    assume(found.themes)
    where = ((dimension, left), (dimension, right))
    oracle = Oracle(
        shared_study, MatrixSpec(("code",), (dimension,), "words", where, folded=folded)
    )
    for side, name in (("left", left), ("right", right)):
        group = [row for row in oracle.rows if oracle.value(row, dimension) == name]
        material = oracle.material_in((dimension,), (name,))
        whole = oracle.words_of(oracle.spans(material))
        people = oracle.distinct([*material, *group], "participant")
        for theme in (*found.themes, found.all):
            voice: Voice = getattr(theme, side)
            said = [row for row in group if oracle.value(row, "code") == theme.label]
            said = group if theme is found.all else said
            assert set(voice.evidence) == {row["coding"] for row in said}
            assert voice.segments == len(voice.evidence)
            assert voice.documents == oracle.distinct(said, "document")
            assert voice.participants == oracle.distinct(said, "participant")
            assert voice.cases == oracle.distinct(said, "case")
            assert voice.words == oracle.words_of(oracle.spans(said))
            assert (voice.informants, voice.words_said) == (people, whole)
