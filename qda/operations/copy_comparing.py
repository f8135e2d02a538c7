"""Comparing two copies of a project row by row, against what both had where that is known."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from qda.model.codebook_merge import Side
from qda.operations.copy_aligning import TextChoice
from qda.operations.copy_differences import (
    BY_PLACE,
    Compared,
    Difference,
    Place,
    choice_key,
    named_places,
    without,
)
from qda.operations.copy_removals import Removals
from qda.store.copy_rows import EMPTIED, RULE, RULES, Key, Keyed, Row, Rule, named_by


class Comparer:
    """Decide row by row; those that others name come first."""

    def __init__(
        self,
        ours: Keyed,
        theirs: Keyed,
        base: Keyed | None,
        *,
        texts: Mapping[Key, TextChoice],
        choices: Mapping[str, Side],
        take: Side = "ours",
        named: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
        step: Callable[[], None] = lambda: None,
    ) -> None:
        """Take both copies and what they had in common; `take` decides what nobody chose.

        `named` are the GUIDs that our record and theirs know, which tells what was removed.
        """
        self._ours, self._theirs, self._base = ours, theirs, base
        self._texts, self._choices = texts, choices
        self._take: Side = take
        self._named_here, self._named_there = named
        self._step = step
        self._final: dict[str, dict[Key, Row]] = {}
        self._result = Compared(self._final, [])
        self._groups = {rule.table: tuple(_groups(rule)) for rule in RULES}
        self._restored: set[Place] = set()
        self._roots: dict[Place, Place] = {}
        self._blamed_here: Counter[Place] = Counter()
        self._removals = Removals(
            (ours, theirs, base), self._final, self._result.differences, choices, take
        )

    def compare(self) -> Compared:
        """Return what our project is to hold, and what had to be decided."""
        for rule in RULES:
            self._step()
            self._compare_table(rule)
        self._tell_deleted_here()
        self._removals.settle()
        return self._result

    # ---------------------------------------------------------------------------- one table
    def _compare_table(self, rule: Rule) -> None:
        table = rule.table
        ours, theirs = self._ours.rows[table], self._theirs.rows[table]
        base = self._base.rows[table] if self._base is not None else {}
        final = self._final[table] = dict(ours)
        # What came comes first: a code that was there may stand below one that is new.
        for key, row in theirs.items():
            if key not in ours:
                self._only_theirs(rule, key, row, base.get(key))
        for key, row in ours.items():
            other = theirs.get(key)
            if other is None:
                self._only_ours(rule, key, row, base.get(key))
            elif other != row and not rule.adds_only:
                final[key] = self._both(rule, key, row, other, base.get(key))

    def _both(self, rule: Rule, key: Key, ours: Row, theirs: Row, base: Row | None) -> Row:
        row = list(ours)
        for columns, places, quiet in self._groups[rule.table]:
            mine = [ours[at] for at in places]
            other = [theirs[at] for at in places]
            if mine == other:
                continue
            before = [base[at] for at in places] if base is not None else None
            if not self._takes(
                rule, key, columns, (base, ours, theirs), (before, mine, other), quiet
            ):
                continue
            if self._missing(rule.table, theirs, columns) is not None:
                self._blame(rule.table, theirs, columns)
                continue
            for at in places:
                row[at] = theirs[at]
        return tuple(row)

    def _takes(
        self,
        rule: Rule,
        key: Key,
        columns: tuple[str, ...],
        rows: tuple[Row | None, Row, Row],
        cells: tuple[list[object] | None, list[object], list[object]],
        quiet: bool,  # noqa: FBT001 - passed on
    ) -> bool:
        """Tell whether a group of columns becomes theirs; a conflict is noted."""
        before, mine, other = cells
        if columns[0] == "text_hash" and rule.table == "document" and key in self._texts:
            return self._takes_text(rule, key, columns, rows)
        if before is not None and before in (mine, other):
            return before == mine
        if quiet or (before is None and rule.table in BY_PLACE):
            # Who speaks in a text that both imported is as it is here.
            return False
        taken = self._choices.get(choice_key(rule.table, key, columns[0]), self._take)
        self._result.differences.append(
            Difference("changed", rule.table, key, columns, *rows, taken)
        )
        return taken == "theirs"

    def _takes_text(
        self, rule: Rule, key: Key, columns: tuple[str, ...], rows: tuple[Row | None, Row, Row]
    ) -> bool:
        text = self._texts[key]
        if not text.settled:
            self._result.differences.append(
                Difference("text", rule.table, key, columns, *rows, text.side, text.lost)
            )
        return text.side == "theirs"

    def _only_ours(self, rule: Rule, key: Key, ours: Row, base: Row | None) -> None:
        place = (rule.table, key)
        if rule.adds_only:
            return
        if self._base is None:
            if isinstance(key, str) and rule.key == ("guid",):
                if key in self._named_there:
                    self._removals.deleted_there(rule, place, (None, ours), changed=True)
                else:
                    self._result.kept[rule.table] += 1
            return
        if base is None:
            return
        changed = self._changed(rule, ours, base)
        if changed and self._parent_gone(rule.table, ours):
            return
        self._removals.deleted_there(rule, place, (base, ours), changed=changed)

    def _parent_gone(self, table: str, row: Row) -> bool:
        """Tell whether what a row of ours belongs to was removed there with it."""
        for column, named in named_by(table, row, self._ours.rows).items():
            key = cast("Key | None", row[RULE[table].place(column)])
            if (table, column) in EMPTIED or key is None:
                continue
            if key not in self._theirs.rows[named] and (
                self._base is not None and key in self._base.rows[named]
            ):
                return True
        return False

    def _only_theirs(self, rule: Rule, key: Key, theirs: Row, base: Row | None) -> None:
        table, place = rule.table, (rule.table, key)
        is_new = base is None and (self._base is not None or key not in self._named_here)
        while (missing := self._missing(table, theirs, rule.columns)) is not None:
            root = self._roots.get(missing[1], missing[1])
            emptied = (table, missing[0]) in EMPTIED
            if emptied or is_new or (base is not None and self._changed(rule, theirs, base)):
                self._blamed_here[root] += 1
            if not emptied:
                self._roots[place] = root
                return
            theirs = without(rule, theirs, missing[0])
        if is_new or self._comes_back(table, theirs):
            if not is_new:
                self._restored.add(place)
            self._final[table][key] = theirs
            return
        if not rule.adds_only:
            self._removed_here(rule, key, theirs, base)
        elif table == "codebook_version":
            # Nobody removes one; it may have been kept past the history.
            self._final[table][key] = theirs

    def _removed_here(self, rule: Rule, key: Key, theirs: Row, base: Row | None) -> None:
        """Let what we removed stay away, unless it is chosen; what they changed is asked about."""
        table, place = rule.table, (rule.table, key)
        name = choice_key(table, key, "")
        changed = base is not None and self._changed(rule, theirs, base)
        taken = self._choices.get(name)
        if changed and table not in BY_PLACE:
            taken = taken or self._take
            self._result.differences.append(
                Difference("deleted here", table, key, (), base, None, theirs, taken)
            )
        elif taken == "theirs":
            self._result.differences.append(
                Difference("deleted here", table, key, (), base, None, theirs, taken)
            )
        elif base is None:
            self._result.stayed_gone[table] += 1
        if taken == "theirs":
            self._restored.add(place)
            self._final[table][key] = theirs
        else:
            self._roots[place] = place

    def _comes_back(self, table: str, row: Row) -> bool:
        return any(place in self._restored for place in named_places(table, row, self._theirs.rows))

    def _missing(self, table: str, row: Row, columns: Iterable[str]) -> tuple[str, Place] | None:
        """Return the first of some columns that names what is not going to be here."""
        for column, named in named_by(table, row, self._theirs.rows).items():
            if column not in columns:
                continue
            key = cast("Key | None", row[RULE[table].place(column)])
            if key is not None and key not in self._final[named]:
                return column, (named, key)
        return None

    def _blame(self, table: str, row: Row, columns: Iterable[str]) -> None:
        missing = self._missing(table, row, columns)
        if missing is not None:
            self._blamed_here[self._roots.get(missing[1], missing[1])] += 1

    def _changed(self, rule: Rule, row: Row, base: Row) -> bool:
        """Tell whether anything that matters of a row has changed."""
        return row != base and any(
            [row[at] for at in places] != [base[at] for at in places]
            for _columns, places, quiet in self._groups[rule.table]
            if not quiet
        )

    # -------------------------------------------------------------------------- what goes
    def _tell_deleted_here(self) -> None:
        """Ask about what we removed and they went on using."""
        asked = {
            (one.table, one.key): at
            for at, one in enumerate(self._result.differences)
            if one.kind == "deleted here"
        }
        for place, count in self._blamed_here.items():
            table, key = place
            if place in asked:
                at = asked[place]
                self._result.differences[at] = _counting(self._result.differences[at], count)
                continue
            theirs = self._theirs.rows[table].get(key)
            if theirs is None:
                self._result.left_out[table, "gone"] += count
                continue
            base = self._base.rows[table].get(key) if self._base is not None else None
            self._result.differences.append(
                Difference("deleted here", table, key, (), base, None, theirs, "ours", count)
            )


def _counting(one: Difference, count: int) -> Difference:
    return Difference(
        one.kind, one.table, one.key, one.columns, one.base, one.ours, one.theirs, one.taken, count
    )


_Group = tuple[tuple[str, ...], tuple[int, ...], bool]


def _groups(rule: Rule) -> Iterator[_Group]:
    """Yield the columns that are decided together, their places, and whether they are quiet."""
    done = {"guid", *(rule.key if rule.key != ("guid",) else ())}
    if "guid" in rule.quiet:
        done.discard("guid")
    for columns in (*rule.together, *((one,) for one in rule.columns)):
        if done.isdisjoint(columns):
            done.update(columns)
            yield columns, tuple(rule.place(one) for one in columns), columns[0] in rule.quiet
