"""The offices workspace: the table of offices at the left, the one at hand at the right."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QInputDialog,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui.blind import only_coder
from qda.gui.cases.actions import CaseActions
from qda.gui.cases.band_work import BandWork
from qda.gui.cases.case_model import FIRST, NAME
from qda.gui.cases.case_pane import CasePane
from qda.gui.cases.commands import cases_commands
from qda.gui.cases.empty import NoCases
from qda.gui.cases.facts import CaseFacts, case_facts
from qda.gui.cases.files import CaseFiles, dropped_sheets
from qda.gui.cases.group_actions import GroupActions
from qda.gui.cases.rows import CaseRows, load_rows, months_after, rows_after
from qda.gui.cases.score_actions import ScoreActions
from qda.gui.cases.table_pane import TablePane
from qda.gui.cases.variable_dialog import VariableDialog
from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import tr, tr_n
from qda.gui.memo_section import MemoSection
from qda.gui.widgets.pieces import Pieces
from qda.gui.widgets.side_splitter import SideSplitter
from qda.gui.workspace import Workspace
from qda.model.changes import Changes
from qda.model.entities import Thing, Value, Variable, VariableType
from qda.model.ids import CaseId, DocumentId, ParticipantId, VariableId

_PANE, _LEAST_TABLE, _SHARE = 400, 480, 0.58
TABLE = ("case", "variable", "value", "banding")
"""Tables whose changes alter the table of offices."""
LINKS = (
    "case", "document", "participant", "turn", "coding", "document_case", "participant_case",
    "coding_case", "membership", "case_group", "group_kind", "succession",
    "score_sheet", "score_item", "score_file", "score",
)  # fmt: skip
"""Tables whose changes alter what belongs to an office."""


class CasesWorkspace(Workspace):
    """Describe the offices and what belongs to them."""

    key = "cases"
    icon = "offices"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, parent)
        theme = context.theme
        self._loaded = self._loading = False
        self._months: tuple[str, ...] | None = None
        self._unread = Changes()
        self._reading = Pieces(context.turns, self)
        self._facts: CaseFacts | None = None
        self._month = ""
        self.actions_on_cases = CaseActions(context, self)
        self.files = CaseFiles(context, self.actions_on_cases, self)
        self.groups = GroupActions(context, self)
        self.scores = ScoreActions(context, self)
        self.bands = BandWork(self)
        self.table_pane = TablePane(theme, self.actions_on_cases.write, self)
        self.table, self.filter = self.table_pane.table, self.table_pane.filter
        self.pane = CasePane(theme, context.bridge.session, self._write_month, self)
        self.memos = MemoSection(context, self.pane)
        self.pane.add_section(self.memos)
        self.empty = NoCases(theme, self)
        self._pages = QStackedWidget(self)
        width = context.settings.number("cases.pane", theme.px(_PANE))
        self._splitter = SideSplitter(1, round(width), theme.px(_LEAST_TABLE), _SHARE, self)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Offices")

    def _lay_out(self) -> None:
        self._splitter.addWidget(self.table_pane)
        self._splitter.addWidget(self.pane)
        self._splitter.setCollapsible(0, False)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.set_entry(self.table)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self.context.bridge.changed.connect(self._on_bridge_changed)
        self.table.case_chosen.connect(self._on_table_case_chosen)
        self.table.cell_menu_wanted.connect(self._on_table_cell_menu_wanted)
        self.table.column_menu_wanted.connect(self._on_table_column_menu_wanted)
        self.filter.textChanged.connect(self._on_filter_text_changed)
        self.table_pane.month_chosen.connect(self.show_month)
        self.pane.document_linked.connect(self._on_pane_document_linked)
        self.pane.document_opened.connect(self._on_pane_document_opened)
        self.pane.participant_linked.connect(self._on_pane_participant_linked)
        self.pane.indicators.import_wanted.connect(self.files.ask_values)
        self.pane.belonging.set.clicked.connect(self.ask_membership)
        self.pane.belonging.record.clicked.connect(self.ask_succession)
        self.pane.belonging.membership_opened.connect(self._on_membership_opened)
        self.pane.belonging.membership_removed.connect(self.groups.remove_membership)
        self.pane.belonging.succession_removed.connect(self.groups.remove_succession)
        self.pane.belonging.office_opened.connect(self._on_office_opened)
        self.pane.scores.opened.connect(self._on_scores_opened)
        self.empty.button_clicked.connect(self.files.ask_cases)
        self.empty.new_wanted.connect(self.add_case)
        self.table_pane.add.clicked.connect(self.add_case)
        self.table_pane.file.clicked.connect(self.files.ask_cases)
        self.table_pane.more.clicked.connect(self._on_more_clicked)

    # ------------------------------------------------------------------------------ loading

    def activate(self) -> None:
        """Load the offices; the pane is brought up to date each time."""
        if not self._loaded:
            self._loaded = True
            self._reading.start(self._load())
        elif not self._reading.busy:
            self._show_pane()

    def _load(self, *, counting: bool = True) -> Generator[None]:
        project, known, changes = self.context.bridge.project, self._months, self._unread
        months = yield from months_after(project, known, changes)
        self._months, self._unread = months, Changes()
        shown = self.table.case_model().everything()
        rows = None if known is None else rows_after(project, shown, self._month, months, changes)
        if rows is None:
            rows = yield from load_rows(project, self._month, months)
        self._show(rows, counting=counting)

    def _show(self, rows: CaseRows, *, counting: bool) -> None:
        self._month, self._months = rows.month, rows.months
        self.table.case_model().writable = self.can_write()
        self._loading = True
        self.table.load(rows)
        self._loading = False
        self.table_pane.show_months(rows.months, rows.month)
        self._pages.setCurrentWidget(self._splitter if rows.cases else self.empty)
        self.set_entry(self.table if rows.cases else self.empty)
        for button in (self.table_pane.add, self.table_pane.file, self.empty.new):
            button.setEnabled(self.can_write())
        self.table_pane.header.set_right(str(len(rows.cases)) if rows.cases else "")
        self._show_pane(counting=counting)

    def _show_pane(self, *, counting: bool = True) -> None:
        case, before = self.table.current_case(), self._facts
        facts = None
        if case is not None:
            same = before is not None and before.case.id == case.id and not counting
            known = before.segments if same and before is not None else None
            facts = case_facts(
                self.context.bridge.session, case.id, known, only_coder(self.context)
            )
        self._facts = facts
        self.pane.show_case(facts, writable=self.can_write())
        self.memos.show_thing(Thing("case", case.id) if case is not None else None)
        self.trail_changed.emit([case.name] if case is not None else [], [])
        self._show_status()

    def _show_status(self) -> None:
        rows = self.table.case_model().everything()
        monthly = sum(one.periodic for one in rows.variables)
        shown = self.table.case_model().rowCount()
        texts = [
            tr_n("{n} office", "{n} offices", len(rows.cases)),
            tr_n("{n} variable", "{n} variables", len(rows.variables) - monthly),
            tr_n("{n} indicator", "{n} indicators", monthly),
        ]
        if shown < len(rows.cases):
            texts.append(tr("{n} shown", n=shown))
        self.status_changed.emit(texts if rows.cases else [])

    def show_place(self, place: Place) -> None:
        """Show the office of a place."""
        case = place.case
        if case is not None:
            self.when_read(lambda: self._choose(case))

    def when_read(self, act: Callable[[], object]) -> None:
        """Do something once the table shows what is in the project; at once where it does."""
        self._reading.when_done(act)

    def _choose(self, case: CaseId) -> None:
        if self.filter.text():
            self.filter.clear()
        self.table.choose(case)

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return cases_commands(self)

    # ------------------------------------------------------------------- following changes

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if not self._loaded:
            return
        if changes.touches(*TABLE) and not self.isVisible():
            self._loaded, self._months, self._unread = False, None, Changes()
            self._reading.stop()
        elif changes.touches(*TABLE):
            # Reading that is under way begins anew, with what it was to take in.
            self._unread = Changes.of_all([self._unread, changes])
            self._reading.start(self._load(counting=self._unread.touches(*LINKS)))
        elif changes.touches(*LINKS) and self.isVisible():
            self._show_pane()

    def _on_table_case_chosen(self, case: object) -> None:
        del case
        self.table_pane.trouble.say("")
        if self._loaded and not self._loading:
            self._show_pane()

    def _on_filter_text_changed(self, text: str) -> None:
        self.table.narrow(text)
        self._show_status()

    def _on_pane_document_linked(self, document: int, linked: bool) -> None:  # noqa: FBT001 - slot
        case = self.table.current_case()
        if case is not None:
            self.actions_on_cases.link(case.id, documents=[DocumentId(document)], linked=linked)

    def _on_pane_participant_linked(
        self, participant: int, linked: bool  # noqa: FBT001 - slot
    ) -> None:  # fmt: skip
        case = self.table.current_case()
        if case is not None:
            one = ParticipantId(participant)
            self.actions_on_cases.link(case.id, participants=[one], linked=linked)

    def _on_pane_document_opened(self, document: int) -> None:
        self.context.navigator.go(Place("coding", document=DocumentId(document)))

    def _write_month(self, variable: Variable, month: str, value: Value | None) -> bool:
        case = self.table.current_case()
        return case is not None and self.actions_on_cases.write_month(
            case.id, variable, month, value
        )

    # --------------------------------------------------------------------------- commands

    def can_write(self) -> bool:
        """Tell whether the project may be changed."""
        return self.actions_on_cases.writable

    def can_edit(self) -> bool:
        """Tell whether there is an office at hand that may be changed."""
        return self.can_write() and self.table.current_case() is not None

    def can_clear(self) -> bool:
        """Tell whether the cell at hand may be emptied."""
        index = self.table.currentIndex()
        editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        return self.can_edit() and index.column() != NAME and editable

    def can_move(self) -> bool:
        """Tell whether the office at hand can be moved: the rows stand in the project's order."""
        return self.can_edit() and self.table.case_model().in_project_order()

    def can_edit_variable(self) -> bool:
        """Tell whether the column at hand is a variable that may be changed."""
        return self.can_write() and self.table.current_variable() is not None

    def has_months(self) -> bool:
        """Tell whether the office at hand has monthly values."""
        return bool(self.pane.indicators.model.months())

    def add_case(self) -> None:
        """Make an office and let the user name it."""
        self.activate()
        if self.filter.text():
            self.filter.clear()
        made = self.actions_on_cases.add()
        if made is not None:
            self.when_read(lambda: self._name(made))

    def _name(self, case: CaseId) -> None:
        if self.table.choose(case, NAME):
            self.table.write_name()

    def remove_case(self) -> None:
        """Remove the office at hand; the next one is then at hand."""
        case, row = self.table.current_case(), self.table.currentIndex().row()
        if case is None:
            return
        column = self.table.currentIndex().column()
        self.actions_on_cases.remove(case)
        self.when_read(lambda: self._stand_at(row, column))

    def _stand_at(self, row: int, column: int) -> None:
        model = self.table.case_model()
        if model.rowCount():
            self.table.setCurrentIndex(model.index(min(row, model.rowCount() - 1), column))

    def clear_cell(self) -> None:
        """Empty the cell at hand."""
        if self.can_clear():
            self.table.case_model().setData(self.table.currentIndex(), "")

    def step(self, step: int) -> None:
        """Move the office at hand up or down."""
        case = self.table.current_case()
        if case is not None and self.can_move():
            self.actions_on_cases.step(case.id, step)

    def choose_documents(self) -> None:
        """Let the user choose the sources of the office at hand."""
        self.pane.documents.open_list()

    def choose_participants(self) -> None:
        """Let the user choose the participants of the office at hand."""
        self.pane.participants.open_list()

    def ask_membership(self) -> None:
        """Ask what the office at hand belongs to."""
        case = self.table.current_case()
        if case is not None:
            self.groups.ask_membership(case)

    def ask_succession(self) -> None:
        """Ask which offices the one at hand came from or became."""
        case = self.table.current_case()
        if case is not None:
            everything = self.actions_on_cases.cases()
            others = [(int(one.id), one.name) for one in everything if one.id != case.id]
            self.groups.ask_succession(case, others)

    def _on_membership_opened(self, membership: int) -> None:
        case = self.table.current_case()
        if case is not None and self.can_write():
            self.groups.edit_membership(case, membership)

    def _on_scores_opened(self, item: int) -> None:
        case = self.table.current_case()
        if case is not None:
            self.scores.show_files(case, item)

    def show_scores(self) -> None:
        """Show the scores of all offices, and raters compared."""
        self.scores.show_summary()

    def can_remove_scores(self) -> bool:
        """Tell whether there is a score sheet that may be removed."""
        return self.can_write() and self.scores.has_sheets()

    def _on_office_opened(self, office: int) -> None:
        self.show_place(Place("cases", case=CaseId(office)))

    def ask_variable(self) -> None:
        """Ask for the name and type of a new variable."""
        dialog = VariableDialog(self.context.theme, self.window())
        dialog.variable_wanted.connect(self.add_variable)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add_variable(self, name: str, kind: VariableType) -> None:
        """Make a variable; its column is then at hand."""
        made = self.actions_on_cases.add_variable(name, kind)
        if made is not None:
            self.when_read(lambda: self._stand_in(made))

    def _stand_in(self, variable: VariableId) -> None:
        model = self.table.case_model()
        column = model.column_of(variable)
        if column >= 0 and model.rowCount():
            row = max(self.table.currentIndex().row(), 0)
            self.table.setCurrentIndex(model.index(row, column))
            self.table.setFocus()

    def ask_variable_name(self) -> None:
        """Ask for another name of the variable at hand."""
        variable = self.table.current_variable()
        if variable is None:
            return
        name, accepted = QInputDialog.getText(
            self, tr("Rename the variable"), tr("Name"), QLineEdit.EchoMode.Normal, variable.name
        )
        if accepted and name.strip() != variable.name:
            self.rename_variable(name)

    def rename_variable(self, name: str) -> None:
        """Give the variable at hand another name."""
        variable = self.table.current_variable()
        if variable is not None:
            self.actions_on_cases.rename_variable(variable, name)

    def remove_variable(self) -> None:
        """Remove the variable at hand."""
        variable = self.table.current_variable()
        if variable is not None:
            self.actions_on_cases.remove_variable(variable)

    def find_case(self) -> None:
        """Let the user narrow the table."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def restore_order(self) -> None:
        """Show all offices in the project's order."""
        self.filter.clear()
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def show_month(self, month: str) -> None:
        """Show the indicators of a month, or the last of each office when it is empty."""
        self._month = month
        self._reading.start(self._load(counting=self._unread.touches(*LINKS)))

    def choose_month(self) -> None:
        """Let the user choose the month that the table shows."""
        self.table_pane.month.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.table_pane.month.showPopup()

    def has_months_to_choose(self) -> bool:
        """Tell whether there are monthly values."""
        return bool(self.table.case_model().everything().months)

    def toggle_months(self) -> None:
        """Show or hide every month of the office at hand."""
        self.pane.indicators.months.toggle()

    def next_pane(self) -> None:
        """Give the keyboard to the next pane."""
        if self.table.hasFocus():
            self.pane.documents.choose.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    # -------------------------------------------------------------------------------- drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take in sheets."""
        if self.can_write() and dropped_sheets(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the dropped sheets."""
        paths = dropped_sheets(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files.import_paths(paths)

    # -------------------------------------------------------------------------------- menus

    def _on_table_cell_menu_wanted(self, place: QPoint) -> None:
        self._menu(("cases.cell", "cases.clear", "cases.rename", "cases.remove", "",
                    "cases.documents", "cases.participants", "", "cases.move_up",
                    "cases.move_down")).popup(place)  # fmt: skip

    def _on_table_column_menu_wanted(self, place: QPoint) -> None:
        names = ["cases.new_variable", "cases.define_bands"]
        if self.table.current_bands() is not None:
            names = ["cases.edit_bands", "cases.remove_bands", "", *names]
        elif self.table.currentIndex().column() >= FIRST:
            names = ["cases.rename_variable", "cases.remove_variable", "", *names]
        self._menu((*names, "", "cases.project_order")).popup(place)

    def _on_more_clicked(self) -> None:
        names = [command.id for command in self.commands()]
        more = self.table_pane.more
        self._menu(names).popup(more.mapToGlobal(QPoint(0, more.height())))

    def _menu(self, wanted: Sequence[str]) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_name = {action.objectName(): action for action in self.actions()}
        enabled = {command.id: command.enabled for command in self.commands()}
        for name in wanted:
            if not name:
                menu.addSeparator()
            elif name in by_name:
                by_name[name].setEnabled(enabled[name]())
                menu.addAction(by_name[name])
        return menu

    def save_state(self) -> None:
        """Keep the widths of the panes; nothing more is read."""
        self._reading.stop()
        self.context.settings.set("cases.pane", self._splitter.side_width())
