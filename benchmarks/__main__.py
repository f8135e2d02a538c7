"""Measure every budget and write `build/bench.json`."""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks import analysis, core, window
from benchmarks.generate import build
from benchmarks.measuring import Figure

TARGET = Path("build/bench.json")


def main() -> int:
    """Print each figure beside its budget; the exit status is 0 whatever they are."""
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures |= window.measure_start(folder)
        large = window.large_project(folder)
        figures |= window.measure_project(large)
        figures |= window.measure_transcript(folder)
        figures |= core.measure_matrix(large)
        figures |= analysis.measure_analysis(large)
        figures |= core.measure_import(folder)
        quotes = folder / "quotes.qdaproj"
        build(quotes, core.QUOTES).close()
        figures |= core.measure_export(folder, quotes)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(
        json.dumps({key: asdict(figure) for key, figure in figures.items()}, indent=1) + "\n",
        encoding="utf-8",
    )
    for key, figure in figures.items():
        over = "" if figure.value <= figure.budget else "  OVER"
        print(f"{key:<56}{figure.value:>10} {figure.unit:<3} of {figure.budget}{over}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
