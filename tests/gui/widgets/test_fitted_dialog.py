"""Dialogs that open as large as their words want."""

from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from qda.gui.widgets.fitted_dialog import FittedDialog


def opened(qtbot: QtBot, sentences: int, wide: str = "") -> tuple[FittedDialog, QLabel]:
    dialog = FittedDialog(300)
    qtbot.addWidget(dialog)
    label = QLabel("Alt som er skrevet her, skal kunne leses. " * sentences, dialog)
    label.setWordWrap(True)
    layout = QVBoxLayout(dialog)
    layout.addWidget(label)
    layout.addWidget(QCheckBox(wide, dialog))
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog, label


def test_every_line_has_its_place(qtbot: QtBot) -> None:
    dialog, label = opened(qtbot, 50)
    assert label.height() >= label.heightForWidth(label.width())
    room = dialog.screen().availableGeometry()
    assert room.height() * 2 / 3 < dialog.height() <= room.height()


def test_what_cannot_wrap_widens_it(qtbot: QtBot) -> None:
    dialog, _ = opened(qtbot, 1, "et valg med en lang setning som ikke brytes noe sted i det hele")
    box = dialog.findChild(QCheckBox)
    assert box is not None
    assert 300 < box.sizeHint().width() <= box.width()


def test_it_stays_on_the_screen(qtbot: QtBot) -> None:
    dialog, _ = opened(qtbot, 2_000)
    assert dialog.height() <= dialog.screen().availableGeometry().height()


def test_it_grows_with_what_is_said_later(qtbot: QtBot) -> None:
    dialog, label = opened(qtbot, 1)
    before = dialog.height()
    label.setText(label.text() * 20)
    dialog.fit()
    assert dialog.height() > before
    assert label.height() >= label.heightForWidth(label.width())
