"""Names that are not taken yet."""

from collections.abc import Set as AbstractSet

from qda.model.errors import NotAllowed
from qda.model.messages import message
from qda.model.naming import free_name

__all__ = ["free_name", "named_in", "require_free_name"]


def named_in(label: str, document_name: str) -> str:
    """Return what a speaker is called whose label another participant has as a name."""
    return f"{label} ({document_name})"


def require_free_name(name: str, used: AbstractSet[str]) -> None:
    """Raise NotAllowed where a name is empty or another has it."""
    if not name:
        raise NotAllowed(message("A name cannot be empty; write one."))
    if name in used:
        raise NotAllowed(message("There is already one called {name}; choose another.", name=name))
