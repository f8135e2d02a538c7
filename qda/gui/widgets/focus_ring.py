"""A ring around lists, tables and pages that have the keyboard and do not show it themselves."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QTextEdit,
    QWidget,
)

OWN_RING = "ownRing"
"""A property of item views that paint where the keyboard is in their current row.

A delegate that does so has the attribute `paints_focus`.
"""
WIDTH = 2
_SHOWN_BY_STYLE = (
    QAbstractButton, QAbstractSpinBox, QComboBox, QKeySequenceEdit, QLineEdit, QSlider, QTabBar,
)  # fmt: skip


class FocusRings(QObject):
    """Follow the keyboard through the program, with a ring where one is needed."""

    def __init__(self, app: QApplication) -> None:
        """Begin to follow."""
        super().__init__(app)
        app.focusChanged.connect(self._on_app_focus_changed)

    def _on_app_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        # A ring belongs to what it lies on, and goes with it.
        if old is not None:
            for ring in old.findChildren(_Ring, "", Qt.FindChildOption.FindDirectChildrenOnly):
                ring.hide()
                ring.deleteLater()
        if now is not None and needs_ring(now):
            _Ring(now)


def needs_ring(widget: QWidget) -> bool:
    """Tell whether nothing else shows that a widget has the keyboard."""
    if isinstance(widget, _SHOWN_BY_STYLE) or _is_drop_down(widget):
        return False
    if isinstance(widget, QAbstractItemView):
        paints = widget.property(OWN_RING) or getattr(widget.itemDelegate(), "paints_focus", False)
        return not (paints and widget.currentIndex().isValid())
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        keys = Qt.TextInteractionFlag.TextEditable | Qt.TextInteractionFlag.TextSelectableByKeyboard
        if widget.textInteractionFlags() & keys:
            return not _pressed() and not _caret_in_sight(widget)
        return True
    # A widget of one's own paints its focus; Qt's plain ones do not.
    return isinstance(widget, QAbstractScrollArea | QLabel) or type(widget).__module__.startswith(
        "PySide6"
    )


def _pressed() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton


def _caret_in_sight(text: QTextEdit | QPlainTextEdit) -> bool:
    return text.viewport().rect().intersects(text.cursorRect())


def _is_drop_down(widget: QWidget) -> bool:
    """Tell whether a widget is the list that drops down from a choice."""
    above = widget.parentWidget()
    return above is not None and above.metaObject().className() == "QComboBoxPrivateContainer"


class _Ring(QWidget):
    """A line along the edge of what it lies on; the mouse goes through."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(around.size())
        around.installEventFilter(self)
        if isinstance(around, QTextEdit | QPlainTextEdit):
            # From now on the caret shows it.
            around.cursorPositionChanged.connect(self.hide)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of what it lies on."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), WIDTH))
        inset = WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.end()
