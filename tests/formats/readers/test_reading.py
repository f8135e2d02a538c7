import os
from pathlib import Path

import pytest

from qda.formats.readers import known_endings, raw, read_file, reading, reread
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem
from qda.model.reading import ReadOptions


def test_known_endings() -> None:
    endings = ".txt .md .docx .odt .rtf .html .htm .vtt .srt .json .pdf"
    assert set(endings.split()) <= set(known_endings())


def test_what_comes_of_a_transcript(tmp_path: Path) -> None:
    path = tmp_path / "Intervju 3.TXT"
    path.write_bytes("Intervjuer: Hva skjedde?\r\nLeder: Ikke så mye.\r\n".encode())
    document = read_file(path)
    assert (document.name, document.file_name) == ("Intervju 3", "Intervju 3.TXT")
    assert (document.file_type, document.encoding, document.language) == ("txt", "utf-8", "nb")
    assert document.source == path.read_bytes()
    assert document.text == "Intervjuer: Hva skjedde?\nLeder: Ikke så mye.\n"
    assert document.speakers == ("Intervjuer", "Leder")
    assert document.warnings == document.decisions == ()
    assert reread(document.source, document.file_name) == document


def problem(path: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        read_file(path)
    return str(caught.value)


def test_missing_folder_and_unknown(tmp_path: Path) -> None:
    assert problem(tmp_path / "borte.txt") == "There is no file called borte.txt."
    (tmp_path / "mappe.txt").mkdir()
    assert problem(tmp_path / "mappe.txt").startswith("mappe.txt is a folder")
    assert ".docx" in problem(tmp_path / "bilde.png")
    assert "save it as .docx" in problem(tmp_path / "gammel.doc")
    assert "qda convert" in problem(tmp_path / "studie.QDPX")
    assert "type that cannot be read" in problem(tmp_path / "uten")
    assert "could not be read" in problem(tmp_path / "a\0b.txt")


def test_things_that_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert problem(tmp_path / "pipe.txt") == "pipe.txt is not a file that can be read."


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hemmelig.txt"
    path.write_text("Hei")

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything
    assert "may not be read" in problem(path)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\t\r\n", b"\x00\x00"])
def test_nothing_in_it(tmp_path: Path, content: bytes) -> None:
    for name in ("tom.txt", "tom.md"):
        path = tmp_path / name
        path.write_bytes(content)
        assert "is empty" in problem(path) or "has no text" in problem(path)


def test_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "stor.txt"
    path.write_text("for mye")
    monkeypatch.setattr(reading, "MAX_BYTES", 5)
    assert problem(path).startswith("stor.txt is larger than")
    with pytest.raises(FileProblem):
        reread(b"for mye", "stor.txt")
    monkeypatch.setattr(reading, "MAX_BYTES", 50)
    monkeypatch.setattr(raw, "MAX_CHARACTERS", 5)
    assert "million characters" in problem(path)


def test_cancelling(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Hei")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_file(path, progress=progress)


def test_real_texts(shared: Path) -> None:
    for path in sorted((shared / "real").glob("*.txt")):
        document = read_file(path)
        assert document.language == "nb"
        assert document.turns == ()
        verbatim = reread(document.source, path.name, ReadOptions("keep", "lines"))
        assert verbatim.text.encode() == document.source
