"""The side view of suggestions: what they are worth, then the queue to go through."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui.coding.suggestion_detail import SuggestionDetail
from qda.gui.coding.suggestion_start import SuggestionStart
from qda.gui.coding.suggestion_words import spoken
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.gui.widgets.queue_list import QueueHead, QueueList, QueueRow
from qda.gui.widgets.segmented_control import SegmentedControl


class SuggestionPane(QFrame):
    """Hold the page before the review, and the review: a list, and the suggestion at hand."""

    closed = Signal()
    """The user closed the pane."""
    order_changed = Signal()
    """The user wants the queue in another order."""
    back_wanted = Signal()
    """The user wants to choose other codes, or to see again what suggestions are worth."""
    again_wanted = Signal()
    """The user wants the suggestions made anew of what is coded now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty pane."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._theme = theme
        self.header = PaneHeader(theme, tr("Suggestions"), "", self)
        self._close = self.header.add_button("close", tr("Close the suggestions"))
        self.start = SuggestionStart(theme, self)
        self.list = QueueList(theme, tr("Suggestions"), self, speak=spoken)
        self.detail = SuggestionDetail(theme, self)
        self.order = SegmentedControl(
            theme,
            [("code", tr("by code")), ("text", tr("as in the text"))],
            name=tr("Order of the suggestions"),
            parent=self,
        )
        self.back = QPushButton(tr("Choose …"), self)
        self.back.setProperty("kind", "link")
        self._stale = QLabel(self)
        self._stale.setProperty("kind", "small")
        self._stale.setWordWrap(True)
        self.again = QPushButton(tr("Make them anew"), self)
        self.again.setProperty("kind", "link")
        self._done = EmptyPlace(theme, "check", tr("Nothing is left to decide"), "", "", self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.start)
        self._pages.addWidget(self._build_queue())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._pages, 1)
        self.set_theme(theme)
        self.show_stale("")
        self._close.clicked.connect(self.closed)
        self.order.value_changed.connect(self.order_changed)
        self.back.clicked.connect(self.back_wanted)
        self.again.clicked.connect(self.again_wanted)
        self._done.button_clicked.connect(self.back_wanted)

    def _build_queue(self) -> QWidget:
        page = QFrame(self)
        page.setProperty("kind", "pane")
        self._bar = QHBoxLayout()
        self._bar.addWidget(self.order)
        self._bar.addStretch(1)
        self._bar.addWidget(self.back)
        self._stale_row = QFrame(page)
        self._stale_row.setProperty("kind", "pane")
        self._stale_bar = QHBoxLayout(self._stale_row)
        self._stale_bar.addWidget(self._stale, 1)
        self._stale_bar.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        self._split = QSplitter(Qt.Orientation.Vertical, page)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(self.detail)
        for place, share in enumerate((3, 2)):
            self._split.setStretchFactor(place, share)
        self._split.setSizes([self._theme.px(360), self._theme.px(240)])
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self._stale_row)
        column.addWidget(self._split, 1)
        column.addWidget(self._done, 1)
        return page

    # ------------------------------------------------------------------------------- pages

    @property
    def reviewing(self) -> bool:
        """Tell whether the queue is shown, and not what stands before it."""
        return self._pages.currentIndex() == 1

    def show_start(self) -> None:
        """Show what the suggestions are made of and worth."""
        self._pages.setCurrentIndex(0)
        self.header.set_right("")

    def show_queue(self, rows: Sequence[QueueRow | QueueHead]) -> None:
        """Show the queue, with the same suggestion at hand where it is still there."""
        self._pages.setCurrentIndex(1)
        at = self.focusWidget()
        ended = self._done.button().hasFocus()
        deciding = at is not None and at.hasFocus() and self._split.isAncestorOf(at)
        self.list.set_rows(rows)
        some = bool(self.list.count())
        self._split.setVisible(some)
        self._done.setVisible(not some)
        if deciding and not some:
            self._done.button().setFocus(Qt.FocusReason.OtherFocusReason)
        elif ended and some:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_place()

    def show_place(self) -> None:
        """Say in the header at which of how many suggestions one is."""
        count = self.list.count()
        self.header.set_right(
            tr("{n} of {count}", n=max(1, self.list.place()), count=count) if count else ""
        )

    def show_done(self, text: str) -> None:
        """Say what one has done when nothing is left to decide."""
        self._done.set_texts(tr("Nothing is left to decide"), text, tr("Look for more …"))

    def done_text(self) -> str:
        """Return what is said when nothing is left to decide."""
        return self._done.text()

    def show_stale(self, text: str) -> None:
        """Say that the suggestions are older than what is coded, empty where they are not."""
        self._stale.setText(text)
        self._stale_row.setVisible(bool(text) and self.list.count() > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press a button with Enter too; with Escape go back to the list, or be done."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            focused, QPushButton
        ):
            focused.click()
        elif event.key() == Qt.Key.Key_Escape and self.reviewing and self.list.count():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def first_field(self) -> QWidget:
        """Return where one goes on."""
        if self.reviewing:
            return self.list if self.list.count() else self._done.button()
        if self.start.begin.isVisibleTo(self.start):
            return self.start.begin
        return self.start.codes

    def focus_first(self) -> None:
        """Give the keyboard to where one goes on."""
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self._bar.setContentsMargins(side, 0, side, theme.px(4))
        self._stale_bar.setContentsMargins(side, 0, side, theme.px(4))
        self.start.set_theme(theme)
        self.list.set_theme(theme)
        self.detail.set_theme(theme)
