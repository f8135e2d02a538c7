"""Dialogs that open as large as their words want."""

from PySide6.QtWidgets import QDialog, QWidget

SHARE = 0.95
"""How much of the screen a dialog may take."""


class FittedDialog(QDialog):
    """A dialog without a size of its own, large enough for all that stands in it.

    Qt gives a new window at most two thirds of the screen and lets its least width stand for that
    of its layout: on a small screen sentences would lose their last lines.
    """

    def __init__(self, least_width: int, parent: QWidget | None = None) -> None:
        """Open at least `least_width` pixels wide."""
        super().__init__(parent)
        self._least_width = least_width

    def setVisible(self, visible: bool) -> None:  # noqa: FBT001 - Qt's
        """Fit, and show."""
        if visible:
            self.fit()
        super().setVisible(visible)

    def fit(self) -> None:
        """Be as large as what is in it wants now, as far as the screen goes."""
        layout = self.layout()
        if layout is None:
            return
        self.ensurePolished()
        layout.activate()
        room = self.screen().availableGeometry().size() * SHARE
        width = max(self._least_width, layout.totalMinimumSize().width())
        width = min(room.width(), max(width, min(layout.totalSizeHint().width(), width * 5 // 4)))
        height = layout.totalSizeHint().height()
        if layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(width)
        self.resize(width, min(room.height(), height))
