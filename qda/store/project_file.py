"""One project, one file: creating, opening and closing it safely.

While open, the file keeps a write-ahead log (a rollback journal in synchronised and network
folders); closed, it is one file again. What a file must show before it is opened stands in
`qda.store.admission`.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from qda.jobs.progress import Cancelled, Progress
from qda.model.changes import Changes, Step
from qda.model.entities import Language
from qda.model.errors import ProjectProblem, ReadOnlyProject
from qda.model.ids import new_guid
from qda.model.messages import Message, message
from qda.store import (
    admission,
    backups,
    forgetting,
    history,
    lock,
    problems,
    replaying,
    schema,
)
from qda.store.connecting import (
    connect,
    distrust,
    flusher_of,
    prepare,
    stop_with,
    wait_again,
)
from qda.store.history import OpenStep

log = logging.getLogger(__name__)

T = TypeVar("T")
ENDING = ".qdaproj"
FIRST_COLOR = "#1f5f73"
Replay = Callable[[sqlite3.Connection, str, Progress | None], tuple[Step, Changes] | None]
ELSEWHERE = message("{name} is open for reading only; close it where else it is open to change it.")
WRITE_PROTECTED = message(
    "{name} is write-protected, so it is open for reading only; copy it to a folder of yours."
)
NEWER = message(
    "{name} was made by a newer version of the program, so it is open for reading only; "
    "update the program to change it."
)
ONLY_READING = message("{name} was opened for reading only; open it anew to change it.")


class ProjectFile:
    """An open project file. Make one with `create` or `open_project`; close it when done."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        held: lock.ProjectLock | None,
        why_read_only: Message | None = None,
    ) -> None:
        """Wrap an open, checked connection; without a lock it is for reading only."""
        self.path = path
        self.connection = connection
        self.why_read_only = None if held is not None else why_read_only or ELSEWHERE
        self._lock = held
        self._changed = False
        self._closed = False
        self._read: dict[Callable[[sqlite3.Connection], Any], Any] = {}
        self._read_at = (-1, -1)
        self._flusher = flusher_of(path, connection) if held is not None else None

    @property
    def read_only(self) -> bool:
        """Tell whether changes are refused; `why_read_only` says why, with the file's `name`."""
        return self._lock is None

    def state(self) -> tuple[int, int]:
        """Return what is another value once anything in the file has changed, whoever did it."""
        others = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return self.connection.total_changes, int(others)

    def once(self, read: Callable[[sqlite3.Connection], T]) -> T:
        """Return what a query reads, asked once for all who want it until anything changes.

        What it returns belongs to all of them: nobody alters it.
        """
        if self.connection.in_transaction:
            # What is read in the middle of a step may be taken back with it.
            return read(self.connection)
        state = self.state()
        if self._read_at != state:
            self._read_at = state
            self._read.clear()
        if read not in self._read:
            self._read[read] = read(self.connection)
        return self._read[read]

    @property
    def is_copy(self) -> bool:
        """Tell whether a passing copy is open, of an older file: no other connection reads it."""
        return not self.connection.execute("PRAGMA database_list").fetchone()[2]

    @contextmanager
    def step(self, operation: Message, coder: str, *, joins: bool = False) -> Generator[OpenStep]:
        """Run one operation as one transaction and one undo step. Raises ReadOnlyProject.

        With `joins`, it writes on in the step before, where that wrote in the same place just now.
        """
        self._begin()
        with (
            problems.said(self.path),
            history.record(self.connection, operation.text, coder, joins=joins) as step,
        ):
            yield step
        if step.changes:
            self.mark_changed()

    @contextmanager
    def forgetting(self, operation: Message, coder: str) -> Generator[OpenStep]:
        """Run one operation that takes names out for good. Raises ReadOnlyProject.

        With it go all undo steps, and what is deleted is overwritten. Call `rewrite` afterwards:
        what was deleted before may still lie in the file's free pages.
        """
        self._begin()
        with problems.said(self.path):
            self.connection.execute("PRAGMA secure_delete = ON")
            with history.record(self.connection, operation.text, coder, forgets=True) as step:
                yield step
        if step.changes:
            self.mark_changed()

    def rewrite(self) -> bool:
        """Write the whole file anew, without anything that was deleted from it.

        Tells whether it is done: somebody who reads just then hinders it, and it is done when the
        project is closed or opened the next time.
        """
        self.require_writable()
        return forgetting.rewrite(self.connection)

    def undo(self, coder: str, progress: Progress | None = None) -> tuple[Step, Changes] | None:
        """Take the last step back; None when there is none.

        Raises ReadOnlyProject; Cancelled, and nothing was changed then.
        """
        return self._replay(replaying.undo, coder, progress)

    def redo(self, coder: str, progress: Progress | None = None) -> tuple[Step, Changes] | None:
        """Do the last undone step again, as `undo` takes one back."""
        return self._replay(replaying.redo, coder, progress)

    def _replay(
        self, how: Replay, coder: str, progress: Progress | None
    ) -> tuple[Step, Changes] | None:
        self._begin()
        with problems.said(self.path):
            done = how(self.connection, coder, progress)
        if done is not None:
            self.mark_changed()
        return done

    def get_ready(self) -> None:
        """Make what logs a change, ahead of the first one; where there is time for it."""
        if not (self._closed or self.read_only or self.connection.in_transaction):
            history.install(self.connection)

    def _begin(self) -> None:
        """Get ready to change something. Raises ReadOnlyProject."""
        self.require_writable()
        if self._flusher is not None and self._flusher.failed:
            # From now on a commit waits for the disk, and says in words what it fails of.
            self._flusher.stop()
            self._flusher = None
            wait_again(self.connection)

    @contextmanager
    def opened_again(self, progress: Progress | None = None) -> Generator["ProjectFile"]:
        """Open the same file once more, for one step in another thread; it shares the lock.

        Call `mark_changed` on this one afterwards. Meanwhile it can be read, not changed. Once
        `progress` is cancelled, whatever is being written stops within a statement, and all of it
        is taken back. Raises ReadOnlyProject, Cancelled.
        """
        self.require_writable()
        with problems.said(self.path):
            connection = connect(self.path)
        try:
            with problems.said(self.path):
                connection.execute("PRAGMA synchronous = FULL")
                # With a rollback journal, pages written ahead would lock out who reads meanwhile.
                connection.execute("PRAGMA cache_spill = OFF")
            if progress is not None:
                stop_with(connection, progress)
            yield ProjectFile(self.path, connection, self._lock)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise Cancelled from error
            raise
        finally:
            connection.close()

    def require_writable(self) -> None:
        """Raise ReadOnlyProject where the project may not be changed."""
        if self.why_read_only is not None:
            raise ReadOnlyProject(Message(self.why_read_only.text, {"name": self.path.name}))

    def mark_changed(self) -> None:
        """Note a change that went past `step`, so that closing makes a backup."""
        self._changed = True
        if self._flusher is not None:
            self._flusher.written()

    def close(self) -> None:
        """Tidy up, go back to one file, keep a backup if anything changed, and release the lock.

        Raises ProjectProblem where the disk has no room for that: the write-ahead log is then
        kept beside the project, and nothing is lost. Closing twice does nothing.
        """
        if self._closed:
            return
        self._closed = True
        if self._flusher is not None:
            self._flusher.stop()
        try:
            if not self.read_only:
                self._settle()
        finally:
            try:
                self.connection.close()
                if self._changed:
                    backups.make_if_due(self.path)
            finally:
                if self._lock is not None:
                    self._lock.release()

    def _settle(self) -> None:
        """Drop what nothing needs any more and bring the file back to one."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        try:
            if forgetting.is_due(self.connection):
                forgetting.rewrite(self.connection)
            if self._changed:
                history.drop_orphans(self.connection)
        except sqlite3.DatabaseError:
            # The disk is full or a page is damaged: what is kept needlessly does no harm.
            log.warning("texts that nothing needs were kept, since they could not be removed")
        self.connection.execute("PRAGMA busy_timeout = 200")
        try:
            self.connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if str(getattr(error, "sqlite_errorname", "")).startswith(problems.IN_USE):
                # Somebody reads it: all goes into the file, and the log stays for them.
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            raise ProjectProblem(
                message(
                    "{name} could not be brought back to one file, since the disk is full or "
                    "failing; nothing is lost while {log} stays beside it. "
                    "Make room, then open and close the project once.",
                    name=self.path.name,
                    log=self.path.name + "-wal",
                )
            ) from error


def create(
    path: Path, *, name: str = "", language: Language = "nb", coder: str = ""
) -> ProjectFile:
    """Make a new project file with one coder; raises ProjectProblem where one already is."""
    try:
        taken, folder = path.exists() or path.is_symlink(), path.parent.is_dir()
    except OSError as error:
        raise _not_created(path) from error
    if taken:
        raise _already(path)
    if not folder:
        raise ProjectProblem(
            message("There is no folder {folder}; make it first.", folder=str(path.parent))
        )
    held = lock.acquire(path)
    if held is None:
        raise _already(path)
    # Built beside and moved into place, so that a half-made project is never found.
    building = path.with_name(path.name + ".new")
    connection: sqlite3.Connection | None = None
    try:
        for leftover in beside(building):
            leftover.unlink(missing_ok=True)
        _build(building, name.strip() or path.stem, language, coder.strip() or default_coder())
        building.replace(path)
        connection = connect(path)
        prepare(connection, path)
    except BaseException as error:
        if connection is not None:
            connection.close()
        held.release()
        if isinstance(error, UnicodeEncodeError | sqlite3.Error | OSError):
            with suppress(OSError):
                building.unlink(missing_ok=True)
            raise _not_created(path) from error
        raise
    project = ProjectFile(path, connection, held)
    project.mark_changed()
    return project


def default_coder() -> str:
    """Return the name of whoever uses this machine, as a coder's name."""
    return lock.this_process().user


