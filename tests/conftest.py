"""Fixtures that every part of the tests may use."""

import math
import os
import sys
import wave
from array import array
from collections.abc import Callable, Iterator
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


def tone_of(second: int) -> int:
    """The tone, in hertz, that a made recording has in one of its seconds."""
    return 200 + 40 * (second % 60)


@pytest.fixture(scope="session")
def make_recording() -> Callable[..., Path]:
    """A function that makes a recording in which each second has a tone of its own."""

    def make(path: Path, seconds: float = 3.0, rate: int = 8000) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        count = round(seconds * rate)
        samples = array(
            "h",
            (
                round(9000 * math.sin(2 * math.pi * tone_of(n // rate) * n / rate))
                for n in range(count)
            ),
        )
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(samples.tobytes())
        return path

    return make


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Say a figure on the terminal, also when the test passes."""

    def say(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n    {text}\n")

    return say
