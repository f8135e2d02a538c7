"""The errors a user can mend. Everything else that is raised is a bug."""

from qda.model.messages import Message


class UserError(Exception):
    """Something the user can mend: one sentence that says what is wrong and what to do."""

    def __init__(self, message: Message) -> None:
        """Keep the sentence; it is said in the user's language at the edge."""
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """Say it in English, for logs and tests."""
        return str(self.message)


class FileProblem(UserError):
    """A file that cannot be read or written as it is."""


class ProjectProblem(UserError):
    """A project file that is missing, locked, damaged, foreign or from a newer version."""


class ReadOnlyProject(ProjectProblem):
    """A change was asked of a project that is open for reading only."""


class NotFound(UserError):
    """A name or GUID that nothing in the project answers to."""


class Ambiguous(UserError):
    """A name that several things in the project answer to."""


class NotAllowed(UserError):
    """A value or a wish that the project's rules do not admit."""


class NothingToDraw(NotAllowed):
    """A picture of what is not there yet: there would be one if something were coded or known."""


class BadQuery(UserError):
    """A search that cannot be understood; `place` is where in the query, in characters."""

    def __init__(self, message: Message, place: int = 0) -> None:
        """Keep the sentence and the place."""
        super().__init__(message)
        self.place = place
