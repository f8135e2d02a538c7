"""Read the project of any program that is known here: what it is, its content says."""

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol, cast

from qda.formats.exchange.model import ExchangedProject
from qda.formats.exchange.package import is_zip
from qda.formats.exchange.qualcoder_files import DATABASE
from qda.formats.exchange.questions import ReadAnswers
from qda.formats.exchange.report import ExchangeReport
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.store.foreign import is_database, open_foreign

Kind = Literal["REFI-QDA", "QualCoder", "Taguette", "RQDA"]
ENDINGS = (".qdpx", ".qde", ".qda", ".sqlite3", ".rqda", ".zip")
"""The endings of the files that a project of another program comes in."""

_READERS: Mapping[Kind, str] = {
    "REFI-QDA": "qda.formats.exchange.qdpx_reader:read_qdpx",
    "QualCoder": "qda.formats.exchange.qualcoder:read_qualcoder",
    "Taguette": "qda.formats.exchange.taguette:read_taguette",
    "RQDA": "qda.formats.exchange.rqda:read_rqda",
}
"""The modules are imported when the first file of their kind is read."""

_TABLES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("QualCoder", ("source", "code_name", "code_text")),
    ("RQDA", ("source", "freecode", "coding")),
    ("Taguette", ("projects", "documents", "highlights", "tags", "highlight_tags")),
)


class _Reader(Protocol):
    def __call__(
        self, path: Path, progress: Progress | None = None, answers: ReadAnswers | None = None
    ) -> tuple[ExchangedProject, ExchangeReport]: ...


def read_exchange(
    path: Path, progress: Progress | None = None, answers: ReadAnswers | None = None
) -> tuple[ExchangedProject, ExchangeReport]:
    """Read a REFI-QDA project or one of QualCoder, Taguette or RQDA, with a report of everything.

    Nothing is written to the file or beside it. Raises FileProblem for what is none of them,
    broken or too big, OpenQuestions where `answers` do not settle what must be asked, and
    Cancelled from `progress`.
    """
    module, _, function = _READERS[kind_of(path)].partition(":")
    reader = cast(_Reader, getattr(importlib.import_module(module), function))
    return reader(path, progress=progress, answers=answers)


def kind_of(path: Path) -> Kind:
    """Tell which program's project a file or folder holds. Raises FileProblem where none."""
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except (OSError, ValueError):
        is_folder = is_there = False
    if is_folder:
        return "QualCoder"
    if not is_there:
        raise FileProblem(message("There is no file called {name}.", name=path.name))
    if is_database(path):
        return _kind_of_database(path)
    if is_zip(path):
        return "QualCoder" if _holds_qualcoder(path) else "REFI-QDA"
    if path.suffix.casefold() in (".qdpx", ".qde"):
        return "REFI-QDA"
    raise FileProblem(
        message(
            "{name} is no project of a program that is known here: REFI-QDA (.qdpx), QualCoder "
            "(.qda), Taguette (.sqlite3) or RQDA (.rqda).",
            name=path.name,
        )
    )


def _kind_of_database(path: Path) -> Kind:
    with open_foreign(path) as database:
        for kind, tables in _TABLES:
            if database.has(*tables):
                return kind
    raise FileProblem(
        message(
            "{name} is a database, but of no program whose projects are known here: QualCoder, "
            "Taguette or RQDA.",
            name=path.name,
        )
    )


def _holds_qualcoder(path: Path) -> bool:
    import zipfile

    try:
        with zipfile.ZipFile(path) as file:
            names = [one.replace("\\", "/").casefold() for one in file.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        return False
    return any(one.rpartition("/")[2] == DATABASE for one in names) and not any(
        one.endswith(".qde") for one in names
    )
