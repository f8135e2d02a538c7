"""What the workspace shows as a picture instead of a table, and what a part of it leads to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qda.app.session import Session
from qda.gui.context import Place
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.matrix import engine, tables
from qda.gui.matrix.model import Target
from qda.gui.models.choices import Choices
from qda.gui.models.question import Question, TableKind
from qda.model.matrix import Matrix, MatrixSpec
from qda.model.pictures import Inks, Picture, PictureKind, Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAMED = 2
"""Up to so many variables are named."""
PAGE = (1040.0, 1440.0)
"""Width and height of what is printed on a page, in points of a picture: those of A4."""
TIMELINE, SCATTER = "timeline:", "scatter:"
_OF_TABLES: Mapping[TableKind, tuple[str, ...]] = {
    "matrix": ("heat", "bars"),
    "cooccurrence": ("network", "heat"),
    "sequences": ("heat",),
    "contrast": (),
    "agreement": (),
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: kind, question and table, in which `Drawing.picture` is drawn in any inks.

    `places` are where its rows lead; `cells` tells whether parts stand for cells of the table.
    """

    kind: str
    draw: Callable[[Inks], Picture]
    places: tuple[Place, ...] = ()
    cells: bool = True
    paged: Callable[[Inks], tuple[Picture, ...]] | None = None

    def pages(self, inks: Inks) -> tuple[Picture, ...]:
        """Return the picture as it is printed: in pages where it is too high for one."""
        return self.paged(inks) if self.paged is not None else (self.draw(inks),)

    def target(self, spot: Spot) -> Target | None:
        """Return the cell of the table that a part stands for; None where it is no cell."""
        return Target(spot.row, spot.column) if self.cells and spot.column >= 0 else None

    def place(self, spot: Spot) -> Place | None:
        """Return where a part leads; None where it leads to its quotes."""
        leads = self.kind != "joint" or spot.column < 0
        return self.places[spot.row] if leads and 0 <= spot.row < len(self.places) else None


def pictures_of(question: Question, known: Choices) -> list[tuple[str, str]]:
    """Return the pictures that can be shown, each with its word; the table first."""
    words = {
        "heat": tr("Heat map"),
        "bars": tr("Bars"),
        "network": tr("Map of co-occurrences"),
    }
    found = [("", tr("Table"))]
    found += [(kind, words[kind]) for kind in _OF_TABLES[question.table]]
    if question.table == "matrix" and question.rows == ("case",):
        found.append(("joint", tr("Joint display")))
        found += [
            (f"{SCATTER}{one.name}", tr("Scatter plot: {name}", name=one.name))
            for one in known.entities.variables
            if one.subject == "case" and one.type == "number"
        ]
    if question.table == "matrix":
        found.append(("portraits", tr("Document portraits")))
        found += [
            (f"{TIMELINE}{one.name}", tr("Timeline: {name}", name=one.name))
            for one in known.entities.variables
            if one.subject == "case" and one.periodic
        ]
    return found


def picture_word(question: Question, known: Choices) -> str:
    """Return the word for what is shown."""
    return dict(pictures_of(question, known)).get(question.picture, tr("Table"))


def beside_word(question: Question, known: Choices) -> str:
    """Return the words for what stands beside the codes of a joint display."""
    names = known.beside(question)
    if question.beside is None:
        return tr("all numbers")
    if len(names) <= _NAMED:
        return ", ".join(names) or tr("nothing")
    return tr_n("{n} variable", "{n} variables", len(names))


def drawing(
    session: Session, known: Choices, question: Question, spec: MatrixSpec, matrix: Matrix
) -> Drawing | None:
    """Return what is drawn; None where the table is shown. Raises UserError when drawn."""
    kind = question.picture
    if kind not in dict(pictures_of(question, known)) or not kind:
        return None
    if kind == "portraits":
        return _portraits(session, spec)
    if kind.startswith(TIMELINE):
        return _timeline(session, kind.removeprefix(TIMELINE))
    if kind == "joint" or kind.startswith(SCATTER):
        return _joint(session, known, question, spec)
    from qda.operations.pictures import painted_table  # lazy: it brings the writers

    export = engine.bundle(session, matrix)
    painted: PictureKind = "heat" if kind == "heat" else "bars" if kind == "bars" else "network"

    def draw(inks: Inks) -> Picture:
        return painted_table(export, painted, current_catalogue()).draw(inks)

    return Drawing(kind, draw)


def _joint(session: Session, known: Choices, question: Question, spec: MatrixSpec) -> Drawing:
    """Draw codes beside what is known of the offices: values and months, or one as points."""
    from qda.formats.pictures import joint, scatter  # lazy: start-up

    kind, snapshot = question.picture, session.snapshot()
    if kind.startswith(SCATTER):
        asked = replace(question, beside=(kind.removeprefix(SCATTER),))
        painter = scatter.scatter
    else:
        asked, painter = question, joint.joint_display
    matrix = tables.joint(session, known, asked, spec)
    export = engine.bundle(session, matrix)
    by_name = {one.name: one.id for one in snapshot.entities.cases}
    names = [row.names[-1] if row.names else "" for row in matrix.rows]
    places = tuple(Place("cases", case=by_name.get(name)) for name in names)

    def draw(inks: Inks) -> Picture:
        return painter(export, current_catalogue(), inks)

    if kind.startswith(SCATTER):
        return Drawing("scatter", draw, places)

    def pages(inks: Inks) -> tuple[Picture, ...]:
        return joint.joint_pages(export, current_catalogue(), inks, *PAGE)

    return Drawing("joint", draw, places, paged=pages)


def _portraits(session: Session, spec: MatrixSpec) -> Drawing:
    from qda.analysis.portraits import portraits as measured  # lazy: it brings numpy
    from qda.formats.pictures.portraits import portraits

    snapshot = session.snapshot()
    found = measured(session.project.connection, snapshot, spec)
    name = snapshot.entities.project.name

    def draw(inks: Inks) -> Picture:
        return portraits(name, found, current_catalogue(), inks)

    return Drawing(
        "portraits", draw, tuple(Place("coding", document=one.id) for one in found), cells=False
    )


def _timeline(session: Session, indicator: str) -> Drawing:
    from qda.analysis.portraits import courses  # lazy: it brings numpy
    from qda.formats.pictures.timeline import Writing, timeline

    snapshot = session.snapshot()
    found = [one for one in courses(session.project.connection, snapshot, indicator) if one.values]
    catalogue = current_catalogue()
    writing = Writing(catalogue.format_number, catalogue.format_month)
    name = snapshot.entities.project.name

    def draw(inks: Inks) -> Picture:
        return timeline(name, indicator, found, catalogue, inks, writing)

    return Drawing(
        "timeline", draw, tuple(Place("cases", case=one.id) for one in found), cells=False
    )
