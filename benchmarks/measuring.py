"""Timing and the shape of the result."""

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure, its unit, and the upper bound that the design sets."""

    value: float
    unit: str
    budget: float


def milliseconds(work: Callable[[], object], times: int = 5) -> list[float]:
    """Run `work` several times and return each duration in milliseconds."""
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def median(durations: list[float]) -> float:
    """Return the median, rounded to a hundredth."""
    return round(statistics.median(durations), 2)


def percentile_95(durations: list[float]) -> float:
    """Return the 95th percentile by nearest rank, rounded to a hundredth.

    That is the smallest duration that at least 95 of 100 do not exceed.
    """
    ordered = sorted(durations)
    return round(ordered[math.ceil(len(ordered) * 0.95) - 1], 2)
