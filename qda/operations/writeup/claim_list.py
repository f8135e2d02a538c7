"""The claim ledger: findings, what supports and contradicts each, and of which kinds it is."""

from collections import Counter
from collections.abc import Iterator

from qda.model.ids import CodingId
from qda.model.judgements import Claim
from qda.model.matrix import Quote
from qda.model.messages import message
from qda.model.writeup import Block, Heading, TableBlock, TableCell, WriteUp, plain
from qda.operations.claims import STATUS_WORDS
from qda.operations.writeup.appendix import KINDS
from qda.operations.writeup.common import quote_block, warnings
from qda.operations.writeup.material import Material

SIDES = {"for": message("For"), "against": message("Against")}


def claim_table(material: Material, caption: str = "") -> TableBlock:
    """Return a row for each finding: how many segments on either side, each with its kinds."""
    rows: list[tuple[TableCell, ...]] = []
    for claim in material.claims():
        cells = [TableCell(claim.text)]
        for side in SIDES:
            quotes = _of(material, claim, side)
            ids: list[CodingId] = [one.id for one in quotes]
            cells.append(TableCell(str(len(ids)), material.link(ids), right=True))
            cells.append(TableCell(kinds_of(material, quotes)))
        status = material.say(STATUS_WORDS[claim.status])
        rows.append((*cells, TableCell(status), TableCell(claim.note)))
    kinds = material.say(message("Kinds of sources"))
    header = (
        TableCell(material.say(message("Finding"))),
        TableCell(material.say(SIDES["for"]), right=True), TableCell(kinds),
        TableCell(material.say(SIDES["against"]), right=True), TableCell(kinds),
        TableCell(material.say(message("Status"))), TableCell(material.say(message("Reason"))),
    )  # fmt: skip
    keep = [at for at in range(len(header)) if at < 4 or any(row[at].text for row in rows)]
    return TableBlock(
        caption,
        tuple(header[at] for at in keep),
        tuple(tuple(row[at] for at in keep) for row in rows),
    )


def claim_list(material: Material, title: str = "", *, table: bool = False) -> WriteUp:
    """Return the ledger: its table, then each finding with the quotes on both sides."""
    entities = material.snapshot.entities
    claims = material.claims()
    caption = material.say(message("Findings and what they rest on"))
    blocks: list[Block] = []
    if claims:
        blocks.append(claim_table(material, caption))
        if not table:
            for claim in claims:
                blocks += _claim(material, claim)
            blocks += warnings(material)
    else:
        blocks.append(plain(material.say(message("No findings are written yet.")), muted=True))
    return WriteUp(
        title or material.say(message("Findings")),
        material.subtitle(),
        entities.language,
        tuple(blocks),
        wide=True,
    )


def kinds_of(material: Material, quotes: list[Quote]) -> str:
    """Say how many segments are of each kind of source."""
    kinds = {one.name: one.kind for one in material.snapshot.entities.documents}
    counts = Counter(kinds[one.document] for one in quotes)
    return ", ".join(
        f"{material.say(word)} {counts[kind]}" for kind, word in KINDS.items() if counts[kind]
    )


def _claim(material: Material, claim: Claim) -> Iterator[Block]:
    yield Heading(1, claim.text)
    if claim.note:
        yield plain(claim.note)
    for side, word in SIDES.items():
        quotes = _of(material, claim, side)
        if quotes:
            yield Heading(2, material.say(word))
        for one in quotes:
            yield quote_block(material, one)
    if not claim.evidence:
        yield plain(material.say(message("No segment speaks for or against it yet.")), muted=True)


def _of(material: Material, claim: Claim, side: str) -> list[Quote]:
    return material.quoted(one.coding for one in claim.evidence if one.side == side)
