"""The pictures of a write-up, each with the words below it and where its numbers lead."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from qda.analysis.joint import JointSpec, coefficient
from qda.formats.matrix_files.view import clean, lay_out, lowered
from qda.formats.pictures.sheet import bare
from qda.model.entities import Code
from qda.model.errors import NothingToDraw
from qda.model.ids import CodeId
from qda.model.matrix import Matrix
from qda.model.messages import message
from qda.model.pictures import PRINT, Picture
from qda.model.writeup import (
    Block,
    Paragraph,
    PictureBlock,
    TableBlock,
    TableCell,
    WriteUp,
    plain,
)
from qda.operations.pictures import Painting, PictureSpec, painting, with_all_numbers
from qda.operations.writeup.material import Material
from qda.operations.writeup.recipe_figures import RecipeFigure
from qda.store import lookup

_ROOM = 700.0
"""Points of a picture that a page of text can show without making them too small to read."""
_PAGE = 960.0
"""Likewise for its height, with room for the caption."""


class Figures:
    """The figures of a recipe, each counted and drawn once for all the files that show it."""

    def __init__(self, material: Material, known: Mapping[str, RecipeFigure]) -> None:
        """Draw nothing yet."""
        self._material = material
        self._known = known
        self._drawn: dict[str, tuple[Block, ...]] = {}

    def blocks(self, name: str) -> tuple[Block, ...]:
        """Return a figure with its notes; where there is nothing to draw yet, it says so.

        Raises NotFound and NotAllowed for what the project does not have.
        """
        if name not in self._drawn:
            self._drawn[name] = figure_blocks(self._material, self._known[name])
        return self._drawn[name]

    def picture(self, name: str) -> Picture:
        """Return a figure with its title in it, as it stands in a file of its own.

        Raises NotFound and NotAllowed, also where there is nothing to draw yet.
        """
        return _painting(self._material, self._known[name]).draw(PRINT)

    def under(self, names: tuple[str, ...], code: Code | None) -> list[Block]:
        """Return those of some figures that stand in the section of a top code, or of none."""
        wanted = code.id if code is not None else None
        shown = (one for one in names if self._theme(self._known[one]) == wanted)
        return [block for one in shown for block in self.blocks(one)]

    def _theme(self, figure: RecipeFigure) -> CodeId | None:
        if not figure.theme:
            return None
        codes = {one.id: one for one in self._material.snapshot.entities.codes}
        found = lookup.code(self._material.connection, figure.theme).id
        while (above := codes[found].parent) is not None:
            found = above
        return found


def figure_blocks(material: Material, figure: RecipeFigure) -> tuple[Block, ...]:
    """Return one figure, drawn for print, and its notes. Raises NotFound and NotAllowed."""
    try:
        painted = _painting(material, figure)
        pages = painted.pages(PRINT)
    except NothingToDraw as error:
        words = message("{figure}: {why}", figure=figure.name, why=error.message)
        return (plain(material.say(words), muted=True),)
    caption = figure.caption or _caption(material, figure, painted, pages[0])
    shown: list[PictureBlock] = []
    for number, picture in enumerate(pages, start=1):
        page = message("{caption} ({n} of {all})", caption=caption, n=number, all=len(pages))
        said = caption if len(pages) == 1 else material.say(page)
        links = _links(material, painted.matrix, picture)
        shown.append(PictureBlock(clean(said), bare(picture), links))
    ties = _ties(material, painted.matrix) if figure.kind == "joint" else ()
    return (*shown, *(plain(note, muted=True) for note in pages[-1].notes), *ties)


def _painting(material: Material, figure: RecipeFigure) -> Painting:
    codes = frozenset(lookup.code(material.connection, name).id for name in figure.codes)
    asked = JointSpec(replace(figure.spec, codes=codes), figure.values, figure.courses)
    if figure.kind == "joint":
        asked = with_all_numbers(material.snapshot, asked)
    spec = PictureSpec(
        figure.kind, asked.matrix, asked.values, asked.courses, figure.by, figure.indicator,
        _ROOM, _PAGE, in_words=False,
    )  # fmt: skip
    return painting(material.connection, material.snapshot, spec, material.translator)


def _caption(material: Material, figure: RecipeFigure, painted: Painting, picture: Picture) -> str:
    """Return the title of a picture with what its numbers are."""
    if painted.export is None:
        return picture.title
    measure = lowered(lay_out(painted.export, material.translator).measure)
    if figure.kind != "joint":
        return f"{picture.title}: {measure}"
    said = message(
        "{title}: {measure}, beside what is known of the offices",
        title=picture.title,
        measure=measure,
    )
    return material.say(said)


def _links(material: Material, matrix: Matrix | None, picture: Picture) -> tuple[str, ...]:
    """Return where the spots lead: those of cells to the quotes behind them."""
    if matrix is None:
        return ()
    return tuple(
        material.link(matrix.evidence[one.row][one.column])
        if 0 <= one.row < len(matrix.rows) and 0 <= one.column < len(matrix.columns)
        else ""
        for one in picture.spots
    )


def _ties(material: Material, matrix: Matrix | None) -> Iterator[Block]:
    """Yield a table of how what is known goes together with what was counted, if any does."""
    beside = [one for one in matrix.beside if any(one.ties)] if matrix is not None else []
    if matrix is None or not beside:
        return
    language = material.snapshot.entities.language
    counts = sorted({tie.n for one in beside for tie in one.ties if tie is not None})
    over = str(counts[0]) if len(counts) == 1 else f"{counts[0]}–{counts[-1]}"
    said = message(
        "How what is known goes together with what is coded: Pearson's r, and Spearman's "
        "ρ in brackets (n = {n})",
        n=over,
    )
    header = (TableCell(""), *(TableCell(one.name, right=True) for one in beside))
    rows: list[tuple[TableCell, ...]] = []
    for at, column in enumerate(matrix.columns):
        ties = [one.ties[at] for one in beside]
        texts = (
            f"{coefficient(tie.pearson, language)} ({coefficient(tie.spearman, language)})"
            if tie is not None
            else ""
            for tie in ties
        )
        if any(ties):
            rows.append((TableCell(column.label), *(TableCell(text, right=True) for text in texts)))
    yield TableBlock(material.say(said), header, tuple(rows))


def not_said(before: Iterable[Block], blocks: Iterable[Block]) -> list[Block]:
    """Return blocks without the notes that stand in the text already."""
    said = {one for one in before if isinstance(one, Paragraph) and one.muted}
    kept: list[Block] = []
    for one in blocks:
        if not isinstance(one, Paragraph) or one not in said:
            kept.append(one)
            said |= {one} if isinstance(one, Paragraph) else set()
    return kept


def pictures_text(
    material: Material, figures: Figures, names: tuple[str, ...], title: str
) -> WriteUp:
    """Return a text of nothing but figures."""
    entities = material.snapshot.entities
    blocks: list[Block] = []
    for one in names:
        blocks += not_said(blocks, figures.blocks(one))
    return WriteUp(
        title or material.say(message("Pictures")),
        material.subtitle(),
        entities.language,
        tuple(blocks),
    )
