"""What stands where no office is yet: a sheet of offices, or a first office."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace


class NoCases(EmptyPlace):
    """Offer the ways to offices; the button asks for a sheet."""

    new_wanted = Signal()
    """The user wants to begin with one office."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the place."""
        super().__init__(
            theme,
            "offices",
            tr("No offices yet"),
            tr("Offices are the rows of the matrix. Import a sheet with one row for each office "
               "and one column for each fact about it, or drop the file here."),
            tr("Import the sheet of offices …"),
            parent,
        )  # fmt: skip
        self.new = QPushButton(tr("New office"), self)
        self.new.setProperty("kind", "link")
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)  # noqa: S101 - an empty place is a column
        layout.insertWidget(layout.count() - 1, self.new, 0, Qt.AlignmentFlag.AlignHCenter)
        self.new.clicked.connect(self.new_wanted)
