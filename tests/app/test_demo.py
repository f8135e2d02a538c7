"""The example study: built exactly, counted again by brute force, never over another's work."""

import csv
import json
import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from qda.analysis.judged import changed_since
from qda.app.cell_reading import seen_in
from qda.app.demo import PROJECT, Demo, Study, build_demo, build_project, example_study
from qda.app.session import Session
from qda.app.translation import load_catalogue
from qda.cli.exporting import export_study
from qda.cli.main import main
from qda.model.errors import FileProblem, ProjectProblem, UserError
from qda.model.ids import CaseId
from qda.operations.guides import match_guide
from qda.store import backups, framework, guides


def _nothing(_session: Session, _folder: Path) -> tuple[Path, ...]:
    return ()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The example study as it is shipped."""
    return build_demo(tmp_path_factory.mktemp("demo"), example_study(), export_study)


def _ask(capsysbinary: pytest.CaptureFixture[bytes], *words: object) -> Any:  # noqa: ANN401
    capsysbinary.readouterr()
    status = main(["--language", "en", "--json", *map(str, words)])
    out, err = capsysbinary.readouterr()
    assert status == 0, err.decode()
    return json.loads(out)


def _rows(name: str) -> list[dict[str, str]]:
    with (example_study().folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# ------------------------------------------------------------------------------ what it holds
def test_the_study_is_large_enough(built: Demo, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    documents = _ask(capsysbinary, "documents", built.project)
    codings = _ask(capsysbinary, "codings", built.project)
    cases = _ask(capsysbinary, "cases", "show", built.project)
    assert len(documents) >= 12
    assert all(1_200 <= one["words"] <= 2_500 for one in documents)
    assert all(one["cases"] and one["turns"] for one in documents)
    assert len(codings) == len(_rows("kodinger.csv")) >= 300
    assert len({one["coder"] for one in codings}) == 2
    assert len(cases) == 3
    series = [value for value in cases[0]["values"].values() if isinstance(value, dict)]
    assert [len(one) for one in series] == [13, 13]
    assert any("nn" in one["language"] for one in documents)


def test_every_quote_stands_where_its_offsets_say(
    built: Demo, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    texts = {}
    for one in _ask(capsysbinary, "documents", built.project):
        texts[one["document"]] = _ask(capsysbinary, "text", built.project, one["document"])["text"]
    for one in _ask(capsysbinary, "codings", built.project):
        assert texts[one["document"]][one["start"] : one["end"]] == one["quote"]
        assert one["cases"]


def test_what_the_researchers_make_of_it_is_there(
    built: Demo, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    grades = _ask(capsysbinary, "matrix", built.project, "--cells", "grade")["cells"]
    assert all(cell for row in grades for cell in row)
    claims = _ask(capsysbinary, "claim", "show", built.project)
    assert [one["status"] for one in claims] == ["holds", "open"]
    assert all(one["for"] for one in claims)
    picked = _ask(capsysbinary, "quotes", "picked", built.project)
    assert len(picked) == 3
    assert picked[1]["printed"].startswith("«du flytter en dato")
    files = _ask(capsysbinary, "report", built.project, "-o", tmp_path / "ut")["files"]
    chapter = next(Path(one) for one in files if one.endswith("chapter.html"))
    text = chapter.read_text(encoding="utf-8")
    assert "Der planene telles oftest" in text
    for anchor in set(re.findall(r'href="trail\.html#([^"]+)"', text)):
        assert f'id="{anchor}"' in (tmp_path / "ut" / "trail.html").read_text(encoding="utf-8")


def test_no_summary_is_older_than_its_evidence(built: Demo) -> None:
    session = Session.open(built.project, write=False)
    written = [one for one in framework.all_cells(session.project.connection) if one.summary]
    since = [
        changed_since(one, seen_in(session, CaseId(one.subject_id), one.code)) for one in written
    ]
    session.close()
    assert len(written) >= 15
    assert not any(since)


def test_the_guide_is_matched_as_matching_would_do_now(built: Demo, tmp_path: Path) -> None:
    session = Session.open(Path(shutil.copy(built.project, tmp_path / "kopi.qdaproj")))
    try:
        connection = session.project.connection
        (guide,) = guides.all_guides(connection)
        before = guides.of_all_turns(connection)
        assert sum(one.by_hand for one in before.values()) < len(before) / 2
        session.run(match_guide, coder=session.coder, guide=guide.id)
        assert guides.of_all_turns(connection) == before
    finally:
        session.close()


def test_cells_say_what_was_not_asked_and_what_was_not_answered(
    built: Demo, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for rows in ("participant", "case"):
        matrix = _ask(capsysbinary, "matrix", built.project, "--rows", rows, "--unfolded")
        said = {status for row in matrix["statuses"] for status in row}
        assert {"coded", "asked-nothing-said"} <= said
        assert "not-asked" in said or rows == "case"


def test_informants_have_their_attributes(
    built: Demo, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    people = _ask(capsysbinary, "participants", "show", built.project)
    informants = [one for one in people if not one["interviewer"]]
    assert len(informants) == len(_rows("deltakere.csv"))
    assert all(one["documents"] and one["values"]["rolle"] for one in informants)


def test_the_exports_are_there(built: Demo) -> None:
    assert {path.suffix for path in built.exports} == {
        ".xlsx", ".docx", ".html", ".csv", ".md", ".tex",
    }  # fmt: skip
    assert all(path.stat().st_size > 100 for path in built.exports)
    assert {path.parent for path in built.exports} == {built.project.parent}
    # Nothing of the building itself is left.
    assert len(list(built.project.parent.iterdir())) == len(built.exports) + 1


def test_every_step_of_the_build_can_be_undone(built: Demo, tmp_path: Path) -> None:
    session = Session.open(Path(shutil.copy(built.project, tmp_path / "kopi.qdaproj")))
    try:
        steps = len(session.steps())
        for _ in range(steps):
            assert session.undo() is not None
        assert session.undo() is None
        assert session.snapshot().entities.documents == ()
        for _ in range(steps):
            assert session.redo() is not None
    finally:
        session.close()


# ------------------------------------------------------------------------- counted once more
class BruteForce:
    """The matrix of the study, counted from its plain files one segment at a time."""

    def __init__(self, texts: dict[str, str], turns: dict[str, list[dict[str, Any]]]) -> None:
        self.offices = {one["dokument"]: one["kontor"].split("|") for one in _rows("kilder.csv")}
        self.cells: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        self.people: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.turns = turns
        for one in _rows("kodinger.csv"):
            start = texts[one["document"]].index(one["quote"])
            self._add(one, start, start + len(one["quote"]))

    def _add(self, one: dict[str, str], start: int, end: int) -> None:
        offices = one["case"].split("|") if one["case"] else self.offices[one["document"]]
        touched = [
            turn
            for turn in self.turns[one["document"]]
            if turn["label_start"] < end and start < turn["end"]
        ]
        speaking = [turn for turn in touched if not turn["interviewer"]] or touched
        steps = one["code"].split("/")
        for office in offices:
            for depth in range(1, len(steps) + 1):
                key = office, "/".join(steps[:depth])
                self.cells[key].append(one)
                self.people[key] |= {turn["participant"] for turn in speaking}


@pytest.fixture
def oracle(built: Demo, capsysbinary: pytest.CaptureFixture[bytes]) -> BruteForce:
    texts: dict[str, str] = {}
    turns: dict[str, list[dict[str, Any]]] = {}
    for one in _ask(capsysbinary, "documents", built.project):
        name = one["document"]
        texts[name] = _ask(capsysbinary, "text", built.project, name)["text"]
        turns[name] = _ask(capsysbinary, "turns", built.project, name)
    return BruteForce(texts, turns)


@pytest.mark.parametrize("kind", ["segments", "documents", "participants", "presence", "quotes"])
def test_the_matrix_agrees_with_brute_force(
    built: Demo, oracle: BruteForce, capsysbinary: pytest.CaptureFixture[bytes], kind: str
) -> None:
    matrix = _ask(capsysbinary, "matrix", built.project, "--cells", kind)
    assert sorted(matrix["rows"]) == sorted(one["kontor"] for one in _rows("kontorer.csv"))
    assert len(matrix["columns"]) == 5
    for row, cells, evidence in zip(
        matrix["rows"], matrix["cells"], matrix["evidence"], strict=True
    ):
        for column, cell, guids in zip(matrix["columns"], cells, evidence, strict=True):
            codings = oracle.cells[row, column]
            expected = {
                "segments": len(codings),
                "documents": len({one["document"] for one in codings}),
                "participants": len(oracle.people[row, column]),
                "presence": min(1, len(codings)),
                "quotes": sorted(one["quote"] for one in codings),
            }
            assert (sorted(cell) if kind == "quotes" else cell) == expected[kind], (row, column)
            assert len(set(guids)) == len(guids) == len(codings)


def test_own_columns_agree_with_brute_force(
    built: Demo, oracle: BruteForce, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    matrix = _ask(capsysbinary, "matrix", built.project, "--unfolded")
    for row, cells in zip(matrix["rows"], matrix["cells"], strict=True):
        for column, cell in zip(matrix["columns"], cells, strict=True):
            own = [one for one in oracle.cells[row, column] if one["code"] == column]
            assert cell == len(own), (row, column)


def test_the_exported_table_holds_the_same_numbers(
    built: Demo, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    from openpyxl import load_workbook

    [file] = [path for path in built.exports if path.suffix == ".xlsx"]
    matrix = _ask(capsysbinary, "matrix", built.project)
    numbers = dict(zip(matrix["rows"], matrix["cells"], strict=True))
    page = load_workbook(file).worksheets[0]
    lines = [[cell.value for cell in row] for row in page.iter_rows()]
    found = {line[0]: line for line in lines if line[0] in numbers}
    assert found.keys() == numbers.keys()
    for row, cells in numbers.items():
        assert found[row][1 : 1 + len(cells)] == cells


# ---------------------------------------------------------------------- never over another's
def test_a_project_that_is_there_is_never_overwritten(built: Demo, tmp_path: Path) -> None:
    there = Path(shutil.copy(built.project, tmp_path / PROJECT))
    before = there.read_bytes()
    with pytest.raises(ProjectProblem, match="--replace"):
        build_demo(tmp_path, example_study(), _nothing)
    assert there.read_bytes() == before


def test_replacing_keeps_what_was_there_as_a_backup(built: Demo, tmp_path: Path) -> None:
    there = Path(shutil.copy(built.project, tmp_path / PROJECT))
    session = Session.open(there)
    for _ in range(3):
        session.undo()
    session.close()
    again = build_demo(tmp_path, example_study(), _nothing, replace=True)
    assert again.project == there
    kept = backups.listed(there)
    assert kept
    # The newest backup is what was replaced: three steps of it were undone.
    old = Session.open(kept[0].path, write=False)
    assert sum(step.undone for step in old.steps()) == 3
    old.close()


def test_a_project_that_is_open_is_not_replaced(built: Demo, tmp_path: Path) -> None:
    there = Path(shutil.copy(built.project, tmp_path / PROJECT))
    session = Session.open(there)
    try:
        with pytest.raises(UserError):
            build_demo(tmp_path, example_study(), _nothing, replace=True)
    finally:
        session.close()
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith(PROJECT)]


def test_a_foreign_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / PROJECT).write_text("mine", encoding="utf-8")
    with pytest.raises(UserError):
        build_demo(tmp_path, example_study(), _nothing, replace=True)
    assert (tmp_path / PROJECT).read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == [PROJECT]


def test_the_folder_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "ny" / "mappe"
    assert build_demo(folder, example_study(), _nothing).project == folder / PROJECT
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(UserError):
        build_demo(tmp_path / "fil", example_study(), _nothing)
    with pytest.raises(UserError):
        build_demo(tmp_path / "fil" / "under", example_study(), _nothing)


def _copy_of_study(folder: Path) -> Study:
    study = example_study()
    return Study(Path(shutil.copytree(study.folder, folder / "studie")), study.codebook)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("kodinger.csv", "Storlia leder,rutiner,Dette har ingen sagt.,Ingrid,,,\n"),
        ("kodinger.csv", "Storlia leder,finnes ikke,ja,Ingrid,,,\n"),
        ("kilder.csv", "Storlia leder,NAV Ingensteds\n"),
        ("kilder.csv", "Ingen leder,NAV Storlia\n"),
        ("deltakere.csv", "Ingen leder,Leder,leder,leder,stat,,,1,2024-03-12\n"),
        ("indikatorer.csv", "NAV Ingensteds,2023-03,godkjente planer,58.4\n"),
    ],
)
def test_a_study_that_does_not_fit_builds_nothing(tmp_path: Path, file: str, line: str) -> None:
    study = _copy_of_study(tmp_path)
    with (study.folder / file).open("a", encoding="utf-8", newline="") as target:
        target.write(line)
    with pytest.raises(UserError):
        build_demo(tmp_path / "ut", study, _nothing)
    assert list((tmp_path / "ut").iterdir()) == []


@pytest.mark.parametrize("rows", [1, 2])
def test_the_reason_is_said_in_the_language_of_the_sentence(tmp_path: Path, rows: int) -> None:
    study = _copy_of_study(tmp_path)
    with (study.folder / "kodinger.csv").open("a", encoding="utf-8", newline="") as target:
        target.write("Storlia leder,finnes ikke,ja,Ingrid,,,\n" * rows)
    with pytest.raises(FileProblem) as refused:
        build_project(study, tmp_path / "x.qdaproj")
    said = refused.value.message.say(load_catalogue("nb"))
    assert said.startswith("1 rad " if rows == 1 else "2 rader ")
    assert "There is no" not in said
    assert "finnes ikke" in said


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    study = _copy_of_study(tmp_path)
    (study.folder / "kilder.csv").write_text("dokument,sted\na,b\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="kontor"):
        build_project(study, tmp_path / "x.qdaproj")


def test_the_command_tells_what_it_made(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    answer = _ask(capsysbinary, "demo", tmp_path / "out")
    assert answer["project"] == str(tmp_path / "out" / PROJECT)
    assert all(Path(path).is_file() for path in answer["exports"])
    assert main(["demo", str(tmp_path / "out")]) == 1
    assert main(["demo", "--replace", str(tmp_path / "out")]) == 0
    assert main(["demo"]) == 2
