"""A project out as REFI-QDA and in again: nothing lost, nothing moved, nothing recoloured."""

import importlib.util
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from qda.formats.exchange.model import (
    ExchangedCase,
    ExchangedCode,
    ExchangedCoder,
    ExchangedCoding,
    ExchangedDocument,
    ExchangedMemo,
    ExchangedParticipant,
    ExchangedProject,
    ExchangedSourceNote,
    ExchangedTurn,
    ExchangedValue,
    ExchangedVariable,
)
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.formats.exchange.qdpx_writer import qdpx_bytes, write_qdpx
from qda.formats.exchange.report import ExchangeReport
from qda.jobs.progress import Cancelled, Progress
from qda.model.ids import Guid, new_guid
from qda.operations.exchange import import_project
from qda.operations.exchange_out import read_project
from qda.store import doctor, import_reports, project_file
from qda.store.project_file import ProjectFile

MAKER = Path(__file__).parents[1] / "data" / "make_v1_0.py"
KARI, OLA, NORTH, SOUTH = (Guid(f"aaaa0000-0000-4000-8000-00000000000{n}") for n in range(4))
TOP, BELOW, TWIN, FIRST, SECOND = (
    Guid(f"bbbb0000-0000-4000-8000-00000000000{n}") for n in range(5)
)
LEADER, ROLE, STAFF, PLANS, WAVE = (
    Guid(f"cccc0000-0000-4000-8000-00000000000{n}") for n in range(5)
)
ONE, TWO, THREE, FOUR = (Guid(f"dddd0000-0000-4000-8000-00000000000{n}") for n in range(4))
DOUBLED = "Two codes in one place have this name; both were kept."
AT = "2026-03-01T10:11:12.345Z"
TEXT = "Leder: Vi teller 📋 planer.\nOg måltallene?\n\nLeder: De teller oss 😀.\n"


