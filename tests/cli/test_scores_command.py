"""Score sheets on the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

SHEET = """kontor;saksnr;skårer;mål;plan
Nord;1;Kari;0;2
Nord;2;Kari;1;1
Nord;2;Ola;1;2
Sør;1;Kari;2;9
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "saker.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_sheet_is_imported_summed_up_and_compared(
    run: Run, project: Path, sheet: Path, tmp_path: Path
) -> None:
    preview = run("scores", "import", project, sheet, "--preview", json=True).json
    assert (preview["scores"], preview["indicators"]) == (7, ["mål", "plan"])
    assert [one["why"] for one in preview["left_out"]] == ["9 is not on the scale from 0 to 2."]
    assert run("scores", "list", project, json=True).json == []
    done = run("scores", "import", project, sheet, "--name", "Saker", json=True)
    assert (done.status, done.json["scores"]) == (0, 7)
    assert run("scores", "list", project, json=True).json[0]["files"] == 3
    found = run("scores", "summary", project, json=True).json
    cell = found["cases"]["Nord"]["mål"]
    assert (cell["n"], cell["counts"], cell["mean"]) == (2, [1, 1, 0], 0.5)
    rows = run("scores", "list", project, "--sheet", "saker", "--case", "Nord", "--indicator",
               "mål", "--value", "1", json=True).json  # fmt: skip
    assert {one["guid"] for one in rows} == set(cell["evidence"][1])
    file = tmp_path / "s.docx"
    said = run("scores", "summary", project, "-o", file)
    assert ("scored by several raters" in said.err, file.exists()) == (True, True)
    both = run("scores", "agreement", project, json=True).json
    assert (both["raters"], both["indicators"]["mål"]["percent"]) == (["Kari", "Ola"], 1.0)
    assert both["overall"]["n"] == 2
    assert run("correlate", project, "score:mål", "ansatte", json=True).json["n"] == 2
    assert run("scores", "remove", project, "saker", json=True).json == {"removed": "Saker"}
    run("undo", project)
    assert len(run("scores", "list", project, json=True).json) == 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["scores", "import", "P", "S", "--scale", "x"], 2),
        (["scores", "import", "P", "S", "--scale", "2-2"], 1),
        (["scores", "import", "P", "borte.csv"], 1),
        (["scores", "summary", "P"], 1),
        (["scores", "agreement", "P", "--raters", "A,B"], 1),
        (["scores", "remove", "P", "x"], 1),
        (["correlate", "P", "score:x", "ansatte"], 1),
    ],
)
def test_what_cannot_be_is_said(
    run: Run, project: Path, sheet: Path, words: list[str], status: int
) -> None:
    done = run(*({"P": project, "S": sheet}.get(word, word) for word in words))
    assert done.status == status, done.err
    assert "Traceback" not in done.err
