"""The window."""

import builtins
import gc

import PySide6.QtCore  # noqa: F401 # pyright: ignore[reportUnusedImport] - it exchanges `import`

# PySide reads the source of every module that is imported after it, to learn whether one may choose
# how Qt's names are written in it (`from __feature__ import snake_case`). Nothing here does, and
# with some hundred modules that is a tenth of the time until the window is there.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

# Start-up, and opening a long text, make tens of thousands of objects that stay; searching through
# them again and again for some that do not would take a twentieth of the time.
gc.set_threshold(20_000, 10, 10)
