"""The sources or the participants of an office, and a list to choose them from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from qda.gui import icons
from qda.gui.theme import Theme
from qda.gui.widgets.checklist import Checklist
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.labels import Card

_SHOWN = 24
"""Chips that are shown; more would bury what stands below them."""


@dataclass(frozen=True, slots=True)
class LinkWords:
    """How a card words what is linked; `goes` tells whether one can go there."""

    title: str
    none: str
    choose: str
    search: str
    goes: bool = False


class LinkCard(Card):
    """Chips for what is linked; a button opens the list of all."""

    linked = Signal(object, bool)
    """The user linked something, or took its link away.

    Parameters: its id; whether it is linked.
    """
    opened = Signal(object)
    """The user wants to go to something that is linked.

    Parameters: its id.
    """

    def __init__(
        self,
        theme: Theme,
        words: LinkWords,
        read: Callable[[], Sequence[tuple[int, str]]],
        parent: QWidget | None = None,
    ) -> None:
        """Build an empty card, worded by `words`; `read` reads all there is to choose from."""
        super().__init__(theme, words.title, parent)
        self._words = words
        self._writable = True
        self._shown: tuple[object, ...] = ()
        self._linked: frozenset[int] = frozenset()
        self._read = read
        self._none = QLabel(words.none, self)
        self._none.setProperty("kind", "muted")
        self._none.setWordWrap(True)
        self._place = QWidget(self)
        self._flow = FlowLayout(self._place, theme.px(6))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._place.setSizePolicy(policy)
        self._more = QLabel(self)
        self._more.setProperty("kind", "muted")
        self.choose = QToolButton(self)
        self.choose.setText(words.choose)
        self.choose.setCheckable(True)
        self.choose.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._dress_button()
        self.list = Checklist(theme, words.title, words.search, self)
        for widget in (self._none, self._place, self._more):
            self.body.addWidget(widget)
        self.body.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.list)
        self.list.hide()
        self.choose.toggled.connect(self._on_choose_toggled)
        self.list.ticked.connect(self.linked)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        super().set_theme(theme)
        if hasattr(self, "choose"):
            self._dress_button()

    def _dress_button(self) -> None:
        theme = self._theme
        side = theme.px(14)
        self.choose.setIcon(icons.icon("link", theme.muted_tinted, side, theme.line))

    def show_links(
        self, there: Sequence[tuple[int, str]], *, any_to_choose: bool, writable: bool
    ) -> None:
        """Show what is linked, pairs of an id and a name."""
        self._writable = writable
        self._linked = frozenset(number for number, _name in there)
        state = (*there[:_SHOWN], writable)
        if state != self._shown:
            self._shown = state
            self._fill(there[:_SHOWN])
        self._none.setVisible(not there)
        self._place.setVisible(bool(there))
        hidden = len(there) - _SHOWN
        self._more.setText(f"+ {hidden}")
        self._more.setVisible(hidden > 0)
        self.choose.setEnabled(writable and any_to_choose)
        if not self.list.isHidden():
            self.list.set_items(self._read(), self._linked)

    def _fill(self, there: Sequence[tuple[int, str]]) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, name in there:
            chip = Chip(self._theme, name, removable=self._writable,
                        interactive=self._words.goes, parent=self._place)  # fmt: skip
            chip.setMaximumSize(QSize(self._theme.px(280), self._theme.px(24)))
            chip.setToolTip(name)
            chip.setProperty("link", number)
            chip.removed.connect(self._on_chip_removed)
            chip.clicked.connect(self._on_chip_clicked)
            self._flow.addWidget(chip)
            chip.show()
        self._place.updateGeometry()

    def chips(self) -> tuple[str, ...]:
        """Return the names that are shown as linked."""
        found = (self._flow.itemAt(place) for place in range(self._flow.count()))
        widgets = [item.widget() for item in found if item is not None]
        return tuple(one.text() for one in widgets if isinstance(one, Chip))

    def open_list(self) -> None:
        """Let the user choose at once."""
        if self.choose.isEnabled():
            self.choose.setChecked(True)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_choose_toggled(self, checked: bool) -> None:  # noqa: FBT001 - slot
        self.list.setVisible(checked)
        if checked:
            self.list.set_items(self._read(), self._linked)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chip_removed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Chip):
            self.linked.emit(sender.property("link"), False)

    def _on_chip_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, Chip):
            self.opened.emit(sender.property("link"))
