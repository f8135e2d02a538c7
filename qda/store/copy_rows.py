"""The rows of two copies of one project, made comparable: what they name, they name by GUID.

A row is identified by its GUID, one without by what it names; `RULES` says how for every table
that takes part in a merge, those first that others name.
"""

# ruff: noqa: S608 - the statements are put together from the names of the schema alone
import json
import re
import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from qda.store import schema

Cell = str | int | float | None
Key = str | tuple[object, ...]
"""What a row is told by in both copies: its GUID, or the cells that identify it."""
Row = tuple[object, ...]
"""A row without its id; where it names another row, that one's key stands."""
RawRows = dict[str, dict[int, tuple[Cell, ...]]]
"""For each table the rows by id, as they stand in the file, without the id."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How the rows of a table are compared.

    `key` are the columns that identify a row. `same` lists columns by which two rows are one
    thing though their GUIDs differ, `unique` what there may be once. `quiet` columns follow
    from others or from the order in which things came: they never make a conflict. Columns that
    stand `together` are taken together.
    """

    table: str
    key: tuple[str, ...] = ("guid",)
    same: tuple[tuple[str, ...], ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    quiet: frozenset[str] = frozenset()
    together: tuple[tuple[str, ...], ...] = ()
    adds_only: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of a row but for the id."""
        return COLUMNS[self.table]

    def place(self, column: str) -> int:
        """Return where in a row a column stands."""
        return COLUMNS[self.table].index(column)


COLUMNS: Mapping[str, tuple[str, ...]] = {
    table: tuple(one for one in columns if one != "id") for table, columns in schema.LOGGED.items()
}
_QUIET = frozenset({"position", "created", "modified"})


def _named(table: str, *unique: str, quiet: frozenset[str] = _QUIET) -> Rule:
    """Return the rule of a table whose rows are the same where these columns are."""
    return Rule(table, same=(unique,), unique=(unique,), quiet=quiet)


def _linking(table: str, *key: str, quiet: frozenset[str] = _QUIET) -> Rule:
    """Return the rule of a table without GUIDs."""
    return Rule(table, key=key, quiet=quiet)


RULES: tuple[Rule, ...] = (
    _named("coder", "name", quiet=_QUIET | {"color"}),
    _named("participant", "name"),
    _named("case", "name"),
    Rule(
        "document",
        unique=(("name",),),
        quiet=_QUIET | {"file_name", "file_type", "encoding", "file_hash"},
        together=(("text_hash", "characters", "words"),),
    ),
    _linking("source_note", "document_id", "kind", "author", "text"),
    Rule(
        "turn",
        key=("document_id", "label_start"),
        quiet=frozenset({"number"}),
        together=(("start", "end"), ("participant_id", "interviewer")),
    ),
    _named("code", "parent_id", "name"),
    _named("variable", "subject", "name"),
    Rule(
        "value",
        key=("variable_id", "subject_id", "period"),
        together=(("text", "number"),),
    ),
    _linking("document_case", "document_id", "case_id"),
    _linking("participant_case", "participant_id", "case_id"),
    Rule(
        "coding",
        same=(("document_id", "code_id", "coder_id", "start", "end"),),
        quiet=_QUIET,
        together=(("start", "end", "quote"),),
    ),
    _linking("coding_case", "coding_id", "case_id"),
    Rule("memo", quiet=_QUIET, together=(("on", "target_id"),)),
    _named("code_set", "name"),
    _linking("code_set_member", "code_set_id", "code_id"),
    _linking("code_exchange", "code_id", quiet=frozenset({"codable", "color", "given"})),
    _linking("coding_selection", "coding_id", quiet=frozenset({"guid"})),
    Rule("carried_part", key=("part", "guid"), quiet=frozenset({"name", "xml", "text_hash"})),
    _linking("carried_file", "carried_part_id", "name", quiet=frozenset({"file_hash"})),
    Rule("memo_link", quiet=_QUIET),
    Rule("memo_version", adds_only=True),
    Rule("text_version", same=(("document_id", "number"),), adds_only=True),
    Rule("recording", same=(("document_id", "path"),)),
    _named("proposition", "name"),
    Rule(
        "framework_cell",
        same=(("subject", "subject_id", "code_id"),),
        unique=(("subject", "subject_id", "code_id"),),
        quiet=_QUIET | {"seen", "coder_id"},
    ),
    _linking("framework_evidence", "cell_id", "coding_id"),
    Rule(
        "judgement",
        same=(("case_id", "code_id", "proposition_id", "coder_id", "settled"),),
        unique=(("case_id", "code_id", "proposition_id", "coder_id", "settled"),),
        quiet=_QUIET,
    ),
    _linking("judgement_evidence", "judgement_id", "coding_id"),
    Rule("claim", quiet=_QUIET | {"coder_id"}),
    _linking("claim_evidence", "claim_id", "coding_id"),
    Rule("settlement", quiet=_QUIET | {"seen", "coder_id"}),
    _linking("settlement_coding", "settlement_id", "coding_id"),
    Rule(
        "suggestion_decision",
        same=(("document_id", "code_id", "coder_id", "start", "end", "engine"),),
        quiet=frozenset({"at", "coding_id"}),
        together=(("start", "end"),),
    ),
    _named("guide", "name"),
    Rule("guide_question", same=(("guide_id", "kind", "text"),), quiet=_QUIET),
    _linking("question_code", "question_id", "code_id"),
    _linking("guide_document", "document_id", quiet=frozenset({"matched"})),
    Rule(
        "turn_question",
        key=("turn_id", "place"),
        together=(("question_id", "role", "by_hand", "score", "words"),),
    ),
    _linking("question_asked", "question_id", "document_id", quiet=frozenset({"coder_id"})),
    _named("recipe", "name"),
    _named("saved_query", "name"),
    _named("saved_search", "name"),
    Rule("quote_use", same=(("document_id", "text", "manuscript", "place"),)),
    _named("picked_quote", "coding_id"),
    _named("banding", "name"),
    _named("group_kind", "name"),
    _named("case_group", "kind_id", "name"),
    _named("membership", "case_id", "group_id", "since"),
    _named("succession", "old_case_id", "new_case_id"),
    Rule("score_sheet", same=(("name",),), unique=(("name",),), together=(("low", "high"),)),
    _named("score_item", "sheet_id", "name"),
    _named("score_file", "sheet_id", "case_id", "name"),
    _linking("score", "file_id", "item_id", "rater"),
    Rule("name_decision", same=(("kind", "name"),), quiet=frozenset({"places"})),
    Rule("codebook_version", adds_only=True),
    Rule("import_report", adds_only=True),
)  # fmt: skip
"""Every table that takes part, what others name before them."""

RULE: Mapping[str, Rule] = {rule.table: rule for rule in RULES}
SEEING = frozenset({"framework_cell", "settlement"})
"""Tables with a column `seen`, a list of codings by their ids with their spans."""
LEFT_ALONE = frozenset({"project", "quote_style", "pseudonymising"})
"""Tables that say something of one copy alone."""

_TABLE = re.compile(r'CREATE TABLE "?(\w+)"?')
_REFERENCE = re.compile(r'^ *"?(\w+)"? INTEGER[^,]*? REFERENCES "?(\w+)"?\(id\)(.*)$', re.MULTILINE)
_FOUND = tuple(
    (table[1], column, named, rest)
    for statement in schema.CURRENT
    if (table := _TABLE.match(statement)) is not None
    for column, named, rest in _REFERENCE.findall(statement)
)
REFERENCES: Mapping[str, Mapping[str, str]] = {
    table: {column: named for one, column, named, _rest in _FOUND if one == table}
    for table, _column, _named, _rest in _FOUND
}
"""For each table which columns name a row of which table."""
EMPTIED = frozenset((table, column) for table, column, _named, rest in _FOUND if "SET NULL" in rest)
"""Columns that are emptied when what they name goes; other rows go with it."""


def named_table(table: str, column: str, cells: Mapping[str, object], raw: RawRows) -> str:
    """Return the table that a column of a row names a row of, empty where it names none."""
    if (table, column) == ("memo", "target_id"):
        return "" if cells["on"] == "project" else str(cells["on"])
    if (table, column) == ("framework_cell", "subject_id"):
        return str(cells["subject"])
    if (table, column) == ("value", "subject_id"):
        variable = raw["variable"].get(cells["variable_id"])  # pyright: ignore[reportArgumentType] - an id
        return "" if variable is None else str(variable[RULE["variable"].place("subject")])
    return REFERENCES.get(table, {}).get(column, "")


POINTING: Mapping[str, tuple[str, ...]] = {
    rule.table: tuple(
        column
        for column in rule.columns
        if column in REFERENCES.get(rule.table, {})
        or (rule.table, column)
        in (("memo", "target_id"), ("framework_cell", "subject_id"), ("value", "subject_id"))
    )
    for rule in RULES
}
"""For each table the columns that name other rows."""


@contextmanager
def one_state(connection: sqlite3.Connection) -> Generator[None]:
    """Read everything as it is at one moment, whatever somebody else writes meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def read_raw(connection: sqlite3.Connection) -> RawRows:
    """Return every row that takes part in a merge, as it stands in the file."""
    found: RawRows = {}
    for rule in RULES:
        names = ", ".join(f'"{one}"' for one in rule.columns)
        found[rule.table] = {
            row[0]: row[1:]
            for row in connection.execute(f'SELECT id, {names} FROM "{rule.table}" ORDER BY id')
        }
    return found


@dataclass(slots=True)
class Keyed:
    """The rows of one copy by their keys, and the id that each has in its file."""

    rows: dict[str, dict[Key, Row]] = field(default_factory=dict[str, dict[Key, Row]])
    ids: dict[str, dict[Key, int]] = field(default_factory=dict[str, dict[Key, int]])
    keys: dict[str, dict[int, Key]] = field(default_factory=dict[str, dict[int, Key]])
    matched: dict[str, dict[str, Key]] = field(default_factory=dict[str, dict[str, Key]])
    """The keys of rows that are ours under another GUID, by that of the copy."""


def keyed(
    raw: RawRows,
    ours: Keyed | None = None,
    known: Mapping[str, Mapping[str, Key]] | None = None,
    step: Callable[[], None] = lambda: None,
) -> Keyed:
    """Return rows with keys for ids.

    What `known` has for the GUID of a row is its key; else rows of a copy get the keys of `ours`
    where they are the same thing.
    """
    found = Keyed()
    for rule in RULES:
        step()
        _take_table(rule, raw, found, ours, (known or {}).get(rule.table, {}))
    return found


def _take_table(
    rule: Rule,
    raw: RawRows,
    found: Keyed,
    ours: Keyed | None,
    known: Mapping[str, Key],
) -> None:
    table = rule.table
    rows = found.rows[table] = dict[Key, Row]()
    ids = found.ids[table] = dict[Key, int]()
    keys = found.keys[table] = dict[int, Key]()
    found.matched[table] = {}
    twins = None
    for number in _order(rule, raw[table]):
        row = _translated(rule, raw[table][number], raw, found)
        if row is None:
            continue
        key = _key(rule, row, rows)
        if rule.key == ("guid",):
            guid = str(key)
            if guid in known:
                key = known[guid]
            elif ours is not None and rule.same and key not in ours.rows[table]:
                if twins is None:
                    twins = _twins(rule, raw[table].values(), ours)
                key = _twin(row, twins, rows) or key
            if key != guid:
                found.matched[table][guid] = key
        if key in rows:
            continue
        rows[key], ids[key], keys[number] = row, number, key


def _order(rule: Rule, rows: Mapping[int, tuple[Cell, ...]]) -> Iterable[int]:
    """Return ids in an order in which those above come before those below."""
    if rule.table != "code":
        return rows
    above = rule.place("parent_id")
    ordered: dict[int, None] = {}
    for number in rows:
        way: list[int] = []
        at: Cell = number
        while isinstance(at, int) and at in rows and at not in ordered and at not in way:
            way.append(at)
            at = rows[at][above]
        ordered.update(dict.fromkeys(reversed(way)))
    return ordered


def _translated(rule: Rule, cells: tuple[Cell, ...], raw: RawRows, found: Keyed) -> Row | None:
    """Return a row with keys for ids; None where it names what is not there."""
    pointing = POINTING[rule.table]
    if not pointing:
        return cells
    by_name = dict(zip(rule.columns, cells, strict=True))
    row: list[object] = list(cells)
    for column in pointing:
        cell = by_name[column]
        named = named_table(rule.table, column, by_name, raw)
        if cell is None or not named:
            continue
        key = found.keys.get(named, {}).get(int(cell))
        if key is None and (rule.table, column) not in EMPTIED:
            return None
        row[rule.place(column)] = key
    if rule.table in SEEING:
        place = rule.place("seen")
        row[place] = _seen(row[place], found.keys["coding"])
    return tuple(row)


def _seen(text: object, codings: Mapping[int, Key]) -> tuple[tuple[Key, int, int], ...]:
    """Return the codings that the writer of a cell saw, with their spans, by their keys."""
    try:
        content: object = json.loads(str(text))
    except (ValueError, RecursionError):
        return ()
    parts = cast("list[object]", content) if isinstance(content, list) else []
    found: list[tuple[Key, int, int]] = []
    for part in parts:
        match part:
            case [int(coding), int(start), int(end)] if coding in codings:
                found.append((codings[coding], start, end))
            case _:
                continue
    return tuple(found)


def _key(rule: Rule, row: Row, rows: Mapping[Key, Row]) -> Key:
    if rule.key == ("guid",):
        return str(row[rule.place("guid")])
    key = tuple(row[rule.place(one)] for one in rule.key)
    if rule.table not in ("turn", "source_note"):
        return key
    number = 0
    while (*key, number) in rows:
        number += 1
    return (*key, number)


_Twins = list[tuple[tuple[int, ...], dict[tuple[object, ...], Key]]]


def _twins(rule: Rule, theirs: Iterable[tuple[Cell, ...]], ours: Keyed) -> _Twins:
    """Return our rows that the other copy has not by their GUID, by what makes them the same."""
    guid = rule.place("guid")
    there = {row[guid] for row in theirs}
    found: _Twins = []
    for columns in rule.same:
        places = tuple(rule.place(one) for one in columns)
        rows = {
            tuple(row[place] for place in places): key
            for key, row in ours.rows[rule.table].items()
            if key not in there
        }
        found.append((places, rows))
    return found


def _twin(row: Row, twins: _Twins, taken: Mapping[Key, Row]) -> Key | None:
    for places, rows in twins:
        key = rows.get(tuple(row[place] for place in places))
        if key is not None and key not in taken:
            return key
    return None


def raw_row(
    table: str, row: Row, named: Mapping[str, str], ids: Mapping[str, Mapping[Key, int]]
) -> tuple[Cell, ...]:
    """Return a row with ids for keys; `named` says which table a column names a row of."""
    cells: list[object] = list(row)
    for column, target in named.items():
        place = COLUMNS[table].index(column)
        if cells[place] is not None:
            cells[place] = ids[target][cast("Key", cells[place])]
    if table in SEEING:
        place = RULE[table].place("seen")
        seen = cast("tuple[tuple[Key, int, int], ...]", cells[place])
        codings = ids["coding"]
        kept = [[codings[key], start, end] for key, start, end in seen if key in codings]
        cells[place] = json.dumps(kept, separators=(",", ":"))
    return cast("tuple[Cell, ...]", tuple(cells))


def named_by(table: str, row: Row, rows: Mapping[str, Mapping[Key, Row]]) -> dict[str, str]:
    """Return for each column of a row that names another the table of that one."""
    found: dict[str, str] = {}
    for column in POINTING[table]:
        named = REFERENCES.get(table, {}).get(column, "")
        if not named:
            rule = RULE[table]
            if table == "memo":
                named = str(row[rule.place("on")])
            elif table == "framework_cell":
                named = str(row[rule.place("subject")])
            else:
                variable = rows["variable"].get(cast("Key", row[rule.place("variable_id")]))
                named = "" if variable is None else str(variable[RULE["variable"].place("subject")])
        if named and named != "project":
            found[column] = named
    return found


def texts_in(text: str) -> list[str]:
    """Return the texts of a JSON list; a file from a stranger may say anything there."""
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return []
    parts = cast("list[object]", content) if isinstance(content, list) else []
    return [one for one in parts if isinstance(one, str)]
