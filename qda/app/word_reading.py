"""Reading texts for the index of words, and unpacking a kept one: for a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.jobs.progress import Progress
from qda.store import words

if TYPE_CHECKING:
    from qda.language.indexing import IndexedText, Reader, Source
    from qda.language.lemmas import Keys, Lemmatiser
    from qda.language.table import WordTable
    from qda.language.vocabulary import Vocabulary
    from qda.model.entities import Language


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

    forms: words.FormColumns
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


def stored(connection: words.Connection, characters: Mapping[int, int]) -> Stored:
    """Return what the project keeps; `characters` are of the documents' texts."""
    return Stored(
        words.forms(connection),
        tuple(words.texts(connection)),
        words.made_of(connection),
        characters,
    )


def unfold(stored: Stored, progress: Progress | None = None) -> Loaded:
    """Unpack an index; made for a worker. A damaged or forged one comes out empty.

    Raises Cancelled by `progress`.
    """
    progress = progress or Progress()
    from qda.language.packing import PackedText, unpack_all
    from qda.language.table import in_line
    from qda.language.vocabulary import Columns, Vocabulary, is_sound

    kept = stored.forms
    columns = Columns(kept.numbers, kept.languages, kept.forms, kept.keys, kept.parts)
    sound = is_sound(columns)
    vocabulary = Vocabulary.of(columns) if sound else Vocabulary()
    packed = {
        row.document: PackedText(row.words, row.forms, row.places, row.sentences)
        for row in (stored.texts if sound else ())
    }
    line = unpack_all(packed, len(vocabulary), stored.characters, progress)
    made_of = {one: stored.made_of[one] for one in line.documents}
    table = in_line(vocabulary, line)
    progress.step(0)
    table.prepare()
    return Loaded(vocabulary, table, made_of, sound)
