"""A guide before it is taken in: what each line is taken for, to be changed by key."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui.guide.lines_model import KIND, NUMBER, TEXT, LinesModel
from qda.gui.guide.table import KeyTable
from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.buttons import name_button
from qda.gui.widgets.trouble import Trouble
from qda.model.guides import LineKind, ReadGuide

KEYS: Mapping[Qt.Key, LineKind] = {
    Qt.Key.Key_H: "heading",
    Qt.Key.Key_Q: "question",
    Qt.Key.Key_P: "probe",
    Qt.Key.Key_Delete: "note",
    Qt.Key.Key_Backspace: "note",
}


class GuideImportDialog(QDialog):
    """List the lines of a guide; the user says what they are and takes the guide in."""

    import_wanted = Signal(object, str)
    """The user wants the guide.

    Parameters: the `ReadGuide` as it is now; its name.
    """

    def __init__(self, theme: Theme, read: ReadGuide, parent: QWidget | None = None) -> None:
        """Show a guide that was read."""
        super().__init__(parent)
        self.setWindowTitle(tr("Import an interview guide"))
        self._read = read
        self.model = LinesModel(read.lines, self)
        self.table = KeyTable(theme, tr("Lines of the guide"), KEYS, self)
        self.table.setModel(self.model)
        self.name = QLineEdit(read.name, self)
        self._summary = QLabel(self)
        self._summary.setProperty("kind", "heading")
        self.trouble = Trouble(theme, self)
        self.kinds = {
            "heading": QPushButton(tr("&Heading (H)"), self),
            "question": QPushButton(tr("&Question (Q)"), self),
            "probe": QPushButton(tr("&Probe (P)"), self),
            "note": QPushButton(tr("&Leave out (Delete)"), self),
        }
        self.buttons = QDialogButtonBox(self)
        self.take = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        name_button(self.take, tr("Import the guide"), theme)
        self.take.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out(theme)
        self._tell()
        self.table.key_pressed.connect(self._on_kind_wanted)
        for kind, button in self.kinds.items():
            button.setAutoDefault(False)
            button.setProperty("meant", kind)
            button.clicked.connect(self._on_button_clicked)
        self.model.kinds_changed.connect(self._tell)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self, theme: Theme) -> None:
        label = QLabel(tr("&Name of the guide"), self)
        label.setProperty("kind", "label")
        label.setBuddy(self.name)
        naming = QHBoxLayout()
        naming.setSpacing(theme.px(8))
        naming.addWidget(label)
        naming.addWidget(self.name, 1)
        hint = QLabel(
            tr(
                "Look whether the lines are what they are taken for. Choose some and say what they "
                "are: a heading is a theme, a probe belongs to the question above it."
            ),
            self,
        )
        hint.setProperty("kind", "muted")
        hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in self.kinds.values():
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._summary)
        layout.addWidget(hint)
        layout.addLayout(naming)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.trouble)
        layout.addWidget(self.buttons)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NUMBER, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        wanted = QSize(theme.px(860), theme.px(640))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        self.table.selectRow(0)
        self.table.setFocus()

    def summary(self) -> str:
        """Return the line that sums the guide up."""
        return self._summary.text()

    def say_trouble(self, text: str) -> None:
        """Say why the guide cannot be taken, or nothing."""
        self.trouble.say(text)

    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._on_kind_wanted(str(sender.property("meant")))
        self.table.setFocus()

    def _on_kind_wanted(self, kind: str) -> None:
        rows = self.table.chosen()
        for known in KEYS.values():
            if known == kind:
                self.model.set_kind(rows, known)
                break
        if len(rows) == 1 and rows[0] + 1 < self.model.rowCount():
            self.table.selectRow(rows[0] + 1)

    def _on_buttons_accepted(self) -> None:
        self.import_wanted.emit(
            replace(self._read, lines=self.model.lines()), self.name.text().strip()
        )

    def _tell(self) -> None:
        count = self.model.count
        parts = (
            tr_n("{n} question", "{n} questions", count("question")),
            tr_n("{n} heading", "{n} headings", count("heading")),
            tr_n("{n} probe", "{n} probes", count("probe")),
            tr_n("{n} line left out", "{n} lines left out", count("note")),
        )
        self._summary.setText(f"{self._read.file_name}: {', '.join(parts)}")
        self.take.setEnabled(count("question") > 0)
