"""What this version keeps beyond the standard goes out with a project and comes back whole."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.formats.exchange.qdpx_writer import write_qdpx
from qda.formats.exchange.report import ExchangeReport
from qda.model.ids import Guid, new_guid
from qda.operations.exchange import import_project
from qda.operations.exchange_out import read_project, tell_what_stays
from qda.store import doctor, framework, project_file, row_exchange, schema
from qda.store.project_file import ProjectFile
from qda.store.row_exchange import TableRows
from tests.operations.test_exchange import maker as maker  # noqa: PLC0414 - a fixture

AT = "2026-03-01T10:11:12.345Z"


@pytest.fixture
def project(tmp_path: Path, maker: ModuleType) -> Iterator[ProjectFile]:
    """A project with a row in every table that goes along."""
    opened = project_file.create(tmp_path / "ut.qdaproj", coder=maker.KARI)
    maker.fill(opened)
    connection = opened.connection

    def first(table: str, at: int = 0) -> int:
        return int(connection.execute(f'SELECT id FROM "{table}" ORDER BY id').fetchall()[at][0])

    coder, case, code = first("coder"), first("case"), first("code")
    one, two, memo = first("coding"), first("coding", 1), first("memo")
    rows: dict[str, tuple[object, ...]] = {
        "memo_link": (new_guid(), memo, None, None, two, None, None, None, None, coder, AT),
        "memo_version": (new_guid(), None, one, "Før", coder, AT, AT),
        "proposition": (new_guid(), "Måling styrer", "Utdypet", '["nei", "ja"]', 0),
        "framework_cell": (
            new_guid(), "case", case, code, "Kort sagt", "coded", coder, AT, AT,
            json.dumps([[two, 1, 5], [99999, 1, 2]]),
        ),
        "framework_evidence": (1, two, 0),
        "judgement": (new_guid(), case, None, 1, coder, 0, "ja", "Fordi", AT, AT),
        "judgement_evidence": (1, one, "against", 0),
        "claim": (new_guid(), "De teller", "Merk", "open", 0, coder, AT, AT),
        "claim_evidence": (1, two, "for", 0),
        "recipe": (new_guid(), "tabell 1", "rows = case"),
        "saved_query": (new_guid(), "spør", "{}", 0),
        "quote_use": (new_guid(), first("document"), "sitat", "artikkel.docx", 3, coder, AT),
        "picked_quote": (new_guid(), two, 0, "sitat", '[[0, 2, ""]]', "her"),
        "group_kind": (new_guid(), "fylke", 0),
        "case_group": (new_guid(), 1, "Viken"),
        "membership": (new_guid(), case, 1, "2020-01-01", "2023-12-31"),
        "succession": (new_guid(), "merger", "2021-06-01", case, first("case", 1)),
        "score_sheet": (new_guid(), "saker", 0, 2),
        "score_item": (new_guid(), 1, "mål", 0),
        "score_file": (new_guid(), 1, case, "sak 7"),
        "score": (1, 1, "Kari", 2),
        "settlement": (
            new_guid(), first("document"), code, coder, first("coder", 1), memo, "first", coder,
            AT, json.dumps([[two, 1, 5]]),
        ),
        "settlement_coding": (1, one),
        "suggestion_decision": (
            new_guid(), first("document"), code, coder, 1, 4, "rules", "accepted", two, AT,
        ),
    }  # fmt: skip
    assert tuple(rows) == row_exchange.TABLES
    for table, values in rows.items():
        names = ", ".join(f'"{one}"' for one in row_exchange.columns_of(table))
        marks = ", ".join("?" for _ in values)
        connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[ProjectFile]:
    # Other rows come first, so that the numbers of the two projects differ.
    opened = project_file.create(tmp_path / "inn.qdaproj", coder="Noen")
    yield opened
    opened.close()
    assert not doctor.diagnose(opened.path)


def test_every_row_comes_back_whole(
    tmp_path: Path, project: ProjectFile, empty: ProjectFile
) -> None:
    before = read_project(project)
    assert {one.table for one in before.tables} == set(row_exchange.TABLES)
    write_qdpx(tmp_path / "ut.qdpx", before)
    read, report = read_qdpx(tmp_path / "ut.qdpx")
    import_project(empty, coder="Noen", exchanged=read, report=report, adopt=True)
    assert read_project(empty).tables == before.tables
    assert all(report.kept[one.table] == len(one.rows) for one in before.tables)
    (cell,) = framework.all_cells(empty.connection)
    shown = {one.coding for one in cell.seen}
    assert len(shown) == 1
    guid = "SELECT guid FROM coding WHERE id = ?"
    expected = project.connection.execute("SELECT guid FROM coding ORDER BY id").fetchall()[1]
    assert empty.connection.execute(guid, (shown.pop(),)).fetchone() == expected


def test_what_names_ids_is_right_where_the_numbers_are_others(
    tmp_path: Path, project: ProjectFile, maker: ModuleType
) -> None:
    with closing(project_file.create(tmp_path / "annet.qdaproj", coder="Ola")) as other:
        maker.fill(other)
        exchanged = read_project(project)
        fresh = {one.guid: new_guid() for one in exchanged.documents}
        moved = replace(
            exchanged,
            documents=tuple(
                replace(one, guid=fresh[one.guid], text=one.text + "\nMer.\n")
                for one in exchanged.documents
            ),
            codings=tuple(replace(one, document=fresh[one.document]) for one in exchanged.codings),
        )
        report = ExchangeReport("x")
        import_project(other, coder="Ola", exchanged=moved, report=report)
        after = read_project(other)
        kept = {one.table: by_names(one, after) for one in after.tables}
        for table in exchanged.tables:
            # Those name a document, which has another GUID here.
            if table.table not in (
                "quote_use", "settlement", "settlement_coding", "suggestion_decision",
            ):  # fmt: skip
                assert kept[table.table] == by_names(table, exchanged), table.table
        other.undo("Ola")
        assert read_project(other).tables == ()


def by_names(rows: TableRows, project: ExchangedProject) -> list[list[object]]:
    """The rows with names for cases and coders: those of a name were there already."""
    names = {one.guid: one.name for some in (project.coders, project.cases) for one in some}
    return [[names.get(Guid(str(cell)), cell) for cell in row] for row in rows.rows]


def test_importing_twice_adds_nothing(project: ProjectFile) -> None:
    before = read_project(project)
    report = ExchangeReport("x")
    import_project(project, coder="Kari", exchanged=before, report=report)
    assert read_project(project).tables == before.tables


@pytest.mark.parametrize(
    "rows",
    [
        TableRows("coder", ("guid", "name", "color"), ((new_guid(), "Ond", "#000000"),)),
        TableRows("sqlite_master", ("name",), (("x",),)),
        TableRows("recipe", ("guid", "name"), ((new_guid(), "x"),)),
        TableRows("recipe", ("guid", "name", "text"), (("nei", "x", "y"), (new_guid(), "", "y"))),
        TableRows("recipe", ("guid", "name", "text"), ((new_guid(), 5, None), (new_guid(), "x"))),
        TableRows("claim_evidence", ("claim_id", "coding_id", "side", "position"),
                  ((1, 1, "for", 0),)),
        TableRows("proposition", ("guid", "name", "text", "scale", "position"),
                  ((new_guid(), "x", "", "", 1 << 70),)),
        TableRows("score", ("file_id", "item_id", "rater", "value"), ((1, 1, "x", 1),)),
    ],
)  # fmt: skip
def test_rows_of_a_stranger_that_do_not_fit_stay_out(empty: ProjectFile, rows: TableRows) -> None:
    exchanged = replace(read_project(empty), tables=(rows,))
    report = ExchangeReport("x")
    before = read_project(empty)
    import_project(empty, coder="Noen", exchanged=exchanged, report=report)
    assert read_project(empty).tables == ()
    assert [one.name for one in read_project(empty).coders] == [one.name for one in before.coders]


def test_a_note_of_a_stranger_is_read_with_care(tmp_path: Path, project: ProjectFile) -> None:
    import zipfile

    write_qdpx(tmp_path / "ut.qdpx", read_project(project))
    with zipfile.ZipFile(tmp_path / "ut.qdpx") as file:
        whole = file.read("project.qde").decode()
        members = {one: file.read(one) for one in file.namelist()[1:]}
    at = whole.index('"tables":[') + len('"tables":[')
    for bad in (
        "7,", '["recipe",7,[]],', '["recipe",["guid"],[[{"a":1}]]],', "[[]],", '["x",[],[[]]],'
    ):  # fmt: skip
        path = tmp_path / "stygg.qdpx"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("project.qde", whole[:at] + bad + whole[at:])
            for name, content in members.items():
                file.writestr(name, content)
        read, _ = read_qdpx(path)
        assert {one.table for one in read.tables} >= set(row_exchange.TABLES)


def test_what_stays_is_told(project: ProjectFile) -> None:
    project.connection.execute(
        "INSERT INTO recording (guid, document_id, path, size, modified, fingerprint)"
        " VALUES (?, (SELECT min(id) FROM document), 'opptak.mp3', 1, '', '')",
        (new_guid(),),
    )
    report = ExchangeReport("x")
    tell_what_stays(project, report)
    assert {one.item for one in report.of_kind("left out")} >= {"recording"}


def test_every_table_that_goes_along_names_only_what_has_a_guid() -> None:
    for table in row_exchange.TABLES:
        for named in row_exchange.REFERENCES[table].values():
            assert "guid" in schema.LOGGED[named]
