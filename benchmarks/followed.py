"""How long the window stands still while each workspace follows a large change in sight.

Figures are as those of `changes`: the longest turn of the event loop, the others being behind.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.changes import Watched
from benchmarks.core import survey_sheet
from benchmarks.measuring import Figure
from qda.app.session import Session
from qda.model.changes import OpResult
from qda.model.codebook import CodebookCode
from qda.model.codebook_merge import Side
from qda.model.ids import CodeId, DocumentId
from qda.operations.codebook import as_codebook
from qda.operations.codebook_merge import apply_merge, plan_file
from qda.operations.codes import remove_code
from qda.operations.copy_merge import merge_copy
from qda.operations.documents import remove_document
from qda.operations.survey import import_survey
from qda.operations.survey_sheets import choices_by_name, make_survey, read_survey

LARGE_CODE = CodeId(7)
"""A code that has 20,000 codings with those below it."""
FRONTS = ("cases", "matrix", "coding", "quotes", "memos")


def measure_followed(folder: Path, large: Path) -> dict[str, Figure]:
    """Measure what follows removing a code of 20,000 codings, a merged codebook and copy."""
    path, copy = folder / "followed.qdaproj", folder / "colleague.qdaproj"
    for target in (path, copy):
        shutil.copy(large, target)
    session = Session.open(copy)
    for document in range(1, 21):
        session.run(remove_document, coder="Per", document=DocumentId(document))
    session.close()
    watched = Watched(path, *FRONTS, "codebook")
    figures: dict[str, Figure] = {}
    for front in FRONTS:
        watched.window.show_workspace(front)
        watched.wait(1)
        figures |= watched.replayed(
            f"{front} in front: codes with 20,000 codings removed",
            by_size(watched, partial(remove_code, code=LARGE_CODE)),
        )
        watched.stall(watched.window.undo)
    watched.window.show_workspace("codebook")
    watched.wait(1)
    figures |= _measure_merged_codebook(watched)
    figures |= watched.replayed(
        "codebook: a copy without 20 sources merged",
        by_size(watched, partial(merge_copy, path=copy, choices={})),
    )
    watched.close()
    return figures | _measure_survey(folder)


def by_size(watched: Watched, operation: Callable[..., OpResult[Any]]) -> Callable[[], None]:
    """Return what does something large, as a workspace does it."""
    context = watched.window.context

    def act() -> None:
        context.bridge.run_by_size(context.jobs, "", 20_000, operation)

    return act


def _measure_merged_codebook(watched: Watched) -> dict[str, Figure]:
    project = watched.session.project
    ours = as_codebook(project)
    theirs = replace(ours, codes=tuple(_reworded(one) for one in ours.codes))
    plan = plan_file(project, theirs, base=ours)
    choices: dict[str, Side] = {one.key: "theirs" for one in plan.choices}
    assert len(choices) >= 100
    return watched.replayed(
        "codebook: a colleague's of 100 reworded codes merged",
        by_size(watched, partial(apply_merge, plan=plan, choices=choices, file_name="kode.toml")),
    )


def _reworded(code: CodebookCode) -> CodebookCode:
    below = tuple(_reworded(one) for one in code.children)
    return replace(code, definition="Som en kollega sier det.", children=below)


def _measure_survey(folder: Path) -> dict[str, Figure]:
    path = folder / "followed-survey.qdaproj"
    Session.create(path, coder="Ingrid").close()
    read = read_survey(survey_sheet(folder))
    choices = choices_by_name(
        read, text=["Hva fungerer?", "Hva bør endres?"], identifier="id", case="kontor"
    )
    watched = Watched(path, "coding", "cases", "matrix", "sources")
    survey = make_survey(read, choices)
    figures = watched.replayed(
        "sources: 34,000 survey answers imported",
        by_size(watched, partial(import_survey, survey=survey)),
    )
    watched.close()
    return figures
