"""What the rows of two copies are called when somebody has to decide about them."""

import json
from collections.abc import Mapping
from typing import cast

from qda.model.codebook import join_path
from qda.model.copy_merge import CopyConflict
from qda.model.messages import Message, message
from qda.operations.copy_differences import Difference
from qda.store.copy_rows import RULE, Key, Keyed, Row, named_by
from qda.text.edits import edits_between

PLACES, AROUND = 8, 40
"""How many places at which texts differ are shown, and how many characters around each."""
SHOWN = 80
"""How many characters of a text name the thing that it is."""

ITEMS: Mapping[str, str] = {
    "coder": "coders", "code": "codes", "code_set": "code sets", "case": "cases",
    "participant": "participants", "variable": "variables", "value": "values",
    "membership": "memberships", "succession": "successions", "score": "scores",
    "document": "documents", "turn": "turns", "source_note": "source notes", "coding": "codings",
    "memo": "memos", "document_case": "case links", "participant_case": "case links",
    "coding_case": "case links",
}  # fmt: skip
"""What a report calls the rows of a table, where that is not the table itself."""


def item_of(table: str) -> str:
    """Return what a report counts the rows of a table as."""
    return ITEMS.get(table, table)


class Words:
    """Names of rows and of what stands in them, from whichever copy has them."""

    def __init__(self, ours: Keyed, theirs: Keyed, base: Keyed | None) -> None:
        """Take the rows of the copies."""
        self._copies = [one for one in (ours, theirs, base) if one is not None]

    def _row(self, table: str, key: Key) -> tuple[Row, Keyed] | None:
        for copy in self._copies:
            row = copy.rows[table].get(key)
            if row is not None:
                return row, copy
        return None

    def name(self, table: str, key: Key) -> str:
        """Return what people call a row."""
        found = self._row(table, key)
        if found is None:
            return ""
        row, copy = found
        return self._called(table, row, copy, 0)

    def _called(self, table: str, row: Row, copy: Keyed, depth: int) -> str:
        cells = dict(zip(RULE[table].columns, row, strict=True))
        if table == "code":
            return self._path(row, copy)
        if table == "coding":
            code = copy.rows["code"].get(cast("Key", cells["code_id"]))
            path = self._path(code, copy) if code is not None else ""
            return f"«{_short(cells['quote'])}» ({path})"
        for column in ("name", "text", "manuscript", "path"):
            if cells.get(column) and column in cells and table != "value":
                return _short(cells[column])
        names: list[str] = []
        for column, named in named_by(table, row, copy.rows).items():
            target = copy.rows[named].get(cast("Key", cells[column])) if depth < 2 else None
            if target is not None and named != "coder":
                names.append(self._called(named, target, copy, depth + 1))
        if table == "value" and cells["period"]:
            names.append(str(cells["period"]))
        return " · ".join(names)

    def _path(self, row: Row, copy: Keyed) -> str:
        name, above = (RULE["code"].place(one) for one in ("name", "parent_id"))
        parts: list[str] = []
        at: Row | None = row
        while at is not None and len(parts) < 100:
            parts.append(str(at[name]))
            key = cast("Key | None", at[above])
            at = copy.rows["code"].get(key) if key is not None else None
        return join_path(tuple(reversed(parts)))

    def said(self, one: Difference, row: Row | None) -> str | None:
        """Return what a side says in the columns of a difference, None where it has no such row."""
        if row is None:
            return None
        rule = RULE[one.table]
        if one.columns[:1] == ("start",):
            quote = rule.columns.index("quote") if "quote" in rule.columns else None
            return str(row[quote]) if quote is not None else str(row[rule.place("start")])
        for copy in self._copies:
            if copy.rows[one.table].get(one.key) is not None:
                named = named_by(one.table, row, copy.rows)
                break
        else:
            named = {}
        if not one.columns:
            return self.name(one.table, one.key)
        parts = [
            self.name(named[column], cast("Key", row[rule.place(column)]))
            if column in named and row[rule.place(column)] is not None
            else _plain(row[rule.place(column)])
            for column in one.columns
            if column not in ("on", "interviewer")
        ]
        return " ".join(part for part in parts if part)


