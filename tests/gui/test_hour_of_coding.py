"""An hour's coding by keyboard alone, over the example study: nothing of it is ever lost.

Only keys are pressed. What they should have done is kept in a tally of its own that shares nothing
with the program: spans are moved by hand when the text is corrected, and taken back by Ctrl+Z.
"""

import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qda.app import demo
from qda.app.settings import Settings
from qda.app.translation import load_catalogue
from qda.gui.application import Application
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.language import install_language
from qda.gui.main_window import MainWindow
from qda.gui.theme import apply_theme, load_theme
from qda.gui.widgets import roles
from qda.store import coders, codings, documents, memos, project_file
from qda.store import codes as code_queries
from qda.text.sentences import sentence_at

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TOP_CODES = ("spesialisering", "rutiner", "kompetansestrategi", "målforskyvning", "styringsdialog")
SUBCODES = ("tavlemøte", "generalist", "målekort", "telling", "kurs")
CODER = "Sunniva"

Span = tuple[str, str, str, int, int]
"""A coding as the tally knows it: source, code, coder, start and end."""


@dataclass
class Tally:
    """What there should be: texts, codings, and notes by what they say."""

    texts: dict[str, str]
    spans: set[Span]
    notes: Counter[str] = field(default_factory=Counter[str])

    def insert(self, source: str, at: int, words: str) -> None:
        """Put words into a text; what stands behind moves, what stands around grows."""
        text = self.texts[source]
        self.texts[source] = text[:at] + words + text[at:]
        moved: set[Span] = set()
        for span in self.spans:
            name, code, coder, start, end = span
            if name != source:
                moved.add(span)
                continue
            assert at not in (start, end), "the tally is silent on edges"
            by = len(words)
            moved.add((name, code, coder, start + by * (at < start), end + by * (at < end)))
        self.spans = moved


