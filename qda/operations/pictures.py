"""Pictures of what is counted: which one is asked for, what it is drawn from, and in what inks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from qda.analysis import portraits as measured
from qda.analysis.case_table import export_bundle
from qda.analysis.code_rows import named_by
from qda.analysis.cooccurrence import cooccurrence_matrix
from qda.analysis.joint import JointSpec, joint_display, numbers_of_cases
from qda.analysis.matrix import answer
from qda.analysis.tables import Snapshot
from qda.formats.pictures import bars, heat, joint, network, portraits, scatter, timeline
from qda.model.cooccurrence import CooccurrenceBy, CooccurrenceSpec
from qda.model.errors import NotAllowed, NothingToDraw
from qda.model.matrix import Matrix, MatrixExport, MatrixSpec
from qda.model.messages import NumberWriter, Translator, message
from qda.model.pictures import Inks, Picture, PictureKind
from qda.store.arrays import Connection

_PAINTERS: Mapping[PictureKind, Callable[[MatrixExport, Translator, Inks], Picture]] = {
    "heat": heat.heat_map,
    "bars": bars.bars,
    "network": network.network,
    "scatter": scatter.scatter,
}


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """A wish for a picture.

    `values` and `courses` are what stands beside a joint display, or the one that points are set
    out by; `by` is where two codes of a map meet, `indicator` whose months a timeline shows.
    """

    kind: PictureKind
    matrix: MatrixSpec = field(default_factory=MatrixSpec)
    values: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    by: CooccurrenceBy = "overlap"
    indicator: str = ""
    room: float = inf
    """How wide a joint display may be, in points of a picture, before it is parted."""
    height: float = inf
    """How high its pages may be, likewise."""
    in_words: bool = True
    """Whether correlations are said among the notes."""


@dataclass(frozen=True, slots=True)
class Painting:
    """A picture that can be drawn in any inks; `export` is what its spots are cells of, if any.

    `paged` draws it in pages, where it can be too high for one.
    """

    draw: Callable[[Inks], Picture]
    export: MatrixExport | None = None
    paged: Callable[[Inks], tuple[Picture, ...]] | None = None

    def pages(self, inks: Inks) -> tuple[Picture, ...]:
        """Return the picture, in pages where it is too high for one."""
        return self.paged(inks) if self.paged is not None else (self.draw(inks),)

    @property
    def matrix(self) -> Matrix | None:
        """Return the table that is drawn; None where the picture is of something else."""
        return self.export.matrix if self.export is not None else None


def painting(
    connection: Connection, snapshot: Snapshot, spec: PictureSpec, translator: Translator
) -> Painting:
    """Count what a picture shows. Raises NotAllowed, NotFound and what the counting raises."""
    name = snapshot.entities.project.name
    if spec.kind == "portraits":
        lanes = measured.portraits(connection, snapshot, spec.matrix)
        return Painting(lambda inks: portraits.portraits(name, lanes, translator, inks))
    if spec.kind == "timeline":
        if not spec.indicator:
            raise NotAllowed(message("Say which indicator the timeline shows."))
        found = measured.courses(connection, snapshot, spec.indicator)
        writing = timeline.Writing(str, str)
        if isinstance(translator, NumberWriter):
            writing = timeline.Writing(translator.format_number, translator.format_month)
        return Painting(
            lambda inks: timeline.timeline(
                name, spec.indicator, found, translator, inks, writing
            )
        )  # fmt: skip
    matrix = _table(connection, snapshot, spec)
    export = export_bundle(connection, snapshot, matrix)
    return painted_table(export, spec.kind, translator, spec.room, spec.height)


def painted_table(
    export: MatrixExport,
    kind: PictureKind,
    translator: Translator,
    room: float = inf,
    height: float = inf,
) -> Painting:
    """Return a table that is counted already as a picture."""
    if kind == "joint":
        return Painting(
            lambda inks: joint.joint_display(export, translator, inks, room),
            export,
            lambda inks: joint.joint_pages(export, translator, inks, room, height),
        )
    painter = _PAINTERS[kind]
    return Painting(lambda inks: painter(export, translator, inks), export)


def _table(connection: Connection, snapshot: Snapshot, spec: PictureSpec) -> Matrix:
    if spec.kind == "network":
        together = CooccurrenceSpec(
            by=spec.by, where=spec.matrix.where, folded=spec.matrix.folded, codes=spec.matrix.codes,
            as_of=spec.matrix.as_of, successors=spec.matrix.successors,
        )  # fmt: skip
        by_name = named_by(connection, snapshot, together)
        return cooccurrence_matrix(snapshot, together, by_name)
    if spec.kind in ("joint", "scatter"):
        asked = JointSpec(spec.matrix, spec.values, spec.courses, in_words=spec.in_words)
        return joint_display(connection, snapshot, asked)
    return answer(connection, snapshot, spec.matrix)


def with_all_numbers(snapshot: Snapshot, spec: JointSpec) -> JointSpec:
    """Return a joint display beside which all numbers stand, where it names none.

    Raises NothingToDraw where the cases have none.
    """
    if spec.values or spec.courses:
        return spec
    values, courses = numbers_of_cases(snapshot.entities)
    if not values and not courses:
        raise NothingToDraw(
            message("Nothing is known of the offices in numbers that could stand beside the codes.")
        )
    return replace(spec, values=values, courses=courses)
