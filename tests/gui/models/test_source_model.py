"""Documents under their offices: in order, passed over by headings, made when looked at."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.coding.source_pane import SourceTree
from qda.gui.models import source_model
from qda.gui.models.source_model import SourceModel, arranged, short_name
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.model.entities import Case
from qda.model.ids import CaseId, DocumentId, Guid
from qda.store.documents import Listed

OFFICES = [Case(CaseId(n), Guid(f"g{n}"), f"NAV Kontor {n}", "", n) for n in (1, 2)]
NAMES = ("Kontor 1 leder 10", "Kontor 1 leder 9", "Kontor 2 veileder", "Fylket", "Samtale")
LINKS = {
    DocumentId(1): (CaseId(1),), DocumentId(2): (CaseId(1),), DocumentId(3): (CaseId(2),),
    DocumentId(4): (CaseId(1), CaseId(2)),
}  # fmt: skip


@pytest.fixture
def model() -> SourceModel:
    made = SourceModel()
    listed = [Listed(DocumentId(n), name, 100, n == 3) for n, name in enumerate(NAMES, start=1)]
    made.set_documents(arranged(listed, OFFICES, LINKS), {DocumentId(1): 0.5})
    return made


@pytest.fixture
def tree(model: SourceModel, theme: Theme, qtbot: QtBot) -> SourceTree:
    made = SourceTree(theme, "Sources")
    qtbot.addWidget(made)
    made.setModel(model)
    made.resize(240, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(model: SourceModel, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [model.index(row).data(role) for row in range(model.rowCount())]


def test_offices_head_their_documents_in_order(model: SourceModel) -> None:
    assert shown(model) == [
        "NAV Kontor 1", "Leder 9", "Leder 10", "NAV Kontor 2", "Veileder", "Several offices",
        "Fylket", "No office", "Samtale",
    ]  # fmt: skip
    assert shown(model, roles.HEADING_ROLE).count(True) == 4
    assert model.documents() == (2, 1, 3, 4, 5)
    assert [model.index_of(DocumentId(n)).row() for n in (1, 2, 3, 4, 5, 6)] == [2, 1, 4, 6, 8, -1]


def test_what_is_said_of_a_document(model: SourceModel) -> None:
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(2).data(spoken) == "Kontor 1 leder 10, 50 % coded"
    assert model.index(4).data(spoken) == "Kontor 2 veileder, 0 % coded, done"
    model.mark_open({DocumentId(1): "left"})
    model.set_places({DocumentId(1): 0.25})
    model.set_share(DocumentId(1), 0.75)
    model.set_share(DocumentId(1), 0.75)
    assert model.index(2).data(spoken) == (
        "Kontor 1 leder 10, 75 % coded, open: left, last read at 25 %"
    )
    assert model.index(2).data(roles.SHARE_ROLE) == 0.75
    assert told == [2, 2, 2]


def test_neighbours_pass_over_headings_and_end_at_the_ends(model: SourceModel) -> None:
    order = model.documents()
    walked = [order[0]]
    while (following := model.neighbour(walked[-1], 1)) is not None:
        walked.append(following)
    assert tuple(walked) == order
    assert model.neighbour(order[-1], -2) == order[-3]
    assert model.neighbour(order[0], -1) is None
    assert model.neighbour(None, 0) == model.neighbour(DocumentId(99), -1) == order[0]
    assert SourceModel().neighbour(None, 1) is None


def test_the_keyboard_passes_over_headings(tree: SourceTree, qtbot: QtBot) -> None:
    chosen: list[object] = []
    tree.setFocus()
    tree.choose(DocumentId(5))
    tree.row_chosen.connect(chosen.append)
    qtbot.keyClick(tree, Qt.Key.Key_Home)
    for _ in range(4):
        qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert chosen == [2, 1, 3, 4, 5]
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    for _ in range(5):
        qtbot.keyClick(tree, Qt.Key.Key_Up)
    assert chosen[5:] == [4, 3, 1, 2]
    qtbot.keyClick(tree, Qt.Key.Key_Up)
    assert tree.current_id() == 2


def test_letters_go_to_an_offices_first_document(tree: SourceTree) -> None:
    tree.setFocus()
    tree.choose(DocumentId(2))
    QTest.keyClicks(tree, "NAV Kontor 2")
    assert tree.current_id() == 3


def test_a_click_on_a_heading_chooses_nothing(tree: SourceTree, qtbot: QtBot) -> None:
    tree.choose(DocumentId(1))
    heading = tree.visualRect(tree.model().index(3, 0)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert tree.current_id() == 1
    below = tree.visualRect(tree.model().index(4, 0)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(below))
    assert tree.current_id() == 3


def test_of_twenty_thousand_only_what_is_seen_is_made(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: list[str] = []
    honest = source_model.sort_key
    monkeypatch.setattr(
        source_model,
        "sort_key",
        lambda text, language: (keys.append(text), honest(text, language))[1],
    )
    asked: list[int] = []

    class Asked(SourceModel):
        def data(self, index: object, role: int = Qt.ItemDataRole.DisplayRole) -> object:
            asked.append(role)
            return super().data(index, role)  # type: ignore[arg-type]

    model = Asked()
    tree = SourceTree(theme, "Sources")
    qtbot.addWidget(tree)
    tree.setModel(model)
    tree.resize(240, 600)
    tree.show()
    offices = [Case(CaseId(n), Guid(f"g{n}"), f"NAV {n}", "", n) for n in range(400)]
    listed = [Listed(DocumentId(n), f"Samtale {n}", 10, 0) for n in range(20_000)]
    links = {one.id: (CaseId(one.id % 400),) for one in listed}
    model.set_documents(arranged(listed, offices, links), {})
    tree.choose(DocumentId(19_999))
    QTest.qWaitForWindowExposed(tree)
    tree.viewport().repaint()
    assert tree.current_id() == 19_999
    assert len(keys) <= 50 * 30
    assert len(asked) < 3_000


@pytest.mark.parametrize(
    ("name", "office", "short"),
    [
        ("Storlia leder", "NAV Storlia", "Leder"), ("NAV Storlia – leder", "NAV Storlia", "Leder"),
        ("Storliaveien", "NAV Storlia", "Storliaveien"), ("Storlia", "NAV Storlia", "Storlia"),
        ("Fylket", "", "Fylket"),
    ],
)  # fmt: skip
def test_a_name_is_shown_without_its_offices(name: str, office: str, short: str) -> None:
    assert short_name(name, office) == short
