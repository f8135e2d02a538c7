"""Pictures in write-ups: drawn from the matrix, numbered, told in words, the same bytes."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree, html

from qda.operations.writeup.recipe import read_recipe
from qda.operations.writeup.usual import DEFAULT_EN, DEFAULT_NB

Run = Callable[..., Any]
FIGURES = """\
language = "nb"
[[figure]]
name = "varme"
[[figure]]
name = "samlet"
picture = "joint"
values = ["ansatte"]
courses = ["planer"]
caption = "Koder og ansatte"
[[figure]]
name = "møter"
picture = "network"
theme = "rutiner/tavlemøte"
[[figure]]
name = "tid"
picture = "timeline"
indicator = "planer"
"""
CHAPTER = '[[file]]\nname = "{}"\nkind = "{}"\nfigures = ["varme", "samlet", "møter", "tid"]\n'
TRAIL = '[[file]]\nname = "spor.html"\nkind = "trace"\n'


def page_of(path: Path) -> Any:  # noqa: ANN401 - the library has few types
    return html.fromstring(path.read_text(encoding="utf-8"))


def written(run: Run, project: Path, folder: Path, recipe: str) -> list[str]:
    file = folder / "oppskrift.toml"
    file.write_text(recipe, encoding="utf-8")
    found = run("report", project, file, "-o", folder / "ut", json=True)
    assert found.status == 0, found.err
    names = [Path(one).name for one in json.loads(found.out)["files"]]
    assert sorted(names) == sorted(one.name for one in (folder / "ut").iterdir())
    return names


def test_a_word_chapter_holds_vectors_with_words_captions_and_numbers(
    run: Run, project: Path, tmp_path: Path
) -> None:
    assert written(run, project, tmp_path, FIGURES + CHAPTER.format("k.docx", "chapter")) == [
        "k.docx"
    ]
    path = tmp_path / "ut" / "k.docx"
    document: Any = docx.Document(str(path))
    captions = [
        one.text for one in document.paragraphs
        if one.style and one.style.name == "Caption" and "SEQ Figur" in one._p.xml  # noqa: SLF001
    ]  # fmt: skip
    assert len(captions) == 4
    assert any("Koder og ansatte" in one for one in captions)
    drawings = document.element.findall(".//{*}inline/{*}docPr")
    assert len(drawings) == 4
    assert all(len(one.get("descr")) > 20 for one in drawings)
    assert "Nord" in drawings[0].get("descr")
    sizes = [int(one.get("cx")) for one in document.element.findall(".//{*}inline/{*}extent")]
    assert all(0 < one <= 162 * 36_000 for one in sizes)
    with zipfile.ZipFile(path) as package:
        media = {one for one in package.namelist() if one.startswith("word/media/")}
        assert {one.rpartition(".")[2] for one in media} == {"emf", "svg"}
        assert len(media) == 8
        for one in media:
            content = package.read(one)
            if one.endswith(".svg"):
                assert etree.fromstring(content).findtext("{*}desc")
            else:
                assert content[40:44] == b" EMF"
        types = package.read("[Content_Types].xml").decode()
        assert "image/svg+xml" in types
        assert "image/x-emf" in types


def test_a_figure_stands_in_the_section_of_its_theme_and_says_no_note_twice(
    run: Run, project: Path, tmp_path: Path
) -> None:
    written(run, project, tmp_path, FIGURES + CHAPTER.format("k.html", "chapter") + TRAIL)
    page = page_of(tmp_path / "ut" / "k.html")
    order = [
        one.text_content() if one.tag == "h2" else one.find("figcaption").text
        for one in page.iter("h2", "figure")
    ]
    at = [place for place, text in enumerate(order) if text.startswith("Figur")]
    assert order[0] == "Oversikt"
    assert at[:3] == [1, 2, 3]
    assert order[at[3] - 1] == "rutiner"
    assert [order[place][:8] for place in at] == [f"Figur {number}." for number in (1, 2, 3, 4)]
    names = [one.get("id") for one in page.iter() if one.get("id")]
    assert len(names) == len(set(names))
    second = next(one for one in page.iter("h2") if one.text_content() != "Oversikt")
    overview = [
        one.text_content() for one in second.itersiblings("p", preceding=True)
        if one.get("class") == "muted"
    ]  # fmt: skip
    assert len(overview) >= 3
    assert len(overview) == len(set(overview))


def test_every_number_of_a_picture_leads_to_its_quotes(
    run: Run, project: Path, tmp_path: Path
) -> None:
    written(run, project, tmp_path, FIGURES + CHAPTER.format("k.html", "chapter") + TRAIL)
    page = page_of(tmp_path / "ut" / "k.html")
    trail = page_of(tmp_path / "ut" / "spor.html")
    heat = next(page.iter("figure"))
    matrix = run("matrix", project, json=True).json
    counted = sum(bool(value) for row in matrix["cells"] for value in row)
    links = list(heat.iter("a"))
    assert len(links) == counted
    for one in links:
        number = int(one.get("aria-label").rpartition(" ")[2])
        [place] = trail.xpath("//*[@id=$anchor]", anchor=one.get("href").partition("#")[2])
        assert place.text_content().startswith(f"{number} ·")


def test_pictures_stand_beside_markdown_and_latex(run: Run, project: Path, tmp_path: Path) -> None:
    recipe = FIGURES + CHAPTER.format("kap å.md", "chapter") + CHAPTER.format("b.tex", "picture")
    names = written(run, project, tmp_path, recipe)
    out = tmp_path / "ut"
    assert names[:3] == ["kap å.md", "kap-a-fig-1.svg", "kap-a-fig-2.svg"]
    text = (out / "kap å.md").read_text(encoding="utf-8")
    for number in (1, 2, 3, 4):
        assert f"](<kap-a-fig-{number}.svg>)" in text
        assert f"**Figur {number}. " in text
        drawn = etree.fromstring((out / f"kap-a-fig-{number}.svg").read_bytes())
        assert drawn.findtext("{*}desc")
    tex = (out / "b.tex").read_text(encoding="utf-8")
    assert r"\usepackage{tikz}" in tex
    for number in (1, 2, 3, 4):
        assert rf"\input{{b-fig-{number}.tikz}}" in tex
        assert (out / f"b-fig-{number}.tikz").read_text(encoding="utf-8").count(
            r"\begin{tikzpicture}"
        ) == 1  # fmt: skip


def test_the_same_project_gives_the_same_pictures(run: Run, project: Path, tmp_path: Path) -> None:
    recipe = FIGURES + "".join(
        CHAPTER.format(f"{kind}{ending}", kind)
        for kind in ("chapter", "picture")
        for ending in (".docx", ".html", ".md", ".tex")
    )
    recipe += '[[file]]\nname = "j.xlsx"\nkind = "joint"\n'
    recipe += '[[file]]\nname = "v.svg"\nkind = "picture"\nfigures = ["varme"]\n'
    recipe += '[[file]]\nname = "v.emf"\nkind = "picture"\nfigures = ["varme"]\n'
    found: list[dict[str, bytes]] = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        written(run, project, tmp_path / name, recipe)
        found.append({one.name: one.read_bytes() for one in (tmp_path / name / "ut").iterdir()})
    assert found[0] == found[1]
    assert len(found[0]) == 8 + 4 * 4 + 3
    alone = tmp_path / "alene.emf"
    assert run("picture", project, "heat", "-o", alone).status == 0
    assert alone.read_bytes()[40:44] == found[0]["v.emf"][40:44] == b" EMF"


def test_a_joint_display_as_a_file_has_all_numbers_beside_it(
    run: Run, project: Path, tmp_path: Path
) -> None:
    written(run, project, tmp_path, '[[file]]\nname = "j.json"\nkind = "joint"\n')
    found = json.loads((tmp_path / "ut" / "j.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in found["beside"]] == ["ansatte", "planer"]


def test_what_cannot_be_drawn_yet_is_said_and_a_wrong_name_is_an_error(
    run: Run, tmp_path: Path
) -> None:
    empty = tmp_path / "tom.qdaproj"
    assert run("new", empty).status == 0
    written(run, empty, tmp_path, FIGURES.replace(
        'theme = "rutiner/tavlemøte"\n', "").partition('[[figure]]\nname = "tid"')[0].replace(
        'values = ["ansatte"]\ncourses = ["planer"]\n', "")
        + '[[file]]\nname = "k.md"\nkind = "chapter"\nfigures = ["varme", "samlet", "møter"]\n',
    )  # fmt: skip
    text = (tmp_path / "ut" / "k.md").read_text(encoding="utf-8")
    assert text.count("varme: ") == 1
    assert text.count("samlet: ") == 1
    assert "![" not in text
    file = tmp_path / "feil.toml"
    file.write_text(FIGURES + CHAPTER.format("k.md", "chapter"), encoding="utf-8")
    failed = run("report", empty, file, "-o", tmp_path / "ut2")
    assert failed.status == 1
    assert len(failed.err.strip().splitlines()) == 1
    assert not (tmp_path / "ut2").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('figure = 1\n[[file]]\nname = "x.md"\nkind = "chapter"', "a [[figure]]"),
        ('[[figure]]\n[[file]]\nname = "x.md"\nkind = "chapter"', "a figure needs a name"),
        ('[[figure]]\nname = "a"\npicture = "pie"\n[[file]]\nname = "x.md"\nkind = "chapter"',
         "pie is no picture"),
        ('[[figure]]\nname = "a"\npicture = "timeline"\n[[file]]\nname = "x.md"\nkind = "chapter"',
         "needs its indicator"),
        ('[[figure]]\nname = "a"\n[[figure]]\nname = "a"\n[[file]]\nname = "x.md"\nkind = "claims"',
         "two figures of one name"),
        ('[[file]]\nname = "x.md"\nkind = "chapter"\nfigures = ["a"]', "no [[figure]]"),
        ('[[figure]]\nname = "a"\n[[file]]\nname = "x.md"\nkind = "claims"\nfigures = ["a"]',
         "cannot show figures"),
        ('[[file]]\nname = "x.svg"\nkind = "picture"', "needs a figure"),
        (FIGURES + CHAPTER.format("x.md", "chapter") + '[[file]]\nname = "x-fig-1.svg"\n'
         + 'kind = "picture"\nfigures = ["varme"]', "writes a file twice"),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_one_sentence(
    run: Run, project: Path, tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "r.toml"
    file.write_text(text, encoding="utf-8")
    failed = run("report", project, file, "-o", tmp_path / "ut")
    assert failed.status == 1
    assert words in failed.err
    assert len(failed.err.strip().splitlines()) == 1


def test_the_chapter_of_the_example_study_shows_both_and_how_they_go_together(
    run: Run, tmp_path: Path
) -> None:
    study = run("demo", tmp_path / "studie", json=True).json["project"]
    assert run("--language", "nb", "report", study, "-o", tmp_path / "ut").status == 0
    page = page_of(tmp_path / "ut" / "resultatkapittel.html")
    captions = [one.text for one in page.iter("figcaption")]
    assert [one[:8] for one in captions] == ["Figur 1.", "Figur 2."]
    [table] = [one for one in page.iter("table") if "Spearman" in (one.findtext("caption") or "")]
    names, *lines = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    at = names.index("ansatte")
    [line] = [one for one in lines if one[0] == "rutiner"]
    found = run("correlate", study, "ansatte", "code:rutiner", json=True).json
    wanted = (f"{found[key]:.2f}".replace("-", "\u2212") for key in ("pearson", "spearman"))
    assert line[at] == "{} ({})".format(*(one.replace(".", ",") for one in wanted))
    assert f"n = {found['n']}" in table.findtext("caption")
    assert not any("Spearman" in one.text_content() for one in page.iter("p"))


def test_the_usual_recipes_show_a_heat_map_and_a_joint_display() -> None:
    for text in (DEFAULT_NB, DEFAULT_EN):
        recipe = read_recipe(text, "x")
        assert [one.kind for one in recipe.figures] == ["heat", "joint"]
        shown = {one.figures for one in recipe.files if one.kind == "chapter"}
        assert shown == {tuple(one.name for one in recipe.figures)}


def test_a_joint_display_of_many_offices_goes_over_several_pages(
    run: Run, project: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "mange.csv"
    lines = [f"Kontor {at:03},{at}" for at in range(120)]
    sheet.write_text("\n".join(["kontor,ansatte", *lines]) + "\n", "utf-8")
    assert run("cases", "import", project, sheet).status == 0
    (tmp_path / "mange").mkdir()
    recipe = (
        'language = "nb"\n[[figure]]\nname = "samlet"\npicture = "joint"\nvalues = ["ansatte"]\n'
        '[[file]]\nname = "b.md"\nkind = "picture"\nfigures = ["samlet"]\n'
    )
    names = written(run, project, tmp_path / "mange", recipe)
    pages = [one for one in names if one.endswith(".svg")]
    assert len(pages) >= 3
    assert pages == [f"b-fig-{at}.svg" for at in range(1, len(pages) + 1)]
    out = tmp_path / "mange" / "ut"
    text = (out / "b.md").read_text("utf-8")
    assert all(f"({at} av {len(pages)})" in text for at in range(1, len(pages) + 1))
    drawn = [(out / one).read_text("utf-8") for one in pages]
    # Every page names the columns, and every office stands on one page.
    assert all("ansatte" in one for one in drawn)
    for at in range(120):
        assert sum(f">Kontor {at:03}<" in one for one in drawn) == 1
