"""What stands where no code is yet: the shipped codebook, a file, or a first code."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace


class NoCodes(EmptyPlace):
    """Offer the ways to a codebook; the button takes the one that comes with the program."""

    import_wanted = Signal()
    """The user wants a codebook from a file."""
    new_wanted = Signal()
    """The user wants to begin with a code of their own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the place."""
        super().__init__(
            theme,
            "codebook",
            tr("No codes yet"),
            tr("Begin with the shipped codebook on steering in NAV offices and make it yours, or "
               "with a codebook file or a code of your own."),
            tr("Use the codebook nav-styring"),
            parent,
        )  # fmt: skip
        self.new = QPushButton(tr("New code"), self)
        self.file = QPushButton(tr("Import a codebook …"), self)
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)  # noqa: S101 - an empty place is a column
        for button in (self.file, self.new):
            button.setProperty("kind", "link")
            layout.insertWidget(layout.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.file.clicked.connect(self.import_wanted)
        self.new.clicked.connect(self.new_wanted)
