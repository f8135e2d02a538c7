"""What a user does with recipes: keep one in the project, or remove it."""

from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import new_guid
from qda.model.messages import message
from qda.operations.writeup.recipe import read_recipe
from qda.store import recipes
from qda.store.project_file import ProjectFile

ADD = message("Add a recipe")
SAVE = message("Save a recipe")
REMOVE = message("Remove a recipe")
RENAME = message("Rename a recipe")


def save_recipe(
    project: ProjectFile, *, coder: str, name: str, text: str, joins: bool = False
) -> OpResult[None]:
    """Keep a recipe under a name. Raises NotAllowed without a name, FileProblem for a bad one.

    With `joins`, what is saved while one writes on is one step.
    """
    wanted = name.strip()
    if not wanted:
        raise NotAllowed(message("A recipe needs a name; write one."))
    read_recipe(text, wanted)
    # What is written on joins no step before the recipe was there.
    what = ADD if recipes.find(project.connection, wanted) is None else SAVE
    with project.step(what, coder, joins=joins) as step:
        recipes.save(project.connection, new_guid(), wanted, text)
    return OpResult(None, step.changes, step.id)


def rename_recipe(project: ProjectFile, *, coder: str, name: str, new_name: str) -> OpResult[None]:
    """Give a recipe another name. Raises NotAllowed without one or for one in use, NotFound."""
    wanted = new_name.strip()
    if not wanted:
        raise NotAllowed(message("A recipe needs a name; write one."))
    _require(project, name)
    if wanted != name and recipes.find(project.connection, wanted) is not None:
        raise NotAllowed(
            message("There is a recipe {name} already; choose another name.", name=wanted)
        )
    with project.step(RENAME, coder) as step:
        if wanted != name:
            recipes.rename(project.connection, name, wanted)
    return OpResult(None, step.changes, step.id)


def remove_recipe(project: ProjectFile, *, coder: str, name: str) -> OpResult[None]:
    """Remove a recipe. Raises NotFound."""
    _require(project, name)
    with project.step(REMOVE, coder) as step:
        recipes.delete(project.connection, name)
    return OpResult(None, step.changes, step.id)


def _require(project: ProjectFile, name: str) -> None:
    if recipes.find(project.connection, name) is None:
        raise NotFound(
            message("There is no recipe {name}; «qda recipe show» lists them.", name=name)
        )
