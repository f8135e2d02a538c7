"""What every workspace is given: the session's bridge, jobs, settings and the theme."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from qda.app.settings import Settings
from qda.gui.job_runner import JobRunner
from qda.gui.session_bridge import SessionBridge
from qda.gui.theme import Theme
from qda.gui.turns import Turns
from qda.gui.word_indexing import WordIndexing
from qda.model.ids import CaseId, CodeId, CoderId, CodingId, DocumentId, MemoId, ParticipantId


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: a workspace, and what to show there as far as it is known.

    `words` are to be looked for in all sources. Two coders `compared` are shown side by side.
    """

    workspace: str
    document: DocumentId | None = None
    start: int | None = None
    end: int | None = None
    coding: CodingId | None = None
    code: CodeId | None = None
    case: CaseId | None = None
    participant: ParticipantId | None = None
    memo: MemoId | None = None
    words: str = ""
    compared: tuple[CoderId, CoderId] | None = None


class Navigator(QObject):
    """Carry wishes to go somewhere from any view to the main window."""

    place_wanted = Signal(object)
    """Emitted with a `Place`."""

    def go(self, place: Place) -> None:
        """Ask for a place to be shown."""
        self.place_wanted.emit(place)


@dataclass(slots=True)
class Context:
    """The things a workspace works with, passed to its constructor."""

    bridge: SessionBridge
    jobs: JobRunner
    settings: Settings
    theme: Theme
    navigator: Navigator
    turns: Turns = field(init=False)
    words: WordIndexing = field(init=False)

    def __post_init__(self) -> None:
        """Have the words of the sources read by the same jobs, once that is wanted."""
        self.turns = self.bridge.turns
        self.words = WordIndexing(self.bridge, self.jobs)
