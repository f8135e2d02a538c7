"""What two copies differ in, and what rows cannot be without one another."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from qda.model.codebook_merge import Side
from qda.model.copy_merge import ConflictKind
from qda.store.copy_rows import EMPTIED, POINTING, RULE, RULES, Key, Row, Rule, named_by

Place = tuple[str, Key]
"""A table and the key of a row in it."""
BY_PLACE = frozenset({"turn", "source_note"})
"""Tables whose rows belong to their document's text and are of no interest by themselves."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be decided: a group of columns of a row, or with none the row itself."""

    kind: ConflictKind
    table: str
    key: Key
    columns: tuple[str, ...]
    base: Row | None
    ours: Row | None
    theirs: Row | None
    taken: Side
    count: int = 0

    @property
    def name(self) -> str:
        """Return what the choice is called by."""
        return choice_key(self.table, self.key, self.columns[0] if self.columns else "")


def choice_key(table: str, key: Key, column: str) -> str:
    """Return what the choice about a row, or a column of it, is called by."""
    told = key if isinstance(key, str) else "/".join(str(one) for one in key)
    return f"{table}:{told}:{column}"


@dataclass(slots=True)
class Compared:
    """What our project is to hold: every row by its key, counting in the texts that are kept."""

    final: dict[str, dict[Key, Row]]
    differences: list[Difference]
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """Rows of theirs that cannot be here, by table and reason."""
    kept: Counter[str] = field(default_factory=Counter[str])
    """Rows that only we have, though nothing tells that they are new."""
    stayed_gone: Counter[str] = field(default_factory=Counter[str])
    """Rows that only they have, and that we removed by what our own record says."""


def named_places(table: str, row: Row, rows: Mapping[str, Mapping[Key, Row]]) -> Iterator[Place]:
    """Yield what a row cannot be without."""
    for column, named in named_by(table, row, rows).items():
        key = cast("Key | None", row[RULE[table].place(column)])
        if key is not None and (table, column) not in EMPTIED:
            yield named, key


def drop_dependent(final: dict[str, dict[Key, Row]]) -> None:
    """Let go of rows what names something that is not among them, from above downwards."""
    for rule in RULES:
        again = bool(POINTING[rule.table])
        while again:
            again = False
            for key, row in list(final[rule.table].items()):
                for column, named in named_by(rule.table, row, final).items():
                    target = cast("Key | None", row[rule.place(column)])
                    if target is None or target in final[named]:
                        continue
                    if (rule.table, column) in EMPTIED:
                        final[rule.table][key] = without(rule, final[rule.table][key], column)
                        continue
                    final[rule.table].pop(key, None)
                    again = rule.table == "code"
                    break


def without(rule: Rule, row: Row, column: str) -> Row:
    """Return a row with a column emptied."""
    cells = list(row)
    cells[rule.place(column)] = None
    return tuple(cells)
