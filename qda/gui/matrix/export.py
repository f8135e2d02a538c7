"""The matrix as a file: which kinds there are, and writing one without holding up the window."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from qda.gui.context import Context
from qda.gui.language import current_catalogue, say, tr
from qda.gui.matrix import engine
from qda.gui.pictures import picture_bytes
from qda.gui.table_files import TableFiles
from qda.jobs.progress import Progress
from qda.model.contrast import Contrast
from qda.model.matrix import Matrix
from qda.model.pictures import Picture

if TYPE_CHECKING:
    from qda.gui.matrix.agreeing import Comparison
    from qda.model.agreement import Standing


def file_kinds(*, contrast: bool = False) -> list[tuple[str, str]]:
    """Return the endings that can be written, each with what it is for."""
    kinds = [
        (".xlsx", tr("Excel, with quotes and codebook")),
        (".ods", tr("OpenDocument, with quotes")),
        (".docx", tr("Word, with quotes")),
        (".html", tr("Web page")),
        (".csv", tr("Table as text (CSV)")),
        (".md", tr("Markdown")),
        (".tex", tr("LaTeX")),
        (".json", tr("Data (JSON)")),
    ]
    return kinds[:-1] if contrast else kinds


def picture_kinds() -> list[tuple[str, str]]:
    """Return the endings that a picture can be written with, each with what it is for."""
    return [
        (".svg", tr("Picture for print (SVG)")),
        (".pdf", tr("Picture for print (PDF)")),
        (".png", tr("Picture in dots (PNG)")),
    ]


class MatrixFiles(TableFiles):
    """Write matrices in a worker."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Use the jobs, settings and session of `context`."""
        super().__init__(
            context,
            parent,
            kinds=[*file_kinds(), *picture_kinds()],
            title=tr("Export the matrix"),
            folder="matrix.folder",
        )

    def write(self, path: Path, matrix: Matrix) -> None:
        """Write a matrix; tell by `written` when it is there. Problems are told by the jobs."""
        export = engine.bundle(self._context.bridge.session, matrix)
        translator = current_catalogue()

        def write(target: Path, progress: Progress) -> None:
            from qda.formats.matrix_files import write_matrix  # lazy: it brings the writers

            del progress
            write_matrix(target, export, translator)

        self.write_by(path, write)

    def write_picture(self, path: Path, pages: Sequence[Picture]) -> None:
        """Write a picture, in a PDF page by page; likewise."""
        data = picture_bytes(path.suffix.casefold(), *pages)

        def write(target: Path, progress: Progress) -> None:
            from qda.formats.atomic import atomic_write  # lazy: start-up

            del progress
            atomic_write(target, data)

        self.write_by(path, write)

    def write_contrast(self, path: Path, found: Contrast) -> None:
        """Write two groups side by side; likewise."""
        from qda.formats.writeup_files import TABLES, require_ending, write_writeup
        from qda.operations.writeup.contrast import contrast_material, contrast_text

        require_ending(path)
        session = self._context.bridge.session
        material = contrast_material(
            session.project.connection, session.snapshot(), current_catalogue()
        )
        table = path.suffix.casefold() in TABLES
        text = contrast_text(material, found, table=table)

        def write(target: Path, progress: Progress) -> None:
            del progress
            write_writeup(target, text)

        self.write_by(path, write)

    def write_agreement(self, path: Path, found: Comparison, standing: dict[str, Standing]) -> None:
        """Write how well two coders agree; likewise."""
        from qda.formats.writeup_files import TABLES, require_ending, write_writeup
        from qda.operations.writeup.agreement import agreement_data, agreement_text
        from qda.operations.writeup.contrast import contrast_material

        if path.suffix.casefold() == ".json":
            data = agreement_data(found.report, say)
            text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
            self.write_by(path, partial(_write_text, text))
            return
        require_ending(path)
        session = self._context.bridge.session
        material = contrast_material(
            session.project.connection, session.snapshot(), current_catalogue()
        )
        table = path.suffix.casefold() in TABLES
        writeup = agreement_text(material, found.report, found.conflicts, standing, table=table)

        def write(target: Path, progress: Progress) -> None:
            del progress
            write_writeup(target, writeup)

        self.write_by(path, write)


def _write_text(text: str, target: Path, progress: Progress) -> None:
    from qda.formats.atomic import atomic_write  # lazy: start-up

    del progress
    atomic_write(target, text)


def show_folder(path: Path) -> bool:
    """Show the folder of a file in the system's file manager."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
