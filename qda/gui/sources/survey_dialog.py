"""A sheet of survey answers before it comes in: what each column is, and how that looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QFrame,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.job_runner import Job, JobRunner
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.sources.cell_delegate import CellDelegate
from qda.gui.sources.fields import CalmComboBox, sentence
from qda.gui.sources.import_footer import ImportFooter
from qda.gui.sources.survey_model import EXAMPLE, NAME, ROLE, ColumnModel, role_words
from qda.gui.sources.survey_preview import SurveyPreview
from qda.gui.theme import Theme
from qda.gui.widgets.buttons import name_button
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.jobs.progress import Progress
from qda.model.survey import Respondent, SurveyChoices
from qda.operations.survey_sheets import (
    SurveySheet,
    attributes_of,
    empty_answers,
    offices_of,
    preview_survey,
)

ROWS = 3
"""Respondents that the preview shows."""
AT_ONCE = 20_000
"""Cells of a sheet that are gone through without a worker."""


class SurveyDialog(QDialog):
    """Columns at the left, the first respondents at the right."""

    import_wanted = Signal(object)
    """The user wants the answers in; `begin_import` and `end_import` say how that goes.

    Parameters: the SurveyChoices.
    """
    cancel_wanted = Signal()
    """The user wants the import that is under way to stop."""

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        read: SurveySheet,
        known_offices: frozenset[str],
        parent: QWidget | None = None,
    ) -> None:
        """Show a sheet that was read; `known_offices` are names of offices as compared."""
        super().__init__(parent)
        self._theme = theme
        self._jobs = jobs
        self._job: Job | None = None
        self._looking = 0
        self._nothing_came = False
        self._read = read
        self._known = known_offices
        self._importing = False
        self.setWindowTitle(tr("Import survey answers"))
        self._build_columns()
        self._build_preview()
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self._left)
        self._split.addWidget(self._right)
        self._split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._split, 1)
        self._footer = ImportFooter(theme, self)
        self.import_button = self._footer.import_button
        self.cancel_button = self._footer.cancel_button
        layout.addWidget(self._footer)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._fit(parent)
        self._connect()
        self.columns.set_sheet(read)
        self.table.selectRow(0)
        self._refresh()

    def _build_columns(self) -> None:
        theme = self._theme
        self._left = QFrame(self)
        self._left.setProperty("kind", "pane")
        header = PaneHeader(theme, tr("Columns"), "", self._left)
        header.set_right(str(len(self._read.sheet.columns)))
        self.columns = ColumnModel(self)
        self.table = QTableView(self._left)
        self.table.setModel(self.columns)
        self.table.setProperty("kind", "pane")
        self.table.setAccessibleName(tr("Columns"))
        self.table.setItemDelegate(CellDelegate(theme, self.table))
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(28))
        heads = self.table.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Interactive)
        heads.setSectionResizeMode(ROLE, QHeaderView.ResizeMode.Interactive)
        heads.setSectionResizeMode(EXAMPLE, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(NAME, theme.px(170))
        self.table.setColumnWidth(ROLE, theme.px(180))
        self.role = CalmComboBox(tr("What the chosen columns are"), role_words(), self._left)
        self.joined = SegmentedControl(
            theme,
            [(False, tr("Each answer")), (True, tr("Each respondent"))],
            name=tr("What one document is"),
            parent=self._left,
        )
        form = self._build_form()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.table, 1)
        column.addLayout(form)

    def _build_form(self) -> QFormLayout:
        theme = self._theme
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        side = theme.px(12)
        form.setContentsMargins(side, theme.px(8), side, side)
        form.setVerticalSpacing(theme.px(8))
        form.setHorizontalSpacing(theme.px(12))
        for text, field in (
            (tr("Chosen &columns are"), self.role),
            (tr("One &document is"), self.joined),
        ):
            label = QLabel(text, self._left)
            label.setBuddy(field)
            form.addRow(label, field)
        self._hint = sentence("", self._left)
        form.addRow(self._hint)
        return form

    def _build_preview(self) -> None:
        self._right = QFrame(self)
        self._right.setProperty("kind", "paper")
        header = PaneHeader(self._theme, tr("As they come in"), "", self._right)
        header.set_right(tr("the first {n}", n=min(ROWS, len(self._read.sheet.rows))))
        self.preview = SurveyPreview(self._theme, self._right)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.preview, 1)

    def _fit(self, parent: QWidget | None) -> None:
        theme = self._theme
        width, height = theme.px(1180), theme.px(740)
        if parent is not None:
            room = parent.window().size()
            width, height = min(width, room.width() - 32), min(height, room.height() - 48)
        self.resize(width, height)
        left = width * 54 // 100
        self._split.setSizes([left, width - left])

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.role.currentIndexChanged.connect(self._on_role_changed)
        self.joined.value_changed.connect(self._on_choices_changed)
        self.columns.dataChanged.connect(self._on_choices_changed)
        self._later.timeout.connect(self._refresh)
        self.cancel_button.clicked.connect(self.reject)
        self.import_button.clicked.connect(self._on_import_clicked)
        self.finished.connect(self._give_up)

    # ----------------------------------------------------------------------------- from outside

    def choices(self) -> SurveyChoices:
        """Return what was chosen."""
        return self.columns.choices(joined=bool(self.joined.value()))

    @property
    def told(self) -> str:
        """Return what the line at the bottom says."""
        return self._footer.told

    def begin_import(self) -> None:
        """Show that the answers are coming in, and leave nothing to do but to cancel."""
        self._give_up()
        self._importing = True
        self._split.setEnabled(False)
        self._footer.begin_import(len(self._read.sheet.rows))

    def show_import(self, done: int, total: int) -> None:
        """Show how many respondents have come in."""
        if self._importing:
            self._footer.show_import(done, total)

    def end_import(self, *, done: bool) -> None:
        """Close when the answers are in; else go on choosing."""
        self._importing = False
        if done:
            self.accept()
            return
        self._split.setEnabled(True)
        self._footer.hide_bar()
        self._nothing_came = True
        self._refresh()

    def reject(self) -> None:
        """Cancel: the import that is under way, else the whole choice."""
        if self._importing:
            self.cancel_wanted.emit()
        else:
            super().reject()

    # ------------------------------------------------------------------------------------ slots

    def _on_selection_changed(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        del selected, deselected
        rows = self._chosen()
        self.role.setEnabled(bool(rows))
        if rows:
            self.role.set_value(self.columns.role(rows[0]))

    def _on_role_changed(self) -> None:
        rows, role = self._chosen(), self.role.value()
        # Only one column can be a name; of several that are marked it is the first.
        rows = rows[:1] if role in ("respondent", "office") else rows
        self.columns.set_roles(rows, role)  # type: ignore[arg-type] - own values

    def _on_choices_changed(self) -> None:
        self._nothing_came = False
        self._later.start()

    def _on_import_clicked(self) -> None:
        self.import_wanted.emit(self.choices())

    def _chosen(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    # ---------------------------------------------------------------------------------- showing

    def _refresh(self) -> None:
        """Show what the choices come to; of a long sheet once a worker has gone through it."""
        self._give_up()
        choices, respondents = self.choices(), len(self._read.sheet.rows)
        if choices.text:
            name_button(
                self.import_button,
                tr_n("&Import {n} respondent", "&Import {n} respondents", respondents),
                self._theme,
            )
        else:
            name_button(self.import_button, tr("&Import"), self._theme)
        self.import_button.setEnabled(bool(choices.text) and not self._importing)
        look = partial(_looked_through, self._read, choices, self._known)
        if respondents * (1 + len(choices.text)) <= AT_ONCE:
            self._show(look(Progress()))
        else:
            self._job = self._jobs.start(
                tr("Reading the sheet"), look, partial(self._on_looked_through, self._looking)
            )

    def _give_up(self) -> None:
        """Leave off going through the sheet; newer choices or the end of the dialog overtake it."""
        job, self._job = self._job, None
        self._looking += 1
        if job is not None:
            self._jobs.give_up(job)

    def _on_looked_through(self, number: int, seen: _Seen) -> None:
        # It may have been done already when it was given up.
        if number == self._looking:
            self._job = None
            self._show(seen)

    def _show(self, seen: _Seen) -> None:
        if self._nothing_came:
            self._footer.tell_nothing_came()
        else:
            self._footer.tell(seen.sentence(len(self._read.sheet.rows)))
        self._hint.setText(seen.said_offices())
        self._hint.setVisible(bool(self._hint.text()))
        self.preview.show_respondents(
            seen.first, attributes_of(self._read, seen.choices), self._read.path.stem
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What choices come to: empty answers, offices named and new, and the first respondents."""

    choices: SurveyChoices
    empty: int
    offices: int
    new: int
    first: tuple[Respondent, ...]

    def sentence(self, respondents: int) -> str:
        """Say how much comes in of so many respondents."""
        columns = len(self.choices.text)
        if not columns:
            return tr("Say which columns hold the answers; they become documents.")
        answers = current_catalogue().format_number(respondents * columns - self.empty)
        parts = [
            tr_n("{n} respondent", "{n} respondents", respondents),
            tr("{number} answers", number=answers),
        ]
        if self.empty:
            parts.append(
                tr_n("{n} empty one is left out", "{n} empty ones are left out", self.empty)
            )
        return " · ".join(parts)

    def said_offices(self) -> str:
        """Say how many offices are named and how many of them are new."""
        if self.choices.case is None:
            return ""
        said = tr_n("{n} office is named", "{n} offices are named", self.offices)
        if self.new:
            said += "; " + tr_n(
                "{n} is new and will be added", "{n} are new and will be added", self.new
            )
        return said + "."


def _looked_through(
    read: SurveySheet, choices: SurveyChoices, known: frozenset[str], progress: Progress
) -> _Seen:
    """Go through a sheet for what the dialog says of it. Raises Cancelled."""
    from qda.operations.case_matching import plain_name  # lazy: start-up

    progress.step(0)
    first = tuple(preview_survey(read, choices, ROWS))
    progress.step(0)
    named = () if choices.case is None else tuple(offices_of(read, choices.case))
    new = sum(plain_name(one) not in known for one in named)
    progress.step(0)
    return _Seen(choices, empty_answers(read, choices), len(named), new, first)
