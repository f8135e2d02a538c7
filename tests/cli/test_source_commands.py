"""import, documents, text, turns."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.model.ids import parse_guid

Run = Callable[..., Any]
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]

NORTH = "Nord.txt"


def test_import_tells_what_became_of_each_file(run: Run, empty: Path, material: Path) -> None:
    result = run("import", empty, material / NORTH, material / "Plan.md", json=True)
    assert result.status == 0
    assert result.json["failed"] == []
    north, plan = result.json["imported"]
    assert north["file"] == str(material / NORTH)
    assert north["document"] == "Nord"
    assert parse_guid(north["guid"])
    assert north["characters"] == len((material / NORTH).read_text(encoding="utf-8"))
    assert north["turns"] == 5
    assert north["participants"] == ["Intervjuer", "Leder", "Veileder 1"]
    assert (plan["turns"], plan["participants"], plan["warnings"]) == (0, [], [])


def test_long_texts_are_counted_as_one_writes_numbers(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    path = tmp_path / "lang.txt"
    path.write_text("Hei. " * 2469, encoding="utf-8")
    said = run("import", empty, path, language="nb").out
    assert "12\u00a034" in said
    assert "1234" not in said


def test_import_is_one_step(run: Run, empty: Path, material: Path) -> None:
    run("import", empty, material / NORTH, material / "Plan.md")
    assert len(run("history", empty, json=True).json) == 1
    run("undo", empty)
    assert run("documents", empty, json=True).json == []


def test_one_bad_file_stops_no_other(run: Run, empty: Path, material: Path, tmp_path: Path) -> None:
    bad = tmp_path / "tom.txt"
    bad.write_bytes(b"")
    result = run("import", empty, bad, material / NORTH, tmp_path / "nei.docx", "x.exe", json=True)
    assert result.status == 1
    assert [one["document"] for one in result.json["imported"]] == ["Nord"]
    assert [one["file"] for one in result.json["failed"]] == [
        str(bad), str(tmp_path / "nei.docx"), "x.exe",
    ]  # fmt: skip
    assert all(one["error"].endswith(".") for one in result.json["failed"])
    assert result.err.count("\n") == 3


def test_only_bad_files_leave_no_step(run: Run, empty: Path) -> None:
    assert run("import", empty, "nei.txt").status == 1
    assert run("history", empty, json=True).json == []


def test_a_folder_is_imported_with_what_is_below_it(run: Run, empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "intervju"
    (folder / "dypt").mkdir(parents=True)
    for name in ("b.txt", "a.md", "dypt/c.txt", ".skjult.txt", "~$b.txt", "bilde.png"):
        (folder / name).write_text(f"Innhold {name}", encoding="utf-8")
    result = run("import", empty, folder, json=True)
    assert result.status == 0
    assert [one["document"] for one in result.json["imported"]] == ["a", "b", "c"]


def test_sheets_come_in_as_turns_or_as_text_and_formulas_are_told(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    place = tmp_path / "ark"
    place.mkdir()
    (place / "samtale.csv").write_text(
        "Taler;Start;Tekst\nIntervjuer;0:01;Hva teller dere?\nLeder;0:04;Planer.\n", "utf-8"
    )
    (place / "svar.tsv").write_text(
        "id\tkontor\tsvar\n"
        + "".join(f"{n}\tNAV\tVi teller planer, men hva førte plan {n} til?\n" for n in range(3)),
        "utf-8",
    )
    with xlsxwriter.Workbook(place / "tiltak.xlsx") as book:
        page = book.add_worksheet()  # pyright: ignore[reportUnknownMemberType]
        page.write_row(0, 0, ("Tiltak", "Sum"))  # pyright: ignore[reportUnknownMemberType]
        page.write(1, 0, "Tavle")  # pyright: ignore[reportUnknownMemberType]
        page.write(1, 1, "=1+1", None, 7)  # pyright: ignore[reportUnknownMemberType]
    result = run("import", empty, place, json=True)
    assert result.status == 0
    spoken, answers, table = result.json["imported"]
    assert (spoken["turns"], spoken["participants"]) == (2, ["Intervjuer", "Leder"])
    assert [one["time_ms"] for one in run("turns", empty, "samtale", json=True).json] == [
        1000,
        4000,
    ]
    assert "answers to a survey" in " ".join(answers["warnings"])
    assert run("text", empty, "tiltak").out == "Tiltak: Tavle\nSum: 7\n"
    assert "1 formula was not worked out" in " ".join(table["warnings"])
    report = run("reports", empty, "--show", "1", json=True).json
    assert "2 rows came in as turns." in str(report)


def test_a_folder_without_material_is_said(run: Run, empty: Path, tmp_path: Path) -> None:
    (tmp_path / "bilder").mkdir()
    result = run("import", empty, tmp_path / "bilder", json=True)
    assert result.status == 1
    assert "bilder" in result.json["failed"][0]["error"]


def test_a_pattern_is_expanded_where_the_shell_does_not(
    run: Run, empty: Path, material: Path
) -> None:
    result = run("import", empty, material / "*.txt", json=True)
    assert {one["document"] for one in result.json["imported"]} == {"Nord", "Sør"}
    assert run("import", empty, material / "*.doc").status == 1


def test_a_second_file_of_the_same_name_gets_a_number(
    run: Run, empty: Path, material: Path
) -> None:
    result = run("import", empty, material / NORTH, material / NORTH, json=True)
    assert [one["document"] for one in result.json["imported"]] == ["Nord", "Nord (2)"]
    assert result.json["imported"][1]["warnings"]


def test_duplicates_in_folders_are_passed_over_and_told(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "runde"
    (folder / "Nord").mkdir(parents=True)
    (folder / "en.txt").write_text("Leder: Hei.\n", encoding="utf-8")
    (folder / "Nord" / "to.txt").write_text("Leder: Hei.\n", encoding="utf-8")
    result = run("import", empty, folder, json=True)
    assert result.status == 0
    assert [one["document"] for one in result.json["imported"]] == ["en"]
    assert result.json["skipped"] == [{"file": str(folder / "Nord" / "to.txt"), "document": "en"}]
    (head,) = run("reports", empty, json=True).json
    assert (head["kept"], head["left_out"]) == (1, 1)
    both = run("import", empty, folder, "--duplicates", "import", json=True)
    assert [one["document"] for one in both.json["imported"]] == ["en (2)", "to"]
    assert "already here" in run("import", empty, folder).err
    assert run("import", empty, folder, "--duplicates", "nei").status == 2


def test_subfolders_become_cases(run: Run, empty: Path, tmp_path: Path) -> None:
    folder = tmp_path / "runde"
    (folder / "NAV Nord").mkdir(parents=True)
    (folder / "NAV Nord" / "to.txt").write_text("Leder: Hei.\n", encoding="utf-8")
    assert run("import", empty, folder, "--cases-from-folders").status == 0
    assert [one["cases"] for one in run("documents", empty, json=True).json] == [["NAV Nord"]]


def test_import_links_to_a_case(run: Run, project: Path, material: Path) -> None:
    assert run("import", project, material / NORTH, "--case", "Sør").status == 0
    assert run("documents", project, json=True).json[-1]["cases"] == ["Sør"]


def test_an_unknown_case_stops_the_import(
    run: Run, project: Path, material: Path, dump: Dump
) -> None:
    before = dump(project)
    result = run("import", project, material / NORTH, "--case", "Vest", json=True)
    assert (result.status, result.out) == (1, "")
    assert "Vest" in result.err
    assert dump(project) == before


def test_hyphens_are_joined_or_kept(run: Run, empty: Path, tmp_path: Path) -> None:
    source = tmp_path / "delt.txt"
    source.write_text("Vi følger opp-\nfølgingen hver uke.\n", encoding="utf-8")
    for rule, expected in (("keep", "opp-"), ("join", "oppfølgingen")):
        name = run("import", empty, source, "--hyphens", rule, json=True).json["imported"][0]
        assert expected in run("text", empty, name["document"]).out


def test_paragraphs_end_as_asked(run: Run, empty: Path, tmp_path: Path) -> None:
    source = tmp_path / "linjer.txt"
    source.write_text("Første linje\nandre linje\n\nNytt avsnitt\n", encoding="utf-8")
    kept = run("import", empty, source, "--paragraphs", "lines", json=True).json["imported"][0]
    assert "Første linje\nandre linje" in run("text", empty, kept["document"]).out
    joined = run("import", empty, source, "--paragraphs", "blank", json=True).json["imported"][0]
    assert "Første linje andre linje" in run("text", empty, joined["document"]).out


def test_an_encoding_can_be_forced(run: Run, empty: Path, tmp_path: Path) -> None:
    source = tmp_path / "gammel.txt"
    source.write_bytes("Blåbærsyltetøy".encode("cp865"))
    result = run("import", empty, source, "--encoding", "cp865", json=True)
    assert result.status == 0
    assert run("text", empty, "gammel").out == "Blåbærsyltetøy"
    assert run("import", empty, source, "--encoding", "klingon").status == 1


@pytest.mark.parametrize(
    "option", [["--hyphens", "split"], ["--paragraphs", "all"], ["--nei", "x"]]
)
def test_unknown_choices_are_wrong_usage(
    run: Run, empty: Path, material: Path, option: list[str]
) -> None:
    assert run("import", empty, material / NORTH, *option).status == 2


def test_import_needs_a_file(run: Run, empty: Path) -> None:
    result = run("import", empty)
    assert result.status == 2
    assert "FILE" in result.err


def test_documents_are_listed(run: Run, project: Path) -> None:
    rows = run("documents", project, json=True).json
    assert [row["document"] for row in rows] == ["Nord", "Sør", "Plan"]
    assert [row["codings"] for row in rows] == [4, 1, 2]
    assert [row["cases"] for row in rows] == [["Nord"], ["Sør"], []]
    assert [row["turns"] for row in rows] == [5, 3, 0]
    for row in rows:
        assert row["characters"] == len(run("text", project, row["document"]).out)


def test_text_is_printed_as_it_is_kept(run: Run, project: Path, material: Path) -> None:
    text = run("text", project, "Nord").out
    assert text == (material / NORTH).read_text(encoding="utf-8")
    guid = run("documents", project, json=True).json[0]["guid"]
    assert run("text", project, guid.upper()).out == text


def test_offsets_fit_the_printed_text(run: Run, project: Path) -> None:
    text = run("text", project, "Nord").out
    for coding in run("codings", project, "--document", "Nord", json=True).json:
        assert text[coding["start"] : coding["end"]] == coding["quote"]
    turns = run("turns", project, "Nord", json=True).json
    assert [turn["participant"] for turn in turns] == [
        "Intervjuer", "Leder", "Intervjuer", "Leder", "Veileder 1",
    ]  # fmt: skip
    assert [turn["interviewer"] for turn in turns] == [True, False, True, False, False]
    assert [turn["number"] for turn in turns] == [1, 2, 3, 4, 5]
    for turn in turns:
        assert text[turn["label_start"] : turn["start"]].strip() == f"{turn['participant']}:"
        assert text[turn["start"] : turn["end"]].strip() == text[turn["start"] : turn["end"]]


@pytest.mark.parametrize("command", ["text", "turns"])
def test_a_document_that_is_not_there_is_said(run: Run, project: Path, command: str) -> None:
    result = run(command, project, "Øst", json=True)
    assert (result.status, result.out) == (1, "")
    assert "Øst" in result.err


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab æøå😀\u00a0\u2028\t\n«»", min_size=1).filter(str.strip))
def test_any_text_comes_back_as_it_was(run: Run, empty: Path, tmp_path: Path, text: str) -> None:
    name = hashlib.sha256(text.encode()).hexdigest()
    source = Path(tmp_path / f"{name}.md")
    source.write_text(text, encoding="utf-8", newline="\n")
    if run("import", empty, source, "--hyphens", "keep").status == 0:
        assert run("text", empty, name).out == text


def test_people_get_lines_with_tabs(run: Run, project: Path) -> None:
    out = run("documents", project).out
    assert out.splitlines()[0].split("\t")[0] == "Document"
    assert out.splitlines()[1].split("\t")[0] == "Nord"
    assert run("documents", project, language="nb").out.splitlines()[1].startswith("Nord\t")
    assert "tavlemøte" in run("turns", project, "Nord").out
