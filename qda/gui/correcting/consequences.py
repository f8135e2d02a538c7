"""The pane beside the editor: what would be replaced, and what saving would do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui.correcting.report import NOTHING, Report
from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.quote_list import QuoteList


class Consequences(QFrame):
    """Sentences, the codings that need a look, consent where some would be lost, and saving."""

    place_wanted = Signal(int, int)
    """The user wants to see a place in the editor.

    Parameters: start and end in the text as it is typed.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._report = NOTHING
        self.places = QWidget(self)
        self.found = QuoteList(theme, tr("Places that were found"), self.places)
        held = QVBoxLayout(self.places)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(0)
        held.addWidget(PaneHeader(theme, tr("Places that were found"), "", self.places))
        held.addWidget(self.found, 1)
        self.places.hide()
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QuoteList(theme, tr("Codings that the correction touches"), self)
        self.agree = QCheckBox(self)
        self.save_button = QPushButton(tr("Save the correction"), self)
        self.save_button.setProperty("kind", "primary")
        self.save_button.setAutoDefault(False)
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(12))
        column.setSpacing(theme.px(6))
        column.addWidget(self.places, 2)
        column.addWidget(PaneHeader(theme, tr("What the correction does"), "", self))
        column.addLayout(_indented(theme, self._said))
        column.addWidget(self.list, 3)
        column.addLayout(_indented(theme, self.agree))
        buttons = _indented(theme, self.cancel_button, self.save_button)
        buttons.insertStretch(0, 1)
        column.addLayout(buttons)
        self.list.quote_activated.connect(self._on_list_quote_activated)

    def show_report(self, report: Report) -> None:
        """Say what saving would do; consent is asked for where codings would be lost."""
        self._report = report
        self._said.setText("\n".join(report.sentences))
        self.list.set_quotes(report.rows)
        self.agree.setVisible(report.lost > 0)
        self.agree.setText(
            tr_n(
                "Let the coding that loses its text go",
                "Let the {n} codings that lose their text go",
                report.lost,
            )
        )
        if not report.lost:
            self.agree.setChecked(False)

    def text(self) -> str:
        """Return what is said."""
        return self._said.text()

    def _on_list_quote_activated(self, row: object) -> None:
        place = self._report.places.get(row)
        if place is not None:
            self.place_wanted.emit(*place)


def _indented(theme: Theme, *widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
    for widget in widgets:
        line.addWidget(widget)
    return line
