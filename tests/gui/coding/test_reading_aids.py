"""Reading aids: the place one was at, the done mark, the transcript on paper."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from qda.formats.readers import read_file
from qda.gui.coding.reading import MOST_PLACES
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.paper import a4, new_printer
from qda.gui.places_kept import PLACES
from qda.gui.widgets import roles
from qda.gui.widgets.transcript.data import TranscriptText
from qda.gui.widgets.transcript.paper import PaperTranscript, PaperWords
from qda.gui.workspaces import make_workspaces
from qda.jobs.progress import Progress
from qda.model.guides import GuideLine, ReadGuide
from qda.model.ids import DocumentId
from qda.operations import documents, guides
from qda.store import documents as queries
from qda.store import turns as turn_rows


@pytest.fixture
def long_text(study: Context, tmp_path: Path) -> DocumentId:
    """A text of many screens."""
    path = tmp_path / "Langt notat.txt"
    path.write_text(
        "\n".join(f"Avsnitt {n} handler om hvordan vi teller planer." for n in range(400)),
        encoding="utf-8",
    )
    session = study.bridge.session
    read = [read_file(path)]
    made = session.run(documents.import_documents, coder=session.coder, read=read)
    return made.value[0].document.id


def press(window: MainWindow, command: str) -> None:
    """Give a command by its shortcut, as the keyboard does."""
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def test_a_source_opens_where_one_left_it(
    coding_room: CodingWorkspace, study: Context, long_text: DocumentId, qtbot: QtBot
) -> None:
    number = long_text
    coding_room.open_document(number)
    start = coding_room.view.canonical_text().index("Avsnitt 217")
    coding_room.view.reveal(start, start + 5)
    coding_room.view.set_selection(start + 3, start + 3)
    top = coding_room.view.place()
    assert top > 0
    coding_room.step_document(-1)
    assert coding_room.view.place() < 100
    coding_room.open_document(number)
    assert coding_room.view.place() == top
    assert coding_room.view.caret() == start + 3
    coding_room.save_state()
    again = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(again)
    again.resize(1280, 800)
    with qtbot.waitExposed(again):
        again.show()
    again.start("coding")
    other = again.workspace_called("coding")
    assert isinstance(other, CodingWorkspace)
    assert other.open is not None
    assert other.open.document.id == number
    assert other.view.caret() == start + 3
    assert other.view.place() == top


def test_a_source_that_was_never_open_is_read_from_its_beginning(
    coding_room: CodingWorkspace, study: Context
) -> None:
    coding_room.view.set_selection(90, 120)
    coding_room.step_document(1)
    assert coding_room.open is not None
    assert coding_room.open.document.name != "Havnes veileder"
    assert coding_room.view.caret() == 0, "not where the caret was in another text"
    assert coding_room.view.selection() is None
    assert study.bridge.project is not None


def test_the_list_of_sources_shows_how_far_one_had_come(
    coding_room: CodingWorkspace, study: Context, long_text: DocumentId
) -> None:
    tree = coding_room.sources.tree
    assert tree.index_of(long_text).data(roles.PLACE_ROLE) is None
    coding_room.open_document(long_text)
    whole = coding_room.view.canonical_text()
    coding_room.view.set_place(len(whole) // 2)
    coding_room.step_document(-1)
    there = tree.index_of(long_text).data(roles.PLACE_ROLE)
    assert abs(there - 0.5) < 0.02
    spoken = tree.index_of(long_text).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.endswith("last read at 50 %")
    tree.grab()
    coding_room.save_state()
    again = CodingWorkspace(study)
    again.activate()
    index = again.sources.tree.index_of(long_text)
    assert index.data(roles.PLACE_ROLE) == there
    again.deleteLater()


def test_the_keyboard_is_in_the_text_when_the_room_is_entered(study: Context, qtbot: QtBot) -> None:
    made = MainWindow(study, make_workspaces(study))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.start("sources")
    made.focusNextChild()
    QTest.keyClick(made.focusWidget() or made, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    room = made.workspace_called("coding")
    assert isinstance(room, CodingWorkspace)
    assert made.focusWidget() is room.view


def test_a_text_keeps_its_place_when_the_column_gets_narrower(
    coding_window: MainWindow, coding_room: CodingWorkspace, long_text: DocumentId, qtbot: QtBot
) -> None:
    coding_room.open_document(long_text)
    start = coding_room.view.canonical_text().index("Avsnitt 217")
    coding_room.view.set_place(start)
    width = coding_room.view.lineWrapColumnOrWidth()
    coding_window.resize(900, 800)
    qtbot.waitUntil(lambda: coding_room.view.lineWrapColumnOrWidth() != width)
    assert coding_room.view.place() == start


def test_places_that_are_no_numbers_and_too_many_are_no_matter(
    coding_room: CodingWorkspace, study: Context
) -> None:
    kept = {str(number): "1 2" for number in range(MOST_PLACES + 20)}
    found = queries.find(study.bridge.project.connection, "Fylket")[0]
    study.settings.set(PLACES, {**kept, str(found.guid): "x y"})
    coding_room.open_document(found.id)
    assert coding_room.view.caret() == 0
    coding_room.reading.keep_places()
    assert len(study.settings.mapping(PLACES)) == MOST_PLACES
    coding_room.step_document(-1)
    study.settings.set(PLACES, {str(found.guid): "999999 999999"})
    coding_room.open_document(found.id)
    assert coding_room.view.caret() == len(coding_room.view.canonical_text())


def test_a_source_is_marked_as_done_where_one_reads_it(
    coding_window: MainWindow, coding_room: CodingWorkspace
) -> None:
    coding_room.view.setFocus()
    coding_room.view.set_selection(60, 60)
    said: list[list[str]] = []
    coding_room.status_changed.connect(said.append)
    press(coding_window, "coding.done")
    assert coding_room.open is not None
    assert coding_room.open.document.done
    tree = coding_room.sources.tree
    assert tree.currentIndex().data(roles.DONE_ROLE) is True
    assert "done" in tree.currentIndex().data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert "Done" in said[-1]
    assert coding_room.view.caret() == 60, "one stays where one is"
    tree.grab()
    coding_window.undo()
    assert not coding_room.open.document.done
    assert tree.currentIndex().data(roles.DONE_ROLE) is False


def test_the_status_line_says_which_question_a_turn_answers(coding_room: CodingWorkspace) -> None:
    session = coding_room.context.bridge.session
    connection = session.project.connection
    long = "Hva gjør dere på mandager, og hvem er med på det da, sånn til vanlig?"
    lines = (GuideLine("question", "1.", long),)
    said: list[list[str]] = []
    coding_room.status_changed.connect(said.append)
    coding_room.view.set_selection(60, 60)
    assert not any("mandager" in text for texts in said for text in texts)
    made = session.run(
        guides.import_guide, coder="Ingrid", guide=ReadGuide("Guide", "g.txt", lines)
    ).value
    document = coding_room.open
    assert document is not None
    first = turn_rows.of_document(connection, document.document.id)[0].id
    question = made.questions[0].id
    session.run(guides.set_turns, coder="Ingrid", turns=[first], questions=[question])
    assert "1. Hva gjør dere på mandager, og hvem er med på det da,…" in said[-1]
    session.undo()
    assert not any("mandager" in text for text in said[-1])


def pages(path: Path) -> list[str]:
    """Return the text of each page of a PDF file."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def write(room: CodingWorkspace, path: Path, study: Context, qtbot: QtBot) -> list[str]:
    """Write the open source as a PDF file and return the text of its pages."""
    with qtbot.waitSignal(study.bridge.told):
        room.printing.write_pdf(path)
    return pages(path)


