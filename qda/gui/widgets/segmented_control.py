"""A row of a few words of which one holds, such as for | mot | ambivalent."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_CENTER, focus_ring


class SegmentedControl(QWidget):
    """Choose one of a few values, or none where that is allowed."""

    value_changed = Signal(object)
    """The user chose another value.

    Parameters: the value, None when the user took the choice back.
    """

    def __init__(
        self,
        theme: Theme,
        options: Sequence[tuple[object, str]],
        *,
        optional: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Offer `options`, pairs of a value and its word; `optional` lets a click take it back."""
        super().__init__(parent)
        self._theme = theme
        self._optional = optional
        self._value: object = None if optional or not options else options[0][0]
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._parts = [_Part(theme, value, text, self) for value, text in options]
        for part in self._parts:
            layout.addWidget(part)
            part.clicked.connect(self._on_part_clicked)
        if self._parts:
            self._parts[-1].last = True
        self._show()

    def value(self) -> object:
        """Return the value that holds, or None."""
        return self._value

    def set_value(self, value: object) -> None:
        """Let another value hold, without a signal; a value not on offer means none."""
        on_offer = any(part.value == value for part in self._parts)
        self._value = value if on_offer else None
        self._show()

    def focus_value(self) -> None:
        """Give the keyboard to the value that holds, else to the first."""
        chosen = [part for part in self._parts if part.value == self._value] or self._parts
        if chosen:
            chosen[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        for part in self._parts:
            part.theme = theme
            part.updateGeometry()
            part.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the words with the arrow keys."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        focused = self.focusWidget()
        here = next((place for place, part in enumerate(self._parts) if part is focused), None)
        if step and here is not None:
            self._parts[(here + step) % len(self._parts)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _on_part_clicked(self) -> None:
        part = self.sender()
        if not isinstance(part, _Part):
            return
        again = part.value == self._value
        if again and not self._optional:
            self._show()
            return
        self._value = None if again else part.value
        self._show()
        self.value_changed.emit(self._value)

    def _show(self) -> None:
        for part in self._parts:
            part.setChecked(part.value == self._value)


class _Part(QAbstractButton):
    def __init__(self, theme: Theme, value: object, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.value = value
        self.last = False
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        font = fonts.interface_font(self.theme.scale, 12, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(self.text()) + self.theme.px(20)
        return QSize(round(width), self.theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = self.theme
        painter = QPainter(self)
        rect = QRectF(self.rect())
        color = theme.selection if self.isChecked() else theme.paper
        if not self.isChecked() and self.underMouse():
            color = theme.hover
        painter.fillRect(rect, QColor(color))
        painter.setPen(QColor(theme.line))
        painter.drawRect(rect.adjusted(0, 0, -1 if self.last else 0, -1))
        painter.setPen(QColor(theme.ink if self.isEnabled() else theme.muted))
        painter.setFont(fonts.interface_font(theme.scale, 12, bold=self.isChecked()))
        painter.drawText(rect, ALIGN_CENTER, self.text())
        if self.hasFocus():
            focus_ring(painter, rect, theme, 2)
