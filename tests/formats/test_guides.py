"""Reading interview guides: what each line is taken for, however the file is written."""

from pathlib import Path

import docx
import pytest

from qda.formats.guides import guide_lines, read_guide
from qda.model.errors import FileProblem

STUDY = Path(__file__).parents[2] / "projects" / "eksempelstudie"


def kinds(text: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.number, one.text) for one in guide_lines(text)]


def test_the_guide_of_the_example_study() -> None:
    read = read_guide(STUDY / "intervjuguide.md")
    count = {kind: sum(one.kind == kind for one in read.lines) for kind in ("question", "heading")}
    assert (read.name, count) == ("intervjuguide", {"question": 23, "heading": 6})
    asked = [one for one in read.lines if one.kind == "question"]
    assert [one.number for one in asked] == [f"{number}." for number in range(1, 24)]
    assert asked[-1].text.startswith("Er det noe jeg burde ha spurt om")
    probes = [one.text for one in read.lines if one.kind == "probe"]
    assert "tavlemøte, porteføljegjennomgang" in probes
    assert "Hva skjer i praksis når det ikke går etter planen?" in probes
    assert read.lines[0].kind == "note"


def test_questions_without_numbers_stand_under_short_lines() -> None:
    text = """\
Intervjuguide for ledere

Tema 1: Bakgrunn
Kan du fortelle om deg selv?
    Hva gjorde du før?

Arbeidsdeling
Hvordan er arbeidet delt?

Takk for at du stilte opp.
"""
    assert kinds(text) == [
        ("note", "", "Intervjuguide for ledere"),
        ("heading", "", "Tema 1: Bakgrunn"),
        ("question", "", "Kan du fortelle om deg selv?"),
        ("probe", "", "Hva gjorde du før?"),
        ("heading", "", "Arbeidsdeling"),
        ("question", "", "Hvordan er arbeidet delt?"),
        ("note", "", "Takk for at du stilte opp."),
    ]


def test_numbered_themes_with_numbered_questions_and_lettered_probes() -> None:
    text = "1. Bakgrunn\n1.1 Hva er du?\na) utdanning\nb) Hva før?\n2 Mål\n2.1 Hvilke mål har dere?"
    assert kinds(text) == [
        ("heading", "1.", "Bakgrunn"),
        ("question", "1.1", "Hva er du?"),
        ("probe", "a)", "utdanning"),
        ("probe", "b)", "Hva før?"),
        ("heading", "2", "Mål"),
        ("question", "2.1", "Hvilke mål har dere?"),
    ]


def test_numbered_lines_may_ask_without_a_question_mark() -> None:
    assert [kind for kind, _, _ in kinds("1) Fortell om en vanlig uke\n2) Beskriv et møte")] == [
        "question",
        "question",
    ]


def test_bullets_within_bullets_are_probes() -> None:
    text = "Bakgrunn\n• Hvor lenge har du vært her?\n   ◦ før det\n• Hvordan er arbeidet delt?"
    assert [kind for kind, _, _ in kinds(text)] == ["heading", "question", "probe", "question"]


def test_text_from_pdf_has_odd_bullets_and_broken_lines() -> None:
    text = """\
 8.2 Vedlegg 2. Guide

DAGEN DIN

1. Hvordan begynner dagen, og hvem bestemmer hva som
skal gjøres (ute)?

\uf0b7 Hender det at planen endres av det som skjer

(telefoner, møter)?

\uf0b7 Kan du utdype?

2. Hvem snakker du med?
 Hvorfor det?

 Ny side for veiledere
"""
    assert kinds(text) == [
        ("heading", "8.2", "Vedlegg 2. Guide"),
        ("heading", "", "DAGEN DIN"),
        ("question", "1.", "Hvordan begynner dagen, og hvem bestemmer hva som skal gjøres (ute)?"),
        ("probe", "", "Hender det at planen endres av det som skjer (telefoner, møter)?"),
        ("probe", "", "Kan du utdype?"),
        ("question", "2.", "Hvem snakker du med?"),
        ("probe", "", "Hvorfor det?"),
        ("note", "", "Ny side for veiledere"),
    ]  # fmt: skip


def test_a_title_above_the_headings_is_no_heading() -> None:
    assert kinds("# Guide\n## Mål\nHvilke mål?") == [
        ("heading", "", "Mål"),
        ("question", "", "Hvilke mål?"),
    ]


def test_a_word_file_with_headings_and_lists(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Intervjuguide", 0)
    made.add_heading("Rutiner i det daglige", 1)
    made.add_paragraph("Hvilke faste møter har dere?", style="List Number")
    made.add_paragraph("tavlemøte", style="List Bullet 2")
    made.add_paragraph("Hvilke frister må holdes?", style="List Number")
    path = tmp_path / "guide.docx"
    made.save(str(path))
    read = read_guide(path)
    assert [(one.kind, one.number) for one in read.lines] == [
        ("heading", ""),
        ("question", "1."),
        ("probe", ""),
        ("question", "2."),
    ]
    assert read.lines[2].text == "tavlemøte"


@pytest.mark.parametrize(
    ("name", "text"), [("g.txt", "Bare en tekst."), ("g.csv", "a,b\n1,2\n"), ("g.txt", "")]
)
def test_what_is_no_guide_is_refused(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileProblem):
        read_guide(path)


def test_a_guide_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.txt"
    path.write_text("Hva?\n" * 2_001, encoding="utf-8")
    with pytest.raises(FileProblem):
        read_guide(path)
