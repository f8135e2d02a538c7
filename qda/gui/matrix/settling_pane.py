"""Where one disagreement is looked at, discussed and settled, with what both have coded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.colors import band_color
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.autosave import Autosave
from qda.gui.widgets.paint import ALIGN_CENTER
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.agreement import SETTLING, Decision

SHOWN: tuple[str, ...] = ("all", "open", "settled")
_MOST_LINES, _LEAST_LINES, _MEMO_LINES = 9, 2, 3
_NAME = 12
"""Letters of a coder's name on a button; the whole name stands in the text above."""
_LINE_HEIGHT = 145
_LEAST_ROOM = 10
"""Lines of the interface that are seen of the pane at least."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the shown text and who has coded it: the first coder, the second, or both."""

    text: str
    first: bool
    second: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A disagreement as it is looked at.

    `about` says which one of how many it is, and how it stands; `sides` what either coder did.
    `text` is the text around it, stretch by stretch, `color` that of the code.
    """

    id: str
    about: str
    where: str
    names: tuple[str, str]
    sides: tuple[str, str]
    text: tuple[Stretch, ...]
    color: str
    decision: Decision
    memo: str


class Legend(QWidget):
    """Say how the text looks that one of two has coded, or both."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Name nobody yet."""
        super().__init__(parent)
        self._theme, self._band = theme, theme.pane
        self._words: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_names(self, names: tuple[str, str], band: str) -> None:
        """Take who the two are, and the colour that the text is shaded with."""
        self._band = band
        self._words = (*(tr("only {name}", name=_short(one)) for one in names), tr("both"))
        self.setAccessibleName(", ".join(self._words))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        return QSize(self._theme.px(100), self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each word as the text is painted that it stands for."""
        del event
        theme, painter, left = self._theme, QPainter(self), 0.0
        font = fonts.interface_font(theme.scale, 11)
        painter.setFont(font)
        styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.NoPen)
        for word, style in zip(self._words, styles, strict=False):
            width = fonts.width_of(word, font) + theme.px(10)
            box = QRectF(left, theme.px(2), width, theme.px(16))
            painter.fillRect(box, QColor(self._band))
            painter.setPen(QColor(theme.ink))
            painter.drawText(box, ALIGN_CENTER, word)
            if style != Qt.PenStyle.NoPen:
                painter.setPen(QPen(QColor(theme.ink), theme.px(1), style))
                low = box.bottom() - theme.px(1)
                painter.drawLine(QPointF(box.left(), low), QPointF(box.right(), low))
            left += width + theme.px(8)


class SettlingRoom(QScrollArea):
    """As high as the pane in it needs where there is room, else it scrolls."""

    def __init__(self, pane: SettlingPane, parent: QWidget | None = None) -> None:
        """Hold `pane`, hidden at first as that is."""
        super().__init__(parent)
        self._pane = pane
        self.setProperty("kind", "pane")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setWidgetResizable(True)
        self.setWidget(pane)
        pane.memo.installEventFilter(self)
        self.hide()

    def sizeHint(self) -> QSize:
        """Return what the pane would like to have."""
        width = self.viewport().width()
        return QSize(self._pane.sizeHint().width(), self._pane.liked_height(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which one can scroll."""
        return QSize(0, self.fontMetrics().lineSpacing() * _LEAST_ROOM)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as high as the pane needs by now; show where one writes."""
        if watched is self._pane and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        elif watched is self._pane.memo and event.type() == QEvent.Type.FocusIn:
            self.ensureWidgetVisible(self._pane.memo)
        return super().eventFilter(watched, event)


class _Column(QVBoxLayout):
    """A column that scrolls only once its texts are as low as they may be."""

    _asking = False

    def heightForWidth(self, width: int) -> int:
        """Return the least height, which is what an area that scrolls asks for."""
        if self._asking:
            # The least height is worked out by asking for the usual one.
            return super().heightForWidth(width)
        self._asking = True
        least = self.minimumHeightForWidth(width)
        self._asking = False
        return least

    def liked_height(self, width: int) -> int:
        """Return the height in which its texts are as high as they may be."""
        self._asking = True
        liked = super().heightForWidth(width)
        self._asking = False
        return liked


class SettlingPane(QFrame):
    """Step through disagreements. What is typed is saved while one types."""

    decided = Signal(str, object)
    """The user settled it, or took that back.

    Parameters: its id; the `Decision`, None to take it back.
    """
    discussed = Signal(str, str)
    """The user wrote what is said of it.

    Parameters: its id; the text.
    """
    step_wanted = Signal(int)
    """The user wants to see another one.

    Parameters: how many further on.
    """
    shown_changed = Signal(str)
    """The user wants to step through others: one of `SHOWN`."""
    left = Signal()
    """The user wants back to the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the fields, hidden until a disagreement is shown."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._theme = theme
        self._looked: Looked | None = None
        self._writable = True
        words = (tr("All of them"), tr("Open ones"), tr("Settled ones"))
        self.shown = SegmentedControl(
            theme, list(zip(SHOWN, words, strict=True)), name=tr("Which disagreements"),
            parent=self,
        )  # fmt: skip
        self.about, self.where, self.first, self.second = (QLabel(self) for _ in range(4))
        for label in (self.about, self.where, self.first, self.second):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.where.setProperty("kind", "muted")
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("The text, and who has coded it"))
        self.legend = Legend(theme, self)
        self.decision: SegmentedControl | None = None
        self._decisions = QHBoxLayout()
        self.memo = QPlainTextEdit(self)
        self.memo.setTabChangesFocus(True)
        self.memo.setAccessibleName(tr("What is said of the disagreement"))
        self.memo.setPlaceholderText(tr("What is said of it (M) …"))
        self.memo.installEventFilter(self)
        self.previous = QPushButton(tr("Previous (P)"), self)
        self.next = QPushButton(tr("Next (N)"), self)
        self._saving = Autosave(self)
        self._lay_out()
        self.set_theme(theme)
        self.hide()
        self.shown.value_changed.connect(self._on_shown_value_changed)
        self.memo.textChanged.connect(self._saving.touch)
        self._saving.due.connect(self.save)
        self.previous.clicked.connect(self._on_previous_clicked)
        self.next.clicked.connect(self._on_next_clicked)

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        for button in (self.previous, self.next):
            button.setProperty("kind", "quiet")
            steps.addWidget(button)
        steps.addStretch(1)
        self._layout = _Column(self)
        self._layout.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.about, self.where, self.text, self.legend, self.first, self.second):
            self._layout.addWidget(widget)
        self._layout.addLayout(self._decisions)
        self._layout.addWidget(self.memo)
        self._layout.addLayout(steps)

    def liked_height(self, width: int) -> int:
        """Return the height that it needs at best."""
        return self._layout.liked_height(width)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self._theme = theme
        side = theme.px(12)
        self._layout.setContentsMargins(side, theme.px(4), side, theme.px(8))
        self._layout.setSpacing(theme.px(6))
        self.text.setFont(fonts.text_font(theme.scale, 14))
        self.memo.setFont(fonts.text_font(theme.scale, 14))
        self.memo.setFixedHeight(self.memo.fontMetrics().lineSpacing() * _MEMO_LINES + theme.px(10))
        if self._looked is not None:
            self._show_text(self._looked)

    # ------------------------------------------------------------------------------ showing
    def looked_at(self) -> Looked | None:
        """Return the disagreement that is shown."""
        return self._looked

    def show_disagreement(self, looked: Looked | None, *, writable: bool) -> None:
        """Show a disagreement, or that there is none; what is being typed is saved first."""
        before = self._looked
        same = before is not None and looked is not None and before.id == looked.id
        if not same:
            self.save()
        self._looked, self._writable = looked, writable
        self.show()
        for widget in (
            self.where, self.text, self.legend, self.first, self.second, self.memo, self.previous,
            self.next,
        ):  # fmt: skip
            widget.setVisible(looked is not None)
        if looked is None:
            self.about.setText(tr("There are none of these here."))
            self._show_decision(None)
            return
        self.about.setText(looked.about)
        self.where.setText(looked.where)
        self.first.setText(looked.sides[0])
        self.second.setText(looked.sides[1])
        self._show_text(looked)
        if not same or before is None or before.names != looked.names:
            self._show_decision(looked)
        elif self.decision is not None:
            self.decision.set_value(_chosen(looked))
        self._show_memo(looked, same=same)

    def _show_text(self, looked: Looked) -> None:
        """Show the text: shaded where either has coded it, underlined where just one has."""
        theme = self._theme
        self.text.clear()
        cursor = self.text.textCursor()
        spaced = QTextBlockFormat()
        spaced.setLineHeight(
            _LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor.setBlockFormat(spaced)
        band = band_color([looked.color], theme)
        first_at = -1
        for one in looked.text:
            if first_at < 0 and (one.first or one.second):
                first_at = cursor.position()
            cursor.insertText(one.text, _format(theme, band, first=one.first, second=one.second))
        self.legend.show_names(looked.names, band)
        self.text.document().setTextWidth(max(self.text.viewport().width(), theme.px(200)))
        line = self.text.fontMetrics().lineSpacing() * _LINE_HEIGHT // 100
        wanted = round(self.text.document().size().height()) + theme.px(6)
        self.text.setMaximumHeight(min(line * _MOST_LINES, wanted))
        self.text.setMinimumHeight(min(line * _LEAST_LINES, wanted))
        cursor.setPosition(max(first_at, 0))
        self.text.setTextCursor(cursor)
        # A line of what stands before is seen, too.
        above = self.text.cursorRect().top() - line - theme.px(4)
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + above)
        self.text.setAccessibleDescription("; ".join(looked.sides))

    def _show_decision(self, looked: Looked | None) -> None:
        if self.decision is not None:
            self._decisions.removeWidget(self.decision)
            self.decision.deleteLater()
            self.decision = None
        if looked is None:
            return
        one, other = (_short(name) for name in looked.names)
        words = (f"1 {one}", f"2 {other}", tr("3 All of it"), tr("4 Neither"))
        self.decision = SegmentedControl(
            self._theme, list(zip(SETTLING, words, strict=True)), optional=True,
            name=tr("Settle as"), parent=self,
        )  # fmt: skip
        self.decision.set_value(_chosen(looked))
        self.decision.setEnabled(self._writable)
        self.decision.value_changed.connect(self._on_decision_value_changed)
        self._decisions.addWidget(self.decision, 0, Qt.AlignmentFlag.AlignLeft)
        self.decision.show()

    def _show_memo(self, looked: Looked, *, same: bool) -> None:
        self.memo.setReadOnly(not self._writable)
        typing = same and (self._saving.waiting() or self.memo.hasFocus())
        if typing or self.memo.toPlainText() == looked.memo:
            return
        self.memo.blockSignals(True)
        self.memo.setPlainText(looked.memo)
        self.memo.blockSignals(False)
        self._saving.stop()

    # ------------------------------------------------------------------------------ writing
    def settle(self, decision: Decision | None) -> None:
        """Settle what is shown, as if by its button."""
        if self._looked is not None and self._writable:
            self.save()
            self.decided.emit(self._looked.id, decision)

    def step(self, by: int) -> None:
        """Go on to another one."""
        self.save()
        self.step_wanted.emit(by)

    def write_on(self) -> None:
        """Put the keyboard where it is discussed."""
        if self._looked is not None:
            self.memo.moveCursor(QTextCursor.MoveOperation.End)
            self.memo.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        """Save what is being typed."""
        self._saving.stop()
        looked = self._looked
        if looked is None or not self._writable:
            return
        text = self.memo.toPlainText().strip()
        if text != looked.memo.strip():
            # What is shown is told anew while the wish is carried out.
            self._looked = replace(looked, memo=text)
            self.discussed.emit(looked.id, text)

    def act_on(self, event: QKeyEvent) -> bool:
        """Do what a single key stands for; tell whether it does."""
        if self._looked is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        key = event.text().casefold()
        if key in ("1", "2", "3", "4"):
            self.settle(SETTLING[int(key) - 1])
        elif key in ("n", "p"):
            self.step(1 if key == "n" else -1)
        elif key == "m":
            self.write_on()
        elif key == "0":
            self.settle(None)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle and step by single keys, wherever in the pane the keyboard is but in the memo."""
        if not self.act_on(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save when the keyboard leaves the memo; Escape leads back to the list."""
        if watched is self.memo and event.type() == QEvent.Type.FocusOut:
            self.save()
        if watched is self.memo and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)  # noqa: S101 - by its type
            if event.key() == Qt.Key.Key_Escape:
                self.save()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _on_decision_value_changed(self, value: object) -> None:
        self.settle(next((one for one in SETTLING if one == value), None))

    def _on_shown_value_changed(self, value: object) -> None:
        self.save()
        self.shown_changed.emit(str(value))

    def _on_previous_clicked(self) -> None:
        self.step(-1)

    def _on_next_clicked(self) -> None:
        self.step(1)


