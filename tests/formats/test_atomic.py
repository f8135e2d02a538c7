import os
import stat
from pathlib import Path

import pytest

from qda.formats.atomic import atomic_write, require_place
from qda.model.errors import FileProblem


def problem(path: Path, content: bytes | str = "ny") -> str:
    with pytest.raises(FileProblem) as caught:
        atomic_write(path, content)
    return str(caught.value)


def test_text_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    atomic_write(path, "æøå\n")
    assert path.read_bytes() == "æøå\n".encode()
    atomic_write(path, b"\x00\xff")
    assert path.read_bytes() == b"\x00\xff"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="permissions and links are those of POSIX")
def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "fil.txt", tmp_path / "lenke.txt"
    path.write_text("gammel")
    path.chmod(0o640)
    link.symlink_to(path)
    atomic_write(link, "ny")
    assert link.is_symlink()
    assert path.read_text() == "ny"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "does not exist" in problem(tmp_path / "borte" / "fil.txt")
    (tmp_path / "fil").write_text("x")
    assert "does not exist" in problem(tmp_path / "fil" / "under.txt")


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "mappe").mkdir()
    assert "is a folder" in problem(tmp_path / "mappe")
    assert [path.name for path in tmp_path.iterdir()] == ["mappe"]


def test_a_name_too_long(tmp_path: Path) -> None:
    assert "too long" in problem(tmp_path / ("x" * 400))
    assert not list(tmp_path.iterdir())


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="file size limits are those of POSIX")
    signal = pytest.importorskip("signal")
    path = tmp_path / "fil.txt"
    path.write_text("gammel")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        sentence = problem(path, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert "no space left" in sentence
    assert path.read_text() == "gammel"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_is_looked_at_before_anything_is_written(tmp_path: Path) -> None:
    there = tmp_path / "fil.txt"
    there.write_text("gammel")
    require_place(there)
    require_place(tmp_path / "ny.txt")
    for path, words in (
        (tmp_path / "borte" / "fil.txt", "does not exist"),
        (there / "fil.txt", "does not exist"),
        (tmp_path, "is a folder"),
        (Path(), "is a folder"),
    ):
        with pytest.raises(FileProblem, match=words):
            require_place(path)
    assert (there.read_text(), list(tmp_path.iterdir())) == ("gammel", [there])
