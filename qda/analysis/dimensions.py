"""What can head rows and columns, and what a filter lets through."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qda.analysis.labels import band_labels, read_value, value_text
from qda.analysis.tables import Entities
from qda.analysis.vectors import Flags, Ints
from qda.model.codebook import join_path, split_path
from qda.model.entities import STANCES, Language, Value, Variable
from qda.model.errors import Ambiguous, NotAllowed, NotFound
from qda.model.ids import CodeId, Guid, VariableId
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.text.collation import SortKey, sort_key

Axis = Literal["case", "code", "document", "participant", "coder", "stance", "proposition", "query"]
AXES: tuple[Axis, ...] = (
    "case", "code", "document", "participant", "coder", "stance", "proposition", "query",
)  # fmt: skip
SPOKEN: tuple[Axis, ...] = ("case", "document", "participant")
"""What material belongs to, coded or not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a dimension: a future row or column."""

    name: str
    color: str = ""
    guid: Guid | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """The values of a dimension in order, and which of them each thing on `axis` has.

    `index` gives the value by position on the axis, -1 for none; its last entry is for -1.
    """

    name: str
    axis: Axis
    entries: tuple[Entry, ...]
    index: Ints
    variable: Variable | None = None


def find_dimension(entities: Entities, name: str, spec: MatrixSpec) -> Dimension:
    """Return the dimension of that name. Raises NotFound, Ambiguous or NotAllowed (bands)."""
    asked = find_subject(entities, name)
    if isinstance(asked, Variable):
        return _variable_dimension(entities, asked, _points(entities, asked, spec))
    if asked == "code":
        return _code_dimension(entities, spec)
    things = _entries(entities, asked)
    return Dimension(asked, asked, things, _with_none(np.arange(len(things))))


def find_subject(entities: Entities, name: str) -> Axis | Variable:
    """Return what a name means: one of the fixed dimensions or a variable.

    A name that several variables have must say whose it is: `participant:role`.
    """
    wanted = name.strip().casefold()
    for axis in AXES:
        if wanted == axis:
            return axis
    found = [one for one in entities.variables if one.name == name.strip()]
    if len(found) != 1:
        found = [one for one in entities.variables if one.name.casefold() == wanted]
    if not found and ":" in wanted:
        subject, _, rest = wanted.partition(":")
        found = [
            one
            for one in entities.variables
            if one.subject == subject.strip() and one.name.casefold() == rest.strip()
        ]
    if len(found) > 1:
        candidates = ", ".join(f"{one.subject}:{one.name}" for one in found)
        raise Ambiguous(
            message(
                "{name} can mean several variables: {candidates}. Write one of these.",
                name=name,
                candidates=candidates,
            )
        )
    if not found:
        names = ", ".join([*AXES, *(one.name for one in entities.variables)])
        raise NotFound(
            message("There is no variable {name}. There are: {names}.", name=name, names=names)
        )
    return found[0]


def allowed(entities: Entities, name: str, value: str, spec: MatrixSpec) -> tuple[Axis, Flags]:
    """Return which things on which axis a filter lets through (last entry: those on none).

    An empty value lets through what has no value. Raises NotFound for a value that nothing has.
    """
    asked = find_subject(entities, name)
    if isinstance(asked, Variable):
        return asked.subject, _allowed_values(entities, asked, value, spec)
    if asked == "code":
        return asked, _codes_below(entities, {find_code(entities, value)} if value else set())
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
        raise _no_value(name, value, [one.name for one in things])
    flags[matching] = True
    return asked, flags


def filters(
    entities: Entities, where: Iterable[tuple[str, str]], spec: MatrixSpec
) -> dict[Axis, Flags]:
    """Return which things on each axis pass; several values of one name let all of them through.

    Raises NotFound or Ambiguous for names and values that are not there or not unique.
    """
    by_subject: dict[Axis | VariableId, tuple[Axis, Flags]] = {}
    for name, value in where:
        asked = find_subject(entities, name)
        axis, flags = allowed(entities, name, value, spec)
        key = asked.id if isinstance(asked, Variable) else asked
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


def order_key(value: Value, language: Language) -> tuple[int, float, SortKey | None]:
    """Return a key that puts the values of a variable in order: numbers, then texts."""
    if isinstance(value, str):
        return 1, 0.0, sort_key(value, language)
    return 0, float(value), None


def _with_none(index: "Sequence[int] | Ints") -> Ints:
    return np.append(np.asarray(index, dtype=np.int64), -1)


def _no_value(name: str, value: str, names: Sequence[str]) -> NotFound:
    return NotFound(
        message(
            "There is no {name} {value}. There are: {names}.",
            name=name,
            value=value,
            names=", ".join(names[:30]) + (", …" if len(names) > 30 else ""),
        )
    )


def _entries(entities: Entities, axis: Axis) -> tuple[Entry, ...]:
    """Return the things on an axis; codes by path."""
    if axis == "stance":
        return tuple(Entry(stance) for stance in STANCES)
    if axis == "code":
        paths = _paths(entities)
        return tuple(Entry(paths[one.id], one.color, one.guid) for one in entities.codes)
    if axis == "proposition":
        return tuple(Entry(one.name, "", one.guid) for one in entities.propositions)
    if axis == "query":
        return tuple(Entry(one.name, "", one.guid) for one in entities.queries)
    if axis == "coder":
        return tuple(Entry(one.name, one.color, one.guid) for one in entities.coders)
    if axis == "case":
        return tuple(Entry(one.name, "", one.guid) for one in entities.cases)
    things = entities.documents if axis == "document" else entities.participants
    return tuple(Entry(one.name, "", one.guid) for one in things)


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
    return Dimension("code", "code", tuple(entries), _with_none(index))


def _things(entities: Entities, variable: Variable) -> Sequence[int]:
    """Return the ids of what the variable describes, in order."""
    if variable.subject == "case":
        return [one.id for one in entities.cases]
    if variable.subject == "participant":
        return [one.id for one in entities.participants]
    return [one.id for one in entities.documents]


def _values(entities: Entities, variable: Variable) -> list[Value | None]:
    """Return the variable's value for each thing it describes, in order."""
    known: Mapping[int, Value] = entities.values.get(variable.id, {})
    return [known.get(one) for one in _things(entities, variable)]


