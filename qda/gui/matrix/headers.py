"""The headings of the matrix: names of rows at the left, of columns above, and the corner."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from qda.gui import fonts
from qda.gui.colors import code_color
from qda.gui.matrix.model import HEADING_ROLE
from qda.gui.matrix.painting import line_count, paint_lines
from qda.gui.matrix.words import HeadingWords
from qda.gui.theme import Theme
from qda.gui.widgets.paint import color_square, focus_ring

SIDE = 10
"""Pixels between a cell's edge and its text."""
SQUARE = 16
"""Pixels that the square of a code's colour takes before its name."""
_NAME, _SMALL = 13, 11
_LINE, _SMALL_LINE = 18, 15
_LEGEND_LINES = 3
"""Lines that the legend of N takes at most, where its line is narrow."""


class MatrixHeader(QHeaderView):
    """Names of rows or columns, with the code's colour, what they are nested in, and a fact."""

    def __init__(
        self, theme: Theme, orientation: Qt.Orientation, parent: QWidget | None = None
    ) -> None:
        """Paint with `theme`."""
        super().__init__(orientation, parent)
        self._theme = theme
        self.right_aligned = False
        self.chosen: int | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(theme.px(36))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.setMinimumSectionSize(theme.px(36))
        self.viewport().update()

    def choose(self, section: int | None) -> None:
        """Mark the row or column whose segments are listed."""
        if section != self.chosen:
            self.chosen = section
            self.viewport().update()

    def heading(self, section: int) -> HeadingWords | None:
        """Return what a section says."""
        model = self.model()
        if model is None:
            return None
        found = model.headerData(section, self.orientation(), HEADING_ROLE)
        return found if isinstance(found, HeadingWords) else None

    def sizeHint(self) -> QSize:
        """Return room for the highest heading in its width, two lines of its name at most."""
        size = super().sizeHint()
        if self.orientation() == Qt.Orientation.Vertical:
            return size
        heights = [self._height(section) for section in range(self.count())]
        return QSize(size.width(), max(heights, default=0) + self._theme.px(14))

    def _height(self, section: int) -> int:
        heading = self.heading(section)
        if heading is None or self.isSectionHidden(section):
            return 0
        theme = self._theme
        font = fonts.interface_font(theme.scale, _NAME, bold=True)
        lines = line_count(heading.name, font, self._room(heading, self.sectionSize(section)), 2)
        below = self._below_lines(heading, self.sectionSize(section))
        return lines * theme.px(_LINE) + theme.px(_SMALL_LINE) * (bool(heading.above) + below)

    def _below_lines(self, heading: HeadingWords, width: int) -> int:
        """Return how many lines what stands below the name takes; only a legend is broken."""
        if not heading.below or not heading.plain:
            return int(bool(heading.below))
        small = fonts.interface_font(self._theme.scale, _SMALL)
        room = self._room(heading, width)
        return line_count(heading.below, small, room, _LEGEND_LINES)

    def legend_height(self, section: int, width: int) -> int:
        """Return how high a row must be for its name and its legend, where names have a width."""
        heading = self.heading(section)
        if heading is None:
            return 0
        lines = self._below_lines(heading, width)
        return self._theme.px(_LINE + 7 + 8) + lines * self._theme.px(_SMALL_LINE)

    def _room(self, heading: HeadingWords, width: int) -> int:
        theme = self._theme
        square = theme.px(SQUARE) if heading.color else 0
        return max(theme.px(20), width - 2 * theme.px(SIDE) - square)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one heading."""
        heading = self.heading(section)
        theme = self._theme
        painter.save()
        chosen = section == self.chosen
        painter.fillRect(rect, QColor(theme.selection if chosen else theme.paper))
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if heading is not None:
            if self.orientation() == Qt.Orientation.Horizontal:
                self._paint_column(painter, rect, heading)
            else:
                self._paint_row(painter, rect, heading)
        if chosen:
            focus_ring(painter, QRectF(rect), theme, 3)
        painter.restore()

    def _paint_column(self, painter: QPainter, rect: QRect, heading: HeadingWords) -> None:
        theme = self._theme
        last = heading.plain
        room = self._room(heading, rect.width())
        font = fonts.interface_font(theme.scale, _NAME, bold=not last)
        small = fonts.interface_font(theme.scale, _SMALL)
        lines = line_count(heading.name, font, room, 2)
        bottom = rect.bottom() - theme.px(8)
        right = self.right_aligned
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        left = rect.left() + rect.width() - theme.px(SIDE) - room if right else 0
        if not right:
            left = rect.left() + theme.px(SIDE) + (theme.px(SQUARE) if heading.color else 0)
        if heading.below:
            height = self._below_lines(heading, rect.width()) * theme.px(_SMALL_LINE)
            bottom -= height
            self._paint_below(painter, QRectF(left, bottom, room, height), heading.below, align)
        top = bottom - lines * theme.px(_LINE)
        painter.setPen(QColor(theme.muted if heading.missing or last else theme.ink))
        name = QRectF(left, top, room, lines * theme.px(_LINE))
        widest = paint_lines(painter, name, heading.name, font, theme.px(_LINE), lines, align)
        if heading.color:
            at = left + room - widest - theme.px(SQUARE) if right else left - theme.px(SQUARE)
            middle = top + theme.px(_LINE) / 2
            color_square(painter, at, middle, theme.px(10), code_color(heading.color, theme))
        if heading.above:
            painter.setFont(small)
            painter.setPen(QColor(theme.muted))
            place = QRectF(left, top - theme.px(_SMALL_LINE), room, theme.px(_SMALL_LINE))
            painter.drawText(place, int(align), fonts.elided(heading.above, small, room))

    def _paint_row(self, painter: QPainter, rect: QRect, heading: HeadingWords) -> None:
        theme = self._theme
        last = heading.plain
        room = self._room(heading, rect.width())
        left = rect.left() + theme.px(SIDE) + (theme.px(SQUARE) if heading.color else 0)
        font = fonts.interface_font(theme.scale, _NAME, bold=not last)
        muted = " · ".join(filter(None, (heading.above, heading.below)))
        top = rect.top() + theme.px(7)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted if heading.missing or last else theme.ink))
        place = QRectF(left, top, room, theme.px(_LINE))
        painter.drawText(
            place, int(Qt.AlignmentFlag.AlignVCenter), fonts.elided(heading.name, font, room)
        )
        if heading.color:
            color = code_color(heading.color, theme)
            at = rect.left() + theme.px(SIDE)
            color_square(painter, at, place.center().y(), theme.px(10), color)
        if muted:
            lines = self._below_lines(heading, rect.width()) if last else 1
            height = lines * theme.px(_SMALL_LINE)
            self._paint_below(painter, QRectF(left, top + theme.px(_LINE), room, height), muted)

    def _paint_below(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Paint muted words, over as many lines as `place` is high."""
        theme = self._theme
        small = fonts.interface_font(theme.scale, _SMALL)
        painter.setPen(QColor(theme.muted))
        lines = max(1, round(place.height() / theme.px(_SMALL_LINE)))
        paint_lines(painter, place, text, small, theme.px(_SMALL_LINE), lines, align)


