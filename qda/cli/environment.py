"""What every command gets: how to answer, and how to open a project."""

import platform
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qda.app.session import Session
from qda.cli.output import Json, write_json
from qda.model.errors import ReadOnlyProject
from qda.model.messages import message
from qda.store import lock


@dataclass(frozen=True, slots=True)
class Environment:
    """The options that stand before the command."""

    as_json: bool = False
    take_over: bool = False

    def answer(self, value: Json, people: Callable[[], None]) -> None:
        """Print the answer: as JSON, or as `people` prints it."""
        if self.as_json:
            write_json(value)
        else:
            people()

    @contextmanager
    def reading(self, project: Path) -> Generator[Session]:
        """Open a project that stays as it is. Raises ProjectProblem."""
        session = Session.open(project, write=False)
        try:
            yield session
        finally:
            session.close()

    @contextmanager
    def changing(self, project: Path, coder: str = "") -> Generator[Session]:
        """Open a project that will change. Raises ProjectProblem, ReadOnlyProject."""
        session = Session.open(project, coder=coder.strip(), take_over=self.take_over)
        try:
            _require_writable(session)
            yield session
        finally:
            session.close()

    @contextmanager
    def changing_if_possible(self, project: Path, coder: str = "") -> Generator[Session]:
        """Open a project that may change; for reading where another has it. Raises ProjectProblem.

        Ask `session.project.read_only` which it is.
        """
        session = Session.open(project, coder=coder.strip(), take_over=self.take_over)
        try:
            yield session
        finally:
            session.close()


def _require_writable(session: Session) -> None:
    """Refuse to change a project that another has open, and say who."""
    path = session.project.path
    owner = lock.read_owner(path) if session.project.read_only else None
    if owner is not None and owner.host != platform.node():
        raise ReadOnlyProject(
            message(
                "{name} is open on {host} by {user}; close it there, or, when nobody has it open, "
                "write --take-over before the command.",
                name=path.name,
                host=owner.host,
                user=owner.user,
            )
        )
    session.project.require_writable()
