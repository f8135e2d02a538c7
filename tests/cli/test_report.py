"""The command report: the files of a recipe, the way from every number to its transcript."""

import json
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import html
from openpyxl import load_workbook as workbook

from qda.cli.main import main
from qda.operations.writeup.recipe import read_recipe
from qda.operations.writeup.usual import DEFAULT_EN, DEFAULT_NB


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - JSON
    capsys.readouterr()
    assert main(["--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def page(path: Path) -> Any:  # noqa: ANN401 - the library has few types
    return html.fromstring(path.read_text(encoding="utf-8"))


@pytest.fixture
def judged(project: Path) -> Path:
    path = str(project)
    for words in (
        ["cell", "set", path, "--case", "Nord", "--code", "telling", "--summary",
         "Planene telles oppover.", "--grade", "høy", "--reason", "alle sier det"],
        ["proposition", "add", path, "H1", "--text", "Det som telles, blir gjort"],
        ["verdict", "set", path, "--case", "Nord", "--proposition", "H1", "--verdict",
         "støttes delvis"],
        ["claim", "add", path, "Tellingen styrer"],
    ):  # fmt: skip
        assert main(words) == 0
    return project


def test_every_number_leads_to_its_transcript(
    judged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ut"
    files = said(capsys, "--language", "nb", "report", str(judged), "-o", str(out))["files"]
    assert {Path(one).name for one in files} == {one.name for one in out.iterdir()}
    chapter = page(out / "resultatkapittel.html")
    trail = page(out / "sporing.html")
    matrix = said(capsys, "matrix", str(judged), "--rows", "code", "--columns", "case")
    tables = [one for one in chapter.iter("table") if "tema og kontor" in one.text_content()]
    table = tables[0]
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")][1:]
    checked = 0
    for row, counts in zip(rows, matrix["cells"], strict=True):
        for cell, count in zip(row[1:], counts, strict=True):
            assert (cell.text_content() or "0") == str(count)
            links = [one.get("href") for one in cell.iter("a")]
            if not count:
                continue
            [link] = links
            assert link.startswith("sporing.html#")
            [place] = trail.xpath("//*[@id=$anchor]", anchor=link.partition("#")[2])
            assert place.text_content().startswith(str(count))
            checked += 1
    assert checked >= 3
    inner = [one.get("href")[1:] for one in trail.iter("a") if one.get("href", "").startswith("#k")]
    assert inner
    for anchor in inner:
        [there] = trail.xpath("//*[@id=$anchor]", anchor=anchor)
        assert there.text_content().strip()
    for one in chapter.iter("a"):
        assert trail.xpath("//*[@id=$anchor]", anchor=one.get("href").partition("#")[2])


def test_chapter_says_roles_never_names_beside_offices(
    judged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "--language", "nb", "report", str(judged), "-o", str(tmp_path / "ut"))
    chapter = page(tmp_path / "ut" / "resultatkapittel.html")
    quotes = [one.text_content() for one in chapter.iter("blockquote")]
    assert quotes
    assert any("(leder)" in one or "(veileder)" in one for one in quotes)
    assert not any("Nord" in one or "Sør" in one for one in quotes)
    text = chapter.text_content()
    for words in ("Planene telles oppover.", "støttes delvis", "Tellingen styrer",
                  "Hvem som kan kjennes igjen"):  # fmt: skip
        assert words in text
    document = docx.Document(str(tmp_path / "ut" / "resultatkapittel.docx"))
    assert any(one.style.name == "Caption" for one in document.paragraphs if one.style)
    assert len(document.tables) >= 3
    method = docx.Document(str(tmp_path / "ut" / "metodevedlegg.docx"))
    assert "Krippendorffs alfa" in "".join(
        cell.text for table in method.tables for cell in table.row_cells(0)
    )


def test_tables_of_word_are_numbered_shaded_and_lie_on_their_side(
    judged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "--language", "nb", "report", str(judged), "-o", str(tmp_path / "ut"))
    chapter = docx.Document(str(tmp_path / "ut" / "resultatkapittel.docx"))
    captions = [one for one in chapter.paragraphs if one.style and one.style.name == "Caption"]
    fields = [
        sum(one._p.xml.count(f"SEQ {word}") for word in ("Tabell", "Figur"))  # noqa: SLF001
        for one in captions
    ]
    assert fields == [1] * len(captions)
    xml = chapter.element.xml
    assert xml.count("<w:tblHeader/>") == len(chapter.tables)
    order = [one.tag.rpartition("}")[2] for one in chapter.tables[0]._tbl.tblPr]  # noqa: SLF001
    known = ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblLook"]
    assert order == [one for one in known if one in order]
    assert "tblBorders" in order
    assert "Tabell " in captions[0]._p.xml  # noqa: SLF001 - likewise
    frame = docx.Document(str(tmp_path / "ut" / "rammematrise.docx"))
    section = frame.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    [table] = frame.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Kontor", "telling"]
    assert table.rows[1].cells[1].text == "HØY. Planene telles oppover."
    assert 'w:fill="86B2BE"' in table.rows[1].cells[1]._tc.xml  # noqa: SLF001 - likewise
    profile = docx.Document(str(tmp_path / "ut" / "profil Nord.docx"))
    cells = [cell.text for table in profile.tables for row in table.rows for cell in row.cells]
    assert {"telling", "Planene telles oppover.\nalle sier det", "høy", "støttes delvis"} <= set(
        cells
    )


def test_the_same_project_gives_the_same_bytes(
    judged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        said(capsys, "--language", "en", "report", str(judged), "-o", str(tmp_path / name))
    first = {one.name: one.read_bytes() for one in (tmp_path / "a").iterdir()}
    second = {one.name: one.read_bytes() for one in (tmp_path / "b").iterdir()}
    assert first == second
    assert len(first) == 13


def test_a_recipe_of_ones_own(
    judged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "min.toml"
    recipe.write_text(
        'language = "nb"\ntranscripts = false\nthreshold = 1\n'
        '[[file]]\nname = "a.md"\nkind = "chapter"\ntitle = "Funn"\n'
        '[[file]]\nname = "b.tex"\nkind = "quotes"\ncodes = ["telling"]\nwhere = ["stance=mot"]\n'
        '[[file]]\nname = "c.csv"\nkind = "matrix"\nrows = "ansatte"\nbands = {ansatte = [50]}\n'
        '[[file]]\nname = "d.xlsx"\nkind = "cooccurrence"\nby = "turn"\n'
        '[[file]]\nname = "e.html"\nkind = "trace"\n'
        '[[file]]\nname = "f.csv"\nkind = "sequences"\nwithin = 4\n'
        '[[file]]\nname = "g.docx"\nkind = "contrast"\ngroups = ["case", "Nord", "Sør"]\n',
        encoding="utf-8",
    )
    path = str(judged)
    said(capsys, "recipe", "save", path, "Min", str(recipe))
    assert [one["recipe"] for one in said(capsys, "recipe", "show", path)] == ["Min"]
    said(capsys, "report", path, "Min", "-o", str(tmp_path / "ut"))
    assert sorted(one.name for one in (tmp_path / "ut").iterdir()) == [
        "a.md", "b.tex", "c.csv", "d.xlsx", "e.html", "f.csv", "g.docx",
    ]  # fmt: skip
    assert (tmp_path / "ut" / "a.md").read_text(encoding="utf-8").startswith("# Funn\n")
    quotes = (tmp_path / "ut" / "b.tex").read_text(encoding="utf-8")
    assert quotes.count(r"\begin{quote}") == 2
    assert not re.search(r'href="#k', (tmp_path / "ut" / "e.html").read_text(encoding="utf-8"))
    said(capsys, "recipe", "remove", path, "Min")
    assert said(capsys, "recipe", "show", path) == []
    shown = said(capsys, "--language", "nb", "recipe", "show", path, "default")
    assert shown["text"] == DEFAULT_NB


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = [", "no recipe that can be read"),
        ("", "names no files"),
        ('[[file]]\nname = "x.md"\nkind = "contrast"', "a contrast needs groups"),
        ('[[file]]\nname = "x.csv"\nkind = "sequences"\nwithin = -1', "a whole number of turns"),
        ('[[file]]\nname = "../x.md"\nkind = "chapter"', "cannot be the name"),
        ('[[file]]\nname = "x.pdf"\nkind = "chapter"', "must end in"),
        ('[[file]]\nname = "x.md"\nkind = "poem"', "no kind of file"),
        ('[[file]]\nname = "x.md"\nkind = "profile"', "needs {case}"),
        ('[[file]]\nname = "x.md"\nkind = "chapter"\nsmell = 1', "smell is not known"),
        ('[[file]]\nname = "x.csv"\nkind = "matrix"\nwhere = ["tull"]', "NAME=VALUE"),
        ('[[file]]\nname = "x.csv"\nkind = "matrix"\nrows = "ukjent"', "no variable ukjent"),
        ('[[file]]\nname = "x.md"\nkind = "quotes"\ncodes = ["ukjent"]', "no code ukjent"),
    ],
)
def test_a_bad_recipe_writes_nothing(
    judged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    recipe = tmp_path / "r.toml"
    recipe.write_text(text, encoding="utf-8")
    capsys.readouterr()
    out = tmp_path / "ut"
    arguments = ["--language", "en", "report", str(judged), str(recipe), "-o", str(out)]
    assert main(arguments) == 1
    assert words in capsys.readouterr().err
    assert not out.exists()


def test_a_recipe_that_is_not_there(judged: Path, tmp_path: Path) -> None:
    assert main(["report", str(judged), "borte.toml", "-o", str(tmp_path / "ut")]) == 1


def test_the_usual_recipes_can_be_read() -> None:
    kinds = [
        [one.kind for one in read_recipe(text, "x").files] for text in (DEFAULT_NB, DEFAULT_EN)
    ]
    assert kinds[0] == kinds[1]


def test_a_recipe_says_on_what_day_offices_are_counted() -> None:
    recipe = read_recipe(
        '[[file]]\nname = "m.xlsx"\nkind = "matrix"\nrows = "fylke"\nas_of = "2024-01"\n'
        'successors = "2024"\n',
        "x",
    )
    assert (recipe.files[0].spec.as_of, recipe.files[0].spec.successors) == ("2024-01", "2024")


def test_a_report_of_one_coder_holds_nothing_of_another(
    judged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(judged)
    text = str(said(capsys, "documents", path)[0]["document"])
    whole = tmp_path / "alle"
    said(capsys, "--language", "en", "report", path, "-o", str(whole))
    start = said(capsys, "codings", path)[0]["start"]
    assert main(["code", path, "--document", text, "--code", "telling", "--start", str(start + 1),
                 "--end", str(start + 6), "--coder", "Per"]) == 0  # fmt: skip
    assert main(["verdict", "set", path, "--case", "Nord", "--proposition", "H1", "--verdict",
                 "støttes", "--coder", "Per", "--reason", "Pers grunn"]) == 0  # fmt: skip
    own = tmp_path / "per"
    said(capsys, "--language", "en", "report", path, "-o", str(own), "--coder", "Per")
    matrix = said(capsys, "matrix", path, "--rows", "code", "--columns", "case",
                  "--where", "coder=Per")  # fmt: skip
    chapter = page(own / "results chapter.html")
    table = next(one for one in chapter.iter("table") if "theme and office" in one.text_content())
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")][1:]
    counts = [[int(cell.text_content() or "0") for cell in row[1:]] for row in rows]
    assert counts == matrix["cells"]
    assert sum(map(sum, counts)) == 1
    everything = chapter.text_content()
    assert "only what Per coded" in everything
    assert "Pers grunn" in everything
    assert "støttes delvis" not in everything
    assert "alle sier det" not in everything
    # The summary of an office is everybody's.
    assert "Planene telles oppover." in everything
    appendix = docx.Document(str(next(own.glob("*appendix*.docx"))))
    assert any("sees only their own codings" in one.text for one in appendix.paragraphs)
    coders = next(one for one in appendix.tables if one.cell(0, 0).text == "Coder")
    assert [row.cells[0].text for row in coders.rows[1:]] == ["Per"]
    sheet = workbook(next(own.glob("*.xlsx")))["Settings"]
    filters = next(row[1].value for row in sheet.iter_rows() if row[0].value == "Filters")
    assert filters == "Coder = Per"
    trail = page(next(own.glob("*trail*.html"))).text_content()
    assert " · Per · " in trail
    assert " · Kari · " not in trail
    assert main(["report", path, "-o", str(own), "--coder", "Ingen"]) == 1
    # Unasked, the command counts everybody's as before.
    said(capsys, "--language", "en", "report", path, "-o", str(whole))
    assert "only what" not in page(whole / "results chapter.html").text_content()
