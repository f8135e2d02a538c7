"""An open project and what happens in it: operations, undo, and who wants to hear of changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from qda.model.changes import AuditEntry, Changes, OpResult, Step
from qda.model.entities import Language
from qda.model.errors import NotAllowed, UserError
from qda.model.ids import CodingId
from qda.model.messages import message
from qda.store import backups, coders, history, problems, project_file, project_info
from qda.store.project_file import ProjectFile

if TYPE_CHECKING:
    from qda.analysis.resolution import Resolved
    from qda.analysis.snapshot import Snapshot
    from qda.app.word_index import WordIndex
    from qda.jobs.progress import Progress
    from qda.store.arrays import Connection

T = TypeVar("T")
P = ParamSpec("P")
Listener = Callable[[Changes, object], None]
"""Hears what changed and who asked for it, so that a view can ignore its own echo."""
_FEW = 50
"""With more changes than this that the snapshot lacks, it is brought up to date."""


@dataclass(frozen=True, slots=True)
class SnapshotReading:
    """The snapshot that was there, and the first `count` changes that it lacks."""

    base: Snapshot | None
    stale: list[Changes]
    count: int

    def read(self, connection: Connection) -> Snapshot:
        """Return the snapshot as the project is now; for a worker with a connection of its own."""
        from qda.analysis import snapshot  # lazy: numpy is not needed for the first window

        if self.base is None:
            return snapshot.load(connection)
        found = self.base
        for changes in self.stale[: self.count]:
            found = snapshot.refreshed(found, connection, changes)
        return found


class Session:
    """One open project. Everything that changes it goes through `run`, `undo` and `redo`."""

    def __init__(self, project: ProjectFile, coder: str = "") -> None:
        """Work in an open project, as `coder` or else as the project's own."""
        self.project = project
        self._coder = coder
        self._listeners: list[Listener] = []
        self._apart = False
        self._snapshot: Snapshot | None = None
        self._stale: list[Changes] = []
        self._awaited = False
        self._counted: tuple[Snapshot, Snapshot] | None = None
        self._words: WordIndex | None = None

    @classmethod
    def open(
        cls, path: Path, *, write: bool = True, coder: str = "", take_over: bool = False
    ) -> Session:
        """Open a project file. Raises ProjectProblem."""
        return cls(project_file.open_project(path, write=write, take_over=take_over), coder)

    @classmethod
    def create(
        cls, path: Path, *, name: str = "", language: Language = "nb", coder: str = ""
    ) -> Session:
        """Make a project file and open it. Raises ProjectProblem."""
        return cls(project_file.create(path, name=name, language=language, coder=coder))

    @property
    def coder(self) -> str:
        """Return the name of the one who codes."""
        if self._coder:
            return self._coder
        chosen = project_info.read(self.project.connection).coder
        everybody = coders.all_coders(self.project.connection)
        return next((one.name for one in everybody if one.id == chosen), "")

    def run(
        self,
        operation: Callable[Concatenate[ProjectFile, P], OpResult[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> OpResult[T]:
        """Run an operation and tell every listener what it changed.

        The operation is called with the project first; `coder` must be among the keywords.
        """
        return self.run_for(None, operation, *args, **kwargs)

    def run_for(
        self,
        initiator: object,
        operation: Callable[Concatenate[ProjectFile, P], OpResult[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> OpResult[T]:
        """Run an operation on behalf of `initiator`, which its listeners are told."""
        self._require_alone()
        result = operation(self.project, *args, **kwargs)
        self._tell(result.changes, initiator)
        return result

    def run_apart(
        self,
        operation: Callable[Concatenate[ProjectFile, P], OpResult[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> OpResult[T]:
        """Run a long operation in another thread, on a connection of its own.

        The thread of the session calls `begin_apart` before and `end_apart` afterwards, which
        tells the listeners; in between nothing else can change the project.
        """
        with self.project.opened_again() as again:
            result = operation(again, *args, **kwargs)
        self._count_apart(result.changes)
        return result

    def run_cancellable(
        self,
        progress: Progress,
        operation: Callable[Concatenate[ProjectFile, P], OpResult[T]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> OpResult[T]:
        """Run an operation as `run_apart` does, until `progress` is cancelled.

        That ends it within a statement, and nothing has changed. Raises Cancelled.
        """
        with self.project.opened_again(progress) as again:
            result = operation(again, *args, **kwargs)
        self._count_apart(result.changes)
        return result

    def replay_apart(
        self, *, coder: str, back: bool, progress: Progress
    ) -> tuple[Step, Changes] | None:
        """Undo or redo a large step in another thread, as `run_apart` runs an operation.

        Raises Cancelled; then nothing was changed, and the step can be replayed again.
        """
        with self.project.opened_again(progress) as again:
            done = again.undo(coder, progress) if back else again.redo(coder, progress)
        if done is not None:
            self._count_apart(done[1])
        return done

    def _count_apart(self, changes: Changes) -> None:
        """Bring the snapshot up to date in the thread that changed the project, if there is one.

        On a connection that nobody cancels: what was done is done. Where it cannot be read now,
        `snapshot` reads it.
        """
        base, stale = self._snapshot, self._stale
        if base is None:
            return
        from qda.analysis import snapshot  # lazy: as in `snapshot`

        path, changed = self.project.path, Changes.of_all([*stale, changes])
        with suppress(UserError), problems.said(path), self.project.opened_again() as again:
            self._counted = (base, snapshot.refreshed(base, again.connection, changed))

    def begin_apart(self) -> None:
        """Refuse every other change until `end_apart`. Raises NotAllowed while one is under way."""
        self._require_alone()
        self._apart = True

    def end_apart(self, changes: Changes, initiator: object = None) -> None:
        """Allow changes again and tell what the operation changed."""
        self._apart = False
        if changes:
            self.project.mark_changed()
        counted, self._counted = self._counted, None
        if counted is not None and counted[0] is self._snapshot:
            # A list of its own, as in `snapshot`.
            self._snapshot, self._stale = counted[1], []
            self._inform(changes, initiator)
        else:
            self._tell(changes, initiator)

    @property
    def busy(self) -> bool:
        """Tell whether something is being written in another thread, so that changes must wait."""
        return self._apart

    def _require_alone(self) -> None:
        if self._apart:
            raise NotAllowed(
                message("Something is being written to the project; wait until it is there.")
            )

    def undo(self) -> Step | None:
        """Take the last step back; None when there is none. Raises ReadOnlyProject."""
        self._require_alone()
        return self._replayed(self.project.undo(self.coder))

    def redo(self) -> Step | None:
        """Do the last undone step again; None when there is none. Raises ReadOnlyProject."""
        self._require_alone()
        return self._replayed(self.project.redo(self.coder))

    def _replayed(self, done: tuple[Step, Changes] | None) -> Step | None:
        if done is None:
            return None
        step, changes = done
        self._tell(changes, None)
        return step

    @property
    def next_undo(self) -> Step | None:
        """Return the step that undo would take back."""
        return history.next_undo(self.project.connection)

    @property
    def next_redo(self) -> Step | None:
        """Return the step that redo would do again."""
        return history.next_redo(self.project.connection)

    def steps(self) -> tuple[Step, ...]:
        """Return the kept steps, oldest first."""
        return history.steps(self.project.connection)

    def audit(self) -> tuple[AuditEntry, ...]:
        """Return the audit trail, oldest first."""
        return history.audit_entries(self.project.connection)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change; the returned function ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _tell(self, changes: Changes, initiator: object) -> None:
        if not changes:
            return
        if self._snapshot is not None or self._awaited:
            self._stale.append(changes)
        self._inform(changes, initiator)

    def _inform(self, changes: Changes, initiator: object) -> None:
        if changes.touches("pseudonymising") and self._words is not None:
            # The index in memory knows the words that are gone; the one in the file was cleared.
            self._words.retire()
            self._words = None
        for listener in tuple(self._listeners):
            listener(changes, initiator)

    def snapshot(self) -> Snapshot:
        """Return the arrays that every count is made from, up to date."""
        from qda.analysis import snapshot  # lazy: numpy is not needed for the first window

        if self._snapshot is None:
            self._snapshot = snapshot.load(self.project.connection)
        else:
            self._snapshot = snapshot.refreshed(
                self._snapshot, self.project.connection, Changes.of_all(self._stale)
            )
        # A list of its own: whoever reads the snapshot apart sees that this one was made meanwhile.
        self._stale = []
        return self._snapshot

    def resolved(self, coding: CodingId) -> Resolved:
        """Return whom a coding concerns now. Raises NotFound.

        While one codes, only that coding is read, and not what else `snapshot` lacks by then.
        """
        from qda.analysis import resolution, snapshot  # lazy: as in `snapshot`

        known = self._snapshot
        if known is not None and len(self._stale) <= _FEW:
            changes = Changes.of_all(self._stale)
            found = snapshot.resolved_now(known, self.project.connection, changes, coding)
            if found is not None:
                return found
        return resolution.resolve_one(self.snapshot(), coding)

    @property
    def is_fresh(self) -> bool:
        """Tell whether `snapshot` has nothing to read."""
        return self._snapshot is not None and not self._stale

    def snapshot_apart(self) -> SnapshotReading:
        """Return what brings the snapshot up to date in another thread; `adopt` its result."""
        self._awaited = True
        return SnapshotReading(self._snapshot, self._stale, len(self._stale))

    def adopt(self, reading: SnapshotReading, snapshot: Snapshot) -> None:
        """Work with a snapshot that was read apart, unless one was made here meanwhile."""
        self._awaited = False
        if self._stale is reading.stale:
            self._snapshot = snapshot
            # What changed while it was read is read again: it may be in there or not.
            self._stale = self._stale[reading.count :]

    @property
    def words(self) -> WordIndex:
        """Return the index of words, loaded or not."""
        from qda.app.word_index import WordIndex

        if self._words is None:
            self._words = WordIndex(self)
        return self._words

    def backup(self) -> backups.Backup:
        """Make a backup now. Raises ProjectProblem."""
        return backups.make(self.project.path)

    def close(self) -> None:
        """Close the project; the session is of no use afterwards."""
        self._listeners.clear()
        self.project.close()
