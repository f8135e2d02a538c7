"""What a single reader makes of a file's bytes, before turns and language are found."""

from collections.abc import Callable
from dataclasses import dataclass, field

from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, message
from qda.model.reading import Decision, ReadNote, ReadOptions, ReadTurn
from qda.text.turn_finding import LabelHints

_OTHER_TYPES = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

MAX_BYTES = 200_000_000
"""The largest file that is read, in bytes."""

MAX_CHARACTERS = 50_000_000
"""The longest text that is accepted, in code points."""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """Canonical text with notes in its offsets, and what the reader proposes and warns of.

    `hints` tell where the layout marks a possible speaker's name (bold, first cell of a table).
    `turns` stand where the file itself says who speaks when; then none are looked for. `survey`
    tells of a sheet that it may be answers to a survey.
    """

    text: str
    encoding: str = ""
    hints: LabelHints = field(default_factory=LabelHints)
    notes: tuple[ReadNote, ...] = ()
    decisions: tuple[Decision, ...] = ()
    warnings: tuple[Message, ...] = ()
    turns: tuple[ReadTurn, ...] | None = None
    survey: bool = False


@dataclass(frozen=True, slots=True)
class ReadTask:
    """What a reader gets: the bytes, the name to use in messages, the wishes, the progress."""

    source: bytes
    file_name: str
    options: ReadOptions
    progress: Progress


def refuse_other_types(task: ReadTask) -> None:
    """Refuse what is plainly no text, whatever its ending says. Raises FileProblem."""
    if task.source.startswith(_OTHER_TYPES):
        raise FileProblem(
            message(
                "{name} is not a text file, whatever its ending says; give it its own ending.",
                name=task.file_name,
            )
        )


def check_length(text: str, file_name: str) -> None:
    """Refuse a text beyond the limit. Raises FileProblem."""
    if len(text) > MAX_CHARACTERS:
        raise FileProblem(
            message(
                "{name} has more than {limit} million characters; split it into several files.",
                name=file_name,
                limit=MAX_CHARACTERS // 1_000_000,
            )
        )


Reader = Callable[[ReadTask], RawDocument]
"""Read the bytes of one file. Raises FileProblem, and Cancelled from the progress."""
