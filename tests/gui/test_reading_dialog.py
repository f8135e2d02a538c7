"""The reader chooses face, lines and width of the text; it shows at once and is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from qda.app.session import Session
from qda.app.settings import Settings
from qda.formats.readers import read_file
from qda.gui import fonts
from qda.gui.application import Application, kept_reading
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.reading_dialog import ReadingDialog
from qda.operations import documents


@pytest.fixture
def application(qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    """The program with an interview open in the coding room."""
    path = tmp_path / "p.qdaproj"
    session = Session.create(path, coder="Kari")
    text = tmp_path / "leder.txt"
    text.write_text("Intervjuer: Hva nå?\nLeder: " + "Vi teller planer. " * 40, encoding="utf-8")
    session.run(documents.import_documents, coder="Kari", read=[read_file(text)])
    session.close()
    made = Application(qapp, Settings(tmp_path / "settings.json"))
    assert made.open(path)
    assert made.window is not None
    made.window.show_workspace("coding")
    yield made
    made.close_project()
    made.deleteLater()
    fonts.set_reading(fonts.Reading())


def room(application: Application) -> CodingWorkspace:
    assert application.window is not None
    found = application.window.workspace
    assert isinstance(found, CodingWorkspace)
    return found


def opened(application: Application) -> ReadingDialog:
    """Open the dialog from the palette, by its name."""
    window = application.window
    assert window is not None
    QTest.keySequence(window, "Ctrl+K")
    QTest.keyClicks(window.focusWidget(), "face and lines")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    dialog = window.findChild(ReadingDialog)
    assert dialog is not None
    return dialog


def other_face() -> str:
    return next(face for face in fonts.reading_faces() if face != fonts.default_text_face())


def test_a_face_is_found_by_typing_and_shows_at_once(application: Application) -> None:
    dialog, view = opened(application), room(application).view
    face = other_face()
    assert view.document().defaultFont().families()[0] == fonts.default_text_face()
    QTest.keyClicks(dialog.field, face)
    shown = [row for row in range(dialog.faces.count()) if not dialog.faces.item(row).isHidden()]
    dialog.faces.setFocus()
    target = next(row for row in shown if dialog.faces.item(row).text() == face)
    place = dialog.faces.visualItemRect(dialog.faces.item(target)).center()
    QTest.mouseClick(dialog.faces.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.document().defaultFont().families()[0] == face
    assert application.settings.text("reading.face") == face
    assert kept_reading(application.settings).face == face


def test_lines_and_width_are_chosen(application: Application) -> None:
    dialog, view = opened(application), room(application).view
    first = view.document().firstBlock().next()
    height, width = first.blockFormat().lineHeight(), view.lineWrapColumnOrWidth()
    for control in (dialog.leading, dialog.measure):
        part = control.findChildren(QAbstractButton)[1]
        part.setFocus()
        QTest.keyClick(part, Qt.Key.Key_Right)
        QTest.keyClick(control.findChildren(QAbstractButton)[2], Qt.Key.Key_Space)
    first = view.document().firstBlock().next()
    assert first.blockFormat().lineHeight() > height
    assert view.lineWrapColumnOrWidth() > width
    assert fonts.reading().leading == fonts.LEADINGS[2]
    assert fonts.reading().measure == fonts.MEASURES[2]


def test_a_face_that_is_gone_is_not_used(tmp_path: Path, qapp: QApplication) -> None:
    settings = Settings(tmp_path / "s.json")
    settings.set("reading.face", "No such face")
    settings.set("reading.leading", 0)
    kept = kept_reading(settings)
    assert kept.leading >= 110
    fonts.set_reading(kept)
    try:
        assert fonts.text_face() == fonts.default_text_face()
    finally:
        fonts.set_reading(fonts.Reading())
    del qapp
