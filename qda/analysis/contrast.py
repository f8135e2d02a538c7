"""Two groups on the same themes: managers and advisers, two owners, two counties, two waves.

Themes by the two values of one dimension are laid out and counted by the matrix engine. A group's
informants and words are those of the material that could have been coded, coded or not.
"""

from dataclasses import dataclass, replace

from qda.analysis.dimensions import allowed, find_dimension
from qda.analysis.matrix import build_matrix, cell_figures, lay_out, ready, words_said
from qda.analysis.percentages import Grid, material_bases, with_totals
from qda.analysis.tables import Entities, Snapshot
from qda.analysis.vectors import Ints
from qda.model.contrast import Contrast, ContrastSpec, Theme, Voice
from qda.model.errors import NotAllowed
from qda.model.ids import CodingId
from qda.model.matrix import CellKind, Matrix, MatrixSpec
from qda.model.messages import Message, message
from qda.store.arrays import Connection

_KINDS: tuple[CellKind, ...] = ("segments", "documents", "participants", "cases", "words")


@dataclass(frozen=True, slots=True)
class _Counts:
    """The grids of every kind, and what the two columns hold in all."""

    grids: dict[CellKind, Grid]
    informants: Ints
    words: Ints
    matrix: Matrix


def contrast(connection: Connection, snapshot: Snapshot, spec: ContrastSpec) -> Contrast:
    """Count what either group says of every theme, with the segments behind it.

    Raises what a matrix of the same question raises, and NotAllowed where the values are not two
    or the groups would be codes.
    """
    wanted = _question(spec)
    names = _names(snapshot.entities, spec, wanted)
    named = ready(connection, snapshot, replace(wanted, cells="words"))
    laid = lay_out(snapshot, wanted, named)
    grids: dict[CellKind, Grid] = {
        kind: with_totals(
            snapshot, laid.counted, laid.lines, cell_figures(snapshot, laid, kind), kind
        )
        for kind in _KINDS
    }
    bases = material_bases(snapshot, laid.counted, laid.lines, laid.material, "participants")
    words = words_said(snapshot, laid, laid.lines[1])
    matrix = build_matrix(snapshot, wanted, named)
    counts = _Counts(grids, bases.columns, words, matrix)
    sides = [_column(matrix, name) for name in names]
    themes = tuple(
        Theme(row.label, row.color, row.guid, *(_voice(counts, at, side) for side in sides))
        for at, row in enumerate(matrix.rows)
    )
    everything = Theme("", "", None, *(_voice(counts, None, side) for side in sides))
    return Contrast(spec, *names, themes, everything, (*_rules(), *matrix.notes))


def _question(spec: ContrastSpec) -> MatrixSpec:
    if spec.dimension.strip().casefold() == "code":
        raise NotAllowed(message("Tell the two groups apart by something else than their codes."))
    return MatrixSpec(
        rows=("code",),
        columns=(spec.dimension,),
        where=(*spec.where, (spec.dimension, spec.left), (spec.dimension, spec.right)),
        bands=spec.bands,
        folded=spec.folded,
        codes=spec.codes,
        without=spec.without,
        as_of=spec.as_of,
        successors=spec.successors,
    )


def _names(entities: Entities, spec: ContrastSpec, wanted: MatrixSpec) -> tuple[str, str]:
    """Return what the two values are called in the table."""
    dimension = find_dimension(entities, spec.dimension, wanted)
    found: list[str] = []
    for value in (spec.left, spec.right):
        _axis, flags = allowed(entities, spec.dimension, value, wanted)
        places = {int(one) for one in dimension.index[flags] if one >= 0}
        if not places:
            raise NotAllowed(
                message(
                    "Nothing belongs to {value} here; choose another value, or another day.",
                    value=value or "–",
                )
            )
        found += [dimension.entries[one].name for one in places]
    if len(set(found)) != 2:
        raise NotAllowed(message("Choose two different values to set side by side."))
    return found[0], found[1]


def _column(matrix: Matrix, name: str) -> int:
    return next(at for at, one in enumerate(matrix.columns) if one.names == (name,))


def _voice(counts: _Counts, row: int | None, side: int) -> Voice:
    """Return the figures of a theme, or of all of them, in a group."""
    figures = {
        kind: int(grid.columns[side] if row is None else grid.cells[row][side])
        for kind, grid in counts.grids.items()
    }
    evidence: tuple[CodingId, ...] = ()
    if row is not None:
        evidence = counts.matrix.evidence[row][side]
    else:
        lines = (line[side] for line in counts.matrix.evidence)
        evidence = tuple(dict.fromkeys(one for line in lines for one in line))
    return Voice(
        segments=figures["segments"],
        documents=figures["documents"],
        participants=figures["participants"],
        cases=figures["cases"],
        words=figures["words"],
        informants=int(counts.informants[side]),
        words_said=int(counts.words[side]),
        evidence=evidence,
    )


def _rules() -> list[Message]:
    """State what the figures are of."""
    return [
        message(
            "Informants are those of the group who say it, of all in the group who were heard. The "
            "share of words is of all that the group said or wrote."
        )
    ]