@pytest.fixture(scope="session")
def maker() -> ModuleType:
    """The script that fills a project with something of everything."""
    spec = importlib.util.spec_from_file_location("make_v1_0", MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def schema(shared: Path) -> etree.XMLSchema:
    """The schema of the standard."""
    return etree.XMLSchema(etree.parse(shared / "refi" / "xsd" / "Project.xsd"))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[ProjectFile]:
    project = project_file.create(tmp_path / "tomt.qdaproj", coder="Noen")
    yield project
    project.close()
    assert not doctor.diagnose(project.path)


def study() -> ExchangedProject:
    """A project with every kind of thing, and with what formats like to lose."""
    memos = [
        ("project", None), ("document", FIRST), ("case", NORTH), ("participant", LEADER),
        ("code", BELOW), ("coding", ONE), ("coding", ONE),
    ]  # fmt: skip
    return ExchangedProject(
        name="Studie «A» & <B>",
        guid=Guid("eeee0000-0000-4000-8000-000000000001"),
        language="nn",
        created=AT,
        coder=OLA,
        coders=(ExchangedCoder(KARI, "Kari", "#112233"), ExchangedCoder(OLA, "Ola 🦊", "#445566")),
        codes=(
            ExchangedCode(
                TOP, None, "rutiner", "#228b4b", "Faste måter.\n\n[Include]\nikke en del", "inn",
                "ut", "«døme»", ("tavle", "a|b"), ("lav", "middels", "høy"), "3",
            ),
            ExchangedCode(BELOW, TOP, 'møte/"stående"', "#abcdef"),
            ExchangedCode(TWIN, TOP, 'møte/"stående"', "#abcdee"),
        ),
        cases=(
            ExchangedCase(NORTH, "Nord", "Kontor A", (FIRST, SECOND)),
            ExchangedCase(SOUTH, "Sør", "", (SECOND,)),
        ),
        participants=(
            ExchangedParticipant(LEADER, "Leder", cases=(NORTH, SOUTH)),
            ExchangedParticipant(THREE, "Intervjuer", interviewer=True),
        ),
        variables=(
            ExchangedVariable(STAFF, "case", "ansatte", "number"),
            ExchangedVariable(PLANS, "case", "planer", "number", periodic=True),
            ExchangedVariable(WAVE, "document", "rolle", "date"),
            ExchangedVariable(ROLE, "participant", "rolle", "text"),
            ExchangedVariable(ONE, "participant", "ansatt", "boolean"),
            ExchangedVariable(TWO, "document", "tom", "text"),
            ExchangedVariable(THREE, "case", "tom indikator", "number", periodic=True),
        ),
        values=(
            ExchangedValue(STAFF, NORTH, 15.0),
            ExchangedValue(STAFF, SOUTH, 1e-300),
            ExchangedValue(PLANS, NORTH, 0.1 + 0.2, "2012-03"),
            ExchangedValue(PLANS, NORTH, 1e15, "2012-04"),
            ExchangedValue(PLANS, SOUTH, -3.0, "2012-03"),
            ExchangedValue(ROLE, LEADER, " leiar\tog meir "),
            ExchangedValue(ONE, LEADER, False),
            ExchangedValue(ONE, THREE, True),
            ExchangedValue(WAVE, FIRST, "2019-02-28"),
            ExchangedValue(WAVE, SECOND, "våren 2019"),
        ),
        documents=(
            ExchangedDocument(
                FIRST, "Intervju 1", TEXT, TEXT.replace("\n", "\r\n").encode("cp1252", "replace"),
                "interview", "nn", "intervju.txt", "txt", "cp1252", True, AT,
                (
                    ExchangedTurn(1, 0, 7, 26, "Leder", LEADER, False, 1500, "Spm. 1"),
                    ExchangedTurn(2, 27, 27, 41, "", None, True, None, ""),
                ),
                (ExchangedSourceNote("comment", 0, 5, "Åse", "Hør opptaket 🙂"),),
            ),
            ExchangedDocument(SECOND, "Plan.pdf", "Årsplan\n", b"%PDF-1.4", file_type="pdf",
                              file_name="Plan.pdf", created=AT),
            ExchangedDocument(THREE, "Notat", "Vi så på.\n", b"PK", file_type="docx", created=AT),
            ExchangedDocument(FOUR, "Fil", "a b\n", b"{\\rtf1}", file_type="rtf", created=AT),
            ExchangedDocument(ONE, "Tom", "", b"", file_type="txt", created=AT),
        ),
        codings=(
            ExchangedCoding(ONE, FIRST, TOP, KARI, 7, 16, "mot", "høy", "Se\n\n[Stance]\nfor", AT,
                            (SOUTH,)),
            ExchangedCoding(TWO, FIRST, BELOW, KARI, 7, 16, "mot", "høy", "Se\n\n[Stance]\nfor", AT,
                            (SOUTH,)),
            ExchangedCoding(THREE, FIRST, TOP, OLA, 17, 18, created=AT),
            ExchangedCoding(FOUR, SECOND, TWIN, OLA, 0, 7, "ambivalent", memo=" \n", created=AT),
        ),
        memos=tuple(
            ExchangedMemo(
                Guid(f"ffff0000-0000-4000-8000-00000000000{number}"), on, target,
                f"Memo {number}\n\tmed <merker> & «tegn»  ", OLA if number % 2 else KARI, AT,
                "2026-03-02T00:00:00.000Z",
            )
            for number, (on, target) in enumerate(memos)
        ),
    )  # fmt: skip


MONTHS = "1 indicator has its values month by month again."


def same(one: ExchangedProject, other: ExchangedProject) -> None:
    """Compare two projects part by part, each part by its GUIDs where order is no matter."""
    for field in fields(ExchangedProject):
        ours, theirs = getattr(one, field.name), getattr(other, field.name)
        if field.name in ("values", "codings"):
            ours, theirs = sorted(ours, key=repr), sorted(theirs, key=repr)
        if field.name == "codes":
            # Siblings keep their order; a tree may be walked in several.
            ours, theirs = (sorted(part, key=lambda c: c.parent or "") for part in (ours, theirs))
        if field.name == "variables":
            ours, theirs = (sorted(part, key=lambda v: v.subject) for part in (ours, theirs))
        assert ours == theirs, field.name


def round_trip(project: ExchangedProject, folder: Path) -> tuple[ExchangedProject, ExchangeReport]:
    path = folder / "ut.qdpx"
    report = write_qdpx(path, project)
    assert not report.lines
    assert report.found == report.kept
    return read_qdpx(path)


# ------------------------------------------------------------------------------- own round trip
def test_the_own_round_trip_loses_nothing(tmp_path: Path, empty: ProjectFile) -> None:
    before = study()
    read, report = round_trip(before, tmp_path)
    same(before, read)
    import_project(empty, coder="Noen", exchanged=read, report=report, adopt=True)
    assert [(one.kind, str(one.why)) for one in report.lines] == [
        ("decided", DOUBLED),
        ("decided", MONTHS),
    ]
    same(before, read_project(empty))
    assert report.found == report.kept
    for name, count in before.counts().items():
        assert report.kept[name] == count, name
    assert "No line says" not in str([str(one.why) for one in report.finished().lines])


def test_months_of_an_indicator_that_nobody_knows_are_variables(
    tmp_path: Path, empty: ProjectFile
) -> None:
    path = tmp_path / "ut.qdpx"
    write_qdpx(path, study())
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    known = next(one.guid for one in study().variables if one.periodic)
    # What the note says of the indicator itself is gone; where its months point to is not.
    text = parts["project.qde"].decode()
    marked = re.sub(rf'(&quot;|")({known})(&quot;|")(\s*:)', r"\1x\2\3\4", text)
    assert marked != text
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, marked if name == "project.qde" else content)
    read, report = read_qdpx(path)
    import_project(empty, coder="x", exchanged=read, report=report, adopt=True)
    assert not [one for one in report.finished().lines if "No line says" in str(one.why)]
    assert report.kept["values"] == report.found["values"] == len(study().values)
    assert report.kept["variables"] == report.found["variables"]
    assert known not in {one.guid for one in read.variables}


