"""What an operation changed, so that a view can bring just that up to date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from qda.model.ids import StepId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """The identifiers of changed rows by table name, whether added, altered or removed."""

    rows: Mapping[str, frozenset[int]] = field(default_factory=dict[str, frozenset[int]])

    @classmethod
    def of_all(cls, several: Iterable["Changes"]) -> "Changes":
        """Return what changed in several steps as one."""
        rows: dict[str, frozenset[int]] = {}
        for changes in several:
            for table, ids in changes.rows.items():
                rows[table] = rows.get(table, frozenset()) | ids
        return cls(rows)

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return any(self.rows.values())

    def of(self, table: str) -> frozenset[int]:
        """Return the identifiers of the changed rows of `table`."""
        return self.rows.get(table, frozenset())

    def touches(self, *tables: str) -> bool:
        """Tell whether any of `tables` changed."""
        return any(self.rows.get(table) for table in tables)

    def counts(self) -> dict[str, int]:
        """Return how many rows changed per table, tables sorted by name."""
        return {table: len(ids) for table, ids in sorted(self.rows.items()) if ids}


@dataclass(frozen=True, slots=True)
class OpResult(Generic[T]):
    """What an operation gives back: its value, what it changed, and the undo step it made."""

    value: T
    changes: Changes
    step: StepId | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One undo step: who did what, when, to how many entities."""

    id: StepId
    when: str
    coder: str
    operation: str
    entities: Mapping[str, int]
    undone: bool


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit trail; `action` is done, undone or redone."""

    id: int
    when: str
    coder: str
    operation: str
    action: str
    entities: Mapping[str, int]
