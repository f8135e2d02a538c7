"""A session runs operations, undoes them, and tells who wants to hear."""

from pathlib import Path

import pytest

from qda.app.session import Session
from qda.model.changes import Changes
from qda.model.errors import NotAllowed, ReadOnlyProject
from qda.operations import codes, memos, projects


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
