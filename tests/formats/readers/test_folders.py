"""Folders are gone through whole, and what is passed over is counted."""

import os
import sys
from pathlib import Path

import pytest

from qda.formats.readers.folders import find_files, printable
from qda.jobs.progress import Cancelled, Progress


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    root = tmp_path / "Feltarbeid"
    for name in (
        "guide.txt", "NAV Nord/leder.docx", "NAV Nord/runde 2/veileder.TXT", "NAV Sør/notat.pdf",
        "NAV Sør/opptak.mp3", "NAV Sør/gammelt.doc", "NAV Sør/uten", ".skjult.txt", "~$leder.docx",
        ".git/x.txt", "NAV Nord/._leder.txt",
    ):  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return root


def test_subfolders_are_gone_through_and_named(pile: Path) -> None:
    found = find_files([pile])
    assert [(one.where, one.folder) for one in found.files] == [
        ("Feltarbeid/guide.txt", ""),
        ("Feltarbeid/NAV Nord/leder.docx", "NAV Nord"),
        ("Feltarbeid/NAV Nord/runde 2/veileder.TXT", "NAV Nord"),
        ("Feltarbeid/NAV Sør/notat.pdf", "NAV Sør"),
    ]
    assert found.others == {".mp3": 1, ".doc": 1, "": 1}
    assert found.empty == found.closed == ()


def test_a_named_file_counts_whatever_it_is_and_not_twice(
    pile: Path,
) -> None:
    named = pile / "NAV Sør" / "opptak.mp3"
    found = find_files([named, pile / "guide.txt", pile])
    assert [one.where for one in found.files][:2] == ["opptak.mp3", "guide.txt"]
    assert len(found.files) == 5


def test_folders_with_nothing_to_import_are_told(pile: Path) -> None:
    (pile / "tom").mkdir()
    found = find_files([pile / "tom", pile])
    assert found.empty == (pile / "tom",)


@pytest.mark.skipif(sys.platform == "win32", reason="links need special rights there")
def test_links_to_folders_are_not_followed(pile: Path) -> None:
    (pile / "NAV Nord" / "ring").symlink_to(pile, target_is_directory=True)
    assert len(find_files([pile]).files) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are files there")
def test_what_is_no_file_is_left_alone(pile: Path) -> None:
    os.mkfifo(pile / "rør.txt")
    assert len(find_files([pile]).files) == 4


def test_looking_can_be_cancelled(pile: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        find_files([pile], progress)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("blåbær.txt", "blåbær.txt"),
        ("bl\udcc3\udca5.txt", "blå.txt"),
        ("bl\udce5.txt", "bl\ufffd.txt"),
        ("x\ud800.txt", "x?.txt"),
    ],
)
def test_names_become_text(name: str, shown: str) -> None:
    assert printable(name) == shown
