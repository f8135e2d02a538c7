"""The memo at hand: what it is on, its text, saved while one types, and its links."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.language import tr
from qda.gui.memos.hub import HubMemo, attribution, hits
from qda.gui.theme import Theme
from qda.gui.widgets.autosave import Autosave
from qda.gui.widgets.link_list import LinkList, LinkRow
from qda.gui.widgets.trouble import Trouble
from qda.text.offsets import Utf16Map

_KEEP = QTextCursor.MoveMode.KeepAnchor


class MemoEditor(QWidget):
    """Read and write one memo."""

    text_written = Signal(object, str)
    """The user wrote and paused, or has written for a while.

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
    link_wanted = Signal()
    """The user wants to choose what to link the memo with."""
    versions_wanted = Signal()
    """The user wants to see what the memo said before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty editor."""
        super().__init__(parent)
        self._theme = theme
        self._memo: HubMemo | None = None
        self._words = ""
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
        self._trouble = Trouble(theme, self)
        self.links = LinkList(theme, tr("Links of the memo"), self)
        self._no_links = QLabel(
            tr("No links. Link it with another memo, a segment, a code or anything else."), self
        )
        self._no_links.setProperty("kind", "small")
        self._no_links.setWordWrap(True)
        self._link = QPushButton(tr("Link with …"), self)
        self._versions = QPushButton(tr("Earlier versions …"), self)
        self._go = QPushButton(tr("Show what it is on"), self)
        self._remove = QPushButton(tr("Remove the memo"), self)
        for button in (self._link, self._versions, self._go, self._remove):
            button.setProperty("kind", "quiet")
        self._layout = QVBoxLayout(self)
        self._lay_out()
        self._saving = Autosave(self)
        self.set_theme(theme)
        self.setFocusProxy(self._text)
        self._text.installEventFilter(self)
        self._text.textChanged.connect(self._on_text_changed)
        self._saving.due.connect(self.save)
        self._link.clicked.connect(self.link_wanted)
        self._versions.clicked.connect(self.versions_wanted)
        self._go.clicked.connect(self._on_go_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._link)
        buttons.addWidget(self._versions)
        buttons.addWidget(self._go)
        buttons.addStretch(1)
        buttons.addWidget(self._remove)
        for widget in (self._about, self._by, self._text):
            self._layout.addWidget(widget)
        self._layout.addWidget(self._trouble)
        self._layout.addWidget(self.links)
        self._layout.addWidget(self._no_links)
        self._layout.addLayout(buttons)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._theme = theme
        side = theme.px(24)
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(theme.px(8))
        self._text.setFont(fonts.text_font(theme.scale, 15))

    def memo(self) -> HubMemo | None:
        """Return the memo that is shown."""
        return self._memo

    def write_on(self) -> None:
        """Let the user write on where the text ends."""
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_writing(self) -> bool:
        """Tell whether the user is in the text: then it must not be taken away."""
        return self._text.hasFocus() or self._saving.waiting()

    def show_memo(self, memo: HubMemo | None, *, writable: bool = True) -> None:
        """Show a memo; one that is being written is saved first."""
        if memo is None or self._memo is None or memo.key != self._memo.key:
            self.save()
            self._trouble.say("")
        else:
            memo = self._newer(memo)
        self._memo = memo
        self.setEnabled(memo is not None)
        if memo is None:
            return
        self._about.setText(memo.about)
        self._by.setText(attribution(memo))
        self._go.setVisible(memo.where is not None)
        for button in (self._link, self._remove):
            button.setVisible(writable)
        self._text.setReadOnly(not writable)
        if self._text.toPlainText() != memo.text:
            self._text.blockSignals(True)
            self._text.setPlainText(memo.text)
            self._text.blockSignals(False)
            self._saving.stop()
        self._mark()

    def show_links(self, rows: Sequence[LinkRow], *, writable: bool = True) -> None:
        """Show what the memo is linked with, both ways."""
        self.links.show_links(rows, writable=writable)
        self._no_links.setVisible(not rows and self._memo is not None)

    def mark_words(self, words: str) -> None:
        """Mark searched words in the text."""
        self._words = words
        self._mark()

    def marked(self) -> list[str]:
        """Return what is marked in the text."""
        return [one.cursor.selectedText() for one in self._text.extraSelections()]  # pyright: ignore[reportAttributeAccessIssue]

    def _mark(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        text = self._text.toPlainText()
        units = Utf16Map(text)
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setFontUnderline(True)
        for start, end in hits(text, self._words):
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(units.to_utf16(start))
            cursor.setPosition(units.to_utf16(end), _KEEP)
            mark.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
            mark.format = look  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
        self._text.setExtraSelections(marks)

    def _newer(self, memo: HubMemo) -> HubMemo:
        """Keep what is being typed when the same memo is shown again: its own echo."""
        typed = self._text.toPlainText()
        unsaved = self._saving.waiting() or (self._text.hasFocus() and not typed.strip())
        return replace(memo, text=typed) if unsaved else memo

    def save(self) -> None:
        """Save what is being written; an empty text is not, since removing is a step of its own."""
        self._saving.stop()
        memo, text = self._memo, self._text.toPlainText()
        if memo is None or text == memo.text:
            return
        if not text.strip():
            self._trouble.say(
                tr("An empty memo is not saved. Write something, or remove the memo below.")
            )
            return
        self._trouble.say("")
        # Taken over at once, so that the echo of the change does not save it again.
        self._memo = replace(memo, text=text)
        self.text_written.emit(memo, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save when the keyboard leaves the text."""
        if watched is self._text and event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def _on_text_changed(self) -> None:
        self._saving.touch()

    def _on_go_clicked(self) -> None:
        if self._memo is not None and self._memo.where is not None:
            self.save()
            self.place_wanted.emit(self._memo.where)

    def _on_remove_clicked(self) -> None:
        if self._memo is not None:
            self._saving.stop()
            self.removal_wanted.emit(self._memo)
