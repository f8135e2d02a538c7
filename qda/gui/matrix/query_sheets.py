"""Sheets that drop down from the pane of queries: which codes, and what must stand near them."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QSpinBox, QWidget

from qda.gui.filter_sheet import Sheet
from qda.gui.language import tr
from qda.gui.matrix.query_draft import near_units, relation_words
from qda.gui.models.choices import Choices
from qda.gui.models.question import Question
from qda.gui.theme import Theme
from qda.gui.widgets.checklist import Checklist
from qda.model.codebook import split_path
from qda.model.ids import Guid
from qda.model.queries import Condition, Query, SavedQuery

FARTHEST = 10_000


def shown_codes(names: Mapping[Guid, str]) -> list[tuple[object, str]]:
    """Return the codes as they are listed."""
    return [(guid, " › ".join(split_path(path))) for guid, path in names.items()]


class CodeSheet(Sheet):
    """Tick the codes that a query begins with; one of them is enough."""

    code_ticked = Signal(object, bool)
    """The user ticked a code, or took the tick away.

    Parameters: its GUID; whether it is ticked.
    """

    def __init__(
        self,
        theme: Theme,
        choices: Choices,
        names: Mapping[Guid, str],
        ticked: Collection[Guid],
        parent: QWidget,
    ) -> None:
        """Offer all codes."""
        super().__init__(theme, choices, Question(), parent)
        self.setAccessibleName(tr("Codes"))
        self.codes = Checklist(theme, tr("Codes"), tr("Find a code"), self)
        self.codes.set_items(shown_codes(names), ticked)
        self._column.addWidget(self.codes)
        self.codes.ticked.connect(self.code_ticked)

    def first_field(self) -> QWidget:
        """Return the list with its field."""
        return self.codes


class ConditionSheet(Sheet):
    """Say what must, or must not, stand by a segment."""

    condition_chosen = Signal(object)
    """The user is done.

    Parameters: the `Condition`.
    """

    def __init__(
        self,
        theme: Theme,
        choices: Choices,
        names: Mapping[Guid, str],
        saved: Sequence[SavedQuery],
        parent: QWidget,
        condition: Condition | None = None,
    ) -> None:
        """Show `condition`, or offer a new one; a saved query can stand for the codes."""
        super().__init__(theme, choices, Question(), parent)
        self.setAccessibleName(tr("Condition"))
        known = condition or Condition("overlaps", Query())
        self._known = known.query
        self.relation = QComboBox(self)
        for relation, word in relation_words():
            self.relation.addItem(word, relation)
        self.relation.setCurrentIndex(self.relation.findData(known.relation))
        self.negated = QCheckBox(tr("&Not: leave these out"), self)
        self.negated.setChecked(known.negated)
        self._label(tr("&Where it stands"), self.relation)
        self._distance = QWidget(self)
        self.distance = QSpinBox(self._distance)
        self.distance.setRange(0, FARTHEST)
        self.distance.setValue(known.distance if known.relation == "near" else 20)
        self.unit = QComboBox(self._distance)
        for unit, word in near_units():
            self.unit.addItem(word, unit)
        self.unit.setCurrentIndex(self.unit.findData(known.unit))
        self.distance.setAccessibleName(tr("How far apart"))
        self.unit.setAccessibleName(tr("Words or turns"))
        near = QHBoxLayout(self._distance)
        near.setContentsMargins(0, 0, 0, 0)
        near.addWidget(self.distance)
        near.addWidget(self.unit, 1)
        self._column.addWidget(self._distance)
        self._column.addWidget(self.negated)
        self.codes = Checklist(theme, tr("Codes"), tr("Find a code"), self)
        self._label(tr("&Codes, one of them"), self.codes)
        self.codes.set_items(shown_codes(names), known.query.codes)
        self._codes = list(known.query.codes)
        self.query = QComboBox(self)
        self._fill_queries(saved)
        self.done = QPushButton(tr("Add the condition") if condition is None else tr("Done"), self)
        self.done.setProperty("kind", "primary")
        self._column.addWidget(self.done)
        self._show_fitting()
        self.relation.activated.connect(self._show_fitting)
        self.query.activated.connect(self._show_fitting)
        self.codes.ticked.connect(self._on_codes_ticked)
        self.done.clicked.connect(self._on_done_clicked)

    def _fill_queries(self, saved: Sequence[SavedQuery]) -> None:
        self.query.addItem(tr("no, these codes"), None)
        nested = bool(self._known.where or self._known.conditions)
        if nested and all(one.query != self._known for one in saved):
            self.query.addItem(tr("what stands there now"), self._known)
        for one in saved:
            self.query.addItem(one.name, one.query)
            if nested and one.query == self._known:
                self.query.setCurrentIndex(self.query.count() - 1)
        if nested and self.query.currentIndex() == 0:
            self.query.setCurrentIndex(1)
        if self.query.count() > 1:
            self._label(tr("Or what a saved &query finds"), self.query)
        else:
            self.query.hide()

    def first_field(self) -> QWidget:
        """Return the relation."""
        return self.relation

    def condition(self) -> Condition:
        """Return what is chosen."""
        relation = self.relation.currentData()
        near = relation == "near"
        chosen = self.query.currentData()
        return Condition(
            relation,
            chosen if isinstance(chosen, Query) else Query(tuple(self._codes)),
            self.negated.isChecked(),
            self.distance.value() if near else 0,
            self.unit.currentData() if near else "words",
        )

    def _show_fitting(self) -> None:
        self._distance.setVisible(self.relation.currentData() == "near")
        by_query = isinstance(self.query.currentData(), Query)
        self.codes.setEnabled(not by_query)
        self.done.setEnabled(by_query or bool(self._codes))
        self.adjustSize()

    def _on_codes_ticked(self, guid: object, on: bool) -> None:  # noqa: FBT001 - slot
        self._codes = [one for one in self._codes if one != guid]
        if on and isinstance(guid, str):
            self._codes.append(Guid(guid))
        self._show_fitting()

    def _on_done_clicked(self) -> None:
        self.condition_chosen.emit(self.condition())
        self.close()
