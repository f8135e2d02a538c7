"""What another program's file holds beyond this one comes out again in its place."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.formats.exchange.qdpx_writer import write_qdpx
from qda.operations.code_sets import remove_code_set, save_code_set
from qda.operations.codes import edit_code, remove_code
from qda.operations.documents import remove_document
from qda.operations.exchange import import_project
from qda.operations.exchange_out import read_project
from qda.store import carried, code_sets, codes, doctor, documents, project_file
from qda.store.project_file import ProjectFile

TEXT = "Vi teller planer hver mandag. Ingen spør om målene."
NS = {"q": "urn:QDA-XML:project:1.0"}
CODE, FOLDER, PLAIN, NOTE, PDF, PICTURE, STANDS = (
    f"a0000000-0000-4000-8000-00000000000{n}" for n in range(7)
)
ONE, TWO, BARE, LINK, SET, GRAPH, CASE = (
    f"b0000000-0000-4000-8000-00000000000{n}" for n in range(7)
)
USER = "e0000000-0000-4000-8000-000000000001"
HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="Fremmed" origin="Et verktøy 9">'
INSIDE = f"""
<Users><User guid="{USER}" name="Kari" id="K1"/></Users>
<CodeBook><Codes><Code guid="{FOLDER}" name="Mappe" isCodable="false" color="#abc">
<Code guid="{CODE}" name="telling" isCodable="true" color="#d9573F"/>
<Code guid="{PLAIN}" name="uten farge" isCodable="true"/>
<Code guid="{STANDS}" name="Nord" isCodable="true" color="#000000"/></Code></Codes></CodeBook>
<Variables><Variable guid="{USER}" name="År" typeOfVariable="Integer"/></Variables>
<Cases><Case guid="{CASE}" name="Nord"><CodeRef targetGUID="{STANDS}"/></Case></Cases>
<Sources>
<TextSource guid="{NOTE}" name="Notat" egen="x"><PlainTextContent>{TEXT}</PlainTextContent>
<PlainTextSelection guid="{ONE}" name="teller" startPosition="3" endPosition="9"
 creatingUser="{USER}">
<Coding guid="c0000000-0000-4000-8000-000000000001"><CodeRef targetGUID="{CODE}"/></Coding>
<Coding guid="c0000000-0000-4000-8000-000000000002"><CodeRef targetGUID="{FOLDER}"/></Coding>
</PlainTextSelection>
<PlainTextSelection guid="{TWO}" name="spør" startPosition="36" endPosition="40">
<Coding guid="c0000000-0000-4000-8000-000000000003"><CodeRef targetGUID="{PLAIN}"/></Coding>
</PlainTextSelection>
<PlainTextSelection guid="{BARE}" name="mandag" startPosition="22" endPosition="28"/>
</TextSource>
<PDFSource guid="{PDF}" name="Plan.pdf" path="internal://{PDF}.pdf">
<PDFSelection guid="b1000000-0000-4000-8000-000000000001" page="1" firstX="1" firstY="2"
 secondX="3" secondY="4"><Coding guid="c0000000-0000-4000-8000-000000000004">
<CodeRef targetGUID="{CODE}"/></Coding></PDFSelection>
<PDFSelection guid="b1000000-0000-4000-8000-000000000002" page="2" firstX="5" firstY="6"
 secondX="7" secondY="8"><Representation guid="b1000000-0000-4000-8000-000000000003">
<PlainTextContent>Ingen spør om målene.</PlainTextContent></Representation>
<Coding guid="c0000000-0000-4000-8000-000000000005"><CodeRef targetGUID="{CODE}"/></Coding>
</PDFSelection>
<Representation guid="b1000000-0000-4000-8000-000000000004" plainTextPath="internal://{PDF}.txt"/>
</PDFSource>
<PictureSource guid="{PICTURE}" name="Tavle.jpg" path="internal://{PICTURE}.jpg"
 currentPath="absolute:///home/kari/tavle.jpg">
<PictureSelection guid="b2000000-0000-4000-8000-000000000001" firstX="0" firstY="0" secondX="9"
 secondY="9" name="hjørnet"><Coding guid="c0000000-0000-4000-8000-000000000006"
 creatingUser="{USER}"><CodeRef targetGUID="{CODE}"/></Coding></PictureSelection>
