"""What is said of suggestions: why one is made, and how good they are, without flattering."""

from dataclasses import replace

import pytest

from qda.gui.coding.suggestion_rows import evidence_rows
from qda.gui.coding.suggestion_words import clause, marks, meaning, sentence, short_reason, standing
from qda.gui.context import Context
from qda.model.entities import Code
from qda.model.ids import CodeId, CodingId, DocumentId
from qda.model.suggestions import (
    CodeMeasure,
    EngineMeasure,
    Examples,
    KeywordReason,
    QuestionReason,
    Reason,
    SimilarReason,
    Suggestion,
    SuggestionKey,
)
from qda.store import codes, documents

QUOTE = "Da står vi foran tavla og teller planer."
BOARD = KeywordReason("tavle", 100 + QUOTE.index("tavla"), 100 + QUOTE.index("tavla") + 5)
PLANS = KeywordReason("plan", 100 + QUOTE.index("planer"), 100 + QUOTE.index("planer") + 6)
ASKED = QuestionReason("mandag", 40, 46)


def suggestion(*reasons: Reason) -> Suggestion:
    key = SuggestionKey(DocumentId(1), 100, 100 + len(QUOTE), CodeId(1), "rules")
    return Suggestion("x", key, QUOTE, 0.5, reasons)


def similar(*codings: int) -> list[SimilarReason]:
    return [SimilarReason(CodingId(one), 0.6) for one in codings]


@pytest.mark.parametrize(
    ("reasons", "short", "why"),
    [
        ([BOARD], "«tavla»", "«tavla» is a keyword of rutiner"),
        ([BOARD, PLANS], "«tavla», «planer»", "«tavla», «planer» are keywords of rutiner"),
        (
            [BOARD, BOARD, ASKED],
            "«tavla», asked: «mandag»",
            (
                "«tavla» is a keyword of rutiner, and the question had «mandag», from the "
                "keywords of rutiner"
            ),
        ),
        (
            [QuestionReason("", 10, 90)],
            "the question",
            "the question is like those that such segments answer",
        ),
        (
            [QuestionReason("", 10, 90, guided=True)],
            "the question",
            "it answers what the interview guide asks about rutiner",
        ),
        ([], "its words", "its words are such as are coded with rutiner"),
        (similar(1), "like 1 segment", "it is like a segment coded with rutiner"),
        (
            [PLANS, *similar(1, 2, 3)],
            "«planer», like 3 segments",
            "«planer» is a keyword of rutiner, and it is like 3 segments coded with rutiner",
        ),
    ],
)
def test_why_something_is_proposed(reasons: list[Reason], short: str, why: str) -> None:
    one = suggestion(*reasons)
    assert short_reason(one) == short
    assert clause(one, "rutiner") == why
    assert sentence(one, "rutiner") == f"Because {why}."


def test_only_keywords_within_the_quote_are_marked_in_it() -> None:
    outside = KeywordReason("klokke", 100 + len(QUOTE) + 1, 100 + len(QUOTE) + 7)
    (mark,) = marks(suggestion(BOARD, outside, ASKED))
    assert QUOTE[slice(*mark)] == "tavla"


@pytest.fixture
def routines(study: Context) -> Code:
    found = codes.all_codes(study.bridge.project.connection)[0]
    return replace(found, keywords=("tavle",))


def measured(
    rules: EngineMeasure | None, learned: EngineMeasure | None, *, enough: bool = True
) -> CodeMeasure:
    examples = Examples(CodeId(1), 34 if enough else 5, 8 if enough else 2, enough)
    return CodeMeasure(examples, 900, 34, rules, learned)


RULES = EngineMeasure(52, 21, 21 / 52, 21 / 34, 0.41)
LEARNED = EngineMeasure(40, 28, 28 / 40, 28 / 34, 0.62)


def test_both_figures_are_told_and_which_is_the_better_guide(routines: Code) -> None:
    rules, learned, better = standing(routines, measured(RULES, LEARNED), "both", mine=False)
    assert rules == (
        "By its keywords, 21 of 52 suggestions were right, and they found 21 of the 34 places "
        "coded with it."
    )
    assert learned.startswith("Learned from other sources, 28 of 40 suggestions were right")
    assert better == "Here what was learned is the better guide."
    worse = measured(replace(RULES, average=0.7), LEARNED)
    assert standing(routines, worse, "both", mine=False)[-1] == (
        "Here the keywords are the better guide."
    )
    same = measured(replace(RULES, average=0.615), LEARNED)
    assert standing(routines, same, "both", mine=False)[-1] == (
        "Neither is better than the other here."
    )


