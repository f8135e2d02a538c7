"""A query that several views want is asked once, until anything changes, whoever changed it."""

import sqlite3

import pytest

from qda.app.session import Session
from qda.operations.codes import add_code
from qda.store import codes
from qda.store.project_file import ProjectFile


class Names:
    """Reads the names of the codes and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, connection: sqlite3.Connection) -> list[str]:
        self.asked += 1
        return [one.name for one in codes.all_codes(connection)]


@pytest.fixture
def names() -> Names:
    return Names()


def test_it_is_asked_once_until_something_changes(filled: ProjectFile, names: Names) -> None:
    session = Session(filled)
    before = filled.once(names)
    assert filled.once(names) is before
    assert names.asked == 1
    session.run(add_code, coder=session.coder, name="ny")
    assert sorted(filled.once(names)) == sorted([*before, "ny"])
    session.undo()
    assert filled.once(names) == before
    session.redo()
    assert "ny" in filled.once(names)
    assert names.asked == 4


def test_what_another_connection_wrote_is_read_too(filled: ProjectFile, names: Names) -> None:
    session = Session(filled)
    filled.once(names)
    session.begin_apart()
    done = session.run_apart(add_code, coder=session.coder, name="ny")
    assert "ny" in filled.once(names)
    session.end_apart(done.changes)
    assert "ny" in filled.once(names)


def test_what_is_read_within_a_step_is_not_kept(filled: ProjectFile, names: Names) -> None:
    before = filled.once(names)
    connection = filled.connection
    connection.execute("BEGIN")
    connection.execute("UPDATE code SET name = name || ' x'")
    assert filled.once(names) == [f"{one} x" for one in before]
    connection.execute("ROLLBACK")
    assert filled.once(names) == before
