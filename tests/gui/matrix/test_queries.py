"""Queries as a person builds them: by clicks and keys, said as a sentence, kept, used, undone."""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.filter_sheet import FilterSheet
from qda.gui.matrix import commands
from qda.gui.matrix.model import Target
from qda.gui.matrix.query_builder import QueryBuilder
from qda.gui.matrix.query_draft import kept
from qda.gui.matrix.query_sheets import CodeSheet, ConditionSheet
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.models.question import Filter
from qda.model.queries import Condition, Query
from tests.gui.matrix.test_matrix_workspace import code_in, compared
from tests.gui.matrix.test_tables import room

__all__ = ["compared", "room"]
T = TypeVar("T")


@pytest.fixture
def builder(qtbot: QtBot, room: MatrixWorkspace) -> QueryBuilder:
    """The pane of queries, opened by its chip."""
    qtbot.mouseClick(room.bar.queries, Qt.MouseButton.LeftButton)
    assert room.queries.pane.isVisible()
    assert not room.evidence.isVisible()
    return room.queries


def opened(builder: QueryBuilder, kind: type[T]) -> T:
    """Return the sheet that is open."""
    sheet = builder.sheet()
    assert isinstance(sheet, kind)
    return sheet


def tick(qtbot: QtBot, sheet: CodeSheet | ConditionSheet, words: str) -> None:
    """Find a code by typing, and tick it with Enter."""
    field = sheet.codes.focusProxy()
    assert field is not None
    for _ in range(len(sheet.codes.filter_text())):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def with_code(qtbot: QtBot, builder: QueryBuilder, words: str) -> None:
    """Choose what the query begins with."""
    qtbot.mouseClick(builder.pane.codes.add, Qt.MouseButton.LeftButton)
    sheet = opened(builder, CodeSheet)
    tick(qtbot, sheet, words)
    sheet.close()


def with_condition(
    qtbot: QtBot, builder: QueryBuilder, relation: str, words: str, *, negated: bool = False
) -> None:
    """Add a condition."""
    qtbot.mouseClick(builder.pane.conditions.add, Qt.MouseButton.LeftButton)
    sheet = opened(builder, ConditionSheet)
    sheet.relation.setCurrentIndex(sheet.relation.findData(relation))
    sheet.negated.setChecked(negated)
    assert not sheet.done.isEnabled()
    tick(qtbot, sheet, words)
    qtbot.mouseClick(sheet.done, Qt.MouseButton.LeftButton)


def ids(builder: QueryBuilder) -> set[object]:
    return {one.id for one in builder.pane.quotes.quotes()}


def test_an_empty_query_finds_every_segment(builder: QueryBuilder) -> None:
    session = builder.pane.window() and builder._context.bridge.session  # noqa: SLF001
    assert builder.pane.sentence.text() == "Coded segments."
    assert len(ids(builder)) == len(session.snapshot().codings)  # pyright: ignore[reportOptionalMemberAccess]
    assert not builder.pane.save.isEnabled()
    assert not builder.can_use()


def test_the_sentence_and_the_quotes_follow_every_click(
    qtbot: QtBot, builder: QueryBuilder, room: MatrixWorkspace
) -> None:
    session = room.context.bridge.session
    code_in(session, "Fylket", "rutiner", "målekortet først.")
    everything = len(ids(builder))
    with_code(qtbot, builder, "måltall")
    assert builder.pane.sentence.text() == "Segments coded with måltall."
    assert 0 < len(ids(builder)) < everything
    with_condition(qtbot, builder, "overlaps", "rutiner")
    assert builder.pane.sentence.text() == (
        "Segments coded with måltall that overlap segments coded with rutiner."
    )
    found = ids(builder)
    assert len(found) == 1
    qtbot.mouseClick(builder.pane.conditions.chips["0"], Qt.MouseButton.LeftButton)
    sheet = opened(builder, ConditionSheet)
    sheet.negated.setChecked(True)
    qtbot.mouseClick(sheet.done, Qt.MouseButton.LeftButton)
    assert "do not overlap" in builder.pane.sentence.text()
    assert ids(builder) == set()
    assert builder.pane.counts.text().startswith("0 segments")
    chip = builder.pane.conditions.chips["0"]
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert builder.pane.sentence.text() == "Segments coded with måltall."
    assert found <= ids(builder)


