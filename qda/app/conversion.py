"""Whole projects between this program and the files of others, without a window.

A project that is made of another's file is made whole or not at all: what was begun is removed
where reading fails or is cancelled.
"""

import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qda.app.session import Session
from qda.jobs.progress import Progress
from qda.model.errors import ProjectProblem
from qda.model.messages import message
from qda.store import backups
from qda.store.project_file import beside

if TYPE_CHECKING:
    from qda.formats.exchange.questions import ReadAnswers
    from qda.formats.exchange.report import ExchangeReport
    from qda.model.codebook import Codebook


def project_from(
    source: Path,
    target: Path,
    *,
    progress: Progress | None = None,
    answers: "ReadAnswers | None" = None,
    coder: str = "",
) -> "ExchangeReport":
    """Make a new project of another program's project or of an exchange file.

    The source stays as it is. Raises FileProblem and ProjectProblem in words, OpenQuestions where
    `answers` do not settle what must be asked, Cancelled from `progress`.
    """
    from qda.formats.exchange.reading import read_exchange  # lazy: start-up
    from qda.operations.exchange import import_project

    progress = progress or Progress()
    _require_free(target)
    exchanged, report = read_exchange(source, progress, answers)
    with _made(lambda: Session.create(target, name=exchanged.name, coder=coder), target) as session:
        session.run(
            import_project,
            coder=session.coder,
            exchanged=exchanged,
            report=report,
            adopt=True,
            progress=progress,
        )
    return report


def project_of_codebook(source: Path, target: Path) -> "Codebook":
    """Make a new project of the codes of a codebook file; return it. Raises as `project_from`."""
    from qda.formats.codebooks import read_codebook  # lazy: the readers bring libraries
    from qda.model.codebook import told_apart
    from qda.operations.codebook import apply_codebook

    _require_free(target)
    codebook = told_apart(read_codebook(source))
    with _made(lambda: Session.create(target, name=codebook.name), target) as session:
        session.run(apply_codebook, coder=session.coder, codebook=codebook, file_name=source.name)
    return codebook


def write_exchange(
    session: Session, target: Path, progress: Progress | None = None
) -> "ExchangeReport":
    """Write an open project as REFI-QDA; return what went out and what has no place there.

    Raises FileProblem, and Cancelled from `progress`.
    """
    from qda.formats.exchange.qdpx_writer import write_qdpx  # lazy: start-up
    from qda.operations.exchange_out import read_project, tell_what_stays

    progress = progress or Progress()
    report = write_qdpx(target, read_project(session.project, progress), progress)
    tell_what_stays(session.project, report)
    return report


def write_codebook_of(
    session: Session, target: Path, translate: Callable[[str], str]
) -> "Codebook":
    """Write the codes of an open project as a codebook file; return them. Raises FileProblem."""
    from qda.formats.codebooks import write_codebook  # lazy: the writers bring libraries
    from qda.operations.codebook import as_codebook

    codebook = as_codebook(session.project)
    write_codebook(target, codebook, translate)
    return codebook


def _require_free(target: Path) -> None:
    if target.exists():
        raise ProjectProblem(
            message("There is already a file {name}; choose another name.", name=target.name)
        )


@contextmanager
def _made(create: Callable[[], Session], target: Path) -> Generator[Session]:
    """Open a new project, and remove it again where it could not be filled."""
    session = create()
    done = False
    try:
        yield session
        done = True
    finally:
        session.close()
        if not done:
            for one in beside(target):
                one.unlink(missing_ok=True)
            shutil.rmtree(backups.folder(target), ignore_errors=True)
