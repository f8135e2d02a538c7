"""The kinds of tables that are shown here, and how each is counted and written to a file.

What stands behind a cell is found when it is chosen: of a table of all codes by all codes nobody
looks at every quote.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qda.app.session import Session
from qda.gui.language import tr
from qda.gui.models.choices import Choices
from qda.gui.models.question import Question, TableKind
from qda.model.contrast import ContrastSpec
from qda.model.cooccurrence import CooccurrenceBy, CooccurrenceSpec
from qda.model.errors import NotAllowed
from qda.model.ids import CoderId, CodingId
from qda.model.matrix import Matrix, MatrixSpec, Step
from qda.model.messages import message
from qda.model.sequences import SequenceSpec

if TYPE_CHECKING:
    from qda.analysis.tables import Memberships
    from qda.gui.matrix.agreeing import Comparison
    from qda.model.contrast import Contrast

WITHIN = (0, 1, 2, 4, 8)
"""How far apart two coded turns may be for the one to follow the other; 0 is any distance."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown, and what stands behind its cells where the matrix does not say it itself.

    `evidence` takes a row and a column, None for all of them; `steps` a row and a column.
    """

    matrix: Matrix
    evidence: Callable[[int | None, int | None], list[CodingId]] | None = None
    steps: Callable[[int, int], tuple[Step, ...]] | None = None
    contrast: Contrast | None = None
    agreement: Comparison | None = None


def table_kinds() -> list[tuple[TableKind, str]]:
    """Return the kinds of tables, each with its word."""
    return [
        ("matrix", tr("Matrix")),
        ("cooccurrence", tr("Codes together")),
        ("sequences", tr("Codes in sequence")),
        ("contrast", tr("Two groups")),
        ("agreement", tr("Agreement")),
    ]


def units() -> list[tuple[CooccurrenceBy, str]]:
    """Return where two codes can meet, each with its word."""
    return [
        ("overlap", tr("Same words")),
        ("turn", tr("Same turn")),
        ("document", tr("Same document")),
    ]


def within_word(turns: int) -> str:
    """Return how far the next coded turn may be."""
    if not turns:
        return tr("the next coded turn")
    return tr("the very next turn") if turns == 1 else tr("at most {n} turns on", n=turns)


def spec_of(
    session: Session, known: Choices, question: Question, only: CoderId | None
) -> MatrixSpec:
    """Return the question as the engine takes it; with `only`, about what one coder coded.

    Raises UserError where it cannot be answered.
    """
    spec = known.spec(question)
    if only is None:
        return spec
    own = [one.guid for one in session.snapshot().entities.coders if one.id == only]
    if not own:
        raise NotAllowed(message("You see only your own codings, and there are none yet."))
    return replace(spec, where=(*spec.where, ("coder", own[0])))


def holding(known: Choices, question: Question) -> Question:
    """Return the question with those filters alone that hold for its table."""
    if question.table != "agreement":
        return question
    from qda.analysis.filtered_documents import limits_documents  # lazy: it brings numpy

    held = tuple(one for one in question.filters if limits_documents(known.entities, one.name))
    return replace(question, filters=held)


def build(
    session: Session, known: Choices, question: Question, only: CoderId | None = None
) -> Table:
    """Count; with `only`, what one coder coded and judged, since the user codes blind.

    Raises UserError where the question cannot be answered.
    """
    spec = spec_of(session, known, question, only)
    if question.table == "cooccurrence":
        return _cooccurrences(session, _together(question, spec))
    if question.table == "sequences":
        return _sequences(session, _following(question, spec))
    if question.table == "contrast":
        from qda.analysis.contrast import contrast  # lazy: it brings numpy
        from qda.gui.matrix.voices import contrast_matrix

        asked = _groups(known, question, spec)
        found = contrast(session.project.connection, session.snapshot(), asked)
        return Table(contrast_matrix(found), contrast=found)
    from qda.analysis.matrix import answer  # lazy: it brings numpy

    return Table(answer(session.project.connection, session.snapshot(), spec))


def whole(
    session: Session, known: Choices, question: Question, only: CoderId | None = None
) -> Matrix:
    """Return the table with the evidence of every cell, as a file holds it."""
    spec = spec_of(session, known, question, only)
    if question.table == "cooccurrence":
        from qda.analysis.cooccurrence import cooccurrence_matrix  # lazy: it brings numpy

        asked = _together(question, spec)
        return cooccurrence_matrix(session.snapshot(), asked, _named(session, asked))
    if question.table == "sequences":
        from qda.analysis.sequences import sequence_matrix  # lazy: it brings numpy

        asked = _following(question, spec)
        return sequence_matrix(session.snapshot(), asked, _named(session, asked))
    if question.table == "matrix" and question.picture == "joint" and question.rows == ("case",):
        return joint(session, known, question, spec)
    return build(session, known, question, only).matrix


def joint(session: Session, known: Choices, question: Question, spec: MatrixSpec) -> Matrix:
    """Return a matrix with what is to stand beside it; months are courses. Raises UserError."""
    from qda.analysis.joint import JointSpec, joint_display  # lazy: it brings numpy

    snapshot, beside = session.snapshot(), known.beside(question)
    monthly = {one.name for one in snapshot.entities.variables if one.periodic}
    values = tuple(one for one in beside if one not in monthly)
    asked = JointSpec(spec, values, tuple(one for one in beside if one in monthly))
    return joint_display(session.project.connection, snapshot, asked)


def _together(question: Question, spec: MatrixSpec) -> CooccurrenceSpec:
    return CooccurrenceSpec(
        question.by,
        spec.where,
        spec.folded,
        spec.codes,
        without=spec.without,
        as_of=spec.as_of,
        successors=spec.successors,
    )


def _following(question: Question, spec: MatrixSpec) -> SequenceSpec:
    return SequenceSpec(
        question.within,
        spec.where,
        spec.folded,
        spec.codes,
        without=spec.without,
        as_of=spec.as_of,
        successors=spec.successors,
    )


def _named(session: Session, spec: CooccurrenceSpec | SequenceSpec) -> Memberships | None:
    from qda.analysis.code_rows import named_by  # lazy: it brings numpy

    return named_by(session.project.connection, session.snapshot(), spec)


def _groups(known: Choices, question: Question, spec: MatrixSpec) -> ContrastSpec:
    dimension, left, right = question.groups
    return ContrastSpec(
        dimension, known.engine_value(dimension, left), known.engine_value(dimension, right),
        spec.where, spec.folded, spec.codes,
        {name: cut for name, cut in question.bands.items() if name == dimension},
        without=spec.without, as_of=spec.as_of, successors=spec.successors,
    )  # fmt: skip


def _cooccurrences(session: Session, spec: CooccurrenceSpec) -> Table:
    from qda.analysis.cooccurrence import cooccurrence_table  # lazy: it brings numpy

    matrix, found = cooccurrence_table(session.snapshot(), spec, _named(session, spec))

    def evidence(row: int | None, column: int | None) -> list[CodingId]:
        if row is not None and column is not None:
            return list(found.evidence(row, column))
        code = row if row is not None else column
        return list(found.segments() if code is None else found.evidence(code, code))

    return Table(matrix, evidence)


def _sequences(session: Session, spec: SequenceSpec) -> Table:
    from qda.analysis.sequences import sequence_table  # lazy: it brings numpy

    matrix, found = sequence_table(session.snapshot(), spec, _named(session, spec))

    def evidence(row: int | None, column: int | None) -> list[CodingId]:
        if row is None or column is None:
            return list(found.segments_of(row if row is not None else column))
        steps = found.behind(row, column)
        return list(dict.fromkeys(one for step in steps for side in step for one in side))

    return Table(matrix, evidence, found.behind)
