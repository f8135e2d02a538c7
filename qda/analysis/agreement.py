"""How well two coders agree, and every place where they do not.

Only documents that both have coded at all are compared: one that a coder never opened says
nothing of how they read it.
"""

from itertools import pairwise

import numpy as np

from qda.analysis.agreement_measures import FEWEST_CLUSTERS, Floats, drawn_sums, measured
from qda.analysis.agreement_units import (
    Ground,
    Marks,
    Units,
    character_tables,
    differing,
    document_units,
    segment_units,
    segments_behind,
    stretches,
    turn_units,
    unit_tables,
)
from qda.analysis.tables import Entities, Snapshot
from qda.analysis.vectors import Ints, contains, sorted_unique
from qda.model.agreement import (
    Agreement,
    AgreementReport,
    AgreementSpec,
    CodeAgreement,
    Disagreement,
    PartAgreement,
    Table,
)
from qda.model.entities import Code, Coder
from qda.model.errors import Ambiguous, NotAllowed, NotFound
from qda.model.ids import CodeId, CoderId, CodingId
from qda.model.messages import Message, counted, message
from qda.store import codes as stored_codes
from qda.text.ranges import expand

MOST_PARTS = 200
"""Documents or cases that get intervals each; nobody reads those of more."""


def find_coders(entities: Entities, text: str) -> tuple[CoderId, CoderId]:
    """Return the two coders of `A,B`, names or GUIDs. Raises NotFound, Ambiguous or NotAllowed.

    A name may itself hold a comma where the parting is clear all the same.
    """
    commas = [at for at, one in enumerate(text) if one == ","]
    partings = [
        (_coder(entities, text[:at].strip()), _coder(entities, text[at + 1 :].strip()))
        for at in commas
    ]
    found = [(one, other) for one, other in partings if one is not None and other is not None]
    if not found:
        names = ", ".join(coder.name for coder in entities.coders)
        raise NotFound(message("Name two coders, as A,B. There are: {names}.", names=names))
    if len(found) > 1:
        raise Ambiguous(
            message("{name} can be parted in several ways; write GUIDs instead.", name=text)
        )
    one, other = found[0]
    if one.id == other.id:
        raise NotAllowed(message("Name two different coders; {name} is one.", name=one.name))
    return one.id, other.id


def _coder(entities: Entities, text: str) -> Coder | None:
    """Return the coder of that name or GUID; the case of letters matters only between namesakes."""
    folded = text.casefold()
    for coder in entities.coders:
        if text == coder.name or folded == coder.guid:
            return coder
    near = [coder for coder in entities.coders if coder.name.casefold() == folded]
    return near[0] if len(near) == 1 else None


def comparable(snapshot: Snapshot) -> tuple[tuple[CoderId, CoderId], ...]:
    """Return the pairs of coders who have coded the same documents, those with most first."""
    codings, coders = snapshot.codings, snapshot.entities.coders
    read = np.zeros((len(coders), len(snapshot.entities.documents)), dtype=np.int64)
    read[codings.coder, codings.document] = 1
    shared = np.triu(read @ read.T, 1)
    first, second = np.nonzero(shared)
    order = np.lexsort((second, first, -shared[first, second]))
    places: list[list[int]] = np.column_stack((first, second))[order].tolist()
    return tuple((coders[one].id, coders[other].id) for one, other in places)


def agreement(snapshot: Snapshot, spec: AgreementSpec) -> AgreementReport:
    """Compare two coders. Raises NotFound for coders that are gone, NotAllowed for a bad spec."""
    codes, ground = understood(snapshot, spec)
    entities = snapshot.entities
    outside = 0
    if spec.unit == "character":
        tables = character_tables(ground)
    else:
        units = _units(snapshot, ground, spec)
        outside, tables = units.outside, unit_tables(ground, units)
    pooled = _pooled(codes, tables, spec)
    together = tables[:, pooled].sum(axis=1)
    paths = stored_codes.path_texts(entities.codes)
    drawn = _drawn_lines(tables, spec)
    return AgreementReport(
        spec=spec,
        coders=_names(entities, spec),
        codes=tuple(
            CodeAgreement(
                code.id,
                code.guid,
                paths[code.id],
                code.color,
                _of(tables[:, line], drawn=drawn.get(line)),
            )
            for line, code in enumerate(codes)
        ),
        overall=_of(together, drawn=_drawn(together, spec)),
        documents=_by_document(entities, ground, together),
        cases=_by_case(snapshot, ground, together, spec),
        notes=_notes(snapshot, spec, ground, len(pooled), outside),
    )


