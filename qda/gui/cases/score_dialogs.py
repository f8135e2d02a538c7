"""Scores as tables: the files behind a number, all offices by indicator, two raters compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.formats.word_tables import WordTable
from qda.gui.cases.cell_delegate import CellDelegate
from qda.gui.cases.values_model import Cell, RowsModel
from qda.gui.language import say, tr
from qda.gui.theme import Theme

Row = tuple[Cell, ...]


def table_view(theme: Theme, model: RowsModel, name: str, parent: QWidget) -> QTableView:
    """Return a quiet table on a model."""
    table = QTableView(parent)
    table.setModel(model)
    table.setItemDelegate(CellDelegate(theme, table))
    table.setAccessibleName(name)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setDefaultSectionSize(theme.px(28))
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
    return table


class FilesDialog(QDialog):
    """The files behind a number: which, by whom, what score."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        headings: Sequence[str],
        rows: Sequence[Row],
        parent: QWidget | None = None,
    ) -> None:
        """Show `rows`."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.rows = RowsModel(self)
        self.table = table_view(theme, self.rows, title, self)
        self.rows.set_rows(headings, rows)
        heading = QLabel(title, self)
        heading.setProperty("kind", "heading")
        heading.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        side = theme.px(16)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(10))
        layout.addWidget(heading)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(theme.px(520), theme.px(480))
        self.table.resizeColumnsToContents()
        if rows:
            self.table.setCurrentIndex(self.rows.index(0, 0))


class SummaryDialog(QDialog):
    """All offices by indicator, or two raters compared; a row leads to its files."""

    export_wanted = Signal(object)
    """The user wants the table in a file.

    Parameters: the `WordTable`.
    """
    row_opened = Signal(str, str)
    """The user wants the files behind a row.

    Parameters: the office, empty for all; the indicator.
    """

    def __init__(
        self,
        theme: Theme,
        views: Sequence[tuple[str, Callable[[], WordTable]]],
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `views` are what can be shown, by name."""
        super().__init__(parent)
        self._views = views
        self._table: WordTable | None = None
        self.setWindowTitle(tr("Scores of all offices"))
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("What is shown"))
        self.choice.addItems([name for name, _make in views])
        self.rows = RowsModel(self)
        self.table = table_view(theme, self.rows, tr("Scores of all offices"), self)
        self.notes = QLabel(self)
        self.notes.setProperty("kind", "small")
        self.notes.setWordWrap(True)
        self.export = QPushButton(tr("Export …"), self)
        self.export.setAutoDefault(False)
        close = QPushButton(tr("Close"), self)
        close.setAutoDefault(False)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.choice)
        top.addStretch(1)
        bottom.addWidget(self.export)
        bottom.addStretch(1)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        side = theme.px(16)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(10))
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notes)
        layout.addLayout(bottom)
        width, height = theme.px(860), theme.px(560)
        if parent is not None:
            room = parent.window().size()
            width, height = min(width, room.width() - 32), min(height, room.height() - 48)
        self.resize(width, height)
        self.choice.activated.connect(self.show_view)
        self.export.clicked.connect(self._on_export_clicked)
        self.table.activated.connect(self._on_table_activated)
        close.clicked.connect(self.reject)
        self.show_view(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, place: int) -> None:
        """Show one of the views."""
        self._table = made = self._views[place][1]()
        self.rows.set_rows(
            [say(heading) for heading, _kind in made.headings],
            [tuple(_cell(one) for one in row) for row in made.rows],
        )
        notes = [say(note) for note in made.notes]
        self.notes.setText(" ".join([*notes, tr("Enter on a row shows its files.")]))
        self.table.resizeColumnsToContents()
        if made.rows:
            self.table.setCurrentIndex(self.rows.index(0, 0))

    def _on_export_clicked(self) -> None:
        if self._table is not None:
            self.export_wanted.emit(self._table)

    def _on_table_activated(self, index: QModelIndex) -> None:
        made = self._table
        if made is None or not index.isValid():
            return
        if made.headings[1][1] != "text":
            # Two raters compared: a row is an indicator, of all offices.
            self.row_opened.emit("", str(made.rows[index.row()][0]))
            return
        office, item = made.rows[index.row()][:2]
        last = index.row() >= len(made.rows) - len({row[1] for row in made.rows})
        self.row_opened.emit("" if last else str(office), str(item))


def _cell(value: str | float | None) -> Cell:
    if value is None:
        return "–"
    return round(value, 3) if isinstance(value, float) else value
