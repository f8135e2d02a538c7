"""A real project for each test, and short ways to put something into it."""

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from qda.operations import codes, documents
from qda.store import codings as coding_rows
from qda.store import history, project_file, row_checks
from qda.store.project_file import ProjectFile


@pytest.fixture(scope="session")
def maker() -> ModuleType:
    path = Path(__file__).parents[1] / "data" / "make_v1_0.py"
    spec = importlib.util.spec_from_file_location("make_v1_0", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    """An empty project; after the test every row in it must be sound."""
    made = project_file.create(tmp_path / "p.qdaproj", coder="Kari")
    yield made
    assert not made.connection.in_transaction
    assert made.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [one.code for one in row_checks.CHECKS if one.count(made.connection)] == []
    made.close()


@pytest.fixture
def put(project: ProjectFile, maker: ModuleType) -> Callable[..., int]:
    """Import a document of that name and text; return its id."""

    def put_in(name: str, text: str = maker.TEXT) -> int:
        read = maker.read(name, text)
        done = documents.import_documents(project, coder="Kari", read=[read])
        return done.value[0].document.id

    return put_in


@pytest.fixture
def code(project: ProjectFile) -> Callable[..., int]:
    """Add a code; return its id."""
    return lambda name, parent=None: (
        codes.add_code(project, coder="Kari", name=name, parent=parent).value.id
    )


@pytest.fixture
def steps(project: ProjectFile) -> Callable[[], int]:
    return lambda: len(history.steps(project.connection))


@pytest.fixture
def every_coding(project: ProjectFile) -> Callable[[], tuple[object, ...]]:
    return lambda: coding_rows.all_codings(project.connection)
