"""What was typed and not saved, kept until the project is closed."""

from dataclasses import dataclass

from qda.model.ids import Guid


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was left in the editor, the text it was made from, and where the caret was."""

    made_from: str
    text: str
    caret: int


class Drafts:
    """The drafts of one room, by source. They are in memory alone: they hold what people said."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: dict[Guid, Draft] = {}

    def keep(self, document: Guid, draft: Draft) -> None:
        """Keep what was typed in a source."""
        self._kept[document] = draft

    def take(self, document: Guid, text_hash: str) -> Draft | None:
        """Return what was typed in a source as it is now; one of an older text is let go."""
        draft = self._kept.pop(document, None)
        return draft if draft is not None and draft.made_from == text_hash else None

    def has(self, document: Guid) -> bool:
        """Tell whether something typed is waiting."""
        return document in self._kept
