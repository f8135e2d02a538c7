"""The left of the import: the files, and what is decided for many of them at once."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QListView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.sources.fields import sentence
from qda.gui.sources.import_files import ImportFile, ImportQueue, NewOffice
from qda.gui.sources.import_list import ImportFileDelegate, ImportListModel
from qda.gui.theme import Theme
from qda.gui.widgets.labels import PaneHeader
from qda.model.entities import Case
from qda.model.ids import CaseId
from qda.operations.case_matching import plain_name


class FilesPane(QFrame):
    """Choose a file to look at, and which come in."""

    file_chosen = Signal(int)
    """The user looks at a file.

    Parameters: its place in the queue.
    """
    choice_changed = Signal()
    """What is to come in, or where it belongs, is different."""

    def __init__(
        self, theme: Theme, queue: ImportQueue, cases: Sequence[Case], parent: QWidget | None = None
    ) -> None:
        """Show the files of `queue`; `cases` are the offices there are."""
        super().__init__(parent)
        self._queue = queue
        self._offices = {plain_name(name): one.id for one in cases for name in _names(one)}
        self.setProperty("kind", "pane")
        self._header = PaneHeader(theme, tr("Files"), "", self)
        self.list = QListView(self)
        self.model = ImportListModel(queue, self)
        self._delegate = ImportFileDelegate(theme, self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setProperty("kind", "pane")
        self.list.setAccessibleName(tr("Files"))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.duplicates = QCheckBox(self)
        self.folders = QCheckBox(self)
        self._passed_over = sentence("", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self.list, 1)
        self._below = QVBoxLayout()
        for widget in (self.duplicates, self.folders, self._passed_over):
            widget.setVisible(False)
            self._below.addWidget(widget)
        layout.addLayout(self._below)
        self.set_theme(theme)
        self.list.selectionModel().currentChanged.connect(self._on_list_current_changed)
        self.model.choice_changed.connect(self.choice_changed)
        self.duplicates.toggled.connect(self._on_duplicates_toggled)
        self.folders.toggled.connect(self._on_folders_toggled)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._delegate.set_theme(theme)
        side = theme.px(12)
        self._below.setContentsMargins(side, theme.px(6), side, theme.px(6))
        self._below.setSpacing(theme.px(4))

    def refresh(self) -> None:
        """Show how many files there are, and offer what concerns many of them."""
        files = self._queue.files
        self._header.set_right(current_catalogue().format_number(len(files)))
        twins = sum(bool(one.twin) for one in files)
        self.duplicates.setVisible(bool(twins))
        self.duplicates.setText(
            tr_n("Take {n} duplicate along", "Take {n} duplicates along", twins)
        )
        folders = {one.folder for one in files if one.folder}
        self.folders.setVisible(bool(folders))
        self.folders.setText(
            tr_n("The folder is an office", "The {n} folders are offices", len(folders))
        )
        others = sum(sum(one.others.values()) for one in self._queue.passed_over)
        self._passed_over.setVisible(bool(others))
        self._passed_over.setText(
            tr_n("{n} file of another type is passed over.",
                 "{n} files of other types are passed over.", others)
        )  # fmt: skip

    def choose(self, place: int) -> None:
        """Look at a file."""
        self.list.setCurrentIndex(self.model.index(place))

    # ------------------------------------------------------------------------------------ slots

    def _on_list_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.file_chosen.emit(current.row())

    def _on_duplicates_toggled(self, along: bool) -> None:  # noqa: FBT001 - slot
        for one in self._queue.files:
            if one.twin and one.summary is not None:
                one.checked = along
        self.model.refresh()

    def _on_folders_toggled(self, offices: bool) -> None:  # noqa: FBT001 - slot
        for one in self._queue.files:
            if one.folder:
                one.office = self._office_of(one) if offices else "guess"
        self.model.refresh()

    def _office_of(self, one: ImportFile) -> CaseId | NewOffice:
        known = self._offices.get(plain_name(one.folder))
        return known if known is not None else NewOffice(one.folder)


def _names(case: Case) -> tuple[str, ...]:
    return tuple(name for name in (case.pseudonym, case.name) if name)
