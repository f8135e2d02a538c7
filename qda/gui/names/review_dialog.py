"""Names that were found, one by one: replaced, left, put together, with all their places."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QItemSelection, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.names.model import NAME, REPLACEMENT, NamesModel
from qda.gui.theme import Theme
from qda.gui.widgets.hit_list import HeadRow, HitList, HitRow
from qda.gui.widgets.padded_delegate import PaddedDelegate
from qda.model.pseudonyms import NameEntity, NameHit, TextPlace
from qda.operations.name_lists import place_said
from qda.text.replacing import around

TextOf = Callable[[TextPlace], str]


class NamesTable(QTableView):
    """A table whose rows are decided by single keys."""

    accept_wanted = Signal()
    """The user wants the chosen names replaced."""
    reject_wanted = Signal()
    """The user wants the chosen names left as they are."""
    merge_wanted = Signal()
    """The user wants the chosen names put together."""
    add_wanted = Signal()
    """The user wants to add a name."""
    hits_wanted = Signal()
    """The user wants to go through the places of the name."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty table."""
        super().__init__(parent)
        self.setAccessibleName(tr("Names that were found"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.setItemDelegate(PaddedDelegate(theme.px(6), self))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(56))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide by A, R, M; N adds a name, F2 writes the replacement, Right goes to the places."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wishes = {
            Qt.Key.Key_A: self.accept_wanted,
            Qt.Key.Key_R: self.reject_wanted,
            Qt.Key.Key_M: self.merge_wanted,
            Qt.Key.Key_N: self.add_wanted,
            Qt.Key.Key_Right: self.hits_wanted,
        }
        wish = wishes.get(Qt.Key(event.key())) if plain else None
        there = self.currentIndex().isValid() or event.key() == Qt.Key.Key_N
        if wish is not None and there:
            wish.emit()
        elif event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.edit(self.currentIndex().siblingAtColumn(REPLACEMENT))
        else:
            super().keyPressEvent(event)


