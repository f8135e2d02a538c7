"""Measure every budget and write `build/bench.json`; or only the parts that are named."""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from benchmarks import (
    alongside,
    analysis,
    changes,
    core,
    exchange,
    followed,
    language,
    stalls,
    suggestions,
    transcript,
    window,
)
from benchmarks.generate import build
from benchmarks.measuring import Figure

TARGET = Path("build/bench.json")


class Places:
    """A folder with the generated projects, each made when it is first wanted."""

    def __init__(self, folder: Path) -> None:
        """Make nothing yet."""
        self.folder = folder
        self._large: Path | None = None

    @property
    def large(self) -> Path:
        """Return the project of 200,000 codings."""
        if self._large is None:
            self._large = window.large_project(self.folder)
        return self._large

    @property
    def quotes(self) -> Path:
        """Return the project of 20,000 quotes."""
        path = self.folder / "quotes.qdaproj"
        if not path.exists():
            build(path, core.QUOTES).close()
        return path


PARTS: dict[str, Callable[[Places], dict[str, Figure]]] = {
    "start": lambda places: window.measure_start(places.folder),
    "project": lambda places: window.measure_project(places.large),
    "sources": lambda places: window.measure_many_sources(places.folder),
    "rows": lambda places: window.measure_many_rows(places.folder),
    "transcript": lambda places: transcript.measure_transcripts(places.folder),
    "alongside": lambda places: alongside.measure_alongside(places.folder),
    "matrix": lambda places: core.measure_matrix(places.large),
    "analysis": lambda places: analysis.measure_analysis(places.large),
    "language": lambda places: language.measure_language(language.language_project(places.folder)),
    "suggestions": lambda places: suggestions.measure_suggestions(
        places.folder, language.language_project(places.folder)
    ),
    "import": lambda places: core.measure_import(places.folder),
    "files": lambda places: core.measure_files(places.folder),
    "stalls": lambda places: stalls.measure_stalls(places.folder),
    "undo": lambda places: stalls.measure_undoing(places.folder),
    "changes": lambda places: changes.measure_changes(places.folder, places.large),
    "followed": lambda places: followed.measure_followed(places.folder, places.large),
    "survey": lambda places: core.measure_survey(places.folder),
    "export": lambda places: core.measure_export(places.folder, places.quotes),
    "exchange": lambda places: exchange.measure_exchange(places.folder),
}


def main(wanted: list[str]) -> int:
    """Print each figure beside its budget; the exit status is 0 whatever they are."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as name:
        places = Places(Path(name))
        for part, measure in PARTS.items():
            if not wanted or part in wanted:
                figures |= measure(places)
    if not wanted:
        _keep(figures)
    for key, figure in figures.items():
        over = "" if figure.value <= figure.budget else "  OVER"
        print(f"{key:<72}{figure.value:>10} {figure.unit:<3} of {figure.budget}{over}")
    return 0


def _keep(figures: dict[str, Figure]) -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(
        json.dumps({key: asdict(figure) for key, figure in figures.items()}, indent=1) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
