"""The one big decision: what of a pile of files comes in, and how it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui.job_runner import JobRunner
from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.sources.dropping import dropped_paths
from qda.gui.sources.import_files import ImportFile, ImportQueue, OfficeChoice, expand
from qda.gui.sources.import_list import ImportFileDelegate, ImportListModel
from qda.gui.sources.import_options import TEXT_TYPES, ImportOptions
from qda.gui.sources.import_preview import ImportPreview
from qda.gui.sources.office_guess import guess_office
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.model.entities import Case
from qda.model.ids import CaseId
from qda.model.reading import ReadDocument, ReadOptions


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """A file that is to come in, and the office it concerns."""

    read: ReadDocument
    office: CaseId | None


class ImportDialog(QDialog):
    """Files at the left, the text of one in the middle, its choices at the right."""

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        cases: Sequence[Case],
        known_texts: dict[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Offer `cases` to link to; `known_texts` names the sources there are by text hash."""
        super().__init__(parent)
        self._theme = theme
        self._cases = cases
        self._shown = -1
        self.queue = ImportQueue(jobs, known_texts, self)
        self.setWindowTitle(tr("Import"))
        self.setAcceptDrops(True)
        self._build_files()
        self._build_middle()
        self.options = ImportOptions(theme, cases, self)
        self._footer = self._build_footer()
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        for widget in (self._left, self._middle, self.options):
            self._split.addWidget(widget)
        self._split.setStretchFactor(1, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._split, 1)
        self._layout.addWidget(self._footer)
        self._fit(parent)
        self._connect()
        self._show_file(-1)
        self._on_queue_advanced()

    def _build_files(self) -> None:
        self._left = QFrame(self)
        self._left.setProperty("kind", "pane")
        self._files_header = PaneHeader(self._theme, tr("Files"), "", self._left)
        self.files = QListView(self._left)
        self._files_model = ImportListModel(self.queue, self)
        self._files_delegate = ImportFileDelegate(self._theme, self.files)
        self.files.setModel(self._files_model)
        self.files.setItemDelegate(self._files_delegate)
        self.files.setProperty("kind", "pane")
        self.files.setAccessibleName(tr("Files"))
        self.files.setUniformItemSizes(True)
        self.files.setMouseTracking(True)
        self.files.setFrameShape(QFrame.Shape.NoFrame)
        self.files.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self._left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._files_header)
        layout.addWidget(self.files, 1)

    def _build_middle(self) -> None:
        self._middle = QFrame(self)
        self._middle.setProperty("kind", "paper")
        self._header = PaneHeader(self._theme, "", "", self._middle)
        self.preview = ImportPreview(self._theme, self._middle)
        self._empty = EmptyPlace(self._theme, "sources", "", parent=self._middle)
        self._pages = QStackedWidget(self._middle)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.preview)
        layout = QVBoxLayout(self._middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._pages, 1)

    def _build_footer(self) -> QFrame:
        footer = QFrame(self)
        footer.setProperty("kind", "ground")
        self._told = QLabel(footer)
        self._told.setProperty("kind", "muted")
        self._bar = QProgressBar(footer)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Reading"))
        self._bar.setFixedWidth(self._theme.px(160))
        self.stop_button = QPushButton(tr("&Stop reading"), footer)
        self.stop_button.setProperty("kind", "quiet")
        self.cancel_button = QPushButton(tr("Cancel"), footer)
        self.import_button = QPushButton(tr("&Import"), footer)
        self.import_button.setDefault(True)
        for button in (self.stop_button, self.cancel_button):
            button.setAutoDefault(False)
        layout = QHBoxLayout(footer)
        side = self._theme.px(12)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(self._theme.px(12))
        layout.addWidget(self._told)
        layout.addWidget(self._bar)
        layout.addWidget(self.stop_button)
        layout.addStretch(1)
        layout.addWidget(self.cancel_button)
        layout.addWidget(self.import_button)
        return footer

    def _fit(self, parent: QWidget | None) -> None:
        theme = self._theme
        wanted_width, wanted_height = theme.px(1240), theme.px(780)
        if parent is not None:
            room = parent.window().size()
            wanted_width = min(wanted_width, room.width() - 32)
            wanted_height = min(wanted_height, room.height() - 48)
        self.resize(wanted_width, wanted_height)
        left, right = wanted_width * 22 // 100, wanted_width * 36 // 100
        self._split.setSizes([left, wanted_width - left - right, right])

    def _connect(self) -> None:
        self.files.selectionModel().currentChanged.connect(self._on_files_current_changed)
        self._files_model.dataChanged.connect(self._on_files_model_data_changed)
        self.queue.file_changed.connect(self._on_queue_file_changed)
        self.queue.advanced.connect(self._on_queue_advanced)
        self.options.options_changed.connect(self._on_options_changed)
        self.options.office_changed.connect(self._on_office_changed)
        self.options.all_wanted.connect(self.use_for_all)
        self.options.place_wanted.connect(self.preview.show_place)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self.cancel_button.clicked.connect(self.reject)
        self.import_button.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)

    # ----------------------------------------------------------------------------- from outside

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Take in files, and the readable files of folders, and begin to read them."""
        fresh = [ImportFile(path, guess=guess_office(path, self._cases)) for path in expand(paths)]
        self.queue.add(fresh)
        current = max(self._shown, 0)
        self._files_model.reload()
        if self.queue.files:
            self.files.setCurrentIndex(self._files_model.index(current))
        self._on_queue_advanced()

    def choices(self) -> tuple[ImportChoice, ...]:
        """Return the files that are to come in."""
        return tuple(
            ImportChoice(one.read, one.linked_to)
            for one in self.queue.files
            if one.importable and one.read is not None
        )

    def use_for_all(self) -> None:
        """Read every file as the one shown: paragraphs, hyphens, speakers, encoding, office."""
        if self._shown < 0:
            return
        model = self.queue.files[self._shown]
        wanted = model.options
        for place, one in enumerate(self.queue.files):
            is_text = one.path.suffix.lower().removeprefix(".") in TEXT_TYPES
            options = ReadOptions(
                hyphens=wanted.hyphens,
                paragraphs=wanted.paragraphs,
                encoding=wanted.encoding if is_text else one.options.encoding,
                choices=one.options.choices,
                speakers={**one.options.speakers, **wanted.speakers},
            )
            one.office = model.office
            self.queue.set_options(place, options)

    # ------------------------------------------------------------------------------------ slots

    def _on_files_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self._show_file(current.row())

    def _on_files_model_data_changed(self) -> None:
        self._tell()

    def _on_queue_file_changed(self, place: int) -> None:
        if place == self._shown:
            self._show_file(place)

    def _on_queue_advanced(self) -> None:
        files, done = self.queue.files, self.queue.done
        busy = self.queue.reading
        self._bar.setVisible(busy)
        self._bar.setRange(0, max(1, len(files)))
        self._bar.setValue(done)
        unread = any(one.state == "waiting" for one in files)
        self.stop_button.setVisible(busy or unread)
        self.stop_button.setText(tr("&Stop reading") if busy else tr("&Read the rest"))
        self._tell()

    def _tell(self) -> None:
        files, done = self.queue.files, self.queue.done
        failed = sum(one.state == "failed" for one in files)
        parts = [tr("{done} of {n} read", done=done, n=len(files))]
        if failed:
            parts.append(tr_n("{n} cannot be read", "{n} cannot be read", failed))
        self._told.setText(" · ".join(parts))
        self._files_header.set_right(current_catalogue().format_number(len(files)))
        ready = len(self.choices())
        self.import_button.setText(
            tr_n("&Import {n} file", "&Import {n} files", ready) if ready else tr("&Import")
        )
        self.import_button.setEnabled(bool(ready) and not self.queue.reading)

    def _on_options_changed(self, options: ReadOptions) -> None:
        if self._shown >= 0:
            self.queue.set_options(self._shown, options)

    def _on_office_changed(self, office: OfficeChoice) -> None:
        if self._shown >= 0:
            self.queue.files[self._shown].office = office

    def _on_stop_clicked(self) -> None:
        if self.queue.reading:
            self.queue.stop()
        else:
            self.queue.resume()

    def _on_finished(self) -> None:
        self.queue.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files in here too."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped files to the pile."""
        event.acceptProposedAction()
        self.add_paths(dropped_paths(event.mimeData()))

    # ---------------------------------------------------------------------------------- showing

    def _show_file(self, place: int) -> None:
        self._shown = place
        one = self.queue.files[place] if place >= 0 else None
        read = one.read if one is not None else None
        self.options.setEnabled(read is not None)
        self.options.setVisible(read is not None)
        if one is None or read is None:
            self._header.set_title(one.path.name if one is not None else "")
            self._header.set_right("")
            self._empty.set_texts(*_why_empty(one))
            self._pages.setCurrentWidget(self._empty)
            self.preview.show_document(None)
            return
        self._header.set_title(one.path.name)
        characters = current_catalogue().format_number(len(read.text))
        self._header.set_right(tr("{number} characters", number=characters))
        self._pages.setCurrentWidget(self.preview)
        self.preview.show_document(read)
        self.options.show_file(one)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._bar.setFixedWidth(theme.px(160))
        self._files_delegate.set_theme(theme)


def _why_empty(one: ImportFile | None) -> tuple[str, str]:
    if one is None:
        return tr("There is nothing to import."), tr("Drop files or folders here.")
    if one.state == "failed":
        return tr("This file cannot be imported"), say(one.problem) if one.problem else ""
    if one.state == "reading":
        return tr("The file is being read."), ""
    return tr("The file has not been read yet."), ""