def disagreements(snapshot: Snapshot, spec: AgreementSpec) -> tuple[Disagreement, ...]:
    """Return every place that one of the two has coded otherwise, by document and place.

    By character these are stretches; else the units themselves. Folded, a code's disagreement also
    stands at the codes above it, where it is one there too.
    """
    codes, ground = understood(snapshot, spec)
    rows = differing_rows(snapshot, ground, spec)
    rows = rows[np.lexsort((rows[:, 3], rows[:, 4], rows[:, 2], rows[:, 1], rows[:, 0]))]
    borders, marks = segments_behind(ground, rows)
    ids: list[CodingId] = snapshot.codings.ids[marks].tolist()
    behind = [tuple(ids[low:high]) for low, high in pairwise(borders.tolist())]
    documents: list[int] = ground.documents.tolist()
    named = [snapshot.entities.documents[place].id for place in documents]
    columns: list[list[int]] = rows.T.tolist()
    document, start, end, who, line = columns
    return tuple(
        Disagreement(
            document=named[document[at]],
            start=start[at],
            end=end[at],
            coder=spec.coders[who[at]],
            code=codes[line[at]].id,
            codings=codings,
        )
        for at, codings in enumerate(behind)
    )


def understood(snapshot: Snapshot, spec: AgreementSpec) -> tuple[tuple[Code, ...], Ground]:
    """Return the codes that are compared, one a line, and what both coders did."""
    if not 0 < spec.threshold <= 1:
        raise NotAllowed(message("The part that segments must share lies above 0 and up to 1."))
    entities, codings = snapshot.entities, snapshot.codings
    coders = [_position(entities, coder) for coder in spec.coders]
    if coders[0] == coders[1]:
        raise NotAllowed(message("Name two different coders."))
    lines, offsets, targets = _lines(entities, spec)
    allowed = np.array(
        [not spec.documents or one.id in spec.documents for one in entities.documents],
        dtype=np.bool_,
    )
    mine = [np.flatnonzero(codings.coder == coder) for coder in coders]
    first, second = (sorted_unique(codings.document[one]) for one in mine)
    documents = first[contains(second, first)]
    documents = documents[allowed[documents]]
    kept = [one[contains(documents, codings.document[one])] for one in mine]
    marks: list[Marks] = []
    for one in kept:
        code = codings.code[one]
        owner, member = expand(offsets[code], offsets[code + 1])
        coding = one[owner]
        marks.append(
            Marks(
                coding=coding,
                document=np.searchsorted(documents, codings.document[coding]).astype(np.int64),
                start=codings.start[coding],
                end=codings.end[coding],
                line=targets[member],
            )
        )
    places: list[int] = documents.tolist()
    characters = np.array([entities.documents[one].characters for one in places], dtype=np.int64)
    ground = Ground(documents, characters, len(lines), (marks[0], marks[1]), (kept[0], kept[1]))
    return tuple(entities.codes[place] for place in lines), ground


def differing_rows(snapshot: Snapshot, ground: Ground, spec: AgreementSpec) -> Ints:
    """Return where the two differ: rows of document, start, end, who (0 or 1) and line."""
    if spec.unit == "character":
        return stretches(ground)
    return differing(_units(snapshot, ground, spec), ground.lines)


def top_lines(codes: tuple[Code, ...], spec: AgreementSpec) -> list[int]:
    """Return the lines in which every coding counts just once: none inside another."""
    shown = {code.id for code in codes}
    return [line for line, code in enumerate(codes) if not (spec.folded and code.parent in shown)]


def _position(entities: Entities, coder: CoderId) -> int:
    for place, one in enumerate(entities.coders):
        if one.id == coder:
            return place
    raise NotFound(message("This coder is no longer in the project; choose another."))


def _lines(entities: Entities, spec: AgreementSpec) -> tuple[list[int], Ints, Ints]:
    """Return the codes with a line, and for each code the lines that its segments count in.

    The lines of code i stand in the second array between the offsets i and i + 1.
    """
    within: set[CodeId] = set(spec.codes)
    lines: list[int] = []
    above: dict[CodeId, tuple[int, ...]] = {}
    offsets, targets = [0], list[int]()
    for place, code in enumerate(entities.codes):
        if not spec.codes or code.id in within or code.parent in within:
            within.add(code.id)
            higher = above.get(code.parent, ()) if code.parent is not None else ()
            counting = (*(higher if spec.folded else ()), len(lines))
            above[code.id] = counting
            lines.append(place)
            targets += counting
        offsets.append(len(targets))
    if spec.codes and not lines:
        raise NotFound(message("The chosen codes are no longer in the codebook; choose others."))
    return lines, np.array(offsets, dtype=np.int64), np.array(targets, dtype=np.int64)


def _units(snapshot: Snapshot, ground: Ground, spec: AgreementSpec) -> Units:
    if spec.unit == "segment":
        return segment_units(snapshot, ground, spec.threshold)
    return turn_units(snapshot, ground) if spec.unit == "turn" else document_units(ground)


def _of(tables: Ints, *, intervals: bool = True, drawn: Floats | None = None) -> Agreement:
    """Return the measures of the tables of some documents together (documents x 4)."""
    a, b, c, d = tables.sum(axis=0).tolist()
    table: Table = ((a, b), (c, d))
    return measured(table, intervals=intervals, drawn=drawn)


