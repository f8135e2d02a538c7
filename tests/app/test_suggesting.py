"""What is proposed by the codebook's keywords, of whose words, and why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from qda.app.session import Session
from qda.app.suggesting import Suggester
from qda.app.suggestion_words import readiness, why
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import NotFound
from qda.model.guides import GuideLine, ReadGuide
from qda.model.ids import CodeId, CoderId, DocumentId
from qda.model.suggestions import (
    KeywordReason,
    QuestionReason,
    SimilarReason,
    Suggestion,
    SuggestionSpec,
)
from qda.operations import codes, codings, guide_codes, guides, suggestions
from qda.operations import documents as document_operations
from qda.operations.codings import NewCoding
from qda.operations.documents import import_documents
from qda.store import coders
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from tests.app.conftest import read

NORTH = """\
Intervjuer: Hvordan bruker dere tavla på morgenmøtet?
Leder: Vi møtes klokka ni. På tavlemøtene står vi. «Tavla er full», sier de! Vi måler
måltallene og ser på mål-
kortene hver uke. Brukerne venter.
Intervjuer: Teller dere noe?
Leder: Nei. Det er ikke noe å skryte av.
"""
PLAN = "Årsplan\n\nTavler skal brukes. Alle skal møte.\n\nMålkort er i bruk.\n"
Put = Callable[..., DocumentId]


class Study:
    """A session with a codebook of two codes, and short ways to ask it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.codes: dict[str, CodeId] = {}

    def add_code(self, name: str, keywords: Sequence[str], parent: CodeId | None = None) -> CodeId:
        made = self.session.run(codes.add_code, coder="Kari", name=name, parent=parent).value
        self.session.run(
            codes.edit_code, coder="Kari", code=replace(made, keywords=tuple(keywords))
        )
        self.codes[name] = made.id
        return made.id

    def code(self, quote: str, code: str, coder: str = "Kari", document: int = 1) -> None:
        text = document_rows.text(self.session.project.connection, DocumentId(document))
        start = text.index(quote)
        new = NewCoding(DocumentId(document), self.codes[code], start, start + len(quote))
        self.session.run(codings.add_codings, coder=coder, new=[new])

    def propose(self, *names: str, **how: object) -> list[Suggestion]:
        self.session.words.build()
        asked: dict[str, Any] = {"engine": "rules", **how}
        spec = SuggestionSpec(codes=tuple(self.codes[one] for one in names) or None, **asked)
        with Suggester(self.session).apart() as suggester:
            return list(suggester.propose(spec).suggestions)

    def quotes(self, *names: str, **how: object) -> list[str]:
        return [one.quote for one in self.propose(*names, **how)]


@pytest.fixture
def study(session: Session, put: Put) -> Study:
    put("Nord", NORTH)
    put("Plan", PLAN)
    made = Study(session)
    made.add_code("tavle", ["tavle", "stå sammen"])
    made.add_code("telling", ["målkort", "måltall", "telle"])
    return made


def test_keywords_are_found_in_every_form_in_compounds_and_over_line_ends(study: Study) -> None:
    assert sorted(study.quotes("tavle")) == [
        "På tavlemøtene står vi.", "Tavler skal brukes.", "«Tavla er full», sier de!",
    ]  # fmt: skip
    assert sorted(study.quotes("telling")) == [
        "Målkort er i bruk.", "Vi måler\nmåltallene og ser på mål-\nkortene hver uke.",
    ]  # fmt: skip


def test_every_suggestion_says_which_keyword_stands_where(study: Study) -> None:
    text = document_rows.text(study.session.project.connection, DocumentId(1))
    found = {one.quote: one for one in study.propose("tavle", "telling")}

    def said(quote: str) -> list[tuple[str, str, str]]:
        return [
            (
                type(reason).__name__,
                reason.keyword,
                ("~" if isinstance(reason, KeywordReason) and reason.inside else "")
                + text[reason.start : reason.end],
            )
            for reason in found[quote].reasons
            if isinstance(reason, KeywordReason | QuestionReason)
        ]

    assert said("På tavlemøtene står vi.") == [
        ("KeywordReason", "tavle", "~tavlemøtene"), ("QuestionReason", "tavle", "tavla"),
    ]  # fmt: skip
    assert said("Vi måler\nmåltallene og ser på mål-\nkortene hver uke.") == [
        ("KeywordReason", "målkort", "mål-\nkortene"), ("KeywordReason", "måltall", "måltallene"),
    ]  # fmt: skip
    assert all(0 < one.score <= 1 for one in found.values())
    assert all(
        one.quote == text[one.key.start : one.key.end]
        for one in found.values()
        if one.key.document == 1
    )


def test_interviewers_and_answers_to_a_keyword_alone_are_not_proposed(study: Study) -> None:
    quotes = study.quotes()
    assert not any("dere" in one for one in quotes)
    assert "Nei." not in quotes
    assert "Vi møtes klokka ni." not in quotes


