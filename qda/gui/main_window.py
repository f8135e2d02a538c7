"""The window of an open project: rail, top bar, workspaces, notices and status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from qda.gui import alerts, collecting, palette_source
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import say, tr
from qda.gui.menus import CommandActions
from qda.gui.theme import Theme, retheme
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.widgets.notice_line import NoticeLine
from qda.gui.widgets.palette_match import PaletteItem
from qda.gui.widgets.rail import Rail, RailItem
from qda.gui.widgets.status_line import StatusLine
from qda.gui.widgets.top_bar import TopBar
from qda.gui.window_commands import window_commands
from qda.gui.workspace import Workspace
from qda.gui.workspaces import WorkspaceEntry, entry_of
from qda.model.changes import Changes, Step
from qda.model.errors import UserError
from qda.model.ids import CodeId
from qda.model.messages import Message
from qda.store import coders, project_info
from qda.store.project_file import ELSEWHERE

if TYPE_CHECKING:
    from qda.model.import_report import ImportReport

IDLE = 120
"""Milliseconds between the building of one workspace and the next, after the first is shown."""
FIRST_IDLE = 500
"""Milliseconds from the first painting to the building of others: what one clicks first is next."""
SLOW = 100
"""Milliseconds after which a job is shown."""


class MainWindow(QMainWindow):
    """Hold the workspaces of one project; the application that owns it opens and closes files."""

    application_wanted = Signal(str, object)
    """The user wants something of the application: what, and with what.

    Parameters: `new`, `open`, `demo`, `close`, `quit`, `language` or `theme`; its argument.
    """

    def __init__(self, context: Context, workspaces: Sequence[WorkspaceEntry | Workspace]) -> None:
        """Build the window around `workspaces`; nothing is loaded before `start`."""
        super().__init__()
        self.context = context
        entries = [one if isinstance(one, WorkspaceEntry) else entry_of(one) for one in workspaces]
        self._entries = {entry.key: entry for entry in entries}
        self._workspaces: dict[str, Workspace] = {}
        self._painted = self._ready = False
        self._idle = QTimer(self, singleShot=True)
        self._stack = QStackedWidget(self)
        self._rail = Rail(context.theme, self._rail_items(entries), tr("Workspaces"), self)
        self._top = TopBar(
            context.theme,
            search_text=tr("Find, code or run a command"),
            undo_text=tr("Undo"),
            redo_text=tr("Redo"),
            parent=self,
        )
        self._status = StatusLine(context.theme, cancel_text=tr("Cancel"), parent=self)
        self._notice = NoticeLine(context.theme, undo_text=tr("Undo"), parent=self)
        self._shown_job = QTimer(self, singleShot=True, interval=SLOW)
        self._job = self._job_shown = ""
        self._trails: dict[str, tuple[list[str], list[str]]] = {}
        central = self._lay_out()
        self.palette_sheet = CommandPalette(
            context.theme,
            central,
            placeholder=tr("Find, code or run a command"),
            nothing_text=tr("Nothing is called that"),
            tick_text=tr("Ctrl+Space ticks several codes; Enter codes with all of them."),
            provider=self._typed_rows,
        )
        self.actions_by_command = CommandActions(
            self.menuBar(), context.settings.mapping("shortcuts")
        )
        self.palette_sheet.set_recent(palette_source.kept_recent(context))
        self.actions_by_command.add(self, window_commands(self))
        self._restore_size()
        self._connect()

    def _rail_items(self, entries: Sequence[WorkspaceEntry]) -> list[RailItem]:
        return [
            RailItem(one.key, one.title, one.icon, f"{one.title} (Ctrl+{number})")
            for number, one in enumerate(entries, start=1)
        ]

    def _lay_out(self) -> QWidget:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        central = QWidget(self)
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addLayout(middle, 1)
        layout.addWidget(self._notice)
        layout.addWidget(self._status)
        self.setCentralWidget(central)
        return central

    def _connect(self) -> None:
        bridge, jobs = self.context.bridge, self.context.jobs
        self._rail.workspace_chosen.connect(self.show_workspace)
        self._top.search_wanted.connect(self.open_palette)
        self._top.undo_wanted.connect(self.undo)
        self._top.redo_wanted.connect(self.redo)
        self._top.coder_clicked.connect(self._on_top_coder_clicked)
        self._top.project_clicked.connect(self._on_top_project_clicked)
        self._notice.undo_wanted.connect(self.undo)
        self._status.cancel_wanted.connect(jobs.cancel)
        self.palette_sheet.item_chosen.connect(self._on_palette_item_chosen)
        self.palette_sheet.items_chosen.connect(self._on_palette_items_chosen)
        self.context.navigator.place_wanted.connect(self.show_place)
        bridge.changed.connect(self._on_bridge_changed)
        bridge.failed.connect(self._on_failed)
        bridge.noticed.connect(self._on_bridge_noticed)
        bridge.told.connect(self.say_quietly)
        bridge.step_taken.connect(self._on_bridge_step_taken)
        bridge.reported.connect(self._on_bridge_reported)
        jobs.started.connect(self._on_jobs_started)
        jobs.progressed.connect(self._on_jobs_progressed)
        jobs.finished.connect(self._on_jobs_finished)
        jobs.failed.connect(self._on_failed)
        self._shown_job.timeout.connect(self._on_shown_job_timeout)
        self._idle.timeout.connect(self._on_idle_timeout)

    def start(self, key: str = "") -> None:
        """Show a workspace, by default the one of the last time, and load it."""
        wanted = key or self.context.settings.text("workspace")
        self.show_workspace(wanted if wanted in self._entries else next(iter(self._entries)))
        self._refresh_project()
        if self.context.bridge.project.why_read_only == ELSEWHERE:
            self.say_quietly(
                tr(
                    "Somebody has this project open, so it can only be read here. Make a copy "
                    "(File menu), work in it, and merge it later."
                )
            )

    @property
    def workspace(self) -> Workspace:
        """Return the workspace in front."""
        found = self._stack.currentWidget()
        assert isinstance(found, Workspace)  # noqa: S101 - the stack holds nothing else
        return found

    def workspace_called(self, key: str) -> Workspace:
        """Return a workspace by its key; it is built now if it was not wanted before."""
        if key not in self._workspaces:
            workspace = self._entries[key].make()
            self._workspaces[key] = workspace
            self._stack.addWidget(workspace)
            self.actions_by_command.add(workspace, workspace.commands())
            workspace.status_changed.connect(self._on_workspace_status_changed)
            workspace.trail_changed.connect(self._on_workspace_trail_changed)
            workspace.code_used.connect(self._on_workspace_code_used)
            if self._stack.count() > 1:
                self.actions_by_command.show_only(self, self.workspace)
        return self._workspaces[key]

    def title_of(self, key: str) -> str:
        """Return the name of a workspace, built or not."""
        return self._entries[key].title

    def build_all(self) -> None:
        """Build every workspace: what lists all commands needs them all."""
        for key in self._entries:
            self.workspace_called(key)

    def _on_idle_timeout(self) -> None:
        """Build one more workspace while nothing else is to be done; then get ready and tidy up."""
        missing = next((key for key in self._entries if key not in self._workspaces), None)
        if missing is not None:
            self.workspace_called(missing)
            self._idle.start(IDLE)
        elif not self._ready:
            self._ready = True
            self.context.bridge.project.get_ready()
            self._idle.start(IDLE)
        else:
            collecting.settle()

    def workspace_keys(self) -> tuple[str, ...]:
        """Return the keys of the workspaces from the top of the rail."""
        return tuple(self._entries)

    def show_workspace(self, key: str) -> None:
        """Bring a workspace to the front."""
        workspace = self.workspace_called(key)
        self._status.set_texts([])
        # Of itself the stack gives the keyboard to whatever comes first in a new workspace.
        fresh = not workspace.is_entered()
        self._stack.setCurrentWidget(workspace)
        self._rail.set_current(key)
        self.actions_by_command.show_only(self, workspace)
        self.context.settings.set("workspace", key)
        workspace.activate()
        self._show_trail(workspace)
        if fresh or self.focusWidget() is None or not workspace.isAncestorOf(self.focusWidget()):
            workspace.enter()
        self._focus_next_step(workspace)

    def _focus_next_step(self, workspace: Workspace) -> None:
        """Give the keyboard to the step an empty place offers, where it is out of sight else."""
        focused = self.focusWidget()
        if focused is not None and focused.isVisibleTo(self):
            return
        offered = [
            place for place in workspace.findChildren(EmptyPlace)
            if place.isVisibleTo(self) and place.button().isVisibleTo(self)
        ]  # fmt: skip
        if offered:
            # Where a part lacks something too, the whole comes first.
            widest = max(offered, key=lambda place: place.width() * place.height())
            widest.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, place: Place) -> None:
        """Go where a view asked to go."""
        self.show_workspace(place.workspace)
        self.workspace.show_place(place)

    def open_palette(self) -> None:
        """Open the one field for everything."""
        self.palette_sheet.set_items(
            palette_source.palette_items(
                self.context, self.actions_by_command, coding=self._coding()
            )
        )
        self.palette_sheet.open()

    def say_quietly(self, text: str) -> None:
        """Say something in the line that fades."""
        self._notice.show_notice(text, undoable=False)

    def undo(self) -> None:
        """Take the last step back."""
        self.context.bridge.undo(self.context.jobs)

    def redo(self) -> None:
        """Do the last undone step again."""
        self.context.bridge.redo(self.context.jobs)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes, here and in everything below."""
        self.context.theme = theme
        for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            retheme(child, theme)

    def _coding(self) -> bool:
        return self.workspace.key == "coding"

    def _typed_rows(self, query: str) -> list[PaletteItem]:
        made = palette_source.new_code_rows(query, coding=self._coding())
        return [*made, *palette_source.search_rows(query)]

    def _on_palette_item_chosen(self, item: PaletteItem) -> None:
        palette_source.choose(
            item.id, self.context, self.actions_by_command, self._use_code, self._make_code
        )

    def _on_palette_items_chosen(self, items: list[PaletteItem]) -> None:
        self.workspace.apply_codes(palette_source.chosen_codes(items))

    def _use_code(self, code: object) -> None:
        assert isinstance(code, int)  # noqa: S101 - ids of codes are whole numbers
        if not self.workspace.apply_code(CodeId(code)):
            self.show_place(Place("codebook", code=CodeId(code)))

    def _make_code(self, name: str) -> None:
        self.workspace.create_code(name)

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if changes.touches("project", "coder"):
            self._refresh_project()
        else:
            self._refresh_history()

    def _refresh_project(self) -> None:
        connection = self.context.bridge.project.connection
        info = project_info.read(connection)
        name = self.context.bridge.session.coder
        known = coders.by_name(connection, name)
        self._top.set_project(info.name)
        self._top.set_coder(name, known.color if known is not None else "")
        self.setWindowTitle(f"{info.name} – qda")
        if self.context.bridge.project.read_only:
            self._status.set_saved(tr("Read only: open elsewhere"))
        else:
            self._status.set_saved(tr("Saved"))
        self._refresh_history()

    def _refresh_history(self) -> None:
        session = self.context.bridge.session
        back, forth = session.next_undo, session.next_redo
        self._top.set_undo(text=_undo_text(back))
        self._top.set_redo(text=_redo_text(forth))

    def _on_failed(self, error: UserError) -> None:
        alerts.show_error(self, error)

    def _on_bridge_noticed(self, text: str) -> None:
        self._notice.show_notice(text)

    def _on_bridge_reported(self, report: ImportReport) -> None:
        """Show the report of an import where something was left out or is to be looked at."""
        if not report.clean:
            self.show_reports(report)

    def show_reports(self, report: ImportReport | None = None) -> None:
        """Show the reports of imports, the newest or a certain one first."""
        from qda.gui.report_dialog import ReportDialog  # lazy: start-up

        ReportDialog(self.context, self, report).open()

    def _on_bridge_step_taken(self, step: Step | None, back: bool) -> None:  # noqa: FBT001 - slot
        if step is None:
            text = tr("There is nothing to undo.") if back else tr("There is nothing to redo.")
        elif back:
            text = tr("Undone: {operation}.", operation=say(Message(step.operation)))
        else:
            text = tr("Redone: {operation}.", operation=say(Message(step.operation)))
        self._notice.show_notice(text, undoable=False)

    def _on_jobs_started(self, title: str) -> None:
        again = title == self._job_shown
        self._job, self._job_shown = title, ""
        if again:
            # The same work goes on: the line does not come and go between two pieces of it.
            self._status.resume_progress()
        else:
            self._shown_job.start()

    def _on_shown_job_timeout(self) -> None:
        self._status.set_progress(0, 0, self._job)

    def _on_jobs_progressed(self, done: int, total: int, message: Message | None) -> None:
        if not self._shown_job.isActive():
            text = say(message) if message is not None else self._job
            self._status.set_progress(done, total, text)

    def _on_jobs_finished(self) -> None:
        self._job_shown = self._job if self._status.in_progress() else ""
        self._shown_job.stop()
        self._status.end_progress()

    def _on_workspace_status_changed(self, texts: list[str]) -> None:
        if self.sender() is self.workspace:
            self._status.set_texts(texts)

    def _on_workspace_code_used(self, code: int) -> None:
        self.palette_sheet.remember(("code", code))

    def _on_workspace_trail_changed(self, crumbs: list[str], chips: list[str]) -> None:
        sender = self.sender()
        if isinstance(sender, Workspace):
            self._trails[sender.key] = (crumbs, chips)
            if sender is self.workspace:
                self._show_trail(sender)

    def _show_trail(self, workspace: Workspace) -> None:
        crumbs, chips = self._trails.get(workspace.key, ([], []))
        self._top.set_crumbs([workspace.title(), *crumbs])
        self._top.set_chips(chips)

    def _on_top_coder_clicked(self) -> None:
        self.actions_by_command.action("file.coder").trigger()

    def _on_top_project_clicked(self) -> None:
        self.actions_by_command.action("file.rename").trigger()

    def _restore_size(self) -> None:
        self.setMinimumSize(900, 600)
        self.resize(1440, 900)
        kept = self.context.settings.text("window")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; once that is done for the first time, there is time for other workspaces."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._idle.start(FIRST_IDLE)

    def save_state(self) -> None:
        """Keep the window's size and what the workspaces keep."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.context.settings.set("window", geometry)
        palette_source.keep_recent(self.context, self.palette_sheet.recent())
        self._idle.stop()
        for workspace in self._workspaces.values():
            workspace.save_state()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the application close the project first."""
        event.ignore()
        self.application_wanted.emit("quit", None)

    def window_commands(self) -> Sequence[Command]:
        """Return every command that is known, for the shortcut sheet."""
        return self.actions_by_command.commands()


def _undo_text(step: Step | None) -> str:
    if step is None:
        return ""
    return tr("Undo: {operation}", operation=say(Message(step.operation)))


def _redo_text(step: Step | None) -> str:
    if step is None:
        return ""
    return tr("Redo: {operation}", operation=say(Message(step.operation)))
