"""Queries on propositions, grades and verdicts, claims, and the evidence of each."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from qda.model.ids import (
    CaseId,
    ClaimId,
    CodeId,
    CoderId,
    CodingId,
    Guid,
    JudgementId,
    PropositionId,
)
from qda.model.judgements import Claim, Evidence, Judgement, Proposition, Side

PROPOSITIONS = "SELECT id, guid, name, text, scale, position FROM proposition ORDER BY position, id"
INSERT_PROPOSITION = (
    "INSERT INTO proposition (guid, name, text, scale, position) VALUES (?, ?, ?, ?, ?)"
)
UPDATE_PROPOSITION = (
    "UPDATE proposition SET name = ?, text = ?, scale = ?, position = ? WHERE id = ?"
)
DELETE_PROPOSITION = "DELETE FROM proposition WHERE id = ?"

JUDGEMENTS = (
    "SELECT id, guid, case_id, code_id, proposition_id, coder_id, settled, value, reason, created,"
    " modified FROM judgement"
)
ALL_JUDGEMENTS = JUDGEMENTS + " ORDER BY id"
ONE_GRADE = JUDGEMENTS + " WHERE case_id = ? AND code_id = ? AND coder_id = ? AND settled = ?"
ONE_VERDICT = (
    JUDGEMENTS + " WHERE case_id = ? AND proposition_id = ? AND coder_id = ? AND settled = ?"
)
INSERT_JUDGEMENT = (
    "INSERT INTO judgement (guid, case_id, code_id, proposition_id, coder_id, settled, value,"
    " reason, created, modified) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE_JUDGEMENT = "UPDATE judgement SET value = ?, reason = ?, modified = ? WHERE id = ?"
DELETE_JUDGEMENT = "DELETE FROM judgement WHERE id = ?"
UNSETTLE = (
    "DELETE FROM judgement WHERE settled = 1 AND case_id = ? AND code_id IS ?"
    " AND proposition_id IS ?"
)
MOVE_GRADES = "UPDATE OR IGNORE judgement SET code_id = ? WHERE code_id = ?"

CLAIMS = "SELECT id, guid, text, note, position, coder_id, created, modified, status FROM claim"
ALL_CLAIMS = CLAIMS + " ORDER BY position, id"
INSERT_CLAIM = (
    "INSERT INTO claim (guid, text, note, position, coder_id, created, modified, status)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE_CLAIM = (
    "UPDATE claim SET text = ?, note = ?, position = ?, modified = ?, status = ? WHERE id = ?"
)
DELETE_CLAIM = "DELETE FROM claim WHERE id = ?"

JUDGEMENT_EVIDENCE = (
    "SELECT judgement_id, coding_id, side FROM judgement_evidence"
    " ORDER BY judgement_id, position, id"
)
CLEAR_JUDGEMENT = "DELETE FROM judgement_evidence WHERE judgement_id = ?"
ADD_TO_JUDGEMENT = (
    "INSERT INTO judgement_evidence (judgement_id, coding_id, side, position) VALUES (?, ?, ?, ?)"
)
CLAIM_EVIDENCE = (
    "SELECT claim_id, coding_id, side FROM claim_evidence ORDER BY claim_id, position, id"
)
CLEAR_CLAIM = "DELETE FROM claim_evidence WHERE claim_id = ?"
ADD_TO_CLAIM = (
    "INSERT INTO claim_evidence (claim_id, coding_id, side, position) VALUES (?, ?, ?, ?)"
)
CITATIONS = (
    "SELECT e.coding_id, j.case_id, j.proposition_id FROM judgement_evidence e"
    " JOIN judgement j ON j.id = e.judgement_id WHERE j.proposition_id IS NOT NULL"
    " ORDER BY e.coding_id, j.case_id, j.proposition_id"
)
MOVE_CODING = (
    "UPDATE OR IGNORE framework_evidence SET coding_id = ? WHERE coding_id = ?",
    "UPDATE OR IGNORE judgement_evidence SET coding_id = ? WHERE coding_id = ?",
    "UPDATE OR IGNORE claim_evidence SET coding_id = ? WHERE coding_id = ?",
    "UPDATE OR IGNORE picked_quote SET coding_id = ? WHERE coding_id = ?",
    "UPDATE OR IGNORE settlement_coding SET coding_id = ? WHERE coding_id = ?",
)


def move_coding(connection: sqlite3.Connection, old: CodingId, new: CodingId) -> None:
    """Let everything that rests on one coding rest on another, before the first is removed."""
    for statement in MOVE_CODING:
        connection.execute(statement, (new, old))


# ------------------------------------------------------------------------------- propositions
def all_propositions(connection: sqlite3.Connection) -> tuple[Proposition, ...]:
    """Return every proposition in the user's order."""
    return tuple(
        Proposition(PropositionId(row[0]), Guid(row[1]), row[2], row[3], _scale(row[4]), row[5])
        for row in connection.execute(PROPOSITIONS)
    )


