# pyright: reportArgumentType=false, reportOptionalMemberAccess=false

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.model.errors import FileProblem, UserError
from qda.operations import cases, codings, sheets, value_sheets
from qda.store.project_file import ProjectFile

Call = Callable[..., Any]


@pytest.fixture
def write(tmp_path: Path) -> Call:
    def to_file(text: str, name: str = "ark.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_cases(write: Call) -> None:
    sheet = sheets.read_cases(write("kontor;pseudonym;tal;dato\nFjordvik;A;1,5;01.02.2008\nÅ;;;\n"))
    assert sheet.names == ("Fjordvik", "Å")
    assert sheet.pseudonyms == ("A", "")
    assert sheet.table.columns == (("tal", "number"), ("dato", "date"))
    assert sheet.table.rows == ((1.5, "2008-02-01"), (None, None))


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "kontor;a;A\nx;1;2\n", "kontor;;b\nx;1;2\n", "kontor;a\n;1\n",
     "kontor;a\nx;1\nx;2\n", "\x00\x01\x02"],
)  # fmt: skip
def test_bad_sheets_of_cases_are_said(write: Call, text: str) -> None:
    with pytest.raises(FileProblem):
        sheets.read_cases(write(text))


def test_participants(write: Call) -> None:
    sheet = sheets.read_participants(write("Dokument,Deltaker,rolle\nd1,Leder,sjef\n,Ny,\n"))
    assert [(one.document, one.name) for one in sheet.rows] == [("d1", "Leder"), ("", "Ny")]
    assert sheet.attributes.rows == (("sjef",), (None,))
    for text in ("navn\nx\n", "deltaker,rolle\n,sjef\n"):
        with pytest.raises(FileProblem):
            sheets.read_participants(write(text))


def test_codings_and_each_row_that_fails(
    project: ProjectFile, put: Call, code: Call, write: Call, every_coding: Call
) -> None:
    put("d")
    code("k")
    cases.add_case(project, coder="Kari", name="K", pseudonym="Kontor A")
    rows = (
        "d;k;33;38;;Ola;FOR;Kontor A|K;",
        "d;k;;;Då tel vi møte;;;;",
        "d;k;;;ikkje sagt;;;;", "d;k;5;5;;;;;", "d;k;-1;5;;;;;", "d;k;0;99999;;;;;",
        "d;k;0;1e300;;;;;", "d;k;x;5;;;;;", "d;k;1,5;5;;;;;", "d;k;0;5;anna;;;;",
        "x;k;0;5;;;;;", "d;x;0;5;;;;;", "d;k;0;5;;;kanskje;;", "d;k;0;5;;;;X;", "d;k;0;5;;;;;høg",
        "d;k;;5;;;;;", ";;;;;;;;!",
    )  # fmt: skip
    path = write("dokument;kode;start;slutt;sitat;koder;holdning;kontor;verdi\n" + "\n".join(rows))
    sheet = sheets.read_codings(project, path)
    assert len(sheet.new) == 2
    assert [number for number, _ in sheet.failed] == list(range(4, len(rows) + 2))
    assert all(str(said) for _, said in sheet.failed)
    codings.add_codings(project, coder="Kari", new=sheet.new)
    assert [one.quote for one in every_coding()][1] == "Då tel vi møte"
    assert every_coding()[0].stance == "for"
    with pytest.raises(FileProblem, match="no column called code"):
        sheets.read_codings(project, write("dokument\nd\n"))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", bytes(range(256)) * 9])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "tsv", "exe"])
def test_files_of_nonsense_are_said(
    project: ProjectFile, tmp_path: Path, content: bytes, ending: str
) -> None:
    path = tmp_path / f"x.{ending}"
    path.write_bytes(content)
    for read in (
        sheets.read_cases, sheets.read_participants, value_sheets.read_values,
        lambda one: sheets.read_codings(project, one),
    ):  # fmt: skip
        with pytest.raises(UserError):
            read(path)
    with pytest.raises(UserError):
        sheets.read_cases(tmp_path / "finst-ikkje.csv")


def test_a_workbook_that_breaks_off_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(FileProblem):
        sheets.read_cases(path)