class Person:
    """Somebody who presses keys, and keeps a tally."""

    def __init__(self, application: Application, qtbot: QtBot) -> None:
        self.application = application
        self.qtbot = qtbot
        self.tally = Tally({}, set())
        self.before: list[Tally] = []
        self.undone = 0

    # ------------------------------------------------------------------------------- keys

    @property
    def window(self) -> MainWindow:
        """Return the window of the open project."""
        assert self.application.window is not None
        return self.application.window

    @property
    def room(self) -> CodingWorkspace:
        """Return the coding room."""
        found = self.window.workspace_called("coding")
        assert isinstance(found, CodingWorkspace)
        return found

    def focused(self) -> QWidget:
        """Return what has the keyboard."""
        top: QWidget | None = QApplication.activeModalWidget() or self.application.window
        top = top or self.application.welcome
        assert top is not None
        return top.focusWidget() or top

    def wait_for_the_window(self) -> None:
        """Wait until the keyboard is the program's."""
        here = self.application.window or self.application.welcome
        assert here is not None
        # What a window manager does by itself when a dialog closes.
        here.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is here)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key."""
        QTest.keyClick(self.focused(), key, held)

    def type(self, text: str) -> None:
        """Type some words."""
        QTest.keyClicks(self.focused(), text)

    def give(self, command: str) -> None:
        """Press the keys of a command."""
        action = self.window.actions_by_command.action(command)
        assert not action.shortcut().isEmpty(), f"{command} has no keys"
        QTest.keySequence(self.focused(), action.shortcut())

    # ------------------------------------------------------------------------------ coding

    def source(self) -> str:
        """Return the name of the source in front."""
        assert self.room.open is not None
        return self.room.open.document.name

    def go_on(self) -> tuple[int, int]:
        """Go to the next turn, select a sentence of it, and return where it stands."""
        self.give("coding.next_turn")
        caret = self.room.view.caret()
        self.give("coding.select_sentence")
        selected = self.room.view.selection()
        assert selected is not None
        text = self.tally.texts[self.source()]
        assert selected == sentence_at(text, caret, caret, (text + "\n").index("\n", caret))
        return selected

    def note(self, *codes: str, span: tuple[int, int]) -> None:
        """Write down what should have been coded just now."""
        self.before.append(copy.deepcopy(self.tally))
        for code in codes:
            self.tally.spans.add((self.source(), code, CODER, *span))

    def code_by_palette(self, code: str) -> None:
        """Code a sentence with a code that is typed."""
        span = self.go_on()
        self.give("edit.palette")
        self.type(code)
        self.press(Qt.Key.Key_Return)
        self.note(code, span=span)

    def code_by_number(self, number: int) -> None:
        """Code a sentence with a code's own key."""
        span = self.go_on()
        self.press(Qt.Key(int(Qt.Key.Key_0) + number))
        self.note(TOP_CODES[number - 1], span=span)

    def code_again(self, code: str) -> None:
        """Code a sentence with the code used last, which is `code`."""
        span = self.go_on()
        self.give("coding.repeat")
        self.note(code, span=span)

    def code_with_the_one_at_hand(self, code: str) -> None:
        """Code a sentence with the code that is at hand, which is `code`."""
        span = self.go_on()
        self.give("coding.code")
        self.note(code, span=span)

    def code_with_several(self, *codes: str) -> None:
        """Tick several codes in the palette and code a sentence with all of them."""
        span = self.go_on()
        self.give("edit.palette")
        for code in codes:
            self.press(Qt.Key.Key_A, CTRL)
            self.type(code)
            self.press(Qt.Key.Key_Space, CTRL)
        self.press(Qt.Key.Key_Return)
        self.note(*codes, span=span)

    def code_in_vivo(self) -> None:
        """Make a code of a sentence's first words."""
        self.give("coding.next_turn")
        start = end = self.room.view.caret()
        for _ in range(3):
            self.press(Qt.Key.Key_Right, CTRL | SHIFT)
        selected = self.room.view.selection()
        assert selected is not None
        text = self.tally.texts[self.source()]
        start, end = selected
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        self.give("coding.in_vivo")
        self.note(text[start:end], span=(start, end))

    def undo(self) -> None:
        """Take the last step back."""
        self.give("edit.undo")
        self.tally = self.before.pop()
        self.undone += 1

    # ------------------------------------------------------------------- memos, corrections

    def write_on_the_segment(self, words: str) -> None:
        """Write a note on the segment at hand and go back to the text."""
        self.give("coding.memo")
        self.type(words)
        self.press(Qt.Key.Key_Escape)
        assert self.focused() is self.room.view
        self.tally.notes[words] += 1
        self.before.clear()

    def write_on_the_source(self, words: str) -> None:
        """Write a memo on the source in front and come back."""
        self.give("coding.document_memo")
        self.type(words)
        self.give("view.coding")
        assert self.focused() is self.room.view
        self.tally.notes[words] += 1
        self.before.clear()

    def write_on_a_code(self, code: str, words: str) -> None:
        """Write a memo on a code and come back."""
        self.give("view.memos")
        self.give("memos.new")
        self.type(code)
        self.press(Qt.Key.Key_Return)
        self.type(words)
        self.give("view.coding")
        self.tally.notes[words] += 1
        self.before.clear()

    def correct(self, words: str, *, within_a_segment: bool) -> None:
        """Put words into the text behind the first word of the next turn or segment."""
        self.give("coding.next_segment" if within_a_segment else "coding.next_turn")
        self.press(Qt.Key.Key_Right, CTRL)
        source, at = self.source(), self.room.view.caret()
        taken = {edge for one in self.tally.spans if one[0] == source for edge in one[3:]}
        while at in taken:
            self.press(Qt.Key.Key_Right)
            at = self.room.view.caret()
        self.before.append(copy.deepcopy(self.tally))
        self.tally.insert(source, at, words)
        self.give("coding.correct")
        self.qtbot.waitUntil(
            lambda: QApplication.activeWindow() is QApplication.activeModalWidget() is not None
        )
        self.type(words)
        self.press(Qt.Key.Key_S, CTRL)
        self.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        self.wait_for_the_window()
        assert self.focused() is self.room.view
        assert self.room.view.canonical_text() == self.tally.texts[source]

    # ---------------------------------------------------------------------- what there is

    def check(self) -> None:
        """Compare all there is with the tally: texts, codings with their quotes, notes, counts."""
        self.compare_file()
        model = self.room.code_pane.model
        names = {code.id: code.name for code in model.codes()}
        counted = Counter(span[1] for span in self.tally.spans)
        for code in model.codes():
            below = [one.name for one in model.codes() if one.parent == code.id]
            shown = model.index_of(code.id).data(roles.COUNT_ROLE)
            assert int(shown or 0) == sum(counted[name] for name in (names[code.id], *below))
        drawn = {
            (one.sub_label or one.label, one.coder, one.start, one.end)
            for one in self.room.view.segments()
        }
        here = {span[1:] for span in self.tally.spans if span[0] == self.source()}
        assert drawn == here

    def compare_file(self) -> None:
        """Compare what the project holds with the tally."""
        assert self.application.session is not None
        found = held(self.application.session.project)
        assert found.texts == self.tally.texts
        assert found.spans == self.tally.spans
        assert found.notes == self.tally.notes


