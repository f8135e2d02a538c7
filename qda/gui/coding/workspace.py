"""The coding workspace: sources left, one transcript or two, codes and the segment right."""

from collections.abc import Generator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qda.gui.behind import Behind
from qda.gui.coding.actions import CodingActions
from qda.gui.coding.asked_in_text import AskedInText
from qda.gui.coding.asking import CodingQuestions
from qda.gui.coding.at_hand import CodeAtHand, SegmentAtHand
from qda.gui.coding.code_keys import CodeKeys
from qda.gui.coding.code_pane import CodePane
from qda.gui.coding.code_sets import RoomCodeSets
from qda.gui.coding.commands import coding_commands
from qda.gui.coding.document_pane import DocumentPane
from qda.gui.coding.facts import document_chips
from qda.gui.coding.finder import Finder
from qda.gui.coding.following import STRUCTURE, Follower
from qda.gui.coding.hit_pane import HitPane
from qda.gui.coding.hit_search import HitSearch
from qda.gui.coding.layer_bar import LayerBar
from qda.gui.coding.layer_control import LayerControl
from qda.gui.coding.listing import SegmentListing
from qda.gui.coding.opening import Opening
from qda.gui.coding.panes import CodingPanes
from qda.gui.coding.printing import Printing
from qda.gui.coding.reading import Reading
from qda.gui.coding.room_sound import RoomSound
from qda.gui.coding.segment_card import SegmentCard
from qda.gui.coding.segment_list import SegmentList
from qda.gui.coding.source_pane import SourcePane
from qda.gui.coding.split_view import SplitView
from qda.gui.coding.suggestion_pane import SuggestionPane
from qda.gui.coding.suggestion_review import SuggestionReview
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.correcting.drafts import Drafts
from qda.gui.language import tr
from qda.gui.memo_section import MemoSection
from qda.gui.models.code_order import kept_order
from qda.gui.player.bar import PlayerBar
from qda.gui.theme import Theme
from qda.gui.transcripts.open_document import OpenDocument
from qda.gui.widgets.find_bar import FindBar
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.widgets.transcript import TranscriptView
from qda.gui.workspace import Workspace
from qda.model.changes import Changes
from qda.model.entities import Code, Coding, Thing
from qda.model.ids import CodeId, CodingId, DocumentId
from qda.store import codings