class PlacesList(HitList):
    """The places of a name; the space bar lets one stay as it is."""

    stay_wanted = Signal()
    """The user wants the chosen places to stay, or to be replaced again."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle with the space bar; Left and Escape go back to the names."""
        if event.key() == Qt.Key.Key_Space:
            self.stay_wanted.emit()
        elif event.key() == Qt.Key.Key_Left:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReviewDialog(QDialog):
    """The names left, the places of the one that is chosen, and what is to be done."""

    add_wanted = Signal()
    """The user wants to add a name that was not found."""
    replace_wanted = Signal()
    """The user wants the accepted names replaced."""

    def __init__(
        self,
        theme: Theme,
        entities: tuple[NameEntity, ...],
        text_of: TextOf,
        titles: Mapping[int, str],
        parent: QWidget | None = None,
    ) -> None:
        """Show the names of a scan; `text_of` gives the text of a place."""
        super().__init__(parent)
        self.setWindowTitle(tr("Pseudonymise"))
        self._text_of = text_of
        self._titles = titles
        self.model = NamesModel(entities, self)
        self.table = NamesTable(theme, self)
        self.table.setModel(self.model)
        self.places = PlacesList(theme, tr("Places of the name"), self)
        self._summary = QLabel(self)
        self._summary.setProperty("kind", "heading")
        self._forms = QLabel(self)
        self._forms.setProperty("kind", "muted")
        self._forms.setWordWrap(True)
        self._forms.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out(theme)
        self._connect()
        self._choose(max(0, self.model.next_open(-1)))
        self._tell()

    # ------------------------------------------------------------------------------- building
    def _lay_out(self, theme: Theme) -> None:
        hint = QLabel(
            tr(
                "A replaces, R leaves, F2 writes another replacement, M puts the chosen names "
                "together, N adds a name. Right goes to the places, where the space bar lets one "
                "stay."
            ),
            self,
        )
        hint.setProperty("kind", "muted")
        hint.setWordWrap(True)
        self.accept_button = QPushButton(tr("Replace (&A)"), self)
        self.reject_button = QPushButton(tr("Leave (&R)"), self)
        self.change_button = QPushButton(tr("Change (F2)"), self)
        self.merge_button = QPushButton(tr("Put together (&M)"), self)
        self.add_button = QPushButton(tr("Add a name … (&N)"), self)
        self.rest_button = QPushButton(tr("Replace all undecided"), self)
        self.rest_button.setToolTip(
            tr("Doubtful names stay as they are until you decide on each of them.")
        )
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in self._buttons():
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(theme.px(8), 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self._forms)
        column.addWidget(self.places, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.table)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setSizes([theme.px(650), theme.px(410)])
        self.replace = QPushButton(tr("Go on …"), self)
        self.replace.setProperty("kind", "primary")
        self.replace.setAutoDefault(False)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        for widget in (self._summary, hint):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addWidget(split, 1)
        layout.addWidget(self._bottom())
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        for section in range(self.model.columnCount()):
            stretch = section in (NAME, REPLACEMENT)
            header.setSectionResizeMode(section, mode.Stretch if stretch else mode.ResizeToContents)
        wanted = QSize(theme.px(1080), theme.px(680))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        self.table.setFocus()

    def _bottom(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.replace, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        return buttons

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.accept_button, self.reject_button, self.change_button, self.merge_button,
            self.add_button, self.rest_button,
        )  # fmt: skip

    def _connect(self) -> None:
        self.accept_button.clicked.connect(self.accept_chosen)
        self.reject_button.clicked.connect(self.reject_chosen)
        self.change_button.clicked.connect(self.change_chosen)
        self.merge_button.clicked.connect(self.merge_chosen)
        self.rest_button.clicked.connect(self.accept_rest)
        self.add_button.clicked.connect(self.add_wanted)
        self.table.add_wanted.connect(self.add_wanted)
        self.table.accept_wanted.connect(self.accept_chosen)
        self.table.reject_wanted.connect(self.reject_chosen)
        self.table.merge_wanted.connect(self.merge_chosen)
        self.table.hits_wanted.connect(self._go_to_places)
        self.places.stay_wanted.connect(self.toggle_places)
        self.places.left.connect(self.table.setFocus)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.model.decided.connect(self._tell)
        self.replace.clicked.connect(self.replace_wanted)

    # --------------------------------------------------------------------------------- deciding
    def accept_chosen(self) -> None:
        """Have the chosen names replaced, and go to the next that is not decided."""
        self._decide("accepted")

    def reject_chosen(self) -> None:
        """Leave the chosen names as they are, and go to the next that is not decided."""
        self._decide("rejected")

    def accept_rest(self) -> None:
        """Have every name replaced that is neither decided yet nor doubtful."""
        rows = range(self.model.rowCount())
        self.model.decide(
            [row for row in rows if self._is_open(self.model.entity(row))], "accepted"
        )

    def change_chosen(self) -> None:
        """Write another replacement."""
        self.table.setFocus()
        self.table.edit(self.table.currentIndex().siblingAtColumn(REPLACEMENT))

    def merge_chosen(self) -> None:
        """Put the chosen names together; they go by the first one's replacement."""
        rows = self._chosen()
        if len(rows) > 1:
            self._choose(self.model.merge(rows))
            self._show_places()

    def add(self, entity: NameEntity) -> None:
        """Add a name, and show its places."""
        self._choose(self.model.add(entity))

    def toggle_places(self) -> None:
        """Let the chosen places stay, or be replaced again."""
        hits = [one for one in self.places.selected_ids() if isinstance(one, NameHit)]
        at = self.places.currentIndex().row()
        self.model.toggle_left(self.table.currentIndex().row(), hits)
        self._show_places()
        self.places.setCurrentIndex(self.places.model().index(at, 0))

    def _decide(self, decision: str) -> None:
        rows = self._chosen()
        if not rows:
            return
        self.model.decide(rows, "accepted" if decision == "accepted" else "rejected")
        following = self.model.next_open(rows[-1])
        self._choose(following if following >= 0 else rows[-1])

    def _is_open(self, entity: NameEntity | None) -> bool:
        return entity is not None and entity.decision == "open" and not entity.is_doubtful

    def _chosen(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedRows()})

    def _choose(self, row: int) -> None:
        if self.model.rowCount():
            self.table.selectRow(min(row, self.model.rowCount() - 1))

    # ---------------------------------------------------------------------------------- showing
    def summary(self) -> str:
        """Return the line that says how much is left."""
        return self._summary.text()

    def _go_to_places(self) -> None:
        if self.places.model().rowCount():
            self.places.setFocus()
            if self.places.currentIndex().row() < 1:
                self.places.setCurrentIndex(self.places.model().index(1, 0))

    def _on_selection_changed(self, new: QItemSelection, old: QItemSelection) -> None:
        del new, old
        self._show_places()
        self.merge_button.setEnabled(len(self._chosen()) > 1)

    def _show_places(self) -> None:
        entity = self.model.entity(self.table.currentIndex().row())
        self.places.clear_rows()
        if entity is None:
            self._forms.clear()
            return
        words = tr("Written: {forms}", forms=", ".join(entity.forms))
        doubtful = sum(one.is_doubtful for one in entity.hits)
        if doubtful and not entity.is_doubtful:
            words += " · " + tr_n("{n} place is doubtful", "{n} places are doubtful", doubtful)
        self._forms.setText(words)
        if not entity.hits:
            self._forms.setText(tr("Only in the project's lists; no text names it."))
        rows: list[HeadRow | HitRow] = []
        by_place: dict[TextPlace, list[NameHit]] = {}
        for hit in entity.hits:
            by_place.setdefault(hit.place, []).append(hit)
        number = current_catalogue().format_number
        for place, hits in by_place.items():
            rows.append(HeadRow(say(place_said(place, self._titles)), number(len(hits))))
            text = self._text_of(place)
            for hit in hits:
                before, behind = around(text, hit.start, hit.end)
                mark = tr("stays") if hit in entity.left else ""
                rows.append(HitRow(hit, before, hit.text, behind, mark))
        self.places.add_rows(rows)

    def _tell(self) -> None:
        left, every = self.model.count("open"), self.model.rowCount()
        accepted, doubtful = self.model.count("accepted"), self.model.count_doubtful()
        if not every:
            words = tr("Nothing is found that looks like a name.")
        elif left:
            words = tr_n("{n} name to decide on", "{n} names to decide on", left)
            if doubtful:
                words += " (" + tr_n("{n} doubtful", "{n} doubtful", doubtful) + ")"
            words += ", " + tr_n("{n} to replace", "{n} to replace", accepted) + "."
        else:
            words = tr_n(
                "All is decided: {n} name to replace.", "All is decided: {n} names to replace.",
                accepted,
            )  # fmt: skip
        self._summary.setText(words)
        self.replace.setEnabled(accepted > 0)
        self.rest_button.setEnabled(left > doubtful)
        for button in (self.accept_button, self.reject_button, self.change_button):
            button.setEnabled(every > 0)
        self.merge_button.setEnabled(len(self._chosen()) > 1)
