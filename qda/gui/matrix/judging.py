"""What is written in a cell of the matrix: read it, and run what the user wishes for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qda.app.session import Session
from qda.model.entities import Coder
from qda.model.ids import CaseId, CodeId, CoderId, CodingId, Guid, PropositionId
from qda.model.judgements import (
    CellStatus,
    CellSubject,
    Evidence,
    FrameworkCell,
    Judgement,
    Side,
    StatusOrigin,
)
from qda.model.matrix import JUDGED_KINDS, CellKind, Matrix
from qda.operations import judgements as judgement_verbs
from qda.store import coders, framework, judgements


@dataclass(frozen=True, slots=True)
class CellKey:
    """The cell that is written in: whom it is about, and which code or proposition."""

    kind: CellKind
    subject: CellSubject
    subject_id: int
    code: CodeId | None = None
    proposition: PropositionId | None = None

    @property
    def case(self) -> CaseId:
        """Return the case a judgement is about."""
        return CaseId(self.subject_id)


@dataclass(frozen=True, slots=True)
class Rated:
    """A rater's judgement, with the rater's name."""

    judgement: Judgement
    rater: str


@dataclass(frozen=True, slots=True)
class CellContents:
    """Everything that is written in a cell, as the pane shows it.

    `changed` are the codings added, removed and moved since the summary was written. `follows` is
    the status of a cell for which nobody set one, and who says so.
    """

    key: CellKey
    cell: FrameworkCell | None
    writer: str
    follows: tuple[CellStatus, StatusOrigin]
    changed: tuple[int, int, int]
    own: Judgement | None
    others: tuple[Rated, ...]
    settled: Rated | None
    scale: tuple[str, ...]
    behind: tuple[CodingId, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return what is pinned, or what one's own judgement rests on."""
        if self.key.kind == "summary":
            return tuple(Evidence(one) for one in self.cell.evidence) if self.cell else ()
        return self.own.evidence if self.own is not None else ()


def key_of(matrix: Matrix, session: Session, row: int | None, column: int | None) -> CellKey | None:
    """Return which cell is written in at a place of the matrix, None where none is."""
    if row is None or column is None or matrix.spec.cells not in JUDGED_KINDS:
        return None
    rows, columns = matrix.spec.rows[0], matrix.spec.columns[0]
    whom, what = matrix.rows[row].guid, matrix.columns[column].guid
    if rows in ("code", "proposition"):
        rows, columns, whom, what = columns, rows, what, whom
    if whom is None or what is None or rows not in ("case", "participant"):
        return None
    entities = session.snapshot().entities
    people = entities.cases if rows == "case" else entities.participants
    subject = _id_of(people, whom)
    if subject is None:
        return None
    if columns == "proposition":
        found = _id_of(entities.propositions, what)
        proposition = None if found is None else PropositionId(found)
        return CellKey(matrix.spec.cells, "case", subject, proposition=proposition)
    code = _id_of(entities.codes, what)
    if code is None:
        return None
    about: CellSubject = "case" if rows == "case" else "participant"
    return CellKey(matrix.spec.cells, about, subject, code=CodeId(code))


def is_written(matrix: Matrix) -> bool:
    """Tell whether a matrix has cells that are written in: cases or participants, and what of."""
    if matrix.spec.cells not in JUDGED_KINDS or not matrix.rows or not matrix.columns:
        return False
    sides = {matrix.spec.rows[0], matrix.spec.columns[0]}
    return bool(sides & {"case", "participant"}) and bool(sides & {"code", "proposition"})


def _id_of(things: Sequence[object], guid: Guid) -> int | None:
    return next((one.id for one in things if one.guid == guid), None)  # pyright: ignore[reportAttributeAccessIssue]


def contents(
    session: Session,
    key: CellKey,
    behind: Sequence[CodingId],
    *,
    folded: bool = True,
    blind: bool = False,
) -> CellContents:
    """Read what is written in a cell; `behind` are the codings that stand in it.

    To one who is `blind`, others' judgements and what was settled are not told.
    """
    from qda.analysis import judged  # lazy: it brings numpy

    connection = session.project.connection
    everybody = {one.id: one for one in coders.all_coders(connection)}
    cell: FrameworkCell | None = None
    changed = (0, 0, 0)
    if key.kind == "summary" and key.code is not None:
        cell = framework.find(connection, key.subject, key.subject_id, key.code)
        if cell is not None:
            since = judged.changed_since(cell, judged.seen_now(session.snapshot(), behind))
            changed = (since.added, since.removed, since.moved)
    given = [] if key.kind == "summary" else _judgements(session, key)
    own = [one for one in given if not one.settled and _name(everybody, one) == session.coder]
    others = [one for one in given if not one.settled and one not in own and not blind]
    settled = [one for one in given if one.settled and not blind]
    return CellContents(
        key=key,
        cell=cell,
        writer=everybody[cell.coder].name if cell is not None and cell.coder in everybody else "",
        follows=_follows(session, key, coded=bool(behind), folded=folded),
        changed=changed,
        own=own[0] if own else None,
        others=tuple(Rated(one, _name(everybody, one)) for one in others),
        settled=Rated(settled[-1], _name(everybody, settled[-1])) if settled else None,
        scale=_scale(session, key),
        behind=tuple(behind),
    )


