"""What the tests of the project file share."""

import hashlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from qda.store import project_file
from qda.store.project_file import ProjectFile
from qda.store.schema import LOGGED

DATA = Path(__file__).parents[1] / "data"
NOBODY = 65534


@pytest.fixture(scope="session")
def maker() -> ModuleType:
    """The script that made the frozen project, for what it fills a project with."""
    spec = importlib.util.spec_from_file_location("make_v1_0", DATA / "make_v1_0.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def closed_bytes(tmp_path_factory: pytest.TempPathFactory, maker: ModuleType) -> bytes:
    """A closed project with something in every table."""
    path = tmp_path_factory.mktemp("filled") / "p.qdaproj"
    project = project_file.create(path, name="Prøve", coder=maker.KARI)
    maker.fill(project)
    project.close()
    return path.read_bytes()


@pytest.fixture
def closed(tmp_path: Path, closed_bytes: bytes) -> Path:
    path = tmp_path / "prosjekt.qdaproj"
    path.write_bytes(closed_bytes)
    return path


@pytest.fixture
def filled(closed: Path) -> Iterator[ProjectFile]:
    project = project_file.open_project(closed)
    yield project
    project.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[ProjectFile]:
    project = project_file.create(tmp_path / "tomt.qdaproj", coder="Kari")
    yield project
    project.close()


@pytest.fixture(scope="session")
def dump() -> Callable[[ProjectFile], dict[str, list[tuple[object, ...]]]]:
    """A function from an open project to all rows of the logged tables."""

    def rows(project: ProjectFile) -> dict[str, list[tuple[object, ...]]]:
        return {
            table: project.connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
            for table in LOGGED
        }

    return rows


@pytest.fixture(scope="session")
def digest(
    dump: Callable[[ProjectFile], dict[str, list[tuple[object, ...]]]],
) -> Callable[[ProjectFile], str]:
    return lambda project: hashlib.sha256(repr(list(dump(project).values())).encode()).hexdigest()


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of one who has no special rights; a test that runs as root becomes that one."""
    folder = Path(tempfile.mkdtemp(prefix="qda-test-"))
    root = os.geteuid() == 0
    if root:
        os.chown(folder, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield folder
    finally:
        if root:
            os.setresuid(0, 0, 0)
        for inner, _folders, files in os.walk(folder, topdown=False):
            Path(inner).chmod(0o700)
            for name in files:
                (Path(inner) / name).unlink()
            Path(inner).rmdir()
