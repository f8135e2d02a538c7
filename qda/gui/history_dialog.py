"""What was done in the project, step by step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.gui.job_runner import JobRunner
from qda.gui.language import current_catalogue, say, tr
from qda.gui.session_bridge import SessionBridge
from qda.gui.theme import Theme
from qda.model.messages import Message

SHOWN = 1000


class HistoryDialog(QDialog):
    """List the steps, latest first; undo and redo from here."""

    def __init__(
        self, bridge: SessionBridge, jobs: JobRunner, theme: Theme, parent: QWidget
    ) -> None:
        """Show the steps that the project keeps; `jobs` replay the large ones."""
        super().__init__(parent)
        self._bridge = bridge
        self._jobs = jobs
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("History"))
        self.resize(theme.px(640), theme.px(480))
        self._table = QTableWidget(0, 4, self)
        self._table.setAccessibleName(tr("History"))
        self._table.setHorizontalHeaderLabels([tr("When"), tr("What"), tr("Who"), tr("State")])
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._undo = QPushButton(tr("Undo"))
        self._redo = QPushButton(tr("Redo"))
        note = QLabel(tr("Everything can be undone, also after the program was closed."))
        note.setProperty("kind", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        row = QHBoxLayout()
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addStretch(1)
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(note)
        layout.addWidget(self._table, 1)
        layout.addLayout(row)
        self._load()
        self._undo.clicked.connect(self._on_undo_clicked)
        self._redo.clicked.connect(self._on_redo_clicked)
        buttons.rejected.connect(self.reject)
        bridge.step_taken.connect(self._on_bridge_step_taken)

    def _load(self) -> None:
        catalogue = current_catalogue()
        steps = list(reversed(self._bridge.session.steps()))[:SHOWN]
        self._table.setRowCount(len(steps))
        for row, step in enumerate(steps):
            when = catalogue.format_moment(step.when)
            state = tr("undone") if step.undone else ""
            texts = (when, say(Message(step.operation)), step.coder, state)
            for column, text in enumerate(texts):
                self._table.setItem(row, column, QTableWidgetItem(text))
        writable = not self._bridge.project.read_only
        self._undo.setEnabled(writable and self._bridge.session.next_undo is not None)
        self._redo.setEnabled(writable and self._bridge.session.next_redo is not None)

    def _on_undo_clicked(self) -> None:
        self._replay(self._bridge.undo)

    def _on_redo_clicked(self) -> None:
        self._replay(self._bridge.redo)

    def _replay(self, replay: Callable[[JobRunner], object]) -> None:
        """Replay a step; until a large one is done there is nothing to press."""
        self._undo.setEnabled(False)
        self._redo.setEnabled(False)
        replay(self._jobs)
        if not self._jobs.busy:
            self._load()

    def _on_bridge_step_taken(self) -> None:
        self._load()
