"""What is peculiar about files that programs really write: nothing of it loses a segment."""

import re
import zipfile
from collections import Counter
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import pytest

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.formats.exchange.questions import ReadAnswers
from qda.formats.exchange.report import ExchangeReport

TEXT = (
    "Intervju 3 🎙️ med leder\n"
    "Intervjuer: Hvordan begynner uka?\n"
    "Leder: Mandag er det tavlemøte 😀, og alle står – «ingen får sitte», sier hun.\n"
    "\n"
    "Intervjuer: Og måltallene?\n"
    "Leder: Vi teller planer fordi noen over oss teller planer. Så ringer vi folk.\n"
)
SEGMENTS = (
    "Mandag er det tavlemøte 😀, og alle står", "ingen får sitte", "måltallene",
    "står – «ingen får sitte», sier hun.\n\nIntervjuer: Og måltallene?", "Så ringer vi folk.",
)  # fmt: skip
CRLF = TEXT.replace("\n", "\r\n").encode()


def guid(number: int) -> str:
    return str(UUID(int=number))


CODE, OTHER, USERS = guid(2), guid(3), (guid(4), guid(5))
BOOK = (
    "<Users>"
    + "".join(f'<User guid="{one}" name="K{one[-1]}"/>' for one in USERS)
    + f'</Users><CodeBook><Codes><Code guid="{CODE}" name="tavle" isCodable="true"/>'
    f'<Code guid="{OTHER}" name="tall" isCodable="true"/></Codes></CodeBook>'
)


class Numbers:
    """GUIDs for what needs one, each another."""

    def __init__(self) -> None:
        self._last = 1000

    def __call__(self) -> str:
        self._last += 1
        return guid(self._last)


new = Numbers()


def coding(code: str = CODE, user: str = "") -> str:
    by = f' creatingUser="{user}"' if user else ""
    return f'<Coding guid="{new()}"{by}><CodeRef targetGUID="{code}"/></Coding>'


def offset(place: int) -> int:
    """Count as programs of Windows do: UTF-16, with CRLF as two."""
    return len(TEXT[:place].replace("\n", "\r\n").encode("utf-16-le")) // 2


def selection(quote: str, inside: str = "", attributes: str = "") -> str:
    at = TEXT.index(quote)
    own = attributes or f'guid="{new()}"'
    return (
        f'<PlainTextSelection {own} startPosition="{offset(at)}" '
        f'endPosition="{offset(at + len(quote))}">{inside or coding()}</PlainTextSelection>'
    )


def selections() -> str:
    return "".join(map(selection, SEGMENTS))


def source(inside: str, path: str = "internal://a.txt", name: str = "Leder") -> str:
    where = f' plainTextPath="{path}"' if path else ""
    return f'<TextSource guid="{guid(100)}" name="{name}"{where}>{inside}</TextSource>'


def project_of(inside: str, origin: str = "NVivo 12.6") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" '
        f'name="Studie" origin="{origin}">{inside}</Project>'
    )


def write(
    folder: Path, xml: str | bytes, files: dict[str, bytes], member: str = "project.qde"
) -> Path:
    path = folder / "fremmed.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(member, xml)
        for name, content in files.items():
            file.writestr(name, content)
    return path


def read(path: Path) -> tuple[ExchangedProject, ExchangeReport]:
    """Read a file, and see that every coding of its XML came over or has a line."""
    project, report = read_qdpx(path, answers=ReadAnswers(likeliest=False))
    with zipfile.ZipFile(path) as file:
        name = next(one for one in file.namelist() if one.endswith(".qde"))
        content = re.sub(rb"^\s*<\?xml[^>]*>", b"", file.read(name))
    there = Counter(one.tag.rpartition("}")[2] for one in ElementTree.fromstring(content).iter())
    left = sum(one.count for one in report.of_kind("left out") if one.item == "codings")
    assert len(project.codings) + left == there["Coding"]
    assert len(project.codes) == there["Code"]
    return project, report


def quotes(project: ExchangedProject) -> list[str]:
    texts = {one.guid: one.text for one in project.documents}
    return [texts[one.document][one.start : one.end] for one in project.codings]


def told(report: ExchangeReport) -> str:
    return "\n".join(f"{one.kind} {one.what} {one.why}" for one in report.lines)


# ------------------------------------------------------------------ pages and texts of one PDF
def place(number: int, name: str, codings: str, page: int = 0, more: str = "") -> str:
    return (
        f'<PDFSelection guid="{guid(number)}" name="{name}" page="{page}" firstX="1" firstY="2" '
        f'secondX="3" secondY="4" creationDateTime="2024-01-01T10:00:00Z">{more}{codings}'
        "</PDFSelection>"
    )


