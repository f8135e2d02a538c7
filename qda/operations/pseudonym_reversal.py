"""Putting the names back with the key, also after the texts were corrected and coded since.

Only what still stands exactly as it was put is turned back; the rest is counted and left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.errors import NotAllowed
from qda.model.ids import DocumentId, Guid
from qda.model.messages import message
from qda.model.pseudonyms import KeyField, KeyHit, PseudonymKey, TextPlace
from qda.operations.pseudonym_writing import write_change, write_text
from qda.operations.pseudonyms import shown_at
from qda.store import forgetting, framework, project_info, settlements
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit

REVERSE = message("Put names back for pseudonyms")
MOST = 4_000_000
"""Pairs that are weighed against one another; of more, none is turned back."""
Occurrence = tuple[int, int, str]
"""Start, end, and what stands there."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How many places have their names back, and what was left alone.

    `gone` are those that are not there any more, `unknown` pseudonyms that the key knows nothing
    of, each by what stood or stands there.
    """

    places: int
    gone: dict[str, int]
    unknown: dict[str, int]


def reverse(
    project: ProjectFile, *, coder: str, key: PseudonymKey, progress: Progress | None = None
) -> OpResult[Restored]:
    """Put the names of a key back, as one step that can be undone.

    Raises NotAllowed for the key of another project, or one whose names are all back; Cancelled.
    """
    progress = progress or Progress()
    if key.project != project_info.read(project.connection).guid:
        raise NotAllowed(
            message("The key is that of another project; choose the one of this project.")
        )
    gone: dict[str, int] = defaultdict(int)
    unknown: dict[str, int] = defaultdict(int)
    found: list[tuple[TextPlace, str, tuple[Edit, ...]]] = []
    progress.start(2 * len(key.fields))
    for field in key.fields:
        text = shown_at(project, field.place)
        matched, lost, others = aligned(text, field)
        for hit in lost:
            gone[hit.put] += 1
        for one in others:
            unknown[one[2]] += 1
        if matched:
            edits = tuple(Edit(at[0], at[1] - at[0], hit.text) for hit, at in matched)
            found.append((field.place, text, edits))
        progress.step()
    with project.step(REVERSE, coder) as step:
        connection = project.connection
        seen = framework.seen_spans(connection) | settlements.seen_spans(connection)
        for place, text, edits in found:
            if place.is_document:
                write_text(project, DocumentId(place.row), edits)
            else:
                write_change(project, place, text, edits)
            progress.step()
        framework.follow(connection, seen)
        settlements.follow(connection, seen)
        if found:
            forgetting.note_reversal(project.connection, Guid(key.run))
    places = sum(len(edits) for _, _, edits in found)
    return OpResult(Restored(places, dict(gone), dict(unknown)), step.changes, step.id)


def aligned(
    text: str, field: KeyField
) -> tuple[list[tuple[KeyHit, Occurrence]], list[KeyHit], list[Occurrence]]:
    """Return which hit of the key stands where, the hits that are gone, and what is new.

    Hits and places keep their order. Where there are as many as there were, each is its own; else
    what stands around them decides.
    """
    puts = sorted({hit.put for hit in field.hits}, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(put) for put in puts))
    places: dict[str, list[Occurrence]] = defaultdict(list)
    for one in pattern.finditer(text):
        places[one.group()].append((one.start(), one.end(), one.group()))
    hits: dict[str, list[KeyHit]] = defaultdict(list)
    for hit in field.hits:
        hits[hit.put].append(hit)
    matched: list[tuple[KeyHit, Occurrence]] = []
    gone: list[KeyHit] = []
    new: list[Occurrence] = []
    for put, some in hits.items():
        there = places[put]
        pairs = _pairs(text, some, there)
        matched += [(some[n], there[m]) for n, m in pairs]
        gone += [hit for n, hit in enumerate(some) if n not in {one for one, _ in pairs}]
        new += [at for m, at in enumerate(there) if m not in {one for _, one in pairs}]
    return sorted(matched, key=lambda one: one[1][0]), gone, new


def _pairs(
    text: str, hits: Sequence[KeyHit], places: Sequence[Occurrence]
) -> list[tuple[int, int]]:
    """Return which of the hits stands at which of the places, by their numbers."""
    straight = [(n, n) for n in range(min(len(hits), len(places)))]
    if len(hits) == len(places) and all(_alike(text, hits[n], places[n]) for n, _ in straight):
        return straight
    if len(places) <= len(hits) and len({hit.text for hit in hits}) == 1:
        return straight
    if len(hits) * len(places) > MOST:
        return []
    return _best(text, hits, places)


def _best(text: str, hits: Sequence[KeyHit], places: Sequence[Occurrence]) -> list[tuple[int, int]]:
    """Return pairs in order such that what stands around them is most alike."""
    rows, columns = len(hits), len(places)
    score = [[0] * (columns + 1) for _ in range(rows + 1)]
    for n in range(rows - 1, -1, -1):
        for m in range(columns - 1, -1, -1):
            alike = _alike(text, hits[n], places[m])
            both = score[n + 1][m + 1] + alike if alike else 0
            score[n][m] = max(score[n + 1][m], score[n][m + 1], both)
    pairs: list[tuple[int, int]] = []
    n = m = 0
    while n < rows and m < columns:
        alike = _alike(text, hits[n], places[m])
        if alike and score[n][m] == score[n + 1][m + 1] + alike:
            pairs.append((n, m))
            n, m = n + 1, m + 1
        elif score[n][m] == score[n + 1][m]:
            n += 1
        else:
            m += 1
    return pairs


def _alike(text: str, hit: KeyHit, place: Occurrence) -> int:
    """Return how much of what stood around a hit stands around a place, 0 for too little."""
    start, end, _ = place
    left = _common(reversed(hit.left), reversed(text[max(0, start - len(hit.left)) : start]))
    right = _common(hit.right, text[end : end + len(hit.right)])
    whole = left == len(hit.left) or right == len(hit.right)
    enough = whole or 2 * (left + right) >= len(hit.left) + len(hit.right)
    return left + right + 1 if enough else 0


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
