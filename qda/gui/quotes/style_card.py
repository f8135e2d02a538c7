"""How quotes are printed: the template, the marks, the threshold; checked while one types."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import tr
from qda.gui.quotes.engine import QuoteEngine
from qda.gui.theme import Theme
from qda.gui.widgets.labels import SmallCaps
from qda.gui.widgets.trouble import Trouble
from qda.model.quotes import CUT_MARKS, QUOTE_MARKS, QuoteStyle


class StyleCard(QWidget):
    """One line that says how quotes are printed, and opens to change it."""

    style_chosen = Signal(object)
    """The user wants quotes printed otherwise.

    Parameters: the QuoteStyle, which is without fault.
    """

    def __init__(self, theme: Theme, engine: QuoteEngine, parent: QWidget | None = None) -> None:
        """Begin closed."""
        super().__init__(parent)
        self._engine = engine
        self._style = QuoteStyle()
        self._heading = SmallCaps(theme, tr("How quotes are printed"), self)
        self.open = QPushButton(self)
        self.open.setProperty("kind", "link")
        self.open.setCheckable(True)
        self.fields = QWidget(self)
        self.template = QLineEdit(self)
        self.template.setAccessibleName(tr("Who said it, as a template"))
        self.cut = QComboBox(self)
        self.cut.addItems(CUT_MARKS)
        self.marks = QComboBox(self)
        self.marks.addItem(tr("those of the language"), "")
        for one in QUOTE_MARKS:
            self.marks.addItem(f"{one[0]}…{one[1]}", one)
        self.threshold = QSpinBox(self)
        self.threshold.setRange(1, 1000)
        self.office = QCheckBox(tr("The office may stand beside the person"), self)
        self.trouble = Trouble(theme, self)
        self._known = QLabel(self)
        self._known.setProperty("kind", "small")
        self._known.setWordWrap(True)
        form = QFormLayout(self.fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme.px(6))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for label, widget in (
            (tr("Who said it"), self.template), (tr("Mark of a cut"), self.cut),
            (tr("Quotation marks"), self.marks),
            (tr("Tell of what fewer informants share than"), self.threshold),
        ):  # fmt: skip
            form.addRow(label, widget)
        form.insertRow(1, self.trouble)
        form.insertRow(2, self._known)
        form.addRow(self.office)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addWidget(self.fields)
        self.fields.hide()
        self.set_theme(theme)
        self.open.toggled.connect(self.fields.setVisible)
        self.template.textEdited.connect(self._on_edited)
        self.cut.activated.connect(self._on_edited)
        self.marks.activated.connect(self._on_edited)
        self.threshold.valueChanged.connect(self._on_edited)
        self.office.clicked.connect(self._on_edited)

    def show_style(self, style: QuoteStyle, *, writable: bool) -> None:
        """Show how quotes are printed; what is being typed stays."""
        self._style = style
        self.open.setText(
            tr("{attribution}, cuts as {cut} – change …", attribution=style.attribution or "–",
               cut=style.cut)
        )  # fmt: skip
        self._known.setText(tr("Fields: {names}", names=", ".join(self._engine.fields())))
        if not self.template.hasFocus():
            self.template.setText(style.attribution)
        self.threshold.blockSignals(True)
        self.threshold.setValue(style.threshold)
        self.threshold.blockSignals(False)
        self.cut.setCurrentText(style.cut)
        self.marks.setCurrentIndex(max(0, self.marks.findData(style.marks)))
        self.office.setChecked(style.office)
        self.trouble.say(self._engine.problem())
        self.fields.setEnabled(writable)

    def wished(self) -> QuoteStyle:
        """Return what the fields say."""
        return QuoteStyle(
            self.template.text().strip(),
            self.cut.currentText(),
            str(self.marks.currentData() or ""),
            self.threshold.value(),
            self.office.isChecked(),
        )

    def edit(self) -> None:
        """Open, with the keyboard in the template."""
        self.open.setChecked(True)
        self.template.setFocus()
        self.template.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(16)
        self._layout.setContentsMargins(side, 0, side, theme.px(16))
        self._layout.setSpacing(theme.px(6))

    def _on_edited(self) -> None:
        wished = self.wished()
        trouble = self._engine.trouble_of(wished)
        self.trouble.say(trouble)
        if not trouble and wished != self._style:
            self._style = replace(wished)
            self.style_chosen.emit(wished)