def test_a_source_on_paper_has_every_line_once_and_its_margin(
    coding_room: CodingWorkspace, study: Context, long_text: DocumentId, tmp_path: Path,
    qtbot: QtBot, code_words: Callable[..., int],
) -> None:  # fmt: skip
    code_words("handler om hvordan", "rutiner", "Olav Brekke", "Langt notat")
    coding_room.open_document(long_text)
    found = write(coding_room, tmp_path / "notat.pdf", study, qtbot)
    assert len(found) > 5
    for number, page in enumerate(found, start=1):
        assert "Langt notat" in page
        assert f"Page {number} of {len(found)}" in page
    words = " ".join(found).split()
    places = [words[at + 1] for at, word in enumerate(words) if word == "Avsnitt"]
    assert places == [str(number) for number in range(400)]
    assert "rutiner" in found[0]
    assert not any("Olav" in page or "Ingrid" in page for page in found)


def test_coders_side_by_side_have_no_names_on_paper(
    coding_room: CodingWorkspace, study: Context, tmp_path: Path, qtbot: QtBot,
    code_words: Callable[..., int],
) -> None:  # fmt: skip
    code_words("Klokka ni, hver gang.", "rutiner", "Olav Brekke")
    coding_room.layers.compare(*coding_room.layers.pairs()[0])
    found = write(coding_room, tmp_path / "to.pdf", study, qtbot)
    assert "Coder 1" in found[0]
    assert "Coder 2" in found[0]
    assert "Veileder" in found[0].title()
    assert "Olav" not in found[0]
    coding_room.layers.toggle_mine()
    found = write(coding_room, tmp_path / "en.pdf", study, qtbot)
    assert "not all codings" in found[0]


