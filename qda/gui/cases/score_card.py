"""The scores of the office at hand: the mean of each indicator, and how its files spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from qda.gui.cases.entry_list import Entry, EntryList
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.labels import Card
from qda.store import scores

if TYPE_CHECKING:
    from qda.analysis.scores import ScoreCell
    from qda.model.ids import CaseId
    from qda.model.scores import ScoreItem, ScoreSheet
    from qda.store.project_file import ProjectFile


@dataclass(frozen=True, slots=True)
class Scored:
    """What one office has on one indicator of a sheet."""

    sheet: ScoreSheet
    item: ScoreItem
    cell: ScoreCell


def scored_of(project: ProjectFile, case: CaseId) -> tuple[Scored, ...]:
    """Return what an office has on each indicator of each sheet."""
    sheets = scores.all_sheets(project.connection)
    if not sheets:
        return ()
    from qda.analysis.scores import summary_of_case  # lazy: it brings numpy

    return tuple(
        Scored(sheet, item, cell)
        for sheet in sheets
        for item, cell in zip(
            sheet.items, summary_of_case(project.connection, sheet, case), strict=True
        )
    )


class ScoreCard(Card):
    """A row for each indicator; Enter shows the files behind it. Hidden where nothing is scored."""

    opened = Signal(int)
    """The user wants to see the files behind an indicator.

    Parameters: its id.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty card."""
        super().__init__(theme, tr("Scores"), parent)
        self.list = EntryList(theme, tr("Scores by indicator"), self)
        self._legend = QLabel(self)
        self._legend.setProperty("kind", "small")
        self._legend.setWordWrap(True)
        self._legend.setText(
            tr("Mean, then the number of files with each value. Enter shows the files.")
        )
        self.body.addWidget(self.list)
        self.body.addWidget(self._legend)
        self.list.opened.connect(self.opened)

    def show_scores(self, scored: Sequence[Scored]) -> None:
        """Show what an office has."""
        self.setVisible(bool(scored))
        several = len({one.sheet.id for one in scored}) > 1
        self.list.show_entries([_entry(one, with_sheet=several) for one in scored], writable=False)


def _entry(one: Scored, *, with_sheet: bool) -> Entry:
    name = f"{one.sheet.name} › {one.item.name}" if with_sheet else one.item.name
    if one.cell.mean is None:
        text = tr("{name}: not scored", name=name)
        return Entry(int(one.item.id), text, text)
    number = current_catalogue().format_number
    mean = number(round(one.cell.mean, 2))
    spread = list(zip(one.sheet.scale, one.cell.counts, strict=True))
    shown = "  ".join(f"{value}: {count}" for value, count in spread)
    spoken = ", ".join(
        tr_n("{n} file with {value}", "{n} files with {value}", count, value=value)
        for value, count in spread
    )
    return Entry(
        int(one.item.id),
        f"{name}: {mean}   ({shown})",
        tr("{name}: mean {mean}, {spread}", name=name, mean=mean, spread=spoken),
    )