def test_more_keywords_and_rarer_ones_stand_first(study: Study) -> None:
    both, one = study.propose("telling")
    assert "måltallene" in both.quote
    assert both.score > one.score


def test_one_word_is_one_witness_however_many_keywords_find_it(study: Study) -> None:
    study.add_code("møte", ["tavlemøte"])
    study.add_code("mange", ["tavlemøte", "tavlemøter", "tavlemøtene"])
    (one,) = study.propose("møte")
    (several,) = study.propose("mange")
    assert one.score == several.score
    assert len(several.reasons) == 1


def test_what_is_coded_so_is_never_proposed_nor_what_a_subcode_holds(study: Study) -> None:
    study.add_code("møte", [], parent=study.codes["tavle"])
    study.code("står vi", "tavle")
    study.code("Tavla er", "møte")
    study.code("Tavler skal brukes.", "telling", document=2)
    assert study.quotes("tavle") == ["Tavler skal brukes."]


def test_the_same_project_gives_the_same_answer_with_the_same_ids(study: Study) -> None:
    once, twice = study.propose(), study.propose()
    assert once == twice
    assert len({one.id for one in once}) == len(once)
    # Coding one thing leaves the ids of all others as they are.
    study.code("Tavler skal brukes.", "tavle", document=2)
    assert {one.id for one in study.propose()} < {one.id for one in once}


def test_limits_on_codes_documents_and_number(study: Study) -> None:
    assert len(study.quotes("tavle", limit=1)) == 1
    assert study.quotes("tavle", documents=(DocumentId(2),)) == ["Tavler skal brukes."]
    assert study.quotes(limit=1) == study.quotes("tavle", limit=1) + study.quotes(
        "telling", limit=1
    )
    suggester = Suggester(study.session)
    with pytest.raises(NotFound):
        suggester.propose(SuggestionSpec(codes=(CodeId(99),)))


def test_rejected_ones_stay_away_until_they_are_forgotten(study: Study) -> None:
    before = study.propose("tavle")
    study.session.run(suggestions.reject, coder="Kari", keys=[before[0].key])
    assert study.propose("tavle") == before[1:]
    study.session.run(suggestions.forget, coder="Kari")
    assert study.propose("tavle") == before


def test_those_put_off_stand_last_and_say_so(study: Study) -> None:
    before = study.propose("tavle")
    study.session.run(suggestions.postpone, coder="Kari", keys=[before[0].key])
    after = study.propose("tavle")
    assert [one.id for one in after] == [one.id for one in (*before[1:], before[0])]
    assert [one.later for one in after] == [False, False, True]


def test_undoing_an_accepted_one_brings_it_back(study: Study) -> None:
    before = study.propose("tavle")
    study.session.run(suggestions.accept, coder="Kari", keys=[before[0].key])
    assert study.propose("tavle") == before[1:]
    study.session.undo()
    assert study.propose("tavle") == before


def test_what_was_accepted_and_then_removed_again_is_not_pressed_on_anybody(study: Study) -> None:
    before = study.propose("tavle")
    made = study.session.run(suggestions.accept, coder="Kari", keys=[before[0].key]).value
    study.session.run(codings.remove_codings, coder="Kari", coding_ids=[made[0].id])
    assert study.propose("tavle") == before[1:]


def test_asked_for_one_coder_nothing_of_the_others_counts(study: Study) -> None:
    before = study.propose("tavle")
    study.code("Tavler skal brukes.", "tavle", "Ola", document=2)
    away = [one.key for one in before if one.quote != "Tavler skal brukes."]
    study.session.run(suggestions.reject, coder="Ola", keys=away)
    assert study.propose("tavle") == []
    assert study.propose("tavle", coder=kari(study.session)) == before


def test_segments_that_are_mostly_whole_turns_are_proposed_as_turns(study: Study, put: Put) -> None:
    lines = [f"Leder: Dette er ting {n}. Det er mer av det.\n" for n in range(6)]
    put("Lang", "".join(lines) + "Leder: Vi har ei tavle. Ho heng der.\n")
    for n in range(5):
        study.code(f"Dette er ting {n}. Det er mer av det.", "tavle", document=3)
    assert "Vi har ei tavle. Ho heng der." in study.quotes("tavle")
    assert "Vi har ei tavle." not in study.quotes("tavle")


def test_examples_are_counted_as_segments_and_documents(study: Study) -> None:
    study.code("På tavlemøtene står vi.", "tavle")
    study.code("står vi. «Tavla er full»", "tavle", "Ola")
    study.code("Tavler skal brukes.", "tavle", document=2)
    study.session.words.build()
    spec = SuggestionSpec(codes=(study.codes["tavle"],))
    (examples,) = Suggester(study.session).propose(spec).examples
    assert (examples.segments, examples.documents, examples.enough) == (2, 2, False)


