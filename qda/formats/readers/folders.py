"""Find the files of folders and their subfolders that can be imported, and count the others."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from qda.formats.readers.reading import known_endings
from qda.jobs.progress import Progress
from qda.model.messages import message

_NO_MATERIAL = (".", "~$")
"""How the names of files begin that programs leave behind for themselves."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be imported; `where` is how to name it, from the folder on that was given.

    `folder` is the subfolder it stands in, the first one below the folder that was given; empty
    for a file that was given itself or stands right in the folder.
    """

    path: Path
    where: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What folders hold: files to import, and what was passed over.

    `others` counts the files of other types by ending; `closed` are folders that cannot be read,
    `empty` folders that were given and hold nothing to import.
    """

    files: tuple[FoundFile, ...]
    others: Mapping[str, int] = field(default_factory=dict[str, int])
    closed: tuple[Path, ...] = ()
    empty: tuple[Path, ...] = ()


def find_files(paths: Sequence[Path], progress: Progress | None = None) -> FoundFiles:
    """Return files as they are given, and those below folders that are not among them.

    Folders are gone through by name; links to folders are not followed. Files that begin with a
    full stop or `~$` are no material and are not counted. Raises Cancelled from `progress`.
    """
    progress = progress or Progress()
    progress.start(0, message("Looking through the folders"))
    walk = _Walk(progress)
    found: list[FoundFile] = []
    known: set[Path] = set()
    empty: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = list(walk.below(path))
            found += [one for one in below if one.path not in known]
            known.update(one.path for one in below)
            if not below:
                empty.append(path)
        else:
            found.append(FoundFile(path, printable(path.name)))
            known.add(path)
    return FoundFiles(
        tuple(found), dict(walk.others.most_common()), tuple(walk.closed), tuple(empty)
    )


def printable(name: str) -> str:
    """Return a file name as text that can be kept and shown.

    Bytes that the system's encoding cannot tell are read as UTF-8; what is not UTF-8 is replaced.
    """
    try:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace").decode("utf-8")


class _Walk:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._endings = frozenset(known_endings())
        self.others: Counter[str] = Counter()
        self.closed: list[Path] = []

    def below(self, root: Path) -> Iterator[FoundFile]:
        """Yield the files of a folder and its subfolders, each folder's own first."""
        for name, folders, files in os.walk(root, onerror=self._note_closed):
            self._progress.step()
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            place = Path(name)
            inside = place.relative_to(root)
            for file in sorted(files):
                if file.startswith(_NO_MATERIAL):
                    continue
                path = place / file
                ending = PurePath(file).suffix.lower()
                if not path.is_file():
                    continue
                if ending not in self._endings:
                    self.others[ending] += 1
                    continue
                where = printable(str(PurePath(root.name) / inside / file))
                folder = printable(inside.parts[0]) if inside.parts else ""
                yield FoundFile(path, where, folder)

    def _note_closed(self, error: OSError) -> None:
        if error.filename is not None:
            self.closed.append(Path(error.filename))
