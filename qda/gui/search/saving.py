"""Saved searches in the workspace: kept, asked again, renamed, removed, each a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.language import tr
from qda.gui.search.asked import asked_of
from qda.gui.search.saved_sheet import SavedSheet
from qda.model.errors import UserError
from qda.model.searching import SavedSearch
from qda.operations import searches
from qda.store import saved_searches

if TYPE_CHECKING:
    from qda.gui.search.workspace import SearchWorkspace


class Saving(QObject):
    """Keep searches on behalf of the workspace."""

    def __init__(self, room: SearchWorkspace) -> None:
        """Show nothing yet."""
        super().__init__(room)
        self._room = room
        self.sheet: SavedSheet | None = None

    def saved(self) -> tuple[SavedSearch, ...]:
        """Return the saved searches."""
        return saved_searches.all_searches(self._room.context.bridge.project.connection)

    def can_save(self) -> bool:
        """Tell whether there is something to save, and a place for it."""
        return self._room.can_write() and bool(self._room.bar.field.text().strip())

    def open(self) -> None:
        """Show the saved searches below their button."""
        room = self._room
        self.sheet = SavedSheet(
            room.context.theme,
            self.saved(),
            room.bar,
            writable=room.can_write(),
            can_save=self.can_save(),
        )
        self.sheet.search_wanted.connect(self.ask)
        self.sheet.save_wanted.connect(self.save)
        self.sheet.rename_wanted.connect(self.rename)
        self.sheet.remove_wanted.connect(self.remove)
        self.sheet.destroyed.connect(self._on_sheet_destroyed)
        self.sheet.open_below(room.bar.saved)

    def ask(self, saved: SavedSearch) -> None:
        """Ask a saved search again."""
        entities = self._room.context.bridge.session.snapshot().entities
        self._room.ask(asked_of(saved.search, entities))

    def save(self, name: str) -> None:
        """Keep what is asked now under a name."""
        room = self._room
        try:
            search = room.finding.search_now()
        except UserError as error:
            room.context.bridge.failed.emit(error)
            return
        notice = tr("Saved the search «{name}».", name=" ".join(name.split()))
        room.context.bridge.run(searches.save_search, name=name, search=search, notice=notice)
        self._refresh()

    def rename(self, search: int, name: str) -> None:
        """Give a saved search another name."""
        self._room.context.bridge.run(searches.rename_search, search_id=search, name=name)
        self._refresh()

    def remove(self, search: int) -> None:
        """Remove a saved search; a quiet line offers to undo it."""
        notice = tr("Removed the saved search.")
        self._room.context.bridge.run(searches.remove_search, search_id=search, notice=notice)
        self._refresh()

    def _refresh(self) -> None:
        if self.sheet is not None:
            self.sheet.show_saved(self.saved())

    def _on_sheet_destroyed(self) -> None:
        self.sheet = None
