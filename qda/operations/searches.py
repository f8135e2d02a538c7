"""What a user does with searches: keep one under a name, rename it, put it aside."""

from dataclasses import replace

from qda.model.changes import Changes, OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import new_guid
from qda.model.messages import message
from qda.model.searching import SavedSearch, Search
from qda.store import history, saved_searches
from qda.store.project_file import ProjectFile

SAVE = message("Save a search")
RENAME = message("Rename a search")
REMOVE = message("Remove a saved search")


def save_search(
    project: ProjectFile, *, coder: str, name: str, search: Search
) -> OpResult[SavedSearch]:
    """Keep a search under a name; one that has this name asks for this from now on.

    Raises NotAllowed for an empty name or an empty query.
    """
    wanted = _name(name)
    if not search.query.strip():
        raise NotAllowed(message("There is nothing to save yet; write what to look for first."))
    known = _called(project, wanted)
    if known is not None and known.search == search:
        return OpResult(known, Changes())
    with project.step(SAVE, coder) as step:
        if known is None:
            saved = SavedSearch(0, new_guid(), wanted, search)
            number = saved_searches.insert(project.connection, saved, history.now())
            saved = replace(saved, id=number)
        else:
            saved = replace(known, search=search)
            saved_searches.update(project.connection, saved)
    return OpResult(saved, step.changes, step.id)


def rename_search(
    project: ProjectFile, *, coder: str, search_id: int, name: str
) -> OpResult[SavedSearch]:
    """Give a saved search another name. Raises NotAllowed, NotFound."""
    wanted, known = _name(name), _get(project, search_id)
    there = _called(project, wanted)
    if there is not None and there.id != search_id:
        raise NotAllowed(
            message("There is a search {name} already; choose another name.", name=wanted)
        )
    renamed = replace(known, name=wanted)
    with project.step(RENAME, coder) as step:
        saved_searches.update(project.connection, renamed)
    return OpResult(renamed, step.changes, step.id)


def remove_search(project: ProjectFile, *, coder: str, search_id: int) -> OpResult[None]:
    """Remove a saved search; what was coded by it stays. Raises NotFound."""
    _get(project, search_id)
    with project.step(REMOVE, coder) as step:
        saved_searches.delete(project.connection, search_id)
    return OpResult(None, step.changes, step.id)


def find_search(project: ProjectFile, text: str) -> SavedSearch:
    """Return the saved search of that name or GUID. Raises NotFound."""
    found = _called(project, text.strip())
    if found is None:
        raise NotFound(message("There is no search {name}; «qda searches» lists them.", name=text))
    return found


def _called(project: ProjectFile, name: str) -> SavedSearch | None:
    wanted = name.casefold()
    for one in saved_searches.all_searches(project.connection):
        if wanted in (one.name.casefold(), one.guid):
            return one
    return None


def _get(project: ProjectFile, search_id: int) -> SavedSearch:
    for one in saved_searches.all_searches(project.connection):
        if one.id == search_id:
            return one
    raise NotFound(message("The search is no longer in the project."))


def _name(name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise NotAllowed(message("A search needs a name; write one."))
    return wanted
