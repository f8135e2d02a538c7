"""The commands words, words compare and words with, counted again by hand."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_words_are_counted_by_dictionary_form(run: Run, project: Path) -> None:
    rows = {row["lemma"]: row for row in run("words", project, json=True).json}
    assert rows["telle"]["count"] == 3
    assert rows["telle"]["forms"] == ["teller"]
    assert rows["telle"]["documents"] == 1
    assert rows["plan"]["count"] == 2
    assert rows["tavlemøte"]["count"] == 2
    assert rows["tavlemøte"]["documents"] == 2
    assert "jeg" not in rows
    assert "intervjuer" not in rows
    counts = [row["count"] for row in rows.values()]
    assert counts == sorted(counts, reverse=True)


def test_every_count_leads_to_its_lines(run: Run, project: Path) -> None:
    for row in run("words", project, "--top", 12, json=True).json:
        forms = " OR ".join(f'"{form}"' for form in row["forms"])
        assert len(run("search", project, forms, json=True).json) == row["count"]


def test_stop_words_come_when_asked_and_limits_hold(run: Run, project: Path) -> None:
    everything = {
        row["lemma"]: row["count"] for row in run("words", project, "--all", json=True).json
    }
    assert everything["jeg"] == 4
    leaders = run("words", project, "--where", "rolle=leder", json=True).json
    assert {row["lemma"]: row["count"] for row in leaders}["telle"] == 2
    asked = run("words", project, "--turns", "interviewer", json=True).json
    assert "måltall" in {row["lemma"] for row in asked}
    assert len(run("words", project, "--top", 3, json=True).json) == 3


def test_two_groups_are_compared(run: Run, project: Path) -> None:
    more = ("--group", "rolle=veileder", "--against", "rolle=leder", "--all")
    rows = {row["lemma"]: row for row in run("words", "compare", project, *more, json=True).json}
    assert (rows["jeg"]["count"], rows["jeg"]["against"]) == (4, 0)
    assert rows["jeg"]["log_ratio"] > 0
    assert rows["telle"]["log_ratio"] < 0
    strength = [row["g2"] for row in rows.values()]
    assert strength == sorted(strength, reverse=True)
    others = run("words", "compare", project, "--group", "rolle=veileder", json=True).json
    assert others


def test_companions_stand_near(run: Run, project: Path) -> None:
    rows = run("words", "with", project, "telle", "--span", 2, json=True).json
    found = {row["lemma"]: row for row in rows}
    assert found["plan"]["together"] == 2
    assert found["plan"]["log_dice"] == pytest.approx(13.6781, abs=1e-3)
    assert "telle" not in found


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["words", "P", "--top", "0"], "From 1 to 100000 words can be listed."),
        (["words", "P", "--where", "rolle=konge"], "konge"),
        (["words", "with", "P", "(a"], "A parenthesis is not closed."),
        (["words", "with", "P", "a", "--span", "99"], "Words stand near within 1 to 50 words."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, project: Path, words: list[str], sentence: str
) -> None:
    done = run(*(project if word == "P" else word for word in words))
    assert done.status == 1
    assert sentence in done.err
    assert done.out == ""


def test_a_project_without_words(run: Run, empty: Path) -> None:
    assert run("words", empty, json=True).json == []
    assert run("words", "with", empty, "a", json=True).json == []
    assert run("words", empty).status == 0
