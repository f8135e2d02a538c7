"""codebook diff, merge, versions, changes and restore."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.app.translation import load_catalogue

Run = Callable[..., Any]
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]
START = """
[[codes]]
name = "rutiner"
guid = "11111111-1111-1111-1111-111111111111"
definition = "Faste måter"

[[codes.codes]]
name = "tavlemøte"
guid = "22222222-2222-2222-2222-222222222222"

[[codes]]
name = "telling"
guid = "33333333-3333-3333-3333-333333333333"
definition = "Det som telles"
"""


@pytest.fixture
def shared(run: Run, empty: Path, tmp_path: Path) -> Path:
    """A file that the project and a colleague both start from."""
    path = tmp_path / "delt.toml"
    path.write_text(START, encoding="utf-8")
    assert run("codebook", "import", empty, path).status == 0
    return path


def write(path: Path, *replaced: tuple[str, str]) -> Path:
    text = START
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def ours(run: Run, project: Path, tmp_path: Path, *replaced: tuple[str, str]) -> None:
    """Change the project as its owner would."""
    assert run("codebook", "import", project, write(tmp_path / "vår.toml", *replaced)).status == 0


def definitions(run: Run, project: Path) -> dict[str, str]:
    rows = run("codebook", "show", project, json=True).json
    return {row["code"]: row["definition"] for row in rows}


def test_diff_tells_every_kind(run: Run, empty: Path, shared: Path, dump: Dump) -> None:
    before = dump(empty)
    write(
        shared,
        ("Faste måter", "Vaner"),
        ('name = "telling"', 'name = "teljing"'),
        ('\n[[codes.codes]]\nname = "tavlemøte"', '\n[[codes]]\nname = "tavlemøte"'),
    )
    with shared.open("a", encoding="utf-8") as file:
        file.write('\n[[codes]]\nname = "tillit"\n')
    assert run("codebook", "diff", empty, shared, json=True).json == {
        "added": ["tillit"],
        "changed": [
            {"code": "rutiner", "field": "definition", "ours": "Faste måter", "theirs": "Vaner"},
            {"code": "telling", "field": "name", "ours": "telling", "theirs": "teljing"},
        ],
        "moved": [{"code": "rutiner/tavlemøte", "to": "tavlemøte"}],
        "removed": [],
        "conflicts": [],
    }
    said = run("codebook", "diff", empty, shared).out
    assert "tillit" in said
    assert "Vaner" in said
    assert dump(empty) == before


def test_what_only_they_changed_is_taken_in_one_step(
    run: Run, empty: Path, shared: Path, dump: Dump
) -> None:
    before, steps = dump(empty), len(run("history", empty, json=True).json)
    write(shared, ("Faste måter", "Vaner"))
    with shared.open("a", encoding="utf-8") as file:
        file.write('\n[[codes]]\nname = "tillit"\n')
    done = run("codebook", "merge", empty, shared, json=True)
    assert done.status == 0
    assert done.json["added"] == ["tillit"]
    assert [one["field"] for one in done.json["changed"]] == ["definition"]
    assert (done.json["removed"], done.json["conflicts"]) == ([], [])
    assert definitions(run, empty)["rutiner"] == "Vaner"
    assert len(run("history", empty, json=True).json) == steps + 1
    assert run("undo", empty).status == 0
    assert dump(empty) == before


def test_what_only_we_changed_stays(run: Run, empty: Path, shared: Path, tmp_path: Path) -> None:
    ours(run, empty, tmp_path, ("Faste måter", "Vår"))
    write(shared, ("Det som telles", "Tallet"))
    assert run("codebook", "merge", empty, shared).status == 0
    said = definitions(run, empty)
    assert (said["rutiner"], said["telling"]) == ("Vår", "Tallet")


def test_a_conflict_is_refused_until_a_side_is_taken(
    run: Run, empty: Path, shared: Path, tmp_path: Path, dump: Dump
) -> None:
    ours(run, empty, tmp_path, ("Faste måter", "Vår"))
    write(shared, ("Faste måter", "Deres"), ("Det som telles", "Tallet"))
    conflict = {
        "code": "rutiner",
        "field": "definition",
        "base": "Faste måter",
        "ours": "Vår",
        "theirs": "Deres",
    }
    assert run("codebook", "diff", empty, shared, json=True).json["conflicts"] == [conflict]
    before = dump(empty)
    refused = run("codebook", "merge", empty, shared, json=True)
    assert (refused.status, refused.out) == (1, "")
    assert "rutiner (definition)" in refused.err
    assert "--take" in refused.err
    assert refused.err.count("\n") == 1
    assert dump(empty) == before
    copy = Path(shutil.copy(empty, tmp_path / "kopi.qdaproj"))
    done = run("codebook", "merge", empty, shared, "--take", "theirs", json=True).json
    assert done["conflicts"] == [{**conflict, "taken": "theirs"}]
    assert definitions(run, empty)["rutiner"] == "Deres"
    assert run("codebook", "merge", copy, shared, "--take", "ours").status == 0
    said = definitions(run, copy)
    assert (said["rutiner"], said["telling"]) == ("Vår", "Tallet")
    assert run("codebook", "merge", copy, shared, "--take", "both").status == 2


def test_a_base_can_be_named(run: Run, project: Path, tmp_path: Path) -> None:
    # The project never saw the file, so all that differs would be a conflict.
    base = write(tmp_path / "før.toml", ("Faste måter", "Faste måter å arbeide på"))
    theirs = write(tmp_path / "deres.toml", ("Faste måter", "Vaner"))
    for path in (base, theirs):
        path.write_text(
            "\n".join(line for line in path.read_text("utf-8").split("\n") if "guid" not in line),
            encoding="utf-8",
        )
    words = ("codebook", "merge", project, theirs, "--base", base, "--coder", "Ola")
    assert run(*words).status == 0
    assert definitions(run, project)["rutiner"] == "Vaner"
    assert run("codebook", "merge", project, theirs, "--base", tmp_path / "nei.toml").status == 1


def test_codes_in_use_are_never_removed(run: Run, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut.csv"
    run("codebook", "export", project, out)
    lines = out.read_text("utf-8").splitlines()
    out.write_text("\n".join(line for line in lines if "telling" not in line), encoding="utf-8")
    difference = run("codebook", "diff", project, out, json=True).json
    assert (difference["removed"], difference["conflicts"]) == (["telling"], [])
    done = run("codebook", "merge", project, out, "--take", "theirs", json=True).json
    assert (done["removed"], done["kept"]) == ([], ["telling"])
    assert len(run("codings", project, json=True).json) == 7


def test_an_export_is_what_both_know_and_no_step(
    run: Run, empty: Path, shared: Path, tmp_path: Path
) -> None:
    ours(run, empty, tmp_path, ("Faste måter", "Vår"))
    steps = run("history", empty, json=True).json
    out = tmp_path / "til ola.toml"
    assert run("codebook", "export", empty, out).status == 0
    assert run("history", empty, json=True).json == steps
    out.write_text(out.read_text("utf-8").replace("Vår", "Deres"), encoding="utf-8")
    assert run("codebook", "merge", empty, out).status == 0
    assert definitions(run, empty)["rutiner"] == "Deres"
    kept = run("codebook", "versions", empty, json=True).json
    assert [(one["origin"], one["version"]) for one in kept] == [
        ("received", "til ola.toml"),
        ("exported", "til ola.toml"),
        ("received", "vår.toml"),
        ("received", shared.name),
    ]


def test_a_project_open_elsewhere_can_still_be_exported(
    run: Run, empty: Path, shared: Path, tmp_path: Path, dump: Dump
) -> None:
    from qda.app.session import Session

    session = Session.open(empty)
    before = dump(empty)
    try:
        assert run("codebook", "export", empty, tmp_path / "ut.toml").status == 0
        assert dump(empty) == before
        assert run("codebook", "merge", empty, shared).status == 1
    finally:
        session.close()


@pytest.mark.usefixtures("shared")
def test_versions_are_named_compared_and_gone_back_to(
    run: Run, empty: Path, tmp_path: Path
) -> None:
    saved = run("codebook", "versions", empty, "--save", "første", json=True).json
    assert (saved[0]["version"], saved[0]["origin"], saved[0]["codes"]) == ("første", "saved", 3)
    assert run("codebook", "versions", empty, "--save", "første").status == 1
    ours(run, empty, tmp_path, ("Faste måter", "Vår"))
    run("codebook", "versions", empty, "--save", "andre")
    changes = run("codebook", "changes", empty, "første", json=True).json["changed"]
    assert changes == [
        {"code": "rutiner", "field": "definition", "ours": "Faste måter", "theirs": "Vår"}
    ]
    assert (
        run("codebook", "changes", empty, "første", "andre", json=True).json["changed"] == changes
    )
    assert "Vår" in run("codebook", "changes", empty, "første").out
    done = run("codebook", "restore", empty, "første", json=True).json
    assert [one["theirs"] for one in done["changed"]] == ["Faste måter"]
    assert definitions(run, empty)["rutiner"] == "Faste måter"
    run("undo", empty)
    assert definitions(run, empty)["rutiner"] == "Vår"
    assert run("codebook", "restore", empty, saved[0]["guid"]).status == 0
    assert run("codebook", "restore", empty, "tredje").status == 1
    assert "første" in run("codebook", "versions", empty).out


@pytest.mark.usefixtures("shared")
def test_the_table_of_versions_reads_as_bokmaal(run: Run, empty: Path) -> None:
    saved = run("codebook", "versions", empty, "--save", "første", json=True).json[0]
    heading, *rows = run("codebook", "versions", empty, language="nb").out.splitlines()
    assert len(set(heading.split("\t"))) == 5
    assert load_catalogue("nb").format_moment(saved["when"]) in rows[0]
    assert saved["when"][:10] not in rows[0]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[[code", b"codes = 3"])
@pytest.mark.parametrize("verb", ["diff", "merge"])
def test_broken_files_change_nothing(
    run: Run, project: Path, dump: Dump, tmp_path: Path, content: bytes, verb: str
) -> None:
    before = dump(project)
    path = tmp_path / "feil.toml"
    path.write_bytes(content)
    result = run("codebook", verb, project, path)
    assert result.status == 1
    assert "Traceback" not in result.err
    assert run("codebook", verb, project, tmp_path / "nei.toml").status == 1
    assert run("codebook", verb, tmp_path / "nei.qdaproj", path).status == 1
    assert dump(project) == before


def test_the_same_file_changes_nothing(run: Run, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "ut.toml"
    run("codebook", "export", project, out)
    assert run("codebook", "diff", project, out, json=True).json == {
        "added": [], "changed": [], "moved": [], "removed": [], "conflicts": [],
    }  # fmt: skip
    assert run("codebook", "diff", project, out).out == "The file says what the project says.\n"
    steps = run("history", project, json=True).json
    merged = run("codebook", "merge", project, out)
    assert (merged.status, merged.out) == (0, "The codebook stays as it is.\n")
    assert run("history", project, json=True).json == steps
