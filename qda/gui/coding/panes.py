"""Where things stand in the coding workspace: panes, splitters and the column of cards."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qda.app.settings import Settings
from qda.gui.language import tr
from qda.gui.theme import Theme

KEPT = "coding.panes"
WIDE = 1200


LEAST_SIDE, LEAST_MIDDLE = 340, 420
"""How wide what takes the place of the codes is at the least, as long as the text has room."""


class CodingPanes(QSplitter):
    """Sources at the left, pages with a list below in the middle, codes and cards right.

    A side view may stand in the place of codes and cards for a time.
    """

    def __init__(
        self,
        theme: Theme,
        sources: QWidget,
        pages: Sequence[QWidget],
        bars: Sequence[QWidget],
        below: Sequence[QWidget],
        codes: QWidget,
        cards: Sequence[QWidget],
        side: QWidget,
    ) -> None:
        """Arrange the given widgets; the first of `pages` is shown, and codes before `side`."""
        super().__init__(Qt.Orientation.Horizontal)
        self._pages = QStackedWidget()
        for page in pages:
            self._pages.addWidget(page)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        top = QWidget()
        stacked = QVBoxLayout(top)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(0)
        for bar in bars:
            stacked.addWidget(bar)
        stacked.addWidget(self._pages, 1)
        self._middle.addWidget(top)
        for pane in below:
            self._middle.addWidget(pane)
        self._middle.setCollapsible(0, False)
        self._middle.setStretchFactor(0, 1)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setProperty("kind", "pane")
        right.addWidget(codes)
        right.addWidget(_Cards(theme, cards))
        right.setSizes([theme.px(360), theme.px(420)])
        self._theme = theme
        self._widths: list[int] = []
        self._right = QStackedWidget()
        self._right.addWidget(right)
        self._right.addWidget(side)
        for pane in (sources, self._middle, self._right):
            self.addWidget(pane)
        self.setStretchFactor(1, 1)
        self.setCollapsible(1, False)
        for splitter in (self, self._middle, right):
            splitter.setHandleWidth(1)

    def show_page(self, page: QWidget) -> None:
        """Bring one of the pages to the front."""
        self._pages.setCurrentWidget(page)

    @property
    def shows_side(self) -> bool:
        """Tell whether the side view stands in the place of the codes."""
        return self._right.currentIndex() == 1

    def show_side(self, *, on: bool) -> None:
        """Let the side view take the place of codes and cards, or give it back to them.

        It is made wide enough to read in; the widths from before come back with the codes.
        """
        if on == self.shows_side:
            return
        self._right.setCurrentIndex(int(on))
        if not on:
            if self._widths:
                self.setSizes(self._widths)
            self._widths = []
            return
        self._widths = self.sizes()
        left, middle, right = self._widths
        more = max(0, self._theme.px(LEAST_SIDE) - right)
        more = min(more, max(0, middle - self._theme.px(LEAST_MIDDLE)))
        self.setSizes([left, middle - more, right + more])

    def share_middle(self) -> None:
        """Give the list below the transcript, of which one is shown, two fifths of the height."""
        height = self._middle.height()
        below = [round(height * 0.38)] * (self._middle.count() - 1)
        self._middle.setSizes([round(height * 0.62), *below])

    def restore(self, settings: Settings, theme: Theme, width: int) -> None:
        """Give the panes their kept widths, else narrower ones in a narrow window."""
        sides = (theme.px(248), theme.px(320))
        if width < theme.px(WIDE):
            sides = (theme.px(180), theme.px(264))
        middle = max(theme.px(320), width - sum(sides))
        self.setSizes(settings.numbers(KEPT) or [sides[0], middle, sides[1]])

    def keep(self, settings: Settings) -> None:
        """Keep the widths."""
        settings.set(KEPT, self._widths if self.shows_side else self.sizes())


class _Cards(QScrollArea):
    """The cards below the codes; without any to show, the codes have all the height."""

    def __init__(self, theme: Theme, cards: Sequence[QWidget]) -> None:
        super().__init__()
        self._cards = tuple(cards)
        holder = QFrame()
        column = QVBoxLayout(holder)
        side = theme.px(12)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(10))
        for card in cards:
            column.addWidget(card)
            card.installEventFilter(self)
        column.addStretch(1)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Segment and code at hand"))
        for pane in (self, holder):
            pane.setProperty("kind", "pane")
        if all(card.isHidden() for card in cards):
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the cards."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show_or_hide()
        return super().eventFilter(watched, event)

    def _show_or_hide(self) -> None:
        self.setVisible(any(not card.isHidden() for card in self._cards))
