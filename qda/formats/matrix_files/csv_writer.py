"""Write a matrix as CSV: one header row, one row for each row, N at the right.

A column of percentages has that of its counts beside it, so that every column is of one kind and a
program finds both under their names. Of the material, what 100 % is differs from cell to cell: a
third column says it.
"""

import csv
import io
from collections.abc import Iterator

from qda.formats.matrix_files import words
from qda.formats.matrix_files.view import View, clean, lowered

_GUARDED = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(view: View) -> bytes:
    """Return the file in UTF-8 with a byte order mark.

    In Norwegian, cells are parted by `;` and decimals written with a comma, which is what
    spreadsheets there expect; else by `,` and with a point. A text that a spreadsheet would take
    for a formula begins with an apostrophe.
    """
    norwegian = view.language in ("nb", "nn")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";" if norwegian else ",", lineterminator="\r\n")
    counts = (words.N_SEGMENTS, words.N_DOCUMENTS, words.N_PARTICIPANTS, words.N_CASES)
    sorted_by = [guarded(view.spec.sort_by)] if view.spec.sort_by else []
    header = [view.corner, *_labels(view)]
    writer.writerow([*map(guarded, header), *(view.say(one) for one in counts), *sorted_by])
    for at, row in enumerate(view.rows):
        cells = [cell for column in range(len(view.columns)) for cell in _cells(view, at, column)]
        n = [row.n.segments, row.n.documents, row.n.participants, row.n.cases]
        value = row.sort_value
        text = guarded(value) if isinstance(value, str) else _number(view, value)
        writer.writerow([guarded(row.label), *cells, *n, *([text] if sorted_by else [])])
    return ("\ufeff" + buffer.getvalue()).encode("utf-8")


def _labels(view: View) -> Iterator[str]:
    percent = view.export.matrix.percentages
    for one in view.columns:
        yield one.label
        if percent is not None and one.beside is None:
            yield f"{one.label}: {lowered(view.unit)}"
            if percent.of == "material":
                yield f"{one.label}: {view.say(words.PERCENT_BASE)}"


def _cells(view: View, row: int, column: int) -> Iterator[str]:
    yield _cell(view, row, column)
    percent = view.export.matrix.percentages
    if percent is not None and view.columns[column].beside is None:
        worded = isinstance(view.value(row, column), str)
        count = view.count(row, column)
        # What was not asked has no count: it is no nothing.
        yield "" if worded or not isinstance(count, int | float) else _number(view, count)
        if percent.of == "material":
            yield _number(view, view.base(row, column))


def _cell(view: View, row: int, column: int) -> str:
    if view.shows_quotes and view.columns[column].counted:
        return guarded("\n".join(one.text for one in view.quotes(row, column)))
    value = view.value(row, column)
    return guarded(value) if isinstance(value, str) else _number(view, value)


def _number(view: View, value: float | None) -> str:
    return "" if value is None else view.number(float(value))


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    written = clean(text)
    return "'" + written if written.startswith(_GUARDED) else written
