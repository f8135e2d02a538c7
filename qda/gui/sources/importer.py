"""The way in: ask for files, show the import dialog, commit what was chosen as one step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.gui.context import Context
from qda.gui.language import tr, tr_n
from qda.jobs.progress import Progress
from qda.store import cases, documents

if TYPE_CHECKING:
    from qda.gui.sources.import_dialog import ImportDialog
    from qda.gui.sources.survey_dialog import SurveyDialog
    from qda.model.changes import OpResult
    from qda.model.survey import SurveyChoices
    from qda.operations.document_import import ImportedFiles
    from qda.operations.sheets import ParticipantSheet
    from qda.operations.survey import ImportedSurvey
    from qda.operations.survey_sheets import SurveySheet


class Importer(QObject):
    """Import documents and participants into the project."""

    imported = Signal(object)
    """Documents came in.

    Parameters: the DocumentId of the first.
    """

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Ask over `parent`."""
        super().__init__(parent)
        self._context = context
        self._parent = parent
        self._source = ""
        self.dialog: ImportDialog | None = None
        self.survey: SurveyDialog | None = None
        self._answers: SurveySheet | None = None

    def choose_files(self) -> None:
        """Ask for files and import them."""
        from qda.formats.readers import known_endings  # lazy: start-up

        endings = " ".join(f"*{ending}" for ending in known_endings())
        names, _ = QFileDialog.getOpenFileNames(
            self._parent,
            tr("Import"),
            self._context.settings.text("sources.folder"),
            f"{tr('Interviews and documents')} ({endings});;{tr('All files')} (*)",
        )
        if names:
            self._context.settings.set("sources.folder", str(Path(names[0]).parent))
            self.import_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder and import the files in it."""
        name = QFileDialog.getExistingDirectory(
            self._parent, tr("Import a folder"), self._context.settings.text("sources.folder")
        )
        if name:
            self._context.settings.set("sources.folder", name)
            self.import_paths([Path(name)])

    def import_paths(self, paths: Sequence[Path]) -> ImportDialog | None:
        """Show the import dialog for files and folders; the dialog, None when read only."""
        from qda.gui.sources.import_dialog import ImportDialog  # lazy: start-up

        if self._context.bridge.project.read_only:
            return None
        if self.dialog is not None:
            self.dialog.add_paths(paths)
            return self.dialog
        connection = self._context.bridge.project.connection
        dialog = ImportDialog(
            self._context.theme,
            self._context.jobs,
            cases.all_cases(connection),
            documents.contents(connection),
            self._parent,
        )
        self.dialog = dialog
        self._source = printed(paths)
        dialog.import_wanted.connect(self._on_dialog_import_wanted)
        dialog.cancel_wanted.connect(self._context.jobs.cancel)
        dialog.survey_wanted.connect(self.import_survey)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()
        dialog.add_paths(paths)
        return dialog

    def _on_dialog_import_wanted(self) -> None:
        from qda.gui.sources.import_choice import choice_of, import_chosen  # lazy: start-up

        dialog = self.dialog
        if dialog is None:
            return
        choice = choice_of(dialog.queue, self._source)
        dialog.begin_import(len(choice.files))
        self._context.jobs.progressed.connect(self._on_jobs_progressed)
        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Importing"),
            import_chosen,
            on_done=self._on_imported,
            on_ended=self._on_not_imported,
            choice=choice,
        )

    def _on_jobs_progressed(self, done: int, total: int, _message: object) -> None:
        if self.dialog is not None:
            self.dialog.show_import(done, total)

    def _on_imported(self, result: OpResult[ImportedFiles]) -> None:
        self._context.jobs.progressed.disconnect(self._on_jobs_progressed)
        if self.dialog is not None:
            self.dialog.end_import(done=True)
        imported = result.value.imported
        if result.step is not None:
            self._context.bridge.noticed.emit(
                tr_n("Imported {n} source.", "Imported {n} sources.", len(imported))
            )
        if imported:
            self.imported.emit(imported[0].document.id)
        self._context.bridge.reported.emit(result.value.report)

    def _on_not_imported(self) -> None:
        self._context.jobs.progressed.disconnect(self._on_jobs_progressed)
        if self.dialog is not None:
            self.dialog.end_import(done=False)

    def _on_dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    # ------------------------------------------------------------------------------- survey answers

    def choose_survey(self) -> None:
        """Ask for a sheet of survey answers and show what becomes of it."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            tr("Import survey answers"),
            self._context.settings.text("sources.folder"),
            f"{tr('Sheets')} (*.csv *.tsv *.xlsx);;{tr('All files')} (*)",
        )
        if name:
            self._context.settings.set("sources.folder", str(Path(name).parent))
            self.import_survey(Path(name))

    def import_survey(self, path: Path) -> None:
        """Read a sheet of answers, then show the dialog for it."""
        self._context.jobs.start(
            tr("Reading {name}", name=path.name),
            partial(_read_answers, path),
            self._on_answers_read,
        )

    def _on_answers_read(self, read: SurveySheet) -> None:
        from qda.gui.sources.survey_dialog import SurveyDialog  # lazy: start-up
        from qda.operations.case_matching import plain_name

        known = frozenset(
            plain_name(name)
            for one in cases.all_cases(self._context.bridge.project.connection)
            for name in (one.name, one.pseudonym)
            if name
        )
        dialog = SurveyDialog(
            self._context.theme, self._context.jobs, read, known, self.dialog or self._parent
        )
        self.survey = dialog
        self._answers = read
        dialog.import_wanted.connect(self._on_survey_import_wanted)
        dialog.cancel_wanted.connect(self._context.jobs.cancel)
        dialog.finished.connect(self._on_survey_finished)
        dialog.open()

    def _on_survey_import_wanted(self, choices: SurveyChoices) -> None:
        from qda.operations.survey import import_sheet  # lazy: start-up

        if self.survey is None:
            return
        self.survey.begin_import()
        self._context.jobs.progressed.connect(self._on_survey_progressed)
        self._context.bridge.run_in_worker(
            self._context.jobs,
            tr("Importing"),
            import_sheet,
            on_done=self._on_survey_imported,
            on_ended=self._on_survey_ended,
            read=self._answers,
            choices=choices,
        )

    def _on_survey_progressed(self, done: int, total: int, _message: object) -> None:
        if self.survey is not None:
            self.survey.show_import(done, total)

    def _on_survey_imported(self, result: OpResult[ImportedSurvey]) -> None:
        self._context.jobs.progressed.disconnect(self._on_survey_progressed)
        if self.survey is not None:
            self.survey.end_import(done=True)
        made = result.value.documents
        if result.step is not None:
            self._context.bridge.noticed.emit(
                tr_n("Imported {n} source.", "Imported {n} sources.", len(made))
            )
        if made:
            self.imported.emit(made[0][0])
        self._context.bridge.reported.emit(result.value.report)

    def _on_survey_ended(self) -> None:
        self._context.jobs.progressed.disconnect(self._on_survey_progressed)
        if self.survey is not None:
            self.survey.end_import(done=False)

    def _on_survey_finished(self) -> None:
        if self.survey is not None:
            self.survey.deleteLater()
        self.survey = self._answers = None

    # --------------------------------------------------------------------------------- participants

    def choose_participants(self) -> None:
        """Ask for a sheet and import its participants."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            tr("Import participants"),
            self._context.settings.text("sources.folder"),
            f"{tr('Sheets')} (*.csv *.tsv *.xlsx);;{tr('All files')} (*)",
        )
        if name:
            self.import_participants(Path(name))

    def import_participants(self, path: Path) -> None:
        """Take the participants and attributes of a sheet in, as one undo step."""
        self._context.jobs.start(
            tr("Reading {name}", name=path.name),
            partial(_read_sheet, path),
            self._on_participants_read,
        )

    def _on_participants_read(self, sheet: ParticipantSheet) -> None:
        from qda.operations import participants as participant_operations  # lazy: start-up

        self._context.bridge.run_by_size(
            self._context.jobs,
            tr("Importing the sheet"),
            len(sheet.rows) * (1 + len(sheet.attributes.columns)),
            participant_operations.import_participants,
            notice=tr_n("Took in {n} participant.", "Took in {n} participants.", len(sheet.rows)),
            rows=sheet.rows,
            attributes=sheet.attributes,
            source=sheet.file,
        )


def printed(paths: Sequence[Path]) -> str:
    """Return what a report calls a pile of files."""
    from qda.operations.file_import import source_name  # lazy: start-up

    return source_name(paths)


def _read_sheet(path: Path, progress: Progress) -> ParticipantSheet:
    from qda.operations.sheets import read_participants  # lazy: readers of sheets are heavy

    progress.step(0)
    return read_participants(path)


def _read_answers(path: Path, progress: Progress) -> SurveySheet:
    from qda.operations.survey_sheets import read_survey  # lazy: readers of sheets are heavy

    return read_survey(path, progress)
