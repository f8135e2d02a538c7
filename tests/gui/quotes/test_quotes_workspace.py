"""Quotes found, picked, trimmed, put in order, copied, exported and opened where they were said."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.quotes.workspace import QuotesWorkspace
from qda.model.quotes import Trim
from qda.operations import variables
from qda.store import participants as people
from qda.store import quotes as rows


def room(window: MainWindow) -> QuotesWorkspace:
    found = window.workspace_called("quotes")
    assert isinstance(found, QuotesWorkspace)
    return found


def listed(window: MainWindow) -> list[str]:
    return [one.text for one in room(window).list_page.list.quotes()]


def test_all_codings_stand_as_quotes_as_they_are_printed(window: MainWindow) -> None:
    found = listed(window)
    assert len(found) == 4
    assert "«Hvor mange som er godkjent.»" in found
    page = room(window).list_page
    assert page.pane.preview.text() == f"{found[0]} (leder)"
    assert "Bare 1 informant" in page.pane.warning.text() or "Only 1" in page.pane.warning.text()


def test_words_and_choices_narrow_the_list(window: MainWindow, qtbot: QtBot) -> None:
    page = room(window).list_page
    QTest.keySequence(window, "Ctrl+F")
    QTest.keyClicks(window.focusWidget(), "SVARET bordet")
    qtbot.waitUntil(lambda: len(listed(window)) == 1)
    assert listed(window) == ["«Vi ble spurt, men svaret lå på bordet.»"]
    page.filters.field.clear()
    qtbot.waitUntil(lambda: len(listed(window)) == 4)
    box = page.filters.boxes["case"]
    box.setCurrentIndex(box.findData("NAV Havnes"))
    assert len(listed(window)) == 2
    page.filters.field.setText("finnes ikke")
    qtbot.waitUntil(page._nothing.isVisible)  # noqa: SLF001 - what stands there instead
    page._nothing.button().click()  # noqa: SLF001 - likewise
    qtbot.waitUntil(lambda: len(listed(window)) == 4)


def test_a_quote_is_picked_by_key_and_undone(window: MainWindow, told: Context) -> None:
    connection = told.bridge.project.connection
    page = room(window).list_page
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keySequence(window, "Ctrl+D")
    assert len(rows.picked(connection)) == 2
    assert "in the text" in page.list.quotes()[0].attribution
    QTest.keySequence(window, "Ctrl+D")
    assert rows.picked(connection) == ()
    told.bridge.undo()
    assert len(rows.picked(connection)) == 2


def test_trimming_by_keyboard_shows_what_is_printed(window: MainWindow, told: Context) -> None:
    connection = told.bridge.project.connection
    page = room(window).list_page
    page.list.choose(page.list.quotes()[1].id)
    page.list.select_ids([page.list.quotes()[1].id])
    page.pick()
    QTest.keySequence(window, "Alt+2")
    picked = room(window).picked_page
    assert [one.text for one in picked.list.quotes()] == [
        "«Vi ble spurt, men svaret lå på bordet.»"
    ]
    QTest.keySequence(window, "F2")
    text = picked.trim.text
    assert text.hasFocus()
    cursor = text.textCursor()
    cursor.setPosition(13)
    cursor.setPosition(16, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    QTest.keyClick(text, Qt.Key.Key_Delete)
    assert picked.pane.preview.text().startswith("«Vi ble spurt, […] svaret lå på bordet.»")
    cursor.setPosition(22)
    text.setTextCursor(cursor)
    QTest.keyClick(text, Qt.Key.Key_Return)
    QTest.keyClicks(picked.trim.words, "[fra fylket]")
    QTest.keyClick(picked.trim.words, Qt.Key.Key_Return)
    assert "svaret [fra fylket] lå" in picked.pane.preview.text()
    assert rows.picked(connection)[0].trims == (Trim(14, 17), Trim(24, 24, "fra fylket"))
    QTest.keyClick(text, Qt.Key.Key_Backspace)
    assert rows.picked(connection)[0].trims == (Trim(14, 17),)
    told.bridge.undo()
    told.bridge.undo()
    assert picked.pane.preview.text().startswith("«Vi ble spurt, […] svaret lå")


def test_order_note_and_out_again(window: MainWindow, told: Context) -> None:
    connection = told.bridge.project.connection
    page = room(window).list_page
    page.list.select_ids([one.id for one in page.list.quotes()])
    page.pick()
    room(window).show_page("picked")
    picked = room(window).picked_page
    first = rows.picked(connection)[0].coding
    QTest.keySequence(window, "Alt+Down")
    assert [one.coding for one in rows.picked(connection)].index(first) == 1
    picked.note.setFocus()
    QTest.keyClicks(picked.note, "til drøftingen")
    QTest.keyClick(picked.note, Qt.Key.Key_Return)
    assert rows.picked(connection)[1].note == "til drøftingen"
    assert "til drøftingen" in picked.list.quotes()[1].attribution
    picked.list.setFocus()
    picked.list.clearSelection()
    picked.list.choose(first)
    QTest.keyClick(picked.list, Qt.Key.Key_Delete)
    assert len(rows.picked(connection)) == 3


def test_the_style_is_checked_while_one_types(window: MainWindow, told: Context) -> None:
    connection = told.bridge.project.connection
    card = room(window).list_page.style_card
    card.edit()
    QTest.keyClicks(card.template, "({rolle}, {kontor})")
    assert "office beside the person" in card.trouble.text()
    assert rows.style(connection).attribution == "({rolle})"
    card.office.click()
    assert card.trouble.text() == ""
    assert rows.style(connection).attribution == "({rolle}, {kontor})"
    page = room(window).list_page
    assert page.pane.preview.text().endswith("(leder, NAV Bjørkvik)")
    card.template.selectAll()
    QTest.keyClicks(card.template, "({tull})")
    assert "Nobody has tull" in card.trouble.text()


def test_copied_plain_and_rich(window: MainWindow) -> None:
    page = room(window).list_page
    page.list.select_ids([one.id for one in page.list.quotes()[:2]])
    QTest.keySequence(window, "Ctrl+C")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().count("(leder)") == 2
    assert data.html().count("<blockquote>") == 2


def test_enter_opens_the_transcript_and_a_place_shows_the_quote(
    window: MainWindow, told: Context, qtbot: QtBot
) -> None:
    page = room(window).list_page
    page.list.setFocus()
    last = page.list.quotes()[-1].id
    room(window).show_place(Place("quotes", coding=last))  # pyright: ignore[reportArgumentType]
    assert page.list.current_id() == last
    # There is no room for coding in this window.
    told.navigator.place_wanted.disconnect()
    with qtbot.waitSignal(told.navigator.place_wanted) as wanted:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0] == Place("coding", coding=last)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("ending", [".docx", ".csv"])
def test_exported_from_either_page(
    window: MainWindow, told: Context, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, ending: str,
) -> None:  # fmt: skip
    page = room(window).list_page
    page.pick()
    for key in ("list", "picked"):
        room(window).show_page(key)
        target = tmp_path / f"{key}{ending}"
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName",
            lambda *_args, target=target: (str(target), ""),
        )  # fmt: skip
        with qtbot.waitSignal(told.jobs.finished, timeout=20_000):
            QTest.keySequence(window, "Ctrl+Shift+E")
        assert target.stat().st_size > 100


def test_an_empty_project_says_what_goes_here(qtbot: QtBot, context: Context) -> None:
    made = MainWindow(context, [QuotesWorkspace(context)])
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.start("quotes")
    page = room(made).list_page
    assert page._empty.isVisible()  # noqa: SLF001 - what stands there
    context.navigator.place_wanted.disconnect()
    with qtbot.waitSignal(context.navigator.place_wanted):
        page._empty.button().click()  # noqa: SLF001 - likewise
    room(made).show_page("picked")
    assert room(made).picked_page._empty.isVisible()  # noqa: SLF001 - likewise


def test_roles_filter_those_who_have_one(window: MainWindow, told: Context) -> None:
    session = told.bridge.session
    made = session.run(
        variables.add_variable, coder=session.coder, subject="participant", name="rolle",
        kind="text",
    ).value  # fmt: skip
    for one in people.all_participants(session.project.connection):
        if not one.interviewer:
            role = "leder" if one.name.startswith("Leder") else "veileder"
            session.run(
                variables.set_value, coder=session.coder, variable=made, subject_id=one.id,
                value=role,
            )  # fmt: skip
    box = room(window).list_page.filters.boxes["role"]
    box.setCurrentIndex(box.findData("leder"))
    assert len(listed(window)) == 2