class Corner(QWidget):
    """The place above the row names: what the rows are, and in what order; opens the choice."""

    clicked = Signal()
    """The user wants other rows or another order."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._title = ""
        self._order = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_texts(self, title: str, order: str) -> None:
        """Show what the rows are and how they are ordered."""
        self._title, self._order = title, order
        self.setAccessibleName(f"{title} {order}".strip())
        self.setToolTip(self.accessibleName())
        self.update()

    def texts(self) -> tuple[str, str]:
        """Return what is shown."""
        return self._title, self._order

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint title and order, aligned with the row names."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.hover if self.underMouse() else theme.paper))
        painter.setPen(QColor(theme.line))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        room = self.width() - 2 * theme.px(SIDE)
        bottom = self.height() - theme.px(8)
        if self._order:
            small = fonts.interface_font(theme.scale, _SMALL)
            painter.setFont(small)
            painter.setPen(QColor(theme.muted))
            bottom -= theme.px(_SMALL_LINE)
            place = QRectF(theme.px(SIDE), bottom, room, theme.px(_SMALL_LINE))
            painter.drawText(place, 0, fonts.elided(self._order, small, room))
        font = fonts.interface_font(theme.scale, _NAME, bold=True)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        place = QRectF(theme.px(SIDE), bottom - theme.px(_LINE), room, theme.px(_LINE))
        painter.drawText(place, 0, fonts.elided(self._title, font, room))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the choice."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the choice with the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Paint anew when the mouse comes and goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)
