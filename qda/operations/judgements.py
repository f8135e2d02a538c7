"""What a user does with grades, propositions and verdicts: judge cases, and say why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qda.model.changes import OpResult
from qda.model.entities import Coding
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import (
    CaseId,
    CodeId,
    CodingId,
    Guid,
    JudgementId,
    PropositionId,
    new_guid,
)
from qda.model.judgements import (
    GRADES,
    VERDICTS,
    Evidence,
    FrameworkCell,
    Judgement,
    Proposition,
    SeenCoding,
)
from qda.model.messages import message
from qda.operations import framework as framework_cells
from qda.operations.codings import NewCoding, add_one
from qda.store import cases, coders, codes, history, judgements, project_info
from qda.store.project_file import ProjectFile

GRADE = message("Grade a case")
JUDGE = message("Give a verdict on a proposition")
WRITE = message("Write a cell of the framework matrix")
SETTLE = message("Settle on a judgement")
REMOVE = message("Remove a judgement")
ADD = message("Add a proposition")
EDIT = message("Change a proposition")
DROP = message("Remove a proposition")


@dataclass(frozen=True, slots=True)
class CellContent:
    """What a command writes into a framework cell at once; None leaves a part as it is."""

    summary: str | None = None
    status: str | None = None
    grade: str | None = None
    reason: str | None = None
    evidence: tuple[CodingId, ...] | None = None


def grade_scale(project: ProjectFile, code: CodeId) -> tuple[str, ...]:
    """Return what a case may be graded on a code: the code's scale, else low, medium, high."""
    return _code_scale(project, code)[1]


def verdict_scale(project: ProjectFile, proposition: Proposition) -> tuple[str, ...]:
    """Return what the verdict on a proposition may be: its own scale, else the usual three."""
    language = project_info.read(project.connection).language
    return proposition.scale or VERDICTS[language]


# ------------------------------------------------------------------------- grades and verdicts
def grade_case(
    project: ProjectFile,
    *,
    coder: str,
    case: CaseId,
    code: CodeId,
    value: str,
    reason: str | None = None,
    evidence: Sequence[CodingId] | None = None,
) -> OpResult[Judgement]:
    """Grade a case on a code, as this rater; what is None stays.

    Raises NotAllowed for a value off the scale.
    """
    _require_case(project, case)
    _require_on_scale(value, *_code_scale(project, code))
    framework_cells.require_codings(project, evidence or ())
    with project.step(GRADE, coder) as step:
        given = None if evidence is None else tuple(Evidence(one) for one in evidence)
        kept = _judge(project, coder, case, code, None, value, reason, given)
    return OpResult(kept, step.changes, step.id)


def code_for_grade(
    project: ProjectFile, *, coder: str, case: CaseId, code: CodeId, new: NewCoding
) -> OpResult[Coding]:
    """Code a passage and let this rater's grade rest on it, in one step.

    Raises NotAllowed where this rater gave no grade, or the span is not within the text.
    """
    _require_case(project, case)
    value = _grade_there_is(project, coder, case, code)
    with project.step(framework_cells.CODE, coder) as step:
        coding = add_one(project, coder, new, {}, {})
        given = _judge(project, coder, case, code, None, value, None, None).evidence
        if all(one.coding != coding.id for one in given):
            evidence = (*given, Evidence(coding.id))
            _judge(project, coder, case, code, None, value, None, evidence)
    return OpResult(coding, step.changes, step.id)


def write_cell(
    project: ProjectFile,
    *,
    coder: str,
    case: CaseId,
    code: CodeId,
    content: CellContent,
    seen: Sequence[SeenCoding] | None = None,
) -> OpResult[tuple[FrameworkCell | None, Judgement | None]]:
    """Write summary, status, grade, reason and evidence of a cell in one step.

    Evidence is pinned beside the summary and, where a grade is given, is what it rests on. A
    reason without a grade is that of the grade there is. Raises NotAllowed, NotFound.
    """
    _require_case(project, case)
    name, scale = _code_scale(project, code)
    if content.grade is not None:
        _require_on_scale(content.grade, name, scale)
    framework_cells.checked_status(content.status)
    framework_cells.require_codings(project, content.evidence or ())
    grade = content.grade
    if grade is None and content.reason is not None:
        grade = _grade_there_is(project, coder, case, code)
    cell: FrameworkCell | None = None
    judgement: Judgement | None = None
    with project.step(WRITE, coder) as step:
        alone = grade is None or content.summary is not None or content.status is not None
        if alone:
            cell = framework_cells.write_into(
                project,
                coder,
                framework_cells.cell_of(project, "case", case, code),
                framework_cells.Writing(
                    summary=content.summary,
                    status=content.status,
                    evidence=content.evidence,
                    seen=seen if content.summary is not None else None,
                ),
            )
        if grade is not None:
            given = (
                None
                if content.evidence is None
                else tuple(Evidence(one) for one in content.evidence)
            )
            judgement = _judge(project, coder, case, code, None, grade, content.reason, given)
    return OpResult((cell, judgement), step.changes, step.id)


