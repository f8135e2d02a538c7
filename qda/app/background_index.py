"""The index of words brought up to date a second's work at a time, by whoever has a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qda.app import word_reading
from qda.jobs.progress import Progress
from qda.store import text_search

if TYPE_CHECKING:
    from qda.analysis.tables import Snapshot
    from qda.app.session import Session
    from qda.app.word_index import Arrangement, WordIndex
    from qda.app.word_reading import IndexWorker, Loaded


@dataclass(frozen=True, slots=True)
class Work:
    """Something to do: `run` in any thread, then `take` its result in the session's own."""

    run: Callable[[Progress], object]
    take: Callable[[Any], None]


class BackgroundIndex:
    """Say what is to be done next until the words of a session can be searched.

    Between two pieces of work other things may happen to the project: each piece is found anew
    from what is missing. What was taken is kept, so that nothing is lost when it is left off.
    """

    def __init__(self, session: Session) -> None:
        """Begin with nothing done; nothing heavy is imported here."""
        self._session = session
        self._worker: IndexWorker | None = None
        self._index: WordIndex | None = None
        self._done = 0
        self._ready = False

    @property
    def is_ready(self) -> bool:
        """Tell whether the last `next_work` found nothing to do."""
        return self._ready

    def next_work(self) -> Work | None:
        """Return what is to be done next, None when all words can be searched."""
        self._ready = False
        session = self._session
        if not session.is_fresh or not session.words.is_loaded:
            return self._loading()
        session.words.drop_gone()
        stale = session.words.stale()
        if stale:
            return self._reading(stale)
        arranging = session.words.arranging()
        if arranging is not None:
            return self._arranging(arranging)
        session.words.drop_unused()
        self._ready = True
        return None

    def leave_off(self) -> None:
        """Forget the work that was under way; what was taken stays."""
        self._worker, self._done = None, 0

    def _arranging(self, arrange: Callable[[Progress], Arrangement]) -> Work:
        """Put all words in place; who has read lets go of the dictionaries, a hundred megabytes."""
        done, self._worker, self._done = self._worker, None, 0

        def run(progress: Progress) -> Arrangement:
            if done is not None:
                from qda.language import lexicon

                lexicon.forget()
            return arrange(progress)

        index = self._session.words

        def take(arrangement: Arrangement) -> None:
            if self._session.words is index:
                index.arrange(arrangement)

        return Work(run, take)

    def _loading(self) -> Work:
        """Read the snapshot and the kept index on a connection of the worker's own."""
        session = self._session
        index = session.words
        path, wanted = session.project.path, not index.is_loaded
        if session.project.is_copy:
            return self._unfolding()
        reading = session.snapshot_apart()

        def run(progress: Progress) -> tuple[Snapshot, Loaded | None]:
            with text_search.reading_one_state(path) as connection:
                snapshot = reading.read(connection)
                progress.step(0)
                if not wanted:
                    return snapshot, None
                characters = {int(one.id): one.characters for one in snapshot.entities.documents}
                kept = word_reading.stored(connection, characters)
            return snapshot, word_reading.unfold(kept, progress)

        def take(found: tuple[Snapshot, Loaded | None]) -> None:
            snapshot, loaded = found
            session.adopt(reading, snapshot)
            # What was read before names were taken out for good is of no use.
            if loaded is not None and session.words is index and not index.is_loaded:
                index.adopt(loaded)

        return Work(run, take)

    def _unfolding(self) -> Work:
        """Read here, since no other connection can."""
        session = self._session
        kept = session.words.fetch()
        return Work(lambda progress: word_reading.unfold(kept, progress), session.words.adopt)

    def _reading(self, stale: list[int]) -> Work:
        """Read the next documents."""
        index = self._session.words
        if self._worker is None or self._index is not index:
            self._worker, self._index = index.worker(), index
        worker, before, sizes = self._worker, self._done, index.sizes()
        batch = next(index.batches(stale))
        tasks = index.tasks(batch)
        total = before + sum(sizes[one] for one in stale)
        here = sum(sizes[one] for one in batch)

        def run(progress: Progress) -> word_reading.Batch:
            progress.start(total, done=before)
            return worker.read(tasks, progress)

        def take(found: word_reading.Batch) -> None:
            index.keep(worker, found)
            self._done = before + here

        return Work(run, take)
