"""Which questions of an interview guide each turn of a document asks or answers."""

from collections.abc import Iterable, Mapping, Sequence

from qda.model.entities import Turn
from qda.model.guides import Answer, TurnQuestions
from qda.model.ids import QuestionId, TurnId


def questions_by_turn(
    turns: Iterable[Turn], asked: Mapping[TurnId, TurnQuestions]
) -> dict[TurnId, tuple[QuestionId, ...]]:
    """Return the questions that each turn asks or answers, for turns in their order.

    What follows a turn that asks answers each of its questions, until the next turn that asks one,
    or something that is not of the guide.
    """
    found: dict[TurnId, tuple[QuestionId, ...]] = {}
    current: tuple[QuestionId, ...] = ()
    for turn in turns:
        said = asked.get(turn.id) if turn.interviewer else None
        if said is not None and said.role != "follow-up":
            current = said.questions
        if current:
            found[turn.id] = current
    return found


def answers(turns: Sequence[Turn], asked: Mapping[TurnId, TurnQuestions]) -> tuple[Answer, ...]:
    """Return the informants' turns of a document that answer a question, in order.

    A turn is there once for each question that it answers.
    """
    questions = questions_by_turn(turns, asked)
    found: list[Answer] = []
    between = 0
    for turn in turns:
        if turn.interviewer:
            said = asked.get(turn.id)
            between = 0 if said is not None and said.role != "follow-up" else between + 1
        else:
            place = (turn.number, turn.start, turn.end, between)
            found += [
                Answer(turn.document, one, turn.id, *place) for one in questions.get(turn.id, ())
            ]
    return tuple(found)
