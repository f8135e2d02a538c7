"""A sheet that drops down from something and closes when the user looks elsewhere."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qda.gui.theme import Theme


class DropSheet(QFrame):
    """Put widgets into `column`; say which has the keyboard first by `first_field`."""

    def __init__(self, theme: Theme, parent: QWidget, *, width: int = 280) -> None:
        """Make an empty sheet, at least `width` wide."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self._theme = theme
        self._column = QVBoxLayout(self)
        side = theme.px(12)
        self._column.setContentsMargins(side, side, side, side)
        self._column.setSpacing(theme.px(6))
        self.setMinimumWidth(theme.px(width))

    def open_below(self, widget: QWidget) -> None:
        """Drop down from `widget`, within the window."""
        self.adjustSize()
        place = widget.mapToGlobal(QPoint(0, widget.height() + self._theme.px(4)))
        window = widget.window().frameGeometry()
        right = window.right() - self.width() - self._theme.px(8)
        place.setX(max(window.left(), min(place.x(), right)))
        self.move(place)
        self.show()
        self.first_field().setFocus(Qt.FocusReason.PopupFocusReason)

    def first_field(self) -> QWidget:
        """Return what has the keyboard first."""
        return self
