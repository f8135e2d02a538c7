"""The right of the workspace: one source, what is known of it and who speaks in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from qda.gui.context import Context, Place
from qda.gui.language import current_catalogue, tr
from qda.gui.sources.fields import sentence
from qda.gui.sources.office_chips import OfficeChips
from qda.gui.sources.participants_panel import ParticipantsPanel
from qda.gui.sources.source_rows import SourceRow, kind_name
from qda.gui.theme import Theme
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.labels import EmptyPlace, SmallCaps
from qda.model.changes import Changes
from qda.model.entities import Document, Language
from qda.model.ids import CaseId, DocumentId, ParticipantId
from qda.store import cases, documents, participants

if TYPE_CHECKING:
    from qda.gui.sources.notes_panel import NotesPanel
    from qda.gui.sources.turns_panel import TurnsPanel

    Panel = TypeVar("Panel", NotesPanel, TurnsPanel)

PARTICIPANTS, TURNS, NOTES = range(3)
FOLLOWED = ("participant", "participant_case", "variable", "value", "turn", "source_note")


class DetailPane(QFrame):
    """Show and change one source."""

    remove_wanted = Signal(object)
    """The user wants the source removed.

    Parameters: its DocumentId.
    """
    open_wanted = Signal(object)
    """The user wants to go somewhere.

    Parameters: the `Place`.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the pane with no source in it."""
        super().__init__(parent)
        self._context = context
        self._row: SourceRow | None = None
        self.setProperty("kind", "pane")
        theme = context.theme
        self._empty = EmptyPlace(theme, "sources", tr("No source is chosen"), parent=self)
        self._page = QFrame(self)
        self._page.setProperty("kind", "pane")
        self._build_head()
        self._build_tabs()
        self._layout = QVBoxLayout(self._page)
        for widget in (self.name_field, self._facts):
            self._layout.addWidget(widget)
        self._layout.addLayout(self._actions)
        for widget in (self._offices_title, self.offices, self._rule):
            self._layout.addWidget(widget)
        self._layout.addWidget(self.tabs)
        self._layout.addWidget(self._panels, 1)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        # At large scales the pane is taller than the window.
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self._page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.set_theme(theme)
        self._connect()

    def _build_head(self) -> None:
        theme = self._context.theme
        self.name_field = QLineEdit(self._page)
        self.name_field.setAccessibleName(tr("Name of the source"))
        self._facts = sentence("", self._page)
        self.done_box = QCheckBox(tr("&Done coding"), self._page)
        self._open = QPushButton(tr("Open in Coding"), self._page)
        self._open.setProperty("kind", "primary")
        self._remove = QPushButton(tr("Remove"), self._page)
        self._remove.setProperty("kind", "quiet")
        self._actions = FlowLayout(spacing=theme.px(12))
        for widget in (self._open, self.done_box, self._remove):
            self._actions.addWidget(widget)
        self._offices_title = SmallCaps(theme, tr("Offices"), self._page)
        self.offices = OfficeChips(theme, self._page)
        self._rule = sentence(
            tr("A segment counts for its own offices, else its speaker's, else its source's."),
            self._page,
            kind="small",
        )

    def _build_tabs(self) -> None:
        self.tabs = QTabBar(self._page)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _ in range(3):
            self.tabs.addTab("")
        self.tabs.setAccessibleName(tr("More about the source"))
        self.participants = ParticipantsPanel(self._context, self._page)
        self._panels = QStackedWidget(self._page)
        self._panels.addWidget(self.participants)

    @cached_property
    def turns(self) -> TurnsPanel:
        """Return the second panel; start-up pays for the one in front only."""
        from qda.gui.sources.turns_panel import TurnsPanel  # lazy: start-up

        return self._added(TurnsPanel(self._context, self._page))

    @cached_property
    def notes(self) -> NotesPanel:
        """Return the third panel."""
        from qda.gui.sources.notes_panel import NotesPanel  # lazy: start-up

        return self._added(NotesPanel(self._context, self._page))

    def _added(self, panel: Panel) -> Panel:
        self._panels.addWidget(panel)
        panel.open_wanted.connect(self.open_wanted)
        return panel

    def _connect(self) -> None:
        self.name_field.editingFinished.connect(self._on_name_finished)
        self.done_box.clicked.connect(self._on_done_clicked)
        self._open.clicked.connect(self._on_open_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self.offices.link_wanted.connect(self._on_offices_link_wanted)
        self.tabs.currentChanged.connect(self._on_tabs_changed)

    # ---------------------------------------------------------------------------------- showing

    def show_source(self, row: SourceRow | None) -> None:
        """Show a source, or that none is chosen."""
        self._row = row
        self._pages.setCurrentWidget(self._scroll if row is not None else self._empty)
        if row is None:
            self._load_panel()
            return
        project = self._context.bridge.project
        writable = not project.read_only
        document = row.document
        if self.name_field.text() != document.name:
            self.name_field.setText(document.name)
            self.name_field.setCursorPosition(0)
        self.name_field.setReadOnly(not writable)
        self._facts.setText(facts(document))
        self.done_box.setChecked(document.done)
        self.done_box.setEnabled(writable)
        self._remove.setEnabled(writable)
        self.offices.set_offices(
            row.offices, cases.all_cases(project.connection), writable=writable
        )
        self._offices_title.setVisible(writable or bool(row.offices))
        self._load_panel()

    def follow(self, changes: Changes) -> None:
        """Bring what is shown up to date after a change that the list need not know of."""
        if self._row is not None and changes.touches(*FOLLOWED):
            self._load_panel()

    def _load_panel(self) -> None:
        document = self.document
        which = self.tabs.currentIndex()
        panel = self.turns if which == TURNS else self.notes if which == NOTES else None
        self._panels.setCurrentWidget(panel or self.participants)
        (panel or self.participants).load(document)
        self._count_tabs()

    def _count_tabs(self) -> None:
        if self._row is None:
            return
        connection = self._context.bridge.project.connection
        document = self._row.document
        number = current_catalogue().format_number
        counts = (
            len(participants.in_document(connection, document.id)),
            document.turns,
            len(documents.notes(connection, document.id)),
        )
        titles = (tr("Participants"), tr("Turns"), tr("Notes"))
        for place, (title, count) in enumerate(zip(titles, counts, strict=True)):
            self.tabs.setTabText(place, f"{title} {number(count)}")

    @property
    def document(self) -> DocumentId | None:
        """Return the source that is shown."""
        return self._row.document.id if self._row is not None else None

    # ---------------------------------------------------------------------------- for commands

    def edit_name(self) -> None:
        """Put the keyboard into the name."""
        self.name_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name_field.selectAll()

    def choose_office(self) -> None:
        """Open the list of offices."""
        self.offices.open_chooser()

    def add_participant(self) -> None:
        """Ask for somebody to add."""
        self.tabs.setCurrentIndex(PARTICIPANTS)
        self.participants.add_participant()

    def add_variable(self) -> None:
        """Ask for a participant variable to add."""
        self.tabs.setCurrentIndex(PARTICIPANTS)
        self.participants.add_variable()

    def show_participant(self, participant: ParticipantId) -> None:
        """Put the keyboard on a participant."""
        if self._row is not None:
            self.tabs.setCurrentIndex(PARTICIPANTS)
            self.participants.choose(participant)

    def join_participant(self) -> None:
        """Ask who is the same person as the current participant."""
        self.participants.join()

    def can_join(self) -> bool:
        """Tell whether there is a participant to join with another."""
        return self._row is not None and self.participants.can_join()

    # ------------------------------------------------------------------------------------ slots

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a half-written name back with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.name_field.hasFocus() and self._row:
            self.name_field.setText(self._row.document.name)
            return
        super().keyPressEvent(event)

    def _on_name_finished(self) -> None:
        from qda.operations import documents as operations  # lazy: start-up

        if self._row is None or self.name_field.text().strip() == self._row.document.name:
            return
        done = self._context.bridge.run(
            operations.rename_document, document=self._row.document.id, name=self.name_field.text()
        )
        if done is None:
            self.name_field.setText(self._row.document.name)

    def _on_done_clicked(self, done: bool) -> None:  # noqa: FBT001 - slot
        from qda.operations import documents as operations  # lazy: start-up

        if self._row is not None:
            self._context.bridge.run(
                operations.mark_done, document=self._row.document.id, done=done
            )

    def _on_open_clicked(self) -> None:
        if self._row is not None:
            self.open_wanted.emit(Place("coding", document=self._row.document.id))

    def _on_remove_clicked(self) -> None:
        if self._row is not None:
            self.remove_wanted.emit(self._row.document.id)

    def _on_offices_link_wanted(self, case: CaseId, linked: bool) -> None:  # noqa: FBT001 - slot
        from qda.operations.cases import link_cases  # lazy: start-up

        if self._row is not None:
            self._context.bridge.run(
                link_cases, case=case, documents=[self._row.document.id], linked=linked
            )

    def _on_tabs_changed(self) -> None:
        self._load_panel()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        side = theme.px(16)
        self._layout.setContentsMargins(side, theme.px(12), side, theme.px(12))
        self._layout.setSpacing(theme.px(8))
        self._actions.setSpacing(theme.px(12))
        self._panels.setMinimumHeight(theme.px(260))
        self.setMinimumWidth(theme.px(300))


def facts(document: Document) -> str:
    """Return in one line what kind of source it is and where it came from."""
    catalogue = current_catalogue()
    parts = [
        kind_name(document.kind),
        language_name(document.language),
        document.file_name,
        document.encoding.upper(),
        tr("{number} characters", number=catalogue.format_number(document.characters)),
        tr("imported {date}", date=catalogue.format_date(document.created)),
    ]
    return " · ".join(part for part in parts if part)


def language_name(language: Language) -> str:
    """Return the name of a source's language."""
    return {"nb": tr("bokmål"), "nn": tr("nynorsk"), "en": tr("English")}[language]
