"""Projects of RQDA, built by its schema."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.rqda import read_rqda
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from tests.formats.exchange.peers import Rows, build

AT = "Sun Mar  1 10:11:12 2026"
LEADER = "Leder: Vi teller 😀 planer hver mandag.\nSaksbehandler: Ingen spør om målene 🦊.\n"
NOTE = "Notat fra møtet.\nDe teller oss."
Make = Callable[..., Path]


def coding(code: int, quote: str, **more: object) -> dict[str, object]:
    at = LEADER.index(quote)
    return {
        "cid": code, "fid": 1, "seltext": quote, "selfirst": float(at),
        "selend": float(at + len(quote)), "status": 1, "owner": "Kari", "date": AT, "memo": None,
        **more,
    }  # fmt: skip


def study() -> dict[str, list[dict[str, object]]]:
    """Something of everything, and of what was deleted."""
    who = {"owner": "Kari", "date": AT, "status": 1}
    return {
        "project": [{"databaseversion": "0.2.2", "date": AT, "memo": "Om studien"}],
        "source": [
            {"name": "leder", "id": 1, "file": LEADER, "memo": "Lang samtale", **who},
            {"name": "notat", "id": 2, "file": NOTE, "memo": None, **who},
            {"name": "slettet", "id": 3, "file": "Borte.", **who, "status": 0},
        ],
        "freecode": [
            {"name": "telling", "memo": "Når noe telles", "id": 1, "color": "#D9D957573F3F", **who},
            {"name": "tavlemøte", "memo": None, "id": 2, "color": None, **who},
            {"name": "slettet kode", "memo": None, "id": 3, **who, "status": 0},
        ],
        "codecat": [
            {"name": "Praksis", "catid": 1, "memo": "Det de gjør", **who},
            {"name": "Møter", "catid": 2, "memo": None, **who},
        ],
        "treecode": [
            {"cid": 1, "catid": 1, "status": 1}, {"cid": 1, "catid": 2, "status": 1},
            {"cid": 2, "catid": 2, "status": 1}, {"cid": 2, "catid": 1, "status": 0},
        ],
        "coding": [
            coding(1, "teller", memo="Se her"), coding(2, "planer hver mandag"),
            coding(1, "målene 🦊", owner="Ola"), coding(1, "Ingen", status=-1),
            coding(3, "spør", status=0), coding(3, "spør"),
        ],
        "coding2": [coding(1, "Vi teller", owner="Kari")],
        "filecat": [
            {"name": "Intervjuer", "catid": 1, **who}, {"name": "Annet", "catid": 2, **who},
        ],
        "treefile": [{"fid": 1, "catid": 1, "status": 1}, {"fid": 2, "catid": 2, "status": 1}],
        "cases": [
            {"name": "Nord", "memo": "Lite kontor", "id": 1, **who},
            {"name": "Sør", "memo": None, "id": 2, **who},
        ],
        "caselinkage": [
            {"caseid": 1, "fid": 2, "selfirst": 0, "selend": len(NOTE), "status": 1},
            {"caseid": 2, "fid": 1, "selfirst": 40, "selend": len(LEADER), "status": 1},
            {"caseid": 2, "fid": 3, "selfirst": 0, "selend": 3, "status": 1},
        ],
        "attributes": [
            {"name": "Ansatte", "status": 1, "class": "numeric", "memo": "Årsverk"},
            {"name": "Tom", "status": 1, "class": "character"},
        ],
        "caseAttr": [
            {"variable": "Ansatte", "value": "15", "caseID": 1, "status": 1},
            {"variable": "Ansatte", "value": "NA", "caseID": 2, "status": 0},
        ],
        "fileAttr": [{"variable": "Ansatte", "value": "fem", "fileID": 1, "status": None}],
        "journal": [{"name": "Dag 1", "journal": "Vi begynte.", **who}],
        "annotation": [
            {"fid": 1, "position": 45, "annotation": "Viktig linje", **who},
            {"fid": 9, "position": 0, "annotation": "Borte", **who},
        ],
        "image": [{"name": "tavle.jpg", "id": 1, "status": 1}],
    }  # fmt: skip


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make_one(rows: Rows) -> Path:
        return build(tmp_path / "Studie.rqda", "rqda_0_2_2", rows)

    return make_one


def quotes(project: ExchangedProject) -> list[str]:
    texts = {one.guid: one.text for one in project.documents}
    return [texts[one.document][one.start : one.end] for one in project.codings]


def told(report: ExchangeReport) -> str:
    return "\n".join(
        f"{one.kind} {one.item} {one.what} {one.where} {one.why} {one.count}"
        for one in report.lines
    )


def lost(report: ExchangeReport, item: str) -> int:
    return sum(one.count for one in report.of_kind("left out") if one.item == item)


def test_what_is_there_comes_in_and_what_was_deleted_is_told(make: Make) -> None:
    project, report = read_rqda(make(study()))
    assert quotes(project) == ["teller", "planer hver mandag", "målene 🦊", "Vi teller"]
    assert [one.name for one in project.documents] == ["leder", "notat"]
    assert report.found["codings"] == len(project.codings) + lost(report, "codings") == 7
    for words in ("Deleted codings", "Deleted documents", "Deleted codes", "Deleted values"):
        assert words in told(report)
    assert "There is no such code in the file" in told(report)


def test_categories_are_folders_and_a_code_stands_in_the_first(make: Make) -> None:
    project, report = read_rqda(make(study()))
    names: dict[Guid | None, str] = {one.guid: one.name for one in project.codes}
    assert [(one.name, names.get(one.parent), one.codable) for one in project.codes] == [
        ("Praksis", None, False), ("telling", "Praksis", True),
        ("Møter", None, False), ("tavlemøte", "Møter", True),
    ]  # fmt: skip
    telling = project.codes[1]
    assert (telling.color, telling.definition) == ("#d9573f", "Når noe telles")
    assert "It is also in the category Møter" in told(report)


def test_coders_stay_apart_the_second_table_too(make: Make) -> None:
    project, report = read_rqda(make(study()))
    names = {one.guid: one.name for one in project.coders}
    assert [names[one.coder or Guid("")] for one in project.codings] == [
        "Kari", "Kari", "Ola", "Kari (coding2)"
    ]  # fmt: skip
    assert project.codings[0].memo == "Se her"
    assert project.codings[0].created.startswith("2026-03-01T")
    assert "coder of their own" in told(report)


def test_cases_variables_categories_and_memos_come_along(make: Make) -> None:
    project, report = read_rqda(make(study()))
    north, south = project.cases
    texts = {one.guid: one.name for one in project.documents}
    assert ([texts[one] for one in north.documents], south.documents) == (["notat"], ())
    linked = [q for q, one in zip(quotes(project), project.codings, strict=True) if one.cases]
    assert linked == ["målene 🦊"]
    kinds = {(one.name, one.subject): one.type for one in project.variables}
    assert kinds == {
        ("Ansatte", "case"): "number", ("Ansatte", "document"): "text", ("Tom", "case"): "text",
        ("file category", "document"): "text",
    }  # fmt: skip
    assert {one.value for one in project.values} == {15.0, "fem", "Intervjuer", "Annet"}
    found = {(one.on, one.text) for one in project.memos}
    assert found >= {
        ("project", "Om studien"), ("project", "Dag 1\n\nVi begynte."),
        ("document", "Lang samtale"), ("case", "Lite kontor"), ("project", "Ansatte: Årsverk"),
        ("document", "«Saksbehandler: Ingen spør om målene 🦊.»\n\nViktig linje"),
    }  # fmt: skip
    assert lost(report, "memos") == 1
    assert lost(report, "case links") == 1
    assert report.found["media"] == lost(report, "media") == 1


def test_files_in_several_categories_get_a_variable_for_each(make: Make) -> None:
    rows = study()
    rows["treefile"].append({"fid": 1, "catid": 2, "status": 1})
    project, _ = read_rqda(make(rows))
    kinds = {one.name: one.type for one in project.variables if one.subject == "document"}
    assert kinds == {"Intervjuer": "boolean", "Annet": "boolean", "Ansatte": "text"}
    assert sum(one.value is True for one in project.values) == 3


def test_one_character_too_many_before_a_segment_is_not_taken(make: Make) -> None:
    rows = study()
    at = LEADER.index("planer")
    rows["coding"] = [
        coding(1, "teller"),
        {**coding(1, "planer"), "seltext": LEADER[at - 1 : at + 6]},
    ]
    project, report = read_rqda(make(rows))
    assert quotes(project)[:2] == ["teller", "planer"]
    assert not list(report.of_kind("uncertain"))


def test_offsets_that_moved_are_mended_by_the_text_that_was_kept(make: Make) -> None:
    rows = study()
    rows["coding"] = [
        coding(1, "teller"), coding(1, "mandag"), {**coding(1, "målene 🦊"), "selfirst": 50.0}
    ]  # fmt: skip
    project, report = read_rqda(make(rows))
    assert quotes(project)[:3] == ["teller", "mandag", "målene 🦊"]
    assert "it stands where its own text is now" in told(report)


def test_texts_of_an_old_windows_are_read_and_told(make: Make) -> None:
    path = make(study())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE source SET file = CAST(x'4DE56C656E65' AS TEXT) WHERE id = 2")
        connection.commit()
    project, report = read_rqda(path)
    assert project.documents[1].text == "Målene"
    assert project.documents[1].encoding == "cp1252"
    assert "It is not in UTF-8" in told(report)


def test_tables_and_columns_that_older_versions_lack_are_no_hindrance(make: Make) -> None:
    path = make(study())
    with closing(sqlite3.connect(path)) as connection:
        for table in ("coding2", "annotation", "image", "journal", "attributes", "treecode"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE freecode DROP COLUMN color")
        connection.execute("ALTER TABLE fileAttr DROP COLUMN status")
        connection.execute("ALTER TABLE project DROP COLUMN databaseversion")
        connection.commit()
    project, report = read_rqda(path)
    assert len(project.codings) == 3
    assert report.origin == "RQDA"


def test_another_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.rqda"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE source (id)")
    with pytest.raises(FileProblem, match="no project of RQDA"):
        read_rqda(path)
