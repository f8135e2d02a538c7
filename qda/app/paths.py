"""Where things are: what the program brings with it, and where a user's settings and data live.

Importing this module touches no disk.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
APPLICATION = "qda"


def resource(*parts: str) -> Path:
    """Return the path of a file or folder of `qda/resources`."""
    return PACKAGE.joinpath("resources", *parts)


def shipped(name: str) -> Path:
    """Return the path of shipped data: `codebooks`, `codebooks/…` or `projects/eksempelstudie`.

    An installed package carries it in `qda/shipped`, a checkout beside the package.
    Raises FileNotFoundError where neither has it.
    """
    for root in (PACKAGE / "shipped", PACKAGE.parent):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(name)


def config_dir() -> Path:
    """Return the folder of the user's settings; it need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False, roaming=True))


def data_dir() -> Path:
    """Return the folder of the user's data that is not a project; it need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def log_dir() -> Path:
    """Return the folder of the program's logs; it need not exist yet."""
    import platformdirs

    return Path(platformdirs.user_log_dir(APPLICATION, appauthor=False))


def documents_dir() -> Path:
    """Return the folder where the user keeps documents: where new projects are offered."""
    import platformdirs

    return Path(platformdirs.user_documents_dir())
