"""What was found in a sheet of monthly values, and what the user decides about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qda.gui.cases.values_model import month_words
from qda.gui.language import say, tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.labels import SmallCaps
from qda.gui.widgets.trouble import Trouble
from qda.operations.case_matching import Unknown
from qda.operations.value_layouts import SHAPE_WORDS
from qda.operations.value_sheets import ValueOptions, ValueSheet, reading_words

_NAMED = 8
"""So many unknown offices are named."""


class ValuesOptions(QScrollArea):
    """Say how a sheet is read, and let the user read it otherwise."""

    options_changed = Signal()
    """The user wants the sheet read otherwise; see `options`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the column; nothing is shown yet."""
        super().__init__(parent)
        self._theme = theme
        self._shown: ValueSheet | None = None
        self._page = QFrame()
        for pane in (self, self._page):
            pane.setProperty("kind", "pane")
        self.setAccessibleName(tr("How the sheet is read"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shape, self.counts = self._label(), self._label()
        self.case, self.decimal = QComboBox(self._page), QComboBox(self._page)
        self.name = QLineEdit(self._page)
        self.reading = self._label("small")
        self.doubt = Trouble(theme, self._page)
        self.unknown = self._label()
        self.add = QRadioButton(tr("&Make these offices"), self._page)
        self.leave = QRadioButton(tr("&Leave their values out"), self._page)
        self.add.setChecked(True)
        self.empty, self.unused = self._label("small"), self._label("small")
        self._unknown_title = SmallCaps(theme, tr("Unknown offices"), self._page)
        self._name_title = SmallCaps(theme, tr("Indicator"), self._page)
        for words, sign in (
            (tr("Found out"), ""), (tr("Decimal comma"), ","), (tr("Decimal point"), "."),
        ):  # fmt: skip
            self.decimal.addItem(words, sign)
        self._lay_out()
        self.case.activated.connect(self._on_case_activated)
        self.decimal.activated.connect(self._on_decimal_activated)
        self.name.editingFinished.connect(self._on_name_editing_finished)

    def _label(self, kind: str = "") -> QLabel:
        label = QLabel(self._page)
        label.setProperty("kind", kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _lay_out(self) -> None:
        theme = self._theme
        self.case.setAccessibleName(tr("Column of the offices"))
        self.decimal.setAccessibleName(tr("Numbers"))
        self.name.setAccessibleName(tr("Indicator"))
        self.case.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        layout = QVBoxLayout(self._page)
        side = theme.px(16)
        layout.setContentsMargins(side, theme.px(12), side, side)
        layout.setSpacing(theme.px(6))
        groups: Sequence[tuple[QWidget, Sequence[QWidget]]] = (
            (SmallCaps(theme, tr("The sheet"), self._page), (self.shape, self.counts)),
            (SmallCaps(theme, tr("Column of the offices"), self._page), (self.case,)),
            (self._name_title, (self.name,)),
            (SmallCaps(theme, tr("Numbers"), self._page), (self.decimal, self.reading, self.doubt)),
            (self._unknown_title, (self.unknown, self.add, self.leave)),
        )
        for title, parts in groups:
            layout.addWidget(title)
            for part in parts:
                layout.addWidget(part)
            layout.addSpacing(theme.px(10))
        layout.addWidget(self.empty)
        layout.addWidget(self.unused)
        layout.addStretch(1)
        self._page.setMinimumSize(1, 1)
        self.setWidget(self._page)

    # ------------------------------------------------------------------------------- content

    def set_columns(self, columns: Sequence[str]) -> None:
        """Offer the columns of the sheet for the offices."""
        self.case.clear()
        self.case.addItems(list(columns))

    def show_sheet(self, sheet: ValueSheet, unknown: Sequence[str]) -> None:
        """Say how a sheet is read; `unknown` are its offices that are not in the project."""
        self._shown = sheet
        self.shape.setText(say(SHAPE_WORDS[sheet.layout.shape]))
        self.counts.setText(_counts(sheet))
        self.case.setCurrentIndex(sheet.layout.case)
        nameless = sheet.layout.nameless
        for widget in (self._name_title, self.name):
            widget.setVisible(nameless)
        if nameless and not self.name.text():
            self.name.setText(sheet.indicators[0])
        doubtful = bool(sheet.reading.mixed or sheet.reading.unsure)
        words = say(reading_words(sheet.reading))
        self.reading.setText("" if doubtful else words)
        self.reading.setVisible(not doubtful)
        self.doubt.say(words if doubtful else "")
        for part in (self._unknown_title, self.unknown, self.add, self.leave):
            part.setVisible(bool(unknown))
        self.unknown.setText(_unknown_words(unknown))
        self.empty.setText(
            tr_n("{n} empty cell stays as it is.", "{n} empty cells stay as they are.",
                 sheet.missing)
        )  # fmt: skip
        self.empty.setVisible(bool(sheet.missing))
        self.unused.setText(tr("Not used: {columns}.", columns=", ".join(sheet.unused)))
        self.unused.setVisible(bool(sheet.unused))

    def options(self) -> ValueOptions:
        """Return what the user decided; what was found out stays so."""
        chosen = self.case.property("chosen") or ""
        named = self._shown is not None and self._shown.layout.nameless
        return ValueOptions(
            name=self.name.text() if named else "",
            decimal=self.decimal.currentData(),
            case=str(chosen),
        )

    def for_unknown(self) -> Unknown:
        """Return what becomes of offices that are not in the project."""
        if self.unknown.isHidden():
            return "refuse"
        return "add" if self.add.isChecked() else "leave out"

    def _on_case_activated(self, index: int) -> None:
        self.case.setProperty("chosen", self.case.itemText(index))
        self.options_changed.emit()

    def _on_decimal_activated(self, index: int) -> None:
        del index
        self.options_changed.emit()

    def _on_name_editing_finished(self) -> None:
        if self._shown is not None and self.name.text().strip() not in (
            "",
            *self._shown.indicators,
        ):
            self.options_changed.emit()


def _counts(sheet: ValueSheet) -> str:
    return tr(
        "{values}: {cases}, {indicators}, {first} to {last}.",
        values=tr_n("{n} value", "{n} values", len(sheet.values)),
        cases=tr_n("{n} office", "{n} offices", len(sheet.cases)),
        indicators=tr_n("{n} indicator", "{n} indicators", len(sheet.indicators)),
        first=month_words(sheet.months[0]),
        last=month_words(sheet.months[-1]),
    )


def _unknown_words(unknown: Sequence[str]) -> str:
    names = ", ".join(unknown[:_NAMED]) + (", …" if len(unknown) > _NAMED else "")
    return tr_n(
        "{n} office is not in the project: {names}",
        "{n} offices are not in the project: {names}",
        len(unknown),
        names=names,
    )
