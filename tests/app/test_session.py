"""A session runs operations, undoes them, and tells who wants to hear."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qda.app.session import Session
from qda.model.changes import Changes
from qda.model.errors import NotAllowed, NotFound, ReadOnlyProject
from qda.model.ids import CodingId, DocumentId
from qda.operations import cases, codes, codings, memos, projects
from qda.operations.codings import NewCoding


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "p.qdaproj"


def test_every_change_is_told_with_who_asked(path: Path) -> None:
    session = Session.create(path, coder="Kari")
    heard: list[tuple[Changes, object]] = []
    end = session.subscribe(lambda changes, who: heard.append((changes, who)))
    me = object()
    made = session.run_for(me, codes.add_code, coder=session.coder, name="a").value
    assert heard[-1][1] is me
    assert heard[-1][0].of("code") == {made.id}
    session.undo()
    session.redo()
    assert [changes.counts() for changes, _ in heard] == [{"code": 1}] * 3
    with pytest.raises(NotAllowed):
        session.run(codes.add_code, coder=session.coder, name="a")
    session.run(codes.edit_code, coder=session.coder, code=made)
    assert len(heard) == 3
    end()
    end()
    session.run(codes.add_code, coder=session.coder, name="b")
    assert len(heard) == 3
    session.close()
    session.close()


def test_undo_and_redo_go_on_after_a_restart(path: Path) -> None:
    session = Session.create(path, coder="Kari")
    for name in "abc":
        session.run(codes.add_code, coder=session.coder, name=name)
    session.undo()
    session.close()
    session = Session.open(path, coder="Ola")
    assert session.next_redo is not None
    assert session.next_undo is not None
    assert session.next_undo.operation == "Add a code"
    assert session.redo() is not None
    for _ in "abc":
        assert session.undo() is not None
    assert session.undo() is None
    assert session.next_undo is None
    trail = [(one.coder, one.action) for one in session.audit()]
    assert trail == [
        *[("Kari", "done")] * 3, ("Kari", "undone"), ("Ola", "redone"), *[("Ola", "undone")] * 3,
    ]  # fmt: skip
    assert all(one.undone for one in session.steps())
    session.close()


def test_who_codes(path: Path) -> None:
    session = Session.create(path, coder="Kari")
    assert session.coder == "Kari"
    session.run(projects.choose_coder, coder=session.coder, name="Åse")
    assert session.coder == "Åse"
    session.close()
    session = Session.open(path, coder="Ola")
    assert session.coder == "Ola"
    session.close()


def test_a_second_session_reads_only(path: Path) -> None:
    first = Session.create(path, coder="Kari")
    second = Session.open(path)
    for act in (
        second.undo,
        second.redo,
        lambda: second.run(memos.add_memo, coder="K", on="project", target=0, text="x"),
    ):
        with pytest.raises(ReadOnlyProject):
            act()
    first.run(codes.add_code, coder="Kari", name="a")
    assert len(second.steps()) == 1
    second.close()
    first.close()


def test_a_backup_can_be_asked_for_while_open(path: Path) -> None:
    session = Session.create(path, coder="Kari")
    session.run(codes.add_code, coder="Kari", name="a")
    made = session.backup()
    session.close()
    copy = Session.open(made.path, write=False)
    assert len(copy.steps()) == 1
    copy.close()
    assert {one.name for one in path.parent.iterdir()} == {path.name, path.name + ".backups"}


def test_the_snapshot_follows_changes(path: Path) -> None:
    session = Session.create(path, coder="Kari")
    first = session.snapshot()
    assert session.snapshot() is first
    session.run(codes.add_code, coder="Kari", name="a")
    assert session.snapshot() is not first
    session.close()


def test_whom_a_coding_concerns_is_known_without_a_snapshot_of_now(
    session: Session, put: Callable[..., DocumentId]
) -> None:
    with pytest.raises(NotFound):
        session.resolved(CodingId(1))
    code = session.run(codes.add_code, coder="Kari", name="a").value
    office = session.run(cases.add_case, coder="Kari", name="NAV Lillevik").value
    document = put("intervju", "Veileder: Vi ringer dem.")
    session.snapshot()
    new = NewCoding(document, code.id, 10, 13, cases=(office,))
    made = session.run(codings.add_codings, coder="Kari", new=[new]).value[0]
    found = session.resolved(made.id)
    assert (found.cases, found.origin) == ((office,), "coding")
    assert not session.is_fresh
    # More than codings changed: all is brought up to date.
    session.run(cases.edit_case, coder="Kari", case=office, name="NAV Storevik", pseudonym="")
    assert session.resolved(made.id).cases == (office,)
    assert session.is_fresh
    session.run(codings.remove_codings, coder="Kari", coding_ids=[made.id])
    with pytest.raises(NotFound):
        session.resolved(made.id)


def test_a_long_operation_runs_in_another_thread_on_a_connection_of_its_own(path: Path) -> None:
    session = Session.create(path, coder="Kari")
    heard: list[Changes] = []
    session.subscribe(lambda changes, _who: heard.append(changes))
    session.begin_apart()
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(session.run_apart, codes.add_code, coder="Kari", name="a").result()
    assert heard == []
    with pytest.raises(NotAllowed, match="being written"):
        session.run(codes.add_code, coder="Kari", name="b")
    for refused in (session.undo, session.redo, session.begin_apart):
        with pytest.raises(NotAllowed, match="being written"):
            refused()
    session.end_apart(made.changes)
    assert heard == [made.changes]
    session.run(codes.add_code, coder="Kari", name="b")
    session.undo()
    session.undo()
    assert session.project.connection.execute("SELECT count(*) FROM code").fetchone() == (0,)
    session.redo()
    session.close()
    assert not path.with_name(path.name + "-wal").exists()
    session = Session.open(path)
    assert [step.undone for step in session.steps()] == [False, True]
    session.close()


def test_an_operation_apart_that_fails_changes_nothing_and_blocks_nothing(path: Path) -> None:
    session = Session.create(path, coder="Kari")
    session.run(codes.add_code, coder="Kari", name="a")
    session.begin_apart()
    with ThreadPoolExecutor(1) as pool, pytest.raises(NotAllowed):
        pool.submit(session.run_apart, codes.add_code, coder="Kari", name="a").result()
    session.end_apart(Changes())
    session.run(codes.add_code, coder="Kari", name="b")
    assert len(session.steps()) == 2
    session.close()


def test_nothing_is_opened_again_where_the_project_may_not_be_changed(path: Path) -> None:
    Session.create(path, coder="Kari").close()
    session = Session.open(path, write=False)
    with pytest.raises(ReadOnlyProject):
        session.run_apart(codes.add_code, coder="Kari", name="a")
    session.close()
