"""The code sets of a codebook file: what they would add to those of the project, and adding it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qda.model.code_sets import CodeSet
from qda.model.codebook import Codebook, CodebookSet
from qda.model.ids import CodeId, CodeSetId, Guid, new_guid
from qda.operations.code_sets import free_set_name
from qda.store import code_sets, codes
from qda.store.project_file import ProjectFile


@dataclass(frozen=True, slots=True)
class _Taken:
    """A set as it is to be, and as it was, None for a new one."""

    after: CodeSet
    before: CodeSet | None


def sets_of(project: ProjectFile) -> tuple[CodebookSet, ...]:
    """Return the project's code sets as a codebook file has them."""
    guids = {one.id: one.guid for one in project.once(codes.all_codes)}
    return tuple(
        CodebookSet(one.name, tuple(guids[code] for code in one.codes), one.guid, one.description)
        for one in code_sets.all_sets(project.connection)
    )


def names_of_changed_sets(
    project: ProjectFile, codebook: Codebook, placed: Mapping[Guid, CodeId]
) -> tuple[str, ...]:
    """Return the names of the sets that taking them in would add or add codes to.

    `placed` are the codes of the file that the project has by the file's GUIDs; what is new there
    counts as a code of its set too.
    """
    coming = {code.guid for _path, code in codebook.walk() if code.guid is not None}
    new = {guid: CodeId(-number) for number, guid in enumerate(coming - placed.keys(), start=1)}
    return tuple(one.after.name for one in _planned(project, codebook, {**placed, **new}))


def take_sets(project: ProjectFile, codebook: Codebook, placed: Mapping[Guid, CodeId]) -> None:
    """Add the sets of a file within an operation: by GUID, then by name; no code leaves a set."""
    for one in _planned(project, codebook, placed):
        if one.before is None:
            code_sets.insert(project.connection, one.after)
        else:
            code_sets.update(project.connection, one.after, one.before)


def _planned(
    project: ProjectFile, codebook: Codebook, placed: Mapping[Guid, CodeId]
) -> list[_Taken]:
    ours = list(code_sets.all_sets(project.connection))
    position = max((one.position for one in ours), default=-1) + 1
    planned: list[_Taken] = []
    for theirs in codebook.sets:
        members = tuple(placed[guid] for guid in theirs.codes if guid in placed)
        known = _same(ours, theirs)
        if known is None and members:
            used = {one.name.casefold() for one in ours}
            guid = theirs.guid if theirs.guid not in {one.guid for one in ours} else None
            made = CodeSet(
                CodeSetId(0), guid or new_guid(), free_set_name(theirs.name, used),
                theirs.description, tuple(dict.fromkeys(members)), position + len(planned),
            )  # fmt: skip
            ours.append(made)
            planned.append(_Taken(made, None))
        elif known is not None:
            after = replace(
                known,
                codes=tuple(dict.fromkeys((*known.codes, *members))),
                description=known.description or theirs.description,
            )
            if after != known:
                ours[ours.index(known)] = after
                planned.append(_Taken(after, known))
    return planned


def _same(ours: list[CodeSet], theirs: CodebookSet) -> CodeSet | None:
    by_guid = (one for one in ours if theirs.guid is not None and one.guid == theirs.guid)
    wanted = theirs.name.casefold()
    by_name = (one for one in ours if one.id and one.name.casefold() == wanted)
    return next(by_guid, None) or next(by_name, None)
