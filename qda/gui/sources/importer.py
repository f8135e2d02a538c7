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
from qda.gui.sources.import_dialog import ImportDialog
from qda.jobs.progress import Progress
from qda.operations import documents as document_operations
from qda.operations import participants as participant_operations
from qda.store import cases, documents

if TYPE_CHECKING:
    from qda.operations.sheets import ParticipantSheet


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
        self.dialog: ImportDialog | None = None

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
        if self._context.bridge.project.read_only:
            return None
        if self.dialog is not None:
            self.dialog.add_paths(paths)
            return self.dialog
        connection = self._context.bridge.project.connection
        known = {one.text_hash: one.name for one in documents.all_documents(connection)}
        dialog = ImportDialog(
            self._context.theme,
            self._context.jobs,
            cases.all_cases(connection),
            known,
            self._parent,
        )
        self.dialog = dialog
        dialog.accepted.connect(self._on_dialog_accepted)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()
        dialog.add_paths(paths)
        return dialog

    def _on_dialog_accepted(self) -> None:
        if self.dialog is None:
            return
        chosen = self.dialog.choices()
        if not chosen:
            return
        result = self._context.bridge.run(
            document_operations.import_documents,
            notice=tr_n("Imported {n} source.", "Imported {n} sources.", len(chosen)),
            read=[one.read for one in chosen],
            each_linked_to=[[] if one.office is None else [one.office] for one in chosen],
        )
        if result is not None and result.value:
            self.imported.emit(result.value[0].document.id)

    def _on_dialog_finished(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

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
        self._context.bridge.run(
            participant_operations.import_participants,
            notice=tr_n("Took in {n} participant.", "Took in {n} participants.", len(sheet.rows)),
            rows=sheet.rows,
            attributes=sheet.attributes,
        )


def _read_sheet(path: Path, progress: Progress) -> ParticipantSheet:
    from qda.operations.sheets import read_participants  # lazy: readers of sheets are heavy

    progress.step(0)
    return read_participants(path)
