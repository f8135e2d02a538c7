"""Recordings are told by their first bytes, measured, and known again under any name."""

import os
import random
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from qda.formats import sound_files
from qda.formats.sound_files import describe, is_recording, is_same
from qda.model.errors import FileProblem

Make = Callable[..., Path]


def flac(seconds: float) -> bytes:
    info = (44_100 << 44) | (0 << 41) | (15 << 36) | round(seconds * 44_100)
    return (
        b"fLaC\x00\x00\x00\x22" + bytes(10) + info.to_bytes(8, "big") + bytes(16) + b"\xff\xf8" * 40
    )


def mp4(seconds: float, *, version: int = 0, last: bool = True) -> bytes:
    units = round(seconds * 1000)
    if version:
        body = struct.pack(">B3x16xIQ", 1, 1000, units) + bytes(80)
    else:
        body = struct.pack(">B3x8xII", 0, 1000, units) + bytes(80)
    mvhd = struct.pack(">I4s", len(body) + 8, b"mvhd") + body
    moov = struct.pack(">I4s", len(mvhd) + 8, b"moov") + mvhd
    mdat = struct.pack(">I4sQ", 1, b"mdat", 1016) + bytes(1000)
    ftyp = struct.pack(">I4s", 16, b"ftyp") + b"M4A \x00\x00\x00\x00"
    return ftyp + (mdat + moov if last else moov + mdat)


def ogg(seconds: float, *, opus: bool) -> bytes:
    if opus:
        head = b"OpusHead\x01\x01" + struct.pack("<H", 312) + bytes(8)
        samples = round(seconds * 48_000) + 312
    else:
        head = b"\x01vorbis" + bytes(5) + struct.pack("<I", 32_000) + bytes(14)
        samples = round(seconds * 32_000)
    first = b"OggS" + bytes(22) + b"\x01\x13" + head
    return first + bytes(500) + b"OggS\x00\x04" + struct.pack("<q", samples) + bytes(300)


def mp3(seconds: float, *, counted: bool, tagged: bool = False) -> bytes:
    tag = b"ID3\x03\x00\x00\x00\x00\x02\x00" + bytes(256) if tagged else b""
    frame = bytearray(b"\xff\xfb\x90\x00" + bytes(413))  # 128 kbit/s, 44.1 kHz
    if counted:
        frame[36:44] = b"Xing\x00\x00\x00\x01"
        frame[44:48] = struct.pack(">I", round(seconds * 44_100 / 1152))
        return tag + bytes(frame) * 3
    return tag + bytes(frame) + bytes(round(seconds * 16_000) - len(frame))


MADE = {
    "a.flac": flac(12.5),
    "a.m4a": mp4(12.5),
    "b.m4a": mp4(12.5, version=1, last=False),
    "a.opus": ogg(12.5, opus=True),
    "a.ogg": ogg(12.5, opus=False),
    "a.mp3": mp3(12.5, counted=False),
    "b.mp3": mp3(12.5, counted=True, tagged=True),
    "c.mp3": mp3(12.5, counted=False, tagged=True),
}


@pytest.mark.parametrize("name", MADE)
def test_a_recording_is_measured_from_what_it_states(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(MADE[name])
    found = describe(path)
    assert found.duration_ms == pytest.approx(12_500, abs=30)
    assert found.size == len(MADE[name])
    assert found.modified.endswith("Z")


def test_a_wave_file_is_measured_exactly(tmp_path: Path, make_recording: Make) -> None:
    assert describe(make_recording(tmp_path / "a.wav", 3.25)).duration_ms == 3_250


def test_a_wave_file_whose_recorder_lost_its_power_is_measured_by_its_size(
    tmp_path: Path, make_recording: Make
) -> None:
    path = make_recording(tmp_path / "a.wav", 2.0)
    content = bytearray(path.read_bytes())
    content[40:44] = bytes(4)
    path.write_bytes(content)
    assert describe(path).duration_ms == 2_000


@pytest.mark.parametrize(
    "content",
    [b"\x1a\x45\xdf\xa3" + bytes(99), b"RIFF\x00\x00\x00\x00AVI " + bytes(99), b"#!AMR\n",
     b"FORM\x00\x00\x00\x00AIFF" + bytes(9), b"\xff\xf1" + bytes(99), b"ID3", b"OggS", b"fLaC",
     b"RIFF\x00\x00\x00\x00WAVE", b"\xff\xfb", b"\x00\x00\x00\x08moov"],
)  # fmt: skip
def test_what_is_not_easily_measured_is_a_recording_still(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "film.bin"
    path.write_bytes(content)
    assert is_recording(path)
    assert describe(path).duration_ms is None


@pytest.mark.parametrize(
    "content",
    [b"", b"#EXTM3U\nhttp://example.invalid/a.ts\n", b"ffconcat version 1.0\nfile a.wav\n",
     b"<?xml version='1.0'?><MPD/>", b"Leder: Hei.", b"%PDF-1.7", b"PK\x03\x04", b"[playlist]\n"],
)  # fmt: skip
def test_lists_texts_and_other_files_are_no_recordings(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "liste.wav"
    path.write_bytes(content)
    assert not is_recording(path)
    with pytest.raises(FileProblem, match="no recording"):
        describe(path)


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "nei.wav", tmp_path):
        with pytest.raises(FileProblem, match="no file"):
            describe(path)
        assert not is_recording(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.wav")
    with pytest.raises(FileProblem):
        describe(tmp_path / "a.wav")


def test_a_recording_is_known_under_another_name_and_no_other_is(
    tmp_path: Path, make_recording: Make
) -> None:
    one = make_recording(tmp_path / "a.wav", 12.0)
    known = describe(one)
    assert known.size > 2 * sound_files.SAMPLED
    assert is_same(one.rename(tmp_path / "flyttet.wav"), known)
    assert not is_same(one, known)
    other = make_recording(tmp_path / "b.wav", 12.0)
    content = bytearray(other.read_bytes())
    content[-3] ^= 1
    other.write_bytes(content)
    assert not is_same(other, known)
    assert not is_same(make_recording(tmp_path / "c.wav", 12.1), known)


def test_any_damage_is_measured_or_not_but_never_crashes(
    tmp_path: Path, make_recording: Make
) -> None:
    draw = random.Random(5)
    whole = {**MADE, "a.wav": make_recording(tmp_path / "x.wav", 1.0).read_bytes()}
    path = tmp_path / "d.bin"
    for content in whole.values():
        for _ in range(60):
            damaged = bytearray(content)
            for _ in range(draw.choice((1, 8, 60))):
                damaged[draw.randrange(12, min(len(damaged), 2000))] = draw.randrange(256)
            path.write_bytes(damaged[: draw.randrange(12, len(damaged))])
            if is_recording(path):
                assert describe(path).duration_ms is None or describe(path).duration_ms
