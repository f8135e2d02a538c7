"""The review of all lines before they are coded: what is ticked is coded in one step."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui.language import tr, tr_n
from qda.gui.search.review_lines import ReviewTable, spread_words
from qda.gui.theme import Theme
from qda.gui.widgets.flow_layout import flowing
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.text.hits import Spread


class Review(QWidget):
    """List every line with a tick; say what would be coded with what."""

    code_wanted = Signal()
    """The user wants what is ticked to be coded."""
    other_code_wanted = Signal()
    """The user wants another code."""
    closed = Signal()
    """The user thought better of it, with the button or Escape."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing to review yet."""
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self.title = QLabel(self)
        self.title.setProperty("kind", "heading")
        self.said = QLabel(self)
        self.said.setProperty("kind", "muted")
        for label in (self.title, self.said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.table = ReviewTable(theme, tr("Lines to code"), self)
        self.lines = self.table.review
        self.code = QPushButton(self)
        self.code.setProperty("kind", "primary")
        self.other = QPushButton(tr("Another code …"), self)
        self.all = QPushButton(tr("Tick all"), self)
        self.none = QPushButton(tr("Tick none"), self)
        self.cancel = QPushButton(tr("Cancel"), self)
        self.takes = SegmentedControl(
            theme, list(spread_words().items()), name=tr("All codings take"), parent=self
        )
        self._takes = QLabel(tr("All codings take"), self)
        self._takes.setProperty("kind", "muted")
        head, self._head = flowing(self, theme.px(8))
        for widget in (self._takes, self.takes, self.all, self.none, self.other):
            self._head.addWidget(widget)
        foot = QHBoxLayout()
        foot.addWidget(self.code)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for widget in (self.title, self.said, head):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.set_theme(theme)
        self.lines.ticks_changed.connect(self._tell)
        self.takes.value_changed.connect(self._on_takes_value_changed)
        self.code.clicked.connect(self.code_wanted)
        self.other.clicked.connect(self.other_code_wanted)
        self.cancel.clicked.connect(self.closed)
        self.all.clicked.connect(lambda: self._tick(on=True))
        self.none.clicked.connect(lambda: self._tick(on=False))

    def show_code(self, name: str, takes: Spread) -> None:
        """Say with which code the lines would be coded, and how much a coding takes."""
        self._name = name
        self.takes.set_value(takes)
        self._tell()
        self.table.fit()

    def _tell(self) -> None:
        ticked, count, already = self.lines.counts()
        self.title.setText(
            tr_n("Code {n} line with «{code}»?", "Code {n} lines with «{code}»?", count,
                 code=self._name)
        )  # fmt: skip
        said = tr("Space ticks a line, the arrows left and right change what its coding takes.")
        if already:
            coded = tr_n(
                "{n} is coded so already and has no tick.",
                "{n} are coded so already and have no tick.",
                already,
            )
            said = f"{coded} {said}"
        self.said.setText(said)
        name = self._name.replace("&", "&&")
        self.code.setText(
            tr_n("Code {n} place with «{code}»", "Code {n} places with «{code}»", ticked, code=name)
            if ticked
            else tr("Nothing is ticked")
        )
        self.code.setEnabled(ticked > 0)

    def _tick(self, *, on: bool) -> None:
        self.lines.tick(range(self.lines.rowCount()), on=on)

    def _on_takes_value_changed(self, takes: object) -> None:
        self.lines.take_all(cast("Spread", takes))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Think better of it with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._head.setSpacing(theme.px(8))
        self._takes.setFixedHeight(theme.px(26))
