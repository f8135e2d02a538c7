"""The colours a code may have: the series, and any other."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QColorDialog,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui.colors import code_color
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.paint import fill_rounded, focus_ring
from qda.model.shades import contrast
from qda.operations.colors import SERIES


def color_names() -> tuple[str, ...]:
    """Return what the colours of the series are called, in their order."""
    return (
        tr("Blue"), tr("Green"), tr("Plum"), tr("Brick red"), tr("Ochre"), tr("Sky blue"),
        tr("Umber"), tr("Rose grey"), tr("Petrol"), tr("Dark brown"), tr("Steel grey"),
        tr("Moss green"),
    )  # fmt: skip


class ColorRow(QWidget):
    """Swatches of the series, and a button for any other colour."""

    color_chosen = Signal(str)
    """The user chose a colour.

    Parameters: it, as `#rrggbb` in lower case.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make the swatches; none is marked yet."""
        super().__init__(parent)
        self._theme = theme
        self._color = ""
        self._label = QLabel(tr("Colour"), self)
        self._label.setProperty("kind", "label")
        self._row = QWidget(self)
        self._row.setAccessibleName(tr("Colour"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._row.setSizePolicy(policy)
        flow = FlowLayout(self._row, theme.px(6))
        names = color_names()
        self._swatches = [
            _Swatch(theme, color, name, self._row)
            for color, name in zip(SERIES, names, strict=True)
        ]
        for swatch in self._swatches:
            flow.addWidget(swatch)
            swatch.clicked.connect(self._on_swatch_clicked)
            swatch.stepped.connect(self._on_swatch_stepped)
        self._other = _Swatch(theme, "", tr("The code's own colour"), self._row)
        flow.addWidget(self._other)
        self._more = QToolButton(self._row)
        self._more.setText(tr("Another …"))
        self._more.setAccessibleName(tr("Choose another colour"))
        flow.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self._label)
        layout.addWidget(self._row)
        self._more.clicked.connect(self.ask_color)

    def color(self) -> str:
        """Return the colour that is marked."""
        return self._color

    def show_color(self, color: str) -> None:
        """Mark a colour; one outside the series gets a swatch of its own."""
        self._color = color
        for swatch in self._swatches:
            swatch.setChecked(swatch.color == color)
        outside = color not in SERIES
        self._other.color = color
        self._other.setChecked(outside)
        self._other.setVisible(outside and bool(color))
        self._other.update()

    def set_writable(self, writable: bool) -> None:  # noqa: FBT001 - a plain setter
        """Let a colour be chosen, or only seen."""
        self._row.setEnabled(writable)

    def focus_color(self) -> None:
        """Give the keyboard to the colour that is marked."""
        marked = next((one for one in self._swatches if one.color == self._color), self._more)
        marked.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_color(self) -> None:
        """Offer every colour there is."""
        dialog = QColorDialog(QColor(self._color), self)
        dialog.setWindowTitle(tr("Colour of the code"))
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _name_parts(dialog)
        dialog.colorSelected.connect(self._on_dialog_color_selected)
        dialog.open()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        for swatch in (*self._swatches, self._other):
            swatch.theme = theme
            swatch.updateGeometry()

    def _on_swatch_clicked(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, _Swatch):
            self._choose(swatch.color)

    def _on_swatch_stepped(self, step: int) -> None:
        swatch = self.sender()
        if isinstance(swatch, _Swatch):
            place = (self._swatches.index(swatch) + step) % len(self._swatches)
            self._swatches[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_dialog_color_selected(self, color: QColor) -> None:
        self._choose(color.name().lower())

    def _choose(self, color: str) -> None:
        changed = color != self._color
        self.show_color(color)
        if changed:
            self.color_chosen.emit(color)


class _Swatch(QAbstractButton):
    stepped = Signal(int)

    def __init__(self, theme: Theme, color: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.color = color
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(28), self.theme.px(28))

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        self.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = self.theme
        painter = QPainter(self)
        rect = QRectF(self.rect())
        inner = rect.adjusted(theme.px(4), theme.px(4), -theme.px(4), -theme.px(4))
        shown = code_color(self.color, theme)
        fill_rounded(painter, inner, shown, theme.px(5))
        if self.isChecked():
            ink = max(("#ffffff", "#000000"), key=lambda one: contrast(one, shown))
            middle = inner.center()
            dot = QRectF(0, 0, theme.px(8), theme.px(8))
            dot.moveCenter(middle)
            fill_rounded(painter, dot, ink, theme.px(4))
        if self.hasFocus():
            focus_ring(painter, rect, theme)


def _name_parts(dialog: QColorDialog) -> None:
    """Name what Qt draws in its dialog and leaves without a name."""
    names = {
        "QtPrivate::QColorPicker": [tr("Hue and saturation")],
        "QtPrivate::QColorLuminancePicker": [tr("Lightness")],
        "QColorWell": [tr("Basic colours"), tr("Own colours")],
    }
    for part in dialog.findChildren(QWidget):
        left = names.get(part.metaObject().className())
        if left:
            part.setAccessibleName(left.pop(0))
