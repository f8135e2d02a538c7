"""The zip of a `.qdpx`: opened with care, since it comes from a stranger."""

import io
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from qda.model.errors import FileProblem
from qda.model.messages import Message, message

MAX_PROJECT_BYTES = 300_000_000
"""The largest `project.qde` that is read, unpacked."""

MAX_SOURCE_BYTES = 200_000_000
"""The largest source that is read, unpacked."""

MAX_UNPACKED = 2_000_000_000
"""The most that all sources that are read may hold, by what is really in them."""

MAX_DECLARED = 100_000_000_000
MAX_MEMBERS = 100_000
MAX_RATIO = 200
"""How many times a member of more than a megabyte may grow when it is unpacked."""

_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
    UnicodeError, RuntimeError,
)  # fmt: skip
"""In these ways zipfile says that an archive is broken or packed in an unknown way."""


class Package:
    """An open `.qdpx`: its one project file, and its sources by name."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        """Check the members of `file`. Raises FileProblem for what no exchange file has."""
        self._file = file
        self._name = name
        self._read = 0
        members = [one for one in file.infolist() if not one.is_dir()]
        self._check(members)
        self._project = self._find_project(members)
        self._sources: dict[str, zipfile.ZipInfo] = {}
        for one in members:
            self._sources.setdefault(_base_name(one.filename), one)
            self._sources[_whole_name(one.filename)] = one

    @property
    def sources(self) -> int:
        """Return how many files there are beside the project file."""
        return len({id(one) for one in self._sources.values()}) - 1

    @property
    def project_name(self) -> str:
        """Return the name of the project file as the zip has it."""
        return self._project.filename

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        for one in members:
            name = one.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
                raise FileProblem(
                    message(
                        "{name} holds a file that would be written outside it, as no exchange "
                        "file does; it is not read.",
                        name=self._name,
                    )
                )
            if one.flag_bits & 1:
                raise FileProblem(
                    message(
                        "{name} is protected by a password; export it without one.",
                        name=self._name,
                    )
                )
        if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_DECLARED:
            raise FileProblem(self._too_big())

    def _find_project(self, members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
        found = [one for one in members if one.filename.casefold().endswith(".qde")]
        usual = [one for one in found if _base_name(one.filename) == "project.qde"]
        top = [one for one in usual if _whole_name(one.filename) == "project.qde"]
        for some in (found, usual, top):
            if len(some) == 1:
                return some[0]
        if found:
            raise FileProblem(
                message("{name} holds several projects; export one at a time.", name=self._name)
            )
        raise FileProblem(
            message("{name} holds no REFI-QDA project (project.qde).", name=self._name)
        )

    def project(self) -> bytes:
        """Return the bytes of the project file. Raises FileProblem."""
        return self._bytes(self._project, MAX_PROJECT_BYTES)

    def has(self, name: str) -> bool:
        """Tell whether there is a source of that name, with or without `internal://`."""
        return self._find(name.strip().removeprefix("internal://")) is not None

    def source(self, name: str) -> bytes | None:
        """Return the bytes of a source, None where there is none. Raises FileProblem."""
        found = self._find(name)
        return None if found is None else self._bytes(found, MAX_SOURCE_BYTES)

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        whole = _whole_name(name)
        for wanted in (whole, "sources/" + whole, _base_name(name)):
            found = self._sources.get(wanted)
            if found is not None:
                return found
        return None

    def _bytes(self, member: zipfile.ZipInfo, limit: int) -> bytes:
        declared = member.file_size
        if declared > limit or (
            declared > 1_000_000 and declared > MAX_RATIO * max(1, member.compress_size)
        ):
            raise FileProblem(self._too_big())
        try:
            with self._file.open(member) as stream:
                # The size that a zip declares may be a lie.
                content = stream.read(limit + 1)
        except _BROKEN as error:
            raise FileProblem(_broken(self._name)) from error
        self._read += len(content)
        if len(content) > limit or self._read > MAX_UNPACKED + MAX_PROJECT_BYTES:
            raise FileProblem(self._too_big())
        return content

    def _too_big(self) -> Message:
        return message(
            "{name} is too big when it is unpacked; export the project in parts.", name=self._name
        )


def _whole_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _base_name(name: str) -> str:
    return _whole_name(name).rpartition("/")[2]


def _broken(name: str) -> Message:
    return message("{name} is damaged or is no REFI-QDA project.", name=name)


@contextmanager
def open_package(path: Path) -> Generator[Package]:
    """Open a `.qdpx` for reading.

    Raises FileProblem for what is missing, no zip, broken, encrypted, too big when unpacked, or
    holds members that climb out of it, here and while the package is read.
    """
    try:
        if path.stat().st_size > MAX_UNPACKED:
            raise FileProblem(
                message("{name} is too big; export the project in parts.", name=path.name)
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileProblem(message("There is no file called {name}.", name=path.name)) from None
    except (OSError, ValueError) as error:
        raise FileProblem(
            message(
                "{name} could not be read from the disk ({reason}).",
                name=path.name,
                reason=getattr(error, "strerror", None) or "",
            )
        ) from error
    try:
        file = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise FileProblem(_broken(path.name)) from error
    with file:
        yield Package(file, path.name)
