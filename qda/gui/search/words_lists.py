"""Lists of words made, shown, and written to files, on behalf of the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from qda.gui.language import current_catalogue, say, tr
from qda.gui.search.files import FOLDER, word_file_kinds
from qda.gui.search.words_question import WordList, work
from qda.gui.search.words_view import WordsView
from qda.gui.table_files import TableFiles
from qda.jobs.progress import Progress
from qda.model.errors import UserError

if TYPE_CHECKING:
    from qda.gui.search.workspace import SearchWorkspace


class Words(QObject):
    """Answer what the view asks, on behalf of the workspace."""

    def __init__(self, room: SearchWorkspace, view: WordsView) -> None:
        """Ask nothing before `refresh`."""
        super().__init__(room)
        self._room = room
        self._view = view
        self.found: WordList | None = None
        self.files = TableFiles(
            room.context, room, kinds=word_file_kinds(), title=tr("Export the words"), folder=FOLDER
        )
        view.asked_changed.connect(self.refresh)
        view.lines_wanted.connect(room.finding.lines_of)
        view.export.clicked.connect(lambda: self.files.offer(view.export))
        self.files.kind_chosen.connect(self.ask)
        self.files.written.connect(self._on_files_written)

    def refresh(self) -> None:
        """Make the list that is asked for."""
        room, view, asked = self._room, self._view, self._view.asked
        known = room.choices()
        if asked.kind == "apart" and not asked.group:
            room.runner.drop()
            view.say(tr("Choose a group, such as a role or an office: its words are held against "
                        "those of all others, or of another group."))  # fmt: skip
            return
        if asked.kind == "beside" and not asked.word:
            room.runner.drop()
            view.say(tr("Write a word, and see which words stand near it."))
            return
        try:
            making = work(asked, known)
        except UserError as error:
            self.refuse(error)
            return

        def made(searcher: object, progress: Progress) -> WordList:
            progress.step(0)
            return making(searcher)  # pyright: ignore[reportArgumentType]

        view.note.setText(tr("The words are being counted."))
        room.runner.ask(made, lambda _searcher, found: self._take(found))

    def _take(self, found: WordList) -> None:
        self.found = found
        self._view.show_list(found)
        self._room.words_taken()

    def refuse(self, error: UserError) -> None:
        """Say why there is no list."""
        self.found = None
        self._view.say("")
        self._view.trouble.say(say(error.message))

    def can_take(self) -> bool:
        """Tell whether there is a list to take along."""
        return self._view.isVisible() and self.found is not None and bool(self.found.rows)

    def ask(self, ending: str) -> None:
        """Ask where to write the list, and write it."""
        if self.found is not None:
            path = self.files.ask_path(ending, tr("words"))
            if path is not None:
                self.write(path)

    def write(self, path: Path) -> None:
        """Write the list as it came."""
        found, translator = self.found, current_catalogue()
        if found is None:
            return

        def write(target: Path, progress: Progress) -> None:
            from qda.formats.word_tables import WordTable, write_word_table

            del progress
            first = found.rows[0] if found.rows else tuple("" for _ in found.headings)
            headings = tuple(
                (heading, "text" if isinstance(cell, str) else "number")
                for heading, cell in zip(found.headings, first, strict=True)
            )
            table = WordTable(found.title, headings, tuple(found.rows), (found.note,))  # pyright: ignore[reportArgumentType]
            write_word_table(target, table, translator)

        self.files.write_by(path, write)

    def _on_files_written(self, path: object) -> None:
        if isinstance(path, Path):
            self._room.context.bridge.told.emit(tr("Written: {name}", name=path.name))

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        QGuiApplication.clipboard().setText(self._view.table.copied())
