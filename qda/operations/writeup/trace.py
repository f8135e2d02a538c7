"""The trail of evidence: what every number of a chapter is made of, down to the transcripts.

It names sources and is for those who work on the study, not for print.
"""

from collections.abc import Iterable, Iterator

from qda.model.ids import CodingId
from qda.model.matrix import Quote
from qda.model.messages import message
from qda.model.writeup import Block, Heading, QuoteBlock, WriteUp, plain
from qda.operations.writeup.common import in_marks
from qda.operations.writeup.material import Material
from qda.store import documents


def trace(material: Material, *, transcripts: bool) -> WriteUp:
    """Return the trail for every number that was given a link so far.

    With `transcripts`, the coded sources follow whole, so that each quote leads to its place.
    """
    entities = material.snapshot.entities
    everything = {one for group in material.groups.values() for one in group}
    quotes = {one.id: one for one in material.quoted(everything)}
    places = {one.name: at for at, one in enumerate(entities.documents)}
    blocks: list[Block] = [
        plain(material.say(message("For those who work on the study; not for print.")), muted=True)
    ]
    for anchor, codings in material.groups.items():
        blocks += _group(material, anchor, codings, quotes, places, transcripts=transcripts)
    if transcripts:
        for name in material.sorted_names({one.document for one in quotes.values()}):
            blocks += _transcript(material, name, places[name], quotes.values())
    return WriteUp(
        material.say(message("Trail of evidence")),
        material.subtitle(),
        entities.language,
        tuple(blocks),
    )


def _group(
    material: Material,
    anchor: str,
    codings: tuple[CodingId, ...],
    quotes: dict[CodingId, Quote],
    places: dict[str, int],
    *,
    transcripts: bool,
) -> Iterator[Block]:
    found = [quotes[one] for one in codings if one in quotes]
    codes = ", ".join(dict.fromkeys(one.code for one in found))
    yield Heading(2, f"{len(found)} · {codes}", anchor)
    for one in found:
        turn = material.say(message("turn {n}", n=one.turn)) if one.turn is not None else ""
        facts = (one.document, turn, one.code, one.coder, f"{one.start}–{one.end}", one.guid)
        link = f"#k{places[one.document]}-{one.start}-{one.end}" if transcripts else ""
        yield QuoteBlock(
            in_marks(material, one.text), below=" · ".join(filter(None, facts)), link=link
        )


def _transcript(
    material: Material, name: str, place: int, quotes: Iterable[Quote]
) -> Iterator[Block]:
    """Yield a source whole, each coded stretch a block of its own that the quotes lead to."""
    connection = material.connection
    document = next(one for one in material.snapshot.entities.documents if one.name == name)
    text = documents.text(connection, document.id)
    yield Heading(1, name, f"d{place}")
    starts: dict[int, set[int]] = {}
    for one in quotes:
        if one.document == name:
            starts.setdefault(one.start, set()).add(one.end)
    at = 0
    for start in sorted(starts):
        if text[at:start].strip():
            yield plain(text[at:start].strip())
        for end in sorted(starts[start]):
            yield QuoteBlock(text[start:end].strip(), anchor=f"k{place}-{start}-{end}")
        # What several segments share is printed in each of them, and once more nowhere.
        at = max(at, *starts[start])
    if text[at:].strip():
        yield plain(text[at:].strip())
