"""The index of words of an open project: what is out of date, reading it, keeping it.

Reading a text needs no project, so that it can be done in a worker; what comes of it is kept on the
thread that has the project. A project that is open for reading only has its index in memory alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from qda.jobs.progress import Progress
from qda.store import arrays, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qda.analysis.tables import Snapshot
    from qda.app.session import Session
    from qda.language.indexing import IndexedText, Reader, Source
    from qda.language.layout import Layout
    from qda.language.lemmas import Keys, Lemmatiser
    from qda.language.table import WordTable
    from qda.language.vocabulary import Form, Vocabulary
    from qda.model.entities import Language

T = TypeVar("T")
BATCH = 600_000
"""Characters that are read at once: a second or so, between which other jobs have their turn."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read: its text and turns, and what the index will say it was made of."""

    document: int
    made_of: str
    source: Source


@dataclass(frozen=True, slots=True)
class ReadText:
    """A document that was read; its forms are numbers of the reader."""

    document: int
    made_of: str
    indexed: IndexedText


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of reading some documents: their words, and the forms not met before.

    A form that the project knows has no keys here.
    """

    texts: tuple[ReadText, ...]
    forms: tuple[tuple[Language, str, Keys | None], ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """The index as the project keeps it, packed; `characters` are of the documents' texts."""

    forms: list[words.FormRow]
    texts: tuple[words.TextRow, ...]
    made_of: Mapping[int, str]
    characters: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The index in memory; what could not be read is left out."""

    vocabulary: Vocabulary
    table: WordTable
    made_of: dict[int, str]
    sound: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """The regions of the table, and the places of their turns in the snapshot (-1 for none)."""

    layout: Layout
    turn: NDArray[np.int64]


class IndexWorker:
    """Read documents. It knows no project and may live in a worker thread."""

    def __init__(self, knows: Callable[[Language, str], bool] | None = None) -> None:
        """Begin without having read anything; `knows` tells which forms the project has."""
        from qda.language.indexing import Reader  # lazy: it brings numpy

        self._knows = knows
        self._reader: Reader = Reader()
        self._lemmatisers: dict[Language, Lemmatiser] = {}
        self._done = 0
        self.numbers: list[int] = []
        """The project's numbers of the reader's forms; filled by whoever keeps the batches."""

    def read(self, tasks: Iterable[Task], progress: Progress) -> Batch:
        """Read some documents; `progress` is told the characters. Raises Cancelled."""
        texts: list[ReadText] = []
        for task in tasks:
            texts.append(ReadText(task.document, task.made_of, self._reader.read(task.source)))
            progress.step(len(task.source.text))
        fresh: list[tuple[Language, str, Keys | None]] = []
        for language, form in self._reader.vocabulary[self._done :]:
            known = self._knows is not None and self._knows(language, form)
            keys = None if known else self._lemmatiser(language).keys(form)
            fresh.append((language, form, keys))
            progress.step(0)
        self._done = len(self._reader.vocabulary)
        return Batch(tuple(texts), tuple(fresh))

    def _lemmatiser(self, language: Language) -> Lemmatiser:
        from qda.language.lemmas import Lemmatiser
        from qda.language.lexicon import shared_lexicon

        if language not in self._lemmatisers:
            self._lemmatisers[language] = Lemmatiser(shared_lexicon(), language)
        return self._lemmatisers[language]


def unfold(stored: Stored) -> Loaded:
    """Unpack an index; made for a worker. A damaged or forged one comes out empty."""
    from qda.language.packing import PackedText, Unreadable, unpack
    from qda.language.table import assemble
    from qda.language.vocabulary import Vocabulary, is_sound

    sound = is_sound(stored.forms)
    vocabulary = Vocabulary(stored.forms if sound else ())
    texts: dict[int, IndexedText] = {}
    for row in stored.texts if sound else ():
        packed = PackedText(row.words, row.forms, row.places, row.sentences)
        try:
            characters = stored.characters[row.document]
            texts[row.document] = unpack(packed, len(vocabulary), characters)
        except (Unreadable, KeyError):
            continue
    made_of = {one: stored.made_of[one] for one in texts}
    table = assemble(vocabulary, texts)
    table.prepare()
    return Loaded(vocabulary, table, made_of, sound)


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
        self._spoken: tuple[WordTable, Snapshot, Spoken] | None = None
        self._regions: tuple[Spoken, object] | None = None

    # ------------------------------------------------------------------------------- loading

    @property
    def is_loaded(self) -> bool:
        """Tell whether the index is in memory."""
        return self._loaded is not None

    def fetch(self) -> Stored:
        """Return what the project keeps, for `unfold`."""
        connection = self._session.project.connection
        characters = {
            int(one.id): one.characters for one in self._session.snapshot().entities.documents
        }
        return Stored(
            words.forms(connection),
            tuple(words.texts(connection)),
            words.made_of(connection),
            characters,
        )

    def adopt(self, loaded: Loaded) -> None:
        """Work with an index that was unfolded; one that was none is cleared away."""
        self._loaded = loaded
        self._table = None
        self._texts = {}
        self._take(loaded.table)
        if not loaded.sound and not self._session.project.read_only:
            words.clear(self._session.project.connection)

    def _require(self) -> Loaded:
        if self._loaded is None:
            self.adopt(unfold(self.fetch()))
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
        new: list[Form] = []
        for language, form, keys in batch.forms:
            number = vocabulary.number(language, form)
            if number is None and keys is not None:
                number = len(vocabulary)
                new.append(Form.of(number, language, form, keys))
                vocabulary.add([new[-1].row()])
            worker.numbers.append(-1 if number is None else number)
        numbers = np.array(worker.numbers, dtype=np.int32)
        rows: list[words.TextRow] = []
        for text in batch.texts:
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
            new += [vocabulary.entry(number) for number in sorted(again)]
            self._missing.difference_update(again)
        self._table = None
        if not self._session.project.read_only:
            words.keep(self._session.project.connection, [one.row() for one in new], rows)

    def forget_gone(self) -> None:
        """Drop the documents that are no longer there, and the forms that no document has."""
        import numpy as np

        loaded = self._require()
        for one in loaded.made_of.keys() - self._all_wanted().keys():
            del loaded.made_of[one]
            del self._texts[one]
            self._table = None
        counts = self.table().counts
        unused = set(np.flatnonzero(counts == 0).tolist()) - self._missing
        unused = {one for one in unused if loaded.vocabulary.form(one)}
        if unused:
            self._missing |= unused
            if not self._session.project.read_only:
                words.drop_forms(self._session.project.connection, sorted(unused))

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
        if stale or self._require().made_of.keys() - self._all_wanted().keys():
            self.forget_gone()
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
        import numpy as np

        from qda.language.layout import Turns, lay_out

        table, snapshot = self.table(), self._session.snapshot()
        known = self._spoken
        if known is not None and known[0] is table and known[1] is snapshot:
            return known[2]
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
        self._spoken = (table, snapshot, Spoken(layout, turn))
        return self._spoken[2]

    def regions(self, make: Callable[[], T]) -> T:
        """Return what is known of the regions; made once for as long as they are the same."""
        spoken = self.spoken()
        if self._regions is None or self._regions[0] is not spoken:
            self._regions = (spoken, make())
        return self._regions[1]  # pyright: ignore[reportReturnType] - the same maker asks


def _turn_rows(snapshot: Snapshot) -> list[NDArray[np.int64]]:
    """Return label start, start and end of the turns of each document, in its order."""
    import numpy as np

    turns = snapshot.turns
    rows = np.column_stack((turns.label_start, turns.start, turns.end)).astype(np.int64)
    count = len(snapshot.entities.documents)
    borders = np.searchsorted(turns.document, np.arange(count + 1))
    return [rows[low:high] for low, high in pairwise(borders.tolist())]
