"""A guide taken in, matched and shown; and what one sees and chooses there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.guide.guide_dialog import GuideDialog
from qda.gui.guide.import_dialog import GuideImportDialog
from qda.gui.sources.workspace import SourcesWorkspace

GUIDE = """\
Guide for ledere
## Organisering
1. Hvordan er kontoret delt inn?
   - ytelse
2. Hva gjør dere på mandager?
   - tavle
## Mål
3. Hva ser dere etter når dere kommer?
Takk for praten.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "guide.md"
    made.write_text(GUIDE, encoding="utf-8")
    return made


@pytest.fixture
def place(qtbot: QtBot, study: Context) -> SourcesWorkspace:
    made = SourcesWorkspace(study)
    qtbot.addWidget(made)
    made.activate()
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def lines(qtbot: QtBot, place: SourcesWorkspace, path: Path) -> GuideImportDialog:
    """The lines of the guide, before it is taken in."""
    place.guide.read(path)
    qtbot.waitUntil(lambda: place.guide.importing is not None)
    assert place.guide.importing is not None
    return place.guide.importing


@pytest.fixture
def dialog(qtbot: QtBot, place: SourcesWorkspace, lines: GuideImportDialog) -> GuideDialog:
    """The guide, taken in and matched."""
    QTest.keyClick(lines.table, Qt.Key.Key_Return)
    lines.take.click()
    qtbot.waitUntil(lambda: place.guide.dialog is not None, timeout=20_000)
    assert place.guide.dialog is not None
    return place.guide.dialog


def asked(dialog: GuideDialog) -> list[tuple[str, str]]:
    """What the listed turns say, and the number of what they ask."""
    model = dialog.turns.model
    found: list[tuple[str, str]] = []
    for row in range(model.rowCount()):
        turn = model.turn(row)
        assert turn is not None
        found.append((turn.said.strip(), model.asks(model.said_of(turn.turn)).partition(".")[0]))
    return found


def choose_question(dialog: GuideDialog, number: str) -> None:
    guide = dialog.current_guide()
    assert guide is not None
    dialog.questions.choose(next(one for one in guide.questions if one.number == number))
