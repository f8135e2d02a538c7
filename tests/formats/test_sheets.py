import io
import random
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.formats.sheets import Sheet, convert, guess_type, parse_number, read_grid, read_sheet
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem

MORNING = datetime.fromisoformat("2012-03-01T09:30")
MIDNIGHT = datetime.fromisoformat("2009-01-02")
NO_FIXTURE_CHECK = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)


def text_file(folder: Path, content: str | bytes, name: str = "ark.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(folder: Path, rows: list[list[object]], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    path = folder / "ark.xlsx"
    book.save(path)
    return path


def problem(path: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        read_sheet(path)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_delimiter_and_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [["kontor", "fylke", "åpnet"], ["Nordby", "Østfold", "01.11.2008"], ["Sørby", "", "x"]]
    content = "\r\n".join(delimiter.join(line) for line in lines)
    sheet = read_sheet(text_file(tmp_path, content.encode(encoding)))
    assert sheet.columns == ("kontor", "fylke", "åpnet")
    assert sheet.rows == (("Nordby", "Østfold", "01.11.2008"), ("Sørby", None, "x"))
    assert sheet.delimiter == delimiter
    assert sheet.encoding == encoding


def test_decimal_commas_do_not_make_a_comma_file(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "kontor;andel, prosent\nNordby;3,5\nSørby;4,25\n"))
    assert sheet.columns == ("kontor", "andel, prosent")
    assert sheet.rows == (("Nordby", "3,5"), ("Sørby", "4,25"))


def test_quoted_cells_keep_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    content = 'id,svar\n1,"Vi teller; og ""teller"",\r\nsa hun"\n2,"kort"\n'
    sheet = read_sheet(text_file(tmp_path, content))
    assert sheet.rows == (("1", 'Vi teller; og "teller",\nsa hun'), ("2", "kort"))


def test_the_delimiter_that_excel_announces(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "sep=|\r\na|b\r\n1|2\r\n"))
    assert (sheet.columns, sheet.rows, sheet.numbers) == (("a", "b"), (("1", "2"),), (3,))


def test_one_column(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "kontor\nNordby\nSørby, øst\n"))
    assert (sheet.rows, sheet.delimiter) == ((("Nordby",), ("Sørby, øst",)), "")


def test_a_tsv_is_tab_separated_whatever_it_holds(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "a;b\tc;d\n1;2\t3;4\n", "ark.tsv"))
    assert sheet.columns == ("a;b", "c;d")


def test_empty_rows_and_columns_are_dropped_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "a,b,,\n1,2,,\n,,,\n\n3,,,\n,,,\n"))
    assert sheet.columns == ("a", "b")
    assert sheet.rows == (("1", "2"), ("3", None))
    assert sheet.numbers == (2, 5)


def test_a_title_over_the_table_is_passed_over(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "Kontorer i 2012,,\n,,\nkontor,fylke,\nNordby,Øst,\n"))
    assert sheet.columns == ("kontor", "fylke")
    merged = workbook(tmp_path, [["Kontorer"], ["kontor", "stab"], ["Nordby", 7]], merge="A1:B1")
    sheet = read_sheet(merged)
    assert (sheet.columns, sheet.rows) == (("kontor", "stab"), (("Nordby", 7.0),))
    assert sheet.numbers == (3,)


