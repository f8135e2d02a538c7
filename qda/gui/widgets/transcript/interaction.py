"""What people do with a transcript: click, drag edges, press keys."""

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from qda.gui.theme import Theme
from qda.gui.widgets.transcript.data import SegmentView
from qda.gui.widgets.transcript.dropping import DropPane
from qda.gui.widgets.transcript.hover_card import HoverCard
from qda.gui.widgets.transcript.selecting import Edge, Unit, moved_edge, turn_bounds
from qda.text.sentences import sentence_at

_HOVER_MS = 450
_NEAR = 8
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class TranscriptView(DropPane):
    """A transcript that is read, selected from and coded by mouse and keyboard.

    Keys: Ctrl+Up/Down turns, Alt+Up/Down segments, Alt+Shift+Right widens the selection (Left
    narrows it) or grows the selected segment by a word (Left shrinks it), Enter opens the selected
    segment, Escape lets go, Ctrl and + - 0 zoom.
    """

    segment_activated = Signal(object)
    """The user pressed Enter on the selected segment or double-clicked it in the margin.

    Parameters: its identifier.
    """
    segment_resized = Signal(int, int, int)
    """The user moved an edge of a segment; it is shown so once it is replaced.

    Parameters: its identifier, the new start and end.
    """
    context_menu_wanted = Signal(QPoint)
    """The user asks what can be done here; what is under the mouse is selected already.

    Parameters: the place in global coordinates.
    """

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        """Show no text yet; `name` is what a screen reader calls the view."""
        super().__init__(theme, name, parent)
        self._card = HoverCard(theme, self.viewport())
        self._hover_place = QPoint()
        self._hover_timer = QTimer(self)
        self._hover_timer.setSingleShot(True)
        self._hover_timer.setInterval(_HOVER_MS)
        self._pressed: QPointF | None = None
        self._dragged_edge: Edge | None = None
        self._double_click = QElapsedTimer()
        self._double_place = QPointF()
        self._hover_timer.timeout.connect(self._on_hover_timer_timeout)

    # ------------------------------------------------------------------------- moving

    def next_turn(self) -> None:
        """Put the caret at the beginning of the next turn."""
        self._go_turn(1)

    def previous_turn(self) -> None:
        """Put the caret at the beginning of this turn, or of the one before."""
        self._go_turn(-1)

    def next_segment(self) -> None:
        """Select the next segment."""
        self._go_segment(1)

    def previous_segment(self) -> None:
        """Select the previous segment."""
        self._go_segment(-1)

    def grow(self, edge: Edge = "end", unit: Unit = "word") -> None:
        """Let the selection, or else the segment at hand, reach one unit further at an edge."""
        self._ask_resize(edge, unit, 1 if edge == "end" else -1)

    def shrink(self, edge: Edge = "end", unit: Unit = "word") -> None:
        """Let the selection, or else the segment at hand, give up one unit at an edge."""
        self._ask_resize(edge, unit, -1 if edge == "end" else 1)

    def _go_turn(self, step: int) -> None:
        caret = self.caret()
        place = self._turns.place_at(caret)
        if step < 0 and place >= 0 and caret > self._turns.turns[place].start:
            step = 0
        place = min(len(self._turns.turns) - 1, max(0, place + step))
        if place < 0:
            return
        turn = self._turns.turns[place]
        self.set_selection(turn.start, turn.start)
        self.reveal(turn.label_start, min(turn.end, turn.start + 400))

    def _go_segment(self, step: int) -> None:
        found = self._store.neighbour(self._selected, self.caret(), step)
        if found is None:
            return
        segment = self._store[found]
        self.set_selection(segment.start, segment.start)
        self._choose(found)
        self.reveal(segment.start, segment.end)

    def _ask_resize(self, edge: Edge, unit: Unit, step: int) -> None:
        if self.move_selection_edge(edge, unit, step):
            return
        segment = self._store.get(self._selected)
        if segment is None or not self.borders_move:
            return
        at = segment.start if edge == "start" else segment.end
        moved = moved_edge(self._source.text, self._turns, at, edge, unit, step)
        start, end = (moved, segment.end) if edge == "start" else (segment.start, moved)
        self._tell_resize(segment, start, end)

    def _tell_resize(self, segment: SegmentView, start: int, end: int) -> None:
        if start < end and (start, end) != (segment.start, segment.end):
            self.segment_resized.emit(segment.id, start, end)

    def _choose(self, segment_id: int | None) -> None:
        if segment_id == self._selected:
            return
        self.select_segment(segment_id, reveal=False)
        self.segment_selected.emit(segment_id)

    def _choose_in_margin(self, segment_id: int, held: Qt.KeyboardModifier) -> None:
        """Choose a segment; with Ctrl pick one more or less, with Shift all up to it."""
        if held & _SHIFT:
            self.pick_to(segment_id)
        elif held & _CTRL:
            self.toggle_picked(segment_id)
        else:
            self.clear_picked()
            self._choose(segment_id)

    # -------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an edge, choose in the margin, or begin to select."""
        self._hide_card()
        self._pressed = None
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        place = event.position()
        if self._is_third_click(place):
            self._select_sentence(self._offset_near(place))
            return
        edge = self.edge_at(place)
        in_margin = self._lanes.segment_at(place.x(), place.y())
        if edge is not None:
            self._dragged_edge = edge
            self._preview = self._edges()
        elif in_margin is not None:
            self._choose_in_margin(in_margin, event.modifiers())
        elif place.x() < self._lane_area().left() - self._theme.px(8):
            self._pressed = place
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move a held edge, go on selecting, or wait for the card."""
        place = event.position()
        if self._dragged_edge is not None:
            self._drag_edge(place)
            return
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hide_card()
            self._hover_place = place.toPoint()
            self._hover_timer.start()
            self._show_shape(place)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let an edge go, or choose the segment that was clicked."""
        if self._dragged_edge is not None:
            self._drop_edge()
            return
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or self.textCursor().hasSelection():
            return
        if (event.position() - pressed).manhattanLength() < QApplication.startDragDistance():
            offset = self._scan().offset_at(event.position())
            found = None if offset is None else self._store.choose_at(offset, self._selected)
            if found is not None and event.modifiers() & _CTRL:
                self.toggle_picked(found)
                return
            self.clear_picked()
            self._choose(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word; open a segment in the margin."""
        place = event.position()
        in_margin = self._lanes.segment_at(place.x(), place.y())
        if in_margin is not None:
            self.segment_activated.emit(in_margin)
            return
        self._double_click.start()
        self._double_place = place
        self._pressed = None
        super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the card away."""
        self._hide_card()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose what is under the mouse and ask for a menu."""
        self._hide_card()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._want_menu_at_caret()
            return
        place = QPointF(event.pos())
        in_margin = self._lanes.segment_at(place.x(), place.y())
        offset = self._scan().offset_at(place)
        chosen = self.selection()
        if in_margin is not None and in_margin not in self._picked:
            self.clear_picked()
            self._choose(in_margin)
        elif (
            in_margin is None
            and offset is not None
            and not (chosen and chosen[0] <= offset < chosen[1])
        ):
            at = {span.id for span in self._store.index.at(offset)}
            if self._selected not in at and not at & self._picked:
                self.clear_picked()
                self._choose(self._store.choose_at(offset, None))
        self.context_menu_wanted.emit(event.globalPos())

    def _is_third_click(self, place: QPointF) -> bool:
        recent = self._double_click.isValid() and not self._double_click.hasExpired(
            QApplication.doubleClickInterval()
        )
        self._double_click.invalidate()
        near = (place - self._double_place).manhattanLength() < QApplication.startDragDistance()
        return recent and near

    def _select_sentence(self, offset: int) -> None:
        text = self._source.text
        bounds = turn_bounds(text, self._turns, offset)
        self.set_selection(*sentence_at(text, offset, *bounds))

    def edge_at(self, place: QPointF) -> Edge | None:
        """Return which edge of the selected segment has its handle at a place of the viewport."""
        edges = self._edges()
        if edges is None or not self.borders_move:
            return None
        reach = self._theme.px(_NEAR)
        for edge, handle in zip(
            ("start", "end"), self._painter.handles(self._scan(), *edges), strict=True
        ):
            if handle is not None and (handle - place).manhattanLength() <= reach:
                return "start" if edge == "start" else "end"
        return None

    def _drag_edge(self, place: QPointF) -> None:
        edges = self._edges()
        if edges is None:
            return
        offset = self._offset_near(place)
        start, end = edges
        if self._dragged_edge == "start":
            start = min(offset, end - 1)
        else:
            end = max(offset, start + 1)
        self._preview = (start, end)
        self.viewport().update()

    def _drop_edge(self) -> None:
        self._dragged_edge = None
        moved, self._preview = self._preview, None
        self.viewport().update()
        segment = self._store.get(self._selected)
        if segment is not None and moved is not None:
            self._tell_resize(segment, *moved)

    def _show_shape(self, place: QPointF) -> None:
        shape = Qt.CursorShape.IBeamCursor
        if self.edge_at(place) is not None:
            shape = Qt.CursorShape.SizeHorCursor
        elif self._lanes.segment_at(place.x(), place.y()) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif place.x() > self._lane_area().left() - self._theme.px(8):
            shape = Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    # -------------------------------------------------------------------------- hover

    def hovered_segments(self, place: QPointF) -> list[SegmentView]:
        """Return the segments at a place of the viewport, in the text or the margin."""
        in_margin = self._lanes.segments_at(place.x(), place.y())
        if in_margin:
            return [self._store[one] for one in in_margin]
        offset = self._scan().offset_at(place)
        return [] if offset is None else self._store.at(offset)

    def card(self) -> HoverCard:
        """Return the card that tells of the segment under the mouse."""
        return self._card

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        super().set_theme(theme)
        self._card.set_theme(theme)

    def _on_hover_timer_timeout(self) -> None:
        found = self.hovered_segments(QPointF(self._hover_place))
        if found and self.viewport().underMouse():
            self._card.show_segments(found, self._hover_place)

    def _hide_card(self) -> None:
        self._hover_timer.stop()
        self._card.hide()

    # ------------------------------------------------------------------------ keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by turns and segments, resize, zoom; the rest is Qt's."""
        self._hide_card()
        if not self._took_key(Qt.Key(event.key()), event.modifiers() & ~_KEYPAD):
            super().keyPressEvent(event)

    def _took_key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        if held == _CTRL or held == _CTRL | _SHIFT:
            return self._took_ctrl(key)
        if held == _ALT and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._go_segment(1 if key == Qt.Key.Key_Down else -1)
        elif held == _ALT | _SHIFT and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._grow_or_widen(right=key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            if self._selected is None:
                return False
            self.segment_activated.emit(self._selected)
        elif key == Qt.Key.Key_Escape and not held:
            return self._let_go()
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and held == _SHIFT):
            self._want_menu_at_caret()
        else:
            return False
        return True

    def _took_ctrl(self, key: Qt.Key) -> bool:
        zooms = {Qt.Key.Key_Plus: 10, Qt.Key.Key_Equal: 10, Qt.Key.Key_Minus: -10}
        if key in zooms:
            self.set_zoom(self._zoom + zooms[key])
        elif key == Qt.Key.Key_0:
            self.set_zoom(100)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not QApplication.keyboardModifiers() & (
            _SHIFT
        ):
            self._go_turn(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _grow_or_widen(self, *, right: bool) -> None:
        if self._selected is not None and self.selection() is None:
            if right:
                self.grow()
            else:
                self.shrink()
        elif right:
            self.widen_selection()
        else:
            self.narrow_selection()

    def _let_go(self) -> bool:
        if self._dragged_edge is not None:
            self._dragged_edge = self._preview = None
            self.viewport().update()
        elif self.selection() is not None:
            self.set_selection(self.caret(), self.caret())
        elif self.clear_picked():
            pass
        elif self._selected is not None:
            self._choose(None)
        else:
            return False
        return True

    def _want_menu_at_caret(self) -> None:
        place = self.cursorRect().bottomLeft()
        self.context_menu_wanted.emit(self.viewport().mapToGlobal(place))
