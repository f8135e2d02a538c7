"""A colleague's copy beside the project: what comes, what both changed, and a choice for each."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import say, tr, tr_n
from qda.gui.merging.merge_model import (
    ITEM,
    NAME,
    REMOVED,
    WHAT,
    ConflictTable,
    NumbersTable,
    value_words,
    why_words,
)
from qda.gui.theme import Theme
from qda.gui.widgets.choice_panes import ChoicePanes
from qda.gui.widgets.padded_delegate import PaddedDelegate
from qda.model.codebook_merge import Side
from qda.model.copy_merge import CopyMergePlan


class CopyMergeDialog(QDialog):
    """Show what a merge would do; the user decides what both changed, and merges or leaves it."""

    merge_wanted = Signal()
    """The user wants the copy to be merged as it is chosen."""

    def __init__(self, theme: Theme, plan: CopyMergePlan, parent: QWidget | None = None) -> None:
        """Show a plan."""
        super().__init__(parent)
        self._plan = plan
        self.setWindowTitle(tr("Merge a colleague's copy"))
        self.numbers = self._number_table(theme)
        self.notes = self._note_list(theme)
        self.model = ConflictTable(plan, self)
        self.panes = ChoicePanes(
            theme,
            (NAME, WHAT),
            [("ours", tr("The project's")), ("theirs", tr("The copy's"))],
            {"base": tr("Before"), "ours": tr("In the project"), "theirs": tr("In the copy")},
            self,
        )
        self.panes.show_choices(self.model)
        self.table, self.side, self.texts = self.panes.table, self.panes.side, self.panes.texts
        self._summary = QLabel(self)
        self._summary.setProperty("kind", "heading")
        self._summary.setWordWrap(True)
        self.all_theirs = QPushButton(tr("Take all of the &copy's"), self)
        self.all_ours = QPushButton(tr("Keep all of &ours"), self)
        self.merge = QPushButton(tr("Merge the copy"), self)
        self.merge.setProperty("kind", "primary")
        self.buttons = QDialogButtonBox(self)
        self._lay_out(theme)
        self._connect()
        if plan.conflicts:
            self.table.selectRow(0)
        self._on_model_decided()

    # -------------------------------------------------------------------------------- building
    def _number_table(self, theme: Theme) -> QTableView:
        table = QTableView(self)
        model = NumbersTable(self._plan, table)
        table.setModel(model)
        table.setAccessibleName(tr("What comes, changes and goes"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(28))
        table.setItemDelegate(PaddedDelegate(theme.px(6), table))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(48))
        mode = QHeaderView.ResizeMode
        for column in range(REMOVED + 1):
            header.setSectionResizeMode(
                column, mode.Stretch if column == ITEM else mode.ResizeToContents
            )
            table.setColumnHidden(column, model.is_idle(column))
        return table

    def _note_list(self, theme: Theme) -> QListWidget:
        notes = QListWidget(self)
        notes.setAccessibleName(tr("What to know"))
        notes.setWordWrap(True)
        notes.setSpacing(theme.px(2))
        notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        notes.addItems(_noted(self._plan))
        return notes

    def show_outcome(self, plan: CopyMergePlan) -> None:
        """Show what comes of the choices by now; what is to be decided stays as it is listed."""
        self._plan = replace(plan, conflicts=self._plan.conflicts)
        before = self.numbers.model()
        model = NumbersTable(plan, self.numbers)
        self.numbers.setModel(model)
        before.deleteLater()
        for column in range(REMOVED + 1):
            self.numbers.setColumnHidden(column, model.is_idle(column))
        self.notes.clear()
        self.notes.addItems(_noted(plan))
        for widget in (self.notes, self._notes_label):
            widget.setVisible(bool(plan.lines))
        self._summary.setText(self._said())
        self.merge.setEnabled(not plan.empty)

    def _lay_out(self, theme: Theme) -> None:
        asks = bool(self._plan.conflicts)
        source = QLabel(self._plan.source, self)
        source.setProperty("kind", "muted")
        source.setTextFormat(Qt.TextFormat.PlainText)
        said = QLabel(" ".join(self._sentences()), self)
        said.setProperty("kind", "small")
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self._left(theme))
        right = self._right(theme)
        split.addWidget(right)
        right.setVisible(asks)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(300), theme.px(640)])
        self.buttons.addButton(self.merge, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        for widget in (source, self._summary, said):
            layout.addWidget(widget)
        nothing = self._plan.empty and not asks and not self._plan.lines
        split.setVisible(not nothing)
        layout.addWidget(split, 1)
        layout.addWidget(self.buttons)
        width, height = (980, 640) if asks else (560, 200 if nothing else 480)
        room = self.screen().availableSize()
        self.resize(QSize(theme.px(width), theme.px(height)).boundedTo(room))
        order = (self.numbers, self.notes, self.all_theirs, self.all_ours, self.table, self.side,
                 *self.texts.values(), self.merge)  # fmt: skip
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)
        (self.table if asks else self.merge).setFocus()

    def _left(self, theme: Theme) -> QWidget:
        left = QWidget(self)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, theme.px(12) if self._plan.conflicts else 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(_label(tr("What comes, changes and goes"), self.numbers))
        layout.addWidget(self.numbers, 3)
        self._notes_label = _label(tr("What to know"), self.notes)
        layout.addSpacing(theme.px(8))
        layout.addWidget(self._notes_label)
        layout.addWidget(self.notes, 2)
        for widget in (self._notes_label, self.notes):
            widget.setVisible(bool(self._plan.lines))
        return left

    def _right(self, theme: Theme) -> QWidget:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.all_theirs, self.all_ours):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        right = QWidget(self)
        layout = QVBoxLayout(right)
        layout.setContentsMargins(theme.px(12), 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(row)
        layout.addWidget(self.panes, 1)
        return right

    def _connect(self) -> None:
        self.panes.current_changed.connect(self._show_current)
        self.model.decided.connect(self._on_model_decided)
        self.all_theirs.clicked.connect(self._on_all_theirs_clicked)
        self.all_ours.clicked.connect(self._on_all_ours_clicked)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)

    # ----------------------------------------------------------------------------------- words
    def _sentences(self) -> list[str]:
        """Return what to know of the copy as a whole."""
        plan = self._plan
        found: list[str] = []
        if not plan.same_project:
            found.append(tr("{name} is a copy of another project.", name=plan.source))
        if plan.elsewhere:
            found.append(
                tr(
                    "{name} is open elsewhere; what is not saved there yet is not in it.",
                    name=plan.source,
                )
            )
        if not plan.common:
            found.append(
                tr(
                    "Nothing shows what both copies began with, so what one of them lacks is kept, "
                    "and where they differ the project's side is taken."
                )
            )
        elif plan.conflicts:
            found.append(
                tr(
                    "Compared with what both copies began with. What both changed stays as it is "
                    "in the project unless you choose otherwise: left and right arrow choose a "
                    "side, space takes the other."
                )
            )
        else:
            found.append(tr("Compared with what both copies began with."))
        if not plan.empty or plan.conflicts:
            found.append(tr("A backup is made before, and the merge can be undone."))
        return found

    def _said(self) -> str:
        plan = self._plan
        if plan.empty and not plan.conflicts:
            return tr("The copy has nothing that the project has not.")
        numbers = [sum(one.values()) for one in (plan.added, plan.updated, plan.removed)]
        words = [
            tr_n("{n} new", "{n} new", numbers[0]),
            tr_n("{n} changed", "{n} changed", numbers[1]),
            tr_n("{n} removed", "{n} removed", numbers[2]),
        ]
        parts = [word for word, number in zip(words, numbers, strict=True) if number]
        if plan.conflicts:
            parts.append(
                tr_n("{n} difference to decide", "{n} differences to decide", len(plan.conflicts))
            )
        return ", ".join(parts) + "."

    def choices(self) -> Mapping[str, Side]:
        """Return the side of each conflict, by its key."""
        return self.model.sides()

    def summary(self) -> str:
        """Return the line that sums it up."""
        return self._summary.text()

    # ---------------------------------------------------------------------------------- acting
    def _on_all_theirs_clicked(self) -> None:
        self.model.take_all("theirs")

    def _on_all_ours_clicked(self) -> None:
        self.model.take_all("ours")

    def _on_model_decided(self) -> None:
        self._summary.setText(self._said())
        self.merge.setEnabled(not self._plan.empty or self.model.theirs() > 0)
        self._show_current()

    def _show_current(self) -> None:
        conflict = self.model.conflict(self.panes.row())
        self.side.setEnabled(conflict is not None)
        if conflict is None:
            return
        self.side.set_value(self.model.side(conflict))
        self.panes.why.setText(why_words(conflict))
        there = {"base": conflict.base, "ours": conflict.ours, "theirs": conflict.theirs}
        if conflict.kind == "deleted here":
            there["ours"] = None
        elif conflict.kind == "deleted there":
            there["theirs"] = None
        self.texts["base"].setVisible(conflict.base is not None)
        self.panes.show_texts({key: value_words(text) for key, text in there.items()})

    def _on_buttons_accepted(self) -> None:
        self.accept()
        self.merge_wanted.emit()


def _noted(plan: CopyMergePlan) -> list[str]:
    """Return what to know of a plan, a line for each."""
    return [
        f"{say(line.what)}{f' ({line.count})' if line.count > 1 else ''}: {say(line.why)}"
        for line in plan.lines
    ]


def _label(text: str, of: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "label")
    label.setBuddy(of)
    return label
