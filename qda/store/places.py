"""What kind of folder a project lies in: a write-ahead log is not safe everywhere."""

from pathlib import Path

SYNC_MARKS = (
    "onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents",
    "nextcloud", "owncloud", "box sync", "pcloud", "syncthing",
)  # fmt: skip
NETWORK_TYPES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "davfs", "afs", "ncpfs", "ceph"),
        *("lustre", "glusterfs", "vboxsf", "vmhgfs", "prl_fs", "virtiofs", "drvfs", "fuse.sshfs"),
        *("fuse.rclone", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.onedriver", "fuse.glusterfs"),
        *("fuse.google-drive-ocamlfuse", "fuse.vmhgfs-fuse"),
    }
)
"""Mounts of other machines, and of the host of a virtual one, where shared memory is not shared."""


def is_shared_place(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Tell whether a file lies in a synchronised or network folder.

    Judged by well-known folder names, by UNC paths, and on Linux by the type of the mount.
    """
    resolved = path.resolve()
    if str(resolved).startswith("\\\\"):
        return True
    parts = [part.casefold() for part in resolved.parent.parts]
    if any(part.startswith(mark) for part in parts for mark in SYNC_MARKS):
        return True
    return _mount_type(resolved, mounts) in NETWORK_TYPES


def _mount_type(path: Path, mounts: Path) -> str:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = fields[1].replace("\\040", " ")
        if path.is_relative_to(place) and len(place) >= best:
            best, kind = len(place), fields[2]
    return kind
