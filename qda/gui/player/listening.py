"""Listening to the recording of a transcript: from where to play, and which turn is heard."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QInputDialog, QWidget

from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr
from qda.gui.player import media
from qda.gui.player.places import RecordingPlaces, missing_sentence
from qda.gui.player.player import Player
from qda.gui.player.script import Script
from qda.gui.widgets.transcript.data import TurnView
from qda.jobs.progress import Progress
from qda.model.entities import Document
from qda.model.texts import Recording
from qda.operations import recordings as operations
from qda.store import recordings
from qda.text.time_stamps import clock
from qda.text.timeline import Timeline

SKIP = 3_000
"""Milliseconds that one goes back or forward."""


class Listening(QObject):
    """Play the recording of the text at hand, and say which turn is heard.

    The text that is followed may change while a recording plays: the transcript, or its editor.
    """

    changed = Signal()
    """Something of what there is to see changed: the recording, playing, the speed, the turn."""
    moved = Signal(int)
    """The recording is at another place.

    Parameters: milliseconds from its beginning.
    """

    def __init__(self, context: Context, window: QWidget) -> None:
        """Follow no text yet; questions are asked above `window`."""
        super().__init__(window)
        self._context = context
        self._window = window
        self.places = RecordingPlaces(context, window)
        self._player: Player | None = None
        self._script: Script | None = None
        self._document: Document | None = None
        self.recording: Recording | None = None
        self._timeline: Timeline | None = None
        self._lasts: int | None = None
        self.turn: TurnView | None = None
        self._left_at = -1
        self._broken = self._missing = False

    # ----------------------------------------------------------------------------- the text

    def follow(self, script: Script | None) -> None:
        """Follow a text from now on; what plays goes on where it is the text's recording."""
        if self._script is not None:
            self._script.show_playing(None)
        self._script = script
        self.turn = None
        self.refresh()

    def refresh(self) -> None:
        """Take in what the text at hand is now, and which recording it has."""
        document = self._script.document() if self._script is not None else None
        found = None
        if document is not None:
            found = recordings.of_document(self._context.bridge.project.connection, document.id)
        if self._player is not None and not _same_file(found, self.recording):
            self._player.unload()
        if document is None or self._document is None or document.id != self._document.id:
            self._left_at = -1
        self._document, self.recording = document, found
        self._timeline = None
        self._broken = self._missing = False
        self._find_turn()
        self.changed.emit()

    def refresh_times(self) -> None:
        """Take in that the text at hand is another, of the same source."""
        self._timeline = None
        self._find_turn()

    def timeline(self) -> Timeline | None:
        """Return the times of the text at hand."""
        lasts = self.duration - self.offset if self.duration else None
        if self._script is not None and (self._timeline is None or self._lasts != lasts):
            self._lasts = lasts
            self._timeline = self._script.timeline(lasts)
        return self._timeline

    # ------------------------------------------------------------------------- what there is

    @property
    def document(self) -> Document | None:
        """Return the source that is listened to."""
        return self._document

    @property
    def offset(self) -> int:
        """Return by how much things are later in the recording than in the transcript."""
        return self.recording.offset_ms if self.recording is not None else 0

    @property
    def is_playing(self) -> bool:
        """Tell whether it plays."""
        return self._player is not None and self._player.is_playing

    @property
    def position(self) -> int:
        """Return where in the recording one is, in milliseconds."""
        return self._player.position if self._player is not None else 0

    @property
    def duration(self) -> int:
        """Return how long the recording lasts, 0 where that is not known."""
        if self._player is not None and self._player.duration:
            return self._player.duration
        return (self.recording.file.duration_ms or 0) if self.recording is not None else 0

    @property
    def rate(self) -> float:
        """Return how fast it plays."""
        return self._player.rate if self._player is not None else 1.0

    def player(self) -> Player | None:
        """Return the player; None before the first recording is played."""
        return self._player

    def problem(self) -> str:
        """Say in one sentence why nothing is heard, "" where all is well."""
        if self.recording is None:
            return ""
        sentence = media.why_not()
        if sentence:
            return sentence
        if self._broken:
            return tr(
                "{file} cannot be played here; save it in another format, such as .wav or .mp3.",
                file=self.recording.name,
            )
        if self._missing:
            return missing_sentence(self.recording)
        if self._player is not None and self._player.is_silent:
            return tr(
                "This machine has no device for sound: the text follows the recording in silence."
            )
        return ""

    @property
    def is_missing(self) -> bool:
        """Tell whether the recording was wanted and not found."""
        return self._missing

    @property
    def is_usable(self) -> bool:
        """Tell whether the recording is there and follows the text, in silence or not."""
        player = self._player
        return player is not None and player.path is not None and not self._broken

    def tell_problem(self) -> None:
        """Say in the quiet line what is missing to play recordings."""
        self._tell_missing()

    def status(self) -> str:
        """Say what is heard, or where it was left; "" where nothing was played."""
        if self._player is None or self._player.path is None:
            return ""
        if not self.is_playing:
            return tr("Paused at {time}", time=clock(self.position))
        if self.turn is None:
            return tr("Playing")
        return tr("Playing turn {n}", n=self.turn.number)

    # ------------------------------------------------------------------------------ playing

    def toggle(self) -> None:
        """Pause; or play from the caret's turn, or on from where it was left there."""
        if self.is_playing:
            self.pause()
        elif self._is_where_it_was_left():
            self._with_file(self._go_on)
        else:
            self.play_here()

    def _is_where_it_was_left(self) -> bool:
        player = self._player
        if player is None or player.path is None or player.is_at_end or self._script is None:
            return False
        return self._script.caret() == self._left_at

    def _go_on(self, player: Player) -> None:
        player.play()

    def play_here(self) -> None:
        """Play from the caret's turn; a recording is asked for where none is linked."""
        if self._document is None:
            return
        if self.recording is None:
            self.ask_link()
            return
        self._with_file(self._play_at_caret)

    def _play_at_caret(self, player: Player) -> None:
        script = self._script
        if script is None:
            return
        self._left_at = script.caret()
        start = self._start_at_caret()
        if start is None:
            self._context.bridge.told.emit(
                tr("The transcript has no times, so the recording plays from where it was.")
            )
            player.play()
        else:
            player.play_from(start + self.offset)

    def _start_at_caret(self) -> int | None:
        script, times = self._script, self.timeline()
        if script is None or times is None:
            return None
        caret = script.caret()
        turn = script.turn_at(caret)
        if turn is None:
            moment = times.start_for(caret, 0, 0)
        else:
            moment = times.start_for(caret, turn.label_start, turn.start)
        return None if moment is None else moment.time_ms

    def pause(self) -> None:
        """Stop and stay where it is."""
        if self._player is not None and self.is_playing:
            self._player.pause()
            if self._script is not None:
                self._left_at = self._script.caret()
            self._announce(self.status())

    def stop(self) -> None:
        """Let the recording go; before the window closes."""
        if self._player is not None:
            self._player.unload()

    def skip(self, milliseconds: int) -> None:
        """Go forward or back, playing on or not."""
        if self._player is not None and self._player.path is not None:
            self._player.skip(milliseconds)

    def seek(self, position: int) -> None:
        """Go to a place in the recording."""
        if self.recording is not None:
            self._with_file(partial(_seek, position=position))

    def change_rate(self, steps: int) -> None:
        """Play faster or slower; 0 plays as it was recorded."""
        if self._player is None:
            return
        if steps:
            self._player.change_rate(steps)
        else:
            self._player.set_rate(1.0)

    def set_rate(self, rate: float) -> None:
        """Play so fast."""
        self._with_player(partial(_set_rate, rate=rate))

    # ---------------------------------------------------------------------- what is linked

    def ask_link(self) -> None:
        """Ask which recording the source at hand was written from."""
        if self._document is not None and not self._context.bridge.project.read_only:
            self.places.ask_link(self._document.id)

    def unlink(self) -> None:
        """Let the recording of the source at hand go; the file stays."""
        if self._document is not None and self.recording is not None:
            self._context.bridge.run(
                operations.unlink_recording,
                document=self._document.id,
                notice=tr("Unlinked {file}; the file stays where it is.", file=self.recording.name),
            )

    def ask_place(self) -> None:
        """Ask where the recording is now."""
        if self.recording is not None:
            self.places.ask(self.recording)
            self.refresh()

    def ask_offset(self) -> None:
        """Ask how much later things are in the recording than in the transcript."""
        if self._document is None or self.recording is None:
            return
        seconds, accepted = QInputDialog.getDouble(
            self._window,
            tr("Fit the recording to the transcript"),
            tr("How many seconds later something is heard than the transcript says"),
            self.offset / 1000,
            -86_400.0,
            86_400.0,
            1,
        )
        if accepted:
            self._shift(round(seconds * 1000))

    def fit_here(self) -> None:
        """Let the caret's turn begin where the recording is now."""
        start = self._start_at_caret()
        if start is None:
            self._context.bridge.told.emit(
                tr("The transcript has no times; insert time stamps while you correct it.")
            )
            return
        self._shift(self.position - start)

    def can_fit_here(self) -> bool:
        """Tell whether a recording was played and can be fitted."""
        return (
            self._player is not None
            and self._player.path is not None
            and not self._context.bridge.project.read_only
        )

    def _shift(self, offset_ms: int) -> None:
        if self._document is None:
            return
        self._context.bridge.run(
            operations.shift_recording,
            document=self._document.id,
            offset_ms=offset_ms,
            notice=tr("Fitted the recording: {how}.", how=fitted(offset_ms)),
        )

    # ------------------------------------------------------------------------- the player

    def _with_file(self, then: Callable[[Player], None]) -> None:
        """Do something with the player once the recording is in it."""
        self._with_player(partial(self._load_file, then))

    def _load_file(self, then: Callable[[Player], None], player: Player) -> None:
        recording = self.recording
        if recording is None:
            return
        path: Path | None = player.path
        if path is None:
            path = self.places.find_or_ask(recording)
        self._missing = path is None
        if path is None:
            self.changed.emit()
            return
        player.load(path)
        then(player)

    def _with_player(self, then: Callable[[Player], None]) -> None:
        """Do something with the player, which is made the first time; or say what is missing."""
        if self._tell_missing():
            return
        if self._player is not None:
            then(self._player)
        elif media.load.cache_info().currsize:
            self._on_media_loaded(then, media.load())
        else:
            self._context.jobs.start(
                tr("Making the player ready"), _load_media, partial(self._on_media_loaded, then)
            )

    def _tell_missing(self) -> bool:
        sentence = media.why_not()
        if sentence:
            self._context.bridge.told.emit(sentence)
            self.changed.emit()
        return bool(sentence)

    def _on_media_loaded(
        self, then: Callable[[Player], None], loaded: ModuleType | ImportError
    ) -> None:
        if isinstance(loaded, ImportError):
            self._tell_missing()
            return
        if self._player is None:
            self._player = Player(loaded, self)
            self._player.position_changed.connect(self._on_player_position_changed)
            self._player.state_changed.connect(self._on_player_state_changed)
            self._player.failed.connect(self._on_player_failed)
        then(self._player)

    def _on_player_position_changed(self, position: int) -> None:
        before = self.turn
        self._find_turn()
        self.moved.emit(position)
        if before is not self.turn:
            self.changed.emit()

    def _on_player_state_changed(self) -> None:
        self._find_turn()
        self.changed.emit()

    def _on_player_failed(self) -> None:
        self._broken = True
        self._context.bridge.told.emit(self.problem())

    def _find_turn(self) -> None:
        """Find the turn that is heard, and mark it; none while it does not play."""
        turn = None
        if self.is_playing and self._script is not None:
            times = self.timeline()
            offset = times.offset_at(self.position - self.offset) if times is not None else None
            turn = self._script.turn_at(offset) if offset is not None else None
        if turn != self.turn:
            self.turn = turn
            if self._script is not None:
                self._script.show_playing(turn)

    def _announce(self, text: str) -> None:
        """Let a screen reader say something when it has said the rest."""
        event = QAccessibleAnnouncementEvent(self._window, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)


def fitted(offset_ms: int) -> str:
    """Say by how much things are heard at other times than the transcript says."""
    seconds = current_catalogue().format_number(round(abs(offset_ms) / 1000, 1))
    if offset_ms < 0:
        return tr("{n} s earlier than the transcript", n=seconds)
    return tr("{n} s later than the transcript", n=seconds)


def _seek(player: Player, *, position: int) -> None:
    player.seek(position)


def _set_rate(player: Player, *, rate: float) -> None:
    player.set_rate(rate)


def _load_media(progress: Progress) -> ModuleType | ImportError:
    del progress
    return media.load()


def _same_file(one: Recording | None, other: Recording | None) -> bool:
    """Tell whether two links mean one file, however it fits its transcript."""
    if one is None or other is None:
        return one is other
    return (one.guid, one.path, one.file) == (other.guid, other.path, other.file)
