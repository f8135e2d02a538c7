"""Properties of cases, informants and documents: variables at some time, and their bands.

A property is named by the name of its variable, with `@` and a month or a span of months where
another value than the latest counts (`plans@2012-03`, `plans@2012-01/2012-12` for the mean), or by
the name of its bands (`staff:band` where the variable is cut in one way only).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qda.analysis.bands import Bands, cut
from qda.analysis.belonging import counted_as
from qda.analysis.dimension_parts import (
    AXES,
    Dimension,
    Entry,
    no_value,
    order_key,
    with_none,
)
from qda.analysis.labels import read_value, value_text
from qda.analysis.tables import Entities
from qda.analysis.vectors import Flags
from qda.model.bands import BandDefinition, Banding
from qda.model.entities import Subject, Value, Variable
from qda.model.errors import Ambiguous, NotAllowed, NotFound
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.text.periods import parse_span

BAND = "band"
AT = "@"
PLACE = "#"
"""In front of a number it means a band by its place: `#1` is the lowest one."""


@dataclass(frozen=True, slots=True)
class Property:
    """Something that cases, informants or documents have a value of.

    `period` is the month or span that counts of an indicator, empty for the latest month of each.
    """

    name: str
    subject: Subject
    variable: Variable
    period: str = ""
    banding: Banding | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells this property from any other."""
        banding = self.banding.id if self.banding is not None else None
        return self.variable.id, self.period, banding


def find_property(entities: Entities, name: str) -> Property:
    """Return the property of that name.

    A name that several variables have must say whose it is: `participant:role`. Raises NotFound,
    Ambiguous, and NotAllowed for a month of something that has none.
    """
    wanted = name.strip()
    for found in (_variables(entities, wanted), _bandings(entities, wanted)):
        if len(found) > 1:
            raise Ambiguous(
                message(
                    "{name} can mean several variables: {candidates}. Write one of these.",
                    name=name,
                    candidates=", ".join(found),
                )
            )
        if found:
            return next(iter(found.values()))
    base, at, period = wanted.rpartition(AT)
    if at and base:
        return _at_period(find_property(entities, base), period, wanted)
    names = [*AXES, *(one.name for one in entities.variables)]
    names += [one.name for one in (*entities.bandings, *entities.kinds)]
    raise NotFound(
        message(
            "There is no variable {name}. There are: {names}.", name=name, names=", ".join(names)
        )
    )


def _variables(entities: Entities, wanted: str) -> dict[str, Property]:
    folded = wanted.casefold()
    found = [one for one in entities.variables if one.name == wanted]
    if len(found) != 1:
        found = [one for one in entities.variables if one.name.casefold() == folded]
    if not found and ":" in folded:
        subject, _, rest = folded.partition(":")
        found = [
            one
            for one in entities.variables
            if one.subject == subject.strip() and one.name.casefold() == rest.strip()
        ]
    return {f"{one.subject}:{one.name}": Property(one.name, one.subject, one) for one in found}


def _bandings(entities: Entities, wanted: str) -> dict[str, Property]:
    folded = wanted.casefold()
    found = [
        one
        for one in entities.bandings
        if folded in (one.name.casefold(), f"{BAND}:{one.name}".casefold())
    ]
    base, _, ending = wanted.rpartition(":")
    if not found and ending.strip().casefold() == BAND and base:
        of = {one.variable.id for one in _variables(entities, base).values()}
        found = [one for one in entities.bandings if one.variable in of]
    return {one.name: banded(entities, one) for one in found}


def banded(entities: Entities, banding: Banding) -> Property:
    """Return the property that bands are."""
    variable = next(one for one in entities.variables if one.id == banding.variable)
    return Property(banding.name, variable.subject, variable, banding.definition.period, banding)


def _at_period(found: Property, period: str, name: str) -> Property:
    if not found.variable.periodic or found.banding is not None:
        raise NotAllowed(message("{name} has no months, so none can be chosen.", name=found.name))
    span = parse_span(period)
    if span is None:
        raise NotAllowed(
            message("{period} is no month; write it as 2012-03, or two as 2012-01/2012-12.",
                    period=period)
        )  # fmt: skip
    return Property(name, found.subject, found.variable, span)


