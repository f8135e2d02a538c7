"""What a user does with code sets: name one, change what is in it, remove it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from qda.model.changes import OpResult
from qda.model.code_sets import CodeSet
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CodeSetId, new_guid
from qda.model.messages import Message, message
from qda.store import code_sets, codes
from qda.store.project_file import ProjectFile

MAKE = message("Make a code set")
CHANGE = message("Change a code set")
REMOVE = message("Remove a code set")


def save_code_set(
    project: ProjectFile,
    *,
    coder: str,
    name: str,
    members: Sequence[CodeId],
    description: str = "",
    set_id: CodeSetId | None = None,
) -> OpResult[CodeSet]:
    """Keep codes under a name, after the other sets; with `set_id` that set is changed.

    Raises NotAllowed for a name that is empty or taken and for a set without codes, NotFound
    where the set or a code is gone.
    """
    connection = project.connection
    everything = code_sets.all_sets(connection)
    known = next((one for one in everything if one.id == set_id), None)
    if set_id is not None and known is None:
        raise NotFound(message("The code set is no longer in the project."))
    wanted = name.strip()
    if not wanted:
        raise NotAllowed(message("A code set needs a name; write one."))
    taken = {one.name.casefold() for one in everything if one.id != set_id}
    if wanted.casefold() in taken:
        raise NotAllowed(
            message("There is a code set {name} already; choose another name.", name=wanted)
        )
    chosen = _in_order(project, members)
    position = max((one.position for one in everything), default=-1) + 1
    before = known or CodeSet(CodeSetId(0), new_guid(), "", "", (), position)
    saved = replace(before, name=wanted, description=description.strip(), codes=chosen)
    with project.step(MAKE if known is None else CHANGE, coder) as step:
        if known is None:
            saved = replace(saved, id=code_sets.insert(connection, saved))
        elif saved != known:
            code_sets.update(connection, saved, known)
    return OpResult(saved, step.changes, step.id)


def _in_order(project: ProjectFile, members: Collection[CodeId]) -> tuple[CodeId, ...]:
    """Return codes once each, in the order of the codebook. Raises NotAllowed, NotFound."""
    if not members:
        raise NotAllowed(message("A code set needs at least one code; choose one."))
    wanted = set(members)
    found = tuple(one.id for one in codes.all_codes(project.connection) if one.id in wanted)
    if len(found) < len(wanted):
        raise NotFound(message("The code is no longer in the project."))
    return found


def remove_code_set(project: ProjectFile, *, coder: str, set_id: CodeSetId) -> OpResult[Message]:
    """Remove a set; codes and codings stay. Return a sentence that says what went."""
    found = next((one for one in code_sets.all_sets(project.connection) if one.id == set_id), None)
    if found is None:
        raise NotFound(message("The code set is no longer in the project."))
    with project.step(REMOVE, coder) as step:
        code_sets.delete(project.connection, set_id)
    said = message("Removed the code set {name}; its codes stay.", name=found.name)
    return OpResult(said, step.changes, step.id)


def free_set_name(wanted: str, used: Collection[str]) -> str:
    """Return `wanted`, or with the first free number behind it; `used` are in lower case."""
    name, number = wanted, 2
    while name.casefold() in used:
        name, number = f"{wanted} ({number})", number + 1
    return name


def find_code_set(project: ProjectFile, text: str) -> CodeSet:
    """Return the code set of that name or GUID. Raises NotFound."""
    wanted = text.strip().casefold()
    for one in code_sets.all_sets(project.connection):
        if wanted in (one.name.casefold(), one.guid):
            return one
    raise NotFound(
        message("There is no code set {name}; «qda codeset list» lists them.", name=text)
    )
