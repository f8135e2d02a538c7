"""Which documents a case or a participant has its say in, and what a passage is linked to."""

import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.cell_sources import CellSource, links_for, sources_of
from qda.analysis.own import seen_by
from qda.model.ids import CaseId, CoderId, CodingId, DocumentId
from tests.analysis.conftest import Study

TEXT = "Vi har tavlemøte hver mandag. Målekortet styrer alt."


@pytest.fixture
def county(study: Study) -> Study:
    """Two offices with a source each, and one source of the county that speaks of both."""
    with study.step():
        ids = study.ids = {}
        for position, name in enumerate(("Ås", "Bø")):
            ids[name] = study.case(name, position)
        ids["rutiner"] = study.code("rutiner")
        ids["Kari"], ids["Ola"] = study.coder("Kari"), study.coder("Ola")
        for name, offices in (("a", ("Ås",)), ("b", ("Bø",)), ("fylket", ("Ås", "Bø")), ("z", ())):
            ids[name] = study.document(name, TEXT)
            for office in offices:
                study.link("document", ids[name], ids[office])
        ids["Eva"] = study.participant("Eva")
        study.turn(ids["fylket"], 1, (0, 0, 29), ids["Eva"])
    return study


def names(study: Study, office: str, **more: object) -> list[tuple[str, int]]:
    found = sources_of(
        snapshots.load(study.connection), "case", study.ids[office], **more  # pyright: ignore[reportArgumentType]
    )  # fmt: skip
    return [(one.name, len(one.passages)) for one in found]


def test_documents_that_say_something_come_first(county: Study) -> None:
    ids = county.ids
    assert names(county, "Ås") == [("a", 0), ("fylket", 0)]
    with county.step():
        late = county.coding(ids["fylket"], ids["rutiner"], (30, 40))
        early = county.coding(ids["fylket"], ids["rutiner"], (3, 9))
    snapshot = snapshots.load(county.connection)
    found = sources_of(snapshot, "case", ids["Ås"], [CodingId(late), CodingId(early)])
    assert found == (
        CellSource(DocumentId(ids["fylket"]), "fylket", (CodingId(early), CodingId(late))),
        CellSource(DocumentId(ids["a"]), "a"),
    )


def test_a_coding_that_is_linked_brings_its_document_along(county: Study) -> None:
    ids = county.ids
    with county.step():
        coding = county.coding(ids["z"], ids["rutiner"], (0, 5), coder=ids["Ola"])
        county.link("coding", coding, ids["Bø"])
    assert names(county, "Bø") == [("b", 0), ("fylket", 0), ("z", 0)]
    # To one who codes blind, what another linked is not there.
    assert names(county, "Bø", only=CoderId(ids["Kari"])) == [("b", 0), ("fylket", 0)]
    assert names(county, "Bø", only=CoderId(ids["Ola"])) == [("b", 0), ("fylket", 0), ("z", 0)]


def test_a_participant_has_the_documents_they_speak_in(county: Study) -> None:
    found = sources_of(snapshots.load(county.connection), "participant", county.ids["Eva"])
    assert [one.name for one in found] == ["fylket"]
    assert sources_of(snapshots.load(county.connection), "participant", 999) == ()


def test_a_passage_is_linked_only_where_it_would_not_count(county: Study) -> None:
    ids, snapshot = county.ids, snapshots.load(county.connection)
    own, other = CaseId(ids["Ås"]), CaseId(ids["Bø"])
    assert links_for(snapshot, DocumentId(ids["a"]), (0, 5), own) == ()
    assert links_for(snapshot, DocumentId(ids["fylket"]), (0, 5), other) == ()
    assert links_for(snapshot, DocumentId(ids["a"]), (0, 5), other) == (own, other)
    assert links_for(snapshot, DocumentId(ids["z"]), (0, 5), own) == (own,)
    assert links_for(snapshot, DocumentId(999), (0, 5), own) == ()


def test_seen_by_one_coder_the_codings_of_others_are_not_there(county: Study) -> None:
    ids = county.ids
    with county.step():
        mine = county.coding(ids["a"], ids["rutiner"], (0, 5), coder=ids["Kari"])
        county.coding(ids["b"], ids["rutiner"], (0, 5), coder=ids["Ola"])
    whole = snapshots.load(county.connection)
    seen = seen_by(whole, CoderId(ids["Kari"]))
    assert seen.codings.ids.tolist() == [mine]
    assert len(whole.codings) == 2
    places = {one.id: at for at, one in enumerate(whole.entities.cases)}
    assert set(seen.resolution.pairs.case.tolist()) == {places[CaseId(ids["Ås"])]}
    assert seen_by(whole, CoderId(-1)).codings.ids.tolist() == []
