"""Names that are free."""

from collections.abc import Set as AbstractSet


def free_name(wanted: str, used: AbstractSet[str]) -> str:
    """Return `wanted`, or with the first free number behind it: a second file `x` is `x (2)`."""
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted} ({number})" in used:
        number += 1
    return f"{wanted} ({number})"
