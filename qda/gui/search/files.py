"""The lines as a file or on the clipboard; who speaks is named by role alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from qda.gui.language import current_catalogue, tr
from qda.gui.table_files import TableFiles
from qda.jobs.progress import Progress

if TYPE_CHECKING:
    from qda.gui.search.workspace import SearchWorkspace

FOLDER = "search.folder"


def word_file_kinds() -> list[tuple[str, str]]:
    """Return the endings that lines and lists of words are written with, and their words."""
    return [
        (".xlsx", tr("Excel")),
        (".csv", tr("Table as text (CSV)")),
        (".docx", tr("Word")),
    ]


class LineFiles(QObject):
    """Take lines out of the window on behalf of the workspace."""

    def __init__(self, room: SearchWorkspace) -> None:
        """Use the jobs and settings of `room`."""
        super().__init__(room)
        self._room = room
        self.files = TableFiles(
            room.context,
            room,
            kinds=word_file_kinds(),
            title=tr("Export the lines"),
            folder=FOLDER,
        )
        self.files.kind_chosen.connect(self.ask)
        self.files.written.connect(self._on_files_written)

    def offer(self) -> None:
        """Let the user choose a kind of file."""
        self.files.offer(self._room.export)

    def ask(self, ending: str) -> None:
        """Ask where to write the lines, and write them."""
        if self._room.results.lines is None:
            return
        name = "".join(
            one if one.isalnum() or one in " -" else " " for one in self._room.bar.asked.query
        )
        path = self.files.ask_path(ending, " ".join(name.split())[:60] or tr("lines"))
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write all lines in the order that holds."""
        lines, query = self._room.results.lines, self._room.bar.asked.query
        translator = current_catalogue()
        if lines is None:
            return

        def write(target: Path, progress: Progress) -> None:
            from qda.formats.word_tables import concordance_table, write_word_table

            with lines.searcher.apart() as apart:
                hits = lines.read_by(apart).all_hits(progress)
            write_word_table(target, concordance_table(query, hits), translator)

        self.files.write_by(path, write)

    def _on_files_written(self, path: object) -> None:
        if isinstance(path, Path):
            self._room.context.bridge.told.emit(tr("Written: {name}", name=path.name))

    def copy(self) -> None:
        """Put the selected lines on the clipboard, a line each."""
        room = self._room
        lines, rows = room.results.lines, room.front().selected_rows()
        if lines is None or not rows:
            return
        copied = [
            "\t".join(
                (
                    line.hit.document_name, str(line.hit.turn or ""), ", ".join(line.hit.roles),
                    *(" ".join(part.split()) for part in
                      (line.hit.left, line.hit.match, line.hit.right)),
                )
            )
            for line in lines.some_lines(rows)
        ]  # fmt: skip
        QGuiApplication.clipboard().setText("\n".join(copied))
