"""How many turns and codings sources have, and how much is coded, counted when it is seen."""

from collections.abc import Iterable, Mapping
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from qda.model.ids import CoderId, DocumentId
from qda.store import by_coder, codings, turns
from qda.store.documents import Overview
from qda.store.project_file import ProjectFile
from qda.text.spans import covered_in_order

AT_ONCE = 5_000
"""Codings that are read between two turns of the event loop to tell how much is coded."""
SLICE = 500
"""Sources whose coded share is counted between two turns, each with few codings."""


class SourceCounts(QObject):
    """Count for sources when asked; of twenty thousand of them few are in sight.

    How much is coded takes all codings of a source: where that is much, it is counted a little
    later, and `counted` tells.
    """

    counted = Signal(bool)
    """Emitted when more is known of how much is coded.

    Parameters: whether nothing more is to be counted.
    """

    def __init__(self, project: ProjectFile, only: CoderId | None = None) -> None:
        """Count in a project, of codings those by `only` one coder if given."""
        super().__init__()
        self._project = project
        self._connection = project.connection
        self._only = only
        self._turns: dict[DocumentId, int] = {}
        self._codings: Mapping[DocumentId, int] | None = None
        self._shares: dict[DocumentId, float] = {}
        self._complete = False
        self._allowance = AT_ONCE
        self._waiting: dict[DocumentId, Overview] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def close(self) -> None:
        """Read nothing more; before the project is closed."""
        self._timer.stop()
        self._waiting.clear()
        self._allowance = -1
        self._complete = True
        self._codings = self._codings or {}

    def turns(self, document: DocumentId) -> int:
        """Return how many turns a source has."""
        known = self._turns.get(document)
        if known is None:
            known = 0 if self._complete else turns.count(self._connection, document)
            self._turns[document] = known
        return known

    def read_all_turns(self) -> None:
        """Count the turns of all sources at once."""
        if not self._complete:
            self._turns, self._complete = turns.counts(self._connection), True

    def read_codings(self) -> int:
        """Count the codings of every source, if that is not done yet; return how many in all."""
        return sum(self._all_codings().values())

    def codings(self, document: DocumentId) -> int:
        """Return how many codings a source has."""
        return self._all_codings().get(document, 0)

    def _all_codings(self) -> Mapping[DocumentId, int]:
        if self._codings is None:
            if self._only is None:
                self._codings = self._project.once(codings.counts)
            else:
                self._codings = by_coder.document_counts(self._connection, [self._only])
        return self._codings

    def known_share(self, row: Overview) -> float | None:
        """Return how much of a source is coded, 0 to 1; None where that is not counted yet."""
        known = self._shares.get(row.id)
        if known is None and not (row.characters and self.codings(row.id)):
            return 0.0
        return known

    def share(self, row: Overview) -> float | None:
        """Return how much of a source is coded, or None and count it soon."""
        known = self.known_share(row)
        if known is not None or self._allowance < 0:
            return known
        self._timer.start()
        if self.codings(row.id) <= self._allowance:
            self._allowance -= self.codings(row.id)
            return self._count(row)
        self._waiting[row.id] = row
        return None

    def count_all(self, rows: Iterable[Overview]) -> None:
        """Count soon how much is coded of all these."""
        waiting = {one.id: one for one in rows if self.known_share(one) is None}
        if waiting and self._allowance >= 0:
            self._waiting |= waiting
            self._timer.start()

    def _count(self, row: Overview) -> float:
        if self._only is None:
            spans = codings.spans(self._connection, row.id, row.id)
        else:
            spans = by_coder.spans(self._connection, row.id, row.id, [self._only])
        share = covered_in_order(span[1:] for span in spans) / row.characters
        self._shares[row.id] = share
        return share

    def _on_timer_timeout(self) -> None:
        """Count some more, and let the window live meanwhile."""
        read = 0
        some = list(islice(self._waiting.values(), SLICE))
        for row in some:
            read += self.codings(row.id)
            self._count(row)
            del self._waiting[row.id]
            if read >= AT_ONCE:
                break
        self._allowance = AT_ONCE
        if self._waiting:
            self._timer.start()
        if some:
            self.counted.emit(not self._waiting)
