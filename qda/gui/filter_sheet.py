"""Sheets that drop down from a chip: the common part, and the one that adds a filter."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from qda.gui.language import tr
from qda.gui.models.choices import Choice, Choices, group_word
from qda.gui.models.question import Filter, Question
from qda.gui.theme import Theme
from qda.gui.widgets.drop_sheet import DropSheet
from qda.gui.widgets.segmented_control import SegmentedControl

MANY = 12
"""Values from which on a field to search them is worth its place."""


class Sheet(DropSheet):
    """A sheet on which a question is changed."""

    question_changed = Signal(object)
    """The user chose something.

    Parameters: the `Question` as it is now.
    """

    def __init__(self, theme: Theme, choices: Choices, question: Question, parent: QWidget) -> None:
        """Show what is chosen now."""
        super().__init__(theme, parent)
        self._choices = choices
        self._question = question

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


class FilterSheet(Sheet):
    """Add a filter: only, or without, a value of something."""

    def __init__(
        self,
        theme: Theme,
        choices: Choices,
        question: Question,
        parent: QWidget,
        *,
        but: Collection[str] = (),
    ) -> None:
        """Offer everything that segments can be told apart by, `but` some."""
        super().__init__(theme, choices, question, parent)
        self.setAccessibleName(tr("Filter"))
        self.mode = SegmentedControl(
            theme, [(False, tr("Only")), (True, tr("Without"))], name=tr("Filter"), parent=self
        )
        self._column.addWidget(self.mode)
        self.dimension = QComboBox(self)
        fill(self.dimension, [one for one in choices.dimensions() if one.key not in but])
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
