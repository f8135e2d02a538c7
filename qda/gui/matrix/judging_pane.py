"""Where a cell is written in: its summary, or one's grade or verdict with its reason."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.matrix import words
from qda.gui.matrix.judging import CellContents, CellKey, Rated
from qda.gui.theme import Theme
from qda.gui.widgets.autosave import Autosave
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.judgements import CELL_STATUSES

SUMMARY_LINES, REASON_LINES = 7, 3


def step_of(event: QKeyEvent) -> tuple[int, int] | None:
    """Return the cell that Ctrl, Alt and an arrow lead to: rows down, columns to the right."""
    steps = {
        Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0),
        Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1),
    }  # fmt: skip
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return steps.get(Qt.Key(event.key())) if event.modifiers() & both == both else None


class JudgingPane(QFrame):
    """Write in one cell. What is typed is saved while one types."""

    text_written = Signal(object, str)
    """The user wrote the summary, or the reason of a judgement.

    Parameters: the `CellKey`; the text.
    """
    status_chosen = Signal(object, str)
    """The user said whether the cell was asked about.

    Parameters: the `CellKey`; the status, empty for what codings and guide say.
    """
    value_chosen = Signal(object, str)
    """The user graded or judged.

    Parameters: the `CellKey`; the value, empty to take it back.
    """
    settling_wanted = Signal(object)
    """The raters agree on this judgement.

    Parameters: the `Judgement`.
    """
    looked_through = Signal(object)
    """The summary stands although its evidence changed.

    Parameters: the `CellKey`.
    """
    move_wanted = Signal(int, int)
    """The user wants to write on in another cell.

    Parameters: rows down; columns to the right.
    """
    left = Signal()
    """The user wants back to the table."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the fields, hidden until a cell is shown."""
        super().__init__(parent)
        self._theme = theme
        self._contents: CellContents | None = None
        self.status = QComboBox(self)
        self.status.setAccessibleName(tr("Status of the cell"))
        self.status.addItem(tr("Status follows codings and guide"), "")
        for status in CELL_STATUSES:
            word = words.status_word(status)
            self.status.addItem(word[:1].upper() + word[1:], status)
        self._scale = QHBoxLayout()
        self.scale: SegmentedControl | None = None
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.by = QLabel(self)
        self.changed = QLabel(self)
        self.stands = QPushButton(tr("The summary stands"), self)
        self.stands.setProperty("kind", "quiet")
        for label in (self.by, self.changed):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.by.setProperty("kind", "small")
        self.standing = QLabel(self)
        self._raters = QVBoxLayout()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.status)
        self._layout.addLayout(self._scale)
        self._layout.addWidget(self.text)
        self._layout.addWidget(self.by)
        self._layout.addWidget(self.changed)
        self._layout.addWidget(self.stands, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addWidget(self.standing)
        self._layout.addLayout(self._raters)
        self._saving = Autosave(self)
        self.set_theme(theme)
        self.hide()
        self.status.activated.connect(self._on_status_activated)
        self.text.textChanged.connect(self._saving.touch)
        self._saving.due.connect(self.save)
        self.stands.clicked.connect(self._on_stands_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._theme = theme
        side = theme.px(12)
        self._layout.setContentsMargins(side, theme.px(4), side, theme.px(8))
        self._layout.setSpacing(theme.px(6))
        self.text.setFont(fonts.text_font(theme.scale, 14))

    def key(self) -> CellKey | None:
        """Return which cell is shown."""
        return self._contents.key if self._contents is not None else None

    def show_contents(
        self, contents: CellContents | None, *, writable: bool, standing: str = ""
    ) -> None:
        """Show a cell; what is being typed in another is saved first.

        `standing` says that raters differ here, and in how many cells.
        """
        before = self._contents
        same = before is not None and contents is not None and before.key == contents.key
        if not same:
            self.save()
        self._contents = contents
        self.setVisible(contents is not None)
        if contents is None:
            return
        summary = contents.key.kind == "summary"
        written = contents.cell.summary if contents.cell is not None else ""
        reason = contents.own.reason if contents.own is not None else ""
        self._show_text(written if summary else reason, same=same)
        self.text.setReadOnly(not writable or not (summary or contents.own is not None))
        self.text.setVisible(summary or contents.own is not None)
        lines = SUMMARY_LINES if summary else REASON_LINES
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines)
        self.text.setAccessibleName(tr("Summary of the cell") if summary else tr("Reason"))
        self.text.setPlaceholderText(
            tr("What the material says about this …") if summary else tr("Why …")
        )
        self._show_status(contents, writable=writable)
        self._show_scale(contents, writable=writable)
        self._show_by(contents)
        self.standing.setText(standing)
        self.standing.setVisible(bool(standing))
        self._show_raters(contents, writable=writable)

    def _show_text(self, text: str, *, same: bool) -> None:
        typing = same and (self._saving.waiting() or self.text.hasFocus())
        if typing or self.text.toPlainText() == text:
            return
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        self._saving.stop()

    def _show_status(self, contents: CellContents, *, writable: bool) -> None:
        self.status.setVisible(contents.key.kind == "summary")
        self.status.setEnabled(writable)
        own = contents.cell.status if contents.cell is not None else ""
        self.status.setCurrentIndex(max(0, self.status.findData(own)))
        status, origin = contents.follows
        follows = words.status_word(status)
        said = (
            tr("As the interview guide says: {status}", status=follows)
            if origin == "guide"
            else tr("As the codings say: {status}", status=follows)
        )
        self.status.setItemText(0, said)

    def _show_scale(self, contents: CellContents, *, writable: bool) -> None:
        value = contents.own.value if contents.own is not None else None
        if self.scale is not None:
            self._scale.removeWidget(self.scale)
            self.scale.deleteLater()
            self.scale = None
        if contents.scale:
            options = [(one, one) for one in contents.scale]
            name = tr("My grade") if contents.key.kind == "grade" else tr("My verdict")
            self.scale = SegmentedControl(
                self._theme, options, optional=True, name=name, parent=self
            )
            self.scale.set_value(value)
            self.scale.setEnabled(writable)
            self.scale.value_changed.connect(self._on_scale_value_changed)
            self._scale.addWidget(self.scale, 0, Qt.AlignmentFlag.AlignLeft)
            self.scale.show()

    def _show_by(self, contents: CellContents) -> None:
        cell = contents.cell
        moment = current_catalogue().format_moment
        written = cell is not None and bool(cell.summary)
        self.by.setVisible(written)
        if cell is not None and written:
            self.by.setText(
                tr("Written by {name} {when}", name=contents.writer, when=moment(cell.modified))
            )
        added, removed, moved = contents.changed
        parts = [
            word
            for number, word in (
                (added, tr_n("{n} new", "{n} new", added)),
                (removed, tr_n("{n} gone", "{n} gone", removed)),
                (moved, tr_n("{n} with other borders", "{n} with other borders", moved)),
            )
            if number
        ]
        self.changed.setText(
            tr("The evidence has changed since: {what}.", what=", ".join(parts)) if parts else ""
        )
        self.changed.setVisible(bool(parts))
        self.stands.setVisible(bool(parts))

    def _show_raters(self, contents: CellContents, *, writable: bool) -> None:
        while (item := self._raters.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if contents.settled is not None:
            self._raters.addWidget(self._rater(contents.settled, tr("Settled"), settle=False))
        for one in contents.others:
            self._raters.addWidget(self._rater(one, one.rater, settle=writable))
        if contents.own is not None and contents.others and contents.settled is None:
            own = Rated(contents.own, contents.own.reason)
            self._raters.addWidget(self._rater(own, tr("Me"), settle=writable))

    def _rater(self, rated: Rated, name: str, *, settle: bool) -> QWidget:
        line = QWidget(self)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        one = rated.judgement
        said = tr("{name}: {value}", name=name, value=one.value)
        label = QLabel(f"{said} – {one.reason}" if one.reason else said, line)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(label, 1)
        if settle:
            button = QPushButton(tr("Settle on this"), line)
            button.setProperty("kind", "quiet")
            button.setAccessibleDescription(said)
            button.setProperty("judgement", one)
            button.clicked.connect(self._on_settle_clicked)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    # -------------------------------------------------------------------------------- writing
    def write_on(self) -> None:
        """Put the keyboard where the cell is written in."""
        if self.text.isVisibleTo(self):
            self.text.moveCursor(QTextCursor.MoveOperation.End)
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.scale is not None:
            self.scale.focus_value()

    def save(self) -> None:
        """Save what is being typed."""
        self._saving.stop()
        contents = self._contents
        if contents is None or self.text.isReadOnly():
            return
        text = self.text.toPlainText().strip()
        if contents.key.kind == "summary":
            before = contents.cell.summary if contents.cell is not None else ""
        else:
            before = contents.own.reason if contents.own is not None else ""
        if text != before:
            self.text_written.emit(contents.key, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save when the keyboard leaves, go on in the next cell with Ctrl and an arrow."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self.save()
        if watched is self.text and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)  # noqa: S101 - by its type
            if self._moved(event):
                return True
        return super().eventFilter(watched, event)

    def _moved(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.save()
            self.left.emit()
            return True
        step = step_of(event)
        if step is None:
            return False
        self.save()
        self.move_wanted.emit(*step)
        return True

    def _on_status_activated(self, place: int) -> None:
        key = self.key()
        if key is not None:
            self.status_chosen.emit(key, self.status.itemData(place))

    def _on_scale_value_changed(self, value: object) -> None:
        key = self.key()
        if key is not None:
            self.value_chosen.emit(key, str(value) if value is not None else "")

    def _on_settle_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.settling_wanted.emit(button.property("judgement"))

    def _on_stands_clicked(self) -> None:
        key = self.key()
        if key is not None:
            self.looked_through.emit(key)
