"""What can be written in the line: examples to click, each with what it finds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import tr
from qda.gui.theme import Theme


def examples(code: str) -> list[tuple[str, str]]:
    """Return queries with what each finds; `code` is a code of the project that has keywords."""
    found = [
        (tr("measure"), tr("every form of the word, in Norwegian and English")),
        (tr('"measure"'), tr("just this form, as it is written")),
        (tr("meas*"), tr("words that begin so; ? stands for one letter")),
        (tr("~conversation"), tr("the word by itself and as a part of compounds")),
        (tr("good conversation"), tr("the words side by side, in any of their forms")),
        (tr("measure NEAR/5 conversation"), tr("at most five words apart, in the same turn")),
        (tr("measure AND (table OR plan)"), tr("turns that have both; each place is listed")),
        (tr("measure NOT plan"), tr("where the same turn does not have the other word")),
    ]
    if code:
        name = f'"{code}"' if " " in code else code
        found.append((tr("code:{name}", name=name), tr("the keywords of a code, all their forms")))
    return found


class Examples(QScrollArea):
    """The examples as a short table."""

    query_wanted = Signal(str)
    """The user wants to try an example.

    Parameters: the query.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show the examples that need no code."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._code = ""
        self.buttons: list[QPushButton] = []
        self._fill()

    def offer_code(self, code: str) -> None:
        """Show an example with a code of the project."""
        if code != self._code:
            self._code = code
            self._fill()

    def _fill(self) -> None:
        theme = self._theme
        inner = QFrame(self)
        inner.setProperty("kind", "paper")
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(1, 1)
        self.buttons = []
        for row, (query, meaning) in enumerate(examples(self._code)):
            button = self._button(query, meaning)
            said = QLabel(meaning, inner)
            said.setProperty("kind", "muted")
            said.setWordWrap(True)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(said, row, 1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, theme.px(16), 0, theme.px(16))
        column.setSpacing(theme.px(12))
        for text, kind in self._lines():
            label = QLabel(text, inner)
            label.setProperty("kind", kind)
            label.setWordWrap(True)
            column.addWidget(label)
            if kind == "heading":
                column.addLayout(grid)
        column.addStretch(1)
        self.setWidget(inner)

    def _lines(self) -> Sequence[tuple[str, str]]:
        return (
            (tr("What you can write"), "heading"),
            (
                tr(
                    "Write AND, OR, NOT and NEAR in capitals; OG, ELLER, IKKE and NÆR mean the "
                    "same. Å is never taken for a. Only what informants say is searched until "
                    "you choose otherwise."
                ),
                "muted",
            ),
        )

    def _button(self, query: str, meaning: str) -> QPushButton:
        button = QPushButton(query.replace("&", "&&"), self)
        button.setProperty("kind", "link")
        button.setAccessibleName(f"{query}: {meaning}")
        button.clicked.connect(lambda: self.query_wanted.emit(query))
        self.buttons.append(button)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._fill()