def _draws_documents(count: int, spec: AgreementSpec) -> bool:
    """Tell whether intervals come from drawing whole documents: characters are no sample."""
    return spec.unit == "character" and count >= FEWEST_CLUSTERS


def _drawn(tables: Ints, spec: AgreementSpec) -> Floats | None:
    """Return the tables of documents drawn again and again, None where units are taken singly."""
    return drawn_sums(tables) if _draws_documents(len(tables), spec) else None


def _drawn_lines(tables: Ints, spec: AgreementSpec) -> dict[int, Floats]:
    """Return the drawn tables of each line that either used."""
    used: list[int] = np.flatnonzero(tables[:, :, :3].any(axis=(0, 2))).tolist()
    if not used or not _draws_documents(len(tables), spec):
        return {}
    drawn = drawn_sums(tables[:, used])
    return {line: drawn[:, at] for at, line in enumerate(used)}


def _pooled(codes: tuple[Code, ...], tables: Ints, spec: AgreementSpec) -> list[int]:
    """Return the lines that all together means: used by either, and none inside another."""
    used = tables[:, :, :3].sum(axis=(0, 2)) > 0
    return [line for line in top_lines(codes, spec) if used[line]]


def _by_document(entities: Entities, ground: Ground, together: Ints) -> tuple[PartAgreement, ...]:
    found: list[PartAgreement] = []
    places: list[int] = ground.documents.tolist()
    with_intervals = len(places) <= MOST_PARTS
    for local, place in enumerate(places):
        one = entities.documents[place]
        measures = _of(together[local : local + 1], intervals=with_intervals)
        found.append(PartAgreement(one.id, one.guid, one.name, measures, frozenset({one.id})))
    return tuple(found)


def _by_case(
    snapshot: Snapshot, ground: Ground, together: Ints, spec: AgreementSpec
) -> tuple[PartAgreement, ...]:
    """Return the agreement in each case's documents: those in which it has any material."""
    material = snapshot.material
    case, document = material.pairs.case, material.document[material.pairs.unit]
    kept = (case >= 0) & contains(ground.documents, document)
    width = max(len(ground.documents), 1)
    local = np.searchsorted(ground.documents, document[kept])
    pairs = sorted_unique(case[kept] * width + local)
    found: list[PartAgreement] = []
    places: list[int] = sorted_unique(pairs // width).tolist()
    with_intervals = len(places) <= MOST_PARTS
    for place in places:
        one = snapshot.entities.cases[place]
        own = pairs[pairs // width == place] % width
        rows = together[own]
        drawn = _drawn(rows, spec) if with_intervals else None
        measures = _of(rows, intervals=with_intervals, drawn=drawn)
        numbers: list[int] = ground.documents[own].tolist()
        documents = frozenset(snapshot.entities.documents[number].id for number in numbers)
        found.append(PartAgreement(one.id, one.guid, one.name, measures, documents))
    return tuple(found)


def _names(entities: Entities, spec: AgreementSpec) -> tuple[str, str]:
    one, other = (entities.coders[_position(entities, coder)].name for coder in spec.coders)
    return one, other


def _notes(
    snapshot: Snapshot, spec: AgreementSpec, ground: Ground, pooled: int, outside: int
) -> tuple[Message, ...]:
    """State the rules that applied."""
    compared = len(ground.documents)
    if not compared:
        return (message("There is no document that both have coded."),)
    found = [
        counted(
            "Only documents that both have coded are compared ({n} document).",
            "Only documents that both have coded are compared ({n} documents).",
            compared,
        )
    ]
    if _draws_documents(compared, spec):
        found.append(
            message(
                "Every character is a unit. Neighbouring characters depend on one another, so the "
                "intervals come from drawing whole documents anew; for a case with fewer than {n} "
                "of them they take every character by itself and are too narrow.",
                n=FEWEST_CLUSTERS,
            )
        )
    elif spec.unit == "character":
        found.append(
            message(
                "Every character is a unit. Neighbouring characters depend on one another, so the "
                "intervals are too narrow; by segment or by turn they are sounder."
            )
        )
    elif spec.unit == "segment":
        found.append(
            message(
                "The units are all segments of both; two that share {percent} % of the longer one "
                "are the same.",
                percent=f"{spec.threshold * 100:.4g}",
            )
        )
    elif spec.unit == "turn":
        found.append(
            message(
                "Every turn is a unit, questions too, and has the codes of the segments that touch "
                "it. A document without turns is one."
            )
        )
    else:
        found.append(message("Every document is a unit and has the codes that occur in it."))
    if outside:
        found.append(
            counted(
                "{n} segment outside every turn is left out.",
                "{n} segments outside every turn are left out.",
                outside,
            )
        )
    if spec.folded and any(code.parent is not None for code in snapshot.entities.codes):
        found.append(message("A code has the segments of its subcodes too."))
    if pooled > 1:
        found.append(
            message(
                "All together are the units of the {n} codes that either of them used, each unit "
                "once for every code.",
                n=pooled,
            )
        )
    return tuple(found)
