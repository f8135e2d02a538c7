"""agreement, with every option."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
MEASURES = {"percent", "kappa", "alpha", "table"}


@pytest.fixture
def thousand(run: Run, empty: Path, tmp_path: Path) -> Path:
    """A text of 1,000 characters: Kari codes 0-100 and Ola 50-200."""
    text = tmp_path / "Tekst.txt"
    text.write_text("a" * 1000, encoding="utf-8")
    codebook = tmp_path / "kodebok.csv"
    codebook.write_text("path\nrutiner\nrutiner/tavlemøte\ntelling\n", encoding="utf-8")
    codings = tmp_path / "kodinger.csv"
    codings.write_text(
        "document,code,start,end,coder\nTekst,rutiner,0,100,Kari\nTekst,rutiner,50,200,Ola\n",
        encoding="utf-8",
    )
    assert run("import", empty, text, "--hyphens", "keep").status == 0
    assert run("codebook", "import", empty, codebook).status == 0
    assert run("codings", "import", empty, codings).status == 0
    return empty


def _agreement(run: Run, project: Path, *words: object) -> Any:  # noqa: ANN401
    result = run("agreement", project, "--coders", "Kari,Ola", *words, json=True)
    assert result.status == 0, result.err
    return result.json


def test_kappa_that_a_peer_gets_wrong(run: Run, thousand: Path) -> None:
    found = _agreement(run, thousand)
    rutiner = found["codes"]["rutiner"]
    assert rutiner.keys() >= MEASURES
    assert found["overall"].keys() >= MEASURES
    assert rutiner["table"] == [[50, 50], [100, 800]]
    assert round(rutiner["kappa"], 4) == 0.3182
    assert rutiner["percent"] == 0.85
    low, high = rutiner["kappa_interval"]
    assert low < rutiner["kappa"] < high
    assert found["overall"]["table"] == rutiner["table"]
    telling = found["codes"]["telling"]
    assert (telling["kappa"], telling["alpha"], telling["percent"]) == (None, None, 1.0)
    assert len(telling["notes"]) == 1
    assert set(found["codes"]) == {"rutiner", "rutiner/tavlemøte", "telling"}
    assert found["documents"]["Tekst"]["n"] == 1000


@pytest.mark.parametrize(
    ("unit", "table"),
    [
        ("character", [[50, 50], [100, 800]]),
        ("segment", [[0, 1], [1, 0]]),
        ("turn", [[1, 0], [0, 0]]),
        ("document", [[1, 0], [0, 0]]),
    ],
)
def test_units(run: Run, thousand: Path, unit: str, table: list[list[int]]) -> None:
    found = _agreement(run, thousand, "--unit", unit)
    assert found["codes"]["rutiner"]["table"] == table
    assert found["unit"] == unit


def test_a_lower_threshold_makes_them_one(run: Run, thousand: Path) -> None:
    found = _agreement(run, thousand, "--unit", "segment", "--threshold", "0.3")
    assert found["codes"]["rutiner"]["table"] == [[1, 0], [0, 0]]
    result = run("agreement", thousand, "--coders", "Kari,Ola", "--threshold", "1.5")
    assert (result.status, result.out) == (1, "")


def test_disagreements_are_listed_when_asked(run: Run, thousand: Path) -> None:
    assert "disagreements" not in _agreement(run, thousand)
    assert _agreement(run, thousand, "--disagreements")["disagreements"] == [
        {"document": "Tekst", "start": 0, "end": 50, "coder": "Kari", "code": "rutiner"},
        {"document": "Tekst", "start": 100, "end": 200, "coder": "Ola", "code": "rutiner"},
    ]


def test_codes_documents_and_folding(run: Run, project: Path) -> None:
    found = _agreement(run, project, "--code", "rutiner", "--document", "Nord")
    assert list(found["codes"]) == ["rutiner", "rutiner/tavlemøte"]
    assert list(found["documents"]) == ["Nord"]
    both = [
        _agreement(run, project, *words)["codes"]["rutiner"]["table"][0]
        for words in ((), ("--unfolded",))
    ]
    assert both == [[0, len("Mandag er det tavlemøte.")], [0, 0]]


def test_nothing_that_both_have_coded(run: Run, project: Path) -> None:
    found = _agreement(run, project, "--document", "Plan")
    assert found["overall"]["percent"] is None
    assert found["overall"]["table"] == [[0, 0], [0, 0]]
    assert len(found["notes"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["--coders", "Kari"],
        ["--coders", "Kari,Kari"],
        ["--coders", "Kari,Ukjent"],
        ["--coders", "Kari,Ola", "--code", "farge"],
        ["--coders", "Kari,Ola", "--document", "Vest"],
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_said(run: Run, project: Path, words: list[str]) -> None:
    result = run("agreement", project, *words, json=True)
    assert (result.status, result.out) == (1, "")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("words", [[], ["--coders", "Kari,Ola", "--unit", "word"]], ids=str)
def test_wrong_usage_of_agreement(run: Run, project: Path, words: list[str]) -> None:
    assert run("agreement", project, *words).status == 2


def test_agreement_for_people(run: Run, thousand: Path) -> None:
    result = run("agreement", thousand, "--coders", "Kari,Ola", "--disagreements")
    lines = [line.split("\t") for line in result.out.splitlines()]
    assert lines[0][2:4] == ["Only Kari", "Only Ola"]
    assert lines[1][:7] == ["rutiner", "50", "50", "100", "800", "85.0 %", "0.318"]
    assert lines[2][0] == "All together"
    assert lines[4] == ["Tekst", "0", "50", "Kari", "rutiner"]
    assert "Codes that neither used are not shown: 2." in result.err
    assert "Every character is a unit." in result.err


# --------------------------------------------------------------------------------- settling
def _disagreements(run: Run, project: Path, *words: object) -> Any:  # noqa: ANN401
    result = run("agreement", "disagreements", project, "--coders", "Kari,Ola", *words, json=True)
    assert result.status == 0, result.err
    return result.json


def _settle(run: Run, project: Path, *words: object) -> Any:  # noqa: ANN401
    result = run("agreement", "settle", project, *words, "--coders", "Kari,Ola", json=True)
    assert result.status == 0, result.err
    return result.json


def test_disagreements_are_listed_with_both_codings(run: Run, thousand: Path) -> None:
    found = _disagreements(run, thousand)
    assert (found["open"], found["settled"], found["changed"]) == (1, 0, 0)
    (one,) = found["disagreements"]
    assert one["code"] == "rutiner"
    assert (one["start"], one["end"], one["state"], one["as"]) == (0, 200, "open", None)
    assert [(each["start"], each["end"]) for each in (*one["a"], *one["b"])] == [
        (0, 100),
        (50, 200),
    ]
    assert one["places"] == [
        {"start": 0, "end": 50, "coder": "Kari"}, {"start": 100, "end": 200, "coder": "Ola"},
    ]  # fmt: skip
    assert _disagreements(run, thousand)["disagreements"][0]["id"] == one["id"]
    # Seen from the other they have the same names, with the sides changed.
    turned = run("agreement", "disagreements", thousand, "--coders", "Ola,Kari", json=True).json
    assert turned["disagreements"][0]["id"] == one["id"]
    assert turned["disagreements"][0]["a"] == one["b"]


def test_settled_ones_are_a_layer_of_their_own(run: Run, thousand: Path) -> None:
    (one,) = _disagreements(run, thousand)["disagreements"]
    done = _settle(run, thousand, one["id"], "--as", "both-span", "--memo", "Hele avsnittet.")
    assert (done["layer"], done["settled"], done["open"]) == ("Enighet", 1, 0)
    (coding,) = run("codings", thousand, "--coder", "Enighet", json=True).json
    assert [coding["guid"]] == done["codings"]
    assert (coding["start"], coding["end"]) == (0, 200)
    links = run("memo", "links", thousand, coding["guid"], json=True).json
    ends = {guid for link in links for guid in (link["from"]["guid"], link["to"]["guid"])}
    assert ends >= {one["a"][0]["guid"], one["b"][0]["guid"], coding["guid"]}
    (again,) = _disagreements(run, thousand)["disagreements"]
    assert (again["state"], again["as"], again["settled"]) == (
        "settled",
        "both-span",
        done["codings"],
    )
    assert again["memo"] == "Hele avsnittet."
    assert _disagreements(run, thousand, "--state", "open")["disagreements"] == []
    matrix = run("matrix", thousand, "--rows", "document", "--where", "coder=Enighet", json=True)
    assert matrix.json["cells"][0][0] == 1
    assert run("undo", thousand).status == 0
    assert _disagreements(run, thousand)["open"] == 1
    assert run("redo", thousand).status == 0
    result = run("agreement", "reopen", thousand, one["id"], "--coders", "Kari,Ola", json=True)
    assert (result.json["removed"], result.json["open"]) == (1, 1)
    assert run("codings", thousand, "--coder", "Enighet", json=True).json == []


def test_what_has_changed_since_is_told(run: Run, thousand: Path) -> None:
    (one,) = _disagreements(run, thousand)["disagreements"]
    _settle(run, thousand, one["id"], "--as", "a")
    run("code", thousand, "--document", "Tekst", "--code", "rutiner", "--start", 150, "--end", 220,
        "--coder", "Kari")  # fmt: skip
    (again,) = _disagreements(run, thousand)["disagreements"]
    assert (again["state"], again["as"]) == ("changed", "a")
    assert again["id"] != one["id"]
    result = run(
        "agreement", "settle", thousand, one["id"], "--as", "b", "--coders", "Kari,Ola", json=True
    )
    assert (result.status, result.out) == (1, "")
    assert "There is no disagreement" in result.err


def test_what_they_agree_on_is_taken_over_once(run: Run, thousand: Path) -> None:
    for coder in ("Kari", "Ola"):
        run("code", thousand, "--document", "Tekst", "--code", "telling", "--start", 300,
            "--end", 310, "--coder", coder)  # fmt: skip
    done = _settle(run, thousand, "--agreed")
    assert len(done["codings"]) == 1
    assert _settle(run, thousand, "--agreed")["codings"] == []
    (coding,) = run("codings", thousand, "--coder", "Enighet", json=True).json
    assert (coding["code"], coding["start"], coding["end"]) == ("telling", 300, 310)


def test_disagreements_for_people(run: Run, thousand: Path) -> None:
    result = run("agreement", "disagreements", thousand, "--coders", "Kari,Ola")
    lines = [line.split("\t") for line in result.out.splitlines()]
    assert lines[1][1:] == ["open", "–", "Tekst", "0", "200", "rutiner", "0–100", "50–200"]
    assert "0 settled, 1 open" in result.err
    done = run("agreement", "settle", thousand, lines[1][0], "--as", "neither", "--layer", "Felles",
               "--coders", "Kari,Ola")  # fmt: skip
    assert done.out == "0 codings of Felles.\n"
    assert "1 settled, 0 open" in done.err


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["settle", "--as", "a"], 2),
        (["settle", "abc"], 2),
        (["settle"], 2),
        (["settle", "abc", "--as", "c"], 2),
        (["reopen"], 2),
        (["settle", "abc", "--as", "a"], 1),
        (["settle", "--agreed", "--layer", "Kari"], 1),
        (["disagreements", "--state", "x"], 2),
    ],
    ids=str,
)
def test_wrong_words_of_settling(run: Run, thousand: Path, words: list[str], status: int) -> None:
    for coder in ("Kari", "Ola"):
        run("code", thousand, "--document", "Tekst", "--code", "telling", "--start", 300,
            "--end", 310, "--coder", coder)  # fmt: skip
    result = run("agreement", words[0], thousand, *words[1:], "--coders", "Kari,Ola", json=True)
    assert (result.status, result.out) == (status, "")
    assert result.err.count("\n") == (1 if status == 1 else result.err.count("\n"))


# ---------------------------------------------------------------------------------- in files
def test_the_measures_are_written_as_a_text(run: Run, thousand: Path, tmp_path: Path) -> None:
    (one,) = _disagreements(run, thousand)["disagreements"]
    _settle(run, thousand, one["id"], "--as", "a", "--memo", "Hele svaret.")
    page, sheet = tmp_path / "a.md", tmp_path / "a.csv"
    result = run("agreement", thousand, "--coders", "Kari,Ola", "-o", page, "-o", sheet)
    assert result.status == 0
    text = page.read_text(encoding="utf-8")
    figures = [line.strip("| ").split(" | ") for line in text.splitlines() if "| rutiner" in line]
    assert [figures[0][at] for at in (0, 1, 2, 4)] == ["rutiner", "1000", "85,0", "0,318"]
    assert figures[1][1:] == ["Kari: coded", "50", "50", "100"]
    assert "Kari: not coded | 100 | 800 | 900" in text
    # A code that neither used is left out; the unit and the rules are said.
    assert "telling" not in text
    assert "Every character is a unit." in text
    assert "| Tekst | rutiner | 0 | 200 | settled | as Kari coded | Hele svaret. |" in text
    table = sheet.read_text(encoding="utf-8-sig").splitlines()
    assert table[0].split(";")[3:5] == ["95 %: low", "95 %: high"]
    assert table[1].split(";")[:6] == ["rutiner", "1000", "85,0", "82,7", "87,1", "0,318"]


def test_a_workbook_holds_figures_that_can_be_counted_on(
    run: Run, thousand: Path, tmp_path: Path
) -> None:
    import openpyxl

    book = tmp_path / "a.xlsx"
    assert run("agreement", thousand, "--coders", "Kari,Ola", "-o", book).status == 0
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == [
        "Agreement by code", "Units by what either coded", "Agreement by document",
        "Disagreements", "How it was counted",
    ]  # fmt: skip
    figures = [cell.value for cell in sheets["Agreement by code"][2]]
    assert figures[:6] == ["rutiner", 1000, 85.0, 82.7, 87.1, 0.318]
    assert sheets["Agreement by code"]["F2"].number_format == "0.000"
    counts = [[cell.value for cell in row] for row in sheets["Units by what either coded"][2:3]]
    assert [row[2:] for row in counts] == [[50, 50, 100], [100, 800, 900]]
    assert sheets["How it was counted"]["A2"].value == "The units are characters."


@pytest.mark.parametrize("ending", ["docx", "html", "tex", "ods"])
def test_every_kind_of_file_of_agreement(
    run: Run, thousand: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"a.{ending}"
    result = run("agreement", thousand, "--coders", "Kari,Ola", "--unit", "segment", "-o", file)
    assert result.status == 0
    assert file.stat().st_size > 500


def test_a_file_of_no_kind_is_refused_before_anything_is_written(
    run: Run, thousand: Path, tmp_path: Path
) -> None:
    words = ["-o", tmp_path / "a.md", "-o", tmp_path / "a.xyz"]
    assert run("agreement", thousand, "--coders", "Kari,Ola", *words).status == 1
    assert list(tmp_path.glob("a.*")) == []


# ------------------------------------------------------------------------------------ filters
def test_filters_say_which_documents_are_compared(run: Run, project: Path) -> None:
    run("code", project, "--document", "Sør", "--code", "telling", "--start", 0, "--end", 5,
        "--coder", "Ola")  # fmt: skip
    assert set(_agreement(run, project)["documents"]) == {"Nord", "Sør"}
    for words, expected in (
        (["case=Sør"], {"Sør"}),
        (["case=Sør", "case=Nord"], {"Nord", "Sør"}),
        (["ansatte=15"], {"Nord"}),
        (["document=Nord"], {"Nord"}),
    ):
        asked = [part for word in words for part in ("--where", word)]
        assert set(_agreement(run, project, *asked)["documents"]) == expected
    found = _disagreements(run, project, "--where", "case=Sør")
    assert {one["document"] for one in found["disagreements"]} == {"Sør"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--where", "code=telling"], "does not say which documents"),
        (["--where", "participant:rolle=leder"], "does not say which documents"),
        (["--where", "case=Vest"], "Vest"),
        (["--where", "farge=rød"], "farge"),
        (["--where", "case=Sør", "--document", "Nord"], "no document over"),
    ],
    ids=str,
)
def test_filters_that_do_not_fit(run: Run, project: Path, words: list[str], said: str) -> None:
    result = run("agreement", project, "--coders", "Kari,Ola", *words, json=True)
    assert (result.status, result.out) == (1, "")
    assert said in result.err


@pytest.mark.parametrize(("by", "names"), [("case", ["Nord"]), ("document", ["Nord"])])
def test_the_printed_rows_may_be_parts(run: Run, project: Path, by: str, names: list[str]) -> None:
    words = ("--coders", "Kari,Ola", "--document", "Nord", "--by", by)
    result = run("agreement", project, *words)
    lines = [line.split("\t") for line in result.out.splitlines()]
    assert lines[0][0] == by.capitalize()
    assert [line[0] for line in lines[1:]] == [*names, "All together"]
    assert "not shown" not in result.err
    found = _agreement(run, project, "--document", "Nord")
    assert found[f"{by}s"]["Nord"]["kappa_interval"] is not None
