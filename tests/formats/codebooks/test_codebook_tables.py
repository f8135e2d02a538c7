from pathlib import Path

import openpyxl
import pytest

from qda.formats.codebooks import read_codebook, write_codebook
from qda.model.codebook import Codebook, CodebookCode
from qda.model.errors import FileProblem


def csv_file(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "bok.csv"
    path.write_bytes(content.encode(encoding))
    return path


def problem(path: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        read_codebook(path)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_norwegian_headings(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["Kode", "Definisjon", "Ta med", "Utelat", "Eksempel", "Nøkkelord", "Skala", "Farge",
         "Eier"],
        ["rutiner/tavlemøte", "Fast møte", "alt", "intet", "«Vi står.»", "tavle|vask", "lav|høy",
         "#228B4B", "Kari"],
    ]  # fmt: skip
    content = "\r\n".join(delimiter.join(row) for row in rows)
    (top,) = read_codebook(csv_file(tmp_path, content, encoding)).codes
    assert (top.name, top.definition) == ("rutiner", "")
    assert top.children == (
        CodebookCode(
            "tavlemøte", None, "#228b4b", "Fast møte", "alt", "intet", "«Vi står.»",
            ("tavle", "vask"), ("lav", "høy"),
        ),
    )  # fmt: skip


def test_parents_may_come_late_or_not_at_all(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "path,definition\nb/c,tre\na,en\nb,to\nd/e/f,\na/g,fire\n")
    book = read_codebook(path)
    assert ["/".join(names) for names, _ in book.walk()] == [
        "b", "b/c", "a", "a/g", "d", "d/e", "d/e/f",
    ]  # fmt: skip
    assert [code.definition for code in book.codes] == ["to", "en", ""]


def test_slashes_and_bars_inside_names(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "path,keywords\nstat\\/kommune/lag,a\\|b|c|\n")
    (top,) = read_codebook(path).codes
    assert (top.name, top.children[0].keywords) == ("stat/kommune", ("a|b", "c"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("navn,definisjon\na,b\n", "bok.csv has no column «path»"),
        ("", "bok.csv has no column «path»"),
        ("kode,sti\na,b\n", "bok.csv: several columns hold the path of a code: keep one."),
        ("path,color\na,b\n", "The colour of the code a is not of the form #3F6FA8."),
        ("path,guid\na,b\n", "The guid of the code a is not a GUID"),
        ("path,definition\na//b,x\n", "bok.csv, row 2: the path has an empty name"),
        ("path,definition\n,x\n", "bok.csv, row 2: the path has an empty name"),
        ("path,definition\na,x\n\na,y\n", "The code a is there twice"),
        ("path,definition\n" + "/".join("a" * 5000) + ",x\n", "Codes may stand at most 50 levels"),
        ('path,definition\na,"x\n', "bok.csv, row 2: a quotation mark does not close"),
    ],
)
def test_errors_are_clear(tmp_path: Path, content: str, sentence: str) -> None:
    assert problem(csv_file(tmp_path, content)).startswith(sentence)


def test_the_heading_may_stand_below_other_rows_in_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Kodebok for kurset"], [], ["Kode", "Skala", "Snarvei"], ["a", 1, 2.0]):
        sheet.append(row)
    book.save(tmp_path / "bok.xlsx")
    (code,) = read_codebook(tmp_path / "bok.xlsx").codes
    assert (code.name, code.scale, code.shortcut) == ("a", ("1",), "2")


def test_the_workbook_is_frozen_wrapped_and_without_formulas(tmp_path: Path) -> None:
    path = tmp_path / "bok.xlsx"
    write_codebook(path, Codebook("bok", (CodebookCode("=1+1", definition="@x\n+y"),)))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet[1]][:2] == ["path", "definition"]
    assert (sheet["A2"].data_type, sheet["A2"].value) == ("s", "=1+1")
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("s", "@x\n+y")
    assert sheet["B2"].alignment.wrap_text


def test_a_text_too_long_for_excel_is_refused_not_cut(tmp_path: Path) -> None:
    book = Codebook("bok", (CodebookCode("a", definition="x" * 40_000),))
    with pytest.raises(FileProblem, match="longer than a cell"):
        write_codebook(tmp_path / "bok.xlsx", book)
    assert not list(tmp_path.iterdir())
    write_codebook(tmp_path / "bok.csv", book)
    assert read_codebook(tmp_path / "bok.csv").codes == book.codes
