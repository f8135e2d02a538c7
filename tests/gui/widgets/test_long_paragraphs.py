"""A paragraph without end: shown in parts, with every offset where it was."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from qda.gui.colors import band_color
from qda.gui.theme import Theme, load_theme
from qda.gui.widgets.transcript import SegmentView, TranscriptText, TranscriptView, TurnView
from qda.gui.widgets.transcript.data import LONG_PARAGRAPH, PART, shown_text
from qda.text.offsets import Utf16Map

SENTENCE = "Vi teller 😀 ukentlig, og så e\u0301n gang til\u00a0for alle. "


@pytest.fixture
def theme() -> Theme:
    return load_theme("light")


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> TranscriptView:
    made = TranscriptView(theme, "Transkripsjon")
    qtbot.addWidget(made)
    made.resize(820, 600)
    head = "Leder: "
    text = head + SENTENCE * 400
    made.set_document(TranscriptText(text, (TurnView(1, 0, len(head), len(text), "Leder"),)))
    made.show()
    return made


def parts_of(view: TranscriptView) -> list[int]:
    """Return the code points at which parts of what is said begin."""
    shown = shown_text(TranscriptText(view.canonical_text())).text
    return [place + 1 for place, one in enumerate(shown) if one == "\n"]


WORDS = st.sampled_from(
    ["ja ", "nei. ", "😀 ", "e\u0301", "\u00a0", "x" * 900, "\u2028", "\n", "\t"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(WORDS, st.integers(1, 2500)), max_size=6))
def test_only_spaces_of_long_paragraphs_become_breaks(pieces: list[tuple[str, int]]) -> None:
    text = "".join(word * min(count, 12_000 // len(word)) for word, count in pieces)
    shown = shown_text(TranscriptText(text)).text
    assert len(shown) == len(text)
    start = 0
    for line in text.split("\n"):
        part = shown[start : start + len(line)]
        broken = [place for place, one in enumerate(part) if one != line[place]]
        assert all(line[place] == " " and part[place] == "\n" for place in broken)
        if len(line) <= LONG_PARAGRAPH:
            assert not broken
        for low, high in pairwise([-1, *broken, len(line)] if broken else []):
            # Longer than that only where there is no space to part it at.
            assert high - low <= 2 * PART + 1 or " " not in line[low + 1 + PART : high - 1]
        start += len(line) + 1


def test_a_paragraph_is_parted_behind_sentences(view: TranscriptView) -> None:
    text = view.canonical_text()
    starts = parts_of(view)
    assert len(starts) > len(text) // (2 * PART)
    assert all(text[start - 2 : start] == ". " for start in starts)
    assert view.document().blockCount() == len(starts) + 2
    assert view.document().characterCount() == Utf16Map(text).units + 1


def test_selections_across_parts_are_what_the_text_says(view: TranscriptView) -> None:
    text = view.canonical_text()
    for start in parts_of(view):
        view.set_selection(start - 20, start + 20)
        assert view.selection() == (start - 20, start + 20)
        copied = view.createMimeDataFromSelection().text()
        assert copied == text[start - 20 : start + 20]
        assert "\n" not in copied


def test_the_caret_goes_over_a_break_as_over_a_space(qtbot: QtBot, view: TranscriptView) -> None:
    start = parts_of(view)[3]
    view.setFocus()
    view.set_selection(start - 1, start - 1)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.caret() == start
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() == (start - 1, start)


def colors(view: TranscriptView, start: int, end: int) -> list[set[str]]:
    """Return the colours in which the letters from `start` to `end` stand, line by line."""
    image = view.viewport().grab().toImage()
    units = Utf16Map(view.canonical_text())
    found: list[set[str]] = []
    for offset in range(start, end):
        cursor = view.textCursor()
        cursor.setPosition(units.to_utf16(offset))
        here = view.cursorRect(cursor)
        cursor.setPosition(units.to_utf16(offset + 1))
        there = view.cursorRect(cursor)
        if there.top() != here.top() or there.left() <= here.left():
            continue
        middle = here.center().y()
        box = [
            QPoint(x, y)
            for x in range(here.left() + 1, there.left())
            for y in range(middle - 4, middle + 5)
        ]
        found.append({QColor(image.pixel(at)).name() for at in box if image.rect().contains(at)})
    return found


def test_a_segment_across_parts_is_painted_from_its_first_letter_to_its_last(
    view: TranscriptView, theme: Theme
) -> None:
    start = parts_of(view)[2]
    band = band_color(["#228B4B"], theme).lower()
    view.set_segments([SegmentView(1, start - 12, start + 12, 7, "x", color="#228B4B")])
    view.set_selection(0, 0)
    view.reveal(start - 12, start + 12)
    before = colors(view, start - 30, start - 13)
    inside = colors(view, start - 11, start - 2) + colors(view, start, start + 11)
    behind = colors(view, start + 13, start + 25)
    assert inside
    assert before
    assert behind
    assert all(band in one for one in inside)
    assert not any(band in one for one in before + behind)


def test_a_click_in_any_part_finds_its_letter(qtbot: QtBot, view: TranscriptView) -> None:
    units = Utf16Map(view.canonical_text())
    for start in parts_of(view)[::3]:
        view.set_segments([SegmentView(5, start, start + 9, 7, "x")])
        view.reveal(start, start + 9)
        cursor = view.textCursor()
        cursor.setPosition(units.to_utf16(start + 3))
        place = view.cursorRect(cursor).center() + QPoint(2, 0)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert view.selected_segment() == 5
        assert view.caret() in (start + 3, start + 4)
        view.select_segment(None)


def test_words_without_end_are_shown_whole(qtbot: QtBot, theme: Theme) -> None:
    view = TranscriptView(theme, "Transkripsjon")
    qtbot.addWidget(view)
    text = "𝔘" * (LONG_PARAGRAPH * 2)
    view.set_document(TranscriptText(text))
    assert view.document().blockCount() == 1
    view.set_selection(5000, 5001)
    assert view.createMimeDataFromSelection().text() == "𝔘"


def test_copying_by_keys_gives_the_canonical_text(view: TranscriptView) -> None:
    view.selectAll()
    assert view.createMimeDataFromSelection().text() == view.canonical_text()
