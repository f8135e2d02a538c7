"""The picture that stands in place of the table, and what its parts lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.blind import only_coder
from qda.gui.language import say
from qda.gui.matrix import tables
from qda.gui.matrix.drawing import Drawing, drawing
from qda.gui.pictures import inks_of
from qda.gui.theme import Theme
from qda.gui.widgets.picture_view import PictureView
from qda.model.errors import UserError
from qda.model.matrix import Matrix
from qda.model.pictures import PRINT, Picture, Spot

if TYPE_CHECKING:
    from qda.gui.matrix.workspace import MatrixWorkspace
    from qda.gui.models.choices import Choices


class Drawer(QObject):
    """Draw the question of the workspace, where a picture is asked for."""

    def __init__(self, workspace: MatrixWorkspace) -> None:
        """Make the view; nothing is drawn yet."""
        super().__init__(workspace)
        self._workspace = workspace
        self._drawing: Drawing | None = None
        self.view = PictureView(workspace.context.theme, workspace)
        self.view.hide()
        self.view.canvas.spot_chosen.connect(self._on_canvas_spot_chosen)
        self.view.canvas.spot_activated.connect(self._on_canvas_spot_activated)

    @property
    def drawn(self) -> bool:
        """Tell whether a picture is shown."""
        return self._drawing is not None

    @property
    def of_cells(self) -> bool:
        """Tell whether what is shown has cells with evidence behind them."""
        return self._drawing is None or self._drawing.cells

    def for_print(self, *, paged: bool = False) -> tuple[Picture, ...]:
        """Return the picture in the colours of paper; nothing where the table is shown.

        Where it is `paged`, what is too high for a page is several.
        """
        if self._drawing is None:
            return ()
        return self._drawing.pages(PRINT) if paged else (self._drawing.draw(PRINT),)

    def show(self, matrix: Matrix, known: Choices) -> None:
        """Show the table, or a picture instead; where nothing can be drawn, say why."""
        workspace = self._workspace
        session, only = workspace.context.bridge.session, only_coder(workspace.context)
        table = workspace.table
        focused = table.hasFocus() or self.view.canvas.hasFocus()
        try:
            spec = tables.spec_of(session, known, workspace.question, only)
            self._drawing = drawing(session, known, workspace.question, spec, matrix)
            self._draw(workspace.context.theme)
        except UserError as error:
            self._drawing = None
            workspace.notice.show_notice(say(error.message), undoable=False)
        table.setVisible(not self.drawn)
        self.view.setVisible(self.drawn)
        workspace.set_entry(self.view.canvas if self.drawn else table)
        if focused:
            workspace.enter()

    def _draw(self, theme: Theme) -> None:
        if self._drawing is not None:
            self.view.set_picture(self._drawing.draw(inks_of(theme)))

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.view.canvas.set_theme(theme)
        self._draw(theme)

    def _on_canvas_spot_chosen(self, spot: object) -> None:
        if self._drawing is None or not isinstance(spot, Spot):
            return
        target = self._drawing.target(spot)
        if target is not None:
            self._workspace.choose(target)

    def _on_canvas_spot_activated(self, spot: object) -> None:
        if self._drawing is None or not isinstance(spot, Spot):
            return
        place = self._drawing.place(spot)
        if place is not None:
            self._workspace.context.navigator.go(place)
        elif self._drawing.target(spot) is not None:
            self._workspace.enter_evidence()
