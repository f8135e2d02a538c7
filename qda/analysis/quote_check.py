"""Check quoted passages against the sources: verbatim, cut, altered, or not there.

The sources are one long row of words. A passage is looked for by its rarest word; where it is not
there word for word, the places that share most of its words in its order are compared with it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from qda.analysis.vectors import Ints
from qda.jobs.progress import Progress
from qda.model.ids import DocumentId
from qda.model.quote_check import CheckedQuote, EarlierUse, QuoteDifference, QuoteUse
from qda.text.passages import BARE, Passage, Piece, pieces_of

_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u00ad'’](?:\n\s*)?[^\W_]+)*")
_JOINT = re.compile(r"[-\u2010\u2011\u00ad'’]|\s")
_LINE_END = re.compile(r"(?<=[^\W_])[-\u2010]\n\s*(?=[^\W_])")
_SPACE = re.compile(r"\s+")
_EVEN = str.maketrans({
    "\u00ad": "", "\u00a0": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"',
    "»": '"', "–": "-", "—": "-", "\u2010": "-", "\u2011": "-", "…": "...",
})  # fmt: skip
_EDGE = " \t\n.,;:!?'\"-"
SHORTEST = 3
"""Passages of fewer words are checked only where they stand in a source word for word."""
MOST_CANDIDATES = 8
INSERTED_GAP = 15
"""How many words of the source a bracketed insertion may stand for."""
SAME_ENOUGH = 0.6
"""The share of a passage's words that an altered one still has in their order."""


@dataclass(frozen=True, slots=True)
class SourceIndex:
    """The words of all sources in a row: which word, in which document, at which code points."""

    words: Mapping[str, int]
    ids: NDArray[np.int32]
    document: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    order: Ints
    """Places sorted by word, so that the places of a word stand together."""
    first: Ints
    """Where in `order` the places of each word begin; one entry more than there are words."""
    documents: tuple[DocumentId, ...]
    texts: tuple[str, ...]

    def places(self, word: int) -> Ints:
        """Return where a word stands."""
        return self.order[self.first[word] : self.first[word + 1]]


@dataclass(frozen=True, slots=True)
class _Match:
    """A stretch of words `low:high` of the sources."""

    low: int
    high: int


def index_sources(
    texts: Iterable[tuple[DocumentId, str]], progress: Progress | None = None
) -> SourceIndex:
    """Put the words of the texts in a row. Raises Cancelled from `progress`."""
    progress = progress or Progress()
    words: dict[str, int] = {}
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    lengths: list[int] = []
    documents: list[DocumentId] = []
    kept: list[str] = []
    for document, text in texts:
        before = len(ids)
        for found in _WORD.finditer(text):
            ids.append(words.setdefault(_key(found.group()), len(words)))
            starts.append(found.start())
            ends.append(found.end())
        lengths.append(len(ids) - before)
        documents.append(document)
        kept.append(text)
        progress.step()
    of_word = np.array(ids, dtype=np.int32)
    order = np.argsort(of_word, kind="stable")
    return SourceIndex(
        words,
        of_word,
        np.repeat(np.arange(len(documents), dtype=np.int32), lengths),
        np.array(starts, dtype=np.int32),
        np.array(ends, dtype=np.int32),
        order,
        np.searchsorted(of_word[order], np.arange(len(words) + 1)),
        tuple(documents),
        tuple(kept),
    )


def check_passages(
    index: SourceIndex,
    passages: Sequence[Passage],
    *,
    manuscript: str = "",
    known: Iterable[QuoteUse] = (),
    progress: Progress | None = None,
) -> tuple[CheckedQuote, ...]:
    """Check the passages of a manuscript in their order.

    `known` is the where-used list: what other manuscripts quote. Uses by this manuscript itself
    are taken from its passages. Raises Cancelled from `progress`.
    """
    progress = progress or Progress()
    progress.start(len(passages))
    checked: list[CheckedQuote] = []
    for passage in passages:
        found = _check(index, passage.text)
        if found is not None and found.status in ("altered", "not-found"):
            # Dots may be a pause of the source, and are tried as such first.
            found = _cut_by_dots(index, passage.text) or found
        progress.step()
        if found is None:
            continue
        found = replace(found, place=len(checked) + 1)
        earlier = [
            *_used_elsewhere(index, found, known, manuscript),
            *_used_here(found, checked, manuscript),
        ]
        checked.append(replace(found, used_before=tuple(earlier)))
    return tuple(checked)


