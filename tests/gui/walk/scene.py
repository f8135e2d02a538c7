"""The whole program with real content, to be walked through."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from qda.app.session import Session
from qda.app.settings import Settings
from qda.gui.application import Application
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Place
from qda.gui.main_window import MainWindow
from qda.model.ids import CodingId
from qda.operations import (
    code_sets,
    codebook_versions,
    codings,
    corrections,
    judgements,
    memos,
    recordings,
)
from qda.store import cases as case_rows
from qda.store import codes as code_rows
from qda.store import documents as document_rows
from qda.text.edits import Edit

Look = Callable[[QWidget], None]


@dataclass
class Scene:
    """The program, its window, and a folder for what has to be read."""

    application: Application
    folder: Path
    looked: list[str] = field(default_factory=list[str])

    @property
    def window(self) -> MainWindow:
        found = self.application.window
        assert found is not None
        return found

    def show(self, key: str) -> QWidget:
        """Show a workspace with its content; return it."""
        self.window.show_place(Place(key))
        settle()
        return self.window.workspace

    def room(self) -> CodingWorkspace:
        """Show the coding room with a coded source and a segment at hand."""
        room = self.show("coding")
        assert isinstance(room, CodingWorkspace)
        if room.open is None:
            room.step_document(1)
        room.view.set_selection(0, 0)
        room.view.next_segment()
        chosen = room.view.selected_segment()
        assert chosen is not None
        room.show_coding(CodingId(chosen))
        settle()
        return room

    def do(self, command: str) -> None:
        """Give a command as menu and palette do."""
        self.window.actions_by_command.action(command).trigger()


def settle(milliseconds: int = 30) -> None:
    """Let what was begun come to an end: a worker, a layout, a first painting."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until something holds."""
    for _ in range(round(seconds * 50)):
        if holds():
            return
        settle(20)
    raise AssertionError("it never came")


def build_scene(master: Path, folder: Path, language: str, theme: str) -> Scene:
    """Open a copy of the project `master` in a language and a theme."""
    project = Path(shutil.copy(master, folder / "studie.qdaproj"))
    settings = Settings(folder / "settings.json")
    settings.set("language", language)
    settings.set("theme", theme)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    application = Application(app, settings)
    assert application.open(project)
    scene = Scene(application, folder)
    scene.window.resize(1280, 860)
    scene.window.activateWindow()
    scene.window.build_all()
    settle(100)
    return scene


def enrich(session: Session, folder: Path, make_recording: Callable[..., Path]) -> None:
    """Add to the example study what it lacks: something in every pane and list there is."""
    connection, coder = session.project.connection, session.coder
    everything = [one.id for one in code_rows.all_codes(connection)]
    first = document_rows.all_documents(connection)[0].id
    case = case_rows.all_cases(connection)[0].id
    session.run(code_sets.save_code_set, coder=coder, name="Styring", members=everything[:3])
    session.run(codebook_versions.save_version, coder=coder, name="Før runde 2")
    memo = session.run(
        memos.add_memo, coder=coder, on="code", target=everything[0], text="Er dette styring?"
    ).value
    session.run(memos.edit_memo, coder=coder, memo=memo.id, text="Styring, eller bare vane?")
    session.run(memos.add_memo, coder=coder, on="document", target=first, text="Rolig og åpen.")
    session.run(judgements.add_proposition, coder=coder, name="Måling styrer", text="Tall teller.")
    session.run(
        corrections.correct_text, coder=coder, document=first, edits=[Edit(60, 0, "altså ")]
    )
    session.run(
        recordings.link_recording, coder=coder, document=first,
        file=make_recording(folder / "opptak.wav", 30),
    )  # fmt: skip
    new = [
        codings.NewCoding(first, code, 200, 260, cases=(case,))
        for code in (everything[0], everything[-1])
    ]
    session.run(codings.add_codings, coder=coder, new=new)
