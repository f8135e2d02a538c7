"""What a file leaves open, to be asked before it is read on, and what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qda.formats.exchange.offsets import Convention
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from qda.model.messages import Message, message

EVERY_PROJECT = "*"
"""The answer that takes every project of a file as one."""


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """One of several projects in a file: what to answer with, its name, and what is in it."""

    key: str
    name: str
    documents: int
    created: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to count that a source may have been written with, and what its segments then show."""

    convention: Convention
    score: float
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OffsetQuestion:
    """A source whose segments fit no way of counting well; the likeliest reading is first."""

    source: Guid
    name: str
    places: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """What was answered: which project, and how the offsets of single sources are counted.

    With `likeliest`, nothing is asked about offsets: the likeliest reading is taken and told.
    """

    project: str = ""
    offsets: Mapping[Guid, Convention] = field(default_factory=dict[Guid, Convention])
    likeliest: bool = True


class OpenQuestions(FileProblem):
    """A file that can only be read on when questions are answered."""

    def __init__(
        self,
        sentence: Message,
        *,
        projects: Sequence[ProjectChoice] = (),
        offsets: Sequence[OffsetQuestion] = (),
    ) -> None:
        """Ask for a project or for readings of offsets; `sentence` says so where nobody answers."""
        super().__init__(sentence)
        self.projects = tuple(projects)
        self.offsets = tuple(offsets)


def which_project(name: str, projects: Sequence[ProjectChoice]) -> OpenQuestions:
    """Ask which of several projects is meant."""
    return OpenQuestions(
        message(
            "{name} holds several projects: {projects}. Say which one you want.",
            name=name,
            projects=", ".join(f"«{one.name}»" for one in projects),
        ),
        projects=projects,
    )
