"""Files of sound and film: which are, how long they last, what they are known by.

Nothing is decoded here. A file counts as a recording by its first bytes: a player would open
lists that name addresses on the network as well, and those must never reach it.
"""

import hashlib
import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from qda.model.errors import FileProblem
from qda.model.messages import message
from qda.model.texts import RecordingFile

ENDINGS = (
    ".wav", ".mp3", ".m4a", ".mp4", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wma", ".amr",
    ".aif", ".aiff", ".caf", ".mov", ".mkv", ".webm", ".avi", ".wmv", ".3gp", ".mpg", ".mpeg",
)  # fmt: skip
"""What such files are usually called, for the dialog in which one is chosen."""
SAMPLED = 65_536
"""How much of the beginning and of the end tells a recording from others of the same size."""
_HEAD = 64
_MOST_BOXES = 10_000
_WMA = bytes.fromhex("3026b2758e66cf11")
_MP3_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MP3_SAMPLES = (44_100, 48_000, 32_000)


def describe(path: Path) -> RecordingFile:
    """Return what a recording is known by. Raises FileProblem for what is none."""
    try:
        if not path.is_file():
            raise FileProblem(
                message("There is no file {name} here; check the name and folder.", name=path.name)
            )
        stat = path.stat()
        with path.open("rb") as file:
            kind = _kind(file.read(_HEAD))
            if not kind:
                raise FileProblem(
                    message(
                        "{name} is no recording that can be played here; choose a file of sound "
                        "or film, such as .wav, .mp3 or .m4a.",
                        name=path.name,
                    )
                )
            duration = _duration(file, kind, stat.st_size)
            fingerprint = _fingerprint(file, stat.st_size)
    except (OSError, ValueError) as error:
        raise FileProblem(
            message("{name} cannot be read; check that you may open it.", name=path.name)
        ) from error
    modified = datetime.fromtimestamp(stat.st_mtime, UTC).isoformat(timespec="seconds")
    return RecordingFile(
        stat.st_size, modified.replace("+00:00", "Z"), duration, fingerprint
    )  # fmt: skip


def is_recording(path: Path) -> bool:
    """Tell whether the first bytes of a file are those of a recording."""
    try:
        with path.open("rb") as file:
            return path.is_file() and bool(_kind(file.read(_HEAD)))
    except (OSError, ValueError):
        return False


def is_same(path: Path, file: RecordingFile) -> bool:
    """Tell whether a file is the one that was described, whatever it is called now."""
    try:
        if not path.is_file() or path.stat().st_size != file.size:
            return False
        with path.open("rb") as opened:
            return _fingerprint(opened, file.size) == file.fingerprint
    except (OSError, ValueError):
        return False


def _fingerprint(file: BinaryIO, size: int) -> str:
    digest = hashlib.sha256(str(size).encode())
    file.seek(0)
    digest.update(file.read(SAMPLED))
    file.seek(max(0, size - SAMPLED))
    digest.update(file.read(SAMPLED))
    return digest.hexdigest()


def _kind(head: bytes) -> str:
    """Return what a file is by its first bytes, "" for what is no recording."""
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] in (b"WAVE", b"AVI "):
        return "wav" if head[8:12] == b"WAVE" else "film"
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "mp4"
    for start, kind in (
        (b"OggS", "ogg"), (b"fLaC", "flac"), (b"ID3", "mp3"), (b"\x1a\x45\xdf\xa3", "film"),
        (_WMA, "film"), (b"#!AMR", "film"), (b"caff", "film"), (b"\x00\x00\x01\xba", "film"),
        (b"\x00\x00\x01\xb3", "film"),
    ):  # fmt: skip
        if head.startswith(start):
            return kind
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "film"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "aac" if head[1] & 0xF6 == 0xF0 else "mp3"
    return ""


# ----------------------------------------------------------------------------------- duration
def _duration(file: BinaryIO, kind: str, size: int) -> int | None:
    """Return how long a recording lasts in milliseconds; None where that is not easily told."""
    readers: dict[str, Callable[[BinaryIO, int], float | None]] = {
        "wav": _wav, "flac": _flac, "mp4": _mp4, "ogg": _ogg, "mp3": _mp3,
    }  # fmt: skip
    read = readers.get(kind)
    if read is None:
        return None
    seconds: float | None = None
    # What a damaged file states may lead anywhere.
    with suppress(struct.error, IndexError, ZeroDivisionError, OverflowError, ValueError):
        file.seek(0)
        seconds = read(file, size)
    if seconds is None or not 0.001 <= seconds < 10_000 * 3600:
        return None
    return round(seconds * 1000)


def _wav(file: BinaryIO, size: int) -> float | None:
    file.seek(12)
    rate = 0
    for _ in range(_MOST_BOXES):
        name, length = struct.unpack("<4sI", file.read(8))
        if name == b"fmt ":
            rate = struct.unpack("<8xI", file.read(12))[0]
            file.seek(length + length % 2 - 12, 1)
        elif name == b"data":
            # A recorder that lost its power leaves the length out.
            return min(length or size, size - file.tell()) / rate
        else:
            file.seek(length + length % 2, 1)
    return None


def _flac(file: BinaryIO, _size: int) -> float | None:
    file.seek(18)
    packed = int.from_bytes(file.read(8), "big")
    rate, samples = packed >> 44, packed & 0xFFFFFFFFF
    return samples / rate


def _mp4(file: BinaryIO, size: int) -> float | None:
    """Return the length that the movie header states, wherever in the file it stands."""
    at, end = 0, size
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return None
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", file.read(8))[0], 16
        if name == b"moov":
            at += head
            continue
        if name == b"mvhd":
            version = file.read(4)[0]
            form = ">16xIQ" if version else ">8xII"
            scale, units = struct.unpack(form, file.read(struct.calcsize(form)))
            return units / scale
        if length < head:
            return None
        at += length
    return None


def _ogg(file: BinaryIO, size: int) -> float | None:
    head = file.read(80)
    skipped = 0
    if head[28:36] == b"OpusHead":
        rate, skipped = 48_000, struct.unpack("<H", head[38:40])[0]
    elif head[28:35] == b"\x01vorbis":
        rate = struct.unpack("<I", head[40:44])[0]
    else:
        return None
    file.seek(max(0, size - SAMPLED))
    tail = file.read(SAMPLED)
    last = tail.rfind(b"OggS")
    return (struct.unpack("<q", tail[last + 6 : last + 14])[0] - skipped) / rate


def _mp3(file: BinaryIO, size: int) -> float | None:
    """Return the length from the frames that the file counts, else from its first rate."""
    start = 0
    head = file.read(10)
    if head[:3] == b"ID3":
        a, b, c, d = head[6:10]
        start = 10 + (a << 21 | b << 14 | c << 7 | d)
    file.seek(start)
    frame = file.read(2048)
    if frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return None
    version, layer = frame[1] >> 3 & 3, frame[1] >> 1 & 3
    if layer != 1 or version == 1:
        return None
    first = version == 3
    rate = _MP3_SAMPLES[frame[2] >> 2 & 3] // {3: 1, 2: 2, 0: 4}[version]
    mark = frame.find(b"Xing") if b"Xing" in frame[:200] else frame.find(b"Info", 0, 200)
    if mark >= 0 and frame[mark + 7] & 1:
        frames = struct.unpack(">I", frame[mark + 8 : mark + 12])[0]
        return frames * (1152 if first else 576) / rate
    bits = _MP3_RATES[3 if first else 2][frame[2] >> 4] * 1000
    return (size - start) * 8 / bits