class CodingWorkspace(Workspace):
    """Read and code."""

    key = "coding"
    icon = "coding"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, parent)
        theme = context.theme
        self._loaded = False
        self.layers = LayerControl(context, self)
        self.layer_bar = LayerBar(theme, self.layers, self)
        self.split = SplitView(theme, self)
        self.actions_on_text = CodingActions(context, self.split, self)
        self.sources = SourcePane(theme, context.turns, self)
        self.code_pane = CodePane(theme, self.actions_on_text.move_code, self)
        self.segment_card = SegmentCard(theme, self)
        self.segment_links = MemoSection(context, self.segment_card)
        self.segment_card.add_section(self.segment_links)
        self.code_memos = MemoSection(context, self.code_pane.card, brief=True)
        self.code_pane.card.body.addWidget(self.code_memos)
        self.segment_list = SegmentList(theme, self)
        self.find_bar = FindBar(theme, self)
        self.hit_pane = HitPane(theme, self)
        self.suggestion_pane = SuggestionPane(theme, self)
        self.sound = RoomSound(self)
        self.drafts = Drafts()
        self.player_bar = PlayerBar(theme, self.sound.listening, self)
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
            (self._empty, self.split),
            (self.layer_bar, self.player_bar, self.find_bar),
            (self.segment_list, self.hit_pane),
            self.code_pane,
            (self.segment_card, self.code_pane.card),
            self.suggestion_pane,
        )
        self.questions = CodingQuestions(self)
        self.listing = SegmentListing(self)
        self.segment = SegmentAtHand(self)
        self.code = CodeAtHand(self)
        self.reading = Reading(self)
        self.printing = Printing(self)
        self._follower = Follower(self)
        self._behind = Behind(self._follow, self, context.turns, self._read_ahead)
        self._keys = CodeKeys(self)
        self.code_sets = RoomCodeSets(self)
        self.hits = HitSearch(self)
        self.finder = Finder(self)
        self.suggestions = SuggestionReview(self)
        self.asked_in_text = AskedInText(self)
        self.opening = Opening(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes)
        self.set_entry(self.view)
        self._connect()

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Coding")

    @property
    def view(self) -> TranscriptView:
        """Return the transcript that the user works in."""
        return self.split.current.view

    @property
    def open(self) -> OpenDocument | None:
        """Return the source that the user works in."""
        return self.split.current.open

    def _connect(self) -> None:
        self.context.bridge.changed.connect(self._on_bridge_changed)
        self.layers.changed.connect(self.apply_layers)
        self.layer_bar.menu_wanted.connect(self.questions.choose_layers)
        self.code_pane.codebook_wanted.connect(self._on_code_pane_codebook_wanted)
        self.code_pane.layers_wanted.connect(self.questions.choose_layers)
        self._empty.button_clicked.connect(self._on_empty_button_clicked)
        self.sources.document_chosen.connect(self.open_document)
        self.code_pane.code_activated.connect(self._on_code_pane_code_activated)
        self.code_pane.tree.selection_dropped.connect(self._on_code_pane_selection_dropped)
        self.code_pane.context_menu_wanted.connect(self.questions.show_code_menu)
        self.sources.beside_wanted.connect(self.opening.open_beside)
        self.sources.document_entered.connect(self._read_on)
        self.segment_card.left.connect(self._read_on)
        self.split.pane_made.connect(self._listen)
        self._listen(self.split.current)
        for one in (self.hit_pane.list, self.suggestion_pane.list):
            self._keys.listen(one)
        actions = self.actions_on_text
        actions.coded.connect(self._on_actions_coded)
        self.segment_card.stance_changed.connect(actions.set_stance)
        self.segment_card.value_changed.connect(actions.set_value)
        self.segment_card.memo_changed.connect(actions.set_memo)
        self.segment_card.case_removed.connect(self._on_segment_card_case_removed)
        self.segment_card.segment_shown.connect(self._on_segment_card_segment_shown)
        self.code_pane.tree.row_chosen.connect(self._on_code_pane_row_chosen)
        self.segment_card.cases_wanted.connect(self.questions.ask_cases)

    def _listen(self, pane: DocumentPane) -> None:
        """Do what the user wishes in one more pane."""
        view = pane.view
        self.segment.listen(view)
        self._keys.listen(view)
        view.segment_resized.connect(self.actions_on_text.resize)
        view.code_dropped.connect(self._on_view_code_dropped)
        view.context_menu_wanted.connect(self.questions.show_text_menu)
        view.zoom_changed.connect(self.reading.zoom_to)
        self.suggestions.listen(view)

    # ------------------------------------------------------------------------------ loading

    def activate(self) -> None:
        """Load the sources and codes, and the document that was open last."""
        self._behind.catch_up()
        if self._loaded:
            if self.code_pane.order != kept_order(self.context.settings):
                self.show_order()
            if self.open is None:
                self.opening.restore()
            return
        self._loaded = True
        self.code_pane.order = kept_order(self.context.settings)
        self._panes.restore(self.context.settings, self.context.theme, self.width())
        self.layers.load()
        self.apply_layers()
        self.reading.restore_zoom()
        self.split.restore(self.context.settings)
        self.opening.restore()
        self.sound.resume()

    def show_order(self) -> None:
        """Show the codes in the order that the user wants."""
        self.code_pane.order = kept_order(self.context.settings)
        self.code_pane.load(self.context.bridge.project)

    def load_sources(self) -> None:
        """Read the list of sources again."""
        current = self.open.document.id if self.open is not None else None
        self.sources.load(self.context.bridge.project, current)
        self.opening.show_panes()

    def apply_layers(self) -> None:
        """Show whose codings and of which codes the layers say, everywhere in the room."""
        sight, whose = self.layers.sight, self.layers.whose()
        self.code_pane.count_only(sight.coders, whose)
        self.code_pane.show_members(sight.members, dim=sight.dim)
        self.sources.count_only(sight.coders, whose)
        self.code_pane.load(self.context.bridge.project)
        self.load_sources()
        for pane in self.split.panes():
            pane.view.set_columns(sight.columns)
        for opened in self.split.documents():
            opened.set_sight(sight, self.layers.me)
            self.show_segments(opened)
        if self.open is not None:
            self.segment.show_card()
            self.segment.show_status()
        focused = self.layer_bar.has_keyboard()
        self.layer_bar.refresh()
        if focused and not self.layer_bar.isVisible():
            self.view.setFocus()
        self.listing.refresh()

    def open_document(self, document: DocumentId) -> None:
        """Show a document where the user works, at the place of the last time."""
        self.opening.open_document(document)

    def show_page(self, page: QWidget | None) -> None:
        """Show the transcripts, or what to do where none is open."""
        self._panes.show_page(page or self._empty)

    def known_codes(self) -> dict[CodeId, Code]:
        """Return every code by its id."""
        return {code.id: code for code in self.code_pane.model.codes()}

    def show_segments(self, opened: OpenDocument) -> None:
        """Draw every segment of an open source anew."""
        source, spans = opened.source(self.known_codes()), opened.spans()
        for pane in self.split.documents()[opened]:
            pane.view.set_segments_of(source, spans)

    def show_trail(self) -> None:
        """Say above which document is open and who speaks in it."""
        if self.open is not None:
            self.trail_changed.emit(*document_chips(self.context.bridge.project, self.open))

    def show_place(self, place: Place) -> None:
        """Open a document, and show a segment or a stretch of it."""
        if place.compared is not None:
            self.layers.compare_ids(*place.compared)
        if place.coding is not None:
            self.show_coding(place.coding)
            return
        if place.code is not None:
            self.code_pane.choose(place.code)
            if self.segment_list.code is None or self.segment_list.code.id != place.code:
                self.listing.toggle()
        if place.words:
            self.finder.look_for(place.words)
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
        if self.open is not None and not self.layers.sight.shows(found):
            self.view.reveal(found.start, found.end)
            self.view.set_selection(found.start, found.end)
            self.context.bridge.told.emit(tr("The layers hide this segment."))
        else:
            # The caret goes along, so that one reads and moves on from there.
            self.view.set_selection(found.start, found.start)
            self.view.select_segment(coding)
            self.segment.show(coding)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return coding_commands(self)

    # --------------------------------------------------------------------- what is at hand

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        if self._loaded:
            long = changes.touches(*STRUCTURE) and self.sources.is_long()
            self._behind.follow(changes, initiator, costly=long)

    def _read_ahead(self, changes: Changes) -> Generator[None]:
        if changes.touches(*STRUCTURE):
            yield from self.sources.read_ahead(self.context.bridge.project, changes)

    def _follow(self, changes: Changes, initiator: object) -> None:
        self._follower.follow(changes)
        self.suggestions.follow(changes, initiator)

    def show_suggestions(self, *, on: bool) -> None:
        """Let suggestions take the place of the codes at the right, or give it back."""
        self._panes.show_side(on=on)

    def shows_suggestions(self) -> bool:
        """Tell whether suggestions are open."""
        return self._panes.shows_side

    def share_middle(self) -> None:
        """Give the list below the transcript its part of the height."""
        self._panes.share_middle()

    def _on_actions_coded(self, coding: Coding) -> None:
        self.code_used.emit(coding.code)

    def _on_view_code_dropped(self, code: int, start: int, end: int) -> None:
        self.actions_on_text.code_with([CodeId(code)], (start, end))

    def _on_code_pane_code_activated(self, code: CodeId) -> None:
        self.actions_on_text.code_with([code])

    def _on_code_pane_selection_dropped(self, code: int) -> None:
        self.actions_on_text.code_with([CodeId(code)])

    def _on_segment_card_case_removed(self, case: int) -> None:
        self.actions_on_text.link(case, linked=False)

    def _on_segment_card_segment_shown(self, coding: object) -> None:
        shown = Thing("coding", coding) if isinstance(coding, int) else None
        self.segment_links.show_thing(shown)

    def _on_code_pane_row_chosen(self, code: object) -> None:
        self.code_memos.show_thing(Thing("code", code) if isinstance(code, int) else None)

    def _read_on(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_code_pane_codebook_wanted(self) -> None:
        self.context.navigator.go(Place("codebook"))

    def _on_empty_button_clicked(self) -> None:
        self.context.navigator.go(Place("sources"))

    # --------------------------------------------------------------------------- commands

    def can_write(self) -> bool:
        """Tell whether the project may be changed."""
        return self.actions_on_text.writable

    def apply_code(self, code: CodeId) -> bool:
        """Code with a code that was chosen in the palette."""
        self.code_pane.choose(code)
        if self.hits.has_keyboard():
            self.hits.code_with([code])
        elif self.actions_on_text.span() is not None:
            self.actions_on_text.code_with([code])
        return True

    def apply_codes(self, codes: Sequence[CodeId]) -> bool:
        """Code with all the codes that were ticked in the palette, in one step."""
        self.code_here(codes)
        return True

    def code_here(self, codes: Sequence[CodeId]) -> None:
        """Code what is picked in the list of hits if the keyboard is there, else the selection."""
        if self.hits.has_keyboard():
            self.hits.code_with(codes)
        else:
            self.actions_on_text.code_with(codes)

    def repeat(self) -> None:
        """Code with the code that was used last."""
        if self.actions_on_text.last_code is not None:
            self.code_here([self.actions_on_text.last_code])

    def create_code(self, name: str) -> bool:
        """Make a code of what was typed in the palette and code with it."""
        current = self.code_pane.current()
        parent = current.parent if current is not None else None
        made = self.actions_on_text.create_and_code(name, parent)
        if made is not None:
            self.code_pane.choose(made)
        return True

    def step_document(self, step: int) -> None:
        """Open the next or the previous document."""
        current = self.open.document.id if self.open is not None else None
        following = self.sources.neighbour(current, step)
        if following is not None:
            self.open_document(following)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours; the segments are coloured by the view itself."""
        super().set_theme(theme)
        self.segment_list.set_theme(theme)
        self.suggestion_pane.set_theme(theme)
        self.listing.refresh()

    def save_state(self) -> None:
        """Keep the widths of the panes, and a note that is being written."""
        self._behind.stop()
        self.listing.stop()
        self.segment_card.save_memo()
        self.reading.keep_places()
        self.opening.remember()
        self.sound.listening.stop()
        self.split.keep(self.context.settings)
        self.sources.stop()
        self.hits.stop()
        self.suggestions.stop()
        self._panes.keep(self.context.settings)
