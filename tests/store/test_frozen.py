"""Projects of every version of the schema that was ever shipped open and read as they did."""

import importlib.util
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from qda.store import (
    admission,
    backups,
    cases,
    code_sets,
    coders,
    codes,
    codings,
    documents,
    framework,
    history,
    judgements,
    memos,
    migrations,
    participants,
    project_file,
    project_info,
    quote_uses,
    recipes,
    row_checks,
    saved_queries,
    schema,
    turns,
    variables,
)  # fmt: skip

DATA = Path(__file__).parents[1] / "data"


def maker() -> Any:  # noqa: ANN401 - a module
    spec = importlib.util.spec_from_file_location("make_v1_1", DATA / "make_v1_1.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_migrations_make_the_current_schema(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        migrations.migrate(connection)
        assert admission.differences(connection) == ([], [])
        assert admission.user_version(connection) == schema.USER_VERSION
        for table, columns in schema.LOGGED.items():
            there = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            assert there == list(columns)
        migrations.migrate(connection)
        assert admission.differences(connection) == ([], [])


def test_version_1_0(tmp_path: Path) -> None:
    path = tmp_path / "v1_0.qdaproj"
    shutil.copy(DATA / "v1_0.qdaproj", path)
    with closing(project_file.open_project(path)) as project:
        connection = project.connection
        for table in schema.m001.LOGGED:
            assert connection.execute(f'SELECT 1 FROM "{table}"').fetchone(), table
        assert project_info.read(connection).name == "Fryst 1.0"
        assert [one.name for one in coders.all_coders(connection)] == [
            "Kari Kodar", "Ola Øvrebø 🦊",
        ]  # fmt: skip
        first, second = documents.all_documents(connection)
        assert (first.name, second.name, first.turns) == ("leiar", "rådgivar", 4)
        text = documents.text(connection, first.id)
        assert documents.source_bytes(connection, first.id).decode() == text
        assert len(text) == first.characters
        spoken = turns.of_document(connection, first.id)
        assert text[spoken[3].start : spoken[3].end] == "Då tel vi møte. Berre møte."
        assert [one.name for one in participants.all_participants(connection)] == [
            "Intervjuer", "Leder", "Leder (rådgivar)",
        ]  # fmt: skip
        assert list(codes.path_texts(codes.all_codes(connection)).values()) == [
            "styring", "styring/teljing\\/møte", "laget",
        ]  # fmt: skip
        assert codes.all_codes(connection)[1].scale == ("låg", "høg")
        quotes = {one.quote: one for one in codings.all_codings(connection)}
        assert set(quotes) == {
            "Vi delte laget i to 🙂", "tel vi møte", "Berre møte.", "e\u0301n ting",
        }  # fmt: skip
        assert quotes["tel vi møte"].stance == "mot"
        assert quotes["Berre møte."].value == "høg"
        assert [one.pseudonym for one in cases.all_cases(connection)] == ["Kontor A", ""]
        assert [one.value for one in variables.values(connection, "case")] == [0.1 + 0.2, 1e-300]
        assert [one.text for one in memos.all_memos(connection)] == [
            "Hugs: blå perm 📘", "Kven er «vi»?",
        ]  # fmt: skip
        assert [one.action for one in history.audit_entries(connection)][-2:] == [
            "undone", "redone",
        ]  # fmt: skip
        count = 0
        while project.undo("Kari") is not None:
            count += 1
        assert count == 15
        assert documents.all_documents(connection) == ()


def test_an_older_project_is_read_where_it_may_not_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "v1_0.qdaproj"
    shutil.copy(DATA / "v1_0.qdaproj", path)
    before = path.read_bytes()
    with closing(project_file.open_project(path, write=False)) as project:
        assert project.read_only
        assert admission.user_version(project.connection) == schema.USER_VERSION
        assert project_info.read(project.connection).name == "Fryst 1.0"
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_bringing_an_older_project_up_to_date_keeps_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "v1_0.qdaproj"
    shutil.copy(DATA / "v1_0.qdaproj", path)
    project_file.open_project(path).close()
    assert len(backups.listed(path)) == 1
    with closing(project_file.open_project(path)) as project:
        assert admission.user_version(project.connection) == schema.USER_VERSION
        assert project_info.read(project.connection).name == "Fryst 1.0"


def test_every_table_of_version_1_1_is_filled_read_and_undone(tmp_path: Path) -> None:
    path = tmp_path / "v1_1.qdaproj"
    maker().make(path).close()
    with closing(project_file.open_project(path)) as project:
        connection = project.connection
        for table in schema.LOGGED:
            assert connection.execute(f'SELECT 1 FROM "{table}"').fetchone(), table
        assert [one.code for one in row_checks.CHECKS if one.count(connection)] == []
        [cell] = framework.all_cells(connection)
        assert cell.summary == "Tavla styrer dagen 📋."
        assert (len(cell.seen), len(cell.evidence)) == (1, 1)
        verdict, grade = judgements.all_judgements(connection)
        assert (verdict.value, verdict.evidence[0].side) == ("blir delvis støtta", "against")
        assert (grade.value, grade.settled) == ("høg", True)
        assert [one.name for one in judgements.all_propositions(connection)] == ["H1"]
        assert [len(one.evidence) for one in judgements.all_claims(connection)] == [1]
        assert [one.name for one in saved_queries.all_queries(connection)] == ["alt"]
        assert [one.manuscript for one in quote_uses.all_uses(connection)] == ["rapport.docx"]
        assert [name for name, _text in recipes.all_recipes(connection)] == ["Vanleg"]
        assert [(one.name, len(one.codes)) for one in code_sets.all_sets(connection)] == [
            ("Styring", 2)
        ]  # fmt: skip
        project.undo("Kari")
        # The codebook that the project began with left a report of its own.
        for table in schema.LOGGED.keys() - schema.m001.LOGGED.keys() - {"import_report"}:
            assert not connection.execute(f'SELECT 1 FROM "{table}"').fetchone(), table
        project.redo("Kari")
        assert len(framework.all_cells(connection)) == 1
