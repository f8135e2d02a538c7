"""What a file of another program leaves open, asked before it is read on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qda.formats.exchange.offsets import Convention
from qda.formats.exchange.questions import (
    EVERY_PROJECT,
    OffsetQuestion,
    ProjectChoice,
    Reading,
)
from qda.formats.exchange.report import said_counting
from qda.gui.language import say, tr, tr_n
from qda.gui.theme import Theme
from qda.model.ids import Guid


class ProjectQuestion(QDialog):
    """Ask which of several projects of a file is meant, or whether all are."""

    def __init__(
        self, theme: Theme, name: str, projects: Sequence[ProjectChoice], parent: QWidget | None
    ) -> None:
        """List the projects of the file called `name`."""
        super().__init__(parent)
        self.setWindowTitle(tr("Which project?"))
        text = QLabel(tr("{name} holds several projects. Choose the one to open.", name=name))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Projects in the file"))
        for one in projects:
            count = tr_n("{n} document", "{n} documents", one.documents)
            item = QListWidgetItem(f"{one.name or '?'} ({count})", self.list)
            item.setData(Qt.ItemDataRole.UserRole, one.key)
        every = QListWidgetItem(
            tr("Every project as one, each with a folder of codes of its own"), self.list
        )
        every.setData(Qt.ItemDataRole.UserRole, EVERY_PROJECT)
        self.list.setCurrentRow(0)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(self.list, 1)
        layout.addWidget(_buttons(self, tr("Open this project")))
        self.resize(theme.px(460), theme.px(320))
        self.list.setFocus()
        self.list.itemActivated.connect(self._on_list_activated)

    def answer(self) -> str:
        """Return what was chosen, as the reader wants it."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _on_list_activated(self, _item: QListWidgetItem) -> None:
        self.accept()


class OffsetsQuestion(QDialog):
    """Ask how the offsets of sources are counted, by what their segments would then show."""

    def __init__(
        self, theme: Theme, questions: Sequence[OffsetQuestion], parent: QWidget | None
    ) -> None:
        """Show the readings of each source, the likeliest chosen."""
        super().__init__(parent)
        self.setWindowTitle(tr("Where do the segments stand?"))
        text = QLabel(
            tr(
                "No way of counting characters fits these sources well. Choose for each the "
                "reading whose segments look right."
            )
        )
        text.setWordWrap(True)
        self._questions = tuple(questions)
        self._groups: dict[Guid, QButtonGroup] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(theme.px(6))
        for question in self._questions:
            self._add_question(theme, question, column)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(area, 1)
        layout.addWidget(_buttons(self, tr("Read it like this")))
        self.resize(theme.px(640), theme.px(520))

    def _add_question(self, theme: Theme, question: OffsetQuestion, column: QVBoxLayout) -> None:
        count = tr_n("{n} segment", "{n} segments", question.places)
        heading = QLabel(f"{question.name} ({count})")
        heading.setProperty("kind", "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(heading)
        group = QButtonGroup(self)
        self._groups[question.source] = group
        for number, reading in enumerate(question.readings):
            how = say(said_counting(reading.convention))
            button = QRadioButton(how)
            button.setAccessibleName(f"{question.name}: {how}")
            button.setAccessibleDescription(_shown(reading))
            button.setChecked(number == 0)
            group.addButton(button, number)
            preview = QLabel(_shown(reading))
            preview.setProperty("kind", "muted")
            preview.setTextFormat(Qt.TextFormat.PlainText)
            preview.setWordWrap(True)
            preview.setContentsMargins(theme.px(24), 0, 0, theme.px(6))
            column.addWidget(button)
            column.addWidget(preview)

    def choose(self, source: Guid, number: int) -> None:
        """Choose a reading of a source, counted from 0."""
        self._groups[source].button(number).setChecked(True)

    def answer(self) -> dict[Guid, Convention]:
        """Return the chosen way of counting of each source."""
        return {
            one.source: one.readings[max(0, self._groups[one.source].checkedId())].convention
            for one in self._questions
        }


def _shown(reading: Reading) -> str:
    return "\n".join(f"«{one}»" if one else tr("outside the text") for one in reading.shown)


def _buttons(dialog: QDialog, accept: str) -> QDialogButtonBox:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, dialog)
    button = QPushButton(accept)
    button.setProperty("kind", "primary")
    button.setDefault(True)
    box.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box
