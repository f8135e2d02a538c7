"""The bridge: long operations off the main thread, told when they are done."""

from threading import Event
from typing import Any

from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.session_bridge import LARGE
from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.errors import NotAllowed
from qda.model.messages import message
from qda.operations import codes
from qda.store.project_file import ProjectFile


def add(
    project: ProjectFile, *, coder: str, name: str, gate: Event, progress: Progress
) -> OpResult[Any]:
    """Add a code once the gate is open: it can be cancelled before it is there."""
    progress.start(2, message("Importing"))
    progress.step()
    with project.step(codes.ADD, coder) as step:
        project.connection.execute(
            "INSERT INTO code (guid, parent_id, name, position, color, definition, include,"
            " exclude, example, keywords, scale, shortcut)"
            " VALUES ('g', NULL, ?, 0, '#000000', '', '', '', '', '[]', '[]', '')",
            (name,),
        )
        gate.wait()
        progress.step()
    return OpResult(name, step.changes, step.id)


def fail(project: ProjectFile, *, coder: str, progress: Progress) -> OpResult[Any]:
    """Fail as an operation does that the user can mend."""
    del project, coder, progress
    raise NotAllowed(message("No."))


def run(context: Context, operation: Any, **wishes: object) -> list[object]:  # noqa: ANN401
    outcome: list[object] = []
    context.bridge.run_in_worker(
        context.jobs, "x", operation,
        on_done=lambda result: outcome.append(result.value),
        on_ended=lambda: outcome.append(None),
        **wishes,
    )  # fmt: skip
    return outcome


def count(context: Context) -> int:
    return context.bridge.project.connection.execute("SELECT count(*) FROM code").fetchone()[0]


def test_views_hear_of_a_long_operation_when_it_is_done(context: Context, qtbot: QtBot) -> None:
    gate = Event()
    with qtbot.waitSignal(context.bridge.changed) as heard:
        outcome = run(context, add, name="a", gate=gate)
        assert outcome == []
        # Meanwhile nothing else changes the project; the user is told why.
        with qtbot.waitSignal(context.bridge.failed):
            context.bridge.run(codes.add_code, name="b")
        gate.set()
    assert heard.args is not None
    assert heard.args[0].of("code")
    qtbot.waitUntil(lambda: outcome == ["a"])
    assert count(context) == 1
    context.bridge.undo()
    assert count(context) == 0


def test_cancelling_leaves_nothing_and_lets_others_go_on(context: Context, qtbot: QtBot) -> None:
    gate = Event()
    outcome = run(context, add, name="a", gate=gate)
    context.jobs.cancel()
    gate.set()
    qtbot.waitUntil(lambda: outcome != [])
    assert outcome == [None]
    assert count(context) == 0
    assert context.bridge.run(codes.add_code, name="b") is not None


MANY = 40_000


def write_many(project: ProjectFile, *, coder: str, name: str, rows: int) -> OpResult[Any]:
    """Write codes in one long statement, knowing nothing of progress."""
    with project.step(codes.ADD, coder) as step:
        STARTED.set()
        project.connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO code (guid, parent_id, name, position, color, definition, include,"
            " exclude, example, keywords, scale, shortcut)"
            " SELECT 'g' || i, NULL, ? || i, i, '#000000', '', '', '', '', '[]', '[]', '' FROM n",
            (rows, name),
        )
    return OpResult(name, step.changes, step.id)


STARTED = Event()


def run_by_size(context: Context, size: int, **wishes: object) -> list[object]:
    outcome: list[object] = []
    context.bridge.run_by_size(
        context.jobs, "Writing", size, write_many,
        on_done=lambda result: outcome.append(result.value), notice="written", **wishes,
    )  # fmt: skip
    return outcome


def test_little_is_written_at_once(context: Context, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.bridge.noticed) as told:
        outcome = run_by_size(context, LARGE, name="a", rows=3)
    assert told.args == ["written"]
    assert (outcome, context.jobs.busy, count(context)) == (["a"], False, 3)


def test_much_is_written_beside_the_window(context: Context, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.bridge.noticed):
        outcome = run_by_size(context, LARGE + 1, name="a", rows=3)
        assert (outcome, context.jobs.busy) == ([], True)
    qtbot.waitUntil(lambda: outcome == ["a"])
    assert count(context) == 3
    with qtbot.waitSignal(context.jobs.failed):
        context.bridge.run_by_size(context.jobs, "x", LARGE + 1, refuse)
    assert context.bridge.run(codes.add_code, name="b") is not None


def refuse(project: ProjectFile, *, coder: str) -> OpResult[Any]:
    del project, coder
    raise NotAllowed(message("No."))


def test_one_long_statement_is_cancelled_in_its_midst(context: Context, qtbot: QtBot) -> None:
    connection = context.bridge.project.connection
    before = list(connection.iterdump())
    STARTED.clear()
    outcome = run_by_size(context, 10**9, name="a", rows=10**9)
    assert STARTED.wait(30)
    with qtbot.waitSignal(context.jobs.finished, timeout=30_000):
        context.jobs.cancel()
    assert outcome == []
    assert list(connection.iterdump()) == before
    assert not context.bridge.session.busy
    outcome = run_by_size(context, 10**9, name="b", rows=MANY)
    qtbot.waitUntil(lambda: outcome == ["b"], timeout=60_000)
    assert count(context) == MANY
    assert context.bridge.session.next_undo is not None


def test_one_job_is_given_up_and_the_others_go_on(context: Context, qtbot: QtBot) -> None:
    gate, ended = Event(), []
    jobs = context.jobs

    def work(progress: Progress) -> str:
        gate.wait()
        progress.step()
        return "done"

    first, second, third = (
        jobs.start(name, work, lambda _: ended.append("done"), lambda at=name: ended.append(at))
        for name in ("first", "second", "third")
    )
    jobs.give_up(second)
    jobs.give_up(second)
    assert ended == ["second"]
    jobs.give_up(first)
    gate.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert ended == ["second", "first", "done"]
    jobs.give_up(third)
    assert ended == ["second", "first", "done"]


def test_what_fails_is_told_and_blocks_nothing(context: Context, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.jobs.failed) as told:
        outcome = run(context, fail)
    assert told.args is not None
    assert str(told.args[0]) == "No."
    assert outcome == [None]
    assert context.bridge.run(codes.add_code, name="b") is not None


def test_two_at_once_are_refused(context: Context, qtbot: QtBot) -> None:
    gate = Event()
    first = run(context, add, name="a", gate=gate)
    with qtbot.waitSignal(context.bridge.failed):
        second = run(context, add, name="b", gate=gate)
    gate.set()
    assert second == [None]
    qtbot.waitUntil(lambda: first == ["a"])