_UNDERLINES = {
    (True, False): QTextCharFormat.UnderlineStyle.SingleUnderline,
    (False, True): QTextCharFormat.UnderlineStyle.DashUnderline,
    (True, True): QTextCharFormat.UnderlineStyle.NoUnderline,
    (False, False): QTextCharFormat.UnderlineStyle.NoUnderline,
}


def _format(theme: Theme, band: str, *, first: bool, second: bool) -> QTextCharFormat:
    """Return how a stretch looks that the first, the second or both have coded."""
    look = QTextCharFormat()
    coded = first or second
    look.setForeground(QColor(theme.ink if coded else theme.muted))
    if coded:
        look.setBackground(QColor(band))
        look.setUnderlineColor(QColor(theme.ink))
        look.setUnderlineStyle(_UNDERLINES[first, second])
    return look


def _chosen(looked: Looked) -> Decision | None:
    return looked.decision if looked.decision in SETTLING else None


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1].rstrip() + "…"


def stretches(
    text: str, spans: Sequence[Sequence[tuple[int, int]]], start: int, end: int
) -> tuple[Stretch, ...]:
    """Cut `start:end` of a text into stretches by who has coded them.

    `spans` are those of the first and of the second coder. Offsets are code points.
    """
    edges = {start, end}
    for one, other in (span for side in spans for span in side):
        edges |= {min(max(edge, start), end) for edge in (one, other)}
    cuts = sorted(edges)
    found: list[Stretch] = []
    for low, high in pairwise(cuts):
        first, second = (any(one <= low and high <= other for one, other in side) for side in spans)
        found.append(Stretch(text[low:high], first, second))
    return tuple(found)
