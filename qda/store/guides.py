"""Queries on interview guides, on what turns ask of them and on what is answered."""

import sqlite3
from collections.abc import Iterable, Mapping

from qda.model.guides import (
    AskedByHand,
    AskedInTurn,
    Guide,
    GuideLine,
    Question,
    QuestionCode,
    TurnQuestions,
    TurnRole,
)
from qda.model.ids import (
    CodeId,
    CoderId,
    DocumentId,
    Guid,
    GuideId,
    QuestionId,
    TurnId,
    new_guid,
)

ALL = "SELECT id, guid, name, file_name, created FROM guide ORDER BY id"
LINES = (
    "SELECT id, guid, guide_id, kind, number, text, position FROM guide_question"
    " ORDER BY guide_id, position, id"
)
INSERT = "INSERT INTO guide (guid, name, file_name, created) VALUES (?, ?, ?, ?)"
INSERT_LINE = (
    "INSERT INTO guide_question (guid, guide_id, kind, number, text, position)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
RENAME = "UPDATE guide SET name = ? WHERE id = ?"
REWORD = "UPDATE guide_question SET number = ?, text = ? WHERE id = ?"
PLACE = "UPDATE guide_question SET number = ?, position = ? WHERE id = ?"
DELETE_LINE = "DELETE FROM guide_question WHERE id = ?"
DELETE = "DELETE FROM guide WHERE id = ?"
CODES = "SELECT question_id, code_id FROM question_code ORDER BY id"
LINK = "INSERT OR IGNORE INTO question_code (question_id, code_id) VALUES (?, ?)"
UNLINK = "DELETE FROM question_code WHERE question_id = ? AND code_id = ?"
MOVE_CODE = "UPDATE OR IGNORE question_code SET code_id = ? WHERE code_id = ?"
MATCHED = "SELECT document_id, guide_id FROM guide_document"
SET_MATCHED = (
    "INSERT INTO guide_document (guide_id, document_id, matched) VALUES (?, ?, ?)"
    " ON CONFLICT (document_id) DO UPDATE SET guide_id = excluded.guide_id,"
    " matched = excluded.matched"
)
TURN_QUESTIONS = (
    "SELECT turn_id, question_id, role, by_hand, score, words FROM turn_question"
    " ORDER BY turn_id, place"
)
OF_DOCUMENT = (
    "SELECT turn_id, question_id, role, by_hand, score, words FROM turn_question"
    " WHERE turn_id IN (SELECT id FROM turn WHERE document_id = ?) ORDER BY turn_id, place"
)
SET_TURN = (
    "INSERT INTO turn_question (turn_id, place, question_id, role, by_hand, score, words)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (turn_id, place) DO UPDATE SET"
    " question_id = excluded.question_id, role = excluded.role, by_hand = excluded.by_hand,"
    " score = excluded.score, words = excluded.words"
)
CLEAR_FURTHER = "DELETE FROM turn_question WHERE turn_id = ? AND place >= ?"
CLEAR_TURN = "DELETE FROM turn_question WHERE turn_id = ?"
ASKED_IN_TURNS = (
    "SELECT DISTINCT turn_question.question_id, turn.document_id FROM turn_question"
    " JOIN turn ON turn.id = turn_question.turn_id"
    " WHERE turn_question.role = 'question' AND turn.interviewer = 1"
)
ASKED_BY_HAND = "SELECT question_id, document_id, asked FROM question_asked"
SET_ASKED = (
    "INSERT INTO question_asked (question_id, document_id, asked, coder_id) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (question_id, document_id) DO UPDATE SET asked = excluded.asked,"
    " coder_id = excluded.coder_id"
)
CLEAR_ASKED = "DELETE FROM question_asked WHERE question_id = ? AND document_id = ?"
INTERVIEWS = "SELECT DISTINCT document_id FROM turn WHERE interviewer = 1 ORDER BY document_id"

Asked = tuple[QuestionId, DocumentId]
TurnRow = tuple[TurnId, QuestionId | None, TurnRole, int, int, str]
GuideRow = tuple[GuideId, Guid, str, str, str]


def all_guides(connection: sqlite3.Connection) -> tuple[Guide, ...]:
    """Return every guide with its lines, in the order they were imported."""
    lines: dict[GuideId, list[Question]] = {}
    for row in connection.execute(LINES):
        lines.setdefault(GuideId(row[2]), []).append(Question(*row))
    rows: Iterable[GuideRow] = connection.execute(ALL)
    return tuple(Guide(*row, lines=tuple(lines.get(row[0], ()))) for row in rows)


def insert(
    connection: sqlite3.Connection,
    name: str,
    file_name: str,
    created: str,
    lines: Iterable[GuideLine],
) -> GuideId:
    """Add a guide with its lines; notes are not kept."""
    made = connection.execute(INSERT, (new_guid(), name, file_name, created)).lastrowid
    guide = GuideId(int(made or 0))
    kept = [one for one in lines if one.kind != "note"]
    connection.executemany(
        INSERT_LINE,
        [
            (new_guid(), guide, one.kind, one.number, one.text, place)
            for place, one in enumerate(kept)
        ],
    )
    return guide


def rename(connection: sqlite3.Connection, guide: GuideId, name: str) -> None:
    """Give a guide another name."""
    connection.execute(RENAME, (name, guide))


def reword(connection: sqlite3.Connection, question: QuestionId, number: str, text: str) -> None:
    """Give a line another number and other words."""
    connection.execute(REWORD, (number, text, question))


def add_line(
    connection: sqlite3.Connection, guide: GuideId, line: GuideLine, position: int
) -> QuestionId:
    """Add a line at a place that `place_lines` has left free."""
    values = (new_guid(), guide, line.kind, line.number, line.text, position)
    return QuestionId(int(connection.execute(INSERT_LINE, values).lastrowid or 0))


def place_lines(
    connection: sqlite3.Connection, lines: Iterable[tuple[QuestionId, str, int]]
) -> None:
    """Give lines other numbers and places in their guide, each as its id, number, place."""
    connection.executemany(PLACE, [(number, place, one) for one, number, place in lines])


def delete_lines(connection: sqlite3.Connection, lines: Iterable[QuestionId]) -> None:
    """Remove lines of a guide, and what turns ask of them."""
    connection.executemany(DELETE_LINE, [(one,) for one in lines])


def delete(connection: sqlite3.Connection, guide: GuideId) -> None:
    """Remove a guide and what turns ask of it."""
    connection.execute(DELETE, (guide,))


# ------------------------------------------------------------------------------------- codes
def code_links(connection: sqlite3.Connection) -> tuple[QuestionCode, ...]:
    """Return which questions are about which codes."""
    return tuple(QuestionCode(*row) for row in connection.execute(CODES))


def link_codes(
    connection: sqlite3.Connection, question: QuestionId, codes: Iterable[CodeId]
) -> None:
    """Say that a question is about codes; what it is about already stays."""
    connection.executemany(LINK, [(question, one) for one in codes])


def unlink_codes(
    connection: sqlite3.Connection, question: QuestionId, codes: Iterable[CodeId]
) -> None:
    """Say that a question is not about codes."""
    connection.executemany(UNLINK, [(question, one) for one in codes])


def move_code(connection: sqlite3.Connection, old: CodeId, new: CodeId) -> None:
    """Give the questions about one code to another."""
    connection.execute(MOVE_CODE, (new, old))


# ------------------------------------------------------------------------------------- turns
def matched_documents(connection: sqlite3.Connection) -> Mapping[DocumentId, GuideId]:
    """Return by which guide each document was gone through."""
    return dict(connection.execute(MATCHED))


def set_matched(
    connection: sqlite3.Connection, guide: GuideId, documents: Iterable[DocumentId], at: str
) -> None:
    """Keep that documents were gone through by a guide."""
    connection.executemany(SET_MATCHED, [(guide, one, at) for one in documents])


def of_document(
    connection: sqlite3.Connection, document: DocumentId
) -> Mapping[TurnId, TurnQuestions]:
    """Return what the turns of a document ask, by turn."""
    return _by_turn(connection.execute(OF_DOCUMENT, (document,)))


def of_all_turns(connection: sqlite3.Connection) -> Mapping[TurnId, TurnQuestions]:
    """Return what turns ask, in all documents, by turn."""
    return _by_turn(connection.execute(TURN_QUESTIONS))


def _by_turn(rows: Iterable[TurnRow]) -> Mapping[TurnId, TurnQuestions]:
    """Return what turns ask, from their rows in order; a question goes before none."""
    of_turn: dict[TurnId, list[TurnRow]] = {}
    for row in rows:
        of_turn.setdefault(row[0], []).append(row)
    found: dict[TurnId, TurnQuestions] = {}
    for turn, some in of_turn.items():
        asked = {
            row[1]: AskedInTurn(row[1], row[4], tuple(row[5].split()))
            for row in reversed(some)
            if row[1] is not None
        }
        found[turn] = TurnQuestions(
            turn,
            "question" if asked else some[0][2],
            any(row[3] for row in some),
            tuple(reversed(asked.values())),
        )
    return found


def set_turns(connection: sqlite3.Connection, rows: Iterable[TurnQuestions]) -> None:
    """Write what turns ask, in the place of what was said of them before."""
    for one in rows:
        written = [
            (place, each.question, each.score, " ".join(each.words))
            for place, each in enumerate(one.asked)
        ] or [(0, None, 0, "")]
        connection.execute(CLEAR_FURTHER, (one.turn, len(written)))
        connection.executemany(
            SET_TURN,
            [
                (one.turn, place, question, one.role, int(one.by_hand), score, words)
                for place, question, score, words in written
            ],
        )


def clear_turns(connection: sqlite3.Connection, turns: Iterable[TurnId]) -> None:
    """Say nothing of turns any more."""
    connection.executemany(CLEAR_TURN, [(one,) for one in turns])


# ------------------------------------------------------------------------------------- asked
def asked(connection: sqlite3.Connection) -> frozenset[Asked]:
    """Return which question was asked in which document: what people say wins over turns."""
    found: set[Asked] = set(connection.execute(ASKED_IN_TURNS))
    for one in asked_by_hand(connection):
        pair = (one.question, one.document)
        found = found | {pair} if one.asked else found - {pair}
    return frozenset(found)


def asked_by_hand(connection: sqlite3.Connection) -> tuple[AskedByHand, ...]:
    """Return what people say of questions in documents."""
    return tuple(
        AskedByHand(question, document, bool(was))
        for question, document, was in connection.execute(ASKED_BY_HAND)
    )


def set_asked(
    connection: sqlite3.Connection,
    question: QuestionId,
    document: DocumentId,
    coder: CoderId,
    *,
    asked: bool | None,
) -> None:
    """Say by hand whether a question was asked; None leaves it to the turns."""
    if asked is None:
        connection.execute(CLEAR_ASKED, (question, document))
    else:
        connection.execute(SET_ASKED, (question, document, int(asked), coder))


def interviews(connection: sqlite3.Connection) -> tuple[DocumentId, ...]:
    """Return the documents in which an interviewer speaks."""
    return tuple(DocumentId(one) for (one,) in connection.execute(INTERVIEWS))
