"""The lines of a review: each with a tick, and with how much of the text a coding of it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from qda.gui import fonts, icons
from qda.gui.language import tr
from qda.gui.search.lines_model import CODES, COLUMNS, HIT, Index, LinesModel
from qda.gui.search.lines_table import LineDelegate, LinesTable
from qda.gui.search.turn_pane import SPREADS
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, fill_rounded, stroke_rounded
from qda.model.ids import CodeId
from qda.text.hits import Spread

if TYPE_CHECKING:
    from qda.app.concordance import Concordance

TICK, TAKES = COLUMNS, COLUMNS + 1
_TICK_WIDTH, _TAKES_WIDTH = 34, 84


def spread_words() -> dict[Spread, str]:
    """Return how much of the text a coding can take."""
    return {"words": tr("hit"), "sentence": tr("sentence"), "turn": tr("turn")}


class ReviewLines(LinesModel):
    """Lines to be coded; what is ticked and what is taken is kept by hit, not by row."""

    ticks_changed = Signal()
    """Others are ticked."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without lines."""
        super().__init__(parent)
        self._unticked: set[int] = set()
        self._takes: dict[int, Spread] = {}
        self._all_take: Spread = "sentence"
        self._already: Sequence[bool] = ()

    def review(
        self,
        lines: Concordance,
        names: Mapping[CodeId, str],
        already: Sequence[bool],
        takes: Spread,
    ) -> None:
        """Review all lines; those that are coded so `already` begin without a tick."""
        self._already, self._all_take, self._takes = already, takes, {}
        self._unticked = {number for number, coded in enumerate(already) if coded}
        self.set_lines(lines, names)
        self.ticks_changed.emit()

    def _number(self, row: int) -> int:
        return self.lines.number(row) if self.lines is not None else -1

    def is_ticked(self, row: int) -> bool:
        """Tell whether a line is to be coded."""
        return self._number(row) not in self._unticked

    def is_coded(self, row: int) -> bool:
        """Tell whether a line is coded so already."""
        number = self._number(row)
        return number < len(self._already) and self._already[number]

    def takes(self, row: int) -> Spread:
        """Return how much of the text a coding of a line takes."""
        return self._takes.get(self._number(row), self._all_take)

    def counts(self) -> tuple[int, int, int]:
        """Return how many lines are ticked, are there, and are coded so already."""
        return self.rowCount() - len(self._unticked), self.rowCount(), sum(self._already)

    def ticked(self) -> dict[int, Spread]:
        """Return the hits that are to be coded, each with what its coding takes."""
        return {
            number: self._takes.get(number, self._all_take)
            for number in range(self.rowCount())
            if number not in self._unticked
        }

    def tick(self, rows: Iterable[int], *, on: bool) -> None:
        """Tick some lines, or take their ticks away."""
        for row in rows:
            if on:
                self._unticked.discard(self._number(row))
            else:
                self._unticked.add(self._number(row))
        self._tell()
        self.ticks_changed.emit()

    def take(self, rows: Iterable[int], takes: Spread) -> None:
        """Let the codings of some lines take more or less of the text."""
        for row in rows:
            self._takes[self._number(row)] = takes
        self._tell()

    def take_all(self, takes: Spread) -> None:
        """Let all codings take as much of the text."""
        self._all_take, self._takes = takes, {}
        self._tell()

    def _tell(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are, with ticks and what is taken."""
        return 0 if parent is not None and parent.isValid() else COLUMNS + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings of the columns."""
        if section == TICK or orientation != Qt.Orientation.Horizontal:
            return None
        if section == TAKES:
            return tr("Takes") if role == Qt.ItemDataRole.DisplayRole else None
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows or a screen reader says."""
        row, column = index.row(), index.column()
        if column == TAKES:
            texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return spread_words()[self.takes(row)] if role in texts else None
        if column == TICK:
            return self._tick_data(row, role)
        if column == CODES and role == Qt.ItemDataRole.ToolTipRole and self.is_coded(row):
            return tr("Coded so already")
        return super().data(index, role)

    def _tick_data(self, row: int, role: int) -> object:
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = tr("ticked") if self.is_ticked(row) else tr("not ticked")
            return f"{said}, {tr('coded so already')}" if self.is_coded(row) else said
        return None


class ReviewTable(LinesTable):
    """Lines to tick: Space ticks, the arrows left and right change what a coding takes."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Make an empty table; `name` is what a screen reader calls it."""
        self.review = ReviewLines()
        super().__init__(theme, name, self.review, ReviewDelegate(theme), parent)
        header = self.horizontalHeader()
        header.moveSection(header.visualIndex(TICK), 0)
        header.setSortIndicatorShown(False)
        self.clicked.connect(self._on_clicked)

    def more_columns(self) -> int:
        """Return the width of ticks and of what is taken, and give it to them."""
        widths = {TICK: self._theme.px(_TICK_WIDTH), TAKES: self._theme.px(_TAKES_WIDTH)}
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        return sum(widths.values())

    def event(self, event: QEvent) -> bool:
        """Keep the arrows from scrolling sideways and from the shortcuts of commands."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space; change what is taken with the arrows left and right."""
        rows = self.selected_rows() or [self.current_row()]
        if event.key() == Qt.Key.Key_Space and rows[0] >= 0:
            self.review.tick(rows, on=not self.review.is_ticked(rows[0]))
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step and plain and rows[0] >= 0:
            place = SPREADS.index(self.review.takes(rows[0])) + step
            self.review.take(rows, SPREADS[max(0, min(place, len(SPREADS) - 1))])
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the selection as it is where a tick or what is taken is clicked."""
        if self.indexAt(event.position().toPoint()).column() in (TICK, TAKES):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the line, or change what its coding takes, where that is clicked."""
        index = self.indexAt(event.position().toPoint())
        if index.column() == TICK:
            self.review.tick([index.row()], on=not self.review.is_ticked(index.row()))
        elif index.column() == TAKES:
            place = SPREADS.index(self.review.takes(index.row())) + 1
            self.review.take([index.row()], SPREADS[place % len(SPREADS)])
        super().mouseReleaseEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() not in (TICK, TAKES):
            self.choose_column(index.row(), HIT)

    def choose_column(self, row: int, column: int) -> None:
        """Let the hit of a row be what is current: it is what a screen reader says."""
        if self.currentIndex().column() != column:
            model = self.selectionModel()
            model.setCurrentIndex(self.lines.index(row, column), model.SelectionFlag.NoUpdate)


class ReviewDelegate(LineDelegate):
    """Paint ticks and what is taken, and mark what is coded so already in words."""

    def paint_text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Paint what a cell says."""
        theme, column = self.theme, index.column()
        if column == TICK:
            side = theme.px(14)
            box = QRectF(rect.left() + theme.px(10), 0, side, side)
            box.moveTop(round(rect.center().y() - side / 2))
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            fill_rounded(painter, box, theme.accent if ticked else theme.paper, theme.px(3))
            if ticked:
                icons.paint(painter, "check", theme.accent_ink, box)
            else:
                stroke_rounded(painter, box, theme.muted, theme.px(3))
        elif column == TAKES:
            font = fonts.interface_font(theme.scale, 12)
            painter.setFont(font)
            painter.setPen(QColor(theme.ink))
            inner = rect.adjusted(theme.px(8), 0, 0, 0)
            painter.drawText(inner, ALIGN_LEFT, str(index.data() or ""))
        else:
            super().paint_text(painter, rect, index)
