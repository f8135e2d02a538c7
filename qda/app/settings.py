"""The user's settings: a small JSON file of known keys, never anything from a project's sources."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from qda.app import paths

log = logging.getLogger(__name__)

ThemeChoice = Literal["system", "light", "dark", "contrast"]
SettingValue = str | int | float | bool | list[str] | list[int] | dict[str, str]
MAX_RECENT = 10


class Settings:
    """Settings kept in one file, written at once when one changes.

    A file that cannot be read counts as empty, and one that cannot be written is not an error:
    settings are a convenience.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Read the settings from `path`, by default in the user's own folder."""
        self._path = path if path is not None else paths.config_dir() / "settings.json"
        self._values = self._read()

    def _read(self) -> dict[str, SettingValue]:
        try:
            content: object = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(content, dict):
            return {}
        return {str(key): value for key, value in content.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]

    def text(self, key: str, default: str = "") -> str:
        """Return a setting that is text."""
        value = self._values.get(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: float = 0) -> float:
        """Return a setting that is a number."""
        value = self._values.get(key)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a setting that is on or off."""
        value = self._values.get(key)
        return value if isinstance(value, bool) else default

    def texts(self, key: str) -> list[str]:
        """Return a setting that is a list of texts."""
        value = self._values.get(key)
        return [str(one) for one in value] if isinstance(value, list) else []

    def numbers(self, key: str) -> list[int]:
        """Return a setting that is a list of whole numbers."""
        value = self._values.get(key)
        if not isinstance(value, list):
            return []
        return [one for one in value if isinstance(one, int) and not isinstance(one, bool)]

    def mapping(self, key: str) -> Mapping[str, str]:
        """Return a setting that maps texts to texts."""
        value = self._values.get(key)
        return {k: str(v) for k, v in value.items()} if isinstance(value, dict) else {}

    def set(self, key: str, value: SettingValue) -> None:
        """Change a setting and write the file."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        self._write()

    def _write(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_text(
                json.dumps(self._values, ensure_ascii=True, indent=1), encoding="utf-8"
            )
            fresh.replace(self._path)
        except OSError:
            log.warning("the settings could not be written")

    def recent_projects(self) -> list[Path]:
        """Return the projects opened last, newest first, those that are still there."""
        return [path for path in map(Path, self.texts("recent_projects")) if _is_there(path)]

    def remember_project(self, path: Path) -> None:
        """Put a project first among the recent ones."""
        mine = str(path.absolute())
        others = [one for one in self.texts("recent_projects") if one != mine]
        self.set("recent_projects", [mine, *others][:MAX_RECENT])


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
