"""Accepting, rejecting and putting off what was proposed; each is one step that can be undone."""

from collections.abc import Callable

import pytest

from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, DocumentId
from qda.model.suggestions import (
    SuggestionKey,
    code_mark,
    document_mark,
    parse_suggestion_id,
    suggestion_id,
)
from qda.operations import codes, codings, documents, suggestions
from qda.operations.corrections import correct_text
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.store import history, row_checks, suggestion_decisions
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit

KARI = "Kari"
TEXT = "Leder: Vi teller planer. Brukeren venter. Tavla henger der.\n"


class Study:
    """A document and a code, and the key of any sentence in it."""

    def __init__(self, project: ProjectFile, document: int, code: int) -> None:
        self.project = project
        self.document, self.code = DocumentId(document), CodeId(code)

    def key(self, quote: str) -> SuggestionKey:
        text = document_rows.text(self.project.connection, self.document)
        start = text.index(quote)
        return SuggestionKey(self.document, start, start + len(quote), self.code, "rules")

    def decided(self) -> list[tuple[str, str]]:
        text = document_rows.text(self.project.connection, self.document)
        return [
            (one.verdict, text[one.key.start : one.key.end])
            for one in suggestion_decisions.all_decisions(self.project.connection)
        ]

    def coded(self) -> list[str]:
        return [one.quote for one in coding_rows.all_codings(self.project.connection)]


@pytest.fixture
def study(project: ProjectFile, put: Callable[..., int], code: Callable[..., int]) -> Study:
    return Study(project, put("Nord", TEXT), code("telling"))


def test_accepting_codes_in_one_step_that_says_so(study: Study) -> None:
    keys = [study.key("Vi teller planer."), study.key("Tavla henger der.")]
    done = suggestions.accept(study.project, coder=KARI, keys=keys)
    assert [one.quote for one in done.value] == study.coded()
    assert [verdict for verdict, _ in study.decided()] == ["accepted", "accepted"]
    entry = history.audit_entries(study.project.connection)[-1]
    assert (entry.coder, entry.operation) == (KARI, "Accept several suggestions")
    suggestions.accept(study.project, coder=KARI, keys=[study.key("Brukeren venter.")])
    assert history.audit_entries(study.project.connection)[-1].operation == "Accept a suggestion"
    study.project.undo(KARI)
    study.project.undo(KARI)
    assert (study.coded(), study.decided()) == ([], [])
    study.project.redo(KARI)
    assert len(study.coded()) == len(study.decided()) == 2


def test_an_adjusted_span_is_coded_and_the_proposed_one_is_decided(study: Study) -> None:
    key = study.key("Vi teller planer.")
    suggestions.accept(study.project, coder=KARI, keys=[key], span=(key.start, key.end - 8))
    assert study.coded() == ["Vi teller"]
    assert study.decided() == [("accepted", "Vi teller planer.")]
    with pytest.raises(NotAllowed):
        suggestions.accept(study.project, coder=KARI, keys=[key], span=(5, 5))
    with pytest.raises(NotAllowed):
        suggestions.accept(study.project, coder=KARI, keys=[key], span=(0, 10_000))
    with pytest.raises(NotAllowed, match="one suggestion at a time"):
        suggestions.accept(
            study.project, coder=KARI, keys=[key, study.key("Tavla henger der.")], span=(0, 5)
        )
    with pytest.raises(NotAllowed, match="No suggestion"):
        suggestions.accept(study.project, coder=KARI, keys=[])
    assert len(study.coded()) == 1


def test_the_last_word_on_a_segment_counts_for_each_coder(study: Study) -> None:
    key = study.key("Vi teller planer.")
    suggestions.postpone(study.project, coder=KARI, keys=[key])
    suggestions.reject(study.project, coder=KARI, keys=[key])
    suggestions.postpone(study.project, coder="Ola", keys=[key])
    assert sorted(study.decided()) == [
        ("later", "Vi teller planer."), ("rejected", "Vi teller planer."),
    ]  # fmt: skip
    study.project.undo(KARI)
    study.project.undo(KARI)
    assert study.decided() == [("later", "Vi teller planer.")]


