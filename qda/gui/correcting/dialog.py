"""The dialog in which a text is corrected: the editor, and what the correction would do."""

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qda.gui import alerts
from qda.gui.context import Context
from qda.gui.correcting.report import Report, report
from qda.gui.correcting.text_editor import TextEditor
from qda.gui.language import tr, tr_n
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.quote_list import QuoteList
from qda.model.entities import Document
from qda.model.errors import UserError
from qda.operations import corrections
from qda.store import documents

PAUSE = 350
"""Milliseconds of not typing after which the consequences are worked out."""
SIZE = "correcting.size"


class CorrectionDialog(QDialog):
    """Correct one document. What cannot be placed is listed before anything is saved."""

    def __init__(
        self, context: Context, document: Document, offset: int, parent: QWidget | None = None
    ) -> None:
        """Show the text with the caret at `offset`."""
        super().__init__(parent)
        self._context = context
        self._document = document
        theme = context.theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Correct the text – {name}", name=document.name))
        self.editor = TextEditor(theme, tr("The text of {name}", name=document.name), self)
        self.editor.set_text(documents.text(context.bridge.project.connection, document.id))
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self.consequences = QuoteList(theme, tr("Codings that the correction touches"), self)
        self.agree = QCheckBox(self)
        self.save_button = QPushButton(tr("Save the correction"), self)
        self.save_button.setProperty("kind", "primary")
        self._cancel = QPushButton(tr("Cancel"), self)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._report = Report((), (), 0)
        self._changed = False
        self._lay_out()
        self._work_out()
        self.editor.go_to(offset)
        self.editor.setFocus()
        self.editor.textChanged.connect(self._on_editor_text_changed)
        self._timer.timeout.connect(self._work_out)
        self.agree.toggled.connect(self._show_state)
        self.save_button.clicked.connect(self.save)
        self._cancel.clicked.connect(self.reject)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save)

    def _lay_out(self) -> None:
        px = self._context.theme.px
        side = QFrame(self)
        side.setProperty("kind", "pane")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, px(12))
        column.addWidget(PaneHeader(self._context.theme, tr("What the correction does"), "", side))
        inner = QVBoxLayout()
        inner.setContentsMargins(px(12), 0, px(12), 0)
        inner.addWidget(self._said)
        column.addLayout(inner)
        column.addWidget(self.consequences, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(px(12), 0, px(12), 0)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.save_button)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(12), 0, px(12), 0)
        foot.addWidget(self.agree)
        column.addLayout(foot)
        column.addLayout(buttons)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.editor)
        splitter.addWidget(side)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setSizes([px(720), px(380)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.resize(px(1120), px(760))
        kept = self._context.settings.text(SIZE)
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))

    # ------------------------------------------------------------------------- consequences

    def _on_editor_text_changed(self) -> None:
        self.save_button.setEnabled(False)
        self._timer.start()

    def _work_out(self) -> None:
        """Say what saving would do now."""
        self._timer.stop()
        project = self._context.bridge.project
        try:
            plan = corrections.plan_correction(
                project, document=self._document.id, edits=self.editor.edits()
            )
        except UserError as error:
            alerts.show_error(self, error)
            return
        self._report = report(project, plan)
        self._said.setText("\n".join(self._report.sentences))
        self.consequences.set_quotes(self._report.rows)
        self._changed = bool(plan.edits)
        self.agree.setVisible(self._report.lost > 0)
        self.agree.setText(
            tr_n(
                "Let the coding that loses its text go",
                "Let the {n} codings that lose their text go",
                self._report.lost,
            )
        )
        if not self._report.lost:
            self.agree.setChecked(False)
        self._show_state()

    def _show_state(self) -> None:
        allowed = self._report.lost == 0 or self.agree.isChecked()
        self.save_button.setEnabled(self._changed and allowed)

    # ------------------------------------------------------------------------------- saving

    def save(self) -> None:
        """Save the correction as one step that can be undone."""
        if self._timer.isActive():
            self._work_out()
        if not self.save_button.isEnabled():
            return
        done = self._context.bridge.run(
            corrections.correct_text,
            document=self._document.id,
            edits=self.editor.edits(),
            drop_lost=self.agree.isChecked(),
            made_for=self._document.text_hash,
            notice=tr("Corrected {name}.", name=self._document.name),
        )
        if done is not None:
            self.accept()

    def reject(self) -> None:
        """Close without saving; what was typed is kept in the editor until then."""
        self._keep_size()
        super().reject()

    def accept(self) -> None:
        """Close after saving."""
        self._keep_size()
        super().accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the size."""
        self._keep_size()
        super().closeEvent(event)

    def _keep_size(self) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self._context.settings.set(SIZE, geometry)
