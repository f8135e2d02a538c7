"""Text as transcribers of the Whisper family print it: times in brackets before each line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qda.formats.readers.cues import (
    Cue,
    Speech,
    compose,
    in_order,
    may_be_cues,
    name_speakers,
    unnamed_warning,
)
from qda.formats.readers.subtitles import parse_clock
from qda.model.messages import Message
from qda.model.reading import Decision, ReadOptions, SpeakerRole

TIMES_KEY = "paragraph:times"

_CLOCK = r"(?:(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?|\d{1,6}(?:\.\d{1,3})?s?)"
_LINE = re.compile(
    rf"\[?[^\S\n]*({_CLOCK})[^\S\n]*-{{1,2}}>[^\S\n]*({_CLOCK})[^\S\n]*\]?:?[^\S\n]*(.*)$"
)
_NAME = re.compile(r"[\[(]?(SPEAKER[ _]?\d{1,3})[\])]?[^\S\n]*[:\-–]?[^\S\n]+", re.IGNORECASE)
_MIN_LINES = 2
_SHARE = 0.5
_EXAMPLE = 60


@dataclass(frozen=True, slots=True)
class StampedText:
    """The speech in stamped lines, what was decided of them, and what to look at."""

    speech: Speech
    decision: Decision
    warnings: tuple[Message, ...]


def read_stamped(text: str, options: ReadOptions) -> StampedText | None:
    """Read text whose lines begin with the times from and to; None where they do not.

    It is a proposal: with `paragraphs` set to lines, or turned down, the text is left as it is.
    """
    if "->" not in text or not may_be_cues(text):
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    matches = [_LINE.match(line.lstrip()) if "->" in line else None for line in lines]
    stamped = sum(match is not None for match in matches)
    if stamped < _MIN_LINES or stamped < _SHARE * len(lines):
        return None
    cues = _named(lines, matches, options.speakers)
    speech = compose(cues)
    first = next(at for at, match in enumerate(matches) if match is not None)
    decision = Decision(
        key=TIMES_KEY,
        kind="paragraph",
        before="\n".join(line[:_EXAMPLE] for line in lines[first : first + 2]),
        after=speech.text[: 2 * _EXAMPLE],
        count=stamped,
        applied=options.choices.get(TIMES_KEY, options.paragraphs != "lines"),
    )
    return StampedText(speech, decision, unnamed_warning(cues))


def _named(
    lines: list[str],
    matches: list[re.Match[str] | None],
    speakers: Mapping[str, SpeakerRole],
) -> list[Cue]:
    cues: list[Cue] = []
    for line, match in zip(lines, matches, strict=True):
        if match is None:
            before = cues[-1] if cues else Cue(None, None, "")
            cues.append(Cue(before.start, before.end, line.strip(), before.speaker))
            continue
        said = match[3].strip()
        name = _NAME.match(said)
        if name is not None:
            said = said[name.end() :]
        start, end = (_milliseconds(clock) for clock in (match[1], match[2]))
        cues.append(Cue(start, end, said, name[1] if name else ""))
    return name_speakers(in_order(cues), speakers)


def _milliseconds(clock: str) -> int:
    if ":" in clock:
        return parse_clock(clock)
    return round(float(clock.removesuffix("s")) * 1000)
