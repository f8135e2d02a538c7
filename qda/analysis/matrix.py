"""The cross-case matrix: who says how much about what, every cell with its evidence.

A coding belongs to the participants and cases that it resolves to (`qda.analysis.resolution`),
and counts once in every cell that one of its pairs of participant and case falls in.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qda.analysis import judged, queries
from qda.analysis import notes as noting
from qda.analysis import percentages as counting
from qda.analysis.axes import Columns, Lines, make_lines, sort_lines
from qda.analysis.belonging import chosen_day, counted_as, moments, used_kinds
from qda.analysis.dimension_parts import SPOKEN, Axis, Dimension
from qda.analysis.dimensions import allowed, chosen_codes, filters, find_dimension, heads_lines
from qda.analysis.measures import Counted, line_counts, measured, passing
from qda.analysis.property_notes import used_properties
from qda.analysis.snapshot import citations, prepare_readings, prepare_words
from qda.analysis.tables import Memberships, Snapshot
from qda.analysis.vectors import (
    Flags,
    Ints,
    first_of_each,
    no_ints,
    order_by_group,
    union_lengths,
)
from qda.analysis.word_counts import material_words
from qda.model.cell_evidence import CellEvidence
from qda.model.errors import NotAllowed
from qda.model.matrix import (
    JUDGED_KINDS,
    CellKind,
    CellValue,
    Matrix,
    MatrixCount,
    MatrixHeading,
    MatrixSpec,
)
from qda.model.messages import message
from qda.store.arrays import Connection
from qda.text.ranges import expand

MAX_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """A spec made out: dimensions found and the filters as flags by axis."""

    spec: MatrixSpec
    rows: tuple[Dimension, ...]
    columns: tuple[Dimension, ...]
    filters: dict[Axis, Flags]


@dataclass(frozen=True, slots=True)
class Laid:
    """What is counted, laid out in rows and columns.

    `said` are the units of the material that the filters let through, one for each of its pairs;
    `material` has the places of these pairs on the axes.
    """

    counted: Counted
    said: Ints
    material: Columns
    lines: tuple[Lines, Lines]


def answer(connection: Connection, snapshot: Snapshot, spec: MatrixSpec) -> Matrix:
    """Build a matrix, reading first what is not in memory: words, verdicts, what people wrote."""
    named = ready(connection, snapshot, spec)
    counting.require_percentable(spec)
    if spec.cells in JUDGED_KINDS:
        if counted_as(snapshot.entities, spec) is not None:
            raise NotAllowed(
                message(
                    "What was written about an office stays with it; show segments to count it as "
                    "the one that followed it."
                )
            )
        base = build_matrix(snapshot, replace(spec, cells="segments", totals=False), named)
        return judged.judged(connection, snapshot, replace(base, spec=spec))
    return judged.with_statuses(connection, snapshot, build_matrix(snapshot, spec, named))


def ready(connection: Connection, snapshot: Snapshot, spec: MatrixSpec) -> Memberships | None:
    """Read what a question needs and is not in memory; return what codings are named by."""
    if spec.cells in ("words", "share"):
        prepare_words(connection, snapshot)
    prepare_readings(connection, snapshot.entities, used_properties(snapshot.entities, spec))
    return _memberships(connection, snapshot, spec)


def _memberships(
    connection: Connection, snapshot: Snapshot, spec: MatrixSpec
) -> Memberships | None:
    """Return what codings belong to by being named, where the question is about that.

    Raises NotAllowed where it is about propositions and queries at once.
    """
    names = (*spec.rows, *spec.columns, *(name for name, _value in spec.where))
    asked = {name.strip().casefold() for name in names} & {"proposition", "query", "codeset"}
    if not heads_lines(spec, "codeset"):
        # A mere filter by code sets is one by codes.
        asked.discard("codeset")
    if spec.cells == "verdict":
        asked.add("proposition")
    if len(asked) > 1:
        raise NotAllowed(
            message("A table is about propositions, queries or code sets; choose one of these.")
        )
    if "proposition" in asked:
        return citations(connection, snapshot.entities)
    if "codeset" in asked:
        return _in_sets(snapshot)
    if "query" not in asked:
        return None
    saved = [one.query for one in snapshot.entities.queries]
    if any(map(queries.needs_words, saved)):
        prepare_words(connection, snapshot)
    found = [snapshot.codings.ids[queries.flags_of(snapshot, one)] for one in saved]
    sizes = [len(one) for one in found]
    return Memberships(
        "query",
        np.concatenate([no_ints(), *found]),
        np.repeat(np.arange(len(saved), dtype=np.int64), sizes),
    )


def _in_sets(snapshot: Snapshot) -> Memberships:
    """Return which codings have a code of each set."""
    entities, codings = snapshot.entities, snapshot.codings
    place_of = {code.id: place for place, code in enumerate(entities.codes)}
    found: list[Ints] = []
    for one in entities.code_sets:
        flags = np.zeros(len(entities.codes) + 1, dtype=np.bool_)
        flags[[place_of[code] for code in one.codes if code in place_of]] = True
        found.append(codings.ids[flags[codings.code]])
    sizes = [len(one) for one in found]
    places = np.repeat(np.arange(len(found), dtype=np.int64), sizes)
    return Memberships("codeset", np.concatenate([no_ints(), *found]), places)


def build_matrix(snapshot: Snapshot, spec: MatrixSpec, named: Memberships | None = None) -> Matrix:
    """Count what `spec` asks for; `words` and `share` need `prepare_words` before.

    With the dimension `proposition`, `query` or `codeset`, those that are `named` are counted.

    Raises NotFound or Ambiguous for names and values that are not there or not unique, and
    NotAllowed for what cannot be tabulated.
    """
    laid = lay_out(snapshot, spec, named)
    counted, (rows, columns) = laid.counted, laid.lines
    row_counts = line_counts(snapshot, counted, rows.of_pairs, rows.count)
    column_counts = line_counts(snapshot, counted, columns.of_pairs, columns.count)
    nothing = np.zeros(len(counted.coding), dtype=np.int64)
    total = line_counts(snapshot, counted, nothing, 1)[0]
    figures, evidence = _cells(snapshot, laid, spec)
    of_row = words_said(snapshot, laid, rows) if spec.cells == "share" else no_ints()
    values, capped = _values(figures, of_row, spec)
    empty_row, empty_column = _empty(rows, row_counts), _empty(columns, column_counts)
    matrix = Matrix(
        spec=spec,
        rows=_headings(rows, row_counts),
        columns=_headings(columns, column_counts),
        cells=_blanked(values, empty_row, empty_column),
        evidence=evidence,
        total=total,
        notes=noting.notes(snapshot, spec, counted.coding, counted.at, laid.lines, capped=capped),
    )
    if not spec.shows_totals:
        return matrix
    grid = counting.as_counted(
        figures, row_counts, column_counts, total, spec.cells
    ) or counting.with_totals(snapshot, counted, laid.lines, figures, spec.cells)
    if spec.cells == "share":
        whole = _words_in_all(snapshot, laid.said)
        return replace(
            matrix,
            totals=counting.share_totals(grid, of_row, whole, matrix.cells),
            notes=(*matrix.notes, *counting.rules(spec, grid, None)),
        )
    bases = None
    if spec.percent == "material":
        bases = counting.material_bases(snapshot, counted, laid.lines, laid.material, spec.cells)
    return counting.totalled(matrix, grid, bases)


def lay_out(snapshot: Snapshot, spec: MatrixSpec, named: Memberships | None = None) -> Laid:
    """Find the pairs that count and the lines they stand in. Raises as `build_matrix`."""
    question = understand(snapshot, spec)
    counted = _counted(snapshot, question, named)
    said, material = _material(snapshot, question)
    entities = snapshot.entities
    rows = make_lines(question.rows, counted.at, material, question.filters, entities)
    columns = make_lines(question.columns, counted.at, material, question.filters, entities)
    if rows.count * columns.count > MAX_CELLS:
        raise NotAllowed(
            message(
                "The table would have {n} cells; choose fewer rows or columns.",
                n=rows.count * columns.count,
            )
        )
    if spec.sort_by:
        rows = sort_lines(rows, entities, spec.sort_by, descending=spec.descending)
    return Laid(counted, said, material, (rows, columns))


def understand(snapshot: Snapshot, spec: MatrixSpec) -> Question:
    """Find what the names of a spec mean; several values of one name let all of them through."""
    entities = snapshot.entities
    if not spec.rows or not spec.columns:
        raise NotAllowed(message("Say what the rows and the columns are to be."))
    counting.require_percentable(spec)
    through = filters(entities, spec.where, spec)
    for name, value in spec.without:
        axis, flags = allowed(entities, name, value, spec)
        through[axis] = through[axis] & ~flags if axis in through else ~flags
    chosen = chosen_codes(entities, spec)
    if chosen is not None:
        through["code"] = through["code"] & chosen if "code" in through else chosen
    rows = tuple(find_dimension(entities, name, spec) for name in spec.rows)
    columns = tuple(find_dimension(entities, name, spec) for name in spec.columns)
    return Question(spec, rows, columns, through)


def _counted(snapshot: Snapshot, question: Question, named: Memberships | None) -> Counted:
    """Return the pairs that the filters let through."""
    codings, pairs = snapshot.codings, snapshot.resolution.pairs
    if named is not None:
        return _named(snapshot, question, named)
    coding = pairs.unit
    at: dict[Axis, Ints] = {
        "case": pairs.case,
        "participant": pairs.participant,
        "document": codings.document[coding],
        "code": codings.code[coding],
        "coder": codings.coder[coding],
        "stance": codings.stance[coding],
    }
    _place_cases(snapshot, question, at)
    kept = passing(at, question.filters, len(coding))
    if not kept.all():
        coding = coding[kept]
        at = {axis: places[kept] for axis, places in at.items()}
    return Counted(coding, at)


def _named(snapshot: Snapshot, question: Question, named: Memberships) -> Counted:
    """Return the pairs of the codings that are named, one for each proposition or query.

    A verdict may cite what another case's informants say: the case is that of the verdict, the
    participant the one who speaks.
    """
    codings, pairs = snapshot.codings, snapshot.resolution.pairs
    order = np.argsort(codings.ids, kind="stable")
    coding = order[np.searchsorted(codings.ids[order], named.coding_ids)]
    low = np.searchsorted(pairs.unit, coding, side="left").astype(np.int64)
    high = np.searchsorted(pairs.unit, coding, side="right").astype(np.int64)
    owner, pair = expand(low, high)
    coding = coding[owner]
    at: dict[Axis, Ints] = {
        "case": pairs.case[pair] if named.case is None else named.case[owner],
        named.axis: named.place[owner],
        "participant": pairs.participant[pair],
        "document": codings.document[coding],
        "code": codings.code[coding],
        "coder": codings.coder[coding],
        "stance": codings.stance[coding],
    }
    _place_cases(snapshot, question, at)
    by_coding = np.argsort(coding, kind="stable")
    coding = coding[by_coding]
    at = {axis: places[by_coding] for axis, places in at.items()}
    kept = passing(at, question.filters, len(coding))
    return Counted(coding[kept], {axis: places[kept] for axis, places in at.items()})


def _place_cases(snapshot: Snapshot, question: Question, at: dict[Axis, Ints]) -> None:
    """Let cases count as those that followed them, and add their moments where these are asked for.

    On the day of an interview a case is what it was then; on a day that the question names it is
    what it counts as.
    """
    entities, spec = snapshot.entities, question.spec
    following = counted_as(entities, spec)
    counted = at["case"] if following is None else following[at["case"]]
    if used_kinds(entities, spec):
        then = counted if chosen_day(spec.as_of) else at["case"]
        at["moment"] = moments(entities).of(then, at["participant"], at["document"])
    at["case"] = counted


def _material(snapshot: Snapshot, question: Question) -> tuple[Ints, Columns]:
    """Return the material's pairs that the filters on who and where let through."""
    material = snapshot.material
    unit = material.pairs.unit
    at: dict[Axis, Ints] = {
        "case": material.pairs.case,
        "participant": material.pairs.participant,
        "document": material.document[unit],
    }
    _place_cases(snapshot, question, at)
    spoken: dict[Axis, Flags] = {
        axis: flags for axis, flags in question.filters.items() if axis in SPOKEN
    }
    kept = passing(at, spoken, len(unit))
    return unit[kept], {axis: places[kept] for axis, places in at.items()}


