"""Name and type of a new variable."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from qda.gui.cases.case_model import kind_names
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.fitted_dialog import FittedDialog
from qda.model.entities import VariableType


class VariableDialog(FittedDialog):
    """Ask what a new variable is called and what its values are."""

    variable_wanted = Signal(str, str)
    """The user wants the variable.

    Parameters: its name; its `VariableType`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the dialog."""
        super().__init__(theme.px(420), parent)
        self.setWindowTitle(tr("New variable"))
        self.name = QLineEdit(self)
        self.kind = QComboBox(self)
        for kind, words in kind_names().items():
            self.kind.addItem(words, kind)
        hint = QLabel(
            tr("Values for each month come from a sheet: choose Import monthly values."), self
        )
        hint.setProperty("kind", "small")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setEnabled(False)
        layout = QFormLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(10))
        layout.addRow(tr("&Name"), self.name)
        layout.addRow(tr("&Values are"), self.kind)
        layout.addRow(hint)
        layout.addRow(buttons)
        self.name.textChanged.connect(self._on_name_text_changed)
        buttons.accepted.connect(self._on_buttons_accepted)
        buttons.rejected.connect(self.reject)

    def _on_name_text_changed(self, text: str) -> None:
        self._ok.setEnabled(bool(text.strip()))

    def _on_buttons_accepted(self) -> None:
        kind: VariableType = self.kind.currentData()
        self.accept()
        self.variable_wanted.emit(self.name.text(), kind)
