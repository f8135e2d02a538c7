"""The memo at hand: what it is on, its text, saved while one types."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from qda.gui import fonts
from qda.gui.language import tr
from qda.gui.memos.hub import HubMemo, attribution
from qda.gui.theme import Theme

PAUSE = 800
"""Milliseconds of not typing after which the text is saved."""


class MemoEditor(QWidget):
    """Read and write one memo."""

    text_written = Signal(object, str)
    """The user wrote and paused.

    Parameters: the HubMemo as it was shown; the text.
    """
    place_wanted = Signal(object)
    """The user wants to see what the memo is on.

    Parameters: the Place.
    """
    removal_wanted = Signal(object)
    """The user wants the memo gone.

    Parameters: the HubMemo.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty editor."""
        super().__init__(parent)
        self._memo: HubMemo | None = None
        self._about = QLabel(self)
        self._about.setProperty("kind", "heading")
        self._by = QLabel(self)
        self._by.setProperty("kind", "muted")
        for label in (self._about, self._by):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._text = QPlainTextEdit(self)
        self._text.setAccessibleName(tr("The memo's text"))
        self._text.setPlaceholderText(tr("Write here; it is saved as you write."))
        self._text.setTabChangesFocus(True)
        self._go = QPushButton(tr("Show what it is on"), self)
        self._remove = QPushButton(tr("Remove the memo"), self)
        self._remove.setProperty("kind", "quiet")
        buttons = QHBoxLayout()
        buttons.addWidget(self._go)
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        self._layout = QVBoxLayout(self)
        for widget in (self._about, self._by, self._text):
            self._layout.addWidget(widget)
        self._layout.addLayout(buttons)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self.set_theme(theme)
        self.setFocusProxy(self._text)
        self._text.installEventFilter(self)
        self._text.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self.save)
        self._go.clicked.connect(self._on_go_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(24)
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(theme.px(8))
        self._text.setFont(fonts.text_font(theme.scale, 15))

    def show_memo(self, memo: HubMemo | None, *, writable: bool = True) -> None:
        """Show a memo; one that is being written is saved first."""
        if memo is None or self._memo is None or memo.key != self._memo.key:
            self.save()
        else:
            memo = self._newer(memo)
        self._memo = memo
        self.setEnabled(memo is not None)
        if memo is None:
            return
        self._about.setText(memo.about)
        self._by.setText(attribution(memo))
        self._go.setVisible(memo.where is not None)
        self._remove.setVisible(writable)
        self._text.setReadOnly(not writable)
        if self._text.toPlainText() != memo.text:
            self._text.blockSignals(True)
            self._text.setPlainText(memo.text)
            self._text.blockSignals(False)
            self._timer.stop()

    def _newer(self, memo: HubMemo) -> HubMemo:
        """Keep what is being typed when the same memo is shown again: its own echo."""
        typing = self._timer.isActive()
        return replace(memo, text=self._text.toPlainText()) if typing else memo

    def save(self) -> None:
        """Save what is being written."""
        self._timer.stop()
        memo = self._memo
        if memo is None or self._text.toPlainText() == memo.text:
            return
        # Taken over at once, so that the echo of the change does not save it again.
        self._memo = replace(memo, text=self._text.toPlainText())
        self.text_written.emit(memo, self._text.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save when the keyboard leaves the text."""
        if watched is self._text and event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def _on_go_clicked(self) -> None:
        if self._memo is not None and self._memo.where is not None:
            self.save()
            self.place_wanted.emit(self._memo.where)

    def _on_remove_clicked(self) -> None:
        if self._memo is not None:
            self._timer.stop()
            self.removal_wanted.emit(self._memo)
