"""Writing what two copies came to into our project, within an operation that runs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from qda.model.ids import DocumentId
from qda.operations.copy_aligning import Aligned, LostCoding
from qda.store import copy_rows, documents, row_writing, text_checks, text_versions
from qda.store.arrays import Connection
from qda.store.copy_rows import RULES, Cell, Key, Keyed, RawRows, Row, Rule, named_by, raw_row
from qda.text.edits import edits_between

NAMED_BY_OTHERS = frozenset(
    named for columns in copy_rows.REFERENCES.values() for named in columns.values()
)
"""Tables whose rows take others along when they go."""
TOGETHER = 2000
"""How many rows are added between two moments at which that can be cancelled."""
Ids = dict[str, dict[Key, int]]


@dataclass(slots=True)
class Writing:
    """What is to be written: rows that come, that change and that go."""

    added: dict[str, list[Key]] = field(default_factory=dict[str, list[Key]])
    changed: dict[str, list[tuple[Key, tuple[str, ...]]]] = field(
        default_factory=dict[str, list[tuple[Key, tuple[str, ...]]]]
    )
    removed: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    counts: tuple[Counter[str], Counter[str], Counter[str]] = field(
        default_factory=lambda: (Counter[str](), Counter[str](), Counter[str]())
    )
    """How many rows of each table come, change and go; what only moves with its text is no
    change."""

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not any((self.added, self.changed, self.removed))


def work_out(
    final: Mapping[str, Mapping[Key, Row]], ours: Keyed, raw: RawRows, aligned: Aligned
) -> Writing:
    """Find what has to be written; `raw` are our rows as they stand in the file."""
    found = Writing()
    added, updated, removed = found.counts
    for rule in RULES:
        table = rule.table
        rows, ids = final[table], ours.ids[table]
        new = [key for key in rows if key not in ids]
        changed = list(_changed(rule, rows, ours, raw[table], aligned.ours[table]))
        gone = [number for key, number in ids.items() if key not in rows]
        gone += [number for number in raw[table] if number not in aligned.ours[table]]
        if new:
            found.added[table] = new
            added[table] = len(new)
        if changed:
            found.changed[table] = changed
            mine = ours.rows[table]
            updated[table] = sum(rows[key] != mine[key] for key, _columns in changed)
        if gone:
            found.removed[table] = gone
            removed[table] = len(gone)
    return found


def _changed(
    rule: Rule,
    rows: Mapping[Key, Row],
    ours: Keyed,
    raw: Mapping[int, tuple[Cell, ...]],
    moved: Mapping[int, tuple[Cell, ...]],
) -> Iterator[tuple[Key, tuple[str, ...]]]:
    mine = ours.rows[rule.table]
    for key, number in ours.ids[rule.table].items():
        row = rows.get(key)
        if row is None or (row is mine[key] and moved[number] is raw[number]):
            continue
        columns = tuple(
            column
            for at, column in enumerate(rule.columns)
            if row[at] != mine[key][at] or moved[number][at] != raw[number][at]
        )
        if columns and columns != ("guid",):
            yield key, tuple(one for one in columns if one != "guid")


class Writer:
    """Write rows by their keys, those that others name first."""

    def __init__(
        self,
        connection: Connection,
        other: Connection,
        final: Mapping[str, Mapping[Key, Row]],
        ours: Keyed,
        step: Callable[[], None],
    ) -> None:
        """Take the connections of our project and of the copy."""
        self._connection, self._other = connection, other
        self._final = final
        self._step = step
        self._ids: Ids = {table: dict(ids) for table, ids in ours.ids.items()}

    def write(self, writing: Writing) -> None:
        """Write everything."""
        self._keep_texts(writing)
        for rule in reversed(RULES):
            self._step()
            gone = writing.removed.get(rule.table, ())
            if rule.table not in NAMED_BY_OTHERS:
                row_writing.delete(self._connection, rule.table, gone)
            elif gone and ("name",) in rule.unique:
                self._free_names(rule.table, gone)
        for rule in RULES:
            self._step()
            added = writing.added.get(rule.table, [])
            if rule.table == "code":
                # A code may move below one that is new; names of codes need not be free.
                self._insert(rule, added)
                added = []
            self._update(rule, writing.changed.get(rule.table, []))
            self._insert(rule, added)
        # What named them names something else by now, or it would go with them.
        for rule in reversed(RULES):
            if rule.table in NAMED_BY_OTHERS:
                gone = writing.removed.get(rule.table, ())
                row_writing.delete(self._connection, rule.table, gone)

    def _free_names(self, table: str, rows: Iterable[int]) -> None:
        """Take names off rows that are about to have another, or to go."""
        names = ((f"\u2063{number}", number) for number in rows)
        row_writing.update(self._connection, table, ("name",), names)

    def _keep_texts(self, writing: Writing) -> None:
        """Take over the texts and files that documents will name."""
        rule = copy_rows.RULE["document"]
        digest_at, file_at = rule.place("text_hash"), rule.place("file_hash")
        changed = writing.changed.get("document", [])
        new = [key for key, columns in changed if "text_hash" in columns]
        version = copy_rows.RULE["text_version"].place("document_id")
        versions = {
            self._final["text_version"][key][version]
            for key in writing.added.get("text_version", ())
        }
        for key in (*writing.added.get("document", ()), *new):
            digest = str(self._final["document"][key][digest_at])
            text = row_writing.text_of(self._other, digest)
            if text is None:
                continue
            row_writing.keep_text(self._connection, digest, text)
            if key in self._ids["document"] and key not in versions:
                self._keep_version(self._ids["document"][key], digest, text)
        files = {
            str(row[file_at])
            for key, row in self._final["document"].items()
            if row[file_at] is not None
            and (key not in self._ids["document"] or key in dict(changed))
        }
        carried = copy_rows.RULE["carried_file"].place("file_hash")
        files |= {
            str(self._final["carried_file"][key][carried])
            for key in writing.added.get("carried_file", ())
        }
        for digest in sorted(files):
            row_writing.copy_file(self._connection, self._other, digest)

    def _keep_version(self, document: int, digest: str, text: str) -> None:
        """Keep the text that a document had before it took theirs."""
        number = DocumentId(document)
        before = documents.text(self._connection, number)
        text_versions.keep(self._connection, number, digest, edits_between(text, before))

    def _raw(self, rule: Rule, key: Key) -> tuple[Cell, ...]:
        row = self._final[rule.table][key]
        return raw_row(rule.table, row, named_by(rule.table, row, self._final), self._ids)

    def _insert(self, rule: Rule, keys: list[Key]) -> None:
        if not keys:
            return
        ids = self._ids[rule.table]
        if rule.table == "code":
            # Ids are needed before the rows are there: codes stand below one another.
            first = row_writing.next_id(self._connection, rule.table)
            ids.update({key: number for number, key in enumerate(keys, start=first)})
        for begin in range(0, len(keys), TOGETHER):
            self._step()
            some = keys[begin : begin + TOGETHER]
            first = row_writing.insert(
                self._connection, rule.table, [self._raw(rule, key) for key in some]
            )
            ids.update({key: number for number, key in enumerate(some, start=first)})

    def _update(self, rule: Rule, changed: list[tuple[Key, tuple[str, ...]]]) -> None:
        by_columns: dict[tuple[str, ...], list[list[Cell]]] = {}
        for key, columns in changed:
            cells = dict(zip(rule.columns, self._raw(rule, key), strict=True))
            row = [*(cells[one] for one in columns), self._ids[rule.table][key]]
            by_columns.setdefault(columns, []).append(row)
        renamed = [row for columns, rows in by_columns.items() if "name" in columns for row in rows]
        if renamed and ("name",) in rule.unique:
            # Two may have swapped their names.
            self._free_names(rule.table, [cast("int", row[-1]) for row in renamed])
        for columns, rows in by_columns.items():
            row_writing.update(self._connection, rule.table, columns, rows)


def keep_lost(connection: Connection, lost: LostCoding, document: int, code: str) -> None:
    """Keep what a coding of ours said that has no place in the text which is kept."""
    text_checks.keep_memo(connection, "document", document, code, lost.quote)
