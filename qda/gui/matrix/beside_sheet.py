"""The sheet that says what stands beside the codes of a joint display, and in what order."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from qda.gui.filter_sheet import Sheet, choose, fill
from qda.gui.language import tr
from qda.gui.models.choices import Choices
from qda.gui.models.question import Question
from qda.gui.theme import Theme
from qda.gui.widgets.checklist import Checklist


class BesideSheet(Sheet):
    """Choose the variables beside the codes, and the one that orders the offices."""

    def __init__(self, theme: Theme, choices: Choices, question: Question, parent: QWidget) -> None:
        """Show what is chosen now."""
        super().__init__(theme, choices, question, parent)
        self.setAccessibleName(tr("Beside the codes"))
        self.numbers = QCheckBox(tr("&All that are numbers"), self)
        self.variables = Checklist(theme, tr("Beside the codes"), tr("Find"), self)
        self.order = QComboBox(self)
        self.descending = QCheckBox(tr("The &highest first"), self)
        self._column.addWidget(self.numbers)
        self._column.addWidget(self.variables)
        self._label(tr("&In the order of"), self.order)
        self._column.addWidget(self.descending)
        fill(self.order, choices.orders(("case",)), tr("as in the project"))
        choose(self.order, question.sort_by)
        self.descending.setChecked(question.descending)
        self._show()
        self.numbers.toggled.connect(self._on_numbers_toggled)
        self.variables.ticked.connect(self._on_variables_ticked)
        self.order.activated.connect(self._on_order_activated)
        self.descending.toggled.connect(self._on_descending_toggled)

    def first_field(self) -> QWidget:
        """Return the choice of all numbers."""
        return self.numbers

    def _show(self) -> None:
        self.numbers.setChecked(self._question.beside is None)
        self.variables.set_items(
            self._choices.facts_of_cases(), self._choices.beside(self._question)
        )
        self.descending.setVisible(bool(self._question.sort_by))
        self.adjustSize()

    def _on_numbers_toggled(self, on: bool) -> None:  # noqa: FBT001 - slot
        if on != (self._question.beside is None):
            shown = None if on else self._choices.beside(self._question)
            self._emit(replace(self._question, beside=shown))
            self._show()

    def _on_variables_ticked(self, name: object, on: bool) -> None:  # noqa: FBT001 - slot
        wanted = {*self._choices.beside(self._question), str(name)}
        if not on:
            wanted.discard(str(name))
        # They stand in the order of the project, in whatever order they are ticked.
        names = (one for one, _word in self._choices.facts_of_cases())
        self._emit(replace(self._question, beside=tuple(one for one in names if one in wanted)))
        self._show()

    def _on_order_activated(self) -> None:
        self._emit(replace(self._question, sort_by=self.order.currentData() or ""))
        self._show()

    def _on_descending_toggled(self, on: bool) -> None:  # noqa: FBT001 - slot
        self._emit(replace(self._question, descending=on))
