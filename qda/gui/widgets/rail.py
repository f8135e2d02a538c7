"""The rail at the left: one button per workspace, a word below each icon."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from qda.gui import fonts, icons
from qda.gui.theme import Theme
from qda.gui.widgets.paint import focus_ring

WIDTH = 72
_ROW = 52


@dataclass(frozen=True, slots=True)
class RailItem:
    """A workspace on the rail; `tip` is shown when the mouse rests on it."""

    id: str
    text: str
    icon: str
    tip: str = ""


class RailButton(QAbstractButton):
    """One workspace."""

    def __init__(self, item: RailItem, theme: Theme, parent: QWidget | None = None) -> None:
        """Show `item`."""
        super().__init__(parent)
        self.item = item
        self._theme = theme
        self.setText(item.text)
        self.setAccessibleName(item.text)
        self.setToolTip(item.tip)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of one place on the rail."""
        return QSize(self._theme.px(WIDTH), self._theme.px(_ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to the rail: a button group would choose by them."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint icon, word and, at the current one, the accent bar."""
        theme = self._theme
        painter = QPainter(self)
        current = self.isChecked()
        if current or self.underMouse():
            painter.fillRect(self.rect(), QColor(theme.paper if current else theme.hover))
        if current:
            painter.fillRect(QRect(0, 0, theme.px(3), self.height()), QColor(theme.accent))
        color = theme.accent if current else theme.muted_tinted
        side = theme.px(20)
        icons.paint(
            painter,
            self.item.icon,
            color,
            QRectF((self.width() - side) / 2, theme.px(7), side, side),
        )
        font = fonts.interface_font(theme.scale, 11.4, bold=current)
        painter.setFont(font)
        painter.setPen(QColor(color))
        words = QRectF(2, theme.px(29), self.width() - 4, theme.px(18))
        text = fonts.elided(self.text(), font, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(3, 2, -3, -2), theme)


class Rail(QWidget):
    """The workspaces, one of them current."""

    workspace_chosen = Signal(str)
    """The user chose a workspace.

    Parameters: its identifier.
    """

    def __init__(
        self, theme: Theme, items: Sequence[RailItem], name: str = "", parent: QWidget | None = None
    ) -> None:
        """Show `items` from the top; `name` is what a screen reader calls the rail."""
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, RailButton] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.px(8), 1, theme.px(8))
        self._layout.setSpacing(0)
        for item in items:
            button = RailButton(item, theme, self)
            self._buttons[item.id] = button
            self._group.addButton(button)
            self._layout.addWidget(button)
        self._layout.addStretch(1)
        self.setFixedWidth(theme.px(WIDTH) + 1)
        self._group.buttonClicked.connect(self._on_button_clicked)

    def add_bottom_widget(self, widget: QWidget) -> None:
        """Add a widget at the foot of the rail."""
        self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_current(self, workspace: str) -> None:
        """Mark a workspace as the current one, without a signal."""
        self._buttons[workspace].setChecked(True)

    def current(self) -> str:
        """Return the identifier of the current workspace, empty before the first."""
        button = self._group.checkedButton()
        return button.item.id if isinstance(button, RailButton) else ""

    def button(self, workspace: str) -> RailButton:
        """Return the button of a workspace."""
        return self._buttons[workspace]

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._layout.setContentsMargins(0, theme.px(8), 1, theme.px(8))
        self.setFixedWidth(theme.px(WIDTH) + 1)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the rail with the arrow keys."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        buttons = list(self._buttons.values())
        focused = self.focusWidget()
        here = next((place for place, one in enumerate(buttons) if one is focused), None)
        if step and here is not None:
            buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ground and the line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.pane))
        painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), QColor(self._theme.line))

    def _on_button_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, RailButton):
            self.workspace_chosen.emit(button.item.id)
