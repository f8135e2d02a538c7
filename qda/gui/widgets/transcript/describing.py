"""What a screen reader says of the caret's place."""

from collections.abc import Sequence

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from qda.gui.language import tr
from qda.gui.widgets.transcript.data import SegmentView


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a sentence at once, without moving its focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def coded_with(segments: Sequence[SegmentView]) -> str:
    """Say what a place is coded with."""
    titles = list(dict.fromkeys(one.title for one in segments))
    if not titles:
        return tr("Not coded")
    if len(titles) == 1:
        return tr("Coded with {code}", code=titles[0])
    return tr("Coded with {codes} and {last}", codes=", ".join(titles[:-1]), last=titles[-1])
