"""Words are found in all sources, walked through across them, and coded where they are picked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qda.formats.readers import read_file
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.widgets.hit_list import HeadRow, HitRow
from qda.gui.widgets.palette_match import PaletteItem
from qda.jobs.progress import Progress
from qda.model.ids import CodeId, DocumentId
from qda.operations import documents
from qda.store import codings as coding_queries
from qda.store import documents as queries
from qda.store import text_search


def press(window: MainWindow, command: str) -> None:
    """Give a command by its shortcut, as the keyboard does."""
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def focused(window: MainWindow) -> QWidget:
    """Return the widget that has the keyboard."""
    found = window.focusWidget()
    assert found is not None
    return found


def listed(room: CodingWorkspace) -> list[tuple[str, int]]:
    """Return the sources in the list with how many hits are below each."""
    found: list[tuple[str, int]] = []
    for row in room.hit_pane.list.rows():
        if isinstance(row, HeadRow):
            found.append((row.text, 0))
        else:
            found[-1] = (found[-1][0], found[-1][1] + 1)
    return found


@pytest.fixture
def look_for(
    coding_window: MainWindow, coding_room: CodingWorkspace, study: Context, qtbot: QtBot
) -> Callable[[str], None]:
    """Look for words in all sources by keyboard, and wait for the end."""

    def run(words: str) -> None:
        coding_room.view.set_selection(0, 0)
        coding_room.view.setFocus()
        press(coding_window, "coding.find_everywhere")
        QTest.keyClick(focused(coding_window), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(focused(coding_window), words)
        qtbot.waitUntil(
            lambda: coding_room.hit_pane.texts()[0].startswith(f"«{words}»") and not study.jobs.busy
        )

    return run


def stored(study: Context) -> list[tuple[str, str]]:
    """Return source and quote of every coding."""
    connection = study.bridge.project.connection
    return [
        (one.name, coding.quote)
        for one in queries.all_documents(connection)
        for coding in coding_queries.of_document(connection, one.id)
    ]


def test_hits_stand_below_their_sources_in_the_order_of_the_list(
    coding_room: CodingWorkspace, look_for: Callable[[str], None]
) -> None:
    look_for("hva")
    assert listed(coding_room) == [
        ("Bjørkvik leder", 1), ("Havnes veileder", 2), ("Fylket", 1),
    ]  # fmt: skip
    assert coding_room.hit_pane.texts()[1] == "4 places · 3 sources"
    row = coding_room.hit_pane.list.rows()[1]
    assert isinstance(row, HitRow)
    assert (row.before, row.found, row.mark) == ("Vi har delt folk etter ", "hva", "2")
    assert "Bjørkvik leder" in row.spoken
    assert "2" in row.spoken


def test_f3_walks_through_hits_across_sources_and_around(
    coding_window: MainWindow, coding_room: CodingWorkspace, look_for: Callable[[str], None]
) -> None:
    look_for("hva")
    coding_room.view.setFocus()
    seen: list[tuple[str, str]] = []
    for _ in range(5):
        press(coding_window, "coding.find_next")
        assert coding_room.open is not None
        selected = coding_room.view.selection()
        assert selected is not None
        words = coding_room.view.canonical_text()[slice(*selected)]
        seen.append((coding_room.open.document.name, words))
    # From where one is: the open source comes first, and after the last the first again.
    assert [name for name, _ in seen] == [
        "Havnes veileder", "Havnes veileder", "Fylket", "Bjørkvik leder", "Havnes veileder",
    ]  # fmt: skip
    assert all(words.lower() == "hva" for _, words in seen)
    assert coding_room.find_bar.count_text() == "2 of 4"
    assert coding_room.hit_pane.picked() == [(1, 0)]
    press(coding_window, "coding.find_previous")
    assert coding_room.open is not None
    assert coding_room.open.document.name == "Bjørkvik leder"


def test_hits_of_an_open_source_are_marked_and_names_of_speakers_are_not(
    coding_window: MainWindow, coding_room: CodingWorkspace, look_for: Callable[[str], None]
) -> None:
    look_for("veileder")
    assert listed(coding_room) == []
    assert coding_room.hit_pane.texts()[2] == "No source has these words."
    press(coding_window, "coding.find")
    assert not coding_room.hit_pane.isVisible(), "in this source alone there is no list"
    assert coding_room.find_bar.count_text().endswith("2"), "the text itself has the names"
    look_for("planer")
    marked = coding_room.view.overview()
    assert len(marked.hits()) == 1
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Escape)
    assert len(marked.hits()) == 0
    assert not coding_room.hit_pane.isVisible()
    assert not coding_room.find_bar.isVisible()
    assert coding_room.view.hasFocus()


def test_arrows_in_the_list_show_the_place_and_enter_goes_there(
    coding_window: MainWindow, coding_room: CodingWorkspace, look_for: Callable[[str], None]
) -> None:
    look_for("hva")
    hits = coding_room.hit_pane.list
    press(coding_window, "coding.next_pane")
    while not hits.hasFocus():
        press(coding_window, "coding.next_pane")
    QTest.keyClick(hits, Qt.Key.Key_Home)
    QTest.keyClick(hits, Qt.Key.Key_Down)
    assert coding_room.open is not None
    assert coding_room.open.document.name == "Havnes veileder"
    assert hits.hasFocus(), "looking at places leaves the keyboard in the list"
    QTest.keyClick(hits, Qt.Key.Key_Return)
    assert coding_room.view.hasFocus()
    selected = coding_room.view.selection()
    assert selected is not None
    assert coding_room.view.canonical_text()[slice(*selected)].lower() == "hva"


def test_picked_hits_are_coded_in_one_step(
    coding_window: MainWindow, coding_room: CodingWorkspace, look_for: Callable[[str], None],
    study: Context, code_id: Callable[[str], CodeId], qtbot: QtBot,
) -> None:  # fmt: skip
    before = stored(study)
    look_for("vi")
    coding_room.code_pane.choose(code_id("tavlemøte"))
    hits = coding_room.hit_pane.list
    hits.setFocus()
    QTest.keyClick(hits, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    count = sum(number for _, number in listed(coding_room))
    assert count > 4
    assert coding_room.hit_pane.code.text() == f"Code {count} places with «tavlemøte»"
    with qtbot.waitSignal(study.bridge.noticed) as told:
        press(coding_window, "coding.code")
    new = [one for one in stored(study) if one not in before]
    assert ("Fylket", "Vi ser på målekortet først.") in new
    assert ("Bjørkvik leder", "Vi ble spurt, men svaret lå på bordet.") in new
    assert stored(study).count(("Havnes veileder", "Da står vi foran tavla og teller planer.")) == 2
    assert "tavlemøte" in str(told.args)
    assert hits.hasFocus()
    coding_window.undo()
    assert stored(study) == before


def test_a_coding_takes_as_much_as_is_chosen_and_that_is_remembered(
    coding_window: MainWindow, coding_room: CodingWorkspace, look_for: Callable[[str], None],
    study: Context, code_id: Callable[[str], CodeId], qtbot: QtBot,
) -> None:  # fmt: skip
    coding_room.code_pane.choose(code_id("rutiner"))
    for words, spread, expected in (
        ("godkjent", "words", "godkjent"),
        ("jobb", "turn", "Hvor mange som er godkjent. Ikke hvor mange som kom i jobb."),
    ):
        look_for(words)
        coding_room.hit_pane.set_spread(spread)
        press(coding_window, "coding.find_next")
        with qtbot.waitSignal(study.bridge.noticed):
            coding_room.hits.code_picked()
        assert ("Havnes veileder", expected) in stored(study)
    coding_room.hit_pane.spread_changed.emit("turn")
    again = CodingWorkspace(study)
    qtbot.addWidget(again)
    assert again.hit_pane.spread() == "turn"


def test_a_codes_own_key_codes_the_picked_hits(
    coding_window: MainWindow, coding_room: CodingWorkspace, look_for: Callable[[str], None],
    study: Context, code_id: Callable[[str], CodeId], qtbot: QtBot,
) -> None:  # fmt: skip
    coding_room.code_pane.choose(code_id("rutiner"))
    look_for("mandager")
    press(coding_window, "coding.find_next")
    coding_room.hit_pane.list.setFocus()
    with qtbot.waitSignal(study.bridge.noticed):
        coding_room.apply_code(code_id("tavlemøte"))
    assert ("Havnes veileder", "Hva gjør dere på mandager?") in stored(study)
    with qtbot.waitSignal(study.bridge.told) as told:
        press(coding_window, "coding.repeat")
    assert told.args == ["These places are coded so already."]


def test_the_list_is_made_anew_when_a_source_comes_or_goes(
    coding_room: CodingWorkspace, look_for: Callable[[str], None], study: Context, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    look_for("målekortet")
    assert listed(coding_room) == [("Fylket", 1)]
    path = tmp_path / "Ny.txt"
    path.write_text("Målekortet igjen, og målekortet.", encoding="utf-8")
    study.bridge.run(documents.import_documents, read=[read_file(path)])
    qtbot.waitUntil(lambda: listed(coding_room) == [("Fylket", 1), ("Ny", 2)])
    study.bridge.undo()
    qtbot.waitUntil(lambda: listed(coding_room) == [("Fylket", 1)] and not study.jobs.busy)
    # Marking a source as done is no reason to lose one's place.
    coding_room.hits.step(1)
    assert coding_room.hits.number() == 1
    number = queries.find(study.bridge.project.connection, "Fylket")[0].id
    study.bridge.run(documents.mark_done, document=number, done=True)
    assert coding_room.hits.number() == 1
    assert not study.jobs.busy


def test_the_button_in_the_line_turns_the_list_on_and_off(
    coding_window: MainWindow, coding_room: CodingWorkspace, study: Context, qtbot: QtBot
) -> None:
    coding_room.view.setFocus()
    press(coding_window, "coding.find")
    QTest.keyClicks(focused(coding_window), "målekortet")
    assert coding_room.find_bar.count_text() == "Not found"
    button = coding_room.find_bar.everywhere_button()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listed(coding_room) == [("Fylket", 1)])
    assert button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not coding_room.hit_pane.isVisible()
    assert not button.isChecked()
    assert coding_room.find_bar.count_text() == "Not found"
    qtbot.waitUntil(lambda: not study.jobs.busy)


def test_the_list_of_segments_and_the_list_of_hits_take_turns(
    coding_window: MainWindow, coding_room: CodingWorkspace, look_for: Callable[[str], None],
    code_id: Callable[[str], CodeId],
) -> None:  # fmt: skip
    coding_room.code_pane.choose(code_id("rutiner"))
    press(coding_window, "coding.segments")
    assert coding_room.segment_list.isVisible()
    look_for("hva")
    assert not coding_room.segment_list.isVisible()
    press(coding_window, "coding.segments")
    assert coding_room.segment_list.isVisible()
    assert not coding_room.hit_pane.isVisible()


def test_words_typed_in_the_palette_are_looked_for(
    coding_window: MainWindow, coding_room: CodingWorkspace, qtbot: QtBot
) -> None:
    coding_window.open_palette()
    QTest.keyClicks(focused(coding_window), "målekortet")
    rows: list[PaletteItem] = coding_window.palette_sheet.shown_items()
    assert rows[-1].title == "Find «målekortet» in all sources"
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Up)
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(coding_room) == [("Fylket", 1)])
    assert coding_room.find_bar.query() == "målekortet"


@pytest.fixture
def slow_search(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Progress]]:
    """A search that goes on until it is cancelled, after the first source was told."""
    running: list[Progress] = []
    real = text_search.search

    def search(
        path: Path, query: str, order: list[DocumentId],
        tell: Callable[[text_search.FoundIn], None], progress: Progress,
    ) -> bool:  # fmt: skip
        running.append(progress)
        real(path, query, order[:1], tell, progress)
        while True:
            progress.step()

    monkeypatch.setattr(text_search, "search", search)
    yield running
    for progress in running:
        progress.cancel()


def test_hits_come_while_the_search_goes_on_and_it_can_be_stopped(
    coding_window: MainWindow, coding_room: CodingWorkspace, slow_search: list[Progress],
    study: Context, qtbot: QtBot,
) -> None:  # fmt: skip
    coding_room.finder.look_for("hva")
    qtbot.waitUntil(lambda: listed(coding_room) == [("Bjørkvik leder", 1)])
    assert study.jobs.busy
    study.jobs.cancel()
    qtbot.waitUntil(lambda: not study.jobs.busy)
    assert "stopped" in coding_room.hit_pane.texts()[2]
    assert listed(coding_room) == [("Bjørkvik leder", 1)]
    # Typing on ends the search for what was typed before, and no other job.
    coding_room.finder.look_for("hvem")
    qtbot.waitUntil(lambda: len(slow_search) == 2)
    coding_room.finder.close()
    qtbot.waitUntil(lambda: not study.jobs.busy)
    assert slow_search[1].cancelled
    assert coding_window.isVisible()
