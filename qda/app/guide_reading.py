"""What the window reads of interview guides: interviewers' turns with what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qda.jobs.progress import Progress
from qda.model.entities import Turn
from qda.model.guides import Answer, TurnQuestions
from qda.model.ids import DocumentId, GuideId, QuestionId, TurnId
from qda.store import documents, guides, participants, turns
from qda.store.project_file import ProjectFile
from qda.text.guide_answers import answers

GLIMPSE = 400
"""Characters of what is said that are shown."""


@dataclass(frozen=True, slots=True)
class AskingTurn:
    """What an interviewer says in a turn, and how the next informant begins to answer."""

    document: DocumentId
    title: str
    turn: TurnId
    number: int
    start: int
    end: int
    said: str
    answer: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer with whose it is and how it begins."""

    answer: Answer
    title: str
    speaker: str
    said: str


def asking_turns(project: ProjectFile, progress: Progress | None = None) -> tuple[AskingTurn, ...]:
    """Return every turn of interviewers by document and place. Raises Cancelled."""
    connection = project.connection
    titles = _titles(project)
    interviews = sorted(guides.interviews(connection), key=lambda one: titles[one].casefold())
    progress = progress or Progress()
    progress.start(len(interviews))
    found: list[AskingTurn] = []
    for document in interviews:
        text = documents.text(connection, document)
        spoken = turns.of_document(connection, document)
        for place, one in enumerate(spoken):
            if one.interviewer:
                following = spoken[place + 1] if place + 1 < len(spoken) else None
                answer = "" if following is None or following.interviewer else _glimpse(
                    text, following
                )  # fmt: skip
                found.append(
                    AskingTurn(
                        document, titles[document], one.id, one.number, one.start, one.end,
                        text[one.start : one.end], answer,
                    )
                )  # fmt: skip
        progress.step()
    return tuple(found)


def given_answers(
    project: ProjectFile, questions: Iterable[QuestionId], progress: Progress | None = None
) -> tuple[GivenAnswer, ...]:
    """Return what answers any of some questions, by document and place. Raises Cancelled."""
    connection = project.connection
    wanted = set(questions)
    titles = _titles(project)
    names = {one.id: one.name for one in participants.all_participants(connection)}
    interviews = sorted(guides.interviews(connection), key=lambda one: titles[one].casefold())
    progress = progress or Progress()
    progress.start(len(interviews))
    found: list[GivenAnswer] = []
    for document in interviews:
        said = guides.of_document(connection, document)
        if any(not wanted.isdisjoint(one.questions) for one in said.values()):
            spoken = turns.of_document(connection, document)
            by_id = {one.id: one for one in spoken}
            text = documents.text(connection, document)
            for one in answers(spoken, said):
                # What answers several of them is said once.
                if one.question in wanted and (not found or found[-1].answer.turn != one.turn):
                    turn = by_id[one.turn]
                    who = names.get(turn.participant, "") if turn.participant is not None else ""
                    found.append(
                        GivenAnswer(one, titles[document], who or turn.label, _glimpse(text, turn))
                    )
        progress.step()
    return tuple(found)


def asked_in(project: ProjectFile, guide: GuideId) -> Mapping[QuestionId, tuple[int, int]]:
    """Return for each question in how many interviews of the guide it was asked, and of how many.

    An interview in which somebody says that it was asked counts too.
    """
    connection = project.connection
    through = {one for one, other in guides.matched_documents(connection).items() if other == guide}
    asked: dict[QuestionId, set[DocumentId]] = {}
    for question, document in guides.asked(connection):
        asked.setdefault(question, set()).add(document)
    everything = next((one for one in guides.all_guides(connection) if one.id == guide), None)
    return {
        one.id: (len(there := asked.get(one.id, set())), len(through | there))
        for one in (everything.questions if everything is not None else ())
    }


def said_of_turns(project: ProjectFile) -> Mapping[TurnId, TurnQuestions]:
    """Return what every turn asks that something is said of."""
    return guides.of_all_turns(project.connection)


def _titles(project: ProjectFile) -> dict[DocumentId, str]:
    return {one.id: one.name for one in documents.all_documents(project.connection)}


def _glimpse(text: str, turn: Turn) -> str:
    """Return how a turn begins, on one line."""
    said = " ".join(text[turn.start : min(turn.end, turn.start + GLIMPSE)].split())
    return said + "…" if turn.end - turn.start > GLIMPSE else said
