"""Open a project in the window and write a memo until killed, telling how much must be saved.

Arguments: the project; `pause` to type once and wait, `on` to type without ever pausing.
"""

import sys
import tempfile
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.app.settings import Settings
from qda.gui.application import Application
from qda.gui.memos.workspace import MemosWorkspace
from qda.gui.widgets.autosave import AT_LATEST, PAUSE

BETWEEN = 100
"""Milliseconds between letters: no pause that would be one."""
SLACK = 1.0
"""Seconds that a busy machine may be late."""
ENOUGH = 10
"""Letters that must be in the file before the program is killed."""


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    app = QApplication(["qda"])
    with tempfile.TemporaryDirectory() as folder:
        application = Application(app, Settings(Path(folder) / "settings.json"))
        assert application.open(Path(sys.argv[1]))
        window = application.window
        assert window is not None
        window.show_workspace("memos")
        room = window.workspace
        assert isinstance(room, MemosWorkspace)
        room.write_on("project", 0)
        editor = window.focusWidget()
        timer = QTimer(app)
        if sys.argv[2] == "pause":
            QTest.keyClicks(editor, "og de siste ordene")
            timer.setSingleShot(True)
            timer.setInterval(PAUSE + BETWEEN)
            timer.timeout.connect(lambda: say("18"))
        else:
            typed: list[float] = []

            def type_one() -> None:
                typed.append(monotonic())
                QTest.keyClicks(editor, "x")
                due = typed[-1] - AT_LATEST / 1000 - SLACK
                count = sum(one < due for one in typed)
                if count >= ENOUGH:
                    say(str(count))

            timer.setInterval(BETWEEN)
            timer.timeout.connect(type_one)
        timer.start()
        app.exec()


main()
