"""The left pane: a heading with buttons, a field to find an office, the table."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qda.gui.cases.case_model import Write
from qda.gui.cases.case_table import CaseTable
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.trouble import Trouble


class TablePane(QFrame):
    """Hold the table and what belongs to it."""

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
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(theme.px(240))
        self.trouble = Trouble(theme, self)
        self.table = CaseTable(theme, write, self)
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        line.setSpacing(theme.px(12))
        line.addWidget(self.filter, 1)
        line.addWidget(self.trouble, 2)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.table.cells.refused.connect(self.trouble.say)