def cell_figures(snapshot: Snapshot, laid: Laid, kind: CellKind) -> Ints:
    """Return the figures of the cells, rows x columns."""
    rows, columns = laid.lines
    cell = rows.of_pairs * columns.count + columns.of_pairs
    figures = measured(snapshot, laid.counted, cell, rows.count * columns.count, kind)
    return figures.reshape(rows.count, columns.count)


def _cells(snapshot: Snapshot, laid: Laid, spec: MatrixSpec) -> tuple[Ints, CellEvidence]:
    """Return the figures of the cells, rows x columns, and their evidence."""
    (rows, columns), counted = laid.lines, laid.counted
    height, width = rows.count, columns.count
    cell = rows.of_pairs * width + columns.of_pairs
    once = first_of_each(counted.coding, cell, height * width)
    coding, cell_of = counted.coding[once], cell[once]
    segments = np.bincount(cell_of, minlength=height * width)
    evidence = _evidence(snapshot, coding, cell_of, segments, height, width)
    if spec.cells in ("segments", "quotes"):
        return segments.reshape(height, width), evidence
    return cell_figures(snapshot, laid, spec.cells), evidence


def _values(figures: Ints, of_row: Ints, spec: MatrixSpec) -> tuple[list[list[CellValue]], int]:
    """Return what the cells show, and how many shares were held at 1."""
    if spec.cells != "share":
        numbers: list[list[CellValue]] = figures.tolist()
        return numbers, 0
    capped = int(((figures > of_row[:, None]) & (of_row[:, None] > 0)).sum())
    shares: list[list[CellValue]] = [
        [min(words / whole, 1.0) if whole else None for words in row]
        for row, whole in zip(figures.tolist(), of_row.tolist(), strict=True)
    ]
    return shares, capped


