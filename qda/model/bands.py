"""Bands: how the numbers of a variable are cut into groups, kept as a definition."""

from dataclasses import dataclass, field
from typing import Final, Literal

from qda.model.ids import BandingId, Guid, VariableId

BandMethod = Literal["points", "quantiles", "width"]
BAND_METHODS: Final[tuple[BandMethod, ...]] = ("points", "quantiles", "width")
FEWEST_PARTS, MOST_PARTS, MOST_POINTS = 2, 20, 19


@dataclass(frozen=True, slots=True)
class BandDefinition:
    """How numbers are cut.

    `points` ascend, each opening the next band: 15 and 70 make under 15, 15 to 69, 70 and more.
    `quantiles` makes `parts` groups of equally many, in which equal values stay together: the
    group of a value is the share of the values below it, times `parts`, rounded down. `width`
    makes `parts` bands of the same width from the lowest to the highest value.

    `period` says which value of an indicator counts: empty for the latest of each, a month
    (`2012-03`), or a span (`2012-01/2012-12`) whose mean over the months with a value counts.
    `labels` name the bands from the lowest up; an empty one is named by the program.
    """

    method: BandMethod
    points: tuple[float, ...] = ()
    parts: int = 0
    period: str = ""
    labels: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Return how many bands there are."""
        return len(self.points) + 1 if self.method == "points" else self.parts


@dataclass(frozen=True, slots=True)
class Banding:
    """Bands of a variable, by name."""

    id: BandingId
    guid: Guid
    variable: VariableId
    name: str
    definition: BandDefinition
    position: int = field(default=0)
