"""The choices for one file of an import: office, paragraphs, hyphens, encoding, speakers."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.sources.cell_delegate import CellDelegate
from qda.gui.sources.decision_model import AFTER, APPLY, BEFORE, COUNT, DecisionModel
from qda.gui.sources.fields import CalmComboBox, sentence
from qda.gui.sources.import_files import ImportFile, NewOffice
from qda.gui.theme import Theme
from qda.gui.widgets.labels import SmallCaps
from qda.model.entities import Case
from qda.model.ids import CaseId
from qda.model.reading import Decision, ReadDocument, ReadOptions, SpeakerRole

SHEET_TYPES = frozenset({"csv", "tsv", "xlsx"})
TEXT_TYPES = frozenset({"txt", "md", "markdown", "csv", "tsv"})


class ImportOptions(QScrollArea):
    """Show and change how one file is read and which office it concerns."""

    options_changed = Signal(object)
    """The user wants the file read otherwise.

    Parameters: the `ReadOptions`.
    """
    office_changed = Signal(object)
    """The user chose an office.

    Parameters: an `OfficeChoice`.
    """
    all_wanted = Signal()
    """The user wants these choices for all files."""
    survey_wanted = Signal()
    """The user wants the sheet as answers to a survey."""
    place_wanted = Signal(str)
    """The user looks at a proposal.

    Parameters: the words of its place in the text.
    """

    def __init__(self, theme: Theme, cases: Sequence[Case], parent: QWidget | None = None) -> None:
        """Offer `cases` to link to."""
        super().__init__(parent)
        self._theme = theme
        self._cases = cases
        self._options = ReadOptions()
        self._labels: tuple[str, ...] = ()
        self._table_key = ""
        self._is_sheet = False
        self._roles: dict[str, CalmComboBox] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QFrame(self)
        self._page.setProperty("kind", "pane")
        self._layout = QVBoxLayout(self._page)
        self._build_form()
        self._build_speakers()
        self._build_decisions()
        self._remarks_title = SmallCaps(theme, tr("Remarks"), self._page)
        self._remarks = sentence(parent=self._page, kind="")
        self.survey = QPushButton(tr("Import as sur&vey answers …"), self._page)
        self._all = QPushButton(tr("Use these choices for &all files"), self._page)
        for widget in (self._remarks_title, self._remarks, self.survey, self._all):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        self.setWidget(self._page)
        self.set_theme(theme)
        for box in (self._paragraphs, self._hyphens, self._encoding, self.rows):
            box.currentIndexChanged.connect(self._on_form_changed)
        self._office.currentIndexChanged.connect(self._on_office_changed)
        self._all.clicked.connect(self.all_wanted)
        self.survey.clicked.connect(self.survey_wanted)

    # --------------------------------------------------------------------------------- building

    def _build_form(self) -> None:
        self._office = CalmComboBox(
            tr("Concerns the office"), self._office_choices(None), self._page
        )
        self._paragraphs = CalmComboBox(
            tr("Paragraphs"),
            [
                ("auto", tr("As the text shows")),
                ("lines", tr("Every line is one")),
                ("blank", tr("A blank line ends one")),
            ],
            self._page,
        )
        self._hyphens = CalmComboBox(
            tr("Hyphens at line ends"),
            [
                ("auto", tr("Join where the word shows it")),
                ("join", tr("Join them all")),
                ("keep", tr("Keep them all")),
            ],
            self._page,
        )
        self._encoding = CalmComboBox(tr("Encoding"), (), self._page)
        self.rows = CalmComboBox(
            tr("Each row is"),
            [(True, tr("A turn of somebody who speaks")), (False, tr("Text under its headings"))],
            self._page,
        )
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, box in (
            (tr("Concerns the &office"), self._office),
            (tr("&Paragraphs"), self._paragraphs),
            (tr("&Hyphens"), self._hyphens),
            (tr("&Encoding"), self._encoding),
            (tr("Each &row is"), self.rows),
        ):
            label = QLabel(text, self._page)
            label.setBuddy(box)
            self._form.addRow(label, box)
        self._office_row = 0
        self._layout.addWidget(SmallCaps(self._theme, tr("How it is read"), self._page))
        self._layout.addLayout(self._form)

    def _build_speakers(self) -> None:
        self._speakers_title = SmallCaps(self._theme, tr("Speakers"), self._page)
        self._speakers_none = sentence(
            tr("No speakers were found; the text comes in without turns."), self._page
        )
        self._speakers = QWidget(self._page)
        self._speakers_grid = QGridLayout(self._speakers)
        self._speakers_grid.setContentsMargins(0, 0, 0, 0)
        self._speakers_grid.setColumnStretch(0, 1)
        for widget in (self._speakers_title, self._speakers_none, self._speakers):
            self._layout.addWidget(widget)

    def _build_decisions(self) -> None:
        self._decisions_title = SmallCaps(self._theme, "", self._page)
        self._decisions_none = sentence(
            tr("Nothing is joined or left out: the text is as in the file."), self._page
        )
        self.decisions = DecisionModel(self)
        self._table = QTableView(self._page)
        self._table.setModel(self.decisions)
        self._cells = CellDelegate(self._theme, self._table)
        self._table.setItemDelegate(self._cells)
        self._table.setAccessibleName(tr("What is joined and left out"))
        self._table.setShowGrid(False)
        self._table.setWordWrap(False)
        self._table.setFrameShape(QFrame.Shape.NoFrame)
        self._table.setTabKeyNavigation(False)
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self._table.verticalHeader().setVisible(False)
        header = self._table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (BEFORE, AFTER):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (APPLY, COUNT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        for widget in (self._decisions_title, self._decisions_none, self._table):
            self._layout.addWidget(widget)
        self.decisions.switched.connect(self._on_decision_switched)
        self._table.selectionModel().currentRowChanged.connect(self._on_decision_chosen)

    def _office_choices(
        self, guess: CaseId | None, new: NewOffice | None = None
    ) -> list[tuple[object, str]]:
        named = next((one.name for one in self._cases if one.id == guess), "")
        by_name = tr("By the file's name: {name}", name=named or tr("none"))
        return [
            ("guess", by_name),
            (None, tr("None")),
            *([(new, tr("A new one: {name}", name=new.name))] if new is not None else []),
            *((one.id, one.name) for one in self._cases),
        ]

    # ---------------------------------------------------------------------------------- showing

    def show_file(self, one: ImportFile) -> None:
        """Show the choices of a file that was read."""
        read = one.read
        assert read is not None  # noqa: S101 - only files that were read are shown here
        self._options = one.options
        new = one.office if isinstance(one.office, NewOffice) else None
        if new is None and one.folder:
            new = NewOffice(one.folder)
        self._office.set_options(self._office_choices(one.guess, new))
        self._office.set_value(one.office)
        self._form.setRowVisible(0, bool(self._cases) or new is not None)
        self._paragraphs.set_value(one.options.paragraphs)
        self._hyphens.set_value(one.options.hyphens)
        is_text, is_sheet = read.file_type in TEXT_TYPES, read.file_type in SHEET_TYPES
        self._is_sheet = is_sheet
        self._form.setRowVisible(1, not is_sheet)
        self._form.setRowVisible(2, not is_sheet)
        self.survey.setVisible(read.survey)
        self._form.setRowVisible(3, is_text)
        if is_text:
            self._encoding.set_options(_encodings(read.encoding))
            self._encoding.set_value(one.options.encoding)
        self._show_speakers(read)
        table = next((decision for decision in read.decisions if decision.kind == "sheet"), None)
        self._table_key = table.key if table is not None else ""
        self._form.setRowVisible(4, table is not None)
        if table is not None:
            self.rows.set_value(table.applied)
        self._show_decisions([decision for decision in read.decisions if decision is not table])
        remarks = [say(warning) for warning in read.warnings]
        if one.twin:
            remarks.append(tr("The text is the same as that of {name}.", name=one.twin))
        if one.problem is not None:
            remarks.insert(0, say(one.problem))
        if read.notes:
            remarks.append(
                tr_n(
                    "{n} comment or footnote is kept beside the text.",
                    "{n} comments and footnotes are kept beside the text.",
                    len(read.notes),
                )
            )
        self._remarks.setText("\n\n".join(remarks))
        for widget in (self._remarks_title, self._remarks):
            widget.setVisible(bool(remarks))

    def _show_speakers(self, read: ReadDocument) -> None:
        labels = tuple(dict.fromkeys((*read.speakers, *self._options.speakers)))
        if set(labels) != set(self._labels):
            self._labels = labels
            self._rebuild_speakers()
        counts: dict[str, int] = {}
        asking: set[str] = set()
        for turn in read.turns:
            counts[turn.label] = counts.get(turn.label, 0) + 1
            if turn.interviewer:
                asking.add(turn.label)
        for label, box in self._roles.items():
            given = self._options.speakers.get(label)
            found: SpeakerRole = "interviewer" if label in asking else "informant"
            box.set_value(given or found)
        for row, label in enumerate(self._roles):
            item = self._speakers_grid.itemAtPosition(row, 1)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QLabel):
                widget.setText(tr_n("{n} turn", "{n} turns", counts.get(label, 0)))
        self._speakers.setVisible(bool(self._labels))
        self._speakers_none.setVisible(not self._labels)

    def _rebuild_speakers(self) -> None:
        while (item := self._speakers_grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._roles = {}
        for row, label in enumerate(self._labels):
            name = sentence(label, self._speakers, kind="")
            turns = QLabel(self._speakers)
            turns.setProperty("kind", "muted")
            box = CalmComboBox(
                tr("Who is {name}", name=label),
                [
                    ("interviewer", tr("Interviewer")),
                    ("informant", tr("Informant")),
                    ("none", tr("Not a speaker")),
                ],
                self._speakers,
            )
            self._roles[label] = box
            self._speakers_grid.addWidget(name, row, 0)
            self._speakers_grid.addWidget(turns, row, 1)
            self._speakers_grid.addWidget(box, row, 2)
            box.currentIndexChanged.connect(partial(self._on_role_changed, label))

    def _show_decisions(self, decisions: Sequence[Decision]) -> None:
        self.decisions.set_decisions(decisions)
        places = sum(one.count for one in decisions if one.applied)
        number = current_catalogue().format_number(places)
        self._decisions_title.setText(
            tr("Joined and left out: {number}", number=number)
            if decisions
            else tr("Joined and left out")
        )
        self._table.setVisible(bool(decisions))
        # What is left out of a sheet stands in the remarks.
        self._decisions_title.setVisible(bool(decisions) or not self._is_sheet)
        self._decisions_none.setVisible(not decisions and not self._is_sheet)
        rows = min(len(decisions), 9)
        self._table.setFixedHeight(self._theme.px(36 + 26 * rows))
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(self._page.minimumSizeHint().width() + bar)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(theme.px(8))
        self._form.setHorizontalSpacing(theme.px(8))
        self._form.setVerticalSpacing(theme.px(6))
        self._speakers_grid.setSpacing(theme.px(6))
        self._table.verticalHeader().setDefaultSectionSize(theme.px(26))
        self._table.horizontalHeader().setMinimumSectionSize(theme.px(60))
        self._table.setColumnWidth(APPLY, theme.px(104))
        self._table.setColumnWidth(COUNT, theme.px(62))

    # ----------------------------------------------------------------------------------- slots

    def _on_form_changed(self) -> None:
        choices = dict(self._options.choices)
        if self._table_key:
            choices[self._table_key] = bool(self.rows.value())
        self._want(
            replace(
                self._options,
                paragraphs=self._paragraphs.value(),  # type: ignore[arg-type] - own values
                hyphens=self._hyphens.value(),  # type: ignore[arg-type]
                encoding=str(self._encoding.value() or ""),
                choices=choices,
            )
        )

    def _on_role_changed(self, label: str, _index: int) -> None:
        roles = {**self._options.speakers, label: self._roles[label].value()}
        self._want(replace(self._options, speakers=roles))  # type: ignore[arg-type]

    def _on_decision_switched(self, key: str, applied: bool) -> None:  # noqa: FBT001 - slot
        self._want(replace(self._options, choices={**self._options.choices, key: applied}))

    def _on_decision_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            one = self.decisions.decision(index.row())
            self.place_wanted.emit(one.after if one.applied else one.before.partition("\n")[0])

    def _on_office_changed(self) -> None:
        self.office_changed.emit(self._office.value())

    def _want(self, options: ReadOptions) -> None:
        self._options = options
        self.options_changed.emit(options)

    def role_box(self, label: str) -> CalmComboBox:
        """Return the choice of who a speaker is."""
        return self._roles[label]

    @property
    def boxes(self) -> tuple[CalmComboBox, CalmComboBox, CalmComboBox, CalmComboBox]:
        """Return the choices of office, paragraphs, hyphens and encoding."""
        return self._office, self._paragraphs, self._hyphens, self._encoding


def _encodings(found: str) -> list[tuple[object, str]]:
    names = {
        "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252",
        "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "utf-16": "UTF-16",
    }  # fmt: skip
    shown = names.get(found, found)
    return [
        ("", tr("As found: {name}", name=shown)),
        ("utf-8", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ]
