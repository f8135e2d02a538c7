"""memo link, unlink, links, edit, show, versions, restore; memos with its filters."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.store import history

Run = Callable[..., Any]


@pytest.fixture
def guids(run: Run, project: Path) -> dict[str, str]:
    """A memo on the project, one on a code, and a coding with a note."""
    whole = run("memo", "add", project, "--project", "--text", "Om alt\nog mer", json=True).json
    rule = run(
        "memo", "add", project, "--code", "telling", "--text", "Mål", "--coder", "Ola", json=True
    ).json
    coding = run("codings", project, "--code", "telling", json=True).json[0]["guid"]
    assert run("memo", "edit", project, coding, "--text", "Notat på sitatet").status == 0
    return {"whole": whole["guid"], "rule": rule["guid"], "coding": coding}


def test_a_memo_is_linked_and_seen_from_both_ends(
    run: Run, project: Path, guids: dict[str, str]
) -> None:
    made = run("memo", "link", project, guids["whole"], "--memo", guids["rule"], json=True).json
    assert made["from"]["kind"] == made["to"]["kind"] == "memo"
    assert made["from"]["name"] == "Om alt"
    assert made["to"]["guid"] == guids["rule"]
    away = run("memo", "links", project, guids["whole"], json=True).json
    here = run("memo", "links", project, guids["rule"], json=True).json
    assert [(one["guid"], one["direction"]) for one in away] == [(made["guid"], "away")]
    assert [(one["guid"], one["direction"]) for one in here] == [(made["guid"], "here")]
    assert run("memo", "unlink", project, made["guid"]).status == 0
    assert run("memo", "links", project, json=True).json == []
    run("undo", project)
    assert [one["guid"] for one in run("memo", "links", project, json=True).json] == [made["guid"]]


@pytest.mark.parametrize(
    ("option", "name", "kind"),
    [
        ("--document", "Nord", "document"),
        ("--case", "Sør", "case"),
        ("--participant", "Veileder 1", "participant"),
        ("--code", "rutiner/tavlemøte", "code"),
        ("--coding", "{coding}", "coding"),
    ],
)
def test_a_link_leads_to_anything(
    run: Run, project: Path, guids: dict[str, str], option: str, name: str, kind: str
) -> None:
    name = name.format(**guids)
    made = run("memo", "link", project, guids["whole"], option, name, json=True).json
    assert made["to"]["kind"] == kind
    assert made["to"]["guid"]
    assert name in (made["to"]["name"], made["to"]["guid"])


def test_a_coding_links_as_its_note_does(run: Run, project: Path, guids: dict[str, str]) -> None:
    made = run("memo", "link", project, guids["coding"], "--memo", guids["whole"], json=True).json
    assert made["from"] == {
        "kind": "coding",
        "guid": guids["coding"],
        "name": "Vi teller planer fordi noen over oss teller planer.",
    }


def test_a_link_leads_to_one_thing(run: Run, project: Path, guids: dict[str, str]) -> None:
    assert run("memo", "link", project, guids["whole"]).status == 2
    both = ("--code", "telling", "--case", "Nord")
    assert run("memo", "link", project, guids["whole"], *both).status == 2
    itself = run("memo", "link", project, guids["whole"], "--memo", guids["whole"])
    assert itself.status == 1
    assert itself.err.count("\n") == 1
    assert run("memo", "link", project, "nothing", "--code", "telling").status == 1
    assert run("memo", "unlink", project, "nothing").status == 1


def test_what_a_memo_said_is_listed_and_gone_back_to(
    run: Run, project: Path, guids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "now", lambda: "2099-01-02T10:00:00.000Z")
    run("memo", "edit", project, guids["whole"], "--text", "Noe annet")
    found = run("memo", "versions", project, guids["whole"], json=True).json
    assert [one["text"] for one in found] == ["Noe annet", "Om alt\nog mer"]
    back = run("memo", "restore", project, guids["whole"], "--version", found[1]["guid"], json=True)
    assert back.json["text"] == "Om alt\nog mer"
    shown = run("memo", "show", project, guids["whole"], json=True).json
    assert [one["text"] for one in shown["versions"]] == [
        "Om alt\nog mer", "Noe annet", "Om alt\nog mer",
    ]  # fmt: skip
    assert run("memo", "restore", project, guids["rule"], "--version", "x").status == 1


def test_a_memo_is_shown_with_its_links(run: Run, project: Path, guids: dict[str, str]) -> None:
    run("memo", "link", project, guids["whole"], "--code", "telling")
    told = run("memo", "show", project, guids["whole"]).out
    assert told.startswith("Om alt\nog mer\n\n")
    assert "memo: Om alt\tcode: telling\t" in told


def test_memos_count_notes_and_are_narrowed(run: Run, project: Path, guids: dict[str, str]) -> None:
    every = run("memos", project, json=True).json
    assert {one["guid"] for one in every} == set(guids.values())
    assert [one["text"] for one in every if one["note"]] == ["Notat på sitatet"]
    assert [one["text"] for one in run("memos", project, "--on", "code", json=True).json] == ["Mål"]
    assert [one["text"] for one in run("memos", project, "--by", "Ola", json=True).json] == ["Mål"]
    found = run("memos", project, "--find", "NOTAT", json=True).json
    assert [one["guid"] for one in found] == [guids["coding"]]
    assert run("memos", project, "--on", "kake").status == 2
