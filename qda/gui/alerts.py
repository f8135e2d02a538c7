"""Telling the user that something could not be done, and reporting bugs without losing work."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

import PySide6
from PySide6.QtWidgets import QMessageBox, QWidget

import qda
from qda.gui.language import say, tr
from qda.model.errors import UserError

log = logging.getLogger(__name__)


def show_error(parent: QWidget | None, error: UserError) -> None:
    """Show the sentence of an error; nothing was changed."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle(tr("This did not work"))
    box.setText(say(error.message))
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()


def bug_report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what a developer needs to know of a bug: places in the program, never its data.

    The error's own text is left out, since it may hold words of a source.
    """
    frames = traceback.extract_tb(trace)
    system = f"{platform.system()} {platform.release()}"
    versions = f"Python {platform.python_version()}, Qt {PySide6.__version__}, {system}"
    lines = [f"qda {qda.__version__}, {versions}", kind.__name__]
    for frame in frames:
        place = frame.filename.replace("\\", "/").rpartition("/qda/")[2]
        lines.append(f"  {place}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


def install_hook(parent: Callable[[], QWidget | None]) -> None:
    """Show a dialog for an error that nobody caught; the project is safe, step by step."""

    def on_bug(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report = bug_report(kind, trace)
        log.error("unexpected error\n%s", report)
        box = QMessageBox(parent())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Something went wrong"))
        box.setText(
            tr(
                "The program met an error of its own. Your work is saved up to the last step. "
                "Close and open the project again if something looks odd."
            )
        )
        box.setDetailedText(report)
        box.open()

    sys.excepthook = on_bug