def test_a_second_round_is_the_same_file(tmp_path: Path, empty: ProjectFile) -> None:
    first = tmp_path / "en.qdpx"
    write_qdpx(first, study())
    import_project(
        empty, coder="Noen", exchanged=read_qdpx(first)[0], report=ExchangeReport(""), adopt=True
    )
    second = tmp_path / "to.qdpx"
    write_qdpx(second, read_project(empty))
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        assert one.namelist() == two.namelist()
        assert all(one.read(name) == two.read(name) for name in one.namelist()[1:])
    write_qdpx(first, read_project(empty))
    assert first.read_bytes() == second.read_bytes()


def test_a_project_made_by_operations_comes_back(
    tmp_path: Path, maker: ModuleType, empty: ProjectFile
) -> None:
    project = project_file.create(tmp_path / "p.qdaproj", name="Prøve", coder=maker.KARI)
    maker.fill(project)
    before = read_project(project)
    project.close()
    read, report = round_trip(before, tmp_path)
    import_project(empty, coder="x", exchanged=read, report=report, adopt=True)
    assert read_project(empty) == before
    assert [str(one.why) for one in report.lines] == [MONTHS]
    assert report.finished().clean


@pytest.mark.parametrize("make", [study, lambda: ExchangedProject("Tom")])
def test_exports_are_valid_by_the_schema(
    tmp_path: Path, schema: etree.XMLSchema, make: Callable[[], ExchangedProject]
) -> None:
    path = tmp_path / "ut.qdpx"
    write_qdpx(path, make())
    with zipfile.ZipFile(path) as file:
        root = etree.fromstring(file.read("project.qde"))
        schema.assertValid(root)
        assert "basePath" not in root.attrib
        assert [one.tag for one in root.iter() if not (one.attrib or len(one) or one.text)] == []
        names = file.namelist()
        assert names[0] == "project.qde"
        pattern = re.compile(r"sources/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\w+")
        assert all(pattern.fullmatch(name) for name in names[1:])
        attributes = ("plainTextPath", "richTextPath", "path")
        paths = [one.get(name) or "" for one in root.iter() for name in attributes]
        for one in filter(None, paths):
            assert f"sources/{one.removeprefix('internal://')}" in names


def test_others_see_stance_value_cases_and_people(tmp_path: Path) -> None:
    write_qdpx(tmp_path / "ut.qdpx", study())
    with zipfile.ZipFile(tmp_path / "ut.qdpx") as file:
        text = file.read("project.qde").decode()
    assert "[Stance]\nmot" in text
    assert "[Value]\nhøy" in text
    assert 'name="planer 2012-03"' in text
    assert '<Case guid="' + LEADER in text
    assert text.count("<SelectionRef ") == 1
    assert text.count("<PlainTextSelection ") == 3


