"""Which code follows which along the interview: what is asked."""

from dataclasses import dataclass

from qda.model.ids import CodeId


@dataclass(frozen=True, slots=True)
class SequenceSpec:
    """Steps from one coded turn to the next coded turn of the same document.

    With `within`, only steps of at most so many turns count (questions are turns too); 0 takes
    the next coded turn however far it is. The other parts are those of a matrix, and what they
    leave out does not stand between two turns.
    """

    within: int = 0
    where: tuple[tuple[str, str], ...] = ()
    folded: bool = True
    codes: frozenset[CodeId] = frozenset()
    without: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    successors: str = ""
