"""Write a matrix as an OpenDocument spreadsheet: matrix, quotes and settings."""

from collections.abc import Callable, Iterable
from functools import partial

from qda.formats.matrix_files import words
from qda.formats.matrix_files.view import View, settings, step_rows
from qda.formats.ods_sheets import Row, ods_package
from qda.model.entities import Value


def ods_bytes(view: View) -> bytes:
    """Return the spreadsheet."""
    counted = sum(one.beside is None for one in view.columns)
    percent = counted if view.shows_shares else 0
    notes = [(note,) for note in (view.about, *view.notes)]
    counts = [(words.SHEET_COUNTS, list(_matrix(view, view.count)), 0)]
    reasons = [(words.SHEET_REASONS, list(_matrix(view, view.reason)), 0)]
    sheets = (
        (words.SHEET_MATRIX, [*_matrix(view, partial(_cell, view)), (), *notes], percent),
        *(counts if view.export.matrix.percentages is not None else ()),
        *(reasons if view.export.matrix.reasons else ()),
        *([(words.SHEET_STEPS, list(step_rows(view)), 0)] if view.export.matrix.steps else ()),
        (words.SHEET_QUOTES, list(_quotes(view)), 0),
        (words.SHEET_SETTINGS, list(settings(view)), 0),
    )
    return ods_package((view.say(name), rows, n) for name, rows, n in sheets)


def _matrix(view: View, value: Callable[[int, int], Value | None]) -> Iterable[Row]:
    """Yield the heading and the rows with the value of each cell, and their N at the right."""
    kinds = (words.N_SEGMENTS, words.N_DOCUMENTS, words.N_PARTICIPANTS, words.N_CASES)
    sort_by = [view.spec.sort_by] if view.spec.sort_by else []
    labels = [one.label for one in view.columns]
    yield [view.corner, *labels, *(view.say(one) for one in kinds), *sort_by]
    for at, row in enumerate(view.rows):
        cells = [value(at, column) for column in range(len(view.columns))]
        n = [row.n.segments, row.n.documents, row.n.participants, row.n.cases]
        yield [row.label, *cells, *n, *([row.sort_value] if sort_by else [])]


def _cell(view: View, row: int, column: int) -> Value | None:
    if view.shows_quotes and view.columns[column].counted:
        return "\n".join(view.quoted(one) for one in view.quotes(row, column))
    return view.value(row, column)


def _quotes(view: View) -> Iterable[Row]:
    yield [view.say(one) for one in words.QUOTE_COLUMNS]
    for one in view.export.quotes.values():
        stance = view.say(words.STANCES[one.stance]) if one.stance else ""
        yield (
            one.code, "; ".join(one.cases), one.document, one.turn, one.role, one.coder, stance,
            one.value, one.text, one.memo, one.start, one.end, one.guid,
        )  # fmt: skip
