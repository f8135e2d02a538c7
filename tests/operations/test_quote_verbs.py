"""Quotes for the text: picked, put in order, trimmed and described, each one step and undoable."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodingId, DocumentId, PickedQuoteId
from qda.model.quotes import QuoteStyle, Trim
from qda.operations import codes, codings, corrections, documents, quotes
from qda.operations.codings import NewCoding
from qda.store import codings as coding_rows
from qda.store import quotes as rows
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit

Put = Callable[..., int]


@pytest.fixture
def segments(project: ProjectFile, put: Put) -> list[CodingId]:
    document = DocumentId(put("leder"))
    code = codes.add_code(project, coder="Kari", name="rutiner").value.id
    new = [NewCoding(document, code, start, start + 6) for start in (0, 7, 14)]
    return [one.id for one in codings.add_codings(project, coder="Kari", new=new).value]


def order(project: ProjectFile) -> list[CodingId]:
    return [one.coding for one in rows.picked(project.connection)]


def test_picking_keeps_an_order_and_picks_none_twice(
    project: ProjectFile, segments: list[CodingId]
) -> None:
    first, second, third = segments
    assert quotes.pick_quotes(project, coder="Kari", coding_ids=[second, first]).value == 2
    assert quotes.pick_quotes(project, coder="Kari", coding_ids=[first, third]).value == 1
    assert order(project) == [second, first, third]
    last = rows.picked(project.connection)[2]
    quotes.move_quote(project, coder="Kari", picked=last.id, to=-3)
    assert order(project) == [third, second, first]
    quotes.move_quote(project, coder="Kari", picked=last.id, to=99)
    assert order(project) == [second, first, third]
    quotes.drop_quotes(project, coder="Kari", picked=[last.id])
    assert order(project) == [second, first]
    for _ in range(4):
        project.undo("Kari")
    assert order(project) == [second, first]
    project.undo("Kari")
    assert order(project) == []
    with pytest.raises(NotFound):
        quotes.pick_quotes(project, coder="Kari", coding_ids=[CodingId(999)])
    with pytest.raises(NotFound):
        quotes.move_quote(project, coder="Kari", picked=PickedQuoteId(999), to=0)


def test_trimming_leaves_the_source_alone(project: ProjectFile, segments: list[CodingId]) -> None:
    quotes.pick_quotes(project, coder="Kari", coding_ids=segments[:1])
    [picked] = rows.picked(project.connection)
    before = coding_rows.by_id(project.connection, segments[0])
    assert before is not None
    quotes.trim_quote(project, coder="Kari", picked=picked.id, trims=[Trim(2, 4, "x")])
    quotes.note_quote(project, coder="Kari", picked=picked.id, note=" til innledningen ")
    [after] = rows.picked(project.connection)
    assert (after.trims, after.quote) == ((Trim(2, 4, "x"),), before.quote)
    assert after.note == "til innledningen"
    assert coding_rows.by_id(project.connection, segments[0]) == before
    with pytest.raises(NotAllowed):
        quotes.trim_quote(project, coder="Kari", picked=picked.id, trims=[Trim(0, 6)])
    project.undo("Kari")
    project.undo("Kari")
    assert rows.picked(project.connection) == (picked,)


def test_a_picked_quote_goes_with_its_segment_and_comes_back(
    project: ProjectFile, segments: list[CodingId]
) -> None:
    quotes.pick_quotes(project, coder="Kari", coding_ids=segments)
    codings.remove_codings(project, coder="Kari", coding_ids=segments[:2])
    assert order(project) == segments[2:]
    project.undo("Kari")
    assert order(project) == segments
    documents.remove_document(project, coder="Kari", document=DocumentId(1))
    assert order(project) == []


def test_the_style_is_kept_in_the_project(project: ProjectFile) -> None:
    assert rows.style(project.connection) == QuoteStyle("({rolle})")
    wished = QuoteStyle("({rolle}, {arbeidsgiver})", "(…)", "«»", 5, office=True)
    quotes.set_style(project, coder="Kari", style=wished)
    assert rows.style(project.connection) == wished
    with pytest.raises(NotAllowed):
        quotes.set_style(project, coder="Kari", style=replace(wished, attribution="({rolle"))
    with pytest.raises(NotAllowed):
        quotes.set_style(project, coder="Kari", style=replace(wished, cut="x"))
    project.undo("Kari")
    assert rows.style(project.connection) == QuoteStyle("({rolle})")


def test_trims_of_a_stranger_are_read_as_none(
    project: ProjectFile, segments: list[CodingId]
) -> None:
    quotes.pick_quotes(project, coder="Kari", coding_ids=segments[:1])
    for bad in ("x", "{}", "[1]", "[[1,2]]", '[["a",2,"x"]]', "[" * 5000):
        project.connection.execute("UPDATE picked_quote SET trims = ?", (bad,))
        assert rows.picked(project.connection)[0].trims == ()


def test_after_a_correction_of_the_words_the_trims_no_longer_fit(
    project: ProjectFile, segments: list[CodingId]
) -> None:
    quotes.pick_quotes(project, coder="Kari", coding_ids=segments[:1])
    [picked] = rows.picked(project.connection)
    quotes.trim_quote(project, coder="Kari", picked=picked.id, trims=[Trim(2, 4)])
    corrections.correct_text(
        project, coder="Kari", document=DocumentId(1), edits=[Edit(1, 2, "øøø")]
    )
    [after] = rows.picked(project.connection)
    found = coding_rows.by_id(project.connection, segments[0])
    assert found is not None
    assert found.quote != after.quote
    quotes.trim_quote(project, coder="Kari", picked=picked.id, trims=[Trim(0, 1)])
    assert rows.picked(project.connection)[0].quote == found.quote
