"""Databases of other programs are read and never run, written or believed."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem
from qda.store import foreign
from qda.store.foreign import open_foreign

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a database of statements; return its path."""

    def make_one(*statements: str, name: str = "annet.db") -> Path:
        path = tmp_path / name
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return path

    return make_one


def rows(path: Path, table: str, *columns: str) -> list[tuple[str, ...]]:
    with open_foreign(path) as database:
        return [tuple(row.text(one) for one in columns) for row in database.rows(table)]


@pytest.fixture(autouse=True)
def untouched(tmp_path: Path) -> Iterator[None]:
    """Nothing is written beside what is read."""
    yield
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(("-shm", ".new"))]


def test_rows_come_in_their_order_and_by_lower_case_names(make: Make) -> None:
    path = make(
        'CREATE TABLE "Tekst ""x""" (Id INTEGER PRIMARY KEY, Navn TEXT)',
        'INSERT INTO "Tekst ""x""" VALUES (2, \'to\'), (1, \'en\')',
    )
    before = path.read_bytes()
    assert rows(path, 'tekst "x"', "id", "navn", "finnes ikke") == [
        ("1", "en", ""),
        ("2", "to", ""),
    ]
    assert rows(path, "borte", "id") == []
    assert path.read_bytes() == before


def test_values_come_whatever_the_column_says(make: Make) -> None:
    path = make(
        "CREATE TABLE t (a INTEGER, b TEXT)",
        "INSERT INTO t VALUES ('12', 12), ('tolv', 12.0), (12.5, x'C3A5E6'), (NULL, 'é'),"
        " (9e999, 1), (x'00ff', '')",
    )
    with open_foreign(path) as database:
        found = [(row.whole("a"), row.text("a"), row.text("b")) for row in database.rows("t")]
    assert [one[0] for one in found] == [12, None, None, None, None, None]
    assert [one[2] for one in found] == ["12", "12.0", "Ã¥æ", "é", "1", ""]


def test_whole_numbers_are_read_from_reals_and_texts(make: Make) -> None:
    path = make("CREATE TABLE t (a REAL, b TEXT)", "INSERT INTO t VALUES (7.0, ' 7 ')")
    with open_foreign(path) as database:
        (row,) = database.rows("t")
        assert (row.whole("a"), row.whole("b"), row.text("a")) == (7, 7, "7")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW kode AS SELECT * FROM ekte",
        "CREATE TABLE kode (id, x AS (hex(zeroblob(1000000))))",
        "CREATE VIRTUAL TABLE kode USING fts5(x)",
    ],
)
def test_what_runs_when_it_is_read_is_no_table(make: Make, statement: str) -> None:
    path = make("CREATE TABLE ekte (id)", "INSERT INTO ekte VALUES (1)", statement)
    with open_foreign(path) as database:
        assert not database.has("kode")
        assert list(database.rows("kode")) == []
        assert "kode" in {name for _kind, name in database.left}
        assert [row.text("id") for row in database.rows("ekte")] == ["1"]


def test_triggers_are_told_of_and_never_fire(make: Make) -> None:
    path = make(
        "CREATE TABLE t (id)",
        "INSERT INTO t VALUES (1)",
        "CREATE TRIGGER lur AFTER INSERT ON t BEGIN DELETE FROM t; END",
    )
    with open_foreign(path) as database:
        assert database.left == (("trigger", "lur"),)
        assert database.count("t") == 1


def test_checks_and_defaults_of_the_file_are_not_run(make: Make) -> None:
    path = make("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a CHECK (finnes_ikke(a)))'"
        )
        connection.commit()
    assert rows(path, "t", "a") == [("1",)]


def test_tables_without_row_numbers_are_read(make: Make) -> None:
    path = make(
        "CREATE TABLE t (a TEXT PRIMARY KEY, b) WITHOUT ROWID", "INSERT INTO t VALUES ('å', 1)"
    )
    assert rows(path, "t", "a", "b") == [("å", "1")]


