"""Turns that begin or end because a text was corrected: labels typed, labels taken out.

What carries turns across an edit keeps each in its place. Here it is read what was typed: a line
that begins with the label of somebody who speaks in the text begins a turn, and a turn whose label
was taken out is said by whoever spoke before it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qda.text.anchoring import Anchors
from qda.text.time_stamps import STAMP, parse_time, stamps_in
from qda.text.turn_anchoring import TurnPlace


@dataclass(frozen=True, slots=True)
class Refound:
    """A turn in the corrected text.

    `index` is its place among the turns that were carried, None for one that was typed; `joined`
    are the places of those that go into it. `time_ms` is the time that a typed one gives.
    """

    place: TurnPlace
    index: int | None
    joined: tuple[int, ...] = ()
    time_ms: int | None = None


def refind(
    anchors: Anchors,
    before: Sequence[TurnPlace],
    carried: Sequence[TurnPlace | None],
    labels: Iterable[str],
    limit: int,
    *,
    typed: bool = True,
) -> list[Refound]:
    """Return the turns of a corrected stretch in text order, with `typed` as they were typed.

    `before` and `carried` are the same turns in the old text and in the new one; `labels` are
    those of everybody who speaks in the text; `limit` is where in the new text the next turn's
    label begins. What is said of a turn that is gone is nothing.
    """
    kept = sorted(
        ((place, index) for index, place in enumerate(carried) if place is not None),
        key=lambda pair: (pair[0].label_start, pair[0].start),
    )
    found: list[Refound] = []
    for place, index in kept:
        if typed and found and _lost_its_label(anchors, before[index], place):
            last = found[-1]
            whole = replace(last.place, end=max(last.place.end, place.end))
            found[-1] = replace(last, place=whole, joined=(*last.joined, index))
        else:
            found.append(Refound(place, index))
    for head in _typed_heads(anchors, labels) if typed else ():
        found = _with_head(anchors.new, found, head, limit)
    return found


def time_at_head(text: str, place: TurnPlace) -> int | None:
    """Return the time that a turn gives at its label or right behind it; None without one."""
    line_start = text.rfind("\n", 0, place.label_start) + 1
    head = text[line_start : place.start]
    stamps = stamps_in(head)
    if stamps:
        return stamps[0].time_ms
    first = re.match(rf"(?P<stamp>{STAMP})(?=\s|$)", text[place.start : place.end])
    return parse_time(first["stamp"]) if first else None


def _lost_its_label(anchors: Anchors, old: TurnPlace, new: TurnPlace) -> bool:
    """Tell whether a turn had a label that is written no longer."""
    had = anchors.old[old.label_start : old.start]
    has = anchors.new[new.label_start : new.start]
    return _has_letter(had) and not _has_letter(has)


def _has_letter(text: str) -> bool:
    return any(one.isalnum() for one in text)


@dataclass(frozen=True, slots=True)
class _Head:
    """A typed label: where its line's words begin, where the speech behind it does."""

    label_start: int
    start: int
    label: str
    time_ms: int | None


def head_pattern(labels: Iterable[str]) -> re.Pattern[str] | None:
    """Return what a line begins with that begins a turn of one of `labels`, None without any.

    Its groups are `head` (stamp, label and sign), `label`, and a stamp `before` or `after` it.
    """
    known = sorted({label for label in labels if label.strip()}, key=len, reverse=True)
    if not known:
        return None
    names = "|".join(re.escape(label) for label in known)
    return re.compile(
        rf"[^\S\n]*(?P<head>(?:(?P<before>{STAMP})[^\S\n]*[-–:]?[^\S\n]*)?(?P<label>{names})"
        rf"(?:[^\S\n]*(?P<after>{STAMP}))?[^\S\n]?[:\t])\s*"
    )


def _typed_heads(anchors: Anchors, labels: Iterable[str]) -> Iterator[_Head]:
    """Yield the labels at the head of lines that were typed, in order."""
    pattern = head_pattern(labels)
    if pattern is None:
        return
    text = anchors.new
    seen = -1
    for number, edit in enumerate(anchors.map.edits):
        if not edit.inserted:
            continue
        start, end = anchors.map.inserted(number)
        line = text.rfind("\n", 0, start) + 1
        while 0 <= line <= end:
            hit = pattern.match(text, line) if line > seen else None
            # A break that was typed right before a line begins it anew.
            typed = hit is not None and max(line, start) < min(hit.end("head"), end)
            if hit is not None and (typed or start < line):
                stamp = hit["before"] or hit["after"]
                time = parse_time(stamp) if stamp else None
                yield _Head(hit.start("head"), hit.end(), hit["label"], time)
            seen = max(seen, line)
            following = text.find("\n", line)
            line = following + 1 if following >= 0 else -1


def _with_head(text: str, found: list[Refound], head: _Head, limit: int) -> list[Refound]:
    """Let a turn begin at a typed label, where it stands inside another or between two."""
    place = sum(one.place.label_start <= head.label_start for one in found)
    ends = found[place].place.label_start if place < len(found) else limit
    line_end = text.find("\n", head.label_start)
    line_end = len(text) if line_end < 0 else line_end
    if place < len(found) and found[place].place.label_start <= min(line_end, head.start):
        return found
    around = found[place - 1] if place else None
    if around is not None and head.label_start <= around.place.start:
        return found
    said = text[head.start : max(head.start, ends)]
    if not said.strip():
        return found
    start = head.start + len(said) - len(said.lstrip())
    made = TurnPlace(head.label_start, start, start + len(said.strip()), head.label)
    result = list(found)
    if around is not None and around.place.end > head.label_start:
        rest = text[around.place.start : head.label_start].rstrip()
        if not rest:
            return found
        cut = replace(around.place, end=around.place.start + len(rest))
        result[place - 1] = replace(around, place=cut)
    result.insert(place, Refound(made, None, (), head.time_ms))
    return result
