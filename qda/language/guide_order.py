"""Which questions the turns of one interview ask together: interviews mostly follow their guide.

Every turn asks one question or none. What speaks for a question in its turn (log odds) is added to
what its place says after the question asked before: the next few of the guide are likelier than the
one long past. Of all ways through the interview the best one counts, as in Viterbi (1967).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_NEXT = 4
"""How many questions ahead are next to the one before."""
_AHEAD, _HERE, _FAR_AHEAD, _BACK, _FAR_BACK = 0.3, -0.4, -0.1, -0.2, -0.4
_FAR = 8
_START, _LATE_START = 0.2, 0.6
"""Before anything is asked: the first question is as likely as this, the last less by this."""


def evidence(said: Floats) -> Floats:
    """Return for each turn and question how much better the best way with it is than without.

    `said` holds log odds, turns x questions; minus infinity where nothing speaks for a question.
    So does the answer, with the same shape. A turn asks a question where that is positive.
    """
    turns, count = said.shape
    steps = _steps(count)
    before = np.full((turns + 1, count + 1), -np.inf)
    before[0, count] = 0.0
    for turn in range(turns):
        before[turn + 1] = before[turn]
        asked = said[turn] + (before[turn][:, None] + steps).max(axis=0)
        np.maximum(before[turn + 1, :count], asked, out=before[turn + 1, :count])
    after = np.zeros(count + 1)
    found = np.full((turns, count), -np.inf)
    for turn in range(turns - 1, -1, -1):
        asked = said[turn] + after[:count]
        entered = (before[turn][:, None] + steps).max(axis=0)
        found[turn] = entered + asked - (before[turn] + after).max()
        after = np.maximum(after, (steps + asked[None, :]).max(axis=1))
    return found


def _steps(count: int) -> Floats:
    """Return what speaks for going from one question (rows; the last: none yet) to another."""
    ahead = np.arange(count)[None, :] - np.arange(count)[:, None]
    between = np.select(
        [ahead == 0, (ahead > 0) & (ahead <= _NEXT), ahead > _NEXT, ahead >= -_FAR],
        [_HERE, _AHEAD, _FAR_AHEAD, _BACK],
        _FAR_BACK,
    )
    start = _START - _LATE_START * np.arange(count) / max(1, count - 1)
    return np.vstack([between, start])
