"""The files on their way in: what is known of each, and reading them in a worker by slices."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from qda.formats.readers.folders import FoundFile, FoundFiles, find_files, printable
from qda.gui.job_runner import JobRunner
from qda.gui.language import tr
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import UserError
from qda.model.ids import CaseId
from qda.model.messages import Message
from qda.model.reading import ReadDocument, ReadOptions
from qda.text.normalise import text_hash

FileState = Literal["waiting", "reading", "ready", "failed"]

SLICE = 0.2
"""Seconds of reading after which the worker hands over what it has."""
KEPT_BYTES = 150_000_000
"""How much of what was read is kept in memory; the rest is read again when it is wanted."""


@dataclass(frozen=True, slots=True)
class NewOffice:
    """An office that the project lacks, named by a folder; it is added with the import."""

    name: str


OfficeChoice = CaseId | NewOffice | Literal["guess"] | None
"""An office, none, or the one that the name of the file or its folder speaks of."""


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What is remembered of a file that was read, whether or not its text still is."""

    turns: int
    remarks: int
    characters: int
    text_hash: str
    file_hash: str


@dataclass(slots=True)
class ImportFile:
    """A file on its way in.

    `problem` is why it failed, or why the last wish could not be met (`read` is then as before).
    `twin` names the source that already has this content. `office` is the case it is to be linked
    to; `guess` is the one that its name speaks of, which `guess` as a choice stands for.
    `read` may be dropped to save memory; `summary` stays.
    """

    path: Path
    where: str = ""
    folder: str = ""
    state: FileState = "waiting"
    options: ReadOptions = field(default_factory=ReadOptions)
    summary: ReadSummary | None = None
    read: ReadDocument | None = None
    problem: Message | None = None
    twin: str = ""
    checked: bool = True
    office: OfficeChoice = "guess"
    guess: CaseId | None = None

    @property
    def linked_to(self) -> CaseId | NewOffice | None:
        """Return the case that the source will be linked to, None for none."""
        return self.guess if self.office == "guess" else self.office

    @property
    def importable(self) -> bool:
        """Tell whether the file can be imported and is wished to be."""
        return self.checked and self.summary is not None and self.state != "failed"


@dataclass(frozen=True, slots=True)
class _Task:
    place: int
    path: Path
    source: bytes | None
    options: ReadOptions


@dataclass(frozen=True, slots=True)
class _Read:
    """What the worker hands back of one file."""

    task: _Task
    document: ReadDocument | None
    summary: ReadSummary | None
    problem: Message | None