<VariableValue><VariableRef targetGUID="{USER}"/><IntegerValue>7</IntegerValue></VariableValue>
</PictureSource>
</Sources>
<Links><Link guid="{LINK}" name="støtter" direction="Associative" color="#FF0000"
 originGUID="{ONE}" targetGUID="{TWO}"/>
<Link guid="b3000000-0000-4000-8000-000000000001" name="av" direction="OneWay"
 originGUID="{CODE}" targetGUID="{PICTURE}"/></Links>
<Sets><Set guid="{SET}" name="Utvalg"><MemberCode targetGUID="{CODE}"/>
<MemberCode targetGUID="{PLAIN}"/><MemberSource targetGUID="{PICTURE}"/></Set></Sets>
<Graphs><Graph guid="{GRAPH}" name="Kart"><Vertex guid="b4000000-0000-4000-8000-000000000001"
 representedGUID="{CODE}" name="telling" firstX="1" firstY="1" shape="Oval" color="#00ff00"/>
<Vertex guid="b4000000-0000-4000-8000-000000000002" representedGUID="{ONE}" firstX="2" firstY="2"/>
<Edge guid="b4000000-0000-4000-8000-000000000003"
 sourceVertex="b4000000-0000-4000-8000-000000000001"
 targetVertex="b4000000-0000-4000-8000-000000000002" lineStyle="dotted" direction="OneWay"/>
