"""Lists of quotes: all by theme, or those picked for the text in their order; text or table."""

from collections.abc import Iterable, Iterator, Mapping

from qda.model.codebook import split_path
from qda.model.ids import CodingId
from qda.model.matrix import MatrixSpec, Quote
from qda.model.messages import message
from qda.model.quotes import Trim
from qda.model.writeup import Block, Heading, TableBlock, TableCell, WriteUp, plain
from qda.operations.writeup.common import in_marks, quote_block, warning, warnings
from qda.operations.writeup.material import Material

Trims = Mapping[CodingId, tuple[Trim, ...]]


def quote_list(
    material: Material, spec: MatrixSpec, title: str = "", *, table: bool = False
) -> WriteUp:
    """Return the quotes that a question to the matrix lets through, by code."""
    matrix = material.ask(spec)
    ids = list(dict.fromkeys(one for row in matrix.evidence for cell in row for one in cell))
    return listed(material, material.quoted(ids), title, table=table)


def listed(
    material: Material, quotes: Iterable[Quote], title: str = "", *, table: bool = False
) -> WriteUp:
    """Return these quotes by code, whole; with `table` as one table."""
    found = list(_once_by_code(material, quotes))
    if table:
        return _whole(material, title, [_table(material, [one for _path, one in found], {})])
    blocks: list[Block] = []
    before = ""
    for path, one in found:
        if path != before:
            blocks.append(Heading(min(len(split_path(path)), 3), path))
            before = path
        blocks.append(quote_block(material, one))
    return _whole(material, title, [*blocks, *warnings(material)])


def picked_list(material: Material, title: str = "", *, table: bool = False) -> WriteUp:
    """Return the quotes that are picked for the text, in their order, trimmed for print."""
    picked = material.picked()
    found = {one.id: one for one in material.quoted(one.coding for one in picked)}
    quotes = [found[one.coding] for one in picked if one.coding in found]
    # What was trimmed before the segment changed no longer fits its text.
    trims: Trims = {
        one.coding: one.trims
        for one in picked
        if one.coding in found and found[one.coding].text == one.quote
    }
    wanted = title or material.say(message("Quotes in the text"))
    if table:
        return _whole(material, wanted, [_table(material, quotes, trims)])
    notes = {one.coding: one.note for one in picked}
    blocks: list[Block] = []
    for one in quotes:
        if notes[one.id]:
            blocks.append(plain(notes[one.id], muted=True))
        blocks.append(quote_block(material, one, trims.get(one.id, ())))
    if not quotes:
        blocks.append(plain(material.say(message("No quotes are picked yet.")), muted=True))
    return _whole(material, wanted, [*blocks, *warnings(material)])


def _whole(material: Material, title: str, blocks: Iterable[Block]) -> WriteUp:
    entities = material.snapshot.entities
    return WriteUp(
        title or material.say(message("Quotes")),
        material.subtitle(),
        entities.language,
        tuple(blocks),
    )


def _once_by_code(material: Material, quotes: Iterable[Quote]) -> Iterator[tuple[str, Quote]]:
    """Yield quotes in the order of the codebook; the same words by two coders once."""
    by_code: dict[str, list[Quote]] = {}
    for one in quotes:
        by_code.setdefault(one.code, []).append(one)
    for code in material.snapshot.entities.codes:
        path = material.path(code.id)
        seen: set[str] = set()
        for one in by_code.get(path, ()):
            if one.text not in seen:
                seen.add(one.text)
                yield path, one


def _table(material: Material, quotes: Iterable[Quote], trims: Trims) -> TableBlock:
    """Return one row a quote; it names no source, only what is shown of the informant."""
    words = (
        message("Code"), message("Quote"), message("Who"), message("Stance"),
        message("Could be recognised"), message("GUID"),
    )  # fmt: skip
    rows = [
        tuple(
            map(
                TableCell,
                (
                    one.code,
                    in_marks(material, one.text, trims.get(one.id, ())),
                    material.who.of(one),
                    one.stance or "",
                    warning(material, one),
                    one.guid,
                ),
            )
        )
        for one in quotes
    ]
    header = tuple(TableCell(material.say(one)) for one in words)
    return TableBlock(material.say(message("Quotes")), header, tuple(rows))