# ------------------------------------------------------------------------------- what is learned
ABOUT = (
    "Det knaker i grunnmuren på veggen her.",
    "Grunnmuren sprekker hver vinter.",
    "Så sprakk veggen, og grunnmuren med den.",
)
OTHER = ("Vi drakk kaffe.", "Bussen kom seint.", "Hun heter Anne.", "Det var en tirsdag i mai.")


def transcript(number: int) -> str:
    lines = [f"Leder: {OTHER[(number + at) % 4]} {OTHER[(number + at + 1) % 4]}" for at in range(6)]
    lines[1:1] = ["Intervjuer: Hva med huset deres?", f"Leder: {ABOUT[number % 3]} {OTHER[2]}"]
    lines += ["Intervjuer: Og ellers?", f"Leder: {ABOUT[(number + 1) % 3]} {OTHER[1]}"]
    return "\n".join(lines) + "\n"


@pytest.fixture
def houses(session: Session, put: Put) -> Study:
    """Six interviews of which five are coded; no keyword says what the code is about."""
    made = Study(session)
    made.add_code("hus", ["tømmer"])
    made.add_code("lite", [])
    for number in range(6):
        put(f"Hus {number}", transcript(number))
    for number in range(5):
        made.code(ABOUT[number % 3], "hus", document=number + 1)
        made.code(ABOUT[(number + 1) % 3], "hus", document=number + 1)
    made.code(OTHER[0], "lite", document=1)
    return made


def kari(session: Session) -> CoderId:
    return next(
        one.id for one in coders.all_coders(session.project.connection) if one.name == "Kari"
    )


def test_what_is_like_the_codings_is_proposed_with_the_segments_that_it_is_like(
    houses: Study,
) -> None:
    found = houses.propose("hus", engine="both", documents=(DocumentId(6),))
    assert sorted(one.quote for one in found)[:2] == sorted((ABOUT[5 % 3], ABOUT[6 % 3]))
    assert {one.key.engine for one in found} == {"learned"}
    connection = houses.session.project.connection
    for one in found:
        similar = [reason for reason in one.reasons if isinstance(reason, SimilarReason)]
        assert 1 <= len(similar) <= 3
        quotes = [coding_rows.by_id(connection, reason.coding) for reason in similar]
        assert all(quote is not None and quote.quote in ABOUT for quote in quotes)
        assert similar[0].likeness == 1.0
        assert [reason.likeness for reason in similar] == sorted(
            (reason.likeness for reason in similar), reverse=True
        )


def test_learning_is_the_same_every_time(houses: Study) -> None:
    assert houses.propose(engine="both") == houses.propose(engine="both")
    houses.session.words.build()
    spec = SuggestionSpec()
    measures = Suggester(houses.session).measure(spec)
    assert Suggester(houses.session).measure(spec) == measures
    # What is learned to propose is measured as it is.
    assert Suggester(houses.session).propose(spec).measures == measures
    rules = replace(spec, engine="rules")
    assert Suggester(houses.session).propose(rules).measures is None


def test_with_too_few_examples_nothing_is_learned_and_it_says_so(houses: Study) -> None:
    houses.session.words.build()
    suggester = Suggester(houses.session)
    proposals = suggester.propose(SuggestionSpec(engine="learned"))
    enough = {one.code: one.enough for one in proposals.examples}
    assert enough == {houses.codes["hus"]: True, houses.codes["lite"]: False}
    assert {one.key.code for one in proposals.suggestions} == {houses.codes["hus"]}
    hus, lite = suggester.measure(SuggestionSpec())
    assert lite.learned is None
    assert "too little to learn from" in str(readiness(lite))
    assert hus.learned is not None
    assert hus.rules is not None
    assert hus.learned.average > hus.rules.average
    assert hus.learned.precision is not None
    assert hus.learned.precision >= 0.8
    assert "it does better than the keywords alone" in str(readiness(hus))


def test_documents_are_held_out_whole(houses: Study) -> None:
    # A word that stands in one document alone is of no use there, however often it is coded.
    houses.add_code("bare her", [])
    houses.session.run(document_operations.remove_document, coder="Kari", document=DocumentId(6))
    text = "".join(f"Leder: Zebraen løp {at} runder.\n" for at in range(12))
    read_in = read("Dyr", text + "Leder: Vi drakk kaffe.\n")
    made = houses.session.run(import_documents, coder="Kari", read=[read_in]).value[0]
    for at in range(12):
        houses.code(f"Zebraen løp {at} runder.", "bare her", document=made.document.id)
    houses.code(OTHER[0], "bare her", document=2)
    houses.session.words.build()
    spec = SuggestionSpec(codes=(houses.codes["bare her"],))
    (measure,) = Suggester(houses.session).measure(spec)
    assert measure.examples.enough
    assert measure.learned is not None
    assert measure.learned.average < 0.5


