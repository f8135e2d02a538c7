"""The list of sources shows where one was in each the last time one read in it."""

from PySide6.QtCore import Qt

from qda.gui.context import Context
from qda.gui.places_kept import PLACES
from qda.gui.sources.source_model import SHARE
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.widgets import roles
from qda.store import documents


def test_the_last_place_stands_beside_the_share_and_is_told(study: Context) -> None:
    workspace = SourcesWorkspace(study)
    workspace.activate()
    read = documents.find(study.bridge.project.connection, "Havnes veileder")[0]
    model = workspace.list.table.source_model()
    index = next(
        model.index(row, SHARE)
        for row in range(model.rowCount())
        if model.index(row, 0).data(roles.ID_ROLE) == read.id
    )
    assert index.data(roles.PLACE_ROLE) is None
    told = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "last read" not in told
    study.settings.set(PLACES, {str(read.guid): f"{read.characters // 2} 3", "x": "1 2"})
    workspace.activate()
    assert round(index.data(roles.PLACE_ROLE), 1) == 0.5
    assert "last read at 50 %" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "last read at 50 %" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    study.settings.set(PLACES, {str(read.guid): "nothing"})
    workspace.activate()
    assert index.data(roles.PLACE_ROLE) is None
