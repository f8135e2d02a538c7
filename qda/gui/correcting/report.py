"""What a correction does to codings and turns, worded for the user."""

from dataclasses import dataclass

from qda.gui.language import tr, tr_n
from qda.gui.widgets.quote_list import QuoteRow
from qda.operations.corrections import CorrectionPlan, PlacedCoding
from qda.store import codes
from qda.store.project_file import ProjectFile

SHOWN = 200
"""How many codings are listed of each kind at the most."""


@dataclass(frozen=True, slots=True)
class Report:
    """Sentences on a correction as a whole, and the codings that need a look."""

    sentences: tuple[str, ...]
    rows: tuple[QuoteRow, ...]
    lost: int


def report(project: ProjectFile, plan: CorrectionPlan) -> Report:
    """Word a plan; what would be lost comes first."""
    everything = codes.all_codes(project.connection)
    names = {code.id: " / ".join(path) for code, path in
             ((code, codes.paths(everything)[code.id]) for code in everything)}  # fmt: skip
    colors = {code.id: code.color for code in everything}
    rows: list[QuoteRow] = []
    groups = ((plan.lost, tr("loses its text")), (plan.altered, tr("gets another wording")),
              (plan.moved, tr("is moved along")))  # fmt: skip
    for group, what in groups:
        rows += [
            QuoteRow(
                one.coding,
                _before_and_after(one),
                f"{names.get(one.code, '')} · {what}",
                colors.get(one.code, ""),
            )
            for one in group[:SHOWN]
        ]
    return Report(_sentences(plan), tuple(rows), len(plan.lost))


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
    if plan.turns_gone:
        found.append(tr_n("{n} turn disappears.", "{n} turns disappear.", len(plan.turns_gone)))
    if plan.lost:
        found.append(
            tr_n("{n} coding loses its text.", "{n} codings lose their text.", len(plan.lost))
        )
    else:
        found.append(tr("No coding is lost."))
    return tuple(found)