def pdf(places: str, texts: str, beside: str = "") -> str:
    return (
        f'<Sources><PDFSource guid="{guid(100)}" name="plan.pdf" path="internal://p.pdf">{places}'
        f'<Representation guid="{guid(101)}" plainTextPath="internal://a.txt">{texts}'
        f"</Representation>{beside}</PDFSource></Sources>"
    )


PDF_FILES = {"sources/a.txt": CRLF, "sources/p.pdf": b"%PDF-1.4 nei"}


def shared(number: int, quote: str, codings: str) -> str:
    return selection(quote, codings, f'guid="{guid(number)}" name="{" ".join(quote.split())}"')


def by_both(code: str = CODE) -> str:
    return "".join(coding(code, user) for user in USERS)


def test_a_segment_that_stands_on_a_page_and_in_the_text_comes_once(tmp_path: Path) -> None:
    places = "".join(
        place(200 + n, " ".join(quote.split()), by_both()) for n, quote in enumerate(SEGMENTS)
    )
    texts = "".join(shared(200 + n, quote, by_both()) for n, quote in enumerate(SEGMENTS))
    xml = project_of(BOOK + pdf(places, texts), "ATLAS.ti Win 23.4")
    project, report = read(write(tmp_path, xml, PDF_FILES, "UnifiedDevOps.qde"))
    assert Counter(quotes(project)) == Counter(dict.fromkeys(SEGMENTS, 2))
    assert Counter(one.coder for one in project.codings) == Counter(dict.fromkeys(USERS, 5))
    assert {one.selection for one in project.codings} == {guid(200 + n) for n in range(5)}
    assert [(one.kind, one.guid) for one in project.parts] == [
        ("page", guid(200 + n)) for n in range(5)
    ]
    assert "10 codings of places on pages" in told(report)
    assert "identifier" not in told(report)


def test_a_segment_that_goes_on_to_the_next_page_comes_once(tmp_path: Path) -> None:
    long = SEGMENTS[3]
    name = " ".join(long.split())
    half = "<Representation guid='{}'><PlainTextContent>Intervjuer: Og måltallene?{}"
    half = half.format(new(), "</PlainTextContent></Representation>")
    places = place(200, name, by_both()) + place(201, name, by_both(), 1, half)
    xml = project_of(BOOK + pdf(places, shared(200, long, by_both())), "ATLAS.ti Win 23.4")
    project, _ = read(write(tmp_path, xml, PDF_FILES))
    assert quotes(project) == [long, long]


def test_what_only_the_place_on_the_page_has_is_kept(tmp_path: Path) -> None:
    page = place(200, "", coding(CODE) + coding(OTHER), more="<Description>Se her</Description>")
    project, _ = read(
        write(tmp_path, project_of(BOOK + pdf(page, shared(200, SEGMENTS[1], coding()))), PDF_FILES)
    )
    assert quotes(project) == [SEGMENTS[1]] * 2
    assert {one.code for one in project.codings} == {CODE, OTHER}
    assert {one.memo for one in project.codings} == {"Se her"}


def test_a_place_whose_text_is_coded_the_same_way_comes_once(tmp_path: Path) -> None:
    shown = (
        f"<Representation guid='{new()}'><PlainTextContent>{SEGMENTS[1]}</PlainTextContent>"
        "</Representation>"
    )
    page = place(200, "", coding(CODE) + coding(OTHER), more=shown)
    project, _ = read(
        write(tmp_path, project_of(BOOK + pdf(page, selection(SEGMENTS[1]))), PDF_FILES)
    )
    assert sorted(one.code for one in project.codings) == [CODE, OTHER]


def test_segments_beside_an_empty_representation_are_of_its_text(tmp_path: Path) -> None:
    xml = project_of(BOOK + pdf("", "", selections()), "Qualia Coding 1.2")
    project, report = read(write(tmp_path, xml, PDF_FILES))
    assert quotes(project) == list(SEGMENTS)
    assert not list(report.of_kind("left out"))


def test_a_segment_in_the_text_of_a_place_is_found_by_it(tmp_path: Path) -> None:
    shown = (
        f"<Representation guid='{new()}'><PlainTextContent>Vi teller planer fordi noen"
        f"</PlainTextContent><PlainTextSelection guid='{new()}' startPosition='3' "
        f"endPosition='22'>{coding()}</PlainTextSelection></Representation>"
    )
    page = place(200, "", "", more=shown)
    project, report = read(write(tmp_path, project_of(BOOK + pdf(page, "")), PDF_FILES))
    assert quotes(project) == ["teller planer fordi"]
    assert not list(report.of_kind("left out"))


