"""The interview guide of the example study with what its turns ask, from plain files.

Matching takes longer than all the rest of the study together, since the word lists are read for it.
So what it found is among the files, and a test tells when it would find something else.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qda.app.session import Session
from qda.model.guides import AskedInTurn, TurnQuestions
from qda.model.ids import CodeId, QuestionId, TurnId
from qda.operations import guide_codes
from qda.operations import guides as operations
from qda.store import documents, guides, lookup, turns

GUIDE = "intervjuguide.md"
CODES = "guidekoder.csv"
TURNS = "guidereplikker.csv"
NAME = "Intervjuguide"

Row = tuple[str, ...]


def add_guide(session: Session, folder: Path, codes: Iterable[Row], asked: Sequence[Row]) -> None:
    """Take the guide in, keep what turns ask, and link its questions with codes.

    `codes` are numbers of questions with names of codes. `asked` are names of documents, numbers
    of turns and of questions (none: the turn asks nothing of its own), scores in thousandths and
    words that agreed; where a person decided, there is no score. A turn that asks several questions
    has a row for each. Raises NotFound for what is not in the study.
    """
    from qda.formats.guides import read_guide  # lazy: the readers bring libraries

    guide = session.run(
        operations.import_guide, coder=session.coder, guide=read_guide(folder / GUIDE), name=NAME
    ).value
    numbers = {one.number.rstrip("."): one.id for one in guide.questions}
    places = _places(session)
    found: dict[TurnId, tuple[AskedInTurn, ...]] = {}
    for document, turn, question, score, words in asked:
        if score:
            one = AskedInTurn(numbers[question], int(score), tuple(words.split()))
            at = places[document][int(turn)]
            found[at] = (*found.get(at, ()), one)
    interviews = {
        lookup.document(session.project.connection, name).id: tuple(there.values())
        for name, there in places.items()
    }
    matches = operations.Matches(
        guide.id,
        interviews,
        tuple(
            TurnQuestions(turn, "question", by_hand=False, asked=some)
            for turn, some in found.items()
        ),
    )
    session.run(operations.keep_matches, coder=session.coder, matches=matches)
    by_hand = [row for row in asked if not row[3]]
    _set_by_hand(session, numbers, places, by_hand)
    _link(session, numbers, codes)


def _places(session: Session) -> dict[str, dict[int, TurnId]]:
    """Return the interviewers' turns of every interview, by name and number."""
    connection = session.project.connection
    interviews = set(guides.interviews(connection))
    return {
        document.name: {
            one.number: one.id
            for one in turns.of_document(connection, document.id)
            if one.interviewer
        }
        for document in documents.all_documents(connection)
        if document.id in interviews
    }


def _set_by_hand(
    session: Session,
    numbers: Mapping[str, QuestionId],
    places: Mapping[str, Mapping[int, TurnId]],
    rows: Iterable[Row],
) -> None:
    """Say what turns ask, in one step for those that ask the same."""
    by_turn: dict[TurnId, tuple[QuestionId, ...]] = {}
    for document, turn, question, *_ in rows:
        at = places[document][int(turn)]
        own = (numbers[question],) if question else ()
        by_turn[at] = (*by_turn.get(at, ()), *own)
    by_questions: dict[tuple[QuestionId, ...], list[TurnId]] = {}
    for turn, questions in by_turn.items():
        by_questions.setdefault(questions, []).append(turn)
    for questions, some in by_questions.items():
        session.run(
            operations.set_turns,
            coder=session.coder,
            turns=some,
            questions=questions,
            role="question" if questions else "follow-up",
        )


def _link(session: Session, numbers: Mapping[str, QuestionId], codes: Iterable[Row]) -> None:
    """Say which codes questions are about, in one step for each code."""
    by_code: dict[CodeId, list[QuestionId]] = {}
    for number, name in codes:
        code = lookup.code(session.project.connection, name).id
        by_code.setdefault(code, []).append(numbers[number])
    for code, questions in by_code.items():
        session.run(
            guide_codes.link_codes, coder=session.coder, questions=questions, code_ids=[code]
        )