def _used_here(
    found: CheckedQuote, before: Iterable[CheckedQuote], manuscript: str
) -> Iterable[EarlierUse]:
    for one in before:
        if _same_place(found, one.document, one.start, one.end):
            yield EarlierUse(manuscript, one.place, one.quote)


def _used_elsewhere(
    index: SourceIndex, found: CheckedQuote, known: Iterable[QuoteUse], manuscript: str
) -> Iterable[EarlierUse]:
    if found.document is None:
        return
    text = index.texts[index.documents.index(found.document)]
    for use in known:
        if use.document != found.document or use.manuscript == manuscript:
            continue
        at = text.find(use.text)
        if at >= 0 and _same_place(found, use.document, at, at + len(use.text)):
            yield EarlierUse(use.manuscript, use.place, use.text)


def _same_place(
    found: CheckedQuote, document: DocumentId | None, start: int | None, end: int | None
) -> bool:
    """Tell whether two passages share at least half of the shorter one."""
    if document is None or document != found.document:
        return False
    if found.start is None or found.end is None or start is None or end is None:
        return False
    shared = min(found.end, end) - max(found.start, start)
    return shared * 2 >= min(found.end - found.start, end - start)


def _cut_by_dots(index: SourceIndex, passage: str) -> CheckedQuote | None:
    """Return the passage as one that is cut where it has dots without brackets, None if not so."""
    if BARE.search(passage.strip(" .…")) is None:
        return None
    found = _check(index, passage, bare=True)
    return found if found is not None and found.status == "cut" else None


def _check(index: SourceIndex, passage: str, *, bare: bool = False) -> CheckedQuote | None:
    """Check one passage; None for one that is too short to be a quotation."""
    pieces, marked = pieces_of(passage, bare=bare)
    keys = [[_key(word) for word in _WORD.findall(piece.text)] for piece in pieces]
    count = sum(map(len, keys))
    quote = _SPACE.sub(" ", passage).strip()
    plain = CheckedQuote(quote, 0, "not-found")
    if not count:
        return None
    chain = _chain(index, pieces, keys)
    if chain is not None:
        found = _placed(index, plain, chain[0].low, chain[-1].high)
        changes = [
            change
            for piece, match in zip(pieces, chain, strict=True)
            for change in _differences(piece.text, _slice(index, match), lenient=marked)
        ]
        status = "altered" if changes else "cut" if marked else "verbatim"
        return replace(found, status=status, differences=tuple(changes))
    if count < SHORTEST:
        return None
    return _altered(index, plain, passage, [word for piece in keys for word in piece]) or plain


def _placed(index: SourceIndex, found: CheckedQuote, low: int, high: int) -> CheckedQuote:
    document = int(index.document[low])
    start, end = int(index.start[low]), int(index.end[high - 1])
    return replace(
        found,
        document=index.documents[document],
        start=start,
        end=end,
        source=index.texts[document][start:end],
    )


# -------------------------------------------------------------------------------- word for word
def _chain(
    index: SourceIndex, pieces: Sequence[Piece], keys: Sequence[Sequence[str]]
) -> tuple[_Match, ...] | None:
    """Return the pieces' places, one after another in one document, the closest together."""
    best: tuple[_Match, ...] | None = None
    options = [_exact(index, words) for words in keys if words]
    wanted = [piece for piece, words in zip(pieces, keys, strict=True) if words]
    if not options or len(wanted) != len(pieces) or not all(len(one) for one in options):
        return None
    for low in options[0].tolist():
        chain = [_Match(low, low + len(keys[0]))]
        for piece, words, places in zip(pieces[1:], keys[1:], options[1:], strict=True):
            after = int(np.searchsorted(places, chain[-1].high))
            if after == len(places):
                break
            start = int(places[after])
            gap = start - chain[-1].high
            if index.document[start] != index.document[low] or (
                piece.gap == "insertion" and gap > INSERTED_GAP
            ):
                break
            chain.append(_Match(start, start + len(words)))
        if len(chain) == len(pieces) and (
            best is None or chain[-1].high - chain[0].low < best[-1].high - best[0].low
        ):
            best = tuple(chain)
    return best