def test_characters_that_xml_forbids_are_left_out_and_told(tmp_path: Path) -> None:
    before = study()
    memo = replace(before.memos[0], text="a\x00b\x0bc")
    report = write_qdpx(tmp_path / "ut.qdpx", replace(before, memos=(memo,)))
    (line,) = report.lines
    assert (line.kind, line.count) == ("left out", 2)
    assert read_qdpx(tmp_path / "ut.qdpx")[0].memos[0].text == "abc"


WORDS = st.text(st.sampled_from("aå .\t\n\r<&>\"'[]\\😀\u2028é"), max_size=20)
LETTERS = st.sampled_from('abå /\\<&"😀')
NAMES = st.text(LETTERS, min_size=1, max_size=8).map(str.strip).filter(bool)
TEXTS = st.text(st.sampled_from("aå \n😀."), min_size=1, max_size=30)


@st.composite
def projects(draw: st.DrawFn) -> ExchangedProject:
    texts = draw(st.lists(TEXTS, max_size=3))
    coder = ExchangedCoder(new_guid(), draw(NAMES), "#123456")
    codes: list[ExchangedCode] = []
    for _ in range(draw(st.integers(1, 4))):
        above = draw(st.sampled_from([None, *(one.guid for one in codes)]))
        codes.append(ExchangedCode(new_guid(), above, draw(NAMES), "#abcdef"))
    cases = tuple(ExchangedCase(new_guid(), f"{n} {draw(NAMES)}") for n in range(2))
    documents = tuple(
        ExchangedDocument(new_guid(), f"{n} {draw(NAMES)}", text, created=AT)
        for n, text in enumerate(texts)
    )
    codings: list[ExchangedCoding] = []
    for document in documents:
        for _ in range(draw(st.integers(0, 5))):
            start = draw(st.integers(0, len(document.text) - 1))
            codings.append(
                ExchangedCoding(
                    new_guid(), document.guid, draw(st.sampled_from(codes)).guid, coder.guid,
                    start, draw(st.integers(start + 1, len(document.text))),
                    draw(st.sampled_from([None, "for", "mot", "ambivalent"])), draw(WORDS),
                    draw(WORDS), AT, draw(st.sampled_from([(), (cases[0].guid,)])),
                )
            )  # fmt: skip
    memos = tuple(
        ExchangedMemo(new_guid(), "coding", one.guid, draw(WORDS) + "x", coder.guid, AT, AT)
        for one in codings[:2]
    )
    return ExchangedProject(
        draw(NAMES), new_guid(), "nb", AT, coder.guid, (coder,), tuple(codes), cases,
        documents=documents, codings=tuple(codings), memos=memos,
    )  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(projects())
def test_any_project_survives_the_way_out_and_in(tmp_path: Path, project: ExchangedProject) -> None:
    read, report = round_trip(project, tmp_path)
    same(project, read)
    assert {str(one.why) for one in report.lines} <= {DOUBLED}


def test_any_project_is_valid_by_the_schema(schema: etree.XMLSchema) -> None:
    @settings(max_examples=40)
    @given(projects())
    def check(project: ExchangedProject) -> None:
        import io

        content = qdpx_bytes(project, ExchangeReport("x"), Progress())
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            schema.assertValid(etree.fromstring(file.read("project.qde")))

    check()


# ----------------------------------------------------------------------- into a project in use
def test_an_import_is_one_step_that_can_be_undone_and_done_again(empty: ProjectFile) -> None:
    nothing = read_project(empty)
    result = import_project(
        empty, coder="Noen", exchanged=study(), report=ExchangeReport("x"), adopt=True
    )
    assert result.step is not None
    imported = read_project(empty)
    (head,) = import_reports.all_reports(empty.connection)
    kept = import_reports.read(empty.connection, head.id)
    assert kept is not None
    assert kept.kept["codings"] == 4
    empty.undo("Noen")
    assert read_project(empty) == nothing
    assert import_reports.all_reports(empty.connection) == ()
    empty.redo("Noen")
    assert read_project(empty) == imported
    assert import_reports.read(empty.connection, head.id) == kept


def test_importing_twice_adds_nothing(empty: ProjectFile) -> None:
    import_project(empty, coder="x", exchanged=study(), report=ExchangeReport("x"), adopt=True)
    before = read_project(empty)
    again = import_project(empty, coder="x", exchanged=study(), report=ExchangeReport("x"))
    assert read_project(empty) == before
    assert again.step is None
    assert len(import_reports.all_reports(empty.connection)) == 1


