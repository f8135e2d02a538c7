"""Two groups side by side: what either says of every theme, and their quotes in two columns."""

from collections.abc import Iterator
from itertools import zip_longest

from qda.analysis.attribution import Attributor
from qda.analysis.tables import Snapshot
from qda.formats.matrix_files.view import percent_text
from qda.model.contrast import Contrast, Theme, Voice
from qda.model.matrix import Quote
from qda.model.messages import Translator, message
from qda.model.writeup import Block, Heading, TableBlock, TableCell, WriteUp, plain
from qda.operations.writeup.common import in_marks, warnings
from qda.operations.writeup.material import Material
from qda.store import quotes
from qda.store.arrays import Connection


def contrast_material(
    connection: Connection, snapshot: Snapshot, translator: Translator
) -> Material:
    """Return what the text is made from, quotes in the style of the project."""
    return Material(
        connection, snapshot, translator, Attributor(snapshot, quotes.style(connection))
    )


def contrast_text(material: Material, found: Contrast, *, table: bool = False) -> WriteUp:
    """Return the text; with `table` as tables alone, with a column for each figure."""
    title = material.say(message("{left} and {right}", left=found.left, right=found.right))
    about = material.subtitle()
    language = material.snapshot.entities.language
    blocks: list[Block] = [_figures(material, found) if table else _counts(material, found)]
    if not table:
        blocks += [plain(material.say(note), muted=True) for note in found.notes]
    for theme in found.themes:
        blocks += _voices(material, found, theme, heading=not table)
    if not table:
        blocks += warnings(material)
    return WriteUp(title[:1].upper() + title[1:], about, language, tuple(blocks), wide=True)


def _counts(material: Material, found: Contrast) -> TableBlock:
    """Return a table to read: segments, informants of how many, and share of words, by side."""
    kinds = (
        material.say(message("segments")),
        material.say(message("informants")),
        material.say(message("share of words")),
    )
    header = [TableCell(material.say(message("Theme")))]
    header += [
        TableCell(f"{name}: {kind}", right=True)
        for kind in kinds
        for name in (found.left, found.right)
    ]
    rows: list[tuple[TableCell, ...]] = []
    for theme in (*found.themes, found.all):
        cells = [TableCell(_label(material, theme))]
        sides = (theme.left, theme.right)
        cells += [TableCell(str(one.segments), right=True) for one in sides]
        cells += [TableCell(_people(material, one), right=True) for one in sides]
        cells += [TableCell(_share(material, one.share_of_words), right=True) for one in sides]
        rows.append(tuple(cells))
    return TableBlock("", tuple(header), tuple(rows))


def _figures(material: Material, found: Contrast) -> TableBlock:
    """Return a table to count on: every figure of either side in a column of its own."""
    kinds = (
        message("segments"), message("documents"), message("informants"),
        message("informants in the group"), message("share of informants"), message("cases"),
        message("words"), message("share of words"),
    )  # fmt: skip
    header = [TableCell(material.say(message("Theme")))]
    for name in (found.left, found.right):
        header += [TableCell(f"{name}: {material.say(kind)}", right=True) for kind in kinds]
    rows: list[tuple[TableCell, ...]] = []
    for theme in (*found.themes, found.all):
        cells = [TableCell(_label(material, theme))]
        for one in (theme.left, theme.right):
            texts = (
                str(one.segments), str(one.documents), str(one.participants), str(one.informants),
                _share(material, one.share_of_informants), str(one.cases), str(one.words),
                _share(material, one.share_of_words),
            )  # fmt: skip
            cells += [TableCell(text, right=True) for text in texts]
        rows.append(tuple(cells))
    return TableBlock(material.say(message("Figures")), tuple(header), tuple(rows))


def _label(material: Material, theme: Theme) -> str:
    return theme.label or material.say(message("In all"))


def _people(material: Material, voice: Voice) -> str:
    return material.say(message("{n} of {all}", n=voice.participants, all=voice.informants)) + (
        f" ({_share(material, voice.share_of_informants)})" if voice.informants else ""
    )


def _share(material: Material, share: float | None) -> str:
    return "" if share is None else percent_text(share, material.translator)


def _voices(material: Material, found: Contrast, theme: Theme, *, heading: bool) -> Iterator[Block]:
    """Yield the quotes of a theme, the one group at the left, the other at the right."""
    sides = [material.quoted(one.evidence) for one in (theme.left, theme.right)]
    if not any(sides):
        return
    if heading:
        yield Heading(1, theme.label)
    header = ("", found.left, found.right)
    rows = tuple(
        (TableCell(str(number)), *(TableCell(_said(material, one)) for one in pair))
        for number, pair in enumerate(zip_longest(*sides), start=1)
    )
    yield TableBlock("" if heading else theme.label, tuple(map(TableCell, header)), rows)


def _said(material: Material, quote: Quote | None) -> str:
    if quote is None:
        return ""
    return f"{in_marks(material, quote.text)} {material.who.of(quote)}".rstrip()