def _follows(
    session: Session, key: CellKey, *, coded: bool, folded: bool
) -> tuple[CellStatus, StatusOrigin]:
    """Return the status that a cell has by its codings or by what was asked."""
    from qda.analysis import asked, judged  # lazy: they bring numpy

    if coded or key.code is None or key.kind != "summary":
        return judged.status_of(None, coded=coded)
    connection = session.project.connection
    statuses = asked.asked_statuses(connection, session.snapshot(), key.subject, folded=folded)
    return judged.status_of(None, coded=False, asked=statuses.get((key.subject_id, key.code)))


def raters(contents: CellContents) -> tuple[Rated, ...]:
    """Return what the raters say of a cell, others before oneself, in the order they are listed."""
    own = contents.own
    return (*contents.others, *((Rated(own, own.reason),) if own is not None else ()))


def _name(everybody: Mapping[CoderId, Coder], one: Judgement) -> str:
    found = everybody.get(one.coder)
    return found.name if found is not None else ""


def _judgements(session: Session, key: CellKey) -> list[Judgement]:
    return [
        one
        for one in judgements.all_judgements(session.project.connection)
        if one.case == key.case and (one.code, one.proposition) == (key.code, key.proposition)
    ]


def differing(session: Session) -> frozenset[tuple[CaseId, int, bool]]:
    """Return where raters differ and nothing is settled.

    Each is a case, the number of the code or proposition, and whether it is a proposition.
    """
    given: dict[tuple[CaseId, int, bool], list[Judgement]] = {}
    for one in judgements.all_judgements(session.project.connection):
        about = one.code if one.code is not None else one.proposition
        assert about is not None  # noqa: S101 - one of the two is given
        given.setdefault((one.case, about, one.code is None), []).append(one)
    return frozenset(
        place
        for place, some in given.items()
        if not any(one.settled for one in some) and len({one.value for one in some}) > 1
    )


def _scale(session: Session, key: CellKey) -> tuple[str, ...]:
    if key.kind == "grade" and key.code is not None:
        return judgement_verbs.grade_scale(session.project, key.code)
    if key.kind == "verdict":
        for one in judgements.all_propositions(session.project.connection):
            if one.id == key.proposition:
                return judgement_verbs.verdict_scale(session.project, one)
    return ()


def candidates(session: Session, key: CellKey) -> list[CodingId]:
    """Return every coding of a case, for a verdict may rest on any of them."""
    from qda.analysis.matrix import build_matrix  # lazy: it brings numpy
    from qda.model.matrix import MatrixSpec

    matrix = build_matrix(session.snapshot(), MatrixSpec())
    guid = next(
        (one.guid for one in session.snapshot().entities.cases if one.id == key.subject_id), None
    )
    for heading, row in zip(matrix.rows, matrix.evidence, strict=True):
        if heading.guid == guid:
            return list(dict.fromkeys(coding for cell in row for coding in cell))
    return []


def codings_of(session: Session, key: CellKey) -> list[CodingId]:
    """Return every coding of a subject on a code and those below it."""
    from qda.analysis.matrix import build_matrix  # lazy: it brings numpy
    from qda.model.matrix import MatrixSpec

    assert key.code is not None  # noqa: S101 - not a verdict
    spec = MatrixSpec(rows=(key.subject,), codes=frozenset({key.code}))
    matrix = build_matrix(session.snapshot(), spec)
    entities = session.snapshot().entities
    people = entities.cases if key.subject == "case" else entities.participants
    guid = next((one.guid for one in people if one.id == key.subject_id), None)
    for heading, row in zip(matrix.rows, matrix.evidence, strict=True):
        if heading.guid == guid:
            return list(row[0])
    return []


def codings_by(session: Session, coder: CoderId) -> frozenset[CodingId]:
    """Return the codings of one coder."""
    from qda.analysis.own import codings_by as found  # lazy: it brings numpy

    return found(session.snapshot(), coder)


def with_side(
    evidence: Sequence[Evidence], coding: CodingId, side: Side | None
) -> tuple[Evidence, ...]:
    """Return the evidence with one coding on a side, or without it."""
    kept = [one for one in evidence if one.coding != coding]
    if side is None:
        return tuple(kept)
    place = next((at for at, one in enumerate(evidence) if one.coding == coding), len(kept))
    kept.insert(place, Evidence(coding, side))
    return tuple(kept)
