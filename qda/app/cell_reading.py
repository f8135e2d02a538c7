"""What stands in a cell of the framework matrix, for whoever writes in it without looking at it."""

from qda.analysis.judged import seen_now
from qda.analysis.matrix import build_matrix
from qda.app.session import Session
from qda.model.ids import CaseId, CodeId
from qda.model.judgements import SeenCoding
from qda.model.matrix import MatrixSpec


def seen_in(session: Session, case: CaseId, code: CodeId) -> tuple[SeenCoding, ...]:
    """Return the codings that stand in the cell of a case and a code as they are now."""
    snapshot = session.snapshot()
    matrix = build_matrix(snapshot, MatrixSpec(codes=frozenset({code})))
    guid = next(one.guid for one in snapshot.entities.cases if one.id == case)
    behind = [
        coding
        for row, cells in zip(matrix.rows, matrix.evidence, strict=True)
        if row.guid == guid
        for coding in cells[0]
    ]
    return seen_now(snapshot, behind)
