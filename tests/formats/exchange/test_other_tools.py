"""Files as NVivo, ATLAS.ti, MAXQDA and QualCoder write them: each segment exact, or a line."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import docx
import pytest

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.formats.exchange.questions import ReadAnswers
from qda.formats.exchange.report import ExchangeReport

LINES = (
    "Intervju 3 🎙️ med leder",
    "Intervjuer: Hvordan begynner uka?",
    "Leder: Mandag er det tavlemøte 😀, og alle står – «ingen får sitte», sier hun.",
    "",
    "Intervjuer: Og måltallene?",
    "Leder: Vi teller planer fordi noen over oss teller planer 👩‍👩‍👧. Så ringer vi folk.",
    "Leder: Det er ikke det samme. Det er aldri det samme.",
)
TEXT = "\n".join(LINES) + "\n"
SEGMENTS = (
    "Mandag er det tavlemøte 😀, og alle står", "ingen får sitte", "måltallene",
    "Vi teller planer fordi noen over oss teller planer 👩‍👩‍👧.", "Så ringer vi folk.",
    "står – «ingen får sitte», sier hun.\n\nIntervjuer: Og måltallene?", "Det er aldri det samme.",
)  # fmt: skip


@dataclass(frozen=True)
class Tool:
    """How a program writes an exchange file."""

    origin: str
    utf16: bool = False
    crlf_counts: int = 1
    file_crlf: bool = True
    bom: bool = False
    named: bool = False
    project: str = "project.qde"
    folder: str = "sources/"
    path: str = "internal://{}"
    guid: Callable[[int], str] = field(default=lambda number: str(UUID(int=number)))
    namespace: str = "urn:QDA-XML:project:1.0"

    def text(self) -> bytes:
        text = TEXT.replace("\n", "\r\n") if self.file_crlf else TEXT
        return (("\ufeff" if self.bom else "") + text).encode("utf-8")

    def offset(self, place: int) -> int:
        before = TEXT[:place]
        if self.file_crlf and self.crlf_counts == 2:
            before = before.replace("\n", "\r\n")
        return len(before.encode("utf-16-le")) // 2 if self.utf16 else len(before)

    def selections(self, first: int, code: int) -> str:
        return "".join(self.selection(first + n, quote, code) for n, quote in enumerate(SEGMENTS))

    def selection(self, number: int, quote: str, code: int, inside: str = "") -> str:
        at = TEXT.index(quote)
        name = f' name="{" ".join(quote.split())}"' if self.named else ""
        return (
            f'<PlainTextSelection guid="{self.guid(number)}"{name} '
            f'startPosition="{self.offset(at)}" endPosition="{self.offset(at + len(quote))}" '
            f'creatingUser="{self.guid(1)}" creationDateTime="2021-03-04T08:00:00Z">'
            f'<Coding guid="{self.guid(number + 500)}" creatingUser="{self.guid(1)}">'
            f'<CodeRef targetGUID="{self.guid(code)}"/></Coding>{inside}</PlainTextSelection>'
        )

    def source(self, inside: str, number: int = 100, attributes: str = "") -> str:
        path = self.path.format(f"{UUID(int=number)}.txt")
        return (
            f'<TextSource guid="{self.guid(number)}" name="Leder" plainTextPath="{path}"'
            f"{attributes}>{inside}</TextSource>"
        )

    def write(self, folder: Path, inside: str, files: dict[str, bytes] | None = None) -> Path:
        path = folder / "fremmed.qdpx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(
                self.project,
                f'<?xml version="1.0" encoding="utf-8"?>\r\n<Project xmlns="{self.namespace}" '
                f'name="Studie" origin="{self.origin}" basePath="C:\\Users\\kari">{inside}'
                "</Project>",
            )
            for name, content in {f"{UUID(int=100)}.txt": self.text(), **(files or {})}.items():
                file.writestr(self.folder + name, content)
        return path


NVIVO = Tool(
    "NVivo 12.6.0.959", utf16=True, crlf_counts=2, bom=True, project="Project.qde",
    folder="Sources/", path="{}",
)  # fmt: skip
ATLAS = Tool("ATLAS.ti 9.1.3 WIN", utf16=True, crlf_counts=1)
MAXQDA = Tool(
    "MAXQDA 2022", utf16=True, crlf_counts=1, file_crlf=False,
    guid=lambda number: "{" + str(UUID(int=number)).upper() + "}",
)  # fmt: skip
QUALCODER = Tool("QualCoder 3.6", file_crlf=False, named=True)
TOOLS = [NVIVO, ATLAS, MAXQDA, QUALCODER]
BOOK = (
    '<Users><User guid="{user}" name="Kari"/></Users><CodeBook><Codes>'
    '<Code guid="{code}" name="tavle" isCodable="true"/></Codes></CodeBook>'
)


def book(tool: Tool) -> str:
    return BOOK.format(user=tool.guid(1), code=tool.guid(2))


def quotes(project: ExchangedProject) -> list[str]:
    texts = {one.guid: one.text for one in project.documents}
    return [texts[one.document][one.start : one.end] for one in project.codings]


def told(report: ExchangeReport) -> str:
    return "\n".join(f"{one.kind} {one.what} {one.where} {one.why}" for one in report.lines)


def read(path: Path) -> tuple[ExchangedProject, ExchangeReport]:
    """Read a file as the command line does: what is not clear is asked and fails here."""
    return read_qdpx(path, answers=ReadAnswers(likeliest=False))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda one: one.origin)
def test_every_segment_of_every_tool_is_exact(tmp_path: Path, tool: Tool) -> None:
    path = tool.write(
        tmp_path, book(tool) + f"<Sources>{tool.source(tool.selections(200, 2))}</Sources>"
    )
    project, report = read(path)
    assert [one.text for one in project.documents] == [TEXT]
    assert quotes(project) == list(SEGMENTS)
    assert [one.certain for one in report.conventions] == [True]
    assert {one.name for one in project.coders} == {"Kari"}
    assert not list(report.of_kind("uncertain"))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda one: one.origin)
def test_single_segments_of_every_tool_are_exact_without_asking(tmp_path: Path, tool: Tool) -> None:
    for number, quote in enumerate(SEGMENTS):
        inside = tool.source(tool.selection(200 + number, quote, 2))
        project, _ = read(tool.write(tmp_path, book(tool) + f"<Sources>{inside}</Sources>"))
        assert quotes(project) == [quote]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda one: one.origin)
def test_what_a_tool_does_is_known_even_where_its_name_is_not(tmp_path: Path, tool: Tool) -> None:
    unknown = Tool(**{**{n: getattr(tool, n) for n in tool.__dataclass_fields__}, "origin": ""})
    inside = unknown.source(unknown.selections(200, 2))
    project, _ = read(unknown.write(tmp_path, book(unknown) + f"<Sources>{inside}</Sources>"))
    assert quotes(project) == list(SEGMENTS)


# ------------------------------------------------------------------------------------- NVivo
def nodes(tool: Tool) -> str:
    """Ten names under two parents, cases repeated as codes, all in one wrapper."""
    twins = "".join(
        f'<Code guid="{tool.guid(n)}" name="{"positive" if n == 10 else "negative"}" '
        f'isCodable="true">'
        + "".join(
            f'<Code guid="{tool.guid(n + 1 + k)}" name="tema {k}" isCodable="true"/>'
            for k in range(10)
        )
        + "</Code>"
        for n in (10, 30)
    )
    return (
        f'<Users><User guid="{tool.guid(1)}" name="KN"/></Users><CodeBook><Codes>'
        f'<Code guid="{tool.guid(5)}" name="Nodes" isCodable="false">'
        f'<Code guid="{tool.guid(2)}" name="tavle" isCodable="true"/>{twins}</Code>'
        f'<Code guid="{tool.guid(6)}" name="Cases" isCodable="false">'
        f'<Code guid="{tool.guid(7)}" name="Nord" isCodable="true"/></Code></Codes></CodeBook>'
    )


def nvivo_file(folder: Path) -> Path:
    tool = NVIVO
    cases = (
        f'<Cases><Case guid="{tool.guid(60)}" name="Nord"><CodeRef targetGUID="{tool.guid(7)}"/>'
        f"</Case></Cases>"
    )
    whole = TEXT.rstrip("\n")
    end = tool.offset(TEXT.index("folk"))
    inside = (
        tool.selections(200, 2)
        + tool.selection(300, "tavlemøte", 11) + tool.selection(301, "tavlemøte", 31)
        + tool.selection(302, whole, 7)
        + tool.selection(303, "folk", 2).replace(f'endPosition="{end + 4}"', f'endPosition="{end}"')
        + f'<NoteRef targetGUID="{tool.guid(81)}"/>'
    )  # fmt: skip
    memo = docx.Document()
    memo.add_paragraph("Tanker om tavla.")
    stream = io.BytesIO()
    memo.save(stream)
    rest = (
        f'<Notes><Note guid="{tool.guid(80)}" name="Annotation"><PlainTextContent>\ufeffHør igjen'
        f'</PlainTextContent></Note><Note guid="{tool.guid(81)}" name="Memo" '
        f'plainTextPath="{UUID(int=81)}.txt"/><Note guid="{tool.guid(82)}" name="Dagbok" '
        f'richTextPath="{UUID(int=82)}.docx"/></Notes>'
        f'<Links><Link guid="{tool.guid(90)}" originGUID="{tool.guid(201)}" '
        f'targetGUID="{tool.guid(80)}"/></Links>'
        f'<Sets><Set guid="{tool.guid(95)}" name="Ledere"><MemberSource '
        f'targetGUID="{tool.guid(100)}"/></Set></Sets>'
    )
    media = (
        f'<AudioSource guid="{tool.guid(110)}" name="Opptak" path="{UUID(int=110)}.mp3"/>'
        f'<PictureSource guid="{tool.guid(111)}" name="Tavle"><PictureSelection '
        f'guid="{tool.guid(112)}" firstX="0" firstY="0" secondX="5" secondY="5"><Coding '
        f'guid="{tool.guid(113)}"><CodeRef targetGUID="{tool.guid(2)}"/></Coding>'
        f"</PictureSelection></PictureSource>"
    )
    single = tool.source("", 101).replace("Leder", "Ett tegn")
    gone = tool.source(tool.selection(310, "måltallene", 2), 102).replace("Leder", "Borte")
    return tool.write(
        folder,
        nodes(tool)
        + cases
        + f"<Sources>{tool.source(inside)}{single}{gone}{media}</Sources>"
        + rest,
        {
            f"{UUID(int=101)}.txt": b"x",
            f"{UUID(int=81)}.txt": b"\xef\xbb\xbfOm lederen\r\n",
            f"{UUID(int=82)}.docx": stream.getvalue(),
        },
    )


def test_a_file_of_nvivo_comes_in_whole_or_is_told(tmp_path: Path) -> None:
    project, report = read(nvivo_file(tmp_path))
    found = quotes(project)
    assert found[: len(SEGMENTS)] == list(SEGMENTS)
    assert found[len(SEGMENTS) :] == ["tavlemøte", "tavlemøte", TEXT.rstrip("\n")]
    lost = sum(one.count for one in report.of_kind("left out") if one.item == "codings")
    assert report.found["codings"] == len(found) + lost == len(SEGMENTS) + 6
    for words in ("begins where it ends", "Borte", "Tavle", "Opptak", "Ledere"):
        assert words in told(report)


def test_codes_of_nvivo_are_kept_by_guid_under_both_parents(tmp_path: Path) -> None:
    project, _ = read(nvivo_file(tmp_path))
    by_guid = {one.guid: one for one in project.codes}
    assert len(project.codes) == 2 + 1 + 22 + 1 + 1 - 1
    used = [by_guid[one.code] for one in project.codings if one.code in by_guid][-3:-1]
    parents = [by_guid[one.parent].name for one in used if one.parent is not None]
    assert ([one.name for one in used], parents) == (["tema 0"] * 2, ["positive", "negative"])
    assert [one.name for one in project.codes if not one.codable] == ["Nodes", "Cases"]


def test_cases_of_nvivo_take_the_texts_that_are_coded_with_them(tmp_path: Path) -> None:
    project, _ = read(nvivo_file(tmp_path))
    (case,) = project.cases
    names = {one.guid: one.name for one in project.documents}
    assert [names[one] for one in case.documents] == ["Leder"]


def test_annotations_and_memos_of_nvivo_stand_where_they_were(tmp_path: Path) -> None:
    project, _ = read(nvivo_file(tmp_path))
    names = {one.guid: one.name for one in project.documents}
    at = {one.guid: quote for one, quote in zip(project.codings, quotes(project), strict=True)}
    where = {**names, **at}
    memos = {
        (one.on, where.get(one.target) if one.target else None): one.text for one in project.memos
    }
    assert memos == {
        ("coding", SEGMENTS[1]): "Annotation\n\nHør igjen",
        ("document", "Leder"): "Memo\n\nOm lederen\n",
        ("project", None): "Dagbok\n\nTanker om tavla.",
    }


def test_codings_in_a_part_that_is_coded_with_a_case_belong_to_it(tmp_path: Path) -> None:
    tool = NVIVO
    part = TEXT[TEXT.index("Leder: Vi") : TEXT.index("Leder: Det")].rstrip("\n")
    inside = tool.source(tool.selections(200, 2) + tool.selection(302, part, 7))
    cases = (
        f'<Cases><Case guid="{tool.guid(60)}" name="Nord"><CodeRef targetGUID="{tool.guid(7)}"/>'
        "</Case></Cases>"
    )
    project, report = read(
        tool.write(tmp_path, nodes(tool) + cases + f"<Sources>{inside}</Sources>")
    )
    (case,) = project.cases
    linked = [q for q, one in zip(quotes(project), project.codings, strict=True) if one.cases]
    assert (case.documents, linked) == ((), [SEGMENTS[3], SEGMENTS[4]])
    assert "Parts of texts of the case Nord" in told(report)


# ------------------------------------------------------------------------------------ MAXQDA
def test_a_file_of_maxqda_comes_in_with_document_variables_and_memos(tmp_path: Path) -> None:
    tool = MAXQDA
    variables = (
        f'<Variables><Variable guid="{tool.guid(40)}" name="Ansatte" typeOfVariable="Integer"/>'
        f'<Variable guid="{tool.guid(41)}" name="Åpnet" typeOfVariable="DateTime"/></Variables>'
        f'<Cases><Case guid="{tool.guid(42)}"><VariableValue><VariableRef '
        f'targetGUID="{tool.guid(40)}"/><IntegerValue>15</IntegerValue></VariableValue>'
        f'<VariableValue><VariableRef targetGUID="{tool.guid(41)}"/><DateTimeValue>'
        f"2008-11-01T00:00:00</DateTimeValue></VariableValue>"
        f'<SourceRef targetGUID="{tool.guid(100)}"/></Case></Cases>'
    )
    inside = "<Description>Memo til dokumentet</Description>" + tool.selections(200, 2).replace(
        "><Coding", "><Description>Se her</Description><Coding", 1
    )
    path = tool.write(
        tmp_path, book(tool) + variables + f"<Sources>{tool.source(inside)}</Sources>"
    )
    project, report = read(path)
    assert quotes(project) == list(SEGMENTS)
    assert project.codings[0].memo == "Se her"
    assert project.cases == ()
    assert {one.value for one in project.values} == {15.0, "2008-11-01T00:00:00"}
    assert {one.subject for one in project.variables} == {"document"}
    assert [(one.on, one.text) for one in project.memos] == [("document", "Memo til dokumentet")]
    assert not list(report.of_kind("left out"))
    assert all(one.guid == one.guid.lower().strip("{}") for one in project.codes)


# ---------------------------------------------------------------------------------- ATLAS.ti
def test_a_document_of_atlas_that_is_only_a_word_file_is_read_here(tmp_path: Path) -> None:
    tool = ATLAS
    written = docx.Document()
    for line in LINES:
        written.add_paragraph(line)
    stream = io.BytesIO()
    written.save(stream)
    inside = tool.source(tool.selections(200, 2)).replace(
        f'plainTextPath="internal://{UUID(int=100)}.txt"',
        f'richTextPath="internal://{UUID(int=100)}.docx"',
    )
    path = tool.write(
        tmp_path, book(tool) + f"<Sources>{inside}</Sources>",
        {f"{UUID(int=100)}.docx": stream.getvalue()},
    )  # fmt: skip
    project, report = read(path)
    assert quotes(project) == list(SEGMENTS)
    assert project.documents[0].source == stream.getvalue()
    assert "the original file was read" in told(report)


def test_groups_and_links_between_quotations_of_atlas_are_kept(tmp_path: Path) -> None:
    tool = ATLAS
    inside = (
        book(tool)
        + f"<Sources>{tool.source(tool.selections(200, 2))}</Sources>"
        + f'<Links><Link guid="{tool.guid(90)}" name="motsier" direction="OneWay" '
        f'originGUID="{tool.guid(200)}" targetGUID="{tool.guid(203)}"/></Links>'
        f'<Sets><Set guid="{tool.guid(95)}" name="Gruppe"><MemberCode targetGUID="{tool.guid(2)}"/>'
        f"</Set></Sets>"
    )
    project, report = read(tool.write(tmp_path, inside))
    assert [part.kind for part in project.parts] == ["shown link"]
    (group,) = project.code_sets
    assert (group.name, group.codes) == ("Gruppe", (project.codes[0].guid,))
    (links,) = project.tables
    first, fourth = project.codings[0].guid, project.codings[3].guid
    assert links.rows[0][2:5] == (first, None, fourth)
    assert report.kept["links"] == report.found["links"] == 1


# ------------------------------------------------------------------------------- what may be odd
@pytest.mark.parametrize("color", ["#abc", "#ABCDEF", "", "FF0000", "rød"])
def test_odd_colours_are_no_hindrance(tmp_path: Path, color: str) -> None:
    tool = QUALCODER
    coloured = book(tool).replace('isCodable="true"', f'isCodable="true" color="{color}"')
    project, _ = read(tool.write(tmp_path, coloured))
    expected = {"#abc": "#aabbcc", "#ABCDEF": "#abcdef", "FF0000": "#ff0000"}.get(color, "")
    assert project.codes[0].color == expected


def one_of_each(tool: Tool) -> Iterator[str]:
    yield tool.selection(200, "måltallene", 2).replace(f' creatingUser="{tool.guid(1)}"', "")
    yield tool.selection(201, "planer", 2).replace(' creationDateTime="2021-03-04T08:00:00Z"', "")
    yield tool.selection(202, "folk", 2).replace(f'guid="{tool.guid(202)}"', "")


def test_missing_users_dates_and_guids_are_no_hindrance(tmp_path: Path) -> None:
    tool = QUALCODER
    inside = book(tool) + f"<Sources>{tool.source(''.join(one_of_each(tool)))}</Sources>"
    project, _ = read(tool.write(tmp_path, inside.replace("<Users>", "<Users><!-- -->")))
    assert quotes(project) == ["måltallene", "planer", "folk"]