def test_control_characters_are_dropped_with_a_warning(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "a,b\n1\x00,2\x07\n"))
    assert sheet.rows == (("1", "2"),)
    assert [str(warning) for warning in sheet.warnings] == [
        "ark.csv: 2 control characters were dropped."
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "ark.csv is empty: it has no row of headings."),
        ("\n\n ,\n", "ark.csv is empty: it has no row of headings."),
        ("a,,c\n1,2,3\n", "ark.csv: column B has no heading in row 1: give it a name."),
        ("a,b\n1,2,3\n", "ark.csv: column C has no heading in row 1: give it a name."),
        ("a,A \n1,2\n", "ark.csv: several columns are called «a»: give each its own name."),
        ('a,b\n1,2\n1,"2\n', "ark.csv, row 3: a quotation mark does not close"),
        ('a,b\n1,2\n"x" y,2\n', "ark.csv, row 3: a quotation mark does not close"),
        (b"a,b\n\x81\x8d,1\n", "ark.csv is not text in a known encoding"),
        (b"\xff\xfea", "ark.csv is not text in a known encoding"),
    ],
)
def test_bad_text_tables_get_a_clear_sentence(
    tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    assert problem(text_file(tmp_path, content)).startswith(sentence)


def test_missing_files_folders_and_other_types(tmp_path: Path) -> None:
    assert "There is no file" in problem(tmp_path / "borte.csv")
    (tmp_path / "mappe.csv").mkdir()
    assert "cannot be read" in problem(tmp_path / "mappe.csv")
    assert "not a sheet" in problem(text_file(tmp_path, "x", "ark.pdf"))


def test_workbook_cells_keep_their_type(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["kontor", "stab", "åpnet", "møte", "klokka", "felles", "merknad"],
        [
            "Nordby",
            21,
            date(2008, 11, 1),
            MORNING,
            time(8, 15),
            True,
            " a\r\nb",
        ],
        ["Sørby", 3.5, MIDNIGHT, None, None, False, "=ikke formel"],
        [None, None, None, None, None, None, None],
        ["Vestby", None, None, None, None, None, "#N/A"],
    ]
    path = workbook(tmp_path, rows)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["G3"].data_type = "s"
    book.worksheets[0]["G5"].data_type = "e"
    book.save(path)
    sheet = read_sheet(path)
    assert sheet.rows == (
        ("Nordby", 21.0, "2008-11-01", "2012-03-01 09:30:00", "08:15:00", True, " a\nb"),
        ("Sørby", 3.5, "2009-01-02", None, None, False, "=ikke formel"),
        ("Vestby", None, None, None, None, None, None),
    )
    assert sheet.numbers == (2, 3, 5)
    assert sheet.column("stab") == (21.0, 3.5, None)
    assert (sheet.encoding, sheet.delimiter) == ("", "")
    with pytest.raises(KeyError):
        sheet.column("finnes ikke")


def test_percentages_count_as_shown(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["kontor", "andel"], ["Nordby", 0.63], ["Sørby", 0.07]])
    book = openpyxl.load_workbook(path)
    for cell in ("B2", "B3"):
        book.worksheets[0][cell].number_format = "0 %"
    book.save(path)
    assert read_sheet(path).column("andel") == (63.0, 7.0)


def test_formulas_without_a_result_are_told(tmp_path: Path) -> None:
    sheet = read_sheet(workbook(tmp_path, [["a", "b"], [1, "=A2+1"]]))
    assert sheet.rows == ((1.0, None),)
    assert "formulas without a saved result" in str(sheet.warnings[0])


def test_an_error_in_a_cell_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a", "b"], [1, "#DIV/0!"]])
    assert problem(path).startswith("ark.xlsx, row 2: a cell shows the error #DIV/0!")


def test_the_first_visible_sheet_with_content_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "tom"  # type: ignore[union-attr]
    hidden = book.create_sheet("skjult")
    hidden.append(["feil"])
    hidden.sheet_state = "hidden"
    book.create_sheet("data").append(["riktig"])
    book.save(tmp_path / "ark.xlsx")
    assert read_sheet(tmp_path / "ark.xlsx").columns == ("riktig",)