# ----------------------------------------------------------------------- texts in other places
def test_a_memo_that_is_coded_is_a_document_too(tmp_path: Path) -> None:
    note = (
        f'<Notes><Note guid="{guid(300)}" name="Feltnotat" plainTextPath="internal://a.txt">'
        f"{selections()}</Note></Notes>"
    )
    project, report = read(write(tmp_path, project_of(BOOK + note), {"sources/a.txt": CRLF}))
    assert quotes(project) == list(SEGMENTS)
    assert [one.name for one in project.documents] == ["Feltnotat"]
    assert [one.guid for one in project.memos] == [guid(300)]
    assert project.documents[0].guid != guid(300)
    assert "It is coded, so its text is a document too" in told(report)


def test_a_picture_whose_description_is_coded_brings_its_text(tmp_path: Path) -> None:
    picture = (
        f'<Sources><PictureSource guid="{guid(300)}" name="tavle.jpg" path="internal://t.jpg">'
        f'<TextDescription guid="{guid(301)}" plainTextPath="internal://a.txt">{selections()}'
        f'</TextDescription><PictureSelection guid="{new()}" firstX="1" firstY="1" secondX="2" '
        f'secondY="2">{coding()}</PictureSelection></PictureSource></Sources>'
    )
    files = {"sources/a.txt": CRLF, "sources/t.jpg": b"\xff\xd8"}
    project, report = read(write(tmp_path, project_of(BOOK + picture), files))
    assert quotes(project) == list(SEGMENTS)
    assert [one.name for one in project.documents] == ["tavle.jpg"]
    assert "TextDescription" not in project.parts[0].xml
    assert "A coding of tavle.jpg" in told(report)
    assert report.found["selections"] == len(SEGMENTS) + 1


def test_sources_in_folders_of_sources_come_in(tmp_path: Path) -> None:
    inside = f'<Sources><Folder name="2012">{source(selections())}</Folder></Sources>'
    project, _ = read(write(tmp_path, project_of(BOOK + inside), {"sources/a.txt": CRLF}))
    assert quotes(project) == list(SEGMENTS)


# ------------------------------------------------------------------------------ names of files
@pytest.mark.parametrize(
    ("path", "member"),
    [
        ("relative:///a.txt", "sources/a.txt"),
        ("relative:///Kilder/a.txt", "Sources/a.txt"),
        ("Internal://A.TXT", "sources/a.txt"),
        ("internal:///a.txt", "sources/a.txt"),
        ("internal://a", "sources/a.txt"),
        ("internal://intervjuer/a.txt", "sources/intervjuer/a.txt"),
        ("internal://min%20fil%20%C3%A5.txt", "sources/min fil å.txt"),
        ("internal://min fil å.txt", "sources/min%20fil%20%C3%A5.txt"),
        ("internal://på.txt", "sources/pa\u030a.txt"),
        ("internal://a.txt", "Min studie/sources/a.txt"),
    ],
)
def test_files_are_found_however_their_names_are_written(
    tmp_path: Path, path: str, member: str
) -> None:
    xml = project_of(BOOK + f"<Sources>{source(selections(), path)}</Sources>")
    project, _ = read(write(tmp_path, xml, {member: CRLF}))
    assert quotes(project) == list(SEGMENTS)


def test_of_two_files_of_one_name_neither_is_guessed(tmp_path: Path) -> None:
    xml = project_of(BOOK + f"<Sources>{source(selections(), 'relative:///x/a.txt')}</Sources>")
    project, report = read(write(tmp_path, xml, {"en/a.txt": b"En.", "to/a.txt": CRLF}))
    assert not project.documents
    assert sum(one.count for one in report.of_kind("left out") if one.item == "codings") == 5


def test_each_segment_of_a_recording_has_a_line(tmp_path: Path) -> None:
    segments = "".join(
        f'<VideoSelection guid="{new()}" name="{n}s" begin="{n}000" end="{n}000">{inside}'
        "</VideoSelection>"
        for n, inside in ((3, by_both()), (21, "<Description>Hør igjen</Description>"))
    )
    video = f'<Sources><VideoSource guid="{guid(300)}" name="Opptak">{segments}</VideoSource>'
    _, report = read(write(tmp_path, project_of(f"{BOOK}{video}</Sources>", "ATLAS.ti 26"), {}))
    left = Counter(one.item for one in report.of_kind("left out"))
    assert (left["selections"], left["codings"], left["media"]) == (2, 2, 1)
    assert [one.where for one in report.of_kind("left out") if one.item == "selections"] == [
        "3s (project.qde:2)", "21s (project.qde:2)"
    ]  # fmt: skip


