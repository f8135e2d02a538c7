"""What a user does with codings: code, uncode, resize, recode, comment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qda.model.changes import OpResult
from qda.model.entities import STANCES, Code, Coding, Stance, Thing
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CaseId, CodeId, CodingId, DocumentId, new_guid
from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message
from qda.operations.import_reports import keep_report
from qda.operations.memo_versions import keep_version
from qda.store import (
    cases,
    coders,
    codes,
    codings,
    documents,
    history,
    judgements,
    memo_links,
    memo_versions,
    memos,
)
from qda.store.project_file import ProjectFile

CODE = message("Code a segment")
CODE_SEVERAL = message("Code several segments")
UNCODE = message("Remove a coding")
RESIZE = message("Change the borders of a segment")
RECODE = message("Give a segment another code")
DESCRIBE = message("Describe a coding")
NOTE = message("Write a note on a segment")
IMPORT = message("Import codings")


@dataclass(frozen=True, slots=True)
class NewCoding:
    """A coding to be made; `coder` empty means the one who runs the operation."""

    document: DocumentId
    code: CodeId
    start: int
    end: int
    stance: Stance | None = None
    value: str = ""
    memo: str = ""
    coder: str = ""
    cases: tuple[CaseId, ...] = ()


def add_codings(
    project: ProjectFile,
    *,
    coder: str,
    new: Sequence[NewCoding],
    imported: bool = False,
    report: ReportBuilder | None = None,
) -> OpResult[tuple[Coding, ...]]:
    """Code segments, one or many, in one step, which is called an import when they are `imported`.

    The project keeps `report`, which begins with the rows of a sheet that failed.

    A coder who already coded exactly this segment with this code gets that coding back, with the
    given stance, value and cases put on it. Raises NotAllowed for a span outside the text, an
    empty one, or a value off the code's scale.
    """
    operation = IMPORT if imported else CODE if len(new) == 1 else CODE_SEVERAL
    texts: dict[DocumentId, str] = {}
    known: dict[CodeId, Code] = {}
    with project.step(operation, coder) as step:
        made = tuple(add_one(project, coder, one, texts, known) for one in new)
        if report is not None:
            report.count_found({"rows": len(new)})
            report.count_kept({"rows": len(new), "codings": len(made)})
            keep_report(project, report, coder)
    return OpResult(made, step.changes, step.id)


def add_one(
    project: ProjectFile,
    coder: str,
    new: NewCoding,
    texts: dict[DocumentId, str],
    known: dict[CodeId, Code],
) -> Coding:
    """Code one segment within an operation that runs; texts and codes are read once into dicts."""
    connection = project.connection
    if new.document not in texts:
        if documents.by_id(connection, new.document) is None:
            raise NotFound(message("The document is no longer in the project."))
        texts[new.document] = documents.text(connection, new.document)
    if new.code not in known:
        known[new.code] = _code(project, new.code)
    text = texts[new.document]
    check_span(new.start, new.end, len(text))
    check_value(known[new.code], new.value)
    who = coders.ensure(connection, _coder_name(new.coder, coder))
    there = codings.same(connection, new.document, new.code, who.id, new.start, new.end)
    if there is None:
        coding = Coding(
            id=CodingId(0),
            guid=new_guid(),
            document=new.document,
            code=new.code,
            coder=who.id,
            start=new.start,
            end=new.end,
            quote=text[new.start : new.end],
            stance=new.stance,
            value=new.value,
            memo=new.memo,
            created=history.now(),
        )
        coding = replace(coding, id=codings.insert(connection, coding))
    else:
        coding = replace(
            there,
            stance=new.stance or there.stance,
            value=new.value or there.value,
            memo=new.memo or there.memo,
        )
        codings.update(connection, coding)
    for case in new.cases:
        if cases.by_id(connection, case) is None:
            raise NotFound(message("The case is no longer in the project."))
        codings.link(connection, coding.id, case)
    return coding


def _coder_name(given: str, running: str) -> str:
    name = given.strip() or running.strip()
    if not name:
        raise NotAllowed(message("A coding needs a coder; say who codes."))
    return name


def fold_coding(project: ProjectFile, *, keep: CodingId, other: Coding) -> None:
    """Fold a coding into one of the same segment, within an operation that runs.

    The kept one keeps what it says; stance, value and memo that it lacks, and the memos and cases
    of the other, come to it.
    """
    connection = project.connection
    kept = _get(project, keep)
    memo = kept.memo
    if other.memo and other.memo != kept.memo:
        memo = f"{kept.memo}\n{other.memo}" if kept.memo else other.memo
    codings.update(
        connection,
        replace(
            kept, stance=kept.stance or other.stance, value=kept.value or other.value, memo=memo
        ),
    )
    for case in codings.own_cases(connection, other.id):
        codings.link(connection, keep, case)
    memos.move(connection, "coding", other.id, keep)
    memo_links.move(connection, Thing("coding", other.id), Thing("coding", keep))
    memo_versions.move(connection, other.id, keep)
    judgements.move_coding(connection, other.id, keep)
    codings.delete(connection, [other.id])


def check_span(start: int, end: int, length: int) -> None:
    """Raise NotAllowed where `start:end` is empty or not within a text of `length`."""
    if start < 0 or end > length or start >= end:
        raise NotAllowed(
            message(
                "{start} to {end} is no segment of this text of {length} characters; "
                "choose a start before the end, both within the text.",
                start=start,
                end=end,
                length=length,
            )
        )


def check_value(code: Code, value: str) -> None:
    """Raise NotAllowed where a value is not on the code's scale."""
    if value and value not in code.scale:
        if not code.scale:
            raise NotAllowed(
                message("The code {code} has no scale; leave the value out.", code=code.name)
            )
        raise NotAllowed(
            message(
                "{value} is not on the scale of {code}; choose one of {scale}.",
                value=value,
                code=code.name,
                scale=", ".join(code.scale),
            )
        )


