"""The sources: what there is, how far it is coded, who speaks in it, and how more comes in."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from qda.gui.blind import only_coder
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.guide.guiding import GuideWork
from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.names.reviewing import NameReview
from qda.gui.places_kept import KeptPlaces
from qda.gui.sources.detail_pane import DetailPane
from qda.gui.sources.dropping import DropWatch
from qda.gui.sources.importer import Importer
from qda.gui.sources.source_list import SourceList
from qda.gui.sources.source_rows import PIECE, SourceRow, Sources, load_row, read_sources
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.widgets.pieces import Pieces
from qda.gui.workspace import Workspace
from qda.model.changes import Changes, OpResult
from qda.model.ids import DocumentId
from qda.store import codings, participants, turns

if TYPE_CHECKING:
    from qda.gui.sources.import_dialog import ImportDialog

ROWS = ("document", "document_case", "case", "turn", "coding")
"""Tables whose changes concern the list."""


class SourcesWorkspace(Workspace):
    """List, details, and the way in."""

    key = "sources"
    icon = "sources"

    def __init__(self, context: Context) -> None:
        """Build the panes; nothing is read before `activate`."""
        super().__init__(context)
        theme = context.theme
        self._sources = Sources()
        self._row: SourceRow | None = None
        self._stale = True
        self._reading = Pieces(context.turns, self)
        self._watch: DropWatch | None = None
        self.importer = Importer(context, self)
        self.names = NameReview(context, self)
        self.guide = GuideWork(context, self)
        self.list = SourceList(theme, self)
        self.detail = DetailPane(context, self)
        self._empty = EmptyPlace(
            theme,
            "sources",
            tr("No sources yet"),
            tr(
                "Interviews and documents stand here once they are imported: "
                "Word, PDF, plain text. Files can be dropped anywhere on the window."
            ),
            tr("Import …"),
            self,
        )
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(0, 1)
        self._restore_sizes()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.set_entry(self.list.table)
        self.list.set_grouped(grouped=context.settings.flag("sources.grouped", default=True))
        self.list.table.document_chosen.connect(self._on_document_chosen)
        self.list.table.document_opened.connect(self.open_in_coding)
        self.list.table.rename_wanted.connect(self.detail.edit_name)
        self.list.context_menu_wanted.connect(self._on_context_menu_wanted)
        self.list.grouping_changed.connect(self._on_grouping_changed)
        self.list.import_wanted.connect(self.importer.choose_files)
        self._empty.button_clicked.connect(self.importer.choose_files)
        self.detail.remove_wanted.connect(self.remove)
        self.detail.open_wanted.connect(context.navigator.go)
        self.importer.imported.connect(self._choose)
        context.bridge.changed.connect(self._on_bridge_changed)

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Sources")

    def activate(self) -> None:
        """Read what changed while another workspace was in front."""
        if self._stale:
            self.reload()
        else:
            self._show_places()
        self._tell()

    def show_place(self, place: Place) -> None:
        """Show the details of a document, or a participant with a source they speak in."""
        document = place.document
        if place.participant is not None:
            connection = self.context.bridge.project.connection
            document = next(iter(participants.documents_of(connection, place.participant)), None)

        def show() -> None:
            if document is not None:
                self.list.choose(document)
            if place.participant is not None:
                self.detail.show_participant(place.participant)

        self._reading.when_done(show)

    def commands(self) -> Sequence[Command]:
        """Return what can be done with sources."""
        writable, one, way_in = self._writable, self._can_change, self.importer
        return [
            Command(
                "sources.import", tr("Import files …"), "document", way_in.choose_files, "Ctrl+I",
                writable, "import", ("docx", "pdf", "txt"),
            ),
            Command(
                "sources.import_folder", tr("Import a folder …"), "document", way_in.choose_folder,
                "Ctrl+Shift+I", writable, "folder",
            ),
            Command(
                "sources.import_survey", tr("Import survey answers …"), "document",
                way_in.choose_survey, "", writable, "import", ("csv", "xlsx", "questionnaire"),
            ),
            Command(
                "sources.import_participants", tr("Import participants from a sheet …"),
                "document", way_in.choose_participants, "", writable, "person", ("csv", "xlsx"),
            ),
            Command(
                "sources.open", tr("Open in Coding"), "document", self._open_current, "Ctrl+Return",
                self._has_current, "coding", separator_before=True,
            ),
            Command(
                "sources.rename", tr("Rename the source"), "document", self.detail.edit_name, "",
                one, "edit",
            ),
            Command(
                "sources.done", tr("Mark as done or not"), "document", self._toggle_done, "Ctrl+D",
                one, "check",
            ),
            Command(
                "sources.link", tr("Link to an office …"), "document", self.detail.choose_office,
                "Ctrl+L", one, "link",
            ),
            Command(
                "sources.add_participant", tr("Add a participant …"), "document",
                self.detail.add_participant, "", writable, "plus", separator_before=True,
            ),
            Command(
                "sources.add_variable", tr("Add a participant variable …"), "document",
                self.detail.add_variable, "", writable, "plus",
            ),
            Command(
                "sources.join", tr("Join with another participant …"), "document",
                self.detail.join_participant, "", self.detail.can_join, "link",
            ),
            *self.guide.commands(self._writable),
            *self.names.commands(self._writable),
            Command(
                "sources.filter", tr("Filter the sources"), "view", self._focus_filter, "Ctrl+F",
                keywords=("find",),
            ),
            Command(
                "sources.group", tr("Group sources by office or not"), "view", self._toggle_group,
            ),
            Command(
                "sources.remove", tr("Remove the source"), "document", self._remove_current,
                "Ctrl+Del", one, "trash", separator_before=True,
            ),
        ]  # fmt: skip

    # ------------------------------------------------------------------------------- the way in

    def import_paths(self, paths: Sequence[Path]) -> ImportDialog | None:
        """Show the import dialog for files and folders; the dialog, None when read only."""
        return self.importer.import_paths(paths)

    def import_survey(self, path: Path) -> None:
        """Read a sheet of survey answers and show what becomes of it."""
        self.importer.import_survey(path)

    def import_participants(self, path: Path) -> None:
        """Take the participants and attributes of a sheet in, as one undo step."""
        self.importer.import_participants(path)

    @property
    def dialog(self) -> ImportDialog | None:
        """Return the import dialog while it is open."""
        return self.importer.dialog

    def event(self, event: QEvent) -> bool:
        """Watch the window that the workspace is put into for dropped files."""
        if event.type() == QEvent.Type.ParentChange and self._watch is None:
            window = self.window()
            if isinstance(window, QMainWindow):
                self._watch = DropWatch(window, self)
                self._watch.dropped.connect(self._on_watch_dropped)
        return super().event(event)

    def _on_watch_dropped(self, paths: list[Path]) -> None:
        if self._writable():
            self.context.navigator.go(Place(self.key))
            self.import_paths(paths)

    # -------------------------------------------------------------------------------- one source

    def open_in_coding(self, document: DocumentId) -> None:
        """Open a document where it is coded."""
        self.context.navigator.go(Place("coding", document=document))

    def remove(self, document: DocumentId) -> None:
        """Remove a document with its codings; a quiet line offers to undo."""
        from qda.operations import documents as document_operations  # lazy: start-up

        if self._read(document) is None:
            return
        after = self.list.table.source_model().neighbour(document)
        project = self.context.bridge.project

        def done(_result: OpResult[int]) -> None:
            if after is not None:
                self._choose(after)

        size = codings.count(project.connection, document)
        self.context.bridge.run_by_size(
            self.context.jobs,
            tr("Removing the source"),
            size + turns.count(project.connection, document),
            document_operations.remove_document,
            on_done=done,
            notice=say(document_operations.describe_removal(project, document)),
            document=document,
        )

    def _open_current(self) -> None:
        document = self.list.table.current_document()
        if document is not None:
            self.open_in_coding(document)

    def _remove_current(self) -> None:
        document = self.list.table.current_document()
        if document is not None:
            self.remove(document)

    def _toggle_done(self) -> None:
        from qda.operations import documents as document_operations  # lazy: start-up

        document = self.list.table.current_document()
        row = self._read(document)
        if row is not None:
            self.context.bridge.run(
                document_operations.mark_done,
                document=row.document.id,
                done=not row.document.done,
            )

    def _focus_filter(self) -> None:
        self.list.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.filter_field.selectAll()

    def _toggle_group(self) -> None:
        grouped = not self.list.table.source_model().grouped
        self.list.set_grouped(grouped=grouped)
        self._on_grouping_changed(grouped)

    def _writable(self) -> bool:
        return not self.context.bridge.project.read_only

    def _has_current(self) -> bool:
        return self.list.table.current_document() is not None

    def _can_change(self) -> bool:
        return self._writable() and self._has_current()

    # ------------------------------------------------------------------------------------ slots

    def _on_document_chosen(self, document: DocumentId) -> None:
        self._row = self._read(document)
        if self._row is not None:
            self.detail.show_source(self._row)
            self._tell()

    def _on_grouping_changed(self, grouped: bool) -> None:  # noqa: FBT001 - slot
        self.context.settings.set("sources.grouped", grouped)

    def _on_context_menu_wanted(self, place: QPoint) -> None:
        if not self._has_current():
            return
        window = self.window()
        ids = ("sources.open", "sources.rename", "sources.done", "sources.link", "sources.remove")
        menu = QMenu(window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self.commands():
            if command.id in ids:
                action = menu.addAction(command.title)
                action.setEnabled(command.enabled())
                action.triggered.connect(command.run)
        menu.popup(place)

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if changes.touches(*ROWS):
            if self.isVisible():
                self.reload()
            else:
                self._stale = True
        elif not self._stale:
            self.detail.follow(changes)

    @property
    def is_reading(self) -> bool:
        """Tell whether the list is still being read."""
        return self._reading.busy

    def reload(self) -> None:
        """Read the sources again; of thousands some at a time, and those of before are shown."""
        self._stale = False
        self._reading.start(self._read_again())

    def _read_again(self) -> Generator[None]:
        if len(self._sources.rows) >= PIECE:
            # What was just done has had this turn already.
            yield
        self._sources = yield from read_sources(
            self.context.bridge.project, only_coder(self.context)
        )
        yield from self._show_sources()
        if self.isVisible():
            self._tell()

    def _choose(self, document: DocumentId) -> None:
        """Choose a source, which may have to be read first."""
        self._reading.when_done(partial(self.list.choose, document))

    def _show_sources(self) -> Generator[None]:
        rows = self._sources.rows
        self.list.set_sources(self._sources)
        self.list.set_writable(writable=self._writable())
        self._show_places()
        self._pages.setCurrentWidget(self._split if rows else self._empty)
        if len(rows) >= PIECE:
            yield
        current = self.list.table.current_document()
        if current is None:
            current = self.list.table.source_model().first()
            blocked = self.list.table.blockSignals(True)
            self.list.table.choose(current)
            self.list.table.blockSignals(blocked)
        self._row = self._read(current)
        self.detail.show_source(self._row)

    def _read(self, document: DocumentId | None) -> SourceRow | None:
        """Read a source for its details."""
        return None if document is None else load_row(self.context.bridge.project, document)

    def _show_places(self) -> None:
        """Show where one was in each source the last time one read in it."""
        kept = KeptPlaces(self.context.settings)
        rows = self._sources.rows if kept else ()
        shares = ((one.id, kept.share(one)) for one in rows if one.guid in kept)
        self.list.table.source_model().set_last(
            {number: share for number, share in shares if share is not None}
        )

    def _tell(self) -> None:
        catalogue = current_catalogue()
        rows, row = self._sources.rows, self._row
        words = sum([one.words for one in rows])
        done = sum([one.done for one in rows])
        number = catalogue.format_number(words)
        texts = [
            tr_n("{n} source", "{n} sources", len(rows)),
            tr("{number} words", number=number),
        ]
        if done:
            texts.append(tr("{n} done", n=done))
        self.status_changed.emit(texts if rows else [])
        crumbs = [] if row is None else [row.document.name]
        self.trail_changed.emit(crumbs, [one.name for one in row.offices] if row else [])

    # ------------------------------------------------------------------------------------ state

    def _restore_sizes(self) -> None:
        sizes = self.context.settings.numbers("sources.sizes")
        self._split.setSizes(sizes if len(sizes) == 2 else [740, 560])

    def save_state(self) -> None:
        """Keep the sizes of the panes; nothing more is read."""
        self._reading.stop()
        self.list.table.source_model().stop()
        self.context.settings.set("sources.sizes", self._split.sizes())
