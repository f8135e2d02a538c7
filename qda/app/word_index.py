"""The index of words of an open project: what is out of date, reading it, keeping it.

Reading a text needs no project, so that it can be done in a worker; what comes of it is kept on the
thread that has the project. A project that is open for reading only has its index in memory alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from operator import is_
from typing import TYPE_CHECKING

from qda.app import word_reading
from qda.app.word_reading import Batch, IndexWorker, Loaded, Stored, Task
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.store import arrays, problems, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qda.analysis.tables import Snapshot
    from qda.app.session import Session
    from qda.language.indexing import IndexedText
    from qda.language.layout import Layout
    from qda.language.table import WordTable

BATCH = 120_000
"""Characters that are read at once: less than a second, between which others have their turn."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The regions of the table, and the places of their turns in the snapshot (-1 for none).

    `shelf` holds what is worked out of them once, for as long as they are the same.
    """

    layout: Layout
    turn: NDArray[np.int64]
    shelf: dict[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The words of all documents on one line, and who says them."""

    table: WordTable
    spoken: Spoken
    of: tuple[object, ...]
    """What of the snapshot it was made of."""


class WordIndex:
    """The index of one session. Everything here happens on the thread that has the project."""

    def __init__(self, session: Session) -> None:
        """Load nothing yet."""
        self._session = session
        self._loaded: Loaded | None = None
        self._texts: dict[int, IndexedText] = {}
        self._table: WordTable | None = None
        self._missing: set[int] = set()
        self._wanted: tuple[Snapshot, dict[int, str]] | None = None
        self._spoken: Arrangement | None = None
        self._in_memory = session.project.read_only

    # ------------------------------------------------------------------------------- loading

    @property
    def is_loaded(self) -> bool:
        """Tell whether the index is in memory."""
        return self._loaded is not None

    def fetch(self) -> Stored:
        """Return what the project keeps, for `unfold`."""
        return word_reading.stored(self._session.project.connection, self.sizes())

    def adopt(self, loaded: Loaded) -> None:
        """Work with an index that was unfolded; one that was none is cleared away."""
        self._loaded = loaded
        self._table = None
        self._texts = {}
        self._take(loaded.table)
        if not loaded.sound:
            self._write(words.clear)

    def _require(self) -> Loaded:
        if self._loaded is None:
            self.adopt(word_reading.unfold(self.fetch()))
        assert self._loaded is not None  # noqa: S101 - just adopted
        return self._loaded

    def _take(self, table: WordTable) -> None:
        from qda.language.table import taken_apart

        self._table = table
        # The texts are views of the table: their words are held once.
        self._texts = taken_apart(table)

    # ----------------------------------------------------------------------------- up to date

    def stale(self) -> list[int]:
        """Return the documents whose index is missing or of another text, in order."""
        known = self._require().made_of
        return sorted(one for one, made in self._all_wanted().items() if known.get(one) != made)

    def _all_wanted(self) -> dict[int, str]:
        """Return what the index of each document has to be made of."""
        from qda.language.indexing import VERSION

        snapshot = self._session.snapshot()
        if self._wanted is None or self._wanted[0] is not snapshot:
            rows = _turn_rows(snapshot)
            found = {
                int(one.id): ":".join(
                    (
                        str(VERSION),
                        one.language,
                        one.text_hash,
                        blake2b(rows[place].tobytes(), digest_size=8).hexdigest(),
                    )
                )
                for place, one in enumerate(snapshot.entities.documents)
            }
            self._wanted = (snapshot, found)
        return self._wanted[1]

    def batches(self, documents: Sequence[int]) -> Iterator[list[int]]:
        """Yield documents a second's work at a time."""
        sizes = self.sizes()
        batch: list[int] = []
        size = 0
        for one in documents:
            batch.append(one)
            size += sizes.get(one, 0)
            if size >= BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def sizes(self) -> dict[int, int]:
        """Return the characters of every document."""
        documents = self._session.snapshot().entities.documents
        return {int(one.id): one.characters for one in documents}

    def tasks(self, documents: Iterable[int]) -> list[Task]:
        """Return what has to be read for some documents; those that are gone are left out."""
        from qda.language.indexing import Source, Stretch

        snapshot, asked = self._session.snapshot(), set(documents)
        rows, wanted = _turn_rows(snapshot), self._all_wanted()
        chosen = [
            (place, one) for place, one in enumerate(snapshot.entities.documents) if one.id in asked
        ]
        hashes = {one.text_hash for _, one in chosen}
        texts = dict(arrays.texts(self._session.project.connection, hashes))
        return [
            Task(
                int(one.id),
                wanted[int(one.id)],
                Source(
                    texts.get(one.text_hash, ""),
                    one.language,
                    tuple(Stretch(*row) for row in rows[place].tolist()),
                ),
            )
            for place, one in chosen
        ]

    def worker(self) -> IndexWorker:
        """Return someone to read documents, who skips the keys of forms that are known."""
        vocabulary = self._require().vocabulary
        return IndexWorker(vocabulary.has)

    def keep(self, worker: IndexWorker, batch: Batch) -> None:
        """Take in what a worker read, and write it where the project may be changed."""
        import numpy as np

        from qda.language.indexing import IndexedText
        from qda.language.packing import pack
        from qda.language.vocabulary import Form

        loaded = self._require()
        vocabulary = loaded.vocabulary
        new: list[words.FormRow] = []
        first = len(vocabulary)
        for language, form, keys in batch.forms:
            number = vocabulary.number(language, form)
            if number is None and keys is not None:
                number = first + len(new)
                new.append(Form.of(number, language, form, keys).row())
            worker.numbers.append(-1 if number is None else number)
        vocabulary.add(new)
        numbers = np.array(worker.numbers, dtype=np.int32)
        rows: list[words.TextRow] = []
        here = self._all_wanted()
        for text in batch.texts:
            # A document may have gone while its words were read.
            if text.document not in here:
                continue
            read = text.indexed
            indexed = IndexedText(numbers[read.forms], read.starts, read.lengths, read.sentences)
            self._texts[text.document] = indexed
            loaded.made_of[text.document] = text.made_of
            packed = pack(indexed, indexed.forms)
            rows.append(
                words.TextRow(
                    text.document, text.made_of, packed.words, packed.forms, packed.places,
                    packed.sentences,
                )
            )  # fmt: skip
            again = self._missing.intersection(indexed.forms.tolist()) if self._missing else ()
            new += [vocabulary.entry(number).row() for number in sorted(again)]
            self._missing.difference_update(again)
        self._table = None
        self._write(lambda connection: words.keep(connection, new, rows))

    def retire(self) -> None:
        """Write nothing any more: names that this index knows were taken out for good."""
        self._in_memory = True

    def _write(self, how: Callable[[words.Connection], None]) -> None:
        """Write to the project where it may be changed, and has room: else it stays in memory.

        The index is of use without; whoever changes the project is told what is the matter.
        """
        if self._in_memory:
            return
        project = self._session.project
        try:
            with problems.said(project.path):
                how(project.connection)
        except UserError:
            # Later rows would name forms that are not in the file.
            self._in_memory = True

    def drop_gone(self) -> None:
        """Drop the documents that are no longer there; the project has let go of them already."""
        loaded = self._require()
        for one in loaded.made_of.keys() - self._all_wanted().keys():
            del loaded.made_of[one]
            del self._texts[one]
            self._table = None

    def drop_unused(self) -> None:
        """Drop the forms that no document has any more."""
        import numpy as np

        loaded = self._require()
        counts = self.table().counts
        unused = set(np.flatnonzero(counts == 0).tolist()) - self._missing
        unused = {one for one in unused if loaded.vocabulary.form(one)}
        if unused:
            self._missing |= unused
            self._write(lambda connection: words.drop_forms(connection, sorted(unused)))

    def build(self, progress: Progress | None = None) -> WordTable:
        """Bring the index up to date here and now, and return the table."""
        progress = progress or Progress()
        stale = self.stale()
        if stale:
            sizes = self.sizes()
            progress.start(sum(sizes[one] for one in stale))
            worker = self.worker()
            for batch in self.batches(stale):
                self.keep(worker, worker.read(self.tasks(batch), progress))
        self.drop_gone()
        if self._table is None:
            self.drop_unused()
        return self.table()

    # ------------------------------------------------------------------------------- asking

    def table(self) -> WordTable:
        """Return the words of every document that is indexed."""
        from qda.language.table import assemble

        loaded = self._require()
        if self._table is None:
            self._take(assemble(loaded.vocabulary, self._texts))
        assert self._table is not None  # noqa: S101 - just taken
        return self._table

    def spoken(self) -> Spoken:
        """Return who says the words of the table."""
        return self._arrangement().spoken

    def _arrangement(self) -> Arrangement:
        known, snapshot = self._spoken, self._session.snapshot()
        if known is None or not _fits(known, self.table(), snapshot):
            known = self._spoken = _arranged(self.table(), snapshot)
        return known

    def arranging(self) -> Callable[[Progress], Arrangement] | None:
        """Return what puts all words in place for searching, for a worker; None where they are.

        Its result is for `arrange`. It takes half a second where there are millions of words.
        """
        from qda.language.table import assemble

        known, snapshot, table = self._spoken, self._session.snapshot(), self._table
        if _fits(known, table, snapshot):
            return None
        vocabulary, texts = self._require().vocabulary, dict(self._texts)

        def work(progress: Progress) -> Arrangement:
            made = table if table is not None else assemble(vocabulary, texts)
            progress.step(0)
            made.prepare()
            progress.step(0)
            return _arranged(made, snapshot)

        return work

    def arrange(self, arrangement: Arrangement) -> None:
        """Take in what `arranging` made; nothing may have been kept meanwhile."""
        self._take(arrangement.table)
        self._spoken = arrangement


