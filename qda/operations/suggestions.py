"""What a user does with proposed codings: accept, reject, put off, forget what was decided.

Nothing here proposes: `qda.app.suggesting` does, and changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qda.model.changes import Changes, OpResult
from qda.model.entities import Code, Coding
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CoderId, DocumentId
from qda.model.messages import Message, message
from qda.model.suggestions import (
    SuggestionDecision,
    SuggestionKey,
    SuggestionVerdict,
    code_mark,
    document_mark,
    parse_suggestion_id,
)
from qda.operations.codings import NewCoding, add_one, check_span
from qda.store import coders, codes, documents, history, suggestion_decisions
from qda.store.project_file import ProjectFile

ACCEPT = message("Accept a suggestion")
ACCEPT_SEVERAL = message("Accept several suggestions")
REJECT = message("Reject a suggestion")
REJECT_SEVERAL = message("Reject several suggestions")
POSTPONE = message("Put off a suggestion")
POSTPONE_SEVERAL = message("Put off several suggestions")
FORGET = message("Forget what was decided of suggestions")


def accept(
    project: ProjectFile,
    *,
    coder: str,
    keys: Sequence[SuggestionKey],
    span: tuple[int, int] | None = None,
) -> OpResult[tuple[Coding, ...]]:
    """Code what was proposed, in one step; `span` is where one suggestion was adjusted to.

    The codings are like any other; the step's name and the kept decisions say where they come
    from. Raises NotAllowed for a span outside the text, NotFound for what is gone.
    """
    _require_some(keys)
    if span is not None and len(keys) != 1:
        raise NotAllowed(message("Adjust one suggestion at a time; name just one."))
    texts: dict[DocumentId, str] = {}
    known: dict[CodeId, Code] = {}
    operation = ACCEPT if len(keys) == 1 else ACCEPT_SEVERAL
    with project.step(operation, coder) as step:
        made: list[Coding] = []
        kept: list[SuggestionDecision] = []
        for key in keys:
            start, end = span or (key.start, key.end)
            new = NewCoding(key.document, key.code, start, end)
            coding = add_one(project, coder, new, texts, known)
            check_span(key.start, key.end, len(texts[key.document]))
            made.append(coding)
            kept.append(SuggestionDecision(key, coding.coder, "accepted", coding.id))
        suggestion_decisions.keep(project.connection, kept, history.now())
    return OpResult(tuple(made), step.changes, step.id)


def reject(project: ProjectFile, *, coder: str, keys: Sequence[SuggestionKey]) -> OpResult[int]:
    """Remember that something is not to be proposed again; return how many. Raises NotFound."""
    operation = REJECT if len(keys) == 1 else REJECT_SEVERAL
    return _decide(project, coder, keys, "rejected", operation)


def postpone(project: ProjectFile, *, coder: str, keys: Sequence[SuggestionKey]) -> OpResult[int]:
    """Put suggestions off until the others are done; return how many. Raises NotFound."""
    operation = POSTPONE if len(keys) == 1 else POSTPONE_SEVERAL
    return _decide(project, coder, keys, "later", operation)


def forget(
    project: ProjectFile,
    *,
    coder: str,
    verdict: SuggestionVerdict = "rejected",
    code: CodeId | None = None,
    document: DocumentId | None = None,
    by: CoderId | None = None,
) -> OpResult[int]:
    """Let what was rejected (or put off) be proposed again; return how much that is.

    All of it, or on one code, in one document, `by` one coder.
    """
    limits = (verdict, code, document, by)
    count = suggestion_decisions.count(project.connection, *limits)
    if not count:
        return OpResult(0, Changes())
    with project.step(FORGET, coder) as step:
        suggestion_decisions.forget(project.connection, *limits)
    return OpResult(count, step.changes, step.id)


def find(project: ProjectFile, ids: Iterable[str]) -> tuple[SuggestionKey, ...]:
    """Return what ids of suggestions mean, in their order.

    Raises NotFound for one that is none, or whose text or code is not there any more as it was.
    """
    connection = project.connection
    there = {
        document_mark(one.guid, one.text_hash): one for one in documents.all_documents(connection)
    }
    known = {code_mark(one.guid): one for one in codes.all_codes(connection)}
    found: list[SuggestionKey] = []
    for text in ids:
        parts = parse_suggestion_id(text)
        document = there.get(parts.document) if parts is not None else None
        code = known.get(parts.code) if parts is not None else None
        if parts is None or document is None or code is None:
            raise NotFound(
                message(
                    "There is no suggestion {id}: its text or code is another by now, or it is "
                    "mistyped; «qda suggest» lists them.",
                    id=text,
                )
            )
        check_span(parts.start, parts.end, document.characters)
        found.append(SuggestionKey(document.id, parts.start, parts.end, code.id, parts.engine))
    return tuple(dict.fromkeys(found))


def _decide(
    project: ProjectFile,
    coder: str,
    keys: Sequence[SuggestionKey],
    verdict: SuggestionVerdict,
    operation: Message,
) -> OpResult[int]:
    _require_some(keys)
    connection = project.connection
    for key in keys:
        document = documents.by_id(connection, key.document)
        if document is None or codes.by_id(connection, key.code) is None:
            raise NotFound(message("What was proposed is no longer in the project."))
        check_span(key.start, key.end, document.characters)
    with project.step(operation, coder) as step:
        who = coders.ensure(connection, coder).id
        decided = SuggestionDecision(keys[0], who, verdict)
        suggestion_decisions.keep(
            connection, (replace(decided, key=one) for one in keys), history.now()
        )
    return OpResult(len(keys), step.changes, step.id)


def _require_some(keys: Sequence[SuggestionKey]) -> None:
    if not keys:
        raise NotAllowed(message("No suggestion was named; name one or more."))
