"""The files on their way in: what is known of each, and reading them one by one in a worker."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from qda.gui.job_runner import JobRunner
from qda.gui.language import tr
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.model.ids import CaseId
from qda.model.messages import Message
from qda.model.reading import ReadDocument, ReadOptions
from qda.text.normalise import text_hash

FileState = Literal["waiting", "reading", "ready", "failed"]
OfficeChoice = CaseId | Literal["guess"] | None
"""An office, none, or the one that the name of the file or its folder speaks of."""


@dataclass(slots=True)
class ImportFile:
    """A file on its way in.

    `problem` is why it failed, or why the last wish could not be met (`read` is then as before).
    `twin` names the source that already has this text. `office` is the case it is to be linked
    to; `guess` is the one that its name speaks of, which `guess` as a choice stands for.
    """

    path: Path
    state: FileState = "waiting"
    options: ReadOptions = field(default_factory=ReadOptions)
    read: ReadDocument | None = None
    problem: Message | None = None
    twin: str = ""
    checked: bool = True
    office: OfficeChoice = "guess"
    guess: CaseId | None = None

    @property
    def linked_to(self) -> CaseId | None:
        """Return the case that the source will be linked to, None for none."""
        return self.guess if self.office == "guess" else self.office

    @property
    def importable(self) -> bool:
        """Tell whether the file can be imported and is wished to be."""
        return self.checked and self.read is not None and self.state != "failed"


@dataclass(frozen=True, slots=True)
class _Read:
    """What the worker hands back."""

    document: ReadDocument | None
    digest: str
    problem: Message | None


class ImportQueue(QObject):
    """Read files one by one off the main thread; a file whose options change is read again."""

    file_changed = Signal(int)
    """Emitted when something about a file is different.

    Parameters: its place in `files`.
    """
    advanced = Signal()
    """Emitted when the number of files read has changed, or reading has begun or stopped."""

    def __init__(
        self, jobs: JobRunner, known_texts: dict[str, str], parent: QObject | None = None
    ) -> None:
        """Read with `jobs`; `known_texts` names the sources there are by the hash of their text."""
        super().__init__(parent)
        self.files: list[ImportFile] = []
        self._jobs = jobs
        self._known = dict(known_texts)
        self._again: list[int] = []
        self._current: int | None = None
        self._closed = False
        self._stopped = False

    def add(self, files: Iterable[ImportFile]) -> None:
        """Take in files and begin to read."""
        present = {one.path for one in self.files}
        for one in files:
            if one.path not in present:
                self.files.append(one)
                present.add(one.path)
        self.resume()

    def resume(self) -> None:
        """Read what still waits."""
        self._stopped = False
        self._next()

    def stop(self) -> None:
        """Stop reading; what has been read stays, the rest waits."""
        self._stopped = True
        self._again.clear()
        if self._current is not None:
            self._jobs.cancel()

    def close(self) -> None:
        """Stop for good; nothing is told any more."""
        self._closed = True
        self.stop()

    @property
    def reading(self) -> bool:
        """Tell whether a file is being read."""
        return self._current is not None

    @property
    def done(self) -> int:
        """Return how many files have been read or have failed."""
        return sum(one.state in ("ready", "failed") for one in self.files)

    def set_options(self, place: int, options: ReadOptions) -> None:
        """Read a file in another way."""
        one = self.files[place]
        if one.options == options:
            return
        one.options = options
        if one.state == "waiting":
            return
        if place in self._again:
            self._again.remove(place)
        self._again.append(place)
        self._next()

    def _next(self) -> None:
        if self._current is not None or self._closed:
            return
        place = None if self._stopped else self._next_place()
        if place is None:
            self.advanced.emit()
            return
        one = self.files[place]
        self._current = place
        if one.read is None:
            one.state = "reading"
        self.file_changed.emit(place)
        self._jobs.start(
            tr("Reading {name}", name=one.path.name),
            partial(_work, one.path, one.read.source if one.read else None, one.options),
            partial(self._on_read, place, one.options),
            partial(self._on_ended, place),
        )
        self.advanced.emit()

    def _next_place(self) -> int | None:
        if self._again:
            return self._again.pop(0)
        waiting = (place for place, one in enumerate(self.files) if one.state == "waiting")
        return next(waiting, None)

    def _on_read(self, place: int, options: ReadOptions, found: _Read) -> None:
        self._current = None
        if self._closed:
            return
        one = self.files[place]
        one.problem = found.problem
        if found.document is None:
            one.state = "ready" if one.read is not None else "failed"
            if one.read is None:
                one.checked = False
        else:
            first = one.read is None
            one.state, one.read = "ready", found.document
            self._mark_twin(place, found.digest, first=first)
        if one.options != options and place not in self._again:
            self._again.append(place)
        self.file_changed.emit(place)
        self._next()

    def _on_ended(self, place: int) -> None:
        self._current = None
        if self._closed:
            return
        one = self.files[place]
        if one.read is None:
            one.state = "waiting"
        self._stopped = True
        self.file_changed.emit(place)
        self.advanced.emit()

    def _mark_twin(self, place: int, digest: str, *, first: bool) -> None:
        one = self.files[place]
        others = (
            other.path.name
            for number, other in enumerate(self.files)
            if number < place and other.read is not None and text_hash(other.read.text) == digest
        )
        one.twin = self._known.get(digest, "") or next(others, "")
        if first and one.twin:
            one.checked = False


def _work(path: Path, source: bytes | None, options: ReadOptions, progress: Progress) -> _Read:
    from qda.formats.readers import read_file, reread  # lazy: readers bring heavy libraries

    try:
        if source is None:
            document = read_file(path, options, progress)
        else:
            document = reread(source, path.name, options, progress)
    except UserError as error:
        return _Read(None, "", error.message)
    name, file_name = _printable(document.name), _printable(document.file_name)
    return _Read(replace(document, name=name, file_name=file_name), text_hash(document.text), None)


def _printable(name: str) -> str:
    """Return a file name as text: bytes of a foreign encoding become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def expand(paths: Sequence[Path]) -> list[Path]:
    """Return the files named, and the files below the folders named that can be read, by name."""
    from qda.formats.readers import known_endings  # lazy: start-up

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(
                one
                for one in sorted(path.rglob("*"))
                if one.suffix.lower() in known_endings()
                and not one.name.startswith((".", "~$"))
                and one.is_file()
            )
        else:
            found.append(path)
    return list(dict.fromkeys(found))
