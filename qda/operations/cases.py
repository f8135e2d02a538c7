"""What a user does with cases: add, import, edit, link, remove."""

from collections.abc import Sequence
from dataclasses import replace

from qda.model.changes import OpResult
from qda.model.entities import Case
from qda.model.errors import NotFound
from qda.model.ids import CaseId, CodingId, DocumentId, ParticipantId
from qda.model.messages import message
from qda.operations.documents import require_free_name
from qda.operations.import_reports import keep_report
from qda.operations.variables import TypedTable, table_report, write_values
from qda.store import cases, codings, framework, groups, lookup, memos, variables
from qda.store import documents as store_documents
from qda.store import participants as store_participants
from qda.store.project_file import ProjectFile

ADD = message("Add a case")
EDIT = message("Edit a case")
IMPORT = message("Import cases")
LINK = message("Link to a case")
UNLINK = message("Take a link to a case away")
REMOVE = message("Remove a case")
MOVE = message("Move a case")


def add_case(
    project: ProjectFile, *, coder: str, name: str, pseudonym: str = ""
) -> OpResult[CaseId]:
    """Add a case. Raises NotAllowed when the name is empty or taken."""
    name = name.strip()
    require_free_name(name, _names(project))
    with project.step(ADD, coder) as step:
        added = cases.insert(project.connection, name, pseudonym.strip())
    return OpResult(added, step.changes, step.id)


def import_cases(
    project: ProjectFile,
    *,
    coder: str,
    names: Sequence[str],
    pseudonyms: Sequence[str],
    table: TypedTable,
    source: str = "",
) -> OpResult[int]:
    """Find or add the cases of a sheet and write its variables; `pseudonyms` may hold "".

    A case is found by its name or pseudonym. The project keeps a report on `source`, where that
    is given. Raises Ambiguous where two answer to a name.
    """
    connection = project.connection
    with project.step(IMPORT, coder) as step:
        before = len(cases.all_cases(connection))
        subjects: list[int] = []
        for name, pseudonym in zip(names, pseudonyms, strict=True):
            name = name.strip()  # noqa: PLW2901 - as every other name is kept
            require_free_name(name, frozenset())
            found = _named(project, name)
            if found is None:
                subjects.append(cases.insert(connection, name, pseudonym))
                continue
            if pseudonym and pseudonym != found.pseudonym:
                cases.update(connection, replace(found, pseudonym=pseudonym))
            subjects.append(found.id)
        write_values(project, "case", subjects, table)
        if source:
            known = len(subjects) - (len(cases.all_cases(connection)) - before)
            report = table_report("cases", source, table, known=known)
            keep_report(project, report, coder)
    return OpResult(len(subjects), step.changes, step.id)


def edit_case(
    project: ProjectFile, *, coder: str, case: CaseId, name: str, pseudonym: str
) -> OpResult[None]:
    """Rename a case or its pseudonym. Raises NotAllowed when the name is empty or taken."""
    old = _get(project, case)
    name = name.strip()
    require_free_name(name, _names(project) - {old.name})
    with project.step(EDIT, coder) as step:
        cases.update(project.connection, replace(old, name=name, pseudonym=pseudonym.strip()))
    return OpResult(None, step.changes, step.id)


def move_case(project: ProjectFile, *, coder: str, case: CaseId, position: int) -> OpResult[None]:
    """Put a case at another place in the order, counted from 0."""
    _get(project, case)
    with project.step(MOVE, coder) as step:
        everything = list(cases.all_cases(project.connection))
        moved = next(one for one in everything if one.id == case)
        everything.remove(moved)
        everything.insert(max(0, min(position, len(everything))), moved)
        for place, one in enumerate(everything):
            cases.update(project.connection, replace(one, position=place))
    return OpResult(None, step.changes, step.id)


def remove_case(project: ProjectFile, *, coder: str, case: CaseId) -> OpResult[None]:
    """Remove a case with its values and links; documents and codings stay."""
    _get(project, case)
    with project.step(REMOVE, coder) as step:
        variables.clear_subject(project.connection, "case", case)
        memos.delete_of(project.connection, "case", case)
        framework.delete_of(project.connection, "case", case)
        cases.delete(project.connection, case)
        groups.delete_unused(project.connection)
    return OpResult(None, step.changes, step.id)


def link_cases(
    project: ProjectFile,
    *,
    coder: str,
    case: CaseId,
    documents: Sequence[DocumentId] = (),
    participants: Sequence[ParticipantId] = (),
    coding_ids: Sequence[CodingId] = (),
    linked: bool = True,
) -> OpResult[int]:
    """Link things to a case, or take the links away; return how many things were named."""
    connection = project.connection
    _get(project, case)
    _require_linkable(project, documents, participants, coding_ids)
    with project.step(LINK if linked else UNLINK, coder) as step:
        for document in documents:
            if linked:
                cases.link_document(connection, document, case)
            else:
                cases.unlink_document(connection, document, case)
        for participant in participants:
            if linked:
                cases.link_participant(connection, participant, case)
            else:
                cases.unlink_participant(connection, participant, case)
        for coding in coding_ids:
            if linked:
                codings.link(connection, coding, case)
            else:
                codings.unlink(connection, coding, case)
    return OpResult(len(documents) + len(participants) + len(coding_ids), step.changes, step.id)


def _named(project: ProjectFile, name: str) -> Case | None:
    """Return the case of a name, else the only one of that pseudonym or GUID."""
    found = cases.find(project.connection, name)
    exact = next((one for one in found if one.name == name), None)
    if exact is None and found:
        return lookup.case(project.connection, name)
    return exact


def _require_linkable(
    project: ProjectFile,
    documents: Sequence[DocumentId],
    participants: Sequence[ParticipantId],
    coding_ids: Sequence[CodingId],
) -> None:
    connection = project.connection
    gone = (
        any(store_documents.by_id(connection, one) is None for one in documents)
        or any(store_participants.by_id(connection, one) is None for one in participants)
        or any(codings.by_id(connection, one) is None for one in coding_ids)
    )
    if gone:
        raise NotFound(message("What is to be linked is no longer in the project."))


def _names(project: ProjectFile) -> frozenset[str]:
    return frozenset(one.name for one in cases.all_cases(project.connection))


def _get(project: ProjectFile, case: CaseId) -> Case:
    found = cases.by_id(project.connection, case)
    if found is None:
        raise NotFound(message("The case is no longer in the project."))
    return found
