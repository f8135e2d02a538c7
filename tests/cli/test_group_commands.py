"""Memberships and successions on the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_memberships_are_set_listed_and_cleared(run: Run, project: Path, tmp_path: Path) -> None:
    for group, since, until in (("Viken", "2020", "2023-12"), ("Akershus", "2024-01", "")):
        done = run("memberships", "set", project, "Nord", group, "--kind", "fylke",
                   "--from", since, "--to", until, json=True)  # fmt: skip
        assert done.status == 0, done.err
    listed = run("memberships", "list", project, json=True).json
    assert [(one["group"], one["from"], one["to"]) for one in listed] == [
        ("Viken", "2020-01-01", "2023-12-31"), ("Akershus", "2024-01-01", ""),
    ]  # fmt: skip
    assert "2020-01 to 2023-12" in run("memberships", "list", project).out
    refused = run("memberships", "set", project, "Nord", "Oslo", "--kind", "fylke", "--from",
                  "2021")  # fmt: skip
    assert (refused.status, "already belongs" in refused.err) == (1, True)
    file = tmp_path / "ut.xlsx"
    assert run("memberships", "list", project, "-o", file).status == 0
    cleared = run("memberships", "clear", project, "Nord", "--kind", "Fylke", "--from", "2024",
                  json=True)  # fmt: skip
    assert cleared.json == {"cleared": 1}
    assert run("memberships", "clear", project, "Nord", "--kind", "fylke").status == 0
    assert run("memberships", "clear", project, "Nord", "--kind", "fylke").status == 1
    preview = run("memberships", "import", project, file, "--preview", json=True)
    assert preview.json == {"memberships": 2, "left_out": [], "notes": []}
    assert run("memberships", "list", project, json=True).json == []
    steps = len(run("history", project, json=True).json)
    assert run("memberships", "import", project, file, json=True).json["memberships"] == 2
    assert len(run("history", project, json=True).json) == steps + 1
    run("undo", project)
    assert run("memberships", "list", project, json=True).json == []


def test_a_sheet_with_unknown_offices_and_rows_that_cannot_be(
    run: Run, project: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "fylker.csv"
    sheet.write_text(
        "kontor;fylke;fra;til\nNord;Viken;2020;2019\nNord;Viken;2020;\nUkjent;Oslo;;\n"
    )
    refused = run("memberships", "import", project, sheet)
    assert (refused.status, "Ukjent" in refused.err) == (1, True)
    preview = run("memberships", "import", project, sheet, "--preview", json=True).json
    assert preview["memberships"] == 1
    assert [one["why"] for one in preview["left_out"]] == [
        "2019 is before 2020; write the beginning first.", "The office is not in the project.",
    ]  # fmt: skip
    done = run("memberships", "import", project, sheet, "--unknown", "add", json=True).json
    assert done["memberships"] == 2
    (report,) = (
        one for one in run("reports", project, json=True).json
        if one["kind"] == "memberships"
    )  # fmt: skip
    assert report["kept"] == 2


def test_successions_are_added_listed_and_removed(run: Run, project: Path, tmp_path: Path) -> None:
    done = run("successions", "add", project, "--old", "Nord", "--new", "Sør", "--date", "2021-06",
               "--kind", "merger", json=True)  # fmt: skip
    assert done.status == 0, done.err
    (one,) = run("successions", "list", project, json=True).json
    assert (one["old"], one["new"], one["date"], one["kind"]) == (
        "Nord", "Sør", "2021-06-01", "merger",
    )  # fmt: skip
    assert "merger" in run("successions", "list", project).out
    file = tmp_path / "ut.csv"
    run("successions", "list", project, "-o", file)
    assert run("successions", "remove", project, "nei").status == 1
    assert run("successions", "remove", project, one["guid"], json=True).json == {"removed": 1}
    assert run("successions", "import", project, file, "--preview", json=True).json[
        "successions"
    ] == 1  # fmt: skip
    assert run("successions", "list", project, json=True).json == []
    assert run("successions", "import", project, file).status == 0
    assert len(run("successions", "list", project, json=True).json) == 1


def test_a_matrix_by_county_and_by_what_became_of_offices(
    run: Run, project: Path, tmp_path: Path
) -> None:
    for office, group, since, until in (
        ("Nord", "Viken", "2020", "2023"), ("Nord", "Akershus", "2024", ""),
        ("Sør", "Viken", "2020", ""),
    ):  # fmt: skip
        run("memberships", "set", project, office, group, "--kind", "fylke", "--from", since,
            "--to", until)  # fmt: skip

    def counts(*words: object) -> dict[str, int]:
        done = run("matrix", project, *words, json=True)
        assert done.status == 0, done.err
        numbers = (one["segments"] for one in done.json["n"]["rows"])
        return dict(zip(done.json["rows"], numbers, strict=True))

    # No interview has a day: only Sør, which was never anywhere else, is known to be in Viken.
    undated = run("matrix", project, "--rows", "fylke")
    assert "neither informants nor documents have a date of interview" in undated.err
    assert counts("--rows", "fylke") == {"Akershus": 0, "Viken": 2, "No value": 6}
    assert counts("--rows", "fylke", "--as-of", "2021-06") == {
        "Akershus": 0, "Viken": 6, "No value": 1,
    }  # fmt: skip
    assert counts("--rows", "fylke", "--as-of", "today")["Akershus"] == 5
    assert counts("--where", "fylke=Akershus", "--as-of", "2024") == {"Nord": 5, "Sør": 0}
    run("successions", "add", project, "--old", "Nord", "--new", "Sør", "--date", "2024",
        "--kind", "merger")  # fmt: skip
    assert counts("--successors", "2024") == {"Sør": 6, "No case": 1}
    assert counts("--successors", "2023")["Nord"] == 5
    said = run("matrix", project, "--successors", "2024", "--sort-by", "ansatte")
    assert "Nord → Sør" in said.err
    assert "not added up" in said.err
    for words, part in (
        (["--as-of", "2024"], "Nothing here shows groups"),
        (["--rows", "fylke", "--as-of", "snart"], "is no day"),
        (["--successors", "x"], "is no day"),
        (["--where", "case=Nord", "--successors", "2024"], "counts as Sør here"),
        (["--cells", "grade", "--successors", "2024"], "stays with it"),
    ):
        done = run("matrix", project, *words)
        assert (done.status, part in done.err) == (1, True), done.err
    file = tmp_path / "m.csv"
    assert run("matrix", project, "--rows", "fylke", "--as-of", "2024", "-o", file).status == 0


def test_groups_of_a_day_in_contrasts_sequences_and_what_stands_together(
    run: Run, project: Path
) -> None:
    for office, group, since, until in (
        ("Nord", "Viken", "2020", "2023"), ("Nord", "Akershus", "2024", ""),
        ("Sør", "Viken", "2020", ""),
    ):  # fmt: skip
        run("memberships", "set", project, office, group, "--kind", "fylke", "--from", since,
            "--to", until)  # fmt: skip

    def sides(*words: object) -> tuple[int, int]:
        found = run("contrast", project, "fylke", "Akershus", "Viken", *words, json=True)
        assert found.status == 0, found.err
        return found.json["all"]["left"]["segments"], found.json["all"]["right"]["segments"]

    assert sides("--as-of", "2024") == (5, 2)
    nobody = run("contrast", project, "fylke", "Akershus", "Viken", "--as-of", "2021-06")
    assert (nobody.status, "Nothing belongs to Akershus here" in nobody.err) == (1, True)

    for command in ("sequences", "cooccurrence"):
        only = ("--where", "fylke=Akershus", "--unfolded")
        of_day = [
            run(command, project, *only, "--as-of", when, json=True) for when in ("2024", "2021")
        ]
        plain = run(command, project, "--where", "case=Nord", "--unfolded", json=True)
        assert of_day[0].status == 0, of_day[0].err
        assert of_day[0].json["cells"] == plain.json["cells"]
        assert not any(map(any, of_day[1].json["cells"]))
        refused = run(command, project, "--as-of", "2024")
        assert (refused.status, "asks for groups of 2024" in refused.err) == (1, True)
        assert run(command, project, *only, "--as-of", "snart").status == 1
    refused = run("contrast", project, "rolle", "leder", "veileder", "--as-of", "2024")
    assert (refused.status, "asks for groups of 2024" in refused.err) == (1, True)
    run("successions", "add", project, "--old", "Nord", "--new", "Sør", "--date", "2024",
        "--kind", "merger")  # fmt: skip
    merged = run("contrast", project, "case", "Nord", "Sør", "--successors", "2024")
    assert (merged.status, "counts as Sør here" in merged.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["memberships", "set", "P", "Nord", "Viken"], 2),
        (["memberships", "set", "P", "Borte", "Viken", "--kind", "fylke"], 1),
        (["memberships", "set", "P", "Nord", "Viken", "--kind", "code"], 1),
        (["memberships", "set", "P", "Nord", "Viken", "--kind", "fylke", "--from", "x"], 1),
        (["memberships", "import", "P", "borte.csv"], 1),
        (["successions", "add", "P", "--old", "Nord", "--date", "2020"], 2),
        (["successions", "add", "P", "--old", "Nord", "--new", "Nord", "--date", "2020"], 1),
        (["successions", "add", "P", "--old", "Nord", "--new", "Sør", "--date", "x"], 1),
        (["successions", "add", "P", "--old", "Nord", "--new", "Sør", "--date", "2020",
          "--kind", "x"], 2),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(run: Run, project: Path, words: list[str], status: int) -> None:
    done = run(*(project if word == "P" else word for word in words))
    assert done.status == status, done.err
    assert done.err.count("\n") == status
    assert "Traceback" not in done.err
