"""Whose codings and which codes the coding room shows: blind, some coders, some codes, compared."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.transcripts.layers import Layers, Sight, read_layers
from qda.gui.widgets import roles
from qda.model.ids import CodeId, CoderId, CodingId
from qda.operations import codes, projects

CodeIn = Callable[..., int]
OLAVS = "Hvor mange som er godkjent."
INGRIDS = "Da står vi foran tavla og teller planer."


@pytest.fixture
def two(coding_room: CodingWorkspace, code_words: CodeIn) -> CodingWorkspace:
    """The coding room where Olav has coded too."""
    code_words(OLAVS, "tavlemøte", "Olav")
    code_words(INGRIDS, "tavlemøte", "Olav")
    return coding_room


def shown(room: CodingWorkspace) -> list[tuple[str, str]]:
    """Return label and coder of what the transcript shows."""
    return sorted((one.sub_label or one.label, one.coder) for one in room.view.segments())


def press(window: MainWindow, command: str) -> None:
    """Give a command by its shortcut, as the keyboard does."""
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def count(room: CodingWorkspace, code: CodeId) -> object:
    """Return what the tree of codes says of a code."""
    return room.code_pane.model.index_of(code).data(roles.COUNT_ROLE)


def test_blind_hides_others_everywhere_in_the_room(
    coding_window: MainWindow, two: CodingWorkspace, code_id: Callable[[str], CodeId]
) -> None:
    assert len(shown(two)) == 3
    assert two.open is not None
    before = two.open.coded_share()
    two.view.setFocus()
    press(coding_window, "coding.only_mine")
    assert shown(two) == [("rutiner", "Ingrid")]
    assert two.open.coded_share() < before
    assert count(two, code_id("rutiner")) == 1
    assert count(two, code_id("tavlemøte")) == 0
    assert two.code_pane.header.right() == "only mine"
    assert two.layer_bar.isVisible()
    assert two.layer_bar.texts() == ["Only my codings: Ingrid"]
    place = two.view.canonical_text().index(OLAVS)
    assert two.view.hasFocus()
    two.view.set_selection(place, place)
    assert two.view.accessibleDescription() == "Not coded"
    press(coding_window, "coding.only_mine")
    assert len(shown(two)) == 3
    assert not two.layer_bar.isVisible()


def test_what_a_colleague_codes_meanwhile_stays_hidden(
    two: CodingWorkspace, code_words: CodeIn
) -> None:
    two.layers.toggle_mine()
    assert two.open is not None
    share = two.open.coded_share()
    code_words("Klokka ni, hver gang.", "rutiner", "Olav")
    assert shown(two) == [("rutiner", "Ingrid")]
    assert two.open.coded_share() == share
    code_words("Klokka ni, hver gang.", "rutiner", "Ingrid")
    assert len(shown(two)) == 2


def test_blind_follows_who_codes(two: CodingWorkspace, study: Context) -> None:
    two.layers.toggle_mine()
    session = study.bridge.session
    session.run(projects.choose_coder, coder=session.coder, name="Olav")
    assert {coder for _, coder in shown(two)} == {"Olav"}


def test_the_list_of_segments_shows_the_same_coders(
    two: CodingWorkspace, code_id: Callable[[str], CodeId]
) -> None:
    two.code_pane.choose(code_id("rutiner"))
    two.listing.toggle()
    assert two.segment_list.count() == 3
    two.layers.toggle_mine()
    assert two.segment_list.count() == 1
    two.layers.clear()
    assert two.segment_list.count() == 3


def test_one_coder_of_several(two: CodingWorkspace, code_words: CodeIn) -> None:
    code_words("Klokka ni, hver gang.", "rutiner", "Berit")
    by_name = {one.name: str(one.guid) for one in two.layers.coders()}
    two.layers.show_coder(by_name["Ingrid"], shown=False)
    assert {coder for _, coder in shown(two)} == {"Olav", "Berit"}
    assert two.layers.whose() == "2 coders"
    two.layers.show_coder(by_name["Olav"], shown=False)
    assert two.layers.whose() == "Berit"
    two.layers.show_coder(by_name["Berit"], shown=False)
    assert {coder for _, coder in shown(two)} == {"Berit"}, "the last one stays"


def test_only_the_code_at_hand_hidden_then_dimmed(
    coding_window: MainWindow, two: CodingWorkspace, code_id: Callable[[str], CodeId]
) -> None:
    two.code_pane.choose(code_id("tavlemøte"))
    two.view.setFocus()
    press(coding_window, "coding.only_code")
    assert {label for label, _ in shown(two)} == {"tavlemøte"}
    assert two.layer_bar.texts() == ["Only: tavlemøte"]
    coding_window.actions_by_command.action("coding.dim").trigger()
    assert {(one.sub_label or one.label, one.dimmed) for one in two.view.segments()} == {
        ("tavlemøte", False),
        ("rutiner", True),
    }
    assert two.layer_bar.texts() == ["Others dimmed, only: tavlemøte"]
    two.code_pane.choose(code_id("rutiner"))
    coding_window.actions_by_command.action("coding.code_too").trigger()
    assert not any(one.dimmed for one in two.view.segments())
    press(coding_window, "coding.show_everything")
    assert len(two.view.segments()) == 3
    assert not two.layer_bar.isVisible()


def test_a_filtered_code_takes_its_subcodes_along(
    two: CodingWorkspace, code_id: Callable[[str], CodeId]
) -> None:
    code = two.code_pane.model.code(code_id("rutiner"))
    assert code is not None
    two.layers.toggle_code(code)
    assert len(shown(two)) == 3


def test_a_chip_takes_one_filter_away(
    two: CodingWorkspace, code_id: Callable[[str], CodeId]
) -> None:
    code = two.code_pane.model.code(code_id("tavlemøte"))
    assert code is not None
    two.layers.toggle_code(code)
    two.layers.toggle_mine()
    assert shown(two) == []
    chip = two.layer_bar.chips()[1]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert shown(two) == [("rutiner", "Ingrid")]
    assert two.layer_bar.has_keyboard()
    QTest.keyClick(two.layer_bar.chips()[0], Qt.Key.Key_Delete)
    assert two.view.hasFocus(), "the line is gone"


def test_two_coders_stand_side_by_side(coding_window: MainWindow, two: CodingWorkspace) -> None:
    two.view.setFocus()
    press(coding_window, "coding.compare")
    assert two.view.columns() == ("Ingrid", "Olav")
    assert {(one.coder, one.column) for one in two.view.segments()} == {
        ("Ingrid", "Ingrid"),
        ("Olav", "Olav"),
    }
    assert two.layer_bar.texts() == ["Side by side: Ingrid | Olav"]
    two.view.grab()
    press(coding_window, "coding.compare")
    assert two.view.columns() == ()


def test_three_coders_are_compared_by_choosing_a_pair(
    coding_window: MainWindow, two: CodingWorkspace, code_words: CodeIn
) -> None:
    code_words("Klokka ni, hver gang.", "rutiner", "Berit")
    two.view.setFocus()
    press(coding_window, "coding.compare")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    titles = [action.text() for action in menu.actions()]
    assert titles == ["Ingrid | Olav", "Ingrid | Berit"]
    menu.actions()[1].trigger()
    menu.close()
    assert two.view.columns() == ("Ingrid", "Berit")


def test_a_place_where_two_disagree_opens_with_both_side_by_side(
    coding_window: MainWindow, two: CodingWorkspace, code_words: CodeIn
) -> None:
    berits = CodingId(code_words("Klokka ni, hver gang.", "rutiner", "Berit"))
    ids = {one.name: one.id for one in two.layers.coders()}
    coding_window.show_place(Place("coding", coding=berits, compared=(ids["Berit"], ids["Ingrid"])))
    assert two.view.columns() == ("Berit", "Ingrid")
    assert two.view.selected_segment() == berits
    gone = CoderId(max(ids.values()) + 1)
    coding_window.show_place(Place("coding", coding=berits, compared=(ids["Olav"], gone)))
    assert two.view.columns() == ("Berit", "Ingrid")


def test_the_layers_are_kept_for_the_project(
    two: CodingWorkspace, study: Context, code_id: Callable[[str], CodeId]
) -> None:
    code = two.code_pane.model.code(code_id("tavlemøte"))
    assert code is not None
    two.layers.toggle_code(code)
    again = CodingWorkspace(study)
    again.activate()
    assert again.layers.layers == two.layers.layers
    again.close()
    again.deleteLater()


def test_a_removed_code_filters_no_longer(
    two: CodingWorkspace, study: Context, code_id: Callable[[str], CodeId]
) -> None:
    code = two.code_pane.model.code(code_id("tavlemøte"))
    assert code is not None
    two.layers.toggle_code(code)
    session = study.bridge.session
    session.run(codes.remove_code, coder=session.coder, code=code.id)
    assert not two.layers.layers.filters
    assert shown(two) == [("rutiner", "Ingrid")]
    assert not two.layer_bar.isVisible()


def test_coding_what_the_layers_hide_is_said(
    two: CodingWorkspace, study: Context, code_id: Callable[[str], CodeId]
) -> None:
    code = two.code_pane.model.code(code_id("tavlemøte"))
    assert code is not None
    two.layers.toggle_code(code)
    said: list[str] = []
    study.bridge.told.connect(said.append)
    start = two.view.canonical_text().index("Klokka ni")
    two.actions_on_text.code_with([code_id("rutiner")], (start, start + 9))
    assert said == ["Coded; the layers hide this coding."]
    assert {label for label, _ in shown(two)} == {"tavlemøte"}


def test_a_hidden_segment_is_shown_as_text_when_one_is_sent_there(
    two: CodingWorkspace, code_words: CodeIn
) -> None:
    hidden = code_words("Klokka ni, hver gang.", "rutiner", "Olav")
    two.layers.toggle_mine()
    two.show_coding(hidden)  # pyright: ignore[reportArgumentType]
    assert two.view.selected_segment() is None
    start, end = two.view.selection() or (0, 0)
    assert two.view.canonical_text()[start:end] == "Klokka ni, hver gang."


@given(st.text())
def test_any_text_reads_as_layers(text: str) -> None:
    assert read_layers(text).whose in ("all", "mine", "some")


@given(
    st.builds(
        Layers,
        st.sampled_from(["all", "mine", "some"]),
        st.lists(st.uuids().map(str)).map(tuple),
        st.lists(st.uuids().map(str)).map(tuple),
        st.lists(st.uuids().map(str)).map(tuple),
        st.booleans(),
        st.booleans(),
    )
)
def test_layers_are_read_as_written(layers: Layers) -> None:
    assert read_layers(layers.to_text()) == layers


def test_everything_is_in_sight_by_default() -> None:
    assert Sight().of_code(CodeId(7))
