"""The transcript view, used as a person uses it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qda.gui.theme import Theme, load_theme
from qda.gui.widgets.code_tree import code_mime
from qda.gui.widgets.transcript import SegmentView, TranscriptText, TranscriptView, TurnView
from qda.text.offsets import Utf16Map

SAID = [
    ("Intervjuer", "Hvordan går det med planene?"),
    ("Veileder 1", "Vi skriver dem 😀 hver uke. Så ringer vi folk. Ikke alltid i tide, da."),
    ("Intervjuer", "Og ellers?"),
    ("Veileder 1", "Tallene er grønne. Folk er ikke alltid like grønne, om du skjønner."),
]


def transcript(repeat: int = 1) -> TranscriptText:
    """Write the talk down with labels on the lines."""
    text = ""
    turns: list[TurnView] = []
    for label, said in SAID * repeat:
        at = len(text)
        text += f"{label}: "
        start = len(text)
        text += said
        turns.append(TurnView(len(turns) + 1, at, start, len(text), label, label == "Intervjuer"))
        text += "\n\n"
    return TranscriptText(text, tuple(turns))


def segment(number: int, source: TranscriptText, quote: str, **more: str) -> SegmentView:
    """Code the first place of a quote."""
    start = source.text.index(quote)
    made = SegmentView(number, start, start + len(quote), 7, "rutiner")
    return replace(made, **more)


@pytest.fixture
def theme() -> Theme:
    return load_theme("light")


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> TranscriptView:
    made = TranscriptView(theme, "Transkripsjon")
    qtbot.addWidget(made)
    made.resize(820, 600)
    made.set_document(transcript())
    made.show()
    return made


def place_of(view: TranscriptView, offset: int) -> QPoint:
    """Return the middle of a letter in the viewport."""
    cursor = view.textCursor()
    units = Utf16Map(view.canonical_text())
    cursor.setPosition(units.to_utf16(offset))
    here = view.cursorRect(cursor)
    cursor.setPosition(units.to_utf16(offset + 1))
    return QPoint((here.left() + view.cursorRect(cursor).left()) // 2, here.center().y())


def click(qtbot: QtBot, view: TranscriptView, offset: int) -> None:
    """Click on a letter."""
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, offset))


def test_the_document_is_as_long_as_the_text(view: TranscriptView) -> None:
    units = Utf16Map(view.canonical_text()).units
    assert view.document().characterCount() == units + 1


MIXED = "aå .\u00a0\u2028\u2029e\u0301\t\n😀𝔘👩\u200d\ufffc\ufdd0\ufdd1\r\0\x0b\x0c"
TEXTS = st.text(alphabet=st.sampled_from(MIXED), max_size=60) | st.text(
    alphabet=st.characters(exclude_categories=("Cs",)), max_size=60
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=TEXTS, data=st.data())
def test_selections_come_back_as_they_were_set(
    view: TranscriptView, text: str, data: st.DataObject
) -> None:
    view.set_document(TranscriptText(text))
    assert view.document().characterCount() == Utf16Map(text).units + 1
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(0, len(text)))
    view.set_selection(start, end)
    expected = None if start == end else (min(start, end), max(start, end))
    assert view.selection() == expected
    assert view.caret() == end
    if expected:
        mime = view.createMimeDataFromSelection()
        assert mime.text() == text[expected[0] : expected[1]]


def test_dragging_over_the_text_selects_code_points(qtbot: QtBot, view: TranscriptView) -> None:
    text = view.canonical_text()
    start = text.index("hver uke")
    with qtbot.waitSignal(view.selection_changed):
        port = view.viewport()
        left, right = place_of(view, start), place_of(view, start + 8)
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=left - QPoint(3, 0))
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(right - QPoint(3, 0)),
            QPointF(port.mapToGlobal(right - QPoint(3, 0))),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(port, move)
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=right - QPoint(3, 0))
    selected = view.selection()
    assert selected is not None
    assert text[slice(*selected)] == "hver uke"


def test_double_click_selects_the_word_and_a_third_the_sentence(
    qtbot: QtBot, view: TranscriptView
) -> None:
    text = view.canonical_text()
    place = place_of(view, text.index("ringer") + 2)
    port = view.viewport()
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=place)
    assert text[slice(*view.selection() or (0, 0))] == "ringer"
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=place)
    assert text[slice(*view.selection() or (0, 0))] == "Så ringer vi folk."


def test_the_keyboard_selects(qtbot: QtBot, view: TranscriptView) -> None:
    start = view.canonical_text().index("hver")
    view.setFocus()
    view.set_selection(start, start)
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() == (start, start + 4)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selection() is None


def test_widening_goes_from_word_to_sentence_to_turn(qtbot: QtBot, view: TranscriptView) -> None:
    text = view.canonical_text()
    at = text.index("ringer") + 1
    view.set_selection(at, at)
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    seen: list[str] = []
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Right, keys)
        seen.append(text[slice(*view.selection() or (0, 0))])
    assert seen == ["ringer", "Så ringer vi folk.", SAID[1][1], text]


def test_turns_are_walked_by_key_and_told(qtbot: QtBot, view: TranscriptView) -> None:
    numbers: list[int] = []
    view.current_turn_changed.connect(numbers.append)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert numbers == [2, 3, 4]
    turn = view.current_turn()
    assert turn is not None
    assert turn.number == 4
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view.caret() == turn.start
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert numbers == [2, 3, 4, 3]


def test_a_click_chooses_the_shortest_segment_then_the_longer(
    qtbot: QtBot, view: TranscriptView
) -> None:
    source = transcript()
    inner = segment(1, source, "ringer vi")
    outer = segment(2, source, "Så ringer vi folk.")
    view.set_segments([inner, outer])
    chosen: list[object] = []
    view.segment_selected.connect(chosen.append)
    click(qtbot, view, inner.start + 1)
    qtbot.wait_until(lambda: view.selected_segment() == 1)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)
    click(qtbot, view, inner.start + 4)
    click(qtbot, view, source.text.index("Tallene"))
    assert chosen == [1, 2, None]


def test_segments_are_walked_and_opened_by_key(qtbot: QtBot, view: TranscriptView) -> None:
    source = transcript()
    view.set_segments([segment(5, source, "skriver dem"), segment(3, source, "Tallene er grønne")])
    opened: list[object] = []
    view.segment_activated.connect(opened.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(view, key, Qt.KeyboardModifier.AltModifier)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [5, 3, 3, 5]
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected_segment() is None


def test_the_margin_names_segments_and_can_be_clicked(qtbot: QtBot, view: TranscriptView) -> None:
    source = transcript()
    coded = segment(9, source, "Tallene er grønne", sub_label="telling", stance="mot")
    view.set_segments([coded])
    view.grab()
    y = place_of(view, coded.start).y()
    x = view.lineWrapColumnOrWidth() + 20
    assert view.hovered_segments(QPointF(x, y)) == [coded]
    with qtbot.waitSignal(view.segment_selected) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert chosen.args == [9]
    with qtbot.waitSignal(view.segment_activated):
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))


def test_the_card_tells_of_the_segment(view: TranscriptView) -> None:
    coded = segment(
        9, transcript(), "Tallene er grønne", memo="<b>merk</b>", definition="Det faste"
    )
    view.card().show_segments([coded], QPoint(50, 50))
    told = view.card().text()
    assert "Det faste" in told
    assert "&lt;b&gt;merk" in told
    assert view.rect().contains(view.card().geometry())


def test_dragging_a_handle_asks_for_another_edge(qtbot: QtBot, view: TranscriptView) -> None:
    source = transcript()
    coded = segment(4, source, "Tallene er")
    view.set_segments([coded])
    view.select_segment(4)
    view.grab()
    port = view.viewport()
    last = place_of(view, coded.end - 1)
    handle = next(
        point
        for x in range(last.x(), last.x() + 40)
        for point in [QPoint(x, last.y() + 9)]
        if view.edge_at(QPointF(point)) == "end"
    )
    goal = place_of(view, coded.end + 7) - QPoint(3, 0)
    with qtbot.waitSignal(view.segment_resized) as resized:
        qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=handle)
        qtbot.mouseMove(port, goal)
        qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=goal)
    number, start, end = resized.args or (0, 0, 0)
    assert (number, start) == (4, coded.start)
    assert source.text[start:end] == "Tallene er grønne"
    view.replace_segment(replace(coded, end=end))
    assert view.selected_segment() == 4


def test_the_keyboard_resizes_by_words(qtbot: QtBot, view: TranscriptView) -> None:
    source = transcript()
    coded = segment(4, source, "Folk er ikke")
    view.set_segments([coded])
    view.select_segment(4)
    wanted: list[str] = []
    view.segment_resized.connect(lambda _id, start, end: wanted.append(source.text[start:end]))
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view, Qt.Key.Key_Right, keys)
    qtbot.keyClick(view, Qt.Key.Key_Left, keys)
    view.grow("start")
    view.shrink("start")
    view.grow("end", "sentence")
    view.grow("end", "character")
    assert wanted == [
        "Folk er ikke alltid", "Folk er", "grønne. Folk er ikke", "er ikke",
        "Folk er ikke alltid like grønne, om du skjønner.", "Folk er ikke ",
    ]  # fmt: skip


@pytest.mark.parametrize("selected", [True, False])
def test_a_dropped_code_reaches_the_selection_or_the_turn(
    qtbot: QtBot, view: TranscriptView, selected: bool
) -> None:
    source = transcript()
    at = source.text.index("Folk er")
    if selected:
        view.set_selection(at, at + 7)
    expected = (at, at + 7) if selected else (source.turns[3].start, source.turns[3].end)
    place, mime = QPointF(place_of(view, at + 2)), code_mime(42)
    actions = Qt.DropAction.CopyAction
    with qtbot.waitSignal(view.code_dropped) as dropped:
        left, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        for event in (
            QDragEnterEvent(place.toPoint(), actions, mime, left, held),
            QDropEvent(place, actions, mime, left, held),
        ):
            QApplication.sendEvent(view.viewport(), event)
            assert event.isAccepted()
    assert dropped.args == [42, *expected]


def test_other_things_are_not_taken_in(view: TranscriptView) -> None:
    mime = QMimeData()
    mime.setText("noe annet")
    event = QDragEnterEvent(
        QPoint(100, 60),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), event)
    assert not event.isAccepted()


def test_the_menu_is_asked_for_at_what_is_under_the_mouse(
    qtbot: QtBot, view: TranscriptView
) -> None:
    coded = segment(4, transcript(), "Tallene er")
    view.set_segments([coded])
    place = place_of(view, coded.start + 2)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place)
    )
    with qtbot.waitSignal(view.context_menu_wanted):
        QApplication.sendEvent(view.viewport(), event)
    assert view.selected_segment() == 4
    with qtbot.waitSignal(view.context_menu_wanted):
        qtbot.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


def test_a_screen_reader_hears_what_the_caret_is_in(view: TranscriptView) -> None:
    source = transcript()
    view.set_segments(
        [
            segment(1, source, "Tallene er", label="rutiner"),
            segment(2, source, "Tallene er grønne", label="målforskyvning"),
        ]
    )
    at = source.text.index("Tallene")
    view.set_selection(at, at)
    described = view.accessibleDescription()
    assert "rutiner" in described
    assert "målforskyvning" in described
    view.remove_segment(1)
    assert "rutiner" not in view.accessibleDescription()
    view.set_selection(0, 0)
    assert view.accessibleDescription() not in ("", described)
    assert view.accessibleName() == "Transkripsjon"


def test_zoom_by_key_keeps_place_and_selection(qtbot: QtBot, view: TranscriptView) -> None:
    view.set_document(transcript(30))
    source = transcript(30)
    at = source.turns[60].start
    view.reveal(at, at + 10)
    view.set_selection(at, at + 10)
    with qtbot.waitSignal(view.zoom_changed) as zoomed:
        qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert zoomed.args == [110]
    assert view.selection() == (at, at + 10)
    assert view.viewport().rect().contains(place_of(view, at))
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom() == 100
    view.set_zoom(5000)
    assert view.zoom() == 300


def test_reveal_brings_a_far_place_in_sight_and_leaves_a_near_one(view: TranscriptView) -> None:
    source = transcript(60)
    view.set_document(source)
    assert view.verticalScrollBar().value() == 0
    view.reveal(source.turns[1].start, source.turns[1].end)
    assert view.verticalScrollBar().value() == 0
    for place in (200, 20, 230):
        turn = source.turns[place]
        view.reveal(turn.start, turn.end)
        assert view.viewport().rect().contains(place_of(view, turn.start))


def test_the_overview_jumps(qtbot: QtBot, view: TranscriptView) -> None:
    view.set_document(transcript(60))
    strip = view.overview()
    before = view.verticalScrollBar().value()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(5, strip.height() - 5))
    assert view.verticalScrollBar().value() > before + 1000


def pixels(view: TranscriptView) -> set[str]:
    """Return the colours on the first coded line, left of the letters' ends."""
    image = view.grab().toImage()
    return {
        image.pixelColor(x, y).name().upper()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_bands_are_painted_where_codings_are_and_blended(
    view: TranscriptView, theme: Theme
) -> None:
    from qda.gui.colors import band_color

    source = transcript()
    one = segment(1, source, "Vi skriver dem 😀 hver uke.", color="#228B4B")
    two = segment(2, source, "hver uke. Så ringer", color="#D9573F")
    single, both = band_color(["#228B4B"], theme), band_color(["#228B4B", "#D9573F"], theme)
    assert not pixels(view) & {single, both}
    view.add_segment(one)
    assert single in pixels(view)
    view.add_segment(two)
    assert {single, both} <= pixels(view)
    view.remove_segment(1)
    view.remove_segment(77)
    assert not pixels(view) & {single, both}
    assert [left.id for left in view.segments()] == [2]


def test_everything_is_painted_at_once_after_zooming_a_long_text(
    view: TranscriptView, theme: Theme
) -> None:
    from qda.gui.colors import band_color

    source = transcript(40)
    view.set_document(source)
    view.set_segments([segment(1, source, SAID[1][1], color="#228B4B")])
    assert band_color(["#228B4B"], theme) in pixels(view)
    view.set_zoom(150)
    assert band_color(["#228B4B"], theme) in pixels(view)
    view.resize(500, 600)
    assert band_color(["#228B4B"], theme) in pixels(view)


def test_strip_redraws_only_what_changed_but_looks_the_same(view: TranscriptView) -> None:
    source = transcript(40)
    many = [
        SegmentView(number, number * 61, number * 61 + 200, 1, "x", color="#3F6FA8")
        for number in range(100)
    ]
    extra = SegmentView(500, 3000, 3900, 1, "y", color="#D9573F")
    view.set_document(source)
    view.set_segments(many)
    view.overview().grab()
    view.add_segment(extra)
    view.replace_segment(replace(extra, start=5000, end=5100))
    stepwise = view.overview().grab().toImage()
    view.set_segments([*many, replace(extra, start=5000, end=5100)])
    assert view.overview().grab().toImage() == stepwise


def test_lanes_stay_apart_while_segments_come_and_go(view: TranscriptView) -> None:
    from qda.gui.widgets.transcript.segments import SegmentStore

    store = SegmentStore()
    store.reset((), 1000)
    for number in range(60):
        store.add(SegmentView(number, number * 7 % 90, number * 7 % 90 + 15, 1, "x"))
        if number % 3 == 2:
            store.remove(number - 1)
    kept = [store[span.id] for span in store.spans()]
    for one in kept:
        for other in kept:
            if one.id < other.id and one.start < other.end and other.start < one.end:
                assert store.lane(one.id) != store.lane(other.id)
    assert view.segments() == []


def test_segments_outside_the_text_are_left_out(view: TranscriptView) -> None:
    length = len(view.canonical_text())
    view.set_segments(
        [SegmentView(1, length - 2, length + 5, 1, "x"), SegmentView(2, 4, 4, 1, "y")]
    )
    assert view.segments() == []


@pytest.mark.parametrize("name", ["dark", "contrast-dark", "light"])
def test_another_theme_keeps_text_and_selection(view: TranscriptView, name: str) -> None:
    view.set_selection(5, 9)
    view.set_theme(load_theme(name))  # pyright: ignore[reportArgumentType]
    assert view.selection() == (5, 9)
    assert load_theme(name).paper.lower()  # pyright: ignore[reportArgumentType]
    assert not view.grab().isNull()


def test_an_empty_text_is_no_trouble(qtbot: QtBot, view: TranscriptView) -> None:
    view.set_document(TranscriptText(""))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(view, key, Qt.KeyboardModifier.AltModifier)
    view.widen_selection()
    view.reveal(0, 0)
    view.set_selection(-5, 99)
    assert view.selection() is None
    assert view.current_turn() is None
    assert not view.grab().isNull()
