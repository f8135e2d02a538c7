"""How far something is, on a bar."""

from PySide6.QtWidgets import QProgressBar


def show_progress(bar: QProgressBar, done: int, total: int) -> None:
    """Show `done` of `total` steps, or with 0 that something runs.

    Of itself a bar that moves paints at once, and with it all of the window that waits to be
    painted, in the middle of whatever is going on; so it is painted with all else.
    """
    bar.setUpdatesEnabled(False)
    bar.setRange(0, max(0, total))
    bar.setValue(max(0, done))
    bar.setUpdatesEnabled(True)
