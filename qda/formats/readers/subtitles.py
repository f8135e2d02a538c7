"""Subtitles, WebVTT and SubRip: cues joined to turns, times kept.

A time line is plain to see, so both are read by it, whatever stands around it; docs/decisions/030
says why no library does it.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qda.formats.readers.cues import (
    Cue,
    compose,
    drop_repeats,
    in_order,
    may_be_cues,
    name_speakers,
    unnamed_warning,
)
from qda.formats.readers.encodings import DecodedText, decode
from qda.formats.readers.raw import RawDocument, ReadTask
from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.reading import Decision
from qda.text.normalise import dropped_warning, normalise

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_TIMES = re.compile(rf"[^\S\n]*({_CLOCK})[^\S\n]*-->[^\S\n]*({_CLOCK})(?:[^\S\n].*)?$")
_PARTS = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:[.,](\d+))?")
_NUMBER = re.compile(r"\s*\d+\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+([^<>\n]*))?>|</v>", re.IGNORECASE)
_RUBY = re.compile(r"<rt(?:\.[^<>]*)?>[^<]*(?:</rt>)?", re.IGNORECASE)
_VTT_TAG = re.compile(r"</?(?:[bicu]|lang|ruby|v)(?:[. \t][^<>\n]*)?>|<\d[\d:.]*>", re.IGNORECASE)
_SRT_TAG = re.compile(r"</?(?:[biu]|font|s)(?:\s[^<>\n]*)?>|\{\\[^{}\n]*\}", re.IGNORECASE)
_STAMP = re.compile(rf"\[{_CLOCK}\]\s*")
_STEP = 5_000


@dataclass(frozen=True, slots=True)
class _Block:
    """A cue as it stands in the file: its times and its lines."""

    start: int
    end: int
    lines: tuple[str, ...]


def parse_clock(clock: str) -> int:
    """Return the milliseconds of a time such as `01:02:03.500`, hours optional."""
    match = _PARTS.match(clock)
    if match is None:
        return 0
    hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0")[:3].ljust(3, "0"))


def is_clock(text: str) -> bool:
    """Tell whether the text is a time such as `01:02:03.500`."""
    return re.fullmatch(_CLOCK, text.strip()) is not None


def read_vtt(task: ReadTask) -> RawDocument:
    """Read WebVTT; styles, regions, notes and settings are no text."""
    return _read(task, ends_at_blank=True, lines_of=_vtt_lines)


def read_srt(task: ReadTask) -> RawDocument:
    """Read SubRip; numbers and markup are no text."""
    return _read(task, ends_at_blank=False, lines_of=_srt_lines)


def _read(
    task: ReadTask, *, ends_at_blank: bool, lines_of: Callable[[_Block], Iterator[Cue]]
) -> RawDocument:
    decoded = decode(task.source, task.file_name, task.options.encoding)
    if not may_be_cues(decoded.text):
        raise FileProblem(
            message("{name} is too big; split it into several files.", name=task.file_name)
        )
    text, dropped = normalise(decoded.text)
    blocks = list(_blocks(text, task, ends_at_blank=ends_at_blank))
    if not blocks:
        raise FileProblem(
            message("{name} has no subtitles in it: no line with times.", name=task.file_name)
        )
    cues = sorted((list(lines_of(block)) for block in blocks), key=_start)
    lines, decisions = drop_repeats([cue for cue in cues if cue], task.options.choices)
    lines = name_speakers(in_order(lines), task.options.speakers)
    return _document(lines, decoded, dropped, decisions)


def _start(cue: list[Cue]) -> int:
    return (cue[0].start or 0) if cue else 0


def _document(
    cues: list[Cue], decoded: DecodedText, dropped: int, decisions: tuple[Decision, ...]
) -> RawDocument:
    speech = compose(cues)
    dropped += speech.dropped
    return RawDocument(
        speech.text,
        decoded.encoding,
        decisions=decisions,
        warnings=(
            *decoded.warnings,
            *((dropped_warning(dropped),) if dropped else ()),
            *unnamed_warning(cues),
        ),
        turns=speech.turns,
    )


def _blocks(text: str, task: ReadTask, *, ends_at_blank: bool) -> Iterator[_Block]:
    """Yield the cues: what follows a line with times, to a blank line or to the next cue."""
    times: tuple[int, int] | None = None
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if number % _STEP == 0:
            task.progress.step()
        match = _TIMES.match(line) if "-->" in line else None
        if match is not None:
            if times is not None:
                yield _Block(*times, tuple(_without_number(lines)))
            times, lines = (parse_clock(match[1]), parse_clock(match[2])), []
        elif times is not None and ends_at_blank and not line:
            yield _Block(*times, tuple(lines))
            times, lines = None, []
        elif times is not None:
            lines.append(line)
    if times is not None:
        yield _Block(*times, tuple(lines))


def _without_number(lines: list[str]) -> list[str]:
    """Leave out the number of the next cue, which stands on a line of its own before its times."""
    if lines and _NUMBER.match(lines[-1]) and (len(lines) == 1 or not lines[-2].strip()):
        return lines[:-1]
    return lines


def _vtt_lines(block: _Block) -> Iterator[Cue]:
    text = _RUBY.sub("", "\n".join(block.lines))
    speaker, position = "", 0
    for match in _VOICE.finditer(text):
        yield from _vtt_part(block, text[position : match.start()], speaker)
        speaker, position = html.unescape(match[1] or "").strip(), match.end()
    yield from _vtt_part(block, text[position:], speaker)


def _vtt_part(block: _Block, text: str, speaker: str) -> Iterator[Cue]:
    text = html.unescape(_VTT_TAG.sub("", text))
    if speaker:
        speaker, text = _without_label(speaker, text)
    for line in text.split("\n"):
        if line.strip():
            yield Cue(block.start, block.end, line.strip(), speaker)


def _without_label(speaker: str, text: str) -> tuple[str, str]:
    """Take off what a cue says of its voice once more: noScribe writes `<v S01>S01: [00:00:12] …`.

    Speech over another's has slashes before the voice and the words; the words keep them.
    """
    name = speaker.removeprefix("//").strip() or speaker
    said = text.lstrip()
    slashes = "//" if said.startswith("//") else ""
    said = said.removeprefix("//").lstrip()
    if not said.startswith(f"{name}:"):
        return name, text
    said = said[len(name) + 1 :].lstrip()
    stamp = _STAMP.match(said)
    return name, slashes + said[stamp.end() if stamp else 0 :]


def _srt_lines(block: _Block) -> Iterator[Cue]:
    for line in block.lines:
        shown = _SRT_TAG.sub("", line).strip()
        if shown:
            yield Cue(block.start, block.end, shown)