def rewritten(path: Path, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """Return `path` with `old` replaced in one of its parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


NO_DATE = "Row 7, column stab: this is not a date; write 01.11.2008 or 2008-11-01."
DOCTYPE = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"', ""),
        (b'r="B2"', b'r="XFD2"', "too large"),
        (b'r="B2"', b'r="ZZZZZZZ2"', "damaged"),
        (b'<row r="2"', b'<row r="99999999999"', "too large"),
        (b"<worksheet", DOCTYPE, "damaged"),
        (b"</sheetData>", b"", "damaged"),
        (b"<worksheet", b'<?xml version="1.0" encoding="none"?><worksheet', "damaged"),
        (b"<v>1</v>", b"<v>" + b"9" * 5000 + b"</v>", "damaged"),
        (b"<v>1</v>", b"<v>1e999</v>", ""),
    ],
)
def test_hostile_workbooks(tmp_path: Path, old: bytes, new: bytes, word: str) -> None:
    path = rewritten(workbook(tmp_path, [["a", "b"], [1, 2]]), old, new)
    if word:
        assert word in problem(path)
    else:
        assert read_sheet(path).column("b") == (2.0,)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0 old"])
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    sentence = problem(text_file(tmp_path, content, "ark.xlsx"))
    assert ("password" in sentence) == content.startswith(b"\xd0")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", bytes(501_000_000))
    assert "too large" in problem(path)


def sheet_or_sentence(path: Path) -> Sheet | str:
    try:
        return read_sheet(path)
    except FileProblem as refused:
        return str(refused)


def small_workbook() -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["a", 1, True, date(2012, 3, 1)])  # type: ignore[union-attr]
    book.save(buffer)
    return buffer.getvalue()


WORKBOOK = small_workbook()


@NO_FIXTURE_CHECK
@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4))
def test_damaged_bytes_give_a_sheet_or_a_sentence(
    tmp_path: Path, damage: list[tuple[int, int]]
) -> None:
    content = bytearray(WORKBOOK)
    for place, value in damage:
        content[place % len(content)] = value
    outcome = sheet_or_sentence(text_file(tmp_path, bytes(content), "ark.xlsx"))
    assert isinstance(outcome, Sheet) or outcome


@NO_FIXTURE_CHECK
@given(st.binary(max_size=300))
def test_any_bytes_give_a_sheet_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    outcome = sheet_or_sentence(text_file(tmp_path, content))
    if isinstance(outcome, Sheet):
        assert all(len(row) == len(outcome.columns) for row in outcome.rows)
    else:
        assert outcome


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("21 000", 21000.0), ("21\u00a0000", 21000.0), ("21\u202f000,5", 21000.5),
        ("63 %", 63.0), ("63,5%", 63.5), ("3,14", 3.14), ("3.14", 3.14), ("-7", -7.0),
        ("\u22127", -7.0), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("1.234.567", 1234567.0),
        ("1e3", 1000.0), ("0301", 301.0),
        ("01.11.2008", None), ("2 1", None), ("22 33 44 55", None), ("1,2,3", None), ("", None),
        ("%", None), ("syv", None), ("1.23,456.7", None), ("nan", None), ("inf", None),
        ("12 stk", None), ("٣", None),
    ],
)  # fmt: skip
def test_numbers_as_norwegians_write_them(text: str, number: float | None) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["21 000", "3,5", None, " "], "number"),
        ([1.0, "2"], "number"),
        (["0301", "1103"], "text"),
        (["12345678901234567"], "text"),
        (["01.11.2008", "2008-11-01", None], "date"),
        (["01.11.2008", "31.02.2008"], "text"),
        (["2012-03-01 09:30:00"], "text"),
        (["2012-03"], "text"),
        (["ja", "Nei", True], "boolean"),
        (["true", "FALSE"], "boolean"),
        ([0.0, 1.0], "number"),
        (["ja", "kanskje"], "text"),
        ([None, ""], "text"),
        ([], "text"),
    ],
)
def test_the_type_of_a_column(values: list[str | float | bool | None], kind: str) -> None:
    assert guess_type(values) == kind


def test_cells_become_values() -> None:
    assert convert(" Nordby ", "text") == "Nordby"
    assert convert(301.0, "text") == "301"
    assert convert(3.5, "text") == "3.5"
    assert convert(True, "text") == "true"
    assert convert("63 %", "number") == 63.0
    assert convert("1. 3. 2012", "date") == "2012-03-01"
    assert convert("2012-03-01 09:30:00", "date") == "2012-03-01"
    assert convert("Ja", "boolean") is True
    assert convert(0.0, "boolean") is False
    for kind in ("text", "number", "date", "boolean"):
        assert convert(" ", kind) is None
        assert convert(None, kind) is None


@pytest.mark.parametrize(
    ("cell", "kind", "sentence"),
    [
        ("mange", "number", "Row 7, column stab: this is not a number."),
        (True, "number", "Row 7, column stab: this is not a number."),
        (
            "i fjor",
            "date",
            "Row 7, column stab: this is not a date; write 01.11.2008 or 2008-11-01.",
        ),
        (
            39753.0,
            "date",
            "Row 7, column stab: this is not a date; write 01.11.2008 or 2008-11-01.",
        ),
        ("kanskje", "boolean", "Row 7, column stab: this is neither yes nor no."),
        (2.0, "boolean", "Row 7, column stab: this is neither yes nor no."),
    ],
)
def test_a_misfit_names_row_and_column(cell: str | float, kind: str, sentence: str) -> None:
    with pytest.raises(FileProblem) as caught:
        convert(cell, kind, row=7, column="stab")  # type: ignore[arg-type]
    assert str(caught.value) == sentence
    with pytest.raises(FileProblem) as caught:
        convert(cell, kind)  # type: ignore[arg-type]
    assert str(caught.value) == "T" + sentence.partition(": t")[2]


@given(st.lists(st.one_of(st.none(), st.text(), st.floats(allow_nan=False), st.booleans())))
def test_every_value_fits_the_guessed_type(values: list[str | float | bool | None]) -> None:
    kind = guess_type(values)
    for value in values:
        converted = convert(value, kind)
        assert (converted is None) == (value is None or not str(value).strip())


@given(st.floats(min_value=-1e9, max_value=1e9), st.sampled_from([",", "."]))
def test_written_numbers_read_back(number: float, sign: str) -> None:
    number = round(number, 4)
    assert parse_number(f"{number:.4f}".replace(".", sign)) == number


def part(path: Path, name: str, content: str) -> Path:
    """Return `path` with the content of one of its parts put anew."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = content.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in parts.items():
            archive.writestr(one, data)
    return path


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def test_cells_of_other_producers(tmp_path: Path) -> None:
    """Prefixed names, rows and cells without places, runs of text, phonetic hints, escapes."""
    content = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:r><x:t>kon</x:t></x:r><x:r><x:t>tor</x:t></x:r>'
        '<x:rPh><x:t>uttale</x:t></x:rPh></x:is></x:c><x:c t="str"><x:v>a_x000D__x000A_b</x:v>'
        "</x:c></x:row>"
        '<x:row r="4"><x:c r="B4"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c>'
        '</x:row></x:sheetData></x:worksheet>'
    )  # fmt: skip
    grid = read_grid(part(workbook(tmp_path, [["x"]]), SHEET, content))
    assert grid.rows == (("kontor", "a\nb", None), (None, 2.0, True))
    assert grid.numbers == (1, 4)


