"""The transcript as it is shown. Everything it says and hears is in code points."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPoint as _Point
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets.later import BeforePainting
from qda.gui.widgets.transcript.data import (
    SegmentSource,
    SegmentView,
    TranscriptText,
    TurnFinder,
    TurnView,
)
from qda.gui.widgets.transcript.describing import announce, coded_with
from qda.gui.widgets.transcript.document import Script, Sizes, build_document, update_document
from qda.gui.widgets.transcript.geometry import TextGeometry
from qda.gui.widgets.transcript.lanes import Bar, LanePainter
from qda.gui.widgets.transcript.overview import OverviewStrip
from qda.gui.widgets.transcript.painting import TextPainter
from qda.gui.widgets.transcript.segments import SegmentStore
from qda.gui.widgets.transcript.turn_notes import TurnNotes
from qda.text.offsets import Utf16Map
from qda.text.spans import Span

MIN_ZOOM, MAX_ZOOM = 60, 300
_LANES_LEAST = 176
_LANES_WANTED = 210
_COLUMN = 110
_HEARD = 400
"""How much of a turn is brought in sight when it begins to be heard."""
_BESIDE = 10
"""How far, in pixels, an outline with its handles reaches beyond the lines it is around."""
_KEEP = QTextCursor.MoveMode.KeepAnchor


class TextPane(QTextEdit):
    """Show a transcript with its segments; what is chosen in it is in `TranscriptPane`."""

    zoom_changed = Signal(int)
    """The user zoomed.

    Parameters: percent.
    """

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        """Show no text yet; `name` is what a screen reader calls the view."""
        super().__init__(parent)
        self._theme = theme
        self._zoom = 100
        self._sizes = Sizes.of(theme, self._zoom)
        self._script = Script.of(TranscriptText(""))
        self._turns = TurnFinder(())
        self._store = SegmentStore()
        self._built: QTextDocument | None = None
        self._selected: int | None = None
        self._picked: set[int] = set()
        self._preview: tuple[int, int] | None = None
        self.borders_move = True
        """Whether the edges of the selected segment can be dragged; not where one only reads."""
        self._top = 0
        self._drop_range: tuple[int, int] | None = None
        self._found: Sequence[tuple[int, int]] = ()
        self._playing: TurnView | None = None
        self._notes = TurnNotes()
        self._geometry = TextGeometry(self.document(), self._units, self._sizes.pixel)
        self._painter = TextPainter(theme, self._script.shown, self._store)
        self._lanes = LanePainter(theme)
        self._planned: tuple[object, ...] | None = None
        self._bars: list[Bar] = []
        self._stale: list[tuple[int, int]] = []
        self._refreshing = BeforePainting(self._paint_stale, self)
        self._strip = OverviewStrip(theme, self)
        self._strip.set_segments(self._store)
        self.setAccessibleName(name)
        self.setProperty("kind", "transcript")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self._rebuild()
        self._strip.offset_chosen.connect(self._on_strip_offset_chosen)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # ------------------------------------------------------------------ what is shown

    def set_document(self, source: TranscriptText) -> None:
        """Show another text from its beginning, without segments."""
        before, self._script = self._script, Script.of(source)
        self._turns = TurnFinder(source.turns)
        self._store.reset((), 0)
        self._selected = self._preview = self._drop_range = self._playing = None
        self._picked.clear()
        self._stale.clear()
        self._notes.set({})
        self._top = 0
        self._strip.set_text_length(len(source.text))
        if not self._update(before):
            self._rebuild(afresh=True)
        self.verticalScrollBar().setValue(0)

    def set_segments(self, segments: Iterable[SegmentView]) -> None:
        """Show `segments` in place of those before, keeping the selected one where it stays."""
        self._store.reset(segments, len(self._source.text))
        self._show_other_segments()

    def set_segments_of(self, source: SegmentSource, spans: Sequence[Span]) -> None:
        """Show the segments at `spans` in place of those before; `source` tells of each."""
        self._store.reset_to(source, spans, len(self._source.text))
        self._show_other_segments()

    def _show_other_segments(self) -> None:
        if self._selected not in self._store:
            self._selected = None
        self._picked = {one for one in self._picked if one in self._store}
        self._strip.forget_marks()
        self._refresh()

    def add_segment(self, segment: SegmentView) -> None:
        """Show one more segment."""
        self._store.add(segment)
        self._strip.redraw_marks(segment.start, segment.end)
        self._refresh_at((segment.start, segment.end))

    def remove_segment(self, segment_id: int) -> None:
        """Show a segment no longer; one that is not there is no matter."""
        if segment_id not in self._store:
            return
        gone = self._store.remove(segment_id)
        if self._selected == segment_id:
            self._selected = None
        self._picked.discard(segment_id)
        self._strip.redraw_marks(gone.start, gone.end)
        self._refresh_at((gone.start, gone.end))

    def replace_segment(self, segment: SegmentView) -> None:
        """Show a segment as it is now, keeping it selected if it was."""
        stretches = [(segment.start, segment.end)]
        if segment.id in self._store:
            gone = self._store.remove(segment.id)
            self._strip.redraw_marks(gone.start, gone.end)
            stretches.append((gone.start, gone.end))
        self._store.add(segment)
        self._strip.redraw_marks(segment.start, segment.end)
        self._refresh_at(*stretches)

    def set_columns(self, names: Sequence[str]) -> None:
        """Part the margin into columns of lanes named so; the segments set next say which."""
        if tuple(names) != self._lanes.columns:
            place = self.place()
            self._lanes.columns = tuple(names)
            self._arrange()
            self.set_place(place)
            self._refresh()

    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns, none when the lanes stand together."""
        return self._lanes.columns

    def set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Mark where searched words stand (sorted), in the text and in the strip."""
        self._found = hits
        self._strip.set_hits(hits)
        self.viewport().update()

    def set_turn_notes(self, notes: Mapping[int, Sequence[str]]) -> None:
        """Write a few muted words beside speakers' names, by the numbers of their turns."""
        if self._notes.set(notes):
            self._refresh()

    def turn_note(self, number: int) -> str:
        """Return what is written beside the speaker's name of a turn, empty for nothing."""
        return self._notes.of_number(number)

    def turn_at(self, offset: int) -> TurnView | None:
        """Return the turn that an offset is in or after, None before the first."""
        return self._turns.at(offset)

    def show_playing(self, turn: TurnView | None) -> None:
        """Mark the turn that is heard, None for none; it stays in sight where the last one was."""
        before, self._playing = self._playing, turn
        if before == turn:
            return
        if turn is not None and before is not None and self._is_in_sight(before):
            self.reveal(turn.label_start, min(turn.end, turn.start + _HEARD))
        self.viewport().update()

    def playing(self) -> TurnView | None:
        """Return the turn that is marked as heard."""
        return self._playing

    def _is_in_sight(self, turn: TurnView) -> bool:
        geometry = self._scan()
        return geometry.start < turn.end and turn.label_start < geometry.end

    def segments(self) -> list[SegmentView]:
        """Return the segments in reading order."""
        return [self._store[span.id] for span in self._store.spans()]

    def canonical_text(self) -> str:
        """Return the text as it was given."""
        return self._source.text

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._lanes.theme = theme
        self._strip.set_theme(theme)
        self._rebuild()

    def overview(self) -> OverviewStrip:
        """Return the strip that shows the whole text at a glance."""
        return self._strip

    def zoom(self) -> int:
        """Return the size of the text in percent."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Show the text at another size, keeping the place."""
        percent = min(MAX_ZOOM, max(MIN_ZOOM, percent))
        if percent != self._zoom:
            self._zoom = percent
            self._rebuild()
            self.zoom_changed.emit(percent)

    def place(self) -> int:
        """Return the first code point in sight."""
        return self._scan().start

    def set_place(self, offset: int) -> None:
        """Scroll so that the line of a code point is the first in sight."""
        self._top = offset
        self.verticalScrollBar().setValue(round(self._top_of(offset)))

    def caret(self) -> int:
        """Return where the caret is."""
        return self._units.to_points(min(self.textCursor().position(), self._units.units))

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that `start:end` is in sight; what is in sight already stays."""
        top = self._top_of(start)
        bottom = self._top_of(max(start, end - 1)) + self._sizes.pitch
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        margin = self._sizes.pitch
        if top >= bar.value() + margin / 2 and bottom <= bar.value() + height - margin / 2:
            return
        bar.setValue(round(top - min(height / 3, max(margin, (height - (bottom - top)) / 2))))
        self._top = self._scan().start

    def _top_of(self, offset: int) -> float:
        cursor = QTextCursor(self.document())
        length = len(self._source.text)
        cursor.setPosition(self._units.to_utf16(min(length, max(0, offset))))
        return self.cursorRect(cursor).top() + self.verticalScrollBar().value()

    # ----------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bands, then the text, then outline, numbers and lanes, where that is wanted."""
        geometry = self._scan()
        lanes = self._lane_area()
        wanted = QRectF(event.rect())
        near = geometry.within(event.region(), lanes.left())
        painter = QPainter(self.viewport())
        self._painter.paint_bands(painter, near)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._painter.paint_hits(painter, near, self._found)
        self._painter.paint_numbers(painter, near)
        size = self._sizes.pixel / fonts.TEXT_SIZE
        self._notes.paint(painter, near, self._painter.names, self._theme, size, lanes.left())
        for segment in self._store.between(geometry.start, geometry.end) if self._picked else ():
            if segment.id in self._picked and segment.id != self._selected:
                self._painter.paint_outline(painter, geometry, segment.start, segment.end)
        if self._playing is not None:
            self._painter.paint_playing(painter, geometry, self._playing)
        edges = self._edges()
        if edges is not None:
            self._painter.paint_outline(painter, geometry, *edges)
            if self.borders_move:
                self._painter.paint_handles(painter, geometry, *edges)
        if self._drop_range is not None:
            self._painter.paint_outline(painter, geometry, *self._drop_range, dashed=True)
        if wanted.right() > lanes.left() - self._theme.px(_BESIDE):
            self._plan_lanes(geometry)
            self._lanes.paint(painter, wanted)
        painter.end()
        self._strip.set_sight(geometry.start, geometry.end)
        self._top = geometry.start

    def _plan_lanes(self, geometry: TextGeometry) -> list[QRectF]:
        """Place bars and labels; return where they are other than they were."""
        placed = (self.verticalScrollBar().value(), self.viewport().size(), self._store.version)
        state = (*placed, self._selected, frozenset(self._picked), self._lanes.columns)
        if self._planned is not None and state == self._planned:
            return []
        if self._planned is None or placed != self._planned[:3]:
            self._bars = self._painter.bars(geometry, self.viewport().height())
        self._planned = state
        self._lanes.picked = self._picked
        return self._lanes.plan(self._lane_area(), self._bars, self._store, self._selected)

    def _refresh_at(self, *stretches: tuple[int, int]) -> None:
        """Paint only the lines of some stretches anew, and what is other in the margin.

        Coding puts a segment in and selects it: the margin is planned when both are done.
        """
        self._stale += stretches
        self._refreshing.ask()
        self._describe()

    def _paint_stale(self) -> None:
        stretches, self._stale = self._stale, []
        geometry = self._scan()
        left = self._lane_area().left()
        stale = geometry.region(stretches, left, self._theme.px(_BESIDE))
        for rect in self._plan_lanes(geometry):
            stale += QRegion(rect.toAlignedRect())
        self.viewport().update(stale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the column, the lanes and the strip out anew, keeping the place."""
        top = self._top
        super().resizeEvent(event)
        measure = self.lineWrapColumnOrWidth()
        self._arrange()
        if top and measure != self.lineWrapColumnOrWidth():
            self.set_place(top)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom + (10 if event.angleDelta().y() > 0 else -10))
            event.accept()
            return
        super().wheelEvent(event)

    def _edges(self) -> tuple[int, int] | None:
        if self._preview is not None:
            return self._preview
        segment = self._store.get(self._selected)
        return (segment.start, segment.end) if segment else None

    def _scan(self) -> TextGeometry:
        scroll = self.verticalScrollBar().value()
        self._geometry.scan(scroll, 0, self.viewport().height())
        return self._geometry

    def _lane_area(self) -> QRectF:
        left = self.lineWrapColumnOrWidth() + self._theme.px(18)
        right = self.viewport().width() - self._theme.px(6)
        return QRectF(left, 0, max(0, right - left), self.viewport().height())

    def _arrange(self) -> None:
        theme, sizes = self._theme, self._sizes
        strip = self._strip.sizeHint().width()
        room = self.contentsRect().width() - self.verticalScrollBar().width() - strip
        # In a narrow window text and margin both give way.
        wanted = _LANES_LEAST + _COLUMN * max(0, len(self._lanes.columns) - 1)
        part = 0.42 if self._lanes.columns else 0.3
        least = min(theme.px(wanted), max(theme.px(70), round((room - sizes.left) * part)))
        measure = max(theme.px(200), min(sizes.measure, room - sizes.left - least))
        # Never wider than there is room: the text would be scrolled sideways.
        measure = max(theme.px(60), min(measure, room - sizes.left))
        spare = room - sizes.left - measure - max(least, theme.px(_LANES_WANTED))
        self.setLineWrapColumnOrWidth(sizes.left + measure)
        self._planned = None
        self.setViewportMargins(max(0, round(spare * 0.3)), 0, strip, 0)
        right = self.viewport().geometry().right() + 1
        self._strip.setGeometry(right, self.contentsRect().top(), strip, self.viewport().height())

    @property
    def _source(self) -> TranscriptText:
        return self._script.source

    @property
    def _units(self) -> Utf16Map:
        return self._script.units

    def _update(self, before: Script) -> bool:
        """Put into the document what is other than in `before`; tell whether that was possible."""
        document = self._built
        if document is None:
            return False
        blocked = self.blockSignals(True)
        done = update_document(document, before, self._script, self._theme, self._sizes)
        if done:
            self.setTextCursor(QTextCursor(document))
            self._look_anew(document)
        self.blockSignals(blocked)
        return done

    def _look_anew(self, document: QTextDocument) -> None:
        self._geometry = TextGeometry(document, self._units, self._sizes.pixel)
        self._painter = TextPainter(self._theme, self._script.shown, self._store)
        self._lanes.clear()
        self._planned = None

    def _rebuild(self, *, afresh: bool = False) -> None:
        """Build the document anew, keeping caret, selection and place unless it is another one."""
        cursor = self.textCursor()
        anchor, position = (0, 0) if afresh else (cursor.anchor(), cursor.position())
        top = 0 if afresh else self._geometry.start
        old = self._built
        self._sizes = Sizes.of(self._theme, self._zoom)
        document = build_document(self._script, self._theme, self._sizes, self)
        blocked = self.blockSignals(True)
        # The widget hands its own face down to its document.
        self.setFont(self._sizes.font)
        self.setDocument(document)
        self._built = document
        if old is not None:
            old.deleteLater()
        self.setCursorWidth(max(1, self._theme.px(2)))
        self._look_anew(document)
        self._arrange()
        cursor = self.textCursor()
        cursor.setPosition(min(anchor, self._units.units))
        cursor.setPosition(min(position, self._units.units), _KEEP)
        self.setTextCursor(cursor)
        self.blockSignals(blocked)
        if top:
            self.verticalScrollBar().setValue(round(self._top_of(top)))
        colors = self.palette()
        colors.setColor(QPalette.ColorRole.Text, QColor(self._theme.ink))
        self.setPalette(colors)

    def _refresh(self) -> None:
        self.viewport().update()
        self._describe()

    def _on_strip_offset_chosen(self, offset: int) -> None:
        half = self.viewport().height() / 2
        self.verticalScrollBar().setValue(round(self._top_of(offset) - half))

    def _on_scrolled(self) -> None:
        self.viewport().update()

    def _describe(self) -> None:
        """Let a screen reader say what the caret's place is coded with."""
        caret = self.caret()
        note = self._notes.of(self._turns.at(caret))
        coded = coded_with(self._store.at(caret))
        described = f"{note} · {coded}" if note else coded
        if described != self.accessibleDescription():
            self.setAccessibleDescription(described)
            if self.hasFocus() and QAccessible.isActive():
                announce(self, described)

    def _offset_near(self, point: QPointF | _Point) -> int:
        place = point.toPoint() if isinstance(point, QPointF) else point
        unit = self.cursorForPosition(place).position()
        return self._units.to_points(min(unit, self._units.units))