def beside(path: Path) -> tuple[Path, ...]:
    """Return a database and the files that SQLite may leave beside it, there or not."""
    return tuple(path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", "-journal"))


def _already(path: Path) -> ProjectProblem:
    return ProjectProblem(
        message("There is already a file {name}; choose another name.", name=path.name)
    )


def _not_created(path: Path) -> ProjectProblem:
    return ProjectProblem(
        message(
            "{name} could not be created here; choose another folder or name.",
            name=path.name.encode("utf-8", "replace").decode(),
        )
    )


def _build(path: Path, name: str, language: Language, coder: str) -> None:
    from qda.store import migrations  # lazy: sqlite-utils imports pandas

    connection = connect(path, "rwc")
    try:
        migrations.migrate(connection)
        connection.execute("BEGIN")
        cursor = connection.execute(
            "INSERT INTO coder (guid, name, color) VALUES (?, ?, ?)",
            (new_guid(), coder, FIRST_COLOR),
        )
        connection.execute(
            "INSERT INTO project (id, guid, name, language, created, coder_id)"
            " VALUES (1, ?, ?, ?, ?, ?)",
            (new_guid(), name, language, history.now(), cursor.lastrowid),
        )
        connection.execute("COMMIT")
    finally:
        connection.close()


def open_project(path: Path, *, write: bool = True, take_over: bool = False) -> ProjectFile:
    """Open a project; for reading only when `write` is False or somebody else has it open.

    Raises ProjectProblem for a file that is missing, foreign, damaged or from a newer program.
    """
    return _open(path, write=write, take_over=take_over, content=True)


def open_unchecked(path: Path) -> ProjectFile:
    """Open a project whose rows may be wrong, to mend them; its schema and version are checked.

    Raises ProjectProblem.
    """
    return _open(path, write=True, take_over=False, content=False)


def open_apart(path: Path) -> ProjectFile:
    """Open another project as it is at this moment, to take from it.

    Its lock is neither asked for nor taken, and nothing is written beside it: who has it open goes
    on. An older one is brought up to date in a passing copy. Raises ProjectProblem, for one from
    a newer program too: this one would lose what it does not know.
    """
    admission.check_header(path)
    path = path.resolve() if path.is_symlink() else path
    connection: sqlite3.Connection | None = None
    try:
        with problems.said(path):
            connection = connect(path, "ro")
            if admission.check_version(connection, path):
                raise _too_new(path)  # noqa: TRY301 - closed below
            if admission.user_version(connection) < schema.USER_VERSION:
                connection = _brought_up_to_date(connection, path, in_place=False)
            connection.execute("BEGIN")
            admission.check_schema(connection, path)
            admission.check_content(connection, path)
            connection.execute("PRAGMA query_only = ON")
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, (*problems.DAMAGE, OverflowError)):
            raise problems.damaged(path) from error
        raise
    return ProjectFile(path, connection, None, ONLY_READING)


