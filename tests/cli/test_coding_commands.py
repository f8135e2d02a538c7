"""code, codings, codings import, link, and how a coding finds its participant and cases."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]

TALE = "Vi teller planer fordi noen over oss teller planer."


def test_code_by_offsets(run: Run, project: Path) -> None:
    text = run("text", project, "Nord").out
    start = text.index("😀") + 1
    result = run(
        "code", project, "--document", "Nord", "--code", "rutiner", "--start", start,
        "--end", start + 13, json=True,
    )  # fmt: skip
    assert result.status == 0
    assert result.json["quote"] == text[start : start + 13] == "\nIntervjuer: "
    assert (result.json["start"], result.json["end"]) == (start, start + 13)
    assert result.json["guid"] in {one["guid"] for one in run("codings", project, json=True).json}


def test_code_by_quote_counts_occurrences_from_one(run: Run, project: Path) -> None:
    text = run("text", project, "Nord").out
    places = [at for at in range(len(text)) if text.startswith("teller", at)]
    for number, start in enumerate(places, start=1):
        result = run(
            "code", project, "--document", "Nord", "--code", "telling", "--quote", "teller",
            "--occurrence", number, json=True,
        )  # fmt: skip
        assert (result.json["start"], result.json["end"]) == (start, start + 6)
    assert len(places) == 3


def test_code_carries_stance_value_memo_case_and_coder(run: Run, project: Path) -> None:
    guid = run(
        "code", project, "--document", "Plan", "--code", "rutiner", "--quote", "hele fylket",
        "--stance", "mot", "--value", "høy", "--memo", "sjekk", "--case", "Sør", "--coder", "Ola",
        json=True,
    ).json["guid"]  # fmt: skip
    [coding] = [one for one in run("codings", project, json=True).json if one["guid"] == guid]
    assert coding["stance"] == "mot"
    assert coding["value"] == "høy"
    assert coding["memo"] == "sjekk"
    assert coding["cases"] == ["Sør"]
    assert coding["cases_from"] == "coding"
    assert coding["coder"] == "Ola"
    assert coding["participant"] is None


BAD = [
    ["--start", "5", "--end", "5"],
    ["--start", "6", "--end", "5"],
    ["--start", "-1", "--end", "5"],
    ["--start", "0", "--end", "100000"],
    ["--quote", ""],
    ["--quote", "finnes ikke her"],
    ["--quote", "teller", "--occurrence", "4"],
    ["--quote", "teller", "--occurrence", "0"],
    ["--quote", "teller", "--stance", "nøytral"],
    ["--quote", "teller", "--value", "svært høy"],
    ["--quote", "teller", "--case", "Vest"],
]


@pytest.mark.parametrize("words", BAD, ids=" ".join)
def test_what_cannot_be_coded_changes_nothing(
    run: Run, project: Path, dump: Dump, words: list[str]
) -> None:
    before = dump(project)
    result = run("code", project, "--document", "Nord", "--code", "rutiner", *words, json=True)
    assert (result.status, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert dump(project) == before


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--start", "5"],
        ["--end", "5"],
        ["--start", "fem", "--end", "6"],
        ["--start", "5", "--end", "9" * 30],
        ["--start", "1.5", "--end", "6"],
        ["--start", "5", "--end", "6", "--quote", "x"],
        ["--start", "5", "--end", "6", "--quote", ""],
        ["--start", "5", "--end", "6", "--occurrence", "1"],
        ["--quote", "x", "--occurrence", "to"],
    ],
    ids=" ".join,
)
def test_wrong_usage_of_code(run: Run, project: Path, words: list[str]) -> None:
    result = run("code", project, "--document", "Nord", "--code", "rutiner", *words)
    assert result.status == 2


def test_code_needs_its_options(run: Run, project: Path) -> None:
    result = run("code", project, "--document", "Nord", "--quote", "x")
    assert result.status == 2
    assert "--code" in result.err


def test_a_value_needs_a_scale(run: Run, project: Path) -> None:
    words = ("--document", "Nord", "--code", "telling", "--quote", "teller", "--value", "lav")
    result = run("code", project, *words)
    assert result.status == 1
    assert "scale" in result.err


def test_names_of_codes(run: Run, project: Path) -> None:
    def code(name: str) -> Any:  # noqa: ANN401
        return run("code", project, "--document", "Nord", "--code", name, "--quote", "Alle")

    assert code("tavlemøte").status == 0
    assert code("rutiner/tavlemøte").status == 0
    assert code("finnes/ikke").status == 1


def test_an_ambiguous_code_lists_the_candidates(run: Run, project: Path, tmp_path: Path) -> None:
    more = tmp_path / "mer.csv"
    more.write_text("path\ntelling/tavlemøte\n", encoding="utf-8")
    assert run("codebook", "import", project, more).status == 0
    result = run("code", project, "--document", "Nord", "--code", "tavlemøte", "--quote", "Alle")
    assert result.status == 1
    assert "rutiner/tavlemøte" in result.err
    assert "telling/tavlemøte" in result.err


def test_coding_the_same_twice_gives_the_same_coding(run: Run, project: Path) -> None:
    words = ("--document", "Nord", "--code", "telling", "--quote", "Alle", "--coder", "Kari")
    first = run("code", project, *words, json=True).json
    second = run("code", project, *words, json=True).json
    assert first == second


# ------------------------------------------------------------------------------- the list
def test_codings_are_listed_with_what_they_resolve_to(run: Run, project: Path) -> None:
    rows = run("codings", project, json=True).json
    assert len(rows) == 7
    by_quote = {(row["quote"], row["coder"]): row for row in rows}
    one = by_quote["Mandag er det tavlemøte.", "Kari"]
    assert one["document"] == "Nord"
    assert one["code"] == "rutiner/tavlemøte"
    assert one["participant"] == "Leder"
    assert one["participants"] == ["Leder"]
    assert one["cases"] == ["Nord"]
    assert one["cases_from"] == "document"
    assert (one["stance"], one["value"]) == ("for", None)
    assert by_quote["Årsplan", "Ola"]["cases"] == []
    assert by_quote["Årsplan", "Ola"]["cases_from"] == "none"
    own = by_quote["Tavlemøter skal være innført i hele fylket.", "Ola"]
    assert own["cases"] == ["Nord", "Sør"]


def _count(run: Run, project: Path, *words: str) -> int:
    return len(run("codings", project, *words, json=True).json)


def test_codings_are_filtered(run: Run, project: Path) -> None:
    assert _count(run, project, "--code", "rutiner") == 4
    assert _count(run, project, "--code", "rutiner", "--unfolded") == 2
    assert _count(run, project, "--code", "rutiner/tavlemøte") == 2
    assert _count(run, project, "--case", "Nord") == 5
    assert _count(run, project, "--case", "A") == 5
    assert _count(run, project, "--document", "Plan") == 2
    assert _count(run, project, "--coder", "Ola") == 3
    assert _count(run, project, "--participant", "Leder") == 2
    assert _count(run, project, "--participant-value", "rolle=veileder") == 3
    assert _count(run, project, "--participant-value", "ROLLE=leder", "--coder", "Kari") == 2
    assert _count(run, project, "--code", "telling", "--case", "Sør") == 0


@pytest.mark.parametrize(
    "words",
    [
        ["--code", "x"],
        ["--case", "x"],
        ["--document", "x"],
        ["--coder", "x"],
        ["--participant", "x"],
        ["--participant-value", "lønn=høy"],
        ["--participant-value", "ansatte=15"],
        ["--participant-value", "rolle=konge"],
    ],
    ids=" ".join,
)
def test_filters_on_what_is_not_there_are_said(run: Run, project: Path, words: list[str]) -> None:
    result = run("codings", project, *words, json=True)
    assert (result.status, result.out) == (1, "")
    assert result.err.count("\n") == 1


def test_a_filter_needs_a_value(run: Run, project: Path) -> None:
    assert run("codings", project, "--participant-value", "rolle").status == 2


# ------------------------------------------------------------------------- whose it is
def test_a_segment_over_several_turns_belongs_to_every_informant_in_it(
    run: Run, project: Path
) -> None:
    text = run("text", project, "Nord").out
    start, end = text.index("Alle står"), text.index("Jeg teller") + 5
    words = ("--document", "Nord", "--code", "rutiner", "--start", start, "--end", end)
    guid = run("code", project, *words, json=True).json["guid"]
    [row] = [one for one in run("codings", project, json=True).json if one["guid"] == guid]
    assert row["participants"] == ["Leder", "Veileder 1"]
    assert row["participant"] == "Leder, Veileder 1"


def test_the_interviewer_counts_only_alone(run: Run, project: Path) -> None:
    words = ("--document", "Nord", "--code", "rutiner", "--quote", "Og måltallene?")
    guid = run("code", project, *words, json=True).json["guid"]
    [row] = [one for one in run("codings", project, json=True).json if one["guid"] == guid]
    assert row["participants"] == ["Intervjuer"]


def test_links_of_coding_speaker_and_document_rank_in_that_order(run: Run, project: Path) -> None:
    def cases() -> tuple[list[str], str]:
        rows = run("codings", project, "--document", "Nord", json=True).json
        [row] = [one for one in rows if one["quote"] == TALE]
        return row["cases"], row["cases_from"]

    assert cases() == (["Nord"], "document")
    assert run("link", project, "--case", "Sør", "--participant", "Leder").status == 0
    assert cases() == (["Sør"], "speaker")
    [coding] = [one for one in run("codings", project, json=True).json if one["quote"] == TALE]
    assert run("link", project, "--case", "Nord", "--coding", coding["guid"]).status == 0
    assert cases() == (["Nord"], "coding")
    assert (
        run("link", project, "--case", "Nord", "--coding", coding["guid"], "--remove").status == 0
    )
    assert cases() == (["Sør"], "speaker")


def test_links_are_counted(run: Run, project: Path) -> None:
    words = ("--document", "Nord", "--document", "Plan", "--participant", "Veileder")
    result = run("link", project, "--case", "Sør", *words, json=True)
    assert result.json == {"links": 3}


@pytest.mark.parametrize(
    "words",
    [
        ["--case", "Vest", "--document", "Nord"],
        ["--case", "Nord", "--document", "Vest"],
        ["--case", "Nord", "--participant", "Vest"],
        ["--case", "Nord", "--coding", "8d7b4e9c-0000-4000-8000-000000000000"],
        ["--case", "Nord", "--coding", "x"],
        ["--case", "Nord", "--document", "Sør", "--document", "Vest"],
    ],
    ids=" ".join,
)
def test_links_to_what_is_not_there_change_nothing(
    run: Run, project: Path, dump: Dump, words: list[str]
) -> None:
    before = dump(project)
    assert run("link", project, *words).status == 1
    assert dump(project) == before


@pytest.mark.parametrize("words", [["--case", "Nord"], ["--document", "Nord"], []])
def test_link_needs_both_ends(run: Run, project: Path, words: list[str]) -> None:
    assert run("link", project, *words).status == 2


# ----------------------------------------------------------------------------- the sheet
def _sheet(tmp_path: Path, *rows: dict[str, str]) -> Path:
    path = tmp_path / "nye.csv"
    columns = ("document", "code", "start", "end", "quote", "coder", "stance", "value", "case")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer: csv.DictWriter[str] = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_codings_are_imported_by_offsets_and_by_quote(
    run: Run, project: Path, tmp_path: Path
) -> None:
    sheet = _sheet(
        tmp_path,
        {"document": "Nord", "code": "telling", "start": "0", "end": "10"},
        {"document": "Sør", "code": "rutiner", "quote": "fredagskaka", "coder": "Per",
         "value": "høy", "case": "Nord"},
    )  # fmt: skip
    result = run("codings", "import", project, sheet, "--coder", "Ola", json=True)
    assert (result.status, result.json) == (0, {"codings": 2, "failed": []})
    rows = {one["quote"]: one for one in run("codings", project, json=True).json}
    assert rows["Intervjuer"]["coder"] == "Ola"
    assert rows["fredagskaka"]["coder"] == "Per"
    assert rows["fredagskaka"]["cases"] == ["Nord"]
    assert rows["fredagskaka"]["value"] == "høy"


def test_rows_that_fail_stop_no_other_and_are_told(run: Run, project: Path, tmp_path: Path) -> None:
    sheet = _sheet(
        tmp_path,
        {"document": "Nord", "code": "telling", "quote": "Alle"},
        {"document": "Vest", "code": "telling", "quote": "Alle"},
        {"document": "Nord", "code": "nei", "quote": "Alle"},
        {"document": "Nord", "code": "telling", "start": "9", "end": "3"},
        {"document": "Nord", "code": "telling", "quote": "Alle", "stance": "kanskje"},
        {"document": "Nord", "code": "rutiner", "quote": "Alle", "value": "svær"},
        {"document": "Nord", "code": "rutiner", "quote": "Alle", "case": "Vest"},
    )
    result = run("codings", "import", project, sheet, json=True)
    assert result.status == 1
    assert result.json["codings"] == 1
    assert [one["row"] for one in result.json["failed"]] == [3, 4, 5, 6, 7, 8]
    assert result.err.count("\n") == 6


def test_a_sheet_without_its_columns_is_refused(
    run: Run, project: Path, tmp_path: Path, dump: Dump
) -> None:
    before = dump(project)
    path = tmp_path / "feil.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run("codings", "import", project, path).status == 1
    assert run("codings", "import", project, tmp_path / "nei.csv").status == 1
    assert dump(project) == before


def test_codings_for_people(run: Run, project: Path) -> None:
    lines = run("codings", project).out.splitlines()
    assert len(lines) == 8
    assert lines[1].count("\t") == lines[0].count("\t")