def test_shared_texts_in_runs_and_dates_since_1904(tmp_path: Path) -> None:
    path = tmp_path / "ark.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_string("A1", "navn")
    sheet.write_datetime("A2", MIDNIGHT, book.add_format({"num_format": "dd.mm.yyyy"}))
    book.close()
    path = rewritten(path, b"<si><t>navn</t></si>",
                     b"<si><r><t>na</t></r><r><t xml:space='preserve'>vn </t></r></si>",
                     "xl/sharedStrings.xml")  # fmt: skip
    assert read_grid(path).rows == (("navn ",), ("2009-01-02",))
    path = rewritten(path, b"<workbookPr", b'<workbookPr date1904="1"', "xl/workbook.xml")
    assert read_grid(path).rows[1] == ("2013-01-03",)


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ('<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2" t="s"><v>99</v></c></row>', "damaged"),
        ('<row r="2"><c r="A2" s="99"><v>1</v></c></row>', ""),
        ('<row r="2"><c r="2A"><v>1</v></c></row>', "damaged"),
    ],
)  # fmt: skip
def test_cells_that_contradict_the_workbook(tmp_path: Path, rows: str, word: str) -> None:
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    path = part(workbook(tmp_path, [["x"]]), SHEET, content)
    if word:
        assert word in problem(path)
    else:
        assert read_grid(path).rows == ((1.0,),)