def give_verdict(
    project: ProjectFile,
    *,
    coder: str,
    case: CaseId,
    proposition: PropositionId,
    value: str,
    reason: str | None = None,
    evidence: Sequence[Evidence] | None = None,
) -> OpResult[Judgement]:
    """Judge a proposition in a case, as this rater; what is None stays.

    Raises NotAllowed for a verdict off the proposition's scale.
    """
    _require_case(project, case)
    known = _proposition(project, proposition)
    _require_on_scale(value, known.name, verdict_scale(project, known))
    framework_cells.require_codings(project, [one.coding for one in evidence or ()])
    with project.step(JUDGE, coder) as step:
        given = None if evidence is None else tuple(evidence)
        kept = _judge(project, coder, case, None, proposition, value, reason, given)
    return OpResult(kept, step.changes, step.id)


def settle(
    project: ProjectFile,
    *,
    coder: str,
    judgement: JudgementId,
    value: str = "",
    reason: str = "",
) -> OpResult[Judgement]:
    """Settle on a rater's judgement, with another value or reason where the raters chose one."""
    found = _get(project, judgement)
    value = value or found.value
    if found.code is not None:
        _require_on_scale(value, *_code_scale(project, found.code))
    elif found.proposition is not None:
        known = _proposition(project, found.proposition)
        _require_on_scale(value, known.name, verdict_scale(project, known))
    connection = project.connection
    with project.step(SETTLE, coder) as step:
        judgements.unsettle(connection, found.case, found.code, found.proposition)
        at = history.now()
        kept = replace(
            found,
            guid=new_guid(),
            coder=coders.ensure(connection, coder).id,
            settled=True,
            value=value,
            reason=reason.strip() or found.reason,
            created=at,
            modified=at,
        )
        kept = replace(kept, id=judgements.insert_judgement(connection, kept))
    return OpResult(kept, step.changes, step.id)


def remove_judgement(project: ProjectFile, *, coder: str, judgement: JudgementId) -> OpResult[None]:
    """Take a grade or verdict back."""
    _get(project, judgement)
    with project.step(REMOVE, coder) as step:
        judgements.delete_judgement(project.connection, judgement)
    return OpResult(None, step.changes, step.id)


# -------------------------------------------------------------------------------- propositions
def add_proposition(
    project: ProjectFile, *, coder: str, name: str, text: str = "", scale: Sequence[str] = ()
) -> OpResult[Proposition]:
    """Add a proposition at the end of the list. Raises NotAllowed for a name that is taken."""
    everything = judgements.all_propositions(project.connection)
    _require_free(everything, name.strip(), None)
    with project.step(ADD, coder) as step:
        position = max((one.position for one in everything), default=-1) + 1
        made = Proposition(
            PropositionId(0), new_guid(), name.strip(), text.strip(), _steps(scale), position
        )
        made = replace(made, id=judgements.insert_proposition(project.connection, made))
    return OpResult(made, step.changes, step.id)


def edit_proposition(
    project: ProjectFile,
    *,
    coder: str,
    proposition: PropositionId,
    name: str | None = None,
    text: str | None = None,
    scale: Sequence[str] | None = None,
) -> OpResult[Proposition]:
    """Change what a proposition says; a scale that verdicts stand outside of is refused."""
    known = _proposition(project, proposition)
    changed = replace(
        known,
        name=known.name if name is None else name.strip(),
        text=known.text if text is None else text.strip(),
        scale=known.scale if scale is None else _steps(scale),
    )
    everything = judgements.all_propositions(project.connection)
    _require_free(everything, changed.name, proposition)
    allowed = verdict_scale(project, changed)
    used = {
        one.value
        for one in judgements.all_judgements(project.connection)
        if one.proposition == proposition
    }
    if not used <= set(allowed):
        raise NotAllowed(
            message(
                "{values} is in use as a verdict; change those verdicts first or keep it.",
                values=", ".join(sorted(used - set(allowed))),
            )
        )
    with project.step(EDIT, coder) as step:
        judgements.update_proposition(project.connection, changed)
    return OpResult(changed, step.changes, step.id)


def move_proposition(
    project: ProjectFile, *, coder: str, proposition: PropositionId, to: int
) -> OpResult[None]:
    """Put a proposition at another place of the list, counted from 0."""
    known = _proposition(project, proposition)
    others = [
        one for one in judgements.all_propositions(project.connection) if one.id != proposition
    ]
    others.insert(max(0, min(to, len(others))), known)
    with project.step(EDIT, coder) as step:
        for place, one in enumerate(others):
            if one.position != place:
                judgements.update_proposition(project.connection, replace(one, position=place))
    return OpResult(None, step.changes, step.id)