def held(project: project_file.ProjectFile) -> Tally:
    """Return what a project holds; every quote is what stands in the text."""
    connection = project.connection
    names = {one.id: one.name for one in documents.all_documents(connection)}
    code_names = {one.id: one.name for one in code_queries.all_codes(connection)}
    coder_names = {one.id: one.name for one in coders.all_coders(connection)}
    texts = {name: documents.text(connection, number) for number, name in names.items()}
    spans: list[Span] = []
    notes: Counter[str] = Counter()
    for number, name in names.items():
        for one in codings.of_document(connection, number):
            assert texts[name][one.start : one.end] == one.quote
            coder = coder_names[one.coder]
            spans.append((name, code_names[one.code], coder, one.start, one.end))
            if one.memo:
                notes[one.memo] += 1
    for memo in memos.all_memos(connection):
        notes[memo.text.partition(": ")[2]] += 1
    assert len(spans) == len(set(spans))
    return Tally(texts, set(spans), notes)


Make = Callable[[], Application]


@pytest.fixture
def start_program(qapp: QApplication, tmp_path: Path) -> Iterator[Make]:
    """Start the program as often as one likes, always with the same settings."""
    started: list[Application] = []

    def start() -> Application:
        settings = Settings(tmp_path / "settings.json")
        settings.set("theme", "light")
        settings.set("language", "nb")
        made = Application(qapp, settings)
        made.show_welcome()
        started.append(made)
        return made

    yield start
    for one in started:
        one.close_project()
        if one.welcome is not None:
            one.welcome.close()
            one.welcome.deleteLater()
        one.deleteLater()
    install_language(qapp, load_catalogue("en"))
    apply_theme(qapp, load_theme("light"), reduced_motion=True)


def code_a_source(person: Person, round_: int) -> None:
    """Code ten sentences and make one code in vivo, in every way there is."""
    number = round_ % 5 + 1
    sub, other = SUBCODES[round_ % 5], SUBCODES[(round_ + 2) % 5]
    person.code_by_number(number)
    person.code_again(TOP_CODES[number - 1])
    person.code_with_the_one_at_hand(TOP_CODES[number - 1])
    person.code_by_palette(sub)
    person.code_again(sub)
    person.code_with_the_one_at_hand(sub)
    person.code_with_several(sub, other)
    person.code_by_number(6 - number)
    person.code_by_palette(other)
    person.code_in_vivo()