def test_a_row_without_end_is_refused(tmp_path: Path) -> None:
    cells = "<c><v>1</v></c>" * 3_000_000
    content = f'<worksheet xmlns="{MAIN}"><sheetData><row>{cells}</row></sheetData></worksheet>'
    assert "too large" in problem(part(workbook(tmp_path, [["x"]]), SHEET, content))


def test_the_cells_are_those_that_a_library_reads(tmp_path: Path) -> None:
    random_ = random.Random(5)
    rows: list[list[object]] = [
        [random_.choice([None, "å", 1, -2.5, True, date(2013, 5, 17), 1e-9, "  x "])
         for _ in range(random_.randint(1, 9))]
        for _ in range(200)
    ]  # fmt: skip
    path = workbook(tmp_path, rows)
    book = openpyxl.load_workbook(path, read_only=True)
    expected = [
        [cell for cell in row if cell is not None]
        for row in book.worksheets[0].iter_rows(values_only=True)
    ]
    found = [[cell for cell in row if cell is not None] for row in read_grid(path).rows]
    assert found == [
        [one.date().isoformat() if isinstance(one, datetime) else one for one in row]
        for row in expected
        if row
    ]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row>', (1.0,)),
        ("<row r='1'><c r='A1'><v>1</v></c></row>", (1.0,)),
        ('<row spans="1:2" r="1" x:dy="0.2"><c r="A1"><v>1</v></c></row>', (1.0,)),
        ('<row r="1"> <c r="A1"><v>1</v></c></row>', (1.0,)),
        ('<row r="1"><c r="A1"><f>SUM(B1)</f><v>3</v></c><c r="C1"/></row>', (3.0,)),
        ('<row r="1"><c t="str" r="A1"><v>a</v></c></row>', ("a",)),
        ('<row r="1"><c r="A1" t="str"><v>a &amp; &#229;&#xE5; &lt;b&gt;</v></c></row>',
         ("a & åå <b>",)),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>&quot;å&apos;</t></is></c></row>', ("\"å'",)),
        ('<row r="1"><c r="A1" t="str"><v><![CDATA[a<b]]></v></c></row>', ("a<b",)),
        ('<row r="1"><c r="A1"><!-- her --><v>1</v></c></row>', (1.0,)),
        ('<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row>', (1.0,)),
        ('<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>', (1.0, 2.0)),
    ],
)  # fmt: skip
def test_rows_are_the_same_by_pattern_and_by_parser(
    tmp_path: Path, row: str, cells: tuple[object, ...]
) -> None:
    frame = f'<worksheet xmlns="{MAIN}" xmlns:x="x"><sheetData>{row}</sheetData></worksheet>'
    path = part(workbook(tmp_path, [["x"]]), SHEET, frame)
    assert read_grid(path).rows == (cells,)
    # A comment in front sends the whole sheet to the parser.
    path = part(path, SHEET, "<!-- foran -->" + frame)
    assert read_grid(path).rows == (cells,)


@pytest.mark.parametrize(
    "row",
    ['<row r="1"><c r="A1"><v>1</v></row>', '<row r="1"><c r="A1"><v>1</c></row>', '<row r="1">',
     '<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>', '<c r="A1"><v>1</v></c>',
     '<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>',
     '<row r="1"><c r="A1" t="str"><v>&#xD800;</v></c></row>',
     '<row r="1"><c r="AAAA1"><v>1</v></c></row>', '<row r="1"><c r="A1"><v>1</v></c></row>x'],
)  # fmt: skip
def test_rows_that_are_damaged(tmp_path: Path, row: str) -> None:
    frame = f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    path = part(workbook(tmp_path, [["x"]]), SHEET, frame)
    assert "damaged" in problem(path)


def test_reading_is_cancelled_between_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path, [[1, 2]] * 5_000)
    progress = Progress(lambda done, total, message: progress.cancel() if done else None)  # noqa: ARG005
    with pytest.raises(Cancelled):
        read_grid(path, progress)
    lines = text_file(tmp_path, "a;b\n" * 5_000)
    with pytest.raises(Cancelled):
        read_grid(lines, progress)
