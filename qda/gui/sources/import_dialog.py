"""The one big decision: what of a pile of files comes in, and how it is read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.formats.readers.folders import printable
from qda.gui.job_runner import JobRunner
from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.sources.dropping import dropped_paths
from qda.gui.sources.import_files import ImportFile, ImportQueue, NewOffice, OfficeChoice
from qda.gui.sources.import_footer import ImportFooter
from qda.gui.sources.import_options import SHEET_TYPES, TEXT_TYPES, ImportOptions
from qda.gui.sources.import_pane import FilesPane
from qda.gui.sources.import_preview import ImportPreview
from qda.gui.sources.office_guess import guess_office
from qda.gui.theme import Theme
from qda.gui.widgets.buttons import name_button
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.model.entities import Case
from qda.model.ids import CaseId
from qda.model.reading import TURNS_KEY, ReadOptions


class ImportDialog(QDialog):
    """Files at the left, the text of one in the middle, its choices at the right."""

    import_wanted = Signal()
    """The user wants in what is chosen; `begin_import` and `end_import` say how that goes."""
    cancel_wanted = Signal()
    """The user wants the import that is under way to stop."""
    survey_wanted = Signal(object)
    """The user wants a sheet as answers to a survey; it is no longer to come in from here.

    Parameters: the path.
    """

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        cases: Sequence[Case],
        known_contents: dict[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Offer `cases` to link to; `known_contents` names the sources there are by hash."""
        super().__init__(parent)
        self._theme = theme
        self._cases = cases
        self._shown = -1
        self._importing = False
        self.queue = ImportQueue(jobs, known_contents, self)
        self.queue.guess = self._guess
        self.setWindowTitle(tr("Import"))
        self.setAcceptDrops(True)
        self.left = FilesPane(theme, self.queue, cases, self)
        self.files = self.left.list
        self._build_middle()
        self.options = ImportOptions(theme, cases, self)
        self.stop_button = QPushButton(tr("&Stop reading"), self)
        self.stop_button.setProperty("kind", "quiet")
        self._footer = ImportFooter(theme, self, beside_bar=self.stop_button)
        self.import_button = self._footer.import_button
        self.cancel_button = self._footer.cancel_button
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        for widget in (self.left, self._middle, self.options):
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
        self.left.file_chosen.connect(self._show_file)
        self.left.choice_changed.connect(self._on_left_choice_changed)
        self.queue.files_added.connect(self._on_queue_files_added)
        self.queue.file_changed.connect(self._on_queue_file_changed)
        self.queue.advanced.connect(self._on_queue_advanced)
        self.options.options_changed.connect(self._on_options_changed)
        self.options.office_changed.connect(self._on_office_changed)
        self.options.all_wanted.connect(self.use_for_all)
        self.options.survey_wanted.connect(self._on_survey_wanted)
        self.options.place_wanted.connect(self.preview.show_place)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        self.cancel_button.clicked.connect(self.reject)
        self.import_button.clicked.connect(self.import_chosen)
        self.finished.connect(self._on_finished)

    # ----------------------------------------------------------------------------- from outside

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Take in files, and the readable files of folders, and begin to read them."""
        if not self._importing:
            self.queue.add_paths(paths)

    def chosen(self) -> tuple[ImportFile, ...]:
        """Return the files that are to come in."""
        return tuple(one for one in self.queue.files if one.importable)

    def import_chosen(self) -> None:
        """Ask for the import of what is chosen."""
        if self.import_button.isEnabled():
            self.import_wanted.emit()

    def begin_import(self, total: int) -> None:
        """Show that files are coming in, and leave nothing to do but to cancel."""
        self._importing = True
        self._split.setEnabled(False)
        self.stop_button.setVisible(False)
        self._footer.begin_import(total)

    def show_import(self, done: int, total: int) -> None:
        """Show how many files have come in."""
        if self._importing:
            self._footer.show_import(done, total)

    def end_import(self, *, done: bool) -> None:
        """Close when the files are in; else go on choosing."""
        self._importing = False
        if done:
            self.accept()
            return
        self._split.setEnabled(True)
        self._on_queue_advanced()
        self._footer.tell_nothing_came()

    def reject(self) -> None:
        """Cancel: the import that is under way, else the whole choice."""
        if self._importing:
            self.cancel_wanted.emit()
        else:
            super().reject()

    @property
    def told(self) -> str:
        """Return what the line at the bottom says."""
        return self._footer.told

    def use_for_all(self) -> None:
        """Read every file as the one shown: paragraphs, hyphens, speakers, encoding, office."""
        if self._shown < 0:
            return
        model = self.queue.files[self._shown]
        wanted = model.options
        for place, one in enumerate(self.queue.files):
            ending = one.path.suffix.lower().removeprefix(".")
            is_text = ending in TEXT_TYPES
            rows = {key: turns for key, turns in wanted.choices.items()
                    if key == TURNS_KEY and ending in SHEET_TYPES}  # fmt: skip
            options = ReadOptions(
                hyphens=wanted.hyphens,
                paragraphs=wanted.paragraphs,
                encoding=wanted.encoding if is_text else one.options.encoding,
                choices={**one.options.choices, **rows},
                speakers={**one.options.speakers, **wanted.speakers},
            )
            if not isinstance(model.office, NewOffice):
                one.office = model.office
            self.queue.set_options(place, options)

    # ------------------------------------------------------------------------------------ slots

    def _guess(self, one: ImportFile) -> CaseId | None:
        return guess_office(one.path, self._cases)

    def _on_left_choice_changed(self) -> None:
        self._tell()

    def _on_queue_files_added(self) -> None:
        if self._shown < 0 and self.queue.files:
            self.left.choose(0)
        self._on_queue_advanced()

    def _on_queue_file_changed(self, place: int) -> None:
        if place == self._shown:
            self._show_file(place)

    def _on_queue_advanced(self) -> None:
        files, done = self.queue.files, self.queue.done
        busy = self.queue.reading
        if busy:
            self._footer.show_bar(tr("Reading"), done, len(files))
        else:
            self._footer.hide_bar()
        if self._shown < 0:
            self._show_file(-1)
        self.stop_button.setVisible(busy or self.queue.waiting)
        self.stop_button.setText(tr("&Stop reading") if busy else tr("&Read the rest"))
        self._tell()

    def _tell(self) -> None:
        if self._importing:
            return
        number = current_catalogue().format_number
        files, done = self.queue.files, self.queue.done
        failed = sum(one.state == "failed" for one in files)
        parts = [tr("{done} of {n} read", done=number(done), n=number(len(files)))]
        if failed:
            parts.append(tr_n("{n} cannot be read", "{n} cannot be read", failed))
        self._footer.tell(" · ".join(parts))
        self.left.refresh()
        ready = sum(one.importable for one in files)
        text = tr_n("&Import {n} file", "&Import {n} files", ready) if ready else tr("&Import")
        name_button(self.import_button, text, self._theme)
        self.import_button.setEnabled(bool(ready) and not self.queue.reading)

    def _on_options_changed(self, options: ReadOptions) -> None:
        if self._shown >= 0:
            self.queue.set_options(self._shown, options)

    def _on_office_changed(self, office: OfficeChoice) -> None:
        if self._shown >= 0:
            self.queue.files[self._shown].office = office

    def _on_survey_wanted(self) -> None:
        """Hand a sheet over, and close where nothing else is to come in."""
        if self._shown < 0:
            return
        one = self.queue.files[self._shown]
        one.checked = False
        self.left.model.refresh()
        if all(other is one for other in self.queue.files):
            self.reject()
        self.survey_wanted.emit(one.path)

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
            self._header.set_title(printable(one.path.name) if one is not None else "")
            self._header.set_right("")
            self._empty.set_texts(*_why_empty(one, self.queue))
            self._pages.setCurrentWidget(self._empty)
            self.preview.show_document(None)
            if one is not None:
                self.queue.want_text(place)
            return
        self._header.set_title(printable(one.path.name))
        characters = current_catalogue().format_number(len(read.text))
        self._header.set_right(tr("{number} characters", number=characters))
        self._pages.setCurrentWidget(self.preview)
        self.preview.show_document(read)
        self.options.show_file(one)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._footer.set_theme(theme)
        self.left.set_theme(theme)


def _why_empty(one: ImportFile | None, queue: ImportQueue) -> tuple[str, str]:
    if one is None:
        if queue.reading:
            return tr("Looking through the folders"), ""
        empty = [folder for found in queue.passed_over for folder in found.empty]
        if empty:
            return (
                tr("The folder {name} holds no file that can be imported.",
                   name=printable(empty[0].name)),
                tr("Drop files or folders here."),
            )  # fmt: skip
        return tr("There is nothing to import."), tr("Drop files or folders here.")
    if one.problem is not None:
        return tr("This file cannot be imported"), say(one.problem)
    if one.state == "reading" or one.summary is not None:
        return tr("The file is being read."), ""
    return tr("The file has not been read yet."), ""
