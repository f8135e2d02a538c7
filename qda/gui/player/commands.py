"""What can be done with the recording of the source at hand."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QKeySequence

from qda.gui.commands import Command
from qda.gui.context import Context
from qda.gui.language import tr
from qda.gui.player import media
from qda.gui.player.listening import SKIP, Listening

MENU = "sound"
MORE = ("sound.fit_here", "sound.offset", "sound.find", "sound.link", "sound.unlink")
"""What stands behind the last button of the bar."""
IN_EDITOR = (
    "sound.play", "sound.play_here", "sound.back", "sound.forward", "sound.slower", "sound.faster",
    "sound.normal", "sound.insert_time",
)  # fmt: skip
"""What can be done while the text is corrected too."""


def sound_commands(
    listening: Listening, insert_time: Callable[[], None], can_write: Callable[[], bool]
) -> list[Command]:
    """Return what can be done; `insert_time` puts the time that is heard into the text."""
    if not media.is_installed():
        return [*_why(listening), *_links(listening, can_write)]
    return [*_playing(listening, insert_time, can_write), *_links(listening, can_write)]


def _why(listening: Listening) -> list[Command]:
    return [
        Command(
            "sound.play", tr("What playing recordings needs …"), MENU, listening.tell_problem,
            "F8", keywords=(tr("sound"), tr("play")),
        )
    ]  # fmt: skip


def _playing(
    listening: Listening, insert_time: Callable[[], None], can_write: Callable[[], bool]
) -> list[Command]:
    words = (tr("sound"), tr("recording"))

    def opened() -> bool:
        return listening.document is not None

    def linked() -> bool:
        return listening.recording is not None

    return [
        Command(
            "sound.play", tr("Play or pause"), MENU, listening.toggle, "F8", enabled=opened,
            keywords=words,
        ),
        Command(
            "sound.play_here", tr("Play from this turn"), MENU, listening.play_here, "Ctrl+F8",
            enabled=opened, keywords=words,
        ),
        Command(
            "sound.back", tr("3 seconds back"), MENU, partial(listening.skip, -SKIP), "F7",
            enabled=linked, keywords=words,
        ),
        Command(
            "sound.forward", tr("3 seconds forward"), MENU, partial(listening.skip, SKIP), "F9",
            enabled=linked, keywords=words,
        ),
        Command(
            "sound.slower", tr("Slower"), MENU, partial(listening.change_rate, -1), "Shift+F7",
            enabled=linked, keywords=words, separator_before=True,
        ),
        Command(
            "sound.faster", tr("Faster"), MENU, partial(listening.change_rate, 1), "Shift+F9",
            enabled=linked, keywords=words,
        ),
        Command(
            "sound.normal", tr("As fast as recorded"), MENU, partial(listening.change_rate, 0),
            "Shift+F8", enabled=linked, keywords=words,
        ),
        Command(
            "sound.insert_time", tr("Insert the time that is heard"), MENU, insert_time,
            "Ctrl+Shift+F8", enabled=lambda: linked() and can_write(),
            keywords=(tr("stamp"), *words), separator_before=True,
        ),
    ]  # fmt: skip


def _links(listening: Listening, can_write: Callable[[], bool]) -> list[Command]:
    words = (tr("sound"), tr("recording"))

    def linked() -> bool:
        return listening.recording is not None and can_write()

    return [
        Command(
            "sound.fit_here", tr("This turn begins where the recording is now"), MENU,
            listening.fit_here, enabled=lambda: can_write() and listening.can_fit_here(),
            keywords=(tr("offset"), *words),
        ),
        Command(
            "sound.offset", tr("Fit the recording to the transcript …"), MENU,
            listening.ask_offset, enabled=linked, keywords=(tr("offset"), *words),
        ),
        Command(
            "sound.link", tr("Link a recording …"), MENU, listening.ask_link,
            enabled=lambda: listening.document is not None and can_write(), keywords=words,
            separator_before=True,
        ),
        Command(
            "sound.find", tr("Say where the recording is now …"), MENU, listening.ask_place,
            enabled=lambda: listening.recording is not None, keywords=words,
        ),
        Command(
            "sound.unlink", tr("Unlink the recording"), MENU, listening.unlink, enabled=linked,
            keywords=words,
        ),
    ]  # fmt: skip


def keys_of(context: Context, commands: list[Command]) -> Mapping[str, str]:
    """Return the keys of commands, the user's own where there are some, as people read them."""
    own = context.settings.mapping("shortcuts")
    return {
        one.id: QKeySequence(own.get(one.id, one.shortcut)).toString(
            QKeySequence.SequenceFormat.NativeText
        )
        for one in commands
    }
