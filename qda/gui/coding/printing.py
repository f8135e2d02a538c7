"""The open source on paper with its margin: previewed, printed, or saved as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPagedPaintDevice

from qda.gui import paper
from qda.gui.language import tr
from qda.gui.widgets.transcript.data import SegmentView, TranscriptText
from qda.gui.widgets.transcript.paper import PaperTranscript, PaperWords
from qda.jobs.progress import Progress

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace

LONG = 200_000
"""Characters above which a source is printed without a preview: that is drawn in one go."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is drawn: it needs neither the project nor the window."""

    title: str
    words: PaperWords
    source: TranscriptText
    segments: tuple[SegmentView, ...]
    columns: tuple[str, ...]

    def draw(self, device: QPagedPaintDevice, progress: Progress) -> None:
        """Draw every page. Raises Cancelled."""
        PaperTranscript(self.source, self.segments, self.columns, device).paint(
            self.words, progress
        )


class Printing(QObject):
    """Bring the source that is worked in onto paper; names of coders only when asked for."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Print on behalf of `room`."""
        super().__init__(room)
        self._room = room
        self.named = False

    def toggle_names(self) -> None:
        """Put the names of coders on paper until the project is closed, or leave them out."""
        self.named = not self.named
        self._room.context.bridge.told.emit(
            tr("Names of coders are put on paper until you close the project.")
            if self.named
            else tr("Names of coders are left out on paper.")
        )

    def sheet(self) -> Sheet | None:
        """Return what is drawn of the open source as it is shown; None where none is open."""
        room = self._room
        if room.open is None:
            return None
        segments, columns = room.open.paper_segments(room.known_codes(), named=self.named)
        title = room.open.document.name
        sight = room.layers.sight
        whole = sight.coders is None and sight.codes is None
        head = title if whole else tr("{name} (not all codings)", name=title)
        words = PaperWords(head, tr("Page {n} of {all}", n="{n}", all="{all}"))
        return Sheet(title, words, room.open.transcript(), tuple(segments), columns)

    def ask_print(self) -> None:
        """Show the pages, to print them from there; a very long source goes to the printer."""
        sheet, room = self.sheet(), self._room
        if sheet is None:
            return
        if len(sheet.source.text) <= LONG:
            paper.show_preview(room.window(), lambda to: sheet.draw(to, Progress()), sheet.title)
            return
        printer = paper.choose_printer(room, sheet.title)
        if printer is not None:
            self.print_on(printer, sheet)

    def print_on(self, printer: QPagedPaintDevice, sheet: Sheet) -> None:
        """Print in a worker."""

        def work(progress: Progress) -> None:
            sheet.draw(printer, progress)

        self._room.context.jobs.start(
            tr("Printing {name}", name=sheet.title), work, self._on_printed
        )

    def ask_pdf(self) -> None:
        """Ask where to write the open source with its margin as a PDF file."""
        room = self._room
        if room.open is not None:
            folder = room.context.bridge.project.path.parent
            path = paper.ask_path(room, room.open.document.name, folder)
            if path is not None:
                self.write_pdf(path)

    def write_pdf(self, path: Path) -> None:
        """Write the open source as it is shown, with its margin, as a PDF file in a worker."""
        sheet = self.sheet()
        if sheet is None:
            return

        def work(progress: Progress) -> Path:
            paper.save_pdf(path, lambda to: sheet.draw(to, progress), sheet.words.head)
            return path

        self._room.context.jobs.start(
            tr("Writing {name}", name=path.name), work, self._on_pdf_written
        )

    def _on_pdf_written(self, path: Path) -> None:
        self._room.context.bridge.told.emit(tr("The source is in {file}.", file=path.name))

    def _on_printed(self, nothing: object) -> None:
        del nothing
        self._room.context.bridge.told.emit(tr("The source is at the printer."))
