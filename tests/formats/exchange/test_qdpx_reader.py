"""REFI-QDA files of other tools: what is read, what is made up for, what is told."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.formats.exchange.report import ExchangeReport

Read = Callable[..., tuple[ExchangedProject, ExchangeReport]]

CODE = "c0de0000-0000-4000-8000-000000000001"
SOURCE = "50000000-0000-4000-8000-000000000001"
BOOK = (
    f'<CodeBook><Codes><Code guid="{CODE}" name="telling" isCodable="true" color="#D9573F"/>'
    "</Codes></CodeBook>"
)
TEXT = "Leder: Vi teller planer hver fredag.\nOg så teller vi dem igjen på mandag.\n"


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def coding(number: int = 1, code: str = CODE, extra: str = "") -> str:
    return f'<Coding guid="{guid(number)}" {extra}><CodeRef targetGUID="{code}"/></Coding>'


def selection(text: str, quote: str, number: int = 1, inside: str | None = None) -> str:
    start = text.index(quote)
    return (
        f'<PlainTextSelection guid="{guid(number + 0x1000)}" startPosition="{start}" '
        f'endPosition="{start + len(quote)}">'
        f"{coding(number) if inside is None else inside}</PlainTextSelection>"
    )


def source(inside: str = "", attributes: str = "", name: str = "Intervju") -> str:
    path = attributes or f'plainTextPath="internal://{SOURCE}.txt"'
    return (
        f'<Sources><TextSource guid="{SOURCE}" name="{name}" {path}>{inside}</TextSource></Sources>'
    )


FILES = {f"sources/{SOURCE}.txt": TEXT.encode()}


def quotes(project: ExchangedProject) -> list[str]:
    texts = {one.guid: one.text for one in project.documents}
    return [texts[one.document][one.start : one.end] for one in project.codings]


def told(report: ExchangeReport) -> str:
    return "\n".join(
        f"{one.kind} {one.item} {one.what} {one.where} {one.why}" for one in report.lines
    )


# ------------------------------------------------------------------------------- in the wild
def test_a_plain_file_comes_in_whole(read: Read) -> None:
    users = f'<Users><User guid="{guid(7)}" name="Kari"/></Users>'
    inside = selection(TEXT, "teller planer", inside=coding(extra=f'creatingUser="{guid(7)}" '
                       'creationDateTime="2024-02-03T12:00:00+01:00"'))  # fmt: skip
    project, report = read(users + BOOK + source(inside), FILES, origin="NVivo")
    assert quotes(project) == ["teller planer"]
    (one,) = project.codings
    assert (one.guid, one.coder, one.code) == (guid(1), guid(7), CODE)
    assert one.created == "2024-02-03T11:00:00.000Z"
    assert project.documents[0].source == TEXT.encode()
    assert report.lines == ()
    assert report.conventions[0].certain


@pytest.mark.parametrize(
    ("member", "folder"),
    [("Project.qde", "Sources/"), ("STUDIE.QDE", "SOURCES/"), ("project.qde", "sources\\"),
     ("Studie/project.qde", "Studie/sources/")],
)  # fmt: skip
def test_names_in_the_zip_are_taken_as_they_come(read: Read, member: str, folder: str) -> None:
    files = {f"{folder}{SOURCE.upper()}.TXT": TEXT.encode()}
    project, _ = read(BOOK + source(selection(TEXT, "planer")), files, member=member)
    assert quotes(project) == ["planer"]


@pytest.mark.parametrize(
    "path", ["internal://{}.txt", "{}.txt", "sources/{}.txt", "internal:///{}.txt"]
)
def test_paths_with_and_without_their_scheme(read: Read, path: str) -> None:
    attributes = f'plainTextPath="{path.format(SOURCE)}"'
    project, _ = read(BOOK + source(selection(TEXT, "planer"), attributes), FILES)
    assert quotes(project) == ["planer"]


def test_text_may_stand_in_the_project(read: Read) -> None:
    inside = f"<PlainTextContent>{TEXT}</PlainTextContent>" + selection(TEXT, "planer")
    project, _ = read(BOOK + source(inside, " "))
    assert quotes(project) == ["planer"]
    assert project.documents[0].source == b""


def test_braces_and_upper_case_guids_are_one_with_the_others(read: Read) -> None:
    book = BOOK.replace(CODE, "{" + CODE.upper() + "}")
    project, report = read(book + source(selection(TEXT, "planer")), FILES)
    assert project.codes[0].guid == CODE
    assert quotes(project) == ["planer"]
    assert not report.lines


def test_prefixes_and_old_namespaces_are_read_by_local_names(read: Read) -> None:
    whole = (
        '<q:Project xmlns:q="urn:QDA-XML:project:0:10" name="Gammel"><q:CodeBook><q:Codes>'
        f'<q:Code guid="{CODE}" name="a" isCodable="true"/></q:Codes></q:CodeBook></q:Project>'
    )
    project, report = read("", whole=whole.encode())
    assert [one.name for one in project.codes] == ["a"]
    default = '<Project xmlns="urn:QDA-XML:project:0:10" name="Gammel"></Project>'
    _, report = read("", whole=default.encode())
    assert "urn:QDA-XML:project:0:10" in told(report)


def test_utf16_with_crlf_and_mark_is_converted_for_nvivo(read: Read) -> None:
    text = "Før 🙂\r\nVi teller 📋 planer\r\nog mer\r\n"
    wanted = "teller 📋 planer"
    units = len(text[: text.index(wanted)].encode("utf-16-le")) // 2
    length = len(wanted.encode("utf-16-le")) // 2
    inside = (
        f'<PlainTextSelection guid="{guid(9)}" startPosition="{units}" '
        f'endPosition="{units + length}">{coding()}</PlainTextSelection>'
    )
    files = {f"sources/{SOURCE}.txt": b"\xef\xbb\xbf" + text.encode()}
    project, report = read(BOOK + source(inside), files, origin="NVivo 12.6")
    assert quotes(project) == [wanted]
    assert report.conventions[0].convention.unit == "UTF-16"
    assert project.documents[0].text == text.replace("\r\n", "\n")


def test_codes_of_one_name_folders_and_colours(read: Read) -> None:
    book = (
        "<CodeBook><Codes>"
        f'<Code guid="{guid(1)}" name="Mappe" isCodable="false" color="#abc">'
        f'<Code guid="{CODE}" name="frist" isCodable="true"/></Code>'
        f'<Code guid="{guid(2)}" name="Annen" isCodable="true" color="blå">'
        f'<Code guid="{guid(3)}" name="frist" isCodable="true"/></Code>'
        "</Codes></CodeBook>"
    )
    inside = selection(TEXT, "planer", 10, coding(10, guid(1)))
    project, report = read(book + source(inside), FILES)
    assert [one.name for one in project.codes] == ["Mappe", "frist", "Annen", "frist"]
    assert [one.parent for one in project.codes] == [None, guid(1), None, guid(2)]
    assert [one.color for one in project.codes] == ["#aabbcc", "", "", ""]
    assert project.codings[0].code == guid(1)
    assert "1 folder of codes" in told(report)
    assert "blå is no colour" in told(report)


def test_missing_users_and_dates_are_no_hindrance(read: Read) -> None:
    first = coding(1, extra=f'creatingUser="{guid(66)}"')
    second = coding(2, extra='creationDateTime="i går"')
    project, report = read(BOOK + source(selection(TEXT, "planer", 1, first + second)), FILES)
    assert project.codings[0].coder == guid(66)
    assert [one.guid for one in project.coders] == [guid(66)]
    assert (project.codings[1].coder, project.codings[1].created) == (None, "")
    assert "no such user" in told(report)


def test_one_bad_element_never_stops_the_others(read: Read) -> None:
    bad = (
        f'<PlainTextSelection guid="{guid(21)}" startPosition="5" endPosition="5">{coding(21)}'
        "</PlainTextSelection>"
        f'<PlainTextSelection guid="{guid(22)}" startPosition="x" endPosition="5">{coding(22)}'
        "</PlainTextSelection>"
        f'<PlainTextSelection guid="{guid(23)}" startPosition="5" endPosition="5000">{coding(23)}'
        "</PlainTextSelection>"
        f'<PlainTextSelection startPosition="0" endPosition="5">{coding(24, guid(99))}'
        "</PlainTextSelection>"
        f'<PlainTextSelection guid="ikke en guid" startPosition="0" endPosition="5"><Coding/>'
        "</PlainTextSelection><Ukjent/>"
    )
    project, report = read(
        BOOK + source(bad + selection(TEXT, "planer")) + "<Noe><Annet/></Noe>", FILES
    )
    assert quotes(project) == ["planer"]
    assert report.found["codings"] == 6
    lost = sum(one.count for one in report.lines if (one.kind, one.item) == ("left out", "codings"))
    assert lost == 5
    assert "begins where it ends" in told(report)
    assert "reaches outside the text" in told(report)
    assert "no such code" in told(report)
    assert "Annet in Noe" in told(report)


def test_doubled_guids_are_told_apart(read: Read) -> None:
    inside = selection(TEXT, "planer", 1) + selection(TEXT, "mandag", 1)
    project, report = read(BOOK + source(inside), FILES)
    assert sorted(quotes(project)) == ["mandag", "planer"]
    assert len({one.guid for one in project.codings}) == 2
    assert "Another has the same GUID" in told(report)


def test_sources_without_their_files_are_told_with_what_is_coded_in_them(read: Read) -> None:
    project, report = read(BOOK + source(selection(TEXT, "planer")))
    assert (project.documents, project.codings) == ((), ())
    assert "Its text is not in the exchange file" in told(report)
    assert {one.item for one in report.of_kind("left out")} >= {"documents", "codings"}


def test_files_outside_the_exchange_file_are_never_read(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("hemmelig")
    for path in (f"absolute://{secret}", f"relative:///{secret.name}", f"../{secret.name}"):
        project, report = read(BOOK + source("", f'plainTextPath="{path}"'))
        assert project.documents == ()
        assert report.lines


def test_a_source_of_one_byte_and_an_empty_one_come_in(read: Read) -> None:
    for content, text in ((b"x", "x"), (b"", ""), (b"\xef\xbb\xbf", "")):
        inside = f"{coding()}"
        project, report = read(BOOK + source(inside), {f"sources/{SOURCE}.txt": content})
        assert project.documents[0].text == text
        assert quotes(project) == ([text] if text else [])
        assert told(report)


# ------------------------------------------------------------------------ cases and variables
def test_cases_take_sources_selections_and_values(read: Read) -> None:
    variables = (
        f'<Variables><Variable guid="{guid(31)}" name="Ansatte" typeOfVariable="Integer"/>'
        f'<Variable guid="{guid(32)}" name="Fylke" typeOfVariable="Text"/>'
        f'<Variable guid="{guid(33)}" name="Rot" typeOfVariable="Float"/></Variables>'
    )
    cases = (
        f'<Cases><Case guid="{guid(41)}" name="Nord"><Description>Lite kontor</Description>'
        f'<VariableValue><VariableRef targetGUID="{guid(31)}"/><IntegerValue>15</IntegerValue>'
        "</VariableValue>"
        f'<VariableValue><VariableRef targetGUID="{guid(33)}"/><FloatValue>mange</FloatValue>'
        "</VariableValue>"
        f'<VariableValue><VariableRef targetGUID="{guid(77)}"/><TextValue>x</TextValue>'
        "</VariableValue>"
        f'<SourceRef targetGUID="{SOURCE}"/><SourceRef targetGUID="{guid(404)}"/>'
        f'<SelectionRef targetGUID="{guid(0x1001)}"/></Case>'
        f'<Case guid="{guid(42)}">'
        f'<VariableValue><VariableRef targetGUID="{guid(32)}"/><TextValue>Vest</TextValue>'
        f'</VariableValue><SourceRef targetGUID="{SOURCE}"/></Case></Cases>'
    )
    project, report = read(BOOK + variables + cases + source(selection(TEXT, "planer", 1)), FILES)
    (case,) = project.cases
    assert (case.name, case.documents) == ("Nord", (SOURCE,))
    assert project.codings[0].cases == (guid(41),)
    values = {(one.variable, one.subject): one.value for one in project.values}
    assert values == {
        (guid(31), guid(41)): 15.0,
        (guid(33), guid(41)): "mange",
        (guid(32), SOURCE): "Vest",
    }
    subjects = {one.name: (one.subject, one.type) for one in project.variables}
    assert subjects == {
        "Ansatte": ("case", "number"), "Fylke": ("document", "text"), "Rot": ("case", "text")
    }  # fmt: skip
    assert [(one.on, one.text) for one in project.memos] == [("case", "Lite kontor")]
    assert "There is no such variable" in told(report)
    assert "The source that it names did not come over" in told(report)


def test_a_variable_of_cases_and_sources_becomes_two(read: Read) -> None:
    value = (
        f'<VariableValue><VariableRef targetGUID="{guid(31)}"/><TextValue>x</TextValue>'
        "</VariableValue>"
    )
    project, report = read(
        f'<Variables><Variable guid="{guid(31)}" name="År" typeOfVariable="Text"/></Variables>'
        f'<Cases><Case guid="{guid(41)}" name="Nord">{value}</Case></Cases>' + source(value),
        FILES,
    )
    assert {one.subject for one in project.variables} == {"case", "document"}
    assert len({one.guid for one in project.variables}) == 2
    assert len(project.values) == 2
    assert "each kind has a variable of its own" in told(report)


# -------------------------------------------------------------------------------------- notes
def test_notes_stand_where_they_are_referred_to(read: Read) -> None:
    def note(number: int, text: str) -> str:
        return f'<Note guid="{guid(number)}"><PlainTextContent>{text}</PlainTextContent></Note>'

    ref = '<NoteRef targetGUID="{}"/>'
    noted = coding(1).replace("</Coding>", ref.format(guid(51)) + "</Coding>")
    inside = (
        selection(TEXT, "planer", 1, noted)
        + selection(TEXT, "mandag", 2, coding(2) + ref.format(guid(52)))
        + selection(TEXT, "fredag", 3, ref.format(guid(53)))
        + ref.format(guid(54))
    )
    book = BOOK.replace("/></Codes>", ">" + ref.format(guid(55)) + "</Code></Codes>")
    notes = "".join(
        note(number, text)
        for number, text in {
            51: "på kodingen", 52: "på utdraget", 53: "på et ukodet utdrag", 54: "på kilden",
            55: "på koden", 56: "på prosjektet", 57: "lenket", 58: " ",
        }.items()
    )  # fmt: skip
    links = (
        f'<Links><Link guid="{guid(61)}" originGUID="{guid(0x1001)}" targetGUID="{guid(57)}"/>'
        f'<Link guid="{guid(62)}" name="Se" originGUID="{CODE}" targetGUID="{SOURCE}"/></Links>'
    )
    project, report = read(
        book + source(inside) + f"<Notes>{notes}</Notes>" + links + ref.format(guid(56)), FILES
    )
    found = {one.guid: (one.on, one.target, one.text) for one in project.memos}
    assert found == {
        guid(51): ("coding", guid(1), "på kodingen"),
        guid(52): ("coding", guid(2), "på utdraget"),
        guid(53): ("document", SOURCE, "«fredag»\n\npå et ukodet utdrag"),
        guid(54): ("document", SOURCE, "på kilden"),
        guid(55): ("code", CODE, "på koden"),
        guid(56): ("project", None, "på prosjektet"),
        guid(57): ("coding", guid(1), "lenket"),
    }
    assert "The link Se" in told(report)
    assert (report.found["links"], report.kept["links"]) == (2, 1)
    assert report.found["memos"] == 8


def test_descriptions_become_memos(read: Read) -> None:
    marked = selection(TEXT, "planer", 1, f"<Description>Se her</Description>{coding(1)}")
    uncoded = selection(TEXT, "mandag", 2, "<Description>Merk</Description>")
    project, _ = read(
        BOOK + source("<Description>Opptak 3</Description>" + marked + uncoded)
        + "<Description>Om studien</Description>",
        FILES,
    )  # fmt: skip
    assert project.codings[0].memo == "Se her"
    assert {(one.on, one.text) for one in project.memos} == {
        ("document", "Opptak 3"), ("document", "«mandag»\n\nMerk"), ("project", "Om studien")
    }  # fmt: skip


# -------------------------------------------------------------------------- pdf, docx, media
def test_a_pdf_is_read_by_its_representation(read: Read) -> None:
    area = (
        f'<PDFSelection guid="{guid(71)}" page="0" firstX="0" firstY="0" secondX="9" secondY="9">'
        f'<Representation guid="{guid(72)}"><PlainTextContent>hver  fredag</PlainTextContent>'
        f"</Representation>{coding(71)}</PDFSelection>"
        f'<PDFSelection guid="{guid(73)}" page="0" firstX="0" firstY="0" secondX="9" secondY="9" '
        f'name="Figur 1">{coding(73)}</PDFSelection>'
    )
    text = (
        f'<Representation guid="{guid(74)}" plainTextPath="internal://{SOURCE}.txt">'
        f"{selection(TEXT, 'planer')}</Representation>"
    )
    pdf = (
        f'<Sources><PDFSource guid="{SOURCE}" name="Plan.pdf" path="internal://{guid(75)}.pdf">'
        f"{area}{text}</PDFSource></Sources>"
    )
    project, report = read(BOOK + pdf, FILES | {f"sources/{guid(75)}.pdf": b"%PDF-1.4 nei"})
    assert sorted(quotes(project)) == ["hver fredag", "planer"]
    (document,) = project.documents
    assert (document.guid, document.file_type, document.source) == (SOURCE, "pdf", b"%PDF-1.4 nei")
    assert "part of a page" in told(report)


def test_a_docx_keeps_its_bytes_and_its_plain_text(read: Read) -> None:
    attributes = f'plainTextPath="internal://{SOURCE}.txt" richTextPath="internal://{guid(8)}.docx"'
    files = FILES | {f"sources/{guid(8)}.docx": b"PK docx"}
    project, _ = read(BOOK + source(selection(TEXT, "planer"), attributes), files)
    assert project.documents[0].source == b"PK docx"
    assert project.documents[0].file_name == "Intervju.docx"
    assert quotes(project) == ["planer"]


def test_a_docx_without_plain_text_is_read_itself(read: Read) -> None:
    import docx

    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Vi teller planer.")
    document.save(stream)
    attributes = f'richTextPath="internal://{guid(8)}.docx"'
    project, report = read(
        BOOK + source("", attributes), {f"sources/{guid(8)}.docx": stream.getvalue()}
    )
    assert project.documents[0].text.strip() == "Vi teller planer."
    assert "the original file was read" in told(report)


def test_recordings_are_told_and_their_transcripts_come_in(read: Read) -> None:
    points = (
        f'<SyncPoint guid="{guid(81)}" timeStamp="0" position="7"/>'
        f'<SyncPoint guid="{guid(82)}" timeStamp="900" position="16"/>'
    )
    chosen = (
        f'<TranscriptSelection guid="{guid(83)}" fromSyncPoint="{guid(81)}" '
        f'toSyncPoint="{guid(82)}">{coding(83)}</TranscriptSelection>'
    )
    media = (
        f'<Sources><AudioSource guid="{guid(84)}" name="Opptak.m4a" path="relative:///o.m4a">'
        f'<Transcript guid="{SOURCE}" name="Utskrift" plainTextPath="internal://{SOURCE}.txt">'
        f"{points}{chosen}</Transcript>"
        f'<AudioSelection guid="{guid(85)}" begin="0" end="99">{coding(85)}</AudioSelection>'
        f'</AudioSource><PictureSource guid="{guid(86)}" name="Tavle.jpg"/></Sources>'
    )
    project, report = read(BOOK + media, FILES)
    assert quotes(project) == ["Vi teller"]
    assert report.found["media"] == 2
    assert report.found["codings"] == 2
    assert "Opptak.m4a" in told(report)


def test_sets_and_graphs_are_counted(read: Read) -> None:
    rest = (
        f'<Sets><Set guid="{guid(1)}" name="Kvinner"><MemberSource targetGUID="{SOURCE}"/></Set>'
        f'</Sets><Graphs><Graph guid="{guid(2)}" name="Kart"/></Graphs>'
    )
    _, report = read(rest)
    assert (report.found["sets"], report.found["graphs"]) == (1, 1)
    assert "Kvinner (1 parts)" in told(report)
    assert "Kart" in told(report)


# -------------------------------------------------------------------------------- the peers
def test_a_project_of_qualcoder_comes_in(shared: Path) -> None:
    project, report = read_qdpx(shared / "refi" / "peers" / "gen_sample.qdpx")
    assert len(project.codings) == report.found["codings"] == 7
    assert all(quote == quote.strip() and len(quote) > 10 for quote in quotes(project))
    assert all(one.certain and one.named == one.places for one in report.conventions)
    assert len(project.documents) == 3
    assert len(project.values) == 9
    assert not list(report.of_kind("left out"))
    annotations = [one.text for one in project.memos if "annotation" in one.text]
    assert annotations == ["«INTERVIEWER»\n\nan annotation", "second annotation"]


@pytest.mark.parametrize(
    "name", ["A2_ATLASti_8.4_project.qde", "A3_Transana_3.22_pre1.0_project.qde"]
)
def test_the_examples_of_the_standard_are_read_and_every_coding_accounted_for(
    read: Read, shared: Path, name: str
) -> None:
    whole = (shared / "refi" / "annex" / name).read_bytes()
    project, report = read("", whole=whole, member="Project.qde")
    lost = sum(one.count for one in report.of_kind("left out") if one.item == "codings")
    assert report.found["codings"] == whole.count(b"<Coding ") == len(project.codings) + lost
    assert len(project.codes) == whole.count(b"<Code ")
