"""Coding what was found: the selected lines with a code by its key, the palette or a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.coding_hits import Place, code_places
from qda.gui.language import tr, tr_n
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.palette_match import PaletteItem
from qda.model.codebook import join_path
from qda.model.ids import CodeId, DocumentId
from qda.store import codes

if TYPE_CHECKING:
    from qda.gui.search.workspace import SearchWorkspace

SPREAD = "search.spread"


class HitCoding(QObject):
    """Code lines on behalf of the workspace."""

    def __init__(self, room: SearchWorkspace) -> None:
        """Code as much of the text as the last time."""
        super().__init__(room)
        self._room = room
        self._use: Callable[[CodeId], object] = self._use_code
        room.turn.set_spread(room.context.settings.text(SPREAD))
        room.turn.spread_changed.connect(self._on_turn_spread_changed)
        self.chooser = CommandPalette(
            room.context.theme,
            room,
            placeholder=tr("Code with"),
            nothing_text=tr("Nothing is called that"),
        )
        self.chooser.item_chosen.connect(self._on_chooser_item_chosen)
        self._reviewed: CodeId | None = None
        review = room.review
        review.code_wanted.connect(self._on_review_code_wanted)
        review.other_code_wanted.connect(self.ask_all)
        review.closed.connect(self.close_review)

    def can_code(self) -> bool:
        """Tell whether lines are selected that can be coded."""
        room = self._room
        return room.can_write() and room.table.isVisibleTo(room) and self._count() > 0

    def _count(self) -> int:
        return len(self._room.table.selected_rows())

    def offer(self) -> None:
        """Say how many lines a code would be given to."""
        count = self._count()
        self._room.turn.code.setText(
            tr("Code with …")
            if count < 2
            else tr_n("Code {n} line with …", "Code {n} lines with …", count)
        )
        self._room.turn.code.setEnabled(self.can_code())

    def ask_code(self) -> None:
        """Let the user choose the code for the selected lines."""
        if self.can_code():
            self._ask(tr("Code with"), self._use_code, only_with_words=False)

    def can_review(self) -> bool:
        """Tell whether there are lines that can be coded."""
        return self._room.can_write() and bool(self._room.table.lines.rowCount())

    def ask_all(self) -> None:
        """Let the user choose the code for all lines, which are reviewed before."""
        if self.can_review():
            self._ask(tr("Code all lines with"), self.review_with, only_with_words=False)

    def review_with(self, code: CodeId) -> None:
        """Show all lines with what a code would be given to."""
        room, lines = self._room, self._room.results.lines
        known = room.results.known_codes()
        if lines is None or code not in known or not self.can_review():
            return
        self._reviewed = code
        already: list[bool] = lines.touched_by(code).tolist()
        takes = room.turn.spread_value()
        room.review.lines.review(lines, room.results.names(), already, takes)
        room.review.show_code(known[code].name, takes)
        room.show_review(on=True)

    def close_review(self) -> None:
        """Show the lines again."""
        self.leave_review()
        self._room.show_review(on=False)

    def leave_review(self) -> None:
        """Review nothing any more: other lines are shown."""
        self._reviewed = None

    def _on_review_code_wanted(self) -> None:
        room, lines, code = self._room, self._room.results.lines, self._reviewed
        ticked = room.review.lines.ticked()
        if lines is None or code is None or not ticked:
            return
        picked: dict[DocumentId, list[Place]] = {}
        numbers = sorted(ticked)
        for number, (document, start, end) in zip(numbers, lines.places(numbers), strict=True):
            picked.setdefault(document, []).append((start, end, ticked[number]))
        self._code(picked, [code])
        self.close_review()

    def ask_words(self) -> None:
        """Let the user choose a code whose keywords are searched for."""
        self._ask(tr("Search with the keywords of"), self._search_with, only_with_words=True)

    def _ask(
        self, placeholder: str, use: Callable[[CodeId], object], *, only_with_words: bool
    ) -> None:
        self._use = use
        everything = codes.all_codes(self._room.context.bridge.project.connection)
        paths = codes.paths(everything)
        self.chooser.set_items(
            [
                PaletteItem(
                    ("code", one.id),
                    " / ".join(paths[one.id]),
                    ", ".join(one.keywords) if only_with_words else tr("code with"),
                    "" if only_with_words else one.shortcut,
                    color=one.color,
                    group="code",
                    keywords=one.keywords,
                )
                for one in everything
                if one.keywords or not only_with_words
            ]
        )
        self.chooser.set_placeholder(placeholder)
        self.chooser.open()

    def _on_chooser_item_chosen(self, item: PaletteItem) -> None:
        if isinstance(item.id, tuple):
            self._use(CodeId(item.id[1]))

    def _search_with(self, code: CodeId) -> None:
        """Put the keywords of a code into the query."""
        everything = codes.all_codes(self._room.context.bridge.project.connection)
        path = join_path(codes.paths(everything)[code])
        asked = f'code:"{path}"'
        written = self._room.bar.field.text().strip()
        self._room.bar.write(f"{written} AND {asked}" if written else asked)

    def _use_code(self, code: CodeId) -> None:
        self.code_with([code])

    def code_by_key(self, key: str) -> None:
        """Code with the code that has this key."""
        for code in self._room.results.known_codes().values():
            if code.shortcut and code.shortcut == key:
                self.code_with([code.id])
                return

    def code_with(self, wanted: Sequence[CodeId]) -> bool:
        """Code the selected lines, in one step; tell whether there were any."""
        room = self._room
        lines = room.results.lines
        if self._reviewed is not None and wanted:
            self.review_with(wanted[0])
            return True
        if lines is None or not self.can_code() or not wanted:
            return False
        how = room.turn.spread_value()
        picked: dict[DocumentId, list[Place]] = {}
        for line in lines.some_lines(room.table.selected_rows()):
            picked.setdefault(line.hit.document, []).append((line.hit.start, line.hit.end, how))

        self._code(picked, wanted)
        return True

    def _code(self, picked: dict[DocumentId, list[Place]], wanted: Sequence[CodeId]) -> None:
        room = self._room

        def coded() -> None:
            for code in wanted:
                room.code_used.emit(code)

        code_places(room.context, picked, wanted, room.results.known_codes(), coded)

    def _on_turn_spread_changed(self, spread: object) -> None:
        self._room.context.settings.set(SPREAD, str(spread))
