"""Projects in and out: 50 documents with 20,000 codings, as this program and as another writes."""

import re
import zipfile
from pathlib import Path

from benchmarks.generate import Size, build
from benchmarks.measuring import Figure, median, milliseconds
from qda.app import conversion
from qda.app.session import Session

EXCHANGED = Size(documents=50, words=5_000, turns=60, codings=400)
"""20,000 codings."""


def measure_exchange(folder: Path) -> dict[str, Figure]:
    """Measure a whole project out to a `.qdpx` and in again, from file to file."""
    source, exchange = folder / "exchange.qdaproj", folder / "exchange.qdpx"
    build(source, EXCHANGED).close()
    out = milliseconds(lambda: _export(source, exchange), 3)
    foreign = _as_another_writes(exchange)
    numbers = iter(range(100))

    def take(path: Path) -> None:
        report = conversion.project_from(path, folder / f"in{next(numbers)}.qdaproj")
        assert report.kept["codings"] == EXCHANGED.documents * EXCHANGED.codings

    own = milliseconds(lambda: take(exchange), 3)
    other = milliseconds(lambda: take(foreign), 3)
    return {
        "exchange: export 20,000 codings to .qdpx": _seconds(out, 3),
        "exchange: import 20,000 codings from .qdpx": _seconds(own, 5),
        "exchange: import 20,000 codings of another program": _seconds(other, 5),
    }


def _seconds(taken: list[float], budget: float) -> Figure:
    return Figure(round(median(taken) / 1000, 2), "s", budget)


def _export(source: Path, target: Path) -> None:
    session = Session.open(source, write=False)
    try:
        conversion.write_exchange(session, target)
    finally:
        session.close()


def _as_another_writes(path: Path) -> Path:
    """Write the same project as a program that has no notes of ours and UTF-16 with CRLF."""
    target = path.with_name("foreign.qdpx")
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        project = file.read("project.qde").decode()
        project = re.sub(r'origin="[^"]*"', 'origin="NVivo 12.6"', project, count=1)
        project = re.sub(r"<Note [^>]*name=\"qda:.*?</Note>\n", "", project)
        texts = {one: file.read(one).decode() for one in file.namelist() if one.endswith(".txt")}
        out.writestr("Project.qde", _recounted(project, texts))
        for name, text in texts.items():
            out.writestr(name, text.replace("\n", "\r\n"))
    return target


def _recounted(project: str, texts: dict[str, str]) -> str:
    """Return a project with its offsets in UTF-16 units, line breaks counting two."""
    current: list[int] = []

    def recount(match: re.Match[str]) -> str:
        if match[1] is not None:
            text = texts[f"sources/{match[1]}"]
            current[:] = [0]
            for one in text:
                current.append(current[-1] + (2 if one == "\n" or one > "\uffff" else 1))
            return match[0]
        return f'{match[2]}Position="{current[int(match[3])]}"'

    pattern = r'plainTextPath="internal://([^"]*)"|(start|end)Position="(\d+)"'
    return re.sub(pattern, recount, project)