class ImportQueue(QObject):
    """Look for files and read them off the main thread; one whose options change is read again."""

    files_added = Signal()
    """Emitted when files have come into the queue."""
    file_changed = Signal(int)
    """Emitted when something about a file is different.

    Parameters: its place in `files`.
    """
    advanced = Signal()
    """Emitted when the number of files read has changed, or reading has begun or stopped."""

    def __init__(
        self, jobs: JobRunner, known_contents: dict[str, str], parent: QObject | None = None
    ) -> None:
        """Read with `jobs`; `known_contents` names the sources there are, by text or file hash."""
        super().__init__(parent)
        self.files: list[ImportFile] = []
        self.passed_over: list[FoundFiles] = []
        """What stood in the folders besides."""
        self.guess: Callable[[ImportFile], CaseId | None] = lambda _one: None
        self._jobs = jobs
        self._known = known_contents
        self._present: set[Path] = set()
        self._again: list[int] = []
        self._reading: frozenset[int] = frozenset()
        self._busy = False
        self._closed = False
        self._stopped = False
        self._first_waiting = 0
        self._kept: OrderedDict[int, int] = OrderedDict()
        self._bytes = 0
        self._first_of: dict[str, int] = {}
        self._paths: list[Path] = []
        self._looking: list[Path] = []
        self.done = 0
        """How many files have been read or have failed."""

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Take in files, and the readable files of folders, and begin to read."""
        self._paths += paths
        self.resume()

    def resume(self) -> None:
        """Read what still waits."""
        self._stopped = False
        self._next()

    def stop(self) -> None:
        """Stop reading; what has been read stays, the rest waits."""
        self._stopped = True
        self._again.clear()
        if self._busy:
            self._jobs.cancel()

    def close(self) -> None:
        """Stop for good; nothing is told any more."""
        self._closed = True
        self.stop()

    @property
    def reading(self) -> bool:
        """Tell whether something is looked for or read."""
        return self._busy

    @property
    def waiting(self) -> bool:
        """Tell whether files wait to be read, or folders to be looked through."""
        return self.done < len(self.files) or bool(self._paths)

    def set_options(self, place: int, options: ReadOptions) -> None:
        """Read a file in another way."""
        one = self.files[place]
        if one.options == options:
            return
        one.options = options
        if one.state != "waiting":
            self._want_again(place)

    def want_text(self, place: int) -> None:
        """Read a file again whose text was dropped, since it is looked at."""
        one = self.files[place]
        dropped = one.summary is not None and one.read is None and one.problem is None
        if dropped and place not in self._reading and place not in self._again:
            self._want_again(place)

    def _want_again(self, place: int) -> None:
        if place in self._again:
            self._again.remove(place)
        self._again.append(place)
        self._next()

    # ---------------------------------------------------------------------------- looking, reading
    def _next(self) -> None:
        if self._busy or self._closed:
            return
        if self._paths and not self._stopped:
            self._looking, self._paths = self._paths, []
            self._start(
                tr("Looking through the folders"),
                partial(find_files, self._looking),
                self._on_found,
            )
            return
        tasks = self._tasks()
        if not tasks:
            self.advanced.emit()
            return
        first = self.files[tasks[0].place]
        if first.summary is None:
            first.state = "reading"
        self._reading = frozenset(task.place for task in tasks)
        self._start(
            tr("Reading {name}", name=printable(first.path.name)),
            partial(_work, tasks),
            self._on_read,
        )
        self.file_changed.emit(tasks[0].place)

    def _start(
        self,
        title: str,
        work: Callable[[Progress], object],
        on_done: Callable[..., None],
    ) -> None:
        self._busy = True
        self._jobs.start(title, work, on_done, self._on_ended)
        self.advanced.emit()

    def _tasks(self) -> list[_Task]:
        if self._again:
            return [self._task(self._again.pop(0))]
        if self._stopped:
            return []
        files = self.files
        while self._first_waiting < len(files) and files[self._first_waiting].state != "waiting":
            self._first_waiting += 1
        waiting = range(self._first_waiting, min(self._first_waiting + 200, len(files)))
        return [self._task(place) for place in waiting if files[place].state == "waiting"]

    def _task(self, place: int) -> _Task:
        one = self.files[place]
        return _Task(place, one.path, one.read.source if one.read else None, one.options)

    def _on_found(self, found: FoundFiles) -> None:
        self._busy = False
        self._looking = []
        if self._closed:
            return
        self.passed_over.append(found)
        self._add(found.files)
        self._next()

    def _add(self, found: Iterable[FoundFile]) -> None:
        for one in found:
            if one.path not in self._present:
                self._present.add(one.path)
                fresh = ImportFile(one.path, one.where, one.folder)
                fresh.guess = self.guess(fresh)
                self.files.append(fresh)
        self.files_added.emit()

    def _on_read(self, results: list[_Read]) -> None:
        self._busy = False
        reading, self._reading = self._reading, frozenset()
        if self._closed:
            return
        for one in results:
            self._take(one)
        for place in reading.difference(one.task.place for one in results):
            if self.files[place].state == "reading":
                self.files[place].state = "waiting"
                self.file_changed.emit(place)
        self._next()

    def _on_ended(self) -> None:
        """Keep the folders for later: looking through them was cancelled."""
        self._busy = False
        self._paths = [*self._looking, *self._paths]
        self._looking = []
        self._reading = frozenset()
        if not self._closed:
            self._stopped = True
            self.advanced.emit()

    def _take(self, found: _Read) -> None:
        place = found.task.place
        one = self.files[place]
        first = one.summary is None and one.state != "failed"
        one.problem = found.problem
        if found.document is None or found.summary is None:
            one.state = "ready" if one.summary is not None else "failed"
            if one.summary is None:
                one.checked = False
        else:
            changed = one.summary is not None and one.summary != found.summary
            one.state, one.summary, one.read = "ready", found.summary, found.document
            self._keep(place, found.document)
            if changed:
                self._mark_all()
            else:
                self._mark(place, first=first)
        self.done += first
        if one.options != found.task.options and place not in self._again:
            self._again.append(place)
        self.file_changed.emit(place)

    # ------------------------------------------------------------------------- memory, duplicates
    def _keep(self, place: int, document: ReadDocument) -> None:
        """Keep a text in memory, and drop those that were read longest ago where it is too much."""
        before = self._kept.get(place, 0)
        self._kept[place] = len(document.source) + 2 * len(document.text)
        self._kept.move_to_end(place)
        self._bytes += self._kept[place] - before
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            oldest, size = self._kept.popitem(last=False)
            self.files[oldest].read = None
            self._bytes -= size

    def _mark(self, place: int, *, first: bool) -> None:
        """Find out whether a file has the content of a source, or of a file before it."""
        one = self.files[place]
        assert one.summary is not None  # noqa: S101 - it was read
        one.twin = ""
        for digest in (one.summary.text_hash, one.summary.file_hash):
            earlier = self._first_of.setdefault(digest, place)
            if not one.twin and digest in self._known:
                one.twin = self._known[digest]
            elif not one.twin and earlier < place:
                one.twin = printable(self.files[earlier].path.name)
        if first and one.twin:
            one.checked = False

    def _mark_all(self) -> None:
        before = [one.twin for one in self.files]
        self._first_of.clear()
        for place, one in enumerate(self.files):
            if one.summary is not None:
                self._mark(place, first=False)
                if one.twin != before[place]:
                    self.file_changed.emit(place)


def _work(tasks: Sequence[_Task], progress: Progress) -> list[_Read]:
    """Read files one by one until the slice is over; what is cancelled is left for later."""
    until = time.monotonic() + SLICE
    done: list[_Read] = []
    for task in tasks:
        if progress.cancelled or (done and time.monotonic() > until):
            break
        try:
            done.append(_read(task, progress))
        except Cancelled:
            break
    return done


def _read(task: _Task, progress: Progress) -> _Read:
    from qda.formats.readers import read_file, reread  # lazy: readers bring heavy libraries

    try:
        if task.source is None:
            document = read_file(task.path, task.options, progress)
        else:
            document = reread(task.source, task.path.name, task.options, progress)
    except UserError as error:
        return _Read(task, None, None, error.message)
    document = replace(
        document, name=printable(document.name), file_name=printable(document.file_name)
    )
    return _Read(task, document, summary_of(document), None)


def summary_of(document: ReadDocument) -> ReadSummary:
    """Return what is remembered of a file that was read."""
    return ReadSummary(
        len(document.turns),
        len(document.warnings),
        len(document.text),
        text_hash(document.text),
        hashlib.sha256(document.source).hexdigest(),
    )
