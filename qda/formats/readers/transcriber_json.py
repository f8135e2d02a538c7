"""The JSON that transcribers of the Whisper family write: segments with times and speakers.

Read are the shapes of Whisper and of OpenAI's `verbose_json` (`segments`), whisperx (`segments`
with `speaker` and `words`), faster-whisper (a bare list of segments), whisper.cpp
(`transcription` with `offsets`), the pipelines of transformers (`chunks` with `timestamp`),
`utterances`, and Amberscript (`segments` of `words`, and `speakers` who name their ids).
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from qda.formats.readers.cues import (
    MAX_CUES,
    Cue,
    compose,
    in_order,
    milliseconds,
    name_speakers,
    unnamed_warning,
)
from qda.formats.readers.encodings import decode
from qda.formats.readers.raw import RawDocument, ReadTask, check_length
from qda.formats.readers.subtitles import is_clock, parse_clock
from qda.model.errors import FileProblem
from qda.model.messages import Message, message
from qda.text.normalise import dropped_warning, normalise

MAX_JSON = 40_000_000
"""The largest JSON that is read, in bytes: what it becomes in memory is many times as much."""

MAX_THINGS = 1_000_000
"""The most lists and objects that are read of one file."""

_LISTS = ("segments", "chunks", "transcription", "utterances")
_TEXTS = ("text", "transcript", "body")
_STARTS = ("start", "startTime", "start_time")
_ENDS = ("end", "endTime", "end_time")
_WORDS = ("text", "word")
_IDS = ("spkid", "id", "speaker", "label")
_SPEAKERS = ("speaker", "speaker_label", "speakerLabel", "speaker_id")
_PLAIN = frozenset(
    ["text", "task", "language", "duration", "usage", "words", "segments", "logprobs", "chunks"]
)

Json: TypeAlias = "Mapping[str, object]"


def read_json(task: ReadTask) -> RawDocument:
    """Read a transcript in JSON. Raises FileProblem for JSON that is none."""
    _check_size(task)
    decoded = decode(task.source, task.file_name, task.options.encoding)
    task.progress.step()
    text, control = normalise(decoded.text)
    whole = _parse(text, task.file_name)
    task.progress.step()
    segments, factor = _segments(whole)
    if len(segments) > MAX_CUES:
        raise FileProblem(_too_big(task.file_name))
    names = _names(_get(whole, "speakers"))
    cues = [cue for one in segments for cue in _cue(one, factor, names)]
    if not cues:
        cues = list(_plain(whole))
    if not cues:
        raise FileProblem(_no_transcript(task.file_name))
    cues = name_speakers(in_order(cues), task.options.speakers)
    speech = compose(cues)
    check_length(speech.text, task.file_name)
    dropped = control + speech.dropped
    told = (dropped_warning(dropped),) if dropped else ()
    return RawDocument(
        speech.text,
        decoded.encoding,
        warnings=(*decoded.warnings, *told, *unnamed_warning(cues)),
        turns=speech.turns,
    )


def _check_size(task: ReadTask) -> None:
    things = task.source.count(b"{") + task.source.count(b"[")
    if len(task.source) > MAX_JSON or things > MAX_THINGS:
        raise FileProblem(_too_big(task.file_name))


def _too_big(name: str) -> Message:
    return message("{name} is too big; split it into several files.", name=name)


def _parse(text: str, file_name: str) -> object:
    try:
        # Whole numbers as fractions: a number of a million digits takes long to be one.
        return json.loads(text, parse_int=float, parse_constant=lambda _: None)
    except RecursionError as error:
        raise FileProblem(
            message("{name} is nested too deeply to be a transcript.", name=file_name)
        ) from error
    except ValueError as error:
        raise FileProblem(message("{name} is damaged or is no JSON.", name=file_name)) from error


def _no_transcript(name: str) -> Message:
    return message(
        "{name} is no transcript: it has no segments with text. Save it from the transcriber as "
        ".vtt, .srt or .txt, and import that.",
        name=name,
    )


def _segments(whole: object) -> tuple[Sequence[object], float]:
    """Return the segments, and how many seconds their times count in."""
    if isinstance(whole, list):
        return cast(list[object], whole), 1.0
    for name in _LISTS:
        found = _get(whole, name)
        if isinstance(found, list) and found:
            # AssemblyAI counts utterances in milliseconds.
            return cast(list[object], found), 0.001 if name == "utterances" else 1.0
    return (), 1.0


def _names(speakers: object) -> Mapping[str, str]:
    """Return what a list of speakers calls those whom the segments name by their ids."""
    if not isinstance(speakers, list):
        return {}
    named = (
        (_label(_first(one, _IDS)), _label(_get(one, "name")))
        for one in cast(list[object], speakers)
    )
    return {identifier: name for identifier, name in named if identifier and name}


def _cue(segment: object, factor: float, names: Mapping[str, str]) -> Iterator[Cue]:
    """Yield the segment as a cue, if it is one."""
    text = _first_text(segment, _TEXTS)
    start, end = _times(segment, factor)
    words = _get(segment, "words")
    if not text.strip() and isinstance(words, list):
        spoken = cast(list[object], words)
        text = " ".join(_first_text(one, _WORDS) for one in spoken)
        times = [_times(one, factor) for one in spoken[:1] + spoken[-1:]]
        if start is None and times:
            start, end = times[0][0], times[-1][1]
    if not text.strip():
        return
    speaker = _speaker(segment)
    yield Cue(start, end, " ".join(text.split()), names.get(speaker, speaker))


def _times(segment: object, factor: float) -> tuple[int | None, int | None]:
    start, end = (_time(_first(segment, names), factor) for names in (_STARTS, _ENDS))
    pair = _get(segment, "timestamp")
    if isinstance(pair, list):
        both = [*cast(list[object], pair), None, None]
        return _time(both[0], 1.0), _time(both[1], 1.0)
    offsets, stamps = _get(segment, "offsets"), _get(segment, "timestamps")
    if start is None and offsets is not None:
        return _time(_get(offsets, "from"), 0.001), _time(_get(offsets, "to"), 0.001)
    if start is None and stamps is not None:
        return _time(_get(stamps, "from"), 1.0), _time(_get(stamps, "to"), 1.0)
    return start, end


def _time(found: object, factor: float) -> int | None:
    if isinstance(found, str):
        if is_clock(found):
            return milliseconds(parse_clock(found) / 1000)
        try:
            found = float(found.strip().removesuffix("s")[:32])
        except ValueError:
            return None
    if not isinstance(found, float) or not math.isfinite(found):
        return None
    return milliseconds(found * factor)


def _speaker(segment: object) -> str:
    """Return who speaks: as the segment says, else as most of its words say."""
    named = _label(_first(segment, _SPEAKERS))
    words = _get(segment, "words")
    if named or not isinstance(words, list):
        return named
    counts = Counter(_label(_first(one, _SPEAKERS)) for one in cast(list[object], words))
    del counts[""]
    return max(counts, key=lambda one: counts[one], default="")


def _label(found: object) -> str:
    if isinstance(found, float) and math.isfinite(found):
        # A bare number is no name yet.
        return f"SPEAKER_{found:02.0f}" if 0 <= found < 1000 else ""
    if isinstance(found, dict):
        found = _first(cast(object, found), ("name", "label", "id"))
    return " ".join(found.split())[:100].rstrip(" :") if isinstance(found, str) else ""


def _plain(whole: object) -> Iterator[Cue]:
    """Yield the text of an answer that has no segments."""
    text = _first_text(whole, ("text",))
    if isinstance(whole, dict) and cast(Json, whole).keys() <= _PLAIN and text.strip():
        for line in text.split("\n"):
            if line.strip():
                yield Cue(None, None, line.strip())


def _get(thing: object, name: str) -> object:
    return cast(Json, thing).get(name) if isinstance(thing, dict) else None


def _first(thing: object, names: Sequence[str]) -> object:
    return next((found for name in names if (found := _get(thing, name)) is not None), None)


def _first_text(thing: object, names: Sequence[str]) -> str:
    found = _first(thing, names)
    return found if isinstance(found, str) else ""
