"""Where a linked recording is: how its path is kept, and where it is looked for when it moved."""

import os
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from qda.formats.sound_files import is_same
from qda.model.texts import Recording, RecordingFile

UPWARDS = 2
"""How many folders above the project's a recording may lie for its path to count from there."""
MOST_LISTED = 2_000
"""How many files of a folder are looked at."""


def kept_path(recording: Path, project: Path) -> str:
    """Return how the path of a recording is kept: from the project's folder, where it is near.

    A project that is moved together with its recordings then finds them still.
    """
    recording = recording.absolute()
    try:
        relative = Path(os.path.relpath(recording, project.absolute().parent))
    except ValueError:  # another drive
        return recording.as_posix()
    ups = sum(part == ".." for part in relative.parts)
    return (relative if ups <= UPWARDS else recording).as_posix()


def placed(kept: str, project: Path) -> Path | None:
    """Return the path that was kept as one of this machine, None for one that is not opened.

    That is one on a server: a project from a stranger must not make this machine call one.
    """
    if kept.startswith(("//", "\\\\")) or "\0" in kept:
        return None
    try:
        return Path(os.path.normpath(project.absolute().parent / kept))
    except ValueError:
        return None


def locate(recording: Recording, project: Path, others: Iterable[Recording] = ()) -> Path | None:
    """Return where a recording is; None where it has to be asked for.

    It is where it was or, known by its bytes, beside the project or where the others are.
    """
    here = placed(recording.path, project)
    if here is not None and _is_file(here):
        return here
    folders = [project.absolute().parent]
    for other in others:
        place = placed(other.path, project)
        if place is not None and place.parent not in folders:
            folders.append(place.parent)
    for folder in folders:
        named = folder / recording.name
        if is_same(named, recording.file):
            return named
    return next((found for folder in folders for found in _alike(folder, recording.file)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _alike(folder: Path, file: RecordingFile) -> Iterable[Path]:
    """Yield the files of a folder that are this recording under another name."""
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, MOST_LISTED):
                if entry.is_file() and entry.stat().st_size == file.size:
                    path = Path(entry.path)
                    if is_same(path, file):
                        yield path
    except OSError:
        return
