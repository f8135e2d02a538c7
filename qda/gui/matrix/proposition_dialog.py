"""What a proposition is called, what it says, and which verdicts it may get."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.fitted_dialog import FittedDialog
from qda.model.judgements import Proposition

Answer = tuple[str, str, tuple[str, ...]]


class PropositionDialog(FittedDialog):
    """Ask for name, text and verdicts."""

    def __init__(
        self, theme: Theme, known: Proposition | None, parent: QWidget | None = None
    ) -> None:
        """Show what is known."""
        super().__init__(theme.px(460), parent)
        self.setWindowTitle(tr("New proposition") if known is None else tr("The proposition"))
        self.name = QLineEdit(known.name if known is not None else "", self)
        self.text = QPlainTextEdit(known.text if known is not None else "", self)
        self.text.setTabChangesFocus(True)
        self.scale = QPlainTextEdit("\n".join(known.scale) if known is not None else "", self)
        self.scale.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(84))
        self.scale.setFixedHeight(theme.px(84))
        hint = QLabel(
            tr("One verdict a line. Left empty: supported, partly supported, not supported."), self
        )
        hint.setProperty("kind", "small")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setEnabled(known is not None)
        layout = QFormLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(10))
        layout.addRow(tr("&Name, short"), self.name)
        layout.addRow(tr("&What it says"), self.text)
        layout.addRow(tr("&Verdicts"), self.scale)
        layout.addRow(hint)
        layout.addRow(buttons)
        self.name.textChanged.connect(self._on_name_text_changed)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def answer(self) -> Answer:
        """Return what was filled in."""
        scale = [one.strip() for one in self.scale.toPlainText().split("\n")]
        return (
            self.name.text().strip(),
            self.text.toPlainText().strip(),
            tuple(one for one in scale if one),
        )

    @classmethod
    def ask(cls, theme: Theme, known: Proposition | None, parent: QWidget) -> Answer | None:
        """Ask, and return the answer, None where the user thought better of it."""
        dialog = cls(theme, known, parent)
        accepted = dialog.exec() == cls.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.answer() if accepted else None

    def _on_name_text_changed(self, text: str) -> None:
        self._ok.setEnabled(bool(text.strip()))
