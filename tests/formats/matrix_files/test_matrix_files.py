"""Every kind of file: the same bytes for the same matrix, and whole whatever the texts are."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import docx
import openpyxl
import pytest
from lxml import html

from qda.app.translation import load_catalogue
from qda.formats.matrix_files import ENDINGS, matrix_bytes, write_matrix
from qda.formats.matrix_files.json_writer import matrix_document
from qda.formats.matrix_files.page import MARGIN_MM, PAGE_MM, divide
from qda.formats.matrix_files.view import lay_out
from qda.model.errors import FileProblem
from qda.model.judgements import CellStatus
from qda.model.matrix import CellKind, MatrixExport, MatrixTotals, Percentages, PercentOf
from tests.formats.matrix_files.conftest import HOSTILE, SAID, English, Norwegian, hostile, make

GOLDEN = Path(__file__).parent / "golden"
TEXTS = (".csv", ".html", ".md", ".tex", ".json")
KINDS: tuple[CellKind, ...] = ("segments", "share", "quotes")


def as_bytes(ending: str, *args: object) -> bytes:
    made = matrix_bytes(ending, *args)  # pyright: ignore[reportArgumentType]
    return made if isinstance(made, bytes) else made.encode("utf-8")


@pytest.mark.parametrize("cells", KINDS)
@pytest.mark.parametrize("ending", TEXTS)
def test_text_files_are_as_agreed(ending: str, cells: CellKind) -> None:
    """A changed file is looked at, and then put in the place of the golden one."""
    written = as_bytes(ending, make(cells, sort_by="planer"), Norwegian())
    assert written == (GOLDEN / f"{cells}{ending}").read_bytes()


def test_the_day_is_written_as_the_reader_does() -> None:
    made = matrix_bytes(".xlsx", make(), load_catalogue("nb"))
    assert isinstance(made, bytes)
    sheets = openpyxl.load_workbook(io.BytesIO(made))
    pairs = {str(row[0].value): row[1].value for row in sheets["Innstillinger"].iter_rows()}
    assert pairs["Dato"] == "4. mars 2026"
    assert "· 2026-03-04\n" in as_bytes(".md", make(), English()).decode("utf-8")


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_matrix_gives_the_same_bytes(ending: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending.upper()}"
    write_matrix(first, make(), English())
    write_matrix(second, make(), English())
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", ["a.odt", "a", "a.xls", ".xlsx"])
def test_an_unknown_ending_is_refused_and_nothing_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"\.xlsx, \.csv"):
        write_matrix(tmp_path / name, make(), English())
    assert list(tmp_path.iterdir()) == []


def test_the_opendocument_sheet_has_real_numbers_and_no_formula() -> None:
    names = {
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    }
    value = f"{{{names['office']}}}value"
    for export in (make("share"), hostile()):
        with zipfile.ZipFile(io.BytesIO(as_bytes(".ods", export, English()))) as package:
            assert package.namelist()[0] == "mimetype"
            assert package.infolist()[0].compress_type == zipfile.ZIP_STORED
            parts = {name: package.read(name) for name in package.namelist()}
        assert b"table:formula" not in parts["content.xml"]
        assert all(fromstring(parts[name]) is not None for name in parts if name[-4:] == ".xml")
        sheet = fromstring(parts["content.xml"]).findall(".//table:table", names)[0]
        [head] = sheet.findall("table:table-header-rows/table:table-row", names)
        assert len(head) > len(export.matrix.columns)
        rows = sheet.findall("table:table-row", names)
        for row, cells in zip(rows, export.matrix.cells, strict=False):
            found = [cell.get(value) for cell in row.findall("table:table-cell", names)]
            numbers = [None if one is None else float(one) for one in found[1 : len(cells) + 1]]
            assert numbers == list(cells)


def workbook(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_workbook_has_real_numbers_and_frozen_headings() -> None:
    book = workbook(as_bytes(".xlsx", make("share", sort_by="planer"), Norwegian()))
    assert book.sheetnames == ["Matrix", "Sitater", "Cases", "Codebook", "Settings"]
    sheet = book["Matrix"]
    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet[1]][:5] == [
        "Kontor", "rutiner", "kompetansestrategi", "målforskyvning", "N segments",
    ]  # fmt: skip
    assert sheet["B2"].value == pytest.approx(2 / 14)
    assert (sheet["B2"].number_format, sheet["D2"].value) == ("0.0%", 0)
    assert sheet["B4"].value is None
    assert sheet["A5"].value == "Uten kontor"
    assert [cell.value for cell in sheet["I"]][:3] == ["planer", 74.5, 63]
    assert [cell.value for cell in sheet[6]][:5] == ["N segments", 3, 1, 1, 5]
    assert sheet["B1"].border.bottom.color.rgb == "FF228B4B"
    quotes = book["Sitater"]
    assert (quotes.max_row, quotes.freeze_panes) == (len(SAID) + 1, "B2")
    assert quotes.auto_filter.ref == "A1:M6"
    assert quotes["I2"].value == SAID[0][0]
    assert quotes["I2"].alignment.wrap_text
    assert [cell.value for cell in book["Cases"][3]] == ["NAV Ås", 112.5, "Oslo", False]
    assert [cell.value for cell in book["Codebook"]["A"]][1:3] == ["rutiner", "rutiner / tavlemøte"]
    settings = {row[0].value: row[1].value for row in book["Settings"].iter_rows()}
    assert settings["Project"] == "Tre kontorer"
    assert "stands last" in str(settings["Counting rules"])


@pytest.mark.parametrize("cells", KINDS)
def test_no_text_becomes_a_formula_or_a_link_in_excel(cells: CellKind) -> None:
    book = workbook(as_bytes(".xlsx", hostile(cells), English()))
    texts = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert len(str(cell.value or "")) <= 32_767
                texts += cell.data_type == "s"
    assert texts > 100
    said = [cell.value for cell in book["Quotes"]["I"]][1:]
    assert said[:4] == list(HOSTILE[:4])
    assert said[12].startswith("xxx")
    assert said[12].endswith("[… cut]")
    # Cells hold an escaped underscore as such; openpyxl shows it as it is written.
    assert said[14] in {"_x0041_", "_x005F_x0041_"}
    settings = [cell.value for cell in book["Settings"]["B"]]
    assert "A text too long for one cell is cut and marked [… cut]." in settings


def test_the_word_file_has_a_real_table_and_quotes_by_role_only() -> None:
    document = docx.Document(io.BytesIO(as_bytes(".docx", make(), Norwegian())))
    page = document.sections[0]
    assert int(page.page_width or 0) > int(page.page_height or 0)
    table = document.tables[0]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["Kontor", "rutiner", "kompetansestrategi", "målforskyvning", "N"]
    assert cells[1] == ["NAV Elvebakken", "2", "1", "0", "3\n1 · 0 · 1"]
    assert cells[3][1:4] == ["", "", ""]
    assert cells[-1][0] == "N"
    xml = table.rows[0]._tr.xml  # noqa: SLF001 - what no method tells
    assert "w:tblHeader" in xml
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)  # noqa: SLF001
    quotes = [p.text for p in document.paragraphs if p.style and p.style.name == "Matrix Quote"]
    assert len(quotes) == len(SAID)
    assert quotes[0].endswith("sammen med deg.» (veileder)")
    assert quotes[2].endswith("ikke sett.»")
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    assert headings == ["NAV Elvebakken", "NAV Ås", "Uten kontor"]
    everything = "\n".join(p.text for p in document.paragraphs)
    assert "Person" not in everything
    assert not any("NAV" in quote for quote in quotes)


def test_quotes_in_the_cells_are_not_printed_again_below() -> None:
    document = docx.Document(io.BytesIO(as_bytes(".docx", make("quotes"), Norwegian())))
    assert document.tables[0].rows[1].cells[1].text.count("«") == 2
    assert not [p for p in document.paragraphs if p.style and p.style.name == "Matrix Quote"]


@pytest.mark.parametrize("cells", KINDS)
def test_word_takes_every_text(cells: CellKind) -> None:
    document = docx.Document(io.BytesIO(as_bytes(".docx", hostile(cells), English())))
    columns = sum(len(table.columns) - 1 for table in document.tables)
    assert columns == len(HOSTILE) + 1
    everything = "\n".join(
        cell.text for table in document.tables for cell in table.columns[0].cells
    )
    assert "\\end{document}" in everything


def test_a_wide_table_is_divided_so_that_every_part_fits() -> None:
    for export in (make(), make("quotes"), hostile(), hostile("quotes")):
        view = lay_out(export, English())
        parts = divide(view)
        assert [at for part in parts for at in part.columns] == list(range(len(view.columns)))
        assert [part.with_n for part in parts] == [False] * (len(parts) - 1) + [True]
        for part in parts:
            assert sum(part.widths) <= PAGE_MM - 2 * MARGIN_MM + 0.01
            assert min(part.widths) > 0


@pytest.mark.parametrize("delimiter", [";", ","])
def test_csv_follows_the_language_and_guards_formulas(delimiter: str) -> None:
    translator = Norwegian() if delimiter == ";" else English()
    data = as_bytes(".csv", hostile("quotes"), translator)
    assert data.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    rows = list(csv.reader(text, delimiter=delimiter))
    assert len(rows) == len(HOSTILE) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert rows[1][:2] == ["'=1+1", "'=1+1"]
    numbers = as_bytes(".csv", make("share"), translator).decode("utf-8-sig").splitlines()[1]
    assert ("0,14" in numbers) == (delimiter == ";")


class Page(HTMLParser):
    """Collect what a page holds and check that tags are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        found = dict(attrs)
        self.ids |= {str(found["id"])} if "id" in found else set()
        self.links |= {str(found["href"])} if "href" in found else set()
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("cells", KINDS)
def test_the_page_needs_nothing_else_and_runs_nothing(cells: CellKind) -> None:
    for export in (make(cells), hostile(cells)):
        text = as_bytes(".html", export, Norwegian()).decode()
        page = Page(text)
        assert page.open == []
        assert not page.tags & {"script", "link", "img", "iframe", "b"}
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
        assert page.links == {f"#{one}" for one in page.ids}
        assert ("lang", "nb") in page.attributes
        assert "@import" not in text
        assert "url(" not in text