def test_what_is_there_already_keeps_its_name(empty: ProjectFile) -> None:
    import_project(empty, coder="Noen", exchanged=study(), report=ExchangeReport("x"))
    other = study()
    fresh = {FIRST: new_guid(), NORTH: new_guid(), TOP: new_guid(), OLA: new_guid()}
    report = ExchangeReport("y")
    twin = ExchangedProject(
        "Annet",
        coders=(ExchangedCoder(fresh[OLA], "Ola 🦊"),),
        codes=(ExchangedCode(fresh[TOP], None, "rutiner"),),
        cases=(ExchangedCase(fresh[NORTH], "Nord", documents=(fresh[FIRST],)),),
        documents=(
            ExchangedDocument(fresh[FIRST], "Intervju 1", TEXT + "Mer.\n"),
            ExchangedDocument(SECOND, "Plan.pdf", "En annen plan\n"),
            ExchangedDocument(new_guid(), "Avskrift", other.documents[0].text),
        ),
        codings=(
            ExchangedCoding(new_guid(), fresh[FIRST], fresh[TOP], fresh[OLA], 0, 5),
            ExchangedCoding(new_guid(), SECOND, fresh[TOP], None, 0, 2),
        ),
    )
    import_project(empty, coder="Noen", exchanged=twin, report=report)
    after = read_project(empty)
    assert [one.name for one in after.documents][5:] == ["Intervju 1 (2)", "Plan.pdf (2)"]
    assert [one.name for one in after.cases] == ["Nord", "Sør"]
    assert [one.name for one in after.codes].count("rutiner") == 2
    assert [one.name for one in after.coders].count("Ola 🦊") == 1
    by_guid = {one.guid: one for one in after.codings}
    assert by_guid[twin.codings[0].guid].document == fresh[FIRST]
    assert by_guid[twin.codings[1].guid].document not in (SECOND, fresh[FIRST])
    assert len(list(report.of_kind("decided"))) == 6


def test_cancelling_leaves_the_project_as_it_was(empty: ProjectFile) -> None:
    before = read_project(empty)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        import_project(
            empty, coder="x", exchanged=study(), report=ExchangeReport("x"), progress=progress
        )
    assert read_project(empty) == before


# -------------------------------------------------------------------------------------- speed
def large(documents: int, codings: int) -> ExchangedProject:
    coder = ExchangedCoder(new_guid(), "Kari")
    codes = tuple(ExchangedCode(new_guid(), None, f"kode {n}") for n in range(100))
    line = "Vi har møte på mandag og teller planer fordi noen 😀 over oss måler det.\n"
    made = tuple(
        ExchangedDocument(new_guid(), f"Intervju {n}", line * 400 + f"{n}", created=AT)
        for n in range(documents)
    )
    each = codings // documents
    return ExchangedProject(
        "Stor",
        coders=(coder,),
        codes=codes,
        documents=made,
        codings=tuple(
            ExchangedCoding(
                new_guid(), document.guid, codes[n % 100].guid, coder.guid, n * 53, n * 53 + 150,
                created=AT,
            )
            for document in made
            for n in range(each)
        ),
    )  # fmt: skip


def slowness() -> float:
    """How much slower this machine is just now than one that nobody else uses, at least 1."""
    begun = time.process_time()
    sum(number & 1 for number in range(5_000_000))
    return max(1.0, (time.process_time() - begun) / 0.35)


def test_fifty_documents_with_twenty_thousand_codings_in_time(
    tmp_path: Path, empty: ProjectFile
) -> None:
    import_project(empty, coder="x", exchanged=large(50, 20_000), report=ExchangeReport("x"))
    begun = time.process_time()
    write_qdpx(tmp_path / "stor.qdpx", read_project(empty))
    exported = time.process_time() - begun
    target = project_file.create(tmp_path / "inn.qdaproj", coder="x")
    begun = time.process_time()
    read, report = read_qdpx(tmp_path / "stor.qdpx")
    result = import_project(target, coder="x", exchanged=read, report=report, adopt=True)
    imported = time.process_time() - begun
    target.close()
    assert result.value.kept["codings"] == 20_000
    assert exported < 3 * slowness()
    assert imported < 5 * slowness()