def apart(ours: str, theirs: str) -> tuple[str, str]:
    """Return the places at which two texts differ as each has them, with a little around them."""
    edits = edits_between(ours, theirs)
    mine: list[str] = []
    other: list[str] = []
    shift = 0
    for edit in edits[:PLACES]:
        at = edit.start + shift
        mine.append(_around(ours, edit.start, edit.end))
        other.append(_around(theirs, at, at + len(edit.inserted)))
        shift += edit.growth
    more = ["…"] if len(edits) > PLACES else []
    return "\n\n".join([*mine, *more]), "\n\n".join([*other, *more])


def _around(text: str, start: int, end: int) -> str:
    before, behind = max(0, start - AROUND), min(len(text), end + AROUND)
    return ("… " if before else "") + text[before:behind] + (" …" if behind < len(text) else "")


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    text = str(cell)
    if text.startswith("["):
        try:
            content: object = json.loads(text)
        except (ValueError, RecursionError):
            return text
        if isinstance(content, list):
            return ", ".join(str(one) for one in cast("list[object]", content))
    return f"{cell:g}" if isinstance(cell, float) else text


def _short(text: object) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


ROW_WORDS: Mapping[str, Message] = {
    "coder": message("coder"), "participant": message("participant"), "case": message("case"),
    "document": message("document"), "code": message("code"), "variable": message("variable"),
    "value": message("value"), "coding": message("coding"), "memo": message("memo"),
    "turn": message("speaker's turn"), "code_set": message("code set"),
    "framework_cell": message("summary of a cell"), "proposition": message("proposition"),
    "judgement": message("grade or verdict"), "claim": message("claim"),
    "recipe": message("recipe"), "saved_query": message("saved query"),
    "saved_search": message("saved search"), "picked_quote": message("picked quote"),
    "banding": message("bands"), "membership": message("membership"),
    "recording": message("recording"), "score": message("score"),
}  # fmt: skip
OTHER_ROW = message("entry")
FIELD_WORDS: Mapping[str, Message] = {
    "name": message("name"), "text_hash": message("text"), "text": message("text"),
    "language": message("language"), "kind": message("kind"), "done": message("done"),
    "pseudonym": message("pseudonym"), "interviewer": message("interviewer"),
    "parent_id": message("place in the codebook"), "color": message("colour"),
    "definition": message("definition"), "include": message("include"),
    "exclude": message("exclude"), "example": message("example"),
    "keywords": message("keywords"), "scale": message("scale"), "shortcut": message("shortcut"),
    "code_id": message("code"), "coder_id": message("coder"), "document_id": message("document"),
    "start": message("place in the text"), "stance": message("stance"),
    "value": message("value"), "memo": message("note"), "type": message("type"),
    "summary": message("summary"), "status": message("status"), "reason": message("reason"),
    "settled": message("settled"), "note": message("note"), "number": message("number"),
    "participant_id": message("speaker"), "label": message("label"),
    "question": message("question"), "since": message("first day"), "until": message("last day"),
    "description": message("description"),
}  # fmt: skip
OTHER_FIELD = message("content")


def row_word(table: str) -> Message:
    """Return what one row of a table is."""
    return ROW_WORDS.get(table, OTHER_ROW)


def field_word(column: str) -> Message:
    """Return what a column says."""
    return FIELD_WORDS.get(column, OTHER_FIELD)


def conflict_field(one: CopyConflict) -> Message:
    """Say what both copies have otherwise."""
    if one.kind == "deleted here":
        return message("removed here")
    if one.kind == "deleted there":
        return message("removed in the copy")
    if one.kind == "same document":
        return message("in both copies")
    return field_word(one.field)
