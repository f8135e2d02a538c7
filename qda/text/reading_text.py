"""The text as one reads it: words whole that a line end or a soft hyphen splits.

What is made here is for finding words alone; every position in it leads back to the canonical
text, which stays as it is.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.text.hyphens import WordEvidence, classify, split_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SEAM = re.compile(
    rf"[{_UNSEEN}]+(?:[^\S\n\u2028\u2029]*[\n\u2028\u2029]\s*(?=[^\W\d_]))?"
    r"|(?<=[^\W_])[-\u2010\u2011](?P<gap>[^\S\n\u2028\u2029]*[\n\u2028\u2029]\s*)(?=[^\W\d_])"
)
_HYPHEN_LAST = re.compile(r"[-\u2010\u2011][^\S\n\u2028\u2029]*[\n\u2028\u2029]")
_LOOK = 80


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A text without its seams, and what was taken out of the canonical one.

    `cuts` holds (start in the canonical text, characters taken out), in order.
    """

    text: str
    cuts: tuple[tuple[int, int], ...]

    def to_canonical(self, offsets: "NDArray[np.int64]") -> "NDArray[np.int64]":
        """Return where characters of the reading text stand in the canonical text."""
        import numpy as np  # lazy: start-up

        if not self.cuts:
            return offsets
        starts = np.array([start for start, _ in self.cuts], dtype=np.int64)
        lengths = np.array([length for _, length in self.cuts], dtype=np.int64)
        before = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
        # Where each cut lies in the reading text: a character at or after it has moved.
        places = starts - before[:-1]
        return offsets + before[np.searchsorted(places, offsets, side="right")]


def reading_text(text: str) -> ReadingText:
    """Return `text` with the words whole that line ends and soft hyphens split."""
    if _HYPHEN_LAST.search(text) is None and not any(one in text for one in _UNSEEN):
        return ReadingText(text, ())
    evidence: WordEvidence | None = None
    cuts: list[tuple[int, int]] = []
    for seam in _SEAM.finditer(text):
        if seam["gap"] is None:
            cuts.append((seam.start(), seam.end() - seam.start()))
            continue
        left = text[max(0, seam.start() - _LOOK) : seam.start() + 1].replace("\u2011", "-")
        fragments = split_word(left, text[seam.end() : seam.end() + _LOOK])
        if fragments[0] is None or fragments[1] is None:
            continue
        evidence = evidence or WordEvidence(text)
        kind = classify(fragments[0], fragments[1], evidence)
        if kind == "soft":
            cuts.append((seam.start(), seam.end() - seam.start()))
        elif kind == "hard":
            cuts.append((seam.start("gap"), seam.end() - seam.start("gap")))
    if not cuts:
        return ReadingText(text, ())
    pieces: list[str] = []
    at = 0
    for start, length in cuts:
        pieces.append(text[at:start])
        at = start + length
    pieces.append(text[at:])
    return ReadingText("".join(pieces), tuple(cuts))
