"""From the cues of a recording to turns: who speaks, from when, in paragraphs that can be read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qda.model.messages import Message, counted
from qda.model.reading import Decision, ReadTurn, SpeakerRole
from qda.text.normalise import normalise
from qda.text.turn_finding import turn_heads

REPEATED_KEY = "paragraph:repeated"

MAX_CUES = 100_000
"""The most cues that are read of one recording: fifty hours have no more."""

MAX_LINES = 500_000
"""The most lines of a file of cues, which end in two characters each."""

MAX_CHARACTERS = 20_000_000
"""The longest file of cues, in characters."""

MAX_NAME = 100
"""The longest name of a speaker, in characters; longer ones are cut."""

_PAUSE = 2_000
_LONG = 600
_MAX_MS = 10_000 * 3_600_000
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*$")
_CHANGE = re.compile(r"\s*>>+\s*")
_DASH = re.compile(r"\s*[-–—]\s*\S")
_EXAMPLE = 24


@dataclass(frozen=True, slots=True)
class Cue:
    """A line of speech with its time in milliseconds, None where the file does not say.

    `speaker` is empty where nobody is named; `begins` tells that somebody else speaks from here,
    `apart` that it is a turn of its own whoever spoke before.
    """

    start: int | None
    end: int | None
    text: str
    speaker: str = ""
    begins: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """Text and turns made of cues."""

    text: str
    turns: tuple[ReadTurn, ...]
    dropped: int


def milliseconds(seconds: float) -> int | None:
    """Return a time in seconds as milliseconds, None for what is no time of a recording."""
    if not 0 <= seconds <= _MAX_MS / 1000:
        return None
    return round(seconds * 1000)


def may_be_cues(text: str) -> bool:
    """Tell whether a file has no more of everything than the longest recordings."""
    return (
        len(text) <= MAX_CHARACTERS
        and text.count("\n") + text.count("\r") <= 2 * MAX_LINES
        and text.count("->") <= MAX_CUES
    )


def in_order(cues: Iterable[Cue]) -> list[Cue]:
    """Sort by time; a cue without one stays behind the cue before it."""
    latest = 0
    timed: list[tuple[int, Cue]] = []
    for cue in cues:
        latest = cue.start if cue.start is not None else latest
        timed.append((latest, cue))
    return [cue for _, cue in sorted(timed, key=lambda one: one[0])]


def name_speakers(cues: Sequence[Cue], speakers: Mapping[str, SpeakerRole]) -> list[Cue]:
    """Take the names at the head of cues off them, where the cues behave like turns.

    A name holds until the next one. Where the file names its speakers itself, nothing is done.
    """
    cues = [_mark_change(cue) for cue in cues]
    if any(cue.speaker for cue in cues):
        return cues
    heads = {
        head.line: head
        for head in turn_heads("\n".join(cue.text for cue in cues), speakers=speakers)
    }
    named: list[Cue] = []
    speaker = ""
    for number, cue in enumerate(cues):
        head = heads.get(number)
        if head is not None:
            speaker = head.label
            named.append(
                replace(cue, text=cue.text[head.text_start :].strip(), speaker=speaker, begins=True)
            )
            continue
        if cue.begins:
            # Somebody else speaks, and nobody says who.
            speaker = ""
        named.append(replace(cue, speaker=speaker))
    return named


def compose(cues: Iterable[Cue]) -> Speech:
    """Join the cues of one speaker to a turn, and write the turns as paragraphs.

    A turn is `Name: text`, without a name plain text. Paragraphs within it end at a pause or after
    many words, and only where a sentence ends. Where nobody is named each paragraph is a turn.
    """
    pieces: list[str] = []
    turns: list[ReadTurn] = []
    length = dropped = 0
    cues = [cue for cue in cues if cue.text.strip()]
    for group in _groups(cues):
        speaker = " ".join(normalise(group[0].speaker)[0].split())[:MAX_NAME]
        paragraphs, gone = normalise("\n".join(_paragraphs(group)))
        dropped += gone
        if not paragraphs.strip():
            continue
        lead = ("\n" if pieces else "") + (f"{speaker}: " if speaker else "")
        label_start = length + (1 if lead.startswith("\n") else 0)
        start = length + len(lead)
        pieces += [lead, paragraphs]
        length = start + len(paragraphs)
        time = next((cue.start for cue in group if cue.start is not None), None)
        if speaker or time is not None:
            turns.append(ReadTurn(label_start, start, length, speaker, False, time))  # noqa: FBT003
    return Speech("".join(pieces), tuple(turns), dropped)


def unnamed_warning(cues: Sequence[Cue]) -> tuple[Message, ...]:
    """Say how many cues name no speaker, where others do."""
    unnamed = sum(not cue.speaker for cue in cues)
    if not unnamed or unnamed == len(cues):
        return ()
    return (
        counted(
            "{n} piece of the recording names no speaker.",
            "{n} pieces of the recording name no speaker.",
            unnamed,
        ),
    )


def drop_repeats(
    cues: Sequence[Sequence[Cue]], choices: Mapping[str, bool]
) -> tuple[list[Cue], tuple[Decision, ...]]:
    """Take out the lines that rolling captions show again; each cue is given as its lines.

    Captions roll where most cues begin with the line that the cue before them ended with.
    """
    repeated: set[int] = set()
    for at, (before, after) in enumerate(pairwise(cues), start=1):
        if before and after and before[-1].text == after[0].text:
            repeated.add(at)
    rolling = [at for at in repeated if len(cues[at]) > 1]
    if len(cues) < 4 or len(repeated) * 2 < len(cues) or len(rolling) < 2:
        return [line for cue in cues for line in cue], ()
    applied = choices.get(REPEATED_KEY, True)
    first = cues[min(rolling)]
    before = "\n".join(line.text[:_EXAMPLE] for line in (first[0], *first[:2]))
    after = "\n".join(line.text[:_EXAMPLE] for line in first[:2])
    decision = Decision(REPEATED_KEY, "paragraph", before, after, len(repeated), applied)
    kept = [
        line
        for at, cue in enumerate(cues)
        for line in (cue[1:] if applied and at in repeated else cue)
    ]
    return kept, (decision,)


def _mark_change(cue: Cue) -> Cue:
    """Take the sign that somebody else speaks (`>>`) off the head of a cue."""
    match = _CHANGE.match(cue.text)
    if match is None or cue.speaker:
        return cue
    return replace(cue, text=cue.text[match.end() :], begins=True)


def _groups(cues: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Yield the cues of each turn; without a speaker, of each paragraph."""
    group: list[Cue] = []
    length = 0
    for cue in cues:
        if group and (
            cue.apart
            or cue.speaker != group[-1].speaker
            or (
                not cue.speaker
                and (cue.begins or _DASH.match(cue.text) or _parts(group[-1], cue, length))
            )
        ):
            yield group
            group, length = [], 0
        group.append(cue)
        length += len(cue.text)
    if group:
        yield group


def _paragraphs(group: Sequence[Cue]) -> list[str]:
    paragraphs: list[list[str]] = [[]]
    length = 0
    for number, cue in enumerate(group):
        if number and _parts(group[number - 1], cue, length):
            paragraphs.append([])
            length = 0
        paragraphs[-1].append(" ".join(cue.text.split(" ")).strip())
        length += len(cue.text)
    return [" ".join(parts) for parts in paragraphs]


def _parts(before: Cue, after: Cue, length: int) -> bool:
    """Tell whether a paragraph ends between two cues, of which `length` characters came before."""
    if not _ENDS.search(before.text.rstrip()):
        return False
    if length > _LONG:
        return True
    return before.end is not None and after.start is not None and after.start - before.end >= _PAUSE
