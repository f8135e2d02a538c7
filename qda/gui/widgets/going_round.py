"""From pane to pane by one key."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def go_round(panes: Sequence[QWidget], focused: QWidget) -> QWidget:
    """Give the keyboard to the pane after the one that has it; return that pane."""
    here = next(
        (
            place
            for place, pane in enumerate(panes)
            if pane is focused or pane.isAncestorOf(focused)
        ),
        1,
    )
    following = panes[(here + 1) % len(panes)]
    following.setFocus(Qt.FocusReason.TabFocusReason)
    return following
