"""A small rounded word: a filter, an attribute, a person."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qda.gui import fonts, icons
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, dot, fill_rounded, focus_ring, stroke_rounded

_HEIGHT = 24


class Chip(QAbstractButton):
    """A word in a rounded border, with what it is about before it and a cross behind it."""

    removed = Signal()
    """The user took the chip away by its cross or the Delete key."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        label: str = "",
        color: str = "",
        removable: bool = False,
        interactive: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show `text`, after a muted `label` and a dot in `color` where given.

        An interactive chip can be clicked; a removable one has a cross.
        """
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._color = color
        self._removable = removable
        self._interactive = interactive
        self.setText(text)
        self.setAccessibleName(f"{label} {text}".strip())
        reachable = interactive or removable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, reachable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setAccessibleName(f"{self._label} {text}".strip())
        self.updateGeometry()

    def set_color(self, color: str) -> None:
        """Show the dot in another colour, or none when empty."""
        self._color = color
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for everything the chip shows."""
        theme = self._theme
        width = theme.px(20) + QFontMetricsF(self._font()).horizontalAdvance(self.text())
        if self._label:
            plain = fonts.interface_font(theme.scale, 12)
            width += QFontMetricsF(plain).horizontalAdvance(self._label) + theme.px(5)
        width += theme.px(15) if self._color else 0
        width += theme.px(14) if self._removable else 0
        return QSize(round(width) + 1, theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint border, dot, label, text and cross."""
        theme = self._theme
        painter = QPainter(self)
        rect = QRectF(self.rect())
        lit = self._interactive and self.underMouse()
        fill_rounded(painter, rect, theme.hover if lit else theme.paper, rect.height() / 2)
        stroke_rounded(painter, rect, theme.line, rect.height() / 2)
        left = float(theme.px(10))
        if self._color:
            dot(painter, QPointF(left + theme.px(4), rect.center().y()), theme.px(5), self._color)
            left += theme.px(15)
        if self._label:
            plain = fonts.interface_font(theme.scale, 12)
            painter.setFont(plain)
            painter.setPen(QColor(theme.ink))
            painter.drawText(rect.adjusted(left, 0, 0, 0), ALIGN_LEFT, self._label)
            left += QFontMetricsF(plain).horizontalAdvance(self._label) + theme.px(5)
        painter.setFont(self._font())
        painter.setPen(QColor(theme.ink))
        room = rect.width() - left - theme.px(24 if self._removable else 8)
        shown = fonts.elided(self.text(), self._font(), room + 2)
        painter.drawText(rect.adjusted(left, 0, 0, 0), ALIGN_LEFT, shown)
        if self._removable:
            icons.paint(painter, "close", theme.muted_tinted, self._cross())
        if self.hasFocus():
            focus_ring(painter, rect, theme, _HEIGHT / 2)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that take the chip away from the shortcuts of commands."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._removable
            and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        ):
            event.accept()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell a click on the cross from one on the chip."""
        if self._removable and self._cross().adjusted(-4, -6, 6, 6).contains(event.position()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chip away with Delete or Backspace."""
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def _cross(self) -> QRectF:
        side = self._theme.px(12)
        return QRectF(
            self.width() - self._theme.px(8) - side, (self.height() - side) / 2, side, side
        )

    def _font(self):  # noqa: ANN202
        return fonts.interface_font(self._theme.scale, 12, bold=bool(self._label))
