"""What a user does with recipes: keep one in the project, or remove it."""

from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import new_guid
from qda.model.messages import message
from qda.operations.writeup.recipe import read_recipe
from qda.store import recipes
from qda.store.project_file import ProjectFile

SAVE = message("Save a recipe")
REMOVE = message("Remove a recipe")


def save_recipe(project: ProjectFile, *, coder: str, name: str, text: str) -> OpResult[None]:
    """Keep a recipe under a name. Raises NotAllowed without a name, FileProblem for a bad one."""
    wanted = name.strip()
    if not wanted:
        raise NotAllowed(message("A recipe needs a name; write one."))
    read_recipe(text, wanted)
    with project.step(SAVE, coder) as step:
        recipes.save(project.connection, new_guid(), wanted, text)
    return OpResult(None, step.changes, step.id)


def remove_recipe(project: ProjectFile, *, coder: str, name: str) -> OpResult[None]:
    """Remove a recipe. Raises NotFound."""
    if recipes.find(project.connection, name) is None:
        raise NotFound(
            message("There is no recipe {name}; «qda recipe show» lists them.", name=name)
        )
    with project.step(REMOVE, coder) as step:
        recipes.delete(project.connection, name)
    return OpResult(None, step.changes, step.id)