def _exact(index: SourceIndex, words: Sequence[str]) -> Ints:
    """Return where these words follow one another within one document."""
    ids = [index.words.get(word, -1) for word in words]
    if min(ids) < 0:
        return np.zeros(0, dtype=np.int64)
    rarest = min(range(len(ids)), key=lambda at: len(index.places(ids[at])))
    low = index.places(ids[rarest]) - rarest
    low = low[(low >= 0) & (low + len(ids) <= len(index.ids))]
    for at, word in enumerate(ids):
        low = low[index.ids[low + at] == word]
    return np.sort(low[index.document[low] == index.document[low + len(ids) - 1]])


# --------------------------------------------------------------------------------------- nearly
def _altered(
    index: SourceIndex, plain: CheckedQuote, passage: str, words: Sequence[str]
) -> CheckedQuote | None:
    """Return the passage at the place that has most of its words in its order, or None."""
    ids = [index.words.get(word, -1) for word in words]
    best, best_share = None, 0.0
    for low, high in _windows(index, ids):
        window = index.ids[low:high].tolist()
        blocks = [
            one
            for one in SequenceMatcher(None, ids, window, autojunk=False).get_matching_blocks()
            if one.size
        ]
        share = sum(one.size for one in blocks) / len(ids)
        if share > best_share:
            first, last = low + blocks[0].b, low + blocks[-1].b + blocks[-1].size
            # Words changed at the ends have their counterparts just outside of what is the same.
            first = max(low, first - blocks[0].a)
            last = min(high, last + len(ids) - blocks[-1].a - blocks[-1].size)
            best, best_share = (first, last), share
    if best is None or best_share < SAME_ENOUGH:
        return None
    found = _placed(index, plain, *best)
    return replace(
        found,
        status="altered",
        differences=tuple(_differences(passage, found.source, lenient=False)),
    )


def _windows(index: SourceIndex, ids: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield the stretches of the sources that share most words with `ids`, the likeliest first.

    Each shared word votes for the place where the passage would begin; frequent words have no
    vote, since they stand everywhere.
    """
    length = len(ids)
    known = sorted((len(index.places(word)), at, word) for at, word in enumerate(ids) if word >= 0)
    if not known:
        return
    chosen = known[: max(6, length // 2)]
    votes = np.concatenate([index.places(word) - at for _count, at, word in chosen])
    if not len(votes):
        return
    width = max(8, length // 2)
    buckets, counts = np.unique(np.maximum(votes, 0) // width, return_counts=True)
    # A passage may straddle two buckets.
    joined = counts + np.where(np.append(np.diff(buckets) == 1, False), np.append(counts[1:], 0), 0)
    for at in np.argsort(-joined, kind="stable")[:MOST_CANDIDATES].tolist():
        start = int(buckets[at]) * width
        low, high = max(0, start - width), min(len(index.ids), start + 2 * width + length + width)
        document = index.document[min(start + width, len(index.ids) - 1)]
        inside = np.flatnonzero(index.document[low:high] == document)
        if len(inside):
            yield low + int(inside[0]), low + int(inside[-1]) + 1


# ---------------------------------------------------------------------------------- differences
def _slice(index: SourceIndex, match: _Match) -> str:
    text = index.texts[int(index.document[match.low])]
    return text[int(index.start[match.low]) : int(index.end[match.high - 1])]


def _differences(quote: str, source: str, *, lenient: bool) -> list[QuoteDifference]:
    """Return what the passage has otherwise than the source; none where they read the same.

    White space, the kind of quotation marks and dashes, hyphens at the ends of lines and
    punctuation at the ends make no difference; with `lenient`, neither does the size of the first
    letter.
    """
    ours = _even(quote)
    for theirs in (_even(_LINE_END.sub("", source)), _even(_LINE_END.sub("-", source))):
        if ours == theirs or (lenient and _small_head(ours) == _small_head(theirs)):
            return []
    left, right = ours.split(" "), _even(_LINE_END.sub("", source)).split(" ")
    changes: list[QuoteDifference] = []
    same = [[one.replace("'", '"') for one in words] for words in (left, right)]
    for tag, a, b, c, d in SequenceMatcher(None, *same, autojunk=False).get_opcodes():
        if tag != "equal":
            changes.append(QuoteDifference(" ".join(left[a:b]), " ".join(right[c:d])))
    return changes


def _small_head(text: str) -> str:
    return text[:1].casefold() + text[1:]


def _even(text: str) -> str:
    return _SPACE.sub(" ", text.translate(_EVEN)).strip(_EDGE)


def _key(word: str) -> str:
    return _JOINT.sub("", word).casefold()
