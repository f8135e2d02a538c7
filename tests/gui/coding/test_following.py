"""The list of sources follows changes; what a correction leaves as it is stays."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from qda.gui.coding.open_document import coded_shares
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.widgets import roles
from qda.operations import corrections
from qda.operations import documents as document_operations
from qda.store import documents
from qda.text.edits import Edit

CodeIn = Callable[..., int]


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
