"""What a reader must know of the properties in a table: which month counts, how bands are cut."""

from qda.analysis.bands import Bands
from qda.analysis.belonging import find_kind
from qda.analysis.dimension_parts import AXES
from qda.analysis.labels import number_text
from qda.analysis.properties import Property, bands_of, find_property
from qda.analysis.tables import Entities
from qda.model.bands import BandDefinition
from qda.model.dimension_words import listed
from qda.model.entities import Language
from qda.model.matrix import MatrixSpec
from qda.model.messages import Message, MessageValue, message


def used_properties(entities: Entities, spec: MatrixSpec) -> list[Property]:
    """Return the properties that a question is about, each once, in the order they are named."""
    filtered = (name for name, _value in (*spec.where, *spec.without))
    names = (*spec.rows, *spec.columns, *filtered, spec.sort_by)
    found: dict[tuple[object, ...], Property] = {}
    for name in names:
        if not name.strip() or name.strip().casefold() in AXES:
            continue
        if find_kind(entities, name) is None:
            one = find_property(entities, name)
            found.setdefault(one.key, one)
    return list(found.values())


def property_notes(entities: Entities, spec: MatrixSpec) -> list[Message]:
    """Say which values of indicators count, and how numbers are cut into bands."""
    used = used_properties(entities, spec)
    latest = [one.variable.name for one in used if one.variable.periodic and not one.period]
    found: list[Message] = []
    if latest:
        names = ", ".join(dict.fromkeys(latest))
        found.append(message("Of {names} the latest period counts.", names=names))
    periods = {(one.variable.id, one.period): one for one in used if one.period}
    found += [period_note(one) for one in periods.values()]
    for one in used:
        bands = bands_of(entities, one, spec)
        if bands is not None:
            found.append(band_note(one, bands, entities.language))
    return found


def period_note(one: Property) -> Message:
    """Say which values of an indicator count."""
    first, _, last = one.period.partition("/")
    if not last:
        return message(
            "Of {name} the values of {month} count.", name=one.variable.name, month=first
        )
    return message(
        "Of {name} the mean of {first} to {last} counts, over the months that have a value.",
        name=one.variable.name, first=first, last=last,
    )  # fmt: skip


def band_note(one: Property, bands: Bands, language: Language) -> Message:
    """Say how a variable is cut, and what lies in each band."""
    definition = one.banding.definition if one.banding is not None else BandDefinition("points")
    each = zip(bands.labels, bands.ranges, bands.counts, strict=True)
    said = listed([_band(label, ends, count, language) for label, ends, count in each], "; ")
    if definition.method == "quantiles":
        return message(
            "{name} puts {variable} into {parts} groups of equally many; equal values stay "
            "together, so groups may differ in size: {bands}.",
            name=one.name, variable=one.variable.name, parts=definition.parts, bands=said,
        )  # fmt: skip
    if definition.method == "width":
        return message(
            "{name} cuts {variable} into {parts} bands of the same width, from the lowest to the "
            "highest value; a value on an edge belongs to the band above: {bands}.",
            name=one.name, variable=one.variable.name, parts=definition.parts, bands=said,
        )  # fmt: skip
    points = ", ".join(number_text(point, language) for point in bands.points)
    return message(
        "{name} is {variable} cut at {points}; a value on a cut belongs to the band above: "
        "{bands}.",
        name=one.name, variable=one.variable.name, points=points, bands=said,
    )  # fmt: skip


def _band(
    label: str, ends: tuple[float, float] | None, count: int, language: Language
) -> MessageValue:
    if ends is None:
        return message("{band} (none)", band=label)
    low, high = (number_text(one, language) for one in ends)
    if low == high:
        return message("{band} ({value}, n = {count})", band=label, value=low, count=count)
    return message(
        "{band} ({low}–{high}, n = {count})", band=label, low=low, high=high, count=count
    )
