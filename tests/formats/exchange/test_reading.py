"""What a file is, its content says."""

import zipfile
from pathlib import Path

import pytest

from qda.formats.exchange.questions import ReadAnswers
from qda.formats.exchange.reading import kind_of, read_exchange
from qda.model.errors import FileProblem
from tests.formats.exchange import test_qualcoder, test_rqda
from tests.formats.exchange.conftest import BOOK, Write
from tests.formats.exchange.peers import build

TAGUETTE = Path(__file__).parents[2] / "data" / "exchange" / "taguette.sqlite3"
TEXT = "Vi teller planer."


def test_each_kind_is_known_whatever_it_is_called(tmp_path: Path, write: Write) -> None:
    folder = tmp_path / "en.qda"
    folder.mkdir()
    build(folder / "data.qda", "qualcoder_v17", test_qualcoder.study())
    rqda = build(tmp_path / "to.dat", "rqda_0_2_2", test_rqda.study())
    taguette = tmp_path / "tre.db"
    taguette.write_bytes(TAGUETTE.read_bytes())
    archive = tmp_path / "fire.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(folder / "data.qda", "en.qda/data.qda")
    exchange = write(BOOK)
    kinds = [
        kind_of(one) for one in (folder, folder / "data.qda", rqda, taguette, archive, exchange)
    ]
    assert kinds == ["QualCoder", "QualCoder", "RQDA", "Taguette", "QualCoder", "REFI-QDA"]
    for path in (folder, rqda, taguette, archive, exchange):
        project, report = read_exchange(path, None, ReadAnswers(project="Tavlemøter"))
        assert project.codes
        assert report.source


@pytest.mark.parametrize("content", [b"", b"hei", b"%PDF-1.7", b"SQLite format 3\x00"])
def test_what_is_nothing_of_it_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.sqlite3"
    path.write_bytes(content)
    with pytest.raises(FileProblem):
        kind_of(path)
    with pytest.raises(FileProblem):
        kind_of(tmp_path / "borte.qdpx")


def test_a_project_that_was_unpacked_is_read_with_the_sources_beside_it(tmp_path: Path) -> None:
    guid = "00000000-0000-4000-8000-000000000002"
    path = tmp_path / "project.qde"
    path.write_text(
        f'<Project name="Studie">{BOOK}<Sources><TextSource guid="{guid}" name="a" '
        f'plainTextPath="internal://{guid}.TXT"/><TextSource guid="{guid[:-1]}3" name="b" '
        'plainTextPath="internal://../hemmelig.txt"/></Sources></Project>',
        "utf-8",
    )
    (tmp_path / "hemmelig.txt").write_text("hemmelig")
    (tmp_path / "Sources").mkdir()
    (tmp_path / "Sources" / f"{guid}.txt").write_text(TEXT)
    project, report = read_exchange(path)
    assert [(one.name, one.text) for one in project.documents] == [("a", TEXT)]
    assert [one.item for one in report.of_kind("left out")] == ["documents"]
