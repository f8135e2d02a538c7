"""Small sheets that drop down from the top line: rows and columns, and filters."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import current_catalogue, tr
from qda.gui.matrix.choices import Choice, Choices, group_word
from qda.gui.matrix.question import Filter, Question, Side
from qda.gui.number_lists import read_points
from qda.gui.theme import Theme
from qda.gui.widgets.segmented_control import SegmentedControl

MANY = 12
"""Values from which on a field to search them is worth its place."""


class Sheet(QFrame):
    """A sheet that closes when the user looks elsewhere."""

    question_changed = Signal(object)
    """The user chose something.

    Parameters: the `Question` as it is now.
    """

    def __init__(self, theme: Theme, choices: Choices, question: Question, parent: QWidget) -> None:
        """Show what is chosen now."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self._theme = theme
        self._choices = choices
        self._question = question
        self._column = QVBoxLayout(self)
        side = theme.px(12)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(theme.px(6))
        self.setMinimumWidth(theme.px(280))

    def open_below(self, widget: QWidget) -> None:
        """Drop down from `widget`, within the screen."""
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(0, widget.height() + self._theme.px(4)))
        window = widget.window().frameGeometry()
        right = window.right() - self.width() - self._theme.px(8)
        place.setX(max(window.left(), min(place.x(), right)))
        self.move(place)
        self.show()
        self.first_field().setFocus(Qt.FocusReason.PopupFocusReason)

    def first_field(self) -> QWidget:
        """Return what has the keyboard first."""
        return self

    def _label(self, text: str, buddy: QWidget | None = None) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("kind", "label")
        if buddy is not None:
            label.setBuddy(buddy)
            buddy.setAccessibleName(text.replace("&", ""))
        self._column.addWidget(label)
        if buddy is not None:
            self._column.addWidget(buddy)
        return label

    def _emit(self, question: Question) -> None:
        if question != self._question:
            self._question = question
            self.question_changed.emit(question)


def fill(combo: QComboBox, choices: Iterable[Choice], none: str = "") -> None:
    """Put choices under headings into a combo box, with `none` for no choice first."""
    model = QStandardItemModel(combo)
    group = ""
    if none:
        model.appendRow(_item(none, ""))
    for choice in choices:
        if choice.group != group and choice.group:
            heading = QStandardItem(group_word(choice.group))
            heading.setEnabled(False)
            model.appendRow(heading)
        group = choice.group
        model.appendRow(_item(choice.word, choice.key))
    combo.setModel(model)
    combo.setMaxVisibleItems(20)


def _item(word: str, key: str) -> QStandardItem:
    item = QStandardItem(word)
    item.setData(key, Qt.ItemDataRole.UserRole)
    return item


def choose(combo: QComboBox, key: str) -> None:
    """Make a key current without asking whether it is there."""
    combo.setCurrentIndex(combo.findData(key))


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
        self._column.addWidget(self.problem)
        self._fill()
        self.first.activated.connect(self._on_sides_chosen)
        self.second.activated.connect(self._on_sides_chosen)
        self.each_code.toggled.connect(self._on_each_code_toggled)
        self.order.activated.connect(self._on_order_activated)
        self.descending.toggled.connect(self._on_descending_toggled)

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
        self._show_fitting()

    def _show_fitting(self) -> None:
        """Show only what makes a difference to what is chosen."""
        names = self._question.on(self._side)
        self.each_code.setVisible("code" in names)
        ordered = self._side == "rows" and self.order.count() > 1
        for widget in (self._order_label, self.order):
            widget.setVisible(ordered)
        self.descending.setVisible(ordered and bool(self._question.sort_by))
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


class FilterSheet(Sheet):
    """Add a filter: only, or without, a value of something."""

    def __init__(self, theme: Theme, choices: Choices, question: Question, parent: QWidget) -> None:
        """Offer everything that segments can be told apart by."""
        super().__init__(theme, choices, question, parent)
        self.setAccessibleName(tr("Filter"))
        self.mode = SegmentedControl(
            theme, [(False, tr("Only")), (True, tr("Without"))], name=tr("Filter"), parent=self
        )
        self._column.addWidget(self.mode)
        self.dimension = QComboBox(self)
        fill(self.dimension, choices.dimensions())
        self._label(tr("&What"), self.dimension)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find"))
        self.search.setAccessibleName(tr("Find"))
        self.values = QListWidget(self)
        self.values.setMinimumHeight(theme.px(200))
        self._column.addWidget(self.search)
        self._label(tr("&Value"), self.values)
        self._fill_values()
        self.dimension.activated.connect(self._fill_values)
        self.search.textChanged.connect(self._on_search_text_changed)
        self.values.itemClicked.connect(self._on_values_item_chosen)
        self.values.itemActivated.connect(self._on_values_item_chosen)

    def first_field(self) -> QWidget:
        """Return the choice of what is filtered."""
        return self.dimension

    def _fill_values(self) -> None:
        name = self.dimension.currentData()
        self.values.clear()
        if not name:
            return
        found = self._choices.values(name, self._question)
        for value, word in [*found, ("", tr("not given"))]:
            item = QListWidgetItem(word)
            item.setData(Qt.ItemDataRole.UserRole, value)
            self.values.addItem(item)
        self.search.clear()
        self.search.setVisible(len(found) > MANY)
        self.values.setCurrentRow(0)

    def _on_search_text_changed(self, text: str) -> None:
        wanted = text.strip().casefold()
        for place in range(self.values.count()):
            item = self.values.item(place)
            item.setHidden(wanted not in item.text().casefold())

    def _on_values_item_chosen(self, item: QListWidgetItem) -> None:
        if not self.isVisible():
            return
        added = Filter(
            self.dimension.currentData(),
            item.data(Qt.ItemDataRole.UserRole),
            self.mode.value() is True,
        )
        self._emit(self._question.with_filter(added))
        self.close()
