"""Settings never stand in the way, whatever is in their file."""

from pathlib import Path

import pytest

from qda.app.settings import MAX_RECENT, Settings


def test_what_is_set_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "ny mappe" / "settings.json"
    settings = Settings(path)
    for key, value in {
        "t": "æ 🙂", "n": 1.5, "f": True, "ts": ["a", "b"], "ns": [1, 2], "m": {"a": "b"},
    }.items():  # fmt: skip
        settings.set(key, value)
    again = Settings(path)
    assert again.text("t") == "æ 🙂"
    assert again.number("n") == 1.5
    assert again.flag("f")
    assert again.texts("ts") == ["a", "b"]
    assert again.numbers("ns") == [1, 2]
    assert again.mapping("m") == {"a": "b"}
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"null", b"\xff\xfe", b'{"t": 1, "n": "x", "f": 1, "ts": "a"}']
)
def test_a_file_of_nonsense_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.text("t", "d") == "d"
    assert settings.number("n", 7) == 7
    assert settings.flag("f", default=False) is False
    assert settings.texts("ts") == []
    assert settings.numbers("ns") == []
    assert settings.mapping("m") == {}
    settings.set("t", "ny")
    assert Settings(path).text("t") == "ny"


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    settings = Settings(tmp_path / "fil" / "settings.json")
    settings.set("t", "a")
    assert settings.text("t") == "a"


def test_recent_projects(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    made = []
    for number in range(MAX_RECENT + 2):
        path = tmp_path / f"p{number}.qdaproj"
        path.write_text("x")
        settings.remember_project(path)
        made.append(path)
    assert settings.recent_projects() == made[:1:-1]
    settings.remember_project(made[5])
    assert settings.recent_projects()[0] == made[5]
    made[5].unlink()
    assert made[5] not in settings.recent_projects()
    settings.remember_project(tmp_path / "\udcff")
    settings.set("recent_projects", ["x" * 5000, "a\0b", str(made[6])])
    assert settings.recent_projects() == [made[6]]
