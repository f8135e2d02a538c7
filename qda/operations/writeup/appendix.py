"""The method appendix: sources, codebook, coders, agreement, and what was done when."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from qda.analysis.agreement import agreement
from qda.analysis.vectors import Ints
from qda.model.agreement import Agreement, AgreementSpec
from qda.model.messages import Message, message
from qda.model.writeup import Block, Heading, TableBlock, TableCell, WriteUp, plain
from qda.operations.writeup.common import decimals
from qda.operations.writeup.material import Material

KINDS = {
    "interview": message("interview"), "document": message("document"),
    "survey": message("survey"),
}  # fmt: skip


def method_appendix(material: Material) -> WriteUp:
    """Return the appendix; sources are counted by kind, named by their file only in a table."""
    entities = material.snapshot.entities
    blocks: list[Block] = [
        *_sources(material), *_coders(material), *_agreement(material), *_codes(material),
        *_audit(material),
    ]  # fmt: skip
    return WriteUp(
        material.say(message("Method appendix")),
        material.subtitle(),
        entities.language,
        tuple(blocks),
        wide=True,
    )


def _counts(places: Ints) -> Counter[int]:
    """Return how often each position occurs."""
    numbers: list[int] = places.tolist()
    return Counter(numbers)


def _sources(material: Material) -> Iterator[Block]:
    entities = material.snapshot.entities
    yield Heading(1, material.say(message("Sources")))
    codings = _counts(material.snapshot.codings.document)
    rows = [
        (
            TableCell(one.name),
            TableCell(material.say(KINDS[one.kind])),
            TableCell(str(one.words), right=True),
            TableCell(str(one.turns), right=True),
            TableCell(str(codings.get(place, 0)), right=True),
        )
        for place, one in enumerate(entities.documents)
    ]
    words = (
        (message("Source"), False), (message("Kind"), False), (message("Words"), True),
        (message("Turns"), True), (message("Segments"), True),
    )  # fmt: skip
    header = tuple(TableCell(material.say(one), right=right) for one, right in words)
    yield TableBlock(material.say(message("Sources and how much of them is coded")), header,
                     tuple(rows))  # fmt: skip


def _coders(material: Material) -> Iterator[Block]:
    yield Heading(1, material.say(message("Coders")))
    counts = _counts(material.snapshot.codings.coder)
    rows = [
        (TableCell(one.name), TableCell(str(counts.get(place, 0)), right=True))
        for place, one in enumerate(material.snapshot.entities.coders)
        if counts.get(place)
    ]
    header = (
        TableCell(material.say(message("Coder"))),
        TableCell(material.say(message("Segments")), right=True),
    )
    yield TableBlock("", header, tuple(rows))
    if material.only is not None:
        said = message(
            "Written by one who sees only their own codings: segments, judgements, picked quotes, "
            "findings and steps are those of {name} alone, and agreement is not counted. Summaries "
            "of offices and the codebook are everybody's.",
            name=material.coder(),
        )
        yield plain(material.say(said), muted=True)


def _agreement(material: Material) -> Iterator[Block]:
    """Yield the agreement of every two who coded, by character, on all codes together."""
    snapshot = material.snapshot
    used = _counts(snapshot.codings.coder)
    active = [one for place, one in enumerate(snapshot.entities.coders) if place in used]
    if len(active) < 2:
        return
    yield Heading(1, material.say(message("Agreement")))
    rows: list[tuple[TableCell, ...]] = []
    for first, second in combinations(active, 2):
        report = agreement(snapshot, AgreementSpec(coders=(first.id, second.id)))
        rows += [
            _measures(material, one.path, one.agreement)
            for one in report.codes
            if one.agreement.table[0] != (0, 0) or one.agreement.table[1][0]
        ]
        rows.append(_measures(material, f"{first.name} – {second.name}", report.overall))
    words = (message("Percent"), message("Cohen's kappa"), message("Krippendorff's alpha"))
    header = (
        TableCell(""), *(TableCell(material.say(one), right=True) for one in words),
    )  # fmt: skip
    yield TableBlock(material.say(message("Agreement by character")), header, tuple(rows))


def _measures(material: Material, name: str, found: Agreement) -> tuple[TableCell, ...]:
    return (
        TableCell(name),
        TableCell(decimals(material, None if found.percent is None else found.percent * 100, 1),
                  right=True),
        TableCell(decimals(material, found.kappa, 2), right=True),
        TableCell(decimals(material, found.alpha, 2), right=True),
    )  # fmt: skip


def _codes(material: Material) -> Iterator[Block]:
    yield Heading(1, material.say(message("Codebook")))
    counts = _counts(material.snapshot.codings.code)
    fields: tuple[tuple[str, Message], ...] = (
        ("definition", message("Definition")), ("include", message("Include")),
        ("exclude", message("Exclude")),
    )  # fmt: skip
    rows: list[tuple[TableCell, ...]] = []
    for place, code in enumerate(material.snapshot.entities.codes):
        texts = [TableCell(str(getattr(code, name))) for name, _word in fields]
        rows.append(
            (
                TableCell(material.path(code.id)),
                *texts,
                TableCell(str(counts.get(place, 0)), right=True),
            )
        )
    header = (
        TableCell(material.say(message("Code"))),
        *(TableCell(material.say(word)) for _name, word in fields),
        TableCell(material.say(message("Segments")), right=True),
    )
    yield TableBlock("", header, tuple(rows))


def _audit(material: Material) -> Iterator[Block]:
    """Yield how often each thing was done, from the first to the last time."""
    entries = material.steps()
    yield Heading(1, material.say(message("What was done")))
    yield plain(
        material.say(
            message(
                "The project keeps a trail of every change; this is its summary. "
                "Steps that were undone are counted as undone."
            )
        ),
        muted=True,
    )
    done = Counter(one.operation for one in entries if one.action in ("done", "redone"))
    undone = Counter(one.operation for one in entries if one.action == "undone")
    rows = [
        (
            TableCell(material.say(Message(operation))),
            TableCell(str(count), right=True),
            TableCell(str(undone.get(operation, 0)), right=True),
        )
        for operation, count in sorted(done.items(), key=lambda one: (-one[1], one[0]))
    ]
    header = (
        TableCell(material.say(message("What"))),
        TableCell(material.say(message("Times")), right=True),
        TableCell(material.say(message("Undone")), right=True),
    )
    yield TableBlock("", header, tuple(rows))
