"""A list of quotes by theme, attributed by what may be shown, each with its way back."""

from collections.abc import Iterable, Iterator

from qda.model.codebook import split_path
from qda.model.matrix import MatrixSpec, Quote
from qda.model.messages import message
from qda.model.writeup import Block, Heading, WriteUp
from qda.operations.writeup.common import quote_block, warnings
from qda.operations.writeup.material import Material


def quote_list(material: Material, spec: MatrixSpec, title: str = "") -> WriteUp:
    """Return the quotes that a question to the matrix lets through, by code."""
    matrix = material.ask(spec)
    ids = list(dict.fromkeys(one for row in matrix.evidence for cell in row for one in cell))
    entities = material.snapshot.entities
    blocks = [*_by_code(material, material.quoted(ids)), *warnings(material)]
    return WriteUp(
        title or material.say(message("Quotes")),
        f"{entities.project.name} · {material.day()}",
        entities.language,
        tuple(blocks),
    )


def _by_code(material: Material, quotes: Iterable[Quote]) -> Iterator[Block]:
    by_code: dict[str, list[Quote]] = {}
    for one in quotes:
        by_code.setdefault(one.code, []).append(one)
    for code in material.snapshot.entities.codes:
        path = material.path(code.id)
        found = by_code.get(path)
        if not found:
            continue
        yield Heading(min(len(split_path(path)), 3), path)
        seen: set[str] = set()
        for one in found:
            # Two who coded the same words print them once.
            if one.text not in seen:
                seen.add(one.text)
                yield quote_block(material, one)