def test_a_database_that_was_not_closed_is_read_with_its_log(tmp_path: Path, make: Make) -> None:
    path = make("CREATE TABLE t (a)", "INSERT INTO t VALUES ('før')", name="aapen.db")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("INSERT INTO t VALUES ('etter')")
    connection.commit()
    copy = tmp_path / "kopi.db"
    for ending in ("", "-wal"):
        (tmp_path / f"kopi.db{ending}").write_bytes((tmp_path / f"aapen.db{ending}").read_bytes())
    connection.close()
    before = copy.read_bytes(), copy.with_name("kopi.db-wal").read_bytes()
    assert rows(copy, "t", "a") == [("før",), ("etter",)]
    assert (copy.read_bytes(), copy.with_name("kopi.db-wal").read_bytes()) == before


def test_a_step_that_was_broken_off_is_taken_back_in_the_copy(tmp_path: Path, make: Make) -> None:
    path = make("CREATE TABLE t (a)", "INSERT INTO t VALUES ('før')")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE t SET a = 'halvt'")
    connection.executemany("INSERT INTO t VALUES (?)", [("x" * 3000,) for _ in range(50)])
    copy = tmp_path / "kopi.db"
    for ending in ("", "-journal"):
        there = path.with_name(path.name + ending)
        copy.with_name(copy.name + ending).write_bytes(there.read_bytes())
    connection.execute("ROLLBACK")
    connection.close()
    assert rows(copy, "t", "a") == [("før",)]


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3", b"SQLite format 3\x00", b"PK\x03\x04"]
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(FileProblem), open_foreign(path) as database:
        list(database.rows("t"))


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "borte.db", tmp_path):
        with pytest.raises(FileProblem), open_foreign(path):
            pass
    assert not (tmp_path / "borte.db").exists()


def test_larger_values_and_more_than_is_read_are_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make("CREATE TABLE t (a)", "INSERT INTO t VALUES (zeroblob(200000)), (1), (2)")
    for limit, most in (("MAX_VALUE", 100_000), ("MAX_READ", 1000), ("MAX_ROWS", 2)):
        with monkeypatch.context() as patch:
            patch.setattr(foreign, limit, most)
            with pytest.raises(FileProblem, match="larger than any project"):
                rows(path, "t", "a")


def test_reading_can_be_cancelled(make: Make) -> None:
    path = make(
        "CREATE TABLE t (a)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
        " INSERT INTO t SELECT i FROM n",
    )
    progress = Progress()
    with open_foreign(path, progress) as database:
        found = database.rows("t")
        next(found)
        progress.cancel()
        with pytest.raises(Cancelled):
            list(found)


def test_columns_that_nobody_asked_for_are_counted(make: Make) -> None:
    path = make("CREATE TABLE t (a, b, c)", "INSERT INTO t VALUES (1, 'x', NULL), (2, '', 0)")
    with open_foreign(path) as database:
        assert database.unasked("t") is None
        for row in database.rows("t"):
            row.text("a")
        assert database.unasked("t") == {"b": 1}


def test_a_damaged_schema_with_names_that_no_one_can_read_is_refused(make: Make) -> None:
    path = make("CREATE TABLE tabell (a)", "CREATE TABLE annen (a)")
    whole = path.read_bytes()
    # SQLite quotes the name in its error, which then is no text.
    path.write_bytes(whole.replace(b"CREATE TABLE tabell", b"CREATX TABLE tabell").replace(
        b"tabelltabell", b"t\xe2be\xe2lt\xe2be\xe2l"
    ))  # fmt: skip
    with pytest.raises(FileProblem):
        rows(path, "annen", "a")


def test_damaged_pages_are_refused_or_read_and_never_hang(make: Make) -> None:
    path = make(
        "CREATE TABLE t (a TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
        " INSERT INTO t SELECT 'linje ' || i FROM n",
    )
    whole = path.read_bytes()
    chance = random.Random(3)
    refused = 0
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            damaged[chance.randrange(100, len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            with open_foreign(path) as database:
                assert sum(1 for _ in database.rows("t")) <= 4000
        except FileProblem as problem:
            assert str(problem).endswith(".")  # noqa: PT017
            refused += 1
    assert refused > 20
