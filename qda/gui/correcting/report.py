"""What a correction does to codings and turns, worded for the user."""

from collections.abc import Mapping
from dataclasses import dataclass

from qda.gui.language import tr, tr_n
from qda.gui.widgets.quote_list import QuoteRow
from qda.operations.corrections import CorrectionPlan, PlacedCoding
from qda.store import codes, turns
from qda.store.project_file import ProjectFile
from qda.text.anchoring import EditMap

SHOWN = 200
"""How many codings are listed of each kind at the most."""


@dataclass(frozen=True, slots=True)
class Report:
    """Sentences on a correction as a whole, and the codings and turns that need a look.

    `places` says where each row is in the text as it is being corrected: start and end.
    """

    sentences: tuple[str, ...]
    rows: tuple[QuoteRow, ...]
    lost: int
    places: Mapping[object, tuple[int, int]]


NOTHING = Report((), (), 0, {})


def report(project: ProjectFile, plan: CorrectionPlan) -> Report:
    """Word a plan; what would be lost comes first."""
    everything = codes.all_codes(project.connection)
    paths = codes.paths(everything)
    names = {code.id: " / ".join(paths[code.id]) for code in everything}
    colors = {code.id: code.color for code in everything}
    rows: list[QuoteRow] = []
    places: dict[object, tuple[int, int]] = {}

    def add(group: tuple[PlacedCoding, ...], what: str) -> None:
        for one in group[:SHOWN]:
            rows.append(
                QuoteRow(
                    one.coding,
                    _before_and_after(one),
                    f"{names.get(one.code, '')} · {what}",
                    colors.get(one.code, ""),
                )
            )
            places[one.coding] = (one.start, one.end)

    add(plan.lost, tr("loses its text"))
    for row, place in _turns_gone(project, plan):
        rows.append(row)
        places[row.id] = place
    add(plan.altered, tr("gets another wording"))
    add(plan.moved, tr("is moved along"))
    return Report(_sentences(plan), tuple(rows), len(plan.lost), places)


def _turns_gone(
    project: ProjectFile, plan: CorrectionPlan
) -> list[tuple[QuoteRow, tuple[int, int]]]:
    """Return the turns of which nothing is left, each with the place at which it stood."""
    if not plan.turns_gone:
        return []
    there = {one.id: one for one in turns.of_document(project.connection, plan.document)}
    after = EditMap(plan.edits)
    found: list[tuple[QuoteRow, tuple[int, int]]] = []
    for turn, number, label in plan.turns_gone[:SHOWN]:
        at = after.before(there[turn].label_start)
        text = tr("Turn {n}: {label}", n=number, label=label) if label else tr("Turn {n}", n=number)
        found.append((QuoteRow(("turn", turn), text, tr("disappears")), (at, at)))
    return found


def _before_and_after(one: PlacedCoding) -> str:
    if one.fate == "altered":
        return f"«{one.before}» → «{one.after}»"
    return f"«{one.before}»"


def _sentences(plan: CorrectionPlan) -> tuple[str, ...]:
    if not plan.edits:
        return (tr("Nothing is changed yet. Codings, turns and links follow what you correct."),)
    found = [tr_n("{n} place is changed.", "{n} places are changed.", len(plan.edits))]
    if plan.altered:
        found.append(
            tr_n(
                "{n} coding gets another wording.",
                "{n} codings get another wording.",
                len(plan.altered),
            )
        )
    if plan.moved:
        found.append(
            tr_n("{n} coding is moved along.", "{n} codings are moved along.", len(plan.moved))
        )
    if plan.folded:
        found.append(
            tr_n(
                "{n} coding then says the same as another and goes into it.",
                "{n} codings then say the same as others and go into them.",
                len(plan.folded),
            )
        )
    found += _said_of_turns(plan)
    if plan.lost:
        found.append(
            tr_n("{n} coding loses its text.", "{n} codings lose their text.", len(plan.lost))
        )
    else:
        found.append(tr("No coding is lost."))
    return tuple(found)


def _said_of_turns(plan: CorrectionPlan) -> list[str]:
    found: list[str] = []
    if plan.turns_new:
        found.append(tr_n("{n} turn is new.", "{n} turns are new.", len(plan.turns_new)))
    if plan.turns_joined:
        found.append(
            tr_n(
                "{n} turn goes into the one before it: its label is gone.",
                "{n} turns go into those before them: their labels are gone.",
                len(plan.turns_joined),
            )
        )
    if plan.turns_respoken:
        found.append(
            tr_n(
                "{n} turn gets another speaker.",
                "{n} turns get another speaker.",
                len(plan.turns_respoken),
            )
        )
    if plan.turns_gone:
        found.append(tr_n("{n} turn disappears.", "{n} turns disappear.", len(plan.turns_gone)))
    return found