def insert_proposition(connection: sqlite3.Connection, one: Proposition) -> PropositionId:
    """Add a proposition (its `id` is ignored); return the id."""
    cursor = connection.execute(
        INSERT_PROPOSITION, (one.guid, one.name, one.text, _scale_text(one.scale), one.position)
    )
    return PropositionId(int(cursor.lastrowid or 0))


def update_proposition(connection: sqlite3.Connection, one: Proposition) -> None:
    """Write what a proposition says now."""
    connection.execute(
        UPDATE_PROPOSITION, (one.name, one.text, _scale_text(one.scale), one.position, one.id)
    )


def delete_proposition(connection: sqlite3.Connection, proposition: PropositionId) -> None:
    """Remove a proposition with its verdicts."""
    connection.execute(DELETE_PROPOSITION, (proposition,))


def citations(connection: sqlite3.Connection) -> Iterable[tuple[int, int, int]]:
    """Yield coding, case and proposition for each segment that a verdict rests on."""
    yield from connection.execute(CITATIONS)


# -------------------------------------------------------------------------- grades and verdicts
def all_judgements(connection: sqlite3.Connection) -> tuple[Judgement, ...]:
    """Return every grade and verdict in the order they were given."""
    found = _evidence(connection, JUDGEMENT_EVIDENCE)
    return tuple(
        _judgement(row, found.get(row[0], ())) for row in connection.execute(ALL_JUDGEMENTS)
    )


def find(
    connection: sqlite3.Connection,
    case: CaseId,
    about: CodeId | PropositionId,
    coder: CoderId,
    *,
    verdict: bool,
    settled: bool,
) -> Judgement | None:
    """Return what one rater said of a case on a code or, with `verdict`, on a proposition."""
    statement = ONE_VERDICT if verdict else ONE_GRADE
    row = connection.execute(statement, (case, about, coder, settled)).fetchone()
    if row is None:
        return None
    return _judgement(row, _evidence(connection, JUDGEMENT_EVIDENCE).get(row[0], ()))


def insert_judgement(connection: sqlite3.Connection, one: Judgement) -> JudgementId:
    """Add a judgement (its `id` is ignored) with its evidence; return the id."""
    cursor = connection.execute(
        INSERT_JUDGEMENT,
        (
            one.guid, one.case, one.code, one.proposition, one.coder, one.settled, one.value,
            one.reason, one.created, one.modified,
        ),
    )  # fmt: skip
    made = JudgementId(int(cursor.lastrowid or 0))
    set_judgement_evidence(connection, made, one.evidence)
    return made


def update_judgement(connection: sqlite3.Connection, one: Judgement) -> None:
    """Write the value and the reason of a judgement; its evidence stays."""
    connection.execute(UPDATE_JUDGEMENT, (one.value, one.reason, one.modified, one.id))


def set_judgement_evidence(
    connection: sqlite3.Connection, judgement: JudgementId, evidence: Sequence[Evidence]
) -> None:
    """Let a judgement rest on these codings, in this order, and no others."""
    _set_evidence(connection, CLEAR_JUDGEMENT, ADD_TO_JUDGEMENT, judgement, evidence)


