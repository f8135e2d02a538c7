"""Projects of a given size, the same every time."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qda.model.ids import new_guid
from qda.store import project_file
from qda.store.project_file import ProjectFile
from qda.text.normalise import text_hash

SYLLABLES = (
    "be", "fer", "går", "lei", "sam", "tal", "ved", "re", "gel", "opp", "føl", "ging", "kon", "tor",
    "bru", "ker", "ar", "bei", "de", "plan", "mål", "ak", "tiv", "tet", "støt", "te", "vei", "le",
    "der", "lag", "møt", "es", "ut", "tak", "inn", "sats", "vur", "ring", "er", "en", "et", "ene",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How large a project is to be."""

    documents: int
    words: int
    turns: int
    codings: int
    codes: int = 100
    cases: int = 30
    one_paragraph: bool = False
    """Whether a document is one turn without a line break."""


STUDY = Size(documents=1_000, words=5_000, turns=60, codings=200)
"""Per document: 1,000 transcripts, 5 million words, 200,000 codings."""


def vocabulary(random_: random.Random, count: int = 8_000) -> list[str]:
    """Return invented words that look Norwegian."""
    return ["".join(random_.choices(SYLLABLES, k=random_.randint(1, 4))) for _ in range(count)]


def speech(random_: random.Random, words: Sequence[str], count: int) -> str:
    """Return `count` words in sentences."""
    chosen = random_.choices(words, k=count)
    for place in range(0, count, 12):
        chosen[place] = chosen[place].capitalize()
    for place in range(11, count, 12):
        chosen[place] += "."
    return " ".join(chosen) + "."


def transcript(
    random_: random.Random, words: Sequence[str], size: Size
) -> tuple[str, list[tuple[int, int, int, str]]]:
    """Return a text and its turns: label start, start, end, label."""
    if size.one_paragraph:
        head = "Veileder: "
        text = head + speech(random_, words, size.words)
        return text, [(0, len(head), len(text), "Veileder")]
    parts: list[str] = []
    turns: list[tuple[int, int, int, str]] = []
    at = 0
    for number in range(size.turns):
        label = "Intervjuer" if number % 2 == 0 else "Veileder"
        count = max(
            4,
            size.words // size.turns // 4 if number % 2 == 0 else size.words * 7 // size.turns // 4,
        )
        said = speech(random_, words, count)
        turns.append((at, at + len(label) + 2, at + len(label) + 2 + len(said), label))
        parts.append(f"{label}: {said}\n")
        at += len(parts[-1])
    return "".join(parts), turns


def build(path: Path, size: Size, seed: int = 1, words: Sequence[str] | None = None) -> ProjectFile:
    """Make a project of that size and return it open; written past the history, for speed.

    What is said is drawn from `words`, each as likely as the next.
    """
    random_ = random.Random(seed)
    words = words or vocabulary(random_)
    project = project_file.create(path, name=path.stem, coder="Ingrid")
    connection = project.connection
    connection.execute("BEGIN")
    _frame(project, size)
    for number in range(1, size.documents + 1):
        text, turns = transcript(random_, words, size)
        _document(project, number, text, len(text.split()), turns)
        rows: list[tuple[object, ...]] = []
        for _ in range(size.codings):
            start = random_.randrange(len(text) - 400)
            end = start + random_.randint(20, 400)
            code = random_.randint(1, size.codes)
            rows.append((new_guid(), number, code, start, end, text[start:end]))
        connection.executemany(
            "INSERT INTO coding (guid, document_id, code_id, coder_id, start,"
            ' "end", quote, created)'
            " VALUES (?, ?, ?, 1, ?, ?, ?, '2026-01-01T00:00:00.000Z')",
            rows,
        )
        connection.execute(
            "INSERT INTO document_case (document_id, case_id) VALUES (?, ?)",
            (number, 1 + number % size.cases),
        )
    connection.execute("COMMIT")
    return project


def _frame(project: ProjectFile, size: Size) -> None:
    connection = project.connection
    connection.executemany(
        'INSERT INTO "case" (guid, name, pseudonym, position) VALUES (?, ?, ?, ?)',
        [(new_guid(), f"Kontor {n:02d}", "", n) for n in range(1, size.cases + 1)],
    )
    tops = 10
    for number in range(1, size.codes + 1):
        parent = None if number <= tops else 1 + number % tops
        connection.execute(
            "INSERT INTO code (guid, parent_id, name, position, color, definition, include,"
            " exclude, example, keywords, scale, shortcut)"
            " VALUES (?, ?, ?, ?, '#3f6fa8', '', '', '', '', '[]', '[]', '')",
            (new_guid(), parent, f"kode {number:03d}", number),
        )
    connection.execute(
        "INSERT INTO participant (guid, name, interviewer) VALUES (?, 'Intervjuer', 1)",
        (new_guid(),),
    )


def _document(
    project: ProjectFile, number: int, text: str, words: int, turns: list[tuple[int, int, int, str]]
) -> None:
    connection = project.connection
    digest = text_hash(text)
    connection.execute("INSERT INTO text_body (hash, text) VALUES (?, ?)", (digest, text))
    connection.execute(
        "INSERT INTO document (id, guid, name, kind, language, file_name, file_type, encoding,"
        " text_hash, file_hash, characters, words, created)"
        " VALUES (?, ?, ?, 'interview', 'nb', ?, 'txt', 'utf-8', ?, NULL, ?, ?, '')",
        (number, new_guid(), f"Intervju {number:04d}", f"{number}.txt", digest, len(text), words),
    )
    cursor = connection.execute(
        "INSERT INTO participant (guid, name, interviewer) VALUES (?, ?, 0)",
        (new_guid(), f"Veileder {number:04d}"),
    )
    connection.executemany(
        'INSERT INTO turn (document_id, number, label_start, start, "end", label, participant_id,'
        " interviewer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (number, place, at, start, end, label,
             1 if label == "Intervjuer" else cursor.lastrowid, int(label == "Intervjuer"))
            for place, (at, start, end, label) in enumerate(turns, start=1)
        ],
    )  # fmt: skip
