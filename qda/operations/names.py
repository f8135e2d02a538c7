"""Names that head rows and columns: each must mean one thing."""

from qda.model.dimension_words import DIMENSION_WORDS
from qda.model.errors import NotAllowed
from qda.model.messages import message
from qda.store import bands, groups, variables
from qda.store.project_file import ProjectFile


def require_free_dimension(project: ProjectFile, name: str) -> None:
    """Raise NotAllowed where a name is empty or already that of something rows can be about."""
    if not name.strip():
        raise NotAllowed(message("A name cannot be empty; write one."))
    connection, wanted = project.connection, name.strip().casefold()
    taken = {*DIMENSION_WORDS}
    taken |= {one.name.casefold() for one in variables.all_variables(connection)}
    taken |= {one.name.casefold() for one in bands.all_bandings(connection)}
    taken |= {one.name.casefold() for one in groups.all_kinds(connection)}
    if wanted in taken:
        raise NotAllowed(message("There is already one called {name}; choose another.", name=name))
