"""Checks of a project's rows, each with what mends it: what `qda.store.doctor` goes through.

Nothing that a person made is dropped in silence: what has lost its place becomes a memo.
"""

# ruff: noqa: S608 - the statements are put together from the constants of this module alone
import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from qda.model.ids import new_guid
from qda.model.messages import Message, counted
from qda.store import (
    admission,
    codebook_versions,
    groups,
    history,
    import_reports,
    schema,
    scores,
    shifts,
    text_checks,
    text_versions,
)
from qda.store.schema import LOGGED
from qda.text.normalise import text_hash

LOST_CODINGS = """
SELECT coding.id, 'project', 0, quote, memo FROM coding
WHERE document_id NOT IN (SELECT id FROM document)"""
DEFAULT_COLOR = "#47637a"


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of fault: how many there are, how they are told, how they are mended."""

    code: str
    count: Callable[[sqlite3.Connection], int]
    say: Callable[[int], Message]
    mend: Callable[[sqlite3.Connection], None] | None
    for_good: bool = False
    """Whether undoing would make the project unsafe again."""


def _counting(*statements: str) -> Callable[[sqlite3.Connection], int]:
    def count(connection: sqlite3.Connection) -> int:
        return sum(int(connection.execute(one).fetchone()[0]) for one in statements)

    return count


def _running(*statements: str) -> Callable[[sqlite3.Connection], None]:
    def run(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return run


# ------------------------------------------------------------------------- rows without others
_REFERENCE = re.compile(
    r'^ *"?(\w+)"? INTEGER(?: NOT NULL)?(?: UNIQUE)? REFERENCES "?(\w+)"?\(id\)(.*)$', re.MULTILINE
)
_TABLE = re.compile(r'CREATE TABLE "?(\w+)"?')


def _references(emptied: bool) -> tuple[tuple[str, str, str], ...]:  # noqa: FBT001
    """Return table, column and named table of the keys that came with version 1.1.

    A key that may be `emptied` is one that deleting sets to NULL.
    """
    return tuple(
        (table[1], column, named)
        for statement in schema.M002
        if (table := _TABLE.match(statement)) is not None
        for column, named, rest in _REFERENCE.findall(statement)
        if named != "coder" and ("SET NULL" in rest) == emptied
    )


ORPHAN_ROWS: tuple[tuple[str, str, str], ...] = (
    ("turn", "document_id", "document"),
    ("source_note", "document_id", "document"),
    ("document_case", "document_id", "document"),
    ("document_case", "case_id", "case"),
    ("participant_case", "participant_id", "participant"),
    ("participant_case", "case_id", "case"),
    ("coding_case", "coding_id", "coding"),
    ("coding_case", "case_id", "case"),
    ("value", "variable_id", "variable"),
    ("history_row", "step_id", "history_step"),
    *_references(emptied=False),
)
"""Rows that say nothing without the row they name: removed, in an undo step."""
EMPTIED: tuple[tuple[str, str, str], ...] = (
    ("turn", "participant_id", "participant"),
    ("code", "parent_id", "code"),
    *_references(emptied=True),
)
"""Columns that may be empty: emptied."""


def _missing(table: str, column: str, named: str) -> str:
    # NULL names nothing; but where the named table is empty, NULL is "not in" it.
    return (
        f'FROM "{table}" WHERE "{column}" IS NOT NULL'
        f' AND "{column}" NOT IN (SELECT id FROM "{named}")'
    )


MISSING_FILE = (
    "FROM document WHERE file_hash IS NOT NULL AND file_hash NOT IN (SELECT hash FROM source_file)"
)
MISSING_CARRIED = "FROM carried_file WHERE file_hash NOT IN (SELECT hash FROM source_file)"
MISSING_TEXT = "FROM document WHERE text_hash NOT IN (SELECT hash FROM text_body)"
TO_CODER = tuple(
    (table, column)
    for table, columns in LOGGED.items()
    for column in columns
    if column.endswith("coder_id")
)
COUNT_LOST = (
    *(f"SELECT count(*) {_missing(*one)}" for one in (*ORPHAN_ROWS, *EMPTIED)),
    f"SELECT count(*) {MISSING_FILE}",
    f"SELECT count(*) {MISSING_TEXT}",
    f"SELECT count(*) {MISSING_CARRIED}",
    *(f"SELECT count(*) {_missing(table, column, 'coder')}" for table, column in TO_CODER),
    f"SELECT count(*) {_missing('coding', 'document_id', 'document')}",
    f"SELECT count(*) {_missing('coding', 'code_id', 'code')}",
)


def _mend_lost(connection: sqlite3.Connection) -> None:
    if not connection.execute("SELECT 1 FROM coder").fetchone():
        connection.execute(
            "INSERT INTO coder (guid, name, color) VALUES (?, '?', ?)", (new_guid(), DEFAULT_COLOR)
        )
    for table, column in TO_CODER:
        connection.execute(
            f"UPDATE {table} SET {column} = (SELECT min(id) FROM coder)"
            f" WHERE {column} NOT IN (SELECT id FROM coder)"
        )
    for coding, on, target, quote, memo in connection.execute(LOST_CODINGS).fetchall():
        kept = text_checks.keep_memo(connection, on, target, quote, memo)
        for statement in text_checks.TO_THE_KEPT_MEMO:
            connection.execute(statement, (kept, coding))
        connection.execute("DELETE FROM coding WHERE id = ?", (coding,))
    if connection.execute(f"SELECT 1 {_missing('coding', 'code_id', 'code')}").fetchone():
        found = connection.execute(
            "INSERT INTO code (guid, parent_id, name, position, color, definition, include,"
            " exclude, example, keywords, scale, shortcut)"
            " VALUES (?, NULL, '?', (SELECT coalesce(max(position) + 1, 0) FROM code), ?,"
            " '', '', '', '', '[]', '[]', '')",
            (new_guid(), DEFAULT_COLOR),
        ).lastrowid
        connection.execute(
            "UPDATE coding SET code_id = ? WHERE code_id NOT IN (SELECT id FROM code)", (found,)
        )
    for table, column, named in EMPTIED:
        connection.execute(
            f'UPDATE "{table}" SET "{column}" = NULL'
            f' WHERE "{column}" NOT IN (SELECT id FROM "{named}")'
        )
    connection.execute(
        "UPDATE document SET file_hash = NULL WHERE file_hash NOT IN (SELECT hash FROM source_file)"
    )
    connection.execute(f"DELETE {MISSING_CARRIED}")
    if connection.execute(f"SELECT 1 {MISSING_TEXT}").fetchone():
        connection.execute("INSERT OR IGNORE INTO text_body VALUES (?, '')", (text_hash(""),))
        connection.execute(
            "UPDATE document SET text_hash = ? WHERE text_hash NOT IN (SELECT hash FROM text_body)",
            (text_hash(""),),
        )
    for one in ORPHAN_ROWS:
        connection.execute(f"DELETE {_missing(*one)}")


# ------------------------------------------------------------------------------- codes, history
def _in_cycles(connection: sqlite3.Connection) -> list[int]:
    """Return one code of each circle of codes that stand below one another."""
    above: dict[int, int | None] = dict(connection.execute("SELECT id, parent_id FROM code"))
    cut: list[int] = []
    settled: set[int] = set()
    for code in sorted(above):
        seen: set[int] = set()
        at: int | None = code
        while at is not None and at not in settled and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at is not None and at in seen:
            cut.append(at)
            above[at] = None
        settled |= seen
    return cut


def _mend_cycles(connection: sqlite3.Connection) -> None:
    for code in _in_cycles(connection):
        connection.execute("UPDATE code SET parent_id = NULL WHERE id = ?", (code,))


def _bad_lists(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    return [
        (code, column, text)
        for column in ("keywords", "scale")
        for code, text in connection.execute(f"SELECT id, {column} FROM code").fetchall()
        if not admission.is_list(text)
    ]


def _mend_lists(connection: sqlite3.Connection) -> None:
    for code, column, text in _bad_lists(connection):
        text_checks.keep_memo(connection, "code", code, text)
        connection.execute(f"UPDATE code SET {column} = '[]' WHERE id = ?", (code,))


def _bad_versions(connection: sqlite3.Connection) -> list[int]:
    return [
        version for version, content in codebook_versions.codebooks(connection) if content is None
    ]


def _mend_versions(connection: sqlite3.Connection) -> None:
    for version in _bad_versions(connection):
        connection.execute("DELETE FROM codebook_version WHERE id = ?", (version,))


def _bad_reports(connection: sqlite3.Connection) -> list[int]:
    return [report for report, content in import_reports.contents(connection) if content is None]


def _mend_reports(connection: sqlite3.Connection) -> None:
    for report in _bad_reports(connection):
        connection.execute("DELETE FROM import_report WHERE id = ?", (report,))


def _mend_text_versions(connection: sqlite3.Connection) -> None:
    for document, number in text_versions.unreadable(connection):
        text_versions.forget(connection, document, number)


def _bad_step(connection: sqlite3.Connection) -> int:
    """Return the newest step whose record cannot be replayed, 0 where all can."""
    worst = 0
    for step, entity, before, after in connection.execute(
        "SELECT step_id, entity, before, after FROM history_row"
    ):
        if step > worst and not _can_be_replayed(entity, before, after):
            worst = step
    return worst


def _can_be_replayed(table: str, before: str | None, after: str | None) -> bool:
    """Tell whether a logged row is whole, or says of a row that changed what it was and became.

    Many rows that moved together are logged as one shift.
    """
    columns = set(LOGGED.get(table, ()))
    old, new = _columns_of(before), _columns_of(after)
    if not columns or old is None or new is None:
        return False
    if before is None or after is None:
        return columns <= old | new
    if "shift" in old:
        return shifts.are_opposite(table, before, after)
    return old == new and "id" in old and (columns <= old or len(old & columns) > 1)


def _columns_of(image: str | None) -> set[str] | None:
    """Return the columns that an image of a row has; None for something else."""
    if image is None:
        return set()
    try:
        content: object = json.loads(image)
    except (ValueError, RecursionError):
        return None
    return set(content) if isinstance(content, dict) else None  # pyright: ignore[reportUnknownArgumentType]


def _mend_history(connection: sqlite3.Connection) -> None:
    bad = _bad_step(connection)
    connection.execute("DELETE FROM history_row WHERE step_id <= ?", (bad,))
    connection.execute("DELETE FROM history_step WHERE id <= ?", (bad,))


# ---------------------------------------------------------------------------------- subjects
SUBJECTS = ("document", "case", "participant", "code", "coding")
LOST_MEMOS = " OR ".join(
    f'("on" = \'{one}\' AND target_id NOT IN (SELECT id FROM "{one}"))' for one in SUBJECTS
)
LOST_VALUES = " OR ".join(
    f"(variable_id IN (SELECT id FROM variable WHERE subject = '{one}')"
    f' AND subject_id NOT IN (SELECT id FROM "{one}"))'
    for one in ("document", "case", "participant")
)
LOST_CELLS = " OR ".join(
    f"(subject = '{one}' AND subject_id NOT IN (SELECT id FROM \"{one}\"))"
    for one in ("case", "participant")
)
UNUSED_TEXTS = "SELECT count(*) FROM text_body WHERE " + history.UNUSED_TEXT
UNUSED_FILES = "SELECT count(*) FROM source_file WHERE " + history.UNUSED_FILE


def _mend_cells(connection: sqlite3.Connection) -> None:
    for cell, summary in connection.execute(
        f"SELECT id, summary FROM framework_cell WHERE {LOST_CELLS}"
    ).fetchall():
        if summary:
            text_checks.keep_memo(connection, "project", 0, summary)
        connection.execute("DELETE FROM framework_cell WHERE id = ?", (cell,))


def _mend_memberships(connection: sqlite3.Connection) -> None:
    """Take away what overlaps; a memo on the office keeps what was said."""
    for number in groups.overlapping(connection):
        case, *said = connection.execute(
            "SELECT case_id, group_kind.name, case_group.name, since, until FROM membership"
            " JOIN case_group ON case_group.id = group_id"
            " JOIN group_kind ON group_kind.id = kind_id WHERE membership.id = ?",
            (number,),
        ).fetchone()
        text_checks.keep_memo(connection, "case", case, "{}: {} ({} – {})".format(*said))
        groups.delete_membership(connection, number)
    groups.delete_unused(connection)


def _mend_scores(connection: sqlite3.Connection) -> None:
    for case, *said in scores.off_scale(connection):
        text_checks.keep_memo(connection, "case", case, "{}: {}, {} ({}) = {}".format(*said))
    scores.drop_off_scale(connection)


def _mend_successions(connection: sqlite3.Connection) -> None:
    for number in groups.circular(connection):
        case, *said = connection.execute(
            'SELECT old_case_id, "case".name, at FROM succession'
            ' JOIN "case" ON "case".id = new_case_id WHERE succession.id = ?',
            (number,),
        ).fetchone()
        text_checks.keep_memo(connection, "case", case, "→ {} ({})".format(*said))
        groups.delete_succession(connection, number)


CHECKS: tuple[Check, ...] = (
    Check(
        "orphan-rows",
        _counting(*COUNT_LOST),
        lambda n: counted(
            "{n} row names another that is not there.",
            "{n} rows name others that are not there.",
            n,
        ),
        _mend_lost,
        for_good=True,
    ),
    Check(
        "code-circle",
        lambda connection: len(_in_cycles(connection)),
        lambda n: counted("{n} code stands below itself.", "{n} codes stand below themselves.", n),
        _mend_cycles,
        for_good=True,
    ),
    Check(
        "code-lists",
        lambda connection: len(_bad_lists(connection)),
        lambda n: counted(
            "The keywords or the scale of {n} code cannot be read.",
            "The keywords or the scale of {n} codes cannot be read.",
            n,
        ),
        _mend_lists,
        for_good=True,
    ),
    Check(
        "quote",
        lambda connection: sum(1 for _ in text_checks.spans(connection, in_range=True)),
        lambda n: counted(
            "{n} coding has another quote than the text where it stands.",
            "{n} codings have other quotes than the text where they stand.",
            n,
        ),
        text_checks.mend_quotes,
    ),
    Check(
        "coding-outside",
        lambda connection: sum(1 for _ in text_checks.spans(connection, in_range=False)),
        lambda n: counted(
            "{n} coding stands outside its text; its quote is kept as a memo.",
            "{n} codings stand outside their texts; their quotes are kept as memos.",
            n,
        ),
        text_checks.mend_ranges,
    ),
    Check(
        "turn-outside",
        _counting(
            f"SELECT count(*) FROM {text_checks.TURNS_OUTSIDE}",
            f"SELECT count(*) FROM {text_checks.NOTES_OUTSIDE}",
        ),
        lambda n: counted(
            "{n} turn or note reaches outside its text.",
            "{n} turns or notes reach outside their texts.",
            n,
        ),
        text_checks.mend_bounds,
    ),
    Check(
        "counts",
        lambda connection: sum(1 for _ in text_checks.wrong_counts(connection)),
        lambda n: counted(
            "The characters or words of {n} document are miscounted.",
            "The characters or words of {n} documents are miscounted.",
            n,
        ),
        text_checks.mend_counts,
    ),
    Check(
        "orphan-values",
        _counting(f"SELECT count(*) FROM value WHERE {LOST_VALUES}"),
        lambda n: counted(
            "{n} value belongs to something that is gone.",
            "{n} values belong to something that is gone.",
            n,
        ),
        _running(f"DELETE FROM value WHERE {LOST_VALUES}"),
    ),
    Check(
        "orphan-cells",
        _counting(f"SELECT count(*) FROM framework_cell WHERE {LOST_CELLS}"),
        lambda n: counted(
            "{n} cell of the framework matrix is about something that is gone.",
            "{n} cells of the framework matrix are about something that is gone.",
            n,
        ),
        _mend_cells,
    ),
    Check(
        "orphan-memos",
        _counting(f"SELECT count(*) FROM memo WHERE {LOST_MEMOS}"),
        lambda n: counted(
            "{n} memo is on something that is gone; it is kept as a memo on the project.",
            "{n} memos are on something that is gone; they are kept as memos on the project.",
            n,
        ),
        _running(f"UPDATE memo SET \"on\" = 'project', target_id = 0 WHERE {LOST_MEMOS}"),
    ),
    Check(
        "memberships",
        lambda connection: len(groups.overlapping(connection)),
        lambda n: counted(
            "{n} membership overlaps another of the same kind; it is kept as a memo.",
            "{n} memberships overlap others of the same kind; they are kept as memos.",
            n,
        ),
        _mend_memberships,
    ),
    Check(
        "successions",
        lambda connection: len(groups.circular(connection)),
        lambda n: counted(
            "{n} merger or split makes an office follow itself; it is kept as a memo.",
            "{n} mergers or splits make offices follow themselves; they are kept as memos.",
            n,
        ),
        _mend_successions,
    ),
    Check(
        "scores",
        lambda connection: len(scores.off_scale(connection)),
        lambda n: counted(
            "{n} score lies outside the scale of its sheet; it is kept as a memo.",
            "{n} scores lie outside the scale of their sheet; they are kept as memos.",
            n,
        ),
        _mend_scores,
    ),
    Check(
        "codebook-versions",
        lambda connection: len(_bad_versions(connection)),
        lambda n: counted(
            "{n} version of the codebook cannot be read; it is of no use any more.",
            "{n} versions of the codebook cannot be read; they are of no use any more.",
            n,
        ),
        _mend_versions,
    ),
    Check(
        "import-reports",
        lambda connection: len(_bad_reports(connection)),
        lambda n: counted(
            "{n} report of an import cannot be read; it is of no use any more.",
            "{n} reports of imports cannot be read; they are of no use any more.",
            n,
        ),
        _mend_reports,
    ),
    Check(
        "text-versions",
        lambda connection: len(text_versions.unreadable(connection)),
        lambda n: counted(
            "{n} earlier text cannot be made out any more; that there was one is kept.",
            "{n} earlier texts cannot be made out any more; that there were some is kept.",
            n,
        ),
        _mend_text_versions,
    ),
    Check(
        "history",
        lambda connection: int(_bad_step(connection) > 0),
        lambda _n: Message(
            "The record of a step cannot be replayed; that step and those before it "
            "can no longer be undone."
        ),
        _mend_history,
        for_good=True,
    ),
    Check(
        "text-altered",
        text_checks.altered_texts,
        lambda n: counted(
            "{n} text is no longer what was imported; compare it with a backup.",
            "{n} texts are no longer what was imported; compare them with a backup.",
            n,
        ),
        None,
    ),
)
"""In the order in which they are mended: later ones rely on earlier ones."""
