"""A colleague's codebook beside the project's: each difference, and a choice for each."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui import icons
from qda.gui.codebook.merge_model import CODE, MergeTable, value_words
from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.choice_panes import ChoicePanes
from qda.model.codebook_merge import MergeChoice, MergePlan, Side


class MergeDialog(QDialog):
    """List the differences; the user chooses a side of each, and merges or leaves it."""

    merge_wanted = Signal()
    """The user wants what is chosen to be merged."""

    def __init__(
        self, theme: Theme, file_name: str, plan: MergePlan, parent: QWidget | None = None
    ) -> None:
        """Show `plan` for the codebook in `file_name`."""
        super().__init__(parent)
        self._plan = plan
        self.setWindowTitle(tr("Compare with a colleague's codebook"))
        mark = QIcon(icons.pixmap("warning", theme.warning, theme.px(14), self.devicePixelRatioF()))
        self.model = MergeTable(plan, mark, self)
        self.panes = ChoicePanes(
            theme,
            (CODE,),
            [("ours", tr("Keep the project's")), ("theirs", tr("Take the file's"))],
            {"base": tr("Before"), "ours": tr("In the project"), "theirs": tr("In the file")},
            self,
        )
        self.panes.show_choices(self.model)
        self.table, self.side, self.texts = self.panes.table, self.panes.side, self.panes.texts
        self._summary = QLabel(self)
        self._summary.setProperty("kind", "heading")
        self._summary.setWordWrap(True)
        self.buttons = QDialogButtonBox(self)
        self.merge = QPushButton(tr("Merge"), self)
        self.merge.setProperty("kind", "primary")
        self._lay_out(theme, file_name)
        self._connect()
        if plan.choices:
            self.table.selectRow(0)
        self._on_model_decided()

    def _lay_out(self, theme: Theme, file_name: str) -> None:
        some = bool(self._plan.choices)
        source = QLabel(file_name, self)
        source.setProperty("kind", "muted")
        said = QLabel(self._base_sentence(), self)
        said.setProperty("kind", "small")
        said.setWordWrap(True)
        self.all_theirs = QPushButton(tr("Take all of &theirs"), self)
        self.all_ours = QPushButton(tr("Keep all of &ours"), self)
        self.suggested = QPushButton(tr("As &suggested"), self)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.all_theirs, self.all_ours, self.suggested):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.panes.setVisible(some)
        for button in (self.all_theirs, self.all_ours, self.suggested):
            button.setVisible(some)
        self.buttons.addButton(self.merge, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        layout.addWidget(source)
        layout.addWidget(self._summary)
        layout.addWidget(said)
        layout.addLayout(row)
        layout.addWidget(self.panes, 1)
        layout.addWidget(self.buttons)
        room = self.screen().availableSize()
        wanted = QSize(theme.px(900), theme.px(640 if some else 200))
        self.resize(wanted.boundedTo(room))
        order = (self.all_theirs, self.all_ours, self.suggested, self.table, self.side,
                 *self.texts.values(), self.merge)  # fmt: skip
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)
        self.table.setFocus()

    def _connect(self) -> None:
        self.panes.current_changed.connect(self._show_current)
        self.model.decided.connect(self._on_model_decided)
        self.all_theirs.clicked.connect(self._on_all_theirs_clicked)
        self.all_ours.clicked.connect(self._on_all_ours_clicked)
        self.suggested.clicked.connect(self._on_suggested_clicked)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)

    def _base_sentence(self) -> str:
        if not self._plan.choices:
            return ""
        if self._plan.base is None:
            return tr(
                "The project knows no version that both started from, so whatever both say "
                "otherwise is for you to decide."
            )
        return tr(
            "Compared with the version that both started from. What only one side changed is "
            "suggested. Left and right arrow choose a side, space takes the other."
        )

    def choices(self) -> Mapping[str, Side]:
        """Return the side of each difference, by its key."""
        return self.model.sides()

    def summary(self) -> str:
        """Return the line that sums it up."""
        return self._summary.text()

    def _on_all_theirs_clicked(self) -> None:
        self.model.take_all("theirs")

    def _on_all_ours_clicked(self) -> None:
        self.model.take_all("ours")

    def _on_suggested_clicked(self) -> None:
        self.model.take_all(None)

    def _on_model_decided(self) -> None:
        left, every = self.model.undecided(), self.model.rowCount()
        if not every:
            words = tr("The project already says everything that stands in this file.")
        else:
            words = tr_n("{n} difference", "{n} differences", every)
            if left:
                words += ", " + tr_n("{n} for you to decide", "{n} for you to decide", left)
            words += "."
        self._summary.setText(words)
        self.merge.setEnabled(left == 0 and every > 0)
        self.merge.setToolTip(tr("Decide what is marked first") if left else "")
        self._show_current()

    def _show_current(self) -> None:
        choice = self.model.choice(self.panes.row())
        self.side.setEnabled(choice is not None and not choice.used)
        if choice is None:
            return
        self.side.set_value(self.model.side(choice))
        self.panes.why.setText(
            tr("It is in use here, so it is kept.") if choice.used else _nothing_said(choice)
        )
        there = {"base": choice.base, "ours": choice.ours, "theirs": choice.theirs}
        if choice.kind == "added":
            there["ours"] = None
        elif choice.kind == "removed":
            there["theirs"] = None
        self.panes.show_texts({key: value_words(choice, text) for key, text in there.items()})

    def _on_buttons_accepted(self) -> None:
        self.accept()
        self.merge_wanted.emit()


def _nothing_said(choice: MergeChoice) -> str:
    if choice.origin == "both" and choice.kind == "removed":
        return tr("The file removed it; the project changed it.")
    if choice.origin == "both" and choice.kind == "added":
        return tr("The project removed it; the file changed it.")
    return ""
