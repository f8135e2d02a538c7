"""A picture in a window: scrolled, walked by key, and every part of it leads somewhere."""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from qda.gui.pictures import Painted
from qda.gui.theme import Theme
from qda.model.pictures import Picture, Spot

_SMALLEST = 0.75
"""How far a wide picture is made smaller before one scrolls."""
_ASIDE = 2.0
"""How much more a step aside counts than one ahead, in looking for the next part."""
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PictureCanvas(QWidget):
    """The picture itself. Arrow keys go from part to part, Enter opens one."""

    spot_chosen = Signal(object)
    """Another part is current.

    Parameters: its Spot.
    """
    spot_activated = Signal(object)
    """The user wants to see what is behind a part.

    Parameters: its Spot.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._painted: Painted | None = None
        self._current = -1
        self._factor = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def set_picture(self, picture: Picture) -> None:
        """Show a picture; the part with the same words stays current."""
        spot = self.current()
        self._picture = picture
        self._painted = Painted(picture)
        abouts = [one.about for one in picture.spots]
        self._current = abouts.index(spot.about) if spot and spot.about in abouts else -1
        self.setAccessibleName(picture.title)
        self._describe()
        self.updateGeometry()
        self.update()

    def picture(self) -> Picture | None:
        """Return what is shown."""
        return self._picture

    def current(self) -> Spot | None:
        """Return the part that the keyboard stands on."""
        if self._picture is None or not 0 <= self._current < len(self._picture.spots):
            return None
        return self._picture.spots[self._current]

    def choose(self, place: int) -> None:
        """Make a part current and tell so."""
        if self._picture is None or not 0 <= place < len(self._picture.spots):
            return
        self._current = place
        self._describe()
        self.update()
        self.spot_chosen.emit(self._picture.spots[place])

    def _describe(self) -> None:
        spot = self.current()
        about = self._picture.about if self._picture is not None else ""
        self.setAccessibleDescription(spot.about if spot is not None else about)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on; who draws the picture draws it anew."""
        self._theme = theme
        self.update()

    # ------------------------------------------------------------------------------- geometry

    def fit(self, width: int) -> None:
        """Take the size of the picture, smaller where it is wider than `width`."""
        if self._picture is None:
            return
        scale = self._theme.scale
        room = width / self._picture.width
        self._factor = scale if room >= scale else max(room, scale * _SMALLEST)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the size at which the picture is painted."""
        if self._picture is None:
            return QSize(0, 0)
        size = self._picture.width * self._factor, self._picture.height * self._factor
        return QSize(round(size[0]), round(size[1]))

    def rect_of(self, spot: Spot) -> QRectF:
        """Return where a part is painted."""
        factor = self._factor
        return QRectF(spot.x * factor, spot.y * factor, spot.width * factor, spot.height * factor)

    def pinned_size(self) -> QSize:
        """Return how much of the view the names of columns and rows may cover: width, height."""
        pinned = self._picture.pinned if self._picture is not None else None
        if pinned is None:
            return QSize(0, 0)
        height = (pinned.rows - pinned.top) * self._factor
        return QSize(ceil(pinned.left * self._factor), ceil(height))

    def _in_sight(self) -> QRectF:
        return QRectF(self.visibleRegion().boundingRect())

    def _covered(self) -> tuple[QRectF, QRectF]:
        """Return where the names of columns and those of rows lie above what is scrolled.

        Either is empty where they stand in their own place.
        """
        pinned = self._picture.pinned if self._picture is not None else None
        sight, size, factor = self._in_sight(), self.pinned_size(), self._factor
        columns, rows = QRectF(), QRectF()
        if pinned is None or not pinned.top * factor < sight.bottom():
            return columns, rows
        last = pinned.bottom * factor
        if pinned.top * factor < sight.top() < last - size.height():
            columns = QRectF(sight.left(), sight.top(), sight.width(), size.height())
        first = max(sight.top(), pinned.top * factor)
        if sight.left() > 0 and last > first:
            rows = QRectF(sight.left(), first, size.width(), min(sight.bottom(), last) - first)
        return columns, rows

    def _spot_at(self, point: QPointF) -> int:
        if self._picture is None or any(one.contains(point) for one in self._covered()):
            return -1
        x, y = point.x() / self._factor, point.y() / self._factor
        # Later shapes lie above earlier ones.
        for place in range(len(self._picture.spots) - 1, -1, -1):
            spot = self._picture.spots[place]
            if 0 <= x - spot.x <= spot.width and 0 <= y - spot.y <= spot.height:
                return place
        return -1

    def neighbour(self, step: tuple[int, int]) -> int:
        """Return the nearest part in a direction (x, y), -1 where there is none."""
        spot, picture = self.current(), self._picture
        if picture is None or spot is None:
            return 0
        from_x, from_y = spot.x + spot.width / 2, spot.y + spot.height / 2
        best, least = -1, float("inf")
        for place, one in enumerate(picture.spots):
            across = one.x + one.width / 2 - from_x
            down = one.y + one.height / 2 - from_y
            ahead = across * step[0] + down * step[1]
            aside = abs(across * step[1]) + abs(down * step[0])
            if ahead > 1 and ahead + _ASIDE * aside < least:
                best, least = place, ahead + _ASIDE * aside
        return best

    # --------------------------------------------------------------------------------- events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight, a frame around the current part, and names that stay there."""
        painted = self._painted
        if painted is None:
            return
        painter = QPainter(self)
        wanted = QRectF(event.rect())
        self._paint(painter, painted, wanted.top(), wanted.bottom())
        spot = self.current()
        if spot is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = self.rect_of(spot).adjusted(-1, -1, 1, 1)
            for color, width in ((self._theme.paper, 5), (self._theme.ink, 2)):
                painter.setPen(QPen(QColor(color), self._theme.px(width)))
                painter.drawRoundedRect(edge, 4, 4)
        self._paint_pinned(painter, painted)

    def _paint(self, painter: QPainter, painted: Painted, top: float, bottom: float) -> None:
        """Paint the stretch of the picture between two heights of the canvas."""
        painter.save()
        painter.scale(self._factor, self._factor)
        painted.paint(painter, top / self._factor, bottom / self._factor)
        painter.restore()

    def _paint_pinned(self, painter: QPainter, painted: Painted) -> None:
        """Paint the names of rows and columns once more, where they would be scrolled away."""
        pinned = painted.picture.pinned
        columns, rows = self._covered()
        if pinned is None:
            return
        if not rows.isEmpty():
            painter.save()
            painter.setClipRect(rows)
            painter.translate(rows.left(), 0)
            self._paint(painter, painted, rows.top(), rows.bottom())
            painter.restore()
        if not columns.isEmpty():
            painter.save()
            painter.setClipRect(columns)
            painter.fillRect(columns, QColor(painted.picture.paper))
            top = pinned.top * self._factor
            painter.translate(0, columns.top() - top)
            self._paint(painter, painted, top, top + columns.height())
            painter.restore()
            painter.setPen(QColor(self._theme.line))
            painter.drawLine(columns.bottomLeft(), columns.bottomRight())
        if not rows.isEmpty():
            if not columns.isEmpty():
                corner = QRectF(columns.topLeft(), QSizeF(rows.width(), columns.height() - 1))
                painter.fillRect(corner, QColor(painted.picture.paper))
            painter.setPen(QColor(self._theme.line))
            painter.drawLine(rows.topRight(), rows.bottomRight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, Home and End; open with Enter."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            place = self.neighbour(_STEPS[key])
            if place >= 0:
                self.choose(place)
            return
        spots = self._picture.spots if self._picture is not None else ()
        if key == Qt.Key.Key_Home:
            self.choose(0)
        elif key == Qt.Key.Key_End:
            self.choose(len(spots) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.spot_activated.emit(self.current())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first part when the keyboard comes here."""
        super().focusInEvent(event)
        if self.current() is None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is clicked."""
        place = self._spot_at(event.position())
        if place >= 0:
            self.choose(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the end of a click, which belongs to its beginning."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is clicked twice."""
        place = self._spot_at(event.position())
        if place >= 0 and self._picture is not None:
            self.spot_activated.emit(self._picture.spots[place])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say in words what the mouse points at."""
        place = self._spot_at(event.position())
        over = self._picture is not None and place >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        if over and self._picture is not None:
            where = event.globalPosition().toPoint()
            QToolTip.showText(where, self._picture.spots[place].about, self)
        else:
            QToolTip.hideText()


class PictureView(QScrollArea):
    """A picture with room to scroll, as wide as it fits."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.canvas = PictureCanvas(theme, self)
        self.setWidget(self.canvas)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        # The paper is that of the pane around it.
        self.viewport().setAutoFillBackground(False)
        self.canvas.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.canvas)
        self.canvas.spot_chosen.connect(self._on_canvas_spot_chosen)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._on_bar_value_changed)

    def set_picture(self, picture: Picture) -> None:
        """Show a picture."""
        self.canvas.set_picture(picture)
        self.canvas.fit(self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture to the new width."""
        super().resizeEvent(event)
        self.canvas.fit(self.viewport().width())

    def _on_bar_value_changed(self) -> None:
        """Paint anew what stays in its place while the rest is scrolled."""
        if not self.canvas.pinned_size().isEmpty():
            self.canvas.update()

    def _on_canvas_spot_chosen(self, spot: object) -> None:
        if isinstance(spot, Spot):
            # What is pinned covers the edges at the left and above.
            room = self.canvas.pinned_size()
            place = self.canvas.rect_of(spot).toRect().adjusted(-room.width(), -room.height(), 0, 0)
            middle = place.center()
            self.ensureVisible(
                middle.x(), middle.y(), place.width() // 2 + 8, place.height() // 2 + 8
            )
