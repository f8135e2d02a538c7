"""Where one was in each source the last time, as the coding room keeps it in the settings."""

from qda.app.settings import Settings
from qda.model.entities import Document
from qda.store.documents import Overview

PLACES = "coding.places"
"""By GUID: the code point at the top of the view, and that of the caret."""


class KeptPlaces:
    """The places as they are kept now."""

    def __init__(self, settings: Settings) -> None:
        """Read them."""
        self._kept = settings.mapping(PLACES)

    def __contains__(self, guid: object) -> bool:
        """Tell whether anything is kept of the source with a GUID."""
        return guid in self._kept

    def __bool__(self) -> bool:
        """Tell whether anything is kept."""
        return bool(self._kept)

    def share(self, document: Document | Overview) -> float | None:
        """Return how far into a source one was, 0 to 1, None where one never was."""
        top, _, _ = self._kept.get(str(document.guid), "").partition(" ")
        if not top.isdecimal() or not document.characters:
            return None
        return min(1.0, int(top) / document.characters)
