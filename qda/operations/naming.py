"""Names that are not taken yet."""

from collections.abc import Set as AbstractSet

from qda.model.errors import NotAllowed
from qda.model.messages import message


def named_in(label: str, document_name: str) -> str:
    """Return what a speaker is called whose label another participant has as a name."""
    return f"{label} ({document_name})"


def free_name(wanted: str, used: AbstractSet[str]) -> str:
    """Return `wanted`, or with the first free number behind it: a second file `x` is `x (2)`."""
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted} ({number})" in used:
        number += 1
    return f"{wanted} ({number})"


def require_free_name(name: str, used: AbstractSet[str]) -> None:
    """Raise NotAllowed where a name is empty or another has it."""
    if not name:
        raise NotAllowed(message("A name cannot be empty; write one."))
    if name in used:
        raise NotAllowed(message("There is already one called {name}; choose another.", name=name))
