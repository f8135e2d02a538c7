"""The zip of a `.qdpx`: opened with care, since it comes from a stranger."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from qda.formats.archives import climbs_out
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

_ZIP = b"PK\x03\x04"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
    UnicodeError, RuntimeError,
)  # fmt: skip
"""In these ways zipfile says that an archive is broken or packed in an unknown way."""


class Archive:
    """An open zip whose members are checked: none climbs out, none is locked, none is a bomb."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        """Check the members of `file`. Raises FileProblem for what no exchange file has."""
        self._file = file
        self._name = name
        self._read = 0
        # A member may have no name at all, for which `is_dir` fails.
        self.members = [one for one in file.infolist() if not one.filename.endswith("/")]
        self._check()

    def _check(self) -> None:
        for one in self.members:
            if climbs_out(one.filename):
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
        declared = sum(one.file_size for one in self.members)
        if len(self.members) > MAX_MEMBERS or declared > MAX_DECLARED:
            raise FileProblem(self._too_big())

    def content(self, member: zipfile.ZipInfo, limit: int = MAX_SOURCE_BYTES) -> bytes:
        """Return the bytes of a member. Raises FileProblem where it is broken or too big."""
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


class Package(Archive):
    """An open `.qdpx`: its one project file, and its sources by name."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        """Find the project. Raises FileProblem where there is not just one."""
        super().__init__(file, name)
        self._project = self._find_project(self.members)
        self._sources = {_whole_name(one.filename): one for one in self.members}
        self._by_base: dict[str, zipfile.ZipInfo | None] = {}
        for one in self.members:
            for base in (_base_name(one.filename), _stem(one.filename)):
                # Of two in different folders neither is the one that is meant.
                self._by_base[base] = None if base in self._by_base else one

    @property
    def sources(self) -> int:
        """Return how many files there are beside the project file."""
        return len(self._sources) - 1

    @property
    def project_name(self) -> str:
        """Return the name of the project file as the zip has it."""
        return self._project.filename

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
        return self.content(self._project, MAX_PROJECT_BYTES)

    def has(self, name: str) -> bool:
        """Tell whether there is a source of that name, with or without `internal://`."""
        return self._find(name.strip().removeprefix("internal://")) is not None

    def source(self, name: str) -> bytes | None:
        """Return the bytes of a source, None where there is none. Raises FileProblem."""
        found = self._find(name)
        return None if found is None else self.content(found)

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        whole = _whole_name(name)
        found = self._sources.get(whole) or self._sources.get("sources/" + whole)
        base = _base_name(name)
        return found or self._by_base.get(base if "." in base else _stem(name))


def _whole_name(name: str) -> str:
    """Return the name of a member by which it is found: tools differ in how they write it."""
    plain = unquote(name) if "%" in name else name
    return unicodedata.normalize("NFC", plain).replace("\\", "/").lstrip("/").casefold()


def _base_name(name: str) -> str:
    """Return such a name without its folders."""
    return _whole_name(name).rpartition("/")[2]


def _stem(name: str) -> str:
    """Return such a name without its ending either, as a key that no name with one has."""
    base = _base_name(name)
    return (base.rpartition(".")[0] or base) + "/"


def _broken(name: str) -> Message:
    return message(
        "{name} is damaged or holds no project of a program that is known here.", name=name
    )


def is_zip(path: Path) -> bool:
    """Tell whether a file begins as a zip does; False also where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(4) == _ZIP
    except (OSError, ValueError):
        return False


def open_zip(path: Path, stack: ExitStack) -> zipfile.ZipFile:
    """Open a zip until `stack` closes. Raises FileProblem for what is missing, no zip or huge."""
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
        return stack.enter_context(zipfile.ZipFile(io.BytesIO(content)))
    except _BROKEN as error:
        raise FileProblem(_broken(path.name)) from error


@contextmanager
def open_package(path: Path) -> Generator[Package]:
    """Open a `.qdpx` for reading.

    Raises FileProblem for what is missing, no zip, broken, encrypted, too big when unpacked, or
    holds members that climb out of it, here and while the package is read.
    """
    with ExitStack() as stack:
        yield Package(open_zip(path, stack), path.name)


class Unpacked:
    """A project file that lies outside its zip, with its sources in folders beside it."""

    def __init__(self, path: Path) -> None:
        """Take the file at `path`; its sources stand beside it or in `sources`."""
        self._path = path
        self._read = 0
        self._beside: dict[str, Path] | None = None

    @property
    def project_name(self) -> str:
        """Return the name of the project file."""
        return self._path.name

    def project(self) -> bytes:
        """Return the bytes of the project file. Raises FileProblem."""
        try:
            if self._path.stat().st_size > MAX_PROJECT_BYTES:
                raise FileProblem(
                    message("{name} is too big; export the project in parts.", name=self._path.name)
                )
            return self._path.read_bytes()
        except FileNotFoundError:
            raise FileProblem(
                message("There is no file called {name}.", name=self._path.name)
            ) from None
        except (OSError, ValueError) as error:
            raise FileProblem(
                message(
                    "{name} could not be read from the disk ({reason}).",
                    name=self._path.name,
                    reason=getattr(error, "strerror", None) or "",
                )
            ) from error

    def has(self, name: str) -> bool:
        """Tell whether there is a source of that name, with or without `internal://`."""
        return self._find(name.strip().removeprefix("internal://")) is not None

    def source(self, name: str) -> bytes | None:
        """Return the bytes of a source, None where there is none."""
        found = self._find(name)
        if found is None:
            return None
        try:
            content = found.read_bytes()
        except OSError:
            return None
        self._read += len(content)
        if self._read > MAX_UNPACKED:
            raise FileProblem(
                message("{name} is too big; export the project in parts.", name=self._path.name)
            )
        return content

    def _find(self, name: str) -> Path | None:
        if self._beside is None:
            self._beside = {}
            for folder in (self._path.parent / "Sources", self._path.parent / "sources"):
                try:
                    self._beside |= {_base_name(one.name): one for one in folder.iterdir()}
                except (OSError, ValueError):
                    continue
        found = self._beside.get(_base_name(name))
        try:
            # What a link leads to is none of the project's.
            if found is None or found.is_symlink() or not found.is_file():
                return None
            return found if found.stat().st_size <= MAX_SOURCE_BYTES else None
        except (OSError, ValueError):
            return None


class Opened(Protocol):
    """What a project is read from: a zip, or a folder it was unpacked to."""

    @property
    def project_name(self) -> str:
        """Return the name of the project file."""
        ...

    def project(self) -> bytes:
        """Return the bytes of the project file. Raises FileProblem."""
        ...

    def has(self, name: str) -> bool:
        """Tell whether there is a source of that name."""
        ...

    def source(self, name: str) -> bytes | None:
        """Return the bytes of a source, None where there is none. Raises FileProblem."""
        ...


@contextmanager
def open_exchange(path: Path) -> Generator[Opened]:
    """Open a `.qdpx` or a `project.qde` that was unpacked from one; see `open_package`."""
    if path.suffix.casefold() == ".qde" and not is_zip(path):
        yield Unpacked(path)
        return
    with open_package(path) as package:
        yield package
