"""What a file must show before it is used as a project: header, version, schema, pages, links.

A file from a stranger is untrusted: nothing in it runs, and nothing in it is read by the program
before it has passed here.
"""

import json
import sqlite3
from pathlib import Path

from qda.model.errors import ProjectProblem
from qda.model.messages import message
from qda.store import problems, schema

INTERNAL_TABLES = frozenset({"_sqlite_migrations", "sqlite_sequence", "sqlite_stat1"})
"""What SQLite and the migrations keep for themselves, worded as their versions please."""

SPOKEN_BY_NOBODY_THERE = (
    "SELECT 1 FROM turn WHERE participant_id IS NOT NULL"
    " AND participant_id NOT IN (SELECT id FROM participant) LIMIT 1"
)
"""Nothing is in an empty table, and in SQL not even NULL: so NULL is told apart."""

ORPHANS = (
    "SELECT 1 FROM coding WHERE document_id NOT IN (SELECT id FROM document) LIMIT 1",
    "SELECT 1 FROM coding WHERE code_id NOT IN (SELECT id FROM code) LIMIT 1",
    "SELECT 1 FROM coding WHERE coder_id NOT IN (SELECT id FROM coder) LIMIT 1",
    "SELECT 1 FROM turn WHERE document_id NOT IN (SELECT id FROM document) LIMIT 1",
    SPOKEN_BY_NOBODY_THERE,
    "SELECT 1 FROM value WHERE variable_id NOT IN (SELECT id FROM variable) LIMIT 1",
)
"""The foreign keys of the large tables, asked so that an index answers: the general check takes
three times as long."""

SMALL_TABLES = (
    "project", "document", "source_note", "code", "document_case", "participant_case",
    "coding_case", "memo", "text_version", "recording",
)  # fmt: skip


def check_header(path: Path) -> None:
    """Refuse what is no SQLite file before SQLite sees it. Raises ProjectProblem."""
    try:
        if path.is_dir():
            raise ProjectProblem(
                message("{name} is a folder; choose a project file in it.", name=path.name)
            )
        path.stat()
        if not path.is_file():
            raise problems.foreign(path)
        with path.open("rb") as file:
            header = file.read(100)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise ProjectProblem(
            message("There is no project {name} here; check the name and folder.", name=str(path))
        ) from error
    except OSError as error:
        raise problems.unreadable(path) from error
    if header[:16] != b"SQLite format 3\x00" or len(header) < 100:
        raise problems.foreign(path)
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise problems.foreign(path)


def check_version(connection: sqlite3.Connection, path: Path) -> bool:
    """Refuse a newer major version; return whether the minor version is newer."""
    version = user_version(connection)
    major, minor = version >> 16, version & 0xFFFF
    if major > schema.MAJOR:
        raise ProjectProblem(
            message(
                "{name} was made by a newer version of the program; update the program to open it.",
                name=path.name,
            )
        )
    if major < 1:
        raise problems.foreign(path)
    return major == schema.MAJOR and minor > schema.MINOR


def user_version(connection: sqlite3.Connection) -> int:
    """Return the version the file says it has: major << 16 | minor."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_active_objects(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse triggers, views and virtual tables: a project never carries code."""
    for kind, sql in connection.execute("SELECT type, sql FROM sqlite_master"):
        if _is_active(kind, sql):
            raise problems.altered(path)


def _is_active(kind: object, sql: object) -> bool:
    """Tell whether an object of the schema is anything but a plain table or index."""
    if kind not in ("table", "index"):
        return True
    return isinstance(sql, str) and squeezed(sql).upper().startswith("CREATE VIRTUAL")


def squeezed(statement: str) -> str:
    """Even out white space and quotes, which two writers of one statement may set differently."""
    return " ".join(statement.split()).replace('"', "")


def differences(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """Return the statements of the schema that the file lacks, and those it has too many."""
    expected = {squeezed(statement) for statement in schema.CURRENT}
    found: set[str] = set()
    for kind, table, sql in connection.execute("SELECT type, tbl_name, sql FROM sqlite_master"):
        if _is_active(kind, sql):
            found.add(f"{kind} {table}")
        elif sql is not None and table not in INTERNAL_TABLES:
            found.add(squeezed(str(sql)))
    return sorted(expected - found), sorted(found - expected)


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Compare the schema with the expected one; a newer minor version may have more."""
    refuse_active_objects(connection, path)
    if user_version(connection) > schema.USER_VERSION:
        _check_columns(connection, path)
        return
    if any(differences(connection)):
        raise problems.altered(path)


def _check_columns(connection: sqlite3.Connection, path: Path) -> None:
    """Require of a newer minor version at least the columns that this version reads."""
    for table, columns in schema.LOGGED.items():
        there = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        if not there.issuperset(columns):
            raise problems.altered(path)


def check_content(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse damaged pages and rows that point to nothing."""
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer is None or answer[0] != "ok":
        raise problems.damaged(path)
    if any(connection.execute(statement).fetchone() for statement in ORPHANS):
        raise problems.damaged(path)
    later = {table for table in schema.LOGGED if table not in schema.m001.LOGGED}
    for table in (*SMALL_TABLES, *sorted(later)):
        if connection.execute(f"PRAGMA foreign_key_check({table})").fetchone():
            raise problems.damaged(path)
    if connection.execute("SELECT count(*) FROM project").fetchone()[0] != 1:
        raise problems.damaged(path)
    lists = connection.execute("SELECT keywords, scale FROM code")
    if not all(is_list(cell) for row in lists for cell in row):
        raise problems.damaged(path)


def is_list(text: str) -> bool:
    """Tell whether a text is a list in JSON, as a code's keywords and scale are kept."""
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False
