"""The months of an indicator as a small line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.paint import dot
from qda.text.periods import month_number


class MonthLine(QWidget):
    """Paint values over months, scaled from the lowest to the highest; gaps stay open."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._values: tuple[tuple[str, float], ...] = ()
        self._at: str = ""
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_values(self, name: str, values: Sequence[tuple[str, float]]) -> None:
        """Show values by month, ascending; `name` is what they measure."""
        self._values = tuple(values)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        """Say what the line shows."""
        if not self._values:
            return tr("no months")
        say = current_catalogue()
        numbers = [value for _, value in self._values]
        (first, begin), (last, end) = self._values[0], self._values[-1]
        return tr(
            "{months}: {begin} in {first}, {end} in {last}, lowest {low}, highest {high}",
            months=tr_n("{n} month", "{n} months", len(self._values)),
            begin=say.format_number(begin), first=say.format_month(first),
            end=say.format_number(end), last=say.format_month(last),
            low=say.format_number(min(numbers)), high=say.format_number(max(numbers)),
        )  # fmt: skip

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a small line."""
        return QSize(self._theme.px(140), self._theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Return the least that can be seen."""
        return QSize(self._theme.px(60), self._theme.px(36))

    def points(self) -> list[tuple[QPointF, str]]:
        """Return where each month stands, with the month."""
        if not self._values:
            return []
        edge = self._theme.px(4)
        area = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        numbers = [value for _, value in self._values]
        low, spread = min(numbers), max(numbers) - min(numbers)
        first, last = month_number(self._values[0][0]), month_number(self._values[-1][0])
        width = max(last - first, 1)
        found: list[tuple[QPointF, str]] = []
        for month, value in self._values:
            across = (month_number(month) - first) / width if last > first else 1.0
            up = (value - low) / spread if spread else 0.5
            place = QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())
            found.append((place, month))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the line, the last month and the month under the mouse."""
        theme, points = self._theme, self.points()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.setPen(QPen(QColor(theme.accent), max(1.5, theme.px(1.5))))
        for run in _runs(points):
            if len(run) > 1:
                painter.drawPolyline(QPolygonF(run))
            else:
                dot(painter, run[0], theme.px(1.5), theme.accent)
        if points:
            dot(painter, points[-1][0], theme.px(3), theme.accent)
        for place, month in points:
            if month == self._at:
                dot(painter, place, theme.px(4), theme.ink)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the value of the month under the mouse."""
        near = min(
            self.points(), key=lambda one: abs(one[0].x() - event.position().x()), default=None
        )
        self._at = near[1] if near is not None else ""
        self.update()
        if near is not None:
            say = current_catalogue()
            value = dict(self._values)[self._at]
            text = f"{say.format_month(self._at)}: {say.format_number(value)}"
            QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell no month."""
        self._at = ""
        self.update()
        super().leaveEvent(event)


def _runs(points: Sequence[tuple[QPointF, str]]) -> list[list[QPointF]]:
    """Return stretches of months without a gap between them."""
    runs: list[list[QPointF]] = []
    before: int | None = None
    for place, month in points:
        number = month_number(month)
        if before is None or number != before + 1:
            runs.append([])
        runs[-1].append(place)
        before = number
    return runs
