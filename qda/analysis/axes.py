"""The rows or the columns of a table: which there are, in what order, and what stands in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qda.analysis.dimension_parts import SPOKEN, Axis, Dimension, Entry, order_key
from qda.analysis.dimensions import find_subject
from qda.analysis.properties import Property, places_of
from qda.analysis.tables import Entities
from qda.analysis.vectors import Flags, Ints, no_ints, sorted_unique
from qda.model.entities import Value
from qda.model.errors import NotAllowed
from qda.model.groups import GroupKind
from qda.model.messages import message

Columns = Mapping[Axis, Ints]
"""For each pair of unit, participant and case: where it stands on each axis."""

MAX_LINES = 100_000


@dataclass(frozen=True, slots=True)
class MaterialGroups:
    """Which material could have been coded in which line.

    Lines of the same group share their material: `of_line` gives each line its group, and
    `pair`, `group` list the members (positions among the material's pairs) of the `count` groups.
    """

    of_line: Ints
    pair: Ints
    group: Ints
    count: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows (or columns) of a table.

    `combinations` has the value of each dimension for each line but the last one, of codings
    without a value (`missing`). `of_pairs` gives each pair its line.
    """

    dimensions: tuple[Dimension, ...]
    combinations: Ints
    of_pairs: Ints
    material: MaterialGroups
    missing: bool
    sort_values: tuple[Value | None, ...] = ()

    @property
    def count(self) -> int:
        """Return how many lines there are, the missing one included."""
        return len(self.combinations) + int(self.missing)

    def entries(self, line: int) -> tuple[Entry, ...]:
        """Return the values of a line, outermost first; none for the missing one."""
        if line >= len(self.combinations):
            return ()
        places: list[int] = self.combinations[line].tolist()
        return tuple(
            dimension.entries[place]
            for dimension, place in zip(self.dimensions, places, strict=True)
        )


def make_lines(
    dimensions: Sequence[Dimension],
    pairs: Columns,
    material: Columns,
    filters: Mapping[Axis, Flags],
    entities: Entities,
) -> Lines:
    """Return the lines for one or more nested dimensions; see `Lines`.

    One dimension shows all its values, but those that a filter on the same thing shuts out.
    Nested ones show every combination that has material or codings.
    """
    widths = [max(len(dimension.entries), 1) for dimension in dimensions]
    keys = _keys([one.index[pairs[one.axis]] for one in dimensions], widths)
    spoken = [at for at, one in enumerate(dimensions) if one.axis in SPOKEN]
    said = {at: dimensions[at].index[material[dimensions[at].axis]] for at in spoken}
    if len(dimensions) == 1:
        shown = _shown(dimensions[0], keys, filters, entities)
    else:
        grid = _grid(said, dimensions, filters, len(material["case"]))
        shown = sorted_unique(np.concatenate((keys[keys >= 0], _keys(grid, widths))))
    if len(shown) > MAX_LINES:
        raise NotAllowed(
            message(
                "The table would have {n} rows or columns; choose fewer or broader ones.",
                n=len(shown),
            )
        )
    without = keys < 0
    missing = bool(without.any())
    of_pairs = _lines_of(keys, shown)
    if missing:
        of_pairs[without] = len(shown)
    combinations = _combinations(shown, widths)
    groups = _material_groups(combinations, said, widths, len(material["case"]), missing=missing)
    return Lines(tuple(dimensions), combinations, of_pairs, groups, missing)


def sort_lines(lines: Lines, entities: Entities, name: str, *, descending: bool) -> Lines:
    """Order the lines by a variable of theirs, those without a value last; outer lines stay.

    Raises NotAllowed where the lines are not about what the variable describes.
    """
    level, of_place = _sort_source(lines, entities, find_subject(entities, name), name)
    language = entities.language
    places: list[int] = lines.combinations[:, level].tolist()
    values = [of_place[place] for place in places]
    known = [at for at, value in enumerate(values) if value is not None]
    known.sort(key=lambda at: order_key(values[at] or 0, language), reverse=descending)
    order = known + [at for at, value in enumerate(values) if value is None]
    outer: list[list[int]] = lines.combinations[:, :level].tolist()
    order.sort(key=outer.__getitem__)
    permutation = np.array(order, dtype=np.int64)
    place_of = np.empty(len(order) + 1, dtype=np.int64)
    place_of[permutation] = np.arange(len(order))
    place_of[-1] = len(order)
    tail = np.arange(len(order), lines.count, dtype=np.int64)
    material = replace(
        lines.material, of_line=lines.material.of_line[np.concatenate((permutation, tail))]
    )
    return replace(
        lines,
        combinations=lines.combinations[permutation],
        of_pairs=place_of[lines.of_pairs],
        material=material,
        sort_values=tuple(values[at] for at in order),
    )


def _sort_source(
    lines: Lines, entities: Entities, asked: Axis | GroupKind | Property, name: str
) -> tuple[int, Sequence[Value | None]]:
    """Return which dimension is ordered, and by what value for each of its places."""
    for level, dimension in enumerate(lines.dimensions):
        own = dimension.property
        if isinstance(asked, Property) and own is None:
            if dimension.axis == asked.subject:
                # Cases that count as others have no place of their own.
                values, shown = places_of(entities, asked), dimension.index[:-1] >= 0
                return level, [values[at] for at in np.flatnonzero(shown).tolist()]
        elif isinstance(asked, Property) and own is not None:
            if own.key == asked.key:
                return level, list(range(len(dimension.entries)))
        elif own is None and asked in (dimension.kind or dimension.axis,):
            return level, [entry.name for entry in dimension.entries]
    raise NotAllowed(
        message(
            "The rows cannot be ordered by {name}, since they are not about what it describes.",
            name=name,
        )
    )


def _keys(places: Sequence[Ints], widths: Sequence[int]) -> Ints:
    """Put the places of nested dimensions into one number, -1 where one of them is missing."""
    if len(places) == 1:
        # There -1 is the only place that is none.
        return places[0]
    keys = np.zeros(len(places[0]), dtype=np.int64)
    known = np.ones(len(places[0]), dtype=np.bool_)
    for place, width in zip(places, widths, strict=True):
        keys = keys * width + place
        known &= place >= 0
    return np.where(known, keys, -1)


def _combinations(shown: Ints, widths: Sequence[int]) -> Ints:
    """Return one row a line: the place in each dimension."""
    columns: list[Ints] = []
    rest = shown
    for width in reversed(widths):
        columns.append(rest % width)
        rest = rest // width
    return np.column_stack(columns[::-1]) if columns else no_ints().reshape(0, 0)


def _lines_of(keys: Ints, shown: Ints) -> Ints:
    """Return the line of each key, -1 where it has none."""
    if not len(shown):
        return np.full(len(keys), -1, dtype=np.int64)
    if int(shown[-1]) == len(shown) - 1:
        beyond = keys >= len(shown)
        return np.where(beyond, -1, keys) if beyond.any() else keys.copy()
    places = np.minimum(np.searchsorted(shown, keys), len(shown) - 1)
    return np.where(shown[places] == keys, places, -1)


def _shown(
    dimension: Dimension, keys: Ints, filters: Mapping[Axis, Flags], entities: Entities
) -> Ints:
    """Return the values of a single dimension that are shown."""
    values = np.arange(len(dimension.entries), dtype=np.int64)
    wanted = np.ones(len(values), dtype=np.bool_)
    through = filters.get(dimension.axis)
    if through is not None:
        wanted[:] = False
        let = dimension.index[through]
        wanted[let[let >= 0]] = True
    if dimension.axis == "participant" and dimension.property is None:
        asking = np.array([one.interviewer for one in entities.participants], dtype=np.bool_)
        wanted &= ~asking
    present = np.bincount(keys + 1, minlength=len(values) + 1)[1:] > 0
    return values[wanted | present]


def _grid(
    material_places: Mapping[int, Ints],
    dimensions: Sequence[Dimension],
    filters: Mapping[Axis, Flags],
    material_count: int,
) -> list[Ints]:
    """Return every combination that has material, as one array of places per dimension."""
    spoken = sorted(material_places)
    combined = (
        np.unique(np.column_stack([material_places[at] for at in spoken]), axis=0)
        if spoken
        else np.zeros((min(material_count, 1), 0), dtype=np.int64)
    )
    combined = combined[(combined >= 0).all(axis=1)]
    grid: list[Ints] = [no_ints()] * len(dimensions)
    for column, at in enumerate(spoken):
        grid[at] = combined[:, column]
    count = len(combined)
    done = set(spoken)
    for at, dimension in enumerate(dimensions):
        if at in done:
            continue
        through = filters.get(dimension.axis)
        let = dimension.index if through is None else dimension.index[through]
        values = sorted_unique(let[let >= 0])
        for other in done:
            grid[other] = np.repeat(grid[other], len(values))
        grid[at] = np.tile(values, count)
        count *= len(values)
        done.add(at)
    return grid


def _material_groups(
    combinations: Ints,
    said: Mapping[int, Ints],
    widths: Sequence[int],
    material_count: int,
    *,
    missing: bool,
) -> MaterialGroups:
    """Tell which material each line is about; what says nothing of material leaves all of it."""
    spoken = sorted(said)
    everything = np.arange(material_count, dtype=np.int64)
    if not spoken:
        of_line = np.zeros(len(combinations) + int(missing), dtype=np.int64)
        return MaterialGroups(of_line, everything, np.zeros_like(everything), 1)
    parts = [widths[at] for at in spoken]
    line_keys = _keys([combinations[:, at] for at in spoken], parts)
    groups = sorted_unique(line_keys)
    of_line = np.searchsorted(groups, line_keys).astype(np.int64)
    pair_keys = _keys([said[at] for at in spoken], parts)
    group = _lines_of(pair_keys, groups)
    pair = everything[group >= 0]
    group = group[group >= 0]
    if missing:
        # What has no value because of a dimension that is not about material may be any of it.
        without = everything if len(spoken) < len(widths) else everything[pair_keys < 0]
        of_line = np.append(of_line, len(groups))
        pair = np.concatenate((pair, without))
        group = np.concatenate((group, np.full(len(without), len(groups), dtype=np.int64)))
    return MaterialGroups(of_line, pair, group, len(groups) + int(missing))
