"""Projects of every version of the schema that was ever shipped open and read as they did."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from qda.store import (
    admission,
    backups,
    cases,
    coders,
    codes,
    codings,
    documents,
    history,
    memos,
    migrations,
    participants,
    project_file,
    project_info,
    schema,
    turns,
    variables,
)  # fmt: skip

DATA = Path(__file__).parents[1] / "data"


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
