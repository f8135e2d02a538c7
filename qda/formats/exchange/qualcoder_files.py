"""A project of QualCoder on the disk: a folder with a database, the database alone, or a zip."""

import tempfile
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qda.formats.exchange.package import (
    MAX_PROJECT_BYTES,
    MAX_SOURCE_BYTES,
    Archive,
    is_zip,
    open_zip,
)
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.store.foreign import is_database

DATABASE = "data.qda"
_DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class QualCoderFiles:
    """The database of a project, and the originals of its documents by name."""

    database: Path
    name: str
    original: Callable[[str], bytes | None]


@contextmanager
def open_files(path: Path) -> Generator[QualCoderFiles]:
    """Find the database in a folder, a zip of one, or at `path` itself. Raises FileProblem."""
    with ExitStack() as stack:
        if path.is_dir():
            yield QualCoderFiles(_in_folder(path), path.name, _from_folder(path))
        elif is_zip(path):
            yield _unpacked(path, stack)
        else:
            inner = path.name.casefold() == DATABASE
            name = path.absolute().parent.name if inner else path.name
            yield QualCoderFiles(path, name or path.name, _from_folder(path.absolute().parent))


def _in_folder(folder: Path) -> Path:
    database = folder / DATABASE
    if not is_database(database):
        raise FileProblem(
            message(
                "{name} is no project folder of QualCoder: there is no {file} in it.",
                name=folder.name,
                file=DATABASE,
            )
        )
    return database


def _from_folder(folder: Path) -> Callable[[str], bytes | None]:
    inside = folder / _DOCUMENTS

    def original(name: str) -> bytes | None:
        path = inside / PurePosixPath(name.replace("\\", "/")).name
        try:
            # What a link leads out of the folder to is none of the project's.
            if not path.resolve().is_relative_to(inside.resolve()) or not path.is_file():
                return None
            return path.read_bytes() if path.stat().st_size <= MAX_SOURCE_BYTES else None
        except (OSError, ValueError):
            return None

    return original


def _unpacked(path: Path, stack: ExitStack) -> QualCoderFiles:
    archive = Archive(open_zip(path, stack), path.name)
    names = {one.filename.replace("\\", "/"): one for one in archive.members}
    found = [one for one in names if PurePosixPath(one).name.casefold() == DATABASE]
    if len(found) != 1:
        raise FileProblem(
            message(
                "{name} is a zip without just one project of QualCoder in it ({file}).",
                name=path.name,
                file=DATABASE,
            )
        )
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qda-")))
    database = folder / DATABASE
    database.write_bytes(archive.content(names[found[0]], MAX_PROJECT_BYTES))
    above = PurePosixPath(found[0]).parent
    for ending in ("-wal", "-journal"):
        beside = names.get(found[0] + ending)
        if beside is not None:
            folder.joinpath(DATABASE + ending).write_bytes(
                archive.content(beside, MAX_PROJECT_BYTES)
            )

    def original(name: str) -> bytes | None:
        member = names.get(str(above / _DOCUMENTS / PurePosixPath(name.replace("\\", "/")).name))
        if member is None or member.file_size > MAX_SOURCE_BYTES:
            return None
        return archive.content(member)

    return QualCoderFiles(database, above.name or path.stem, original)
