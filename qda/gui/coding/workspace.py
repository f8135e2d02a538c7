"""The coding workspace: sources at the left, the transcript, codes and the segment at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qda.gui.coding.actions import CodingActions
from qda.gui.coding.asking import CodingQuestions
from qda.gui.coding.code_pane import CodePane
from qda.gui.coding.commands import coding_commands
from qda.gui.coding.facts import document_chips, segment_facts, status_texts
from qda.gui.coding.finder import Finder
from qda.gui.coding.open_document import OpenDocument
from qda.gui.coding.panes import CodingPanes
from qda.gui.coding.segment_card import SegmentCard
from qda.gui.coding.segment_list import SegmentList
from qda.gui.coding.source_pane import SourcePane
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.find_bar import FindBar
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.widgets.transcript import TranscriptView
from qda.gui.workspace import Workspace
from qda.model.changes import Changes
from qda.model.entities import Coding
from qda.model.ids import CodeId, CodingId, DocumentId
from qda.store import codings, documents, project_info

STRUCTURE = ("document", "case", "document_case")
"""Tables whose changes alter the list of sources."""


class CodingWorkspace(Workspace):
    """Read and code."""

    key = "coding"
    icon = "coding"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, parent)
        theme = context.theme
        self.open: OpenDocument | None = None
        self._loaded = False
        self.view = TranscriptView(theme, tr("Transcript"), self)
        self.actions_on_text = CodingActions(context, self.view, self)
        self.sources = SourcePane(theme, self)
        self.code_pane = CodePane(theme, self.actions_on_text.move_code, self)
        self.segment_card = SegmentCard(theme, self)
        self.segment_list = SegmentList(theme, self)
        self.find_bar = FindBar(theme, self)
        self.finder = Finder(self.find_bar, self.view, self)
        self._empty = EmptyPlace(
            theme,
            "sources",
            tr("No transcript is open"),
            tr("Import interviews first; then choose one at the left."),
            tr("Go to the sources"),
            self,
        )
        self._panes = CodingPanes(
            theme,
            self.sources,
            (self._empty, self.view),
            self.find_bar,
            self.segment_list,
            self.code_pane,
            (self.segment_card, self.code_pane.card),
        )
        self.questions = CodingQuestions(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        self.setFocusProxy(self.view)
        self._connect()

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Coding")

    def _connect(self) -> None:
        actions = self.actions_on_text
        self.context.bridge.changed.connect(self._on_bridge_changed)
        self._empty.button_clicked.connect(self._on_empty_button_clicked)
        self.sources.document_chosen.connect(self.open_document)
        self.code_pane.code_activated.connect(self._on_code_pane_code_activated)
        self.code_pane.tree.selection_dropped.connect(self._on_code_pane_selection_dropped)
        self.code_pane.context_menu_wanted.connect(self.questions.show_code_menu)
        self.view.segment_selected.connect(self._on_view_segment_selected)
        self.view.segment_activated.connect(self._on_view_segment_activated)
        self.view.segment_resized.connect(actions.resize)
        self.view.code_dropped.connect(self._on_view_code_dropped)
        self.view.context_menu_wanted.connect(self.questions.show_text_menu)
        self.view.current_turn_changed.connect(self._on_view_current_turn_changed)
        self.view.selection_changed.connect(self._on_view_selection_changed)
        self.segment_card.stance_changed.connect(actions.set_stance)
        self.segment_card.value_changed.connect(actions.set_value)
        self.segment_card.memo_changed.connect(actions.set_memo)
        self.segment_card.case_removed.connect(self._on_segment_card_case_removed)
        self.segment_card.cases_wanted.connect(self.questions.ask_cases)
        self.segment_list.segment_activated.connect(self.show_coding)
        self.segment_list.closed.connect(self.toggle_segments)
        actions.coded.connect(self._on_actions_coded)
        self.view.installEventFilter(self)

    # ------------------------------------------------------------------------------ loading

    def activate(self) -> None:
        """Load the sources and codes, and the document that was open last."""
        if self._loaded:
            return
        self._loaded = True
        self._panes.restore(self.context.settings, self.context.theme, self.width())
        self._load_structure()
        zoom = self.context.settings.number("coding.zoom", 100)
        self.view.set_zoom(round(zoom))
        kept = self.context.settings.mapping("coding.document").get(self._project_guid(), "")
        found = documents.find(self.context.bridge.project.connection, kept) if kept else ()
        first = found[0].id if found else self.sources.neighbour(None, 0)
        if first is not None:
            self.open_document(first)

    def _project_guid(self) -> str:
        return project_info.read(self.context.bridge.project.connection).guid

    def _load_structure(self) -> None:
        project = self.context.bridge.project
        self.sources.load(project, self.open.document.id if self.open is not None else None)
        self.code_pane.load(project)

    def open_document(self, document: DocumentId) -> None:
        """Show a document from its beginning."""
        connection = self.context.bridge.project.connection
        found = documents.by_id(connection, document)
        if found is None or (self.open is not None and self.open.document.id == document):
            return
        self.segment_card.show_segment(None)
        self.open = OpenDocument(
            self.context.bridge.project, found, self.context.bridge.session.coder
        )
        self.actions_on_text.set_document(self.open)
        self.view.set_document(self.open.transcript())
        self._show_segments()
        self.finder.refresh()
        self._panes.show_page(self.view)
        self.sources.choose(document)
        self.trail_changed.emit(*document_chips(self.context.bridge.project, self.open))
        self._show_status()
        kept = dict(self.context.settings.mapping("coding.document"))
        kept[self._project_guid()] = found.guid
        self.context.settings.set("coding.document", kept)

    def _show_segments(self) -> None:
        if self.open is not None:
            known = {code.id: code for code in self.code_pane.model.codes()}
            self.view.set_segments(self.open.segments(known))

    def show_place(self, place: Place) -> None:
        """Open a document, and show a segment or a stretch of it."""
        if place.coding is not None:
            self.show_coding(place.coding)
            return
        if place.code is not None:
            self.code_pane.choose(place.code)
            if self.segment_list.code is None or self.segment_list.code.id != place.code:
                self.toggle_segments()
        if place.document is not None:
            self.open_document(place.document)
            if place.start is not None and place.end is not None:
                self.view.reveal(place.start, place.end)
                self.view.set_selection(place.start, place.end)

    def show_coding(self, coding: CodingId) -> None:
        """Open the document of a coding and select its segment."""
        found = codings.by_id(self.context.bridge.project.connection, coding)
        if found is None:
            return
        self.open_document(found.document)
        self.view.select_segment(coding)
        self._on_view_segment_selected(coding)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return coding_commands(self)

    # ------------------------------------------------------------------- following changes

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if not self._loaded:
            return
        if self.open is not None and self.open.document.id in changes.of("document"):
            self._follow_document()
        if changes.touches(*STRUCTURE):
            self.sources.load(
                self.context.bridge.project,
                self.open.document.id if self.open is not None else None,
            )
        if changes.touches("code"):
            self.code_pane.load(self.context.bridge.project)
        if self.open is not None:
            if changes.touches("code", "coder"):
                self.open.reload_codings()
                self._show_segments()
            elif changes.touches("coding"):
                self._follow_codings(changes)
            if changes.touches("turn", "participant"):
                self.open.reload_turns()
                self.trail_changed.emit(*document_chips(self.context.bridge.project, self.open))
            self._show_card()
            self._show_status()
        if changes.touches("coding", "code"):
            self._refresh_counts(changes)

    def _follow_document(self) -> None:
        """Show the open document as it is now; it may be gone when its import was undone."""
        assert self.open is not None  # noqa: S101 - asked before
        number = self.open.document.id
        found = documents.by_id(self.context.bridge.project.connection, number)
        self.open = None
        self.actions_on_text.set_document(None)
        if found is not None:
            self.open_document(number)
            return
        self.segment_card.show_segment(None)
        self.view.set_segments([])
        self._panes.show_page(self._empty)
        self.trail_changed.emit([], [])
        self.status_changed.emit([])

    def _follow_codings(self, changes: Changes) -> None:
        assert self.open is not None  # noqa: S101 - asked before
        known = {code.id: code for code in self.code_pane.model.codes()}
        happened = self.open.follow(changes.of("coding"))
        if len(happened.added) + len(happened.altered) + len(happened.removed) > 200:
            self._show_segments()
            return
        for gone in happened.removed:
            self.view.remove_segment(gone)
        for coding in happened.added:
            self.view.add_segment(self.open.segment(coding, known))
        for coding in happened.altered:
            self.view.replace_segment(self.open.segment(coding, known))

    def _refresh_counts(self, changes: Changes) -> None:
        project = self.context.bridge.project
        self.code_pane.load_counts(project)
        if self.open is not None:
            self.sources.set_share(self.open.document.id, self.open.coded_share())
        listed = self.segment_list.code
        if self.segment_list.isVisible() and listed is not None:
            still = self.code_pane.model.code(listed.id)
            if still is None:
                self.segment_list.hide()
            elif changes.touches("coding", "code"):
                self.segment_list.load(project, still)

    # --------------------------------------------------------------------- what is at hand

    def _show_card(self) -> None:
        coding = self.actions_on_text.coding()
        if coding is None or self.open is None:
            self.segment_card.show_segment(None)
            return
        facts = segment_facts(self.context.bridge.session, self.open, coding)
        self.segment_card.show_segment(facts, writable=self.can_write())

    def _show_status(self) -> None:
        if self.open is not None:
            turn = self.view.current_turn()
            number = turn.number if turn is not None else 0
            coding = self.actions_on_text.coding()
            known = {code.id: code for code in self.code_pane.model.codes()}
            self.status_changed.emit(status_texts(self.open, number, coding, known))

    def _on_view_segment_selected(self, segment: object) -> None:
        if isinstance(segment, int) and self.open is not None:
            coding = self.open.codings.get(CodingId(segment))
            if coding is not None:
                self.code_pane.choose(coding.code)
        self._show_card()
        self._show_status()

    def _on_view_segment_activated(self, segment: object) -> None:
        self._on_view_segment_selected(segment)
        self.focus_memo()

    def _on_view_current_turn_changed(self, number: int) -> None:
        del number
        self._show_status()

    def _on_view_selection_changed(self, start: int, end: int) -> None:
        if start != end and self.view.selected_segment() is not None:
            self.view.select_segment(None)
            self._show_card()

    def _on_actions_coded(self, coding: Coding) -> None:
        self.view.set_selection(coding.end, coding.end)
        self.view.select_segment(coding.id, reveal=False)
        self._on_view_segment_selected(coding.id)

    def _on_view_code_dropped(self, code: int, start: int, end: int) -> None:
        self.actions_on_text.code_with([CodeId(code)], (start, end))

    def _on_code_pane_code_activated(self, code: CodeId) -> None:
        self.actions_on_text.code_with([code])

    def _on_code_pane_selection_dropped(self, code: int) -> None:
        self.actions_on_text.code_with([CodeId(code)])

    def _on_segment_card_case_removed(self, case: int) -> None:
        self.actions_on_text.link(case, linked=False)

    def _on_empty_button_clicked(self) -> None:
        self.context.navigator.go(Place("sources"))

    # --------------------------------------------------------------------------- commands

    def can_write(self) -> bool:
        """Tell whether the project may be changed."""
        return self.actions_on_text.writable

    def apply_code(self, code: CodeId) -> bool:
        """Code with a code that was chosen in the palette."""
        self.code_pane.choose(code)
        if self.actions_on_text.span() is not None:
            self.actions_on_text.code_with([code])
        return True

    def create_code(self, name: str) -> bool:
        """Make a code of what was typed in the palette and code with it."""
        current = self.code_pane.current()
        parent = current.parent if current is not None else None
        made = self.actions_on_text.create_and_code(name, parent)
        if made is not None:
            self.code_pane.choose(made)
        return True

    def code_with_current(self) -> None:
        """Code with the code at hand in the tree."""
        current = self.code_pane.current()
        if current is not None:
            self.actions_on_text.code_with([current.id])

    def recode_with_current(self) -> None:
        """Give the segment at hand the code at hand."""
        current = self.code_pane.current()
        if current is not None:
            self.actions_on_text.recode(current.id)

    def focus_memo(self) -> None:
        """Let the user write on the segment at hand."""
        if self.segment_card.isVisible():
            self.segment_card.focus_memo()

    def write_document_memo(self) -> None:
        """Go and write a memo on the open source."""
        if self.open is not None:
            self.context.navigator.go(Place("memos", document=self.open.document.id))

    def toggle_segments(self) -> None:
        """Show or hide the list of the segments of the code at hand."""
        current = self.code_pane.current()
        listed = self.segment_list.code
        if self.segment_list.isVisible() and (current is None or listed == current):
            self.segment_list.hide()
            self.view.setFocus()
            return
        if current is None:
            return
        self.segment_list.load(self.context.bridge.project, current)
        if not self.segment_list.isVisible():
            self.segment_list.show()
            self._panes.share_middle()
        self.segment_list.focus_list()

    def step_document(self, step: int) -> None:
        """Open the next or the previous document."""
        current = self.open.document.id if self.open is not None else None
        following = self.sources.neighbour(current, step)
        if following is not None:
            self.open_document(following)

    def zoom_by(self, step: int) -> None:
        """Show the text larger or smaller by `step` percent; 0 goes back to 100."""
        self.view.set_zoom(self.view.zoom() + step if step else 100)
        self.context.settings.set("coding.zoom", self.view.zoom())

    def next_pane(self) -> None:
        """Give the keyboard to the next pane."""
        panes: list[QWidget] = [self.sources.tree, self.view, self.code_pane.tree]
        if self.segment_card.isVisible():
            panes.append(self.segment_card)
        here = next(
            (place for place, pane in enumerate(panes)
             if pane.hasFocus() or pane.isAncestorOf(self.focusWidget() or self)),
            1,
        )  # fmt: skip
        following = panes[(here + 1) % len(panes)]
        if following is self.segment_card:
            self.segment_card.focus_memo()
        else:
            following.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Code with a code's own key while the transcript has the keyboard."""
        if (
            watched is self.view
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            and event.text().strip()
        ):
            for code in self.code_pane.model.codes():
                if code.shortcut and code.shortcut == event.text():
                    self.code_pane.choose(code.id)
                    if self.can_write():
                        self.actions_on_text.code_with([code.id])
                    return True
        return super().eventFilter(watched, event)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours; the segments are coloured by the view itself."""
        super().set_theme(theme)
        listed = self.segment_list.code
        if listed is not None and self.segment_list.isVisible():
            self.segment_list.set_theme(theme)
            self.segment_list.load(self.context.bridge.project, listed)

    def save_state(self) -> None:
        """Keep the widths of the panes, and a note that is being written."""
        self.segment_card.save_memo()
        self.sources.stop()
        self._panes.keep(self.context.settings)