def values_of(entities: Entities, one: Property) -> list[Value | None]:
    """Return the value (the band, where there are bands) for each thing that has the property."""
    values = _raw(entities, one)
    if one.banding is None:
        return values
    bands = cut(_numbers(values), one.banding.definition, entities.language)
    return [None if place < 0 else bands.labels[place] for place in bands.index]


def places_of(entities: Entities, one: Property) -> list[Value | None]:
    """Return what things are put in order by: the value, of bands their place."""
    if one.banding is None:
        return _raw(entities, one)
    bands = cut(_numbers(_raw(entities, one)), one.banding.definition, entities.language)
    return [None if place < 0 else float(place) for place in bands.index]


def _raw(entities: Entities, one: Property) -> list[Value | None]:
    known: Mapping[int, Value]
    if one.period:
        known = entities.readings[one.variable.id, one.period]
    else:
        known = entities.values.get(one.variable.id, {})
    return [known.get(thing) for thing in _things(entities, one.subject)]


def _things(entities: Entities, subject: Subject) -> Sequence[int]:
    """Return the ids of what has a property, in order."""
    if subject == "case":
        return [one.id for one in entities.cases]
    if subject == "participant":
        return [one.id for one in entities.participants]
    return [one.id for one in entities.documents]


def _numbers(values: Iterable[Value | None]) -> list[float | None]:
    return [None if one is None or isinstance(one, str) else float(one) for one in values]


def bands_of(entities: Entities, one: Property, spec: MatrixSpec) -> Bands | None:
    """Return the bands of a property: its own, or those the question cuts; None for none."""
    definition = one.banding.definition if one.banding is not None else None
    for name, points in spec.bands.items():
        asked = None if name.strip().casefold() in AXES else find_property(entities, name)
        if asked is None or asked.key != one.key or not points:
            continue
        if one.variable.type != "number":
            raise NotAllowed(
                message("{name} holds no numbers, so it cannot be cut into bands.", name=name)
            )
        definition = BandDefinition("points", tuple(sorted(set(points))))
    if definition is None:
        return None
    return cut(_numbers(_counted(entities, one, spec)), definition, entities.language)


def _counted(entities: Entities, one: Property, spec: MatrixSpec) -> list[Value | None]:
    """Return the values by position, without those of cases that count as others."""
    values = _raw(entities, one)
    following = counted_as(entities, spec) if one.subject == "case" else None
    if following is None:
        return values
    return [value if following[at] == at else None for at, value in enumerate(values)]


def property_dimension(entities: Entities, one: Property, spec: MatrixSpec) -> Dimension:
    """Return the values of a property in order, or its bands."""
    bands = bands_of(entities, one, spec)
    if bands is not None:
        names, index = bands.labels, list(bands.index)
    else:
        values, language = _counted(entities, one, spec), entities.language
        different = {value for value in values if value is not None}
        present = sorted(different, key=lambda value: order_key(value, language))
        place_of = {value: place for place, value in enumerate(present)}
        names = tuple(value_text(value, language) for value in present)
        index = [-1 if value is None else place_of[value] for value in values]
    entries = tuple(Entry(name) for name in names)
    return Dimension(one.name, one.subject, entries, with_none(index), one)


def allowed_values(entities: Entities, one: Property, value: str, spec: MatrixSpec) -> Flags:
    """Return which things have a value; empty for those that have none. Raises NotFound."""
    values = _counted(entities, one, spec)
    if not value:
        return np.array([*(known is None for known in values), True], dtype=np.bool_)
    dimension = property_dimension(entities, one, spec)
    wanted = value.strip().casefold()
    places = [at for at, entry in enumerate(dimension.entries) if entry.name.casefold() == wanted]
    if not places and wanted.startswith(PLACE) and wanted[1:].isdecimal():
        places = [at for at in range(len(dimension.entries)) if at + 1 == int(wanted[1:])]
    flags = np.isin(dimension.index, places)
    asked = read_value(value)
    if not isinstance(asked, str) and one.banding is None:
        same = [known == asked and not isinstance(known, str) for known in values]
        flags |= np.array([*same, False], dtype=np.bool_)
    flags[-1] = False
    if not flags.any() and not places:
        raise no_value(one.name, value, [entry.name for entry in dimension.entries])
    return flags
