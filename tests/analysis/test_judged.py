"""Matrices of summaries, grades and verdicts, and the segments that verdicts rest on."""

from typing import Any

import pytest

from qda.analysis import judged
from qda.analysis import snapshot as snapshots
from qda.analysis.matrix import answer
from qda.model.errors import NotAllowed
from qda.model.ids import CaseId, CodeId, CodingId
from qda.model.judgements import Evidence, SeenCoding
from qda.model.matrix import Matrix, MatrixSpec
from qda.operations import judgements
from qda.operations.judgements import CellContent
from qda.store import framework
from tests.analysis.conftest import Study

TEXT = "Vi har tavlemøte hver mandag. Målekortet styrer alt. Folk kan sitt fag, sier de."


@pytest.fixture
def told(study: Study) -> Study:
    with study.step():
        ids = study.ids = {}
        for position, name in enumerate(("Ås", "Bø")):
            ids[name] = study.case(name, position)
        ids["rutiner"] = study.code("rutiner")
        ids["tavle"] = study.code("tavle", ids["rutiner"])
        ids["styring"] = study.code("styring", position=1)
        for name, office in (("i1", "Ås"), ("i2", "Bø")):
            ids[name] = study.document(name, TEXT)
            study.link("document", ids[name], ids[office])
        ids["k1"] = study.coding(ids["i1"], ids["rutiner"], (0, 29))
        ids["k2"] = study.coding(ids["i1"], ids["tavle"], (7, 16))
        ids["k3"] = study.coding(ids["i2"], ids["styring"], (30, 52))
    return study


def ask(study: Study, **question: Any) -> Matrix:  # noqa: ANN401 - any part of a spec
    return answer(study.connection, snapshots.load(study.connection), MatrixSpec(**question))


def write(study: Study, office: str, code: str, coder: str = "Kari", **parts: Any) -> None:  # noqa: ANN401
    judgements.write_cell(
        study.project, coder=coder, case=CaseId(study.ids[office]), code=CodeId(study.ids[code]),
        content=CellContent(**parts),
    )  # fmt: skip


def test_summaries_stand_with_their_evidence_and_status(told: Study) -> None:
    ids = told.ids
    write(told, "Ås", "rutiner", summary="Faste møter.")
    write(told, "Bø", "styring", summary="Målekort.", evidence=(CodingId(ids["k1"]),))
    write(told, "Bø", "rutiner", status="not-asked")
    matrix = ask(told, cells="summary")
    assert matrix.cells == (("Faste møter.", None), (None, "Målekort."))
    assert matrix.evidence == (((ids["k1"], ids["k2"]), ()), ((), (ids["k1"],)))
    assert matrix.statuses == (("coded", "not-read"), ("not-asked", "coded"))
    turned = ask(told, cells="summary", rows=("code",), columns=("case",))
    assert turned.cells == (("Faste møter.", None), (None, "Målekort."))
    assert turned.statuses == (("coded", "not-asked"), ("not-read", "coded"))
    counts = ask(told)
    assert counts.cells == ((2, 0), (0, 1))
    assert counts.statuses == matrix.statuses


def test_statuses_are_told_only_where_somebody_wrote(told: Study) -> None:
    assert ask(told).statuses == ()
    assert ask(told, rows=("document",)).statuses == ()


def test_grades_of_raters_who_disagree_are_all_shown_until_settled(told: Study) -> None:
    write(told, "Ås", "rutiner", coder="Ola", grade="lav")
    write(told, "Ås", "rutiner", coder="Kari", grade="høy")
    write(told, "Bø", "styring", coder="Ola", grade="middels")
    write(told, "Bø", "styring", coder="Kari", grade="middels")
    matrix = ask(told, cells="grade")
    assert matrix.cells == (("høy / lav", None), (None, "middels"))
    assert "In 1 cell the raters disagree" in str(matrix.notes[-1])
    from qda.store import judgements as rows

    judgements.settle(
        told.project, coder="Kari", judgement=rows.all_judgements(told.connection)[0].id
    )
    matrix = ask(told, cells="grade")
    assert matrix.cells[0][0] == "lav"
    assert "disagree" not in str(matrix.notes[-1])


def test_verdicts_and_the_segments_they_rest_on(told: Study) -> None:
    ids = told.ids
    first = judgements.add_proposition(told.project, coder="Kari", name="H1").value.id
    judgements.add_proposition(told.project, coder="Kari", name="H2")
    judgements.give_verdict(
        told.project, coder="Kari", case=CaseId(ids["Bø"]), proposition=first, value="støttes",
        evidence=(Evidence(CodingId(ids["k3"])), Evidence(CodingId(ids["k1"]), "against")),
    )  # fmt: skip
    question: dict[str, Any] = {"columns": ("proposition",)}
    matrix = ask(told, cells="verdict", **question)
    assert matrix.cells == ((None, None), ("støttes", None))
    assert matrix.evidence[1][0] == (ids["k3"], ids["k1"])
    assert ask(told, **question).cells == ((0, 0), (2, 0))
    # What is cited for Bø was said at Ås: it counts for Bø, by the code it has.
    assert ask(told, rows=("proposition",), columns=("code",)).cells == ((1, 1), (0, 0))
    assert ask(told, where=(("proposition", "H1"),)).cells == ((0, 0), (1, 1))


@pytest.mark.parametrize(
    ("cells", "rows", "columns"),
    [
        ("summary", ("document",), ("code",)),
        ("grade", ("participant",), ("code",)),
        ("verdict", ("case",), ("code",)),
        ("summary", ("case", "document"), ("code",)),
    ],
)
def test_what_nobody_can_have_written_is_refused(
    told: Study, cells: str, rows: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    with pytest.raises(NotAllowed, match="choose"):
        ask(told, cells=cells, rows=rows, columns=columns)


def test_evidence_that_changed_since(told: Study) -> None:
    ids = told.ids
    snapshot = snapshots.load(told.connection)
    behind = [CodingId(ids["k1"]), CodingId(ids["k2"])]
    judgements.write_cell(
        told.project, coder="Kari", case=CaseId(ids["Ås"]), code=CodeId(ids["rutiner"]),
        content=CellContent(summary="Faste møter."), seen=judged.seen_now(snapshot, behind),
    )  # fmt: skip
    [cell] = framework.all_cells(told.connection)
    assert not judged.changed_since(cell, judged.seen_now(snapshot, behind))
    with told.step():
        added = CodingId(told.coding(ids["i1"], ids["rutiner"], (30, 40)))
        told.connection.execute('UPDATE coding SET "end" = 15, quote = substr(quote, 1, 8)'
                                " WHERE id = ?", (ids["k2"],))  # fmt: skip
    now = judged.seen_now(snapshots.load(told.connection), [CodingId(ids["k2"]), added])
    behind_a_word = [SeenCoding(one.coding, one.start + 6, one.end + 6) for one in cell.seen]
    assert not judged.changed_since(cell, behind_a_word)
    assert judged.changed_since(cell, now) == judged.Since(added=1, removed=1, moved=1)
