"""What another codebook says otherwise than the project's, and since when: pure comparing.

A three-way merge: what only one side changed since the last common version is that side's; what
both changed otherwise is a conflict that only a person can decide.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from qda.model.codebook import CODE_FIELDS, Codebook, CodebookCode, CodeField, join_path
from qda.model.codebook_merge import DifferenceKind, MergeChoice, MergePlan, Origin
from qda.model.ids import Guid
from qda.operations.codebook_matching import Book, Matched, Node, Same, as_text, said_fields

ALWAYS_SAID: frozenset[CodeField] = frozenset({"name", "color"})
"""Fields that a code is never without: empty, they say nothing."""


def plan_merge(
    base: Codebook | None,
    ours: Codebook,
    theirs: Codebook,
    *,
    used: Collection[Guid] = (),
    said: Collection[CodeField] | None = None,
) -> MergePlan:
    """Compare three codebooks; `base` is None where no common version is known.

    `used` names codes that must not be removed, `said` the fields in which an empty text of
    `theirs` means that they emptied it; without it, those that they have a text in anywhere.
    The keys of the choices name a code and a field, and are the same for the same codebooks.
    """
    comparing = _Comparing(Matched(base, ours, theirs), frozenset(used))
    comparing.said = frozenset(said_fields(theirs) if said is None else said)
    choices = tuple(_with_keys(comparing.choices()))
    differing = {one.code for one in choices if one.kind not in ("added", "removed")}
    both = [one for one in comparing.matched.codes_of("ours") if one.theirs is not None]
    return MergePlan(
        base,
        ours,
        theirs,
        choices,
        only_ours=tuple(
            join_path(one.ours.path)
            for one in comparing.matched.codes_of("ours")
            if one.ours is not None and one.theirs is None and one.base is None
        ),
        unchanged=len(both) - len(differing),
        reordered=comparing.reordered(both),
    )


def _with_keys(choices: Iterator[MergeChoice]) -> Iterator[MergeChoice]:
    """Put a number behind keys that stand twice: a codebook may have one GUID at two codes."""
    seen: dict[str, int] = {}
    for one in choices:
        seen[one.key] = seen.get(one.key, 0) + 1
        number = seen[one.key]
        yield one if number == 1 else replace(one, key=f"{one.key}#{number}")


class _Comparing:
    """The comparison of codebooks whose codes are matched."""

    def __init__(self, matched: Matched, used: frozenset[Guid]) -> None:
        """Note which codes are in use, they or one below them."""
        self.matched = matched
        self.said: frozenset[CodeField] = frozenset()
        self._used = self._with_those_above(
            one for one in matched.codes if one.ours is not None and one.ours.code.guid in used
        )
        self._grown = self._with_those_above(
            one for one in matched.codes if one.ours is not None and one.base is None
        )

    def _with_those_above(self, codes: Iterator[Same]) -> set[Same]:
        found: set[Same] = set()
        for code in codes:
            above: Same | None = code
            while above is not None and above not in found:
                found.add(above)
                above = self.matched.parent(above, "ours")
        return found

    def choices(self) -> Iterator[MergeChoice]:
        """Yield every difference: ours in their order, then what only the file has."""
        for place, one in enumerate(self.matched.codes):
            for choice in self._choices_on(one):
                yield replace(choice, place=place)

    def _choices_on(self, one: Same) -> Iterator[MergeChoice]:
        if one.ours is not None and one.theirs is not None:
            yield from self._differences(one, one.ours, one.theirs)
        elif one.theirs is not None:
            yield self._whole("added", one, one.theirs)
        elif one.ours is not None and one.base is not None:
            yield self._whole("removed", one, one.ours)

    def _differences(self, one: Same, ours: Node, theirs: Node) -> Iterator[MergeChoice]:
        base = one.base.code if one.base is not None else None
        for field in CODE_FIELDS:
            texts = as_text(ours.code, field), as_text(theirs.code, field)
            before = as_text(base, field) if base is not None else None
            if not self._differ(field, ours.code, theirs.code, base):
                continue
            origin: Origin = "theirs" if not texts[0] and before is None else "both"
            if before is not None:
                origin = _origin(texts[0] != before, texts[1] != before)
            kind: DifferenceKind = "renamed" if field == "name" else "changed"
            yield _choice(kind, one, ours, field, (before, *texts), origin)
        above = {book: self.matched.parent(one, book) for book in ("base", "ours", "theirs")}
        if above["ours"] is not above["theirs"]:
            origin = "both"
            if base is not None:
                by_us = above["ours"] is not above["base"]
                origin = _origin(by_us, above["theirs"] is not above["base"])
            places = [
                join_path(node.path[:-1]) if node is not None else None
                for node in (one.base, ours, theirs)
            ]
            texts3 = places[0], places[1] or "", places[2] or ""
            yield _choice("moved", one, ours, "parent", texts3, origin)

    def _differ(
        self,
        field: CodeField,
        one: CodebookCode,
        theirs: CodebookCode,
        base: CodebookCode | None,
    ) -> bool:
        """Tell whether a field is another in `theirs`; emptiness may mean that it is not said."""
        wanted = getattr(theirs, field)
        if wanted == getattr(one, field):
            return False
        return bool(wanted) or (
            base is not None and field in self.said and field not in ALWAYS_SAID
        )

    def _whole(self, kind: DifferenceKind, one: Same, shown: Node) -> MergeChoice:
        """Return the choice on a code that only one side has."""
        added = kind == "added"
        origin: Origin = "theirs"
        if one.base is not None:
            side: Book = "theirs" if added else "ours"
            changed = self._changed(one, side) or (not added and one in self._grown)
            origin = "both" if changed else ("ours" if added else "theirs")
        texts = (
            one.base.code.definition if one.base is not None else None,
            "" if added else shown.code.definition,
            shown.code.definition if added else "",
        )
        choice = _choice(kind, one, shown, "", texts, origin)
        return replace(choice, used=not added and one in self._used)

    def _changed(self, one: Same, side: Book) -> bool:
        """Tell whether a side has changed a code since the common version."""
        now = one.of(side)
        if now is None or one.base is None:
            return False
        before = one.base.code
        if self.matched.parent(one, side) is not self.matched.parent(one, "base"):
            return True
        if side == "ours":
            return any(getattr(now.code, field) != getattr(before, field) for field in CODE_FIELDS)
        return any(self._differ(field, before, now.code, before) for field in CODE_FIELDS)

    def reordered(self, both: list[Same]) -> int:
        """Count the codes below which the shared ones stand in another order."""
        count = 0
        groups: dict[Same | None, list[Same]] = {}
        for one in both:
            above = self.matched.parent(one, "ours")
            if above is self.matched.parent(one, "theirs"):
                groups.setdefault(above, []).append(one)
        for group in groups.values():
            ranks = [one.theirs.rank for one in group if one.theirs is not None]
            count += ranks != sorted(ranks)
        return count


def _origin(by_us: bool, by_them: bool) -> Origin:  # noqa: FBT001 - two sides of one thing
    if by_us and by_them:
        return "both"
    return "ours" if by_us else "theirs"


def _choice(
    kind: DifferenceKind,
    one: Same,
    shown: Node,
    field: str,
    texts: tuple[str | None, str, str],
    origin: Origin,
) -> MergeChoice:
    base, ours, theirs = texts
    key = f"{field or kind}:{one.name}"
    return MergeChoice(key, kind, join_path(shown.path), field, base, ours, theirs, origin)


def distance(known: Codebook, theirs: Codebook) -> int | None:
    """Count how `theirs` differs from a version that is known; None where they share no code."""
    plan = plan_merge(known, known, theirs)
    added = sum(one.kind == "added" for one in plan.choices)
    if added == sum(1 for _ in theirs.walk()):
        return None
    return len(plan.choices)
