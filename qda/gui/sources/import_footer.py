"""The foot of a dialog that takes something in: how far it is, cancel, import."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from qda.gui.language import current_catalogue, tr
from qda.gui.theme import Theme
from qda.gui.widgets.progress import show_progress


class ImportFooter(QFrame):
    """What is chosen or how far it is at the left, what can be done at the right."""

    def __init__(self, theme: Theme, parent: QWidget, *, beside_bar: QPushButton | None = None):
        """Start with nothing to say; `beside_bar` is what stops what the bar shows."""
        super().__init__(parent)
        self.setProperty("kind", "ground")
        self._told = QLabel(self)
        self._told.setProperty("kind", "muted")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setVisible(False)
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.setAutoDefault(False)
        self.import_button = QPushButton(tr("&Import"), self)
        self.import_button.setDefault(True)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._told)
        self._layout.addWidget(self._bar)
        if beside_bar is not None:
            beside_bar.setAutoDefault(False)
            self._layout.addWidget(beside_bar)
        self._layout.addStretch(1)
        self._layout.addWidget(self.cancel_button)
        self._layout.addWidget(self.import_button)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Measure by `theme` from now on."""
        side = theme.px(12)
        self._bar.setFixedWidth(theme.px(160))
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(side)

    @property
    def told(self) -> str:
        """Return what the line says."""
        return self._told.text()

    def tell(self, text: str) -> None:
        """Say something at the left."""
        self._told.setText(text)

    def show_bar(self, name: str, done: int, total: int) -> None:
        """Show how far it is; `name` says what, to a screen reader."""
        self._bar.setAccessibleName(name)
        # A range of nothing would be a busy bar.
        show_progress(self._bar, done, max(1, total))
        self._bar.setVisible(True)

    def hide_bar(self) -> None:
        """Take the bar away: nothing is under way."""
        self._bar.setVisible(False)

    def begin_import(self, total: int) -> None:
        """Leave nothing to do but to cancel."""
        self.import_button.setEnabled(False)
        self.show_import(0, total)
        self.cancel_button.setFocus()

    def show_import(self, done: int, total: int) -> None:
        """Show how much has come in."""
        self.show_bar(tr("Importing"), done, total)
        number = current_catalogue().format_number
        self.tell(
            tr(
                "Importing {done} of {n}; cancelling leaves the project as it was.",
                done=number(done),
                n=number(total),
            )
        )

    def tell_nothing_came(self) -> None:
        """Say that an import left nothing behind."""
        self.tell(tr("Nothing has come in; the project is as it was."))
