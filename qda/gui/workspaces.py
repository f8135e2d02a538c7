"""The workspaces of the rail, in their order; each is imported and built when it is wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from qda.gui.context import Context
from qda.gui.language import tr
from qda.gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WorkspaceEntry:
    """A place on the rail, before its workspace is built: start-up pays for one, not for all."""

    key: str
    icon: str
    title: str
    make: Callable[[], Workspace]


def make_workspaces(context: Context) -> list[WorkspaceEntry]:
    """Return the places on the rail from the top."""
    return [
        _entry(context, "sources", tr("Sources"), "SourcesWorkspace"),
        _entry(context, "coding", tr("Coding"), "CodingWorkspace"),
        _entry(context, "codebook", tr("Codebook"), "CodebookWorkspace"),
        _entry(context, "cases", tr("Offices"), "CasesWorkspace", icon="offices"),
        _entry(context, "matrix", tr("Matrix"), "MatrixWorkspace"),
        _entry(context, "search", tr("Search"), "SearchWorkspace"),
        _entry(context, "quotes", tr("Quotes"), "QuotesWorkspace"),
        _entry(context, "memos", tr("Memos"), "MemosWorkspace"),
    ]


def _entry(
    context: Context, key: str, title: str, class_name: str, *, icon: str = ""
) -> WorkspaceEntry:
    def make() -> Workspace:
        module = import_module(f"qda.gui.{key}.workspace")
        made = getattr(module, class_name)(context)
        assert isinstance(made, Workspace)  # noqa: S101 - the table above names workspaces
        return made

    return WorkspaceEntry(key, icon or key, title, make)


def entry_of(workspace: Workspace) -> WorkspaceEntry:
    """Return the place of a workspace that is built already."""
    return WorkspaceEntry(workspace.key, workspace.icon, workspace.title(), lambda: workspace)
