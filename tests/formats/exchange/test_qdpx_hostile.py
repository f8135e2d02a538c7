"""REFI-QDA files from strangers: refused in a sentence, or read without harm."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.formats.exchange.report import ExchangeReport
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem

Read = Callable[..., tuple[ExchangedProject, ExchangeReport]]
Write = Callable[..., Path]

CODE = "c0de0000-0000-4000-8000-000000000001"
SOURCE = "50000000-0000-4000-8000-000000000001"
TEXT = "Leder: Vi teller planer hver fredag.\n"
FILES = {f"sources/{SOURCE}.txt": TEXT.encode()}
BOOK = f'<CodeBook><Codes><Code guid="{CODE}" name="telling" isCodable="true"/></Codes></CodeBook>'
CODED = (
    f'<Sources><TextSource guid="{SOURCE}" name="a" plainTextPath="internal://{SOURCE}.txt">'
    f'<PlainTextSelection guid="{SOURCE}" startPosition="7" endPosition="16">'
    f'<Coding guid="{SOURCE}"><CodeRef targetGUID="{CODE}"/></Coding></PlainTextSelection>'
    "</TextSource></Sources>"
)


@pytest.mark.parametrize(
    "whole",
    [
        b'<!DOCTYPE Project [<!ENTITY a "b">]><Project name="&a;"/>',
        b'<!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE Project []><Project/>'.encode("utf-16"),
        b"<Project>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Project>",
        b"<Project><Sources>", b"", b"\x00", b"nei", b"<CodeBook/>", b"<Project a='1' a='2'/>",
        b'<?xml version="1.0" encoding="klingon"?><Project/>',
        b"<Project>&ukjent;</Project>",
    ],
)  # fmt: skip
def test_hostile_projects_are_refused_in_a_sentence(read: Read, whole: bytes) -> None:
    with pytest.raises(FileProblem) as problem:
        read("", whole=whole)
    assert str(problem.value).endswith(".")


def compressed(tmp_path: Path, members: dict[str, bytes]) -> Path:
    path = tmp_path / "x.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "members",
    [
        {"../project.qde": b"<Project/>"},
        {"project.qde": b"<Project/>", "sources/../../ute.txt": b"x"},
        {"project.qde": b"<Project/>", "/etc/ute.txt": b"x"},
        {"project.qde": b"<Project/>", "..\\ute.txt": b"x"},
        {"project.qde": b"<Project/>", "C:\\ute.txt": b"x"},
        {"en.qde": b"<Project/>", "to.qde": b"<Project/>"},
        {"les.txt": b"x"},
        {"project.qde": b"<Project>" + b" " * 5_000_000 + b"</Project>"},
    ],
)
def test_hostile_zips_are_refused(tmp_path: Path, members: dict[str, bytes]) -> None:
    with pytest.raises(FileProblem):
        read_qdpx(compressed(tmp_path, members))
    assert [one.name for one in tmp_path.iterdir()] == ["x.qdpx"]


def test_a_member_without_a_name_is_no_trouble(tmp_path: Path) -> None:
    project = f'<Project xmlns="urn:QDA-XML:project:1.0" name="s">{BOOK}{CODED}</Project>'
    path = compressed(tmp_path, {"project.qde": project.encode(), **FILES, "@navn": b"?"})
    # A name ends at its first NUL.
    path.write_bytes(path.read_bytes().replace(b"@navn", b"\x00navn"))
    read, _report = read_qdpx(path)
    assert [one.text for one in read.documents] == [TEXT]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\x00", b"%PDF-1.7"])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.qdpx"
    path.write_bytes(content)
    with pytest.raises(FileProblem):
        read_qdpx(path)
    with pytest.raises(FileProblem):
        read_qdpx(tmp_path / "borte.qdpx")


def test_encrypted_and_lying_members_are_refused(write: Write) -> None:
    path = write(BOOK + CODED, FILES)
    whole = bytearray(path.read_bytes())
    at = whole.index(b"PK\x01\x02")
    whole[at + 8] |= 1
    path.write_bytes(whole)
    with pytest.raises(FileProblem, match="password"):
        read_qdpx(path)


def test_a_source_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    project = f"<Project name='x'>{BOOK}{CODED}</Project>".encode()
    members = {"project.qde": project, f"sources/{SOURCE}.txt": b"a" * 30_000_000}
    with pytest.raises(FileProblem, match="too big"):
        read_qdpx(compressed(tmp_path, members))


def test_characters_that_xml_forbids_are_left_out_and_told(read: Read) -> None:
    name = b"tel\x07ling &#x1;&#0; \xff"
    whole = (
        b'<Project name="x"><CodeBook><Codes><Code guid="' + CODE.encode() + b'" name="' + name
        + b'" isCodable="true"/></Codes></CodeBook></Project>'
    )  # fmt: skip
    project, report = read("", whole=whole)
    assert project.codes[0].name.startswith("telling")
    assert "4 characters that XML does not allow" in {str(one.what) for one in report.lines}


def test_reading_can_be_cancelled(write: Write) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_qdpx(write(BOOK + CODED, FILES), progress)


def test_truncated_and_flipped_files_are_read_or_refused(write: Write, tmp_path: Path) -> None:
    whole = write(BOOK + CODED, FILES).read_bytes()
    chance = random.Random(4)
    path = tmp_path / "y.qdpx"
    outcomes: list[Any] = []
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.choice((None, chance.randrange(len(damaged))))])
        try:
            project, _ = read_qdpx(path)
        except FileProblem as problem:
            outcomes.append(str(problem))
        else:
            outcomes.append(len(project.codings))
    assert len(outcomes) == 300


def test_notes_of_this_program_are_not_trusted(read: Read) -> None:
    month = "00000000-0000-4000-8000-000000000009"
    note = (
        '{"version":1,"periods":{"' + month + '":["' + SOURCE + '","2012-99"]},'
        '"colors":{"' + SOURCE + '":"rød"},"participants":{"' + SOURCE + '":7},'
        '"variables":[],"language":"xx","created":3}'
    ).replace('"', "&quot;")
    document = (
        '{"version":1,"turns":[[1,0,5,3,"",null,false,null,""],[]],"notes":[["x",0,1,"",""]]}'
    )
    project, _ = read(
        f'<Users><User guid="{SOURCE}" name="Åse"/></Users>'
        f'<Variables><Variable guid="{month}" name="x" typeOfVariable="Text"/></Variables>'
        + CODED.replace("</TextSource>", f'<NoteRef targetGUID="{CODE}"/></TextSource>')
        + f'<Notes><Note guid="{month}" name="qda:project"><PlainTextContent>{note}'
        f'</PlainTextContent></Note><Note guid="{CODE}" name="qda:document"><PlainTextContent>'
        f"{document}</PlainTextContent></Note></Notes>",
        FILES,
    )
    assert (project.language, project.created, project.coders[0].color) == (None, "", "")
    assert [one.guid for one in project.variables] == [month]
    assert project.documents[0].turns == project.documents[0].notes == ()
