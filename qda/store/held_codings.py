"""The codings of one document, read as they are asked for."""

import sqlite3
from collections.abc import Iterator, Mapping

from qda.model.entities import Coding
from qda.model.ids import CodingId, DocumentId
from qda.store import codings
from qda.text.spans import Span


class HeldCodings(Mapping[CodingId, Coding]):
    """The codings of an open document, each read when somebody asks for it.

    A long text has thousands, with long quotes, and few are ever looked at one by one.
    """

    def __init__(
        self, connection: sqlite3.Connection, document: DocumentId, places: list[Span]
    ) -> None:
        """Hold the codings that lie at `places`, which are keyed by code and owned by coder."""
        self._connection = connection
        self._document = document
        self.places = {CodingId(place[0]): place for place in places}
        self._known: dict[CodingId, Coding] = {}

    def __getitem__(self, coding: CodingId) -> Coding:
        """Return a coding of the document. Raises KeyError."""
        found = self._known.get(coding)
        if found is None:
            found = codings.by_id(self._connection, coding) if coding in self.places else None
            if found is None:
                raise KeyError(coding)
            self._known[coding] = found
        return found

    def __contains__(self, coding: object) -> bool:
        """Tell whether a coding is one of the document's."""
        return coding in self.places

    def __iter__(self) -> Iterator[CodingId]:
        """Go through the codings; whoever does wants them all."""
        if len(self._known) < len(self.places):
            for one in codings.of_document(self._connection, self._document):
                if one.id in self.places:
                    self._known.setdefault(one.id, one)
        return iter(tuple(self.places))

    def __len__(self) -> int:
        """Return how many codings there are."""
        return len(self.places)

    def hold(self, coding: Coding) -> None:
        """Hold a coding as it is now."""
        self._known[coding.id] = coding
        self.places[coding.id] = Span(
            coding.id, coding.start, coding.end, coding.code, coding.coder
        )

    def let_go(self, coding: CodingId) -> None:
        """Hold a coding no longer."""
        self._known.pop(coding, None)
        del self.places[coding]
