"""Which codes occur together: what is asked."""

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import CodeId

CooccurrenceBy = Literal["overlap", "document", "turn"]
COOCCURRENCES_BY: tuple[CooccurrenceBy, ...] = ("overlap", "document", "turn")


@dataclass(frozen=True, slots=True)
class CooccurrenceSpec:
    """Where two codes must meet to occur together, and which segments count.

    By overlap the pairs of segments that share at least one character are counted, by document and
    turn the documents and turns that have both codes. The other
    parts are those of a matrix.
    """

    by: CooccurrenceBy = "overlap"
    where: tuple[tuple[str, str], ...] = ()
    folded: bool = True
    codes: frozenset[CodeId] = frozenset()
    without: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    successors: str = ""
