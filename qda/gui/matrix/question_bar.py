"""The top line: rows, columns, what the cells show, filters, export."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from qda.gui.filter_sheet import FilterSheet, Sheet
from qda.gui.language import tr
from qda.gui.matrix import words
from qda.gui.matrix.choosers import SideSheet
from qda.gui.models.choices import Choices
from qda.gui.models.question import Filter, Question, Side
from qda.gui.theme import Theme
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.matrix import CELL_KINDS, JUDGED_KINDS


class QuestionBar(QWidget):
    """Show what is asked, and let the user ask something else."""

    question_changed = Signal(object)
    """The user asks something else.

    Parameters: the `Question`.
    """
    export_wanted = Signal()
    """The user wants the matrix in a file."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing until `show_question`."""
        super().__init__(parent)
        self._theme = theme
        self._choices: Choices | None = None
        self._question = Question()
        self._sheet: Sheet | None = None
        self.rows = Chip(theme, "", label=tr("Rows:"), interactive=True, parent=self)
        self.columns = Chip(theme, "", label=tr("Columns:"), interactive=True, parent=self)
        self.cells = SegmentedControl(
            theme, words.counted_kinds(), name=tr("What the cells show"), parent=self
        )
        self.written = SegmentedControl(
            theme, words.judged_kinds(), name=tr("What is written in the cells"), parent=self
        )
        self.kind = Chip(theme, "", label=tr("Cells:"), interactive=True, parent=self)
        self.kind.hide()
        self.add_filter = Chip(theme, tr("Filter …"), interactive=True, parent=self)
        self.filters: dict[Filter, Chip] = {}
        self.export = QPushButton(tr("Export …"), self)
        self.export.setProperty("kind", "primary")
        self.export.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._chips = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        self._flow = FlowLayout(self._chips, theme.px(8))
        for widget in (
            self.rows, self.columns, self.cells, self.written, self.kind, self.add_filter,
        ):  # fmt: skip
            self._flow.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._chips, 1)
        layout.addWidget(self.export)
        layout.setAlignment(self.export, Qt.AlignmentFlag.AlignTop)
        self.rows.clicked.connect(self.open_rows)
        self.columns.clicked.connect(self.open_columns)
        self.add_filter.clicked.connect(self.open_filter)
        self.kind.clicked.connect(self.open_kinds)
        self.cells.value_changed.connect(self._on_cells_value_changed)
        self.written.value_changed.connect(self._on_cells_value_changed)
        self.export.clicked.connect(self.export_wanted)

    def show_question(self, question: Question, choices: Choices) -> None:
        """Show what is asked."""
        self._choices, self._question = choices, question
        self.rows.set_text(self._side_text("rows"))
        self.columns.set_text(self._side_text("columns"))
        self.cells.set_value(question.cells)
        self.written.set_value(question.cells)
        self.kind.set_text(dict(words.kind_words())[question.cells])
        wanted = list(question.filters)
        if wanted != list(self.filters):
            self._show_filters(wanted)
        for one, chip in self.filters.items():
            # What a band is called may have changed since.
            chip.set_text(choices.filter_words(one))

    def _side_text(self, side: Side) -> str:
        assert self._choices is not None  # noqa: S101 - given before
        found: list[str] = []
        for name in self._question.on(side):
            word = self._choices.word(name)
            if name == "code":
                word = tr("code, top level") if self._question.folded else tr("every code")
            found.append(word)
        return " × ".join(found)

    def _show_filters(self, wanted: list[Filter]) -> None:
        assert self._choices is not None  # noqa: S101 - given before
        for chip in self.filters.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.filters = {}
        self._flow.removeWidget(self.add_filter)
        for one in wanted:
            chip = Chip(
                self._theme,
                self._choices.filter_words(one),
                label=tr("Without:") if one.without else tr("Only:"),
                removable=True,
                parent=self._chips,
            )
            chip.setToolTip(tr("Take the filter away with the cross or the Delete key"))
            chip.removed.connect(self._on_chip_removed)
            chip.show()
            self.filters[one] = chip
            self._flow.addWidget(chip)
        self._flow.addWidget(self.add_filter)
        # The layout hears of widgets only that were not its own before.
        self._flow.invalidate()
        self._flow.activate()
        self._chips.updateGeometry()

    def sheet(self) -> Sheet | None:
        """Return the sheet that is open."""
        return self._sheet

    def open_rows(self) -> None:
        """Let the user choose the rows."""
        self._open_side("rows", self.rows)

    def open_columns(self) -> None:
        """Let the user choose the columns."""
        self._open_side("columns", self.columns)

    def open_filter(self) -> None:
        """Let the user add a filter."""
        if self._choices is not None:
            self._open(
                FilterSheet(self._theme, self._choices, self._question, self), self.add_filter
            )

    def open_kinds(self) -> None:
        """Let the user choose what the cells show, where there is no room for all the words."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, word in words.kind_words():
            action = menu.addAction(word)
            action.setData(kind)
            action.setCheckable(True)
            action.setChecked(kind == self._question.cells)
        menu.triggered.connect(self._on_menu_triggered)
        menu.popup(self.kind.mapToGlobal(QPoint(0, self.kind.height())))

    def _on_menu_triggered(self, action: QAction) -> None:
        self._on_cells_value_changed(action.data())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the words for the cells into one where they do not fit beside the export."""
        super().resizeEvent(event)
        room = event.size().width() - self.export.sizeHint().width() - self._theme.px(8)
        narrow = self.cells.sizeHint().width() > room
        self.cells.setVisible(not narrow)
        self.written.setVisible(not narrow)
        self.kind.setVisible(narrow)

    def _open_side(self, side: Side, below: QWidget) -> None:
        if self._choices is not None:
            self._open(SideSheet(self._theme, self._choices, self._question, side, self), below)

    def _open(self, sheet: Sheet, below: QWidget) -> None:
        self._sheet = sheet
        sheet.question_changed.connect(self.question_changed)
        sheet.destroyed.connect(self._on_sheet_destroyed)
        sheet.open_below(below)

    def _on_sheet_destroyed(self) -> None:
        self._sheet = None

    def _on_cells_value_changed(self, kind: object) -> None:
        for one in (*CELL_KINDS, *JUDGED_KINDS):
            if one == kind:
                self.question_changed.emit(self._question.with_cells(one))

    def _on_chip_removed(self) -> None:
        chip = self.sender()
        gone = next((one for one, shown in self.filters.items() if shown is chip), None)
        if gone is not None:
            self.question_changed.emit(self._question.without_filter(gone))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._flow.setSpacing(theme.px(8))
        self._chips.updateGeometry()
