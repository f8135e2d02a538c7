"""A long transcript alongside a cell of the framework: to its pixels, from another row's."""

from pathlib import Path

from benchmarks.generate import Size, build
from benchmarks.measuring import Figure, median, milliseconds
from benchmarks.window import application, close, shown
from qda.gui.context import Place
from qda.gui.matrix.model import Target
from qda.gui.matrix.workspace import MatrixWorkspace

SIZE = Size(documents=2, words=75_000, turns=600, codings=5_000, codes=4, cases=2)
"""Two offices with a text of about 500,000 characters and 5,000 codings each."""


def measure_alongside(folder: Path) -> dict[str, Figure]:
    """Measure moving to another row, to another column and to the next segment of a cell."""
    path = folder / "alongside.qdaproj"
    build(path, SIZE).close()
    session, window = shown(path)
    window.start("matrix")
    room = window.workspace
    assert isinstance(room, MatrixWorkspace)
    window.show_place(Place("matrix"))
    room.set_cells("summary")
    application().processEvents()

    def moved(row: int, column: int) -> None:
        room.choose(Target(row, column))
        application().processEvents()

    def stepped() -> None:
        room.alongside.step(1)
        application().processEvents()

    rows = [milliseconds(lambda at=at: moved(at % 2, 0), 1)[0] for at in range(9)][1:]
    assert room.alongside.pane.view.segments()
    columns = [milliseconds(lambda at=at: moved(0, at % 2), 1)[0] for at in range(9)][1:]
    steps = [milliseconds(stepped, 1)[0] for _ in range(9)][1:]
    close(session, window)
    return {
        "alongside a cell: another row, 500,000 characters, 5,000 codings": Figure(
            median(rows), "ms", 300
        ),
        "alongside a cell: another column of the same text": Figure(median(columns), "ms", 300),
        "alongside a cell: the next segment": Figure(median(steps), "ms", 16),
    }
