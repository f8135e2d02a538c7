"""The indicators of an office: the last value, a line of the months, and all months as a table."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts, icons
from qda.gui.cases import cell_text
from qda.gui.cases.cell_delegate import CellDelegate
from qda.gui.cases.facts import Indicator
from qda.gui.cases.month_line import MonthLine
from qda.gui.cases.month_model import MonthModel, WriteMonth
from qda.gui.language import current_catalogue, tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import Card
from qda.gui.widgets.trouble import Trouble

_ROWS = 9


class IndicatorCard(Card):
    """Show the indicators of one office; values are written in the table of months."""

    import_wanted = Signal()
    """The user wants monthly values from a file."""

    def __init__(self, theme: Theme, write: WriteMonth, parent: QWidget | None = None) -> None:
        """Build an empty card; `write` keeps what is written in a month."""
        super().__init__(theme, tr("Indicators"), parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(10))
        self._grid.setColumnStretch(1, 1)
        self._rows: list[IndicatorRow] = []
        self._none = QLabel(
            tr("No monthly values yet. They come from a sheet of office, month, indicator and "
               "value."),
            self,
        )  # fmt: skip
        self._none.setProperty("kind", "muted")
        self._none.setWordWrap(True)
        self.file = QToolButton(self)
        self.file.setText(tr("Import monthly values …"))
        self.months = QToolButton(self)
        self.months.setText(tr("Show every month"))
        self.months.setCheckable(True)
        self.model = MonthModel(write, self)
        self.table = QTableView(self)
        self.cells = CellDelegate(theme, self.table)
        self.trouble = Trouble(theme, self)
        self._dress_table(theme)
        self._dress_buttons()
        self.body.addWidget(self._none)
        self.body.addLayout(self._grid)
        for button in (self.file, self.months):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.table)
        self.body.addWidget(self.trouble)
        self.table.hide()
        self.months.toggled.connect(self._on_months_toggled)
        self.file.clicked.connect(self.import_wanted)
        self.cells.refused.connect(self.trouble.say)

    def _dress_table(self, theme: Theme) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(self.cells)
        table.setAccessibleName(tr("Values by month"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(theme.px(28))
        table.horizontalHeader().setHighlightSections(False)
        table.setFixedHeight(theme.px(28 * _ROWS + 20))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        super().set_theme(theme)
        if hasattr(self, "cells"):
            self.cells.set_theme(theme)
            self._dress_buttons()

    def _dress_buttons(self) -> None:
        theme = self._theme
        opened = "chevron-down" if self.months.isChecked() else "chevron-right"
        for button, name in ((self.months, opened), (self.file, "import")):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIcon(icons.icon(name, theme.muted_tinted, theme.px(14), theme.line))

    def show_indicators(self, indicators: Sequence[Indicator], *, writable: bool) -> None:
        """Show other indicators."""
        while len(self._rows) < len(indicators):
            self._rows.append(IndicatorRow(self._theme, self))
            self._rows[-1].add_to(self._grid, len(self._rows) - 1)
        for place, row in enumerate(self._rows):
            row.show_indicator(indicators[place] if place < len(indicators) else None)
        filled = any(one.months for one in indicators)
        self._none.setVisible(not indicators)
        self.file.setVisible(not indicators)
        self.file.setEnabled(writable)
        self.months.setVisible(filled)
        self.table.setVisible(filled and self.months.isChecked())
        self.model.writable = writable
        self.trouble.say("")
        columns = self.model.columnCount()
        self.model.set_indicators(indicators)
        if self.model.columnCount() != columns:
            for column in range(self.model.columnCount()):
                heading = str(self.model.headerData(column, Qt.Orientation.Horizontal))
                font = fonts.interface_font(self._theme.scale, bold=True)
                width = fonts.width_of(heading, font) + self._theme.px(24)
                least, most = self._theme.px(96 if column else 132), self._theme.px(180)
                self.table.setColumnWidth(column, min(max(width, least), most))

    def lines(self) -> tuple[MonthLine, ...]:
        """Return the lines that are shown."""
        return tuple(row.line for row in self._rows if not row.line.isHidden())

    def words(self) -> tuple[str, ...]:
        """Return what is said of each indicator: name, last value, month."""
        return tuple(row.words() for row in self._rows if not row.line.isHidden())

    def _on_months_toggled(self, checked: bool) -> None:  # noqa: FBT001 - slot
        self.table.setVisible(checked)
        self._dress_buttons()
        self.months.setText(tr("Hide the months") if checked else tr("Show every month"))


class IndicatorRow:
    """Name, line and last value of one indicator, side by side."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Make the widgets; they are laid out by `add_to`."""
        self._name = QLabel(parent)
        self._name.setWordWrap(True)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setMaximumWidth(theme.px(120))
        self.line = MonthLine(theme, parent)
        self._last = QLabel(parent)
        self._last.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._last.setFont(fonts.tabular(fonts.interface_font(theme.scale, bold=True)))
        self._month = QLabel(parent)
        self._month.setProperty("kind", "small")
        self._month.setAlignment(Qt.AlignmentFlag.AlignRight)

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Stand in a row of a grid."""
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._last)
        right.addWidget(self._month)
        grid.addWidget(self._name, row, 0)
        grid.addWidget(self.line, row, 1)
        grid.addLayout(right, row, 2)

    def show_indicator(self, indicator: Indicator | None) -> None:
        """Show an indicator, or nothing."""
        for widget in (self._name, self.line, self._last, self._month):
            widget.setVisible(indicator is not None)
        if indicator is None:
            return
        name = indicator.variable.name
        self._name.setText(name)
        numbers = [
            (month, float(value)) for month, value in indicator.months if not isinstance(value, str)
        ]
        self.line.set_values(name, numbers)
        month, value = indicator.months[-1] if indicator.months else ("", None)
        self._last.setText(cell_text.shown_as(value, indicator.variable.type) or "–")
        self._month.setText(current_catalogue().format_month(month) if month else tr("no months"))

    def words(self) -> str:
        """Return what is said: name, last value, month."""
        return f"{self._name.text()} {self._last.text()} {self._month.text()}"
