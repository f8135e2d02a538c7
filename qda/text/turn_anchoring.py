"""Carry speakers' turns across edits of a text.

A turn is more than a stretch: whatever is written into it, at its first or last character too, or
behind it up to the next speaker's label, is said in it. Only a turn in which nothing is said any
more is gone.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qda.text.anchoring import REMNANT, Anchors

LONGEST_LABEL = 60
_HEAD = re.compile(rf"\s*(?P<label>[^\n:\t]{{1,{LONGEST_LABEL}}})[:\t]\s*")


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """Where a turn is: its label begins at `label_start`, what is said is `start:end`."""

    label_start: int
    start: int
    end: int
    label: str


def carry_turns(
    anchors: Anchors, turns: Sequence[TurnPlace], limit: int | None = None
) -> list[TurnPlace | None]:
    """Return where turns are after the edits, None for those in which nothing is said any more.

    `turns` are in text order; so is the result but for turns that were cut and pasted elsewhere.
    `limit` is where the label of the turn after them starts, if there is one.
    """
    limits = [max(turn.label_start, before.end) for before, turn in pairwise(turns)]
    limits.append(len(anchors.old) if limit is None else limit)
    carried = [_carry(anchors, turn, limit) for turn, limit in zip(turns, limits, strict=False)]
    if not anchors.map.edits:
        return carried
    return _apart(anchors.new, carried)


def _carry(anchors: Anchors, turn: TurnPlace, limit: int) -> TurnPlace | None:
    """Carry one turn; the next one, or the end of the text, is at `limit`."""
    starts, ends = anchors.map.starts, anchors.map.ends
    first = bisect_right(ends, turn.label_start)
    at_label = first > 0 and starts[first - 1] == turn.label_start
    if not at_label and bisect_right(starts, limit, first) == first:
        shift = anchors.map.shifts[first]
        return TurnPlace(turn.label_start + shift, turn.start + shift, turn.end + shift, turn.label)
    length = turn.end - turn.label_start
    if anchors.map.surviving(turn.label_start, turn.end) * REMNANT < length:
        place, _ = anchors.find(turn.label_start, turn.end)
        if place >= 0:
            return _moved(turn, place - turn.label_start)
    return _edited(anchors, turn, limit) or _replaced(anchors, turn)


def _moved(turn: TurnPlace, by: int) -> TurnPlace:
    return TurnPlace(turn.label_start + by, turn.start + by, turn.end + by, turn.label)


def _edited(anchors: Anchors, turn: TurnPlace, limit: int) -> TurnPlace | None:
    """Carry a turn that stands where it stood; None where nothing is left of its speech."""
    if anchors.map.surviving(turn.start, turn.end) == 0 and not _is_retyped(anchors, turn):
        return None
    label_start = _label_start(anchors, turn.label_start)
    start = label_start
    if turn.start > turn.label_start:
        start = max(start, anchors.map.before(turn.start))
    stop = anchors.map.after(turn.end)
    gap = anchors.old[turn.end : limit]
    if not gap or gap.isspace():
        last = limit == len(anchors.old)
        stop = len(anchors.new) if last else _label_start(anchors, limit)
    said = anchors.new[start:stop]
    if not said or said.isspace():
        return None
    start += len(said) - len(said.lstrip())
    end = start + len(said.strip())
    return TurnPlace(label_start, start, end, _label(anchors, turn, label_start, start))


def _is_retyped(anchors: Anchors, turn: TurnPlace) -> bool:
    """Tell whether something was written in place of a speech that is gone."""
    begins = anchors.map.before(turn.start)
    written = anchors.new[begins : anchors.map.after(turn.end)]
    return bool(written) and not written.isspace()


def _replaced(anchors: Anchors, turn: TurnPlace) -> TurnPlace | None:
    """Carry a turn that one edit replaced with its label and all."""
    whole = anchors.replaced(turn.label_start, turn.end)
    if whole is None:
        return None
    written = anchors.new[whole[0] : whole[1]].rstrip()
    head = _HEAD.match(written)
    if head is None or head.end() == len(written):
        start = whole[0] + len(written) - len(written.lstrip())
        return TurnPlace(start, start, whole[0] + len(written), turn.label)
    label = " ".join(head["label"].split())
    return TurnPlace(
        whole[0] + head.start("label"), whole[0] + head.end(), whole[0] + len(written), label
    )


def _label_start(anchors: Anchors, offset: int) -> int:
    """Return where a label begins: what is written before it on its own line belongs to it."""
    begins, stops = anchors.map.before(offset), anchors.map.after(offset)
    return begins + anchors.new[begins:stops].rfind("\n") + 1


def _label(anchors: Anchors, turn: TurnPlace, label_start: int, start: int) -> str:
    """Return the label as it reads now; the old one where none is left."""
    region = anchors.old[turn.label_start : turn.start]
    at = region.find(turn.label)
    if at < 0 or anchors.new[label_start:start] == region:
        return turn.label
    begins = label_start
    if at:
        begins = max(begins, anchors.map.before(turn.label_start + at))
    stops = min(start, anchors.map.after(turn.label_start + at + len(turn.label)))
    label = " ".join(anchors.new[begins:stops].split()).rstrip(":").rstrip()
    return label if 0 < len(label) <= LONGEST_LABEL else turn.label


def _apart(new: str, carried: Sequence[TurnPlace | None]) -> list[TurnPlace | None]:
    """Cut turns short where another was pasted into them; the rest is said in that one."""
    places: dict[int, TurnPlace] = {
        index: turn for index, turn in enumerate(carried) if turn is not None
    }
    order = sorted(places, key=lambda index: (places[index].label_start, places[index].start))
    for index, following in pairwise(order):
        turn, other = places[index], places[following]
        if turn.end <= other.label_start:
            continue
        places[following] = replace(other, end=max(turn.end, other.end))
        said = new[turn.start : max(turn.start, other.label_start)].rstrip()
        if said:
            places[index] = replace(turn, end=turn.start + len(said))
        else:
            del places[index]
    return [places.get(index) for index in range(len(carried))]
