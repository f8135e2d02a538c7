"""The analysis beside the matrix: co-occurrence, agreement and correlation."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.measuring import Figure, median, milliseconds
from qda.analysis.agreement import agreement, disagreements
from qda.analysis.cooccurrence import cooccurrence_matrix, cooccurrences
from qda.analysis.tables import Snapshot
from qda.app.session import Session
from qda.model.agreement import AGREEMENT_UNITS, AgreementSpec
from qda.model.cooccurrence import COOCCURRENCES_BY, CooccurrenceSpec
from qda.model.entities import Coder
from qda.model.ids import CoderId, new_guid

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
    figures |= _agreement(_between_two(snapshot))
    session.close()
    return figures


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
    return figures
