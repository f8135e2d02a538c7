"""Bringing the texts of two copies together, so that everything on them counts in one text.

Where a document was corrected on one side, its other side's codings, turns and notes are carried
across the correction as a correction itself would carry them. What cannot be placed is listed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qda.model.codebook_merge import Side
from qda.model.ids import DocumentId
from qda.store import row_writing, text_versions
from qda.store.arrays import Connection
from qda.store.copy_rows import RULE, Cell, Key, RawRows
from qda.text.anchoring import Anchors
from qda.text.edits import Edit, apply, edits_between, in_order, inverse
from qda.text.normalise import text_hash
from qda.text.turn_anchoring import TurnPlace, carry_turns

Cells = tuple[Cell, ...]
Span = tuple[int, int, str]
"""Start, end and quote of a coding."""
Rows = dict[int, Cells]

_DOCUMENT, _CODING, _TURN, _NOTE, _DECISION = (
    RULE[one] for one in ("document", "coding", "turn", "source_note", "suggestion_decision")
)
_GUID, _HASH = _DOCUMENT.place("guid"), _DOCUMENT.place("text_hash")
_NAME, _LENGTH = _DOCUMENT.place("name"), _DOCUMENT.place("characters")
_SPAN = tuple(_CODING.place(one) for one in ("start", "end", "quote"))
_CODING_GUID = _CODING.place("guid")
_PLACE = tuple(_TURN.place(one) for one in ("label_start", "start", "end", "label"))
_DECISION_PLACE = tuple(_DECISION.place(one) for one in ("start", "end"))
_NOTE_PLACE = tuple(_NOTE.place(one) for one in ("start", "end"))


@dataclass(frozen=True, slots=True)
class TextChoice:
    """Whose text a document keeps: `settled` where one side alone corrected it and nothing is lost.

    `lost` counts the codings of the other side that this text has no place for.
    """

    document: Key
    side: Side
    settled: bool
    ours: str
    theirs: str
    base: str | None
    lost: int


@dataclass(frozen=True, slots=True)
class LostCoding:
    """A coding that has no place in the text that is kept."""

    document: Key
    guid: str
    quote: str
    side: Side


@dataclass(slots=True)
class Aligned:
    """The rows of both copies and of what they had in common, all counting in the same texts."""

    ours: RawRows
    theirs: RawRows
    base: RawRows | None
    same: dict[str, Key] = field(default_factory=dict[str, Key])
    """Documents that are ours under another GUID, by that of the copy."""
    texts: dict[Key, TextChoice] = field(default_factory=dict[Key, TextChoice])
    lost: list[LostCoding] = field(default_factory=list[LostCoding])
    altered: int = 0
    """Codings that took on the text of a correction made on the other side."""


def twins(ours: RawRows, theirs: RawRows, apart: frozenset[str]) -> dict[str, Key]:
    """Return the documents of a copy that are ours by their text, though of another GUID.

    Two imports of one file are one document, unless they are to be kept `apart`.
    """
    there = {row[_GUID] for row in theirs["document"].values()}
    here = {row[_GUID] for row in ours["document"].values()}
    free = {
        row[_HASH]: str(row[_GUID])
        for row in ours["document"].values()
        if row[_GUID] not in there and row[_LENGTH]
    }
    found: dict[str, Key] = {}
    for row in theirs["document"].values():
        guid = str(row[_GUID])
        if guid not in here and guid not in apart and row[_HASH] in free:
            found[guid] = free.pop(row[_HASH])
    return found


def align(
    ours: RawRows,
    theirs: RawRows,
    base: RawRows | None,
    connections: Sequence[Connection],
    *,
    apart: frozenset[str] = frozenset(),
    wanted: Callable[[str], Side] = lambda _guid: "ours",
) -> Aligned:
    """Let all rows count in the text that each document keeps.

    `connections` are those of our project and of the copy; `wanted` says by a document's GUID
    whose text to keep where that is not clear.
    """
    found = Aligned(
        _own(ours), _own(theirs), _own(base) if base is not None else None,
        twins(ours, theirs, apart),
    )  # fmt: skip
    here = {str(row[_GUID]): number for number, row in ours["document"].items()}
    common = (
        {}
        if base is None
        else {str(row[_GUID]): number for number, row in base["document"].items()}
    )
    for number, row in theirs["document"].items():
        guid = str(row[_GUID])
        key = str(found.same.get(guid, guid))
        mine = here.get(key)
        if mine is None:
            continue
        ids = _Ids(key, mine, number, common.get(guid, common.get(key)))
        if ours["document"][mine][_HASH] != row[_HASH]:
            _align_one(found, ids, connections, wanted(key))
        elif base is not None and ids.base is not None:
            _align_base(found, ids, connections)
    return found


def _own(raw: RawRows) -> RawRows:
    """Return rows whose tables that lie on texts may be altered."""
    own = dict(raw)
    for table in ("coding", "turn", "source_note", "suggestion_decision"):
        own[table] = dict(raw[table])
    return own


@dataclass(frozen=True, slots=True)
class _Ids:
    """A document in each of the copies, by its id."""

    key: str
    ours: int
    theirs: int
    base: int | None


def _align_one(
    found: Aligned,
    ids: _Ids,
    connections: Sequence[Connection],
    wanted: Side,
) -> None:
    texts = _Texts(found, ids, connections)
    mine, other = texts.ours, texts.theirs
    before = texts.base
    if before is not None and before == other:
        # Corrected here alone: what they did on the earlier text is carried.
        _take(found, ids, texts, "ours", settled=True)
        return
    corrected_there = before is not None and before == mine
    if corrected_there and not _losses(found, ids, texts, "theirs"):
        _take(found, ids, texts, "theirs", settled=True)
    else:
        _take(found, ids, texts, wanted, settled=False)


def _align_base(found: Aligned, ids: _Ids, connections: Sequence[Connection]) -> None:
    """Let what both had count in the text that both have by now."""
    base, number = found.base, ids.base
    if base is None or number is None:
        return
    if base["document"][number][_HASH] == found.ours["document"][ids.ours][_HASH]:
        return
    texts = _Texts(found, ids, connections)
    if texts.base is None:
        return
    anchors = texts.anchors(texts.base, texts.ours)
    at = _CODING.place("document_id")
    there = _spans(_on(found.theirs["coding"], at, ids.theirs).values())
    there |= _spans(_on(found.ours["coding"], at, ids.ours).values())
    for coding, row in _on(base["coding"], at, number).items():
        span = _carried(anchors, _span(row)) or there.get(str(row[_CODING_GUID]), _span(row))
        base["coding"][coding] = _with(row, _SPAN, span)
    _carry_turns(base["turn"], number, anchors)
    _carry_notes(base["source_note"], number, anchors)
    _carry_decisions(base["suggestion_decision"], number, anchors)


class _Texts:
    """The text of a document in each of the copies."""

    def __init__(self, found: Aligned, ids: _Ids, connections: Sequence[Connection]) -> None:
        self._connections, self._ids = connections, ids
        self.ours = self._read(found.ours["document"][ids.ours]) or ""
        self.theirs = self._read(found.theirs["document"][ids.theirs]) or ""
        self.base = (
            self._read(found.base["document"][ids.base])
            if found.base is not None and ids.base is not None
            else None
        )

    def anchors(self, old: str, new: str) -> Anchors:
        """Return what carries stretches of one text into another.

        By the corrections that were made where they are known: from the two texts alone, they may
        be guessed otherwise.
        """
        numbers = (self._ids.ours, self._ids.theirs)
        for connection, number, now in zip(
            self._connections, numbers, (self.ours, self.theirs), strict=True
        ):
            if now not in (old, new):
                continue
            other = new if now == old else old
            back = text_versions.edits_back(connection, DocumentId(number), text_hash(other))
            if back is None or not _leads(now, back, other):
                continue
            return Anchors(old, new, back if now == old else inverse(now, back))
        return Anchors(old, new, edits_between(old, new))

    def _read(self, row: Cells) -> str | None:
        digest = str(row[_HASH])
        for connection in self._connections:
            text = row_writing.text_of(connection, digest)
            if text is not None and text_hash(text) == digest:
                return text
        return None


def _leads(text: str, edits: Iterable[Edit], goal: str) -> bool:
    """Tell whether edits make one text of another; those of a stranger may fit nothing."""
    try:
        return apply(text, in_order(edits, len(text))) == goal
    except ValueError:
        return False


def _on(rows: Rows, place: int, document: int | None) -> dict[int, Cells]:
    return {number: row for number, row in rows.items() if row[place] == document}


def _span(row: Cells) -> Span:
    start, end, quote = (row[place] for place in _SPAN)
    return int(start or 0), int(end or 0), str(quote)


def _spans(rows: Iterable[Cells]) -> dict[str, Span]:
    return {str(row[_CODING_GUID]): _span(row) for row in rows}


def _losses(found: Aligned, ids: _Ids, texts: _Texts, side: Side) -> int:
    """Count the codings that would be lost if the text of a side were kept."""
    return sum(1 for _ in _Carrier(found, ids, texts, side).lost)


def _take(found: Aligned, ids: _Ids, texts: _Texts, side: Side, *, settled: bool) -> None:
    """Keep the text of one side, and carry what lies on the other."""
    carrier = _Carrier(found, ids, texts, side)
    carrier.write()
    found.lost += carrier.lost
    found.altered += carrier.altered
    lost = len(carrier.lost)
    if not settled and side == "ours":
        # What the other text would cost, for whoever decides.
        lost = _losses(found, ids, texts, "theirs")
    found.texts[ids.key] = TextChoice(
        ids.key, side, settled, texts.ours, texts.theirs, texts.base, lost
    )


class _Carrier:
    """Carry what lies on a document of one copy into the text of the other."""

    def __init__(self, found: Aligned, ids: _Ids, texts: _Texts, side: Side) -> None:
        self._found, self._ids = found, ids
        self.lost: list[LostCoding] = []
        self.altered = 0
        if side == "ours":
            goal, start, self._rows, document = texts.ours, texts.theirs, found.theirs, ids.theirs
            target, target_id = found.ours, ids.ours
        else:
            goal, start, self._rows, document = texts.theirs, texts.ours, found.ours, ids.ours
            target, target_id = found.theirs, ids.theirs
        self._side: Side = "theirs" if side == "ours" else "ours"
        self._document = document
        self._anchors = texts.anchors(start, goal)
        self._base_anchors = self._anchors
        if texts.base is not None and texts.base != start:
            self._base_anchors = texts.anchors(texts.base, goal)
        at = _CODING.place("document_id")
        there = _spans(_on(target["coding"], at, target_id).values())
        self._base_native: dict[str, Span] = {}
        self._base_now: dict[str, Span] = {}
        self._base_rows: Rows = {}
        if found.base is not None and ids.base is not None:
            self._base_rows = _on(found.base["coding"], at, ids.base)
            for row in self._base_rows.values():
                guid = str(row[_CODING_GUID])
                self._base_native[guid] = _span(row)
                placed = _carried(self._base_anchors, _span(row))
                self._base_now[guid] = placed or there.get(guid, _span(row))
        self._same_start = texts.base == start
        self._now = self._placed(there)

    def _placed(self, there: Mapping[str, Span]) -> dict[int, Span]:
        """Return where the codings of the side that is carried are now, by id."""
        placed: dict[int, Span] = {}
        at = _CODING.place("document_id")
        for number, row in _on(self._rows["coding"], at, self._document).items():
            guid, native = str(row[_CODING_GUID]), _span(row)
            if self._same_start and self._base_native.get(guid) == native:
                # Nobody moved it on this side, so it stands where the other side has it.
                placed[number] = self._base_now[guid]
                continue
            span = _carried(self._anchors, native) or there.get(guid)
            if span is None:
                self.lost.append(LostCoding(self._ids.key, guid, native[2], self._side))
                continue
            self.altered += span[2] != native[2]
            placed[number] = span
        return placed

    def write(self) -> None:
        """Write the carried places into the rows."""
        at = _CODING.place("document_id")
        rows = self._rows["coding"]
        for number, row in _on(rows, at, self._document).items():
            if number in self._now:
                rows[number] = _with(row, _SPAN, self._now[number])
            else:
                del rows[number]
        _carry_turns(self._rows["turn"], self._document, self._anchors)
        _carry_notes(self._rows["source_note"], self._document, self._anchors)
        _carry_decisions(self._rows["suggestion_decision"], self._document, self._anchors)
        base, number = self._found.base, self._ids.base
        if base is None or number is None:
            return
        for coding, row in self._base_rows.items():
            base["coding"][coding] = _with(row, _SPAN, self._base_now[str(row[_CODING_GUID])])
        _carry_turns(base["turn"], number, self._base_anchors)
        _carry_notes(base["source_note"], number, self._base_anchors)
        _carry_decisions(base["suggestion_decision"], number, self._base_anchors)


def _carried(anchors: Anchors, span: Span) -> Span | None:
    start, end, _quote = span
    if not 0 <= start < end <= len(anchors.old):
        return None
    found = anchors.carry(start, end)
    if found.fate == "lost":
        return None
    return found.start, found.end, anchors.new[found.start : found.end]


def _with(row: Cells, places: Sequence[int], values: Sequence[Cell]) -> Cells:
    cells = list(row)
    for place, value in zip(places, values, strict=True):
        cells[place] = value
    return tuple(cells)


def _carry_turns(rows: Rows, document: int, anchors: Anchors) -> None:
    here = sorted(
        _on(rows, _TURN.place("document_id"), document).items(),
        key=lambda one: (one[1][_PLACE[0]], one[0]),
    )
    places = [TurnPlace(*(row[place] for place in _PLACE)) for _number, row in here]  # pyright: ignore[reportArgumentType] - as the schema has them
    for (number, row), place in zip(here, carry_turns(anchors, places), strict=True):
        if place is None:
            del rows[number]
        else:
            rows[number] = _with(
                row, _PLACE, (place.label_start, place.start, place.end, place.label)
            )


def _carry_notes(rows: Rows, document: int, anchors: Anchors) -> None:
    for number, row in _on(rows, _NOTE.place("document_id"), document).items():
        start, end = (int(row[place] or 0) for place in _NOTE_PLACE)
        rows[number] = _with(row, _NOTE_PLACE, anchors.carry_note(start, end))


def _carry_decisions(rows: Rows, document: int, anchors: Anchors) -> None:
    """Carry what was decided of proposed codings; of a place that is gone, nothing is known."""
    for number, row in _on(rows, _DECISION.place("document_id"), document).items():
        start, end = (int(row[place] or 0) for place in _DECISION_PLACE)
        placed = _carried(anchors, (start, end, ""))
        if placed is None:
            del rows[number]
        else:
            rows[number] = _with(row, _DECISION_PLACE, placed[:2])
