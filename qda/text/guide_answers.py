"""Which question of an interview guide each turn of a document asks or answers."""

from collections.abc import Iterable, Mapping, Sequence

from qda.model.entities import Turn
from qda.model.guides import Answer, TurnQuestion
from qda.model.ids import QuestionId, TurnId


def question_by_turn(
    turns: Iterable[Turn], asked: Mapping[TurnId, TurnQuestion]
) -> dict[TurnId, QuestionId]:
    """Return the question that each turn asks or answers, for turns in their order.

    What follows a question answers it until the next question, or one that is not of the guide.
    """
    found: dict[TurnId, QuestionId] = {}
    current: QuestionId | None = None
    for turn in turns:
        said = asked.get(turn.id) if turn.interviewer else None
        if said is not None and said.role != "follow-up":
            current = said.question
        if current is not None:
            found[turn.id] = current
    return found


def answers(turns: Sequence[Turn], asked: Mapping[TurnId, TurnQuestion]) -> tuple[Answer, ...]:
    """Return the informants' turns of a document that answer a question, in order."""
    questions = question_by_turn(turns, asked)
    found: list[Answer] = []
    between = 0
    for turn in turns:
        if turn.interviewer:
            said = asked.get(turn.id)
            between = 0 if said is not None and said.role != "follow-up" else between + 1
        elif turn.id in questions:
            place = (turn.number, turn.start, turn.end, between)
            found.append(Answer(turn.document, questions[turn.id], turn.id, *place))
    return tuple(found)
