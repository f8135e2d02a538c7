"""The top line: rows, columns, what the cells show, filters, export."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from qda.gui.filter_sheet import FilterSheet, Sheet
from qda.gui.language import tr
from qda.gui.matrix import agreeing, drawing, tables, words
from qda.gui.matrix.beside_sheet import BesideSheet
from qda.gui.matrix.choosers import GroupSheet, SideSheet
from qda.gui.models.choices import Choices
from qda.gui.models.question import Filter, Question, Side
from qda.gui.theme import Theme
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.matrix import CELL_KINDS, JUDGED_KINDS

LEAST = 300
"""Pixels at 100 % that the bar may be narrowed to: the words for the cells fold before that."""


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
        self._narrow = False
        self.table = Chip(theme, "", label=tr("Table:"), interactive=True, parent=self)
        self.picture = Chip(theme, "", label=tr("Shown as:"), interactive=True, parent=self)
        self.beside = Chip(theme, "", label=tr("Beside:"), interactive=True, parent=self)
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
        self.percent = Chip(theme, "", label=tr("Percent:"), interactive=True, parent=self)
        self.groups = Chip(theme, "", label=tr("Groups:"), interactive=True, parent=self)
        self.by = SegmentedControl(
            theme, tables.units(), name=tr("Where two codes meet"), parent=self
        )
        self.coders = Chip(theme, "", label=tr("Coders:"), interactive=True, parent=self)
        self.unit = SegmentedControl(
            theme, agreeing.unit_words(), name=tr("What two coders are compared by"), parent=self
        )
        self.parts = Chip(theme, "", label=tr("Rows:"), interactive=True, parent=self)
        self._pairs: list[tuple[str, str]] = []
        self.within = Chip(theme, "", label=tr("Followed by:"), interactive=True, parent=self)
        self.codes = Chip(theme, "", label=tr("Codes:"), interactive=True, parent=self)
        self.add_filter = Chip(theme, tr("Filter …"), interactive=True, parent=self)
        self.filters: dict[Filter, Chip] = {}
        self.queries = Chip(theme, tr("Queries …"), interactive=True, parent=self)
        self.export = QPushButton(tr("Export …"), self)
        self.export.setProperty("kind", "primary")
        self.export.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._chips = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._chips.setSizePolicy(policy)
        self._flow = FlowLayout(self._chips, theme.px(8))
        for widget in (
            self.table, self.groups, self.rows, self.columns, self.by, self.coders,
            self.unit, self.parts, self.within, self.codes, self.cells, self.written, self.kind,
            self.percent, self.picture, self.beside, self.add_filter, self.queries,
        ):  # fmt: skip
            self._flow.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        self.setMinimumWidth(theme.px(LEAST))
        layout.addWidget(self._chips, 1)
        layout.addWidget(self.export)
        layout.setAlignment(self.export, Qt.AlignmentFlag.AlignTop)
        self._connect()

    def _connect(self) -> None:
        self.rows.clicked.connect(self.open_rows)
        self.columns.clicked.connect(self.open_columns)
        self.add_filter.clicked.connect(self.open_filter)
        self.kind.clicked.connect(self.open_kinds)
        self.table.clicked.connect(self.open_tables)
        self.percent.clicked.connect(self.open_percent)
        self.picture.clicked.connect(self.open_pictures)
        self.beside.clicked.connect(self.open_beside)
        self.groups.clicked.connect(self.open_groups)
        self.within.clicked.connect(self.open_within)
        self.codes.clicked.connect(self._on_codes_clicked)
        self.by.value_changed.connect(self._on_by_value_changed)
        self.coders.clicked.connect(self.open_coders)
        self.parts.clicked.connect(self.open_parts)
        self.unit.value_changed.connect(self._on_unit_value_changed)
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
        self.table.set_text(dict(tables.table_kinds())[question.table])
        self.percent.set_text(dict(words.percent_choices())[question.percent])
        self.by.set_value(question.by)
        self.unit.set_value(question.unit)
        self.parts.set_text(dict(agreeing.part_words())[question.parts])
        self.coders.set_text(self._pair_text(question.coders))
        self.within.set_text(tables.within_word(question.within))
        self.codes.set_text(tr("top level") if question.folded else tr("every code"))
        self.groups.set_text(self._groups_text())
        self.picture.set_text(drawing.picture_word(question, choices))
        self.beside.set_text(drawing.beside_word(question, choices))
        self._show_fitting()
        wanted = list(question.filters)
        if wanted != list(self.filters):
            self._show_filters(wanted)
        held = tables.holding(choices, question).filters
        for one, chip in self.filters.items():
            # What a band is called may have changed since.
            chip.set_text(choices.filter_words(one))
            chip.setVisible(one in held)

    def show_pairs(self, pairs: list[tuple[str, str]]) -> None:
        """Take in which coders can be compared, by their GUIDs."""
        self._pairs = pairs

    def _pair_text(self, pair: tuple[str, str]) -> str:
        assert self._choices is not None  # noqa: S101 - given before
        names = {str(one.guid): one.name for one in self._choices.entities.coders}
        return " / ".join(names.get(one, "") for one in pair)

    def _groups_text(self) -> str:
        assert self._choices is not None  # noqa: S101 - given before
        dimension, left, right = self._question.groups
        if not dimension:
            return tr("choose two …")
        values = (self._choices.filter_value(dimension, one) for one in (left, right))
        return f"{self._choices.word(dimension)}: {' / '.join(values)}"

    def _show_fitting(self) -> None:
        """Show only what the kind of table is asked by."""
        kind = self._question.table
        matrix, narrow = kind == "matrix", self._narrow
        for widget in (self.rows, self.columns):
            widget.setVisible(matrix)
        for widget in (self.cells, self.written):
            widget.setVisible(matrix and not narrow)
        self.kind.setVisible(matrix and narrow)
        self.percent.setVisible(matrix and self._question.cells in CELL_KINDS)
        self.by.setVisible(kind == "cooccurrence")
        self.within.setVisible(kind == "sequences")
        self.groups.setVisible(kind == "contrast")
        agreement = kind == "agreement"
        self.coders.setVisible(agreement)
        self.unit.setVisible(agreement)
        self.parts.setVisible(agreement)
        self.codes.setVisible(not matrix)
        drawn = kind != "contrast" and not agreement
        self.picture.setVisible(drawn and self._question.cells in CELL_KINDS)
        self.beside.setVisible(self.shows_beside())
        self._flow.invalidate()
        self._chips.updateGeometry()

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
        for chip in (self.add_filter, self.queries):
            self._flow.removeWidget(chip)
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
        for chip in (self.add_filter, self.queries):
            self._flow.addWidget(chip)
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
        self._offer(
            self.kind,
            [
                (word, self._question.with_cells(kind), kind == self._question.cells)
                for kind, word in words.kind_words()
            ],
        )

    def open_tables(self) -> None:
        """Let the user choose another kind of table."""
        asked = self._question
        self._offer(
            self.table,
            [
                (word, replace(asked, table=kind), kind == asked.table)
                for kind, word in tables.table_kinds()
            ],
        )

    def open_pictures(self) -> None:
        """Let the user choose a picture of the table, or the table."""
        if self._choices is None:
            return
        asked = self._question
        self._offer(
            self.picture,
            [
                (word, replace(asked, picture=kind), kind == asked.picture)
                for kind, word in drawing.pictures_of(asked, self._choices)
            ],
        )

    def shows_beside(self) -> bool:
        """Tell whether a joint display is asked for."""
        asked = self._question
        kinds = dict(drawing.pictures_of(asked, self._choices)) if self._choices else {}
        return asked.picture == "joint" and "joint" in kinds and asked.cells in CELL_KINDS

    def open_beside(self) -> None:
        """Let the user choose what stands beside the codes, and in what order."""
        if self._choices is not None and self.shows_beside():
            self._open(BesideSheet(self._theme, self._choices, self._question, self), self.beside)

    def open_percent(self) -> None:
        """Let the user choose what percentages are of, and whether totals stand beside counts."""
        asked = self._question
        choices = [
            (word, asked.with_percent(of), of == asked.percent)
            for of, word in words.percent_choices()
        ]
        totals = replace(asked, totals=not asked.totals)
        self._offer(self.percent, [*choices, (tr("Totals"), totals, asked.totals)], parted=True)

    def open_within(self) -> None:
        """Let the user choose how far the next coded turn may be."""
        asked = self._question
        self._offer(
            self.within,
            [
                (tables.within_word(one), replace(asked, within=one), one == asked.within)
                for one in tables.WITHIN
            ],
        )

    def open_groups(self) -> None:
        """Let the user choose the two groups."""
        if self._choices is not None:
            self._open(GroupSheet(self._theme, self._choices, self._question, self), self.groups)

    def open_coders(self) -> None:
        """Let the user choose the two coders who are compared."""
        asked = self._question
        self._offer(
            self.coders,
            [
                (self._pair_text(one), replace(asked, coders=one), one == asked.coders)
                for one in self._pairs
            ],
        )

    def open_parts(self) -> None:
        """Let the user choose what the rows of an agreement are."""
        asked = self._question
        self._offer(
            self.parts,
            [
                (word, replace(asked, parts=one), one == asked.parts)
                for one, word in agreeing.part_words()
            ],
        )

    def _offer(
        self, below: QWidget, offered: list[tuple[str, Question, bool]], *, parted: bool = False
    ) -> None:
        """Offer questions in a menu, those that hold ticked; `parted` sets the last one apart."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, (word, question, holds) in enumerate(offered, start=1):
            if parted and at == len(offered):
                menu.addSeparator()
            action = menu.addAction(word)
            action.setData(question)
            action.setCheckable(True)
            action.setChecked(holds)
        menu.triggered.connect(self._on_menu_triggered)
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def _on_menu_triggered(self, action: QAction) -> None:
        self.question_changed.emit(action.data())

    def _on_codes_clicked(self) -> None:
        self.question_changed.emit(replace(self._question, folded=not self._question.folded))

    def _on_by_value_changed(self, unit: object) -> None:
        for one, _word in tables.units():
            if one == unit:
                self.question_changed.emit(replace(self._question, by=one))

    def _on_unit_value_changed(self, unit: object) -> None:
        for one, _word in agreeing.unit_words():
            if one == unit:
                self.question_changed.emit(replace(self._question, unit=one))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the words for the cells into one where they do not fit beside the export."""
        super().resizeEvent(event)
        room = event.size().width() - self.export.sizeHint().width() - self._theme.px(8)
        self._narrow = self.cells.sizeHint().width() > room
        self._show_fitting()

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
        self.setMinimumWidth(theme.px(LEAST))
        self._chips.updateGeometry()
