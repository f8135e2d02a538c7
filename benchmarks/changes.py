"""How long the window stands still while something large is changed, or shown once more.

Each figure is the longest turn of the event loop, with all that follows from the change in the
workspaces that were visited before: Coding, Codebook, Offices, Matrix.
"""

import gc
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from benchmarks.cases import values_project
from benchmarks.core import survey_project, survey_sheet
from benchmarks.generate import build
from benchmarks.measuring import Figure
from benchmarks.stalls import SETTLING, Heart, wait
from benchmarks.window import MANY, close, shown
from qda.app.session import Session
from qda.gui.cases.workspace import CasesWorkspace
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.main_window import MainWindow
from qda.gui.sources.workspace import SourcesWorkspace
from qda.model.bands import BandDefinition
from qda.model.ids import CodeId, DocumentId
from qda.operations.bands import add_banding
from qda.operations.codebook_versions import save_version
from qda.operations.codes import edit_code
from qda.store import cases, codes, documents, variables

W = TypeVar("W")
BOUND = 100
"""Milliseconds."""


class Watched:
    """A project in a window whose main thread is watched."""

    def __init__(self, path: Path, *visited: str) -> None:
        """Visit workspaces, the last of which stays in front."""
        self.session, self.window = shown(path)
        self.heart = Heart()
        self.window.start(visited[0])
        self.wait(SETTLING)
        for key in visited[1:]:
            self.window.show_workspace(key)
            self.wait(1)
        # What the windows before this one left behind is none of its business.
        gc.collect()

    def wait(self, seconds: float) -> None:
        """Let time pass in which nothing runs: what follows a job has turns of its own."""
        since, jobs = time.monotonic(), self.window.context.jobs

        def quiet() -> bool:
            nonlocal since
            if jobs.busy:
                since = time.monotonic()
            return time.monotonic() - since > seconds

        wait(quiet)

    def stall(self, act: Callable[[], object]) -> Figure:
        """Do something and return the longest stall until all is quiet."""
        self.heart.forget()
        act()
        self.wait(1)
        return Figure(round(self.heart.longest * 1000), "ms", BOUND)

    def replayed(self, name: str, act: Callable[[], object]) -> dict[str, Figure]:
        """Do something, undo it and do it again."""
        return {
            f"{name}: longest stall": self.stall(act),
            f"{name}, undone: longest stall": self.stall(self.window.undo),
            f"{name}, done again: longest stall": self.stall(self.window.redo),
        }

    def close(self) -> None:
        """Leave nothing of it behind."""
        close(self.session, self.window)


def measure_changes(folder: Path, large: Path) -> dict[str, Figure]:
    """Measure the stalls of what a user changes where there is much of it."""
    return (
        _measure_marked(folder)
        | _measure_people(folder)
        | _measure_values(folder)
        | _measure_codes(folder, large)
    )


def _measure_marked(folder: Path) -> dict[str, Figure]:
    path = folder / "marked.qdaproj"
    build(path, MANY).close()
    watched = Watched(path, "sources")
    workspace = _workspace(watched.window, SourcesWorkspace)
    figure = watched.stall(workspace.list.table.selectAll)
    again = watched.stall(workspace.reload)
    assert len(workspace.list.table.marked()) == MANY.documents
    watched.close()
    return {
        "sources: 20,000 marked: longest stall": figure,
        "sources: 20,000 marked ones read again: longest stall": again,
    }


def _measure_people(folder: Path) -> dict[str, Figure]:
    path = survey_project(folder / "people.qdaproj", survey_sheet(folder))
    watched = Watched(path, "coding", "sources")
    workspace = _workspace(watched.window, SourcesWorkspace)
    panel = workspace.detail.participants

    def everybody() -> None:
        panel.scope.set_value(True)
        panel.reload()

    figure = watched.stall(everybody)
    removed = watched.replayed(
        "sources: one of 34,000 removed",
        lambda: workspace.remove(DocumentId(50)),
    )
    watched.close()
    return {"participants: all 20,000 shown: longest stall": figure} | removed


def _measure_values(folder: Path) -> dict[str, Figure]:
    path = values_project(folder)
    session = Session.open(path)
    known = variables.of_subject(session.project.connection, "case")
    for one in known:
        definition = BandDefinition("quantiles", parts=5)
        session.run(
            add_banding, coder="Ingrid", variable=one.id, name=f"Bånd {one.name}",
            definition=definition,
        )  # fmt: skip
    case = cases.all_cases(session.project.connection)[3]
    session.close()
    watched = Watched(path, "coding", "matrix", "cases")
    actions = _workspace(watched.window, CasesWorkspace).actions_on_cases
    figures = watched.replayed(
        "offices: a month written, 10 bandings of 437 x 46 x 10",
        lambda: actions.write_month(case.id, known[2], "2013-05", 12.5),
    ) | watched.replayed(
        "offices: an indicator of 20,000 values removed", lambda: actions.remove_variable(known[3])
    )
    watched.close()
    return figures


def _measure_codes(folder: Path, large: Path) -> dict[str, Figure]:
    path = folder / "changed.qdaproj"
    shutil.copy(large, path)
    session = Session.open(path)
    session.run(save_version, coder="Ingrid", name="Første")
    connection = session.project.connection
    for code in codes.all_codes(connection):
        session.run(edit_code, coder="Ingrid", code=replace(code, definition="En ny definisjon."))
    document = documents.listed(connection)[4].id
    connection.execute(
        "UPDATE OR IGNORE coding SET document_id = ? WHERE document_id BETWEEN 6 AND 30",
        (document,),
    )
    session.close()
    watched = Watched(path, "coding", "cases", "matrix", "codebook")
    workspace = _workspace(watched.window, CodebookWorkspace)
    workspace.exchange.show_versions()
    versions = workspace.exchange.versions
    assert versions is not None
    versions.list.setCurrentRow(0)
    watched.wait(1)
    figures = watched.replayed("codebook: back to a version of 100 codes", versions.back.click)
    versions.close()
    actions = workspace.actions_on_codes
    figures |= watched.replayed(
        "codebook: codes with 20,000 codings removed",
        lambda: actions.remove(CodeId(7), lambda: None),
    )
    watched.window.show_workspace("sources")
    watched.wait(2)
    sources = _workspace(watched.window, SourcesWorkspace)
    figures |= watched.replayed(
        "sources: one with 5,000 codings removed", lambda: sources.remove(document)
    )
    watched.close()
    return figures


def _workspace(window: MainWindow, kind: type[W]) -> W:
    workspace = window.workspace
    assert isinstance(workspace, kind)
    return workspace
