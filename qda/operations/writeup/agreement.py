"""How well two coders agree, as a text: the measures, the 2 x 2 tables, what is to be settled."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from qda.model.agreement import (
    Agreement,
    AgreementReport,
    Conflict,
    Interval,
    Standing,
    decided,
)
from qda.model.messages import Message, message
from qda.model.writeup import Block, Heading, TableBlock, TableCell, WriteUp, plain
from qda.operations.settling import decision_words
from qda.operations.writeup.common import decimals
from qda.operations.writeup.material import Material
from qda.store import memos

MOST = 500
"""Disagreements that a text lists; a sheet lists all."""
Data = dict[str, object]

STATES: Mapping[str, Message] = {
    "open": message("open"),
    "settled": message("settled"),
    "changed": message("changed since it was settled"),
}


def agreement_text(
    material: Material,
    report: AgreementReport,
    conflicts: Sequence[Conflict] = (),
    standing: Mapping[str, Standing] | None = None,
    *,
    table: bool = False,
) -> WriteUp:
    """Return the text; with `table` as tables alone.

    Codes that neither used are left out. `standing` says how each of the `conflicts` stands.
    """
    first, second = report.coders
    title = material.say(message("Agreement of {left} and {right}", left=first, right=second))
    about = material.subtitle()
    codes = [(one.path, one.agreement) for one in report.codes if _used(one.agreement)]
    together = material.say(message("All together"))
    rows = [*codes, (together, report.overall)]
    blocks: list[Block] = [
        _measures(
            material, material.say(message("Code")), rows, message("Agreement by code"), table=table
        ),
    ]
    notes = [*report.notes, *report.overall.notes]
    if not table:
        blocks += [plain(material.say(note), muted=True) for note in notes]
        blocks.append(Heading(1, material.say(message("2 x 2 tables"))))
    blocks.append(_two_by_two(material, report, rows))
    blocks += _parts(material, report, table=table)
    blocks += _listed(material, report, conflicts, standing or {}, table=table)
    if table:
        blocks.append(_rules(material, report, notes))
    language = material.snapshot.entities.language
    return WriteUp(title, about, language, tuple(blocks), wide=True)


def agreement_data(report: AgreementReport, say: Callable[[Message], str]) -> Data:
    """Return the report as it is written as JSON."""
    return {
        "codes": {one.path: _data(one.agreement, say) for one in report.codes},
        "overall": _data(report.overall, say),
        "documents": {one.name: _data(one.agreement, say) for one in report.documents},
        "cases": {one.name: _data(one.agreement, say) for one in report.cases},
        "coders": report.coders,
        "unit": report.spec.unit,
        "notes": [say(note) for note in report.notes],
    }


def _data(found: Agreement, say: Callable[[Message], str]) -> Data:
    return {
        "percent": found.percent,
        "kappa": found.kappa,
        "alpha": found.alpha,
        "table": found.table,
        "n": found.n,
        "expected": found.expected,
        "percent_interval": found.percent_interval,
        "kappa_interval": found.kappa_interval,
        "alpha_interval": found.alpha_interval,
        "notes": [say(note) for note in found.notes],
    }


def _used(found: Agreement) -> bool:
    (both, first), (second, _neither) = found.table
    return both + first + second > 0


def _measures(
    material: Material,
    what: str,
    rows: Iterable[tuple[str, Agreement]],
    caption: Message,
    *,
    table: bool,
) -> TableBlock:
    """Return percent, kappa and alpha of each row, with their intervals.

    In a `table` every figure has a column of its own.
    """
    say = material.say
    interval = (say(message("95 % interval")),)
    if table:
        interval = (say(message("95 %: low")), say(message("95 %: high")))
    names = (
        say(message("Units")), say(message("Percent")), *interval,
        say(message("Kappa")), *interval, say(message("Alpha")), *interval,
    )  # fmt: skip
    header = (TableCell(what), *(TableCell(one, right=True) for one in names))
    body: list[tuple[TableCell, ...]] = []
    for name, found in rows:
        percent = None if found.percent is None else found.percent * 100
        body.append(
            (
                TableCell(name),
                TableCell(str(found.n), right=True),
                _figure(material, percent, 1),
                *_interval(material, _hundredfold(found.percent_interval), table=table, places=1),
                _figure(material, found.kappa, 3),
                *_interval(material, found.kappa_interval, table=table),
                _figure(material, found.alpha, 3),
                *_interval(material, found.alpha_interval, table=table),
            )
        )
    return TableBlock(say(caption), header, tuple(body))


def _hundredfold(interval: Interval | None) -> Interval | None:
    return None if interval is None else (interval[0] * 100, interval[1] * 100)


def _figure(material: Material, value: float | None, places: int) -> TableCell:
    number = None if value is None else round(value, places)
    return TableCell(decimals(material, value, places), right=True, number=number)


def _interval(
    material: Material, interval: Interval | None, *, table: bool, places: int = 3
) -> tuple[TableCell, ...]:
    low, high = interval if interval is not None else (None, None)
    if table:
        return _figure(material, low, places), _figure(material, high, places)
    if low is None:
        return (TableCell("–", right=True),)
    one, other = (decimals(material, each, places) for each in (low, high))
    said = material.say(message("{low} to {high}", low=one, high=other))
    return (TableCell(said.replace(" ", "\N{NO-BREAK SPACE}"), right=True),)


def _two_by_two(
    material: Material, report: AgreementReport, rows: Iterable[tuple[str, Agreement]]
) -> TableBlock:
    """Return the four counts of each code, two lines each, with their sums."""
    sides = [
        [
            material.say(word)
            for word in (
                message("{name}: coded", name=name),
                message("{name}: not coded", name=name),
            )
        ]
        for name in report.coders
    ]
    header = (
        TableCell(material.say(message("Code"))),
        TableCell(""),
        *(TableCell(word, right=True) for word in sides[1]),
        TableCell(material.say(message("In all")), right=True),
    )
    body: list[tuple[TableCell, ...]] = []
    for name, found in rows:
        for line, (counts, word) in enumerate(zip(found.table, sides[0], strict=True)):
            numbers = (*counts, sum(counts))
            body.append(
                (
                    TableCell("" if line else name),
                    TableCell(word),
                    *(TableCell(str(one), right=True) for one in numbers),
                )
            )
    return TableBlock(material.say(message("Units by what either coded")), header, tuple(body))


def _parts(material: Material, report: AgreementReport, *, table: bool) -> Iterator[Block]:
    """Yield the measures by document and by case."""
    for parts, what, caption in (
        (report.documents, message("Document"), message("Agreement by document")),
        (report.cases, message("Case"), message("Agreement by case")),
    ):
        if not parts:
            continue
        if not table:
            yield Heading(1, material.say(caption))
        rows = [(one.name, one.agreement) for one in parts]
        yield _measures(material, material.say(what), rows, caption, table=table)


def _listed(
    material: Material,
    report: AgreementReport,
    conflicts: Sequence[Conflict],
    standing: Mapping[str, Standing],
    *,
    table: bool,
) -> Iterator[Block]:
    """Yield what the two have to settle, and how each stands."""
    if not conflicts:
        return
    shown = conflicts if table else conflicts[:MOST]
    entities = material.snapshot.entities
    documents = {one.id: one.name for one in entities.documents}
    paths = {one.code: one.path for one in report.codes}
    caption = message("Disagreements")
    if not table:
        yield Heading(1, material.say(caption))
        if len(shown) < len(conflicts):
            yield plain(material.say(message("The first {n} are listed.", n=MOST)), muted=True)
    words = (
        (message("Document"), False), (message("Code"), False), (message("Start"), True),
        (message("End"), True), (message("State"), False), (message("As"), False),
        (message("What was said"), False),
    )  # fmt: skip
    header = tuple(TableCell(material.say(word), right=right) for word, right in words)
    body: list[tuple[TableCell, ...]] = []
    for one in shown:
        stands = standing.get(one.id, Standing("open"))
        memo = memos.by_id(material.connection, stands.memo) if stands.memo is not None else None
        how = decision_words(report.coders, decided(one, stands))
        body.append(
            (
                TableCell(documents[one.document]),
                TableCell(paths[one.code]),
                TableCell(str(one.start), right=True),
                TableCell(str(one.end), right=True),
                TableCell(material.say(STATES[stands.state])),
                TableCell("" if how is None else material.say(how)),
                TableCell(memo.text if memo is not None else ""),
            )
        )
    yield TableBlock(material.say(caption), header, tuple(body))


def _rules(material: Material, report: AgreementReport, notes: Iterable[Message]) -> TableBlock:
    """Return how it was counted, for a sheet of its own."""
    units = {
        "character": message("characters"), "segment": message("segments"),
        "turn": message("turns"), "document": message("documents"),
    }  # fmt: skip
    caption = material.say(message("How it was counted"))
    unit = material.say(message("The units are {units}.", units=units[report.spec.unit]))
    rows = [(TableCell(unit),), *((TableCell(material.say(one)),) for one in notes)]
    return TableBlock(caption, (TableCell(caption),), tuple(rows))
