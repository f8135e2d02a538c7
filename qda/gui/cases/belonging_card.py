"""What the office at hand belonged to and when, and which offices it came from and became."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from qda.gui import icons
from qda.gui.cases.entry_list import Entry, EntryList
from qda.gui.language import say, tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import Card
from qda.model.groups import SUCCESSION_WORDS, Membership, Succession, short_since, span_words
from qda.store import cases, groups

if TYPE_CHECKING:
    from qda.model.ids import CaseId
    from qda.store.project_file import ProjectFile


@dataclass(frozen=True, slots=True)
class Belonging:
    """A membership with the names of its kind and its group."""

    membership: Membership
    kind: str
    group: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A succession as seen from one office: the other one, and whether that came after."""

    succession: Succession
    other: CaseId
    name: str
    after: bool


def belongings_of(project: ProjectFile, case: CaseId) -> tuple[Belonging, ...]:
    """Return what an office belongs to, by kind and day."""
    connection = project.connection
    kinds = {one.id: one for one in groups.all_kinds(connection)}
    known = {one.id: one for one in groups.all_groups(connection)}
    own = [one for one in groups.all_memberships(connection) if one.case == case]
    own.sort(key=lambda one: (kinds[known[one.group].kind].position, one.since))
    return tuple(
        Belonging(one, kinds[known[one.group].kind].name, known[one.group].name) for one in own
    )


def neighbours_of(project: ProjectFile, case: CaseId) -> tuple[Neighbour, ...]:
    """Return which offices an office came from and became, by day."""
    connection = project.connection
    names = {one.id: one.name for one in cases.all_cases(connection)}
    return tuple(
        Neighbour(one, one.new, names[one.new], after=True)
        if one.old == case
        else Neighbour(one, one.old, names[one.old], after=False)
        for one in groups.all_successions(connection)
        if case in (one.old, one.new)
    )


class BelongingCard(Card):
    """Two lists with a button below each."""

    membership_opened = Signal(int)
    """The user wants to change a membership.

    Parameters: its id.
    """
    membership_removed = Signal(int)
    """The user wants a membership gone.

    Parameters: its id.
    """
    office_opened = Signal(int)
    """The user wants to go to the office at the other end of a succession.

    Parameters: the id of the office.
    """
    succession_removed = Signal(int)
    """The user wants a succession forgotten.

    Parameters: its id.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty card."""
        super().__init__(theme, tr("Belongs to"), parent)
        self._others: dict[int, int] = {}
        self.memberships = EntryList(theme, tr("What the office belongs to"), self)
        self.successions = EntryList(theme, tr("Offices before and after"), self)
        self._none = self._muted(tr("Nothing is recorded, such as the county and its years."))
        self._alone = self._muted(tr("No office is recorded that it came from or became."))
        self.set = self._button(tr("Set what it belongs to …"))
        self.record = self._button(tr("Record a merger or split …"))
        left = Qt.AlignmentFlag.AlignLeft
        for widget in (self._none, self.memberships):
            self.body.addWidget(widget)
        self.body.addWidget(self.set, 0, left)
        self.body.addWidget(self.add_heading(tr("Before and after")))
        for widget in (self._alone, self.successions):
            self.body.addWidget(widget)
        self.body.addWidget(self.record, 0, left)
        self._dress_buttons()
        self.memberships.opened.connect(self.membership_opened)
        self.memberships.removal_wanted.connect(self.membership_removed)
        self.successions.opened.connect(self._on_successions_opened)
        self.successions.removal_wanted.connect(self.succession_removed)

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("kind", "muted")
        label.setWordWrap(True)
        return label

    def _button(self, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        super().set_theme(theme)
        if hasattr(self, "record"):
            self._dress_buttons()

    def _dress_buttons(self) -> None:
        theme = self._theme
        for button in (self.set, self.record):
            button.setIcon(icons.icon("link", theme.muted_tinted, theme.px(14), theme.line))

    def show_belonging(
        self, belongings: Sequence[Belonging], neighbours: Sequence[Neighbour], *, writable: bool
    ) -> None:
        """Show what is recorded of an office."""
        self.memberships.show_entries([_entry(one) for one in belongings], writable=writable)
        self.successions.show_entries([_neighbour(one) for one in neighbours], writable=writable)
        self._others = {int(one.succession.id): int(one.other) for one in neighbours}
        self._none.setVisible(not belongings)
        self._alone.setVisible(not neighbours)
        self.set.setEnabled(writable)
        self.record.setEnabled(writable)

    def _on_successions_opened(self, succession: int) -> None:
        if succession in self._others:
            self.office_opened.emit(self._others[succession])


def _entry(one: Belonging) -> Entry:
    days = say(span_words(one.membership.since, one.membership.until))
    text = tr("{kind}: {group}, {days}", kind=one.kind, group=one.group, days=days)
    return Entry(int(one.membership.id), text, text)


def _neighbour(one: Neighbour) -> Entry:
    kind, day = say(SUCCESSION_WORDS[one.succession.kind]), short_since(one.succession.at)
    arrow = "→" if one.after else "←"
    spoken = (
        tr("Became {office}: {kind}, {day}", office=one.name, kind=kind, day=day)
        if one.after
        else tr("Came from {office}: {kind}, {day}", office=one.name, kind=kind, day=day)
    )
    return Entry(int(one.succession.id), f"{arrow} {one.name}, {kind} {day}", spoken)
