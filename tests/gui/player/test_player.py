"""The real player plays a real file: to the second, slower and faster, and to its end."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QElapsedTimer
from pytestqt.qtbot import QtBot

from qda.gui.player.player import RATES, Player

Make = Callable[..., Path]


def tone(second: int) -> int:
    """The tone that a made recording has in one of its seconds."""
    return 200 + 40 * (second % 60)


class Ear:
    """Hears what the player decodes: from when in the recording each piece is, and its tone."""

    def __init__(self, player: Player) -> None:
        self.heard: list[tuple[float, float]] = []
        player.buffers().audioBufferReceived.connect(self._hear)

    def _hear(self, buffer: object) -> None:
        form = buffer.format()  # pyright: ignore[reportAttributeAccessIssue]
        kind = np.int16 if form.bytesPerSample() == 2 else np.float32
        samples = np.frombuffer(bytes(buffer.constData() or b""), dtype=kind)  # pyright: ignore[reportAttributeAccessIssue]
        if len(samples) < 256:
            return
        padded = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 15))
        frequency = float(np.argmax(padded)) * form.sampleRate() / (1 << 15)
        self.heard.append((buffer.startTime() / 1e6, frequency))  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("wanted", [0, 1_500, 7_300, 10_900])
def test_it_plays_from_the_very_place(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot,
    wanted: int,
) -> None:  # fmt: skip
    ear = Ear(player)
    player.load(make_recording(tmp_path / "a.wav", 12.0))
    player.play_from(wanted)
    qtbot.waitUntil(lambda: len(ear.heard) > 1, timeout=15_000)
    start, frequency = ear.heard[0]
    assert start == pytest.approx(wanted / 1000, abs=0.07)
    assert frequency == pytest.approx(tone(int(start + 0.03)), abs=12)
    assert player.position >= wanted
    assert player.duration == 12_000


def test_skipping_while_it_plays_is_heard_at_once(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot
) -> None:
    ear = Ear(player)
    player.load(make_recording(tmp_path / "a.wav", 12.0))
    player.play_from(8_000)
    qtbot.waitUntil(lambda: player.position >= 8_200, timeout=15_000)
    ear.heard.clear()
    player.skip(-3_000)
    qtbot.waitUntil(lambda: any(4.9 < at < 5.6 for at, _ in ear.heard), timeout=15_000)
    at, frequency = next(pair for pair in ear.heard if 4.9 < pair[0] < 5.6)
    assert frequency == pytest.approx(tone(int(at + 0.03)), abs=12)


def test_it_goes_on_from_where_it_paused(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot
) -> None:
    player.load(make_recording(tmp_path / "a.wav", 12.0))
    player.play_from(2_000)
    qtbot.waitUntil(lambda: player.position >= 2_300, timeout=15_000)
    player.pause()
    qtbot.waitUntil(lambda: not player.is_playing)
    left = player.position
    player.seek(left - 1_000)
    assert player.position == pytest.approx(left - 1_000, abs=5)
    assert not player.is_playing
    player.play()
    qtbot.waitUntil(lambda: player.position > left - 900, timeout=15_000)
    assert player.position < left + 500


@pytest.mark.parametrize(("rate", "at_least", "at_most"), [(0.5, 0.25, 0.8), (2.0, 1.4, 2.6)])
def test_slower_is_slower_and_faster_is_faster(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot, rate: float,
    at_least: float, at_most: float,
) -> None:  # fmt: skip
    player.set_rate(rate)
    player.load(make_recording(tmp_path / "a.wav", 12.0))
    player.play_from(1_000)
    qtbot.waitUntil(lambda: player.position > 1_050, timeout=15_000)
    begun, clock = player.position, QElapsedTimer()
    clock.start()
    qtbot.waitUntil(lambda: clock.elapsed() > 1_000, timeout=15_000)
    passed = (player.position - begun) / clock.elapsed()
    assert at_least < passed < at_most


def test_the_speed_goes_through_its_steps_and_stays_within(player: Player) -> None:
    assert player.rate == 1.0
    for _ in range(len(RATES)):
        player.change_rate(-1)
    assert player.rate == RATES[0]
    for _ in range(len(RATES)):
        player.change_rate(1)
    assert player.rate == RATES[-1]
    player.set_rate(0.83)
    assert player.rate == 0.8


def test_it_stops_at_the_end(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot
) -> None:
    player.load(make_recording(tmp_path / "a.wav", 2.0))
    player.play_from(1_700)
    qtbot.waitUntil(lambda: player.is_at_end, timeout=15_000)
    assert not player.is_playing
    assert player.position == pytest.approx(2_000, abs=60)


def test_a_place_beyond_the_ends_is_the_end_or_the_beginning(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot
) -> None:
    player.load(make_recording(tmp_path / "a.wav", 3.0))
    player.seek(99_000)
    qtbot.waitUntil(lambda: player.is_ready, timeout=15_000)
    assert math.isclose(player.position, 3_000, abs_tol=60)
    player.seek(-5)
    assert player.position == 0


def test_what_is_no_recording_is_told_and_another_plays_after_it(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot
) -> None:
    bad = tmp_path / "b.wav"
    bad.write_bytes(b"RIFF\x00\x00\x00\x00WAVE" + bytes(500))
    with qtbot.waitSignal(player.failed, timeout=15_000):
        player.load(bad)
        player.play()
    assert not player.is_playing
    with qtbot.waitSignal(player.failed, timeout=15_000):
        player.load(tmp_path / "nei.wav")
    player.load(make_recording(tmp_path / "a.wav"))
    player.play_from(500)
    qtbot.waitUntil(lambda: player.position > 600, timeout=15_000)
    player.unload()
    assert player.path is None
    assert not player.is_playing


def test_the_file_is_let_go(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot
) -> None:
    file = make_recording(tmp_path / "a.wav")
    player.load(file)
    qtbot.waitUntil(lambda: player.is_ready, timeout=15_000)
    player.unload()
    file.unlink()
    assert not file.exists()
    assert player.position == 0


def test_nothing_of_the_file_is_printed(
    player: Player, tmp_path: Path, make_recording: Make, qtbot: QtBot,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    player.load(make_recording(tmp_path / "Intervju med Berit.wav"))
    player.play_from(100)
    qtbot.waitUntil(lambda: player.position > 200, timeout=15_000)
    player.unload()
    printed = capfd.readouterr()
    assert "Berit" not in printed.out + printed.err
