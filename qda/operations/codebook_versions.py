"""Versions of the codebook: name one, compare two, go back to one."""

from qda.model.changes import Changes, OpResult
from qda.model.codebook import CODE_FIELDS, Codebook
from qda.model.codebook_merge import CodebookVersion, MergeOutcome, MergePlan
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodebookVersionId
from qda.model.messages import message
from qda.operations.codebook import as_codebook
from qda.operations.codebook_comparing import plan_merge, said_fields
from qda.operations.codebook_merge import decided, in_use
from qda.operations.codebook_record import remember
from qda.operations.codebook_writing import Writer
from qda.store import codebook_versions, problems
from qda.store.project_file import ProjectFile

SAVE = message("Save a version of the codebook")
RESTORE = message("Go back to a version of the codebook")


def versions(project: ProjectFile) -> tuple[CodebookVersion, ...]:
    """Return the versions that the project keeps, newest first."""
    return codebook_versions.all_versions(project.connection)


def save_version(project: ProjectFile, *, coder: str, name: str) -> OpResult[CodebookVersionId]:
    """Keep the codebook as it is under a name; raises NotAllowed where the name is taken."""
    name = " ".join(name.split())
    if not name:
        raise NotAllowed(message("A version needs a name; write one."))
    if any(one.name == name for one in versions(project)):
        raise NotAllowed(
            message("There is already a version {name}; choose another name.", name=name)
        )
    with project.step(SAVE, coder) as step:
        made = remember(project, as_codebook(project), coder=coder, origin="saved", name=name)
    if made is None:
        raise AssertionError
    return OpResult(made, step.changes, step.id)


def record_export(
    project: ProjectFile, *, coder: str, codebook: Codebook, file_name: str
) -> OpResult[CodebookVersionId | None]:
    """Remember what was written to a file, as what both sides know; None where it was known.

    Writing a file changes nothing that a user sees, so this is no step: it neither takes the
    place of the last change for undo nor ends what can be redone.
    """
    project.require_writable()
    with problems.said(project.path):
        made = remember(project, codebook, coder=coder, origin="exported", file_name=file_name)
    if made is None:
        return OpResult(None, Changes())
    project.mark_changed()
    return OpResult(made, Changes({"codebook_version": frozenset({made})}))


def compare(
    project: ProjectFile, *, version: CodebookVersionId, other: CodebookVersionId | None = None
) -> MergePlan:
    """Say what changed from a version to another, or to the codebook as it is now.

    In the choices, `ours` is what the version says and `theirs` the other. Raises NotFound.
    """
    before = content(project, version)
    after = as_codebook(project) if other is None else content(project, other)
    return plan_merge(before, before, after, said=CODE_FIELDS)


def content(project: ProjectFile, version: CodebookVersionId) -> Codebook:
    """Return the codebook of a version. Raises NotFound."""
    found = codebook_versions.codebook(project.connection, version)
    if found is None:
        raise NotFound(message("The version is no longer in the project."))
    return found


def plan_restore(project: ProjectFile, version: CodebookVersionId) -> MergePlan:
    """Say what going back to a version would change. Raises NotFound."""
    now, then = as_codebook(project), content(project, version)
    received = any(one.id == version and one.origin == "received" for one in versions(project))
    said = said_fields(then) if received else CODE_FIELDS
    return plan_merge(now, now, then, used=in_use(project), said=said)


def restore_version(
    project: ProjectFile, *, coder: str, version: CodebookVersionId
) -> OpResult[MergeOutcome]:
    """Make the codebook what it was: fields, names, places, order, and codes that went.

    Codes that came since go, unless they or codes below them have codings or memos: those are
    kept and named in the outcome. Raises NotFound.
    """
    plan = plan_restore(project, version)
    writer = Writer(project, plan, decided(plan, {}), reorder=True)
    with project.step(RESTORE, coder) as step:
        outcome = writer.write()
    return OpResult(outcome, step.changes, step.id)