</Graph></Graphs>
"""
Element = Any
Export = Callable[[], Element]


@pytest.fixture(scope="session")
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared / "refi" / "xsd" / "Project.xsd"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "fremmed.qdpx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("project.qde", f"{HEAD}{INSIDE}</Project>")
        file.writestr(f"sources/{PDF}.txt", f"{TEXT}\n")
        file.writestr(f"sources/{PDF}.pdf", b"%PDF-1.4 nei")
        file.writestr(f"sources/{PICTURE}.jpg", b"\xff\xd8 bilde")
    return path


@pytest.fixture
def project(tmp_path: Path, source: Path) -> Iterator[ProjectFile]:
    opened = project_file.create(tmp_path / "inn.qdaproj", coder="Noen")
    exchanged, report = read_qdpx(source)
    import_project(opened, coder="Noen", exchanged=exchanged, report=report, adopt=True)
    yield opened
    opened.close()
    assert not doctor.diagnose(opened.path)


@pytest.fixture
def export(tmp_path: Path, project: ProjectFile) -> Callable[[], Element]:
    """Write the project and return its XML."""

    def write() -> Element:
        write_qdpx(tmp_path / "ut.qdpx", read_project(project))
        with zipfile.ZipFile(tmp_path / "ut.qdpx") as file:
            return etree.fromstring(file.read("project.qde"))

    return write


def found(root: Element, path: str) -> list[Element]:
    return root.findall(path, NS)


# ----------------------------------------------------------------------------------- the way out
def test_what_was_carried_along_stands_in_its_place_and_is_valid(
    export: Export, schema: etree.XMLSchema, tmp_path: Path
) -> None:
    root = export()
    schema.assertValid(root)
    (picture,) = found(root, ".//q:PictureSource")
    assert picture.attrib == {
        "guid": PICTURE, "name": "Tavle.jpg", "path": f"internal://{PICTURE}.jpg"
    }  # fmt: skip
    assert found(picture, "q:PictureSelection/q:Coding/q:CodeRef")[0].get("targetGUID") == CODE
    with zipfile.ZipFile(tmp_path / "ut.qdpx") as file:
        assert file.read(f"sources/{PICTURE}.jpg") == b"\xff\xd8 bilde"
    (graph,) = found(root, "q:Graphs/q:Graph")
    assert [one.get("representedGUID") for one in found(graph, "q:Vertex")] == [CODE, ONE]
    assert found(graph, "q:Edge")[0].get("lineStyle") == "dotted"
    members = found(root, "q:Sets/q:Set/*")
    assert [one.get("targetGUID") for one in members] == [CODE, PLAIN, PICTURE]
    links = {one.get("name"): one for one in found(root, "q:Links/q:Link")}
    assert (links["støtter"].get("originGUID"), links["støtter"].get("color")) == (ONE, "#FF0000")
    assert links["av"].get("targetGUID") == PICTURE
    assert "absolute:" not in etree.tostring(root).decode()


def test_guids_of_segments_places_on_pages_and_bare_segments_come_back(export: Export) -> None:
    root = export()
    selections = {one.get("guid"): one for one in found(root, ".//q:PlainTextSelection")}
    assert {ONE, TWO, BARE} <= selections.keys()
    assert len(found(selections[ONE], "q:Coding")) == 2
    assert (selections[BARE].get("startPosition"), len(selections[BARE])) == ("22", 0)
    pages = found(root, ".//q:PDFSelection")
    assert [one.get("page") for one in pages] == ["1", "2"]
    # What stands in the text is coded there, what does not stays on the page.
    assert [len(found(one, "q:Coding")) for one in pages] == [1, 0]
    codings = [one.get("guid") for one in found(root, ".//q:Coding")]
    assert len(codings) == len(set(codings)) == 6


def test_folders_and_exact_colours_come_back(export: Export, project: ProjectFile) -> None:
    by_name = {one.get("name"): one for one in found(export(), ".//q:Code")}
    assert by_name["Mappe"].get("isCodable") == "false"
    assert by_name["telling"].get("isCodable") == "true"
    colors = [by_name[name].get("color") for name in ("Mappe", "telling", "uten farge")]
    assert colors == ["#abc", "#d9573F", None]
    code = next(one for one in codes.all_codes(project.connection) if one.name == "Mappe")
    edit_code(project, coder="Noen", code=replace(code, color="#112233"))
    assert "#112233" in {one.get("color") for one in found(export(), ".//q:Code")}
    project.undo("Noen")
    assert "#abc" in {one.get("color") for one in found(export(), ".//q:Code")}


def test_a_set_of_codes_is_a_code_set_and_keeps_what_else_is_in_it(
    project: ProjectFile, export: Export, schema: etree.XMLSchema
) -> None:
    (taken,) = code_sets.all_sets(project.connection)
    names = {one.id: one.name for one in codes.all_codes(project.connection)}
    assert (taken.guid, taken.name) == (SET, "Utvalg")
    assert [names[one] for one in taken.codes] == ["telling", "uten farge"]
    save_code_set(
        project, coder="Noen", name="Døpt om", members=taken.codes[1:], description="Hvorfor",
        set_id=taken.id,
    )  # fmt: skip
    root = export()
    schema.assertValid(root)
    (written,) = found(root, "q:Sets/q:Set")
    assert (written.get("guid"), written.get("name")) == (SET, "Døpt om")
    assert found(written, "q:Description")[0].text == "Hvorfor"
    members = [one.get("targetGUID") for one in found(written, "*")[1:]]
    assert members == [PLAIN, PICTURE]
    remove_code_set(project, coder="Noen", set_id=taken.id)
    root = export()
    schema.assertValid(root)
    assert [one.get("targetGUID") for one in found(root, "q:Sets/q:Set/*")] == [PICTURE]


def test_a_case_keeps_the_code_that_stands_for_it(export: Export) -> None:
    (case,) = found(export(), "q:Cases/q:Case")
    assert found(case, "q:CodeRef")[0].get("targetGUID") == STANDS


def test_the_second_round_is_the_same_to_the_byte(
    tmp_path: Path, export: Export, project: ProjectFile
) -> None:
    export()
    with closing(project_file.create(tmp_path / "igjen.qdaproj", coder="Noen")) as again:
        exchanged, report = read_qdpx(tmp_path / "ut.qdpx")
        import_project(again, coder="Noen", exchanged=exchanged, report=report, adopt=True)
        assert not list(report.of_kind("left out"))
        assert same_but_numbers(read_project(again)) == same_but_numbers(read_project(project))
        write_qdpx(tmp_path / "igjen.qdpx", read_project(again))
    assert (tmp_path / "igjen.qdpx").read_bytes() == (tmp_path / "ut.qdpx").read_bytes()


def same_but_numbers(project: ExchangedProject) -> dict[str, object]:
    return {
        name: sorted(map(repr, getattr(project, name)))
        for name in ("codes", "code_sets", "codings", "parts", "tables", "memos")
    }


# ------------------------------------------------------------------------------------- the report
def test_each_thing_that_cannot_be_shown_is_told(source: Path) -> None:
    _, report = read_qdpx(source)
    left = {(one.item, str(one.what)): str(one.why) for one in report.of_kind("left out")}
    for item, words in (
        ("media", "PictureSource Tavle.jpg"), ("sets", "Utvalg (1 parts)"),
        ("graphs", "Kart (3 parts)"), ("links", "The link av"),
        ("selections", "1 segment without a code"),
    ):  # fmt: skip
        assert "goes out again" in left[item, words] or "go out" in left[item, words]
    assert ("links", "The link støtter") not in left
    names = {str(one.what) for one in report.lines if one.item == "elements"}
    assert {"PictureSource currentPath", "TextSource egen", "User id"} <= names


def test_a_link_between_segments_is_a_link_here_too(project: ProjectFile, export: Export) -> None:
    (links,) = [one for one in read_project(project).tables if one.table == "memo_link"]
    assert links.rows[0][0] == LINK
    project.connection.execute("DELETE FROM memo_link")
    assert "støtter" not in {one.get("name") for one in found(export(), "q:Links/q:Link")}


# ------------------------------------------------------------------------------ what was changed
def test_what_refers_to_something_removed_goes_out_without_it(
    project: ProjectFile, export: Export, schema: etree.XMLSchema
) -> None:
    code = next(one for one in codes.all_codes(project.connection) if one.name == "telling")
    remove_code(project, coder="Noen", code=code.id)
    root = export()
    schema.assertValid(root)
    assert [one.get("targetGUID") for one in found(root, "q:Sets/q:Set/*")] == [PLAIN, PICTURE]
    assert found(root, ".//q:PictureSelection/q:Coding") == []
    assert [one.get("representedGUID") for one in found(root, ".//q:Vertex")] == [None, ONE]
    assert "av" not in {one.get("name") for one in found(root, "q:Links/q:Link")}


def test_what_no_longer_fits_is_told(project: ProjectFile, tmp_path: Path) -> None:
    for code in codes.all_codes(project.connection):
        if code.name in ("Nord", "telling"):
            remove_code(project, coder="Noen", code=code.id)
    project.connection.execute("UPDATE carried_part SET text_hash = 'x' WHERE part = 'segment'")
    report = write_qdpx(tmp_path / "ut.qdpx", read_project(project))
    assert {one.item for one in report.of_kind("left out")} == {"links", "case links", "selections"}


def test_what_stands_in_a_document_goes_with_it(project: ProjectFile, export: Export) -> None:
    notes = documents.all_documents(project.connection)
    document = next(one.id for one in notes if one.name == "Notat")
    remove_document(project, coder="Noen", document=document)
    assert BARE not in {one.get("guid") for one in found(export(), ".//q:PlainTextSelection")}
    project.undo("Noen")
    assert BARE in {one.get("guid") for one in found(export(), ".//q:PlainTextSelection")}


def test_an_undone_import_takes_everything_along_and_a_redone_brings_it(
    project: ProjectFile, export: Export
) -> None:
    project.undo("Noen")
    assert carried.parts(project.connection) == ()
    project.redo("Noen")
    assert found(export(), ".//q:PictureSource")[0].get("path") == f"internal://{PICTURE}.jpg"


def test_parts_from_a_stranger_that_do_not_fit_stay_out(
    project: ProjectFile, export: Export, schema: etree.XMLSchema
) -> None:
    connection = project.connection
    for number, xml in enumerate(
        (
            "<Graph", "<Graph guid='x'/>", "<!DOCTYPE a []><Graph/>", "<Note guid='" + ONE + "'/>",
            f"<Set guid='{ONE}'/>", "", "<Set>" * 500, f"<Set name='x' guid='{ONE.upper()}'/>",
        )
    ):  # fmt: skip
        connection.execute(
            "INSERT INTO carried_part (guid, part, name, xml, text_hash)"
            " VALUES (?, 'graph', 'Navn', ?, '')",
            (f"d0000000-0000-4000-8000-00000000000{number}", xml),
        )
    root = export()
    schema.assertValid(root)
    assert len(found(root, "q:Graphs/q:Graph")) == 1
