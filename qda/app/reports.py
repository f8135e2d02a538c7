"""Writing up by a recipe: the usual ones, recipes in files, and running one beside the session."""

from pathlib import Path
from typing import TYPE_CHECKING

from qda.app.translation import is_interface_language, load_catalogue
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem, NotFound
from qda.model.ids import CoderId
from qda.model.messages import message
from qda.store import text_search
from qda.store.project_file import ProjectFile

if TYPE_CHECKING:
    from qda.analysis.tables import Snapshot
    from qda.app.session import Session

LONGEST = 1_000_000
"""Bytes of a file that is taken for a recipe."""


def usual_recipe(language: str) -> str:
    """Return the text of the usual recipe, with its words and file names in a language."""
    from qda.operations.writeup.usual import DEFAULT_EN, DEFAULT_NB  # lazy: start-up

    return DEFAULT_EN if language == "en" else DEFAULT_NB


def read_file(path: Path) -> str:
    """Return the text of a recipe file. Raises NotFound where there is none, FileProblem."""
    try:
        if path.stat().st_size > LONGEST:
            raise FileProblem(message("{name} is too long for a recipe.", name=path.name))
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise NotFound(
            message(
                "There is no recipe {name}: neither a file nor one kept in the project.",
                name=str(path),
            )
        ) from error


class ReportRun:
    """A recipe about to be run on the project as it is: its half that needs no session.

    The same state of the project gives the same bytes, whoever runs it.
    """

    def __init__(
        self,
        session: "Session",
        text: str,
        name: str,
        language: str,
        only: CoderId | None = None,
    ) -> None:
        """Read the recipe; `language` is spoken where it names none. Raises FileProblem.

        With `only`, the files are of what one coder coded and judged.
        """
        from qda.operations.writeup.recipe import read_recipe  # lazy: it brings numpy

        self.recipe = read_recipe(text, name)
        spoken = self.recipe.language or language
        self._catalogue = load_catalogue(spoken if is_interface_language(spoken) else "nb")
        self._project = session.project
        self._snapshot: Snapshot = session.snapshot()
        self._only = only

    def write(self, folder: Path, progress: Progress | None = None) -> tuple[Path, ...]:
        """Write the files in the session's thread. Raises what `write_recipe` raises."""
        return self._written(self._project, folder, progress)

    def write_apart(self, folder: Path, progress: Progress) -> tuple[Path, ...]:
        """Write the files in another thread, on a connection of its own."""
        path = self._project.path
        with text_search.reading_one_state(path) as connection:
            return self._written(ProjectFile(path, connection, None), folder, progress)

    def _written(
        self, project: ProjectFile, folder: Path, progress: Progress | None
    ) -> tuple[Path, ...]:
        from qda.operations.writeup.run import write_recipe  # lazy: it brings the writers

        return write_recipe(
            project, self._snapshot, self.recipe, folder, self._catalogue, progress, self._only
        )
