"""What is installed and shipped: locks, licences, the wheel, the commands of the Makefile."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import qda
from qda.app import paths

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"([a-z0-9.\-]+)==([^ ;]+)(?: ; (.+?))?(?: \\)?")


def pins(name: str) -> list[Requirement]:
    """Return every pin of a lock; one that differs between Pythons has a pin and a marker each."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    starts = [line for line in lines if line and not line.startswith((" ", "#"))]
    return [Requirement(line.removesuffix("\\")) for line in starts]


def pins_here(name: str) -> dict[str, Requirement]:
    """Return the pins that hold on this Python and system, by canonical name."""
    here = [pin for pin in pins(name) if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): pin for pin in here}


def settings() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_and_hashes_everything_and_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    blocks = re.split(r"\n(?=[a-z])", body.strip())
    assert len(blocks) > 10
    for block in blocks:
        head, *hashes = (line.strip(" \\") for line in block.splitlines())
        assert PINNED.fullmatch(head), head
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), head


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = settings()
    asked = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["dependency-groups"]["dev"],
    }
    for lock, requirements in asked.items():
        locked = pins_here(lock)
        for text in requirements:
            requirement = Requirement(text)
            pin = next(iter(locked[canonicalize_name(requirement.name)].specifier)).version
            assert requirement.specifier.contains(pin), text


def test_the_two_locks_agree() -> None:
    runtime, tools = (pins_here(name) for name in LOCKS)
    for name in runtime.keys() & tools.keys():
        assert runtime[name].specifier == tools[name].specifier, name


def imported() -> set[str]:
    """Return the first names of all modules that the program imports, lazily or not."""
    names: set[str] = set()
    for path in (ROOT / "qda").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add((node.module or "").split(".")[0])
    return names


def test_the_project_asks_for_what_it_imports() -> None:
    asked = {
        canonicalize_name(Requirement(text).name) for text in settings()["project"]["dependencies"]
    }
    providers = metadata.packages_distributions()
    unasked = {
        name
        for name in imported() - set(sys.stdlib_module_names) - {"qda"}
        if not asked & {canonicalize_name(provider) for provider in providers.get(name, [])}
    }
    assert unasked == set()


def licences_of(name: str) -> list[str]:
    """Return what an installed package says of its licence, in each of the places it may say so."""
    told = metadata.metadata(name).json
    classifiers = [line for line in told.get("classifier", []) if line.startswith("License ::")]
    # A whole licence text may stand in the field: its first line names it.
    field = str(told.get("license", "")).strip().split("\n")[0]
    said = [str(told.get("license_expression", "")), field, " OR ".join(classifiers)]
    return [text for text in said if text]


def is_copyleft(licence: str) -> bool:
    """Tell whether every choice that `licence` leaves is the GPL or AGPL; the LGPL is fine."""
    choices = re.split(r"\bOR\b", licence)
    return all(re.search(r"\bA?GPL|Affero|GNU General Public", choice) for choice in choices)


@pytest.mark.parametrize(
    ("licence", "copyleft"),
    [
        ("GPL-3.0-only", True),
        ("MIT AND GPL-2.0-or-later", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("License :: OSI Approved :: GNU General Public License v2 or later (GPLv2+)", True),
        ("AGPL-3.0", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT", False),
    ],
)
def test_copyleft_is_told_from_the_rest(licence: str, copyleft: bool) -> None:
    assert is_copyleft(licence) is copyleft


def test_nothing_that_is_installed_with_the_program_is_under_the_gpl() -> None:
    licences = {name: licences_of(name) for name in pins_here(LOCKS[0])}
    assert [name for name, said in licences.items() if not said] == []
    strong = {name: said for name, said in licences.items() if any(map(is_copyleft, said))}
    assert strong == {}


def test_everything_locked_is_credited() -> None:
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").lower()
    credited = {canonicalize_name(word) for word in re.findall(r"[a-z0-9][a-z0-9_\-]*", text)}
    assert [pin.name for pin in pins(LOCKS[0]) if pin.name not in credited] == []


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as an installer does and unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    assert wheel.name.startswith(f"qda-{qda.__version__}-py3-none-any")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_the_wheel_carries_the_program_and_its_data(unpacked: Path) -> None:
    package = unpacked / "qda"
    assert (package / "resources/translations/nb.mo").is_file()
    assert list((package / "resources/icons").glob("*.svg"))
    assert list((package / "shipped/codebooks").glob("*.toml"))
    assert any((package / "shipped/projects/eksempelstudie").iterdir())
    (info,) = unpacked.glob("*.dist-info")
    assert "qda = qda.cli.main:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
    assert {path.name for path in (info / "licenses").iterdir()} == {"LICENSE", "THIRD_PARTY.md"}
    assert not [path for path in package.rglob("*") if path.suffix in {".pyc", ".qdaproj"}]


def test_an_installed_package_finds_what_it_carries(unpacked: Path, tmp_path: Path) -> None:
    program = (
        "from qda.app.paths import shipped\n"
        "from qda.app.translation import load_catalogue\n"
        "print(shipped('codebooks'))\nprint(shipped('projects/eksempelstudie'))\n"
        "print(load_catalogue('nb').in_context('Qt', 'Cancel'))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, env=environment, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    shipped = unpacked / "qda" / "shipped"
    assert run.stdout.splitlines() == [
        str(shipped / "codebooks"),
        str(shipped / "projects/eksempelstudie"),
        "Avbryt",
    ]


def test_a_checkout_finds_what_stands_beside_the_package() -> None:
    assert paths.shipped("codebooks") == ROOT / "codebooks"
    assert paths.shipped("projects/eksempelstudie") == ROOT / "projects" / "eksempelstudie"
    with pytest.raises(FileNotFoundError):
        paths.shipped("no such thing")


def test_a_users_folders_are_named_and_not_made() -> None:
    for folder in (paths.config_dir(), paths.data_dir(), paths.log_dir(), paths.documents_dir()):
        assert folder.is_absolute()


def test_the_command_starts_the_program() -> None:
    (entry,) = metadata.entry_points(group="console_scripts", name="qda")
    assert callable(entry.load())


@pytest.mark.parametrize(
    "target",
    ["demo", "run", "test", "lint", "bench", "screenshots", "translations", "lock", "clean"],
)
def test_make_knows_its_targets(target: str) -> None:
    run = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert run.returncode == 0
    assert run.stdout


def test_continuous_integration_calls_make_test_and_nothing_else() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if not line.startswith(("#", "set ", "cd "))]
    assert commands == ["exec make test"]


def test_nothing_reaches_the_network_unnoticed() -> None:
    import socket  # noqa: TID251 - to see that it is refused

    with pytest.raises(RuntimeError, match="network"):
        socket.getaddrinfo("localhost", 80)
    with socket.socket() as door, pytest.raises(RuntimeError, match="network"):
        door.connect(("127.0.0.1", 9))
