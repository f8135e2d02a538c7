"""The application around the windows: which project is open, in which language and colours."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressDialog, QWidget

from qda.app import paths
from qda.app.session import Session
from qda.app.settings import Settings, ThemeChoice
from qda.app.translation import INTERFACE_LANGUAGES, InterfaceLanguage, load_catalogue
from qda.gui import alerts, fonts, language
from qda.gui.collecting import Collector
from qda.gui.context import Context, Navigator
from qda.gui.job_runner import JobRunner
from qda.gui.language import tr
from qda.gui.main_window import MainWindow
from qda.gui.peer_projects import PeerOpening
from qda.gui.project_drop import ProjectDropWatch
from qda.gui.session_bridge import SessionBridge
from qda.gui.theme import Theme, apply_theme, choose_theme, retheme
from qda.gui.welcome import Welcome
from qda.gui.widgets.focus_ring import FocusRings
from qda.gui.workspaces import make_workspaces
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.store.project_file import ENDING

READING = ("reading.face", "reading.leading", "reading.measure")
"""What the face, the lines and the width of the text that one reads are kept under."""


class Application(QObject):
    """Open and close projects and build the window anew when the language changes."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        """Set language and colours; no window is shown before `open` or `show_welcome`."""
        super().__init__(app)
        self._app = app
        self.settings = settings
        self.session: Session | None = None
        self.window: MainWindow | None = None
        self.welcome: Welcome | None = None
        self._bridge: SessionBridge | None = None
        self._jobs: JobRunner | None = None
        FocusRings(app)
        Collector(app)
        fonts.set_reading(kept_reading(settings))
        self.theme = self._apply_theme()
        self._set_language(self._language())
        alerts.install_hook(self._front)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    # ------------------------------------------------------------------ language and colours

    def _language(self) -> InterfaceLanguage:
        kept = self.settings.text("language")
        for known in INTERFACE_LANGUAGES:
            if known == kept:
                return known
        return language.system_language()

    def _set_language(self, code: InterfaceLanguage) -> None:
        language.install_language(self._app, load_catalogue(code))

    def change_language(self, code: InterfaceLanguage) -> None:
        """Speak another language from now on; the window is built anew in the same place."""
        self.settings.set("language", code)
        self._set_language(code)
        if self.session is not None:
            self._drop_window()
            self._show_window()
        elif self.welcome is not None:
            self.show_welcome()

    def _apply_theme(self) -> Theme:
        choice = cast("ThemeChoice", self.settings.text("theme", "system"))
        scale = self.settings.number("scale", 100) / 100
        return apply_theme(self._app, choose_theme(choice, self._app), scale)

    def change_theme(self, choice: str) -> None:
        """Take other colours from now on."""
        self.settings.set("theme", choice)
        self._retheme()

    def change_scale(self, percent: int) -> None:
        """Show the interface larger or smaller: 100 to 300 per cent."""
        self.settings.set("scale", percent)
        self._retheme()

    def change_reading(self, reading: fonts.Reading) -> None:
        """Set the text that one reads in another way from now on."""
        for key, value in zip(READING, (reading.face, reading.leading, reading.measure),
                              strict=True):  # fmt: skip
            self.settings.set(key, value)
        fonts.set_reading(reading)
        self._retheme()

    def _retheme(self) -> None:
        self.theme = self._apply_theme()
        if self.window is not None:
            self.window.set_theme(self.theme)
        if self.welcome is not None:
            retheme(self.welcome, self.theme)

    def _on_scheme_changed(self) -> None:
        if self.settings.text("theme", "system") in ("system", "contrast"):
            self._retheme()

    # ------------------------------------------------------------------------------ projects

    def open(self, path: Path, *, take_over: bool = False) -> bool:
        """Open a project in place of the one that is open; tell whether it worked.

        The one that is open already is just shown: opened twice, it would be for reading only.
        """
        if self.session is not None and _same_file(path, self.session.project.path):
            if self.window is not None:
                self.window.raise_()
                self.window.activateWindow()
            return True
        try:
            session = Session.open(path, take_over=take_over)
        except UserError as error:
            alerts.show_error(self._front(), error)
            return False
        self._take(session)
        return True

    def create(self, path: Path) -> bool:
        """Make a project and open it; tell whether it worked."""
        if path.suffix.lower() != ENDING:
            path = path.with_name(path.name + ENDING)
        try:
            session = Session.create(path)
        except UserError as error:
            alerts.show_error(self._front(), error)
            return False
        self._take(session)
        return True

    def open_demo(self, folder: Path) -> None:
        """Build the example study in a folder and open it; one that is there is just opened."""
        from qda.app import demo  # lazy: readers and writers are slow to import

        target = folder / demo.PROJECT
        if target.exists():
            self.open(target)
            return

        def build(progress: Progress) -> Path:
            demo.build_project(demo.example_study(), target, progress).close()
            return target

        runner = JobRunner(self)
        waiting = QProgressDialog(
            tr("Building the example study …"), tr("Cancel"), 0, 0, self._front()
        )
        waiting.setWindowTitle(tr("The example study"))
        waiting.setMinimumDuration(300)
        waiting.canceled.connect(runner.cancel)
        runner.progressed.connect(partial(_show_progress, waiting))
        runner.failed.connect(self._on_runner_failed)
        runner.finished.connect(waiting.reset)
        runner.finished.connect(runner.deleteLater)
        runner.start(tr("Building the example study …"), build, self._on_demo_built)

    def _on_demo_built(self, project: Path) -> None:
        self.open(project)

    def _on_runner_failed(self, error: UserError) -> None:
        alerts.show_error(self._front(), error)

    def _take(self, session: Session) -> None:
        self.close_project()
        self.session = session
        self.settings.remember_project(session.project.path)
        self._show_window()

    def _show_window(self) -> None:
        assert self.session is not None  # noqa: S101 - a project is open
        self._bridge = SessionBridge(self.session, self)
        self._jobs = JobRunner(self)
        context = Context(
            bridge=self._bridge,
            jobs=self._jobs,
            settings=self.settings,
            theme=self.theme,
            navigator=Navigator(self),
        )
        self.window = MainWindow(context, make_workspaces(context))
        self.window.application_wanted.connect(self._on_window_application_wanted)
        ProjectDropWatch(self.window).dropped.connect(self._on_project_dropped)
        # Shown first: workspaces ask how wide they are, and which step stands in the largest place.
        self.window.show()
        self.window.start()
        context.words.wake_later()
        if self.welcome is not None:
            self.welcome.hide()
            self.welcome.deleteLater()
            self.welcome = None

    def _drop_window(self) -> None:
        if self.window is not None:
            self.window.context.words.stop()
        if self._jobs is not None:
            self._jobs.stop()
            self._jobs.deleteLater()
            self._jobs = None
        if self._bridge is not None:
            self._bridge.detach()
            self._bridge.deleteLater()
            self._bridge = None
        if self.window is not None:
            self.window.save_state()
            self.window.hide()
            self.window.deleteLater()
            self.window = None

    def close_project(self) -> None:
        """Close the open project; what was done is saved already."""
        self._drop_window()
        if self.session is not None:
            session, self.session = self.session, None
            try:
                session.close()
            except UserError as error:
                alerts.show_error(self._front(), error)

    def show_welcome(self) -> None:
        """Show the page that offers a new project, the recent ones and the example study."""
        if self.welcome is not None:
            self.welcome.deleteLater()
        self.welcome = Welcome(self.theme, self.settings)
        self.welcome.application_wanted.connect(self._on_window_application_wanted)
        self.welcome.show()

    def _front(self) -> QWidget | None:
        return self.window if self.window is not None else self.welcome

    # ------------------------------------------------------------------------------- wishes

    def _on_window_application_wanted(self, wish: str, what: object) -> None:
        if wish == "new":
            self._ask_new()
        elif wish == "open":
            self._ask_open(what)
        elif wish == "demo":
            self._ask_demo()
        elif wish == "peer":
            self.peer_opening().ask()
        elif wish == "drop" and isinstance(what, Path):
            self._on_project_dropped(what)
        elif wish == "close":
            self.close_project()
            self.show_welcome()
        elif wish == "quit":
            self.quit()
        else:
            self._change_looks(wish, what)

    def peer_opening(self) -> PeerOpening:
        """Return a way to open a project of another program; its report is shown in the end."""
        opening = PeerOpening(self.theme, self._front(), self)
        opening.opened.connect(self._on_peer_opened)
        return opening

    def _on_peer_opened(self, project: Path) -> None:
        if self.open(project) and self.window is not None:
            self.window.show_reports()

    def _on_project_dropped(self, path: Path) -> None:
        if path.suffix.casefold() == ENDING:
            self.open(path)
        else:
            self.peer_opening().ask(path)

    def _change_looks(self, wish: str, what: object) -> None:
        if wish == "theme":
            self.change_theme(str(what))
        elif wish == "scale" and isinstance(what, int):
            self.change_scale(what)
        elif wish == "reading" and isinstance(what, fonts.Reading):
            self.change_reading(what)
        elif wish == "language":
            self.change_language("nb" if what == "nb" else "en")

    def quit(self) -> None:
        """Close everything and end the program."""
        self.close_project()
        if self.welcome is not None:
            self.welcome.close()
        self._app.quit()

    def _ask_new(self) -> None:
        start = paths.documents_dir() / (tr("New project") + ENDING)
        chosen, _ = QFileDialog.getSaveFileName(
            self._front(), tr("New project"), str(start), self._filter()
        )
        if chosen:
            self.create(Path(chosen))

    def _ask_open(self, what: object) -> None:
        if isinstance(what, Path):
            self.open(what)
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self._front(), tr("Open a project"), str(paths.documents_dir()), self._filter()
        )
        if chosen:
            self.open(Path(chosen))

    def _ask_demo(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self._front(),
            tr("Choose a folder for the example study"),
            str(paths.documents_dir()),
        )
        if chosen:
            self.open_demo(Path(chosen))

    def _filter(self) -> str:
        return tr("Projects") + f" (*{ENDING})"


def kept_reading(settings: Settings) -> fonts.Reading:
    """Return how the user wants text to be set where one reads it."""
    face, leading, measure = READING
    return fonts.Reading(
        settings.text(face),
        min(250, max(110, round(settings.number(leading, fonts.LEADING)))),
        min(120, max(30, round(settings.number(measure, fonts.MEASURE)))),
    )


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _show_progress(dialog: QProgressDialog, done: int, total: int, what: object) -> None:
    """Show how far a job has come; what it does now is said by the job's title."""
    del what
    dialog.setMaximum(total)
    dialog.setValue(min(done, max(0, total - 1)))
