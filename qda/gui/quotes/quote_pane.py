"""One quote as it will be printed, who could be recognised by it, and where it is used."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui import fonts
from qda.gui.language import tr
from qda.gui.quotes.engine import Shown
from qda.gui.theme import Theme
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.labels import PaneHeader, SmallCaps
from qda.gui.widgets.trouble import Trouble
from qda.model.codebook import split_path

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class Preview(QLabel):
    """A quote in print: the serif face, its attribution behind it, to be selected and copied."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Show nothing yet; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(_SELECTABLE)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self.setFont(fonts.text_font(theme.scale, 15.5))

    def show_quote(self, text: str, who: str) -> None:
        """Show a quote."""
        self.setText(f"{text} {who}".strip())


class QuotePane(QFrame):
    """What is known of the quote at hand, and what can be done with it."""

    pick_wanted = Signal()
    """The user wants the quote in the text, or out of it."""
    copy_wanted = Signal()
    """The user wants the quote on the clipboard."""
    claim_wanted = Signal(str)
    """The user wants the quote to speak for or against a finding.

    Parameters: the side.
    """
    open_wanted = Signal()
    """The user wants to see the quote in its transcript."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, citing: bool = False
    ) -> None:
        """Say what goes here; with `citing`, offer to let quotes speak for or against findings."""
        super().__init__(parent)
        self._citing = citing
        self.setProperty("kind", "pane")
        self._header = PaneHeader(theme, tr("As it is printed"), "", self)
        self.preview = Preview(theme, tr("The quote as it is printed"), self)
        self.warning = Trouble(theme, self)
        self.stale = Trouble(theme, self)
        self.facts = QLabel(self)
        self.facts.setProperty("kind", "muted")
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self._used_head = SmallCaps(theme, tr("Used in"), self)
        self.used = QLabel(self)
        self.used.setWordWrap(True)
        self.used.setTextFormat(Qt.TextFormat.PlainText)
        self.pick = QPushButton(tr("Take into the text"), self)
        self.pick.setProperty("kind", "primary")
        self.copy = QPushButton(tr("Copy"), self)
        self.open = QPushButton(tr("Open in the transcript"), self)
        self.supports = QPushButton(tr("Supports a finding …"), self)
        self.contradicts = QPushButton(tr("Contradicts a finding …"), self)
        self._foot = QHBoxLayout()
        self._buttons = QWidget(self)
        self._words, self.column = QVBoxLayout(), QVBoxLayout(self)
        self._lay_out()
        self.set_theme(theme)
        self.show_quote(None)
        self.pick.clicked.connect(self.pick_wanted)
        self.supports.clicked.connect(partial(self.claim_wanted.emit, "for"))
        self.contradicts.clicked.connect(partial(self.claim_wanted.emit, "against"))
        self.copy.clicked.connect(self.copy_wanted)
        self.open.clicked.connect(self.open_wanted)

    def _lay_out(self) -> None:
        for widget in (
            self.preview, self.warning, self.stale, self.facts, self._used_head, self.used,
        ):  # fmt: skip
            self._words.addWidget(widget)
        for button in (self.supports, self.contradicts):
            button.setProperty("kind", "quiet")
        flow = FlowLayout(self._buttons, 8)
        for button in (self.pick, self.copy, self.open, self.supports, self.contradicts):
            flow.addWidget(button)
        self._foot.addWidget(self._buttons)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self._header)
        self.column.addLayout(self._words)
        self.column.addLayout(self._foot)
        self.column.addStretch(1)

    def show_quote(
        self,
        shown: Shown | None,
        *,
        picked: bool = False,
        writable: bool = True,
        used: Sequence[str] = (),
    ) -> None:
        """Show a quote, or say what goes here."""
        for widget in (self.pick, self.copy, self.open, self.facts):
            widget.setVisible(shown is not None)
        for button in (self.supports, self.contradicts):
            button.setVisible(shown is not None and self._citing)
            button.setEnabled(writable)
        self.used.setVisible(bool(used))
        self._used_head.setVisible(bool(used))
        if shown is None:
            self.preview.setText(tr("Choose a quote, and it stands here as it will be printed."))
            self.warning.say("")
            self.stale.say("")
            return
        self.preview.show_quote(shown.text, shown.who)
        self.warning.say(shown.warning)
        self.stale.say(
            tr("The segment was changed since it was cut, so it is printed whole; cut it anew.")
            if shown.stale
            else ""
        )
        self.facts.setText(facts(shown))
        self.used.setText("\n".join(used))
        self.pick.setText(tr("Take out of the text") if picked else tr("Take into the text"))
        self.pick.setEnabled(writable)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(16)
        self._words.setContentsMargins(side, theme.px(4), side, theme.px(8))
        self._words.setSpacing(theme.px(8))
        self._foot.setContentsMargins(side, theme.px(4), side, theme.px(8))
        self._foot.setSpacing(theme.px(8))


def facts(shown: Shown) -> str:
    """Return where a quote is from: for those who work on the study, never printed."""
    quote = shown.quote
    turn = tr("turn {n}", n=quote.turn) if quote.turn is not None else ""
    where = " · ".join(filter(None, (quote.document, turn, ", ".join(quote.cases))))
    what = " · ".join(filter(None, (" › ".join(split_path(quote.code)), quote.value, quote.coder)))
    return "\n".join(filter(None, (where, what, quote.memo)))
