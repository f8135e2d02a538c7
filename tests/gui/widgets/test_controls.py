"""Rail, bars, chips, controls, cards and lists, used as a person uses them."""

from typing import TypeVar

import pytest
from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QPropertyAnimation,
    QRect,
    Qt,
)
from PySide6.QtGui import QCursor, QEnterEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qda.gui.theme import Theme, load_theme
from qda.gui.widgets import roles
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.code_tree import CodeTree, code_mime, code_of
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.labels import Card, EmptyPlace, PaneHeader
from qda.gui.widgets.notice_line import NoticeLine
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.gui.widgets.rail import Rail, RailItem
from qda.gui.widgets.row_tree import RowTree
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.gui.widgets.status_line import StatusLine
from qda.gui.widgets.top_bar import FieldButton, TopBar


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    assert not widget.grab().isNull()
    return widget


Found = TypeVar("Found", bound=QWidget)


def child(parent: QWidget, kind: type[Found]) -> Found:
    found = parent.findChild(kind)
    assert isinstance(found, kind)
    return found


def test_the_rail_is_used_by_mouse_and_keyboard(qtbot: QtBot, theme: Theme) -> None:
    items = [RailItem(name, name.title(), name) for name in ("sources", "coding", "matrix")]
    rail = Rail(theme, items, "Arbeidsrom")
    shown(qtbot, rail)
    rail.set_current("coding")
    assert rail.current() == "coding"
    with qtbot.waitSignal(rail.workspace_chosen) as chosen:
        qtbot.mouseClick(rail.button("matrix"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["matrix"]
    rail.button("matrix").setFocus()
    qtbot.keyClick(rail.button("matrix"), Qt.Key.Key_Down)
    assert rail.focusWidget() is rail.button("sources")
    with qtbot.waitSignal(rail.workspace_chosen) as chosen:
        qtbot.keyClick(rail.button("sources"), Qt.Key.Key_Space)
    assert chosen.args == ["sources"]
    assert rail.button("sources").accessibleName() == "Sources"
    assert rail.width() == 73


def test_the_top_bar_tells_and_asks(qtbot: QtBot, theme: Theme) -> None:
    bar = TopBar(theme, search_text="Søk", undo_text="Angre", redo_text="Gjør om")
    shown(qtbot, bar)
    bar.set_project("Tre kontorer")
    bar.set_crumbs(["Koding", "NAV Elvebakken"])
    bar.set_chips(["veileder", "stat"])
    bar.set_chips(["leder"])
    bar.set_coder("Ingrid", "#228B4B")
    assert bar.crumbs() == ("Koding", "NAV Elvebakken")
    assert bar.chips() == ("leder",)
    buttons = {one.accessibleName(): one for one in bar.findChildren(QToolButton)}
    assert not buttons["Angre"].isEnabled()
    bar.set_undo(text="Angre: kode segment")
    with qtbot.waitSignal(bar.undo_wanted):
        qtbot.mouseClick(buttons["Angre"], Qt.MouseButton.LeftButton)
    assert not buttons["Gjør om"].isEnabled()
    with qtbot.waitSignal(bar.search_wanted):
        qtbot.keyClick(bar.findChild(FieldButton), Qt.Key.Key_Space)
    bar.set_theme(load_theme("dark"))
    assert not bar.grab().isNull()


def test_the_status_line_has_room_for_what_runs_as_soon_as_it_says_so(
    qtbot: QtBot, theme: Theme
) -> None:
    line = StatusLine(theme, cancel_text="Avbryt")
    shown(qtbot, line)
    line.resize(800, line.height())
    line.set_progress(0, 0)
    line.set_progress(3, 10, "Leser ordene i kildene")
    words = next(one for one in line.findChildren(QLabel) if one.text() == "Leser ordene i kildene")
    assert words.width() >= words.sizeHint().width()


def test_a_narrow_status_line_cuts_only_what_is_long(qtbot: QtBot, theme: Theme) -> None:
    line = StatusLine(theme, cancel_text="Avbryt")
    shown(qtbot, line)
    long = "1. Kan du fortelle litt om deg selv og hvor lenge du har vært ved kontoret?"
    line.set_texts(["Tur 4 av 18", long])
    line.resize(320, line.height())
    short, cut = (
        next(one for one in line.findChildren(QLabel) if one.text() == text)
        for text in line.texts()
    )
    assert short.width() >= short.sizeHint().width()
    assert not short.toolTip()
    assert cut.width() < cut.sizeHint().width()
    assert cut.toolTip() == long
    line.resize(1200, line.height())
    assert not cut.toolTip()


def test_the_status_line_shows_progress_that_can_be_cancelled(qtbot: QtBot, theme: Theme) -> None:
    line = StatusLine(theme, cancel_text="Avbryt")
    shown(qtbot, line)
    line.set_texts(["Tur 4 av 18", "62 % kodet"])
    line.set_texts(["Tur 5 av 18"])
    line.set_saved("Lagret")
    assert line.texts() == ("Tur 5 av 18",)
    assert not line.in_progress()
    line.set_progress(3, 10, "Henter inn")
    assert line.in_progress()
    assert child(line, QProgressBar).value() == 3
    with qtbot.waitSignal(line.cancel_wanted):
        qtbot.mouseClick(line.findChild(QToolButton), Qt.MouseButton.LeftButton)
    line.end_progress()
    assert not line.in_progress()


def test_a_notice_offers_to_undo(qtbot: QtBot, theme: Theme) -> None:
    line = NoticeLine(theme, undo_text="Angre")
    qtbot.addWidget(line)
    assert line.isHidden()
    line.show_notice("Kodingen er fjernet.")
    assert line.text() == "Kodingen er fjernet."
    with qtbot.waitSignals([line.undo_wanted, line.dismissed]):
        qtbot.mouseClick(line.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert line.isHidden()


def test_a_notice_goes_away_by_itself(qtbot: QtBot, theme: Theme) -> None:
    line = NoticeLine(theme, undo_text="Angre", stays_ms=1)
    qtbot.addWidget(line)
    QCursor.setPos(2000, 2000)
    with qtbot.waitSignal(line.dismissed):
        line.show_notice("Flyttet.", undoable=False)
    assert line.isHidden()


@pytest.mark.parametrize("by", ["keyboard", "mouse"])
def test_a_notice_that_is_going_stays_for_whoever_comes(qtbot: QtBot, by: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    elsewhere = QPushButton("Importer", window)
    line = NoticeLine(load_theme("light"), undo_text="Angre", stays_ms=20, parent=window)
    line.setGeometry(0, 40, 300, 30)
    window.show()
    window.activateWindow()
    elsewhere.setFocus()
    QCursor.setPos(2000, 2000)
    fade, effect = line.findChild(QPropertyAnimation), line.graphicsEffect()
    assert fade is not None
    assert effect is not None
    # However busy the machine is, it is not gone before somebody comes.
    fade.setDuration(60_000)
    line.show_notice("Flyttet.")
    qtbot.waitUntil(effect.isEnabled)
    button = next(one for one in line.findChildren(QPushButton))
    if by == "keyboard":
        button.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(button.hasFocus)
    else:
        place = QPointF(line.rect().center())
        QApplication.sendEvent(line, QEnterEvent(place, place, place))
    assert not effect.isEnabled()
    assert line.isVisible()


def test_one_of_a_few_holds(qtbot: QtBot, theme: Theme) -> None:
    control = SegmentedControl(
        theme, [("for", "for"), ("mot", "mot"), ("ambivalent", "ambivalent")], optional=True
    )
    shown(qtbot, control)
    assert control.value() is None
    values: list[object] = []
    control.value_changed.connect(values.append)
    mot = next(one for one in control.findChildren(QAbstractButton) if one.text() == "mot")
    qtbot.mouseClick(mot, Qt.MouseButton.LeftButton)
    qtbot.keyClick(mot, Qt.Key.Key_Right)
    qtbot.keyClick(control.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(control.focusWidget(), Qt.Key.Key_Space)
    assert values == ["mot", "ambivalent", None]
    control.set_value("for")
    assert control.value() == "for"
    control.set_value("noe annet")
    assert control.value() is None
    assert len(values) == 3


def test_without_a_way_back_something_always_holds(qtbot: QtBot, theme: Theme) -> None:
    control = SegmentedControl(theme, [(1, "en"), (2, "to")])
    shown(qtbot, control)
    first = control.findChildren(QAbstractButton)[0]
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert control.value() == 1
    assert first.isChecked()


def test_a_chip_is_clicked_or_removed(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip(theme, "fylke", label="Uten:", removable=True, interactive=True, color="#228B4B")
    shown(qtbot, chip)
    assert chip.accessibleName() == "Uten: fylke"
    with qtbot.waitSignal(chip.clicked):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    with qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 14, 12))
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_an_empty_place_offers_the_next_step(qtbot: QtBot, theme: Theme) -> None:
    place = EmptyPlace(theme, "sources", "Ingen kilder", "Hent inn intervjuer.", "Hent inn …")
    shown(qtbot, place)
    with qtbot.waitSignal(place.button_clicked):
        qtbot.mouseClick(place.findChild(QPushButton), Qt.MouseButton.LeftButton)
    place.set_texts("Ingenting her")
    assert child(place, QPushButton).isHidden()


def test_headers_and_cards_follow_scale(qtbot: QtBot, theme: Theme) -> None:
    header = PaneHeader(theme, "Kilder", "12")
    shown(qtbot, header)
    assert header.add_button("plus", "Ny").accessibleName() == "Ny"
    header.set_right("13")
    assert (header.title(), header.right()) == ("Kilder", "13")
    card = Card(theme, "Dette segmentet")
    shown(qtbot, card)
    card.set_title("")
    card.add_heading("Ta med")
    assert not card.grab().isNull()


def test_chips_flow_onto_more_lines(qtbot: QtBot, theme: Theme) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host, spacing=6)
    chips = [Chip(theme, f"verdi {number}") for number in range(8)]
    for chip in chips:
        flow.addWidget(chip)
    host.resize(200, 300)
    host.show()
    places = [chip.geometry() for chip in chips]
    assert all(QRect(0, 0, 200, 300).contains(place) for place in places)
    assert not any(
        one.intersects(other) for i, one in enumerate(places) for other in places[i + 1 :]
    )
    assert flow.heightForWidth(200) > flow.heightForWidth(1000)
    assert flow.takeAt(0) is not None
    assert flow.takeAt(99) is None
    assert flow.count() == 7


class CodeModel(QStandardItemModel):
    """Codes that can be moved below others."""

    def __init__(self) -> None:
        super().__init__()
        self.moved: list[tuple[int | None, object]] = []
        for number, name in enumerate(("spesialisering", "rutiner"), start=1):
            item = QStandardItem(name)
            item.setData("#228B4B", roles.COLOR_ROLE)
            item.setData(40 + number, roles.COUNT_ROLE)
            item.setData(str(number), roles.SHORTCUT_ROLE)
            item.setData(number, roles.ID_ROLE)
            child = QStandardItem(f"del av {name}")
            child.setData(number * 10, roles.ID_ROLE)
            child.setData("#228B4B", roles.COLOR_ROLE)
            child.setData("nøkkelord", roles.DETAIL_ROLE)
            item.appendRow(child)
            self.appendRow(item)

    def mimeTypes(self) -> list[str]:
        return [roles.CODE_MIME]

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        del action, row, column
        self.moved.append((code_of(data), parent.data(roles.ID_ROLE)))
        return True


def test_the_code_tree_tells_what_is_chosen(qtbot: QtBot, theme: Theme) -> None:
    tree = CodeTree(theme, "Koder")
    model = CodeModel()
    tree.setModel(model)
    tree.expandAll()
    tree.resize(300, 300)
    shown(qtbot, tree)
    seen: list[object] = []
    opened: list[object] = []
    tree.row_chosen.connect(seen.append)
    tree.row_activated.connect(opened.append)
    assert tree.choose(20)
    assert not tree.choose(999)
    assert tree.current_id() == 20
    qtbot.keyClick(tree, Qt.Key.Key_Up)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    place = tree.visualRect(tree.index_of(1)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert seen == [20, 2, 1]
    assert opened == [2, 1]
    with qtbot.waitSignal(tree.context_menu_wanted) as wanted:
        tree.customContextMenuRequested.emit(place)
    assert (wanted.args or [])[1:] == [1]


def test_the_chevron_opens_and_closes(qtbot: QtBot, theme: Theme) -> None:
    tree = CodeTree(theme, "Koder")
    model = CodeModel()
    tree.setModel(model)
    tree.resize(300, 300)
    shown(qtbot, tree)
    index = tree.index_of(1)
    middle = tree.visualRect(index).center().y()
    for expanded in (True, False):
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(12, middle))
        assert tree.isExpanded(index) is expanded


def test_a_dragged_code_carries_its_number() -> None:
    assert code_of(code_mime(73)) == 73
    other = QMimeData()
    other.setText("73")
    assert code_of(other) is None
    other.setData(roles.CODE_MIME, b"\xff\xfe")
    assert code_of(other) is None


def test_lists_with_headings_and_shares(qtbot: QtBot, theme: Theme) -> None:
    model = QStandardItemModel()
    office = QStandardItem("NAV Storlia")
    office.setData(True, roles.HEADING_ROLE)
    for number, share in enumerate((0.0, 0.5, 1.0)):
        item = QStandardItem(f"Veileder {number}")
        item.setData(share, roles.SHARE_ROLE)
        item.setData(number, roles.ID_ROLE)
        office.appendRow(item)
    model.appendRow(office)
    tree = RowTree(theme, "Kilder")
    assert not tree.choose(1)
    tree.setModel(model)
    tree.expandAll()
    shown(qtbot, tree)
    assert tree.choose(1)
    tree.set_theme(load_theme("dark"))
    assert not tree.grab().isNull()


def test_quotes_are_chosen_and_opened(qtbot: QtBot, theme: Theme) -> None:
    quotes = QuoteList(theme, "Sitater")
    rows = [
        QuoteRow(f"q{number}", f"«Vi gjør det slik hver gang, nummer {number}.» " * 3, "(leder)")
        for number in range(300)
    ]
    quotes.resize(300, 400)
    quotes.set_quotes(rows)
    shown(qtbot, quotes)
    seen: list[object] = []
    quotes.quote_chosen.connect(seen.append)
    with qtbot.waitSignal(quotes.quote_activated) as opened:
        place = quotes.visualRect(quotes.model().index(0, 0)).center()
        qtbot.mouseClick(quotes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == ["q0"]
    qtbot.keyClick(quotes, Qt.Key.Key_Down)
    with qtbot.waitSignal(quotes.quote_activated) as opened:
        qtbot.keyClick(quotes, Qt.Key.Key_Return)
    assert opened.args == ["q1"]
    assert quotes.current_id() == "q1"
    quotes.set_quotes(rows[1:])
    assert quotes.current_id() == "q1"
    quotes.resize(180, 400)
    assert quotes.visualRect(quotes.model().index(0, 0)).height() > 60
    assert quotes.quotes() == rows[1:]
    assert not quotes.choose("gone")
    assert quotes.model().rowCount() < len(rows)
    assert quotes.choose("q299")
    assert quotes.current_id() == "q299"
