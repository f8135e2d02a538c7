"""Print the Debian packages that Qt needs and this system lacks, on one line.

With `optional`, those without which all works but playing recordings.
"""

import ctypes
import os
import sys
from pathlib import Path

LIBRARIES = {
    # what every Qt program loads
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    # windows on X11
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    # windows on Wayland
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
OPTIONAL = {
    # Qt's part for sound, whether the machine has a device for it or not
    "libpulse.so.0": "libpulse0",
}
FONT_PLACES = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts",
)  # fmt: skip
FONT_ENDINGS = (".ttf", ".otf", ".ttc")
# Has a serif face for transcripts and a sans face for the rest.
FONT_PACKAGE = "fonts-dejavu-core"


def is_there(library: str) -> bool:
    """Tell whether the dynamic linker finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Tell whether any outline font is installed."""
    for place in FONT_PLACES:
        for _folder, _folders, files in os.walk(Path(place).expanduser()):
            if any(name.lower().endswith(FONT_ENDINGS) for name in files):
                return True
    return False


def main() -> None:
    """Print what is missing; nothing when all is there."""
    optional = sys.argv[1:] == ["optional"]
    wanted = OPTIONAL if optional else LIBRARIES
    packages = {package for library, package in wanted.items() if not is_there(library)}
    if not optional and not has_font():
        packages.add(FONT_PACKAGE)
    print(*sorted(packages))


if __name__ == "__main__":
    main()