def test_a_cell_of_the_page_leads_to_its_quotes() -> None:
    text = as_bytes(".html", make(), Norwegian()).decode()
    assert '<a href="#cell-1-1">2</a>' in text
    assert text.index('id="cell-1-1"') < text.index("Den dagen du begynner")


def test_markdown_keeps_its_table_whole() -> None:
    for cells in KINDS:
        text = as_bytes(".md", hostile(cells), English()).decode()
        rows = [line for line in text.split("\n") if line.startswith("|")]
        assert len(rows) == len(HOSTILE) + 3
        for row in rows:
            assert len(re.findall(r"(?<!\\)\|", row)) == len(HOSTILE) + 3


def test_latex_is_balanced_and_escaped() -> None:
    for export in (make(), make("quotes"), hostile(), hostile("quotes")):
        text = as_bytes(".tex", export, English()).decode()
        bare = re.sub(r"\\[{}\\]", "", text)
        assert bare.count("{") == bare.count("}")
        assert text.count(r"\end{document}") == 1
        begun = re.findall(r"\\begin\{(\w+)\}", text)
        ended = re.findall(r"\\end\{(\w+)\}", text)
        assert sorted(begun) == sorted(ended)
        body = text.split(r"\begin{document}")[1]
        assert not re.search(r"(?<!\\)[#$%^]|(?<!\\)_", body.replace(r"\textasciicircum", ""))
        declared = set(re.findall(r"DeclareUnicodeCharacter\{([0-9A-F]+)\}", text))
        beyond = {one for one in body if ord(one) > 0x17F}
        assert {f"{ord(one):04X}" for one in beyond if one not in "–—…‹›“”‘’‚„•™€†‡‰"} <= declared


