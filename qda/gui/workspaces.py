"""The workspaces of the rail, in their order."""

from qda.gui.cases.workspace import CasesWorkspace
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.memos.workspace import MemosWorkspace
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.workspace import Workspace


def make_workspaces(context: Context) -> list[Workspace]:
    """Build every workspace; each loads its content when it is first shown."""
    return [
        SourcesWorkspace(context),
        CodingWorkspace(context),
        CodebookWorkspace(context),
        CasesWorkspace(context),
        MatrixWorkspace(context),
        MemosWorkspace(context),
    ]