def test_asked_for_one_coder_nothing_is_learned_from_the_others(houses: Study) -> None:
    for number in range(5):
        houses.code(OTHER[0], "lite", "Ola", document=number + 1)
        houses.code(OTHER[1], "lite", "Ola", document=number + 1)
    mine = kari(houses.session)
    houses.session.words.build()
    suggester = Suggester(houses.session)
    both = suggester.propose(SuggestionSpec())
    alone = suggester.propose(SuggestionSpec(coder=mine))
    assert [one.enough for one in both.examples] == [True, True]
    assert [one.enough for one in alone.examples] == [True, False]
    shown = {
        reason.coding
        for one in alone.suggestions
        for reason in one.reasons
        if isinstance(reason, SimilarReason)
    }
    owners = {
        one.id: one.coder for one in coding_rows.all_codings(houses.session.project.connection)
    }
    assert shown
    assert {owners[coding] for coding in shown} == {mine}
    # As if the other had never coded at all.
    houses.session.undo()
    for _ in range(9):
        houses.session.undo()
    assert Suggester(houses.session).propose(SuggestionSpec(coder=mine)) == alone


def test_accepting_in_a_document_that_nobody_read_tells_nothing_of_its_other_sentences(
    houses: Study,
) -> None:
    before = houses.propose("hus", engine="both", documents=(DocumentId(6),))
    first, second = before[:2]
    houses.session.run(suggestions.accept, coder="Kari", keys=[first.key])
    after = houses.propose("hus", engine="both", documents=(DocumentId(6),))
    assert second.id in {one.id for one in after}
    assert first.id not in {one.id for one in after}
    with_it = Suggester(houses.session).measure(SuggestionSpec(codes=(houses.codes["hus"],)))
    houses.session.undo()
    without = Suggester(houses.session).measure(SuggestionSpec(codes=(houses.codes["hus"],)))
    assert with_it[0].units == without[0].units


def test_where_the_keywords_do_better_nothing_learned_is_put_before_them(
    session: Session, put: Put
) -> None:
    study = Study(session)
    study.add_code("hus", ["tømmer"])
    # The keyword says it all; what stands around it is the same everywhere.
    for number in range(5):
        lines = [f"Leder: {one} Tømmer {number}{at}." for at, one in enumerate(OTHER[:2])]
        put(f"Hus {number}", "\n".join((*lines, *(f"Leder: {one}" for one in OTHER))) + "\n")
        for at in range(2):
            study.code(f"Tømmer {number}{at}.", "hus", document=number + 1)
    session.words.build()
    suggester = Suggester(session)
    proposals = suggester.propose(SuggestionSpec(engine="learned"))
    assert proposals.doubtful == (study.codes["hus"],)
    assert suggester.propose(SuggestionSpec()).suggestions == ()


def test_learning_can_be_cancelled(houses: Study) -> None:
    houses.session.words.build()
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        Suggester(houses.session).propose(SuggestionSpec(), progress)


def test_a_question_that_the_guide_has_for_the_code_speaks_for_its_answers(
    study: Study, put: Put
) -> None:
    session = study.session
    lines = (GuideLine("question", "1.", "Hva gjør dere om morgenen på kontoret?"),)
    guide = session.run(
        guides.import_guide, coder="Kari", guide=ReadGuide("Guide", "guide.txt", lines)
    ).value
    session.run(
        guide_codes.link_codes, coder="Kari", questions=[guide.lines[0].id],
        code_ids=[study.codes["tavle"]],
    )  # fmt: skip
    text = (
        "Intervjuer: Hva gjør dere om morgenen her på kontoret?\n"
        "Leder: Da står vi. Tavla henger der.\n"
        "Intervjuer: Og ellers i livet, hvordan går det?\n"
        "Leder: Jeg har ei tavle heime.\n"
    )
    document = put("Morgen", text)
    session.run(guides.match_guide, coder="Kari", guide=guide.id, chosen=[document])
    answered, other = study.propose("tavle", documents=(document,))
    assert [one.quote for one in (answered, other)] == [
        "Tavla henger der.", "Jeg har ei tavle heime.",
    ]  # fmt: skip
    asked = [one for one in answered.reasons if isinstance(one, QuestionReason)]
    assert [(one.keyword, one.guided) for one in asked] == [("", True)]
    assert text[asked[0].start : asked[0].end] == "Hva gjør dere om morgenen her på kontoret"
    assert [type(one) for one in other.reasons] == [KeywordReason]
    assert answered.score > other.score
    assert [str(one) for one in why(answered, lambda _coding: "")][-1] == (
        "the interview guide has the question for this code"
    )
