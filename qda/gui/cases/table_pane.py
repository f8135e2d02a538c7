"""The left pane: a heading with buttons, a field to find an office, the table."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qda.gui.cases.case_model import Write
from qda.gui.cases.case_table import CaseTable
from qda.gui.language import current_catalogue, tr
from qda.gui.theme import Theme
from qda.gui.widgets.clear_button import add_clear_button
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.trouble import Trouble


class TablePane(QFrame):
    """Hold the table and what belongs to it."""

    month_chosen = Signal(str)
    """The user wants the indicators of another month.

    Parameters: the month, empty for the last one of each office.
    """

    def __init__(self, theme: Theme, write: Write, parent: QWidget | None = None) -> None:
        """Build the pane; `write` keeps what is written in a cell."""
        super().__init__(parent)
        self.setProperty("kind", "paper")
        self.header = PaneHeader(theme, tr("Offices"), "", self)
        self.add = self.header.add_button("plus", tr("New office"))
        self.file = self.header.add_button("import", tr("Import the sheet of offices …"))
        self.more = self.header.add_button("more", tr("What can be done"))
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Find an office"))
        self.filter.setAccessibleName(tr("Find an office"))
        add_clear_button(self.filter)
        self.filter.setMaximumWidth(theme.px(240))
        self.month = QComboBox(self)
        self.month.setAccessibleName(tr("Month of the indicators"))
        self.month.setToolTip(tr("Month of the indicators"))
        self.month.hide()
        self.trouble = Trouble(theme, self)
        self.table = CaseTable(theme, write, self)
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        line.setSpacing(theme.px(12))
        line.addWidget(self.filter, 1)
        line.addWidget(self.month)
        line.addWidget(self.trouble, 2)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.table.cells.refused.connect(self.trouble.say)
        self.month.activated.connect(self._on_month_activated)

    def show_months(self, months: Sequence[str], chosen: str) -> None:
        """Offer these months, the latest first; without months there is nothing to choose."""
        known = [self.month.itemData(at) for at in range(1, self.month.count())]
        if known != list(reversed(months)):
            self.month.clear()
            self.month.addItem(tr("Last month"), "")
            for month in reversed(months):
                self.month.addItem(current_catalogue().format_month(month), month)
        self.month.setCurrentIndex(max(self.month.findData(chosen), 0))
        self.month.setVisible(bool(months))

    def _on_month_activated(self, index: int) -> None:
        self.month_chosen.emit(self.month.itemData(index))
