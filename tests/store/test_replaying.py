"""Undo and redo that are cancelled: nothing has changed, and the step can be replayed after all."""

from collections.abc import Callable

import pytest

from qda.jobs.progress import Cancelled, Progress
from qda.operations import cases, monthly_values
from qda.operations.monthly_values import PeriodValue
from qda.store import history, replaying
from qda.store.project_file import ProjectFile

ROWS = 3 * replaying.TOGETHER + 7


@pytest.fixture
def large(empty: ProjectFile) -> ProjectFile:
    """A project whose last step has some thousand rows of several tables."""
    cases.add_case(empty, coder="Kari", name="NAV Nord")
    values = [
        PeriodValue("NAV Nord", f"{2000 + at // 12}-{1 + at % 12:02}", f"i{at % 3}", float(at))
        for at in range(ROWS)
    ]
    monthly_values.import_period_values(empty, coder="Kari", values=values)
    return empty


def whole(project: ProjectFile) -> list[str]:
    """Return everything that the file holds, history and audit too."""
    return list(project.connection.iterdump())


def cancelling(at: int) -> tuple[Progress, list[tuple[int, int]]]:
    """Return a progress that is cancelled once so many rows are done, and what it told."""
    told: list[tuple[int, int]] = []

    def report(done: int, total: int, _message: object) -> None:
        told.append((done, total))
        if done >= at:
            progress.cancel()

    progress = Progress(report)
    return progress, told


@pytest.mark.parametrize("back", [True, False])
@pytest.mark.parametrize("share", [0, 0.4, 0.8])
def test_cancelled_nothing_has_changed_and_it_can_be_done_later(
    large: ProjectFile, share: float, *, back: bool
) -> None:
    done = whole(large)
    if not back:
        large.undo("Kari")
    before = whole(large)
    replay: Callable[..., object] = large.undo if back else large.redo
    progress, told = cancelling(int(ROWS * share))
    with pytest.raises(Cancelled):
        replay("Kari", progress)
    rows = told[0][1]
    assert rows >= ROWS
    assert ROWS * share <= told[-1][0] <= ROWS * share + replaying.TOGETHER
    assert not large.connection.in_transaction
    assert whole(large) == before
    progress, told = cancelling(10**9)
    assert replay("Kari", progress) is not None
    assert told[-1] == (rows, rows)
    kept = large.connection.execute("SELECT count(*) FROM value").fetchone()[0]
    assert kept == (0 if back else ROWS)
    if not back:
        rest = [line for line in whole(large) if "audit" not in line]
        assert rest == [line for line in done if "audit" not in line]
    assert [one.action for one in history.audit_entries(large.connection)][-1] == (
        "undone" if back else "redone"
    )


def test_cancelled_after_the_last_row_comes_too_late(large: ProjectFile) -> None:
    progress, told = cancelling(2**31)
    large.undo("Kari", progress)
    last = told[-1][0]
    progress, _ = cancelling(last)
    assert large.redo("Kari", progress) is not None
    assert progress.cancelled
    assert large.connection.execute("SELECT count(*) FROM value").fetchone() == (ROWS,)
