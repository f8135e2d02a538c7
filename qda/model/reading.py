"""What a reader makes of a file, and the choices it leaves to the user."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qda.model.entities import Language, NoteKind
from qda.model.messages import Message

Hyphens = Literal["keep", "join", "auto"]
Paragraphs = Literal["lines", "blank", "auto"]
SpeakerRole = Literal["interviewer", "informant", "none"]
TURNS_KEY = "sheet:turns"
"""The key of the proposal to take the rows of a sheet for turns."""
DecisionKind = Literal["hyphen", "header", "paragraph", "sheet"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read.

    `hyphens` and `paragraphs` are the general rules. The user's answers to single proposals stand
    in `choices`, keyed by `Decision.key`: True does what is proposed, False leaves the text as it
    is. `speakers` says of a label who it is; a label that is `none` is no speaker at all.
    """

    hyphens: Hyphens = "auto"
    paragraphs: Paragraphs = "auto"
    encoding: str = ""
    choices: Mapping[str, bool] = field(default_factory=dict[str, bool])
    speakers: Mapping[str, SpeakerRole] = field(default_factory=dict[str, SpeakerRole])


@dataclass(frozen=True, slots=True)
class Decision:
    """One proposal of the reader: a line-end hyphen, a running header, a joined paragraph, turns.

    `key` is stable for the same file; `before` and `after` show the place as it is and as it
    becomes; `count` is how many places it concerns; `applied` whether `text` has it done.
    """

    key: str
    kind: DecisionKind
    before: str
    after: str
    count: int
    applied: bool


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """A turn as found in the text; see `qda.model.entities.Turn` for the offsets.

    Where a recording says when something is said but not by whom, `label` is empty.
    """

    label_start: int
    start: int
    end: int
    label: str
    interviewer: bool
    time_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A comment, footnote or endnote, kept apart from the text; anchored at `start:end`."""

    kind: NoteKind
    start: int
    end: int
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file as read: canonical text, turns and notes in its offsets, and the original bytes.

    `encoding` is empty for formats that carry their own. `speakers` lists the distinct labels
    in the order they first speak. `survey` tells of a sheet that it may be answers to a survey.
    """

    name: str
    file_name: str
    file_type: str
    text: str
    turns: tuple[ReadTurn, ...]
    notes: tuple[ReadNote, ...]
    source: bytes
    encoding: str
    language: Language
    decisions: tuple[Decision, ...]
    warnings: tuple[Message, ...]
    survey: bool = False

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return the distinct speaker labels in order of appearance."""
        return tuple(dict.fromkeys(turn.label for turn in self.turns if turn.label))
