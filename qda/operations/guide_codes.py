"""What a user does with the codes of a guide's questions: links them, codes the answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from qda.model.changes import OpResult
from qda.model.entities import Code
from qda.model.errors import NotFound
from qda.model.guides import Answer
from qda.model.ids import CodeId, DocumentId, QuestionId
from qda.model.messages import message
from qda.operations.codings import NewCoding, add_one
from qda.operations.guides import find_question
from qda.store import codes, guides
from qda.store.project_file import ProjectFile

LINK = message("Link a question with codes")
UNLINK = message("Unlink a question from codes")
CODE = message("Code the answers to questions")


def link_codes(
    project: ProjectFile,
    *,
    coder: str,
    questions: Sequence[QuestionId],
    code_ids: Sequence[CodeId],
    linked: bool = True,
) -> OpResult[None]:
    """Say that questions are about codes, or that they are not."""
    for one in questions:
        find_question(project, one)
    known = {one.id for one in codes.all_codes(project.connection)}
    if not known.issuperset(code_ids):
        raise NotFound(message("The code is no longer in the codebook."))
    with project.step(LINK if linked else UNLINK, coder) as step:
        change = guides.link_codes if linked else guides.unlink_codes
        for one in questions:
            change(project.connection, one, code_ids)
    return OpResult(None, step.changes, step.id)


@dataclass(frozen=True, slots=True)
class CodedAnswers:
    """How many answers were coded now, and how many were already."""

    coded: int
    before: int


def code_answers(
    project: ProjectFile, *, coder: str, code: CodeId, answers: Sequence[Answer]
) -> OpResult[CodedAnswers]:
    """Code answers to questions, each informant's turn by itself, in one step.

    One that answers several of the questions is coded once. What the coder coded so already stays
    as it is. Raises NotFound for what is gone.
    """
    places = dict.fromkeys((one.document, one.start, one.end) for one in answers)
    texts: dict[DocumentId, str] = {}
    known: dict[CodeId, Code] = {}
    with project.step(CODE, coder) as step:
        for document, start, end in places:
            add_one(project, coder, NewCoding(document, code, start, end), texts, known)
    made = len(step.changes.of("coding"))
    return OpResult(CodedAnswers(made, len(places) - made), step.changes, step.id)
