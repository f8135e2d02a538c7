"""What can head rows and columns, and what a filter lets through."""

from collections.abc import Iterable

import numpy as np

from qda.analysis.belonging import (
    allowed_groups,
    counted_as,
    find_kind,
    group_dimension,
    require_counted,
)
from qda.analysis.dimension_parts import AXES, Axis, Dimension, Entry, no_value, with_none
from qda.analysis.properties import (
    Property,
    allowed_values,
    find_property,
    property_dimension,
)
from qda.analysis.tables import Entities
from qda.analysis.vectors import Flags, Ints
from qda.model.codebook import join_path, split_path
from qda.model.entities import STANCES
from qda.model.errors import Ambiguous, NotFound
from qda.model.groups import GroupKind
from qda.model.ids import CodeId
from qda.model.matrix import MatrixSpec
from qda.model.messages import message


def find_dimension(entities: Entities, name: str, spec: MatrixSpec) -> Dimension:
    """Return the dimension of that name. Raises NotFound, Ambiguous or NotAllowed (bands)."""
    asked = find_subject(entities, name)
    if isinstance(asked, Property):
        return property_dimension(entities, asked, spec)
    if isinstance(asked, GroupKind):
        return group_dimension(entities, asked, spec)
    if asked == "code":
        return _code_dimension(entities, spec)
    things = _entries(entities, asked)
    successors = counted_as(entities, spec) if asked == "case" else None
    if successors is not None:
        return _case_dimension(things, successors)
    return Dimension(asked, asked, things, with_none(np.arange(len(things))))


def _case_dimension(things: tuple[Entry, ...], successors: Ints) -> Dimension:
    """Return the cases that count as themselves; the others are never asked for."""
    kept = [place for place in range(len(things)) if successors[place] == place]
    index = np.full(len(things), -1, dtype=np.int64)
    index[kept] = np.arange(len(kept))
    return Dimension("case", "case", tuple(things[place] for place in kept), with_none(index))


def find_subject(entities: Entities, name: str) -> Axis | GroupKind | Property:
    """Return what a name means: one of the fixed dimensions, a kind of groups or a property.

    Raises what `find_property` raises.
    """
    wanted = name.strip().casefold()
    for axis in AXES:
        if wanted == axis:
            return axis
    return find_kind(entities, name) or find_property(entities, name)


def allowed(entities: Entities, name: str, value: str, spec: MatrixSpec) -> tuple[Axis, Flags]:
    """Return which things on which axis a filter lets through (last entry: those on none).

    An empty value lets through what has no value. Raises NotFound for a value that nothing has.
    """
    asked = find_subject(entities, name)
    if isinstance(asked, Property):
        return asked.subject, allowed_values(entities, asked, value, spec)
    if isinstance(asked, GroupKind):
        return "moment", allowed_groups(entities, asked, value, spec)
    if asked == "code":
        return asked, _codes_below(entities, {find_code(entities, value)} if value else set())
    if asked == "codeset" and not heads_lines(spec, asked):
        return "code", _codes_in_set(entities, name, value)
    things = _entries(entities, asked)
    flags = np.zeros(len(things) + 1, dtype=np.bool_)
    if not value:
        flags[-1] = True
        return asked, flags
    wanted = value.strip().casefold()
    matching = [
        place
        for place, one in enumerate(things)
        if wanted == one.name.casefold() or (one.guid is not None and wanted == one.guid)
    ]
    if not matching:
        raise no_value(name, value, [one.name for one in things])
    if asked == "case":
        require_counted(entities, spec, [things[place].name for place in matching])
    flags[matching] = True
    return asked, flags


def shown_value(entities: Entities, name: str, value: str) -> str:
    """Return what is called for in a filter by its name, also where the filter has its GUID."""
    asked = find_subject(entities, name)
    if not value or isinstance(asked, Property | GroupKind):
        return value
    wanted = value.strip().casefold()
    return next((one.name for one in _entries(entities, asked) if one.guid == wanted), value)


def filters(
    entities: Entities, where: Iterable[tuple[str, str]], spec: MatrixSpec
) -> dict[Axis, Flags]:
    """Return which things on each axis pass; several values of one name let all of them through.

    Raises NotFound or Ambiguous for names and values that are not there or not unique.
    """
    by_subject: dict[object, tuple[Axis, Flags]] = {}
    for name, value in where:
        asked = find_subject(entities, name)
        axis, flags = allowed(entities, name, value, spec)
        key = asked.key if isinstance(asked, Property) else asked
        if key in by_subject:
            flags = flags | by_subject[key][1]
        by_subject[key] = axis, flags
    found: dict[Axis, Flags] = {}
    for axis, flags in by_subject.values():
        found[axis] = found[axis] & flags if axis in found else flags
    return found