def delete_judgement(connection: sqlite3.Connection, judgement: JudgementId) -> None:
    """Remove a grade or verdict."""
    connection.execute(DELETE_JUDGEMENT, (judgement,))


def unsettle(
    connection: sqlite3.Connection,
    case: CaseId,
    code: CodeId | None,
    proposition: PropositionId | None,
) -> None:
    """Remove what was settled on, whoever wrote it down."""
    connection.execute(UNSETTLE, (case, code, proposition))


def move_grades(connection: sqlite3.Connection, old: CodeId, new: CodeId) -> None:
    """Give the grades on one code to another; where both have one, the other's stays."""
    connection.execute(MOVE_GRADES, (new, old))


# ------------------------------------------------------------------------------------- claims
def all_claims(connection: sqlite3.Connection) -> tuple[Claim, ...]:
    """Return every claim in the user's order."""
    found = _evidence(connection, CLAIM_EVIDENCE)
    return tuple(
        Claim(
            ClaimId(row[0]), Guid(row[1]), row[2], row[3], row[4], CoderId(row[5]), row[6], row[7],
            found.get(row[0], ()), row[8],
        )
        for row in connection.execute(ALL_CLAIMS)
    )  # fmt: skip


def insert_claim(connection: sqlite3.Connection, one: Claim) -> ClaimId:
    """Add a claim (its `id` is ignored) with its evidence; return the id."""
    cursor = connection.execute(
        INSERT_CLAIM,
        (
            one.guid, one.text, one.note, one.position, one.coder, one.created, one.modified,
            one.status,
        ),
    )  # fmt: skip
    made = ClaimId(int(cursor.lastrowid or 0))
    set_claim_evidence(connection, made, one.evidence)
    return made


def update_claim(connection: sqlite3.Connection, one: Claim) -> None:
    """Write what a claim says now; its evidence stays."""
    connection.execute(
        UPDATE_CLAIM, (one.text, one.note, one.position, one.modified, one.status, one.id)
    )


def set_claim_evidence(
    connection: sqlite3.Connection, claim: ClaimId, evidence: Sequence[Evidence]
) -> None:
    """Let a claim rest on these codings, in this order, and no others."""
    _set_evidence(connection, CLEAR_CLAIM, ADD_TO_CLAIM, claim, evidence)


def delete_claim(connection: sqlite3.Connection, claim: ClaimId) -> None:
    """Remove a claim."""
    connection.execute(DELETE_CLAIM, (claim,))


# --------------------------------------------------------------------------------------- rows
def _judgement(row: tuple[object, ...], evidence: tuple[Evidence, ...]) -> Judgement:
    return Judgement(*row[:6], bool(row[6]), *row[7:], evidence)  # pyright: ignore[reportArgumentType, reportCallIssue] - STRICT columns in order


def _evidence(connection: sqlite3.Connection, statement: str) -> Mapping[int, tuple[Evidence, ...]]:
    found: dict[int, tuple[Evidence, ...]] = {}
    rows: Iterable[tuple[int, int, Side]] = connection.execute(statement)
    for owner, coding, side in rows:
        found[owner] = (*found.get(owner, ()), Evidence(CodingId(coding), side))
    return found


def _set_evidence(
    connection: sqlite3.Connection,
    clear: str,
    add: str,
    owner: int,
    evidence: Sequence[Evidence],
) -> None:
    connection.execute(clear, (owner,))
    once = {one.coding: one for one in evidence}
    connection.executemany(
        add, [(owner, one.coding, one.side, place) for place, one in enumerate(once.values())]
    )


def _scale_text(scale: Sequence[str]) -> str:
    return json.dumps(list(scale), ensure_ascii=False)


def _scale(text: str) -> tuple[str, ...]:
    """Read a scale; what a stranger's file says otherwise is none."""
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(content, list):
        return ()
    steps: list[object] = content  # pyright: ignore[reportUnknownVariableType]
    return tuple(one for one in steps if isinstance(one, str))
