"""What one copy removed and the other still uses: it is asked about, and kept with all it has."""

from collections import Counter
from collections.abc import Mapping
from typing import cast

from qda.model.codebook_merge import Side
from qda.operations.copy_differences import (
    BY_PLACE,
    Difference,
    Place,
    choice_key,
    drop_dependent,
    named_places,
)
from qda.store.copy_rows import RULES, Key, Keyed, Row, Rule, named_by


class Removals:
    """Rows that they removed: gathered one by one, then settled together."""

    def __init__(
        self,
        copies: tuple[Keyed, Keyed, Keyed | None],
        final: dict[str, dict[Key, Row]],
        differences: list[Difference],
        choices: Mapping[str, Side],
        take: Side,
    ) -> None:
        """Take our copy, theirs and what both had; add to `differences`, take from `final`."""
        self._ours, self._theirs, self._base = copies
        self._final, self._differences = final, differences
        self._choices = choices
        self._take: Side = take
        self._going: dict[Place, None] = {}
        self._forced: set[Place] = set()
        self._kept: set[Place] = set()
        self._blamed: Counter[Place] = Counter()

    def deleted_there(
        self, rule: Rule, place: Place, rows: tuple[Row | None, Row], *, changed: bool
    ) -> None:
        """Let a row go that they removed, unless it was changed here since."""
        if changed and rule.table not in BY_PLACE:
            taken = self._choices.get(choice_key(*place, ""), self._take)
            self._differences.append(Difference("deleted there", *place, (), *rows, None, taken))
            if taken == "ours":
                self._kept.add(place)
                return
            self._forced.add(place)
        elif changed:
            return
        self._going[place] = None

    def settle(self) -> None:
        """Keep what they removed and we still need, then let the rest go."""
        while self._going:
            saved = self._saved_by_users() | self._saved_from_above()
            if not saved:
                break
            self._kept |= saved
            for place in saved:
                del self._going[place]
        for place, count in self._blamed.items():
            table, key = place
            if place in self._forced:
                continue
            base = self._base.rows[table].get(key) if self._base is not None else None
            ours = self._ours.rows[table].get(key)
            self._differences.append(
                Difference("deleted there", table, key, (), base, ours, None, "ours", count)
            )
        for table, key in self._going:
            self._final[table].pop(key, None)
        if self._forced:
            self._fall_back()
        if self._going:
            drop_dependent(self._final)

    def _fall_back(self) -> None:
        """Let what named something that goes name what it names there, if it is still there."""
        for rule in RULES:
            rows, theirs = self._final[rule.table], self._theirs.rows[rule.table]
            for key, row in list(rows.items()):
                other = theirs.get(key)
                if other is None:
                    continue
                for column, named in named_by(rule.table, row, self._final).items():
                    at = rule.place(column)
                    target = cast("Key | None", row[at])
                    there = cast("Key | None", other[at])
                    if target is None or target in self._final[named]:
                        continue
                    if there is None or there in self._final[named]:
                        now = rows[key]
                        rows[key] = (*now[:at], there, *now[at + 1 :])

    def _saved_by_users(self) -> set[Place]:
        """Return what is to go and is named by what stays, from below upwards."""
        saved: set[Place] = set()
        for rule in reversed(RULES):
            # What something said before holds nothing: it goes along.
            rows = {} if rule.adds_only else self._final[rule.table]
            for key, row in rows.items():
                place = (rule.table, key)
                if place in self._going and place not in saved:
                    continue
                for named in named_places(rule.table, row, self._final):
                    if named not in self._going or named in saved or named in self._forced:
                        continue
                    taken = self._choices.get(choice_key(*named, ""), self._take)
                    self._blamed[named] += 1
                    if taken == "theirs":
                        self._forced.add(named)
                        self._note_forced(named)
                    else:
                        saved.add(named)
        return saved

    def _note_forced(self, place: Place) -> None:
        table, key = place
        base = self._base.rows[table].get(key) if self._base is not None else None
        self._differences.append(
            Difference(
                "deleted there", table, key, (), base, self._ours.rows[table].get(key), None,
                "theirs",
            )
        )  # fmt: skip

    def _saved_from_above(self) -> set[Place]:
        """Return what is to go and belongs to something that was kept after all."""
        if not self._kept:
            return set()
        return {
            (table, key)
            for table, key in self._going
            if (table, key) not in self._forced
            and any(
                named in self._kept
                for named in named_places(table, self._final[table][key], self._final)
            )
        }
