"""What score sheets come to: distributions and means for each office and indicator, two raters.

A file that several raters scored counts once, with the score of the rater who comes first: the one
with the most scores, then by name.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qda.analysis.agreement_measures import alpha_of, coincidences, kappa_of, ordinal_alpha_of
from qda.model.errors import Ambiguous, NotFound
from qda.model.ids import CaseId, Guid, ScoreFileId, ScoreItemId
from qda.model.messages import Message, counted, message
from qda.model.scores import Score, ScoreFile, ScoreItem, ScoreSheet
from qda.store import cases, scores
from qda.store.arrays import Connection


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One office and one indicator: how many files have each value, lowest value first.

    `files` are those counted for each value, so that every number leads back to its rows.
    """

    counts: tuple[int, ...]
    mean: float | None
    files: tuple[tuple[Guid, ...], ...]

    @property
    def n(self) -> int:
        """Return how many files are scored."""
        return sum(self.counts)

    @property
    def shares(self) -> tuple[float | None, ...]:
        """Return the share of the files with each value, None where none is scored."""
        return tuple(count / self.n if self.n else None for count in self.counts)


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """All offices with files (last: all together) by indicator; `notes` say what was counted."""

    sheet: ScoreSheet
    offices: tuple[str, ...]
    cells: tuple[tuple[ScoreCell, ...], ...]
    total: tuple[ScoreCell, ...]
    raters: tuple[str, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """Two raters on one indicator (None: on all of them), over the `n` files both scored.

    `table[i][j]` counts the files that the first gave value i and the second value j.
    """

    item: str | None
    n: int
    table: tuple[tuple[int, ...], ...]
    percent: float | None
    kappa: float | None
    alpha: float | None
    ordinal_alpha: float | None
    differing: tuple[Guid, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    sheet: ScoreSheet
    files: Mapping[ScoreFileId, ScoreFile]
    scores: tuple[Score, ...]


def find_sheet(connection: Connection, name: str) -> ScoreSheet:
    """Return the sheet of a name or GUID; without a name the only one there is. Raises NotFound."""
    known = scores.all_sheets(connection)
    wanted = name.strip().casefold()
    found = [one for one in known if wanted in ("", one.name.casefold(), one.guid)]
    if len(found) != 1:
        raise NotFound(
            message(
                "There is no score sheet {name}; there are: {names}.",
                name=name or "–", names=", ".join(one.name for one in known) or "–",
            )
        )  # fmt: skip
    return found[0]


def find_item(connection: Connection, text: str) -> tuple[ScoreSheet, ScoreItem]:
    """Return the indicator of a name, or of `sheet/name`. Raises NotFound or Ambiguous."""
    known = [(sheet, item) for sheet in scores.all_sheets(connection) for item in sheet.items]
    wanted = text.strip().casefold()
    found = [
        (sheet, item)
        for sheet, item in known
        if wanted in (item.name.casefold(), f"{sheet.name}/{item.name}".casefold(), item.guid)
    ]
    names = [f"{sheet.name}/{item.name}" for sheet, item in found or known]
    if len(found) > 1:
        raise Ambiguous(
            message(
                "{name} can mean several indicators: {candidates}. Write one of these.",
                name=text, candidates=", ".join(names),
            )
        )  # fmt: skip
    if not found:
        raise NotFound(
            message(
                "There is no scored indicator {name}; there are: {names}.",
                name=text, names=", ".join(names) or "–",
            )
        )  # fmt: skip
    return found[0]


def summarise(connection: Connection, sheet: ScoreSheet, *, rater: str = "") -> ScoreSummary:
    """Return what the scores of a sheet come to; of one rater only where one is named.

    Raises NotFound for a rater who gave no score.
    """
    read = _read(connection, sheet)
    raters = raters_of(read.scores)
    chosen, notes = _chosen(read, raters, rater)
    of_case = _by_case(read, chosen)
    offices = [one for one in cases.all_cases(connection) if one.id in of_case]
    cells = tuple(
        tuple(_cell(sheet, read.files, of_case[one.id].get(item.id, ())) for item in sheet.items)
        for one in offices
    )
    total = tuple(
        _cell(sheet, read.files, [one for one in chosen if one.item == item.id])
        for item in sheet.items
    )
    return ScoreSummary(sheet, tuple(one.name for one in offices), cells, total, raters, notes)


def summary_of_case(
    connection: Connection, sheet: ScoreSheet, case: CaseId
) -> tuple[ScoreCell, ...]:
    """Return what the scores of one office come to, by indicator, as in `summarise`."""
    files = {one.id: one for one in scores.files_of(connection, sheet.id, case)}
    given = [
        one for one in scores.scores_of(connection, sheet.id, case) if one.value in sheet.scale
    ]
    raters = in_order(scores.rater_counts(connection, sheet.id))
    chosen, _notes = _chosen(_Read(sheet, files, tuple(given)), raters, "")
    return tuple(
        _cell(sheet, files, [one for one in chosen if one.item == item.id]) for item in sheet.items
    )


def case_means(connection: Connection, sheet: ScoreSheet, item: ScoreItem) -> dict[CaseId, float]:
    """Return the mean score of each case on an indicator, as a variable of cases has its values.

    Cases without a scored file are left out. Files of several raters count once, as in
    `summarise`.
    """
    read = _read(connection, sheet)
    chosen, _notes = _chosen(read, raters_of(read.scores), "")
    found: dict[CaseId, float] = {}
    for case, by_item in _by_case(read, chosen).items():
        values = [one.value for one in by_item.get(item.id, ())]
        if values:
            found[case] = math.fsum(values) / len(values)
    return found


def agreement(
    connection: Connection, sheet: ScoreSheet, first: str, second: str
) -> tuple[RaterAgreement, ...]:
    """Compare two raters on each indicator, then on all together. Raises NotFound."""
    read = _read(connection, sheet)
    raters = raters_of(read.scores)
    a, b = (_rater(raters, name) for name in (first, second))
    pairs: dict[ScoreItemId, list[tuple[int, int, Guid]]] = {one.id: [] for one in sheet.items}
    given = {(one.file, one.item): one.value for one in read.scores if one.rater == b}
    for one in read.scores:
        other = given.get((one.file, one.item))
        if one.rater == a and other is not None:
            pairs[one.item].append(
                (one.value - sheet.low, other - sheet.low, read.files[one.file].guid)
            )
    every = [pair for some in pairs.values() for pair in some]
    return (
        *(_compared(sheet, item.name, pairs[item.id]) for item in sheet.items),
        _compared(sheet, None, every),
    )


def raters_of(given: Iterable[Score]) -> tuple[str, ...]:
    """Return the raters, the one with the most scores first, then by name."""
    return in_order(Counter(one.rater for one in given))


def in_order(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return raters by how many scores they gave, the most first, then by name."""
    return tuple(sorted(counts, key=lambda one: (-counts[one], one.casefold(), one)))


def _read(connection: Connection, sheet: ScoreSheet) -> _Read:
    files = {one.id: one for one in scores.files(connection, sheet.id)}
    # A project of a stranger may have scores that lie on no scale.
    given = [one for one in scores.scores(connection, sheet.id) if one.value in sheet.scale]
    return _Read(sheet, files, tuple(given))


def _rater(raters: Sequence[str], name: str) -> str:
    for one in raters:
        if one == name.strip():
            return one
    for one in raters:
        if one.casefold() == name.strip().casefold():
            return one
    raise NotFound(
        message(
            "{name} gave no scores; the raters are: {names}.",
            name=name, names=", ".join(one or "–" for one in raters) or "–",
        )
    )  # fmt: skip


def _chosen(
    read: _Read, raters: Sequence[str], rater: str
) -> tuple[list[Score], tuple[Message, ...]]:
    """Return one score for each file and indicator, and what was left aside."""
    if rater:
        only = _rater(raters, rater)
        kept = [one for one in read.scores if one.rater == only]
        return kept, (message("Only the scores of {rater} count.", rater=only),)
    order = {name: place for place, name in enumerate(raters)}
    best: dict[tuple[ScoreFileId, ScoreItemId], Score] = {}
    differing: set[tuple[ScoreFileId, ScoreItemId]] = set()
    several: set[ScoreFileId] = set()
    for one in read.scores:
        key = one.file, one.item
        other = best.get(key)
        if other is not None:
            several.add(one.file)
            if other.value != one.value:
                differing.add(key)
        if other is None or order[one.rater] < order[other.rater]:
            best[key] = one
    if not several:
        return list(best.values()), ()
    note = counted(
        "{n} file was scored by several raters and counts once, with the score of {rater} where "
        "there is one; {differing} of its scores differ.",
        "{n} files were scored by several raters and count once, with the score of {rater} where "
        "there is one; {differing} of their scores differ.",
        len(several), rater=raters[0] or "–", differing=len(differing),
    )  # fmt: skip
    return list(best.values()), (note,)


def _by_case(read: _Read, chosen: Iterable[Score]) -> dict[CaseId, dict[ScoreItemId, list[Score]]]:
    found: dict[CaseId, dict[ScoreItemId, list[Score]]] = {}
    for one in chosen:
        by_item = found.setdefault(read.files[one.file].case, {})
        by_item.setdefault(one.item, []).append(one)
    return found


def _cell(
    sheet: ScoreSheet, files: Mapping[ScoreFileId, ScoreFile], given: Iterable[Score]
) -> ScoreCell:
    by_value: dict[int, list[Guid]] = {value: [] for value in sheet.scale}
    for one in given:
        by_value[one.value].append(files[one.file].guid)
    counts = tuple(len(by_value[value]) for value in sheet.scale)
    n = sum(counts)
    sums = sum(value * count for value, count in zip(sheet.scale, counts, strict=True))
    return ScoreCell(counts, sums / n if n else None, tuple(map(tuple, by_value.values())))


def _compared(
    sheet: ScoreSheet, item: str | None, pairs: Sequence[tuple[int, int, Guid]]
) -> RaterAgreement:
    steps = len(sheet.scale)
    table = np.zeros((steps, steps), dtype=np.int64)
    for one, other, _file in pairs:
        table[one, other] += 1
    ratings = np.array([[one for one, _, _ in pairs], [other for _, other, _ in pairs]])
    matrix = coincidences(ratings.reshape(2, len(pairs)), steps)
    n = len(pairs)
    rows: list[list[int]] = table.tolist()
    return RaterAgreement(
        item=item,
        n=n,
        table=tuple(map(tuple, rows)),
        percent=int(np.trace(table)) / n if n else None,
        kappa=kappa_of(table),
        alpha=alpha_of(matrix) if n else None,
        ordinal_alpha=ordinal_alpha_of(matrix) if n else None,
        differing=tuple(dict.fromkeys(file for one, other, file in pairs if one != other)),
    )
