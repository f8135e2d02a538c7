"""Bring in spaCy without its command line, the part of it that loads clients of the network."""

import sys
from types import ModuleType

_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def load_spacy() -> ModuleType:
    """Import spaCy and return it.

    The package imports its own command line, which loads several HTTP clients and three quarters
    of what importing costs. Nothing in it is used here, so an empty module stands in its place;
    what spaCy itself needs is imported as ever.
    """
    if "spacy" not in sys.modules:
        for name in _COMMAND_LINE:
            stand_in = ModuleType(name)
            stand_in.__dict__["info"] = None
            sys.modules.setdefault(name, stand_in)
    import spacy

    return spacy