def test_what_was_rejected_can_be_forgotten(study: Study) -> None:
    keys = [study.key("Vi teller planer."), study.key("Tavla henger der.")]
    suggestions.reject(study.project, coder=KARI, keys=keys[:1])
    suggestions.reject(study.project, coder="Ola", keys=keys[1:])
    ola = next(
        one.coder
        for one in suggestion_decisions.all_decisions(study.project.connection)
        if one.key == keys[1]
    )
    forget = suggestions.forget
    assert forget(study.project, coder=KARI, verdict="later").step is None
    assert forget(study.project, coder=KARI, by=ola).value == 1
    assert study.decided() == [("rejected", "Vi teller planer.")]
    assert forget(study.project, coder=KARI, code=study.code, document=study.document).value == 1
    assert study.decided() == []
    study.project.undo(KARI)
    assert len(study.decided()) == 1


def test_decisions_follow_a_corrected_text_and_go_with_their_words(study: Study) -> None:
    keys = [
        study.key(one) for one in ("Vi teller planer.", "Brukeren venter.", "Tavla henger der.")
    ]
    suggestions.reject(study.project, coder=KARI, keys=keys)
    at = TEXT.index("Brukeren")
    correct_text(
        study.project,
        coder=KARI,
        document=study.document,
        edits=[Edit(TEXT.index("Vi"), 0, "Jo, "), Edit(at, len("Brukeren venter. "), ""),
               Edit(TEXT.index("henger"), 6, "hang")],
    )  # fmt: skip
    assert study.decided() == [("rejected", "Vi teller planer."), ("rejected", "Tavla hang der.")]
    study.project.undo(KARI)
    assert len(study.decided()) == 3


def test_decisions_go_with_their_code_and_document_and_outlast_their_coding(
    study: Study,
) -> None:
    key = study.key("Vi teller planer.")
    made = suggestions.accept(study.project, coder=KARI, keys=[key]).value[0]
    codings.remove_codings(study.project, coder=KARI, coding_ids=[made.id])
    (decision,) = suggestion_decisions.all_decisions(study.project.connection)
    assert (decision.verdict, decision.coding) == ("accepted", None)
    codes.remove_code(study.project, coder=KARI, code=study.code)
    assert study.decided() == []
    study.project.undo(KARI)
    study.project.undo(KARI)
    (decision,) = suggestion_decisions.all_decisions(study.project.connection)
    assert decision.coding == made.id
    documents.remove_document(study.project, coder=KARI, document=study.document)
    assert suggestion_decisions.all_decisions(study.project.connection) == ()


def test_an_id_says_what_it_means_as_long_as_text_and_code_are_there(study: Study) -> None:
    connection = study.project.connection
    key = study.key("Vi teller planer.")
    document = document_rows.by_id(connection, study.document)
    code = code_rows.by_id(connection, study.code)
    assert document is not None
    assert code is not None
    name = suggestion_id(
        document_mark(document.guid, document.text_hash), code_mark(code.guid), key
    )
    assert suggestions.find(study.project, [name, name]) == (key,)
    correct_text(study.project, coder=KARI, document=study.document, edits=[Edit(7, 0, "Ja. ")])
    with pytest.raises(NotFound, match="There is no suggestion"):
        suggestions.find(study.project, [name])


@pytest.mark.parametrize(
    "text", ["", "x", "a-1-2-b-q", "a-x-2-b-r", "a-1-2-b", "a-1-2-b-r-r", "a-²-2-b-r",
             "a-1-" + "9" * 30 + "-b-r"],
)  # fmt: skip
def test_what_is_no_id_is_said_to_be_none(study: Study, text: str) -> None:
    assert parse_suggestion_id(text) is None
    with pytest.raises(NotFound):
        suggestions.find(study.project, [text])


def test_a_decision_on_what_is_gone_is_refused(study: Study) -> None:
    key = study.key("Vi teller planer.")
    codes.remove_code(study.project, coder=KARI, code=study.code)
    for verb in (suggestions.accept, suggestions.reject, suggestions.postpone):
        with pytest.raises(NotFound):
            verb(study.project, coder=KARI, keys=[key])
    assert study.decided() == []


def test_the_doctor_mends_decisions_that_name_nothing(study: Study) -> None:
    suggestions.accept(study.project, coder=KARI, keys=[study.key("Vi teller planer.")])
    connection = study.project.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("UPDATE suggestion_decision SET coding_id = 999")
    connection.execute(
        "INSERT INTO suggestion_decision SELECT 50, 'x', 999, code_id, coder_id, start, \"end\","
        " engine, decision, NULL, at FROM suggestion_decision"
    )
    (check,) = [one for one in row_checks.CHECKS if one.count(connection)]
    assert check.mend is not None
    check.mend(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    (decision,) = suggestion_decisions.all_decisions(connection)
    assert decision.coding is None