def first_half(person: Person) -> None:
    """Code five sources, write five memos, correct three texts, and take four codings back."""
    for round_ in range(5):
        code_a_source(person, round_)
        person.check()
        if round_ % 2 == 0:
            person.write_on_the_segment(f"Se igjen på dette, {round_}")
            person.correct(", nei vent,", within_a_segment=round_ == 2)
            person.check()
        person.give("coding.next_document")
    person.write_on_the_source("Dette intervjuet gikk fort")
    person.write_on_a_code("telling", "Er dette det samme som rutiner")
    for _ in range(3):
        person.code_by_number(4)
        person.code_again("målforskyvning")
    for _ in range(4):
        person.undo()
        person.check()


def second_half(person: Person) -> None:
    """Code six sources more, write five memos, correct two texts, and take much back."""
    for round_ in range(5, 9):
        person.give("coding.next_document")
        code_a_source(person, round_)
        person.check()
        person.write_on_the_segment(f"Og på dette, {round_}")
        if round_ % 2:
            person.correct(" (ler)", within_a_segment=round_ == 7)
            person.code_by_number(2)
            person.undo()
    person.write_on_the_source("Spør lederen om dette")
    person.correct(" kanskje", within_a_segment=True)
    person.undo()
    person.check()
    person.give("coding.next_document")
    for _ in range(9):
        person.code_by_number(3)
    for _ in range(9):
        person.undo()
        person.check()
    person.give("coding.next_document")
    for number in (1, 2, 3, 4, 5):
        person.code_by_number(number)
    for _ in range(2):
        person.undo()
    person.check()


def on_disk(path: Path) -> Tally:
    """Return what the closed project holds."""
    project = project_file.open_project(path, write=False)
    found = held(project)
    project.close()
    return found


@pytest.mark.slow
def test_an_hour_of_coding_by_keyboard_loses_nothing(
    start_program: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / demo.PROJECT
    session = demo.build_project(demo.example_study(), path)
    first = held(session.project)
    session.close()
    application = start_program()
    application.open(path)
    person = Person(application, qtbot)
    person.tally = copy.deepcopy(first)
    person.wait_for_the_window()
    person.give("view.coding")
    say_who_codes(person, CODER)
    first_half(person)
    source, caret, waiting = person.source(), person.room.view.caret(), len(person.before)
    assert waiting == 2

    # The program is closed in the middle, and what is on the disk then is all of it.
    person.give("file.quit")
    assert application.window is None
    assert on_disk(path) == person.tally
    person.application = start_program()
    person.wait_for_the_window()
    find_button(person, "eksempelstudie")
    person.press(Qt.Key.Key_Space)
    person.wait_for_the_window()
    assert (person.source(), person.room.view.caret()) == (source, caret)
    assert person.focused() is person.room.view
    for _ in range(waiting):
        person.undo()
        person.check()

    second_half(person)
    person.give("file.close")
    assert person.application.session is None
    left = on_disk(path)
    assert left == person.tally
    assert sum(span[2] == CODER for span in left.spans) >= 100
    assert sum(span[2] != CODER for span in left.spans) == len(first.spans)
    assert sum(left.notes.values()) == 10
    assert sum(left.texts[name] != first.texts[name] for name in first.texts) == 5
    assert person.undone == 20


def say_who_codes(person: Person, name: str) -> None:
    """Say by keyboard who codes from now on."""

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        if asked is None or QApplication.activeWindow() is not asked:
            QTimer.singleShot(5, answer)
            return
        person.press(Qt.Key.Key_A, CTRL)
        person.type(name)
        person.press(Qt.Key.Key_Return)

    person.give("edit.palette")
    person.type("hvem koder")
    # The question waits for its answer before it gives the keyboard back.
    QTimer.singleShot(0, answer)
    person.press(Qt.Key.Key_Return)
    person.wait_for_the_window()


def find_button(person: Person, text: str) -> None:
    """Go from button to button with Tab until the one that says `text` has the keyboard."""
    for _ in range(12):
        focused = person.focused()
        if isinstance(focused, QPushButton) and focused.text() == text:
            return
        person.press(Qt.Key.Key_Tab)
    raise AssertionError(text)
