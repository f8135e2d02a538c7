"""Fixtures that every part of the tests may use."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of trial input beside the repository, which only some machines have."""
    folder = Path(os.environ.get("QDA_SHARED") or Path(__file__).parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip("the folder of trial input, ../shared, is not on this machine")
    return folder