def _made_of(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what the regions and their owners follow from; codings are no part of it."""
    return (
        snapshot.entities, snapshot.turns, snapshot.participant_cases, snapshot.document_cases,
    )  # fmt: skip


def _fits(known: Arrangement | None, table: WordTable | None, snapshot: Snapshot) -> bool:
    """Tell whether an arrangement is of this table and of what this snapshot says of turns."""
    if known is None or known.table is not table:
        return False
    return all(map(is_, known.of, _made_of(snapshot)))


def _arranged(table: WordTable, snapshot: Snapshot) -> Arrangement:
    """Cut the words of `table` at the turns of `snapshot`."""
    import numpy as np

    from qda.language.layout import Turns, lay_out

    turns = snapshot.turns
    places = np.array(
        [table.place_of.get(int(one.id), -1) for one in snapshot.entities.documents] or [-1],
        dtype=np.int64,
    )
    document = places[turns.document] if len(turns) else turns.document
    chosen = np.flatnonzero(document >= 0)
    chosen = chosen[np.lexsort((turns.label_start[chosen], document[chosen]))]
    layout = lay_out(
        table,
        Turns(
            document[chosen], turns.label_start[chosen], turns.start[chosen],
            turns.end[chosen], turns.interviewer[chosen],
        ),
    )  # fmt: skip
    turn = np.append(chosen, -1)[layout.turn]
    return Arrangement(table, Spoken(layout, turn), _made_of(snapshot))


def _turn_rows(snapshot: Snapshot) -> list[NDArray[np.int64]]:
    """Return label start, start and end of the turns of each document, in its order."""
    import numpy as np

    turns = snapshot.turns
    rows = np.column_stack((turns.label_start, turns.start, turns.end)).astype(np.int64)
    count = len(snapshot.entities.documents)
    borders = np.searchsorted(turns.document, np.arange(count + 1))
    return [rows[low:high] for low, high in pairwise(borders.tolist())]