def test_what_is_next_to_worthless_is_no_guide(routines: Code) -> None:
    weak = measured(replace(RULES, average=0.03), replace(LEARNED, average=0.08))
    assert standing(routines, weak, "both", mine=False)[-1] == "Neither is much of a guide here."
    assert standing(routines, weak, "both", mine=False, doubtful=True)[-1] == (
        "Neither is much of a guide here; only the keywords suggest."
    )
    strong = measured(replace(RULES, average=0.7), LEARNED)
    assert standing(routines, strong, "both", mine=False, doubtful=True)[-1] == (
        "Here the keywords are the better guide, so they alone suggest."
    )


def test_one_engine_alone_is_not_compared(routines: Code) -> None:
    for engine, begins in (("rules", "By its keywords"), ("learned", "Learned from")):
        (said,) = standing(routines, measured(RULES, LEARNED), engine, mine=False)  # pyright: ignore[reportArgumentType]
        assert said.startswith(begins)


def test_too_few_examples_are_told_with_what_is_left(routines: Code) -> None:
    few = measured(RULES, None, enough=False)
    said = standing(routines, few, "both", mine=True)
    assert said[-1] == (
        "You have coded 5 segments with it, in 2 sources: too few to learn from. What is suggested "
        "comes from its keywords alone."
    )
    bare = replace(routines, keywords=())
    said = standing(bare, few, "both", mine=False)
    assert said == (
        "It has no keywords in the codebook.",
        (
            "5 segments are coded with it, in 2 sources: too few to learn from. Write keywords for "
            "it in the codebook, or code some more of it by hand."
        ),
    )


def test_an_engine_that_proposed_nothing_says_so(routines: Code) -> None:
    nothing = EngineMeasure(0, 0, None, 0.0, 0.1)
    said = standing(routines, measured(nothing, nothing), "both", mine=False)
    assert said[0] == "Its keywords suggested nothing in what is coded."
    assert said[1].startswith("What was learned suggested nothing")


def test_what_cannot_be_measured_is_said_to_be_so(routines: Code) -> None:
    alone = replace(measured(None, None), examples=Examples(CodeId(1), 9, 1, enough=True))
    (said,) = standing(routines, alone, "rules", mine=False)
    assert "before it is coded in two sources" in said


def test_a_long_definition_is_cut_between_words(routines: Code) -> None:
    assert meaning(replace(routines, definition="")) == ""
    said = meaning(replace(routines, definition="Faste møter, " * 30))
    assert said.startswith("rutiner: Faste møter, Faste")
    assert said.endswith("møter,\u00a0…")
    assert len(said) < 140


def test_evidence_is_the_words_where_they_stand_and_the_coded_segments(study: Context) -> None:
    project = study.bridge.project
    found = documents.find(project.connection, "Havnes veileder")[0]
    text = documents.text(project.connection, found.id)
    start, word, asked = (text.index(one) for one in (QUOTE, "tavla", "mandager"))
    key = SuggestionKey(found.id, start, start + len(QUOTE), CodeId(1), "rules")
    reasons = (
        KeywordReason("tavle", word, word + 5),
        QuestionReason("mandag", asked, asked + 8),
        SimilarReason(CodingId(1), 0.62),
        SimilarReason(CodingId(99), 0.5),
    )
    everything = codes.all_codes(project.connection)
    rows = evidence_rows(
        Suggestion("x", key, QUOTE, 0.5, reasons),
        {code.id: code for code in everything},
        {found.id: found.name},
        project,
    )
    assert [row.id for row in rows] == [
        ("coding", 1), ("words", word, word + 5), ("words", asked, asked + 8),
    ]  # fmt: skip
    like, keyword, question = rows
    assert keyword.text.startswith("Da står vi foran")
    for row, said in ((keyword, "tavla"), (question, "mandager")):
        (mark,) = row.marks
        assert row.text[slice(*mark)] == said
    assert "\n" not in keyword.text + question.text
    assert like.text == f"«{QUOTE}»"
    assert like.attribution == "Havnes veileder · likeness 0.62"
