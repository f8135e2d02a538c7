"""Which question of a guide a turn asks: the rules one by one, and how good they are together.

`guide_turns.csv` says of every turn of an interviewer in the example study which question of its
guide it asks (several numbers: any of these; `?`: nobody could say; not listed: none). It was
written before the rules were tried. Weights were then set on every second interview.
"""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qda.formats.guides import read_guide
from qda.formats.readers.reading import read_file
from qda.jobs.progress import Cancelled, Progress
from qda.language.guide_matching import (
    THRESHOLD,
    AskedQuestion,
    Match,
    SaidTurn,
    match_interviews,
)
from qda.model.entities import Language
from qda.operations.guides import asked_questions
from tests.language.conftest import rows

STUDY = Path(__file__).parents[2] / "projects" / "eksempelstudie"
QUESTIONS = (
    AskedQuestion(
        "Hvilke faste møter har dere?", "1.", "Rutiner", ("tavlemøte, porteføljegjennomgang",)
    ),
    AskedQuestion("Hvordan lærte du det du trenger i jobben?", "2.", "Kompetanse"),
    AskedQuestion("Hvilke mål er det dere måles på?", "3.", "Mål og resultater"),
    AskedQuestion("Er det noe du vil legge til?", "4.", "Avslutning"),
    AskedQuestion("Hva ser dere etter her?", "5.", "Avslutning"),
)


def found(*turns: str, language: Language = "nb") -> list[Match | None]:
    return match_interviews(QUESTIONS, "nb", [[SaidTurn(one, language) for one in turns]])[0]


def asks(turn: str, language: Language = "nb") -> int | None:
    """The number of the question that a turn asks, among some that ask nothing."""
    match = found("Da er vi i gang.", turn, "Ja vel.", language=language)[1]
    return match.question + 1 if match is not None and match.score >= THRESHOLD else None


@pytest.mark.parametrize(
    ("turn", "number"),
    [
        ("Hvilke faste møter har dere?", 1),
        ("Har dere noen møter som er faste?", 1),
        ("Og tavlemøtene?", 1),
        ("Fortell om porteføljegjennomgangen.", 1),
        ("Så over til det neste. Hvordan lærte du jobben?", 2),
        ("Hva er det dere blir målt på?", 3),
        ("Er det noe du vil legge til?", 4),
        ("Da så. Hva ser dere etter her?", 5),
        ("Spørsmål 2 er litt langt, men ta det som det kommer.", 2),
        ("Kan du utdype?", None),
        ("Har du et eksempel?", None),
        ("Hva gjorde du da?", None),
        ("Ja.", None),
        ("…", None),
    ],
)
def test_a_turn_asks_a_question_in_its_own_words(turn: str, number: int | None) -> None:
    assert asks(turn) == number


def test_a_word_in_another_written_standard_agrees() -> None:
    assert asks("Kva er det de blir målte på?", "nn") == 3


def test_a_match_says_which_words_agreed() -> None:
    match = found("Har dere faste møter?")[0]
    assert match is not None
    assert set(match.words) == {"faste", "møter"}
    assert 0 < match.score <= 1000


def test_what_is_stated_counts_less_than_what_is_asked() -> None:
    asked, stated = found("Har dere et fast møte?", "Dere har et fast møte.")
    assert asked is not None
    assert stated is not None
    assert asked.score > stated.score


def test_a_question_counts_more_near_its_place_in_the_guide() -> None:
    early, *_, late = found("Har dere et fast møte?", *["Ja vel."] * 8, "Har dere et fast møte?")
    assert early is not None
    assert late is not None
    assert early.score > late.score


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert match_interviews((), "nb", [[SaidTurn("Hvilke møter?", "nb")]]) == [[None]]
    assert match_interviews(QUESTIONS, "nb", []) == []


def test_matching_is_cancelled() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        match_interviews(QUESTIONS, "nb", [[SaidTurn("Hvilke møter?", "nb")]], progress)


Interviews = dict[str, dict[int, SaidTurn]]


@pytest.fixture(scope="module")
def interviews() -> Interviews:
    """What interviewers say in the example study, by document and number of the turn."""
    read = [read_file(path) for path in sorted((STUDY / "transkripsjoner").iterdir())]
    return {
        one.name: {
            number: SaidTurn(one.text[turn.start : turn.end], one.language)
            for number, turn in enumerate(one.turns, 1)
            if turn.interviewer
        }
        for one in read
    }


@pytest.fixture(scope="module")
def guide() -> list[AskedQuestion]:
    from qda.model.guides import Guide, Question

    read = read_guide(STUDY / "intervjuguide.md")
    kept = [one for one in read.lines if one.kind != "note"]
    lines = tuple(
        Question(place, "", 1, one.kind, one.number, one.text, place)  # type: ignore[arg-type]
        for place, one in enumerate(kept)
    )
    return asked_questions(Guide(1, "", read.name, "", "", lines))  # type: ignore[arg-type]


def test_the_interviews_of_the_example_study(
    interviews: Interviews, guide: list[AskedQuestion], tell: Callable[[str], None]
) -> None:
    labels = {
        (row["document"], int(row["turn"])): row["questions"] for row in rows("guide_turns.csv")
    }
    assert {(name, number) for name, number in labels} <= {
        (name, number) for name, said in interviews.items() for number in said
    }
    matches = match_interviews(guide, "nb", [list(said.values()) for said in interviews.values()])
    right = wrong = there = 0
    for (name, said), some in zip(interviews.items(), matches, strict=True):
        for number, match in zip(said, some, strict=True):
            label = labels.get((name, number), "")
            if label == "?":
                continue
            there += bool(label)
            if match is not None and match.score >= THRESHOLD:
                hit = guide[match.question].number.rstrip(".") in label.split()
                right, wrong = right + hit, wrong + (not hit)
    precision, recall = right / (right + wrong), right / there
    tell(
        f"guide_turns.csv: {right + wrong} turns matched of {there} that ask a question;"
        f" precision {precision:.1%}, recall {recall:.1%}"
    )
    assert there >= 130
    assert precision >= 0.66
    assert recall >= 0.5


def test_a_hundred_interviews_take_less_than_a_second(
    interviews: Interviews, guide: list[AskedQuestion], tell: Callable[[str], None]
) -> None:
    match_interviews(guide, "nb", [[SaidTurn("Hvilke møter?", "nb")]])
    many = [list(said.values()) for said in interviews.values()] * 8
    begun = time.process_time()
    match_interviews(guide, "nb", many)
    seconds = time.process_time() - begun
    tell(f"{len(many)} interviews, {sum(map(len, many))} turns: {seconds:.2f} s")
    assert seconds < 1
