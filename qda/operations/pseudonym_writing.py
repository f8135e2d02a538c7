"""Writing other words for names, there and back: in texts with all that is anchored, in titles."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qda.model.ids import CodingId, DocumentId
from qda.model.pseudonyms import TextPlace
from qda.model.quotes import PickedQuote, Trim
from qda.operations import corrections
from qda.operations.naming import free_name
from qda.operations.pseudonyms import searched
from qda.store import codings, documents, quotes, text_fields
from qda.store import corrections as correction_rows
from qda.store.project_file import ProjectFile
from qda.store.text_fields import Field
from qda.text import json_strings
from qda.text.anchoring import EditMap
from qda.text.edits import Edit, apply


def write_text(project: ProjectFile, document: DocumentId, edits: Sequence[Edit]) -> None:
    """Replace stretches of a text within an operation.

    A coding of half a name takes all of it. What is cut from picked quotes stays cut.
    """
    connection = project.connection
    text = documents.text(connection, document)
    before = {
        coding: (start, text[start:end])
        for coding, _code, _coder, start, end in correction_rows.codings_at(
            connection, document, 0, len(text)
        )
    }
    correction_rows.place_codings(connection, list(_widened(project, document, text, edits)))
    corrections.write(project, corrections.work_out(project, document, edits))
    moved = EditMap(edits)
    for picked in quotes.picked(connection):
        if picked.coding in before:
            now = codings.by_id(connection, picked.coding)
            start, quote = before[picked.coding]
            if now is not None and now.quote != picked.quote:
                fits = picked.quote == quote
                quotes.update(
                    connection, _follow(picked, moved, start, now.start, now.quote, fits=fits)
                )


def _follow(
    picked: PickedQuote, moved: EditMap, was: int, start: int, quote: str, *, fits: bool
) -> PickedQuote:
    """Return a picked quote with its trims where they are now; those of an older text are gone."""
    trims: list[Trim] = []
    for one in picked.trims if fits else ():
        first = max(0, moved.before(was + one.start) - start)
        last = min(len(quote), moved.after(was + one.end) - start)
        if first <= last and (not trims or trims[-1].end <= first):
            trims.append(replace(one, start=first, end=last))
    return replace(picked, quote=quote, trims=tuple(trims))


def _widened(
    project: ProjectFile, document: DocumentId, text: str, edits: Sequence[Edit]
) -> Iterator[tuple[int, int, str, CodingId]]:
    """Yield the codings that begin or end inside a name, reaching over all of it."""
    rows = correction_rows.codings_at(project.connection, document, 0, len(text))
    for coding, _code, _coder, start, end in rows:
        first, last = _over(start, edits, ends=False), _over(end, edits, ends=True)
        if (first, last) != (start, end):
            yield first, last, text[first:last], coding


def _over(offset: int, edits: Sequence[Edit], *, ends: bool) -> int:
    at = bisect_left(edits, offset, key=lambda one: one.end)
    if at < len(edits) and edits[at].start < offset < edits[at].end:
        return edits[at].end if ends else edits[at].start
    return offset


def write_change(project: ProjectFile, place: TextPlace, text: str, edits: Sequence[Edit]) -> None:
    """Write a title, note or list anew; a name that must be unique gets a number if need be."""
    connection = project.connection
    field: Field = (place.table, place.column)
    raw = text_fields.text(connection, field, place.row)
    new = apply(text, edits)
    if searched(place, raw) != raw:
        new = json_strings.rejoined(raw, new)
    elif field in text_fields.UNIQUE:
        new = free_name(new, text_fields.unique(connection, field) - {raw})
    text_fields.write(connection, field, [(place.row, new)])