def remove_proposition(
    project: ProjectFile, *, coder: str, proposition: PropositionId
) -> OpResult[None]:
    """Remove a proposition with its verdicts."""
    _proposition(project, proposition)
    with project.step(DROP, coder) as step:
        judgements.delete_proposition(project.connection, proposition)
    return OpResult(None, step.changes, step.id)


def find_proposition(project: ProjectFile, text: str) -> Proposition:
    """Return the proposition of that name or GUID. Raises NotFound."""
    wanted = text.strip()
    for one in judgements.all_propositions(project.connection):
        if one.name == wanted or one.guid == wanted.casefold():
            return one
    raise NotFound(
        message("There is no proposition {name}; «qda proposition show» lists them.", name=text)
    )


# --------------------------------------------------------------------------------------- parts
def _judge(
    project: ProjectFile,
    coder: str,
    case: CaseId,
    code: CodeId | None,
    proposition: PropositionId | None,
    value: str,
    reason: str | None,
    evidence: tuple[Evidence, ...] | None,
) -> Judgement:
    """Write this rater's judgement within a step that is open."""
    connection = project.connection
    who = coders.ensure(connection, coder).id
    about = code if code is not None else proposition
    assert about is not None  # noqa: S101 - one of the two is given
    found = judgements.find(
        connection, case, about, who, verdict=proposition is not None, settled=False
    )
    at = history.now()
    if found is None:
        made = Judgement(
            JudgementId(0), new_guid(), case, code, proposition, who, settled=False, value=value,
            reason=(reason or "").strip(), created=at, modified=at, evidence=evidence or (),
        )  # fmt: skip
        return replace(made, id=judgements.insert_judgement(connection, made))
    changed = replace(
        found,
        value=value,
        reason=found.reason if reason is None else reason.strip(),
        modified=at,
        evidence=found.evidence if evidence is None else evidence,
    )
    if changed == replace(found, modified=at):
        return found
    judgements.update_judgement(connection, changed)
    if changed.evidence != found.evidence:
        judgements.set_judgement_evidence(connection, found.id, changed.evidence)
    return changed


def _grade_there_is(project: ProjectFile, coder: str, case: CaseId, code: CodeId) -> str:
    who = coders.by_name(project.connection, coder)
    found = who and judgements.find(
        project.connection, case, code, who.id, verdict=False, settled=False
    )
    if found is None:
        raise NotAllowed(message("A reason belongs to a grade; give the grade too."))
    return found.value


def _code_scale(project: ProjectFile, code: CodeId) -> tuple[str, tuple[str, ...]]:
    for one in codes.all_codes(project.connection):
        if one.id == code:
            language = project_info.read(project.connection).language
            return one.name, one.scale or GRADES[language]
    raise NotFound(message("The code is no longer in the codebook."))


def _require_on_scale(value: str, name: str, scale: tuple[str, ...]) -> None:
    if value not in scale:
        raise NotAllowed(
            message(
                "{value} is not on the scale of {code}; choose one of {scale}.",
                value=value,
                code=name,
                scale=", ".join(scale),
            )
        )


def _require_case(project: ProjectFile, case: CaseId) -> None:
    if cases.by_id(project.connection, case) is None:
        raise NotFound(message("The case is no longer in the project."))


def _proposition(project: ProjectFile, proposition: PropositionId) -> Proposition:
    for one in judgements.all_propositions(project.connection):
        if one.id == proposition:
            return one
    raise NotFound(message("The proposition is no longer in the project."))


def _get(project: ProjectFile, judgement: JudgementId) -> Judgement:
    for one in judgements.all_judgements(project.connection):
        if one.id == judgement:
            return one
    raise NotFound(message("The judgement is no longer in the project."))


def _steps(scale: Sequence[str]) -> tuple[str, ...]:
    """Return the steps of a scale, each once and none empty."""
    return tuple(dict.fromkeys(one.strip() for one in scale if one.strip()))


def _require_free(everything: Sequence[Proposition], name: str, own: PropositionId | None) -> None:
    if not name:
        raise NotAllowed(message("A proposition needs a name; write one."))
    if any(one.name.casefold() == name.casefold() and one.id != own for one in everything):
        raise NotAllowed(
            message("There is a proposition {name} already; choose another name.", name=name)
        )


def guid_of(written: tuple[FrameworkCell | None, Judgement | None]) -> Guid:
    """Return the GUID that names what `write_cell` wrote: the cell's, else the grade's."""
    cell, judgement = written
    if cell is not None:
        return cell.guid
    assert judgement is not None  # noqa: S101 - one of the two is always written
    return judgement.guid
