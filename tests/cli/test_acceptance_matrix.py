"""The matrix command against a count made by hand from the very files that were imported."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

WORDS = ("vi", "NAV-kontor", "12,5", "tavle", "😀", "å", "e\u0301tat", "𝒳yz", "—", "mer\u00a0rom")
CASES: tuple[str, ...] = ("Nord", "Sør", "Ø/st", "Tomt")
CODES: tuple[str, ...] = ("rutiner", "rutiner/tavle", "rutiner/tavle/stå", "mål\\/middel", "tom")
ASKING = "Intervjuer"


@dataclass(frozen=True, slots=True)
class Segment:
    """A coding as it was written in the sheet, with what it must resolve to."""

    document: str
    code: str
    start: int
    end: int
    speakers: frozenset[str]
    cases: frozenset[str]


@dataclass(frozen=True, slots=True)
class World:
    """What was imported: texts, turns (label start, start, end, name) and segments."""

    project: Path
    texts: dict[str, str]
    turns: dict[str, list[tuple[int, int, int, str]]]
    links: dict[str, frozenset[str]]
    segments: tuple[Segment, ...]


def transcript(chance: random.Random, number: int) -> tuple[str, list[tuple[int, int, int, str]]]:
    names = (ASKING, f"Leder {number}", ASKING, f"Veileder {number}")
    text, turns = "", []
    for at in range(12):
        name = names[at % 4]
        said = " ".join(chance.choices(WORDS, k=chance.randint(4, 20)))
        begins = len(text) + len(name) + 2
        turns.append((len(text), begins, begins + len(said), name))
        text += f"{name}: {said}\n"
    return text, turns


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    from qda.cli.main import main

    chance = random.Random(20)
    folder = tmp_path_factory.mktemp("world")
    project = folder / "p.qdaproj"
    material = {f"dok{number}": transcript(chance, number) for number in range(8)}
    links = {name: frozenset(chance.sample(CASES[:3], at % 3)) for at, name in enumerate(material)}
    for at, (name, (text, _turns)) in enumerate(material.items()):
        ends = text.replace("\n", "\r\n")
        (folder / f"{name}.txt").write_bytes(ends.encode("utf-16" if at % 2 else "utf-8-sig"))
    segments = {make_segment(chance, material, links) for _ in range(300)}
    ordered = tuple(sorted(segments, key=lambda one: (one.document, one.start, one.end, one.code)))
    write(folder / "cases.csv", "kontor", CASES)
    write(folder / "codes.csv", "path", CODES)
    sheet = (f"{one.document},{one.code},{one.start},{one.end}" for one in ordered)
    write(folder / "codings.csv", "document,code,start,end", sheet)
    for words in (
        ["new", project, "--coder", "Kari"],
        ["import", project, *(folder / f"{name}.txt" for name in material)],
        ["cases", "import", project, folder / "cases.csv"],
        ["codebook", "import", project, folder / "codes.csv"],
        *(
            ["link", project, "--case", case, "--document", name]
            for name, cases in links.items()
            for case in sorted(cases)
        ),
        ["codings", "import", project, folder / "codings.csv"],
    ):
        assert main([str(word) for word in words]) == 0, words
    texts = {name: text for name, (text, _turns) in material.items()}
    turns = {name: turns for name, (_text, turns) in material.items()}
    return World(project, texts, turns, links, ordered)


def make_segment(
    chance: random.Random,
    material: dict[str, tuple[str, list[tuple[int, int, int, str]]]],
    links: dict[str, frozenset[str]],
) -> Segment:
    name = chance.choice(sorted(material))
    text, turns = material[name]
    words = [match.span() for match in re.finditer(r"\S+", text)]
    first = chance.randrange(len(words))
    last = min(first + chance.choice((0, 3, 9, 40)), len(words) - 1)
    start, end = words[first][0], words[last][1]
    touched = {who for label, _begins, ends, who in turns if start < ends and end > label}
    speakers = frozenset(touched - {ASKING} or touched)
    return Segment(name, chance.choice(CODES[:4]), start, end, speakers, links[name])


def write(path: Path, header: str, rows: Any) -> None:  # noqa: ANN401 - any lines
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")


def count_words(text: str) -> int:
    return sum(any(letter.isalnum() for letter in run) for run in text.split())


def united(world: World, segments: list[Segment]) -> int:
    """Count the words of what the segments cover together; they begin and end with words."""
    count = 0
    for name, text in world.texts.items():
        marks = [" "] * len(text)
        for one in segments:
            if one.document == name:
                marks[one.start : one.end] = text[one.start : one.end]
        count += count_words("".join(marks))
    return count


def said_in(world: World, case: str | None) -> int:
    return sum(
        count_words(world.texts[name][start:end])
        for name, turns in world.turns.items()
        for _label, start, end, who in turns
        if who != ASKING and (case in world.links[name] or (case is None and not world.links[name]))
    )


def expected(world: World, kind: str, segments: list[Segment], case: str | None) -> float:
    if kind == "share":
        whole = said_in(world, case)
        return min(united(world, segments) / whole, 1.0) if whole else 0.0
    people = {who for one in segments for who in one.speakers} - {ASKING}
    return {
        "segments": len(segments),
        "documents": len({one.document for one in segments}),
        "participants": len(people),
        "cases": int(bool(segments) and case is not None),
        "presence": int(bool(segments)),
        "words": united(world, segments),
    }[kind]


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize(
    "kind", ["segments", "documents", "participants", "cases", "words", "share", "presence"]
)
def test_every_cell_is_what_the_files_say(run: Run, world: World, kind: str, folded: bool) -> None:
    words = () if folded else ("--unfolded",)
    answer = run("matrix", world.project, "--cells", kind, *words, json=True).json
    columns = [code for code in CODES if not folded or "/" not in code.replace("\\/", "")]
    assert answer["columns"] == columns
    assert answer["rows"][:-1] == sorted(CASES, key=CASES.index)
    guids = segments_by_guid(run, world)
    for (at, case), (place, code) in product(
        enumerate((*CASES, None)), enumerate(answer["columns"])
    ):
        inside = [
            one
            for one in world.segments
            if (case in one.cases or (case is None and not one.cases))
            and (one.code == code or (folded and one.code.startswith(code + "/")))
        ]
        evidence = answer["evidence"][at][place]
        assert {guids[guid] for guid in evidence} == set(inside)
        assert len(evidence) == len(inside)
        assert answer["cells"][at][place] == pytest.approx(expected(world, kind, inside, case))


def segments_by_guid(run: Run, world: World) -> dict[str, Segment]:
    """Return the segments by the GUID of the listed coding, each being what was written."""
    written = {(one.document, one.code, one.start, one.end): one for one in world.segments}
    listed = run("codings", world.project, json=True).json
    assert len(listed) == len(written)
    found = {}
    for row in listed:
        one = written[row["document"], row["code"], row["start"], row["end"]]
        assert row["quote"] == world.texts[one.document][one.start : one.end]
        assert (set(row["participants"]), set(row["cases"])) == (one.speakers, one.cases)
        found[row["guid"]] = one
    return found


def test_the_n_of_rows_and_columns_leave_the_interviewer_out(run: Run, world: World) -> None:
    answer = run("matrix", world.project, json=True).json
    for case, n in zip((*CASES, None), answer["n"]["rows"], strict=True):
        inside = [
            one for one in world.segments if case in one.cases or (case is None and not one.cases)
        ]
        for kind in ("documents", "participants", "cases"):
            assert n[kind] == expected(world, kind, inside, case)


def test_texts_are_printed_as_they_were_written(run: Run, world: World) -> None:
    for name, text in world.texts.items():
        assert run("text", world.project, name).out == text
        turns = run("turns", world.project, name, json=True).json
        assert [
            (one["start"], one["end"], one["participant"], one["interviewer"]) for one in turns
        ] == [(start, end, who, who == ASKING) for _label, start, end, who in world.turns[name]]
