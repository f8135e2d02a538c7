"""What is painted anew after a change gives the pixels that painting everything gives."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qda.gui.theme import apply_theme, load_theme
from qda.gui.widgets.transcript import SegmentView, TranscriptText, TranscriptView, TurnView

CODES = ("rutiner", "Telling og måling av møter", "styring", "frister")
COLORS = ("#1F5F73", "#A24B2A", "#5B7F3A", "#7A4E8C")
SAID = "Vi teller planer hver mandag, og så ringer vi folk. Ikke alltid i tide, da. "


def transcript() -> TranscriptText:
    """Return a text of some screens with labels on lines of their own."""
    text, turns = "", []
    for number in range(1, 31):
        at = len(text)
        text += "Veileder: " if number % 2 else "Intervjuer: "
        start = len(text)
        text += SAID * (number % 4 + 1) + "\n\n"
        turns.append(
            TurnView(number, at, start, len(text) - 2, text[at : start - 2], number % 2 == 0)
        )
    return TranscriptText(text, tuple(turns))


TEXT = transcript()
LENGTH = len(TEXT.text)


def segment(number: int, start: int, length: int) -> SegmentView:
    """Return a segment whose look follows from its number."""
    return SegmentView(
        number,
        start,
        min(LENGTH, start + length),
        number % 4,
        CODES[number % 4],
        "underkode" if number % 3 == 0 else "",
        COLORS[number % 4],
        "for" if number % 5 == 0 else "",
        dimmed=number % 7 == 0,
    )


@pytest.fixture(params=[1.0, 1.7])
def view(qtbot: QtBot, request: pytest.FixtureRequest) -> TranscriptView:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    # With the style sheet of the program, as a person sees it.
    theme = apply_theme(app, load_theme("light"), request.param, reduced_motion=True)
    made = TranscriptView(theme, "Transkripsjon")
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.set_document(TEXT)
    with qtbot.waitExposed(made):
        made.show()
    return made


def on_screen(view: TranscriptView) -> QImage:
    """Return what stands on the screen, which paints nothing anew."""
    # Painting the text tells the strip what is in sight, which paints that afterwards.
    for _ in range(4):
        QApplication.processEvents()
        QApplication.sendEvent(view, QEvent(QEvent.Type.UpdateRequest))
    image = QGuiApplication.primaryScreen().grabWindow(view.winId()).toImage()
    assert image.width() == view.width()
    # The scroll bar follows Qt, which lays a long text out bit by bit.
    return image.copy(0, 0, view.width() - view.verticalScrollBar().width(), image.height())


def different(one: QImage, other: QImage) -> tuple[int, ...]:
    """Return the rectangle in which two pictures differ, as left, top, right and bottom."""
    if one == other:
        return ()
    places = [
        (x, y)
        for y in range(one.height())
        for x in range(one.width())
        if one.pixel(x, y) != other.pixel(x, y)
    ]
    across, down = zip(*places, strict=True)
    return min(across), min(down), max(across), max(down)


def assert_nothing_is_stale(view: TranscriptView) -> None:
    """Compare what stands there with what painting everything gives."""
    shown = on_screen(view)
    view.viewport().update()
    view.overview().update()
    assert different(on_screen(view), shown) == ()


def test_the_screen_is_compared_and_not_a_picture_of_its_own(view: TranscriptView) -> None:
    before = on_screen(view)
    view.setUpdatesEnabled(False)
    view.add_segment(segment(1, 10, 200))
    assert on_screen(view) == before
    view.setUpdatesEnabled(True)
    assert on_screen(view) != before


Change = tuple[str, int, int, int]
CHANGES: st.SearchStrategy[list[Change]] = st.lists(
    st.tuples(
        st.sampled_from(("add", "add", "remove", "replace", "select", "pick", "scroll")),
        st.integers(1, 14),
        st.integers(0, 2500),
        st.integers(1, 500),
    ),
    min_size=1,
    max_size=12,
)


def change(view: TranscriptView, what: str, number: int, start: int, length: int) -> None:
    """Change what is shown as a room does."""
    there = {one.id for one in view.segments()}
    if what == "add" and number not in there:
        view.add_segment(segment(number, start, length))
    elif what == "remove":
        view.remove_segment(number)
    elif what == "replace" and number in there:
        view.replace_segment(replace(segment(number, start, length), label="styring"))
    elif what == "select":
        view.select_segment(number, reveal=start % 2 == 0)
    elif what == "pick" and number in there:
        view.toggle_picked(number)
    elif what == "scroll":
        view.verticalScrollBar().setValue(start // 4)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CHANGES, st.booleans())
def test_changes_leave_nothing_stale(
    view: TranscriptView, changes: list[Change], together: bool
) -> None:
    view.select_segment(None)
    view.clear_picked()
    view.verticalScrollBar().setValue(0)
    view.set_segments([segment(number, number * 60, 40 * number) for number in range(20, 30)])
    on_screen(view)
    for one in changes:
        change(view, *one)
        if not together:
            assert_nothing_is_stale(view)
    assert_nothing_is_stale(view)


def test_columns_of_coders_are_kept_in_step(view: TranscriptView) -> None:
    view.set_columns(("Anne", "Bo"))
    some = [
        replace(segment(number, number * 50, 200), column="Anne" if number % 2 else "Bo")
        for number in range(1, 12)
    ]
    view.set_segments(some)
    on_screen(view)
    view.add_segment(replace(segment(20, 220, 300), column="Bo"))
    assert_nothing_is_stale(view)
    view.remove_segment(4)
    assert_nothing_is_stale(view)
    view.select_segment(20)
    assert_nothing_is_stale(view)


def test_adding_one_paints_a_part_only(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_segments([segment(number, number * 90, 80) for number in range(1, 20)])
    on_screen(view)
    seen: list[int] = []
    paint = view.paintEvent

    def watched(event) -> None:  # noqa: ANN001
        seen.append(sum(rect.width() * rect.height() for rect in event.region()))
        paint(event)

    view.paintEvent = watched
    at = random.Random(1).randrange(300)
    view.add_segment(segment(50, at, 80))
    qtbot.waitUntil(lambda: bool(seen))
    whole = view.viewport().width() * view.viewport().height()
    assert sum(seen) < whole / 3
