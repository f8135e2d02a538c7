"""Code sets: codes that belong together for some purpose, whatever stands above them."""

from dataclasses import dataclass

from qda.model.ids import CodeId, CodeSetId, Guid


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A named set of codes, in the order of the codebook.

    A code is a member by itself: those below it are members only where they are named too, so
    that a set can hold what was added in a second round without what it was added to.
    """

    id: CodeSetId
    guid: Guid
    name: str
    description: str
    codes: tuple[CodeId, ...]
    position: int = 0
