"""Which columns of a sheet say who speaks, what and when: by their headings, else by content."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qda.formats.cell_values import SheetCell, convert, guess_type
from qda.formats.grid import Grid
from qda.formats.readers.sheet_times import is_clock, is_clock_column, is_time_column
from qda.text import speaker_words
from qda.text.speaker_words import label_key

_SPEAKER = frozenset({
    "speaker", "speaker name", "speakers", "speaker label", "speaker id", "taler", "talar",
    "hvem snakker", "kven snakkar", "hvem sier", "hvem", "kven", "talernavn",
})  # fmt: skip
_MAY_SPEAK = frozenset({
    "name", "navn", "namn", "person", "deltaker", "deltakar", "deltager", "participant", "who",
    "rolle", "role", "informant", "stemme", "voice", "respondent",
})  # fmt: skip
_TEXT = frozenset({
    "text", "tekst", "transcript", "transkript", "transkripsjon", "transcription", "utterance",
    "ytring", "utsagn", "replikk", "innhold", "innhald", "content", "sagt", "hva som sies",
    "hva som blir sagt", "sentence", "setning", "subtitle", "undertekst", "dialogue", "dialog",
    "tale", "speech", "message", "melding", "tur", "turn",
})  # fmt: skip
_START = frozenset({
    "start", "start time", "starttime", "starttid", "starttidspunkt", "begin", "begin time",
    "fra", "frå", "from", "in", "inn", "time", "tid", "tidspunkt", "timestamp", "time stamp",
    "tidsstempel", "timecode", "time code", "tidskode", "timespan", "tidsrom", "offset",
    "start ms", "start sec", "start sek", "start s", "klokkeslett",
})  # fmt: skip
_END = frozenset({
    "end", "end time", "endtime", "endtid", "slutt", "sluttid", "slutttid", "to", "til", "out",
    "ut", "stop", "stopp", "end ms", "end sec", "end s", "slutt ms", "slutt sek", "slutt s",
})  # fmt: skip
_SENTENCE_ENDS = (".", "?", "!", "…")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = 60
"""The longest name of a speaker, in characters."""
_SPOKEN = 12
"""Characters of the average cell from which on a column may be what is said."""
_MOST_SPEAKERS = 40
_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class TurnColumns:
    """Where a sheet says who speaks, what and when; `first` is the first row of speech.

    `sure` tells that little else can be meant; `headings` are empty where the sheet has none.
    """

    first: int
    text: int
    speaker: int | None
    start: int | None
    end: int | None
    headings: tuple[str, ...]
    sure: bool

    @property
    def used(self) -> frozenset[int]:
        """Return the columns that a transcript is made of."""
        return frozenset(
            one for one in (self.text, self.speaker, self.start, self.end) if one is not None
        )


def looks_like_headings(row: Sequence[SheetCell]) -> bool:
    """Tell whether a row may name columns: short texts, none twice, none a value but for years."""
    filled = [cell for cell in row if cell is not None]
    names = [cell.casefold().strip() for cell in filled if isinstance(cell, str)]
    return (
        len(names) == len(filled) > 0
        and len(set(names)) == len(names)
        and all(len(name) <= 2 * _LABEL and not is_clock(name) for name in names)
        and any(guess_type([name]) == "text" for name in names)
        and all(guess_type([name]) == "text" or _YEAR.fullmatch(name) for name in names)
    )


def find_turn_columns(grid: Grid, heading: int) -> TurnColumns | None:
    """Find the columns of turns; `heading` is the row that would name the columns.

    None where no column can be what is said beside who says it or when.
    """
    width = len(grid.rows[0]) if grid.rows else 0
    known = _by_heading(grid.rows[heading]) if grid.rows else {}
    named = bool(known) and looks_like_headings(grid.rows[heading])
    first = heading + 1 if named or looks_like_headings(grid.rows[heading]) else heading
    rows = grid.rows[first : first + _LOOKED_AT]
    if len(rows) < 2 or width < 2:
        return None
    columns = [[row[at] for row in rows] for at in range(width)]
    found = _Finder(columns, known if named else {}).find()
    if found is None:
        return None
    text, speaker, start, end, sure = found
    if not named and speaker is not None:
        above = grid.rows[heading]
        if _speaks(above[speaker], columns[speaker], _said(above[text])):
            first = heading
    headings = tuple(_said(cell) for cell in grid.rows[heading]) if first > heading else ()
    return TurnColumns(first, text, speaker, start, end, headings, sure)


class _Finder:
    """Chooses among columns, given by their cells; `known` are the headings that say what."""

    def __init__(self, columns: Sequence[Sequence[SheetCell]], known: dict[str, int]) -> None:
        self._columns = columns
        self._known = known

    def find(self) -> tuple[int, int | None, int | None, int | None, bool] | None:
        start, end = self._times()
        taken = {one for one in (start, end) if one is not None}
        text = self._known.get("text")
        if text is None or not _holds_words(self._columns[text]):
            text = self._longest(taken)
        if text is None:
            return None
        speaker, certain = self._speaker({text, *taken})
        if speaker is None and start is None:
            return None
        timed = start is not None
        told = "text" in self._known and text == self._known["text"]
        return text, speaker, start, end, (told and (certain or timed)) or (certain and timed)

    def _times(self) -> tuple[int | None, int | None]:
        start, end = self._known.get("start"), self._known.get("end")
        if start is not None and not is_time_column(self._columns[start]):
            start = None
        if end is not None and (start is None or not is_time_column(self._columns[end])):
            end = None
        if start is None:
            clocks = [
                at for at, cells in enumerate(self._columns)
                if is_clock_column(cells) and at not in self._known.values()
            ]  # fmt: skip
            start = clocks[0] if clocks else None
            end = clocks[1] if len(clocks) > 1 else None
        return start, end

    def _longest(self, taken: set[int]) -> int | None:
        """Return the column of the longest texts, None where none is long enough to be said.

        Beside times (`taken`) short texts are speech too.
        """
        others = taken | {at for role, at in self._known.items() if role != "text"}
        lengths = {
            at: _average(cells)
            for at, cells in enumerate(self._columns)
            if at not in others and _holds_words(cells)
        }
        best = max(lengths, key=lambda at: (lengths[at], -at), default=None)
        enough = bool(taken) or (best is not None and lengths[best] >= _SPOKEN)
        return best if enough else None

    def _speaker(self, taken: set[int]) -> tuple[int | None, bool]:
        """Return the column of names, and whether it can hardly be anything else."""
        for role in ("speaker", "may speak"):
            at = self._known.get(role)
            if at is not None and at not in taken and _holds_labels(self._columns[at]):
                return at, role == "speaker" or _recurs(self._columns[at])
        places = [
            at for at, cells in enumerate(self._columns)
            if at not in taken and _holds_labels(cells) and _recurs(cells)
        ]  # fmt: skip
        for at in places:
            if _mostly_typical(self._columns[at]):
                return at, True
        return (places[0], False) if places else (None, False)


def _speaks(cell: SheetCell, column: Sequence[SheetCell], said: str) -> bool:
    """Tell whether a cell names a speaker of the column below it, or a usual one who says much."""
    key = label_key(_said(cell))
    known = bool(key) and any(label_key(_said(one)) == key for one in column)
    return known or (said.endswith(_SENTENCE_ENDS) and speaker_words.is_typical(key))


def _by_heading(row: Sequence[SheetCell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        name = _heading_key(_said(cell))
        for role, names in (
            ("speaker", _SPEAKER), ("may speak", _MAY_SPEAK), ("text", _TEXT),
            ("start", _START), ("end", _END),
        ):  # fmt: skip
            if name in names:
                found.setdefault(role, at)
    return found


def _heading_key(heading: str) -> str:
    plain = re.sub(r"[_\-./]+", " ", heading.casefold())
    return " ".join(re.sub(r"[()\[\]:]", " ", plain).split())


def _said(cell: SheetCell) -> str:
    return " ".join(str(convert(cell, "text") or "").split())


def _average(cells: Iterable[SheetCell]) -> float:
    texts = [cell for cell in cells if isinstance(cell, str)]
    return sum(map(len, texts)) / max(1, len(texts))


def _holds_words(cells: Sequence[SheetCell]) -> bool:
    """Tell whether most filled cells are text with letters in it."""
    filled = [cell for cell in cells if cell is not None]
    words = sum(isinstance(one, str) and any(map(str.isalpha, one)) for one in filled)
    return words * 2 > len(filled) > 0


def _holds_labels(cells: Sequence[SheetCell]) -> bool:
    """Tell whether all filled cells are short, and few different ones."""
    filled = [_said(cell) for cell in cells if cell is not None]
    return 0 < len(set(filled)) <= _MOST_SPEAKERS and all(
        len(one) <= _LABEL and "\n" not in one for one in filled
    )


def _recurs(cells: Sequence[SheetCell]) -> bool:
    """Tell whether names come again, as those who speak with one another do."""
    counts = Counter(label_key(_said(cell)) for cell in cells if cell is not None)
    return counts.total() >= 3 and len(counts) * 2 <= counts.total() + 1


def _mostly_typical(cells: Sequence[SheetCell]) -> bool:
    keys = [label_key(_said(cell)) for cell in cells if cell is not None]
    typical = sum(map(speaker_words.is_typical, keys))
    asking = any(map(speaker_words.is_interviewer, keys))
    return typical * 2 > len(keys) and (asking or typical == len(keys)) and len(set(keys)) > 1
