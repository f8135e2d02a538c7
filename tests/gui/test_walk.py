"""A walk through every workspace and every dialog, as a screen reader and a keyboard go it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qda.app import demo
from qda.app.translation import load_catalogue
from qda.gui.language import current_catalogue, install_language
from qda.gui.matrix.commands import show_table
from qda.gui.matrix.model import Target
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.quotes.workspace import QuotesWorkspace
from qda.gui.theme import apply_theme, load_theme
from qda.store import documents
from tests.gui.walk import checks
from tests.gui.walk.finding import everything_that_opens
from tests.gui.walk.openers import OPENERS, bring_forward
from tests.gui.walk.scene import Scene, build_scene, enrich, settle, until

WORKSPACES = ("sources", "coding", "codebook", "cases", "matrix", "search", "quotes", "memos")


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory, make_recording: Callable[..., Path]) -> Path:
    """The example study with something in every pane."""
    folder = tmp_path_factory.mktemp("master")
    session = demo.build_project(demo.example_study(), folder / "studie.qdaproj")
    enrich(session, folder, make_recording)
    session.close()
    return folder / "studie.qdaproj"


@pytest.fixture(scope="module", params=[("nb", "light"), ("en", "dark")], ids="-".join)
def scene(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    master: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    """The program in a language and a theme."""
    made = build_scene(master, tmp_path_factory.mktemp("scene"), *request.param)
    yield made
    made.application.close_project()
    install_language(qapp, load_catalogue("en"))
    apply_theme(qapp, load_theme("light"), reduced_motion=True)


def test_the_walk_comes_to_every_dialog() -> None:
    assert everything_that_opens() == set(OPENERS)


@pytest.mark.parametrize("name", OPENERS)
def test_a_dialog(scene: Scene, name: str) -> None:
    seen: list[str] = []

    def look(dialog: QWidget) -> None:
        first = dialog.focusWidget()
        seen.extend(checks.opens_badly(dialog))
        seen.extend(checks.faults(dialog))
        seen.extend(checks.cut_words(dialog))
        seen.extend(checks.not_reached(dialog))
        seen.extend(checks.unseen_focus(dialog))
        if first is not None:
            first.setFocus()
        seen.extend(checks.stays_open(dialog))
        scene.looked.append(name)

    OPENERS[name](scene, look)
    assert scene.looked[-1] == name
    assert not seen, "\n".join(seen)


@pytest.mark.parametrize("key", WORKSPACES)
def test_a_workspace(scene: Scene, key: str) -> None:
    assert tuple(scene.window.workspace_keys()) == WORKSPACES
    if key == "coding":
        scene.room()
    else:
        scene.show(key)
    look_at_window(scene)


def look_at_window(scene: Scene) -> None:
    """Look at all that the window shows."""
    bring_forward(scene.window)
    seen = checks.faults(scene.window)
    seen += checks.cut_words(scene.window)
    seen += checks.not_reached(scene.window)
    seen += checks.unseen_focus(scene.window)
    assert not seen, "\n".join(seen)


@pytest.mark.parametrize("page", ["list", "picked", "manuscript", "claims", "reports"])
def test_a_page_of_the_quotes(scene: Scene, page: str, tmp_path: Path) -> None:
    scene.show("quotes")
    room = scene.window.workspace
    assert isinstance(room, QuotesWorkspace)
    room.show_page(page)
    if page == "list":
        room.list_page.style_card.edit()
    if page == "manuscript":
        text = room.list_page.list.quotes()[0].text
        path = tmp_path / "rapport.md"
        path.write_text(f"{text} «Dette har ingen sagt noen gang.»", encoding="utf-8")
        room.manuscript_page.check(path)
        until(lambda: bool(room.manuscript_page.count()))
    if page == "reports" and not room.reports_page.has_recipe():
        room.reports_page.add()
    settle(200)
    look_at_window(scene)
    room.show_page("list")


def test_the_coding_room_with_everything_open(scene: Scene) -> None:
    room = scene.room()
    room.listing.toggle()
    room.opening.toggle_split()
    room.finder.open()
    room.layers.toggle_mine()
    settle(100)
    try:
        look_at_window(scene)
    finally:
        room.layers.clear()
        room.opening.toggle_split()
        room.listing.toggle()


def test_the_suggestions_before_and_in_the_review(scene: Scene) -> None:
    room = scene.room()
    scene.do("coding.suggestions")
    until(lambda: not room.suggestions.making.busy, seconds=120)
    try:
        look_at_window(scene)
        room.suggestions.begin()
        settle(100)
        assert room.suggestions.reviewing
        look_at_window(scene)
    finally:
        room.suggestions.close()


def test_the_text_under_the_caret_tells_what_it_is_coded_with(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = scene.room()
    first = documents.all_documents(scene.window.context.bridge.project.connection)[0]
    room.open_document(first.id)
    assert room.open is not None
    two = [one for one in room.open.codings.values() if (one.start, one.end) == (200, 260)]
    names = {one.code: code.name for one in two for code in [room.known_codes()[one.code]]}
    assert len(names) == 2
    said: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if event.type() == QAccessible.Event.Announcement:
            said.append(event.message())  # pyright: ignore[reportAttributeAccessIssue]

    scene.window.activateWindow()
    room.view.setFocus()
    room.view.set_selection(199, 199)
    settle()
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    for _ in range(2):
        QTest.keyClick(room.view, Qt.Key.Key_Right)
    assert said
    for name in names.values():
        assert name in said[-1]
    coded, joined = {"nb": ("Kodet med", " og "), "en": ("Coded with", " and ")}[
        current_catalogue().language
    ]
    assert said[-1].startswith(coded)
    assert joined in said[-1]


def test_the_framework_with_the_transcript_alongside(scene: Scene) -> None:
    scene.show("matrix")
    room = scene.window.workspace
    assert isinstance(room, MatrixWorkspace)
    for kind in ("summary", "verdict"):
        room.set_cells(kind)
        room.choose(Target(0, 0))
        scene.do("matrix.alongside.read")
        assert room.alongside.has_keyboard()
        look_at_window(scene)
    room.set_cells("segments")


def test_the_matrix_with_a_query_and_with_two_voices(scene: Scene) -> None:
    scene.show("matrix")
    room = scene.window.workspace
    assert isinstance(room, MatrixWorkspace)
    room.queries.toggle()
    look_at_window(scene)
    room.queries.toggle()
    for kind in ("cooccurrence", "sequences", "contrast", "agreement"):
        show_table(room, kind)
        look_at_window(scene)
    show_table(room, "matrix")
