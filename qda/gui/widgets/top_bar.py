"""The bar at the top: where one is, the one field for everything, undo and redo, who codes."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from qda.gui import fonts, icons
from qda.gui.theme import Theme
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.paint import ALIGN_LEFT, fill_rounded, focus_ring, key_cap, stroke_rounded

_HEIGHT = 48


class FieldButton(QAbstractButton):
    """A button that looks like a search field and opens the palette."""

    def __init__(
        self, theme: Theme, text: str, keys: str = "Ctrl K", parent: QWidget | None = None
    ) -> None:
        """Show `text` and the keys that do the same."""
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a comfortable field."""
        return QSize(self._theme.px(380), self._theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Return the least that is still a field."""
        return QSize(self._theme.px(120), self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the field, its words and its keys."""
        theme = self._theme
        painter = QPainter(self)
        rect = QRectF(self.rect())
        fill_rounded(painter, rect, theme.hover if self.underMouse() else theme.paper, theme.px(6))
        stroke_rounded(painter, rect, theme.line, theme.px(6))
        begins = key_cap(painter, rect.right() - theme.px(9), rect.center().y(), self._keys, theme)
        font = fonts.interface_font(theme.scale)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted_tinted))
        inner = rect.adjusted(theme.px(10), 0, -(rect.width() - begins) - theme.px(8), 0)
        painter.drawText(inner, ALIGN_LEFT, fonts.elided(self.text(), font, inner.width()))
        if self.hasFocus():
            focus_ring(painter, rect, theme)


class Crumbs(QLabel):
    """The way to where one is, in muted words with marks between them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(0)

    def set_parts(self, parts: Sequence[str]) -> None:
        """Show `parts`, outermost first."""
        self._parts = tuple(parts)
        self.setAccessibleName(" › ".join(self._parts))
        self.setToolTip(" › ".join(self._parts))
        self.updateGeometry()
        self.update()

    def parts(self) -> tuple[str, ...]:
        """Return what is shown, outermost first."""
        return self._parts

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all of it."""
        width = fonts.width_of(self._text(), fonts.interface_font(self._theme.scale)) + 2
        return QSize(width, self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters; the rest is elided."""
        return QSize(min(self._theme.px(60), self.sizeHint().width()), self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the words, elided at the left where they must be."""
        painter = QPainter(self)
        font = fonts.interface_font(self._theme.scale)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted_tinted))
        text = painter.fontMetrics().elidedText(
            self._text(), Qt.TextElideMode.ElideMiddle, self.width()
        )
        painter.drawText(self.rect(), ALIGN_LEFT, text)

    def _text(self) -> str:
        return "  ›  ".join(self._parts)


class TopBar(QWidget):
    """Project, place, palette field, undo, redo and coder."""

    search_wanted = Signal()
    """The user wants the palette."""
    undo_wanted = Signal()
    """The user wants the last step undone."""
    redo_wanted = Signal()
    """The user wants the last undone step back."""
    coder_clicked = Signal()
    """The user pressed the coder's name."""
    project_clicked = Signal()
    """The user pressed the project's name."""

    def __init__(
        self,
        theme: Theme,
        *,
        search_text: str,
        undo_text: str,
        redo_text: str,
        search_keys: str = "Ctrl K",
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty bar; the texts are worded by the caller."""
        super().__init__(parent)
        self._theme = theme
        self._project = QToolButton(self)
        self._crumbs = Crumbs(theme, self)
        self._chips: list[Chip] = []
        self._search = FieldButton(theme, search_text, search_keys, self)
        self._buttons: list[tuple[QToolButton, str]] = []
        self._coder = Chip(theme, "", interactive=True, parent=self)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._project)
        self._layout.addWidget(self._crumbs, 100)
        self._chip_place = QHBoxLayout()
        self._layout.addLayout(self._chip_place)
        self._layout.addStretch(1)
        self._layout.addWidget(self._search)
        self._undo = self.add_button("undo", undo_text)
        self._redo = self.add_button("redo", redo_text)
        self._layout.addWidget(self._coder)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)
        self.set_undo(text="")
        self.set_redo(text="")
        self._search.clicked.connect(self.search_wanted)
        self._undo.clicked.connect(self.undo_wanted)
        self._redo.clicked.connect(self.redo_wanted)
        self._coder.clicked.connect(self.coder_clicked)
        self._project.clicked.connect(self.project_clicked)

    def set_project(self, name: str) -> None:
        """Show the project's name."""
        self._project.setText(name)

    def set_crumbs(self, parts: Sequence[str]) -> None:
        """Show the way to where one is, outermost first."""
        self._crumbs.set_parts(parts)

    def crumbs(self) -> tuple[str, ...]:
        """Return the way as shown."""
        return self._crumbs.parts()

    def set_chips(self, texts: Sequence[str]) -> None:
        """Show attributes of what is open."""
        for chip in self._chips:
            self._chip_place.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [Chip(self._theme, text, parent=self) for text in texts]
        for chip in self._chips:
            self._chip_place.addWidget(chip)

    def chips(self) -> tuple[str, ...]:
        """Return the attributes as shown."""
        return tuple(chip.text() for chip in self._chips)

    def set_coder(self, name: str, color: str = "") -> None:
        """Show who codes, with a dot in `color` (the accent when empty)."""
        self._coder.set_text(name)
        self._coder.set_color(color or self._theme.accent)
        self._coder.setVisible(bool(name))

    def set_undo(self, *, text: str) -> None:
        """Offer undo, saying what it undoes; an empty text means nothing to undo."""
        self._undo.setEnabled(bool(text))
        if text:
            self._undo.setToolTip(text)

    def set_redo(self, *, text: str) -> None:
        """Offer redo, saying what it brings back; an empty text means nothing."""
        self._redo.setEnabled(bool(text))
        if text:
            self._redo.setToolTip(text)

    def add_button(self, icon: str, text: str) -> QToolButton:
        """Add and return a button before the coder; `text` is its tip and accessible name."""
        button = QToolButton(self)
        button.setToolTip(text)
        button.setAccessibleName(text)
        self._buttons.append((button, icon))
        place = self._layout.indexOf(self._coder)
        self._layout.insertWidget(place if place >= 0 else self._layout.count(), button)
        self._dress(button, icon)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        old = self._theme.accent
        self._theme = theme
        self._layout.setContentsMargins(theme.px(10), 0, theme.px(16), 0)
        self._layout.setSpacing(theme.px(8))
        self._chip_place.setSpacing(theme.px(8))
        self.setFixedHeight(theme.px(_HEIGHT))
        self._project.setFont(fonts.interface_font(theme.scale, bold=True))
        self._project.setStyleSheet("QToolButton { font-weight: 600; }")
        for button, icon in self._buttons:
            self._dress(button, icon)
        if old != theme.accent:
            self._coder.set_color(theme.accent)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ground and the line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self._theme.line))

    def _dress(self, button: QToolButton, icon: str) -> None:
        side = self._theme.px(17)
        button.setIcon(icons.icon(icon, self._theme.muted_tinted, side, self._theme.line))
        button.setIconSize(QSize(side, side))