def _evidence(
    snapshot: Snapshot, coding: Ints, cell: Ints, segments: Ints, height: int, width: int
) -> CellEvidence:
    """Return the ids of the codings in each cell, by document and start."""
    order = order_by_group(cell, height * width)
    ids = array("q", snapshot.codings.ids[coding[order]].tobytes())
    ends: list[int] = np.concatenate(([0], np.cumsum(segments))).tolist()
    return CellEvidence(ids, ends, (height, width))


def words_said(snapshot: Snapshot, laid: Laid, lines: Lines) -> Ints:
    """Return the number of words in the text that the informants of each line spoke or wrote."""
    low, high = material_words(snapshot)
    unit, material = laid.said[lines.material.pair], lines.material
    words = union_lengths(material.group, low[unit], high[unit], material.count)
    return words[material.of_line]


def _words_in_all(snapshot: Snapshot, said: Ints) -> int:
    """Return the number of words in all the text that the filters let through."""
    low, high = material_words(snapshot)
    nothing = np.zeros(len(said), dtype=np.int64)
    return int(union_lengths(nothing, low[said], high[said], 1)[0])


def _empty(lines: Lines, counts: Sequence[MatrixCount]) -> list[bool]:
    """Tell which lines have nothing that could have been coded."""
    material = lines.material
    has = np.bincount(material.group, minlength=material.count)[material.of_line] > 0
    return [
        not there and not count.segments for there, count in zip(has.tolist(), counts, strict=True)
    ]


def _blanked(
    values: list[list[CellValue]], empty_row: list[bool], empty_column: list[bool]
) -> tuple[tuple[CellValue, ...], ...]:
    blank = (None,) * len(empty_column)
    some_empty = any(empty_column)
    return tuple(
        blank
        if empty
        else tuple(
            None if nothing else value for value, nothing in zip(row, empty_column, strict=True)
        )
        if some_empty
        else tuple(row)
        for row, empty in zip(values, empty_row, strict=True)
    )


def _headings(lines: Lines, counts: Sequence[MatrixCount]) -> tuple[MatrixHeading, ...]:
    made: list[MatrixHeading] = []
    for line, count in enumerate(counts):
        entries = lines.entries(line)
        names = tuple(entry.name for entry in entries)
        colors = [entry.color for entry in entries if entry.color]
        made.append(
            MatrixHeading(
                label=" · ".join(names),
                names=names,
                n=count,
                missing=not entries,
                color=colors[-1] if colors else "",
                guid=entries[0].guid if len(entries) == 1 else None,
                sort_value=lines.sort_values[line] if line < len(lines.sort_values) else None,
            )
        )
    return tuple(made)
