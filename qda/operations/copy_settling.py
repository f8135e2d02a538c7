"""What must hold of a project after two copies came together, whatever each of them held.

Both copies are sound by themselves; together they may name two things alike, put codes below one
another, or let turns overlap. Here ours stands, and what theirs loses by that is told.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from qda.model.groups import overlap, reaches
from qda.model.ids import CaseId
from qda.model.messages import Message, message
from qda.operations.copy_differences import drop_dependent
from qda.operations.naming import free_name
from qda.store import row_writing
from qda.store.arrays import Connection
from qda.store.copy_rows import RULE, RULES, Key, Keyed, Row, Rule, named_by, texts_in

Final = dict[str, dict[Key, Row]]


class Settler:
    """Bring the rows that a project is to hold in order."""

    def __init__(self, final: Final, ours: Keyed) -> None:
        """Take the rows, and ours as they are now."""
        self._final, self._ours = final, ours
        self.renamed: list[tuple[str, str, str]] = []
        """Things that got another name: table, the name they had, the one they have."""
        self.left_out: Counter[tuple[str, str]] = Counter()
        """Rows that are not taken, by table and reason."""

    def settle(self, theirs: Keyed) -> None:
        """Bring everything in order."""
        self._leave_idle_speakers(theirs)
        for rule in RULES:
            for columns in rule.unique:
                self._apart(rule, columns)
        self._untie_codes()
        self._keep_memberships_apart()
        self._keep_successions_open()
        self._keep_scores_on_scale()
        self._keep_turns_apart()
        self._keep_questions_whole(theirs)
        drop_dependent(self._final)

    def _leave_idle_speakers(self, theirs: Keyed) -> None:
        """Leave out who is new and speaks nowhere, since the text is here with its speakers."""
        at = RULE["turn"].place("participant_id")
        new = self._final["participant"].keys() - self._ours.rows["participant"].keys()
        idle = new & {row[at] for row in theirs.rows["turn"].values()}
        idle -= {row[at] for row in self._final["turn"].values()}
        if not idle:
            return
        for rule in RULES:
            for row in self._final[rule.table].values():
                for column, named in named_by(rule.table, row, self._final).items():
                    if named == "participant":
                        idle.discard(cast("Key", row[rule.place(column)]))
        for key in idle:
            del self._final["participant"][key]

    def _new(self, table: str, key: Key) -> bool:
        """Tell whether a row is not ours as it is."""
        return self._ours.rows[table].get(key) != self._final[table][key]

    def _back(self, table: str, key: Key, reason: str) -> None:
        """Leave a row as it is here, or out."""
        mine = self._ours.rows[table].get(key)
        if mine is None:
            del self._final[table][key]
        else:
            self._final[table][key] = mine
        self.left_out[table, reason] += 1

    def _apart(self, rule: Rule, columns: tuple[str, ...]) -> None:
        """Let no two rows of a table be the same in what the schema admits once."""
        rows = self._final[rule.table]
        places = [rule.place(one) for one in columns]
        taken: dict[tuple[object, ...], Key] = {}
        later: list[Key] = []
        for key, row in rows.items():
            told = tuple(row[at] for at in places)
            mine = self._ours.rows[rule.table].get(key)
            if mine is not None and told == tuple(mine[at] for at in places):
                taken[told] = key
            else:
                later.append(key)
        for key in later:
            told = tuple(rows[key][at] for at in places)
            if told not in taken:
                taken[told] = key
            elif "name" in columns:
                taken[self._rename(rule, key, columns, taken)] = key
            else:
                self._back(rule.table, key, "twice")

    def _rename(
        self,
        rule: Rule,
        key: Key,
        columns: tuple[str, ...],
        taken: Mapping[tuple[object, ...], Key],
    ) -> tuple[object, ...]:
        row = list(self._final[rule.table][key])
        at = rule.place("name")
        others = [rule.place(one) for one in columns]
        where = columns.index("name")
        used = frozenset(
            str(told[where])
            for told in taken
            if all(
                told[place] == row[other] for place, other in enumerate(others) if place != where
            )
        )
        before = str(row[at])
        row[at] = free_name(before, used)
        self._final[rule.table][key] = tuple(row)
        self.renamed.append((rule.table, before, str(row[at])))
        return tuple(row[other] for other in others)

    def _untie_codes(self) -> None:
        """Let no code stand below itself: those that moved there stay where they are here."""
        rule, rows = RULE["code"], self._final["code"]
        above = rule.place("parent_id")
        for start in list(rows):
            seen: list[Key] = []
            at: Key | None = start
            while at is not None and at not in seen:
                seen.append(at)
                at = cast("Key | None", rows[at][above]) if at in rows else None
            if at is None:
                continue
            for key in seen[seen.index(at) :]:
                mine = self._ours.rows["code"].get(key)
                if mine is not None and mine[above] != rows[key][above]:
                    row = list(rows[key])
                    row[above] = mine[above]
                    rows[key] = tuple(row)
                    self.left_out["code", "circle"] += 1

    def off_scale(self) -> int:
        """Count the codings whose value is no longer on the scale of their code."""
        codings, codes = RULE["coding"], RULE["code"]
        code_at, value_at = codings.place("code_id"), codings.place("value")
        scale_at = codes.place("scale")
        scales = {
            key: frozenset(texts_in(str(row[scale_at]))) for key, row in self._final["code"].items()
        }
        return sum(
            row[value_at] not in scales[cast("Key", row[code_at])]
            for key, row in self._final["coding"].items()
            if row[value_at]
            and (self._new("coding", key) or self._new("code", cast("Key", row[code_at])))
        )

    def _ours_first(self, table: str) -> list[Key]:
        rows = self._final[table]
        return sorted(rows, key=lambda key: self._new(table, key))

    def _keep_memberships_apart(self) -> None:
        rule, rows = RULE["membership"], self._final["membership"]
        kinds = self._final["case_group"]
        kind = RULE["case_group"].place("kind_id")
        case, group, since, until = (
            rule.place(one) for one in ("case_id", "group_id", "since", "until")
        )
        kept: dict[tuple[object, object], list[tuple[str, str]]] = {}
        for key in self._ours_first("membership"):
            row = rows[key]
            before = kept.setdefault((row[case], kinds[cast("Key", row[group])][kind]), [])
            stretch = (str(row[since]), str(row[until]))
            if self._new("membership", key) and overlap([*before, stretch]) is not None:
                self._back("membership", key, "overlap")
            else:
                before.append(stretch)

    def _keep_successions_open(self) -> None:
        rule, rows = RULE["succession"], self._final["succession"]
        old, new = rule.place("old_case_id"), rule.place("new_case_id")
        numbers: dict[object, CaseId] = {}
        kept: dict[CaseId, set[CaseId]] = {}
        for key in self._ours_first("succession"):
            ends = [numbers.setdefault(rows[key][at], CaseId(len(numbers))) for at in (old, new)]
            if self._new("succession", key) and reaches(kept, ends[1], ends[0]):
                self._back("succession", key, "circle")
            else:
                kept.setdefault(ends[0], set()).add(ends[1])

    def _keep_scores_on_scale(self) -> None:
        rule, sheets = RULE["score"], self._final["score_sheet"]
        low, high = (RULE["score_sheet"].place(one) for one in ("low", "high"))
        sheet_of = RULE["score_item"].place("sheet_id")
        for key, row in list(self._final["score"].items()):
            item = self._final["score_item"].get(cast("Key", row[rule.place("item_id")]))
            sheet = sheets.get(cast("Key", item[sheet_of])) if item is not None else None
            value = cast("int", row[rule.place("value")])
            if sheet is None or cast("int", sheet[low]) <= value <= cast("int", sheet[high]):
                continue
            if self._new("score", key):
                self._back("score", key, "scale")
            else:
                # The scale itself became theirs and has no room for ours.
                sheet_key = cast("Key", cast("Row", item)[sheet_of])
                self._back("score_sheet", sheet_key, "scale")

    def _keep_turns_apart(self) -> None:
        """Let the turns of a document follow one another; ours stay where that cannot be."""
        rule, rows = RULE["turn"], self._final["turn"]
        document, begins, ends, number = (
            rule.place(one) for one in ("document_id", "label_start", "end", "number")
        )
        touched = {row[document] for key, row in rows.items() if self._new("turn", key)}
        touched |= {
            row[document] for key, row in self._ours.rows["turn"].items() if key not in rows
        }
        by_document: dict[object, list[Key]] = {one: [] for one in touched}
        for key, row in rows.items():
            if row[document] in touched:
                by_document[row[document]].append(key)
        for one, keys in by_document.items():
            keys.sort(key=lambda key: cast("int", rows[key][begins]))
            if any(
                cast("int", rows[before][ends]) > cast("int", rows[behind][begins])
                for before, behind in pairwise(keys)
            ):
                for key in keys:
                    del rows[key]
                mine = self._ours.rows["turn"].items()
                rows.update({key: row for key, row in mine if row[document] == one})
                self.left_out["turn", "turns"] += 1
                continue
            numbers = [cast("int", rows[key][number]) for key in keys]
            if any(one >= other for one, other in pairwise(numbers)):
                for at, key in enumerate(keys, start=1):
                    row = list(rows[key])
                    row[number] = at
                    rows[key] = tuple(row)

    def _keep_questions_whole(self, theirs: Keyed) -> None:
        """Let a turn ask what it asks in one copy, and never a mixture of both."""
        rows = self._final["turn_question"]
        turn = RULE["turn_question"].place("turn_id")
        by_turn = _by_cell(rows, turn)
        copies = [_by_cell(one.rows["turn_question"], turn) for one in (self._ours, theirs)]
        for one, final in by_turn.items():
            ours, other = (copy.get(one, {}) for copy in copies)
            if final.items() <= ours.items() or final.items() <= other.items():
                continue
            first = min(final, key=lambda key: cast("tuple[Key, int]", key)[1])
            whole = other if final[first] == other.get(first) else ours
            for key in final:
                del rows[key]
            rows.update(whole)
            self.left_out["turn_question", "questions"] += len(final.keys() - whole.keys()) or 1


def _by_cell(rows: Mapping[Key, Row], place: int) -> dict[object, dict[Key, Row]]:
    """Return rows by what stands at a place of them."""
    found: dict[object, dict[Key, Row]] = {}
    for key, row in rows.items():
        found.setdefault(row[place], {})[key] = row
    return found


def keep_versions(final: Final, ours: Keyed) -> None:
    """Take the earlier texts of documents along only where they go on from those that are here.

    Those of a document that is new do; those of one that is here where its text went on there.
    """
    rule, rows = RULE["text_version"], final["text_version"]
    document, number, digest = (rule.place(one) for one in ("document_id", "number", "text_hash"))
    text = RULE["document"].place("text_hash")
    new: dict[Key, list[Key]] = {}
    for key, row in rows.items():
        if key not in ours.rows["text_version"]:
            new.setdefault(cast("Key", row[document]), []).append(key)
    for one, keys in new.items():
        mine = ours.rows["document"].get(one)
        if mine is None:
            continue
        keys.sort(key=lambda key: cast("int", rows[key][number]))
        last = max(
            (
                cast("int", row[number])
                for row in ours.rows["text_version"].values()
                if row[document] == one
            ),
            default=0,
        )
        first = rows[keys[0]]
        goes_on = first[number] == last + 1 and first[digest] == mine[text]
        if not goes_on or final["document"][one][text] == mine[text]:
            for key in keys:
                del rows[key]


def unquoted(
    final: Final, ours: Keyed, before: Keyed, connections: Sequence[Connection]
) -> list[tuple[Key, str, str]]:
    """Return the codings that came or moved and have no such quote: document, GUID and quote.

    A file of a stranger may say anything of where a coding stands. `before` has our codings where
    they are now.
    """
    rule = RULE["coding"]
    document, start, end, quote = (
        rule.place(one) for one in ("document_id", "start", "end", "quote")
    )
    digest = RULE["document"].place("text_hash")
    by_document: dict[Key, list[Key]] = {}
    for key, row in final["coding"].items():
        if before.rows["coding"].get(key) != row:
            by_document.setdefault(cast("Key", row[document]), []).append(key)
    found: list[tuple[Key, str, str]] = []
    for one, keys in by_document.items():
        text = _text(final["document"][one][digest], connections)
        for key in keys:
            row = final["coding"][key]
            if text[cast("int", row[start]) : cast("int", row[end])] != row[quote]:
                found.append((one, str(key), str(row[quote])))
                mine = ours.rows["coding"].get(key)
                if mine is None:
                    del final["coding"][key]
                else:
                    final["coding"][key] = mine
    return found


def _text(digest: object, connections: Iterable[Connection]) -> str:
    for connection in connections:
        text = row_writing.text_of(connection, str(digest))
        if text is not None:
            return text
    return ""


REASONS: Mapping[str, Message] = {
    "gone": message("What they name is not here."),
    "twice": message("The project has another one for the same thing."),
    "circle": message("It would have come to stand below or after itself, so it stays."),
    "overlap": message("They overlap others of the same kind that are here."),
    "scale": message("They do not fit the scale that is kept."),
    "questions": message("The copies say different things of the turn; one of them holds."),
    "turns": message("Both copies divided the text into turns differently; ours were kept."),
}
"""Why rows of a copy are not taken."""
