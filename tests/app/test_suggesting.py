"""What is proposed by the codebook's keywords, of whose words, and why."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from qda.app.session import Session
from qda.app.suggesting import Suggester
from qda.model.errors import NotFound
from qda.model.ids import CodeId, DocumentId
from qda.model.suggestions import (
    KeywordReason,
    QuestionReason,
    Suggestion,
    SuggestionSpec,
)
from qda.operations import codes, codings, suggestions
from qda.operations.codings import NewCoding
from qda.store import coders
from qda.store import documents as document_rows

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
        spec = SuggestionSpec(
            codes=tuple(self.codes[one] for one in names) or None, engine="rules", **how
        )  # pyright: ignore[reportArgumentType]
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
    everybody = coders.all_coders(study.session.project.connection)
    kari = next(one.id for one in everybody if one.name == "Kari")
    assert study.propose("tavle", coder=kari) == before


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