def find_code(entities: Entities, text: str) -> CodeId:
    """Return the code of that path or GUID, or of that name where only one has it."""
    wanted = text.strip().casefold()
    paths = _paths(entities)
    for code in entities.codes:
        if code.guid == wanted or paths[code.id] == text:
            return code.id
    folded = tuple(part.casefold() for part in split_path(text))
    ends = [
        code.id
        for code in entities.codes
        if tuple(part.casefold() for part in split_path(paths[code.id]))[-len(folded) :] == folded
    ]
    whole = [one for one in ends if len(split_path(paths[one])) == len(folded)]
    found = whole or ends
    if len(found) > 1:
        candidates = ", ".join(paths[one] for one in found)
        raise Ambiguous(
            message(
                "{name} can mean several codes: {candidates}. Write one of these.",
                name=text,
                candidates=candidates,
            )
        )
    if not found:
        raise NotFound(
            message("There is no code {name} in the codebook; check the spelling.", name=text)
        )
    return found[0]


def chosen_codes(entities: Entities, spec: MatrixSpec) -> Flags | None:
    """Return which codes the question keeps, subcodes included; None for all."""
    if not spec.codes:
        return None
    flags = _codes_below(entities, set(spec.codes))
    if not flags.any():
        raise NotFound(message("The chosen codes are no longer in the codebook; choose others."))
    return flags


def heads_lines(spec: MatrixSpec, axis: Axis) -> bool:
    """Tell whether an axis heads the rows or the columns."""
    return axis in {name.strip().casefold() for name in (*spec.rows, *spec.columns)}


def _codes_in_set(entities: Entities, name: str, value: str) -> Flags:
    """Mark the codes of a set by its name or GUID; those of no set where `value` is empty."""
    wanted = value.strip().casefold()
    sets = [one for one in entities.code_sets if wanted in ("", one.name.casefold(), one.guid)]
    if wanted and not sets:
        raise no_value(name, value, [one.name for one in entities.code_sets])
    members = {code for one in sets for code in one.codes}
    flags = [(code.id in members) == bool(wanted) for code in entities.codes]
    return np.array([*flags, False], dtype=np.bool_)


def _entries(entities: Entities, axis: Axis) -> tuple[Entry, ...]:
    """Return the things on an axis; codes by path."""
    if axis == "stance":
        return tuple(Entry(stance) for stance in STANCES)
    if axis == "code":
        paths = _paths(entities)
        return tuple(Entry(paths[one.id], one.color, one.guid) for one in entities.codes)
    if axis == "coder":
        return tuple(Entry(one.name, one.color, one.guid) for one in entities.coders)
    named = {
        "proposition": entities.propositions,
        "query": entities.queries,
        "codeset": entities.code_sets,
        "case": entities.cases,
        "document": entities.documents,
        "participant": entities.participants,
    }
    return tuple(Entry(one.name, "", one.guid) for one in named[axis])


def _paths(entities: Entities) -> dict[CodeId, str]:
    found: dict[CodeId, tuple[str, ...]] = {}
    for code in entities.codes:
        above = found[code.parent] if code.parent is not None else ()
        found[code.id] = (*above, code.name)
    return {code: join_path(path) for code, path in found.items()}


def _codes_below(entities: Entities, roots: set[CodeId]) -> Flags:
    """Mark the given codes and all below them; parents stand before their children."""
    within = set(roots)
    flags = np.zeros(len(entities.codes) + 1, dtype=np.bool_)
    for place, code in enumerate(entities.codes):
        if code.id in roots or code.parent in within:
            within.add(code.id)
            flags[place] = True
    return flags


def _code_dimension(entities: Entities, spec: MatrixSpec) -> Dimension:
    """Return the codes, folded into the topmost of the chosen ones unless asked otherwise."""
    chosen = chosen_codes(entities, spec)
    all_entries = _entries(entities, "code")
    entries: list[Entry] = []
    value_of: dict[CodeId, int] = {}
    index: list[int] = []
    for place, code in enumerate(entities.codes):
        if chosen is not None and not chosen[place]:
            index.append(-1)
            continue
        above = value_of.get(code.parent) if code.parent is not None else None
        if spec.folded and above is not None:
            value = above
        else:
            value = len(entries)
            entries.append(all_entries[place])
        value_of[code.id] = value
        index.append(value)
    return Dimension("code", "code", tuple(entries), with_none(index))
