import io
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from qda.formats.codebooks import read_codebook, write_codebook
from qda.model.codebook import Codebook, CodebookCode
from qda.model.errors import FileProblem

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
NORWEGIAN = {
    "Definition": "Definisjon",
    "Include": "Ta med",
    "Exclude": "Utelat",
    "Example": "Eksempel",
    "Keywords": "Nøkkelord",
    "Scale": "Skala",
    "Version {version}": "Versjon {version}",
    "Codes: {n}": "Koder: {n}",
}


def norwegian(text: str) -> str:
    return NORWEGIAN.get(text, text)


def book() -> Codebook:
    child = CodebookCode("<b>lag</b> & *to*", definition="1. Ikke en liste\n# ikke overskrift")
    top = CodebookCode(
        "rutiner",
        None,
        "#228b4b",
        "Faste måter.",
        "Frister.",
        "Rapporter.",
        "«Hver mandag.»",
        ("frist", "tavle_møte"),
        ("lav", "høy"),
        "1",
        (child,),
    )
    return Codebook("Kurs", (top,), "3", "nb", "Om boken.")


def write(folder: Path, ending: str) -> Path:
    path = folder / f"bok{ending}"
    write_codebook(path, book(), norwegian)
    return path


class Page(HTMLParser):
    """Collect the text of a page by element."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        for name, value in attrs:
            if name == "lang":
                self.texts.append(("lang", value or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1], data))


def test_html(tmp_path: Path) -> None:
    page = Page()
    page.feed(write(tmp_path, ".html").read_text(encoding="utf-8"))
    assert page.open == []
    assert ("lang", "nb") in page.texts
    assert ("h1", "Kurs") in page.texts
    assert ("p", "Versjon 3 · Koder: 2") in page.texts
    assert ("h2", "rutiner") in page.texts
    assert ("h3", "<b>lag</b> & *to*") in page.texts
    labels = [text for tag, text in page.texts if tag == "dt"]
    assert labels[:6] == ["Definisjon", "Ta med", "Utelat", "Eksempel", "Nøkkelord", "Skala"]


def test_markdown(tmp_path: Path) -> None:
    text = write(tmp_path, ".md").read_text(encoding="utf-8")
    assert text.startswith("# Kurs\n\nVersjon 3 · Koder: 2\n\nOm boken.\n\n")
    assert '## <span style="color:#228b4b">■</span> rutiner\n\n**Definisjon:** Faste måter.' in text
    assert "### \\<b\\>lag\\</b\\> \\& \\*to\\*\n" in text
    assert "**Definisjon:** 1\\. Ikke en liste\\\n\\# ikke overskrift\n" in text
    assert "tavle\\_møte" in text


def test_docx(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(write(tmp_path, ".docx").read_bytes()))
    lines = [(p.style.name, p.text) for p in document.paragraphs if p.style]
    assert lines[:5] == [
        ("Title", "Kurs"),
        ("Subtitle", "Versjon 3 · Koder: 2"),
        ("Normal", "Om boken."),
        ("Heading 1", "■ rutiner"),
        ("Codebook Field", "Definisjon\tFaste måter."),
    ]
    assert ("Codebook Example", "Eksempel\t«Hver mandag.»") in lines
    assert ("Heading 2", "<b>lag</b> & *to*") in lines
    marker = document.paragraphs[3].runs[0]
    assert str(marker.font.color.rgb) == "228B4B"


@pytest.mark.parametrize("ending", [".md", ".html", ".docx"])
def test_deep_trees_are_written_whole(tmp_path: Path, ending: str) -> None:
    code = CodebookCode("nivå 12")
    for level in range(11, 0, -1):
        code = CodebookCode(f"nivå {level}", children=(code,))
    path = tmp_path / f"bok{ending}"
    write_codebook(path, Codebook("bok", (code,)))
    if ending == ".docx":
        text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    else:
        text = path.read_text(encoding="utf-8")
    assert sorted(set(map(int, re.findall(r"nivå (\d+)", text)))) == list(range(1, 13))


def test_unknown_endings(tmp_path: Path) -> None:
    for ending in (".docx", ".html", ".pdf", ""):
        (tmp_path / f"bok{ending}").write_text("x")
        with pytest.raises(FileProblem, match="not a codebook this program reads"):
            read_codebook(tmp_path / f"bok{ending}")
    with pytest.raises(FileProblem, match="a codebook is written as"):
        write_codebook(tmp_path / "bok.pdf", book())


def test_latex_has_sections_by_level_and_nothing_that_is_not_escaped(tmp_path: Path) -> None:
    text = write(tmp_path, ".tex").read_text("utf-8")
    assert r"\section*{\swatch{228B4B}rutiner}" in text
    assert r"\subsection*{\textless{}b\textgreater{}lag\textless{}/b\textgreater{} \& *to*}" in text
    assert r"\textbf{Definisjon:} 1. Ikke en liste \\ \# ikke overskrift" in text
    assert r"frist, tavle\_møte" in text
    body = re.sub(r"\\\\|\\[{}]", "", text)
    depth = 0
    for one in body:
        depth += (one == "{") - (one == "}")
        assert depth >= 0
    assert depth == 0
    assert text.count(r"\begin{document}") == text.count(r"\end{document}") == 1


def test_a_spreadsheet_of_open_document_has_a_row_for_each_code(tmp_path: Path) -> None:
    formula = CodebookCode("=1+1", definition="  to  mellomrom\nny linje")
    path = tmp_path / "bok.ods"
    write_codebook(path, Codebook("Kurs", (formula, *book().codes)))
    with zipfile.ZipFile(path) as package:
        content = ElementTree.fromstring(package.read("content.xml"))
    rows = [
        ["\n".join("".join(line.itertext()) for line in cell) for cell in row]
        for row in content.iter(f"{{{TABLE}}}table-row")
    ]
    assert rows[0][:2] == ["path", "definition"]
    assert [row[0] for row in rows[1:]] == ["=1+1", "rutiner", "rutiner/<b>lag<\\/b> & *to*"]
    assert not [cell for cell in content.iter() if cell.get(f"{{{TABLE}}}formula") is not None]
