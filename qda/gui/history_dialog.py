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
    QProgressBar,
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
        self._still = theme.reduced_motion
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("History"))
        self.resize(theme.px(640), theme.px(480))
        self._table = self._empty_table()
        self._undo = QPushButton(tr("Undo"))
        self._redo = QPushButton(tr("Redo"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Undoing or redoing"))
        self._bar.setFixedWidth(theme.px(160))
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setAutoDefault(False)
        note = QLabel(tr("Everything can be undone, also after the program was closed."))
        note.setProperty("kind", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        row = QHBoxLayout()
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        row.addStretch(1)
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(note)
        layout.addWidget(self._table, 1)
        layout.addLayout(row)
        self._show_busy(busy=False)
        self._load()
        self._undo.clicked.connect(self._on_undo_clicked)
        self._redo.clicked.connect(self._on_redo_clicked)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        buttons.rejected.connect(self.reject)
        jobs.progressed.connect(self._on_jobs_progressed)
        bridge.step_taken.connect(self._on_bridge_step_ended)
        bridge.step_left.connect(self._on_bridge_step_ended)

    def _empty_table(self) -> QTableWidget:
        table = QTableWidget(0, 4, self)
        table.setAccessibleName(tr("History"))
        table.setHorizontalHeaderLabels([tr("When"), tr("What"), tr("Who"), tr("State")])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        return table

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
        """Replay a step; until a large one is done one can only cancel it."""
        replay(self._jobs)
        if self._bridge.session.busy:
            self._undo.setEnabled(False)
            self._redo.setEnabled(False)
            self._show_busy(busy=True)

    def _on_cancel_clicked(self) -> None:
        self._bridge.give_up_replay(self._jobs)

    def _show_busy(self, *, busy: bool) -> None:
        """Show how far a large step is, with the keyboard on what cancels it."""
        had_focus = self._cancel.hasFocus()
        self._bar.setRange(0, 0 if busy and not self._still else 1)
        self._bar.setVisible(busy)
        self._cancel.setVisible(busy)
        if busy:
            self._cancel.setFocus()
        elif had_focus:
            self._table.setFocus()

    def _on_jobs_progressed(self, done: int, total: int) -> None:
        if self._bar.isVisible() and total > 0:
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _on_bridge_step_ended(self) -> None:
        self._show_busy(busy=False)
        self._load()
