"""Ticking several codes in the palette and coding with all of them at once."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
QUOTE = "Klokka ni, hver gang."


def test_ticked_codes_are_put_on_the_selection_in_one_step(
    coding_window: MainWindow, coding_room: CodingWorkspace
) -> None:
    view = coding_room.view
    start = view.canonical_text().index(QUOTE)
    view.set_selection(start, start + len(QUOTE))
    view.setFocus()
    before = len(view.segments())
    QTest.keyClick(view, Qt.Key.Key_K, CTRL)
    palette = coding_window.palette_sheet
    field = coding_window.focusWidget()
    QTest.keyClicks(field, "rutiner")
    QTest.keyClick(field, Qt.Key.Key_Space, CTRL)
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, "tavle")
    QTest.keyClick(field, Qt.Key.Key_Space, CTRL)
    palette.grab()
    assert palette.text() == "tavle"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    made = [one for one in view.segments() if one.start == start]
    assert sorted(one.sub_label or one.label for one in made) == ["rutiner", "tavlemøte"]
    coding_window.undo()
    assert len(view.segments()) == before


def test_a_tick_is_taken_away_and_forgotten_when_the_palette_closes(
    coding_window: MainWindow, coding_room: CodingWorkspace
) -> None:
    view = coding_room.view
    before = len(view.segments())
    view.set_selection(0, 5)
    view.setFocus()
    for keys in ((Qt.Key.Key_Space, Qt.Key.Key_Space), (Qt.Key.Key_Space,)):
        QTest.keyClick(view, Qt.Key.Key_K, CTRL)
        field = coding_window.focusWidget()
        QTest.keyClicks(field, "rutiner")
        for key in keys:
            QTest.keyClick(field, key, CTRL)
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert view.hasFocus()
    QTest.keyClick(view, Qt.Key.Key_K, CTRL)
    field = coding_window.focusWidget()
    QTest.keyClicks(field, "tavle")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(view.segments()) == before + 1
    assert any(one.sub_label == "tavlemøte" for one in view.segments())
