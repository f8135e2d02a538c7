"""Write files so that they are there whole or not at all."""

import errno
import os
import secrets
import stat
from functools import partial
from pathlib import Path

from qda.model.errors import FileProblem
from qda.model.messages import Message, message

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR}


def atomic_write(path: Path, content: bytes | str, *, mode: int | None = None) -> None:
    """Write `content` (text as UTF-8) to `path`, whole or not at all.

    The bytes go to a temporary file in the same folder, are flushed to the disk and then take the
    place of `path`. An existing file keeps its permissions, a new one gets `mode` from the start; a
    symbolic link stays a link. Raises
    FileProblem where the folder is missing, the place is refused or the disk is full.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        target = path.resolve() if path.is_symlink() else path
        kept = _mode_to_keep(target)
        _replace(target, data, mode if kept is None else kept, secret=mode is not None)
    except OSError as error:
        raise FileProblem(_sentence(path, error)) from error


def require_place(path: Path) -> None:
    """Raise FileProblem where `path` is no place that a file can be written to, as far as is seen.

    For what is written last, or as one of several: then nothing is half done.
    """
    folder = path.parent
    try:
        _mode_to_keep(path)
        if not folder.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise FileProblem(_sentence(path, error)) from error


def _replace(target: Path, data: bytes, mode: int | None, *, secret: bool) -> None:
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.tmp")
    try:
        _write_flushed(temporary, data, mode, secret=secret)
        temporary.replace(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _mode_to_keep(target: Path) -> int | None:
    """Return the permissions of an existing file; refuse a folder and a write-protected file."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(mode)


def _write_flushed(temporary: Path, data: bytes, mode: int | None, *, secret: bool) -> None:
    # A secret must at no moment be readable by others.
    opener = partial(os.open, mode=0o600) if secret else None
    with temporary.open("xb") if opener is None else open(temporary, "xb", opener=opener) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        temporary.chmod(mode)


def _flush_folder(folder: Path) -> None:
    """Flush the folder entry too, where the system can (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network and sync folders cannot flush a folder; the file itself is written.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)


def _sentence(path: Path, error: OSError) -> Message:
    """Say what hindered the writing and what to do."""
    name, folder = path.name or str(path), str(path.parent)
    if error.errno == errno.EISDIR:
        return message("{name} is a folder: choose a file name.", name=name)
    if error.errno == errno.ENAMETOOLONG:
        return message("The file name {name} is too long: choose a shorter one.", name=name)
    if error.errno in _FULL:
        return message(
            "There is no space left for {name}: make room on the disk or choose another folder.",
            name=name,
        )
    if error.errno in _REFUSED:
        return message(
            "{name} may not be written in {folder}: close it in other programs or choose another "
            "folder.",
            name=name,
            folder=folder,
        )
    if error.errno in _NO_FOLDER and not path.parent.is_dir():
        return message(
            "The folder {folder} does not exist: make it first or choose another.", folder=folder
        )
    return message(
        "{name} could not be written ({reason}): try again or choose another folder.",
        name=name,
        reason=error.strerror or type(error).__name__,
    )
