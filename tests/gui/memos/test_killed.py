"""The last words of a memo are in the file when the program is killed, once they were due."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from qda.store import memos, project_file

WRITER = Path(__file__).with_name("killed_writer.py")
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("way", ["pause", "on"])
def test_killing_the_program_loses_no_words_that_were_due(tmp_path: Path, way: str) -> None:
    path = tmp_path / "p.qdaproj"
    project_file.create(path, coder="Kari").close()
    writer = subprocess.Popen(
        [sys.executable, str(WRITER), str(path), way],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    try:
        told = writer.stdout.readline()
    finally:
        writer.kill()
        _, complaint = writer.communicate()
    assert told.strip().isdigit(), complaint
    due = int(told)
    assert due >= 10
    with closing(project_file.open_project(path)) as project:
        [memo] = memos.all_memos(project.connection)
    written = memo.text.partition(": ")[2]
    assert written.startswith("og de siste ordene" if way == "pause" else "x" * due)
