"""What an import or export took, decided and left: every count in is a count out or a line."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from qda.formats.exchange.offsets import FoundConvention
from qda.model.messages import Message

LineKind = Literal["left out", "decided", "uncertain"]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One thing that did not come over just as it was: what, where it stood, why, how many.

    `item` names the kind of thing (`codings`, `memos`, ...) that `count` counts.
    """

    kind: LineKind
    item: str
    what: Message
    where: str
    why: Message
    count: int = 1


class ExchangeReport:
    """Collect what is told about one import or export.

    `found` counts what the file or project holds, `kept` what came over, both by kind.
    """

    def __init__(self, source: str) -> None:
        """Begin a report on the file or project called `source`."""
        self.source = source
        self.origin = ""
        self.found: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.conventions: list[FoundConvention] = []
        self._lines: list[ReportLine] = []

    @property
    def lines(self) -> tuple[ReportLine, ...]:
        """Return every line, in the order they were found."""
        return tuple(self._lines)

    def left_out(
        self, item: str, what: Message, where: str, why: Message, *, count: int = 1
    ) -> None:
        """Note that something did not come over."""
        self._lines.append(ReportLine("left out", item, what, where, why, count))

    def decided(
        self, item: str, what: Message, where: str, why: Message, *, count: int = 1
    ) -> None:
        """Note that something came over otherwise than it was."""
        self._lines.append(ReportLine("decided", item, what, where, why, count))

    def uncertain(
        self, item: str, what: Message, where: str, why: Message, *, count: int = 1
    ) -> None:
        """Note that something came over by a guess that ought to be looked at."""
        self._lines.append(ReportLine("uncertain", item, what, where, why, count))

    def of_kind(self, kind: LineKind) -> Iterator[ReportLine]:
        """Yield the lines of one kind."""
        return (line for line in self._lines if line.kind == kind)

    def count_found(self, counts: Mapping[str, int]) -> None:
        """Add to what was found."""
        self.found.update(counts)

    def count_kept(self, counts: Mapping[str, int]) -> None:
        """Add to what came over."""
        self.kept.update(counts)
