"""A program killed at any moment leaves each operation whole or not at all."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qda.store import history, lock, project_file
from qda.store.project_file import ProjectFile

Digest = Callable[[ProjectFile], str]
WORKER = Path(__file__).with_name("killed_worker.py")
ROOT = Path(__file__).parents[2]


def killed(path: Path, seed: int, after: float) -> tuple[str, int]:
    """Let the worker run and kill it; return the last digest it told, and the audit's length."""
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(path), str(seed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stderr is not None
    first = worker.stdout.readline()
    assert first, worker.stderr.read()
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(timeout=after)
    worker.kill()
    told, _ = worker.communicate()
    lines = [line for line in [first, *told.splitlines(keepends=True)] if line.endswith("\n")]
    digest, count = lines[-1].split()
    return digest, int(count)


def check(project: ProjectFile, digest: Digest, last: str, count: int) -> None:
    connection = project.connection
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    trail = history.audit_entries(connection)
    if len(trail) == count:
        assert digest(project) == last
        return
    # One more was committed before it could be told: taking it back leads to what was told.
    assert len(trail) == count + 1
    back = project.redo if trail[-1].action == "undone" else project.undo
    assert back("Kari") is not None
    assert digest(project) == last


@pytest.mark.slow
@pytest.mark.parametrize(("folder", "kills"), [("lokalt", 30), ("OneDrive - Etaten", 12)])
def test_killing_leaves_each_operation_whole_or_undone(
    tmp_path: Path, digest: Digest, folder: str, kills: int
) -> None:
    draw = random.Random(kills)
    place = tmp_path / folder
    place.mkdir()
    path = place / "p.qdaproj"
    project_file.create(path, coder="Kari").close()
    seen_more = 0
    for number in range(kills):
        if number % 10 == 9:  # begin anew before the project grows slow
            path = place / f"p{number}.qdaproj"
            project_file.create(path, coder="Kari").close()
        last, count = killed(path, number, draw.uniform(0.0, 0.35))
        assert lock.state(path) == "stale"
        project = project_file.open_project(path)
        try:
            seen_more += count > 0
            check(project, digest, last, count)
            before = digest(project)
            written = project.undo("Kari") is not None
            if written:
                assert project.redo("Kari") is not None
                assert digest(project) == before
        finally:
            project.close()
        beside = {one.name for one in place.iterdir() if one.name.startswith(path.name)}
        # A journal in which nothing stood yet is left to whoever writes next.
        left = {path.name + "-journal"} if not written else set[str]()
        assert beside - left == {path.name, path.name + ".backups"}
    assert seen_more > kills // 2
