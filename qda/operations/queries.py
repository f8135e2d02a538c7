"""What a user does with queries: keep one under a name, change it, put it aside."""

from dataclasses import replace

from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import new_guid
from qda.model.messages import message
from qda.model.queries import Query, SavedQuery
from qda.store import saved_queries
from qda.store.project_file import ProjectFile

SAVE = message("Save a query")
REMOVE = message("Remove a query")


def save_query(
    project: ProjectFile, *, coder: str, name: str, query: Query, query_id: int | None = None
) -> OpResult[SavedQuery]:
    """Keep a query under a name; with `query_id` that one is changed.

    Raises NotAllowed for a name that is empty or taken, NotFound where the query is gone.
    """
    everything = saved_queries.all_queries(project.connection)
    wanted = name.strip()
    if not wanted:
        raise NotAllowed(message("A query needs a name; write one."))
    if any(one.name.casefold() == wanted.casefold() and one.id != query_id for one in everything):
        raise NotAllowed(
            message("There is a query {name} already; choose another name.", name=wanted)
        )
    position = max((one.position for one in everything), default=-1) + 1
    saved = SavedQuery(0, new_guid(), wanted, query, position)
    if query_id is not None:
        known = next((one for one in everything if one.id == query_id), None)
        if known is None:
            raise NotFound(message("The query is no longer in the project."))
        saved = replace(known, name=wanted, query=query)
    with project.step(SAVE, coder) as step:
        if query_id is None:
            saved = replace(saved, id=saved_queries.insert(project.connection, saved))
        else:
            saved_queries.update(project.connection, saved)
    return OpResult(saved, step.changes, step.id)


def remove_query(project: ProjectFile, *, coder: str, query_id: int) -> OpResult[None]:
    """Remove a saved query; the codings stay."""
    with project.step(REMOVE, coder) as step:
        saved_queries.delete(project.connection, query_id)
    return OpResult(None, step.changes, step.id)


def find_query(project: ProjectFile, text: str) -> SavedQuery:
    """Return the query of that name or GUID. Raises NotFound."""
    wanted = text.strip().casefold()
    for one in saved_queries.all_queries(project.connection):
        if wanted in (one.name.casefold(), one.guid):
            return one
    raise NotFound(message("There is no query {name}; «qda query show» lists them.", name=text))
