"""How codebooks differ, difference by difference, and the versions a project keeps of its own."""

from dataclasses import dataclass
from typing import Literal

from qda.model.codebook import Codebook, FieldChange, join_path, split_path
from qda.model.ids import CodebookVersionId, Guid

Side = Literal["ours", "theirs"]
Origin = Literal["ours", "theirs", "both"]
"""Who changed something since the last common version."""
DifferenceKind = Literal["added", "removed", "renamed", "moved", "changed"]
VersionOrigin = Literal["saved", "exported", "received"]


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """A codebook that the project remembers.

    `saved` ones have a name; `exported` and `received` ones were kept by the program when a file
    was written or taken in, and have the file's name: they are what both sides know.
    """

    id: CodebookVersionId
    guid: Guid
    name: str
    origin: VersionOrigin
    file_name: str
    created: str
    coder: str
    codes: int


@dataclass(frozen=True, slots=True)
class MergeChoice:
    """One difference between the project's codebook and another, to be taken or left.

    `code` is the path in the project, for an added code that in the file. `field` names a field
    of the code, or is `parent` where the code moved, or empty where all of it came or went; the
    texts are then its definition. `base` is None where no common version has it. `used` codes
    have codings or memos, they or one below: they are never removed. `place` is the number of the
    code among all those that were compared.
    """

    key: str
    kind: DifferenceKind
    code: str
    field: str
    base: str | None
    ours: str
    theirs: str
    origin: Origin
    used: bool = False
    place: int = 0

    @property
    def default(self) -> Side | None:
        """Return what is done unless the user says otherwise; None where both changed it."""
        if self.used:
            return "ours"
        return None if self.origin == "both" else self.origin

    @property
    def target(self) -> str:
        """Return the path that a code which moved has on their side."""
        above = split_path(self.theirs) if self.theirs else ()
        return join_path((*above, split_path(self.code)[-1]))


@dataclass(frozen=True, slots=True)
class MergePlan:
    """How `theirs` differs from `ours`, against what both had before (`base`, where known).

    `only_ours` are paths of codes that neither the file nor the common version has; `reordered`
    counts the codes whose subcodes stand in another order (the top counts as one).
    """

    base: Codebook | None
    ours: Codebook
    theirs: Codebook
    choices: tuple[MergeChoice, ...]
    only_ours: tuple[str, ...]
    unchanged: int
    reordered: int

    @property
    def conflicts(self) -> tuple[MergeChoice, ...]:
        """Return what only the user can decide."""
        return tuple(one for one in self.choices if one.default is None)

    def decided(self, side: Side) -> dict[str, Side]:
        """Return choices that decide every conflict for `side` and nothing else."""
        return {one.key: side for one in self.conflicts}


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What a merge did; codes are named by their paths after it, removed ones by those before.

    `kept` codes were to go, but they or codes below them are in use; `left` codes could not
    move, since they would have come to stand below themselves.
    """

    added: tuple[str, ...]
    changed: tuple[FieldChange, ...]
    moved: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    left: tuple[str, ...]