def _too_new(path: Path) -> ProjectProblem:
    return ProjectProblem(
        message(
            "{name} was made by a newer version of the program; "
            "update the program to take from it.",
            name=path.name,
        )
    )


def _open(path: Path, *, write: bool, take_over: bool, content: bool) -> ProjectFile:
    admission.check_header(path)
    # The lock stands beside the file itself, whatever name it was reached by.
    path = path.resolve() if path.is_symlink() else path
    held, why = _acquire(path, write=write, take_over=take_over)
    connection: sqlite3.Connection | None = None
    try:
        with problems.said(path):
            connection = connect(path, "ro" if held is None else "rw")
            if admission.check_version(connection, path):
                why = why or NEWER
            elif admission.user_version(connection) < schema.USER_VERSION:
                connection = _brought_up_to_date(connection, path, in_place=held is not None)
            admission.check_schema(connection, path)
            if content:
                admission.check_content(connection, path)
            if why is None:
                prepare(connection, path)
                if forgetting.is_due(connection):
                    forgetting.rewrite(connection)
            else:
                connection.execute("PRAGMA query_only = ON")
    except BaseException as error:
        if connection is not None:
            connection.close()
        if held is not None:
            held.release()
        if isinstance(error, (*problems.DAMAGE, OverflowError)):
            raise problems.damaged(path) from error
        raise
    if why is not None and held is not None:
        held.release()
        held = None
    return ProjectFile(path, connection, held, why)


def _acquire(
    path: Path, *, write: bool, take_over: bool
) -> tuple[lock.ProjectLock | None, Message | None]:
    """Lock the project where it is to be changed or tidied up; say why it is for reading only."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return None, WRITE_PROTECTED
    leftovers = any(one.exists() for one in beside(path)[1:])
    if not write and not leftovers:
        return None, ONLY_READING
    held = lock.acquire(path, take_over=take_over)
    if held is None:
        return None, ELSEWHERE
    return held, None if write else ONLY_READING


def _brought_up_to_date(
    connection: sqlite3.Connection, path: Path, *, in_place: bool
) -> sqlite3.Connection:
    """Migrate an older project: the file itself after a backup, or else a passing copy to read."""
    from qda.store import migrations  # lazy: sqlite-utils imports pandas

    admission.refuse_active_objects(connection, path)
    if in_place:
        backups.make(path)
        migrations.migrate(connection)
        return connection
    # A database without a name is SQLite's own temporary file, gone when it is closed.
    copy = sqlite3.connect("", isolation_level=None, check_same_thread=True)
    try:
        distrust(copy)
        connection.backup(copy)
        migrations.migrate(copy)
    except BaseException:
        copy.close()
        raise
    connection.close()
    return copy
