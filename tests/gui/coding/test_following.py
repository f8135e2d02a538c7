"""The list of sources follows changes; what a correction leaves as it is stays."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.models.code_order import totals
from qda.gui.transcripts.open_document import coded_shares
from qda.gui.widgets import roles
from qda.model.ids import CodeId, CodingId
from qda.operations import codings as operations
from qda.operations import corrections
from qda.operations import documents as document_operations
from qda.store import codes, documents
from qda.text.edits import Edit

CodeIn = Callable[..., int]
CodeOf = Callable[[str], CodeId]


def leaves(room: CodingWorkspace) -> list[QModelIndex]:
    """Return the rows of the sources, among the headings of their offices."""
    model = room.sources.tree.model()
    rows = (model.index(row, 0, QModelIndex()) for row in range(model.rowCount()))
    return [row for row in rows if row.data(roles.ID_ROLE) is not None]


def assert_shares_are_true(room: CodingWorkspace) -> None:
    """Compare how much the list says is coded with the project."""
    project = room.context.bridge.project
    listed = documents.listed(project.connection)
    true = coded_shares(project, {one.id: one.characters for one in listed})
    shown = {leaf.data(roles.ID_ROLE): leaf.data(roles.SHARE_ROLE) for leaf in leaves(room)}
    assert shown == true


def test_a_correction_tells_how_much_is_coded_now_in_the_rows_there_are(
    study: Context, coding_room: CodingWorkspace, code_words: CodeIn
) -> None:
    assert coding_room.open is not None
    document = coding_room.open.document.id
    code_words(coding_room.open.text[40:90], "tavlemøte")
    assert_shares_are_true(coding_room)
    row = next(leaf for leaf in leaves(coding_room) if leaf.data(roles.ID_ROLE) == document)
    held, before = QPersistentModelIndex(row), row.data(roles.SHARE_ROLE)
    edits = [Edit(0, 0, "Et forord som gjør teksten lengre. " * 9)]
    study.bridge.run(corrections.correct_text, document=document, edits=edits)
    assert held.isValid()
    assert 0 < held.data(roles.SHARE_ROLE) < before
    assert_shares_are_true(coding_room)
    study.bridge.undo()
    assert held.data(roles.SHARE_ROLE) == before
    assert_shares_are_true(coding_room)


def test_another_name_and_a_source_that_goes_make_another_list(
    study: Context, coding_room: CodingWorkspace
) -> None:
    first, *others = (leaf.data(roles.ID_ROLE) for leaf in leaves(coding_room))
    study.bridge.run(document_operations.rename_document, document=first, name="Åsnes rådgiver")
    named = {leaf.data(Qt.ItemDataRole.ToolTipRole) for leaf in leaves(coding_room)}
    assert "Åsnes rådgiver" in named
    study.bridge.run(document_operations.mark_done, document=first, done=True)
    done = {one.data(roles.ID_ROLE): one.data(roles.DONE_ROLE) for one in leaves(coding_room)}
    assert done[first]
    study.bridge.run(document_operations.remove_document, document=first)
    assert {leaf.data(roles.ID_ROLE) for leaf in leaves(coding_room)} == set(others)
    assert_shares_are_true(coding_room)


def assert_counts_are_true(room: CodingWorkspace) -> None:
    """Compare how often the tree says that codes are used with the project."""
    connection = room.context.bridge.project.connection
    everything = codes.all_codes(connection)
    true = totals(everything, codes.counts(connection))
    shown = {
        one.id: room.code_pane.model.index_of(one.id).data(roles.COUNT_ROLE) for one in everything
    }
    assert shown == true


def test_the_tree_counts_codings_of_open_and_of_other_sources(
    study: Context, coding_room: CodingWorkspace, code_words: CodeIn, code_id: CodeOf
) -> None:
    assert coding_room.open is not None
    here = code_words(coding_room.open.text[40:90], "tavlemøte")
    assert_counts_are_true(coding_room)
    others = documents.listed(study.bridge.project.connection)
    elsewhere = next(one for one in others if one.id != coding_room.open.document.id)
    text = documents.text(study.bridge.project.connection, elsewhere.id)
    there = code_words(text[10:60], "tavlemøte", document=elsewhere.name)
    assert_counts_are_true(coding_room)
    for change in (
        lambda: study.bridge.run(
            operations.recode, coding_ids=[CodingId(here)], code=code_id("rutiner")
        ),
        lambda: study.bridge.run(
            operations.recode, coding_ids=[CodingId(here), CodingId(there)],
            code=code_id("tavlemøte"),
        ),
        lambda: study.bridge.run(
            operations.remove_codings, coding_ids=[CodingId(here), CodingId(there)]
        ),
    ):  # fmt: skip
        change()
        assert_counts_are_true(coding_room)
    for _ in range(5):
        study.bridge.undo()
        assert_counts_are_true(coding_room)