def test_a_segment_that_loses_its_coding_has_a_line_too(tmp_path: Path) -> None:
    bare = selection(SEGMENTS[1], f'<Coding guid="{new()}"/>')
    xml = project_of(BOOK + f"<Sources>{source(selection(SEGMENTS[0]) + bare)}</Sources>")
    project, report = read(write(tmp_path, xml, {"sources/a.txt": CRLF}))
    assert quotes(project) == [SEGMENTS[0]]
    left = Counter(one.item for one in report.of_kind("left out"))
    assert left == Counter(selections=1, codings=1)


def test_who_changed_a_segment_last_coded_it_where_nothing_else_is_said(tmp_path: Path) -> None:
    made = f'guid="{new()}" modifyingUser="{USERS[1]}" modifiedDateTime="2021-03-04T08:00:00Z"'
    xml = project_of(BOOK + f"<Sources>{source(selection(SEGMENTS[0], '', made))}</Sources>")
    project, _ = read(write(tmp_path, xml, {"sources/a.txt": CRLF}))
    (one,) = project.codings
    assert (one.coder, one.created) == (USERS[1], "2021-03-04T08:00:00.000Z")


# ----------------------------------------------------------------------------------- the XML
def test_codes_without_the_level_above_them_are_codes(tmp_path: Path) -> None:
    book = BOOK.replace("<Codes>", "").replace("</Codes>", "")
    xml = project_of(book + f"<Sources>{source(selections())}</Sources>")
    project, _ = read(write(tmp_path, xml, {"sources/a.txt": CRLF}))
    assert quotes(project) == list(SEGMENTS)


def test_codes_and_codings_out_of_place_are_told(tmp_path: Path) -> None:
    inside = coding().replace("/></Coding>", f">{coding()}</CodeRef></Coding>")
    lost = f'<Users><Code guid="{guid(6)}" name="bortgjemt"/></Users>'
    xml = project_of(BOOK + lost + f"<Sources>{source(selection(SEGMENTS[0], inside))}</Sources>")
    project, report = read_qdpx(write(tmp_path, xml, {"sources/a.txt": CRLF}))
    assert (len(project.codings), len(project.codes)) == (1, 2)
    left = {(one.item, one.count) for one in report.of_kind("left out")}
    assert left >= {("codings", 1), ("codes", 1)}
    assert (report.found["codings"], report.found["codes"]) == (2, 3)


def test_a_coding_with_two_codes_is_two_codings(tmp_path: Path) -> None:
    double = coding().replace("/></Coding>", f'/><CodeRef targetGUID="{OTHER}"/></Coding>')
    xml = project_of(BOOK + f"<Sources>{source(selection(SEGMENTS[0], double))}</Sources>")
    project, report = read_qdpx(write(tmp_path, xml, {"sources/a.txt": CRLF}))
    assert quotes(project) == [SEGMENTS[0]] * 2
    assert [one.code for one in project.codings] == [CODE, OTHER]
    assert len({one.guid for one in project.codings}) == report.found["codings"] == 2


@pytest.mark.parametrize(
    ("says", "encoding"),
    [("utf-16", "utf-8"), ("UTF-16", "utf-8-sig"), ("utf-8", "utf-16"), ("utf-16", "utf-16")],
)
def test_xml_in_another_encoding_than_it_says_is_read(
    tmp_path: Path, says: str, encoding: str
) -> None:
    xml = project_of(BOOK + f"<Sources>{source(selections(), name='Åse')}</Sources>")
    content = xml.replace('encoding="utf-8"', f'encoding="{says}"').encode(encoding)
    project, _ = read_qdpx(write(tmp_path, content, {"sources/a.txt": CRLF}))
    assert quotes(project) == list(SEGMENTS)
    assert [one.name for one in project.documents] == ["Åse"]


def test_white_space_before_the_xml_is_no_hindrance(tmp_path: Path) -> None:
    xml = project_of(BOOK + f"<Sources>{source(selections())}</Sources>")
    project, _ = read(write(tmp_path, "\r\n " + xml, {"sources/a.txt": CRLF}))
    assert quotes(project) == list(SEGMENTS)