def test_names_of_coders_are_on_paper_when_they_are_asked_for(
    coding_window: MainWindow, coding_room: CodingWorkspace, study: Context, tmp_path: Path,
    qtbot: QtBot, code_words: Callable[..., int],
) -> None:  # fmt: skip
    code_words("Ikke hvor mange som kom i jobb.", "rutiner", "Olav Brekke")
    with qtbot.waitSignal(study.bridge.told):
        coding_window.actions_by_command.action("coding.paper_names").trigger()
    found = write(coding_room, tmp_path / "navn.pdf", study, qtbot)
    assert "Olav Brekke" in found[0]
    assert "Ingrid" in found[0]
    coding_room.layers.compare(*coding_room.layers.pairs()[0])
    found = write(coding_room, tmp_path / "to.pdf", study, qtbot)
    assert "Olav Brekke" in found[0]
    assert "Coder 1" not in found[0]
    coding_window.actions_by_command.action("coding.paper_names").trigger()
    found = write(coding_room, tmp_path / "uten.pdf", study, qtbot)
    assert "Olav" not in found[0]


def test_no_band_of_the_next_page_reaches_onto_a_page(
    coding_room: CodingWorkspace, study: Context, long_text: DocumentId, tmp_path: Path,
    qtbot: QtBot, code_words: Callable[..., int],
) -> None:  # fmt: skip
    whole = queries.text(study.bridge.project.connection, long_text)
    code_words(whole, "rutiner", document="Langt notat")
    coding_room.open_document(long_text)
    write(coding_room, tmp_path / "bånd.pdf", study, qtbot)
    with pypdfium2.PdfDocument(tmp_path / "bånd.pdf") as pdf:
        for page in (pdf[0], pdf[1]):
            drawn = page.render(scale=2, grayscale=True)
            dots, wide = bytes(drawn.buffer), drawn.stride
            text = [
                dots[row * wide + drawn.width // 8 : row * wide + drawn.width // 2]
                for row in range(drawn.height)
            ]
            letters = max(row for row, line in enumerate(text) if min(line) < 110)
            band = max(row for row, line in enumerate(text) if 190 < min(line) < 252)
            # Below the letters of the last line there is the rest of its band and no more.
            assert 0 <= band - letters < 7


def test_a_source_goes_to_the_printer_in_a_worker(
    coding_room: CodingWorkspace, study: Context, long_text: DocumentId, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    coding_room.open_document(long_text)
    printer = new_printer("Langt notat")
    printer.setOutputFileName(str(tmp_path / "skriver.pdf"))
    sheet = coding_room.printing.sheet()
    assert sheet is not None
    with qtbot.waitSignal(study.bridge.told) as told:
        coding_room.printing.print_on(printer, sheet)
    assert told.args == ["The source is at the printer."]
    written = pages(tmp_path / "skriver.pdf")
    assert len(written) > 5
    assert "Avsnitt 399" in written[-1]
    assert f"Page 1 of {len(written)}" in written[0]


def test_the_pages_are_shown_before_they_are_printed(
    coding_window: MainWindow, coding_room: CodingWorkspace, long_text: DocumentId, qtbot: QtBot
) -> None:
    coding_room.open_document(long_text)
    coding_room.view.setFocus()
    press(coding_window, "coding.print")
    dialog = coding_window.findChild(QPrintPreviewDialog)
    assert dialog is not None
    shown = dialog.findChild(QPrintPreviewWidget)
    assert shown is not None
    qtbot.waitUntil(lambda: shown.pageCount() > 5)
    assert "Langt notat" in dialog.windowTitle()
    nameless = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for widget in dialog.findChildren(kind)
        if widget.isVisible() and not (widget.accessibleName() or widget.property("text"))
        and not isinstance(widget.parent(), QComboBox)
        and widget.objectName() != "qt_toolbar_ext_button"
    ]  # fmt: skip
    assert not nameless
    shown.setLandscapeOrientation()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: coding_window.findChild(QPrintPreviewDialog) is None)
    assert coding_window.focusWidget() is coding_room.view


def test_an_empty_source_is_one_page(
    coding_room: CodingWorkspace, study: Context, tmp_path: Path
) -> None:
    assert coding_room.open is not None
    coding_room.opening.drop(coding_room.open.document.id)
    coding_room.printing.write_pdf(tmp_path / "none.pdf")
    assert not study.jobs.busy
    assert not (tmp_path / "none.pdf").exists()
    writer = QPdfWriter(str(tmp_path / "empty.pdf"))
    writer.setPageLayout(a4())
    empty = PaperTranscript(TranscriptText(""), [], (), writer)
    empty.paint(PaperWords("Tomt", "{n}/{all}"), Progress())
    del empty, writer
    assert "1/1" in pages(tmp_path / "empty.pdf")[0]


def test_a_folder_that_is_gone_is_said(
    coding_room: CodingWorkspace, study: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(study.jobs.failed):
        coding_room.printing.write_pdf(tmp_path / "gone" / "notat.pdf")
    for box in QApplication.topLevelWidgets():
        if isinstance(box, QMessageBox):
            box.close()
