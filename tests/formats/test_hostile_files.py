"""Every harm that a file may mean, tried on every reader that it concerns, by its name."""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.formats.hostile_files import DATABASES, PACKAGES, PLAIN_XML, TEXTS, seeds

SECONDS = 5
XML = {*PACKAGES, *PLAIN_XML, ".html"}
CONCERNED = {
    "bomb": set(PACKAGES),
    "climbs out": set(PACKAGES),
    "entities grow": XML,
    "entity leads out": XML,
    "giant attribute": XML | {".json", ".csv", ".vtt"},
    "deep nesting": XML | {".rtf", ".json"},
    "cut at": set(seeds()),
    "nothing": set(seeds()),
    "is .": set(seeds()),
    "NUL bytes": set(TEXTS),
    "only NUL bytes": set(TEXTS),
    "no UTF-8": set(TEXTS),
    "endless view": set(DATABASES),
    "generated column": set(DATABASES),
    "virtual table": set(DATABASES),
    "triggers and a view": set(DATABASES),
}
"""Which endings each harm must have been tried on, by how its name begins."""
REFUSED = ("bomb", "climbs out", "nothing", "only NUL bytes")
"""What no reader takes at all."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What became of each file, by harm, read in a process of one gigabyte."""
    folder = tmp_path_factory.mktemp("fiendtlig")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.formats.hostile_files", str(folder)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    by_harm: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in json.loads(done.stdout):
        by_harm[next(harm for harm in CONCERNED if one["kind"].startswith(harm))].append(one)
    return by_harm


@pytest.mark.parametrize("harm", CONCERNED)
def test_each_harm_is_tried_on_every_reader_it_concerns(
    found: dict[str, list[dict[str, Any]]], harm: str
) -> None:
    assert {one["ending"] for one in found[harm]} == CONCERNED[harm]


@pytest.mark.parametrize("harm", CONCERNED)
def test_a_hostile_file_is_read_or_refused_in_a_sentence(
    found: dict[str, list[dict[str, Any]]], harm: str
) -> None:
    for one in found[harm]:
        assert one["result"] in ("read", "asked", "refused"), one
        if one["result"] == "refused":
            assert one["said"].endswith("."), one
            assert "\n" not in one["said"], one
    if harm in REFUSED:
        assert {one["result"] for one in found[harm]} == {"refused"}


@pytest.mark.parametrize("harm", CONCERNED)
def test_a_hostile_file_takes_no_time_and_writes_nothing(
    found: dict[str, list[dict[str, Any]]], harm: str
) -> None:
    for one in found[harm]:
        assert one["seconds"] < SECONDS, one
        assert one["untouched"], one
        assert one["left"] == ["hemmelig.txt", "inn", f"inn/fil{one['ending']}"], one
        assert not one["secret"], one
