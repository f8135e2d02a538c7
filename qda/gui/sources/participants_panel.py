"""The participants of a source: who they are, where they belong, what is known of them."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.context import Context
from qda.gui.language import tr
from qda.gui.memo_section import MemoSection
from qda.gui.sources import participants_model as columns
from qda.gui.sources.ask_line import AskLine
from qda.gui.sources.attribute_values import written_value
from qda.gui.sources.cell_delegate import CellDelegate
from qda.gui.sources.participants_model import (
    ParticipantsModel,
    load_lines,
    people_to_choose,
    shown,
)
from qda.gui.theme import Theme
from qda.gui.widgets.chooser import Chooser, ChooserItem
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.entities import Thing, Variable
from qda.model.errors import UserError
from qda.model.ids import CaseId, DocumentId, ParticipantId
from qda.store import cases, turns, variables

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {columns.NAME: 140, columns.ROLE: 122, columns.OFFICES: 130, columns.LABEL: 130}
_ATTRIBUTE_WIDTH = 116
_Known = Callable[[Variable], list[str]]
"""Returns the values of a variable that are there already."""


class ParticipantsPanel(QWidget):
    """Speakers of one source or of all, editable in place."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build an empty table."""
        super().__init__(parent)
        self._context = context
        self._document: DocumentId | None = None
        self._asked = ""
        self.scope = SegmentedControl(
            context.theme,
            [(False, tr("This source")), (True, tr("All sources"))],
            name=tr("Whose participants"),
            parent=self,
        )
        self.model = ParticipantsModel(self)
        self.table = _table(context.theme, self.model, self._known, self)
        self.ask_line = AskLine(self)
        self._add = QPushButton(tr("Add participant …"), self)
        self._add_variable = QPushButton(tr("Add variable …"), self)
        self._join = QPushButton(tr("Join with …"), self)
        self._join.setToolTip(tr("The same person in two sources becomes one participant."))
        self.memos = MemoSection(context, self)
        self._top = QHBoxLayout()
        self._top.addWidget(self.scope)
        self._top.addStretch(1)
        self._bottom = FlowLayout(spacing=context.theme.px(8))
        for button in (self._add, self._add_variable, self._join):
            self._bottom.addWidget(button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._top)
        self._layout.addWidget(self.table, 1)
        self._layout.addWidget(self.memos)
        self._layout.addWidget(self.ask_line)
        self._layout.addLayout(self._bottom)
        self.set_theme(context.theme)
        self._connect()

    def _connect(self) -> None:
        self.scope.value_changed.connect(self.reload)
        self.model.name_edited.connect(self._on_name_edited)
        self.model.role_edited.connect(self._on_role_edited)
        self.model.value_edited.connect(self._on_value_edited)
        self.model.modelReset.connect(self._fit_columns)
        self.table.activated.connect(self._on_table_activated)
        self.table.selectionModel().currentChanged.connect(self._on_current_changed)
        self.table.customContextMenuRequested.connect(self._on_context_menu_requested)
        header = self.table.horizontalHeader()
        header.customContextMenuRequested.connect(self._on_header_menu_requested)
        self.ask_line.answered.connect(self._on_ask_line_answered)
        self._add.clicked.connect(self.add_participant)
        self._add_variable.clicked.connect(self.add_variable)
        self._join.clicked.connect(self.join)

    # ---------------------------------------------------------------------------------- showing

    def load(self, document: DocumentId | None) -> None:
        """Show who speaks in a document."""
        if document != self._document:
            self.ask_line.hide()
        self._document = document
        self.reload()

    def reload(self) -> None:
        """Read again what is shown; the current cell stays current."""
        everybody = bool(self.scope.value())
        current = self.current()
        column = self.table.currentIndex().column()
        project = self._context.bridge.project
        if self._document is None:
            self.model.set_lines((), (), (), everybody=everybody, writable=False)
            hidden = not everybody
        else:
            ids, lines = load_lines(project, None if everybody else self._document)
            kept = variables.of_subject(project.connection, "participant")
            self.model.set_lines(
                ids, lines, tuple(one for one in kept if not one.periodic), everybody=everybody,
                writable=not project.read_only,
            )  # fmt: skip
            # Where everybody is called what they are named, the labels say nothing.
            hidden = not everybody and all(line.spoken == line.participant.name for line in lines)
        self.table.setColumnHidden(columns.LABEL, hidden)
        row = self.model.row_of(current) if current is not None else None
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, max(column, 0)))
        self._tell()

    def current(self) -> ParticipantId | None:
        """Return the participant in the current row."""
        index = self.table.currentIndex()
        return self.model.line(index.row()).participant.id if index.isValid() else None

    def choose(self, participant: ParticipantId) -> None:
        """Make a participant current, showing everybody where the source does not have them."""
        if self.model.row_of(participant) is None:
            self.scope.set_value(True)
            self.reload()
        row = self.model.row_of(participant)
        if row is not None:
            self.table.setCurrentIndex(self.model.index(row, columns.NAME))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _known(self, variable: Variable) -> list[str]:
        """Return the values of a variable, to choose from while writing."""
        connection = self._context.bridge.project.connection
        return sorted({shown(one) for one in variables.distinct(connection, variable.id)})

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._layout.setSpacing(theme.px(8))
        self._bottom.setSpacing(theme.px(8))
        self.table.verticalHeader().setDefaultSectionSize(theme.px(30))
        delegate = self.table.itemDelegate()
        if isinstance(delegate, CellDelegate):
            delegate.set_theme(theme)
        self._fit_columns()

    def _fit_columns(self) -> None:
        theme = self._context.theme
        for column in range(self.model.columnCount()):
            self.table.setColumnWidth(column, theme.px(_WIDTHS.get(column, _ATTRIBUTE_WIDTH)))

    def _tell(self) -> None:
        person = self.current()
        self.memos.show_thing(Thing("participant", person) if person is not None else None)
        writable = not self._context.bridge.project.read_only
        for button in (self._add, self._add_variable):
            button.setEnabled(writable)
        self._join.setEnabled(self.can_join())

    # ------------------------------------------------------------------------------------ doing

    def add_participant(self) -> None:
        """Ask for the name of somebody to add."""
        self._asked = "participant"
        self.ask_line.ask(tr("Name of the participant"))

    def add_variable(self) -> None:
        """Ask for the name of a variable to add."""
        self._asked = "variable"
        self.ask_line.ask(tr("Name of the variable"))

    def can_join(self) -> bool:
        """Tell whether there is a participant to join with another."""
        return self.current() is not None and not self._context.bridge.project.read_only

    def join(self) -> Chooser | None:
        """Ask who is the same person as the current participant."""
        current = self.current()
        if current is None:
            return None
        items = people_to_choose(self._context.bridge.project, {current})
        if not items:
            return None
        chooser = Chooser(self._context.theme, tr("Who is the same person"), items, self)
        chooser.chosen.connect(self._on_same_person_chosen)
        chooser.open_below(self._join)
        return chooser

    def _on_same_person_chosen(self, other: object) -> None:
        from qda.operations import participants as operations  # lazy: start-up

        current = self.current()
        if current is None or not isinstance(other, int):
            return
        row = self.model.row_of(current)
        name = self.model.line(row).participant.name if row is not None else ""
        bridge = self._context.bridge
        bridge.run_by_size(
            self._context.jobs,
            tr("Joining {name} with another", name=name),
            turns.count_of(bridge.project.connection, ParticipantId(other)),
            operations.join_participants,
            notice=tr("Joined: {name} now speaks in both.", name=name),
            keep=current,
            other=ParticipantId(other),
        )

    def _on_ask_line_answered(self, name: str) -> None:
        from qda.operations import participants as operations  # lazy: start-up
        from qda.operations import variables as variable_operations  # lazy: start-up

        bridge = self._context.bridge
        if self._asked == "participant":
            added = bridge.run(operations.add_participant, name=name)
            if added is not None:
                self.choose(added.value)
        else:
            bridge.run(
                variable_operations.add_variable, subject="participant", name=name, kind="text"
            )

    def _on_name_edited(self, participant: ParticipantId, name: str) -> None:
        from qda.operations import participants as operations  # lazy: start-up

        self._context.bridge.run(operations.rename_participant, participant=participant, name=name)

    def _on_role_edited(self, participant: ParticipantId, interviewer: bool) -> None:  # noqa: FBT001
        from qda.operations import participants as operations  # lazy: start-up

        self._context.bridge.run(
            operations.set_interviewer, participant=participant, interviewer=interviewer
        )

    def _on_value_edited(
        self, participant: ParticipantId, variable: Variable, written: object
    ) -> None:
        from qda.operations import variables as variable_operations  # lazy: start-up

        try:
            value = written_value(variable, written)
        except UserError as error:
            self._context.bridge.failed.emit(error)
            return
        self._context.bridge.run(
            variable_operations.set_value,
            variable=variable.id,
            subject_id=participant,
            value=value,
        )

    def choose_offices(self) -> Chooser | None:
        """Open the offices of the current participant."""
        index = self.table.currentIndex()
        if not index.isValid() or self._context.bridge.project.read_only:
            return None
        linked = {one.id for one in self.model.line(index.row()).offices}
        everything = cases.all_cases(self._context.bridge.project.connection)
        if not everything:
            return None
        items = [ChooserItem(one.id, one.name, checked=one.id in linked) for one in everything]
        chooser = Chooser(self._context.theme, tr("Find an office"), items, self)
        chooser.chosen.connect(self._on_office_chosen)
        place = self.table.visualRect(index.siblingAtColumn(columns.OFFICES)).bottomLeft()
        chooser.open_at(self.table.viewport().mapToGlobal(place))
        return chooser

    def _on_office_chosen(self, case: object) -> None:
        from qda.operations import participants as operations  # lazy: start-up

        index = self.table.currentIndex()
        if not index.isValid() or not isinstance(case, int):
            return
        line = self.model.line(index.row())
        self._context.bridge.run(
            operations.link_participant,
            participant=line.participant.id,
            case=CaseId(case),
            linked=case not in {one.id for one in line.offices},
        )

    def remove_current(self) -> None:
        """Remove the current participant; the turns stay, spoken by nobody."""
        from qda.operations import participants as operations  # lazy: start-up

        index = self.table.currentIndex()
        if not index.isValid():
            return
        one = self.model.line(index.row()).participant
        bridge = self._context.bridge
        bridge.run_by_size(
            self._context.jobs,
            tr("Removing {name}", name=one.name),
            turns.count_of(bridge.project.connection, one.id),
            operations.remove_participant,
            notice=tr("Removed {name}; the turns stay.", name=one.name),
            participant=one.id,
        )

    # ------------------------------------------------------------------------------------ slots

    def _on_table_activated(self, index: QModelIndex) -> None:
        if index.column() == columns.OFFICES:
            self.choose_offices()
        elif index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.table.edit(index)

    def _on_current_changed(self) -> None:
        self._tell()

    def _on_context_menu_requested(self, place: QPoint) -> None:
        index = self.table.indexAt(place)
        if not index.isValid() or self._context.bridge.project.read_only:
            return
        self.table.setCurrentIndex(index)
        self._popup(
            self.table.viewport().mapToGlobal(place),
            [
                (tr("Link to an office …"), self.choose_offices),
                (tr("Join with …"), self.join),
                (tr("Remove the participant"), self.remove_current),
            ],
        )

    def _on_header_menu_requested(self, place: QPoint) -> None:
        from qda.operations import variables as variable_operations  # lazy: start-up

        header = self.table.horizontalHeader()
        variable = self.model.variable(header.logicalIndexAt(place))
        if variable is None or self._context.bridge.project.read_only:
            return

        def remove() -> None:
            bridge = self._context.bridge
            bridge.run_by_size(
                self._context.jobs,
                tr("Removing {name}", name=variable.name),
                variables.count(bridge.project.connection, variable.id),
                variable_operations.remove_variable,
                notice=tr("Removed the variable {name}.", name=variable.name),
                variable=variable.id,
            )

        title = tr("Remove the variable {name}", name=variable.name)
        self._popup(header.mapToGlobal(place), [(title, remove)])

    def _popup(self, place: QPoint, actions: list[tuple[str, Callable[[], object]]]) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title, act in actions:
            menu.addAction(title).triggered.connect(act)
        menu.popup(place)


