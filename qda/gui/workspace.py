"""What the main window asks of a workspace."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.theme import Theme
from qda.model.ids import CodeId


class Workspace(QWidget):
    """One of the places on the rail. Constructors build; `activate` loads when first shown."""

    status_changed = Signal(list)
    """Emitted with the texts for the left of the status line."""
    trail_changed = Signal(list, list)
    """Emitted with the breadcrumbs after the workspace's own name, and the chips behind them."""

    code_used = Signal(int)
    """Emitted with a code's id when it was coded with, so that the palette offers it first."""

    key = ""
    icon = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Keep the context; subclasses build their widgets."""
        super().__init__(parent)
        self.context = context
        self._entry: QWidget | None = None

    def set_entry(self, widget: QWidget) -> None:
        """Let `widget` have the keyboard when one comes here.

        It is no focus proxy: with one, Qt leaves out of the round of the Tab key whatever stands
        before it.
        """
        self._entry = widget

    def enter(self) -> None:
        """Give the keyboard to where one begins."""
        (self._entry or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def is_entered(self) -> bool:
        """Tell whether something here had the keyboard before, or nothing is to have it first."""
        return self.focusWidget() is not None or self._entry is None

    def title(self) -> str:
        """Return the name on the rail, in the user's language."""
        raise AssertionError

    def activate(self) -> None:
        """Bring what is shown up to date; called whenever the workspace comes to the front."""

    def show_place(self, place: Place) -> None:
        """Show what a place names, as far as this workspace knows it."""

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return ()

    def apply_code(self, code: CodeId) -> bool:  # noqa: ARG002 - for those that use it
        """Use a code that was chosen in the palette; False where this place has no use for it."""
        return False

    def apply_codes(self, codes: Sequence[CodeId]) -> bool:  # noqa: ARG002 - likewise
        """Use several codes that were ticked in the palette; False where that has no use."""
        return False

    def create_code(self, name: str) -> bool:  # noqa: ARG002 - likewise
        """Make a code of a name typed in the palette and use it; False where that has no use."""
        return False

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self.context.theme = theme

    def save_state(self) -> None:
        """Keep sizes and the place in the settings; called before the window closes."""
