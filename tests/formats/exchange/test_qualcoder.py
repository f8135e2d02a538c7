"""Projects of QualCoder, built by the schemas of its versions."""

import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.qualcoder import read_qualcoder
from qda.formats.exchange.report import ExchangeReport
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from tests.formats.exchange.peers import Rows, build

AT = "2026-03-01 10:11:12"
LEADER = "Leder: Vi teller 😀 planer hver mandag.\nSaksbehandler: Ingen spør om målene 🦊.\n"
NOTE = "Notat fra møtet.\nDe teller oss.\n"
Make = Callable[..., Path]


def coding(number: int, code: int, quote: str, **more: object) -> dict[str, object]:
    """A coding of the first text, counted as Qt counts where `qt` says so."""
    qt = more.pop("qt", False)
    at = LEADER.index(quote)
    start, end = at, at + len(quote)
    if qt:
        start, end = (len(LEADER[:one].encode("utf-16-le")) // 2 for one in (start, end))
    return {
        "ctid": number, "cid": code, "fid": 1, "seltext": quote, "pos0": start, "pos1": end,
        "owner": "Kari", "date": AT, "memo": "", **more,
    }  # fmt: skip


def study() -> dict[str, list[dict[str, object]]]:
    """Something of everything."""
    who = {"owner": "Kari", "date": AT}
    return {
        "project": [
            {"databaseversion": "v17", "date": AT, "memo": "Om studien", "about": "QualCoder 3.8",
             "bookmarkfile": 1, "codername": "Ola", "recently_used_codes": "1 2"}
        ],
        "coder_names": [{"name": "Kari"}, {"name": "Ola"}],
        "source": [
            {"id": 1, "name": "leder.docx", "fulltext": LEADER, "mediapath": "/docs/leder.docx",
             "memo": "Lang samtale", **who},
            {"id": 2, "name": "notat", "fulltext": NOTE, "mediapath": None, "memo": "", **who},
            {"id": 3, "name": "tavle.jpg", "fulltext": None, "mediapath": "/images/tavle.jpg",
             "memo": "Bilde av tavla", **who},
            {"id": 4, "name": "utenfor.pdf", "fulltext": "Plan.\n", "memo": "",
             "mediapath": "docs:/etc/passwd", **who},
        ],
        "code_cat": [
            {"catid": 1, "name": "Praksis", "memo": "Det de gjør", "supercatid": None, **who},
            {"catid": 2, "name": "Møter", "memo": "", "supercatid": 1, **who},
        ],
        "code_name": [
            {"cid": 1, "name": "telling", "memo": "Når noe telles", "catid": 1, "color": "#D9573F",
             **who},
            {"cid": 2, "name": "tavlemøte", "memo": "", "catid": 2, "color": "#3F6FA8", **who},
            {"cid": 3, "name": "stående", "memo": "", "catid": None, "color": "blå",
             "supercid": 2, **who},
        ],
        "code_text": [
            coding(1, 1, "teller", memo="Se her"), coding(2, 2, "hver mandag", qt=True),
            coding(3, 1, "Ingen spør", qt=True, owner="Ola", important=1),
            coding(4, 3, "målene 🦊", qt=True),
            {**coding(5, 1, "teller"), "fid": 2, "pos0": 20, "pos1": 26},
        ],
        "code_image": [{"imid": 1, "id": 3, "cid": 1, "owner": "Kari"}],
        "annotation": [
            {"anid": 1, "fid": 2, "pos0": 0, "pos1": 5, "memo": "Kort", **who},
            {"anid": 2, "fid": 9, "pos0": 0, "pos1": 5, "memo": "Borte", **who},
        ],
        "cases": [
            {"caseid": 1, "name": "Nord", "memo": "Lite kontor", **who},
            {"caseid": 2, "name": "Sør", "memo": "", **who},
        ],
        "case_text": [
            {"id": 1, "caseid": 1, "fid": 2, "pos0": 0, "pos1": len(NOTE), **who},
            {"id": 2, "caseid": 2, "fid": 1, "pos0": len(LEADER[:40]) + 1,
             "pos1": len(LEADER) + 1, "memo": "Bare siste del", **who},
            {"id": 3, "caseid": 2, "fid": 3, "pos0": None, "pos1": None, **who},
        ],
        "attribute_type": [
            {"name": "Ansatte", "caseOrFile": "case", "valuetype": "numeric", "memo": "Årsverk"},
            {"name": "Fylke", "caseOrFile": "case", "valuetype": "character", "memo": ""},
            {"name": "Intervjuer", "caseOrFile": "file", "valuetype": "character", "memo": ""},
        ],
        "attribute": [
            {"attrid": 1, "name": "Ansatte", "attr_type": "case", "value": "15", "id": 1},
            {"attrid": 2, "name": "Ansatte", "attr_type": "case", "value": "7,5", "id": 2},
            {"attrid": 3, "name": "Fylke", "attr_type": "case", "value": "", "id": 1},
            {"attrid": 4, "name": "Intervjuer", "attr_type": "file", "value": "RN", "id": 1},
            {"attrid": 5, "name": "Intervjuer", "attr_type": "file", "value": "RN", "id": 3},
        ],
        "journal": [{"jid": 1, "name": "Dag 1", "jentry": "Vi begynte.", **who}],
        "stored_sql": [{"title": "alle", "ssql": "select 1"}],
        "graph": [{"grid": 1, "name": "kart"}],
    }  # fmt: skip


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write a project folder; return its path."""

    def make_one(rows: Rows, schema: str = "qualcoder_v17") -> Path:
        folder = tmp_path / "Studie.qda"
        folder.mkdir()
        build(folder / "data.qda", schema, rows)
        documents = folder / "documents"
        documents.mkdir()
        documents.joinpath("leder.docx").write_bytes(b"PK docx")
        return folder

    return make_one


def quotes(project: ExchangedProject) -> list[str]:
    texts = {one.guid: one.text for one in project.documents}
    return [texts[one.document][one.start : one.end] for one in project.codings]


def told(report: ExchangeReport) -> str:
    return "\n".join(
        f"{one.kind} {one.item} {one.what} {one.where} {one.why}" for one in report.lines
    )


def local(text: str) -> str:
    """Return a time by the clock of this machine as the project keeps it."""
    moment = datetime.fromisoformat(text).astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# ------------------------------------------------------------------------------------- as it is
def test_every_segment_stands_where_its_own_text_is_whoever_counted(make: Make) -> None:
    project, report = read_qualcoder(make(study()))
    assert quotes(project) == ["teller", "hver mandag", "Ingen spør", "målene 🦊", "teller"]
    (mixed, plain) = report.conventions
    assert (mixed.convention.unit, mixed.places, mixed.named) == ("UTF-16", 5, 4)
    assert (plain.convention.unit, plain.named) == ("code point", 1)
    assert not list(report.of_kind("uncertain"))


def test_a_text_counted_in_two_ways_has_both_kinds_of_segments_right(make: Make) -> None:
    rows = study()
    rows["code_text"] = [
        coding(number, 1, quote, qt=number % 2 == 0)
        for number, quote in enumerate(
            ("planer", "mandag", "Saksbehandler", "Ingen", "spør", "målene 🦊"), start=1
        )
    ]
    project, report = read_qualcoder(make(rows))
    assert quotes(project) == ["planer", "mandag", "Saksbehandler", "Ingen", "spør", "målene 🦊"]
    assert "counted in another way than the others" in told(report)


def test_codes_categories_and_subcodes_form_one_tree(make: Make) -> None:
    project, report = read_qualcoder(make(study()))
    names: dict[Guid | None, str] = {one.guid: one.name for one in project.codes}
    assert [(one.name, names.get(one.parent), one.codable) for one in project.codes] == [
        ("Praksis", None, False), ("Møter", "Praksis", False), ("tavlemøte", "Møter", True),
        ("stående", "tavlemøte", True), ("telling", "Praksis", True),
    ]  # fmt: skip
    by_name = {one.name: one for one in project.codes}
    assert (by_name["telling"].color, by_name["telling"].definition) == (
        "#d9573f", "Når noe telles"
    )  # fmt: skip
    assert by_name["Praksis"].definition == "Det de gjør"
    assert "blå is no colour" in told(report)


def test_coders_memos_times_and_marks_come_along(make: Make) -> None:
    project, report = read_qualcoder(make(study()))
    names = {one.guid: one.name for one in project.coders}
    assert list(names.values()) == ["Kari", "Ola"]
    assert names[project.coder or Guid("")] == "Ola"
    first, _, marked, *_rest = project.codings
    assert (first.memo, first.value, names[first.coder or Guid("")]) == ("Se her", "", "Kari")
    assert (marked.value, names[marked.coder or Guid("")]) == ("important", "Ola")
    assert first.created == local(AT)
    telling = next(one for one in project.codes if one.name == "telling")
    assert telling.scale == ("important",)
    assert "marked as important" in told(report)


def test_memos_annotations_and_journals_are_memos(make: Make) -> None:
    project, _ = read_qualcoder(make(study()))
    names = {one.guid: one.name for one in (*project.documents, *project.cases)}
    found = {(one.on, names.get(one.target or Guid(""), ""), one.text) for one in project.memos}
    assert found >= {
        ("project", "", "Om studien"), ("project", "", "Dag 1\n\nVi begynte."),
        ("document", "leder.docx", "Lang samtale"), ("document", "notat", "«Notat»\n\nKort"),
        ("case", "Nord", "Lite kontor"), ("case", "Sør", "Bare siste del"),
        ("project", "", "Ansatte: Årsverk"), ("project", "", "tavle.jpg\n\nBilde av tavla"),
    }  # fmt: skip


def test_cases_take_whole_texts_and_codings_of_parts(make: Make) -> None:
    project, report = read_qualcoder(make(study()))
    north, south = project.cases
    texts = {one.guid: one.name for one in project.documents}
    assert [texts[one] for one in north.documents] == ["notat"]
    assert south.documents == ()
    linked = [
        quote for quote, one in zip(quotes(project), project.codings, strict=True) if one.cases
    ]
    assert linked == ["Ingen spør", "målene 🦊"]
    assert all(one.cases in ((), (south.guid,)) for one in project.codings)
    assert any("leder.docx, 40-" in one.text for one in project.memos if one.target == south.guid)
    assert (report.found["case links"], report.kept["case links"]) == (3, 2)


def test_attributes_are_typed_variables(make: Make) -> None:
    project, report = read_qualcoder(make(study()))
    kinds = {one.name: (one.subject, one.type) for one in project.variables}
    assert kinds == {
        "Ansatte": ("case", "number"), "Fylke": ("case", "text"),
        "Intervjuer": ("document", "text"),
    }  # fmt: skip
    names = {one.guid: one.name for one in (*project.cases, *project.documents)}
    variables = {one.guid: one.name for one in project.variables}
    values = {(variables[one.variable], names[one.subject]): one.value for one in project.values}
    assert values == {
        ("Ansatte", "Nord"): 15.0, ("Ansatte", "Sør"): 7.5, ("Intervjuer", "leder.docx"): "RN"
    }  # fmt: skip
    left = sum(one.count for one in report.of_kind("left out") if one.item == "values")
    assert report.found["values"] == len(values) + left == 5


def test_the_original_file_comes_along_and_no_other(make: Make, tmp_path: Path) -> None:
    folder = make(study())
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("hemmelig")
    (folder / "documents" / "notat").symlink_to(secret)
    project, _ = read_qualcoder(folder)
    sources = {one.name: (one.source, one.file_name, one.file_type) for one in project.documents}
    assert sources["leder.docx"] == (b"PK docx", "leder.docx", "docx")
    assert sources["notat"] == (NOTE.encode(), "", "txt")
    assert sources["utenfor.pdf"] == (b"Plan.\n", "", "txt")


def test_what_has_no_place_here_is_told_with_its_count(make: Make) -> None:
    _, report = read_qualcoder(make(study()))
    left = {(one.item, one.count) for one in report.of_kind("left out")}
    assert left >= {("media", 1), ("codings", 1), ("graphs", 1), ("queries", 1), ("memos", 1)}
    assert "code_text_visible" in told(report)
    assert "recently_used_codes" not in told(report)


def test_a_column_of_a_newer_version_is_told(make: Make) -> None:
    folder = make(study())
    connection = sqlite3.connect(folder / "data.qda")
    connection.execute("ALTER TABLE code_text ADD COLUMN weight integer")
    connection.execute("UPDATE code_text SET weight = 3 WHERE ctid < 3")
    connection.commit()
    connection.close()
    _, report = read_qualcoder(folder)
    (line,) = [one for one in report.of_kind("left out") if one.item == "columns"]
    assert ("weight" in str(line.what), line.count) == (True, 2)


# ------------------------------------------------------------------------------ where it may lie
def test_folder_database_and_zip_are_one_project(make: Make, tmp_path: Path) -> None:
    folder = make(study())
    archive = tmp_path / "Studie.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                file.write(path, str(path.relative_to(tmp_path)))
    whole = read_qualcoder(folder)[0]
    assert whole.name == "Studie"
    assert read_qualcoder(folder / "data.qda")[0] == whole
    assert read_qualcoder(archive)[0] == whole
    moved = tmp_path / "annet" / "Kopi.qda"
    shutil.copytree(folder, moved)
    assert {one.guid for one in read_qualcoder(moved)[0].codings} == {
        one.guid for one in whole.codings
    }


def test_a_zip_that_climbs_out_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("../data.qda", b"SQLite format 3\x00")
    with pytest.raises(FileProblem):
        read_qualcoder(path)
    assert [one.name for one in tmp_path.iterdir()] == ["x.zip"]


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"there is no data\.qda in it"):
        read_qualcoder(tmp_path)


# --------------------------------------------------------------------------------- other versions
def test_the_first_version_is_read(make: Make) -> None:
    rows = study()
    old = {
        "project": [{"databaseversion": "v1", "date": AT, "memo": "", "about": "QualCoder"}],
        "source": [rows["source"][1]],
        "code_cat": [],
        "code_name": [{k: v for k, v in rows["code_name"][0].items() if k != "catid"}],
        "code_text": [{k: v for k, v in rows["code_text"][4].items() if k != "ctid"}],
    }
    project, report = read_qualcoder(make(old, "qualcoder_v1"))
    assert quotes(project) == ["teller"]
    assert report.origin == "QualCoder v1"
    assert not list(report.of_kind("left out"))


# -------------------------------------------------------------------------------------- what lies
def test_rows_that_lie_are_told_one_by_one(make: Make) -> None:
    rows = study()
    rows["code_cat"][0]["supercatid"] = 2
    rows["code_name"][0]["catid"] = 99
    rows["code_text"] += [
        {**coding(10, 99, "planer"), "owner": "a"},
        {**coding(11, 1, "planer"), "pos0": "x"},
        {**coding(12, 1, "planer"), "pos0": 5, "pos1": 5, "seltext": ""},
        {**coding(13, 1, "planer"), "pos0": 9000, "pos1": 9999, "seltext": ""},
        {**coding(14, 1, "planer"), "fid": 99, "owner": "b"},
    ]
    project, report = read_qualcoder(make(rows))
    # The one whose beginning is no number is found by its text.
    assert len(project.codings) == 6
    lost = sum(one.count for one in report.of_kind("left out") if one.item == "codings")
    assert report.found["codings"] == 6 + lost
    assert lost == 5
    assert "It stands below itself" in told(report)
    assert "What it stands below is not in the file" in told(report)
    assert len(project.codes) == 5
