"""How often proposed codings are right in the example study, and how long it takes to propose."""

import time
from pathlib import Path

from benchmarks.measuring import Figure
from qda.app.demo import build_project, example_study
from qda.app.session import Session
from qda.app.suggesting import Suggester
from qda.model.suggestions import CodeMeasure, SuggestionSpec
from qda.store import codes

ONE = 1.0
"""The most that an area under a curve can be; there is no budget for being right."""


def measure_suggestions(folder: Path, large: Path) -> dict[str, Figure]:
    """Measure how right both engines are, and the time with five million words."""
    figures = _right(folder / "suggestions.qdaproj")
    return figures | _time(large)


def _right(path: Path) -> dict[str, Figure]:
    """Return the area under the curve of precision and recall of each code on held-out documents.

    Codes with too few examples are counted, not measured: nothing is learned of them.
    """
    session = build_project(example_study(), path)
    session.words.build()
    measures = Suggester(session).measure(SuggestionSpec())
    names = codes.path_texts(codes.all_codes(session.project.connection))
    session.close()
    figures: dict[str, Figure] = {}
    learned = [one for one in measures if one.learned is not None and one.rules is not None]
    assert learned
    beaten: list[str] = []
    for one in learned:
        assert one.rules is not None
        assert one.learned is not None
        name = names[one.examples.code]
        examples = f"{one.examples.segments} segments"
        figures[f"suggest: {name}, keywords"] = Figure(round(one.rules.average, 3), "AP", ONE)
        figures[f"suggest: {name}, learned of {examples}"] = Figure(
            round(one.learned.average, 3), "AP", ONE
        )
        if one.learned.average <= one.rules.average:
            beaten.append(f"{name} ({one.learned.average:.3f} to {one.rules.average:.3f})")
    figures["suggest: mean of these codes, keywords"] = Figure(_mean(learned, "rules"), "AP", ONE)
    figures["suggest: mean of these codes, learned"] = Figure(_mean(learned, "learned"), "AP", ONE)
    figures["suggest: codes in which the keywords do better"] = Figure(
        len(beaten), "", len(learned)
    )
    few = sum(not one.examples.enough for one in measures)
    figures["suggest: codes with too few segments to learn"] = Figure(few, "", len(measures))
    better = len(learned) - len(beaten)
    print(
        f"suggest: what was learned does better in {better} of {len(learned)} codes; not in",
        end=" ",
    )
    print(", ".join(beaten) or "none", end=".\n")
    return figures


def _mean(measures: list[CodeMeasure], engine: str) -> float:
    return round(sum(getattr(one, engine).average for one in measures) / len(measures), 3)


def _time(path: Path) -> dict[str, Figure]:
    session = Session.open(path)
    session.words.build()
    Suggester(session)
    first = session.snapshot().entities.codes[0].id
    start = time.perf_counter()
    proposals = Suggester(session).propose(SuggestionSpec(codes=(first,), limit=50))
    taken = round(time.perf_counter() - start, 1)
    assert all(one.enough for one in proposals.examples)
    session.close()
    return {"suggest: one code in 5 million words": Figure(taken, "s", 60)}
