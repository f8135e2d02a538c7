"""Answers to a survey: a row is a respondent, every cell is somewhere or in the report."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.analysis import snapshot
from qda.analysis.resolution import resolve_one
from qda.jobs.progress import Cancelled, Progress
from qda.model.changes import OpResult
from qda.model.errors import FileProblem, NotAllowed, NotFound
from qda.model.import_report import ImportReport, unaccounted
from qda.operations import cases as case_operations
from qda.operations import codings
from qda.operations import participants as participant_operations
from qda.operations.survey import AT_ONCE, ImportedSurvey, import_survey
from qda.operations.survey_sheets import (
    choices_by_name,
    empty_answers,
    make_survey,
    offices_of,
    preview_survey,
    propose,
    read_survey,
)
from qda.operations.variables import TypedTable
from qda.store import cases, documents, import_reports, participants, turns, variables
from qda.store.project_file import ProjectFile

SHEET = """\
Svar-id;Kontor;Alder;Startdato;Leder;Hva fungerer?;Hva bør endres?
7;NAV Nord;34;01.11.2008;ja;Tavlemøtene. Alle står. 🙂;Færre måltall.
8;nav nord;29;15.03.2010;nei;;Eg veit ikkje kva som må endrast.
9;Sør;;;nei;" Vi ringer folk.
Hver dag. ";
10;;51;01.02.2012;ja;;
"""


def sheet(tmp_path: Path, text: str = SHEET, name: str = "Svar 2014.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def take(
    project: ProjectFile, path: Path, *text: str, **options: object
) -> OpResult[ImportedSurvey]:
    read = read_survey(path)
    named = text or ("Hva fungerer?", "Hva bør endres?")
    choices = choices_by_name(read, text=named, **options)  # pyright: ignore[reportArgumentType]
    return import_survey(project, coder="Kari", survey=make_survey(read, choices))


def report_of(result: OpResult[ImportedSurvey]) -> ImportReport:
    report = result.value.report
    assert unaccounted(report.found, report.kept, list(report.lines)) == {}
    assert all("No line says" not in str(line.why) for line in report.lines)
    return report


def attributes(project: ProjectFile, name: str) -> dict[str, object]:
    (person,) = participants.find(project.connection, name)
    names = {one.id: one.name for one in variables.of_subject(project.connection, "participant")}
    found = variables.of_one(project.connection, "participant", person.id)
    return {names[one.variable]: one.value for one in found}


def test_each_answer_is_a_document_of_its_respondent(project: ProjectFile, tmp_path: Path) -> None:
    result = take(project, sheet(tmp_path), identifier="svar-ID", case="Kontor")
    connection = project.connection
    everything = documents.all_documents(connection)
    assert [one.name for one in everything] == [
        "Svar 2014 7 – Hva fungerer?",
        "Svar 2014 7 – Hva bør endres?",
        "Svar 2014 8 – Hva bør endres?",
        "Svar 2014 9 – Hva fungerer?",
    ]
    assert {one.kind for one in everything} == {"survey"}
    assert [one.language for one in everything] == ["nb", "nb", "nn", "nb"]
    texts = [documents.text(connection, one.id) for one in everything]
    assert texts[0] == "Tavlemøtene. Alle står. 🙂"
    assert texts[3] == " Vi ringer folk.\nHver dag. "
    assert all(one.characters == len(text) for one, text in zip(everything, texts, strict=True))
    assert documents.source_bytes(connection, everything[3].id) == SHEET.encode()
    (turn,) = turns.of_document(connection, everything[3].id)
    assert (turn.start, turn.end, turn.question) == (0, len(texts[3]), "Hva fungerer?")
    assert not turn.interviewer
    (person,) = participants.find(connection, "9")
    assert turn.participant == person.id
    assert [one.name for one in participants.all_participants(connection)] == ["7", "8", "9", "10"]
    assert len(result.value.documents) == 4


def test_other_columns_become_attributes_with_types(project: ProjectFile, tmp_path: Path) -> None:
    take(project, sheet(tmp_path), identifier="Svar-id", case="Kontor")
    assert attributes(project, "7") == {"Alder": 34.0, "Startdato": "2008-11-01", "Leder": True}
    # Who wrote nothing answered all the same: N counts them.
    assert attributes(project, "10") == {"Alder": 51.0, "Startdato": "2012-02-01", "Leder": True}
    assert attributes(project, "9") == {"Leder": False}
    kinds = {one.name: one.type for one in variables.of_subject(project.connection, "participant")}
    assert kinds == {"Alder": "number", "Startdato": "date", "Leder": "boolean"}


def test_a_column_names_the_office(project: ProjectFile, tmp_path: Path) -> None:
    north = case_operations.add_case(project, coder="Kari", name="Nord").value
    result = take(project, sheet(tmp_path), identifier="Svar-id", case="Kontor")
    connection = project.connection
    assert [one.name for one in cases.all_cases(connection)] == ["Nord", "Sør"]
    by_name = {one.name: one.id for one in documents.all_documents(connection)}
    links = cases.document_links(connection)
    assert links[by_name["Svar 2014 8 – Hva bør endres?"]] == (north,)
    people = cases.participant_links(connection)
    (ten,) = participants.find(connection, "10")
    assert ten.id not in people
    report = report_of(result)
    told = {(line.kind, str(line.what), line.count) for line in report.lines}
    assert ("uncertain", "The office NAV Nord", 1) in told
    assert ("uncertain", "The office nav nord", 1) in told
    assert ("decided", "The office Sør", 1) in told
    assert ("decided", "Respondents without an office", 1) in told


def test_joined_answers_stand_under_their_headings(project: ProjectFile, tmp_path: Path) -> None:
    take(project, sheet(tmp_path), identifier="Svar-id", joined=True)
    connection = project.connection
    everything = documents.all_documents(connection)
    assert [one.name for one in everything] == ["Svar 2014 7", "Svar 2014 8", "Svar 2014 9"]
    text = documents.text(connection, everything[0].id)
    assert text == ("Hva fungerer?\nTavlemøtene. Alle står. 🙂\n\nHva bør endres?\nFærre måltall.")
    spoken = turns.of_document(connection, everything[0].id)
    assert [(text[one.start : one.end], one.question, one.number) for one in spoken] == [
        ("Tavlemøtene. Alle står. 🙂", "Hva fungerer?", 1),
        ("Færre måltall.", "Hva bør endres?", 2),
    ]


def test_every_cell_is_counted(project: ProjectFile, tmp_path: Path) -> None:
    result = take(project, sheet(tmp_path), identifier="Svar-id", without=["Leder"])
    report = report_of(result)
    assert report.found == {"rows": 4, "columns": 7, "answers": 8, "values": 9}
    assert report.kept == {
        "rows": 4, "columns": 6, "answers": 4, "participants": 4, "values": 9, "documents": 4
    }  # fmt: skip
    left = {(str(line.what), line.count) for line in report.of_kind("left out")}
    assert left == {
        ("The column Hva fungerer?", 2), ("The column Hva bør endres?", 2), ("The column Leder", 1)
    }  # fmt: skip
    (head,) = import_reports.all_reports(project.connection)
    assert import_reports.read(project.connection, head.id) == report


def test_a_cell_that_is_not_of_its_type_is_left_out_by_row(
    project: ProjectFile, tmp_path: Path
) -> None:
    path = sheet(tmp_path, "id,alder,svar\n1,34,a\n2,ung,b\n3,gammel,c\n")
    result = take(project, path, "svar", identifier="id", types={"alder": "number"})
    (line,) = report_of(result).of_kind("left out")
    assert (line.item, line.count) == ("values", 2)
    assert "rows 3, 4" in line.why.text.format(**dict(line.why.values))
    assert attributes(project, "1") == {"alder": 34.0}
    assert attributes(project, "2") == {}


def test_the_import_is_one_step(project: ProjectFile, tmp_path: Path) -> None:
    before = list(project.connection.iterdump())
    result = take(project, sheet(tmp_path), identifier="Svar-id", case="Kontor")
    assert result.step is not None
    assert result.changes.counts()["document"] == 4
    after = documents.all_documents(project.connection)
    project.undo("Kari")
    assert documents.all_documents(project.connection) == ()
    assert participants.all_participants(project.connection) == ()
    assert cases.all_cases(project.connection) == ()
    assert import_reports.all_reports(project.connection) == ()
    project.redo("Kari")
    assert documents.all_documents(project.connection) == after
    assert before


def test_cancelling_leaves_nothing(project: ProjectFile, tmp_path: Path) -> None:
    rows = "".join(f"{number},svar nummer {number}\n" for number in range(AT_ONCE + 50))
    read = read_survey(sheet(tmp_path, "id,svar\n" + rows))
    survey = make_survey(read, choices_by_name(read, text=["svar"], identifier="id"))

    def stop_late(done: int, _total: int, _message: object) -> None:
        if done >= AT_ONCE:
            progress.cancel()

    progress = Progress(stop_late)
    with pytest.raises(Cancelled):
        import_survey(project, coder="Kari", survey=survey, progress=progress)
    assert documents.all_documents(project.connection) == ()
    assert participants.all_participants(project.connection) == ()


# ------------------------------------------------------------------------------ who is who
def test_the_same_sheet_twice_adds_nothing(project: ProjectFile, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    take(project, path, identifier="Svar-id", case="Kontor")
    people = participants.all_participants(project.connection)
    again = take(project, path, identifier="Svar-id", case="Kontor")
    assert participants.all_participants(project.connection) == people
    assert len(documents.all_documents(project.connection)) == 4
    report = report_of(again)
    assert sum(line.count for line in report.of_kind("left out") if "already" in str(line.why)) == 4


def test_another_column_of_the_sheet_goes_to_the_same_people(
    project: ProjectFile, tmp_path: Path
) -> None:
    path = sheet(tmp_path)
    take(project, path, "Hva fungerer?", identifier="Svar-id")
    take(project, path, "Hva bør endres?", identifier="Svar-id", without=["Hva fungerer?"])
    everyone = participants.all_participants(project.connection)
    assert [one.name for one in everyone] == ["7", "8", "9", "10"]


def test_a_later_export_of_the_survey_brings_what_is_new(
    project: ProjectFile, tmp_path: Path
) -> None:
    first = "id,svar\n1,Møtene er bra.\n2,Vi teller planer.\n"
    take(project, sheet(tmp_path, first), "svar", identifier="id")
    take(project, sheet(tmp_path, first + "3,Flere folk.\n"), "svar", identifier="id")
    everyone = participants.all_participants(project.connection)
    assert [one.name for one in everyone] == ["1", "2", "3"]
    assert len(documents.all_documents(project.connection)) == 3


def test_another_survey_with_the_same_numbers_is_of_other_people(
    project: ProjectFile, tmp_path: Path
) -> None:
    take(project, sheet(tmp_path, "id,svar\n1,Møtene er bra.\n"), "svar", identifier="id")
    other = sheet(tmp_path, "id,svar\n1,Noe helt annet.\n", "Svar 2019.csv")
    report = report_of(take(project, other, "svar", identifier="id"))
    everyone = participants.all_participants(project.connection)
    assert [one.name for one in everyone] == ["1", "1 (Svar 2019)"]
    (line,) = report.of_kind("uncertain")
    assert line.count == 1


def test_who_was_announced_by_a_sheet_is_taken(project: ProjectFile, tmp_path: Path) -> None:
    participant_operations.import_participants(
        project,
        coder="Kari",
        rows=[participant_operations.ParticipantRow("", "R7")],
        attributes=TypedTable((("rolle", "text"),), (("veileder",),)),
    )
    take(project, sheet(tmp_path, "id,svar,alder\nR7,Bra.,40\n"), "svar", identifier="id")
    assert attributes(project, "R7") == {"rolle": "veileder", "alder": 40.0}


def test_a_respondent_twice_in_the_sheet_is_two_rows(project: ProjectFile, tmp_path: Path) -> None:
    path = sheet(tmp_path, "id,svar\n1,Først.\n1,Så.\n")
    report = report_of(take(project, path, "svar", identifier="id"))
    everyone = participants.all_participants(project.connection)
    assert [one.name for one in everyone] == ["1", "1 (2)"]
    assert [str(line.what) for line in report.of_kind("uncertain")] == [
        "Respondents who stand in the sheet more than once"
    ]


def test_without_a_column_of_names_respondents_are_numbered(
    project: ProjectFile, tmp_path: Path
) -> None:
    take(project, sheet(tmp_path, "svar\nFørst.\n\nSå.\n"), "svar")
    names = [one.name for one in documents.all_documents(project.connection)]
    assert names == ["Svar 2014 1", "Svar 2014 2"]
    everyone = participants.all_participants(project.connection)
    assert [one.name for one in everyone] == names


def test_a_coded_answer_counts_for_the_office_of_its_respondent(
    project: ProjectFile, tmp_path: Path, code: Callable[..., int]
) -> None:
    take(project, sheet(tmp_path), identifier="Svar-id", case="Kontor")
    south = next(one for one in cases.all_cases(project.connection) if one.name == "Sør")
    document = documents.find(project.connection, "Svar 2014 9 – Hva fungerer?")[0]
    new = codings.NewCoding(document.id, code("rutiner"), 1, 15)  # pyright: ignore[reportArgumentType]
    (made,) = codings.add_codings(project, coder="Kari", new=[new]).value
    found = resolve_one(snapshot.load(project.connection), made.id)
    assert found.cases == (south.id,)
    assert found.origin == "speaker"


# ------------------------------------------------------------------------------ odd sheets
def test_columns_without_names_of_their_own_get_one(project: ProjectFile, tmp_path: Path) -> None:
    path = sheet(tmp_path, "id,,Kommentar,kommentar\n1,x,Bra.,Dårlig.\n")
    result = take(project, path, "Kommentar", "kommentar (2)", identifier="id")
    assert attributes(project, "1") == {"B": "x"}
    assert len(documents.all_documents(project.connection)) == 2
    warned = [str(line.why) for line in report_of(result).of_kind("decided")]
    assert any("B, kommentar (2)" in one for one in warned)


def test_a_workbook_keeps_the_types_of_its_cells(project: ProjectFile, tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for row, cells in enumerate([("id", "andel", "svar"), (1, 12.5, "Bra."), (2, 3, 4)]):
            page.write_row(row, 0, cells)
    take(project, path, "svar", identifier="id")
    texts = [
        documents.text(project.connection, one.id)
        for one in documents.all_documents(project.connection)
    ]
    assert texts == ["Bra.", "4"]
    assert attributes(project, "2") == {"andel": 3.0}


def test_control_characters_are_dropped_and_told(project: ProjectFile, tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("id", "svar"))
        page.write_row(1, 0, ("a", "Bra\x0b.\x85\ufeff"))
    report = report_of(take(project, path, "svar", identifier="id"))
    (document,) = documents.all_documents(project.connection)
    assert documents.text(project.connection, document.id) == "Bra.\x85"
    assert any("left out" in str(line.why) for line in report.of_kind("decided"))


def test_line_ends_that_a_workbook_escapes_are_line_ends(
    project: ProjectFile, tmp_path: Path
) -> None:
    path = tmp_path / "svar.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("id", "svar"))
        page.write_row(1, 0, ("a", "Først.\r\nSå _x0041_."))
    take(project, path, "svar", identifier="id")
    (document,) = documents.all_documents(project.connection)
    assert documents.text(project.connection, document.id) == "Først.\nSå _x0041_."


def test_an_empty_column_is_left_out_and_told(project: ProjectFile, tmp_path: Path) -> None:
    path = sheet(tmp_path, "id,tom,svar\n1,,Bra.\n")
    report = report_of(take(project, path, "svar", identifier="id"))
    assert variables.of_subject(project.connection, "participant") == ()
    (line,) = report.of_kind("left out")
    assert (str(line.what), str(line.why)) == ("The column tom", "It is empty.")


def test_formulas_stay_text(project: ProjectFile, tmp_path: Path) -> None:
    path = sheet(tmp_path, 'id,svar\n1,"=HYPERLINK(""http://x"";""y"")"\n')
    take(project, path, "svar", identifier="id")
    (document,) = documents.all_documents(project.connection)
    assert documents.text(project.connection, document.id).startswith("=HYPERLINK")


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"text": ["borte"]}, NotFound, "borte"),
        ({"text": ["svar"], "identifier": "nei"}, NotFound, "nei"),
        ({"text": ["svar"], "identifier": "svar"}, NotAllowed, "twice"),
        ({"text": ["svar", "SVAR"]}, NotAllowed, "twice"),
        ({"text": ["svar"], "case": "id", "without": ["id"]}, NotAllowed, "twice"),
        ({"text": ["svar"], "types": {"id": "tall"}}, NotAllowed, "number, date"),
    ],
)
def test_wrong_choices_are_said(
    tmp_path: Path, options: dict[str, object], error: type[Exception], words: str
) -> None:
    read = read_survey(sheet(tmp_path, "id,svar\n1,a\n"))
    with pytest.raises(error, match=words):
        choices_by_name(read, **options)  # pyright: ignore[reportArgumentType]


def test_a_sheet_without_answers_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no answers"):
        read_survey(sheet(tmp_path, "id,svar\n"))
    with pytest.raises(FileProblem, match="empty"):
        read_survey(sheet(tmp_path, ""))
    read = read_survey(sheet(tmp_path, "id,svar\n1,a\n"))
    with pytest.raises(NotAllowed, match="at least one"):
        make_survey(read, propose(read))


# --------------------------------------------------------------------------- before the import
def test_columns_are_proposed_by_what_stands_in_them(tmp_path: Path) -> None:
    lines = [
        f"{number};NAV Nord;{'veileder' if number % 2 else 'leder'};"
        f"Dette er svar nummer {number}, og det er langt nok til å være en tekst.;{number}\n"
        for number in range(30)
    ]
    read = read_survey(
        sheet(tmp_path, "Respondent;Kontor;Rolle;Hva fungerer?;Skår\n" + "".join(lines))
    )
    choices = propose(read)
    assert choices.text == (3,)
    assert (choices.identifier, choices.case) == (0, 1)
    assert choices.types == {2: "text", 4: "number"}


def test_the_preview_shows_what_comes_in(tmp_path: Path) -> None:
    read = read_survey(sheet(tmp_path))
    choices = choices_by_name(
        read, text=["Hva fungerer?", "Hva bør endres?"], identifier="Svar-id", case="Kontor"
    )
    first = preview_survey(read, choices, 3)
    assert [one.name for one in first] == ["7", "8", "9"]
    assert first == make_survey(read, choices).respondents[:3]
    assert empty_answers(read, choices) == 4
    assert list(offices_of(read, 1)) == ["NAV Nord", "nav nord", "Sør"]


cells = st.text(st.characters(codec="utf-8", exclude_characters='"\r'), max_size=12)
tables = st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(rows=tables, joined=st.booleans(), named=st.booleans())
def test_every_filled_cell_is_kept_or_told(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    joined: bool,
    named: bool,
) -> None:
    from qda.store import project_file

    folder = tmp_path_factory.mktemp("s")
    text = '"a","b","c"\n"x","x","x"\n' + "".join(
        ",".join(f'"{cell}"' for cell in row) + "\n" for row in rows
    )
    path = sheet(folder, text)
    project = project_file.create(folder / "p.qdaproj", coder="Kari")
    try:
        result = take(project, path, "b", "c", identifier="a" if named else "", joined=joined)
        report = report_of(result)
        assert report.kept["answers"] + report.total("left out") == report.found["answers"]
        for document, _name in result.value.documents:
            content = documents.text(project.connection, document)
            spoken = turns.of_document(project.connection, document)
            assert spoken
            assert all(content[one.start : one.end].strip() for one in spoken)
        project.undo("Kari")
        assert documents.all_documents(project.connection) == ()
    finally:
        project.close()


def test_many_rows_are_taken_in_slices(project: ProjectFile, tmp_path: Path) -> None:
    count = 2 * AT_ONCE + 7
    random_ = random.Random(3)
    rows = "".join(
        f"{number},NAV {number % 9},{random_.randint(1, 5)},svar {number}\n"
        for number in range(count)
    )
    result = take(
        project, sheet(tmp_path, "id,kontor,skår,svar\n" + rows), "svar",
        identifier="id", case="kontor",
    )  # fmt: skip
    assert len(documents.all_documents(project.connection)) == count
    assert len(variables.values(project.connection, "participant")) == count
    assert report_of(result).kept["rows"] == count
