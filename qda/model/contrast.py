"""Two groups side by side on the same themes: what is asked, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qda.model.ids import CodeId, CodingId, Guid
from qda.model.messages import Message


@dataclass(frozen=True, slots=True)
class ContrastSpec:
    """Two values of one dimension, as a filter of a matrix names them.

    The other parts are those of a matrix.
    """

    dimension: str
    left: str
    right: str
    where: tuple[tuple[str, str], ...] = ()
    folded: bool = True
    codes: frozenset[CodeId] = frozenset()
    bands: Mapping[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    without: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    successors: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one group says of a theme, or of all of them.

    `participants` are those who say it, of `informants` in the group; `words` are those of the
    segments, of `words_said` in the group's text. Documents and cases are those of the segments.
    """

    segments: int
    documents: int
    participants: int
    cases: int
    words: int
    informants: int
    words_said: int
    evidence: tuple[CodingId, ...]

    @property
    def share_of_informants(self) -> float | None:
        """Return who of the group says it as a fraction; None where the group is nobody."""
        return min(self.participants / self.informants, 1.0) if self.informants else None

    @property
    def share_of_words(self) -> float | None:
        """Return how much of what the group says; None where it says nothing."""
        return min(self.words / self.words_said, 1.0) if self.words_said else None


@dataclass(frozen=True, slots=True)
class Theme:
    """A code with what either group says of it."""

    label: str
    color: str
    guid: Guid | None
    left: Voice
    right: Voice


@dataclass(frozen=True, slots=True)
class Contrast:
    """The themes in the order of the codebook; `all` counts every segment once."""

    spec: ContrastSpec
    left: str
    right: str
    themes: tuple[Theme, ...]
    all: Theme
    notes: tuple[Message, ...]
