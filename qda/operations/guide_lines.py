"""What a user changes in an interview guide: words, order, a question more or less.

What turns were said to ask stays with its question, whatever becomes of its words, number and
place. Questions that are numbered one after another stay so: those behind a change get other
numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qda.model.changes import OpResult
from qda.model.errors import NotAllowed
from qda.model.guides import GuideLine, Question
from qda.model.ids import GuideId, QuestionId
from qda.model.messages import message
from qda.operations.guides import find_guide, find_question
from qda.store import guides
from qda.store.project_file import ProjectFile

REWORD = message("Change a question of the interview guide")
ADD = message("Add a question to the interview guide")
REMOVE = message("Remove a question from the interview guide")
MOVE = message("Move a question of the interview guide")

_WORDS = message("A question needs words; write some.")
_WHOLE = re.compile(r"(\d+)(\D?)")


def reword_question(
    project: ProjectFile, *, coder: str, question: QuestionId, text: str
) -> OpResult[None]:
    """Give a line of a guide other words; what is matched stays until it is matched anew.

    Raises NotFound, and NotAllowed for no words.
    """
    found = find_question(project, question)
    text = " ".join(text.split())
    if not text:
        raise NotAllowed(_WORDS)
    with project.step(REWORD, coder) as step:
        if text != found.text:
            guides.reword(project.connection, question, found.number, text)
    return OpResult(None, step.changes, step.id)


def add_question(
    project: ProjectFile,
    *,
    coder: str,
    guide: GuideId,
    text: str,
    after: QuestionId | None = None,
) -> OpResult[Question]:
    """Add a question behind a line and its probes, by default at the end.

    Raises NotFound, and NotAllowed for no words.
    """
    text = " ".join(text.split())
    if not text:
        raise NotAllowed(_WORDS)
    found = find_guide(project, guide)
    blocks = _blocks(found.lines)
    place = len(blocks) if after is None else _place_of(blocks, find_question(project, after)) + 1
    lines = [line for block in blocks[:place] for line in block]
    behind = [line for block in blocks[place:] for line in block]
    with project.step(ADD, coder) as step:
        # Those behind go first, so that no two are ever in one place.
        guides.place_lines(
            project.connection,
            [(one.id, one.number, at) for at, one in enumerate(behind, len(lines) + 1)],
        )
        line = GuideLine("question", "", text)
        made = guides.add_line(project.connection, guide, line, len(lines))
        _count(project, found.lines, guide)
    return OpResult(find_question(project, made), step.changes, step.id)


def remove_question(project: ProjectFile, *, coder: str, question: QuestionId) -> OpResult[None]:
    """Remove a question with its probes and what was matched to it; codings of answers stay.

    Raises NotFound, and NotAllowed for the only question.
    """
    line = find_question(project, question)
    found = find_guide(project, line.guide)
    if [one.id for one in found.questions] == [question]:
        raise NotAllowed(message("A guide needs a question; remove the guide instead."))
    blocks = _blocks(found.lines)
    block = blocks[_place_of(blocks, line)]
    # With a heading only the heading goes, with a probe only the probe.
    ids = [one.id for one in block] if line.kind == "question" else [question]
    with project.step(REMOVE, coder) as step:
        guides.delete_lines(project.connection, ids)
        _count(project, found.lines, found.id)
    return OpResult(None, step.changes, step.id)


def move_question(
    project: ProjectFile, *, coder: str, question: QuestionId, down: bool
) -> OpResult[bool]:
    """Move a question with its probes past the question or heading before or behind it.

    Tell whether there was one. Raises NotFound.
    """
    line = find_question(project, question)
    found = find_guide(project, line.guide)
    blocks = _blocks(found.lines)
    place = _place_of(blocks, line)
    other = place + 1 if down else place - 1
    there = 0 <= other < len(blocks)
    if there:
        blocks[place], blocks[other] = blocks[other], blocks[place]
    lines = [one for block in blocks for one in block]
    with project.step(MOVE, coder) as step:
        guides.place_lines(
            project.connection,
            [(one.id, one.number, at) for at, one in enumerate(lines) if one.position != at],
        )
        _count(project, found.lines, found.id)
    return OpResult(there, step.changes, step.id)


def _blocks(lines: Sequence[Question]) -> list[list[Question]]:
    """Return headings and questions, each with the probes behind it."""
    found: list[list[Question]] = []
    for line in lines:
        if line.kind == "probe" and found:
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _place_of(blocks: Sequence[Sequence[Question]], line: Question) -> int:
    return next(at for at, block in enumerate(blocks) if line.id in {one.id for one in block})


# ------------------------------------------------------------------------------------ numbers
@dataclass(frozen=True, slots=True)
class _Numbering:
    """From which number on questions are counted, and what stands behind each number."""

    first: int
    end: str


def _count(project: ProjectFile, before: Sequence[Question], guide: GuideId) -> None:
    """Count the questions of a guide through where they were counted before."""
    numbering = _numbering([one.number for one in before if one.kind == "question"])
    if numbering is None:
        return
    changed: list[tuple[QuestionId, str, int]] = []
    questions = find_guide(project, guide).questions
    for number, one in enumerate(questions, numbering.first):
        wanted = f"{number}{numbering.end}"
        if one.number != wanted:
            changed.append((one.id, wanted, one.position))
    guides.place_lines(project.connection, changed)


def _numbering(numbers: Sequence[str]) -> _Numbering | None:
    """Return how numbers are counted, None where they are not whole or leave some out."""
    read = [_WHOLE.fullmatch(one) for one in numbers]
    first = read[0] if read else None
    if first is None:
        return None
    found = _Numbering(int(first[1]), first[2])
    wanted = [f"{number}{found.end}" for number in range(found.first, found.first + len(numbers))]
    return found if wanted == list(numbers) else None
