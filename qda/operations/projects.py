"""What a user does with the project itself: its name, and who codes."""

from qda.model.changes import OpResult
from qda.model.entities import Coder
from qda.model.errors import NotAllowed
from qda.model.messages import message
from qda.store import coders, project_info
from qda.store.project_file import ProjectFile

CHOOSE_CODER = message("Change who codes")
RENAME = message("Rename the project")


def choose_coder(project: ProjectFile, *, coder: str, name: str) -> OpResult[Coder]:
    """Make `name` the one who codes from now on, adding them when they are new."""
    name = name.strip()
    if not name:
        raise NotAllowed(message("A name cannot be empty; write one."))
    with project.step(CHOOSE_CODER, coder) as step:
        chosen = coders.ensure(project.connection, name)
        project_info.set_coder(project.connection, chosen.id)
    return OpResult(chosen, step.changes, step.id)


def rename_project(project: ProjectFile, *, coder: str, name: str) -> OpResult[None]:
    """Give the project another name; the file keeps its own."""
    name = name.strip()
    if not name:
        raise NotAllowed(message("A name cannot be empty; write one."))
    with project.step(RENAME, coder) as step:
        project_info.set_name(project.connection, name)
    return OpResult(None, step.changes, step.id)
