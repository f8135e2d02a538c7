"""Score sheets: case files of offices, each rated on indicators of one scale."""

from dataclasses import dataclass

from qda.model.ids import CaseId, Guid, ScoreFileId, ScoreItemId, ScoreSheetId

MOST_STEPS = 20
"""So many values a scale has at the most."""


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """An indicator of a sheet, such as «målsetting»."""

    id: ScoreItemId
    guid: Guid
    name: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A sheet with its scale, whole numbers from `low` to `high`, and its indicators in order."""

    id: ScoreSheetId
    guid: Guid
    name: str
    low: int
    high: int
    items: tuple[ScoreItem, ...]

    @property
    def scale(self) -> range:
        """Return the values that a score can have."""
        return range(self.low, self.high + 1)


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """A case file of an office, by its number or name."""

    id: ScoreFileId
    guid: Guid
    case: CaseId
    name: str


@dataclass(frozen=True, slots=True)
class Score:
    """What one rater gave one file on one indicator."""

    file: ScoreFileId
    item: ScoreItemId
    rater: str
    value: int