def test_limits_and_nearness(qtbot: QtBot, builder: QueryBuilder) -> None:
    qtbot.mouseClick(builder.pane.limits.add, Qt.MouseButton.LeftButton)
    sheet = opened(builder, FilterSheet)
    keys = [sheet.dimension.itemData(at) for at in range(sheet.dimension.count())]
    assert not {"code", "query", "proposition"} & set(keys)
    sheet.dimension.setCurrentIndex(keys.index("document"))
    sheet.dimension.activated.emit(sheet.dimension.currentIndex())
    item = next(
        one for one in map(sheet.values.item, range(sheet.values.count())) if one.text() == "Fylket"
    )
    sheet.values.itemActivated.emit(item)
    assert "document = Fylket" in builder.pane.sentence.text()
    assert builder.draft.query.where == (("document", "Fylket"),)
    assert {one.tip.split(" · ")[0] for one in builder.pane.quotes.quotes()} == {"Fylket"}
    with_condition(qtbot, builder, "near", "rutiner", negated=True)
    with_condition(qtbot, builder, "same-document", "måltall")
    assert builder.pane.together.isVisible()
    builder.pane.together.value_changed.emit(True)
    assert builder.draft.query.any_condition
    assert "farther than 20 words" in builder.pane.sentence.text()
    assert " or share a document" in builder.pane.sentence.text()


def test_a_query_is_kept_renamed_used_and_removed_and_all_of_it_undone(
    qtbot: QtBot, builder: QueryBuilder, room: MatrixWorkspace
) -> None:
    session = room.context.bridge.session
    with_code(qtbot, builder, "måltall")
    qtbot.keyClicks(builder.pane.name, "Om tall")
    QTest.keyClick(builder.pane.name, Qt.Key.Key_Return)
    assert [one.name for one in kept(session)] == ["Om tall"]
    assert builder.pane.kept.currentText() == "Om tall"
    found = ids(builder)
    for use in ("columns", "rows", "filter"):
        qtbot.mouseClick(builder.pane.uses[use], Qt.MouseButton.LeftButton)
    asked = room.question
    assert asked.rows == ("query",)
    assert asked.columns == ("code",)
    assert Filter("query", "Om tall") in asked.filters
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    assert {one for row in matrix.evidence for cell in row for one in cell} == found
    assert "Om tall: Segments coded with måltall." in room.notes.text()
    for kind in ("cooccurrence", "sequences", "contrast"):
        commands.show_table(room, kind)
        assert "Om tall: Segments coded with måltall." in room.notes.text()
        shown = room.table.matrix_model.matrix
        assert shown is not None
        behind = [
            room.table.matrix_model.evidence(Target(at, None)) for at in range(len(shown.rows))
        ]
        assert {one for line in behind for one in line} <= found
    qtbot.keyClicks(builder.pane.name, " og mål")
    assert not builder.can_use()
    qtbot.mouseClick(builder.pane.save, Qt.MouseButton.LeftButton)
    assert [one.name for one in kept(session)] == ["Om tall og mål"]
    session.undo()
    assert [one.name for one in kept(session)] == ["Om tall"]
    assert builder.pane.name.text() == "Om tall"
    qtbot.mouseClick(builder.pane.remove, Qt.MouseButton.LeftButton)
    assert kept(session) == ()
    assert builder.draft.saved is None
    assert builder.pane.sentence.text() == "Segments coded with måltall."
    session.undo()
    assert [one.name for one in kept(session)] == ["Om tall"]


def test_a_saved_query_stands_in_a_condition(
    qtbot: QtBot, builder: QueryBuilder, room: MatrixWorkspace
) -> None:
    with_code(qtbot, builder, "måltall")
    qtbot.keyClicks(builder.pane.name, "Om tall")
    builder.open_limits()
    sheet = opened(builder, FilterSheet)
    sheet.close()
    builder.set_draft(builder.draft.with_limit("document", "Fylket", on=True))
    builder.save()
    inner = builder.draft.query
    builder.pane.kept_chosen.emit(-1)
    assert builder.draft.query == Query()
    builder.open_condition()
    chooser = opened(builder, ConditionSheet)
    chooser.query.setCurrentIndex(1)
    chooser.query.activated.emit(1)
    assert chooser.done.isEnabled()
    assert chooser.condition() == Condition("overlaps", inner)
    qtbot.mouseClick(chooser.done, Qt.MouseButton.LeftButton)
    assert "(Segments coded with måltall" in builder.pane.sentence.text()
    del room


def test_a_code_that_is_gone_is_said(builder: QueryBuilder) -> None:
    builder.set_draft(builder.draft.with_code("no-such-guid", on=True))  # pyright: ignore[reportArgumentType]
    assert "no longer in the codebook" in builder.pane.counts.text()
    assert ids(builder) == set()


def test_escape_goes_back_to_the_evidence(
    qtbot: QtBot, builder: QueryBuilder, room: MatrixWorkspace
) -> None:
    qtbot.keyClick(builder.pane, Qt.Key.Key_Escape)
    assert not builder.is_open()
    assert room.evidence.isVisible()
