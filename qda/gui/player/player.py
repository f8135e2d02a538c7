"""The player of one recording, in milliseconds from its beginning."""

from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QFile, QIODevice, QObject, Signal

RATES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0)
"""How fast it may be played; the voice keeps its pitch."""


class Player(QObject):
    """Play a file of this machine. One file at a time; nothing of it is kept.

    Without a device for sound the recording passes in silence, and `is_silent` tells so.
    """

    position_changed = Signal(int)
    """Playing went on, or somewhere else.

    Parameters: milliseconds.
    """
    state_changed = Signal()
    """It plays or pauses, was loaded or let go, has another speed or another device."""
    failed = Signal()
    """The file cannot be played."""

    def __init__(self, multimedia: ModuleType, parent: QObject | None = None) -> None:
        """Load nothing yet; `multimedia` is Qt's part for it."""
        super().__init__(parent)
        self._qt: Any = multimedia
        self._media: Any = self._qt.QMediaPlayer(self)
        self._devices: Any = self._qt.QMediaDevices(self)
        self._output: Any = None
        # Without a device the recording would go on beyond its end: something must take the sound.
        # It is set once: Qt frees it twice where another is set later.
        self._buffers: Any = self._qt.QAudioBufferOutput(self)
        self._media.setAudioBufferOutput(self._buffers)
        self._file: QFile | None = None
        self._path: Path | None = None
        self._wanted: int | None = None
        self._play_when_loaded = False
        self._broken = False
        self._rate = 1.0
        self._choose_output()
        self._media.positionChanged.connect(self._on_media_position_changed)
        self._media.playbackStateChanged.connect(self._on_media_playback_state_changed)
        self._media.mediaStatusChanged.connect(self._on_media_status_changed)
        self._media.errorOccurred.connect(self._on_media_error_occurred)
        self._media.durationChanged.connect(self._on_media_duration_changed)
        self._devices.audioOutputsChanged.connect(self._on_devices_audio_outputs_changed)

    # ---------------------------------------------------------------------------- the file

    def load(self, path: Path) -> None:
        """Make a file ready, unless it is already."""
        if path == self._path and not self._broken:
            return
        self.unload()
        file = QFile(str(path), self)
        if not file.open(QIODevice.OpenModeFlag.ReadOnly):
            file.deleteLater()
            self._broken = True
            self.failed.emit()
            return
        self._path, self._file = path, file
        # Read through the file and not by its name: the library would print it, and what the
        # file may name itself is of no address then.
        self._media.setSourceDevice(file)
        self._media.setPlaybackRate(self._rate)
        self.state_changed.emit()

    def unload(self) -> None:
        """Stop and let the file go."""
        self._media.stop()
        self._media.setSourceDevice(None)
        if self._file is not None:
            self._file.close()
            self._file.deleteLater()
        self._file = self._path = self._wanted = None
        self._play_when_loaded = self._broken = False
        self.state_changed.emit()

    @property
    def path(self) -> Path | None:
        """Return the file that is ready or being made so."""
        return self._path

    @property
    def is_ready(self) -> bool:
        """Tell whether the file can be played now."""
        status = self._qt.QMediaPlayer.MediaStatus
        waiting = (status.NoMedia, status.LoadingMedia, status.InvalidMedia)
        return self._path is not None and self._media.mediaStatus() not in waiting

    @property
    def duration(self) -> int:
        """Return how long the recording lasts, 0 while that is not known."""
        return max(0, int(self._media.duration()))

    # ------------------------------------------------------------------------------ playing

    def play_from(self, position: int) -> None:
        """Play from a place in the recording."""
        self.seek(position)
        self.play()

    def play(self) -> None:
        """Go on playing; as soon as the file is ready where it is not."""
        if self._path is None:
            return
        if self.is_ready:
            self._media.play()
        else:
            self._play_when_loaded = True

    def pause(self) -> None:
        """Stop playing and stay where one is."""
        self._play_when_loaded = False
        self._media.pause()

    def seek(self, position: int) -> None:
        """Go to a place in the recording, playing on or not."""
        position = max(0, position)
        if self.duration:
            position = min(position, self.duration)
        if self.is_ready:
            self._media.setPosition(position)
        else:
            self._wanted = position
            self.position_changed.emit(position)

    def skip(self, milliseconds: int) -> None:
        """Go forward, or back where negative."""
        self.seek(self.position + milliseconds)

    @property
    def position(self) -> int:
        """Return where in the recording one is."""
        return int(self._media.position()) if self._wanted is None else self._wanted

    @property
    def is_playing(self) -> bool:
        """Tell whether it plays, or will as soon as the file is ready."""
        playing = self._qt.QMediaPlayer.PlaybackState.PlayingState
        return self._play_when_loaded or self._media.playbackState() == playing

    @property
    def is_at_end(self) -> bool:
        """Tell whether the recording has been played to its end."""
        return bool(self._media.mediaStatus() == self._qt.QMediaPlayer.MediaStatus.EndOfMedia)

    # ------------------------------------------------------------------------------- speed

    @property
    def rate(self) -> float:
        """Return how fast it plays, 1 for as it was recorded."""
        return self._rate

    def set_rate(self, rate: float) -> None:
        """Play faster or slower; the nearest of `RATES`."""
        self._rate = min(RATES, key=lambda one: abs(one - rate))
        self._media.setPlaybackRate(self._rate)
        self.state_changed.emit()

    def change_rate(self, steps: int) -> None:
        """Play so many of `RATES` faster, or slower where negative."""
        place = RATES.index(self._rate) + steps
        self.set_rate(RATES[min(len(RATES) - 1, max(0, place))])

    # ------------------------------------------------------------------------------- sound

    @property
    def is_silent(self) -> bool:
        """Tell whether this machine has no device for sound."""
        return self._output is None

    def buffers(self) -> Any:  # noqa: ANN401 - Qt's own, whose part need not be installed
        """Return what gets the sound piece by piece, for what listens to it itself."""
        return self._buffers

    def _choose_output(self) -> None:
        """Take the system's device for sound, where there is one."""
        device = self._qt.QMediaDevices.defaultAudioOutput()
        if device.isNull():
            self._media.setAudioOutput(None)
            self._output = None
        elif self._output is None:
            self._output = self._qt.QAudioOutput(device, self)
            self._media.setAudioOutput(self._output)
        else:
            self._output.setDevice(device)

    def _on_devices_audio_outputs_changed(self) -> None:
        self._choose_output()
        self.state_changed.emit()

    # ------------------------------------------------------------------------- what happens

    def _on_media_position_changed(self, position: int) -> None:
        if self._wanted is None:
            self.position_changed.emit(int(position))

    def _on_media_playback_state_changed(self) -> None:
        self.state_changed.emit()

    def _on_media_duration_changed(self) -> None:
        self.state_changed.emit()

    def _on_media_status_changed(self) -> None:
        if not self.is_ready:
            return
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._media.setPosition(min(wanted, self.duration) if self.duration else wanted)
        if self._play_when_loaded:
            self._play_when_loaded = False
            self._media.play()
        self.state_changed.emit()

    def _on_media_error_occurred(self) -> None:
        self._play_when_loaded = False
        self._broken = True
        self.failed.emit()
        self.state_changed.emit()
