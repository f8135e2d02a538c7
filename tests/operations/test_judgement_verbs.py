"""Framework cells, grades, propositions, verdicts and claims, each one step and undoable."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CaseId, CodeId, CodingId, DocumentId
from qda.model.judgements import Evidence, SeenCoding
from qda.operations import cases, claims, codes, codings, framework, judgements
from qda.operations.codings import NewCoding
from qda.operations.framework import Writing
from qda.operations.judgements import CellContent
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import framework as cell_rows
from qda.store import judgements as judgement_rows
from qda.store.project_file import ProjectFile

Put = Callable[..., int]


@pytest.fixture
def office(project: ProjectFile) -> CaseId:
    return cases.add_case(project, coder="Kari", name="Nord").value


@pytest.fixture
def rutiner(project: ProjectFile) -> CodeId:
    made = codes.add_code(project, coder="Kari", name="rutiner").value
    codes.edit_code(project, coder="Kari", code=replace(made, scale=("lav", "høy")))
    return made.id


@pytest.fixture
def segments(project: ProjectFile, put: Put, rutiner: CodeId) -> tuple[CodingId, CodingId]:
    document = DocumentId(put("leder"))
    made = codings.add_codings(
        project,
        coder="Kari",
        new=[NewCoding(document, rutiner, 0, 5), NewCoding(document, rutiner, 6, 9)],
    ).value
    return made[0].id, made[1].id


def write(project: ProjectFile, office: CaseId, code: CodeId, **parts: object) -> None:
    judgements.write_cell(
        project, coder="Kari", case=office, code=code, content=CellContent(**parts)  # pyright: ignore[reportArgumentType]
    )  # fmt: skip


def test_a_cell_keeps_what_is_not_named(
    project: ProjectFile, office: CaseId, rutiner: CodeId, segments: tuple[CodingId, CodingId]
) -> None:
    write(project, office, rutiner, summary=" Faste møter. ", evidence=segments)
    write(project, office, rutiner, status="coded")
    [cell] = cell_rows.all_cells(project.connection)
    assert (cell.summary, cell.status, cell.evidence) == ("Faste møter.", "coded", segments)
    first, second = segments
    framework.pin_evidence(
        project, coder="Ola", subject="case", subject_id=office, code=rutiner,
        coding_ids=[first], pinned=False,
    )  # fmt: skip
    [cell] = cell_rows.all_cells(project.connection)
    assert cell.evidence == (second,)
    project.undo("Kari")
    [cell] = cell_rows.all_cells(project.connection)
    assert cell.evidence == segments
    project.undo("Kari")
    project.undo("Kari")
    assert cell_rows.all_cells(project.connection) == ()


def test_what_was_seen_is_kept(project: ProjectFile, office: CaseId, rutiner: CodeId) -> None:
    seen = (SeenCoding(4, 0, 9), SeenCoding(7, 3, 5))
    framework.write_cell(
        project, coder="Kari", subject="case", subject_id=office, code=rutiner,
        writing=Writing(summary="x", seen=seen),
    )  # fmt: skip
    assert cell_rows.all_cells(project.connection)[0].seen == seen


def test_raters_grade_on_the_scale_and_settle(
    project: ProjectFile, office: CaseId, rutiner: CodeId, segments: tuple[CodingId, CodingId]
) -> None:
    with pytest.raises(NotAllowed, match="middels is not on the scale of rutiner"):
        judgements.grade_case(project, coder="Kari", case=office, code=rutiner, value="middels")
    judgements.grade_case(
        project, coder="Kari", case=office, code=rutiner, value="høy", reason="sagt av alle",
        evidence=segments[:1],
    )  # fmt: skip
    low = judgements.grade_case(project, coder="Ola", case=office, code=rutiner, value="lav").value
    settled = judgements.settle(project, coder="Kari", judgement=low.id, reason="vi leste om igjen")
    assert (settled.value.value, settled.value.settled) == ("lav", True)
    judgements.settle(project, coder="Ola", judgement=low.id, value="høy")
    kept = judgement_rows.all_judgements(project.connection)
    assert sorted((one.value, one.settled) for one in kept) == [
        ("høy", False), ("høy", True), ("lav", False),
    ]  # fmt: skip
    write(project, office, rutiner, reason="bare lederen")
    [own] = [one for one in judgement_rows.all_judgements(project.connection) if one.evidence]
    assert (own.value, own.reason) == ("høy", "bare lederen")
    assert own.evidence == (Evidence(segments[0]),)


def test_a_scale_keeps_the_grades_given_on_it(
    project: ProjectFile, office: CaseId, rutiner: CodeId
) -> None:
    judgements.grade_case(project, coder="Kari", case=office, code=rutiner, value="høy")
    [code] = [one for one in code_rows.all_codes(project.connection) if one.id == rutiner]
    with pytest.raises(NotAllowed, match="graded høy on rutiner"):
        codes.edit_code(project, coder="Kari", code=replace(code, scale=("svak", "sterk")))
    codes.edit_code(project, coder="Kari", code=replace(code, scale=()))


def test_a_code_without_a_scale_has_the_usual_three(project: ProjectFile, office: CaseId) -> None:
    plain = codes.add_code(project, coder="Kari", name="tillit").value.id
    assert judgements.grade_scale(project, plain) == ("lav", "middels", "høy")
    with pytest.raises(NotAllowed, match="give the grade too"):
        write(project, office, plain, reason="hvorfor")


def test_propositions_and_verdicts(
    project: ProjectFile, office: CaseId, segments: tuple[CodingId, CodingId]
) -> None:
    tavla = judgements.add_proposition(project, coder="Kari", name="H1").value
    other = judgements.add_proposition(project, coder="Kari", name="H2", scale=("ja", "nei")).value
    with pytest.raises(NotAllowed, match="already"):
        judgements.add_proposition(project, coder="Kari", name="h1")
    evidence = (Evidence(segments[0], "for"), Evidence(segments[1], "against"))
    judgements.give_verdict(
        project, coder="Kari", case=office, proposition=tavla.id, value="støttes delvis",
        evidence=evidence,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="choose one of ja, nei"):
        judgements.give_verdict(
            project, coder="Kari", case=office, proposition=other.id, value="støttes"
        )
    with pytest.raises(NotAllowed, match="in use as a verdict"):
        judgements.edit_proposition(project, coder="Kari", proposition=tavla.id, scale=("ja",))
    judgements.move_proposition(project, coder="Kari", proposition=other.id, to=0)
    names = [one.name for one in judgement_rows.all_propositions(project.connection)]
    assert names == ["H2", "H1"]
    assert judgement_rows.all_judgements(project.connection)[0].evidence == evidence
    judgements.remove_proposition(project, coder="Kari", proposition=tavla.id)
    assert judgement_rows.all_judgements(project.connection) == ()
    project.undo("Kari")
    assert judgement_rows.all_judgements(project.connection)[0].evidence == evidence


def test_claims_keep_their_sides_in_order(
    project: ProjectFile, segments: tuple[CodingId, CodingId]
) -> None:
    first, second = segments
    claim = claims.add_claim(
        project, coder="Kari", text="Tavla styrer", evidence=[Evidence(first)]
    ).value
    claims.cite(project, coder="Kari", claim=claim.id, coding_ids=[second], side="against")
    claims.cite(project, coder="Kari", claim=claim.id, coding_ids=[first], side="against")
    [kept] = judgement_rows.all_claims(project.connection)
    assert kept.evidence == (Evidence(first, "against"), Evidence(second, "against"))
    claims.cite(project, coder="Kari", claim=claim.id, coding_ids=[first], side=None)
    [kept] = judgement_rows.all_claims(project.connection)
    assert kept.evidence == (Evidence(second, "against"),)
    with pytest.raises(NotFound):
        claims.cite(project, coder="Kari", claim=claim.id, coding_ids=[CodingId(999)], side="for")
    with pytest.raises(NotAllowed):
        claims.edit_claim(project, coder="Kari", claim=claim.id, text=" ")


def test_merged_codes_and_removed_cases_take_their_cells_along(
    project: ProjectFile, office: CaseId, rutiner: CodeId, segments: tuple[CodingId, CodingId]
) -> None:
    other = codes.add_code(project, coder="Kari", name="vaner").value.id
    write(project, office, rutiner, summary="Faste møter.", grade="høy", evidence=segments)
    codes.merge_codes(project, coder="Kari", keep=other, other=rutiner)
    [cell] = cell_rows.all_cells(project.connection)
    assert (cell.code, cell.summary, cell.evidence) == (other, "Faste møter.", segments)
    assert judgement_rows.all_judgements(project.connection)[0].code == other
    cases.remove_case(project, coder="Kari", case=office)
    assert cell_rows.all_cells(project.connection) == ()
    assert judgement_rows.all_judgements(project.connection) == ()
    project.undo("Kari")
    project.undo("Kari")
    [cell] = cell_rows.all_cells(project.connection)
    assert (cell.code, cell.evidence) == (rutiner, segments)


def test_evidence_moves_to_the_coding_that_is_kept(
    project: ProjectFile, put: Put, office: CaseId, rutiner: CodeId
) -> None:
    other = codes.add_code(project, coder="Kari", name="vaner").value.id
    document = DocumentId(put("leder"))
    kept, gone = codings.add_codings(
        project,
        coder="Kari",
        new=[NewCoding(document, rutiner, 0, 5), NewCoding(document, other, 0, 5)],
    ).value
    write(project, office, rutiner, summary="x", evidence=(gone.id,))
    codes.merge_codes(project, coder="Kari", keep=rutiner, other=other)
    assert cell_rows.all_cells(project.connection)[0].evidence == (kept.id,)


def test_the_doctor_keeps_the_summary_of_a_cell_about_nothing(
    project: ProjectFile, office: CaseId, rutiner: CodeId
) -> None:
    from qda.store import memos, row_checks

    write(project, office, rutiner, summary="Faste møter.")
    project.connection.execute("UPDATE framework_cell SET subject_id = 99")
    found = {one.code: one for one in row_checks.CHECKS if one.count(project.connection)}
    assert set(found) == {"orphan-cells"}
    mend = found["orphan-cells"].mend
    assert mend is not None
    mend(project.connection)
    assert [one.text for one in memos.all_memos(project.connection)] == ["Faste møter."]


def test_a_passage_is_coded_and_pinned_in_one_step(
    project: ProjectFile, office: CaseId, rutiner: CodeId, segments: tuple[CodingId, CodingId]
) -> None:
    write(project, office, rutiner, summary="Faste møter.", evidence=segments[:1])
    document = coding_rows.all_codings(project.connection)[0].document
    new = NewCoding(document, rutiner, 10, 14)
    made = framework.code_evidence(
        project, coder="Kari", subject="case", subject_id=office, code=rutiner, new=new
    )
    [cell] = cell_rows.all_cells(project.connection)
    assert cell.evidence == (segments[0], made.value.id)
    # The writer has seen it, once, however often it is pinned.
    framework.code_evidence(
        project, coder="Kari", subject="case", subject_id=office, code=rutiner, new=new
    )
    [cell] = cell_rows.all_cells(project.connection)
    assert cell.evidence == (segments[0], made.value.id)
    assert [one.coding for one in cell.seen].count(made.value.id) == 1
    with pytest.raises(NotAllowed):
        framework.code_evidence(
            project, coder="Kari", subject="case", subject_id=office, code=rutiner,
            new=NewCoding(document, rutiner, 5, 5),
        )  # fmt: skip
    with pytest.raises(NotFound):
        framework.code_evidence(
            project, coder="Kari", subject="case", subject_id=999, code=rutiner, new=new
        )


def test_a_passage_is_coded_for_a_grade_that_there_is(
    project: ProjectFile, office: CaseId, rutiner: CodeId, segments: tuple[CodingId, CodingId]
) -> None:
    document = coding_rows.all_codings(project.connection)[0].document
    new = NewCoding(document, rutiner, 10, 14)
    before = len(coding_rows.all_codings(project.connection))
    with pytest.raises(NotAllowed):
        judgements.code_for_grade(project, coder="Kari", case=office, code=rutiner, new=new)
    assert len(coding_rows.all_codings(project.connection)) == before
    write(project, office, rutiner, grade="høy", reason="alle", evidence=segments[:1])
    made = judgements.code_for_grade(project, coder="Kari", case=office, code=rutiner, new=new)
    [given] = judgement_rows.all_judgements(project.connection)
    assert (given.value, given.reason) == ("høy", "alle")
    assert given.evidence == (Evidence(segments[0]), Evidence(made.value.id))
