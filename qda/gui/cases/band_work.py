"""Bands of an indicator: defined, cut otherwise and removed from the table of offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.cases.rows import numbers_of
from qda.model.entities import Variable
from qda.model.ids import BandingId, VariableId
from qda.store import project_info

if TYPE_CHECKING:
    from qda.gui.cases.bands_dialog import BandsDialog
    from qda.gui.cases.workspace import CasesWorkspace
    from qda.model.bands import BandDefinition


class BandWork(QObject):
    """Ask for bands, and take the column of those that were made at hand."""

    def __init__(self, room: CasesWorkspace) -> None:
        """Work for `room`."""
        super().__init__(room)
        self._room = room

    def variables(self) -> list[Variable]:
        """Return the variables of offices that can be cut into bands."""
        known = self._room.table.case_model().everything().variables
        return [one for one in known if one.type == "number"]

    def can_define(self) -> bool:
        """Tell whether there is a variable that can be cut into bands."""
        return self._room.can_write() and bool(self.variables())

    def can_edit(self) -> bool:
        """Tell whether the column at hand shows bands that may be changed."""
        return self._room.can_write() and self._room.table.current_bands() is not None

    def define(self) -> None:
        """Ask for bands of the variable at hand, or of the first that can be cut."""
        dialog = self._dialog(None)
        variable = self._room.table.current_variable()
        if variable is not None and variable.type == "number":
            dialog.show_variable(variable.id)

    def edit(self) -> None:
        """Ask how the bands at hand are cut otherwise."""
        shown = self._room.table.current_bands()
        if shown is not None:
            self._dialog(shown.banding.id).show_banding(shown.banding)

    def _dialog(self, banding: BandingId | None) -> BandsDialog:
        from qda.gui.cases.bands_dialog import BandsDialog  # lazy: start-up

        project = self._room.context.bridge.project
        rows = self._room.table.case_model().everything()

        def numbers(variable: VariableId, period: str) -> list[float | None]:
            found = numbers_of(project, variable, period)
            return [found.get(case.id) for case in rows.cases]

        def save(variable: int, name: str, definition: BandDefinition) -> None:
            made = self._room.actions_on_cases.save_bands(
                banding, VariableId(variable), name, definition
            )
            if made is not None:
                self._room.when_read(lambda: self.show(made))

        dialog = BandsDialog(
            self._room.context.theme, self.variables(), rows.months, numbers,
            project_info.read(project.connection).language, self._room.window(),
        )  # fmt: skip
        dialog.bands_wanted.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def show(self, banding: BandingId) -> None:
        """Take the column of bands at hand."""
        model = self._room.table.case_model()
        column = model.column_of_bands(banding)
        if column >= 0 and model.rowCount():
            row = max(self._room.table.currentIndex().row(), 0)
            self._room.table.setCurrentIndex(model.index(row, column))
            self._room.table.setFocus()

    def remove(self) -> None:
        """Remove the bands at hand."""
        shown = self._room.table.current_bands()
        if shown is not None:
            self._room.actions_on_cases.remove_bands(shown.banding)
