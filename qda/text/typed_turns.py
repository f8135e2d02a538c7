"""Splitting, joining and relabelling turns while their text is typed: places to put other texts.

All is read from the text as it is typed, so that it holds for labels that were typed just now. What
the labels come to is found when the text is saved (`turn_refinding`). Offsets are code points.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qda.text.turn_refinding import head_pattern

Change = tuple[int, int, str]
"""A stretch of the text, half-open, and what is to stand there instead."""
_GAP = re.compile(r"\s*\n\s*\Z")


@dataclass(frozen=True, slots=True)
class TypedHead:
    """Where a turn begins: with what stands before its speech, its label, its speech."""

    start: int
    label_start: int
    label_end: int
    speech: int
    label: str


def heads(text: str, labels: Iterable[str]) -> tuple[TypedHead, ...]:
    """Return the heads of the turns of those who have `labels`, in text order."""
    pattern = head_pattern(labels)
    found: list[TypedHead] = []
    at = 0
    while pattern is not None and 0 <= at <= len(text):
        hit = pattern.match(text, at)
        if hit is not None:
            found.append(TypedHead(hit.start("head"), *hit.span("label"), hit.end(), hit["label"]))
        following = text.find("\n", hit.end("head") if hit is not None else at)
        at = following + 1 if following >= 0 else -1
    return tuple(found)


def turn_at(found: Sequence[TypedHead], offset: int) -> int | None:
    """Return which turn an offset lies in, None before the first."""
    before = [place for place, one in enumerate(found) if one.start <= offset]
    return before[-1] if before else None


def split(text: str, found: Sequence[TypedHead], offset: int, label: str) -> Change | None:
    """Let `label` speak from an offset on; None where one of the two would say nothing."""
    at = turn_at(found, offset)
    if at is None:
        return None
    head = found[at]
    end = found[at + 1].start if at + 1 < len(found) else len(text)
    start = max(offset, head.speech)
    said, following = text[head.speech : start].rstrip(), text[start:end].lstrip()
    if not said or not following.strip():
        return None
    sign = text[head.label_end : head.speech]
    if ":" not in sign or any(one.isalnum() for one in sign):
        sign = ": "
    return (
        head.speech + len(said), end - len(following), _gap(text, found, at) + label + sign
    )  # fmt: skip


def join(text: str, found: Sequence[TypedHead], offset: int) -> Change | None:
    """Let a turn go on with the next, whose label goes; None for the last."""
    at = turn_at(found, offset)
    if at is None or at + 1 == len(found):
        return None
    following = found[at + 1]
    end = found[at].speech + len(text[found[at].speech : following.start].rstrip())
    return max(end, found[at].speech), following.speech, " " if end > found[at].speech else ""


def relabel(found: Sequence[TypedHead], offset: int, label: str) -> Change | None:
    """Let `label` speak the turn at an offset; None before the first turn."""
    at = turn_at(found, offset)
    return None if at is None else (found[at].label_start, found[at].label_end, label)


def _gap(text: str, found: Sequence[TypedHead], at: int) -> str:
    """Return what stands between two turns near by."""
    for head in (*found[at : at + 2], *found[:at][-1:]):
        gap = _GAP.search(text, 0, head.start)
        if gap is not None and head.start:
            return gap.group()
    return "\n\n"
