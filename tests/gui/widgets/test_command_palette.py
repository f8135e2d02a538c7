"""The palette: what it finds, in what order, and how it is used."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qda.gui.theme import load_theme
from qda.gui.widgets.command_palette import CommandPalette
from qda.gui.widgets.palette_match import PaletteItem, rank

ITEMS = [
    PaletteItem("r", "rutiner"),
    PaletteItem("rt", "rutiner / tavlemøte", color="#228B4B"),
    PaletteItem("s", "styringsdialog", keywords=("tavle", "målekort")),
    PaletteItem("m", "målforskyvning"),
    PaletteItem("v", "Vis matrise"),
]


def titles(query: str, recent: tuple[object, ...] = ()) -> list[object]:
    return [item.id for item in rank(query, ITEMS, recent)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rutiner", ["r", "rt"]),
        ("tavl", ["rt", "s"]),
        ("måle", ["s"]),
        ("dialog", ["s"]),
        ("RUT TAV", ["rt"]),
        ("matrise", ["v"]),
        ("mfs", ["m"]),
        ("mal", []),
        ("maal", []),
        ("", ["r", "rt", "s", "m", "v"]),
    ],
)
def test_what_is_found_and_in_what_order(query: str, expected: list[object]) -> None:
    assert titles(query) == expected


def test_what_was_chosen_last_comes_first_within_its_kind() -> None:
    assert titles("", ("m", "v")) == ["m", "v", "r", "rt", "s"]
    assert titles("tavl", ("s",)) == ["rt", "s"]
    assert titles("rut", ("rt",)) == ["rt", "r"]


@given(st.text(max_size=8), st.lists(st.text(min_size=1, max_size=12), max_size=12))
def test_matches_hold_the_query_and_beginnings_always_match(query: str, names: list[str]) -> None:
    wanted = " ".join(query.casefold().split())
    found = rank(query, [PaletteItem(place, name) for place, name in enumerate(names)])
    assert len({item.id for item in found}) == len(found)
    for item in found:
        assert set(wanted) - {" "} <= set(item.title.casefold())
    beginning = {place for place, name in enumerate(names) if name.casefold().startswith(wanted)}
    assert beginning <= {item.id for item in found}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    QLineEdit(made).setObjectName("other")
    made.show()
    return made


@pytest.fixture
def palette(window: QWidget) -> CommandPalette:
    made = CommandPalette(
        load_theme("light"),
        window,
        placeholder="Søk, kod eller kjør en kommando",
        nothing_text="Ingenting passer.",
        provider=offers,
    )
    made.set_items(ITEMS)
    return made


def offers(query: str) -> list[PaletteItem]:
    return [PaletteItem("new", f"Ny kode «{query}»", with_ctrl=True)] if query else []


def test_typing_and_enter_choose(qtbot: QtBot, palette: CommandPalette) -> None:
    palette.open()
    field = palette.findChild(QLineEdit)
    qtbot.keyClicks(field, "tavl")
    assert [item.id for item in palette.shown_items()] == ["rt", "s", "new"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.item_chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (chosen.args or [])[0].id == "s"
    assert palette.isHidden()
    assert palette.recent() == ["s"]


def test_ctrl_enter_creates(qtbot: QtBot, palette: CommandPalette) -> None:
    palette.open("rutiner")
    with qtbot.waitSignal(palette.item_chosen) as chosen:
        qtbot.keyClick(
            palette.findChild(QLineEdit), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
    assert (chosen.args or [])[0].id == "new"


def test_up_from_the_first_row_goes_to_the_last(qtbot: QtBot, palette: CommandPalette) -> None:
    palette.open("tavl")
    field = palette.findChild(QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    with qtbot.waitSignal(palette.item_chosen) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Enter)
    assert (chosen.args or [])[0].id == "new"


def test_escape_gives_the_keyboard_back(
    qtbot: QtBot, window: QWidget, palette: CommandPalette
) -> None:
    other = window.findChild(QLineEdit, "other")
    assert isinstance(other, QLineEdit)
    other.setFocus()
    palette.open()
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert window.focusWidget() is other
    assert palette.recent() == []


def test_a_press_beside_the_sheet_closes(
    qtbot: QtBot, window: QWidget, palette: CommandPalette
) -> None:
    palette.open()
    with qtbot.waitSignal(palette.closed):
        qtbot.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(10, 690))


def test_nothing_found_is_said(palette: CommandPalette) -> None:
    palette.set_provider(None)
    palette.open("zzzz")
    assert palette.shown_items() == []
    assert not palette.grab().isNull()


def test_the_palette_stays_inside_a_small_window(window: QWidget, palette: CommandPalette) -> None:
    palette.open("tavl")
    window.resize(420, 500)
    center = palette.geometry().center().x()
    assert abs(center - window.rect().center().x()) <= 1
