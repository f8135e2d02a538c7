"""Fixtures that every part of the tests may use."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A slow machine is no failure.
settings.register_profile("qda", deadline=None)
settings.load_profile("qda")

# Tests show no window and speak no language of the machine they run on.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)

NETWORK = frozenset(
    {"socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
)


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Fail whatever reaches for the network; sockets that are files of this machine may be used."""
    if event not in NETWORK:
        return
    # Looking up a name is reaching out; other calls carry the address they reach for.
    address = None if event.startswith("socket.get") else arguments[1]
    is_file = isinstance(address, (str, bytes))
    if not is_file:
        raise RuntimeError(f"the program never uses the network: {event}")


sys.addaudithook(refuse_network)


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep settings, data and caches of the tests away from those of the person who runs them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        yield home


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of trial input beside the repository, which only some machines have."""
    folder = Path(os.environ.get("QDA_SHARED") or Path(__file__).parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip("the folder of trial input, ../shared, is not on this machine")
    return folder
