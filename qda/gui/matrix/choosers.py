"""Sheets that drop down from the top line: rows and columns."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from qda.gui.filter_sheet import Sheet, choose, fill
from qda.gui.language import current_catalogue, tr
from qda.gui.models.choices import Choices, day_of
from qda.gui.models.question import Question, Side
from qda.gui.number_lists import read_points
from qda.gui.theme import Theme
from qda.model.matrix import JUDGED_KINDS
from qda.text.periods import parse_days

_NO_GROUPS = ("code", "codeset", "query", "proposition")
"""What tells segments apart, but not those who say them."""


class SideSheet(Sheet):
    """Choose the rows or the columns: what, in what, how cut, in what order."""

    def __init__(
        self, theme: Theme, choices: Choices, question: Question, side: Side, parent: QWidget
    ) -> None:
        """Show what stands on `side` now."""
        super().__init__(theme, choices, question, parent)
        self._side: Side = side
        self.setAccessibleName(tr("Rows") if side == "rows" else tr("Columns"))
        self.first = QComboBox(self)
        self.second = QComboBox(self)
        self.each_code = QCheckBox(tr("Every &code by itself"), self)
        self.order = QComboBox(self)
        self.descending = QCheckBox(tr("The &highest first"), self)
        self.bands: dict[str, QLineEdit] = {}
        self._band_labels: dict[str, QLabel] = {}
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self._label(tr("&Rows") if side == "rows" else tr("&Columns"), self.first)
        self._label(tr("Divided &by"), self.second)
        self._column.addWidget(self.each_code)
        self._order_label = self._label(tr("&In the order of"), self.order)
        self._column.addWidget(self.descending)
        self.as_of, self.successors = QLineEdit(self), QLineEdit(self)
        self.as_of.setPlaceholderText(tr("the interview; or 2024-01, today"))
        self.successors.setPlaceholderText(tr("no; or as of 2024-01, today"))
        self._as_of_label = self._label(tr("&Groups as of"), self.as_of)
        self._successors_label = self._label(tr("&Merged offices as the new"), self.successors)
        self._column.addWidget(self.problem)
        self._fill()
        self.first.activated.connect(self._on_sides_chosen)
        self.second.activated.connect(self._on_sides_chosen)
        self.each_code.toggled.connect(self._on_each_code_toggled)
        self.order.activated.connect(self._on_order_activated)
        self.descending.toggled.connect(self._on_descending_toggled)
        self.as_of.editingFinished.connect(self._on_days_edited)
        self.successors.editingFinished.connect(self._on_days_edited)

    def first_field(self) -> QWidget:
        """Return the choice of rows or columns."""
        return self.first

    def _fill(self) -> None:
        names = self._question.on(self._side)
        dimensions = self._choices.dimensions()
        fill(self.first, dimensions)
        fill(self.second, [one for one in dimensions if one.key != names[0]], tr("nothing"))
        choose(self.first, names[0])
        choose(self.second, names[1] if len(names) > 1 else "")
        self.each_code.setChecked(not self._question.folded)
        fill(self.order, self._choices.orders(self._question.rows), tr("as in the project"))
        choose(self.order, self._question.sort_by)
        self.descending.setChecked(self._question.descending)
        self.as_of.setText(self._question.as_of)
        self.successors.setText(self._question.successors)
        self._show_fitting()

    def _show_fitting(self) -> None:
        """Show only what makes a difference to what is chosen."""
        names = self._question.on(self._side)
        self.each_code.setVisible("code" in names)
        ordered = self._side == "rows" and self.order.count() > 1
        for widget in (self._order_label, self.order):
            widget.setVisible(ordered)
        self.descending.setVisible(ordered and bool(self._question.sort_by))
        dated = any(self._choices.is_kind(name) for name in names)
        follows = self._choices.has_successions() and self._question.cells not in JUDGED_KINDS
        for widget, wanted in (
            (self._as_of_label, dated), (self.as_of, dated),
            (self._successors_label, follows), (self.successors, follows),
        ):  # fmt: skip
            widget.setVisible(wanted)
        self.problem.setVisible(bool(self.problem.text()))
        for name, field in self.bands.items():
            field.setVisible(name in names)
            self._band_labels[name].setVisible(name in names)
        for name in names:
            if self._choices.is_number(name) and name not in self.bands:
                self._add_bands(name)
        self.adjustSize()

    def _add_bands(self, name: str) -> None:
        field = QLineEdit(self)
        field.setPlaceholderText(tr("no bands; write for instance 15 70"))
        points = self._question.bands.get(name, ())
        field.setText("  ".join(current_catalogue().format_number(point) for point in points))
        self._band_labels[name] = label = QLabel(
            tr("Bands of {name} begin at", name=self._choices.word(name)), self
        )
        label.setProperty("kind", "label")
        label.setBuddy(field)
        field.setAccessibleName(label.text())
        self.bands[name] = field
        place = self._column.indexOf(self.each_code)
        self._column.insertWidget(place, label)
        self._column.insertWidget(place + 1, field)
        field.editingFinished.connect(self._on_bands_edited)

    def _on_sides_chosen(self) -> None:
        first, second = self.first.currentData(), self.second.currentData()
        if not first:
            return
        names = (first,) if not second or second == first else (first, second)
        self._emit(self._question.with_side(self._side, names))
        self._fill()

    def _on_each_code_toggled(self, on: bool) -> None:  # noqa: FBT001 - slot
        self._emit(replace(self._question, folded=not on))

    def _on_order_activated(self) -> None:
        self._emit(replace(self._question, sort_by=self.order.currentData() or ""))
        self._show_fitting()

    def _on_descending_toggled(self, on: bool) -> None:  # noqa: FBT001 - slot
        self._emit(replace(self._question, descending=on))

    def _on_days_edited(self) -> None:
        """Take days that can be read; say of others what can."""
        texts = [self.as_of.text().strip(), self.successors.text().strip()]
        wrong = next((one for one in texts if one and parse_days(day_of(one)) is None), "")
        self.problem.setText(
            tr("«{wrong}» is no day; write for instance 2024-01, or today.", wrong=wrong)
            if wrong
            else ""
        )
        self._show_fitting()
        if not wrong:
            self._emit(replace(self._question, as_of=texts[0], successors=texts[1]))

    def _on_bands_edited(self) -> None:
        question = self._question
        wrong = ""
        for name, field in self.bands.items():
            points = read_points(field.text())
            if points is None:
                wrong = field.text()
            else:
                question = question.with_bands(name, points)
        self.problem.setText(
            tr("«{wrong}» is not a row of numbers; write for instance 15 70.", wrong=wrong)
            if wrong
            else ""
        )
        self._show_fitting()
        self._emit(question)


class GroupSheet(Sheet):
    """Choose what tells two groups apart, and the two."""

    def __init__(self, theme: Theme, choices: Choices, question: Question, parent: QWidget) -> None:
        """Show what is chosen now."""
        super().__init__(theme, choices, question, parent)
        self.setAccessibleName(tr("Groups"))
        self.dimension = QComboBox(self)
        self.left, self.right = QComboBox(self), QComboBox(self)
        self._label(tr("&What tells them apart"), self.dimension)
        self._label(tr("&One group"), self.left)
        self._label(tr("The &other group"), self.right)
        fill(self.dimension, [one for one in choices.dimensions() if one.key not in _NO_GROUPS])
        dimension, left, right = question.groups
        choose(self.dimension, dimension or choices.first_grouping())
        self._fill_values()
        if dimension:
            choose(self.left, left)
            choose(self.right, right)
        self.dimension.activated.connect(self._on_dimension_activated)
        self.left.activated.connect(self._on_group_activated)
        self.right.activated.connect(self._on_group_activated)

    def first_field(self) -> QWidget:
        """Return the choice of what tells the groups apart."""
        return self.dimension

    def _fill_values(self) -> None:
        name = self.dimension.currentData()
        values = self._choices.values(name, self._question) if name else []
        for combo in (self.left, self.right):
            combo.clear()
            for value, word in values:
                combo.addItem(word, value)
        self.right.setCurrentIndex(min(1, len(values) - 1))

    def _on_dimension_activated(self) -> None:
        self._fill_values()
        self._on_group_activated()

    def _on_group_activated(self) -> None:
        groups = (
            self.dimension.currentData(), self.left.currentData(), self.right.currentData(),
        )  # fmt: skip
        if all(groups) and groups[1] != groups[2]:
            self._emit(replace(self._question, groups=groups))
