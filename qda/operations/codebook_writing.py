"""Writing a merge into the project: what was chosen, and nothing that would cost a coding."""

from collections.abc import Mapping
from dataclasses import replace

from qda.model.codebook import CODE_FIELDS, CodeField, FieldChange
from qda.model.codebook_merge import MergeChoice, MergeOutcome, MergePlan, Side
from qda.model.entities import Code, Thing
from qda.model.ids import CodeId
from qda.operations.codebook import NewCodes, require_valid_code
from qda.operations.codebook_matching import Matched, Node, Same
from qda.operations.documents import free_name
from qda.store import codes, codings, memo_links, memos
from qda.store.project_file import ProjectFile

Sides = Mapping[str, Side]


class Writer:
    """Writes the chosen sides of a plan; `write` once, inside a step."""

    def __init__(
        self, project: ProjectFile, plan: MergePlan, sides: Sides, *, reorder: bool = False
    ) -> None:
        """Sort what was chosen; with `reorder`, codes come to stand in the order of theirs."""
        self._project = project
        self._reorder = reorder
        self._matched = Matched(plan.base, plan.ours, plan.theirs)
        everything = codes.all_codes(project.connection)
        self._new = NewCodes(everything)
        self._before = codes.path_texts(everything)
        # The plan's codebook is the project's, so both walks meet the same codes.
        self._rows = dict(zip(self._matched.codes_of("ours"), everything, strict=True))
        self._taken = [one for one in plan.choices if sides.get(one.key) == "theirs"]
        self._kept = [one.code for one in plan.choices if one.kind == "removed" and one.used]
        self._adding = self._chosen("added")
        self._moving = self._chosen("moved")
        self._going = self._chosen("removed")
        self._left: list[Same] = []

    def _chosen(self, kind: str) -> set[Same]:
        return {self._same(one) for one in self._taken if one.kind == kind}

    def _same(self, choice: MergeChoice) -> Same:
        return self._matched.codes[choice.place]

    def write(self) -> MergeOutcome:
        """Write it; raises NotAllowed for a code without a name or with a colour that is none."""
        self._bring_those_above()
        self._break_circles()
        self._spare_what_is_needed()
        rows = {one: self._merged(one, row) for one, row in self._rows.items()}
        names = self._names(rows)
        added = self._add(names)
        for one, row in rows.items():
            if one in self._going:
                continue
            above = self._parent(one)
            parent = self._rows[above].id if above is not None else None
            wanted = replace(row, name=names[one], parent=parent)
            if wanted != self._rows[one]:
                codes.update(self._project.connection, wanted)
                self._rows[one] = wanted
        removed = self._remove()
        self._place()
        return self._outcome(added, removed)

    # --------------------------------------------------------------------------- the tree
    def _bring_those_above(self) -> None:
        """Add with a code those above it that the project does not have."""
        for one in (*self._adding, *self._moving):
            above = self._matched.parent(one, "theirs")
            while above is not None and above.ours is None:
                self._adding.add(above)
                above = self._matched.parent(above, "theirs")

    def _parent(self, one: Same) -> Same | None:
        by_them = one.ours is None or one in self._moving
        return self._matched.parent(one, "theirs" if by_them else "ours")

    def _break_circles(self) -> None:
        """Leave codes where they are that would come to stand below themselves."""
        found = True
        while found:
            found = False
            for one in self._matched.codes_of("theirs"):
                if one in self._moving and self._in_circle(one):
                    self._moving.discard(one)
                    self._left.append(one)
                    found = True

    def _in_circle(self, one: Same) -> bool:
        seen: set[Same] = set()
        above = self._parent(one)
        while above is not None and above not in seen:
            if above is one:
                return True
            seen.add(above)
            above = self._parent(above)
        return False

    def _spare_what_is_needed(self) -> None:
        """Keep codes that were to go but have codings or memos, or a code below that stays."""
        connection = self._project.connection
        used = codes.counts(connection)
        needed = {
            one
            for one in self._going
            if used.get(self._rows[one].id, 0)
            or memos.of_target(connection, "code", self._rows[one].id)
            or memo_links.leading_here(connection, Thing("code", self._rows[one].id))
        }
        everything = (*self._rows, *self._adding)
        while True:
            self._kept.extend(self._before[self._rows[one].id] for one in needed)
            self._going -= needed
            above = {self._parent(one) for one in everything if one not in self._going}
            needed = {one for one in self._going if one in above}
            if not needed:
                return

    # --------------------------------------------------------------------------- the codes
    def _merged(self, one: Same, row: Code) -> Code:
        wanted: dict[str, object] = {}
        for choice in self._taken:
            field = _field(choice.field)
            if field is not None and one.theirs is not None and self._same(choice) is one:
                wanted[field] = getattr(one.theirs.code, field)
        if not wanted or one.theirs is None:
            return row
        require_valid_code(one.theirs.code)
        if "scale" in wanted:
            used = (found.value for found in codings.of_code(self._project.connection, row.id))
            scale = (*one.theirs.code.scale, *filter(None, used))
            wanted["scale"] = tuple(dict.fromkeys(scale))
        return replace(row, **wanted)

    def _names(self, rows: Mapping[Same, Code]) -> dict[Same, str]:
        """Return the names of all codes; one that is taken where a code comes to gets a number."""
        names = {one: row.name.strip() for one, row in rows.items() if one not in self._going}
        names |= {
            one: one.theirs.code.name.strip() for one in self._adding if one.theirs is not None
        }
        coming = {
            one
            for one in names
            if one in self._adding
            or one in self._moving
            or (one in self._rows and names[one] != self._rows[one].name)
        }
        taken: dict[Same | None, frozenset[str]] = {}
        for one in sorted(names, key=lambda one: one in coming):
            above = self._parent(one)
            there = taken.get(above, frozenset())
            if one in coming:
                names[one] = free_name(names[one], there)
            taken[above] = there | {names[one]}
        return names

    def _add(self, names: Mapping[Same, str]) -> list[Same]:
        added: list[Same] = []
        for one in self._matched.codes_of("theirs"):
            if one not in self._adding or one.theirs is None:
                continue
            require_valid_code(one.theirs.code)
            above = self._parent(one)
            parent = self._rows[above].id if above is not None else None
            made = self._new.add(self._project, replace(one.theirs.code, name=names[one]), parent)
            row = codes.by_id(self._project.connection, made)
            if row is not None:
                self._rows[one] = row
            added.append(one)
        return added

    def _remove(self) -> list[str]:
        """Remove what is to go; return its paths."""
        removed: list[str] = []
        for one in reversed(self._matched.codes_of("ours")):
            if one in self._going:
                row = self._rows.pop(one)
                codes.delete(self._project.connection, row.id)
                removed.append(self._before[row.id])
        return removed[::-1]

    # --------------------------------------------------------------------------- the order
    def _place(self) -> None:
        """Put what came where theirs has it, after the code it follows there."""
        groups: dict[Same | None, list[Same]] = {}
        for one in self._rows:
            groups.setdefault(self._parent(one), []).append(one)
        for above, members in groups.items():
            came = [one for one in members if one.ours is None or one in self._moving]
            if self._reorder:
                ordered = self._in_their_order(above, members)
            elif came:
                stayed = [one for one in members if one not in came]
                ordered = _woven(sorted(stayed, key=_our_rank), sorted(came, key=_their_rank),
                                 self._siblings(above))  # fmt: skip
            else:
                continue
            for position, one in enumerate(ordered):
                row = self._rows[one]
                if row.position != position:
                    self._rows[one] = replace(row, position=position)
                    codes.update(self._project.connection, self._rows[one])

    def _in_their_order(self, above: Same | None, members: list[Same]) -> list[Same]:
        there = set(self._siblings(above))
        shared = sorted((one for one in members if one in there), key=_their_rank)
        others = sorted((one for one in members if one not in there), key=_our_rank)
        ours = [
            one
            for one in self._matched.codes_of("ours")
            if self._matched.parent(one, "ours") is above
        ]
        return _woven(shared, others, ours)

    def _siblings(self, above: Same | None) -> list[Same]:
        return [
            one
            for one in self._matched.codes_of("theirs")
            if self._matched.parent(one, "theirs") is above
        ]

    # ------------------------------------------------------------------------------ telling
    def _outcome(self, added: list[Same], removed: list[str]) -> MergeOutcome:
        paths = codes.path_texts(codes.all_codes(self._project.connection))

        def path(one: Same) -> str:
            return paths[self._id(one)]

        changed: list[FieldChange] = []
        moved: list[tuple[str, str]] = []
        for choice in self._taken:
            one = self._same(choice)
            if one not in self._rows or one.ours is None:
                continue
            if choice.kind == "moved":
                if one in self._moving:
                    moved.append((choice.code, path(one)))
            elif choice.kind != "removed":
                renamed = choice.kind == "renamed"
                theirs = self._rows[one].name if renamed else choice.theirs
                changed.append(FieldChange(choice.code, choice.field, choice.ours, theirs))
        return MergeOutcome(
            tuple(map(path, added)),
            tuple(changed),
            tuple(moved),
            tuple(removed),
            tuple(self._kept),
            tuple(map(path, self._left)),
        )

    def _id(self, one: Same) -> CodeId:
        return self._rows[one].id

    def placed(self) -> dict[tuple[str, ...], CodeId]:
        """Return which code of the project each path of theirs is, once it is written."""
        return {
            one.theirs.path: self._rows[one].id
            for one in self._matched.codes_of("theirs")
            if one.theirs is not None and one in self._rows
        }


def _field(name: str) -> CodeField | None:
    return next((field for field in CODE_FIELDS if field == name), None)


def _rank(node: Node | None) -> int:
    return node.rank if node is not None else 0


def _our_rank(one: Same) -> int:
    return _rank(one.ours)


def _their_rank(one: Same) -> int:
    return _rank(one.theirs)


def _woven(settled: list[Same], coming: list[Same], order: list[Same]) -> list[Same]:
    """Put each of `coming` after the nearest before it in `order` that is there, else last.

    What stands first in `order` comes first.
    """
    result = list(settled)
    for one in coming:
        before = order[: order.index(one)] if one in order else None
        if before is None:
            result.append(one)
            continue
        at = next((result.index(other) + 1 for other in reversed(before) if other in result), None)
        if at is None:
            at = len(result) if before else 0
        result.insert(at, one)
    return result