def _table(theme: Theme, model: ParticipantsModel, known: _Known, parent: QWidget) -> QTableView:
    table = QTableView(parent)
    table.setModel(model)
    table.setItemDelegate(_ParticipantDelegate(theme, known, table))
    table.setAccessibleName(tr("Participants"))
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    triggers = QAbstractItemView.EditTrigger
    table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.verticalHeader().setVisible(False)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    return table


class _ParticipantDelegate(CellDelegate):
    """A choice for who asks and for yes and no, a field with known values for the rest."""

    def __init__(self, theme: Theme, known: _Known, table: QTableView) -> None:
        super().__init__(theme, table)
        self._known = known

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: Index,
    ) -> QWidget:
        model = index.model()
        assert isinstance(model, ParticipantsModel)  # noqa: S101 - the table's own model
        variable = model.variable(index.column())
        if index.column() == columns.ROLE:
            return _choice(parent, [(True, tr("Interviewer")), (False, tr("Informant"))])
        if variable is not None and variable.type == "boolean":
            return _choice(parent, [("", ""), (tr("yes"), tr("yes")), (tr("no"), tr("no"))])
        editor = QLineEdit(parent)
        editor.setProperty("kind", "bare")
        editor.setAutoFillBackground(True)
        if variable is not None:
            completer = QCompleter(self._known(variable), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            editor.setCompleter(completer)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(value or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


def _choice(parent: QWidget, options: list[tuple[object, str]]) -> QComboBox:
    box = QComboBox(parent)
    for value, text in options:
        box.addItem(text, value)
    return box
