"""The places in all sources at which words were found, below the transcript."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.hit_list import HeadRow, HitList, HitRow
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.entities import Code
from qda.store.text_search import FoundIn
from qda.text.hits import Spread

SPREADS: tuple[Spread, ...] = ("words", "sentence", "turn")
Place = tuple[int, int]
"""A hit: which of the documents with hits, and which hit in it."""


class HitPane(QFrame):
    """List hits by source; say what can be done with those that are picked."""

    closed = Signal()
    """The user closed the pane."""
    spread_changed = Signal(object)
    """The user chose how much of the text a coding takes.

    Parameters: a `Spread`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build a hidden, empty pane."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._theme = theme
        self._header = PaneHeader(theme, tr("Found in all sources"), "", self)
        self._close = self._header.add_button("close", tr("Close the list"))
        self.list = HitList(theme, tr("Found in all sources"), self)
        self._said = QLabel(self)
        self._said.setProperty("kind", "muted")
        self._said.setWordWrap(True)
        self._takes = QLabel(tr("Code:"), self)
        self._takes.setProperty("kind", "muted")
        self._spread = SegmentedControl(
            theme,
            list(zip(SPREADS, (tr("the words"), tr("the sentence"), tr("the turn")), strict=True)),
            name=tr("How much of the text a coding takes"),
            parent=self,
        )
        self.code = QPushButton(self)
        self.code.setProperty("kind", "link")
        self._acts = QFrame(self)
        self._acts.setProperty("kind", "pane")
        self._flow = FlowLayout(self._acts, theme.px(8))
        for widget in (self._takes, self._spread, self.code):
            self._flow.addWidget(widget)
        self._target: Code | None = None
        self._writable = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._header, self._acts, self._said):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        self.set_theme(theme)
        self.hide()
        self._close.clicked.connect(self.closed)
        self._spread.value_changed.connect(self.spread_changed)
        self.list.selection_altered.connect(self._show_acts)
        self._show_acts()

    def clear(self, title: str) -> None:
        """Begin a list anew under a title."""
        self.list.clear_rows()
        self._header.set_title(title)
        self.say("", "")

    def add(self, documents: Sequence[tuple[int, FoundIn]]) -> None:
        """List what was found in further documents, each with its place among them."""
        rows: list[HitRow | HeadRow] = []
        for place, found in documents:
            count = tr_n("{n} place", "{n} places", len(found.hits))
            rows.append(HeadRow(found.name, count))
            rows += [
                HitRow(
                    (place, number),
                    hit.before,
                    hit.found,
                    hit.after,
                    str(hit.turn) if hit.turn else "",
                    _spoken(found.name, hit.turn, f"{hit.before}{hit.found}{hit.after}"),
                )
                for number, hit in enumerate(found.hits)
            ]
        self.list.add_rows(rows)

    def say(self, right: str, text: str) -> None:
        """Say a few words at the right of the title, and a sentence above the list."""
        self._header.set_right(right)
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def texts(self) -> tuple[str, str, str]:
        """Return title, the words at its right, and the sentence above the list."""
        return self._header.title(), self._header.right(), self._said.text()

    def picked(self) -> list[Place]:
        """Return the hits that are picked, from the top."""
        return cast("list[Place]", self.list.selected_ids())

    def spread(self) -> Spread:
        """Return how much of the text a coding takes."""
        return cast("Spread", self._spread.value())

    def set_spread(self, spread: str) -> None:
        """Let a coding take more or less of the text; what is not known means the sentence."""
        self._spread.set_value(spread if spread in SPREADS else "sentence")

    def offer(self, target: Code | None, *, writable: bool) -> None:
        """Say with which code the picked hits can be coded, and whether anything can be changed."""
        self._target, self._writable = target, writable
        self._show_acts()

    def _show_acts(self) -> None:
        count, target = len(self.picked()), self._target
        self._acts.setVisible(self._writable and bool(self.list.rows()))
        self.code.setEnabled(count > 0 and target is not None)
        if target is None:
            self.code.setText(tr("Choose a code first"))
        elif not count:
            self.code.setText(tr("Pick places to code"))
        else:
            name = target.name.replace("&", "&&")
            self.code.setText(
                tr_n(
                    "Code {n} place with «{code}»",
                    "Code {n} places with «{code}»",
                    count,
                    code=name,
                )
            )
        self._acts.updateGeometry()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self._flow.setContentsMargins(side, 0, side, theme.px(6))
        self._said.setContentsMargins(side, 0, side, theme.px(6))
        for widget in (self._takes, self.code):
            widget.setFixedHeight(theme.px(26))


def _spoken(source: str, turn: int, said: str) -> str:
    """Say where a hit stands and what is said there."""
    if not turn:
        return f"{source}: {said}"
    return tr("{source}, turn {n}: {said}", source=source, n=turn, said=said)
