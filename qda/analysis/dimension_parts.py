"""What a dimension is made of: axes, the values on them, and which thing has which."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from qda.analysis.vectors import Ints
from qda.model.entities import Language, Value
from qda.model.errors import NotFound
from qda.model.groups import GroupKind
from qda.model.ids import Guid
from qda.model.messages import message
from qda.text.collation import SortKey, sort_key

if TYPE_CHECKING:
    from qda.analysis.properties import Property

Axis = Literal[
    "case", "code", "document", "participant", "coder", "stance", "proposition", "query", "codeset",
    "moment",
]  # fmt: skip
"""What positions are about; a moment is a case on a day (see `qda.analysis.belonging`)."""
AXES: tuple[Axis, ...] = (
    "case", "code", "document", "participant", "coder", "stance", "proposition", "query", "codeset",
)  # fmt: skip
SPOKEN: tuple[Axis, ...] = ("case", "document", "participant", "moment")
"""What material belongs to, coded or not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a dimension: a future row or column."""

    name: str
    color: str = ""
    guid: Guid | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """The values of a dimension in order, and which of them each thing on `axis` has.

    `index` gives the value by position on the axis, -1 for none; its last entry is for -1. The
    fixed dimensions are no `property` of anything; `kind` is that of groups.
    """

    name: str
    axis: Axis
    entries: tuple[Entry, ...]
    index: Ints
    property: "Property | None" = None
    kind: GroupKind | None = None


def order_key(value: Value, language: Language) -> tuple[int, float, SortKey | None]:
    """Return a key that puts the values of a variable in order: numbers, then texts."""
    if isinstance(value, str):
        return 1, 0.0, sort_key(value, language)
    return 0, float(value), None


def with_none(index: "Sequence[int] | Ints") -> Ints:
    """Return an index by position with the entry for nothing at its end."""
    return np.append(np.asarray(index, dtype=np.int64), -1)


def no_value(name: str, value: str, names: Sequence[str]) -> NotFound:
    """Return the error for a value that nothing has; it names those that there are."""
    return NotFound(
        message(
            "There is no {name} {value}. There are: {names}.",
            name=name,
            value=value,
            names=", ".join(names[:30]) + (", …" if len(names) > 30 else ""),
        )
    )
