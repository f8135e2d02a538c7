"""A commit does not wait for the disk; what it wrote is on its way there at once."""

import os
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from qda.operations import codes
from qda.store import codes as code_rows
from qda.store import connecting, project_file
from qda.store.flushing import Flusher

WAITS, GOES_ON = (2,), (1,)
"""What SQLite says of a connection whose commits wait for the disk, and of one whose do not."""


def level(project: project_file.ProjectFile) -> tuple[int]:
    return project.connection.execute("PRAGMA synchronous").fetchone()


def test_a_log_is_flushed_behind_and_a_journal_is_waited_for(tmp_path: Path) -> None:
    shared = tmp_path / "OneDrive - Etaten"
    shared.mkdir()
    with closing(project_file.create(tmp_path / "p.qdaproj", coder="Kari")) as project:
        assert level(project) == GOES_ON
        with project.opened_again() as apart:
            assert level(apart) == WAITS
    with closing(project_file.create(shared / "p.qdaproj", coder="Kari")) as project:
        assert level(project) == WAITS


@pytest.mark.parametrize("steps", [1, 2, 50])
def test_what_was_written_is_on_the_disk_when_it_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    file = tmp_path / "p-wal"
    file.write_bytes(b"")
    sizes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: sizes.append(os.fstat(number).st_size))
    flusher = Flusher(file)
    for size in range(1, steps + 1):
        file.write_bytes(b"x" * size)
        flusher.written()
    flusher.stop()
    # What waits while one flush goes on is met by the next, so that there are never more.
    assert sizes[-1] == steps
    assert len(sizes) <= steps
    flusher.written()
    flusher.stop()
    assert len(sizes) <= steps + 1


def test_every_step_has_the_log_flushed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []
    flush = os.fsync

    def watched(number: int) -> None:
        flush(number)
        seen.append((os.fstat(number).st_ino, os.fstat(number).st_size))

    monkeypatch.setattr(os, "fsync", watched)
    path = tmp_path / "p.qdaproj"
    with closing(project_file.create(path, coder="Kari")) as project:
        codes.add_code(project, coder="Kari", name="rutiner")
        wal = path.with_name(path.name + "-wal").stat()
        waited = threading.Event()
        for _ in range(500):
            if (wal.st_ino, wal.st_size) in seen:
                break
            waited.wait(0.01)
    assert (wal.st_ino, wal.st_size) in seen


def test_a_long_log_is_moved_into_the_file_behind_the_commit(tmp_path: Path) -> None:
    path = tmp_path / "p.qdaproj"
    with closing(project_file.create(path, coder="Kari")) as project:
        log = path.with_name(path.name + "-wal")
        for number in range(3):
            made = codes.add_code(project, coder="Kari", name=f"kode {number}").value
            long = replace(made, definition=str(number) * (3 << 20))
            codes.edit_code(project, coder="Kari", code=long)
        waited = threading.Event()
        for _ in range(1_000):
            if path.stat().st_size > 9 << 20:
                break
            waited.wait(0.01)
        assert path.stat().st_size > 9 << 20
        # The log begins anew with what is written next, and is no longer than it need be.
        number = 3
        while number < 300 and log.stat().st_size > connecting.LONG_LOG:
            codes.add_code(project, coder="Kari", name=f"kode {number}")
            number += 1
            waited.wait(0.02)
        assert log.stat().st_size <= connecting.LONG_LOG
        assert len(code_rows.all_codes(project.connection)) == number
    assert not log.exists()


def test_a_log_does_not_grow_for_ever_behind_one_who_never_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Flusher, "written", lambda _: None)
    path = tmp_path / "p.qdaproj"
    with closing(project_file.create(path, coder="Kari")) as project:
        log = path.with_name(path.name + "-wal")
        sizes: list[int] = []
        made = codes.add_code(project, coder="Kari", name="kode").value
        for number in range(24):
            long = replace(made, definition=str(number) * (1 << 20))
            codes.edit_code(project, coder="Kari", code=long)
            sizes.append(log.stat().st_size)
        most = connecting.TOO_LONG * 4096
        assert max(sizes) > connecting.LONG_LOG
        assert max(sizes) < 2 * most


def test_a_log_that_is_gone_needs_no_flush(tmp_path: Path) -> None:
    flusher = Flusher(tmp_path / "gone")
    flusher.written()
    flusher.stop()
    assert not flusher.failed


def test_when_a_flush_fails_commits_wait_for_the_disk_again(tmp_path: Path) -> None:
    path = tmp_path / "p.qdaproj"
    with closing(project_file.create(path, coder="Kari")) as project:
        flusher = project._flusher  # noqa: SLF001
        assert flusher is not None
        flusher.stop()
        # A folder can be opened as little as a file on a disk that is gone.
        flusher._file = tmp_path  # noqa: SLF001
        codes.add_code(project, coder="Kari", name="rutiner")
        flusher.stop()
        assert flusher.failed
        assert level(project) == GOES_ON
        codes.add_code(project, coder="Kari", name="frister")
        assert level(project) == WAITS
    with closing(project_file.open_project(path)) as project:
        assert project.connection.execute("SELECT count(*) FROM code").fetchone() == (2,)
