"""What a user does with quotes: say how they are printed, pick them for the text, trim them."""

from collections.abc import Sequence
from dataclasses import replace

from qda.model.changes import OpResult
from qda.model.errors import NotFound
from qda.model.ids import CodingId, PickedQuoteId, new_guid
from qda.model.messages import Message, message
from qda.model.quotes import PickedQuote, QuoteStyle, Trim
from qda.store import codings, quotes
from qda.store.project_file import ProjectFile
from qda.text.attribution import read_template
from qda.text.printing import checked_style, checked_trims

STYLE = message("Change how quotes are printed")
PICK = message("Pick quotes for the text")
DROP = message("Take quotes out of the text")
TRIM = message("Trim a quote for print")
NOTE = message("Write a note on a picked quote")
MOVE = message("Move a picked quote")


def set_style(project: ProjectFile, *, coder: str, style: QuoteStyle) -> OpResult[QuoteStyle]:
    """Say how the project's quotes are printed. Raises NotAllowed for what cannot be."""
    read_template(style.attribution)
    checked = checked_style(style)
    with project.step(STYLE, coder) as step:
        if checked != quotes.style(project.connection):
            quotes.set_style(project.connection, checked)
    return OpResult(checked, step.changes, step.id)


def pick_quotes(
    project: ProjectFile, *, coder: str, coding_ids: Sequence[CodingId]
) -> OpResult[int]:
    """Pick segments for the text, after those that are; return how many were not before.

    Raises NotFound for a segment that is gone.
    """
    connection = project.connection
    there = {one.coding for one in quotes.picked(connection)}
    new = [one for one in dict.fromkeys(coding_ids) if one not in there]
    found = {one: codings.by_id(connection, one) for one in new}
    with project.step(PICK, coder) as step:
        for one, coding in found.items():
            if coding is None:
                raise NotFound(message("The segment is no longer in the project."))
            quotes.insert(connection, new_guid(), one, coding.quote)
    return OpResult(len(new), step.changes, step.id)


def drop_quotes(
    project: ProjectFile, *, coder: str, picked: Sequence[PickedQuoteId]
) -> OpResult[None]:
    """Take quotes out of what is picked; the segments stay."""
    with project.step(DROP, coder) as step:
        quotes.delete(project.connection, picked)
    return OpResult(None, step.changes, step.id)


def trim_quote(
    project: ProjectFile, *, coder: str, picked: PickedQuoteId, trims: Sequence[Trim]
) -> OpResult[PickedQuote]:
    """Say what of a picked quote is cut and put in where it is printed; the source stays as it is.

    Raises NotFound, and NotAllowed as `checked_trims`.
    """
    found = find_picked(project, picked)
    coding = codings.by_id(project.connection, found.coding)
    assert coding is not None  # noqa: S101 - a picked quote goes with its segment
    changed = replace(found, quote=coding.quote, trims=checked_trims(coding.quote, trims))
    return _written(project, coder, found, changed, TRIM)


def note_quote(
    project: ProjectFile, *, coder: str, picked: PickedQuoteId, note: str
) -> OpResult[PickedQuote]:
    """Write what a picked quote is wanted for. Raises NotFound."""
    found = find_picked(project, picked)
    return _written(project, coder, found, replace(found, note=note.strip()), NOTE)


def move_quote(
    project: ProjectFile, *, coder: str, picked: PickedQuoteId, to: int
) -> OpResult[None]:
    """Move a picked quote to a place, counted from 0; beyond the ends is at them."""
    find_picked(project, picked)
    order = [one.id for one in quotes.picked(project.connection) if one.id != picked]
    order.insert(min(max(to, 0), len(order)), picked)
    with project.step(MOVE, coder) as step:
        quotes.arrange(project.connection, order)
    return OpResult(None, step.changes, step.id)


def find_picked(project: ProjectFile, picked: PickedQuoteId) -> PickedQuote:
    """Return a picked quote. Raises NotFound."""
    for one in quotes.picked(project.connection):
        if one.id == picked:
            return one
    raise NotFound(message("The quote is no longer picked for the text."))


def _written(
    project: ProjectFile, coder: str, before: PickedQuote, after: PickedQuote, what: Message
) -> OpResult[PickedQuote]:
    with project.step(what, coder) as step:
        if after != before:
            quotes.update(project.connection, after)
    return OpResult(after, step.changes, step.id)
