"""What merging a colleague's copy of a project would do: numbers, and what both sides changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from qda.model.codebook_merge import Side
from qda.model.import_report import ReportLine

ConflictKind = Literal["changed", "deleted here", "deleted there", "text", "same document"]
"""Both changed a field; one removed what the other changed or used; both corrected a text, or a
correction has no place for codings of the other side; two imports of one file are one document."""


@dataclass(frozen=True, slots=True)
class CopyConflict:
    """Something that both copies have otherwise, to be decided for one of the sides.

    `table` says what kind of thing it is, `name` what people call it; `guid` is empty for what has
    none. `field` is a column of it. `base` is what both had, None where nothing tells of it.
    `count` says of how many things that depend on it the choice decides.
    """

    key: str
    kind: ConflictKind
    table: str
    guid: str
    name: str
    field: str
    base: str | None
    ours: str
    theirs: str
    taken: Side = "ours"
    count: int = 0


@dataclass(frozen=True, slots=True)
class CopyMergePlan:
    """What merging a copy does, or did, by table; `lines` say what came otherwise than it was.

    With `common`, the histories tell what both copies began with; without it, what one of them
    lacks may have been removed there or added here, so it is kept. `elsewhere` is true where the
    copy was open at the time, so that what was not yet saved there is not in it.
    """

    source: str
    same_project: bool
    common: bool
    elsewhere: bool
    added: Mapping[str, int]
    updated: Mapping[str, int]
    removed: Mapping[str, int]
    conflicts: tuple[CopyConflict, ...]
    lines: tuple[ReportLine, ...]

    @property
    def empty(self) -> bool:
        """Tell whether the merge changes nothing."""
        return not (self.added or self.updated or self.removed)