def values_by_position(entities: Entities, variable: Variable) -> tuple[Value | None, ...]:
    """Return the (latest) value for each thing that the variable describes, None for none."""
    return tuple(_values(entities, variable))


def _points(entities: Entities, variable: Variable, spec: MatrixSpec) -> tuple[float, ...]:
    """Return where the question cuts the variable into bands, ascending; empty for not at all."""
    points: tuple[float, ...] = ()
    for name, given in spec.bands.items():
        asked = find_subject(entities, name)
        if not isinstance(asked, Variable) or asked.id != variable.id:
            continue
        if variable.type != "number":
            raise NotAllowed(
                message("{name} holds no numbers, so it cannot be cut into bands.", name=name)
            )
        points = tuple(sorted(set(given)))
    return points


def _variable_dimension(
    entities: Entities, variable: Variable, points: tuple[float, ...]
) -> Dimension:
    values = _values(entities, variable)
    language = entities.language
    if points:
        numbers = [one for one in values if isinstance(one, float | int)]
        whole = all(float(one).is_integer() for one in (*numbers, *points))
        names = band_labels(points, language, whole=whole)
        index = [
            -1 if one is None else int(np.searchsorted(points, float(one), side="right"))
            for one in values
        ]
    else:
        different = {one for one in values if one is not None}
        present = sorted(different, key=lambda one: order_key(one, language))
        place_of = {one: place for place, one in enumerate(present)}
        names = tuple(value_text(one, language) for one in present)
        index = [-1 if one is None else place_of[one] for one in values]
    entries = tuple(Entry(name) for name in names)
    return Dimension(variable.name, variable.subject, entries, _with_none(index), variable)


def _allowed_values(entities: Entities, variable: Variable, value: str, spec: MatrixSpec) -> Flags:
    values = _values(entities, variable)
    if not value:
        return np.array([*(one is None for one in values), True], dtype=np.bool_)
    banded = _variable_dimension(entities, variable, _points(entities, variable, spec))
    wanted = value.strip().casefold()
    places = [at for at, one in enumerate(banded.entries) if one.name.casefold() == wanted]
    flags = np.isin(banded.index, places)
    asked = read_value(value)
    if not isinstance(asked, str):
        same = [one == asked and not isinstance(one, str) for one in values]
        flags |= np.array([*same, False], dtype=np.bool_)
    flags[-1] = False
    if not flags.any() and not places:
        raise _no_value(variable.name, value, [one.name for one in banded.entries])
    return flags
