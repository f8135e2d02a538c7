"""The page without a project: start one, open one, look at the example."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.app.settings import Settings
from qda.gui import fonts
from qda.gui.language import tr
from qda.gui.project_drop import ProjectDropWatch
from qda.gui.theme import Theme

SHOWN = 6


class Welcome(QWidget):
    """Offer a new project, the recent ones and the example study."""

    application_wanted = Signal(str, object)
    """The user wants something of the application: what, and with what.

    Parameters: `new`, `open`, `demo`, `quit` or `language`; its argument.
    """

    def __init__(self, theme: Theme, settings: Settings) -> None:
        """Build the page."""
        super().__init__()
        self._theme = theme
        self.setWindowTitle("qda")
        self.setAutoFillBackground(True)
        want = self.application_wanted.emit
        title = QLabel(tr("Code interviews and compare cases"))
        title.setFont(fonts.text_font(theme.scale, 26))
        title.setAccessibleName(title.text())
        text = QLabel(
            tr("A project is one file on your own machine. Nothing in it is ever sent anywhere.")
        )
        text.setProperty("kind", "muted")
        text.setWordWrap(True)
        new = QPushButton(tr("New project …"))
        new.setProperty("kind", "primary")
        new.setDefault(True)
        open_ = QPushButton(tr("Open project …"))
        demo = QPushButton(tr("Look at the example study …"))
        new.clicked.connect(partial(want, "new", None))
        open_.clicked.connect(partial(want, "open", None))
        demo.clicked.connect(partial(want, "demo", None))
        buttons = QHBoxLayout()
        for button in (new, open_, demo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.px(16))
        for widget in (title, text):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self._peer_button(), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._recent(settings))
        column.addLayout(self._languages())
        self._lay_out(column)
        self.resize(theme.px(960), theme.px(640))
        QShortcut(QKeySequence("Ctrl+Q"), self, partial(want, "quit", None))
        QShortcut(QKeySequence("Ctrl+O"), self, partial(want, "open", None))
        ProjectDropWatch(self).dropped.connect(partial(want, "drop"))
        new.setFocus()

    def _lay_out(self, column: QVBoxLayout) -> None:
        """Put the column in the middle, no wider than one reads well."""
        frame = QFrame()
        frame.setLayout(column)
        frame.setMaximumWidth(self._theme.px(640))
        # No alignment: with one, the layout would not ask how high the wrapped lines are.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(frame, 100)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)

    def _peer_button(self) -> QPushButton:
        button = QPushButton(tr("Open a project from another program …"))
        button.setProperty("kind", "link")
        button.setToolTip(tr("REFI-QDA (NVivo, MAXQDA, ATLAS.ti), QualCoder, Taguette, RQDA"))
        button.clicked.connect(partial(self.application_wanted.emit, "peer", None))
        return button

    def _recent(self, settings: Settings) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, self._theme.px(16), 0, 0)
        layout.setSpacing(self._theme.px(2))
        found = settings.recent_projects()[:SHOWN]
        if found:
            heading = QLabel(tr("Recent"))
            heading.setProperty("kind", "muted")
            layout.addWidget(heading)
        for path in found:
            button = QPushButton(path.stem)
            button.setProperty("kind", "link")
            button.setToolTip(str(path))
            button.setAccessibleName(tr("Open {name}", name=path.stem))
            button.clicked.connect(partial(self.application_wanted.emit, "open", path))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _languages(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for code, name in (("nb", "Norsk bokmål"), ("en", "English")):
            button = QPushButton(name)
            button.setProperty("kind", "link")
            button.clicked.connect(partial(self.application_wanted.emit, "language", code))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the program with its only window, unless a project is being opened."""
        event.accept()
        if event.spontaneous():
            self.application_wanted.emit("quit", None)