def test_json_answers_as_the_command_line_promises() -> None:
    answer = matrix_document(make(), Norwegian())
    assert answer["rows"] == ["NAV Elvebakken", "NAV Ås", "NAV Fjellhamna", "Uten kontor"]
    assert answer["columns"] == ["rutiner", "kompetansestrategi", "målforskyvning"]
    assert answer["cells"][:3] == [[2, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert answer["material"][:3] == [[True] * 3, [True] * 3, [False] * 3]
    assert answer["n"]["rows"][0] == {
        "segments": 3, "documents": 1, "participants": 0, "cases": 1,
    }  # fmt: skip
    assert answer["evidence"][0][0] == [
        "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002",
    ]  # fmt: skip
    assert json.loads(as_bytes(".json", hostile(), English()))["rows"][0] == "=1+1"
    assert matrix_document(make("quotes"), English())["cells"][1][0] == [SAID[3][0]]


def test_packages_tell_the_day_of_the_matrix_and_no_hour() -> None:
    for ending in (".xlsx", ".docx"):
        with zipfile.ZipFile(io.BytesIO(as_bytes(ending, make(), English()))) as package:
            assert {info.date_time[0] for info in package.infolist()} == {1980}
            core = package.read("docProps/core.xml").decode()
            assert "2026-03-04T00:00:00Z" in core
            assert not any(b"10:20" in package.read(name) for name in package.namelist())


# -------------------------------------------------------------------- totals and percentages
def in_percent(of: PercentOf = "row") -> MatrixExport:
    """Return the small matrix with percentages by hand, and one cell that was not asked about."""
    export = make()
    matrix = export.matrix
    rows: tuple[int | None, ...] = (3, 1, None, 1)
    bases = (3, 1, 0, 1)
    cells = tuple(
        tuple(None if value is None or not base else float(str(value)) / base for value in line)
        for line, base in zip(matrix.cells, bases, strict=True)
    )
    statuses: list[list[CellStatus | None]] = [[None] * 3 for _ in matrix.rows]
    statuses[0][2], statuses[1][1] = "not-asked", "asked-nothing-said"
    changed = replace(
        matrix,
        spec=replace(matrix.spec, percent=of),
        totals=MatrixTotals(rows, (3, 1, 1), 5),
        percentages=Percentages(
            of, cells, tuple((base,) * 3 for base in bases), (1.0, 1.0, None, 1.0),
            (0.6, 0.2, 0.2), 1.0, bases, (5, 5, 5), 5,
        ),
        statuses=tuple(map(tuple, statuses)),
    )  # fmt: skip
    return replace(export, matrix=changed)


def test_text_files_with_percentages_are_as_agreed() -> None:
    for ending in TEXTS:
        written = as_bytes(ending, in_percent(), Norwegian())
        assert written == (GOLDEN / f"percent{ending}").read_bytes(), ending


def test_not_asked_and_nothing_said_are_words_and_a_blank_base_is_blank_in_every_sheet() -> None:
    sheet = workbook(as_bytes(".xlsx", in_percent(), English()))["Matrix"]
    assert [cell.value for cell in sheet[1]][:6] == [
        "Case", "rutiner", "kompetansestrategi", "målforskyvning", "In all", "N segments",
    ]  # fmt: skip
    assert sheet["B2"].value == pytest.approx(2 / 3)
    assert sheet["B2"].number_format == "0.0%"
    assert (sheet["D2"].value, sheet["C3"].value) == ("not asked", "asked, nothing said")
    assert [cell.value for cell in sheet[4]][1:5] == [None] * 4
    assert [cell.value for cell in sheet[6]][:5] == ["In all", 0.6, 0.2, 0.2, 1]
    counts = workbook(as_bytes(".xlsx", in_percent(), English()))["Counts"]
    assert [cell.value for cell in counts[2]] == ["NAV Elvebakken", 2, 1, 0, 3]
    assert [cell.value for cell in counts[6]] == ["In all", 3, 1, 1, 5]
    text = as_bytes(".csv", in_percent(), English()).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][1:9] == [
        "rutiner", "rutiner: segments", "kompetansestrategi", "kompetansestrategi: segments",
        "målforskyvning", "målforskyvning: segments", "In all", "In all: segments",
    ]  # fmt: skip
    assert float(lines[1][1]) == pytest.approx(2 / 3)
    assert (lines[1][2], lines[1][8], lines[5][8]) == ("2", "3", "5")
    # What was not asked is told, and has no count.
    assert lines[1][5:7] == ["not asked", ""]
    assert lines[2][3:5] == ["asked, nothing said", ""]
    assert lines[3][1:9] == [""] * 8
    assert len({len(line) for line in lines}) == 1
    with zipfile.ZipFile(io.BytesIO(as_bytes(".ods", in_percent(), English()))) as package:
        content = package.read("content.xml").decode("utf-8")
    assert content.count("not asked") == 1
    assert '<table:table table:name="Counts"' in content
    document = docx.Document(io.BytesIO(as_bytes(".docx", in_percent(), English())))
    said = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert said[1][:5] == ["NAV Elvebakken", "66.7%\n2", "33.3%\n1", "not asked", "100.0%\n3"]
    assert said[3][1:5] == [""] * 4


def test_a_csv_of_percentages_of_the_material_says_what_each_is_of() -> None:
    text = as_bytes(".csv", in_percent("material"), English()).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    of = {line["Case"]: line["rutiner: base of the percentage"] for line in lines}
    assert of == {
        "NAV Elvebakken": "3", "NAV Ås": "1", "NAV Fjellhamna": "0", "No case": "1",
        "In all": "5",
    }  # fmt: skip
    assert [line["In all: base of the percentage"] for line in lines] == ["3", "1", "0", "1", "5"]
    first = lines[0]
    share = int(first["rutiner: segments"]) / int(first["rutiner: base of the percentage"])
    assert float(first["rutiner"]) == pytest.approx(share)
    # Of rows, columns and the whole it is the total: no column more.
    for of_line in ("row", "column", "total"):
        assert b"base of the percentage" not in as_bytes(".csv", in_percent(of_line), English())


@pytest.mark.parametrize("export", [make(), in_percent(), make("share"), make("grade")])
def test_every_number_of_a_page_leads_to_the_quotes_behind_it(export: MatrixExport) -> None:
    text = as_bytes(".html", export, English()).decode("utf-8")
    page: Any = html.fromstring(text)
    style = page.findtext(".//style") or ""

    def behind(link: str) -> set[str]:
        """Return the quotes that are seen where a link leads, by the rules of the page."""
        found = page.get_element_by_id(link.removeprefix("#"))
        if found.tag == "h2":
            return {one.text_content() for one in page.iter("blockquote")}
        if found.tag == "p":
            (shown,) = re.findall(rf"{link}:target ~ section > div:not\(\.(c\d+)\)", style)
            assert f"{link}:target ~ section:not(:has(> .{shown}))" in style
            boxes = page.xpath("//section/div[@class=$shown]", shown=shown)
            return {one.text_content() for box in boxes for one in box.iter("blockquote")}
        return {one.text_content() for one in found.getparent().iter("blockquote")}

    counted = [(one.getparent().get("class"), one) for one in page.xpath("//table//td/a")]
    of_lines = [one for kind, one in counted if kind == "n"]
    assert len(of_lines) == 3 + 3 + 1 + (2 if export.matrix.totals else 0)
    for one in of_lines:
        assert len(behind(one.get("href"))) == int(one.text_content())
    for number in page.xpath("//td[@class='n' and not(a)]"):
        assert number.text == "0"
    if export.matrix.totals is not None:
        totals = page.xpath("//tbody/tr[last()]/td[not(@class)]/a")
        assert [len(behind(one.get("href"))) for one in totals] == [3, 1, 1, 5]


def test_a_program_gets_counts_with_percentages_and_their_bases() -> None:
    found = matrix_document(in_percent(), English())
    assert found["cells"][0] == [2, 1, 0]
    assert found["totals"] == {"rows": (3, 1, None, 1), "columns": (3, 1, 1), "all": 5}
    assert found["percent"]["of"] == "row"
    assert found["percent"]["bases"][0] == (3, 3, 3)
    assert found["percent"]["cells"][2] == (None, None, None)


# ------------------------------------------------------------------------ words and nested columns
def graded() -> MatrixExport:
    """Return a matrix of grades, one with its reason."""
    export = make("grade")
    cells = (("høy", None, None), *[(None, None, None)] * 3)
    reasons = (("Alle nevner tavla.", "", ""), *[("", "", "")] * 3)
    return replace(export, matrix=replace(export.matrix, cells=cells, reasons=reasons))


def test_a_grade_stands_with_its_reason() -> None:
    document = docx.Document(io.BytesIO(as_bytes(".docx", graded(), English())))
    assert document.tables[0].rows[1].cells[1].text == "høy\nAlle nevner tavla."
    assert "høy (Alle nevner tavla.)" in as_bytes(".md", graded(), English()).decode("utf-8")
    page = as_bytes(".html", graded(), English()).decode("utf-8")
    assert '<small class="n">Alle nevner tavla.</small>' in page
    book = workbook(as_bytes(".xlsx", graded(), English()))
    assert (book["Matrix"]["B2"].value, book["Reasons"]["B2"].value) == (
        "høy",
        "Alle nevner tavla.",
    )
    assert matrix_document(graded(), English())["reasons"][0][0] == "Alle nevner tavla."


def test_nested_columns_stand_below_the_name_that_they_are_nested_in() -> None:
    export = make()
    names = (("2014", "stat"), ("2014", "kommune"), ("2019", "stat"))
    columns = tuple(
        replace(one, names=name, label=" · ".join(name))
        for one, name in zip(export.matrix.columns, names, strict=True)
    )
    spec = replace(export.matrix.spec, columns=("wave", "employer"))
    nested = replace(export, matrix=replace(export.matrix, columns=columns, spec=spec))
    table = docx.Document(io.BytesIO(as_bytes(".docx", nested, English()))).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["", "2014", "2014", "2019", ""]
    assert [cell.text for cell in table.rows[1].cells] == ["Case", "stat", "kommune", "stat", "N"]
    page = as_bytes(".html", nested, English()).decode("utf-8")
    assert '<th scope="colgroup" colspan="2" class="group">2014</th>' in page
    text = as_bytes(".csv", nested, English()).decode("utf-8-sig")
    assert text.startswith("Case,2014 · stat,2014 · kommune,2019 · stat,")


def test_a_row_is_as_high_as_its_texts() -> None:
    export = make("summary")
    cells = (("Rutinene er mange. " * 12, None, None), *[(None, None, None)] * 3)
    book = workbook(
        as_bytes(".xlsx", replace(export, matrix=replace(export.matrix, cells=cells)), English())
    )
    sheet = book["Matrix"]
    assert sheet.column_dimensions["B"].width > 40
    assert sheet.row_dimensions[2].height > 60
    assert sheet.row_dimensions[3].height is None
