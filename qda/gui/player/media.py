"""Qt's multimedia part, which need not be installed, and what to say where it is not."""

import importlib
import importlib.util
import re
from functools import lru_cache
from types import ModuleType

import PySide6
from PySide6.QtCore import QLoggingCategory

from qda.gui.language import tr

PART = "PySide6.QtMultimedia"
_LIBRARY = re.compile(r"lib[\w+-]+\.so[.\d]*")


def is_installed() -> bool:
    """Tell whether the part is there, without loading it."""
    return importlib.util.find_spec(PART) is not None


@lru_cache(maxsize=1)
def load() -> ModuleType | ImportError:
    """Load the part, which takes a while the first time; return it, or why it does not load.

    May be called in a worker.
    """
    # It would name every file that it opens, and every library that it does without.
    QLoggingCategory.setFilterRules("qt.multimedia*=false")
    try:
        return importlib.import_module(PART)
    except ImportError as error:
        return error


def why_not() -> str:
    """Say in one sentence what is missing and how to install it; "" where nothing is known to be.

    That a library of the system is missing is known only after `load`.
    """
    if not is_installed():
        return tr(
            "To play recordings, install PySide6-Addons {version} beside qda "
            "(«pipx inject qda PySide6-Addons=={version}», or the same with «pip install») "
            "and start qda anew.",
            version=PySide6.__version__,
        )
    if not load.cache_info().currsize:
        return ""
    loaded = load()
    if isinstance(loaded, ModuleType):
        return ""
    library = _LIBRARY.search(str(loaded))
    if library is None:
        return tr(
            "To play recordings, install PySide6-Addons {version} anew: it does not load here.",
            version=PySide6.__version__,
        )
    if library.group().startswith("libpulse"):
        return tr(
            "To play recordings, install the system's library for sound (on Debian and Ubuntu "
            "«sudo apt install libpulse0») and start qda anew."
        )
    return tr(
        "To play recordings, install the system's library {library} and start qda anew.",
        library=library.group(),
    )
