"""Define bands of a variable: how it is cut, and at once how many offices lie in each band."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTableView,
    QWidget,
)

from qda.analysis.bands import cut
from qda.gui.cases.bands_model import BandsModel
from qda.gui.cases.cell_delegate import CellDelegate
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.number_lists import read_points
from qda.gui.theme import Theme
from qda.gui.widgets.fitted_dialog import FittedDialog
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.gui.widgets.trouble import Trouble
from qda.model.bands import (
    FEWEST_PARTS,
    MOST_PARTS,
    MOST_POINTS,
    BandDefinition,
    Banding,
)
from qda.model.entities import Language, Variable
from qda.model.ids import VariableId

Numbers = Callable[[VariableId, str], "Sequence[float | None]"]
"""Gives the numbers of all offices for a variable and a period, None where there is none."""
_ROWS = 6


class BandsDialog(FittedDialog):
    """Ask how a variable is cut; the counts follow every key."""

    bands_wanted = Signal(int, str, object)
    """The user wants the bands.

    Parameters: the `VariableId`; the name; the `BandDefinition`.
    """

    def __init__(
        self,
        theme: Theme,
        variables: Sequence[Variable],
        months: Sequence[str],
        numbers: Numbers,
        language: Language,
        parent: QWidget | None = None,
    ) -> None:
        """Offer the variables that hold numbers; `language` is that of the project's labels."""
        super().__init__(theme.px(560), parent)
        self._theme = theme
        self._numbers = numbers
        self._language: Language = language
        self._labels: dict[int, str] = {}
        self._variables = {one.id: one for one in variables}
        self._named = False
        self.setWindowTitle(tr("Bands"))
        self.variable, self.name = QComboBox(self), QLineEdit(self)
        for one in variables:
            self.variable.addItem(one.name, one.id)
        self.which, self.first, self.last = QComboBox(self), QComboBox(self), QComboBox(self)
        self._fill_months(months)
        self.method = SegmentedControl(
            theme,
            [("points", tr("Own cuts")), ("quantiles", tr("Equally many")),
             ("width", tr("Same width"))],
            name=tr("How it is cut"), parent=self,
        )  # fmt: skip
        self.points, self.parts = QLineEdit(self), QSpinBox(self)
        self.points.setPlaceholderText("15 70")
        self.parts.setRange(FEWEST_PARTS, MOST_PARTS)
        self.parts.setValue(5)
        self.rule, self.without = QLabel(self), QLabel(self)
        for label in (self.rule, self.without):
            label.setProperty("kind", "small")
            label.setWordWrap(True)
        self.trouble = Trouble(theme, self)
        self.model = BandsModel(self)
        self.table = QTableView(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._dress_table()
        self._lay_out()
        self._connect()
        self._suggest_name()
        self._show()

    def _fill_months(self, months: Sequence[str]) -> None:
        for words, kind in (
            (tr("The last month"), ""), (tr("One month"), "month"),
            (tr("The mean of several months"), "mean"),
        ):  # fmt: skip
            self.which.addItem(words, kind)
        for month in months:
            for combo in (self.first, self.last):
                combo.addItem(current_catalogue().format_month(month), month)
        self.last.setCurrentIndex(self.last.count() - 1)
        self.first.setAccessibleName(tr("Month"))
        self.last.setAccessibleName(tr("To"))

    def _dress_table(self) -> None:
        table, theme = self.table, self._theme
        table.setModel(self.model)
        table.setItemDelegate(CellDelegate(theme, table))
        table.setAccessibleName(tr("Bands"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(theme.px(28))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setFixedHeight(theme.px(28 * _ROWS + 36))

    def _lay_out(self) -> None:
        theme = self._theme
        self._period = QWidget(self)
        line = QHBoxLayout(self._period)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        for widget in (self.which, self.first, self.last):
            line.addWidget(widget)
        line.addStretch(1)
        self._form = layout = QFormLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(10))
        layout.addRow(tr("&Variable"), self.variable)
        layout.addRow(tr("V&alue"), self._period)
        layout.addRow(tr("&Name"), self.name)
        layout.addRow(tr("Cut"), self.method)
        layout.addRow(tr("Bands &begin at"), self.points)
        layout.addRow(tr("N&umber of bands"), self.parts)
        layout.addRow(self.rule)
        layout.addRow(self.trouble)
        layout.addRow(self.table)
        layout.addRow(self.without)
        layout.addRow(self.buttons)

    def _connect(self) -> None:
        self.variable.currentIndexChanged.connect(self._on_variable_changed)
        for combo in (self.which, self.first, self.last):
            combo.currentIndexChanged.connect(self._show)
        self.method.value_changed.connect(self._on_method_value_changed)
        self.points.textChanged.connect(self._show)
        self.parts.valueChanged.connect(self._show)
        self.name.textEdited.connect(self._on_name_text_edited)
        self.name.textChanged.connect(self._show)
        self.model.named.connect(self._on_model_named)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)

    # ------------------------------------------------------------------------------- content

    def show_variable(self, variable: VariableId) -> None:
        """Begin with another variable."""
        self.variable.setCurrentIndex(max(self.variable.findData(variable), 0))

    def show_banding(self, banding: Banding) -> None:
        """Begin with bands that there are; their variable stays."""
        definition = banding.definition
        self._named = True
        self.show_variable(banding.variable)
        self.variable.setEnabled(False)
        self.name.setText(banding.name)
        self._labels = {at: label for at, label in enumerate(definition.labels) if label}
        first, _, last = definition.period.partition("/")
        self.which.setCurrentIndex(
            self.which.findData("mean" if last else "month" if first else "")
        )
        for combo, month in ((self.first, first), (self.last, last)):
            if month:
                combo.setCurrentIndex(combo.findData(month))
        self.method.set_value(definition.method)
        say = current_catalogue()
        self.points.setText("  ".join(say.format_number(one) for one in definition.points))
        if definition.parts:
            self.parts.setValue(definition.parts)
        self._show()

    def definition(self) -> BandDefinition | None:
        """Return what is asked for; None where no cut is written, or something that is none."""
        method = self.method.value()
        period, labels = self._period_text(), self._named_bands()
        if method != "points":
            kind = "quantiles" if method == "quantiles" else "width"
            return BandDefinition(kind, parts=self.parts.value(), period=period, labels=labels)
        points = read_points(self.points.text())
        if not points or len(points) > MOST_POINTS:
            return None
        return BandDefinition("points", points, period=period, labels=labels)

    def _period_text(self) -> str:
        kind, first, last = (one.currentData() for one in (self.which, self.first, self.last))
        if not self._current().periodic or not kind or not first:
            return ""
        return first if kind == "month" else f"{min(first, last)}/{max(first, last)}"

    def _named_bands(self) -> tuple[str, ...]:
        most = max(self._labels, default=-1)
        return tuple(self._labels.get(at, "") for at in range(most + 1))

    def _current(self) -> Variable:
        return self._variables[self.variable.currentData()]

    def _show(self) -> None:
        """Show what the choices come to."""
        variable, method = self._current(), self.method.value()
        kind = self.which.currentData()
        self._form.setRowVisible(self._period, variable.periodic)
        self.first.setVisible(bool(kind))
        self.last.setVisible(kind == "mean")
        self._form.setRowVisible(self.points, method == "points")
        self._form.setRowVisible(self.parts, method != "points")
        self.rule.setText(_rule(method))
        definition = self.definition()
        wrong = method == "points" and bool(self.points.text().strip()) and definition is None
        self.trouble.say(
            tr("«{wrong}» is not a row of numbers; write for instance 15 70.",
               wrong=self.points.text().strip()) if wrong else ""
        )  # fmt: skip
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(definition is not None and bool(self.name.text().strip()))
        if definition is None:
            self.model.set_bands(None)
            self.without.clear()
            return
        numbers = self._numbers(variable.id, definition.period)
        bands = cut(numbers, definition, self._language)
        self.model.set_bands(bands)
        missing = sum(one is None for one in numbers)
        self.without.setText(
            tr_n("{n} office has no value and is in no band.",
                 "{n} offices have no value and are in no band.", missing) if missing else ""
        )  # fmt: skip

    # ------------------------------------------------------------------------------- slots

    def _on_variable_changed(self) -> None:
        self._suggest_name()
        self._show()

    def _suggest_name(self) -> None:
        if not self._named:
            self.name.setText(tr("{variable} bands", variable=self._current().name))

    def _on_name_text_edited(self, text: str) -> None:
        self._named = bool(text.strip())

    def _on_method_value_changed(self) -> None:
        self._labels.clear()
        self._show()

    def _on_model_named(self, place: int, name: str) -> None:
        definition = self.definition()
        if definition is None:
            return
        plain = replace(definition, labels=())
        own = cut(self._numbers(self._current().id, plain.period), plain, self._language).labels
        if name and name != own[place]:
            self._labels[place] = name
        else:
            self._labels.pop(place, None)
        self._show()

    def _on_buttons_accepted(self) -> None:
        definition = self.definition()
        if definition is not None:
            self.accept()
            self.bands_wanted.emit(self._current().id, self.name.text().strip(), definition)


def _rule(method: object) -> str:
    if method == "points":
        return tr("Each number opens a band: 15 and 70 make under 15, 15 to 69, and 70 and more.")
    if method == "quantiles":
        return tr(
            "The offices are put into groups of equally many, the lowest first. Offices with the "
            "same value stay together, so groups may differ in size."
        )
    return tr(
        "The stretch from the lowest to the highest value is cut into bands of the same width. "
        "A value on an edge belongs to the band above."
    )
