"""Sheets as sources: one of turns becomes a transcript, any other a text to read.

Formulas are never worked out: a cell says what the program that saved the file wrote there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qda.formats.cell_values import SheetCell
from qda.formats.delimited_reader import delimited_grid
from qda.formats.grid import Grid, too_large
from qda.formats.readers.cues import Cue, compose, name_speakers
from qda.formats.readers.encodings import decode
from qda.formats.readers.raw import RawDocument, ReadTask, check_length, refuse_other_types
from qda.formats.readers.sheet_columns import TurnColumns, find_turn_columns
from qda.formats.readers.sheet_text import cell_text, looks_like_answers, sheet_lines
from qda.formats.readers.sheet_times import Clock, clock_of
from qda.formats.sheets import column_letters, heading_index
from qda.formats.xlsx_reader import MAX_PAGES, Workbook, read_workbook
from qda.model.errors import FileProblem
from qda.model.messages import Message, counted, message
from qda.model.reading import TURNS_KEY, Decision
from qda.text.normalise import dropped_warning, normalise

MAX_CELLS = 1_000_000
"""The most cells of a sheet that is read as a source; larger ones are data, not texts."""

_EXAMPLE = 60
_NAMED = 5


def read_delimited_source(task: ReadTask) -> RawDocument:
    """Read `.csv` and `.tsv`. Raises FileProblem."""
    refuse_other_types(task)
    decoded = decode(task.source, task.file_name, task.options.encoding)
    check_length(decoded.text, task.file_name)
    grid = delimited_grid(Path(task.file_name), decoded.text, decoded.encoding, task.progress)
    warnings = (*decoded.warnings, *grid.warnings)
    return _read(task, Workbook((("", grid),) if grid.rows else ()), decoded.encoding, warnings)


def read_tabbed(text: str, task: ReadTask) -> tuple[Decision, RawDocument | None] | None:
    """Read a text that is a table of turns with tabs between its columns; None for any other.

    The document is None where the user turned that down.
    """
    first, _, rest = text.lstrip("\n").partition("\n")
    tabs = first.count("\t")
    lines = [line for line in rest.split("\n") if line.strip()]
    if not tabs or not lines or not all(line.count("\t") == tabs for line in lines):
        return None
    rows = [tuple(cell.strip() or None for cell in line.split("\t")) for line in (first, *lines)]
    if len(rows) * len(rows[0]) > MAX_CELLS:
        return None
    turns = _Turns.of(Grid(tuple(range(1, len(rows) + 1)), tuple(rows)), 0)
    if turns is None or not turns.sure or not turns.columns.headings:
        return None
    made = turns.document(task)
    applied = task.options.choices.get(TURNS_KEY, True)
    decision = replace(turns.decision(made.text), applied=applied)
    return decision, replace(made, decisions=(decision,)) if applied else None


def read_workbook_source(task: ReadTask) -> RawDocument:
    """Read the visible sheets of an `.xlsx`. Raises FileProblem."""
    book = read_workbook(Path(task.file_name), task.source, task.progress)
    warnings = book.pages[0][1].warnings if book.pages else ()
    return _read(task, book, "", (*warnings, *_told(book)))


def _told(book: Workbook) -> Iterator[Message]:
    if book.formulas:
        yield counted(
            "{n} formula was not worked out: its cell says what was saved with the file.",
            "{n} formulas were not worked out: their cells say what was saved with the file.",
            book.formulas,
        )
    if book.hidden:
        yield counted(
            "{n} hidden sheet was left out: {names}.",
            "{n} hidden sheets were left out: {names}.",
            len(book.hidden),
            names=_listed(book.hidden),
        )


def _read(
    task: ReadTask, book: Workbook, encoding: str, warnings: tuple[Message, ...]
) -> RawDocument:
    grids = [grid for _name, grid in book.pages]
    if len(grids) == MAX_PAGES:
        raise too_large(Path(task.file_name))
    if sum(len(grid.rows) * len(grid.rows[0]) for grid in grids) > MAX_CELLS:
        raise FileProblem(_too_large(task.file_name))
    task.progress.step()
    decisions: tuple[Decision, ...] = ()
    if grids:
        turns = _Turns.of(grids[0], len(grids) - 1)
        if turns is not None:
            applied = task.options.choices.get(TURNS_KEY, turns.sure)
            made = turns.document(task)
            decisions = (replace(turns.decision(made.text), applied=applied),)
            if applied:
                return replace(
                    made,
                    encoding=encoding,
                    decisions=decisions,
                    warnings=(*warnings, *made.warnings),
                )
    text, dropped = normalise(_whole_text(book))
    survey = len(grids) == 1 and looks_like_answers(grids[0])
    told = ((dropped_warning(dropped),) if dropped else ()) + ((_SURVEY,) if survey else ())
    return RawDocument(
        text, encoding, decisions=decisions, warnings=(*warnings, *told), turns=(), survey=survey
    )


_SURVEY = message(
    "This looks like answers to a survey, a row for each respondent: imported as survey answers, "
    "each answer becomes a source and the other columns attributes."
)


def _too_large(name: str) -> Message:
    return message(
        "{name} has more than {limit} cells: it is data rather than a text; import it as survey "
        "answers or as values, or split it.",
        name=name,
        limit=MAX_CELLS,
    )


def _whole_text(book: Workbook) -> str:
    """Return the sheets below one another, headed by their names where there are several."""
    parts: list[str] = []
    for name, grid in book.pages:
        lines = [name, ""] if len(book.pages) > 1 and name else []
        parts.append("\n".join([*lines, *sheet_lines(grid)]).rstrip("\n"))
    return "\n\n".join(parts) + "\n" if parts else ""


@dataclass(frozen=True, slots=True)
class _Turns:
    """A sheet of which each row is what somebody says; `others` counts the sheets besides."""

    grid: Grid
    columns: TurnColumns
    clock: Clock
    others: int

    @classmethod
    def of(cls, grid: Grid, others: int) -> "_Turns | None":
        heading = heading_index(grid)
        columns = None if heading is None else find_turn_columns(grid, heading)
        if columns is None:
            return None
        rows = grid.rows[columns.first :]
        at = columns.start
        if at is None:
            return cls(grid, columns, Clock(), others)
        heading_text = columns.headings[at] if columns.headings else ""
        texts = [cell_text(row[columns.text]) for row in rows]
        return cls(grid, columns, clock_of(heading_text, [row[at] for row in rows], texts), others)

    @property
    def sure(self) -> bool:
        return self.columns.sure

    def document(self, task: ReadTask) -> RawDocument:
        """Return the sheet as a transcript."""
        cues: list[Cue] = []
        silent = unnamed = untimed = 0
        for row in self.grid.rows[self.columns.first :]:
            cue = self._cue(row)
            if not cue.text.strip():
                silent += 1
                continue
            untimed += self.columns.start is not None and cue.start is None
            if self.columns.speaker is not None and not cue.speaker:
                unnamed += bool(cues)
                cue = replace(cue, speaker=cues[-1].speaker if cues else "")
                if cues and cue.start is None:
                    cues[-1] = replace(cues[-1], text=f"{cues[-1].text}\n{cue.text}")
                    continue
            cues.append(cue)
        speech = compose(name_speakers(cues, task.options.speakers))
        told = (
            *self._told_rows(silent, unnamed, untimed),
            *((dropped_warning(speech.dropped),) if speech.dropped else ()),
        )
        return RawDocument(speech.text, warnings=told, turns=speech.turns)

    def decision(self, text: str) -> Decision:
        """Return the proposal to read the rows as turns."""
        rows = self.grid.rows[self.columns.first :]
        before = " | ".join(cell_text(cell) for cell in rows[0] if cell is not None)
        return Decision(
            TURNS_KEY, "sheet", before[: 2 * _EXAMPLE], text[: 2 * _EXAMPLE], len(rows),
            self.columns.sure,
        )  # fmt: skip

    def _cue(self, row: Sequence[SheetCell]) -> Cue:
        columns = self.columns
        start, end = (None, None) if columns.start is None else self.clock.read(row[columns.start])
        if columns.end is not None:
            end = self.clock.read(row[columns.end])[0]
        speaker = "" if columns.speaker is None else cell_text(row[columns.speaker])
        text = cell_text(row[columns.text]).strip()
        # A row with a name and no end is a turn as it stands; pieces with both are joined.
        apart = bool(speaker) and end is None
        return Cue(start, end, text, " ".join(speaker.split()).rstrip(" :"), apart=apart)

    def _told_rows(self, silent: int, unnamed: int, untimed: int) -> Iterator[Message]:
        counts: tuple[tuple[int, Callable[[int], Message]], ...] = (
            (self.columns.first - bool(self.columns.headings), _above),
            (silent, _without_text),
            (unnamed, _without_name),
            (untimed, _without_time),
            (self.others, _other_sheets),
        )
        yield from (said(count) for count, said in counts if count)
        left = [
            at for at in range(len(self.grid.rows[0]))
            if at not in self.columns.used
            and any(row[at] is not None for row in self.grid.rows[self.columns.first :])
        ]  # fmt: skip
        if left:
            headings = self.columns.headings
            names = [headings[at] if headings and headings[at] else column_letters(at)
                     for at in left]  # fmt: skip
            yield counted(
                "{n} column is no part of the turns and was left out: {names}.",
                "{n} columns are no part of the turns and were left out: {names}.",
                len(left),
                names=_listed(names),
            )


def _above(n: int) -> Message:
    return counted("{n} row above the headings was left out.",
                   "{n} rows above the headings were left out.", n)  # fmt: skip


def _without_text(n: int) -> Message:
    return counted("{n} row without text was left out.",
                   "{n} rows without text were left out.", n)  # fmt: skip


def _without_name(n: int) -> Message:
    return counted("{n} row names no speaker and goes on the one before.",
                   "{n} rows name no speaker and go on the ones before.", n)  # fmt: skip


def _without_time(n: int) -> Message:
    return counted("{n} row says no time that can be read.",
                   "{n} rows say no time that can be read.", n)  # fmt: skip


def _other_sheets(n: int) -> Message:
    return counted("{n} more sheet was left out: the turns are in the first.",
                   "{n} more sheets were left out: the turns are in the first.", n)  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    more = "" if len(names) <= _NAMED else " …"
    return ", ".join(names[:_NAMED]) + more