def check_stance(stance: str) -> Stance | None:
    """Return a stance that was typed, None for an empty one. Raises NotAllowed."""
    if not stance.strip():
        return None
    for known in STANCES:
        if known == stance.strip().casefold():
            return known
    raise NotAllowed(
        message(
            "{stance} is no stance; choose one of {known}.",
            stance=stance,
            known=", ".join(STANCES),
        )
    )


def remove_codings(
    project: ProjectFile, *, coder: str, coding_ids: Sequence[CodingId]
) -> OpResult[int]:
    """Uncode segments; return how many there were."""
    there = [one for one in coding_ids if codings.by_id(project.connection, one) is not None]
    with project.step(UNCODE, coder) as step:
        memos.delete_of_codings(project.connection, there)
        codings.delete(project.connection, there)
    return OpResult(len(there), step.changes, step.id)


def resize_coding(
    project: ProjectFile, *, coder: str, coding: CodingId, start: int, end: int
) -> OpResult[Coding]:
    """Move the borders of a segment.

    Raises NotAllowed for a span outside the text or one that is coded so already.
    """
    old = _get(project, coding)
    text = documents.text(project.connection, old.document)
    check_span(start, end, len(text))
    there = codings.same(project.connection, old.document, old.code, old.coder, start, end)
    if there is not None and there.id != coding:
        raise NotAllowed(
            message("This segment is already coded so; remove the one that is too many.")
        )
    return _write(project, coder, replace(old, start=start, end=end, quote=text[start:end]), RESIZE)


def recode(
    project: ProjectFile, *, coder: str, coding_ids: Sequence[CodingId], code: CodeId
) -> OpResult[int]:
    """Give segments another code; a value off the new code's scale is dropped.

    A segment that the same coder has coded with it already keeps one coding, with what both say.
    """
    new = _code(project, code)
    with project.step(RECODE, coder) as step:
        for coding in coding_ids:
            old = _get(project, coding)
            moved = replace(old, code=code, value=old.value if old.value in new.scale else "")
            there = codings.same(
                project.connection, old.document, code, old.coder, old.start, old.end
            )
            if there is not None and there.id != coding:
                fold_coding(project, keep=there.id, other=moved)
            else:
                codings.update(project.connection, moved)
    return OpResult(len(coding_ids), step.changes, step.id)


def set_stance(
    project: ProjectFile, *, coder: str, coding: CodingId, stance: Stance | None
) -> OpResult[Coding]:
    """Say where the speaker stands; None for nowhere."""
    return _write(project, coder, replace(_get(project, coding), stance=stance), DESCRIBE)


def set_value(
    project: ProjectFile, *, coder: str, coding: CodingId, value: str
) -> OpResult[Coding]:
    """Put a segment on its code's scale, or off it with an empty value. Raises NotAllowed."""
    old = _get(project, coding)
    check_value(_code(project, old.code), value)
    return _write(project, coder, replace(old, value=value), DESCRIBE)


def set_memo(
    project: ProjectFile, *, coder: str, coding: CodingId, memo: str, joins: bool = False
) -> OpResult[Coding]:
    """Write the note on a coding; what it said when it was last left stays as a version.

    With `joins`, what is saved again and again while one writes is one undo step for every few
    minutes.
    """
    old = _get(project, coding)
    with project.step(NOTE, coder, joins=joins) as step:
        written = write_memo(project, coder, old, memo)
    return OpResult(written, step.changes, step.id)


def write_memo(
    project: ProjectFile, coder: str, old: Coding, memo: str, *, afresh: bool = False
) -> Coding:
    """Write the note on a coding within an operation that runs; return the coding."""
    if memo == old.memo:
        return old
    connection, of = project.connection, Thing("coding", old.id)
    last = memo_versions.latest(connection, of)
    writer = coders.ensure(connection, coder).id
    so_far = (
        old.memo,
        last.coder if last is not None else old.coder,
        last.saved if last is not None else old.created,
    )
    keep_version(project, of, old=so_far, text=memo, writer=writer, afresh=afresh)
    written = replace(old, memo=memo)
    codings.update(connection, written)
    return written


def _write(
    project: ProjectFile, coder: str, coding: Coding, operation: Message
) -> OpResult[Coding]:
    with project.step(operation, coder) as step:
        codings.update(project.connection, coding)
    return OpResult(coding, step.changes, step.id)


def find_quote(text: str, quote: str, occurrence: int = 1) -> tuple[int, int]:
    """Return where a quote stands in a text, the `occurrence`-th time counted from 1.

    Raises NotAllowed when it does not stand there that often; the quote itself is not repeated
    in the error.
    """
    if not quote or occurrence < 1:
        raise NotAllowed(message("Give a quote, and an occurrence that counts from 1."))
    start = -1
    for number in range(occurrence):
        start = text.find(quote, start + 1)
        if start < 0:
            raise NotAllowed(
                message(
                    "The quote stands {found} times in the document, not {wanted}; "
                    "copy it as «qda text» prints it.",
                    found=number,
                    wanted=occurrence,
                )
            )
    return start, start + len(quote)


def _get(project: ProjectFile, coding: CodingId) -> Coding:
    found = codings.by_id(project.connection, coding)
    if found is None:
        raise NotFound(message("The coding is no longer in the project."))
    return found


def _code(project: ProjectFile, code: CodeId) -> Code:
    found = codes.by_id(project.connection, code)
    if found is None:
        raise NotFound(message("The code is no longer in the project."))
    return found
