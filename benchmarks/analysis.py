"""The analysis beside the matrix: percentages, co-occurrence, sequences, contrast, agreement."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.measuring import Figure, median, milliseconds
from qda.analysis.agreement import agreement, disagreements
from qda.analysis.conflicts import conflicts, standings
from qda.analysis.contrast import contrast
from qda.analysis.cooccurrence import cooccurrence_matrix, cooccurrences
from qda.analysis.matrix import build_matrix
from qda.analysis.sequences import sequence_matrix, sequences
from qda.analysis.snapshot import prepare_words
from qda.analysis.tables import Snapshot
from qda.app.session import Session
from qda.model.agreement import AGREEMENT_UNITS, AgreementSpec
from qda.model.contrast import ContrastSpec
from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceSpec
from qda.model.entities import Coder
from qda.model.ids import CoderId, new_guid
from qda.model.matrix import PERCENT_KINDS, MatrixSpec
from qda.model.sequences import SequenceSpec

OTHER = CoderId(2)


def measure_analysis(path: Path) -> dict[str, Figure]:
    """Measure on a ready snapshot of 200,000 codings with 100 codes."""
    session = Session.open(path, write=False)
    snapshot = session.snapshot()
    figures: dict[str, Figure] = {}
    for by in COOCCURRENCES_BY:
        spec = CooccurrenceSpec(by, folded=False)
        assert cooccurrences(snapshot, spec).counts.sum() > 0
        taken = milliseconds(lambda spec=spec: cooccurrences(snapshot, spec), 9)
        figures[f"co-occurrence: 100 codes, 200,000 codings, by {by}"] = Figure(
            median(taken), "ms", 100
        )
    spec = CooccurrenceSpec(folded=False)
    taken = milliseconds(lambda: cooccurrence_matrix(snapshot, spec), 5)
    figures["co-occurrence: by overlap, with all evidence"] = Figure(median(taken), "ms", 1000)
    figures |= _counts(session, snapshot)
    figures |= _sequences(snapshot)
    figures |= _contrast(session, snapshot)
    figures |= _agreement(_between_two(snapshot))
    session.close()
    return figures


def _counts(session: Session, snapshot: Snapshot) -> dict[str, Figure]:
    """Measure every kind of count with its percentages, and nested columns with theirs."""
    prepare_words(session.project.connection, snapshot)
    figures: dict[str, Figure] = {}
    for kind in PERCENT_KINDS:
        spec = MatrixSpec(cells=kind, folded=False, percent="row")
        taken = milliseconds(lambda spec=spec: build_matrix(snapshot, spec), 9)
        figures[f"matrix: 30 x 100, percent of {kind}"] = Figure(median(taken), "ms", 50)
    spec = MatrixSpec(cells="participants", folded=False, percent="material")
    taken = milliseconds(lambda: build_matrix(snapshot, spec), 9)
    figures["matrix: 30 x 100, percent of the material"] = Figure(median(taken), "ms", 50)
    nested = MatrixSpec(columns=("coder", "code"), folded=False, percent="column")
    taken = milliseconds(lambda: build_matrix(snapshot, nested), 9)
    figures["matrix: nested columns, percent of the column"] = Figure(median(taken), "ms", 50)
    return figures


def _sequences(snapshot: Snapshot) -> dict[str, Figure]:
    spec = SequenceSpec(folded=False)
    assert sequences(snapshot, spec).counts.sum() > 0
    taken = milliseconds(lambda: sequences(snapshot, spec), 9)
    whole = milliseconds(lambda: sequence_matrix(snapshot, spec), 3)
    return {
        "sequences: 100 codes, 200,000 codings": Figure(median(taken), "ms", 100),
        "sequences: the table, with all its steps": Figure(median(whole), "ms", 1000),
    }


def _contrast(session: Session, snapshot: Snapshot) -> dict[str, Figure]:
    one, other = (case.name for case in snapshot.entities.cases[:2])
    spec = ContrastSpec("case", one, other, folded=False)
    connection = session.project.connection
    assert contrast(connection, snapshot, spec).all.left.segments > 0
    taken = milliseconds(lambda: contrast(connection, snapshot, spec), 9)
    return {"contrast: two cases, 100 codes": Figure(median(taken), "ms", 100)}


def _between_two(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with every other coding given to a second coder."""
    entities, codings = snapshot.entities, snapshot.codings
    second = Coder(OTHER, new_guid(), "Ola", "#3f6fa8")
    coder = np.arange(len(codings), dtype=np.int64) % 2
    return replace(
        snapshot,
        entities=replace(entities, coders=(entities.coders[0], second)),
        codings=replace(codings, coder=coder),
    )


def _agreement(snapshot: Snapshot) -> dict[str, Figure]:
    """Measure two coders with 100,000 codings each; there is no budget but that of any wait."""
    coders = (snapshot.entities.coders[0].id, OTHER)
    figures: dict[str, Figure] = {}
    for unit in AGREEMENT_UNITS:
        spec = AgreementSpec(coders, unit)
        assert agreement(snapshot, spec).overall.n > 0
        taken = milliseconds(lambda spec=spec: agreement(snapshot, spec), 3)
        figures[f"agreement: 200,000 codings, by {unit}"] = Figure(median(taken), "ms", 1000)
    spec = AgreementSpec(coders)
    taken = milliseconds(lambda: disagreements(snapshot, spec), 3)
    figures["agreement: every disagreement listed"] = Figure(median(taken), "ms", 2000)
    found = conflicts(snapshot, spec)
    taken = milliseconds(lambda: conflicts(snapshot, spec), 3)
    figures["agreement: every disagreement, to settle"] = Figure(median(taken), "ms", 2500)
    taken = milliseconds(lambda: standings(snapshot, found, ()), 3)
    figures["agreement: how every disagreement stands"] = Figure(median(taken), "ms", 100)
    return figures
