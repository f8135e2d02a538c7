"""The turns of a source, and putting right who speaks in them."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.context import Context, Place
from qda.gui.language import tr, tr_n
from qda.gui.sources.cell_delegate import CellDelegate
from qda.gui.sources.fields import sentence
from qda.gui.sources.participants_model import people_to_choose
from qda.gui.theme import Theme
from qda.gui.widgets.chooser import Chooser, ChooserItem
from qda.model.entities import Turn
from qda.model.ids import DocumentId, ParticipantId, TurnId
from qda.operations.participants import assign_turns
from qda.store import documents, participants, turns

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NUMBER, TIME, SPEAKER, WORDS = range(4)
GLIMPSE = 120
NOBODY = "nobody"


class TurnsModel(QAbstractTableModel):
    """Turns with number, time, speaker and how they begin."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._muted = QColor(theme.muted_tinted)
        self._turns: Sequence[Turn] = ()
        self._text = ""
        self._names: dict[ParticipantId, str] = {}

    def set_turns(self, found: Sequence[Turn], text: str, names: dict[ParticipantId, str]) -> None:
        """Show other turns; the same turns with other speakers are only shown anew."""
        same = [one.id for one in found] == [one.id for one in self._turns]
        if not same:
            self.beginResetModel()
        self._turns, self._text, self._names = found, text, names
        if not same:
            self.endResetModel()
        elif found:
            self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, WORDS))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._muted = QColor(theme.muted_tinted)

    def turn(self, row: int) -> Turn:
        """Return the turn in a row."""
        return self._turns[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many turns there are."""
        return 0 if parent.isValid() else len(self._turns)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: ARG002
        """Return the number of columns."""
        return WORDS + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("No."), tr("Time"), tr("Speaker"), tr("What is said"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        one = self._turns[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._shown(one, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (NUMBER, TIME):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and (
            index.column() in (NUMBER, TIME) or one.interviewer
        ):
            return self._muted
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == SPEAKER:
            return tr("In the text: {name}", name=one.label)
        return None

    def _shown(self, one: Turn, column: int) -> str:
        if column == NUMBER:
            return str(one.number)
        if column == TIME:
            return clock(one.time_ms)
        if column == SPEAKER:
            name = self._names.get(one.participant) if one.participant is not None else None
            return name or tr("Nobody")
        return " ".join(self._text[one.start : min(one.end, one.start + GLIMPSE)].split())


def clock(milliseconds: int | None) -> str:
    """Return a time stamp as hours, minutes and seconds; empty for none."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class TurnsPanel(QWidget):
    """Choose turns and say who speaks in them."""

    open_wanted = Signal(object)
    """The user wants to see a turn where it is coded.

    Parameters: its `Place`.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build an empty list."""
        super().__init__(parent)
        self._context = context
        self._document: DocumentId | None = None
        self.model = TurnsModel(context.theme, self)
        self.table = _table(self.model, self)
        self._delegate = CellDelegate(context.theme, self.table)
        self.table.setItemDelegate(self._delegate)
        self._told = sentence("", self)
        self.speaker_button = QPushButton(tr("Spoken by …"), self)
        self._bottom = QHBoxLayout()
        self._bottom.addWidget(self.speaker_button)
        self._bottom.addWidget(self._told, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.table, 1)
        self._layout.addLayout(self._bottom)
        self.set_theme(context.theme)
        self._tell()
        self.speaker_button.clicked.connect(self.choose_speaker)
        self.table.activated.connect(self._on_table_activated)
        self.table.customContextMenuRequested.connect(self._on_context_menu_requested)
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.model.modelReset.connect(self._tell)

    def load(self, document: DocumentId | None) -> None:
        """Show the turns of a document."""
        self._document = document
        connection = self._context.bridge.project.connection
        if document is None:
            self.model.set_turns((), "", {})
            return
        names = {one.id: one.name for one in participants.all_participants(connection)}
        self.model.set_turns(
            turns.of_document(connection, document), documents.text(connection, document), names
        )
        self._tell()

    def marked(self) -> tuple[TurnId, ...]:
        """Return the marked turns in their order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.turn(row).id for row in rows)

    def choose_speaker(self) -> Chooser | None:
        """Ask who speaks in the marked turns."""
        if not self.marked() or self._context.bridge.project.read_only:
            return None
        project = self._context.bridge.project
        here = (
            participants.in_document(project.connection, self._document)
            if self._document is not None
            else ()
        )
        items = [ChooserItem(one.id, one.name) for one in here]
        items.append(ChooserItem(NOBODY, tr("Nobody")))
        items += people_to_choose(project, {one.id for one in here})
        chooser = Chooser(self._context.theme, tr("Who speaks here"), items, self)
        chooser.chosen.connect(self._on_speaker_chosen)
        chooser.open_below(self.speaker_button)
        return chooser

    def mark_same_speaker(self) -> None:
        """Mark every turn of the one who speaks in the current turn."""
        index = self.table.currentIndex()
        if not index.isValid():
            return
        speaker = self.model.turn(index.row()).participant
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        for row in range(self.model.rowCount()):
            if self.model.turn(row).participant == speaker:
                selection.select(self.model.index(row, 0), flags.Select | flags.Rows)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self.model.set_theme(theme)
        self._delegate.set_theme(theme)
        self._layout.setSpacing(theme.px(8))
        self._bottom.setSpacing(theme.px(12))
        self.table.verticalHeader().setDefaultSectionSize(theme.px(28))
        for column, width in ((NUMBER, 48), (TIME, 64), (SPEAKER, 150)):
            self.table.setColumnWidth(column, theme.px(width))

    def _on_speaker_chosen(self, who: object) -> None:
        speaker = ParticipantId(who) if isinstance(who, int) else None
        marked = self.marked()
        self._context.bridge.run(
            assign_turns,
            notice=tr_n(
                "Another speaker in {n} turn.", "Another speaker in {n} turns.", len(marked)
            ),
            turn_ids=marked,
            participant=speaker,
        )

    def _on_table_activated(self, index: QModelIndex) -> None:
        turn = self.model.turn(index.row())
        self.open_wanted.emit(
            Place("coding", document=turn.document, start=turn.start, end=turn.end)
        )

    def _on_context_menu_requested(self, place: QPoint) -> None:
        if not self.table.indexAt(place).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        speak = menu.addAction(tr("Spoken by …"))
        speak.setEnabled(self.speaker_button.isEnabled())
        speak.triggered.connect(self.choose_speaker)
        menu.addAction(tr("Mark all turns of this speaker")).triggered.connect(
            self.mark_same_speaker
        )
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _tell(self) -> None:
        count = len(self.table.selectionModel().selectedRows())
        self.speaker_button.setEnabled(count > 0 and not self._context.bridge.project.read_only)
        if count:
            self._told.setText(tr_n("{n} turn is marked.", "{n} turns are marked.", count))
        elif self.model.rowCount():
            self._told.setText(tr("Mark the turns that have the wrong speaker."))
        else:
            self._told.setText(tr("No speakers were found in this source."))
        self.table.horizontalHeader().setSectionHidden(TIME, not self._timed())

    def _timed(self) -> bool:
        return any(self.model.turn(row).time_ms is not None for row in range(self.model.rowCount()))


def _table(model: TurnsModel, parent: QWidget) -> QTableView:
    table = QTableView(parent)
    table.setModel(model)
    table.setAccessibleName(tr("Turns"))
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.verticalHeader().setVisible(False)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
    return table
